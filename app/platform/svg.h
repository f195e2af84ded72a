/* The part of SVG that our pictograms use: svg, path, circle and rect elements with
 * fill, stroke and stroke-width, given there or on the svg element; round caps and joins.
 * Anything may come: what is malformed or too big is an error, never a crash. */
#ifndef PLATFORM_SVG_H
#define PLATFORM_SVG_H

#include "base/buf.h"
#include "base/err.h"

#define SVG_SHAPES_MAX 32
#define SVG_CONTOURS_MAX 128
#define SVG_POINTS_MAX 6000
#define SVG_COORD_MAX 4096.0f /* larger numbers are cut to it */

struct svg_point {
    float x, y;
};

struct svg_contour {
    int first, count; /* points */
    bool closed;
};

struct svg_paint {
    bool on;
    uint32_t rgb;
};

struct svg_shape {
    struct svg_paint fill, stroke;
    float stroke_width;
    int first, count; /* contours */
};

/* Curves are already polygons, fine enough for pictures of 256 pixels. */
struct svg {
    float x, y, width, height; /* viewBox */
    int shape_count, contour_count, point_count;
    struct svg_shape shapes[SVG_SHAPES_MAX];
    struct svg_contour contours[SVG_CONTOURS_MAX];
    struct svg_point points[SVG_POINTS_MAX];
};

/* ERR_INVALID: not such an SVG. ERR_FULL: more than the maxima above. */
enum err svg_parse(struct str source, struct svg *svg_out) NODISCARD;

/* For svg.c: reads the `d` of a path, adding contours. */
enum err svg_path_parse(struct str d, struct svg *svg) NODISCARD;
/* A contour begins at p / goes on to p / is closed. False: no room. */
bool svg_move(struct svg *svg, struct svg_point p);
bool svg_line(struct svg *svg, struct svg_point p);
void svg_close(struct svg *svg);
bool svg_cubic(struct svg *svg, const struct svg_point p[4]);
/* A part of an ellipse around `center`, by angles in radians. */
struct svg_arc {
    struct svg_point center, radius;
    float turn, from, sweep;
};
bool svg_arc(struct svg *svg, const struct svg_arc *arc);
/* The next number, moving *at behind it and a comma; false: there is none. */
bool svg_number(struct str s, size_t *at, float *number_out);

#endif
