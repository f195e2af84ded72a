#include "platform/tile.h"

#include <math.h>
#include <string.h>

/* The ink of the pictograms: the only fill colour that a tint replaces. */
#define ICON_INK 0x14162Bu

/* Pixels from x0 up to x1, from y0 up to y1. */
struct span {
    int x0, y0, x1, y1;
};

struct sheet {
    const struct svg *svg;
    const struct tile_look *look;
    uint32_t *pixels;
    float *cover;
    float scale, left, top; /* from viewBox to pixels */
    struct span part;       /* what the present shape can touch */
};

static struct svg_point to_pixels(const struct sheet *sheet, struct svg_point p)
{
    p.x = (p.x - sheet->svg->x) * sheet->scale + sheet->left;
    p.y = (p.y - sheet->svg->y) * sheet->scale + sheet->top;
    if (sheet->look->mirrored) {
        p.x = (float)sheet->look->width - p.x;
    }
    return p;
}

static float clamp(float value, float low, float high)
{
    return value < low ? low : value > high ? high : value;
}

static float *cover_row(const struct sheet *sheet, int y)
{
    return sheet->cover + y * (sheet->look->width + 2);
}

/* The pixels within `reach` of the shape; the rest of the sheet is left alone. */
static struct span find_part(const struct sheet *sheet, const struct svg_shape *shape,
                             float reach)
{
    float width = (float)sheet->look->width, height = (float)sheet->look->height;
    float x0 = width, y0 = height, x1 = 0, y1 = 0;
    for (int i = 0; i < shape->count; i++) {
        const struct svg_contour *c = &sheet->svg->contours[shape->first + i];
        for (int k = 0; k < c->count; k++) {
            struct svg_point p = to_pixels(sheet, sheet->svg->points[c->first + k]);
            x0 = p.x < x0 ? p.x : x0;
            y0 = p.y < y0 ? p.y : y0;
            x1 = p.x > x1 ? p.x : x1;
            y1 = p.y > y1 ? p.y : y1;
        }
    }
    return (struct span){(int)clamp(x0 - reach, 0, width), (int)clamp(y0 - reach, 0, height),
                         (int)clamp(x1 + reach + 1, 0, width),
                         (int)clamp(y1 + reach + 1, 0, height)};
}

/* ---- filling: signed areas per pixel, summed up along each row ---- */

/* The part of an edge inside one row: height dy (signed), from x0 to x1. */
static void add_edge_row(float *row, float x0, float x1, float dy)
{
    float left = fminf(x0, x1), right = fmaxf(x0, x1);
    int first = (int)left, last = (int)right;
    if (first == last || right - left < 1e-6f) {
        float middle = (left + right) / 2 - (float)first;
        row[first] += dy * (1 - middle);
        row[first + 1] += dy * middle;
        return;
    }
    float slope = dy / (right - left);
    for (int x = first; x <= last; x++) {
        float a = fmaxf(left, (float)x), b = fminf(right, (float)(x + 1));
        float part = (b - a) * slope;
        float middle = (a + b) / 2 - (float)x;
        row[x] += part * (1 - middle);
        row[x + 1] += part * middle;
    }
}

static void add_edge(const struct sheet *sheet, struct svg_point a, struct svg_point b)
{
    float sign = 1, width = (float)sheet->look->width;
    if (a.y > b.y) {
        struct svg_point other = a;
        a = b;
        b = other;
        sign = -1;
    }
    if (b.y - a.y < 1e-6f) {
        return;
    }
    float slope = (b.x - a.x) / (b.y - a.y);
    int y0 = (int)clamp(a.y, 0, (float)sheet->look->height);
    for (int y = y0; y < sheet->look->height && (float)y < b.y; y++) {
        float top = fmaxf(a.y, (float)y), bottom = fminf(b.y, (float)(y + 1));
        float x0 = clamp(a.x + (top - a.y) * slope, 0, width);
        float x1 = clamp(a.x + (bottom - a.y) * slope, 0, width);
        add_edge_row(cover_row(sheet, y), x0, x1, sign * (bottom - top));
    }
}

/* An edge also touches the two pixels right of it. */
static void cover_clear(const struct sheet *sheet, float value)
{
    for (int y = sheet->part.y0; y < sheet->part.y1; y++) {
        float *row = cover_row(sheet, y);
        for (int x = sheet->part.x0; x < sheet->part.x1 + 2; x++) {
            row[x] = value;
        }
    }
}

static void sum_rows(const struct sheet *sheet)
{
    for (int y = sheet->part.y0; y < sheet->part.y1; y++) {
        float *row = cover_row(sheet, y), sum = 0;
        for (int x = sheet->part.x0; x < sheet->part.x1; x++) {
            sum += row[x];
            row[x] = clamp(fabsf(sum), 0, 1);
        }
    }
}

static void cover_fill(struct sheet *sheet, const struct svg_shape *shape)
{
    sheet->part = find_part(sheet, shape, 0);
    cover_clear(sheet, 0);
    for (int i = 0; i < shape->count; i++) {
        const struct svg_contour *c = &sheet->svg->contours[shape->first + i];
        const struct svg_point *p = sheet->svg->points + c->first;
        for (int k = 0; k < c->count; k++) {
            add_edge(sheet, to_pixels(sheet, p[k]),
                     to_pixels(sheet, p[(k + 1) % c->count]));
        }
    }
    sum_rows(sheet);
}

/* ---- stroking: the distance to the nearest segment; that makes all ends round ---- */

static void add_segment(const struct sheet *sheet, struct svg_point a, struct svg_point b,
                        float reach)
{
    float width = (float)sheet->look->width, height = (float)sheet->look->height;
    int x0 = (int)clamp(fminf(a.x, b.x) - reach, 0, width);
    int x1 = (int)clamp(fmaxf(a.x, b.x) + reach + 1, 0, width);
    int y0 = (int)clamp(fminf(a.y, b.y) - reach, 0, height);
    int y1 = (int)clamp(fmaxf(a.y, b.y) + reach + 1, 0, height);
    float dx = b.x - a.x, dy = b.y - a.y, len2 = dx * dx + dy * dy;
    float unit = len2 > 0 ? 1 / len2 : 0;
    for (int y = y0; y < y1; y++) {
        float *row = cover_row(sheet, y);
        float py = (float)y + 0.5f - a.y;
        for (int x = x0; x < x1; x++) {
            float px = (float)x + 0.5f - a.x;
            float along = clamp((px * dx + py * dy) * unit, 0, 1);
            float ex = px - along * dx, ey = py - along * dy;
            float distance2 = ex * ex + ey * ey;
            row[x] = distance2 < row[x] ? distance2 : row[x];
        }
    }
}

/* Squared distances → how much of each pixel lies in the line. */
static void cover_lines(const struct sheet *sheet, float half, float far)
{
    float most = fminf(half * 2, 1); /* thinner than a pixel: paler */
    float inside = half + 0.5f - most;
    inside = inside > 0 ? inside * inside : 0;
    for (int y = sheet->part.y0; y < sheet->part.y1; y++) {
        float *row = cover_row(sheet, y);
        for (int x = sheet->part.x0; x < sheet->part.x1; x++) {
            if (row[x] < inside) {
                row[x] = most;
            } else if (row[x] < far * far) {
                row[x] = clamp(half + 0.5f - sqrtf(row[x]), 0, most);
            } else {
                row[x] = 0;
            }
        }
    }
}

static void cover_stroke(struct sheet *sheet, const struct svg_shape *shape)
{
    float half = shape->stroke_width * sheet->scale / 2;
    float far = half + 1;
    sheet->part = find_part(sheet, shape, far);
    cover_clear(sheet, far * far);
    for (int i = 0; i < shape->count; i++) {
        const struct svg_contour *c = &sheet->svg->contours[shape->first + i];
        const struct svg_point *p = sheet->svg->points + c->first;
        int segments = c->closed || c->count == 1 ? c->count : c->count - 1;
        for (int k = 0; k < segments; k++) {
            add_segment(sheet, to_pixels(sheet, p[k]),
                        to_pixels(sheet, p[(k + 1) % c->count]), far);
        }
    }
    cover_lines(sheet, half, far);
}

/* ---- putting them on top of each other ---- */

static uint32_t channel(uint32_t below, uint32_t rgb, int shift, float cover)
{
    float old = (float)(below >> shift & 255), new = (float)(rgb >> shift & 255);
    return (uint32_t)(old + (new - old) * cover + 0.5f) << shift;
}

static void lay_on(const struct sheet *sheet, uint32_t rgb)
{
    uint32_t opaque = rgb | 0xFF000000u;
    for (int y = sheet->part.y0; y < sheet->part.y1; y++) {
        const float *row = cover_row(sheet, y);
        uint32_t *out = sheet->pixels + y * sheet->look->width;
        for (int x = sheet->part.x0; x < sheet->part.x1; x++) {
            if (row[x] >= 1) {
                out[x] = opaque;
            } else if (row[x] > 0) {
                out[x] = channel(out[x], opaque, 24, row[x]) |
                         channel(out[x], opaque, 16, row[x]) |
                         channel(out[x], opaque, 8, row[x]) |
                         channel(out[x], opaque, 0, row[x]);
            }
        }
    }
}

static void draw_shape(struct sheet *sheet, const struct svg_shape *shape)
{
    const struct tile_look *look = sheet->look;
    if (shape->fill.on) {
        bool tinted = look->tinted && shape->fill.rgb == ICON_INK;
        cover_fill(sheet, shape);
        lay_on(sheet, tinted ? look->tint : shape->fill.rgb);
    }
    if (shape->stroke.on && shape->stroke_width > 0) {
        cover_stroke(sheet, shape);
        lay_on(sheet, look->tinted ? look->tint : shape->stroke.rgb);
    }
}

void tile_draw(const struct svg *svg, const struct tile_look *look, uint32_t *pixels,
               float *cover)
{
    struct sheet sheet = {.svg = svg, .look = look, .pixels = pixels, .cover = cover};
    sheet.scale =
        fminf((float)look->width / svg->width, (float)look->height / svg->height);
    sheet.left = ((float)look->width - svg->width * sheet.scale) / 2;
    sheet.top = ((float)look->height - svg->height * sheet.scale) / 2;
    memset(pixels, 0, (size_t)look->width * (size_t)look->height * sizeof *pixels);
    for (int i = 0; i < svg->shape_count; i++) {
        draw_shape(&sheet, &svg->shapes[i]);
    }
}

static uint32_t over(uint32_t below, uint32_t pixel)
{
    uint32_t rest = 255 - (pixel >> 24);
    rest += rest >> 7; /* 0 … 256 */
    uint32_t rb = (below & 0xFF00FF) * rest >> 8, g = (below & 0x00FF00) * rest >> 8;
    return ((pixel & 0xFF00FF) + (rb & 0xFF00FF)) | ((pixel & 0x00FF00) + (g & 0x00FF00));
}

static void blit_row(uint32_t *out, const uint32_t *in, int count)
{
    for (int i = 0; i < count; i++) {
        uint32_t alpha = in[i] >> 24;
        if (alpha == 255) {
            out[i] = in[i] & 0xFFFFFF;
        } else if (alpha != 0) {
            out[i] = over(out[i], in[i]);
        }
    }
}

void tile_blit(const struct canvas *canvas, int x, int y, const struct tile_look *look,
               const uint32_t *pixels)
{
    struct rect at = rect_make(x, y, look->width, look->height);
    struct rect part = rect_intersect(at, canvas->clip);
    for (int row = part.y; row < part.y + part.h; row++) {
        blit_row(pixels_row(canvas, row) + part.x,
                 pixels + (ptrdiff_t)(row - y) * look->width + (part.x - x), part.w);
    }
}
