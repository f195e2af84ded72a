/* How much memory bodies and answers may hold together. Who does not fit in yet waits for
 * a turn, in order, instead of being sent away: what is not read stays on the line. */
#ifndef SERVER_ROOM_H
#define SERVER_ROOM_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct room_guest {
    size_t held;
    void (*go_on)(struct room_guest *guest); /* on any thread, under no lock */
    struct room_guest *next;
};
struct room {
    pthread_mutex_t lock;
    size_t held, max;
    bool open; /* everybody may come in: the end is near */
    struct room_guest *first, **last;
};

void room_init(struct room *room, size_t max);
void room_done(struct room *room);
/* True: come in. */
bool room_try(struct room *room, struct room_guest *guest, size_t size);
/* True: come in. False: go_on will be called, maybe before this returns; then you are in. */
bool room_enter(struct room *room, struct room_guest *guest, size_t size);
/* What it turned out to hold, also of who never entered; may be more than the room has.
 * 0: leaves. */
void room_hold(struct room *room, struct room_guest *guest, size_t size);
void room_open(struct room *room);

#endif
