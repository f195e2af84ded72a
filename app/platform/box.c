#include "platform/box.h"

/* A rounded rectangle with what its rows need. */
struct shape {
    struct rect rect;
    int radius;
    unsigned square;
    const struct corner_shape *corner; /* NULL: no round corner */
};

/* One row of a shape: solid in [full0, full1), partly covered beside it. */
struct row {
    int full0, full1;
    const uint8_t *left, *right; /* cover of the pixels before full0, behind full1 */
    int left_count, right_count; /* `left` is read forward, `right` backward */
};

static int min_int(int a, int b)
{
    return a < b ? a : b;
}

static struct shape shape_make(struct corners *corners, struct rect rect, int radius,
                               unsigned square)
{
    radius = min_int(radius, min_int(rect.w, rect.h) / 2);
    radius = min_int(radius, CORNER_RADIUS_MAX);
    struct shape shape = {rect, radius, square, NULL};
    if (radius > 0) {
        shape.corner = corners_get(corners, radius);
    }
    return shape;
}

/* The row of the corner table for picture row y; -1: straight sides. */
static int corner_row(const struct shape *shape, int y, bool *bottom_out)
{
    int from_top = y - shape->rect.y, from_bottom = shape->rect.h - 1 - from_top;
    *bottom_out = from_bottom < from_top;
    int row = *bottom_out ? from_bottom : from_top;
    return shape->corner && row < shape->radius ? row : -1;
}

static struct row shape_row(const struct shape *shape, int y)
{
    const struct rect r = shape->rect;
    const struct corner_shape *c = shape->corner;
    struct row row = {.full0 = r.x, .full1 = r.x + r.w};
    bool bottom;
    int k = corner_row(shape, y, &bottom);
    if (k < 0) {
        return row;
    }
    const uint8_t *cover = c->cover + (ptrdiff_t)k * c->radius;
    int partly = c->full[k] - c->empty[k];
    if (!(shape->square & (bottom ? CORNER_BOTTOM_LEFT : CORNER_TOP_LEFT))) {
        row.full0 += c->full[k];
        row.left = cover + c->empty[k];
        row.left_count = partly;
    }
    if (!(shape->square & (bottom ? CORNER_BOTTOM_RIGHT : CORNER_TOP_RIGHT))) {
        row.full1 -= c->full[k];
        row.right = cover + c->full[k] - 1;
        row.right_count = partly;
    }
    return row;
}

static void draw_edges(const struct canvas *canvas, int y, const struct row *row,
                       uint32_t rgb)
{
    if (row->left_count > 0) {
        pixels_cover(canvas, y, row->full0 - row->left_count, row->left_count, row->left,
                     1, rgb);
    }
    if (row->right_count > 0) {
        pixels_cover(canvas, y, row->full1, row->right_count, row->right, -1, rgb);
    }
}

static void draw_row(const struct canvas *canvas, int y, const struct row *row,
                     uint32_t rgb)
{
    draw_edges(canvas, y, row, rgb);
    pixels_fill(canvas, y, row->full0, row->full1, rgb);
}

/* The rows of [y0, y1) that the canvas shows. */
static void clip_rows(const struct canvas *canvas, int *y0, int *y1)
{
    int bottom = canvas->clip.y + canvas->clip.h;
    *y0 = *y0 > canvas->clip.y ? *y0 : canvas->clip.y;
    *y1 = min_int(*y1, bottom);
}

static void draw_shape(const struct canvas *canvas, const struct shape *shape,
                       uint32_t rgb)
{
    int y0 = shape->rect.y, y1 = y0 + shape->rect.h;
    clip_rows(canvas, &y0, &y1);
    for (int y = y0; y < y1; y++) {
        struct row row = shape_row(shape, y);
        draw_row(canvas, y, &row, rgb);
    }
}

/* Only what looks out below the box: the same shape, moved down. */
static void draw_shadow(const struct canvas *canvas, const struct shape *outer,
                        int distance, uint32_t rgb)
{
    struct shape shadow = *outer;
    shadow.rect.y += distance;
    int bottom = outer->rect.y + outer->rect.h;
    int y0 = bottom - outer->radius, y1 = bottom + distance;
    y0 = y0 > shadow.rect.y ? y0 : shadow.rect.y;
    clip_rows(canvas, &y0, &y1);
    for (int y = y0; y < y1; y++) {
        struct row row = shape_row(&shadow, y);
        draw_row(canvas, y, &row, rgb);
    }
}

/* Outline and inside, the outline not below the inside's full part. */
static void draw_filled(const struct canvas *canvas, const struct shape *outer,
                        const struct shape *inner, uint32_t line_rgb, uint32_t fill_rgb)
{
    int y0 = outer->rect.y, y1 = y0 + outer->rect.h;
    clip_rows(canvas, &y0, &y1);
    for (int y = y0; y < y1; y++) {
        struct row row = shape_row(outer, y);
        if (y < inner->rect.y || y >= inner->rect.y + inner->rect.h) {
            draw_row(canvas, y, &row, line_rgb);
            continue;
        }
        struct row in = shape_row(inner, y);
        draw_edges(canvas, y, &row, line_rgb);
        pixels_fill(canvas, y, row.full0, in.full0, line_rgb);
        pixels_fill(canvas, y, in.full1, row.full1, line_rgb);
        draw_row(canvas, y, &in, fill_rgb);
    }
}

static int row_cover(const struct row *row, int x)
{
    if (x >= row->full0 && x < row->full1) {
        return 255;
    }
    if (x < row->full0) {
        int back = row->full0 - x;
        return back <= row->left_count ? row->left[row->left_count - back] : 0;
    }
    int on = x - row->full1;
    return on < row->right_count ? *(row->right - on) : 0;
}

static void ring_part(const struct canvas *canvas, int y, const struct row *row,
                      const struct row *in, int x0, int x1, uint32_t rgb)
{
    for (int x = x0; x < x1; x++) {
        int cover = row_cover(row, x) - row_cover(in, x);
        uint8_t c = (uint8_t)(cover > 0 ? cover : 0);
        pixels_cover(canvas, y, x, 1, &c, 1, rgb);
    }
}

/* An outline with nothing inside: what lies below stays. */
static void draw_ring(const struct canvas *canvas, const struct shape *outer,
                      const struct shape *inner, uint32_t rgb)
{
    int y0 = outer->rect.y, y1 = y0 + outer->rect.h;
    clip_rows(canvas, &y0, &y1);
    for (int y = y0; y < y1; y++) {
        struct row row = shape_row(outer, y);
        if (y < inner->rect.y || y >= inner->rect.y + inner->rect.h) {
            draw_row(canvas, y, &row, rgb);
            continue;
        }
        struct row in = shape_row(inner, y);
        ring_part(canvas, y, &row, &in, row.full0 - row.left_count, in.full0, rgb);
        ring_part(canvas, y, &row, &in, in.full1, row.full1 + row.right_count, rgb);
    }
}

void box_draw(const struct canvas *canvas, struct corners *corners,
              const struct draw *draw, enum theme theme)
{
    uint32_t line_rgb = theme_rgb(theme, draw->line_color);
    uint32_t fill_rgb = theme_rgb(theme, draw->fill);
    bool lined = draw->line > 0 && draw->line_color != COLOR_NONE;
    struct shape outer = shape_make(corners, draw->rect, draw->radius, draw->square);
    int line = lined ? draw->line : 0;
    if (draw->shadow > 0 && draw->shadow_color != COLOR_NONE) {
        draw_shadow(canvas, &outer, draw->shadow, theme_rgb(theme, draw->shadow_color));
    }
    if (!lined) {
        if (draw->fill != COLOR_NONE) {
            draw_shape(canvas, &outer, fill_rgb);
        }
        return;
    }
    struct shape inner = shape_make(corners, rect_inset(draw->rect, line),
                                    outer.radius - line, draw->square);
    if (rect_is_empty(inner.rect)) {
        draw_shape(canvas, &outer, line_rgb);
    } else if (draw->fill == COLOR_NONE) {
        draw_ring(canvas, &outer, &inner, line_rgb);
    } else {
        draw_filled(canvas, &outer, &inner, line_rgb, fill_rgb);
    }
}
