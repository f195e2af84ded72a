#include "base/check.h"
#include "domain/lamp.h"
#include "unit/unit.h"

static void test_lamp(void **state)
{
    static const struct {
        const char *name;
        struct sync_receipts receipts;
        enum lamp lamp;
    } rows[] = {
        {"belongs to none", {.written = 5}, LAMP_NONE},
        {"belongs to none, with old trouble",
         {.written = 5, .acked = 5, .trouble = SYNC_TROUBLE_SERVER},
         LAMP_NONE},
        {"nothing written yet", {.enrolled = true}, LAMP_CENTRE},
        {"all acknowledged", {.enrolled = true, .written = 7, .acked = 7}, LAMP_CENTRE},
        {"one waits", {.enrolled = true, .written = 7, .acked = 6}, LAMP_HERE},
        {"never acknowledged", {.enrolled = true, .written = 7}, LAMP_HERE},
        {"more acknowledged than is here",
         {.enrolled = true, .written = 7, .acked = 8},
         LAMP_HERE},
        {"kept, not understood: the centre has it",
         {.enrolled = true, .written = 7, .acked = 7, .parked = 3},
         LAMP_CENTRE},
        {"offline for long, by a clock that may be wrong",
         {.enrolled = true, .written = 7, .acked = 7, .since_ms = 1LL << 50},
         LAMP_CENTRE},
        {"revoked, all acknowledged",
         {.enrolled = true, .written = 7, .acked = 7, .trouble = SYNC_TROUBLE_REVOKED},
         LAMP_HELP},
        {"disk full, some wait",
         {.enrolled = true, .written = 7, .acked = 6, .trouble = SYNC_TROUBLE_DISK},
         LAMP_HELP},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (lamp_of(&rows[i].receipts) != rows[i].lamp) {
            fail_msg("%s: %s", rows[i].name, lamp_name(lamp_of(&rows[i].receipts)));
        }
    }
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(lamp_name(LAMP_HELP), "help");
    assert_string_equal(sync_trouble_name(SYNC_TROUBLE_REVOKED), "revoked");
    for (int i = 0; i < SYNC_TROUBLE_COUNT; i++) {
        const char *name = sync_trouble_name((enum sync_trouble)i);
        assert_int_equal(sync_trouble_from_name(name), i);
    }
    assert_int_equal(sync_trouble_from_name("weather"), SYNC_TROUBLE_NONE);
    assert_int_equal(sync_trouble_from_name(""), SYNC_TROUBLE_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lamp),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
