#include "unit/store/sync_world.h"

static struct world w;
static struct feed feed;
static struct uid dev;

static int setup(void **state)
{
    (void)state;
    feed = (struct feed){.count = 0};
    world_init(&w);
    sync_enrol(&w);
    dev = sync_dev(&w);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    world_assert_replay_equal(&w);
    world_done(&w);
    return 0;
}

static struct offer offer_of(int n)
{
    struct offer offers[16], want = world_offer(n);
    size_t count = 0;
    assert_int_equal(store_offers_list(w.store, DATE_NONE, offers, 16, &count), ERR_OK);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(offers[i].code, want.code) == 0) {
            return offers[i];
        }
    }
    fail_msg("no offer %d", n);
    return want;
}

static struct uid ask(int n, int offer)
{
    struct store_enrolment e = world_enrolment(n);
    struct wish wish = world_wish(n, &e.who, offer);
    assert_int_equal(store_enrol(w.store, &e), ERR_OK);
    assert_int_equal(store_wish(w.store, &wish), ERR_OK);
    return wish.id;
}

static enum err confirm(int n)
{
    struct store_decision d = {world_uid('D', n), world_uid('W', n), after_staff(), true,
                               DECLINE_NONE};
    return store_decide(w.store, &d);
}

/* ---- who may confirm ------------------------------------------------------------------
 */

static void test_without_a_lease_the_centre_decides(void **state)
{
    (void)state;
    feed_offer(&feed, 1, 2, 1, false);
    feed_offer(&feed, 2, 2, 2, false);
    feed_pull(&w, &feed, 500);
    ask(1, 1);
    ask(2, 2);
    ask(3, 3); /* that offer left the feed */
    assert_int_equal(offer_of(1).leased, 0);
    assert_int_equal(confirm(1), ERR_UNSUPPORTED);
    assert_int_equal(confirm(2), ERR_DENIED); /* full, as far as is known */
    assert_int_equal(confirm(3), ERR_UNSUPPORTED);
    struct store_decision no = {world_uid('D', 9), world_uid('W', 1), after_staff(),
                                false, DECLINE_TALK};
    assert_int_equal(store_decide(w.store, &no), ERR_OK);
}

static void test_leased_places_and_no_more(void **state)
{
    (void)state;
    feed_offer(&feed, 1, 5, 1, false);
    feed_lease(&feed, 1, 1, dev, 1, 1, "granted");
    feed_lease(&feed, 2, 1, dev, 1, 1, "granted");
    feed_pull(&w, &feed, 500);
    for (int n = 1; n <= 3; n++) {
        ask(n, 1);
    }
    assert_int_equal(offer_of(1).leased, 2);
    assert_int_equal(confirm(1), ERR_OK);
    assert_int_equal(confirm(1), ERR_OK); /* a retry names the same lease */
    assert_int_equal(offer_of(1).leased, 1);
    assert_int_equal(confirm(2), ERR_OK);
    assert_int_equal(offer_of(1).leased, 0);
    assert_int_equal(confirm(3), ERR_UNSUPPORTED);
    assert_int_equal(confirm(1), ERR_OK);
    assert_int_equal(sql_number(w.state, NULL, "SELECT count(DISTINCT lease) FROM wish"),
                     2);
    world_reopen(&w);
    assert_int_equal(confirm(3), ERR_UNSUPPORTED);
}

static void test_leases_that_are_not_for_here(void **state)
{
    (void)state;
    static const struct {
        const char *name, *state;
        bool other_dev;
        int64_t epoch;
        int offer, places;
        enum err err;
    } cases[] = {
        {"another kiosk's", "granted", true, 1, 1, 1, ERR_UNSUPPORTED},
        {"an older epoch's", "granted", false, 2, 1, 1, ERR_UNSUPPORTED},
        {"recalled", "recalled", false, 1, 1, 1, ERR_UNSUPPORTED},
        {"a state from the future", "moved", false, 1, 1, 1, ERR_UNSUPPORTED},
        {"another offer's", "granted", false, 1, 2, 1, ERR_UNSUPPORTED},
        {"of no places", "granted", false, 1, 1, 0, ERR_UNSUPPORTED},
        {"ours", "granted", false, 1, 1, 1, ERR_OK},
    };
    feed_offer(&feed, 1, 5, 1, false);
    feed_offer(&feed, 2, 5, 1, false);
    ask(1, 1);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        feed_lease(&feed, 1, cases[i].offer, cases[i].other_dev ? world_uid('d', 9) : dev,
                   cases[i].epoch, cases[i].places, cases[i].state);
        feed_pull(&w, &feed, 500);
        enum err err = confirm(1);
        if (err != cases[i].err) {
            fail_msg("%s: %s", cases[i].name, err_name(err));
        }
    }
}

/* The folder was copied: the first one gives those places away. */
static void test_a_copy_holds_no_lease(void **state)
{
    (void)state;
    feed_offer(&feed, 1, 5, 0, true);
    feed_lease(&feed, 1, 1, dev, 1, 1, "granted");
    feed_pull(&w, &feed, 500);
    ask(1, 1);
    world_close(&w);
    assert_int_equal(sql_run(w.state, NULL, "UPDATE device SET file_mark = 'elsewhere'"),
                     0);
    world_open(&w);
    assert_int_equal(offer_of(1).leased, 0);
    assert_int_equal(confirm(1), ERR_UNSUPPORTED);
    ask(2, 1); /* a new epoch begins */
    assert_int_equal(confirm(1), ERR_UNSUPPORTED);
    assert_int_equal(offer_of(1).leased, 0);
    feed_lease(&feed, 2, 1, dev, 2, 1, "granted");
    feed_pull(&w, &feed, 500);
    assert_int_equal(confirm(1), ERR_OK);
}

static void test_a_locked_kiosk_gives_nothing(void **state)
{
    (void)state;
    feed_offer(&feed, 1, 5, 0, true);
    feed_lease(&feed, 1, 1, dev, 1, 1, "granted");
    feed_pull(&w, &feed, 500);
    ask(1, 1);
    assert_int_equal(store_centre_lock(w.store), ERR_OK);
    assert_int_equal(confirm(1), ERR_UNSUPPORTED);
}

/* A centre that was put back may know nothing of the leases that stand here. */
static void test_nothing_is_given_while_rows_come_anew(void **state)
{
    (void)state;
    feed_offer(&feed, 1, 5, 0, true);
    feed_lease(&feed, 1, 1, dev, 1, 1, "granted");
    feed_pull(&w, &feed, 500);
    ask(1, 1);
    assert_int_equal(store_feed_restart(w.store), ERR_OK);
    assert_int_equal(confirm(1), ERR_UNSUPPORTED);
    assert_int_equal(offer_of(1).leased, 0);
    feed_pull(&w, &feed, 1);
    assert_int_equal(confirm(1), ERR_OK);
}

/* A person who is deleted leaves no place behind that could be promised twice. */
static void test_a_used_place_stays_used(void **state)
{
    (void)state;
    feed_offer(&feed, 1, 5, 0, false);
    feed_lease(&feed, 1, 1, dev, 1, 1, "granted");
    feed_pull(&w, &feed, 500);
    ask(1, 1);
    ask(2, 1);
    assert_int_equal(confirm(1), ERR_OK);
    assert_int_equal(
        store_forget_person(w.store, world_uid('f', 1), world_uid('P', 1), after_staff()),
        ERR_OK);
    assert_int_equal(confirm(2), ERR_UNSUPPORTED);
    world_assert_replay_equal(&w);
    assert_int_equal(confirm(2), ERR_UNSUPPORTED);
}

/* ---- recalled -------------------------------------------------------------------------
 */

static void test_recalled_leases_go_back_once(void **state)
{
    (void)state;
    feed_offer(&feed, 1, 5, 0, false);
    feed_lease(&feed, 1, 1, dev, 1, 2, "granted");
    feed_pull(&w, &feed, 500);
    assert_int_equal(feed_settle(&w), 0);
    ask(1, 1);
    ask(2, 1);
    assert_int_equal(confirm(1), ERR_OK);
    feed_lease(&feed, 1, 1, dev, 1, 2, "recalled");
    feed_lease(&feed, 2, 1, world_uid('d', 9), 1, 2, "recalled");
    feed_lease(&feed, 3, 1, dev, 9, 2, "recalled"); /* another body's */
    feed_pull(&w, &feed, 500);
    assert_int_equal(feed_settle(&w), 1);
    assert_int_equal(feed_settle(&w), 0);
    assert_int_equal(sql_number(w.state, NULL, "SELECT used FROM lease_returned"), 1);
    assert_int_equal(confirm(2), ERR_UNSUPPORTED);
    feed_lease(&feed, 1, 1, dev, 1, 2, "granted"); /* what was given back stays so */
    feed_pull(&w, &feed, 500);
    assert_int_equal(confirm(2), ERR_UNSUPPORTED);
    assert_int_equal(offer_of(1).leased, 0);
}

/* ---- numbers --------------------------------------------------------------------------
 */

/* The centre counts 1; one more is confirmed here, and counted once at any time. */
static void test_nobody_is_counted_twice(void **state)
{
    (void)state;
    feed_offer(&feed, 1, 3, 1, false);
    feed_lease(&feed, 1, 1, dev, 1, 1, "granted");
    feed_pull(&w, &feed, 500);
    ask(1, 1);
    assert_int_equal(offer_of(1).taken, 1);
    assert_int_equal(confirm(1), ERR_OK);
    assert_int_equal(offer_of(1).taken, 2);
    sync_ack(&w, sync_log_now(&w).written);
    feed_offer(&feed, 1, 3, 2, false);
    feed_pull(&w, &feed, 500);
    assert_int_equal(offer_of(1).taken, 2);
    sync_ack(&w, 0); /* the centre was put back and is told again */
    assert_int_equal(offer_of(1).taken, 3);
    feed_offer(&feed, 1, 1, 1, false); /* fewer places: never less than none is free */
    feed_pull(&w, &feed, 500);
    struct offer last = offer_of(1);
    assert_int_equal(offer_free(&last), 0);
}

static void test_what_is_leased_is_free(void **state)
{
    (void)state;
    feed_offer(&feed, 1, 2, 2, false); /* a number that comes late */
    feed_lease(&feed, 1, 1, dev, 1, 1, "granted");
    feed_pull(&w, &feed, 500);
    assert_int_equal(offer_of(1).leased, 1);
    assert_int_equal(offer_of(1).taken, 1);
    feed_lease(&feed, 1, 1, dev, 1, 99, "granted");
    feed_pull(&w, &feed, 500);
    assert_int_equal(offer_of(1).leased, 2);
    assert_int_equal(offer_of(1).taken, 0);
}

/* ---- at once --------------------------------------------------------------------------
 */

static bool take(int n, int offer, enum err expected)
{
    struct store_enrolment e = world_enrolment(n);
    struct wish wish = world_wish(n, &e.who, offer);
    bool taken = false;
    assert_int_equal(store_wish_take(w.store, &wish, world_uid('D', n), &taken),
                     expected);
    return taken;
}

static void test_at_once(void **state)
{
    (void)state;
    feed_offer(&feed, 1, 5, 0, true);
    feed_offer(&feed, 2, 5, 0, false);
    feed_lease(&feed, 1, 1, dev, 1, 1, "granted");
    feed_lease(&feed, 2, 2, dev, 1, 1, "granted");
    feed_pull(&w, &feed, 500);
    for (int n = 1; n <= 4; n++) {
        world_person(&w, n);
    }
    assert_true(take(1, 1, ERR_OK));
    int64_t events = world_events(&w);
    assert_true(take(1, 1, ERR_OK)); /* a retry */
    assert_int_equal(world_events(&w), events);
    assert_false(take(2, 1, ERR_OK)); /* the leased place is gone: asked */
    assert_false(take(3, 2, ERR_OK)); /* a coach decides this one */
    feed_lease(&feed, 3, 1, dev, 1, 1, "granted");
    feed_pull(&w, &feed, 500);
    assert_true(take(2, 1, ERR_OK)); /* the same again, and now there is one */
    assert_false(take(9, 1, ERR_NOT_FOUND));
    struct wish wishes[4];
    size_t count;
    assert_int_equal(store_wishes_of(w.store, world_uid('P', 1), wishes, 4, &count),
                     ERR_OK);
    assert_int_equal(wishes[0].state, WISH_CONFIRMED);
}

static void test_at_once_without_a_centre(void **state)
{
    (void)state;
    world_done(&w);
    world_init(&w);
    struct offer offer = world_offer(1);
    offer.at_once = true;
    assert_int_equal(store_offers_replace(w.store, &offer, 1), ERR_OK);
    world_person(&w, 1);
    assert_false(take(1, 1, ERR_OK));
    assert_int_equal(confirm(1), ERR_OK); /* staff decide, as ever */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_without_a_lease_the_centre_decides, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_leased_places_and_no_more, setup, teardown),
        cmocka_unit_test_setup_teardown(test_leases_that_are_not_for_here, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_a_copy_holds_no_lease, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_locked_kiosk_gives_nothing, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_nothing_is_given_while_rows_come_anew, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_a_used_place_stays_used, setup, teardown),
        cmocka_unit_test_setup_teardown(test_recalled_leases_go_back_once, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_nobody_is_counted_twice, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_is_leased_is_free, setup, teardown),
        cmocka_unit_test_setup_teardown(test_at_once, setup, teardown),
        cmocka_unit_test_setup_teardown(test_at_once_without_a_centre, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
