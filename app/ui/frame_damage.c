/* What changed between two frames, as few rectangles that do not overlap. */
#include "ui/frame.h"

#include <string.h>

/* Two rectangles become one if that draws at most this many pixels more. */
#define WASTE_MAX 4096

struct damage {
    struct rect *rects;
    int count;
    struct rect frame;
};

static int64_t area(struct rect r)
{
    return (int64_t)r.w * r.h;
}

/* Pixels drawn for nothing if both become one. */
static int64_t waste(struct rect a, struct rect b)
{
    return area(rect_union(a, b)) - area(a) - area(b);
}

static int best_partner(const struct damage *d, struct rect r)
{
    int best = -1;
    for (int i = 0; i < d->count; i++) {
        if (best < 0 || waste(d->rects[i], r) < waste(d->rects[best], r)) {
            best = i;
        }
    }
    return best;
}

/* The rectangle that `r` must or should become one with; -1: none. */
static int partner(const struct damage *d, struct rect r)
{
    for (int i = 0; i < d->count; i++) {
        if (!rect_is_empty(rect_intersect(d->rects[i], r))) {
            return i;
        }
    }
    int best = best_partner(d, r);
    bool wanted = best >= 0 && waste(d->rects[best], r) <= WASTE_MAX;
    return wanted || d->count == FRAME_DAMAGE_MAX ? best : -1;
}

static void damage_add(struct damage *d, struct rect r)
{
    r = rect_intersect(r, d->frame);
    if (rect_is_empty(r)) {
        return;
    }
    /* Each union takes one rectangle away, so this ends. */
    for (int i = partner(d, r); i >= 0; i = partner(d, r)) {
        r = rect_union(r, d->rects[i]);
        d->rects[i] = d->rects[--d->count];
    }
    d->rects[d->count++] = r;
}

static bool text_eq(const struct frame *fa, const struct draw *a, const struct frame *fb,
                    const struct draw *b)
{
    return a->text_len == b->text_len &&
           memcmp(fa->texts + a->text, fb->texts + b->text, a->text_len) == 0;
}

static bool spec_eq(const struct text_spec *a, const struct text_spec *b)
{
    return a->weight == b->weight && a->size == b->size &&
           a->line_height == b->line_height && a->rtl == b->rtl;
}

static bool outline_eq(const struct outline *a, const struct outline *b)
{
    bool same = a->mark == b->mark && a->striped == b->striped && a->count == b->count;
    for (int i = 0; same && i < a->count; i++) {
        same = a->corners[i] == b->corners[i];
    }
    return same;
}

static bool shape_eq(const struct draw *a, const struct draw *b)
{
    return a->line_color == b->line_color && a->line == b->line &&
           a->radius == b->radius && a->shadow == b->shadow &&
           a->shadow_color == b->shadow_color && a->square == b->square &&
           a->mirrored == b->mirrored && outline_eq(&a->outline, &b->outline);
}

/* Field by field: padding is not compared, and where a text lies does not matter. */
static bool draw_eq(const struct frame *fa, const struct draw *a, const struct frame *fb,
                    const struct draw *b)
{
    return a->kind == b->kind && rect_eq(a->rect, b->rect) && a->fill == b->fill &&
           shape_eq(a, b) && spec_eq(&a->spec, &b->spec) && a->align == b->align &&
           a->lines_max == b->lines_max && text_eq(fa, a, fb, b);
}

static bool same_ground(const struct frame *a, const struct frame *b)
{
    return a->width == b->width && a->height == b->height && a->theme == b->theme &&
           a->ground == b->ground;
}

static int common_prefix(const struct frame *a, const struct frame *b)
{
    int n = 0;
    while (n < a->draw_count && n < b->draw_count &&
           draw_eq(a, &a->draws[n], b, &b->draws[n])) {
        n++;
    }
    return n;
}

static int common_suffix(const struct frame *a, const struct frame *b, int prefix)
{
    int n = 0;
    while (n < a->draw_count - prefix && n < b->draw_count - prefix &&
           draw_eq(a, &a->draws[a->draw_count - 1 - n], b,
                   &b->draws[b->draw_count - 1 - n])) {
        n++;
    }
    return n;
}

/* The middle parts: pairs where they have the same length (a colour or a word changed),
 * else all of both (something came or went). */
static void add_middle(struct damage *d, const struct frame *a, int a_end,
                       const struct frame *b, int b_end, int from)
{
    bool pairs = a_end == b_end;
    for (int i = from; i < a_end || i < b_end; i++) {
        if (pairs && draw_eq(a, &a->draws[i], b, &b->draws[i])) {
            continue;
        }
        if (i < a_end) {
            damage_add(d, draw_bounds(&a->draws[i]));
        }
        if (i < b_end) {
            damage_add(d, draw_bounds(&b->draws[i]));
        }
    }
}

int frame_damage(const struct frame *before, const struct frame *after,
                 struct rect damage[FRAME_DAMAGE_MAX])
{
    struct damage d = {damage, 0, rect_make(0, 0, after->width, after->height)};
    if (!before || !same_ground(before, after)) {
        damage_add(&d, d.frame);
        return d.count;
    }
    int prefix = common_prefix(before, after);
    int suffix = common_suffix(before, after, prefix);
    add_middle(&d, before, before->draw_count - suffix, after,
               after->draw_count - suffix, prefix);
    return d.count;
}
