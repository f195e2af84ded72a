/* The second look at an object that is known to be valid: nothing is checked here. */
#include "wire/bytes.h"
#include "wire/json.h"
#include "wire/line.h"

#include <string.h>

struct json_walk json_walk(struct str object)
{
    const char *open = memchr(object.ptr, '{', object.len);
    CHECK(open != NULL);
    return (struct json_walk){open + 1, object.ptr + object.len};
}

/* The first byte that is not white space nor one of `c`. */
static void skip(struct json_walk *walk, char c)
{
    while (walk->at < walk->end &&
           (*walk->at == ' ' || *walk->at == '\t' || *walk->at == c)) {
        walk->at++;
    }
}

/* A quote that ends no string stands behind an odd number of backslashes. */
static bool is_escaped(const char *quote)
{
    size_t before = 0;
    while (quote[-1 - (ptrdiff_t)before] == '\\') {
        before++;
    }
    return before % 2 == 1;
}

/* From an opening quote to behind the closing one. */
static void skip_string(struct json_walk *walk)
{
    const char *quote = walk->at;
    do {
        quote = memchr(quote + 1, '"', (size_t)(walk->end - quote) - 1);
        CHECK(quote != NULL);
    } while (is_escaped(quote));
    walk->at = quote + 1;
}

/* Brackets within strings do not count. */
static void skip_nested(struct json_walk *walk)
{
    static const uint8_t stops[256] = {
        ['"'] = 1, ['{'] = 1, ['['] = 1, ['}'] = 1, [']'] = 1};
    int depth = 0;
    do {
        while (!stops[(unsigned char)*walk->at]) {
            walk->at++;
        }
        if (*walk->at == '"') {
            skip_string(walk);
            continue;
        }
        depth += *walk->at == '{' || *walk->at == '[' ? 1 : -1;
        walk->at++;
    } while (depth > 0);
}

static void skip_word(struct json_walk *walk)
{
    char c = *walk->at;
    while (c != ',' && c != '}' && c != ' ' && c != '\t') {
        c = *++walk->at;
    }
}

bool json_walk_next(struct json_walk *walk, struct str *name_out, struct str *value_out)
{
    skip(walk, ',');
    if (*walk->at == '}') {
        return false;
    }
    const char *name = walk->at + 1;
    skip_string(walk);
    *name_out = (struct str){name, (size_t)(walk->at - name) - 1};
    skip(walk, ':');
    const char *value = walk->at;
    if (*value == '"') {
        skip_string(walk);
    } else if (*value == '{' || *value == '[') {
        skip_nested(walk);
    } else {
        skip_word(walk);
    }
    *value_out = (struct str){value, (size_t)(walk->at - value)};
    return true;
}

bool json_number(struct str value, int64_t *number_out)
{
    int64_t number = 0;
    if (value.len == 0 || value.len > 16) {
        return false;
    }
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] < '0' || value.ptr[i] > '9') {
            return false;
        }
        number = number * 10 + (value.ptr[i] - '0');
    }
    if (number > WIRE_NUMBER_MAX) {
        return false;
    }
    *number_out = number;
    return true;
}

bool json_plain(struct str value, struct str *text_out)
{
    if (value.len < 2 || value.ptr[0] != '"' ||
        memchr(value.ptr, '\\', value.len) != NULL) {
        return false;
    }
    *text_out = (struct str){value.ptr + 1, value.len - 2};
    return true;
}

bool json_b64(struct str value, uint8_t *out, size_t len)
{
    struct str text;
    return json_plain(value, &text) && b64_parse(text, out, len) == ERR_OK;
}
