#include "base/check.h"
#include "server/quota.h"
#include "unit/unit.h"

#define DAY_MS INT64_C(86400000)
#define NOW (20000 * DAY_MS)

static void test_leak(void **state)
{
    static const struct {
        const char *name;
        int64_t bytes, passed_ms, left;
    } rows[] = {
        {"nothing", 0, DAY_MS, 0},
        {"at once", 1000, 0, 1000},
        {"a day", QUOTA_BYTES, DAY_MS, QUOTA_BYTES - QUOTA_BYTES_A_DAY},
        {"an hour", QUOTA_BYTES, DAY_MS / 24, QUOTA_BYTES - QUOTA_BYTES_A_DAY / 24},
        {"half of a little", 1000, DAY_MS / 2, 0},
        {"a week and a day", QUOTA_BYTES, 8 * DAY_MS, 0},
        {"sixty years", QUOTA_BYTES, 60 * 365 * DAY_MS, 0},
        {"the clock was set back", 1000, -DAY_MS, 1000},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct quota quota = {rows[i].bytes, NOW};
        int64_t left = quota_bytes(quota, NOW + rows[i].passed_ms);
        if (left != rows[i].left) {
            fail_msg("%s: %lld", rows[i].name, (long long)left);
        }
    }
}

static void test_full(void **state)
{
    struct quota quota = {0, 0};
    (void)state;
    assert_false(quota_full(quota, NOW));
    quota = quota_add(quota, NOW, QUOTA_BYTES - 1);
    assert_false(quota_full(quota, NOW));
    quota = quota_add(quota, NOW, 1);
    assert_true(quota_full(quota, NOW));
    assert_true(quota_full(quota, NOW - DAY_MS));
    assert_false(quota_full(quota, NOW + 1000));
    /* What came while the clock was behind stays counted when it is right again. */
    quota = quota_add(quota, NOW - DAY_MS, 1);
    assert_true(quota_full(quota, NOW - DAY_MS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_leak),
        cmocka_unit_test(test_full),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
