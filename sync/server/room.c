#include "server/room.h"

void room_init(struct room *room, size_t max)
{
    *room = (struct room){.max = max};
    room->last = &room->first;
    pthread_mutex_init(&room->lock, NULL);
}

void room_done(struct room *room)
{
    pthread_mutex_destroy(&room->lock);
}

/* Alone, anybody fits: nobody waits for ever. Under the lock. */
static bool fits(const struct room *room, size_t size)
{
    return room->open || room->held == 0 || room->held + size <= room->max;
}

/* Under the lock. Nobody overtakes who waits. */
static bool enter(struct room *room, struct room_guest *guest, size_t size)
{
    bool in = room->first == NULL && fits(room, size);
    guest->held = in ? size : 0;
    room->held += guest->held;
    return in;
}

bool room_try(struct room *room, struct room_guest *guest, size_t size)
{
    pthread_mutex_lock(&room->lock);
    bool in = enter(room, guest, size);
    pthread_mutex_unlock(&room->lock);
    return in;
}

bool room_enter(struct room *room, struct room_guest *guest, size_t size)
{
    pthread_mutex_lock(&room->lock);
    bool in = enter(room, guest, size);
    if (!in) {
        guest->held = size;
        guest->next = NULL;
        *room->last = guest;
        room->last = &guest->next;
    }
    pthread_mutex_unlock(&room->lock);
    return in;
}

/* Under the lock: those that fit now, taken out of the line. */
static struct room_guest *let_in(struct room *room)
{
    struct room_guest *list = room->first, **end = &list;
    while (*end != NULL && fits(room, (*end)->held)) {
        room->held += (*end)->held;
        end = &(*end)->next;
    }
    room->first = *end;
    *end = NULL;
    if (room->first == NULL) {
        room->last = &room->first;
    }
    return list;
}

static void go_on(struct room_guest *list)
{
    while (list != NULL) {
        struct room_guest *guest = list;
        list = guest->next;
        guest->go_on(guest);
    }
}

void room_hold(struct room *room, struct room_guest *guest, size_t size)
{
    pthread_mutex_lock(&room->lock);
    room->held = room->held - guest->held + size;
    guest->held = size;
    struct room_guest *list = let_in(room);
    pthread_mutex_unlock(&room->lock);
    go_on(list);
}

void room_open(struct room *room)
{
    pthread_mutex_lock(&room->lock);
    room->open = true;
    struct room_guest *list = let_in(room);
    pthread_mutex_unlock(&room->lock);
    go_on(list);
}
