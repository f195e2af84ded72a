/* Who gets which place. Pure: numbers in, a decision out; no clock, no dice, no store.
 *
 *   free = places - confirmed - places that kiosks hold in leases and have not used
 *
 * is what the centre itself may give away. It is never below 0, and each thing that gives
 * a place away takes it from there or from one lease; so confirmed ≤ places.
 *
 * Leases. Who asked before comes first: only what is free beyond the wishes in the queue is
 * split. A lone kiosk gets all but a quarter (rounded down). Several get each the same
 * whole number out of three quarters. What cannot be split stays at the centre, which is
 * where a coach takes from. */
#ifndef SERVER_DECIDE_H
#define SERVER_DECIDE_H

#include "server/places.h"

/* How a wish stands at the centre. */
enum stand {
    STAND_ASKED,
    STAND_WANTED,    /* a coach said yes; a kiosk still holds the place */
    STAND_WAITING,   /* all places are taken */
    STAND_CONFIRMED,
    STAND_DECLINED,
    STAND_UNDONE,    /* the young person took it back */
    STAND_COUNT
};
const char *stand_name(enum stand stand);
enum stand stand_from_name(struct str name); /* STAND_COUNT: unknown */

/* An offer on its day. */
struct decide_count {
    int64_t places;
    int64_t confirmed;
    int64_t leased; /* in leases that are granted or recalled, and not used */
    int64_t queued; /* wishes that are asked, wanted or waiting */
};
int64_t decide_free(const struct decide_count *count);
/* Places of a new lease for each kiosk that has none; kiosks: all of the centre. */
int64_t decide_share(const struct decide_count *count, int64_t kiosks);

/* A lease that a kiosk names with its confirmation. */
struct decide_lease {
    bool found; /* is it this kiosk's, of this epoch, for this offer and day */
    bool open;  /* granted or recalled: not returned, not revoked */
    int64_t places, used;
};
enum decide_from { FROM_LEASE, FROM_CENTRE, FROM_NOWHERE };
/* Where the place of a kiosk's confirmation comes from. count NULL: an offer that the
 * centre does not know, which has no bound here. */
enum decide_from decide_kiosk(const struct decide_count *count,
                              const struct decide_lease *lease);

/* A coach's yes (rules_allow: what the law says) or no. DECIDE_OK: it becomes so. */
enum decide_answer decide_coach(enum stand stand, bool confirm, bool rules_allow,
                                const struct decide_count *count);

/* What becomes of the queue now. */
enum decide_queue {
    QUEUE_STAYS,
    QUEUE_WAITS,    /* full: who asks waits */
    QUEUE_MOVES_UP, /* a place is free: who waits asks again */
};
enum decide_queue decide_queue(const struct decide_count *count);

#endif
