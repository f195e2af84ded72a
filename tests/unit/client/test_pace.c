#include "client/pace.h"
#include "support/support.h"
#include "unit/unit.h"

#define NOW 1000000

static struct rng dice(uint64_t *seed)
{
    return fake_rng(seed);
}

static struct pace fresh(void)
{
    struct pace pace;
    pace_init(&pace);
    return pace;
}

static void test_starts_at_once_within_the_bounds(void **state)
{
    struct pace pace = fresh();
    (void)state;
    assert_in_range(pace.events, PACE_EVENTS_MIN, PACE_EVENTS_MAX);
    assert_in_range(pace.check_every, PACE_CHECK_MIN, PACE_CHECK_MAX);
    assert_int_equal(pace_wait_ms(&pace, NOW, true, 60000), 0);
}

static void test_a_cut_that_moved_the_cursor_keeps_the_size(void **state)
{
    struct pace pace = fresh();
    int events = pace.events, check_every = pace.check_every;
    (void)state;
    for (int i = 0; i < 100; i++) {
        pace_cut(&pace, true);
    }
    assert_int_equal(pace.events, events);
    assert_int_equal(pace.check_every, check_every);
}

static void test_a_cut_that_moved_nothing_halves_both(void **state)
{
    struct pace pace = fresh();
    int events = pace.events, check_every = pace.check_every;
    (void)state;
    pace_cut(&pace, false);
    assert_int_equal(pace.events, events / 2);
    assert_int_equal(pace.check_every, check_every / 2);
    for (int i = 0; i < 100; i++) {
        pace_cut(&pace, false);
    }
    assert_int_equal(pace.events, PACE_EVENTS_MIN);
    assert_int_equal(pace.check_every, PACE_CHECK_MIN);
}

static void test_success_doubles_both_up_to_the_bound(void **state)
{
    struct pace pace = {.events = 3, .check_every = 1};
    (void)state;
    pace_success(&pace);
    assert_int_equal(pace.events, 6);
    assert_int_equal(pace.check_every, 2);
    for (int i = 0; i < 100; i++) {
        pace_success(&pace);
    }
    assert_int_equal(pace.events, PACE_EVENTS_MAX);
    assert_int_equal(pace.check_every, PACE_CHECK_MAX);
}

static void test_cuts_do_not_make_wait(void **state)
{
    uint64_t seed = 3;
    struct rng rng = dice(&seed);
    struct pace pace = fresh();
    (void)state;
    pace_cut(&pace, false);
    assert_int_equal(pace_wait_ms(&pace, NOW, true, 60000), 0);
    pace_refused(&pace, NOW, 0, &rng);
    pace_cut(&pace, true);
    assert_int_equal(pace_wait_ms(&pace, NOW, true, 60000), 0);
    assert_int_equal(pace.refusals, 0);
}

static void test_refusals_keep_the_size(void **state)
{
    uint64_t seed = 5;
    struct rng rng = dice(&seed);
    struct pace pace = fresh();
    int events = pace.events, check_every = pace.check_every;
    (void)state;
    for (int i = 0; i < 1000; i++) {
        pace_refused(&pace, NOW, 0, &rng);
    }
    assert_int_equal(pace.events, events);
    assert_int_equal(pace.check_every, check_every);
}

/* 0.1 s eight times, 0.2, 0.4 … 204.8, then 5 minutes, each 70 % to 130 %. */
static void test_refusals_double_the_wait_up_to_five_minutes(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        uint64_t turns = seed;
        struct rng rng = dice(&turns);
        struct pace pace = fresh();
        int64_t base_ms = 100;
        for (int i = 0; i < 30; i++) {
            pace_refused(&pace, NOW, 0, &rng);
            int64_t wait_ms = pace_wait_ms(&pace, NOW, true, 0);
            assert_in_range(wait_ms, base_ms * 7 / 10, base_ms * 13 / 10);
            if (i >= 7) {
                base_ms = base_ms * 2 < 300000 ? base_ms * 2 : 300000;
            }
        }
    }
}

static void test_the_dice_fall_on_both_sides(void **state)
{
    uint64_t seed = 7;
    struct rng rng = dice(&seed);
    int sooner = 0, later = 0;
    (void)state;
    for (int i = 0; i < 200; i++) {
        struct pace pace = fresh();
        pace_refused(&pace, NOW, 0, &rng);
        int64_t wait_ms = pace_wait_ms(&pace, NOW, true, 0);
        sooner += wait_ms < 90;
        later += wait_ms > 110;
    }
    assert_true(sooner > 20);
    assert_true(later > 20);
}

static void test_waits_at_least_as_long_as_the_server_says(void **state)
{
    static const struct {
        const char *name;
        int said_s;
        int64_t min_ms, max_ms;
    } rows[] = {
        {"a second", 1, 1000, 1300},
        {"a minute", 60, 60000, 78000},
        {"a century", INT32_MAX, 900000, 1170000},
        {"less than nothing", -5, 70, 130},
    };
    uint64_t seed = 11;
    struct rng rng = dice(&seed);
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (int turn = 0; turn < 50; turn++) {
            struct pace pace = fresh();
            pace_refused(&pace, NOW, rows[i].said_s, &rng);
            assert_in_range(pace_wait_ms(&pace, NOW, true, 0), rows[i].min_ms,
                            rows[i].max_ms);
        }
    }
}

static void test_a_network_that_came_back_is_tried_at_once(void **state)
{
    uint64_t seed = 13;
    struct rng rng = dice(&seed);
    struct pace pace = fresh();
    (void)state;
    for (int i = 0; i < 10; i++) {
        pace_refused(&pace, NOW, 0, &rng);
    }
    pace_link_up(&pace);
    assert_int_equal(pace_wait_ms(&pace, NOW, true, 60000), 0);
    pace_refused(&pace, NOW, 0, &rng);
    assert_in_range(pace_wait_ms(&pace, NOW, true, 0), 70, 130);
}

static void test_any_sign_of_the_line_makes_the_next_wait_short(void **state)
{
    uint64_t seed = 23;
    struct rng rng = dice(&seed);
    struct pace pace = fresh();
    int events = pace.events;
    (void)state;
    for (int i = 0; i < 10; i++) {
        pace_refused(&pace, NOW, 0, &rng);
    }
    pace_alive(&pace);
    assert_int_equal(pace.events, events);
    pace_refused(&pace, NOW, 0, &rng);
    assert_in_range(pace_wait_ms(&pace, NOW, true, 0), 70, 130);
}

static void test_the_wait_runs_out(void **state)
{
    uint64_t seed = 17;
    struct rng rng = dice(&seed);
    struct pace pace = fresh();
    (void)state;
    pace_refused(&pace, NOW, 60, &rng);
    int64_t wait_ms = pace_wait_ms(&pace, NOW, true, 0);
    assert_int_equal(pace_wait_ms(&pace, NOW + 1000, true, 0), wait_ms - 1000);
    assert_int_equal(pace_wait_ms(&pace, NOW + wait_ms, true, 0), 0);
    assert_int_equal(pace_wait_ms(&pace, NOW + wait_ms * 10, true, 0), 0);
}

static void test_idle_is_the_longer_of_both(void **state)
{
    uint64_t seed = 19;
    struct rng rng = dice(&seed);
    struct pace pace = fresh();
    (void)state;
    assert_int_equal(pace_wait_ms(&pace, NOW, false, 60000), 60000);
    pace_refused(&pace, NOW, 600, &rng);
    assert_true(pace_wait_ms(&pace, NOW, false, 60000) >= 600000);
}

/* A line that dies after so many bytes: sizes shrink until something comes through. */
static void test_converges_on_a_line_that_dies_after_some_events(void **state)
{
    (void)state;
    for (int alive = 1; alive < 100; alive += 7) {
        struct pace pace = fresh();
        int64_t done = 0, tries = 0;
        pace.check_every = PACE_CHECK_MAX;
        while (done < 1000) {
            int moved = pace.events <= alive
                            ? pace.events
                            : alive / pace.check_every * pace.check_every;
            done += moved;
            assert_true(++tries < 2100);
            if (pace.events <= alive) {
                pace_success(&pace);
            } else {
                pace_cut(&pace, moved > 0);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_starts_at_once_within_the_bounds),
        cmocka_unit_test(test_a_cut_that_moved_the_cursor_keeps_the_size),
        cmocka_unit_test(test_a_cut_that_moved_nothing_halves_both),
        cmocka_unit_test(test_success_doubles_both_up_to_the_bound),
        cmocka_unit_test(test_cuts_do_not_make_wait),
        cmocka_unit_test(test_refusals_keep_the_size),
        cmocka_unit_test(test_refusals_double_the_wait_up_to_five_minutes),
        cmocka_unit_test(test_the_dice_fall_on_both_sides),
        cmocka_unit_test(test_waits_at_least_as_long_as_the_server_says),
        cmocka_unit_test(test_a_network_that_came_back_is_tried_at_once),
        cmocka_unit_test(test_any_sign_of_the_line_makes_the_next_wait_short),
        cmocka_unit_test(test_the_wait_runs_out),
        cmocka_unit_test(test_idle_is_the_longer_of_both),
        cmocka_unit_test(test_converges_on_a_line_that_dies_after_some_events),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
