/* The offers screen, from model to pixels: bench_frame MODE ROUNDS.
 *   card   a card pressed and released in turn: view, damage, pixels of the damage
 *   full   view, and all of the 1280 × 800 pixels
 *   cold   the same with new text and pictogram caches each time, as for the first frame
 * Prints median and 99th percentile of a round in milliseconds, and the latter also in
 * processor time, each of the calmest of five series: the machine may be busy with
 * something else. Instructions are counted from outside, in what is called measured…,
 * once a round. */
#include "platform/platform.h"
#include "platform/raster.h"
#include "support/states.h"
#include "text/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define WIDTH 1280
#define HEIGHT 800
#define ROUNDS_MAX 10000
#define SERIES 5
#define WARM_ROUNDS 4
#define PRESSED_OFFER 4

struct bench {
    struct states *states;
    struct model released, pressed;
    struct platform platform;
    struct text *text;
    struct raster *raster;
    struct frame frames[2];
    int shown;
};

static struct bench bench;
static double times_ms[ROUNDS_MAX], cpu_ms[ROUNDS_MAX];

static double now_ms(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void open_caches(struct bench *b)
{
    char memory[128];
    struct buf why;
    buf_init(&why, memory, sizeof memory);
    enum err err = text_open(&why, &b->text);
    CHECK(err == ERR_OK);
    err = raster_open(text_paint(b->text), &b->raster);
    CHECK(err == ERR_OK);
}

static void close_caches(struct bench *b)
{
    raster_close(b->raster);
    text_close(b->text);
}

static int find_state(const char *name)
{
    for (int i = 0; i < states_count(); i++) {
        if (strcmp(states_name(i), name) == 0) {
            return i;
        }
    }
    CHECK(false);
    return -1;
}

static void bench_open(struct bench *b)
{
    const struct platform_options options = {
        .width = WIDTH, .height = HEIGHT, .clock = clock_system()};
    b->states = states_open();
    states_make(b->states, find_state("offers"), WIDTH, HEIGHT, 100,
                language_find(STR("de")), &b->released);
    b->pressed = b->released;
    update_press(&b->pressed,
                 msg_make(MSG_OFFER, b->pressed.browse.shown[PRESSED_OFFER].offer, 0));
    enum err err = offscreen_open(&options, &b->platform);
    CHECK(err == ERR_OK);
    open_caches(b);
}

static void bench_close(struct bench *b)
{
    close_caches(b);
    b->platform.close(b->platform.ctx);
    states_close(b->states);
}

/* As app/loop.c draws. Returns how many pixels were drawn. */
static __attribute__((noinline)) int measured(struct bench *b, const struct model *model,
                                              bool all)
{
    struct rect damage[FRAME_DAMAGE_MAX];
    struct frame *next = &b->frames[!b->shown];
    int pixels = 0;
    view(model, text_measure(b->text), next);
    int count = frame_damage(all ? NULL : &b->frames[b->shown], next, damage);
    raster_draw(b->raster, next, damage, count, b->platform.surface(b->platform.ctx));
    b->shown = !b->shown;
    for (int i = 0; i < count; i++) {
        pixels += damage[i].w * damage[i].h;
    }
    return pixels;
}

static int play(struct bench *b, const char *mode, int round)
{
    if (strcmp(mode, "card") == 0) {
        return measured(b, round % 2 == 0 ? &b->pressed : &b->released, false);
    }
    if (strcmp(mode, "cold") == 0) {
        close_caches(b);
        open_caches(b);
    }
    return measured(b, &b->released, true);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void measure(struct bench *b, const char *mode, int rounds)
{
    for (int i = 0; i < rounds; i++) {
        double start = now_ms(CLOCK_MONOTONIC);
        double cpu_start = now_ms(CLOCK_THREAD_CPUTIME_ID);
        play(b, mode, i);
        cpu_ms[i] = now_ms(CLOCK_THREAD_CPUTIME_ID) - cpu_start;
        times_ms[i] = now_ms(CLOCK_MONOTONIC) - start;
    }
    qsort(times_ms, (size_t)rounds, sizeof times_ms[0], by_value);
    qsort(cpu_ms, (size_t)rounds, sizeof cpu_ms[0], by_value);
}

int main(int argc, char **argv)
{
    const char *mode = argc > 1 ? argv[1] : "full";
    int rounds = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 1000;
    int pixels = 0;
    double median = INFINITY, p99 = INFINITY, p99_cpu = INFINITY;
    CHECK(rounds > 0 && rounds <= ROUNDS_MAX);
    bench_open(&bench);
    for (int i = 0; i < WARM_ROUNDS; i++) {
        pixels = play(&bench, mode, i);
    }
    CHECK(pixels > 0);
    for (int i = 0; i < SERIES; i++) {
        measure(&bench, mode, rounds);
        median = fmin(median, times_ms[rounds / 2]);
        p99 = fmin(p99, times_ms[rounds * 99 / 100]);
        p99_cpu = fmin(p99_cpu, cpu_ms[rounds * 99 / 100]);
    }
    printf("median_ms=%.3f p99_ms=%.3f p99_cpu_ms=%.3f rounds=%d pixels=%d\n", median,
           p99, p99_cpu, SERIES * rounds, pixels);
    bench_close(&bench);
    return 0;
}
