/* Answers in fewer bytes: only for who asks, only where it is worth it, and whole again.
 */
#include "unit/unit.h"

#include "wire/squeeze.h"

#include <string.h>
#include <zstd.h>

static void test_asked(void **state)
{
    (void)state;
    assert_false(squeeze_wanted(NULL));
    assert_false(squeeze_wanted(""));
    assert_false(squeeze_wanted("gzip, br"));
    assert_false(squeeze_wanted("gzip, zstd;q=0"));
    assert_true(squeeze_wanted("zstd"));
    assert_true(squeeze_wanted("gzip, zstd, br"));
}

static void test_short_stays(void **state)
{
    struct bytes text = {0};
    (void)state;
    assert_false(squeeze(&text));
    bytes_puts(&text, "{\"to\":1}\n");
    assert_false(squeeze(&text));
    assert_int_equal(text.len, 9);
    bytes_free(&text);
}

static void test_long_comes_back(void **state)
{
    static char again[64 * 1024];
    struct bytes text = {0}, before = {0};
    (void)state;
    for (int i = 0; i < 400; i++) {
        bytes_printf(&text, "{\"rev\":%d,\"kind\":\"wish\",\"id\":\"%d\"}\n", i,
                     i * 7919);
    }
    bytes_put(&before, text.data, text.len);
    assert_true(squeeze(&text));
    assert_true(text.len < before.len / 2);
    assert_int_equal(ZSTD_decompress(again, sizeof again, text.data, text.len),
                     before.len);
    assert_memory_equal(again, before.data, before.len);
    bytes_free(&text);
    bytes_free(&before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_asked),
        cmocka_unit_test(test_short_stays),
        cmocka_unit_test(test_long_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
