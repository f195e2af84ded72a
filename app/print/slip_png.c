#include "print/slip_png.h"

#include "base/utf8.h"
#include "print/draw.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>

/* Sizes for paper of 384 dots; wider paper scales them all. */
#define REFERENCE_WIDTH 384
#define MARGIN 20
#define TOP 30
#define ICON 28
#define ICON_GAP 14
#define RULE 3
#define SPACE 14
#define HAIR_SPACE "\xE2\x80\x8A"
#define LATIN_LAST 0x24F

static const struct text_spec specs[STYLE_COUNT] = {
    [STYLE_SMALL] = {WEIGHT_TEXT, 18, 26, false},
    [STYLE_NORMAL] = {WEIGHT_TEXT, 22, 32, false},
    [STYLE_BOLD] = {WEIGHT_TITLE, 26, 36, false},
    [STYLE_TITLE] = {WEIGHT_TITLE, 30, 36, false},
    [STYLE_SPACED] = {WEIGHT_TITLE, 21, 32, false},
};

/* One walk down the slip: with no surface it only finds how long the paper is. */
struct walk {
    const struct slip *slip;
    const struct text_paint *paint;
    struct surface scratch;
    struct surface *surface; /* NULL: measure */
    int width, y;
};

static int scaled(const struct walk *walk, int dots)
{
    return dots * walk->width / REFERENCE_WIDTH;
}

/* Letters apart, as the printer sets them. Only Latin ones, which stand alone: joined
 * scripts would fall to pieces. */
static struct str spaced(char *memory, size_t size, struct str text)
{
    struct buf b;
    buf_init(&b, memory, size);
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        if (utf8_next(text, &at) > LATIN_LAST) {
            return text;
        }
        buf_put(&b, (struct str){text.ptr + from, at - from});
        buf_puts(&b, at < text.len ? HAIR_SPACE : "");
    }
    return b.cut ? text : buf_str(&b);
}

static void walk_text(struct walk *walk, const struct slip_line *line)
{
    char memory[SLIP_TEXT_SIZE * 4];
    const struct text_spec *base = &specs[line->style];
    struct text_spec spec = {base->weight, scaled(walk, base->size),
                             scaled(walk, base->line_height), walk->slip->rtl};
    int margin = scaled(walk, MARGIN), size = scaled(walk, ICON);
    int icon = line->kind == SLIP_HEADING ? size + scaled(walk, ICON_GAP) : 0;
    struct str text = line->style == STYLE_SPACED
                          ? spaced(memory, sizeof memory, str_of(line->text))
                          : str_of(line->text);
    draw_clear(&walk->scratch);
    int rows = draw_paragraph(&walk->scratch, walk->paint, margin + (spec.rtl ? 0 : icon),
                              walk->width - 2 * margin - icon, &spec,
                              line->centred ? 2 : spec.rtl, text);
    if (icon) {
        draw_lightning(&walk->scratch, spec.rtl ? walk->width - margin - size : margin,
                       (spec.line_height - size) / 2, size);
    }
    if (walk->surface) {
        draw_rows(walk->surface, walk->y, &walk->scratch, rows);
    }
    walk->y += rows;
}

static void walk_rule(struct walk *walk)
{
    int margin = scaled(walk, MARGIN), thick = scaled(walk, RULE);
    walk->y += scaled(walk, SPACE);
    if (walk->surface) {
        draw_dashes(walk->surface,
                    rect_make(margin, walk->y, walk->width - 2 * margin, thick),
                    scaled(walk, 6));
    }
    walk->y += thick + scaled(walk, SPACE);
}

static void walk_qr(struct walk *walk)
{
    const struct qr *qr = &walk->slip->qr;
    int room = walk->width - 2 * scaled(walk, MARGIN);
    int module = room / (qr->size + 2 * QR_QUIET);
    int cap = scaled(walk, 7);
    module = module > cap ? cap : module < 1 ? 1 : module;
    int side = qr->size * module;
    walk->y += QR_QUIET * module;
    if (walk->surface) {
        draw_qr(walk->surface, qr, (walk->width - side) / 2, walk->y, module);
    }
    walk->y += side + QR_QUIET * module;
}

static void walk_down(struct walk *walk)
{
    walk->y = scaled(walk, TOP);
    for (int i = 0; i < walk->slip->count; i++) {
        const struct slip_line *line = &walk->slip->lines[i];
        if (line->kind == SLIP_TEXT || line->kind == SLIP_HEADING) {
            walk_text(walk, line);
        } else if (line->kind == SLIP_RULE) {
            walk_rule(walk);
        } else if (line->kind == SLIP_QR) {
            walk_qr(walk);
        } else if (line->kind == SLIP_SPACE) {
            walk->y += scaled(walk, SPACE);
        }
    }
    walk->y += scaled(walk, TOP);
}

enum err slip_png_draw(const struct slip *slip, int width, const struct text_paint *paint,
                       struct surface *surface_out)
{
    struct walk walk = {.slip = slip, .paint = paint, .width = width};
    struct surface paper = {0};
    int scratch_height = scaled(&walk, specs[STYLE_TITLE].line_height) * DRAW_LINES_MAX;
    enum err err = draw_init(&walk.scratch, width, scratch_height);
    if (err) {
        return err;
    }
    walk_down(&walk);
    err = draw_init(&paper, width, walk.y);
    if (!err) {
        walk.surface = &paper;
        walk_down(&walk);
        *surface_out = paper;
    }
    draw_done(&walk.scratch);
    return err;
}

void slip_png_done(struct surface *surface)
{
    draw_done(surface);
}

/* libpng leaves by longjmp on errors; nothing here lives in a register across it. */
static enum err write_rows(FILE *file, const struct surface *surface, uint8_t *row)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info || setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        return ERR_IO;
    }
    png_init_io(png, file);
    png_set_IHDR(png, info, (png_uint_32)surface->width, (png_uint_32)surface->height, 8,
                 PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    for (int y = 0; y < surface->height; y++) {
        for (int x = 0; x < surface->width; x++) {
            row[x] = (uint8_t)(surface->pixels[y * surface->stride + x] >> 8);
        }
        png_write_row(png, row);
    }
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return ERR_OK;
}

enum err slip_png_write(const struct surface *surface, const char *path)
{
    uint8_t *row = malloc((size_t)surface->width);
    FILE *file = row ? fopen(path, "wbe") : NULL;
    enum err err = !row ? ERR_FULL : !file ? ERR_IO : write_rows(file, surface, row);
    if (file && fclose(file) != 0) {
        err = ERR_IO;
    }
    free(row);
    return err;
}
