#include "print/layout.h"

#include "base/utf8.h"

/* Dots that one character of a style takes: font B 9, font A 12, doubled, or 2 apart. */
static const int char_dots[STYLE_COUNT] = {
    [STYLE_SMALL] = 9,   [STYLE_NORMAL] = 12, [STYLE_BOLD] = 12,
    [STYLE_TITLE] = 24,  [STYLE_SPACED] = 14,
};

/* The lightning takes two columns, and one is left free. */
#define HEADING_COLUMNS 3

int layout_columns(const struct profile *profile, enum slip_style style)
{
    CHECK(style < STYLE_COUNT);
    return profile_columns(profile, char_dots[style]);
}

static void skip_spaces(struct str *s)
{
    while (s->len > 0 && s->ptr[0] == ' ') {
        s->ptr++;
        s->len--;
    }
}

struct str layout_wrap(struct str *rest, int columns)
{
    CHECK(columns > 0);
    size_t at = 0, last_space = 0;
    int used = 0;
    skip_spaces(rest);
    while (at < rest->len && used < columns) {
        if (rest->ptr[at] == ' ') {
            last_space = at;
        }
        utf8_next(*rest, &at);
        used++;
    }
    bool whole = at == rest->len || rest->ptr[at] == ' ';
    struct str line = {rest->ptr, whole || last_space == 0 ? at : last_space};
    rest->ptr += line.len;
    rest->len -= line.len;
    skip_spaces(rest);
    while (line.len > 0 && line.ptr[line.len - 1] == ' ') {
        line.len--;
    }
    return line;
}

static enum err add(struct layout *layout, enum layout_kind kind,
                    const struct slip_line *from, struct str text)
{
    if (layout->count == LAYOUT_LINES_MAX) {
        return ERR_FULL;
    }
    layout->lines[layout->count++] =
        (struct layout_line){kind, from, text, (int)utf8_count(text)};
    return ERR_OK;
}

static enum err add_text(struct layout *layout, const struct profile *profile,
                         const struct slip_line *from)
{
    struct str rest = str_of(from->text);
    int columns = layout_columns(profile, from->style);
    if (!codepage_has(profile->codepage, rest)) {
        return add(layout, LAYOUT_RASTER, from, rest);
    }
    for (bool first = true; rest.len > 0; first = false) {
        int room = columns - (first && from->kind == SLIP_HEADING ? HEADING_COLUMNS : 0);
        enum err err = add(layout, LAYOUT_TEXT, from, layout_wrap(&rest, room));
        if (err) {
            return err;
        }
    }
    return ERR_OK;
}

static enum err add_line(struct layout *layout, const struct profile *profile,
                         const struct slip_line *from)
{
    switch (from->kind) {
    case SLIP_TEXT:
    case SLIP_HEADING:
        return add_text(layout, profile, from);
    case SLIP_RULE:
        return add(layout, LAYOUT_RULE, from, STR(""));
    case SLIP_QR:
        return add(layout, LAYOUT_QR, from, STR(""));
    case SLIP_SPACE:
        return add(layout, LAYOUT_SPACE, from, STR(""));
    case SLIP_CUT:
        return add(layout, LAYOUT_CUT, from, STR(""));
    }
    return ERR_INVALID;
}

enum err layout_make(const struct slip *slip, const struct profile *profile,
                     struct layout *layout_out)
{
    layout_out->count = 0;
    for (int i = 0; i < slip->count; i++) {
        enum err err = add_line(layout_out, profile, &slip->lines[i]);
        if (err) {
            return err;
        }
    }
    return ERR_OK;
}
