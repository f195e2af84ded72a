/* Any text as a pictogram: an error, or shapes within the arrays and their numbers finite. */
#include "platform/svg.h"

#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_inside(int first, int count, int end)
{
    return first >= 0 && count >= 0 && first <= end && count <= end - first;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct svg svg;
    if (svg_parse((struct str){(const char *)data, size}, &svg) != ERR_OK) {
        return 0;
    }
    CHECK(svg.shape_count <= SVG_SHAPES_MAX && svg.width > 0 && svg.height > 0);
    for (int i = 0; i < svg.shape_count; i++) {
        CHECK(is_inside(svg.shapes[i].first, svg.shapes[i].count, svg.contour_count));
        CHECK(isfinite(svg.shapes[i].stroke_width));
    }
    for (int i = 0; i < svg.contour_count; i++) {
        CHECK(is_inside(svg.contours[i].first, svg.contours[i].count, svg.point_count));
    }
    for (int i = 0; i < svg.point_count; i++) {
        CHECK(isfinite(svg.points[i].x) && isfinite(svg.points[i].y));
    }
    return 0;
}
