#include "wire/json.h"

#include "base/utf8.h"

#include <string.h>

/* What is being checked. Names are kept as hashes: two that are the same have the same
 * hash, and nobody but who wants their own line refused finds two others. */
struct check {
    const char *at, *end;
    uint64_t names[JSON_MEMBERS_MAX];
    int name_count, depth;
    bool plain; /* no byte of the text is escaped: a string ends at the next quote */
};

static bool check_value(struct check *c);

static const char *skip_space(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t')) {
        at++;
    }
    return at;
}

static bool take(struct check *c, char wanted)
{
    c->at = skip_space(c->at, c->end);
    if (c->at == c->end || *c->at != wanted) {
        return false;
    }
    c->at++;
    return true;
}

static bool take_word(struct check *c, const char *word, size_t len)
{
    if ((size_t)(c->end - c->at) < len || memcmp(c->at, word, len) != 0) {
        return false;
    }
    c->at += len;
    return true;
}

/* ---- strings ----------------------------------------------------------------------- */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Four hex digits; -1 if they are none. */
static int take_hex(struct check *c)
{
    int value = 0;
    if (c->end - c->at < 4) {
        return -1;
    }
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(*c->at++);
        if (digit < 0) {
            return -1;
        }
        value = value << 4 | digit;
    }
    return value;
}

static bool is_high(int unit)
{
    return unit >= 0xD800 && unit < 0xDC00;
}

static bool is_low(int unit)
{
    return unit >= 0xDC00 && unit < 0xE000;
}

/* Behind \u: the character, 0 if it is malformed or U+0000. */
static uint32_t take_unicode(struct check *c)
{
    int unit = take_hex(c);
    if (unit <= 0 || is_low(unit)) {
        return 0;
    }
    if (!is_high(unit)) {
        return (uint32_t)unit;
    }
    int low = take_word(c, "\\u", 2) ? take_hex(c) : -1;
    return is_low(low) ? 0x10000u + ((uint32_t)(unit & 0x3FF) << 10 | (low & 0x3FF)) : 0;
}

/* Behind a backslash: the character, 0 if there is no such. */
static uint32_t take_escape(struct check *c)
{
    static const char letters[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
    if (c->at == c->end) {
        return 0;
    }
    char letter = *c->at++;
    if (letter == 'u') {
        return take_unicode(c);
    }
    const char *found = letter ? strchr(letters, letter) : NULL;
    return found ? (uint32_t)means[found - letters] : 0;
}

static uint64_t hash_byte(uint64_t hash, unsigned char byte)
{
    return (hash ^ byte) * 0x100000001B3u; /* FNV-1a */
}

static uint64_t hash_char(uint64_t hash, uint32_t cp)
{
    char bytes[4];
    size_t len = utf8_encode(cp, bytes);
    for (size_t i = 0; i < len; i++) {
        hash = hash_byte(hash, (unsigned char)bytes[i]);
    }
    return hash;
}

/* A byte that stands for itself. That all bytes are UTF-8 was looked at before, for the
 * whole text at once. */
static bool is_plain(unsigned char byte)
{
    return byte >= 0x20 && byte != '"' && byte != '\\';
}

static bool skip_plain_string(struct check *c)
{
    const char *quote = memchr(c->at, '"', (size_t)(c->end - c->at));
    c->at = quote ? quote + 1 : c->end;
    return quote != NULL;
}

/* A value: nobody asks what it says. */
static bool check_string(struct check *c)
{
    if (c->plain) {
        c->at++;
        return skip_plain_string(c);
    }
    for (c->at++; c->at < c->end;) {
        unsigned char byte = (unsigned char)*c->at++;
        if (is_plain(byte) || (byte == '\\' && take_escape(c) != 0)) {
            continue;
        }
        return byte == '"';
    }
    return false;
}

static bool check_name(struct check *c, uint64_t *hash_out)
{
    uint64_t hash = 0xCBF29CE484222325u;
    if (!take(c, '"')) {
        return false;
    }
    while (c->at < c->end) {
        unsigned char byte = (unsigned char)*c->at++;
        if (is_plain(byte)) {
            hash = hash_byte(hash, byte);
            continue;
        }
        uint32_t cp = byte == '\\' ? take_escape(c) : 0;
        if (cp == 0) {
            *hash_out = hash;
            return byte == '"';
        }
        hash = hash_char(hash, cp);
    }
    return false;
}

/* ---- numbers, arrays, objects ------------------------------------------------------ */

static bool take_digits(struct check *c, int max)
{
    const char *from = c->at;
    while (c->at < c->end && *c->at >= '0' && *c->at <= '9') {
        c->at++;
    }
    return c->at > from && c->at - from <= max;
}

static bool check_number(struct check *c)
{
    take_word(c, "-", 1);
    if (!take_word(c, "0", 1) && !take_digits(c, JSON_DIGITS_MAX)) {
        return false;
    }
    if (take_word(c, ".", 1) && !take_digits(c, JSON_DIGITS_MAX)) {
        return false;
    }
    if (take_word(c, "e", 1) || take_word(c, "E", 1)) {
        if (!take_word(c, "+", 1)) {
            take_word(c, "-", 1);
        }
        return take_digits(c, 2);
    }
    return true;
}

static bool check_array(struct check *c)
{
    if (take(c, ']')) {
        return true;
    }
    while (check_value(c)) {
        if (take(c, ']')) {
            return true;
        }
        if (!take(c, ',')) {
            return false;
        }
    }
    return false;
}

/* Notes a name of the object whose names begin at `first`. */
static bool note_name(struct check *c, int first, uint64_t hash)
{
    for (int i = first; i < c->name_count; i++) {
        if (c->names[i] == hash) {
            return false;
        }
    }
    if (c->name_count == JSON_MEMBERS_MAX) {
        return false;
    }
    c->names[c->name_count++] = hash;
    return true;
}

static bool check_members(struct check *c, int first)
{
    uint64_t hash;
    while (check_name(c, &hash) && note_name(c, first, hash) && take(c, ':') &&
           check_value(c)) {
        if (take(c, '}')) {
            return true;
        }
        if (!take(c, ',')) {
            return false;
        }
    }
    return false;
}

static bool check_object(struct check *c)
{
    int first = c->name_count;
    bool valid = take(c, '}') || check_members(c, first);
    c->name_count = first;
    return valid;
}

static bool check_nested(struct check *c)
{
    if (c->depth == JSON_DEPTH_MAX) {
        return false;
    }
    c->depth++;
    bool valid = *c->at++ == '{' ? check_object(c) : check_array(c);
    c->depth--;
    return valid;
}

static bool check_value(struct check *c)
{
    c->at = skip_space(c->at, c->end);
    if (c->at == c->end) {
        return false;
    }
    switch (*c->at) {
    case '{':
    case '[':
        return check_nested(c);
    case '"':
        return check_string(c);
    case 't':
        return take_word(c, "true", 4);
    case 'f':
        return take_word(c, "false", 5);
    case 'n':
        return take_word(c, "null", 4);
    default:
        return check_number(c);
    }
}

/* What most lines are: ASCII without control characters. Eight bytes at once, as every
 * byte of every line is looked at: the highest bit says of each that it is not below 0x80,
 * or below 0x20. */
static bool is_printable(struct str text)
{
    const uint64_t high = 0x8080808080808080u, space = 0x2020202020202020u;
    size_t i = 0;
    uint64_t bad = 0;
    for (; i + sizeof bad <= text.len; i += sizeof bad) {
        uint64_t eight;
        memcpy(&eight, text.ptr + i, sizeof eight);
        bad |= eight | ~((eight | high) - space);
    }
    for (; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        bad |= byte >= 0x20 && byte < 0x80 ? 0 : high;
    }
    return (bad & high) == 0;
}

bool json_object_valid(struct str text)
{
    struct check c;
    c.at = skip_space(text.ptr, text.ptr + text.len);
    c.end = text.ptr + text.len;
    c.name_count = c.depth = 0;
    if (c.at == c.end || *c.at != '{') {
        return false;
    }
    bool printable = is_printable(text);
    c.plain = printable && memchr(text.ptr, '\\', text.len) == NULL;
    if (!printable && !utf8_valid(text)) {
        return false;
    }
    return check_nested(&c) && skip_space(c.at, c.end) == c.end;
}
