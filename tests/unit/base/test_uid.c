#include "base/uid.h"
#include "support/support.h"
#include "unit/unit.h"

static void test_text(void **state)
{
    static const struct {
        const char *text;
        struct uid id;
    } rows[] = {
        {"00000000000000000000000000", {{0}}},
        {"00000000000000000000000001", {{[15] = 1}}},
        {"40000000000000000000000000", {{[0] = 0x80}}},
        {"0000000000000G000000000000", {{[7] = 0x01, [8] = 0}}},
        {"00041061050R3GG28A1C60T3GF",
         {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}}},
        {"7ZZZZZZZZZZZZZZZZZZZZZZZZZ",
         {{255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
           255}}},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char text[UID_TEXT_SIZE];
        struct uid id;
        uid_format(rows[i].id, text);
        assert_string_equal(text, rows[i].text);
        assert_int_equal(uid_parse(str_of(text), &id), ERR_OK);
        assert_true(uid_eq(id, rows[i].id));
    }
}

static void test_lenient(void **state)
{
    struct uid strict, id;
    (void)state;
    assert_int_equal(uid_parse(STR("10ABCDEFGHJKMNPQRSTVWXYZ10"), &strict), ERR_OK);
    assert_int_equal(uid_parse(STR("ioabcdefghjkmnpqrstvwxyzlO"), &id), ERR_OK);
    assert_true(uid_eq(id, strict));
}

static void test_refused(void **state)
{
    static const char *const rows[] = {
        "",
        "0000000000000000000000000",
        "000000000000000000000000000",
        "80000000000000000000000000", /* 129 bits */
        "Z0000000000000000000000000",
        "0000000000000000000000000U",
        "0000000000000000000000000u",
        "0000000000000 000000000000",
        "0000000000000-000000000000",
        "\xFF.000000000000000000000000",
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct uid id;
        if (uid_parse(str_of(rows[i]), &id) != ERR_INVALID) {
            fail_msg("accepted: %s", rows[i]);
        }
    }
}

static void test_round(void **state)
{
    uint64_t seed = 7;
    struct rng rng = fake_rng(&seed);
    (void)state;
    for (int i = 0; i < 10000; i++) {
        struct uid id = uid_make(&rng), again;
        char text[UID_TEXT_SIZE];
        uid_format(id, text);
        assert_int_equal(uid_parse(str_of(text), &again), ERR_OK);
        assert_true(uid_eq(id, again));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_lenient),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
