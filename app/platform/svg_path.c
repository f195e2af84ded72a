/* The `d` attribute of a path: M L H V C S Q T A Z, absolute and relative
 * (SVG 1.1, 8.3). */
#include "platform/svg.h"

#include <math.h>

struct pen {
    struct svg *svg;
    struct svg_point at, start;
    struct svg_point control; /* of the last curve, for S and T */
    char last;                /* last command in upper case */
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void skip_spaces(struct str s, size_t *at)
{
    while (*at < s.len && is_space(s.ptr[*at])) {
        ++*at;
    }
}

/* Digits with at most one point; returns how many digits. */
static int read_digits(struct str s, size_t *at, double *value_out)
{
    double value = 0, unit = 0;
    int digits = 0;
    for (; *at < s.len; ++*at) {
        char c = s.ptr[*at];
        if (c == '.' && unit == 0) {
            unit = 1;
        } else if (is_digit(c)) {
            value = value * 10 + (c - '0');
            unit *= 10;
            digits++;
        } else {
            break;
        }
    }
    *value_out = unit > 1 ? value / unit : value;
    return digits;
}

static int read_exponent(struct str s, size_t *at)
{
    size_t p = *at + 1;
    int exponent = 0;
    bool minus = p < s.len && s.ptr[p] == '-';
    if (*at >= s.len || (s.ptr[*at] != 'e' && s.ptr[*at] != 'E')) {
        return 0;
    }
    p += p < s.len && (s.ptr[p] == '-' || s.ptr[p] == '+');
    if (p >= s.len || !is_digit(s.ptr[p])) {
        return 0;
    }
    for (; p < s.len && is_digit(s.ptr[p]); p++) {
        exponent = exponent < 40 ? exponent * 10 + (s.ptr[p] - '0') : exponent;
    }
    *at = p;
    return minus ? -exponent : exponent;
}

bool svg_number(struct str s, size_t *at, float *number_out)
{
    skip_spaces(s, at);
    size_t p = *at;
    double value;
    bool minus = p < s.len && s.ptr[p] == '-';
    p += p < s.len && (s.ptr[p] == '-' || s.ptr[p] == '+');
    if (read_digits(s, &p, &value) == 0) {
        return false;
    }
    value *= pow(10, read_exponent(s, &p));
    if (!(value <= SVG_COORD_MAX)) {
        value = SVG_COORD_MAX;
    }
    *number_out = (float)(minus ? -value : value);
    *at = p;
    skip_spaces(s, at);
    return true;
}

/* The two flags of an arc may stand without a gap. */
static bool read_flag(struct str s, size_t *at, float *flag_out)
{
    skip_spaces(s, at);
    if (*at >= s.len || (s.ptr[*at] != '0' && s.ptr[*at] != '1')) {
        return false;
    }
    *flag_out = (float)(s.ptr[(*at)++] - '0');
    return true;
}

static int argument_count(char command)
{
    switch (command) {
    case 'M':
    case 'L':
    case 'T':
        return 2;
    case 'H':
    case 'V':
        return 1;
    case 'S':
    case 'Q':
        return 4;
    case 'C':
        return 6;
    case 'A':
        return 7;
    default:
        return 0;
    }
}

static bool read_arguments(struct str d, size_t *at, char command, float *arg)
{
    for (int i = 0; i < argument_count(command); i++) {
        bool flag = command == 'A' && (i == 3 || i == 4);
        if (!(flag ? read_flag(d, at, &arg[i]) : svg_number(d, at, &arg[i]))) {
            return false;
        }
    }
    return true;
}

static void make_absolute(const struct pen *pen, char command, float *arg)
{
    int n = argument_count(command);
    if (command == 'V') {
        arg[0] += pen->at.y;
        return;
    }
    for (int i = command == 'A' ? 5 : 0; i < n; i++) {
        bool is_y = command == 'A' ? i == 6 : i % 2 != 0;
        arg[i] += is_y ? pen->at.y : pen->at.x;
    }
}

static struct svg_point mirrored_control(const struct pen *pen, char a, char b)
{
    if (pen->last != a && pen->last != b) {
        return pen->at;
    }
    return (struct svg_point){2 * pen->at.x - pen->control.x,
                              2 * pen->at.y - pen->control.y};
}

static bool draw_cubic(struct pen *pen, struct svg_point c1, struct svg_point c2,
                       struct svg_point to)
{
    struct svg_point p[4] = {pen->at, c1, c2, to};
    pen->control = c2;
    return svg_cubic(pen->svg, p);
}

static bool draw_quadratic(struct pen *pen, struct svg_point c, struct svg_point to)
{
    struct svg_point p[4] = {
        pen->at,
        {pen->at.x + (c.x - pen->at.x) * 2 / 3, pen->at.y + (c.y - pen->at.y) * 2 / 3},
        {to.x + (c.x - to.x) * 2 / 3, to.y + (c.y - to.y) * 2 / 3},
        to,
    };
    pen->control = c;
    return svg_cubic(pen->svg, p);
}

/* From end points to the centre (SVG 1.1, F.6.5). */
static bool draw_arc(struct pen *pen, const float *arg, struct svg_point to)
{
    float rx = fabsf(arg[0]), ry = fabsf(arg[1]), turn = arg[2] * (float)M_PI / 180;
    float c = cosf(turn), s = sinf(turn);
    float dx = (pen->at.x - to.x) / 2, dy = (pen->at.y - to.y) / 2;
    float x = c * dx + s * dy, y = c * dy - s * dx;
    if (rx < 1e-3f || ry < 1e-3f || (fabsf(dx) < 1e-4f && fabsf(dy) < 1e-4f)) {
        return svg_line(pen->svg, to);
    }
    float big = x * x / (rx * rx) + y * y / (ry * ry);
    float grow = big > 1 ? sqrtf(big) : 1;
    rx *= grow;
    ry *= grow;
    float denominator = rx * rx * y * y + ry * ry * x * x;
    float k = sqrtf(fmaxf(rx * rx * ry * ry / denominator - 1, 0));
    k = (arg[3] != 0) == (arg[4] != 0) ? -k : k;
    float cx = k * rx * y / ry, cy = -k * ry * x / rx;
    struct svg_arc arc = {
        .center = {c * cx - s * cy + (pen->at.x + to.x) / 2,
                   s * cx + c * cy + (pen->at.y + to.y) / 2},
        .radius = {rx, ry}, .turn = turn,
        .from = atan2f((y - cy) / ry, (x - cx) / rx),
    };
    float full = 2 * (float)M_PI;
    arc.sweep = atan2f((-y - cy) / ry, (-x - cx) / rx) - arc.from;
    if (arg[4] != 0 && arc.sweep < 0) {
        arc.sweep += full;
    } else if (arg[4] == 0 && arc.sweep > 0) {
        arc.sweep -= full;
    }
    return svg_arc(pen->svg, &arc);
}

/* A command without its pen movement; arguments are absolute. False: no room. */
static bool draw_command(struct pen *pen, char command, const float *arg,
                         struct svg_point to)
{
    switch (command) {
    case 'M':
        pen->start = to;
        return svg_move(pen->svg, to);
    case 'C':
        return draw_cubic(pen, (struct svg_point){arg[0], arg[1]},
                          (struct svg_point){arg[2], arg[3]}, to);
    case 'S':
        return draw_cubic(pen, mirrored_control(pen, 'C', 'S'),
                          (struct svg_point){arg[0], arg[1]}, to);
    case 'Q':
        return draw_quadratic(pen, (struct svg_point){arg[0], arg[1]}, to);
    case 'T':
        return draw_quadratic(pen, mirrored_control(pen, 'Q', 'T'), to);
    case 'A':
        return draw_arc(pen, arg, to);
    default:
        return svg_line(pen->svg, to);
    }
}

static struct svg_point end_of(const struct pen *pen, char command, const float *arg)
{
    int n = argument_count(command);
    if (command == 'H') {
        return (struct svg_point){arg[0], pen->at.y};
    }
    if (command == 'V') {
        return (struct svg_point){pen->at.x, arg[0]};
    }
    return (struct svg_point){arg[n - 2], arg[n - 1]};
}

/* After Z the next contour starts where this one did, even without an M. */
static bool reopen(struct pen *pen, char command)
{
    return pen->last != 'Z' || command == 'M' || svg_move(pen->svg, pen->at);
}

static enum err draw_one(struct pen *pen, char letter, struct str d, size_t *at)
{
    char command = (char)(letter & ~0x20);
    float arg[7] = {0};
    if (pen->last == 0 && command != 'M') {
        return ERR_INVALID;
    }
    if (command == 'Z') {
        svg_close(pen->svg);
        pen->at = pen->start;
        pen->last = 'Z';
        return ERR_OK;
    }
    if (!read_arguments(d, at, command, arg)) {
        return ERR_INVALID;
    }
    if (letter != command) {
        make_absolute(pen, command, arg);
    }
    struct svg_point to = end_of(pen, command, arg);
    if (!reopen(pen, command) || !draw_command(pen, command, arg, to)) {
        return ERR_FULL;
    }
    pen->at = to;
    pen->last = command;
    return ERR_OK;
}

static bool is_command(char c)
{
    char upper = (char)(c & ~0x20);
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter && (upper == 'Z' || argument_count(upper) > 0);
}

enum err svg_path_parse(struct str d, struct svg *svg)
{
    struct pen pen = {.svg = svg};
    char letter = 0;
    size_t at = 0;
    for (skip_spaces(d, &at); at < d.len; skip_spaces(d, &at)) {
        if (is_command(d.ptr[at])) {
            letter = d.ptr[at++];
        } else if (letter == 'M' || letter == 'm') {
            letter = letter == 'M' ? 'L' : 'l'; /* further pairs are lines */
        } else if (letter == 0 || letter == 'Z' || letter == 'z') {
            return ERR_INVALID;
        }
        enum err err = draw_one(&pen, letter, d, &at);
        if (err != ERR_OK) {
            return err;
        }
    }
    return ERR_OK;
}
