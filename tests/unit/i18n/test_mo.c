#include "i18n/mo.h"
#include "unit/unit.h"

struct file {
    unsigned char bytes[512];
    size_t len;
    bool big;
};

static void put_word(struct file *f, size_t at, uint32_t value)
{
    for (int i = 0; i < 4; i++) {
        f->bytes[at + (size_t)i] = (unsigned char)(value >> 8 * (f->big ? 3 - i : i));
    }
}

static void put_text(struct file *f, size_t row, const char *text)
{
    size_t len = strlen(text);
    put_word(f, row, (uint32_t)len);
    put_word(f, row + 4, (uint32_t)f->len);
    memcpy(f->bytes + f->len, text, len + 1);
    f->len += len + 1;
}

static const char *const rows[][2] = {
    {"", "Language: xx\n"},
    {"Ja", "Yes"},
    {"Nein", "No"},
    {"Zurück", "Back"},
};

#define ROWS (sizeof rows / sizeof rows[0])
#define TABLE_1 28u
#define TABLE_2 (TABLE_1 + 8 * (uint32_t)ROWS)

static struct file good_file(bool big)
{
    struct file f = {.len = TABLE_2 + 8 * ROWS, .big = big};
    put_word(&f, 0, 0x950412de);
    put_word(&f, 8, ROWS);
    put_word(&f, 12, TABLE_1);
    put_word(&f, 16, TABLE_2);
    for (size_t i = 0; i < ROWS; i++) {
        put_text(&f, TABLE_1 + 8 * i, rows[i][0]);
        put_text(&f, TABLE_2 + 8 * i, rows[i][1]);
    }
    return f;
}

static void test_finds_in_both_byte_orders(void **state)
{
    (void)state;
    for (int big = 0; big < 2; big++) {
        struct file f = good_file(big);
        struct mo mo;
        struct str found;
        assert_int_equal(mo_open(f.bytes, f.len, &mo), ERR_OK);
        for (size_t i = 0; i < ROWS; i++) {
            assert_true(mo_find(&mo, rows[i][0], &found));
            assert_string_equal(found.ptr, rows[i][1]);
            assert_int_equal(found.len, strlen(rows[i][1]));
        }
        assert_false(mo_find(&mo, "Vielleicht", &found));
        assert_false(mo_find(&mo, "J", &found));
        assert_false(mo_find(&mo, "Jaa", &found));
    }
}

static const struct {
    const char *name;
    size_t at;
    uint32_t value;
} hostile_cases[] = {
    {"magic", 0, 0x12345678},
    {"revision", 4, 2u << 16},
    {"count beyond the file", 8, 1000},
    {"count that overflows", 8, 0x20000001},
    {"greatest count", 8, 0xffffffff},
    {"first table beyond the end", 12, 0x7fffffff},
    {"first table in the header", 12, 8},
    {"second table at the last byte", 16, 500},
    {"second table wraps", 16, 0xfffffff8},
    {"length beyond the end", TABLE_1 + 8, 100000},
    {"greatest length", TABLE_1 + 8, 0xffffffff},
    {"length to the end, no NUL", TABLE_2 + 8, 2},
    {"length over the last NUL", TABLE_2 + 24, 5},
    {"offset beyond the end", TABLE_2 + 12, 100000},
    {"greatest offset", TABLE_2 + 12, 0xffffffff},
};

static void test_refuses_what_lies_outside(void **state)
{
    (void)state;
    for (int big = 0; big < 2; big++) {
        for (size_t i = 0; i < ARRAY_LEN(hostile_cases); i++) {
            struct file f = good_file(big);
            struct mo mo;
            put_word(&f, hostile_cases[i].at, hostile_cases[i].value);
            if (mo_open(f.bytes, f.len, &mo) != ERR_CORRUPT) {
                fail_msg("%s was taken", hostile_cases[i].name);
            }
        }
    }
}

static void test_refuses_every_cut(void **state)
{
    (void)state;
    struct file f = good_file(false);
    for (size_t len = 0; len < f.len; len++) {
        struct mo mo;
        unsigned char *exact =
            test_malloc(len + 1); /* a byte further is seen by sanitizers */
        memcpy(exact, f.bytes, len);
        assert_int_equal(mo_open(exact, len, &mo), ERR_CORRUPT);
        test_free(exact);
    }
}

/* Whatever one changed byte does, nothing outside of the bytes is read. */
static void test_survives_every_changed_byte(void **state)
{
    (void)state;
    for (size_t at = 0; at < good_file(false).len; at++) {
        for (int change = 1; change < 256; change += 41) {
            struct file f = good_file(false);
            struct mo mo;
            struct str found;
            f.bytes[at] ^= (unsigned char)change;
            if (mo_open(f.bytes, f.len, &mo) == ERR_OK && mo_find(&mo, "Nein", &found)) {
                assert_true(found.ptr >= (const char *)f.bytes);
                assert_true(found.ptr + found.len < (const char *)f.bytes + f.len);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finds_in_both_byte_orders),
        cmocka_unit_test(test_refuses_what_lies_outside),
        cmocka_unit_test(test_refuses_every_cut),
        cmocka_unit_test(test_survives_every_changed_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
