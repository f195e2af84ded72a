#include "support/bed.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define START_WALL_MS 1795444920000 /* Monday, 23 November 2026, 15:42 in Berlin */

static struct surface *bed_surface(void *ctx)
{
    struct bed *bed = ctx;
    return bed->pixels.surface(bed->pixels.ctx);
}

static void bed_present(void *ctx, const struct rect *damage, int count)
{
    (void)ctx;
    (void)damage;
    (void)count;
}

static bool bed_wait(void *ctx, int timeout_ms, struct event *event_out)
{
    struct bed *bed = ctx;
    (void)timeout_ms;
    if (bed->event_count > 0) {
        *event_out = bed->events[0];
        memmove(bed->events, bed->events + 1, sizeof bed->events - sizeof bed->events[0]);
        bed->event_count--;
        return true;
    }
    *event_out = (struct event){.kind = EVENT_WAKE};
    return atomic_exchange(&bed->rung, false);
}

static void bed_wake(void *ctx)
{
    atomic_store(&((struct bed *)ctx)->rung, true);
}

static void bed_play(void *ctx, enum sound sound)
{
    (void)ctx;
    (void)sound;
}

static void open_app(struct bed *bed, const char *vfs)
{
    char memory[256] = "";
    struct buf why;
    buf_init(&why, memory, sizeof memory);
    struct app_options options = {
        .clock = fake_clock(&bed->clock),
        .rng = rng_system(),
        .platform = {bed_surface, bed_present, bed_wait, bed_wake, bed_play, NULL, bed},
        .printer = print_port_of(&bed->printer),
        .dir = bed->dir,
        .vfs = vfs,
        .boot_id = "bed",
        .env = {.idle_s = 90, .warn_s = 20, .staff_idle_s = 180},
        .poll_ms = bed->poll_ms,
    };
    CHECK(speaker_open(STR("none"), &why, &options.speaker) == ERR_OK);
    bed->app = calloc(1, sizeof *bed->app);
    CHECK(bed->app != NULL);
    enum err err = app_open(bed->app, &options, &why);
    if (err != ERR_OK) {
        fprintf(stderr, "app_open: %s %s\n", err_name(err), memory);
    }
    CHECK(err == ERR_OK);
    bed_rest(bed);
}

void bed_open(struct bed *bed, const char *vfs)
{
    char memory[256];
    struct buf why;
    memset(bed, 0, sizeof *bed);
    buf_init(&why, memory, sizeof memory);
    bed->clock = (struct fake_clock){START_WALL_MS, 1000000};
    bed->poll_ms = 60000;
    const struct platform_options options = {
        .width = 1280, .height = 800, .clock = fake_clock(&bed->clock)};
    str_copy(bed->dir, sizeof bed->dir, STR("/tmp/anlauf-bed-XXXXXX"));
    CHECK(mkdtemp(bed->dir) != NULL);
    CHECK(offscreen_open(&options, &bed->pixels) == ERR_OK);
    CHECK(printer_init(&bed->printer, STR("none"), NULL, fake_clock(&bed->clock), &why) ==
          ERR_OK);
    open_app(bed, vfs);
}

static void close_app(struct bed *bed)
{
    app_close(bed->app);
    free(bed->app);
}

void bed_reopen(struct bed *bed, const char *vfs)
{
    close_app(bed);
    open_app(bed, vfs);
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *ftw)
{
    (void)info;
    (void)kind;
    (void)ftw;
    return remove(path);
}

void bed_close(struct bed *bed)
{
    close_app(bed);
    bed->pixels.close(bed->pixels.ctx);
    nftw(bed->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

void bed_finger(struct bed *bed, struct msg msg, enum event_kind kind)
{
    const struct frame *frame = app_shown(bed->app);
    int hit = frame_hit_of(frame, msg);
    CHECK(hit >= 0 && bed->event_count < (int)ARRAY_LEN(bed->events));
    const struct rect *rect = &frame->hits[hit].rect;
    bed->events[bed->event_count++] = (struct event){
        .kind = kind,
        .mono_ms = bed->clock.mono_ms,
        .x = rect->x + rect->w / 2,
        .y = rect->y + rect->h / 2,
    };
}

void bed_ask(struct bed *bed, const struct effect *effect)
{
    struct effect *asked = effects_add(&bed->app->effects, effect->kind);
    *asked = *effect;
    effects_run(bed->app);
    bed->app->effects.count = 0;
}

void bed_rest(struct bed *bed)
{
    const struct timespec pause = {0, 1000000};
    do {
        app_step(bed->app, 0);
        if (!app_is_idle(bed->app)) {
            nanosleep(&pause, NULL);
        }
    } while (bed->event_count > 0 || !app_is_idle(bed->app));
}
