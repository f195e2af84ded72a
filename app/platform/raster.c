#include "platform/raster.h"

#include "platform/box.h"
#include "platform/icon.h"
#include "platform/outline.h"
#include "qr/qr.h"

#include <stdlib.h>
#include <string.h>

#define QR_TEXT_MAX 1024

struct raster {
    struct text_paint text;
    struct corners corners;
    struct icons icons;
    struct qr qr; /* the last one: only one is on screen at a time */
    size_t qr_text_len;
    char qr_text[QR_TEXT_MAX];
};

enum err raster_open(struct text_paint text, struct raster **raster_out)
{
    struct raster *raster = calloc(1, sizeof *raster);
    if (!raster) {
        return ERR_FULL;
    }
    raster->text = text;
    icons_init(&raster->icons);
    *raster_out = raster;
    return ERR_OK;
}

void raster_close(struct raster *raster)
{
    if (raster) {
        icons_done(&raster->icons);
        corners_done(&raster->corners);
        free(raster);
    }
}

static void draw_text(struct raster *raster, const struct canvas *canvas,
                      const struct frame *frame, const struct draw *draw)
{
    struct rect clip = rect_intersect(canvas->clip, draw_bounds(draw));
    raster->text.paint(raster->text.ctx, canvas->surface, clip, draw->rect, &draw->spec,
                       (int)draw->align, draw->lines_max,
                       frame_str(frame, draw->text, draw->text_len),
                       theme_rgb(frame->theme, draw->fill));
}

static void draw_icon(struct raster *raster, const struct canvas *canvas,
                      const struct frame *frame, const struct draw *draw)
{
    struct tile_look look = {
        .width = draw->rect.w, .height = draw->rect.h, .mirrored = draw->mirrored,
        .tinted = draw->fill != COLOR_NONE, .tint = theme_rgb(frame->theme, draw->fill),
    };
    icons_draw(&raster->icons, canvas, frame_str(frame, draw->text, draw->text_len),
               draw->rect.x, draw->rect.y, &look);
}

/* Twice as long as high, a line's height apart. */
static void draw_dash(const struct canvas *canvas, const struct draw *draw, uint32_t rgb)
{
    struct rect r = draw->rect;
    int on = 2 * draw->line, end = r.x + r.w;
    for (int x = r.x; draw->line > 0 && x < end; x += on + draw->line) {
        int w = x + on < end ? on : end - x;
        pixels_fill_rect(canvas, rect_make(x, r.y, w, draw->line), rgb);
    }
}

/* Encodes into raster->qr unless it is there already. */
static bool qr_load(struct raster *raster, struct str text)
{
    if (text.len == 0 || text.len > QR_TEXT_MAX) {
        return false;
    }
    if (!str_eq(text, (struct str){raster->qr_text, raster->qr_text_len})) {
        raster->qr_text_len = 0;
        if (qr_encode(text, &raster->qr) != ERR_OK) {
            return false;
        }
        memcpy(raster->qr_text, text.ptr, text.len);
        raster->qr_text_len = text.len;
    }
    return true;
}

static void draw_modules(const struct canvas *canvas, const struct qr *qr, int left,
                         int top, int module, uint32_t rgb)
{
    for (int y = 0; y < qr->size; y++) {
        for (int x = 0; x < qr->size; x++) {
            if (qr_is_dark(qr, x, y)) {
                pixels_fill_rect(canvas, rect_make(left + x * module, top + y * module,
                                                   module, module), rgb);
            }
        }
    }
}

/* Whole pixels a module, with its quiet zone in the middle of the rect, all on white:
 * scanners want light around dark in every theme. */
static void draw_qr(struct raster *raster, const struct canvas *canvas,
                    const struct frame *frame, const struct draw *draw)
{
    struct rect r = draw->rect;
    if (!qr_load(raster, frame_str(frame, draw->text, draw->text_len))) {
        return;
    }
    int side = raster->qr.size + 2 * QR_QUIET;
    int module = (r.w < r.h ? r.w : r.h) / side;
    if (module < 1) {
        return;
    }
    struct rect code = rect_make(r.x + (r.w - side * module) / 2,
                                 r.y + (r.h - side * module) / 2, side * module,
                                 side * module);
    pixels_fill_rect(canvas, code, 0xFFFFFF);
    draw_modules(canvas, &raster->qr, code.x + QR_QUIET * module,
                 code.y + QR_QUIET * module, module, theme_rgb(frame->theme, draw->fill));
}

static void draw_one(struct raster *raster, const struct canvas *canvas,
                     const struct frame *frame, const struct draw *draw)
{
    switch (draw->kind) {
    case DRAW_BOX:
        box_draw(canvas, &raster->corners, draw, frame->theme);
        break;
    case DRAW_TEXT:
        draw_text(raster, canvas, frame, draw);
        break;
    case DRAW_ICON:
        draw_icon(raster, canvas, frame, draw);
        break;
    case DRAW_QR:
        draw_qr(raster, canvas, frame, draw);
        break;
    case DRAW_DASH:
        draw_dash(canvas, draw, theme_rgb(frame->theme, draw->fill));
        break;
    case DRAW_OUTLINE:
        outline_draw(canvas, draw, frame->theme);
        break;
    }
}

static void draw_part(struct raster *raster, const struct frame *frame,
                      const struct canvas *canvas)
{
    pixels_fill_rect(canvas, canvas->clip, theme_rgb(frame->theme, frame->ground));
    for (int i = 0; i < frame->draw_count; i++) {
        const struct draw *draw = &frame->draws[i];
        if (!rect_is_empty(rect_intersect(draw_bounds(draw), canvas->clip))) {
            draw_one(raster, canvas, frame, draw);
        }
    }
}

void raster_draw(struct raster *raster, const struct frame *frame,
                 const struct rect *damage, int count, struct surface *surface)
{
    struct rect all = rect_make(0, 0, surface->width, surface->height);
    for (int i = 0; i < count; i++) {
        struct canvas canvas = {surface, rect_intersect(damage[i], all)};
        if (!rect_is_empty(canvas.clip)) {
            draw_part(raster, frame, &canvas);
        }
    }
}
