/* The rasteriser alone: bench_raster MODE ROUNDS, for counting instructions per round.
 *   full   the whole screen of six cards, with warm caches
 *   card   one card pressed and released: comparing frames, then drawing the damage
 *   cold   everything new each time: caches, faces, pictograms
 * Prints the median and 99th percentile of a round in microseconds. */
#include "platform/platform.h"
#include "platform/raster.h"
#include "support/cards.h"
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS_MAX 10000

static struct frame frames[2];
static struct text *text;
static struct raster *raster;
static double times_us[ROUNDS_MAX];

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void open_all(void)
{
    char memory[128];
    struct buf why;
    buf_init(&why, memory, sizeof memory);
    enum err err = text_open(&why, &text);
    CHECK(err == ERR_OK);
    err = raster_open(text_paint(text), &raster);
    CHECK(err == ERR_OK);
}

static void close_all(void)
{
    raster_close(raster);
    text_close(text);
}

static void draw(const struct frame *before, const struct frame *after,
                 struct surface *to)
{
    struct rect damage[FRAME_DAMAGE_MAX];
    int count = frame_damage(before, after, damage);
    raster_draw(raster, after, damage, count, to);
}

static void play(const char *mode, int round, struct surface *to)
{
    if (strcmp(mode, "card") == 0) {
        draw(&frames[round % 2], &frames[1 - round % 2], to);
    } else if (strcmp(mode, "cold") == 0) {
        close_all();
        open_all();
        draw(NULL, &frames[0], to);
    } else {
        draw(NULL, &frames[0], to);
    }
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    struct platform_options options = {
        .width = 1280, .height = 800, .clock = clock_system()};
    struct platform platform;
    const char *mode = argc > 1 ? argv[1] : "full";
    int rounds = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 200;
    rounds = rounds < 0 ? 0 : rounds > ROUNDS_MAX ? ROUNDS_MAX : rounds;
    enum err err = offscreen_open(&options, &platform);
    CHECK(err == ERR_OK);
    struct surface *surface = platform.surface(platform.ctx);
    open_all();
    cards_frame(&frames[0], -1);
    cards_frame(&frames[1], 4);
    draw(NULL, &frames[1], surface);
    draw(NULL, &frames[0], surface);
    for (int i = 0; i < rounds; i++) {
        double start = now_us();
        play(mode, i, surface);
        times_us[i] = now_us() - start;
    }
    qsort(times_us, (size_t)rounds, sizeof times_us[0], by_value);
    printf("%s rounds=%d median_us=%.0f p99_us=%.0f\n", mode, rounds,
           times_us[rounds / 2], times_us[rounds * 99 / 100]);
    close_all();
    platform.close(platform.ctx);
    return 0;
}
