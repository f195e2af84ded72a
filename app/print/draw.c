#include "print/draw.h"

#include <stdlib.h>
#include <string.h>

enum err draw_init(struct surface *surface, int width, int height)
{
    CHECK(width > 0 && height > 0);
    uint32_t *pixels = malloc((size_t)width * (size_t)height * sizeof *pixels);
    if (!pixels) {
        return ERR_FULL;
    }
    *surface = (struct surface){pixels, width, height, width};
    draw_clear(surface);
    return ERR_OK;
}

void draw_done(struct surface *surface)
{
    free(surface->pixels);
    *surface = (struct surface){0};
}

void draw_clear(struct surface *surface)
{
    draw_box(surface, rect_make(0, 0, surface->width, surface->height), DRAW_WHITE);
}

bool draw_is_dark(const struct surface *surface, int x, int y)
{
    uint32_t rgb = surface->pixels[y * surface->stride + x];
    uint32_t luma = (rgb >> 16 & 255) * 77 + (rgb >> 8 & 255) * 150 + (rgb & 255) * 29;
    /* A little above the middle: thin strokes fade on thermal paper. */
    return luma >> 8 < 150;
}

void draw_box(struct surface *surface, struct rect box, uint32_t rgb)
{
    struct rect r =
        rect_intersect(box, rect_make(0, 0, surface->width, surface->height));
    for (int y = r.y; y < r.y + r.h; y++) {
        uint32_t *row = surface->pixels + y * surface->stride;
        for (int x = r.x; x < r.x + r.w; x++) {
            row[x] = rgb;
        }
    }
}

/* The rows down to the last one that is not white. */
static int rows_used(const struct surface *surface)
{
    for (int y = surface->height - 1; y >= 0; y--) {
        for (int x = 0; x < surface->width; x++) {
            if (surface->pixels[y * surface->stride + x] != DRAW_WHITE) {
                return y + 1;
            }
        }
    }
    return 0;
}

int draw_paragraph(struct surface *surface, const struct text_paint *paint, int x, int width,
                   const struct text_spec *spec, int align, struct str text)
{
    struct rect all = rect_make(0, 0, surface->width, surface->height);
    int lines_max = surface->height / spec->line_height;
    paint->paint(paint->ctx, surface, all, rect_make(x, 0, width, surface->height), spec,
                 align, lines_max, text, DRAW_INK);
    /* Tails of letters may hang a little below their last line. */
    int used = rows_used(surface), tail = spec->line_height / 4;
    int lines = (used - tail + spec->line_height - 1) / spec->line_height;
    int height = (lines > 0 ? lines : 1) * spec->line_height;
    return used > height ? used : height;
}

/* assets/icons/flash.svg on its grid of 64. */
static const struct {
    int x, y;
} lightning[] = {{36, 4}, {12, 38}, {28, 38}, {22, 60}, {50, 24}, {34, 24}};

bool draw_lightning_at(int x, int y, int size)
{
    /* Even-odd rule for the middle of the pixel, in 1/(2·size) of the grid. */
    const long px = (2L * x + 1) * 64, py = (2L * y + 1) * 64, unit = 2L * size;
    bool inside = false;
    for (size_t i = 0, j = ARRAY_LEN(lightning) - 1; i < ARRAY_LEN(lightning); j = i++) {
        long xi = lightning[i].x * unit, yi = lightning[i].y * unit;
        long xj = lightning[j].x * unit, yj = lightning[j].y * unit;
        if ((yi > py) != (yj > py) && px < (xj - xi) * (py - yi) / (yj - yi) + xi) {
            inside = !inside;
        }
    }
    return inside;
}

void draw_lightning(struct surface *surface, int x, int y, int size)
{
    const int fine = 4; /* sub-pixels a side */
    for (int row = 0; row < size; row++) {
        for (int column = 0; column < size; column++) {
            uint32_t hits = 0;
            for (int i = 0; i < fine * fine; i++) {
                hits += draw_lightning_at(column * fine + i % fine, row * fine + i / fine,
                                          size * fine);
            }
            if (hits > 0) {
                uint32_t grey = 255 - hits * 255 / (uint32_t)(fine * fine);
                draw_box(surface, rect_make(x + column, y + row, 1, 1), grey * 0x010101);
            }
        }
    }
}

void draw_dashes(struct surface *surface, struct rect box, int dash)
{
    int gap = dash / 2 > 0 ? dash / 2 : 1;
    for (int x = 0; x < box.w; x += dash + gap) {
        int width = box.w - x < dash ? box.w - x : dash;
        draw_box(surface, rect_make(box.x + x, box.y, width, box.h), DRAW_INK);
    }
}

void draw_qr(struct surface *surface, const struct qr *qr, int x, int y, int module)
{
    for (int row = 0; row < qr->size; row++) {
        for (int column = 0; column < qr->size; column++) {
            if (qr_is_dark(qr, column, row)) {
                draw_box(surface,
                         rect_make(x + column * module, y + row * module, module, module),
                         DRAW_INK);
            }
        }
    }
}

void draw_rows(struct surface *surface, int y, const struct surface *from, int height)
{
    CHECK(surface->width == from->width);
    for (int row = 0; row < height && row < from->height && y + row < surface->height; row++) {
        memcpy(surface->pixels + (y + row) * surface->stride,
               from->pixels + row * from->stride, (size_t)from->width * sizeof(uint32_t));
    }
}
