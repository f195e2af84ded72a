/* Rows of pixels: filled, mixed. All the rasteriser's writing goes through here. */
#ifndef PLATFORM_PIXELS_H
#define PLATFORM_PIXELS_H

#include "ui/text_paint.h"

/* Where to draw: a surface and the part of it that may change (inside the surface). */
struct canvas {
    struct surface *surface;
    struct rect clip;
};

static inline uint32_t *pixels_row(const struct canvas *canvas, int y)
{
    return canvas->surface->pixels + (ptrdiff_t)y * canvas->surface->stride;
}

/* `cover` 0 … 255 of `rgb` over `below`. */
static inline uint32_t pixels_mix(uint32_t below, uint32_t rgb, uint32_t cover)
{
    uint32_t a = cover + (cover >> 7); /* 0 … 256 */
    uint32_t rb = below & 0xFF00FF, g = below & 0x00FF00;
    rb += ((rgb & 0xFF00FF) - rb) * a >> 8;
    g += ((rgb & 0x00FF00) - g) * a >> 8;
    return (rb & 0xFF00FF) | (g & 0x00FF00);
}

/* [x0, x1) of row y; clipped. */
void pixels_fill(const struct canvas *canvas, int y, int x0, int x1, uint32_t rgb);
void pixels_fill_rect(const struct canvas *canvas, struct rect rect, uint32_t rgb);
/* `count` pixels from x on, each with its own cover; `step` -1 reads it backwards. */
void pixels_cover(const struct canvas *canvas, int y, int x, int count,
                  const uint8_t *cover, int step, uint32_t rgb);

#endif
