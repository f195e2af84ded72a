/* The body of a POST to a log, read as it comes in: decompressed, cut into lines, parsed
 * and hashed. Knows nothing of logs and keys: whether heads and signatures are right is
 * for who has the cursor. One thread at a time. */
#ifndef WIRE_UPLOAD_H
#define WIRE_UPLOAD_H

#include "wire/line.h"

#define WIRE_UPLOAD_MAX (4u << 20) /* decompressed */
#define WIRE_EVENTS_MAX 4096
#define WIRE_WINDOW_LOG 20 /* zstd window of 1 MB */

/* WORDS: zstd that knows the words of a log before the first line came (wire/words.h). */
enum wire_coding { WIRE_PLAIN, WIRE_ZSTD, WIRE_WORDS };

struct wire_upload;

enum err wire_upload_make(enum wire_coding coding,
                          struct wire_upload **upload_out) NODISCARD;
void wire_upload_free(struct wire_upload *upload); /* NULL is fine */
/* ERR_FULL: a line, the body or the number of events is too large. ERR_INVALID: not the
 * coding, or no header in the first line. After an error more bytes are ignored, and what
 * was read before still counts. */
enum err wire_upload_feed(struct wire_upload *upload, const void *bytes,
                          size_t len) NODISCARD;

/* NULL until the first line is whole. */
const struct wire_header *wire_upload_header(const struct wire_upload *upload);
/* Lines behind the header that came in whole, checks and signatures among them. */
size_t wire_upload_count(const struct wire_upload *upload);
/* Valid while the upload is. `text` is the line without its LF. */
void wire_upload_at(const struct wire_upload *upload, size_t i,
                    struct wire_line *line_out, struct str *text_out);
size_t wire_upload_memory(const struct wire_upload *upload); /* bytes it holds */

#endif
