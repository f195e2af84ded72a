/* A pictogram as pixels. */
#ifndef PLATFORM_TILE_H
#define PLATFORM_TILE_H

#include "platform/pixels.h"
#include "platform/svg.h"

#define TILE_SIDE_MAX 512

struct tile_look {
    int width, height; /* 1 … TILE_SIDE_MAX; the picture stands in their middle */
    bool mirrored;
    bool tinted;       /* lines and what has the lines' colour take `tint` */
    uint32_t tint;
};

/* `pixels`: width × height of 0xAARRGGBB, colours multiplied by alpha; `cover`: room for
 * (width + 2) × height numbers. Both are overwritten. */
void tile_draw(const struct svg *svg, const struct tile_look *look, uint32_t *pixels,
               float *cover);
/* Puts it at (x, y). */
void tile_blit(const struct canvas *canvas, int x, int y, const struct tile_look *look,
               const uint32_t *pixels);

#endif
