/* The feed of a centre: rows, revisions, digest, pages. sync/PROTOCOL.md, "Down". */
#ifndef SERVER_FEED_H
#define SERVER_FEED_H

#include "server/effects.h"
#include "wire/page.h"

/* Within a transaction: the row gets the centre's next revision, count and digest follow.
 * `body` one line of JSON; len 0 deletes. A row that stays the same gets no revision. */
enum err feed_put(const struct scene *scene, struct str kind, struct str id, struct str body)
    NODISCARD;
enum err feed_revision(struct storage *storage, struct uid centre, int64_t *rev_out) NODISCARD;
struct feed_end {
    bool empty;  /* nothing is new since */
    bool more;   /* ask again with since = to */
    int64_t to;
};
/* Where a page begins. */
struct feed_from {
    int64_t since;
    int most;  /* rows; 0: as many as any page has */
    bool anew; /* within a pass from 0: needs no deletions of before */
};
/* A signed page appended to `out`. ERR_NOT_FOUND: `since` is older than what was compacted,
 * or was never given out. */
enum err feed_page(struct storage *storage, struct uid centre, struct feed_from from,
                   const struct key *server, struct bytes *out, struct feed_end *end_out)
    NODISCARD;
/* Deletions at or below `rev` are not known any more. */
enum err feed_compact(const struct scene *scene, int64_t rev) NODISCARD;

#endif
