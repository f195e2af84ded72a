#include "server/decide.h"
#include "unit/unit.h"

static void test_free_is_what_nobody_was_promised(void **state)
{
    static const struct {
        const char *name;
        struct decide_count count;
        int64_t free;
    } rows[] = {
        {"an empty offer", {0, 0, 0, 0}, 0}, {"nobody yet", {3, 0, 0, 5}, 3},
        {"some confirmed", {3, 1, 0, 0}, 2}, {"some leased", {5, 1, 3, 0}, 1},
        {"all leased", {4, 1, 3, 0}, 0},     {"more than there is", {2, 3, 1, 0}, 0},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        print_message("%s\n", rows[i].name);
        assert_int_equal(decide_free(&rows[i].count), rows[i].free);
    }
}

static void test_leases_are_shares_of_what_is_free(void **state)
{
    static const struct {
        const char *name;
        struct decide_count count;
        int64_t kiosks, share;
    } rows[] = {
        {"no kiosk", {8, 0, 0, 0}, 0, 0},
        {"one place, one kiosk", {1, 0, 0, 0}, 1, 1},
        {"three places stay whole", {3, 0, 0, 0}, 1, 3},
        {"a quarter stays", {8, 0, 0, 0}, 1, 6},
        {"a quarter rounded down stays", {7, 0, 0, 0}, 1, 6},
        {"two kiosks", {8, 0, 0, 0}, 2, 3},
        {"one place cannot be split", {1, 0, 0, 0}, 2, 0},
        {"two places, two kiosks", {2, 0, 0, 0}, 2, 0},
        {"three places, two kiosks", {3, 0, 0, 0}, 2, 1},
        {"nine places, three kiosks", {9, 0, 0, 0}, 3, 2},
        {"more kiosks than places", {5, 0, 0, 0}, 8, 0},
        {"full", {4, 4, 0, 0}, 1, 0},
        {"all leased", {4, 0, 4, 0}, 1, 0},
        {"who asks comes first", {8, 0, 0, 4}, 1, 3},
        {"more ask than there is", {8, 0, 0, 9}, 1, 0},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        print_message("%s\n", rows[i].name);
        assert_int_equal(decide_share(&rows[i].count, rows[i].kiosks), rows[i].share);
    }
}

static void test_shares_never_exceed_what_is_free(void **state)
{
    (void)state;
    for (int64_t places = 0; places < 100; places++) {
        for (int64_t kiosks = 1; kiosks < 12; kiosks++) {
            struct decide_count count = {.places = places};
            int64_t share = decide_share(&count, kiosks);
            assert_true(share >= 0);
            assert_true(share * kiosks <= places);
        }
    }
}

static void test_a_kiosks_confirmation_needs_a_place(void **state)
{
    static const struct decide_count some = {3, 1, 1, 0}, none = {3, 1, 2, 0};
    static const struct decide_lease good = {true, true, 2, 1}, used = {true, true, 2, 2},
                                     closed = {true, false, 2, 0},
                                     other = {false, true, 2, 0};
    static const struct {
        const char *name;
        const struct decide_count *count;
        const struct decide_lease *lease;
        enum decide_from from;
    } rows[] = {
        {"its lease", &some, &good, FROM_LEASE},
        {"its lease though nothing is free", &none, &good, FROM_LEASE},
        {"its lease, of an offer not known", NULL, &good, FROM_LEASE},
        {"a lease that is used up", &some, &used, FROM_CENTRE},
        {"a lease that is used up, and full", &none, &used, FROM_NOWHERE},
        {"a lease given back", &some, &closed, FROM_CENTRE},
        {"a lease given back, and full", &none, &closed, FROM_NOWHERE},
        {"another's lease", &some, &other, FROM_CENTRE},
        {"another's lease, and full", &none, &other, FROM_NOWHERE},
        {"no bound", NULL, &other, FROM_CENTRE},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        print_message("%s\n", rows[i].name);
        assert_int_equal(decide_kiosk(rows[i].count, rows[i].lease), rows[i].from);
    }
}

static void test_a_coach_decides(void **state)
{
    static const struct decide_count some = {3, 1, 1, 0}, leased = {3, 1, 2, 0},
                                     full = {3, 3, 0, 0};
    static const struct {
        const char *name;
        enum stand stand;
        bool confirm, allowed;
        const struct decide_count *count;
        enum decide_answer answer;
    } rows[] = {
        {"yes", STAND_ASKED, true, true, &some, DECIDE_OK},
        {"yes from the list", STAND_WAITING, true, true, &some, DECIDE_OK},
        {"yes without a bound", STAND_ASKED, true, true, NULL, DECIDE_OK},
        {"yes, but the kiosks have them", STAND_ASKED, true, true, &leased,
         DECIDE_LEASED},
        {"yes again meanwhile", STAND_WANTED, true, true, &leased, DECIDE_LEASED},
        {"yes, but full", STAND_ASKED, true, true, &full, DECIDE_FULL},
        {"yes, but the law", STAND_ASKED, true, false, &some, DECIDE_RULES},
        {"the law before the places", STAND_ASKED, true, false, &full, DECIDE_RULES},
        {"yes twice", STAND_CONFIRMED, true, true, &full, DECIDE_ALREADY},
        {"yes after a no", STAND_DECLINED, true, true, &some, DECIDE_DECLINED},
        {"yes, but taken back", STAND_UNDONE, true, true, &some, DECIDE_UNDONE},
        {"no", STAND_ASKED, false, false, &full, DECIDE_OK},
        {"no to who waits", STAND_WAITING, false, false, &full, DECIDE_OK},
        {"no after all", STAND_CONFIRMED, false, false, &full, DECIDE_OK},
        {"no twice", STAND_DECLINED, false, false, &some, DECIDE_ALREADY},
        {"no, but taken back", STAND_UNDONE, false, false, &some, DECIDE_UNDONE},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        print_message("%s\n", rows[i].name);
        assert_int_equal(
            decide_coach(rows[i].stand, rows[i].confirm, rows[i].allowed, rows[i].count),
            rows[i].answer);
    }
}

static void test_the_queue_moves_with_the_places(void **state)
{
    static const struct {
        const char *name;
        struct decide_count count;
        enum decide_queue queue;
    } rows[] = {
        {"free", {2, 1, 0, 3}, QUEUE_MOVES_UP},
        {"full", {2, 2, 0, 3}, QUEUE_WAITS},
        {"the last are at kiosks", {2, 1, 1, 3}, QUEUE_STAYS},
        {"an offer without places", {0, 0, 0, 1}, QUEUE_WAITS},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        print_message("%s\n", rows[i].name);
        assert_int_equal(decide_queue(&rows[i].count), rows[i].queue);
    }
}

static void test_words_come_back(void **state)
{
    (void)state;
    for (int i = 0; i < STAND_COUNT; i++) {
        assert_int_equal(stand_from_name(str_of(stand_name((enum stand)i))), i);
    }
    assert_int_equal(stand_from_name(STR("")), STAND_COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_free_is_what_nobody_was_promised),
        cmocka_unit_test(test_leases_are_shares_of_what_is_free),
        cmocka_unit_test(test_shares_never_exceed_what_is_free),
        cmocka_unit_test(test_a_kiosks_confirmation_needs_a_place),
        cmocka_unit_test(test_a_coach_decides),
        cmocka_unit_test(test_the_queue_moves_with_the_places),
        cmocka_unit_test(test_words_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
