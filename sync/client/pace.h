/* When to try, and how much at once: the law for bad lines. Pure; times are monotonic ms.
 *
 *   cut, and nothing came           halve size and distance of checks
 *   cut, and some came              keep the size, but at most four times what came
 *   cut, and fewer than 128 came    connections die after so many bytes here: from now on
 *                                   each batch has a connection of its own, and is three
 *                                   quarters of what came, so that the signature and the
 *                                   answer have room and nobody has to ask for the cursor;
 *                                   more is tried after ever more answers (1 … 64); a cut
 *                                   of what was answered just before is chance, once
 *   success                         double both; there: as said
 *   a page cut                      a quarter of its rows; double after each that came
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
#define PACE_EVENTS_MAX 4096
#define PACE_RAW_MAX (1024 * 1024) /* bytes of lines in one batch */
#define PACE_CHECK_MIN 1
#define PACE_CHECK_MAX 64
#define PACE_ROWS_MAX 500
#define PACE_BEARS_MAX 128 /* who bears more is not cut by bytes */

struct pace {
    int events;      /* in a batch where no bound is known */
    int check_every; /* events between two checks */
    int bears;    /* events that a connection bears with all around; 0: no bound known */
    int bore;     /* the size of the last batch that was answered on such a line */
    int calm;     /* answers to wait for before more is tried */
    int patience; /* so many after the next cut */
    int rows;     /* of a page of the feed, at most */
    int refusals; /* in a row */
    int64_t not_before_ms;
};

void pace_init(struct pace *pace);
int pace_events(const struct pace *pace); /* in the next batch, at most */
void pace_success(struct pace *pace, int sent);
/* `came`: events that are there all the same; 0: the cursor did not move. */
void pace_cut(struct pace *pace, int64_t came);
/* A page of the feed was cut, or is here. */
void pace_page_cut(struct pace *pace);
void pace_page_success(struct pace *pace);
/* No connection, or 429/503 with retry_after_s (0: not said). */
void pace_refused(struct pace *pace, int64_t now_ms, int retry_after_s,
                  const struct rng *rng);
void pace_alive(struct pace *pace);   /* something went over the line */
void pace_link_up(struct pace *pace); /* the network came back, perhaps another */
/* Milliseconds until something is to be done: 0 = now. `due`: facts wait to be sent;
 * `idle_ms`: how long to stay away if not (jittered by the caller's dice). */
int64_t pace_wait_ms(const struct pace *pace, int64_t now_ms, bool due, int64_t idle_ms);

#endif
