/* Paper for tests: text painted without fonts, and a reader of the bytes that accepts only
 * the commands a slip is made of. */
#ifndef UNIT_PRINT_PAPER_H
#define UNIT_PRINT_PAPER_H

#include "base/utf8.h"
#include "print/draw.h"
#include "print/escpos.h"
#include "unit/unit.h"

/* Every character is a box of half an em. */
static inline void paper_paint(void *ctx, struct surface *surface, struct rect clip,
                               struct rect rect, const struct text_spec *spec, int align,
                               int lines_max, struct str text, uint32_t rgb)
{
    int x = rect.x, y = rect.y, half = spec->size / 2;
    (void)ctx;
    (void)clip;
    (void)align;
    for (size_t at = 0; at < text.len;) {
        utf8_next(text, &at);
        if (x + half > rect.x + rect.w) {
            x = rect.x;
            y += spec->line_height;
        }
        if (y + spec->size > rect.y + lines_max * spec->line_height) {
            return;
        }
        draw_box(surface, rect_make(x + 1, y + 2, half - 2, spec->size - 4), rgb);
        x += half;
    }
}

static inline struct text_paint paper_text_paint(void)
{
    return (struct text_paint){paper_paint, NULL};
}

struct paper {
    char text[4096]; /* what stands in the printer's letters, in its own bytes */
    size_t len;
    int rasters, raster_rows, icons, cuts, native_qrs;
};

/* How many bytes the command at `at` has, 0 if a slip has no such command. */
static inline size_t paper_command(struct paper *paper, const uint8_t *at, size_t left)
{
    size_t rows, row_bytes;
    if (left < 2) {
        return 0;
    }
    switch (at[0] << 8 | at[1]) {
    case 0x1B40: /* ESC @ */
    case 0x1C2E: /* FS . */
        return 2;
    case 0x1B74: /* ESC t */
    case 0x1B21: /* ESC ! */
    case 0x1B61: /* ESC a */
    case 0x1B20: /* ESC SP */
    case 0x1B4A: /* ESC J */
    case 0x1B64: /* ESC d */
        return 3;
    case 0x1B2A: /* ESC * 33 */
        paper->icons++;
        return left > 5 && at[2] == 33 ? 5 + 3u * (at[3] | (size_t)at[4] << 8) : 0;
    case 0x1D56: /* GS V */
        paper->cuts++;
        return 4;
    case 0x1D28: /* GS ( k */
        paper->native_qrs += left > 6 && at[6] == 'Q';
        return left > 5 && at[2] == 'k' ? 5u + (at[3] | (size_t)at[4] << 8) : 0;
    case 0x1D76: /* GS v 0 */
        if (left < 8 || at[2] != '0' || at[3] != 0) {
            return 0;
        }
        row_bytes = at[4] | (size_t)at[5] << 8;
        rows = at[6] | (size_t)at[7] << 8;
        paper->rasters++;
        paper->raster_rows += (int)rows;
        return 8 + row_bytes * rows;
    }
    return 0;
}

static inline void paper_read(struct paper *paper, const uint8_t *bytes, size_t len)
{
    memset(paper, 0, sizeof *paper);
    for (size_t at = 0; at < len;) {
        if (bytes[at] == '\n' || bytes[at] >= 0x20) {
            assert_true(paper->len < sizeof paper->text - 1);
            paper->text[paper->len++] = (char)bytes[at++];
            continue;
        }
        size_t command = paper_command(paper, bytes + at, len - at);
        if (command == 0 || command > len - at) {
            fail_msg("at %zu stands %02x %02x", at, bytes[at], bytes[at + 1]);
        }
        at += command;
    }
}

#endif
