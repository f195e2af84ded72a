#include "wire/bytes.h"
#include "unit/unit.h"

static void assert_text(const struct bytes *b, const char *text)
{
    assert_int_equal(b->len, strlen(text));
    assert_memory_equal(bytes_str(b).ptr, text, b->len);
}

static void test_grows(void **state)
{
    struct bytes b = {0};
    (void)state;
    assert_int_equal(bytes_str(&b).len, 0);
    assert_non_null(bytes_str(&b).ptr);
    for (int i = 0; i < 10000; i++) {
        bytes_printf(&b, "%04d", i);
    }
    assert_int_equal(b.len, 40000);
    assert_false(b.failed);
    assert_memory_equal(b.data + 39996, "9999", 4);
    bytes_clear(&b);
    bytes_puts(&b, "again");
    assert_text(&b, "again");
    bytes_free(&b);
    assert_null(b.data);
}

static void test_bound(void **state)
{
    struct bytes b = {.max = 5};
    (void)state;
    bytes_puts(&b, "12345");
    assert_false(b.failed);
    bytes_puts(&b, "");
    assert_false(b.failed);
    bytes_puts(&b, "6");
    assert_true(b.failed);
    assert_text(&b, "12345");
    assert_null(bytes_room(&b, 0));
    bytes_clear(&b);
    assert_null(bytes_room(&b, SIZE_MAX));
    assert_int_equal(b.len, 0);
    bytes_free(&b);
    assert_int_equal(b.max, 5);
}

static void test_printf_long(void **state)
{
    struct bytes b = {0};
    (void)state;
    bytes_puts(&b, "x");
    bytes_printf(&b, "%0600d", 7);
    assert_int_equal(b.len, 601);
    assert_memory_equal(b.data + 595, "000007", 6);
    bytes_printf(&b, "%c%s", 0, "y");
    assert_int_equal(b.len, 603);
    assert_memory_equal(b.data + 601, "\0y", 2);
    bytes_free(&b);
}

static void test_json(void **state)
{
    static const struct {
        struct str text;
        const char *json;
    } rows[] = {
        {{"", 0}, "\"\""},
        {{"a\"b\\c", 5}, "\"a\\\"b\\\\c\""},
        {{"\n\x1F\0 ", 4}, "\"\\u000a\\u001f\\u0000 \""},
        {{"Jugend gr\xC3\xBC\xC3\x9Ft", 14}, "\"Jugend gr\xC3\xBC\xC3\x9Ft\""},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct bytes b = {0};
        bytes_json(&b, rows[i].text);
        assert_text(&b, rows[i].json);
        bytes_free(&b);
    }
}

static void test_b64(void **state)
{
    static const struct {
        const char *text;
        size_t len;
        uint8_t bytes[8];
    } rows[] = {
        {"", 0, {0}},
        {"-w", 1, {0xFB}},
        {"-_8", 2, {0xFB, 0xFF}},
        {"-_8A", 3, {0xFB, 0xFF, 0x00}},
        {"AAAAAAAAAAA", 8, {0}},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct bytes b = {0};
        uint8_t bytes[8];
        bytes_b64(&b, rows[i].bytes, rows[i].len);
        assert_text(&b, rows[i].text);
        assert_int_equal(b64_parse(bytes_str(&b), bytes, rows[i].len), ERR_OK);
        assert_memory_equal(bytes, rows[i].bytes, rows[i].len);
        bytes_free(&b);
    }
}

static void test_b64_refused(void **state)
{
    static const struct {
        const char *text;
        size_t len;
    } rows[] = {
        {"", 1},    {"-", 1},    {"-x", 1}, /* bits to spare that are not zero */
        {"-w=", 1}, {"-w==", 1}, {"-w", 2},   {"-_8A", 2},
        {"+/8", 2}, {"- 8", 2},  {"-\n8", 2}, {"AAAAAAAAAAAA", 8},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        uint8_t bytes[16];
        if (b64_parse(str_of(rows[i].text), bytes, rows[i].len) != ERR_INVALID) {
            fail_msg("accepted: %s as %zu bytes", rows[i].text, rows[i].len);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grows),       cmocka_unit_test(test_bound),
        cmocka_unit_test(test_printf_long), cmocka_unit_test(test_json),
        cmocka_unit_test(test_b64),         cmocka_unit_test(test_b64_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
