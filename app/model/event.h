/* What the hardware said, without any decision about what it means. */
#ifndef MODEL_EVENT_H
#define MODEL_EVENT_H

#include <stdbool.h>
#include <stdint.h>

enum event_kind {
    EVENT_NONE,
    EVENT_FINGER_DOWN, /* x, y: pixels of the unrotated picture */
    EVENT_FINGER_MOVE,
    EVENT_FINGER_UP,
    EVENT_FINGER_GONE, /* the touch was taken away (window lost, second finger) */
    EVENT_TEXT,        /* text: what a keyboard or scanner typed */
    EVENT_KEY,         /* key */
    EVENT_EXPOSE,      /* the window lost its picture: present everything */
    EVENT_RESIZE,      /* x, y: the new size of the unrotated picture */
    EVENT_WAKE,        /* a worker or another program rang */
    EVENT_QUIT,
};

/* The five-key pad, and what a scanner or keyboard needs besides text. On a keyboard:
 * arrows or (Shift-)Tab = previous/next, Escape = back, Enter = choose, F1 = read aloud. */
enum event_key {
    KEY_NONE,
    KEY_PREVIOUS,
    KEY_NEXT,
    KEY_BACK,
    KEY_CHOOSE,
    KEY_READ_ALOUD,
    KEY_DELETE,
};

struct event {
    enum event_kind kind;
    int64_t mono_ms; /* when it happened, by the clock that was handed in */
    int x, y;
    enum event_key key;
    char text[32]; /* EVENT_TEXT: valid UTF-8, may be a few characters */
};

#endif
