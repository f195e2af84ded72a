#include "domain/json_place.h"

#include <string.h>

static size_t skip_space(struct str s, size_t at)
{
    while (at < s.len && strchr(" \t\r\n", s.ptr[at]) && s.ptr[at]) {
        at++;
    }
    return at;
}

/* `at` is on the opening quote; behind the closing one afterwards. */
static size_t skip_string(struct str s, size_t at)
{
    for (at++; at < s.len && s.ptr[at] != '"'; at++) {
        at += s.ptr[at] == '\\';
    }
    return at < s.len ? at + 1 : s.len;
}

/* Behind the comma after a value, or behind the end of the text if there is none. */
static size_t skip_comma(struct str s, size_t at)
{
    at = skip_space(s, at);
    return at < s.len && s.ptr[at] == ',' ? skip_space(s, at + 1) : s.len;
}

static bool in_scalar(char c)
{
    return c && !strchr(" \t\r\n,]}", c);
}

/* Behind the value that begins at `at`, however deep. */
static size_t skip_value(struct str s, size_t at)
{
    int depth = 0;
    do {
        char c = at < s.len ? s.ptr[at] : '\0';
        if (c == '"') {
            at = skip_string(s, at);
        } else {
            depth += (c == '{' || c == '[') - (c == '}' || c == ']');
            at++;
        }
    } while (depth > 0 && at < s.len);
    while (at < s.len && at > 0 && in_scalar(s.ptr[at]) && in_scalar(s.ptr[at - 1])) {
        at++;
    }
    return at < s.len ? at : s.len;
}

/* Finds the value of a key; *mark_out is on the key. False if there is none. */
static bool enter_object(struct str s, size_t at, struct str key, size_t *mark_out,
                         size_t *value_out)
{
    for (at = skip_space(s, at + 1); at < s.len && s.ptr[at] == '"';) {
        size_t end = skip_string(s, at);
        struct str name = {s.ptr + at + 1, end - at >= 2 ? end - at - 2 : 0};
        size_t value = skip_space(s, skip_space(s, end) + 1);
        if (str_eq(name, key)) {
            *mark_out = at;
            *value_out = value;
            return true;
        }
        at = skip_comma(s, skip_value(s, value));
    }
    return false;
}

static bool enter_array(struct str s, size_t at, size_t index, size_t *mark_out,
                        size_t *value_out)
{
    at = skip_space(s, at + 1);
    for (size_t i = 0; at < s.len && s.ptr[at] != ']'; i++) {
        if (i == index) {
            *mark_out = *value_out = at;
            return true;
        }
        at = skip_comma(s, skip_value(s, at));
    }
    return false;
}

static bool enter(struct str s, size_t at, struct json_step step, size_t *mark_out,
                  size_t *value_out)
{
    char open = at < s.len ? s.ptr[at] : '\0';
    if (open == '{' && step.key) {
        return enter_object(s, at, str_of(step.key), mark_out, value_out);
    }
    return open == '[' && !step.key &&
           enter_array(s, at, step.index, mark_out, value_out);
}

int json_place_line(struct str text, const struct json_step *steps, size_t count)
{
    size_t value = skip_space(text, 0), mark = value;
    for (size_t i = 0; i < count && enter(text, value, steps[i], &mark, &value); i++) {
    }
    int line = 1;
    for (size_t i = 0; i < mark && i < text.len; i++) {
        line += text.ptr[i] == '\n';
    }
    return line;
}
