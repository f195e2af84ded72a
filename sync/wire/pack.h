/* Writing the body of a POST to a log. */
#ifndef WIRE_PACK_H
#define WIRE_PACK_H

#include "wire/bytes.h"
#include "wire/line.h"
#include "wire/upload.h"

struct wire_pack;

enum err wire_pack_make(enum wire_coding coding, struct wire_pack **pack_out) NODISCARD;
void wire_pack_free(struct wire_pack *pack);
/* Clears what was written before and starts anew. */
void wire_pack_begin(struct wire_pack *pack, const struct wire_header *header);
void wire_pack_line(struct wire_pack *pack, struct str line);
/* A check line, and a flush of the compressor behind it: what was written so far can be
 * read by who gets no more. */
void wire_pack_check(struct wire_pack *pack, const struct chain_hash *head);
/* The signature and the end of the stream. ERR_FULL: no memory. */
enum err wire_pack_end(struct wire_pack *pack,
                       const uint8_t signature[KEY_SIGNATURE_SIZE]) NODISCARD;
struct str wire_pack_body(const struct wire_pack *pack);
size_t wire_pack_raw(const struct wire_pack *pack); /* bytes before compression */

#endif
