#include "platform/pointer.h"

enum event_kind pointer_down(struct pointer *pointer, int64_t finger)
{
    pointer->down++;
    if (pointer->active) {
        pointer->active = false;
        return EVENT_FINGER_GONE;
    }
    if (pointer->down > 1) {
        return EVENT_NONE;
    }
    pointer->active = true;
    pointer->finger = finger;
    return EVENT_FINGER_DOWN;
}

enum event_kind pointer_move(const struct pointer *pointer, int64_t finger)
{
    bool ours = pointer->active && pointer->finger == finger;
    return ours ? EVENT_FINGER_MOVE : EVENT_NONE;
}

enum event_kind pointer_up(struct pointer *pointer, int64_t finger)
{
    pointer->down -= pointer->down > 0;
    if (!pointer->active || pointer->finger != finger) {
        return EVENT_NONE;
    }
    pointer->active = false;
    return EVENT_FINGER_UP;
}

enum event_kind pointer_lose(struct pointer *pointer)
{
    bool was_active = pointer->active;
    *pointer = (struct pointer){0};
    return was_active ? EVENT_FINGER_GONE : EVENT_NONE;
}
