/* The window's state, shared by window.c (pixels, waiting) and window_input.c. */
#ifndef PLATFORM_WINDOW_H
#define PLATFORM_WINDOW_H

#include "platform/platform.h"
#include "platform/pointer.h"
#include "platform/sound.h"

#include <SDL.h>

struct window {
    SDL_Window *window;
    struct surface picture; /* what is drawn into: the window's pixels, or `own` */
    struct surface device;  /* the window's pixels */
    uint32_t *own;          /* only if the picture is turned */
    int rotate;
    struct clock clock;
    struct pointer pointer;
    struct player *player;  /* NULL until the first sound */
    int wake_fd;            /* eventfd */
    int display_fd;         /* X11's connection; -1: SDL waits */
    Uint32 wake_event;      /* SDL's number for it, where SDL waits */
};

/* Takes the window's present size. False: it has no usable pixels. */
bool window_attach(struct window *window);
/* What an SDL event means; false: nothing. */
bool window_translate(struct window *window, const SDL_Event *sdl,
                      struct event *event_out);

#endif
