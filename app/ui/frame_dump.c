/* A frame as text, one line a thing: what golden files hold. */
#include "ui/frame.h"

static const char *const color_names[COLOR_COUNT] = {
    [COLOR_NONE] = "none",     [COLOR_INK] = "ink",       [COLOR_PAPER] = "paper",
    [COLOR_WHITE] = "white",   [COLOR_MUTED] = "muted",   [COLOR_BLITZ] = "blitz",
    [COLOR_INDIGO] = "indigo", [COLOR_ON_INDIGO] = "on-indigo",
    [COLOR_MINT] = "mint",     [COLOR_SKY] = "sky",       [COLOR_PEACH] = "peach",
    [COLOR_LILAC] = "lilac",   [COLOR_LEMON] = "lemon",   [COLOR_ROSE] = "rose",
    [COLOR_AQUA] = "aqua",     [COLOR_SAND] = "sand",     [COLOR_OK] = "ok",
    [COLOR_BAD] = "bad",       [COLOR_LINE] = "line",
};
static const char *const theme_names[THEME_COUNT] = {"paper", "contrast", "staff"};
static const char *const kind_names[] = {"box", "text", "icon", "qr", "dash", "outline"};
static const char *const mark_names[] = {"spokes", "circles", "diamonds"};
static const char *const align_names[] = {"left", "right", "center"};
static const int weights[] = {600, 700, 800};

static const char *color_name(enum color color)
{
    CHECK(color < COLOR_COUNT);
    return color_names[color];
}

static void put_rect(struct buf *out, struct rect r)
{
    buf_printf(out, " %d,%d %dx%d", r.x, r.y, r.w, r.h);
}

static void put_box(const struct draw *draw, struct buf *out)
{
    buf_printf(out, " fill=%s", color_name(draw->fill));
    if (draw->line > 0) {
        buf_printf(out, " line=%d/%s", draw->line, color_name(draw->line_color));
    }
    if (draw->radius > 0) {
        buf_printf(out, " radius=%d", draw->radius);
    }
    if (draw->shadow > 0) {
        buf_printf(out, " shadow=%d/%s", draw->shadow, color_name(draw->shadow_color));
    }
    if (draw->square != 0) {
        buf_printf(out, " square=%u", draw->square);
    }
}

static void put_text(const struct frame *frame, const struct draw *draw, struct buf *out)
{
    buf_printf(out, " %s %d %d/%d %s %s lines=%d ", color_name(draw->fill),
               weights[draw->spec.weight], draw->spec.size, draw->spec.line_height,
               draw->spec.rtl ? "rtl" : "ltr", align_names[draw->align],
               draw->lines_max);
    buf_json(out, frame_str(frame, draw->text, draw->text_len));
}

static void put_outline(const struct draw *draw, struct buf *out)
{
    const struct outline *o = &draw->outline;
    buf_printf(out, " %s%s%s fill=%s line=%d/%s radius=%d", mark_names[o->mark],
               o->striped ? " striped" : "", draw->mirrored ? " mirrored" : "",
               color_name(draw->fill), draw->line, color_name(draw->line_color),
               draw->radius);
    for (int i = 0; i < o->count; i++) {
        buf_printf(out, "%c%d", i == 0 ? ' ' : ',', o->corners[i]);
    }
}

static void put_draw(const struct frame *frame, const struct draw *draw, struct buf *out)
{
    buf_puts(out, kind_names[draw->kind]);
    put_rect(out, draw->rect);
    switch (draw->kind) {
    case DRAW_BOX:
        put_box(draw, out);
        break;
    case DRAW_TEXT:
        put_text(frame, draw, out);
        break;
    case DRAW_DASH:
        buf_printf(out, " %s line=%d", color_name(draw->fill), draw->line);
        break;
    case DRAW_OUTLINE:
        put_outline(draw, out);
        break;
    case DRAW_ICON:
    case DRAW_QR:
        buf_printf(out, " %s%s ", color_name(draw->fill),
                   draw->mirrored ? " mirrored" : "");
        buf_json(out, frame_str(frame, draw->text, draw->text_len));
        break;
    }
    buf_putc(out, '\n');
}

static void put_hit(const struct frame *frame, int index, struct buf *out)
{
    const struct hit *hit = &frame->hits[index];
    buf_puts(out, "hit");
    put_rect(out, hit->rect);
    buf_printf(out, " %d:%d:%d%s ", (int)hit->msg.kind, (int)hit->msg.a, (int)hit->msg.b,
               index == frame->focus ? " focus" : "");
    buf_json(out, frame_str(frame, hit->label, hit->label_len));
    buf_putc(out, '\n');
}

void frame_dump(const struct frame *frame, struct buf *out)
{
    buf_printf(out, "frame %dx%d %s ground=%s%s\ntitle ", frame->width, frame->height,
               theme_names[frame->theme], color_name(frame->ground),
               frame->speech_private ? " private" : "");
    buf_json(out, frame_str(frame, frame->title, frame->title_len));
    buf_putc(out, '\n');
    for (int i = 0; i < frame->draw_count; i++) {
        put_draw(frame, &frame->draws[i], out);
    }
    for (int i = 0; i < frame->hit_count; i++) {
        put_hit(frame, i, out);
    }
}
