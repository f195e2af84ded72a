/* Any bytes: what our scanner takes, jansson takes too, and both see the same members. */
#include "wire/json.h"

#include <jansson.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static json_t *read_value(struct str value)
{
    json_t *tree =
        json_loadb(value.ptr, value.len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
    CHECK(tree != NULL);
    return tree;
}

/* The name as jansson reads it, from a text of one string. */
static json_t *read_name(struct str name)
{
    struct str quoted = {name.ptr - 1, name.len + 2};
    json_t *tree = read_value(quoted);
    CHECK(json_is_string(tree));
    return tree;
}

static void check_member(const json_t *object, struct str name, struct str value)
{
    json_t *name_tree = read_name(name), *tree = read_value(value);
    int64_t number;
    struct str text;
    CHECK(json_equal(json_object_get(object, json_string_value(name_tree)), tree));
    if (json_number(value, &number)) {
        CHECK(json_is_integer(tree) && json_integer_value(tree) == number);
    }
    if (json_plain(value, &text)) {
        CHECK(json_is_string(tree) && str_eq(text, str_of(json_string_value(tree))));
    }
    json_decref(name_tree);
    json_decref(tree);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size}, name, value;
    if (!json_object_valid(text)) {
        return 0;
    }
    json_t *object = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, NULL);
    CHECK(json_is_object(object));
    struct json_walk walk = json_walk(text);
    size_t count = 0;
    while (json_walk_next(&walk, &name, &value)) {
        check_member(object, name, value);
        count++;
    }
    CHECK(count == json_object_size(object));
    json_decref(object);
    return 0;
}
