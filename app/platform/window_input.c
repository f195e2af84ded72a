/* SDL's events → ours. */
#include "platform/window.h"

#include "base/utf8.h"
#include "platform/rotate.h"

static const struct {
    SDL_Keycode code;
    enum event_key key;
} keys[] = {
    {SDLK_UP, KEY_PREVIOUS},     {SDLK_LEFT, KEY_PREVIOUS}, {SDLK_DOWN, KEY_NEXT},
    {SDLK_RIGHT, KEY_NEXT},      {SDLK_ESCAPE, KEY_BACK},   {SDLK_AC_BACK, KEY_BACK},
    {SDLK_RETURN, KEY_CHOOSE},   {SDLK_KP_ENTER, KEY_CHOOSE},
    {SDLK_RETURN2, KEY_CHOOSE},  {SDLK_SELECT, KEY_CHOOSE}, {SDLK_F1, KEY_READ_ALOUD},
    {SDLK_BACKSPACE, KEY_DELETE}, {SDLK_DELETE, KEY_DELETE},
};

/* Digits when Num Lock is on: those come as text. */
static const struct {
    SDL_Keycode code;
    enum event_key key;
} pad_keys[] = {
    {SDLK_KP_8, KEY_PREVIOUS}, {SDLK_KP_4, KEY_PREVIOUS}, {SDLK_KP_2, KEY_NEXT},
    {SDLK_KP_6, KEY_NEXT},     {SDLK_KP_PERIOD, KEY_DELETE},
};

static enum event_key key_of(const SDL_Keysym *sym)
{
    if (sym->sym == SDLK_TAB) {
        return sym->mod & KMOD_SHIFT ? KEY_PREVIOUS : KEY_NEXT;
    }
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        if (keys[i].code == sym->sym) {
            return keys[i].key;
        }
    }
    for (size_t i = 0; i < ARRAY_LEN(pad_keys) && !(sym->mod & KMOD_NUM); i++) {
        if (pad_keys[i].code == sym->sym) {
            return pad_keys[i].key;
        }
    }
    return KEY_NONE;
}

static int clamp(int value, int end)
{
    return value < 0 ? 0 : value >= end ? end - 1 : value;
}

/* Device pixels → the picture. */
static void set_point(const struct window *window, struct event *event, int x, int y)
{
    x = clamp(x, window->device.width);
    y = clamp(y, window->device.height);
    rotate_back(window->rotate, window->picture.width, window->picture.height, &x, &y);
    event->x = x;
    event->y = y;
}

/* Mouse coordinates are in the window's units, which may be larger than pixels. */
static void set_mouse_point(const struct window *window, struct event *event, int x,
                            int y)
{
    int width = 1, height = 1;
    SDL_GetWindowSize(window->window, &width, &height);
    set_point(window, event, x * window->device.width / (width > 0 ? width : 1),
              y * window->device.height / (height > 0 ? height : 1));
}

static void translate_finger(struct window *window, const SDL_TouchFingerEvent *finger,
                             struct event *event)
{
    if (finger->type == SDL_FINGERDOWN) {
        event->kind = pointer_down(&window->pointer, finger->fingerId);
    } else if (finger->type == SDL_FINGERUP) {
        event->kind = pointer_up(&window->pointer, finger->fingerId);
    } else {
        event->kind = pointer_move(&window->pointer, finger->fingerId);
    }
    set_point(window, event, (int)(finger->x * (float)window->device.width),
              (int)(finger->y * (float)window->device.height));
}

#define MOUSE_FINGER (-2) /* no touch screen counts below zero */

static void translate_button(struct window *window, const SDL_MouseButtonEvent *button,
                             struct event *event)
{
    if (button->which == SDL_TOUCH_MOUSEID || button->button != SDL_BUTTON_LEFT) {
        return;
    }
    event->kind = button->type == SDL_MOUSEBUTTONDOWN
                      ? pointer_down(&window->pointer, MOUSE_FINGER)
                      : pointer_up(&window->pointer, MOUSE_FINGER);
    set_mouse_point(window, event, button->x, button->y);
}

static void translate_motion(struct window *window, const SDL_MouseMotionEvent *motion,
                             struct event *event)
{
    if (motion->which != SDL_TOUCH_MOUSEID) {
        event->kind = pointer_move(&window->pointer, MOUSE_FINGER);
        set_mouse_point(window, event, motion->x, motion->y);
    }
}

static void translate_text(const char *text, struct event *event)
{
    if (text[0] != '\0' && utf8_valid(str_of(text))) {
        event->kind = EVENT_TEXT;
        str_copy(event->text, sizeof event->text, str_of(text));
    }
}

static void translate_window(struct window *window, const SDL_WindowEvent *change,
                             struct event *event)
{
    switch (change->event) {
    case SDL_WINDOWEVENT_EXPOSED:
        event->kind = EVENT_EXPOSE;
        break;
    case SDL_WINDOWEVENT_SIZE_CHANGED:
        if (window_attach(window)) {
            event->kind = EVENT_RESIZE;
            event->x = window->picture.width;
            event->y = window->picture.height;
        }
        break;
    case SDL_WINDOWEVENT_FOCUS_LOST:
    case SDL_WINDOWEVENT_HIDDEN:
        event->kind = pointer_lose(&window->pointer);
        break;
    case SDL_WINDOWEVENT_CLOSE:
        event->kind = EVENT_QUIT;
        break;
    default:
        break;
    }
}

bool window_translate(struct window *window, const SDL_Event *sdl,
                      struct event *event_out)
{
    struct event event = {.kind = EVENT_NONE};
    switch (sdl->type) {
    case SDL_FINGERDOWN:
    case SDL_FINGERUP:
    case SDL_FINGERMOTION:
        translate_finger(window, &sdl->tfinger, &event);
        break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        translate_button(window, &sdl->button, &event);
        break;
    case SDL_MOUSEMOTION:
        translate_motion(window, &sdl->motion, &event);
        break;
    case SDL_TEXTINPUT:
        translate_text(sdl->text.text, &event);
        break;
    case SDL_KEYDOWN:
        event.key = key_of(&sdl->key.keysym);
        event.kind = event.key != KEY_NONE ? EVENT_KEY : EVENT_NONE;
        break;
    case SDL_WINDOWEVENT:
        translate_window(window, &sdl->window, &event);
        break;
    case SDL_QUIT:
        event.kind = EVENT_QUIT;
        break;
    default:
        event.kind = sdl->type == window->wake_event ? EVENT_WAKE : EVENT_NONE;
        break;
    }
    event.mono_ms = clock_mono_ms(&window->clock);
    *event_out = event;
    return event.kind != EVENT_NONE;
}
