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

/* What a line tells beside the rest. Programs of before named more kinds, and told the wall
 * clock where it is now told what it said as the boot began: that is the same in all lines
 * of a boot, and so costs next to nothing. */
enum line_form {
    LINE_NAMED = 1, /* its id, as something can refer to it */
    LINE_WALL = 2,  /* wall_ms, not boot_ms */
    LINE_FORMS = 4,
};

/* A time that no number of the wire can hold (a clock before 1970) stands as the nearest
 * one that can. */
void line_put(struct buf *out, const struct line_row *row, unsigned form);
unsigned line_form(struct str kind); /* that this program writes */
void line_put_gone(struct buf *out, int64_t seq, const struct chain_hash *hash);

#endif
