#include "base/utf8.h"
#include "unit/unit.h"

#include <stdio.h>

static const struct {
    const char *name, *in, *out;
    size_t chars_max;
} clean_cases[] = {
    {"plain", "Falke", "Falke", 20},
    {"trimmed", "  Fal \t ke\n", "Fal ke", 20},
    {"control bytes", "Fa\x01lk\x7f\x1b[2Je", "Falk[2Je", 20},
    {"bidi override", "Fal\xE2\x80\xAEke", "Falke", 20},
    {"isolates", "\xE2\x81\xA6" "Falke\xE2\x81\xA9", "Falke", 20},
    {"overlong slash", "a\xC0\xAF" "b", "ab", 20},
    {"surrogate", "a\xED\xA0\x80" "b", "ab", 20},
    {"cut in the middle", "a\xE2\x82", "a", 20},
    {"characters, not bytes", "äöüäöü", "äöü", 3},
    {"no space at the end when full", "ab cd", "ab", 3},
    {"arabic stays", "أهلا", "أهلا", 20},
    {"zero width space", "Fal\xE2\x80\x8Bke", "Falke", 20},
    {"nothing left", "\x01\x02 ", "", 20},
};

static void test_clean(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(clean_cases); i++) {
        char out[64];
        utf8_clean(out, sizeof out, str_of(clean_cases[i].in), clean_cases[i].chars_max);
        if (strcmp(out, clean_cases[i].out) != 0) {
            fail_msg("%s: got \"%s\"", clean_cases[i].name, out);
        }
    }
}

static void test_clean_never_splits_a_character(void **state)
{
    (void)state;
    for (size_t size = 1; size < 12; size++) {
        char out[16];
        size_t n = utf8_clean(out, size, STR("äÄ€a𐍈"), 99);
        assert_true(n < size);
        assert_true(utf8_valid((struct str){out, n}));
    }
}

static void test_every_scalar_value_comes_back(void **state)
{
    (void)state;
    for (uint32_t cp = 1; cp <= 0x10FFFF; cp++) {
        char bytes[4];
        size_t at = 0;
        if (cp >= 0xD800 && cp <= 0xDFFF) {
            continue;
        }
        struct str s = {bytes, utf8_encode(cp, bytes)};
        assert_true(utf8_valid(s));
        assert_int_equal(utf8_next(s, &at), cp);
        assert_int_equal(at, s.len);
        assert_int_equal(utf8_cut((struct str){bytes, s.len}, s.len - 1), 0);
        assert_int_equal(utf8_whole((struct str){bytes, s.len - 1}), 0);
    }
}

static void test_printf_cuts_whole_characters(void **state)
{
    (void)state;
    char memory[6];
    struct buf b;
    buf_init(&b, memory, sizeof memory);
    buf_printf(&b, "%s", "abc€");
    assert_true(b.cut);
    assert_string_equal(memory, "abc");
    buf_clear(&b);
    buf_printf(&b, "%s", "ab€");
    assert_false(b.cut);
    assert_string_equal(memory, "ab€");
}

static void test_json_escapes(void **state)
{
    (void)state;
    char memory[64];
    struct buf b;
    buf_init(&b, memory, sizeof memory);
    buf_json(&b, STR("a\"\\\n\x01ä"));
    assert_string_equal(memory, "\"a\\\"\\\\\\n\\u0001ä\"");
}

static void test_numbers(void **state)
{
    static const int64_t numbers[] = {0, 7, 10, -1, 1795430000000, INT64_MAX, INT64_MIN};
    char memory[24], same[24];
    struct buf b;
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        buf_init(&b, memory, sizeof memory);
        buf_int(&b, numbers[i]);
        snprintf(same, sizeof same, "%lld", (long long)numbers[i]);
        assert_string_equal(memory, same);
    }
    buf_init(&b, memory, 3);
    buf_int(&b, 123);
    assert_true(b.cut);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clean),
        cmocka_unit_test(test_clean_never_splits_a_character),
        cmocka_unit_test(test_every_scalar_value_comes_back),
        cmocka_unit_test(test_printf_cuts_whole_characters),
        cmocka_unit_test(test_json_escapes),
        cmocka_unit_test(test_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
