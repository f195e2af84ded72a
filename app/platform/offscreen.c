/* The device without a display: pixels in memory, events from whoever plays it. */
#include "platform/platform.h"

#include <stdatomic.h>
#include <stdlib.h>

struct offscreen {
    struct surface surface;
    struct clock clock;
    int presents;
    atomic_bool rung;
};

static struct surface *offscreen_surface(void *ctx)
{
    return &((struct offscreen *)ctx)->surface;
}

static void offscreen_present(void *ctx, const struct rect *damage, int count)
{
    (void)damage;
    ((struct offscreen *)ctx)->presents += count > 0;
}

/* Never waits: a script decides when time passes. */
static bool offscreen_wait(void *ctx, int timeout_ms, struct event *event_out)
{
    struct offscreen *offscreen = ctx;
    (void)timeout_ms;
    if (!atomic_exchange(&offscreen->rung, false)) {
        return false;
    }
    *event_out = (struct event){.kind = EVENT_WAKE,
                                .mono_ms = clock_mono_ms(&offscreen->clock)};
    return true;
}

static void offscreen_wake(void *ctx)
{
    atomic_store(&((struct offscreen *)ctx)->rung, true);
}

static void offscreen_play(void *ctx, enum sound sound)
{
    (void)ctx;
    (void)sound;
}

static void offscreen_close(void *ctx)
{
    struct offscreen *offscreen = ctx;
    if (offscreen) {
        free(offscreen->surface.pixels);
        free(offscreen);
    }
}

int offscreen_presents(const struct platform *platform)
{
    return ((const struct offscreen *)platform->ctx)->presents;
}

enum err offscreen_open(const struct platform_options *options,
                        struct platform *platform_out)
{
    struct offscreen *offscreen = calloc(1, sizeof *offscreen);
    int width = options->width > 0 ? options->width : 1280;
    int height = options->height > 0 ? options->height : 800;
    if (!offscreen) {
        return ERR_FULL;
    }
    offscreen->clock = options->clock;
    offscreen->surface = (struct surface){
        calloc((size_t)width * (size_t)height, sizeof(uint32_t)), width, height, width};
    if (!offscreen->surface.pixels) {
        free(offscreen);
        return ERR_FULL;
    }
    *platform_out = (struct platform){
        offscreen_surface, offscreen_present, offscreen_wait, offscreen_wake,
        offscreen_play,    offscreen_close,   offscreen,
    };
    return ERR_OK;
}
