/* A slip as a picture of the paper: the same lines in the kiosk's typeface. */
#ifndef PRINT_SLIP_PNG_H
#define PRINT_SLIP_PNG_H

#include "print/slip.h"
#include "ui/text_paint.h"

/* Draws at 384 or 576 pixels width; the height follows from the slip. The pixels belong
 * to the caller: slip_png_done(). Thread: that of `paint`. ERR_FULL: no memory. */
enum err slip_png_draw(const struct slip *slip, int width, const struct text_paint *paint,
                       struct surface *surface_out) NODISCARD;
void slip_png_done(struct surface *surface); /* one never drawn is fine, if zeroed */
/* Writes a grey PNG. Any thread. */
enum err slip_png_write(const struct surface *surface, const char *path) NODISCARD;

#endif
