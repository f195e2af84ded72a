/* Which jobs first, and why: suggestions that explain themselves.
 *
 * Pure and deterministic: the same inputs give the same order on every machine. Nothing
 * here compares people, and no number leaves this module that could. */
#ifndef DOMAIN_MATCH_H
#define DOMAIN_MATCH_H

#include "domain/offer.h"
#include "domain/participant.h"

enum match_because {
    BECAUSE_NONE,     /* nothing known of the person: soonest first */
    BECAUSE_AGAIN,    /* said "again" to this field */
    BECAUSE_INTEREST, /* told us this field interests them */
    BECAUSE_DISTRICT, /* near where they like to work */
    BECAUSE_SOON,     /* starts today or tomorrow */
    BECAUSE_NEW,      /* a field never tried */
};

/* What the order may look at. All optional: an unknown visitor has none of it. */
struct match_wishes {
    field_set_t interests, tried, again,
        declined;         /* declined: "passt nicht" this visit */
    const char *district; /* NULL or "" = unknown */
    date_t today;
    int now; /* minute of day */
};

struct match_entry {
    int offer; /* index into the offers */
    enum match_because because;
};

/* Orders the offers that `eligible` marks (others are left out). Writes at most
 * `count` entries and returns how many. At most one entry is BECAUSE_NEW: the best offer
 * of a field never tried, placed within the first three. Total order: ties by date,
 * start, code. */
size_t match_order(const struct offer *offers, const bool *eligible, size_t count,
                   const struct match_wishes *wishes, struct match_entry *entries_out);

#endif
