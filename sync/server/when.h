/* When something was, by the centre's time, from a kiosk's clocks that nobody set. Pure.
 *
 * An anchor is a contact: the kiosk's boot and monotonic time beside the centre's time.
 * Same boot: the distance to the nearest anchor. An earlier boot: some time between the
 * last anchor before and the first one behind; the kiosk's wall clock may say where if it
 * lies within. A Pi that lives in 1970 or 2085 is thus only vague, never wrong. */
#ifndef SERVER_WHEN_H
#define SERVER_WHEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WHEN_ANCHORS_MAX 16
#define WHEN_OLDEST_MS 1767225600000 /* 2026-01-01: no kiosk is older */

struct when_anchor {
    int64_t mono_ms;
    int64_t at_ms;    /* the centre's time, not before … */
    int64_t slack_ms; /* … and at most so much after the kiosk read its clock */
};

/* What is known of one boot. */
struct when {
    struct when_anchor anchors[WHEN_ANCHORS_MAX]; /* of this boot */
    size_t count;
    int64_t after_ms;  /* the last contact of an earlier boot; 0: none */
    int64_t before_ms; /* the first contact of a later boot; 0: none */
};

struct when_clocks {
    int64_t mono_ms, wall_ms;
    int64_t received_ms; /* the centre's time: it was not later */
};

/* True: it was within t_ms ± t_err_ms. False: nothing is known. */
bool when_estimate(const struct when *when, const struct when_clocks *clocks,
                   int64_t *t_ms_out, int64_t *t_err_ms_out);

#endif
