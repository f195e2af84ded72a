/* The real world for main: the clock's error, whole files, QR codes as pictures. */
#ifndef APP_WORLD_H
#define APP_WORLD_H

#include "base/buf.h"
#include "base/err.h"

/* How far the wall clock may be off, as the system believes; INT64_MAX: nobody has set it
 * since the machine started. For app_options.clock_error_ms. */
int64_t world_clock_error_ms(void *ctx);
/* A text file of at most `max` bytes; the caller frees. */
enum err world_read_file(const char *path, size_t max, char **text_out,
                         size_t *len_out) NODISCARD;
/* A QR code of the text, black on white with its quiet zone, as PNG file. */
enum err world_write_qr(const char *path, struct str text) NODISCARD;

#endif
