#include "platform/svg.h"

#include <math.h>
#include <string.h>

/* What an element gives to those inside it. */
struct style {
    struct svg_paint fill, stroke;
    float stroke_width;
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* ---- attributes ---- */

/* The value of an attribute of a tag ("circle cx="32" …"); ptr NULL: it has none. */
static struct str attribute(struct str tag, const char *name)
{
    size_t name_len = strlen(name), at = 0;
    while (at < tag.len) {
        size_t equals = at;
        while (equals < tag.len && tag.ptr[equals] != '=') {
            equals++;
        }
        if (equals + 1 >= tag.len) {
            break;
        }
        char quote = tag.ptr[equals + 1];
        size_t value = equals + 2, end = value;
        while (end < tag.len && tag.ptr[end] != quote) {
            end++;
        }
        bool named = equals >= name_len + 1 && is_space(tag.ptr[equals - name_len - 1]) &&
                     memcmp(tag.ptr + equals - name_len, name, name_len) == 0;
        if (named && end < tag.len && (quote == '"' || quote == '\'')) {
            return (struct str){tag.ptr + value, end - value};
        }
        at = end + 1;
    }
    return (struct str){0};
}

static float number_or(struct str tag, const char *name, float otherwise)
{
    struct str value = attribute(tag, name);
    size_t at = 0;
    float number;
    return value.ptr && svg_number(value, &at, &number) ? number : otherwise;
}

static void read_paint(struct str tag, const char *name, struct svg_paint *paint)
{
    struct str value = attribute(tag, name);
    if (!value.ptr) {
        return;
    }
    *paint = (struct svg_paint){0};
    if (value.len != 7 || value.ptr[0] != '#') {
        return;
    }
    for (size_t i = 1; i < 7; i++) {
        int digit = hex_digit(value.ptr[i]);
        if (digit < 0) {
            return;
        }
        paint->rgb = paint->rgb << 4 | (uint32_t)digit;
    }
    paint->on = true;
}

static void read_style(struct str tag, struct style *style)
{
    read_paint(tag, "fill", &style->fill);
    read_paint(tag, "stroke", &style->stroke);
    style->stroke_width = fabsf(number_or(tag, "stroke-width", style->stroke_width));
}

/* ---- elements ---- */

static enum err read_svg(struct str tag, struct svg *svg)
{
    struct str box = attribute(tag, "viewBox");
    size_t at = 0;
    if (!box.ptr || !svg_number(box, &at, &svg->x) || !svg_number(box, &at, &svg->y) ||
        !svg_number(box, &at, &svg->width) || !svg_number(box, &at, &svg->height)) {
        return ERR_INVALID;
    }
    return svg->width >= 1 && svg->height >= 1 ? ERR_OK : ERR_INVALID;
}

static bool add_ellipse(struct svg *svg, float cx, float cy, float r)
{
    struct svg_arc arc = {.center = {cx, cy}, .radius = {r, r}, .sweep = 2 * (float)M_PI};
    bool room = svg_move(svg, (struct svg_point){cx + r, cy}) && svg_arc(svg, &arc);
    svg_close(svg);
    return room;
}

/* One side with the corner behind it; `from` is the corner's first angle. */
static bool add_corner(struct svg *svg, float cx, float cy, float r, float from)
{
    struct svg_arc arc = {{cx, cy}, {r, r}, 0, from, (float)M_PI / 2};
    return svg_line(svg, (struct svg_point){cx + r * cosf(from), cy + r * sinf(from)}) &&
           svg_arc(svg, &arc);
}

static bool add_rect(struct svg *svg, struct str tag)
{
    float x = number_or(tag, "x", 0), y = number_or(tag, "y", 0);
    float w = fabsf(number_or(tag, "width", 0)), h = fabsf(number_or(tag, "height", 0));
    float r = fabsf(number_or(tag, "rx", 0)), quarter = (float)M_PI / 2;
    r = fminf(r, fminf(w, h) / 2);
    bool room = svg_move(svg, (struct svg_point){x + r, y}) &&
                add_corner(svg, x + w - r, y + r, r, -quarter) &&
                add_corner(svg, x + w - r, y + h - r, r, 0) &&
                add_corner(svg, x + r, y + h - r, r, quarter) &&
                add_corner(svg, x + r, y + r, r, 2 * quarter);
    svg_close(svg);
    return room;
}

static bool tag_is(struct str tag, const char *name)
{
    size_t n = strlen(name);
    return tag.len > n && memcmp(tag.ptr, name, n) == 0 &&
           (is_space(tag.ptr[n]) || tag.ptr[n] == '/');
}

static enum err add_contours(struct svg *svg, struct str tag)
{
    if (tag_is(tag, "path")) {
        return svg_path_parse(attribute(tag, "d"), svg);
    }
    bool room = tag_is(tag, "circle")
                    ? add_ellipse(svg, number_or(tag, "cx", 0), number_or(tag, "cy", 0),
                                  fabsf(number_or(tag, "r", 0)))
                    : add_rect(svg, tag);
    return room ? ERR_OK : ERR_FULL;
}

static enum err add_shape(struct svg *svg, struct str tag, struct style style)
{
    if (svg->shape_count == SVG_SHAPES_MAX) {
        return ERR_FULL;
    }
    struct svg_shape *shape = &svg->shapes[svg->shape_count++];
    read_style(tag, &style);
    *shape = (struct svg_shape){.fill = style.fill, .stroke = style.stroke,
                                .stroke_width = style.stroke_width,
                                .first = svg->contour_count};
    enum err err = add_contours(svg, tag);
    shape->count = svg->contour_count - shape->first;
    return err;
}

static enum err read_tag(struct svg *svg, struct str tag, struct style *style)
{
    if (tag_is(tag, "svg")) {
        read_style(tag, style);
        return read_svg(tag, svg);
    }
    if (tag_is(tag, "path") || tag_is(tag, "circle") || tag_is(tag, "rect")) {
        return svg->width > 0 ? add_shape(svg, tag, *style) : ERR_INVALID;
    }
    return ERR_OK;
}

/* What stands between the next < and its >; ptr NULL: there is none. */
static struct str next_tag(struct str source, size_t *at)
{
    while (*at < source.len && source.ptr[*at] != '<') {
        ++*at;
    }
    size_t from = *at + 1, to = from;
    for (char quote = 0; to < source.len; to++) {
        char c = source.ptr[to];
        if (quote != 0) {
            quote = c == quote ? 0 : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '>') {
            break;
        }
    }
    *at = to;
    return to < source.len ? (struct str){source.ptr + from, to - from}
                           : (struct str){0};
}

enum err svg_parse(struct str source, struct svg *svg)
{
    struct style style = {.fill = {.on = true}, .stroke_width = 1};
    size_t at = 0;
    svg->width = 0;
    svg->shape_count = 0;
    svg->contour_count = 0;
    svg->point_count = 0;
    for (struct str tag = next_tag(source, &at); tag.ptr; tag = next_tag(source, &at)) {
        enum err err = read_tag(svg, tag, &style);
        if (err != ERR_OK) {
            return err;
        }
    }
    return svg->width > 0 ? ERR_OK : ERR_INVALID;
}
