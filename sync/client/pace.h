/* When to try, and how much at once: the law for bad lines. Pure; times are monotonic ms.
 *
 *   cut, and the cursor moved       keep the size
 *   cut, and it did not             halve size and distance of checks
 *   success                         double both
 *   refused, no connection          wait 0.1 s eight times, then doubling to 5 min,
 *                                   ± 30 %; keep the size
 *   any sign of the line            the next wait is the shortest again
 *
 * "Halve on every failure" starves on a line that flaps; "never shrink" livelocks on one
 * that dies after so many bytes. */
#ifndef CLIENT_PACE_H
#define CLIENT_PACE_H

#include "base/rng.h"

#include <stdbool.h>
#include <stdint.h>

#define PACE_EVENTS_MIN 1
#define PACE_EVENTS_MAX 2000
#define PACE_RAW_MAX (256 * 1024) /* bytes of lines in one batch */
#define PACE_CHECK_MIN 1
#define PACE_CHECK_MAX 64

struct pace {
    int events;      /* in the next batch, at most */
    int check_every; /* events between two checks */
    int refusals;    /* in a row */
    int64_t not_before_ms;
};

void pace_init(struct pace *pace);
void pace_success(struct pace *pace);
void pace_cut(struct pace *pace, bool cursor_moved);
/* No connection, or 429/503 with retry_after_s (0: not said). */
void pace_refused(struct pace *pace, int64_t now_ms, int retry_after_s,
                  const struct rng *rng);
void pace_alive(struct pace *pace);   /* something went over the line */
void pace_link_up(struct pace *pace); /* the network came back: try at once */
/* Milliseconds until something is to be done: 0 = now. `due`: facts wait to be sent;
 * `idle_ms`: how long to stay away if not (jittered by the caller's dice). */
int64_t pace_wait_ms(const struct pace *pace, int64_t now_ms, bool due, int64_t idle_ms);

#endif
