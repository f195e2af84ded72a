#include "wire/line.h"

#include "wire/json.h"

#include <limits.h>
#include <string.h>

/* Which members of an event were there. */
enum seen {
    SEEN_SEQ = 1,
    SEEN_KIND = 2,
    SEEN_VERSION = 4,
    SEEN_BOOT = 8,
    SEEN_MONO = 16,
    SEEN_WALL = 32,
    SEEN_SALT = 64,
    SEEN_BODY = 128,
    SEEN_ALL = 255,
    SEEN_BOOT_MS = 256, /* instead of SEEN_WALL */
};

/* ---- the header -------------------------------------------------------------------- */

static bool read_header(struct str name, struct str value, struct wire_header *header,
                        unsigned *seen)
{
    if (str_eq(name, STR("from"))) {
        *seen |= 1;
        return json_number(value, &header->from) && header->from > 0;
    }
    if (str_eq(name, STR("check"))) {
        *seen |= 2;
        return json_b64(value, header->check, sizeof header->check);
    }
    if (str_eq(name, STR("boot"))) {
        *seen |= 4;
        return json_number(value, &header->boot);
    }
    if (str_eq(name, STR("mono_ms"))) {
        *seen |= 8;
        return json_number(value, &header->mono_ms);
    }
    return true;
}

enum err wire_header_parse(struct str text, struct wire_header *header_out)
{
    struct wire_header header;
    struct str name, value;
    unsigned seen = 0;
    if (text.len > WIRE_LINE_MAX || !json_object_valid(text)) {
        return ERR_INVALID;
    }
    struct json_walk walk = json_walk(text);
    while (json_walk_next(&walk, &name, &value)) {
        if (!read_header(name, value, &header, &seen)) {
            return ERR_INVALID;
        }
    }
    if (seen != 15) {
        return ERR_INVALID;
    }
    *header_out = header;
    return ERR_OK;
}

/* ---- events ------------------------------------------------------------------------ */

static bool read_kind(struct str value, char kind_out[WIRE_KIND_SIZE])
{
    struct str text;
    if (!json_plain(value, &text) || text.len == 0 || text.len >= WIRE_KIND_SIZE) {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if ((c < 'a' || c > 'z') && c != '.' && c != '-') {
            return false;
        }
    }
    return str_copy(kind_out, WIRE_KIND_SIZE, text);
}

static bool read_version(struct str value, int *version_out)
{
    int64_t number;
    if (!json_number(value, &number) || number > INT_MAX) {
        return false;
    }
    *version_out = (int)number;
    return true;
}

static bool read_id(struct str value, struct wire_line *line)
{
    struct str text;
    line->has_id = true;
    return json_plain(value, &text) && uid_parse(text, &line->id) == ERR_OK;
}

static bool read_body(struct str value, struct str *body_out)
{
    *body_out = value;
    return value.ptr[0] == '{';
}

static bool is_salt(struct str value)
{
    uint8_t salt[CHAIN_SALT_SIZE];
    return json_b64(value, salt, sizeof salt);
}

/* The member's bit is set if it is one of an event, whether it can be read or not. */
static bool read_member(struct str name, struct str value, struct wire_line *line,
                        unsigned *seen)
{
#define MEMBER(text, bit) (str_eq(name, STR(text)) && (*seen |= (bit)))
    if (MEMBER("seq", SEEN_SEQ)) {
        return json_number(value, &line->seq) && line->seq > 0;
    }
    if (str_eq(name, STR("id"))) {
        return read_id(value, line);
    }
    if (MEMBER("kind", SEEN_KIND)) {
        return read_kind(value, line->kind);
    }
    if (MEMBER("v", SEEN_VERSION)) {
        return read_version(value, &line->version);
    }
    if (MEMBER("boot", SEEN_BOOT)) {
        return json_number(value, &line->boot);
    }
    if (MEMBER("mono_ms", SEEN_MONO)) {
        return json_number(value, &line->mono_ms);
    }
    if (MEMBER("boot_ms", SEEN_BOOT_MS)) {
        return json_number(value, &line->boot_ms);
    }
    if (MEMBER("wall_ms", SEEN_WALL)) {
        return json_number(value, &line->wall_ms);
    }
    if (MEMBER("salt", SEEN_SALT)) {
        return is_salt(value);
    }
    if (MEMBER("body", SEEN_BODY)) {
        return read_body(value, &line->body);
    }
#undef MEMBER
    return true;
}

/* Its wall clock as such, or what it said when the boot began. */
static bool take_wall(struct wire_line *line, unsigned *seen)
{
    if (*seen & SEEN_BOOT_MS) {
        line->wall_ms = line->boot_ms + line->mono_ms;
        *seen = (*seen | SEEN_WALL) & ~(unsigned)SEEN_BOOT_MS;
    }
    return line->wall_ms <= WIRE_NUMBER_MAX;
}

static bool read_event(struct str text, struct wire_line *line)
{
    struct json_walk walk = json_walk(text);
    struct str name, value;
    unsigned seen = 0;
    while (json_walk_next(&walk, &name, &value)) {
        if (!read_member(name, value, line, &seen)) {
            return false;
        }
    }
    return take_wall(line, &seen) && seen == SEEN_ALL;
}

/* ---- the others -------------------------------------------------------------------- */

static bool is_gone(struct str name, struct str value, struct json_walk walk)
{
    return str_eq(name, STR("seq")) && value.len > 0 &&
           json_walk_next(&walk, &name, &value) && str_eq(name, STR("gone"));
}

/* The first members say what a line is; then it must be one. */
static enum wire_line_kind kind_of(struct str text)
{
    struct json_walk walk = json_walk(text);
    struct str name, value;
    if (!json_walk_next(&walk, &name, &value)) {
        return WIRE_UNREADABLE;
    }
    if (str_eq(name, STR("check"))) {
        return WIRE_CHECK;
    }
    if (str_eq(name, STR("sig"))) {
        return WIRE_SIG;
    }
    return is_gone(name, value, walk) ? WIRE_GONE : WIRE_EVENT;
}

static bool read_gone(struct str text, struct wire_line *line)
{
    struct json_walk walk = json_walk(text);
    struct str name, value;
    return json_walk_next(&walk, &name, &value) && json_number(value, &line->seq) &&
           line->seq > 0 && json_walk_next(&walk, &name, &value) &&
           json_b64(value, line->hash.b, sizeof line->hash.b);
}

static bool read_bytes(struct str text, uint8_t *out, size_t len)
{
    struct json_walk walk = json_walk(text);
    struct str name, value;
    return json_walk_next(&walk, &name, &value) && json_b64(value, out, len);
}

static bool read_as(enum wire_line_kind what, struct str text, struct wire_line *line)
{
    switch (what) {
    case WIRE_EVENT:
        return read_event(text, line);
    case WIRE_GONE:
        return read_gone(text, line);
    case WIRE_CHECK:
        return read_bytes(text, line->check, sizeof line->check);
    case WIRE_SIG:
        return read_bytes(text, line->signature, sizeof line->signature);
    case WIRE_UNREADABLE:
        break;
    }
    return false;
}

void wire_line_parse(struct str text, struct wire_line *line_out)
{
    bool readable = text.len <= WIRE_LINE_MAX && json_object_valid(text);
    memset(line_out, 0, sizeof *line_out);
    line_out->what = readable ? kind_of(text) : WIRE_UNREADABLE;
    if (!read_as(line_out->what, text, line_out)) {
        memset(line_out, 0, sizeof *line_out);
        line_out->what = WIRE_UNREADABLE;
    }
    if (line_out->what == WIRE_EVENT || line_out->what == WIRE_UNREADABLE) {
        line_out->hash = chain_line_hash(text);
    }
}
