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

static void test_a_cut_after_which_much_came_keeps_the_size(void **state)
{
    struct pace pace = fresh();
    int events = pace.events, check_every = pace.check_every;
    (void)state;
    for (int i = 0; i < 100; i++) {
        pace_cut(&pace, events / 4 + i);
        assert_int_equal(pace_events(&pace), events);
        assert_int_equal(pace.check_every, check_every);
    }
    pace_cut(&pace, INT64_MAX / 8);
    assert_int_equal(pace_events(&pace), events);
    pace_cut(&pace, PACE_BEARS_MAX);
    assert_int_equal(pace_events(&pace), PACE_BEARS_MAX * 4);
}

static void test_a_cut_after_which_nothing_came_halves_both(void **state)
{
    struct pace pace = fresh();
    int events = pace.events, check_every = pace.check_every;
    (void)state;
    pace_cut(&pace, 0);
    assert_int_equal(pace_events(&pace), events / 2);
    assert_int_equal(pace.check_every, check_every / 2);
    for (int i = 0; i < 100; i++) {
        pace_cut(&pace, 0);
    }
    assert_int_equal(pace_events(&pace), PACE_EVENTS_MIN);
    assert_int_equal(pace.check_every, PACE_CHECK_MIN);
}

static void test_success_doubles_both_up_to_the_bound(void **state)
{
    struct pace pace = {.events = 3, .check_every = 1};
    (void)state;
    pace_success(&pace, 3);
    assert_int_equal(pace_events(&pace), 6);
    assert_int_equal(pace.check_every, 2);
    for (int i = 0; i < 100; i++) {
        pace_success(&pace, pace_events(&pace));
    }
    assert_int_equal(pace_events(&pace), PACE_EVENTS_MAX);
    assert_int_equal(pace.check_every, PACE_CHECK_MAX);
}

/* ---- connections that die after so many bytes -------------------------------------- */

static void test_a_cut_after_which_little_came_leaves_room(void **state)
{
    static const struct {
        const char *name;
        int came, events;
    } rows[] = {
        {"one", 1, 1},
        {"two", 2, 1},
        {"a few", 12, 9},
        {"the most", PACE_BEARS_MAX - 1, (PACE_BEARS_MAX - 1) * 3 / 4},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pace pace = fresh();
        pace_cut(&pace, rows[i].came);
        assert_int_equal(pace_events(&pace), rows[i].events);
        assert_true(pace.bears > 0);
        assert_in_range(pace.check_every, PACE_CHECK_MIN, rows[i].events);
    }
}

/* The cut was chance: a line that flaps. */
static void test_one_such_cut_is_soon_forgotten(void **state)
{
    struct pace pace = fresh();
    int answers = 0;
    (void)state;
    pace_cut(&pace, 4);
    while (pace.bears > 0) {
        pace_success(&pace, pace_events(&pace));
        assert_true(++answers <= 6);
    }
    assert_true(pace_events(&pace) >= PACE_BEARS_MAX);
}

static void test_what_was_borne_is_kept_when_more_is_not(void **state)
{
    struct pace pace = fresh();
    (void)state;
    pace_cut(&pace, 12);
    pace_success(&pace, 9);
    assert_int_equal(pace_events(&pace), 18);
    pace_cut(&pace, 8);
    assert_int_equal(pace_events(&pace), 9);
    pace_cut(&pace, 8); /* and now not even that */
    assert_int_equal(pace_events(&pace), 6);
    pace_cut(&pace, 0);
    assert_int_equal(pace_events(&pace), 3);
}

static void test_a_cut_of_what_was_just_answered_is_chance_once(void **state)
{
    struct pace pace = fresh();
    (void)state;
    pace_cut(&pace, 12);
    pace_success(&pace, 9);
    pace_cut(&pace, 8);
    pace_success(&pace, 9);
    assert_int_equal(pace_events(&pace), 9);
    pace_cut(&pace, 0);
    assert_int_equal(pace_events(&pace), 9);
    pace_cut(&pace, 0);
    assert_int_equal(pace_events(&pace), 4);
}

/* It goes away again and again, whatever the size: three answers, then a cut. */
static void test_a_line_that_flaps_is_not_taken_for_a_short_one(void **state)
{
    struct pace pace = fresh();
    int rounds = 0;
    (void)state;
    for (int i = 0; i < 6; i++) {
        pace_cut(&pace, i == 0 ? 4 : 0); /* it begins badly */
    }
    do {
        for (int i = 0; i < 3; i++) {
            pace_success(&pace, pace_events(&pace));
        }
        pace_cut(&pace, 0);
    } while (pace.bears > 0 && ++rounds < 60);
    assert_true(rounds < 60);
}

static void test_more_is_tried_ever_more_seldom(void **state)
{
    struct pace pace = fresh();
    int waited[12];
    (void)state;
    pace_cut(&pace, 12);
    for (size_t i = 0; i < 12; i++) {
        waited[i] = 0;
        int events = pace_events(&pace);
        while (pace_events(&pace) == events) {
            pace_success(&pace, events);
            waited[i]++;
        }
        pace_cut(&pace, 1);
    }
    assert_true(waited[0] == 1 && waited[1] == 2 && waited[2] == 3 && waited[3] == 5);
    assert_int_equal(waited[11], 65);
}

static void test_a_batch_of_before_says_nothing_of_the_new_size(void **state)
{
    struct pace pace = fresh();
    (void)state;
    pace_cut(&pace, 12);
    pace_success(&pace, 9);
    pace_success(&pace, 9);
    assert_int_equal(pace_events(&pace), 18);
    pace_cut(&pace, 8);
    assert_int_equal(pace_events(&pace), 9);
}

static void test_pages_shrink_and_grow(void **state)
{
    struct pace pace = fresh();
    (void)state;
    assert_int_equal(pace.rows, PACE_ROWS_MAX);
    pace_page_cut(&pace);
    assert_int_equal(pace.rows, PACE_ROWS_MAX / 4);
    for (int i = 0; i < 10; i++) {
        pace_page_cut(&pace);
    }
    assert_int_equal(pace.rows, 1);
    for (int i = 0; i < 10; i++) {
        pace_page_success(&pace);
    }
    assert_int_equal(pace.rows, PACE_ROWS_MAX);
}

static void test_another_network_has_no_bound(void **state)
{
    struct pace pace = fresh();
    (void)state;
    pace_cut(&pace, 12);
    pace_link_up(&pace);
    assert_true(pace_events(&pace) >= PACE_BEARS_MAX);
}

/* ---- waiting ------------------------------------------------------------------------ */

static void test_cuts_do_not_make_wait(void **state)
{
    uint64_t seed = 3;
    struct rng rng = dice(&seed);
    struct pace pace = fresh();
    (void)state;
    pace_cut(&pace, 0);
    assert_int_equal(pace_wait_ms(&pace, NOW, true, 60000), 0);
    pace_refused(&pace, NOW, 0, &rng);
    pace_cut(&pace, 7);
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

/* What of a batch comes through where a connection bears so many events and the answer
 * counts as two. */
static int came(const struct pace *pace, int alive)
{
    int events = pace_events(pace);
    return events <= alive ? events : alive / pace->check_every * pace->check_every;
}

static void test_converges_on_a_line_that_dies_after_some_events(void **state)
{
    (void)state;
    for (int alive = 3; alive < 100; alive += 7) {
        struct pace pace = fresh();
        int done = 0, tries = 0;
        pace.check_every = PACE_CHECK_MAX;
        while (done < 100 * alive) {
            int events = pace_events(&pace), some = came(&pace, alive);
            done += some;
            assert_true(++tries < 400);
            if (events + 2 <= alive) {
                pace_success(&pace, events);
            } else {
                pace_cut(&pace, some);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_starts_at_once_within_the_bounds),
        cmocka_unit_test(test_a_cut_after_which_much_came_keeps_the_size),
        cmocka_unit_test(test_a_cut_after_which_nothing_came_halves_both),
        cmocka_unit_test(test_success_doubles_both_up_to_the_bound),
        cmocka_unit_test(test_a_cut_after_which_little_came_leaves_room),
        cmocka_unit_test(test_one_such_cut_is_soon_forgotten),
        cmocka_unit_test(test_what_was_borne_is_kept_when_more_is_not),
        cmocka_unit_test(test_a_cut_of_what_was_just_answered_is_chance_once),
        cmocka_unit_test(test_a_line_that_flaps_is_not_taken_for_a_short_one),
        cmocka_unit_test(test_more_is_tried_ever_more_seldom),
        cmocka_unit_test(test_a_batch_of_before_says_nothing_of_the_new_size),
        cmocka_unit_test(test_another_network_has_no_bound),
        cmocka_unit_test(test_pages_shrink_and_grow),
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
