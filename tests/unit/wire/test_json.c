#include "wire/json.h"
#include "base/utf8.h"
#include "unit/unit.h"

#include <jansson.h>
#include <stdio.h>

static const char *const valid[] = {
    "{}",
    " {\t} ",
    "{\"a\":1}",
    "{\"a\":-0}",
    "{\"a\":0.5e+10,\"b\":1E5,\"c\":2e-3}",
    "{\"a\":[],\"b\":[1,\"\",null,true,false,{}]}",
    "{\"\":{}}",
    "{\"a\":{\"a\":{\"a\":1}}}",
    "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\uD83D\\uDE00\"}",
    "{\"a\":\"\x7F\"}",
    "{\"\xC3\xA4\":\"\xF0\x9F\x98\x80\"}",
    "{\"a\":[{\"b\":1},{\"b\":2}]}",
    "{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{\"f\":{\"g\":{}}}}}}}}",
    "{\"a\":\"\xF4\x8F\xBF\xBF\"}",
    "{\"a\" : 1 , \"b\":\t2}",
    "{\"a\\u0062\":1,\"a\":2}",
};

static const char *const invalid[] = {
    "",
    " ",
    "{",
    "}",
    "[]",
    "1",
    "null",
    "\"a\"",
    "{}{}",
    "{} x",
    "{,}",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\":1,}",
    "{a:1}",
    "{'a':1}",
    "{\"a\":01}",
    "{\"a\":+1}",
    "{\"a\":.5}",
    "{\"a\":1.}",
    "{\"a\":1e}",
    "{\"a\":-}",
    "{\"a\":0x1}",
    "{\"a\":NaN}",
    "{\"a\":tru}",
    "{\"a\":truex}",
    "{\"a\":\"}",
    "{\"a\":\"\\x\"}",
    "{\"a\":\"\\u12\"}",
    "{\"a\":\"\\u12g4\"}",
    "{\"a\":\"\\u0000\"}",
    "{\"a\":\"\\ud800\"}",
    "{\"a\":\"\\ud800\\u0041\"}",
    "{\"a\":\"\\udc00\"}",
    "{\"a\":\"\x1F\"}",
    "{\"a\":\"\xC3\"}",
    "{\"a\":\"\xC0\x80\"}",
    "{\"a\":\"\xED\xA0\x80\"}",
    "{\"a\":\"\xFF\"}",
    "{\"a\":1\r}",
    "{\"a\":1\n}",
    "{\"a\":[1,]}",
    "{\"a\":[1 2]}",
    "{\"a\":[}",
    "{\"a\":[1}}",
    "{\"a\":1 \"b\":2}",
    "\xEF\xBB\xBF{}",
    "{\"a\":1,\"a\":1}",
    "{\"a\":1,\"\\u0061\":1}",
    "{\"b\":{\"a\":1,\"x\":[],\"a\":2}}",
    "{\"\xC3\xA4\":1,\"\\u00e4\":1}",
    "{\"\xF0\x9F\x98\x80\":1,\"\\uD83D\\uDE00\":1}",
    "{\"a\":[[[[[[[[1]]]]]]]]}",
    "{\"a\":10000000000000000}",
    "{\"a\":0.10000000000000000}",
    "{\"a\":1e100}",
    "{\"a\":\"\\",
    "{\"a\":\"\\u",
    "{\"a\":\"\\ud800\\",
};

static void test_valid(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(valid); i++) {
        if (!json_object_valid(str_of(valid[i]))) {
            fail_msg("refused: %s", valid[i]);
        }
    }
}

static void test_invalid(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(invalid); i++) {
        if (json_object_valid(str_of(invalid[i]))) {
            fail_msg("accepted: %s", invalid[i]);
        }
    }
    assert_false(json_object_valid((struct str){"{\"a\":\0}", 7}));
    assert_false(json_object_valid((struct str){"{}\0", 3}));
}

/* From memory without a byte behind it, so that a sanitizer sees a step too far. */
static bool valid_in_place(const char *text, size_t len)
{
    char *copy = malloc(len ? len : 1);
    assert_non_null(copy);
    memcpy(copy, text, len);
    bool is = json_object_valid((struct str){copy, len});
    free(copy);
    return is;
}

static void test_cut_anywhere(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(valid); i++) {
        size_t last = strrchr(valid[i], '}') - valid[i];
        for (size_t len = 0; len <= last; len++) {
            assert_false(valid_in_place(valid[i], len));
        }
    }
}

/* Whatever one wrong byte makes of these texts: what we take, jansson takes too. */
static void test_no_looser_than_jansson(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(valid); i++) {
        char text[128];
        size_t len = strlen(valid[i]);
        for (size_t at = 0; at < len; at++) {
            for (int byte = 1; byte < 256; byte++) {
                memcpy(text, valid[i], len + 1);
                text[at] = (char)byte;
                json_t *tree = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
                if (tree == NULL && valid_in_place(text, len)) {
                    fail_msg("accepted: %s", text);
                }
                json_decref(tree);
            }
        }
    }
}

/* One byte that is not as the others, at every place of a string. */
static void test_every_byte(void **state)
{
    static const char object[] = "{\"a\":\"0123456789abcdefghi\",\"b\":[1]}";
    (void)state;
    for (size_t at = 6; at < 6 + 19; at++) {
        for (int byte = 0; byte < 256; byte++) {
            char text[sizeof object];
            memcpy(text, object, sizeof object);
            text[at] = (char)byte;
            bool fits = byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
            /* Of the letters here some may stand behind a backslash. */
            fits |= byte == '\\' && strchr("bf", text[at + 1]) != NULL;
            assert_int_equal(json_object_valid((struct str){text, sizeof object - 1}),
                             fits);
        }
    }
}

static void test_members_max(void **state)
{
    static char text[16 * 300];
    (void)state;
    for (int members = JSON_MEMBERS_MAX - 1; members <= JSON_MEMBERS_MAX + 1; members++) {
        struct buf b;
        buf_init(&b, text, sizeof text);
        for (int i = 0; i < members; i++) {
            buf_printf(&b, "%c\"m%d\":%d", i ? ',' : '{', i, i);
        }
        buf_putc(&b, '}');
        assert_int_equal(json_object_valid(buf_str(&b)), members <= JSON_MEMBERS_MAX);
    }
}

/* What is closed is forgotten: only an object's own members must differ. */
static void test_many_objects(void **state)
{
    static char text[16 * 600];
    struct buf b;
    (void)state;
    buf_init(&b, text, sizeof text);
    buf_puts(&b, "{\"a\":[");
    for (int i = 0; i < 2 * JSON_MEMBERS_MAX; i++) {
        buf_printf(&b, "%s{\"a\":%d}", i ? "," : "", i);
    }
    buf_puts(&b, "],\"b\":0}");
    assert_true(json_object_valid(buf_str(&b)));
}

static void test_walk(void **state)
{
    static const struct {
        const char *name, *value;
    } members[] = {
        {"a", "1"},    {"b\\\"", "\"x\\\\\""}, {"c", "{\"d\":\"}\\\"]\",\"e\":[{}, 2]}"},
        {"f", "null"}, {"g", "[ ]"},           {"h", "-1.5e3"},
    };
    static const char text[] =
        " { \"a\":1 ,\"b\\\"\"\t: \"x\\\\\",\"c\":{\"d\":\"}\\\"]\",\"e\":"
        "[{}, 2]},\"f\":null,\"g\":[ ], \"h\":-1.5e3 } ";
    struct str name, value;
    (void)state;
    assert_true(json_object_valid(STR(text)));
    struct json_walk walk = json_walk(STR(text));
    for (size_t i = 0; i < ARRAY_LEN(members); i++) {
        assert_true(json_walk_next(&walk, &name, &value));
        assert_true(str_eq(name, str_of(members[i].name)));
        assert_true(str_eq(value, str_of(members[i].value)));
    }
    assert_false(json_walk_next(&walk, &name, &value));
    assert_false(json_walk_next(&walk, &name, &value));
}

static void test_number(void **state)
{
    static const struct {
        const char *text;
        int64_t number; /* -1: refused */
    } rows[] = {
        {"0", 0},
        {"7", 7},
        {"9007199254740991", 9007199254740991},
        {"9007199254740992", -1},
        {"9999999999999999", -1},
        {"10000000000000000", -1},
        {"-1", -1},
        {"-0", -1},
        {"1.0", -1},
        {"1e3", -1},
        {"\"1\"", -1},
        {"null", -1},
        {"", -1},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        int64_t number = -1;
        assert_int_equal(json_number(str_of(rows[i].text), &number), rows[i].number >= 0);
        assert_int_equal(number, rows[i].number);
    }
}

static void test_plain(void **state)
{
    struct str text;
    (void)state;
    assert_true(json_plain(STR("\"\""), &text) && text.len == 0);
    assert_true(json_plain(STR("\"ab\""), &text) && str_eq(text, STR("ab")));
    assert_false(json_plain(STR("\"a\\u0062\""), &text));
    assert_false(json_plain(STR("12"), &text));
    assert_false(json_plain(STR("{}"), &text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_valid),
        cmocka_unit_test(test_invalid),
        cmocka_unit_test(test_cut_anywhere),
        cmocka_unit_test(test_no_looser_than_jansson),
        cmocka_unit_test(test_every_byte),
        cmocka_unit_test(test_members_max),
        cmocka_unit_test(test_many_objects),
        cmocka_unit_test(test_walk),
        cmocka_unit_test(test_number),
        cmocka_unit_test(test_plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
