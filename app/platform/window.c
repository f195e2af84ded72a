/* A real window by SDL2: its pixels, and waiting for what happens to it. */
#include "platform/window.h"

#include "platform/rotate.h"

#include <SDL_syswm.h>

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* ---- pixels ---- */

static bool is_usable(const SDL_Surface *s)
{
    return s && s->format->BytesPerPixel == 4 && s->format->Rmask == 0xFF0000 &&
           s->format->Gmask == 0x00FF00 && s->format->Bmask == 0x0000FF && s->pixels;
}

/* The device's own pixels, or a buffer beside them if it is turned. */
static bool attach_picture(struct window *window)
{
    bool sideways = rotate_is_sideways(window->rotate);
    const struct surface *device = &window->device;
    free(window->own);
    window->own = NULL;
    window->picture = *device;
    if (window->rotate == 0) {
        return true;
    }
    size_t count = (size_t)device->width * (size_t)device->height;
    window->own = calloc(count, sizeof(uint32_t));
    window->picture.pixels = window->own;
    window->picture.width = sideways ? device->height : device->width;
    window->picture.height = sideways ? device->width : device->height;
    window->picture.stride = window->picture.width;
    return window->own != NULL;
}

bool window_attach(struct window *window)
{
    SDL_Surface *s = SDL_GetWindowSurface(window->window);
    if (!is_usable(s)) {
        return false;
    }
    window->device = (struct surface){s->pixels, s->w, s->h, s->pitch / 4};
    return attach_picture(window);
}

static struct surface *window_surface(void *ctx)
{
    return &((struct window *)ctx)->picture;
}

#define RECTS_MAX 16

static SDL_Rect show_rect(struct window *window, struct rect r)
{
    r = rect_intersect(r, rect_make(0, 0, window->picture.width, window->picture.height));
    if (window->rotate != 0) {
        rotate_copy(window->rotate, &window->picture, &window->device, r);
        r = rotate_rect(window->rotate, window->picture.width, window->picture.height, r);
    }
    return (SDL_Rect){r.x, r.y, r.w, r.h};
}

static void window_present(void *ctx, const struct rect *damage, int count)
{
    struct window *window = ctx;
    SDL_Rect rects[RECTS_MAX];
    while (count > 0) {
        int n = count < RECTS_MAX ? count : RECTS_MAX;
        for (int i = 0; i < n; i++) {
            rects[i] = show_rect(window, damage[i]);
        }
        SDL_UpdateWindowSurfaceRects(window->window, rects, n);
        damage += n;
        count -= n;
    }
}

/* ---- waiting ---- */

static bool take_wake(struct window *window)
{
    uint64_t rings;
    return read(window->wake_fd, &rings, sizeof rings) == sizeof rings;
}

static bool is_readable(const struct pollfd *fd)
{
    return (fd->revents & (POLLIN | POLLHUP | POLLERR)) != 0;
}

/* SDL 2.26 looks at X11 a thousand times a second while it waits; poll(2) sleeps.
 * True: somebody rang. */
static bool sleep_on_display(struct window *window, int timeout_ms)
{
    struct pollfd fds[2] = {{.fd = window->display_fd, .events = POLLIN},
                            {.fd = window->wake_fd, .events = POLLIN}};
    return poll(fds, 2, timeout_ms) > 0 && is_readable(&fds[1]) && take_wake(window);
}

static int time_left(int timeout_ms, Uint64 start)
{
    Uint64 gone = SDL_GetTicks64() - start;
    return timeout_ms < 0 ? -1 : gone >= (Uint64)timeout_ms ? 0 : timeout_ms - (int)gone;
}

/* SDL_PollEvent would end a round at a mark it left earlier, without looking at what Xlib
 * read meanwhile while it drew: poll(2) would sleep although a finger has gone up. */
static bool next_event(struct window *window, struct event *event_out)
{
    SDL_Event sdl;
    SDL_PumpEvents();
    while (SDL_PeepEvents(&sdl, 1, SDL_GETEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT) == 1) {
        if (window_translate(window, &sdl, event_out)) {
            return true;
        }
    }
    return false;
}

static bool wait_on_display(struct window *window, int timeout_ms,
                            struct event *event_out)
{
    Uint64 start = SDL_GetTicks64();
    for (;;) {
        int left = time_left(timeout_ms, start);
        if (next_event(window, event_out)) {
            return true;
        }
        if (sleep_on_display(window, left)) {
            *event_out = (struct event){.kind = EVENT_WAKE,
                                        .mono_ms = clock_mono_ms(&window->clock)};
            return true;
        }
        if (left == 0) {
            return next_event(window, event_out);
        }
    }
}

static bool wait_in_sdl(struct window *window, int timeout_ms, struct event *event_out)
{
    Uint64 start = SDL_GetTicks64();
    SDL_Event sdl;
    int left = timeout_ms;
    while (SDL_WaitEventTimeout(&sdl, left)) {
        if (window_translate(window, &sdl, event_out)) {
            return true;
        }
        left = time_left(timeout_ms, start);
    }
    return false;
}

static bool window_wait(void *ctx, int timeout_ms, struct event *event_out)
{
    struct window *window = ctx;
    return window->display_fd >= 0 ? wait_on_display(window, timeout_ms, event_out)
                                   : wait_in_sdl(window, timeout_ms, event_out);
}

static void window_wake(void *ctx)
{
    struct window *window = ctx;
    uint64_t one = 1;
    if (window->display_fd < 0) {
        SDL_Event ring = {.type = window->wake_event};
        SDL_PushEvent(&ring);
    } else if (write(window->wake_fd, &one, sizeof one) < 0) {
        return; /* the counter is full: it rings anyway */
    }
}

static void find_display_fd(struct window *window)
{
    window->display_fd = -1;
#ifdef SDL_VIDEO_DRIVER_X11
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    if (SDL_GetWindowWMInfo(window->window, &info) && info.subsystem == SDL_SYSWM_X11) {
        window->display_fd = ConnectionNumber(info.info.x11.display);
    }
#endif
}

/* ---- opening and closing ---- */

static void window_play(void *ctx, enum sound sound)
{
    struct window *window = ctx;
    if (!window->player) {
        window->player = player_start();
    }
    player_play(window->player, sound);
}

static void window_close(void *ctx)
{
    struct window *window = ctx;
    if (window) {
        player_stop(window->player);
        if (window->window) {
            SDL_DestroyWindow(window->window);
        }
        if (window->wake_fd >= 0) {
            close(window->wake_fd);
        }
        free(window->own);
        free(window);
        SDL_Quit();
    }
}

static void set_hints(void)
{
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0"); /* no OpenGL behind our pixels */
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");       /* main has its own */
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
    /* An input method would speak by a connection that the wait does not hear. */
    setenv("XMODIFIERS", "@im=none", 1);
    /* Xlib reads half a megabyte of key sequences that neither a scanner nor our keyboard
     * sends: a third of our start. */
    setenv("XCOMPOSEFILE", "/dev/null", 0);
    /* Without a session bus libdbus would start one, which costs a fifth of our start. */
    setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:", 0);
}

static void wanted_size(const struct platform_options *options, int *width, int *height)
{
    SDL_DisplayMode mode;
    bool sideways = rotate_is_sideways(options->rotate);
    *width = sideways ? options->height : options->width;
    *height = sideways ? options->width : options->height;
    if ((*width <= 0 || *height <= 0) && SDL_GetDesktopDisplayMode(0, &mode) == 0) {
        *width = mode.w;
        *height = mode.h;
    }
}

/* SDL falls back to a window that nobody sees; we have a better one (offscreen.c). */
static bool is_visible(void)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    bool hidden = driver && (strcmp(driver, "offscreen") == 0 ||
                             strcmp(driver, "dummy") == 0 ||
                             strcmp(driver, "evdev") == 0);
    if (hidden) {
        SDL_SetError("no display");
    }
    return driver && !hidden;
}

static bool open_window(struct window *window, const struct platform_options *options)
{
    int width, height;
    Uint32 flags = options->fullscreen ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0;
    wanted_size(options, &width, &height);
    window->window = SDL_CreateWindow("Anlauf", SDL_WINDOWPOS_CENTERED,
                                      SDL_WINDOWPOS_CENTERED, width, height, flags);
    if (!window->window || !window_attach(window)) {
        return false;
    }
    if (options->fullscreen) {
        SDL_ShowCursor(SDL_DISABLE);
    }
    SDL_StartTextInput();
    find_display_fd(window);
    window->wake_event = SDL_RegisterEvents(1);
    return true;
}

enum err window_open(const struct platform_options *options, struct buf *why,
                     struct platform *platform_out)
{
    struct window *window = calloc(1, sizeof *window);
    if (!window) {
        return ERR_FULL;
    }
    window->rotate = options->rotate;
    window->clock = options->clock;
    window->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    set_hints();
    SDL_SetMainReady();
    if (window->wake_fd < 0 || SDL_Init(SDL_INIT_VIDEO) != 0 ||
        !is_visible() || !open_window(window, options)) {
        buf_printf(why, "no window: %s", SDL_GetError());
        window_close(window);
        return ERR_UNSUPPORTED;
    }
    *platform_out = (struct platform){window_surface, window_present, window_wait,
                                      window_wake,    window_play,    window_close,
                                      window};
    return ERR_OK;
}
