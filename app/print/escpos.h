/* A slip as ESC/POS, the language of receipt printers (Epson's command reference).
 *
 * Text goes out in the printer's own letters; what it has no letters for is drawn by
 * `paint` and sent as a picture (GS v 0), and is left out if there is no `paint`. Only
 * this file writes control bytes: text passes print/codepage.h, which knows none.
 * Thread: that of `paint`; any if it is NULL. */
#ifndef PRINT_ESCPOS_H
#define PRINT_ESCPOS_H

#include "print/bytes.h"
#include "print/typeset.h"
#include "ui/text_paint.h"

/* Enough for a slip whose every line is a picture. */
#define ESCPOS_BYTES_MAX (192 * 1024)

/* ERR_FULL: does not fit into `out`, or no memory to draw in. */
enum err escpos_encode(const struct slip *slip, const struct profile *profile,
                       const struct text_paint *paint, struct bytes *out) NODISCARD;
/* Dots of one QR module on this paper. */
int escpos_module_dots(const struct qr *qr, int paper_dots);

#endif
