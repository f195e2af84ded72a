#include "print/escpos.h"

#include "base/utf8.h"
#include "print/draw.h"

#include <string.h>

#define ESC 0x1B
#define FS 0x1C
#define GS 0x1D
#define ICON_DOTS 24      /* as high as font A */
#define MODULE_DOTS_MAX 8 /* 1 mm; a bigger QR code wastes paper, and scans no better */
#define RULE_DOTS 3
#define RULE_SPACE_DOTS 10
#define SPACE_DOTS 14

/* Command bytes: PUT(out, ESC, '@'). */
#define PUT(out, ...)                                                                       \
    bytes_put(out, (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

/* ESC !: font B 1, bold 8, double height 16, double width 32. */
static const uint8_t print_modes[STYLE_COUNT] = {
    [STYLE_SMALL] = 1, [STYLE_NORMAL] = 0, [STYLE_BOLD] = 8,
    [STYLE_TITLE] = 8 | 16 | 32, [STYLE_SPACED] = 8,
};

/* The same sizes in the kiosk's typeface. */
static const struct text_spec specs[STYLE_COUNT] = {
    [STYLE_SMALL] = {WEIGHT_TEXT, 20, 26, false},
    [STYLE_NORMAL] = {WEIGHT_TEXT, 26, 34, false},
    [STYLE_BOLD] = {WEIGHT_TITLE, 26, 34, false},
    [STYLE_TITLE] = {WEIGHT_TITLE, 42, 52, false},
    [STYLE_SPACED] = {WEIGHT_LABEL, 26, 34, false},
};

/* draw_lightning_at() as ESC * 33 wants it: three bytes a column, top first. */
static const uint8_t lightning[ICON_DOTS * 3] = {
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x04, 0x00, 0x00, 0x1C, 0x00, 0x00, 0x3C, 0x00,
    0x00, 0x7C, 0x00, 0x01, 0xFC, 0x38, 0x03, 0xFF, 0xF0, 0x0F, 0xFF, 0xC0,
    0x1F, 0xFF, 0x80, 0x00, 0x7F, 0x00, 0x00, 0x7C, 0x00, 0x00, 0x78, 0x00,
    0x00, 0x70, 0x00, 0x00, 0x60, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
};

struct job {
    const struct slip *slip;
    const struct profile *profile;
    const struct text_paint *paint;
    struct bytes *out;
    struct surface scratch; /* made for the first paragraph that is drawn */
};

static void put_start(struct job *job)
{
    PUT(job->out, ESC, '@');
    if (job->profile->leave_kanji) {
        PUT(job->out, FS, '.');
    }
    PUT(job->out, ESC, 't', (uint8_t)job->profile->codepage_number);
}

static void put_feed_dots(struct job *job, int dots)
{
    PUT(job->out, ESC, 'J', (uint8_t)dots);
}

/* GS v 0: a picture as wide as the paper. Returns its rows, all white. */
static uint8_t *put_raster(struct job *job, int rows)
{
    int row_bytes = job->profile->dots / 8;
    PUT(job->out, GS, 'v', '0', 0, (uint8_t)row_bytes, (uint8_t)(row_bytes >> 8),
        (uint8_t)rows, (uint8_t)(rows >> 8));
    return bytes_take(job->out, (size_t)row_bytes * (size_t)rows);
}

/* count ≥ 1 */
static void set_dots(uint8_t *row, int x, int count)
{
    int first = x / 8, last = (x + count - 1) / 8;
    uint8_t from = (uint8_t)(0xFF >> x % 8);
    uint8_t to = (uint8_t)(0xFF << (7 - (x + count - 1) % 8));
    if (first == last) {
        row[first] |= from & to;
        return;
    }
    row[first] |= from;
    memset(row + first + 1, 0xFF, (size_t)(last - first - 1));
    row[last] |= to;
}

static void put_rule(struct job *job)
{
    const int dash = 8, gap = 4;
    put_feed_dots(job, RULE_SPACE_DOTS);
    uint8_t *row = put_raster(job, RULE_DOTS);
    for (int y = 0; row && y < RULE_DOTS; y++, row += job->profile->dots / 8) {
        for (int x = 0; x + dash <= job->profile->dots; x += dash + gap) {
            set_dots(row, x, dash);
        }
    }
    put_feed_dots(job, RULE_SPACE_DOTS);
}

int escpos_module_dots(const struct qr *qr, int paper_dots)
{
    int dots = paper_dots / (qr->size + 2 * QR_QUIET);
    return dots > MODULE_DOTS_MAX ? MODULE_DOTS_MAX : dots;
}

/* One row of modules, dark ones side by side at once. */
static void set_modules(uint8_t *row, const uint8_t *modules, int count, int left, int module)
{
    for (int x = 0, from; x < count; x++) {
        for (from = x; x < count && modules[x]; x++) {
        }
        if (x > from) {
            set_dots(row, left + from * module, (x - from) * module);
        }
    }
}

static void put_qr_raster(struct job *job)
{
    const struct qr *qr = &job->slip->qr;
    const size_t row_bytes = (size_t)job->profile->dots / 8;
    int module = escpos_module_dots(qr, job->profile->dots);
    int left = (job->profile->dots - qr->size * module) / 2;
    uint8_t *row = put_raster(job, qr->size * module);
    if (!row) {
        return;
    }
    for (int y = 0; y < qr->size; y++) {
        set_modules(row, qr->modules + y * qr->size, qr->size, left, module);
        for (int copy = 1; copy < module; copy++) {
            memcpy(row + (size_t)copy * row_bytes, row, row_bytes);
        }
        row += (size_t)module * row_bytes;
    }
}

/* GS ( k, functions 165 model, 167 module, 169 error level M, 180 store, 181 print. */
static void put_qr_native(struct job *job)
{
    struct str text = str_of(job->slip->qr_text);
    size_t len = text.len + 3;
    int module = escpos_module_dots(&job->slip->qr, job->profile->dots);
    PUT(job->out, ESC, 'a', 1);
    PUT(job->out, GS, '(', 'k', 4, 0, '1', 'A', '2', 0);
    PUT(job->out, GS, '(', 'k', 3, 0, '1', 'C', (uint8_t)module);
    PUT(job->out, GS, '(', 'k', 3, 0, '1', 'E', '1');
    PUT(job->out, GS, '(', 'k', (uint8_t)len, (uint8_t)(len >> 8), '1', 'P', '0');
    bytes_put(job->out, text.ptr, text.len);
    PUT(job->out, GS, '(', 'k', 3, 0, '1', 'Q', '0');
    PUT(job->out, ESC, 'a', 0);
}

static void put_qr(struct job *job)
{
    put_feed_dots(job, SPACE_DOTS);
    if (job->profile->native_qr) {
        put_qr_native(job);
    } else {
        put_qr_raster(job);
    }
    put_feed_dots(job, SPACE_DOTS);
}

/* The lightning inside a line of text. */
static void put_icon(struct job *job)
{
    PUT(job->out, ESC, '*', 33, ICON_DOTS, 0);
    bytes_put(job->out, lightning, sizeof lightning);
    bytes_put_byte(job->out, ' ');
}

static uint8_t alignment(const struct job *job, const struct slip_line *line)
{
    return line->centred ? 1 : job->slip->rtl ? 2 : 0;
}

static void put_text(struct job *job, const struct typeset_line *line)
{
    const struct slip_line *from = line->from;
    PUT(job->out, ESC, '!', print_modes[from->style]);
    PUT(job->out, ESC, 'a', alignment(job, from));
    PUT(job->out, ESC, ' ', from->style == STYLE_SPACED ? 2 : 0);
    if (from->kind == SLIP_HEADING && line->text.ptr == from->text) {
        put_icon(job);
    }
    for (size_t at = 0; at < line->text.len;) {
        uint32_t character = utf8_next(line->text, &at);
        if (!codepage_is_silent(character)) {
            uint8_t byte = codepage_byte(job->profile->codepage, character);
            CHECK(byte >= 0x20);
            bytes_put_byte(job->out, byte);
        }
    }
    bytes_put_byte(job->out, '\n');
}

static void put_surface(struct job *job, int rows)
{
    uint8_t *at = put_raster(job, rows);
    for (int y = 0; at && y < rows; y++, at += job->profile->dots / 8) {
        for (int x = 0; x < job->profile->dots; x++) {
            if (draw_is_dark(&job->scratch, x, y)) {
                set_dots(at, x, 1);
            }
        }
    }
}

static enum err put_paragraph(struct job *job, const struct slip_line *line)
{
    struct text_spec spec = specs[line->style];
    int width = job->profile->dots, icon = line->kind == SLIP_HEADING ? ICON_DOTS + 12 : 0;
    int scratch_height = specs[STYLE_TITLE].line_height * DRAW_LINES_MAX;
    if (!job->paint) {
        return ERR_OK;
    }
    if (!job->scratch.pixels) {
        enum err err = draw_init(&job->scratch, width, scratch_height);
        if (err) {
            return err;
        }
    }
    spec.rtl = job->slip->rtl;
    draw_clear(&job->scratch);
    int rows = draw_paragraph(&job->scratch, job->paint, spec.rtl ? 0 : icon, width - icon,
                              &spec, line->centred ? 2 : spec.rtl, str_of(line->text));
    if (icon) {
        draw_lightning(&job->scratch, spec.rtl ? width - ICON_DOTS : 0,
                       (spec.line_height - ICON_DOTS) / 2, ICON_DOTS);
    }
    put_surface(job, rows);
    return ERR_OK;
}

static void put_cut(struct job *job)
{
    PUT(job->out, ESC, '!', 0);
    PUT(job->out, ESC, 'd', (uint8_t)job->profile->feed_lines);
    if (job->profile->cutter) {
        PUT(job->out, GS, 'V', 66, 0);
    }
}

static enum err put_line(struct job *job, const struct typeset_line *line)
{
    switch (line->kind) {
    case TYPESET_TEXT:
        put_text(job, line);
        break;
    case TYPESET_RASTER:
        return put_paragraph(job, line->from);
    case TYPESET_RULE:
        put_rule(job);
        break;
    case TYPESET_QR:
        put_qr(job);
        break;
    case TYPESET_SPACE:
        put_feed_dots(job, SPACE_DOTS);
        break;
    case TYPESET_CUT:
        put_cut(job);
        break;
    }
    return ERR_OK;
}

enum err escpos_encode(const struct slip *slip, const struct profile *profile,
                       const struct text_paint *paint, struct bytes *out)
{
    struct job job = {.slip = slip, .profile = profile, .paint = paint, .out = out};
    struct typeset typeset;
    enum err err = typeset_make(slip, profile, &typeset);
    if (!err) {
        put_start(&job);
    }
    for (int i = 0; !err && i < typeset.count; i++) {
        err = put_line(&job, &typeset.lines[i]);
    }
    draw_done(&job.scratch);
    return !err && out->cut ? ERR_FULL : err;
}
