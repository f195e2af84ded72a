/* Building contours out of points, curves and arcs. */
#include "platform/svg.h"

#include <math.h>

#define CURVE_STEPS 14
#define CIRCLE_STEPS 56

static bool point_add(struct svg *svg, struct svg_point p)
{
    if (svg->point_count == SVG_POINTS_MAX) {
        return false;
    }
    p.x = fminf(fmaxf(p.x, -SVG_COORD_MAX), SVG_COORD_MAX);
    p.y = fminf(fmaxf(p.y, -SVG_COORD_MAX), SVG_COORD_MAX);
    svg->points[svg->point_count++] = p;
    return true;
}

bool svg_move(struct svg *svg, struct svg_point p)
{
    if (svg->contour_count == SVG_CONTOURS_MAX) {
        return false;
    }
    svg->contours[svg->contour_count++] =
        (struct svg_contour){.first = svg->point_count, .count = 1};
    return point_add(svg, p);
}

bool svg_line(struct svg *svg, struct svg_point p)
{
    if (svg->contour_count == 0 || !point_add(svg, p)) {
        return false;
    }
    svg->contours[svg->contour_count - 1].count++;
    return true;
}

void svg_close(struct svg *svg)
{
    if (svg->contour_count > 0) {
        svg->contours[svg->contour_count - 1].closed = true;
    }
}

static float bezier(float a, float b, float c, float d, float t)
{
    float u = 1 - t;
    return u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
}

bool svg_cubic(struct svg *svg, const struct svg_point p[4])
{
    bool room = true;
    for (int i = 1; i <= CURVE_STEPS && room; i++) {
        float t = (float)i / CURVE_STEPS;
        room = svg_line(svg, (struct svg_point){
                                 bezier(p[0].x, p[1].x, p[2].x, p[3].x, t),
                                 bezier(p[0].y, p[1].y, p[2].y, p[3].y, t)});
    }
    return room;
}

bool svg_arc(struct svg *svg, const struct svg_arc *arc)
{
    float full = 2 * (float)M_PI, c = cosf(arc->turn), s = sinf(arc->turn);
    int steps = 1 + (int)(fminf(fabsf(arc->sweep) / full, 1) * CIRCLE_STEPS);
    bool room = true;
    for (int i = 1; i <= steps && room; i++) {
        float angle = arc->from + arc->sweep * (float)i / (float)steps;
        float x = arc->radius.x * cosf(angle), y = arc->radius.y * sinf(angle);
        room = svg_line(svg, (struct svg_point){arc->center.x + x * c - y * s,
                                                arc->center.y + x * s + y * c});
    }
    return room;
}
