#include "domain/json_read.h"

#include "base/utf8.h"
#include "domain/json_place.h"

#include <string.h>

#define DEPTH_MAX 8 /* of our own formats */

/* jansson's words end in "near '…'": bytes of the file have no place in a message. */
static void note_syntax(struct json_ctx *ctx, const json_error_t *e)
{
    struct str words = str_of(e->text);
    const char *near = strstr(e->text, " near ");
    struct buf b;
    if (near) {
        words.len = (size_t)(near - e->text);
    }
    buf_init(&b, ctx->what, sizeof ctx->what);
    buf_puts(&b, "not well-formed JSON: ");
    buf_put(&b, words);
    ctx->line = e->line > 0 ? e->line : 1;
    ctx->failed = true;
}

json_t *json_read_open(struct json_ctx *ctx, struct str text, struct json_node *root_out)
{
    json_error_t e;
    *ctx = (struct json_ctx){.text = text};
    json_t *root =
        json_loadb(text.ptr ? text.ptr : "", text.len, JSON_REJECT_DUPLICATES, &e);
    *root_out = (struct json_node){.ctx = ctx, .value = root, .record = true};
    if (!root) {
        note_syntax(ctx, &e);
    }
    return root;
}

void json_read_error(const struct json_ctx *ctx, struct buf *error)
{
    buf_printf(error, "line %d: ", ctx->line);
    if (ctx->field[0]) {
        buf_printf(error, "field '%s': ", ctx->field);
    }
    buf_puts(error, ctx->what);
}

static void put_field(struct buf *b, const struct json_node *node)
{
    if (node->record) {
        return;
    }
    put_field(b, node->parent);
    if (!node->key) {
        buf_printf(b, "[%zu]", node->index);
    } else {
        buf_printf(b, "%s%s", b->len ? "." : "", node->key);
    }
}

static int line_of(const struct json_node *node, const char *key)
{
    struct json_step steps[DEPTH_MAX + 1];
    size_t from = DEPTH_MAX;
    steps[DEPTH_MAX] = (struct json_step){.key = key};
    for (const struct json_node *n = node; n->parent; n = n->parent) {
        CHECK(from > 0);
        steps[--from] = (struct json_step){n->key, n->index};
    }
    return json_place_line(node->ctx->text, steps + from,
                           DEPTH_MAX - from + (key != NULL));
}

bool json_read_fail(const struct json_node *node, const char *key, const char *format,
                    ...)
{
    struct json_ctx *ctx = node->ctx;
    if (ctx->failed) {
        return false;
    }
    ctx->failed = true;
    ctx->line = line_of(node, key);
    char path[512];
    struct buf b;
    buf_init(&b, path, sizeof path);
    put_field(&b, node);
    if (key) {
        buf_printf(&b, "%s%s", b.len ? "." : "", key);
    }
    utf8_clean(ctx->field, sizeof ctx->field, buf_str(&b), JSON_FIELD_SIZE);
    va_list args;
    va_start(args, format);
    buf_init(&b, ctx->what, sizeof ctx->what);
    buf_vprintf(&b, format, args);
    va_end(args);
    return false;
}

bool json_read_only(const struct json_node *node, const char *const *names, size_t count)
{
    const char *key;
    json_t *value;
    if (node->ctx->failed) {
        return false;
    }
    if (!json_is_object(node->value)) {
        return json_read_fail(node, NULL, "must be an object");
    }
    json_object_foreach((json_t *)node->value, key, value)
    {
        size_t i = 0;
        while (i < count && strcmp(names[i], key) != 0) {
            i++;
        }
        if (i == count) {
            return json_read_fail(node, key, "is not a field of this form");
        }
    }
    return true;
}

bool json_read_has(const struct json_node *node, const char *key)
{
    return json_object_get(node->value, key) != NULL;
}

/* False: nothing to read, and *ok says whether that is fine. */
static bool take(const struct json_node *node, const char *key, enum json_need need,
                 const json_t **value_out, bool *ok)
{
    *value_out = NULL;
    *ok = !node->ctx->failed;
    if (!*ok) {
        return false;
    }
    *value_out = json_object_get(node->value, key);
    if (!*value_out && need == JSON_REQUIRED) {
        *ok = json_read_fail(node, key, "is missing");
    }
    return *value_out != NULL;
}

static bool take_child(const struct json_node *node, const char *key, enum json_need need,
                       struct json_node *child_out)
{
    const json_t *value;
    bool ok;
    take(node, key, need, &value, &ok);
    *child_out =
        (struct json_node){.ctx = node->ctx, .parent = node, .key = key, .value = value};
    return ok;
}

bool json_read_object(const struct json_node *node, const char *key, enum json_need need,
                      struct json_node *child_out)
{
    if (!take_child(node, key, need, child_out)) {
        return false;
    }
    return !child_out->value || json_is_object(child_out->value) ||
           json_read_fail(node, key, "must be an object");
}

bool json_read_array(const struct json_node *node, const char *key, enum json_need need,
                     struct json_node *child_out)
{
    if (!take_child(node, key, need, child_out)) {
        return false;
    }
    return !child_out->value || json_is_array(child_out->value) ||
           json_read_fail(node, key, "must be a list");
}

bool json_read_str(const struct json_node *node, const char *key, enum json_need need,
                   struct str *out)
{
    const json_t *v;
    bool ok;
    if (!take(node, key, need, &v, &ok)) {
        return ok;
    }
    if (!json_is_string(v)) {
        return json_read_fail(node, key, "must be a text");
    }
    *out = (struct str){json_string_value(v), json_string_length(v)};
    return true;
}

bool json_read_text(const struct json_node *node, const char *key, enum json_need need,
                    size_t chars_max, char *out, size_t out_size)
{
    struct str s = {0};
    if (!json_read_str(node, key, need, &s)) {
        return false;
    }
    if (s.len == 0 && need == JSON_REQUIRED) {
        return json_read_fail(node, key, "must not be empty");
    }
    if (utf8_count(s) > chars_max || s.len >= out_size) {
        return json_read_fail(node, key, "is longer than %zu characters", chars_max);
    }
    size_t n = utf8_clean(out, out_size, s, chars_max);
    return str_eq((struct str){out, n}, s) ||
           json_read_fail(node, key,
                          "has control characters or spaces that do not belong there");
}

bool json_read_bool(const struct json_node *node, const char *key, enum json_need need,
                    bool *out)
{
    const json_t *v;
    bool ok;
    if (!take(node, key, need, &v, &ok)) {
        return ok;
    }
    if (!json_is_boolean(v)) {
        return json_read_fail(node, key, "must be true or false");
    }
    *out = json_is_true(v);
    return true;
}

bool json_read_int(const struct json_node *node, const char *key, enum json_need need,
                   int min, int max, int *out)
{
    const json_t *v;
    bool ok;
    if (!take(node, key, need, &v, &ok)) {
        return ok;
    }
    json_int_t n = json_integer_value(v);
    if (!json_is_integer(v) || n < min || n > max) {
        return json_read_fail(node, key, "must be a whole number from %d to %d", min,
                              max);
    }
    *out = (int)n;
    return true;
}

static bool to_milli(double n, int max, int decimals, int *milli_out)
{
    double unit = decimals == 2 ? 100 : decimals == 1 ? 10 : 1000;
    if (!(n >= 0 && n <= max)) {
        return false;
    }
    double scaled = n * unit;
    int64_t whole = (int64_t)(scaled + 0.5);
    double off = scaled - (double)whole;
    if (off > 1e-6 || off < -1e-6) {
        return false;
    }
    *milli_out = (int)(whole * (int64_t)(1000 / unit));
    return true;
}

bool json_read_milli(const struct json_node *node, const char *key, enum json_need need,
                     int max, int decimals, int *milli_out)
{
    const json_t *v;
    bool ok;
    if (!take(node, key, need, &v, &ok)) {
        return ok;
    }
    if (!json_is_number(v) || !to_milli(json_number_value(v), max, decimals, milli_out)) {
        return json_read_fail(node, key,
                              "must be a number from 0 to %d with at most %d decimals",
                              max, decimals);
    }
    return true;
}

bool json_read_time(const struct json_node *node, const char *key, enum json_need need,
                    int *minute_out)
{
    struct str s = {0};
    if (!json_read_str(node, key, need, &s)) {
        return false;
    }
    return !s.ptr || time_parse(s, minute_out) == ERR_OK ||
           json_read_fail(node, key, "must be a time like 16:00");
}

bool json_read_date(const struct json_node *node, const char *key, enum json_need need,
                    date_t *date_out)
{
    struct str s = {0};
    if (!json_read_str(node, key, need, &s)) {
        return false;
    }
    return !s.ptr || date_parse(s, date_out) == ERR_OK ||
           json_read_fail(node, key, "must be a date like 2026-11-27");
}

size_t json_read_count(const struct json_node *array)
{
    return json_array_size(array->value);
}

struct json_node json_read_item(const struct json_node *array, size_t index)
{
    return (struct json_node){
        .ctx = array->ctx,
        .parent = array,
        .index = index,
        .value = json_array_get(array->value, index),
    };
}

bool json_read_item_str(const struct json_node *array, size_t index, struct str *out)
{
    struct json_node item = json_read_item(array, index);
    if (array->ctx->failed) {
        return false;
    }
    if (!json_is_string(item.value)) {
        return json_read_fail(&item, NULL, "must be a text");
    }
    *out = (struct str){json_string_value(item.value), json_string_length(item.value)};
    return true;
}
