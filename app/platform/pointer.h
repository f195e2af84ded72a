/* Many fingers and a mouse become one finger: the first one down, until it leaves or a
 * second one comes. Then nothing counts until all are up. Pure. */
#ifndef PLATFORM_POINTER_H
#define PLATFORM_POINTER_H

#include "model/event.h"

struct pointer {
    int down;        /* fingers on the screen */
    bool active;
    int64_t finger;  /* the active one */
};

/* Each returns what it means: EVENT_NONE or one of EVENT_FINGER_… . */
enum event_kind pointer_down(struct pointer *pointer, int64_t finger);
enum event_kind pointer_move(const struct pointer *pointer, int64_t finger);
enum event_kind pointer_up(struct pointer *pointer, int64_t finger);
/* The window lost the fingers. */
enum event_kind pointer_lose(struct pointer *pointer);

#endif
