#include "platform/corner.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Area of the disc x² + y² ≤ r² left of x, above the x axis, from 0 on. */
static double disc_area(double x, double r)
{
    x = x > r ? r : x;
    return 0.5 * (x * sqrt(r * r - x * x) + r * r * asin(x / r));
}

/* Area of the disc inside [x, x+1] × [y, y+1], all from the centre on: exact. */
static double pixel_area(double x, double y, double r)
{
    double top = r * r - (y + 1) * (y + 1), bottom = r * r - y * y;
    double x_top = top > 0 ? sqrt(top) : 0; /* left of it the pixel's column is full */
    double x_bottom = bottom > 0 ? sqrt(bottom) : 0; /* right of it, empty */
    double a = x_top < x ? x : x_top > x + 1 ? x + 1 : x_top;
    double b = x_bottom < x ? x : x_bottom > x + 1 ? x + 1 : x_bottom;
    return (a - x) + disc_area(b, r) - disc_area(a, r) - (b - a) * y;
}

static void fill_row(struct corner_shape *shape, int y)
{
    int r = shape->radius;
    uint8_t *row = shape->cover + (size_t)y * (size_t)r;
    shape->empty[y] = (uint16_t)r;
    shape->full[y] = (uint16_t)r;
    for (int x = r - 1; x >= 0; x--) {
        double area = pixel_area(r - 1 - x, r - 1 - y, r);
        row[x] = (uint8_t)(area * 255 + 0.5);
        if (row[x] == 255 && shape->full[y] == x + 1) {
            shape->full[y] = (uint16_t)x;
        }
        if (row[x] != 0) {
            shape->empty[y] = (uint16_t)x;
        }
    }
}

static bool shape_make(struct corner_shape *shape, int radius)
{
    size_t r = (size_t)radius;
    free(shape->empty);
    memset(shape, 0, sizeof *shape);
    shape->empty = malloc(2 * r * sizeof(uint16_t) + r * r);
    if (!shape->empty) {
        return false;
    }
    shape->radius = radius;
    shape->full = shape->empty + r;
    shape->cover = (uint8_t *)(shape->full + r);
    for (int y = 0; y < radius; y++) {
        fill_row(shape, y);
    }
    return true;
}

const struct corner_shape *corners_get(struct corners *corners, int radius)
{
    struct corner_shape *oldest = &corners->shapes[0];
    for (int i = 0; i < CORNERS_MAX; i++) {
        struct corner_shape *shape = &corners->shapes[i];
        if (shape->radius == radius) {
            shape->used = ++corners->clock;
            return shape;
        }
        oldest = shape->used < oldest->used ? shape : oldest;
    }
    if (!shape_make(oldest, radius)) {
        return NULL;
    }
    oldest->used = ++corners->clock;
    return oldest;
}

void corners_done(struct corners *corners)
{
    for (int i = 0; i < CORNERS_MAX; i++) {
        free(corners->shapes[i].empty);
    }
    memset(corners, 0, sizeof *corners);
}
