/* Puts a paragraph into pixels: implemented by text/, used by the rasteriser and by the
 * printer's pictures, faked in tests. */
#ifndef UI_TEXT_PAINT_H
#define UI_TEXT_PAINT_H

#include "ui/geometry.h"
#include "ui/text_measure.h"

struct surface {
    uint32_t *pixels; /* 0x00RRGGBB */
    int width, height;
    int stride; /* pixels from row to row */
};

struct text_paint {
    /* Draws `text` as text_measure lays it out into `rect` (top-aligned, lines aligned by
     * `align`: 0 left, 1 right, 2 centre), only inside `clip`, in colour `rgb`. */
    void (*paint)(void *ctx, struct surface *surface, struct rect clip, struct rect rect,
                  const struct text_spec *spec, int align, int lines_max, struct str text,
                  uint32_t rgb);
    void *ctx;
};

#endif
