#include "print/typeset.h"

#include "base/utf8.h"

/* Dots that one character of a style takes: font B 9, font A 12, doubled, or 2 apart. */
static const int char_dots[STYLE_COUNT] = {
    [STYLE_SMALL] = 9,   [STYLE_NORMAL] = 12, [STYLE_BOLD] = 12,
    [STYLE_TITLE] = 24,  [STYLE_SPACED] = 14,
};

/* The lightning takes two columns, and one is left free. */
#define HEADING_COLUMNS 3

int typeset_columns(const struct profile *profile, enum slip_style style)
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

struct str typeset_wrap(struct str *rest, int columns)
{
    CHECK(columns > 0);
    size_t at = 0, last_space = 0;
    int used = 0;
    skip_spaces(rest);
    while (at < rest->len && used < columns) {
        if (rest->ptr[at] == ' ') {
            last_space = at;
        }
        used += codepage_is_silent(utf8_next(*rest, &at)) ? 0 : 1;
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

static int count_columns(struct str text)
{
    int columns = 0;
    for (size_t at = 0; at < text.len;) {
        columns += codepage_is_silent(utf8_next(text, &at)) ? 0 : 1;
    }
    return columns;
}

static enum err add(struct typeset *typeset, enum typeset_kind kind,
                    const struct slip_line *from, struct str text)
{
    if (typeset->count == TYPESET_LINES_MAX) {
        return ERR_FULL;
    }
    typeset->lines[typeset->count++] =
        (struct typeset_line){kind, from, text, count_columns(text)};
    return ERR_OK;
}

static enum err add_text(struct typeset *typeset, const struct profile *profile,
                         const struct slip_line *from)
{
    struct str rest = str_of(from->text);
    int columns = typeset_columns(profile, from->style);
    if (!codepage_has(profile->codepage, rest)) {
        return add(typeset, TYPESET_RASTER, from, rest);
    }
    for (bool first = true; rest.len > 0; first = false) {
        int room = columns - (first && from->kind == SLIP_HEADING ? HEADING_COLUMNS : 0);
        enum err err = add(typeset, TYPESET_TEXT, from, typeset_wrap(&rest, room));
        if (err) {
            return err;
        }
    }
    return ERR_OK;
}

static enum err add_line(struct typeset *typeset, const struct profile *profile,
                         const struct slip_line *from)
{
    switch (from->kind) {
    case SLIP_TEXT:
    case SLIP_HEADING:
        return add_text(typeset, profile, from);
    case SLIP_RULE:
        return add(typeset, TYPESET_RULE, from, STR(""));
    case SLIP_QR:
        return add(typeset, TYPESET_QR, from, STR(""));
    case SLIP_SPACE:
        return add(typeset, TYPESET_SPACE, from, STR(""));
    case SLIP_CUT:
        return add(typeset, TYPESET_CUT, from, STR(""));
    }
    return ERR_INVALID;
}

enum err typeset_make(const struct slip *slip, const struct profile *profile,
                     struct typeset *typeset_out)
{
    typeset_out->count = 0;
    for (int i = 0; i < slip->count; i++) {
        enum err err = add_line(typeset_out, profile, &slip->lines[i]);
        if (err) {
            return err;
        }
    }
    return ERR_OK;
}
