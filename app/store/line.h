/* The line of an event as it stands on the wire: sync/PROTOCOL.md, "Lines".
 *
 * It is made from the stored row, each time the same bytes; its hash is stored with the
 * row when it is written. So a row whose content was erased keeps its place in the chain.
 */
#ifndef STORE_LINE_H
#define STORE_LINE_H

#include "proof/chain.h"

#define LINE_SIZE 16385                  /* with NUL */
#define LINE_NUMBER_MAX 9007199254740991 /* 2^53 - 1 */

struct line_row {
    int64_t seq, version, boot, mono_ms, wall_ms;
    struct uid id;
    struct str kind, body;
    uint8_t salt[CHAIN_SALT_SIZE];
};

/* With its id only if `named`. A time that no number of the wire can hold (a clock before
 * 1970) stands as the nearest one that can. */
void line_put(struct buf *out, const struct line_row *row, bool named);
/* Is this the line of a kind whose id something can refer to? */
bool line_is_named(struct str kind);
void line_put_gone(struct buf *out, int64_t seq, const struct chain_hash *hash);

#endif
