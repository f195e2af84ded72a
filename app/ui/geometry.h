/* Whole-number rectangles. Right and bottom edges are exclusive. */
#ifndef UI_GEOMETRY_H
#define UI_GEOMETRY_H

#include <stdbool.h>

struct rect {
    int x, y, w, h;
};

struct rect rect_make(int x, int y, int w, int h);
bool rect_is_empty(struct rect r);
bool rect_eq(struct rect a, struct rect b);
bool rect_has(struct rect r, int x, int y);
struct rect rect_intersect(struct rect a, struct rect b); /* empty: w = h = 0 */
struct rect rect_union(struct rect a, struct rect b);     /* an empty one does not count */
struct rect rect_inset(struct rect r, int by);            /* negative grows */
/* Cuts `height` or `width` off one side of *r and returns the piece. */
struct rect rect_cut_top(struct rect *r, int height);
struct rect rect_cut_bottom(struct rect *r, int height);
struct rect rect_cut_start(struct rect *r, int width);
struct rect rect_cut_end(struct rect *r, int width);

#endif
