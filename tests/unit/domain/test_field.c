#include "base/asset.h"
#include "domain/field.h"
#include "unit/unit.h"

static void test_codes(void **state)
{
    (void)state;
    assert_int_equal(field_from_code(STR("F01")), 1);
    assert_int_equal(field_from_code(STR("F25")), 25);
    assert_int_equal(field_from_code(STR("F26")), 0);
    assert_int_equal(field_from_code(STR("F00")), 0);
    assert_int_equal(field_from_code(STR("f01")), 0);
    assert_int_equal(field_from_code(STR("F1")), 0);
    assert_int_equal(field_from_code(STR("F+1")), 0);
    for (int field = 1; field <= FIELD_MAX; field++) {
        char code[FIELD_CODE_SIZE];
        field_code(field, code);
        assert_int_equal(field_from_code(str_of(code)), field);
    }
}

static void test_names_and_icons_are_distinct(void **state)
{
    (void)state;
    for (int a = 1; a <= FIELD_MAX; a++) {
        for (int b = a + 1; b <= FIELD_MAX; b++) {
            assert_string_not_equal(field_name(a), field_name(b));
            assert_string_not_equal(field_icon(a), field_icon(b));
        }
    }
    assert_non_null(field_name(0));
    assert_non_null(field_name(99));
}

static void test_every_icon_is_there(void **state)
{
    (void)state;
    for (int field = 0; field <= FIELD_MAX; field++) {
        char name[64];
        struct buf b;
        buf_init(&b, name, sizeof name);
        buf_printf(&b, "icons/%s.svg", field_icon(field));
        if (!asset_find(name)) {
            fail_msg("no %s", name);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_names_and_icons_are_distinct),
        cmocka_unit_test(test_every_icon_is_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
