/* A moment as a device knows it, and how sure that is.
 *
 * A kiosk without network starts with whatever its clock says. Two moments of one boot
 * are still exactly apart (mono_ms); across a restart only bounds can be told. */
#ifndef DOMAIN_MOMENT_H
#define DOMAIN_MOMENT_H

#include "domain/sentence.h"

#define MOMENT_UNSURE INT64_MAX   /* uncertainty: the wall time may be anything */
#define MOMENT_OPEN INT64_MAX     /* a span's end that nobody knows */
#define MOMENT_OPEN_LOW INT64_MIN /* a span's beginning that nobody knows */
#define MOMENT_DRIFT 10000        /* a device's clock may be off by 1 in 10000 */
#define MOMENT_ABOUT_MS 60000     /* times wider than this are shown as "ungefähr" */

#define MOMENT_TOLD (-1) /* boot: a person told the time, no clock ran along */

struct moment {
    int64_t wall_ms; /* since 1970, as the device believed */
    int64_t boot;    /* counts the device's boots, from 1; MOMENT_TOLD; 0: no moment */
    int64_t mono_ms; /* since that boot began */
    int64_t uncertainty_ms; /* wall_ms is true within ± this; MOMENT_UNSURE */
};

struct moment_span {
    int64_t low_ms, high_ms; /* the truth lies between, both included */
};

bool moment_is(const struct moment *m); /* is there one? */
bool moment_sure(const struct moment *m, int64_t within_ms);
/* A time that a person told, as in a correction by staff: taken as it is. */
struct moment moment_told(int64_t wall_ms);
/* Milliseconds from a to b: by mono_ms within one boot, else by the wall clocks.
 * False: not known within one minute (the result is written all the same). */
bool moment_between(const struct moment *a, const struct moment *b, int64_t *ms_out);

/* When m was, from the last sure moment before and the first sure one after it of the
 * same device (either may be NULL). False: the clocks contradict each other; the span
 * then covers all that was claimed. */
bool moment_estimate(const struct moment *m, const struct moment *before,
                     const struct moment *after, struct moment_span *span_out);
/* The moment told by such a span: its middle and half its width; open ends are unsure. */
struct moment moment_from_span(const struct moment *m, const struct moment_span *span);

/* "15:42", "gegen 15:00 Uhr, ungefähr", "zwischen 14:30 und 16:00 Uhr", "nach 15:00 Uhr",
 * "Die Uhrzeit ist noch nicht bekannt". */
struct sentence moment_words(const struct moment_span *span);

#endif
