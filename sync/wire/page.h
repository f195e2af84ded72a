/* Pages of the feed: sync/PROTOCOL.md, "Down". Pure. */
#ifndef WIRE_PAGE_H
#define WIRE_PAGE_H

#include "base/uid.h"
#include "proof/digest.h"
#include "proof/key.h"
#include "wire/bytes.h"

#define WIRE_PAGE_ROWS 500
#define WIRE_PAGE_MAX (1u << 20)

struct wire_row {
    int64_t rev;
    struct str kind, id, body; /* body.len 0: deleted */
};
struct wire_page_end {
    int64_t since, to;
    bool more;
    int64_t live;
    struct digest digest;
};

/* Writing: rows, then the end. `body` must be one line of JSON or empty. */
void wire_page_row(struct bytes *page, const struct wire_row *row);
/* Signs the rows that stand in `page` from offset `at` on. */
void wire_page_end(struct bytes *page, size_t at, struct uid centre,
                   const struct wire_page_end *end, const struct key *server);

/* Reading. `page_len_out` (may be NULL): where this page ends; more may follow in a
 * parcel. Rows point into `text` (kinds and ids without escapes only; others are
 * refused). ERR_INVALID: cut, malformed or more than max rows. ERR_DENIED: not signed by
 * `server`. */
enum err wire_page_read(struct str text, struct uid centre, int64_t since,
                        const struct key_public *server, struct wire_row *rows,
                        size_t max, size_t *count_out, struct wire_page_end *end_out,
                        size_t *page_len_out) NODISCARD;

#endif
