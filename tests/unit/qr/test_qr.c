#include "qr/qr.h"
#include "unit/unit.h"

static struct qr qr;

static void test_sizes(void **state)
{
    static const struct {
        const char *name, *text;
        int size;
    } cases[] = {
        {"one letter", "A", 21},
        {"20 alphanumeric characters fill version 1", "ABCDEFGHIJ0123456789", 21},
        {"21 do not", "ABCDEFGHIJ01234567890", 25},
        {"a card fills version 2", "ANKP00000000000000000000000000000000AB", 25},
        {"14 bytes fill version 1", "abcdefghijklmn", 21},
        {"15 do not", "abcdefghijklmno", 25},
        {"umlauts are bytes", "äöüäöüä", 21},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_int_equal(qr_encode(str_of(cases[i].text), &qr), ERR_OK);
        if (qr.size != cases[i].size) {
            fail_msg("%s: %d modules", cases[i].name, qr.size);
        }
    }
}

static void test_finders_stand_in_three_corners(void **state)
{
    (void)state;
    assert_int_equal(qr_encode(STR("ANLAUF"), &qr), ERR_OK);
    for (int i = 0; i < 7; i++) {
        assert_true(qr_is_dark(&qr, i, 0));
        assert_true(qr_is_dark(&qr, qr.size - 1 - i, 0));
        assert_true(qr_is_dark(&qr, 0, qr.size - 1 - i));
    }
    assert_false(qr_is_dark(&qr, 7, 7));
    assert_false(qr_is_dark(&qr, -1, 0));
    assert_false(qr_is_dark(&qr, 0, qr.size));
}

static void test_refusals(void **state)
{
    static char big[10240];
    (void)state;
    memset(big, 'A', sizeof big);
    assert_int_equal(qr_encode(STR(""), &qr), ERR_INVALID);
    assert_int_equal(qr_encode(STR("\xC0\xAF"), &qr), ERR_INVALID);
    assert_int_equal(qr_encode((struct str){big, sizeof big}, &qr), ERR_FULL);
    assert_int_equal(qr_encode((struct str){big, 970}, &qr), ERR_OK);
    assert_int_equal(qr.size, QR_SIZE_MAX);
    assert_int_equal(qr_encode((struct str){big, 971}, &qr), ERR_FULL);
    memset(big, 'a', sizeof big);
    assert_int_equal(qr_encode((struct str){big, 666}, &qr), ERR_OK);
    assert_int_equal(qr.size, QR_SIZE_MAX);
    assert_int_equal(qr_encode((struct str){big, 667}, &qr), ERR_FULL);
}

static void test_a_nul_byte_is_text(void **state)
{
    (void)state;
    assert_int_equal(qr_encode((struct str){"A\0B", 3}, &qr), ERR_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_finders_stand_in_three_corners),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_a_nul_byte_is_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
