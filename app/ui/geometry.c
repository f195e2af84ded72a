#include "ui/geometry.h"

static int min_int(int a, int b)
{
    return a < b ? a : b;
}

static int max_int(int a, int b)
{
    return a > b ? a : b;
}

struct rect rect_make(int x, int y, int w, int h)
{
    return (struct rect){x, y, w, h};
}

bool rect_is_empty(struct rect r)
{
    return r.w <= 0 || r.h <= 0;
}

bool rect_eq(struct rect a, struct rect b)
{
    return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
}

bool rect_has(struct rect r, int x, int y)
{
    return x >= r.x && y >= r.y && x < r.x + r.w && y < r.y + r.h;
}

struct rect rect_intersect(struct rect a, struct rect b)
{
    int x = max_int(a.x, b.x), y = max_int(a.y, b.y);
    int w = min_int(a.x + a.w, b.x + b.w) - x, h = min_int(a.y + a.h, b.y + b.h) - y;
    return w > 0 && h > 0 ? rect_make(x, y, w, h) : rect_make(x, y, 0, 0);
}

struct rect rect_union(struct rect a, struct rect b)
{
    if (rect_is_empty(a)) {
        return b;
    }
    if (rect_is_empty(b)) {
        return a;
    }
    int x = min_int(a.x, b.x), y = min_int(a.y, b.y);
    return rect_make(x, y, max_int(a.x + a.w, b.x + b.w) - x,
                     max_int(a.y + a.h, b.y + b.h) - y);
}

struct rect rect_inset(struct rect r, int by)
{
    return rect_make(r.x + by, r.y + by, r.w - 2 * by, r.h - 2 * by);
}

struct rect rect_cut_top(struct rect *r, int height)
{
    struct rect piece = rect_make(r->x, r->y, r->w, height);
    r->y += height;
    r->h -= height;
    return piece;
}

struct rect rect_cut_bottom(struct rect *r, int height)
{
    r->h -= height;
    return rect_make(r->x, r->y + r->h, r->w, height);
}

struct rect rect_cut_start(struct rect *r, int width)
{
    struct rect piece = rect_make(r->x, r->y, width, r->h);
    r->x += width;
    r->w -= width;
    return piece;
}

struct rect rect_cut_end(struct rect *r, int width)
{
    r->w -= width;
    return rect_make(r->x + r->w, r->y, width, r->h);
}
