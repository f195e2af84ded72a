#include "unit/client/bench.h"

static int64_t since(struct bench *b)
{
    struct sync_feed feed;
    assert_int_equal(store_feed_get(b->world.store, &feed), ERR_OK);
    return feed.since;
}

static void test_rows_come(void **state)
{
    struct bench *b = *state;
    fake_row_put(&b->centre, "news", "a", "{\"n\":1}");
    fake_row_put(&b->centre, "news", "b", "{\"n\":2}");
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_int_equal(since(b), 2);
    fake_row_put(&b->centre, "news", "a", "");
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_int_equal(since(b), 3);
    assert_trouble(b, SYNC_TROUBLE_NONE);
}

#define MANY_ROWS 30

static void put_many_rows(struct bench *b)
{
    char id[8];
    for (int i = 0; i < MANY_ROWS; i++) {
        snprintf(id, sizeof id, "%d", i);
        fake_row_put(&b->centre, "news", id, "{\"n\":1}");
    }
}

/* A line that dies after so many bytes: pages shrink until they come through. */
static void test_large_pages_come_in_small_ones(void **state)
{
    struct bench *b = *state;
    put_many_rows(b);
    b->centre.bears_rows = 1;
    run_until_current(b);
    assert_int_equal(since(b), MANY_ROWS);
    assert_in_range(fake_said(&b->centre, "GET /v1/feed"), MANY_ROWS, 70);
    assert_trouble(b, SYNC_TROUBLE_NONE);
}

/* What was forgotten since does not matter to who begins anew, in as many pages as it
 * takes. */
static void test_a_pass_in_small_pages_needs_no_past(void **state)
{
    struct bench *b = *state;
    put_many_rows(b);
    b->centre.compacted = MANY_ROWS - 1;
    b->centre.bears_rows = 1;
    assert_int_equal(store_feed_restart(b->world.store), ERR_OK);
    run_until_current(b);
    assert_int_equal(since(b), MANY_ROWS);
    assert_int_equal(fake_said(&b->centre, "GET /v1/feed?since=29&anew=1&most="), 1);
    assert_trouble(b, SYNC_TROUBLE_NONE);
}

static void test_a_page_of_another_does_not_count(void **state)
{
    struct bench *b = *state;
    fake_row_put(&b->centre, "news", "a", "{\"n\":1}");
    b->centre.wrong_signature = true;
    assert_int_equal(run(b), CLIENT_HELP);
    assert_int_equal(since(b), 0);
    assert_trouble(b, SYNC_TROUBLE_SERVER);
    b->centre.wrong_signature = false;
    pass(b, client_wait_ms(b->client));
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_int_equal(since(b), 1);
}

static void test_a_page_with_a_wrong_byte_is_asked_again(void **state)
{
    struct bench *b = *state;
    fake_row_put(&b->centre, "news", "a", "{\"n\":1}");
    fake_fail(&b->centre, 0, FAKE_TWISTED);
    fake_fail(&b->centre, 1, FAKE_DEAF);
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_int_equal(since(b), 1);
    assert_trouble(b, SYNC_TROUBLE_NONE);
}

static void test_a_gone_past_starts_anew(void **state)
{
    struct bench *b = *state;
    fake_row_put(&b->centre, "news", "a", "{\"n\":1}");
    assert_int_equal(run(b), CLIENT_CURRENT);
    fake_row_put(&b->centre, "news", "a", "");
    fake_row_put(&b->centre, "news", "b", "{\"n\":2}");
    b->centre.compacted = 3;
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_int_equal(since(b), 3);
    assert_trouble(b, SYNC_TROUBLE_NONE);
}

static void test_a_feed_that_differs_starts_anew(void **state)
{
    struct bench *b = *state;
    fake_row_put(&b->centre, "news", "a", "{\"n\":1}");
    fake_row_put(&b->centre, "news", "b", "{\"n\":2}");
    assert_int_equal(run(b), CLIENT_CURRENT);
    b->centre.rows[0].rev = 0; /* never said by the centre */
    snprintf(b->centre.rows[0].body, sizeof b->centre.rows[0].body, "{\"n\":9}");
    b->centre.rows[0].rev = 1;
    fake_row_put(&b->centre, "news", "c", "{\"n\":3}");
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_true(fake_said(&b->centre, "GET /v1/feed?since=0") >= 2);
    assert_trouble(b, SYNC_TROUBLE_NONE);
}

/* Each has a turn while there is much of both. */
/* Batches before the feed is asked for, if each takes so long. */
static int ups_before_down(struct bench *b, int64_t each_ms)
{
    put_facts(b, 5500);
    fake_row_put(&b->centre, "news", "a", "{\"n\":1}");
    enrol(b);
    for (int i = 0; i < BENCH_STEPS_MAX; i++) {
        step(b);
        pass(b, each_ms);
        if (fake_said(&b->centre, "GET /v1/feed") > 0) {
            return fake_said(&b->centre, "POST /v1/log");
        }
    }
    return -1;
}

static void test_up_and_down_take_turns(void **state)
{
    struct bench *b = *state;
    assert_int_equal(ups_before_down(b, 250), 3);
    assert_true(log_of(b).seq < log_of(b).written);
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_same_chain(b);
}

static void test_down_is_not_asked_for_twice_in_half_a_second(void **state)
{
    struct bench *b = *state;
    assert_true(ups_before_down(b, 10) > 3);
    assert_int_equal(log_of(b).seq, log_of(b).written);
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_same_chain(b);
}

/* ---- waiting at the centre ------------------------------------------------------ */

static void test_waits_at_the_centre_only_when_all_is_sent(void **state)
{
    struct bench *b = *state;
    put_facts(b, 1);
    int before = b->centre.ask_count;
    assert_int_equal(client_step(b->client, 25), CLIENT_MORE);
    assert_null(strstr(b->centre.asks[before].said, "wait="));
    assert_int_equal(client_step(b->client, 25), CLIENT_CURRENT);
    assert_non_null(strstr(b->centre.asks[before + 1].said, "&wait=25"));
    assert_true(b->centre.last_timeout_s > 25);
    assert_int_equal(client_wait_ms(b->client), 0);
}

static void test_an_interrupt_is_no_cut(void **state)
{
    struct bench *b = *state;
    for (int i = 0; i < 50; i++) {
        fake_fail(&b->centre, 0, FAKE_INTERRUPT);
        assert_int_equal(client_step(b->client, 25), CLIENT_MORE);
    }
    put_facts(b, 1);
    assert_int_equal(client_step(b->client, 25), CLIENT_MORE);
    assert_int_equal(client_step(b->client, 25), CLIENT_CURRENT);
    assert_same_chain(b);
}

static void test_lines_that_bear_no_waiting_are_asked_now_and_then(void **state)
{
    struct bench *b = *state;
    for (int i = 0; i < 3; i++) {
        fake_fail(&b->centre, i, FAKE_LOST);
    }
    enum client_step last = CLIENT_MORE;
    for (int i = 0; i < 10 && last == CLIENT_MORE; i++) {
        last = client_step(b->client, 25);
    }
    assert_int_equal(last, CLIENT_CURRENT);
    assert_in_range(client_wait_ms(b->client), 42000, 390000);
    client_link_up(b->client);
    assert_int_equal(client_step(b->client, 25), CLIENT_CURRENT);
    assert_int_equal(client_wait_ms(b->client), 0);
}

static void test_an_empty_answer_costs_the_card_nothing(void **state)
{
    struct bench *b = *state;
    fake_row_put(&b->centre, "news", "a", "{\"n\":1}");
    assert_int_equal(run(b), CLIENT_CURRENT);
    pass(b, 11000);
    assert_int_equal(run(b), CLIENT_CURRENT); /* writes that there was contact */
    struct world other = b->world;
    assert_int_equal(world_try_open(&other, &other.store), ERR_OK);
    (void)store_changed(other.store);
    for (int i = 0; i < 9; i++) {
        pass(b, 1000);
        assert_int_equal(run(b), CLIENT_CURRENT);
    }
    assert_false(store_changed(other.store));
    store_close(other.store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CURRENT(test_rows_come),
        CURRENT(test_large_pages_come_in_small_ones),
        CURRENT(test_a_pass_in_small_pages_needs_no_past),
        CURRENT(test_a_page_of_another_does_not_count),
        CURRENT(test_a_page_with_a_wrong_byte_is_asked_again),
        CURRENT(test_a_gone_past_starts_anew),
        CURRENT(test_a_feed_that_differs_starts_anew),
        FRESH(test_up_and_down_take_turns),
        FRESH(test_down_is_not_asked_for_twice_in_half_a_second),
        CURRENT(test_waits_at_the_centre_only_when_all_is_sent),
        CURRENT(test_an_interrupt_is_no_cut),
        CURRENT(test_lines_that_bear_no_waiting_are_asked_now_and_then),
        CURRENT(test_an_empty_answer_costs_the_card_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
