/* Turns a frame into pixels, on the CPU, only where it changed. */
#ifndef PLATFORM_RASTER_H
#define PLATFORM_RASTER_H

#include "base/err.h"
#include "ui/frame.h"
#include "ui/text_paint.h"

struct raster; /* the caches: pictograms by size and colour, corners, QR modules */

enum err raster_open(struct text_paint text, struct raster **raster_out) NODISCARD;
void raster_close(struct raster *raster); /* NULL is fine */
/* Draws every command of the frame that touches one of the damage rectangles, clipped to
 * it. Never fails: what cannot be drawn (an unknown pictogram) is left out. */
void raster_draw(struct raster *raster, const struct frame *frame,
                 const struct rect *damage, int count, struct surface *surface);

/* Writes a surface as PNG (RGB, 8 bit). */
enum err png_write(const char *path, const struct surface *surface) NODISCARD;

#endif
