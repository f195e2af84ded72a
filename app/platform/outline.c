#include "platform/outline.h"

#include <math.h>

#define FULL_TURN 6.28318530718f
#define TINT_COVER 72 /* of 255 */
#define STRIPE_COVER 150
#define STRIPE 10 /* pixels from stripe to stripe, two of them drawn */

struct point {
    float x, y;
};

static struct point middle_of(const struct draw *draw)
{
    return (struct point){(float)draw->rect.x + (float)draw->rect.w / 2,
                          (float)draw->rect.y + (float)draw->rect.h / 2};
}

static struct point corner_at(const struct draw *draw, int corner)
{
    const struct outline *o = &draw->outline;
    struct point middle = middle_of(draw);
    float share = (float)o->corners[corner] / 1000;
    float angle = FULL_TURN * (float)corner / (float)o->count;
    float side = draw->mirrored ? -1 : 1;
    return (struct point){middle.x + side * share * sinf(angle) * (float)draw->rect.w / 2,
                          middle.y - share * cosf(angle) * (float)draw->rect.h / 2};
}

static bool has_corner(const struct draw *draw, int corner)
{
    return draw->outline.corners[corner] >= 0;
}

static float min_of(float a, float b)
{
    return a < b ? a : b;
}

static float max_of(float a, float b)
{
    return a > b ? a : b;
}

/* The canvas's pixels around two points. */
static struct rect around(const struct canvas *canvas, struct point a, struct point b,
                          float reach)
{
    int x0 = (int)floorf(min_of(a.x, b.x) - reach),
        y0 = (int)floorf(min_of(a.y, b.y) - reach);
    int x1 = (int)ceilf(max_of(a.x, b.x) + reach),
        y1 = (int)ceilf(max_of(a.y, b.y) + reach);
    return rect_intersect(canvas->clip, rect_make(x0, y0, x1 - x0, y1 - y0));
}

static void mix(const struct canvas *canvas, int x, int y, uint32_t rgb, float cover)
{
    uint32_t *pixel = &pixels_row(canvas, y)[x];
    if (cover > 0) {
        *pixel = pixels_mix(*pixel, rgb, (uint32_t)(min_of(cover, 1) * 255));
    }
}

/* ---- lines ------------------------------------------------------------------------- */

static float distance(struct point p, struct point a, struct point b)
{
    float dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
    float t = length > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length : 0;
    t = max_of(0, min_of(1, t));
    float ex = p.x - a.x - t * dx, ey = p.y - a.y - t * dy;
    return sqrtf(ex * ex + ey * ey);
}

static void draw_line(const struct canvas *canvas, struct point a, struct point b,
                      float width, uint32_t rgb)
{
    struct rect r = around(canvas, a, b, width);
    for (int y = r.y; y < r.y + r.h; y++) {
        for (int x = r.x; x < r.x + r.w; x++) {
            struct point p = {(float)x + 0.5f, (float)y + 0.5f};
            mix(canvas, x, y, rgb, width / 2 + 0.5f - distance(p, a, b));
        }
    }
}

/* ---- inside ------------------------------------------------------------------------ */

static float side_of(struct point a, struct point b, struct point p)
{
    return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
}

/* Neighbouring triangles share each pixel of their common side exactly once. */
static bool is_inside(const struct point t[3], struct point p)
{
    float a = side_of(t[0], t[1], p), b = side_of(t[1], t[2], p),
          c = side_of(t[2], t[0], p);
    return (a >= 0 && b >= 0 && c > 0) || (a < 0 && b < 0 && c <= 0);
}

static void draw_triangle(const struct canvas *canvas, const struct point t[3],
                          const struct draw *draw, uint32_t rgb)
{
    struct rect both = around(canvas, t[0], t[1], 1), r = around(canvas, t[1], t[2], 1);
    r = rect_union(both, r);
    for (int y = r.y; y < r.y + r.h; y++) {
        for (int x = r.x; x < r.x + r.w; x++) {
            struct point p = {(float)x + 0.5f, (float)y + 0.5f};
            bool stripe =
                draw->outline.striped &&
                (x - draw->rect.x + y - draw->rect.y + STRIPE * 1000) % STRIPE < 2;
            if (is_inside(t, p)) {
                mix(canvas, x, y, rgb, (stripe ? STRIPE_COVER : TINT_COVER) / 255.0f);
            }
        }
    }
}

/* ---- marks ------------------------------------------------------------------------- */

/* How far a point is outside a mark of that size; negative: inside. */
static float beyond(enum outline_mark mark, float dx, float dy, float size)
{
    if (mark == OUTLINE_DIAMONDS) {
        return (fabsf(dx) + fabsf(dy) - size * 1.3f) * 0.7071f;
    }
    return sqrtf(dx * dx + dy * dy) - size;
}

static void draw_mark(const struct canvas *canvas, const struct draw *draw,
                      struct point at, uint32_t ink, uint32_t fill)
{
    float size = (float)draw->radius, line = max_of(1.5f, size / 5);
    struct rect r = around(canvas, at, at, size * 1.5f + 1);
    for (int y = r.y; y < r.y + r.h; y++) {
        for (int x = r.x; x < r.x + r.w; x++) {
            float out = beyond(draw->outline.mark, (float)x + 0.5f - at.x,
                               (float)y + 0.5f - at.y, size);
            mix(canvas, x, y, ink, 0.5f - out);
            mix(canvas, x, y, fill, 0.5f - out - line);
        }
    }
}

/* ---- all --------------------------------------------------------------------------- */

static void draw_spokes(const struct canvas *canvas, const struct draw *draw,
                        uint32_t rgb)
{
    for (int i = 0; i < draw->outline.count; i++) {
        if (has_corner(draw, i)) {
            draw_line(canvas, middle_of(draw), corner_at(draw, i), (float)draw->line,
                      rgb);
        }
    }
}

void outline_draw(const struct canvas *canvas, const struct draw *draw, enum theme theme)
{
    const struct outline *o = &draw->outline;
    uint32_t rgb = theme_rgb(theme, draw->line_color),
             fill = theme_rgb(theme, draw->fill);
    if (o->mark == OUTLINE_SPOKES) {
        draw_spokes(canvas, draw, rgb);
        return;
    }
    for (int lines = 0; lines <= 1; lines++) {
        for (int i = 0; i < o->count; i++) {
            int next = (i + 1) % o->count;
            if (!has_corner(draw, i) || !has_corner(draw, next)) {
                continue;
            }
            struct point t[3] = {middle_of(draw), corner_at(draw, i),
                                 corner_at(draw, next)};
            if (lines && draw->line > 0) {
                draw_line(canvas, t[1], t[2], (float)draw->line, rgb);
            } else if (!lines && draw->fill != COLOR_NONE) {
                draw_triangle(canvas, t, draw, fill);
            }
        }
    }
    fill = draw->fill == COLOR_NONE ? rgb : fill;
    for (int i = 0; draw->radius > 0 && i < o->count; i++) {
        if (has_corner(draw, i)) {
            draw_mark(canvas, draw, corner_at(draw, i), theme_rgb(theme, COLOR_INK),
                      fill);
        }
    }
}
