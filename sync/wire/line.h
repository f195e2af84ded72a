/* One line of a log on the wire: sync/PROTOCOL.md, "Lines" and "Sending". Pure. */
#ifndef WIRE_LINE_H
#define WIRE_LINE_H

#include "base/uid.h"
#include "proof/chain.h"

#define WIRE_LINE_MAX 16384
#define WIRE_KIND_SIZE 33
#define WIRE_NUMBER_MAX 9007199254740991 /* 2^53 - 1 */

enum wire_line_kind {
    WIRE_EVENT,
    WIRE_GONE, /* content erased; only the hash */
    WIRE_CHECK,
    WIRE_SIG,
    WIRE_UNREADABLE, /* in the chain all the same: its bytes have a hash */
};

struct wire_header {
    int64_t from, boot, mono_ms;
    uint8_t check[CHAIN_CHECK_SIZE];
};

struct wire_line {
    enum wire_line_kind what;
    struct chain_hash hash; /* EVENT, GONE, UNREADABLE */
    int64_t seq;            /* EVENT, GONE */
    char kind[WIRE_KIND_SIZE];
    int version;
    bool has_id;
    struct uid id;
    int64_t boot, boot_ms, mono_ms, wall_ms;
    struct str body; /* the object's bytes within the line */
    uint8_t check[CHAIN_CHECK_SIZE];
    uint8_t signature[KEY_SIGNATURE_SIZE];
};

/* ERR_INVALID */
enum err wire_header_parse(struct str text, struct wire_header *header_out) NODISCARD;
/* Everything is some line: what cannot be read is UNREADABLE. The text must stay. */
void wire_line_parse(struct str text, struct wire_line *line_out);

#endif
