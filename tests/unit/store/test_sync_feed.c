#include "unit/store/sync_world.h"

static struct world w;
static struct feed feed;

static int setup(void **state)
{
    (void)state;
    feed = (struct feed){.count = 0};
    world_init(&w);
    sync_enrol(&w);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    world_done(&w);
    return 0;
}

static int count_offers(void)
{
    struct offer offers[16];
    size_t count = 0;
    assert_int_equal(store_offers_list(w.store, DATE_NONE, offers, 16, &count), ERR_OK);
    return (int)count;
}

static struct sync_feed cursor(void)
{
    struct sync_feed at;
    assert_int_equal(store_feed_get(w.store, &at), ERR_OK);
    return at;
}

static void test_rows_become_offers(void **state)
{
    (void)state;
    struct offer offers[4];
    size_t count;
    feed_pull(&w, &feed, 500); /* there is nothing yet */
    feed_offer(&feed, 1, 3, 1, true);
    feed_offer(&feed, 2, 2, 7, false); /* places became fewer at the centre */
    feed_put(&feed, "moon", "x", "{\"landed\":true}");
    feed_put(&feed, "offer", "B-9", "{\"code\":\"B-9\"}");
    feed_put(&feed, "offer", "B-8", "[1,2");
    feed_offer(&feed, 3, 1, 0, false);
    strcpy(feed.items[5].id, "B-0004"); /* a row that says another one's code */
    feed_pull(&w, &feed, 500);
    assert_int_equal(cursor().since, 6);
    assert_false(cursor().anew);
    assert_int_equal(store_offers_list(w.store, DATE_NONE, offers, 4, &count), ERR_OK);
    assert_int_equal(count, 2);
    assert_string_equal(offers[0].code, "B-0001");
    assert_string_equal(offers[0].district, "Neukölln");
    assert_int_equal(offers[0].work.load_g, 5000);
    assert_true(offers[0].at_once);
    assert_int_equal(offer_free(&offers[0]), 2);
    assert_false(offers[1].at_once);
    assert_int_equal(offer_free(&offers[1]), 0);
}

static void test_pages_of_any_size(void **state)
{
    (void)state;
    for (size_t max = 1; max <= 4; max++) {
        feed_offer(&feed, 1, 1 + (int)max, 0, false);
        feed_offer(&feed, 2, 1, 0, false);
        feed_offer(&feed, 3, 1, 0, false);
        feed_put(&feed, "offer", "B-0002", ""); /* and gone again */
        feed_put(&feed, "offer", "B-0007", ""); /* was never here */
        feed_pull(&w, &feed, max);
        assert_int_equal(cursor().since, feed.rev);
        assert_int_equal(count_offers(), 2);
        world_reopen(&w);
    }
    feed_put(&feed, "offer", "B-0001", ""); /* it was shown */
    feed_pull(&w, &feed, 1);
    assert_int_equal(count_offers(), 1);
}

static void test_a_page_that_does_not_continue(void **state)
{
    (void)state;
    struct sync_row rows[FEED_ROWS];
    struct sync_page page;
    feed_offer(&feed, 1, 1, 0, false);
    feed_offer(&feed, 2, 1, 0, false);
    feed_pull(&w, &feed, 500);
    feed_offer(&feed, 3, 1, 0, false);
    for (int64_t since = 0; since < 5; since++) {
        feed_page(&feed, since, 500, rows, &page);
        enum err err = store_feed_apply(w.store, &page);
        /* at 3 there is nothing new by then */
        assert_int_equal(err, since == 2 || since == 3 ? ERR_OK : ERR_INVALID);
    }
    assert_int_equal(cursor().since, 3);
    feed_offer(&feed, 4, 1, 0, false);
    feed_page(&feed, 3, 500, rows, &page);
    rows[0].rev = 3; /* not behind the cursor */
    assert_int_equal(store_feed_apply(w.store, &page), ERR_INVALID);
    rows[0].rev = 5; /* behind the page */
    assert_int_equal(store_feed_apply(w.store, &page), ERR_INVALID);
    assert_int_equal(count_offers(), 3);
}

static void test_what_differs_changes_nothing(void **state)
{
    (void)state;
    struct sync_row rows[FEED_ROWS];
    struct sync_page page;
    feed_offer(&feed, 1, 1, 0, false);
    feed_pull(&w, &feed, 500);
    feed_offer(&feed, 2, 1, 0, false);
    feed_page(&feed, 1, 500, rows, &page);
    page.live++;
    assert_int_equal(store_feed_apply(w.store, &page), ERR_CONFLICT);
    page.live--;
    page.digest[31] ^= 1;
    assert_int_equal(store_feed_apply(w.store, &page), ERR_CONFLICT);
    assert_int_equal(cursor().since, 1);
    assert_int_equal(count_offers(), 1);
    feed_page(&feed, 1, 500, rows, &page);
    assert_int_equal(store_feed_apply(w.store, &page), ERR_OK);
    feed_page(&feed, 2, 500, rows, &page); /* nothing new, and yet it is looked at */
    assert_int_equal(store_feed_apply(w.store, &page), ERR_OK);
    page.digest[0] ^= 1;
    assert_int_equal(store_feed_apply(w.store, &page), ERR_CONFLICT);
}

/* A row was lost here: the pass from 0 finds it, and takes away what is no more. */
static void test_a_pass_from_0(void **state)
{
    (void)state;
    struct sync_row rows[FEED_ROWS];
    struct sync_page page;
    for (int n = 1; n <= 4; n++) {
        feed_offer(&feed, n, 1, 0, false);
    }
    feed_lease(&feed, 1, 1, sync_dev(&w), 1, 1, "granted");
    feed_pull(&w, &feed, 500);
    feed.items[1].body[0] = '\0'; /* gone, and compacted: no deletion comes */
    feed.items[4].body[0] = '\0'; /* the lease */
    feed.items[1].rev = feed.items[4].rev = 0;
    feed_page(&feed, feed.rev, 500, rows, &page);
    assert_int_equal(store_feed_apply(w.store, &page), ERR_CONFLICT);
    assert_int_equal(store_feed_restart(w.store), ERR_OK);
    assert_int_equal(cursor().since, 0);
    assert_true(cursor().anew);
    feed_page(&feed, 0, 2, rows, &page);
    assert_int_equal(store_feed_apply(w.store, &page), ERR_OK);
    assert_int_equal(count_offers(), 4); /* all are shown until the last page is in */
    world_reopen(&w);
    assert_true(cursor().anew);
    feed_pull(&w, &feed, 2);
    assert_false(cursor().anew);
    assert_int_equal(count_offers(), 3);
    assert_int_equal(sql_number(w.feed, NULL, "SELECT count(*) FROM lease"), 0);
    assert_int_equal(sql_number(w.feed, NULL, "SELECT count(*) FROM feed_row"), 3);
}

static void test_a_pass_that_is_begun_twice(void **state)
{
    (void)state;
    struct sync_row rows[FEED_ROWS];
    struct sync_page page;
    for (int n = 1; n <= 4; n++) {
        feed_offer(&feed, n, 1, 0, false);
    }
    feed_pull(&w, &feed, 500);
    assert_int_equal(store_feed_restart(w.store), ERR_OK);
    feed_page(&feed, 0, 2, rows, &page);
    assert_int_equal(store_feed_apply(w.store, &page), ERR_OK);
    assert_int_equal(store_feed_restart(w.store), ERR_OK);
    feed_put(&feed, "offer", "B-0001", "");
    feed_pull(&w, &feed, 1);
    assert_int_equal(count_offers(), 3);
}

static void test_the_centre_owns_offers(void **state)
{
    (void)state;
    struct offer offer = world_offer(1);
    assert_int_equal(store_offers_replace(w.store, &offer, 1), ERR_DENIED);
    assert_non_null(strstr(store_detail(w.store), "centre"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_rows_become_offers, setup, teardown),
        cmocka_unit_test_setup_teardown(test_pages_of_any_size, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_page_that_does_not_continue, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_what_differs_changes_nothing, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_a_pass_from_0, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_pass_that_is_begun_twice, setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_centre_owns_offers, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
