/* The device the kiosk runs on, as a table of functions chosen once by main.
 *
 * Two backends: a real window (platform/window.c, SDL2) and pixels in memory
 * (platform/offscreen.c) for machines without a display. Everything here is called from
 * the main thread, except wake. */
#ifndef PLATFORM_PLATFORM_H
#define PLATFORM_PLATFORM_H

#include "base/clock.h"
#include "base/err.h"
#include "model/event.h"
#include "ui/geometry.h"
#include "ui/text_paint.h"

enum sound { SOUND_TAP, SOUND_WARN, SOUND_DONE };

struct platform_options {
    int width, height; /* of the unrotated picture; 0 = what the display has */
    int rotate;        /* 0, 90, 180, 270 degrees clockwise; turns pixels and touch */
    bool fullscreen;
    struct clock clock;
};

struct platform {
    /* The pixels to draw the unrotated picture into; what was drawn last is still
     * there. */
    struct surface *(*surface)(void *ctx);
    /* Shows the changed parts (of the unrotated picture). */
    void (*present)(void *ctx, const struct rect *damage, int count);
    /* Waits at most timeout_ms (-1: for ever) for the next event; false: none came. */
    bool (*wait)(void *ctx, int timeout_ms, struct event *event_out);
    /* Ends a wait with EVENT_WAKE; from any thread; several may merge into one. */
    void (*wake)(void *ctx);
    void (*play)(void *ctx, enum sound sound);
    void (*close)(void *ctx);
    void *ctx;
};

/* ERR_UNSUPPORTED: no display. `why` gets one line. */
enum err window_open(const struct platform_options *options, struct buf *why,
                     struct platform *platform_out) NODISCARD;
/* 1280 × 800 if no size is given. Its wait never waits: false, or EVENT_WAKE if somebody
 * rang. */
enum err offscreen_open(const struct platform_options *options,
                        struct platform *platform_out) NODISCARD;
/* How often an offscreen platform was asked to present something. */
int offscreen_presents(const struct platform *platform);

#endif
