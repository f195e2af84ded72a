#include "unit/store/sync_world.h"

#include "proof/centre_key.h"

static struct world w;
static struct feed feed;

static int setup(void **state)
{
    (void)state;
    feed = (struct feed){.count = 0};
    world_init(&w);
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

/* ---- asking ---------------------------------------------------------------------------
 */

static const uint8_t code[10] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

static struct sync_enrol enrolment_now(void)
{
    struct sync_enrol enrol;
    assert_int_equal(store_enrol_get(w.store, &enrol), ERR_OK);
    return enrol;
}

static void test_asking(void **state)
{
    (void)state;
    assert_int_equal(enrolment_now().state, SYNC_ENROL_NONE);
    assert_int_equal(store_enrol_ask(w.store, "https://centre.example", code), ERR_OK);
    world_reopen(&w);
    struct sync_enrol enrol = enrolment_now();
    assert_int_equal(enrol.state, SYNC_ENROL_ASKED);
    assert_string_equal(enrol.url, "https://centre.example");
    assert_memory_equal(enrol.code, code, sizeof code);
    assert_int_equal(store_enrol_fail(w.store, SYNC_ENROL_REFUSED), ERR_OK);
    enrol = enrolment_now();
    assert_int_equal(enrol.state, SYNC_ENROL_REFUSED);
    assert_string_equal(enrol.url, "https://centre.example"); /* to try again */
    assert_int_equal(sql_number(w.state, NULL, "SELECT code IS NULL FROM enrolment"), 1);
    assert_int_equal(store_enrol_ask(w.store, "https://b.example", code), ERR_OK);
    sync_enrol(&w);
    assert_int_equal(enrolment_now().state, SYNC_ENROL_DONE);
    assert_int_equal(sql_number(w.state, NULL, "SELECT code IS NULL FROM enrolment"), 1);
}

static void test_asking_wrongly(void **state)
{
    (void)state;
    char longest[SYNC_URL_SIZE + 1];
    memset(longest, 'x', sizeof longest);
    longest[SYNC_URL_SIZE] = '\0';
    assert_int_equal(store_enrol_ask(w.store, longest, code), ERR_INVALID);
    assert_int_equal(store_enrol_ask(w.store, "", code), ERR_INVALID);
    assert_int_equal(store_enrol_ask(w.store, "http://\xff", code), ERR_INVALID);
    assert_int_equal(store_enrol_fail(w.store, SYNC_ENROL_DONE), ERR_INVALID);
    longest[SYNC_URL_SIZE - 1] = '\0';
    assert_int_equal(store_enrol_ask(w.store, longest, code), ERR_OK);
}

/* ---- the centre -----------------------------------------------------------------------
 */

static void test_the_centre_is_kept(void **state)
{
    (void)state;
    static const char seal[] =
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    struct sync_centre got, put = sync_centre_of(1);
    char key[80];
    strcpy(put.pin, "sha256//abc");
    assert_int_equal(store_centre_get(w.store, &got), ERR_NOT_FOUND);
    assert_int_equal(store_centre_put(w.store, &put, "no key"), ERR_INVALID);
    assert_int_equal(store_centre_get(w.store, &got), ERR_NOT_FOUND);
    assert_int_equal(store_centre_put(w.store, &put, seal), ERR_OK);
    world_reopen(&w);
    assert_int_equal(store_centre_get(w.store, &got), ERR_OK);
    assert_string_equal(got.url, put.url);
    assert_string_equal(got.name, put.name);
    assert_string_equal(got.organisation, put.organisation);
    assert_string_equal(got.pin, put.pin);
    assert_true(uid_eq(got.centre, put.centre));
    assert_memory_equal(got.server.b, put.server.b, sizeof got.server.b);
    assert_memory_equal(got.parcel, put.parcel, sizeof got.parcel);
    assert_int_equal(got.generation, 1);
    assert_false(got.locked);
    assert_int_equal(store_setting_get(w.store, CENTRE_KEY_SETTING, key, sizeof key),
                     ERR_OK);
    assert_string_equal(key, seal);
    assert_int_equal(store_centre_lock(w.store), ERR_OK);
    assert_int_equal(store_centre_get(w.store, &got), ERR_OK);
    assert_true(got.locked);
    assert_int_equal(store_centre_put(w.store, &put, NULL), ERR_OK); /* enrolled again */
    assert_int_equal(store_centre_get(w.store, &got), ERR_OK);
    assert_false(got.locked);
}

/* Nobody there could open what is sealed to the old one, and the old one should not. */
static void test_words_are_not_sealed_to_a_centre_that_was_left(void **state)
{
    (void)state;
    static const char seal[] =
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    struct sync_centre one = sync_centre_of(1), other = sync_centre_of(2);
    char key[80];
    assert_int_equal(store_setting_put(w.store, CENTRE_KEY_SETTING, seal), ERR_OK);
    assert_int_equal(store_centre_put(w.store, &one, NULL), ERR_OK);
    assert_int_equal(store_setting_get(w.store, CENTRE_KEY_SETTING, key, sizeof key),
                     ERR_OK);
    memset(one.server.b, 9, sizeof one.server.b); /* another server of the same centre */
    assert_int_equal(store_centre_put(w.store, &one, NULL), ERR_OK);
    assert_int_equal(store_setting_get(w.store, CENTRE_KEY_SETTING, key, sizeof key),
                     ERR_OK);
    assert_int_equal(store_centre_lock(w.store), ERR_OK);
    assert_int_equal(store_centre_put(w.store, &other, NULL), ERR_OK);
    assert_int_equal(store_setting_get(w.store, CENTRE_KEY_SETTING, key, sizeof key),
                     ERR_NOT_FOUND);
    assert_int_equal(store_centre_lock(w.store), ERR_OK);
    assert_int_equal(store_centre_put(w.store, &one, seal), ERR_OK);
    assert_int_equal(store_setting_get(w.store, CENTRE_KEY_SETTING, key, sizeof key),
                     ERR_OK);
}

static int count_people(void)
{
    return (int)sql_number(w.state, NULL, "SELECT count(*) FROM participant");
}

/* Somebody may hold it who should not: what the centre has goes, the rest stays. */
static void test_locked(void **state)
{
    (void)state;
    struct sync_centre centre;
    assert_int_equal(store_centre_lock(w.store), ERR_NOT_FOUND);
    after_job(&w, 1, 1);
    sync_enrol(&w);
    for (int n = 10; n < 80; n++) {
        world_person(&w, n);
    }
    sync_ack(&w, sync_log_now(&w).written);
    world_person(&w, 2);
    feed_offer(&feed, 1, 1, 0, false);
    feed_put(&feed, "person", "x", "{\"alias\":\"Milan\"}");
    feed_pull(&w, &feed, 500);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(store_centre_lock(w.store), ERR_OK);
        assert_int_equal(store_centre_get(w.store, &centre), ERR_OK);
        assert_true(centre.locked);
        assert_int_equal(count_people(), 1);
        assert_int_equal(sql_number(w.feed, NULL, "SELECT count(*) FROM feed_row"), 0);
        assert_int_equal(sql_number(w.state, NULL, "SELECT due FROM forgetting"), 0);
        world_reopen(&w);
    }
    world_assert_replay_equal(&w);
}

/* Offers that staff imported go: the centre owns them now. So do another centre's. */
static void test_another_centre(void **state)
{
    (void)state;
    struct offer offer = world_offer(1);
    struct sync_centre same = sync_centre_of(1), other = sync_centre_of(2);
    struct sync_feed cursor;
    assert_int_equal(store_offers_replace(w.store, &offer, 1), ERR_OK);
    assert_int_equal(store_centre_put(w.store, &same, NULL), ERR_OK);
    assert_int_equal(count_offers(), 0);
    assert_int_equal(sql_number(w.state, NULL, "SELECT due FROM forgetting"), 0);
    world_person(&w, 1);
    feed_offer(&feed, 1, 1, 0, false);
    feed_pull(&w, &feed, 500);
    sync_ack(&w, 2);
    strcpy(same.name, "Ein anderer Name");
    assert_int_equal(store_centre_put(w.store, &same, NULL), ERR_OK);
    assert_int_equal(count_offers(), 1);
    assert_int_equal(sync_log_now(&w).seq, 2);
    assert_int_equal(store_centre_lock(w.store), ERR_OK);
    assert_int_equal(store_centre_put(w.store, &other, NULL), ERR_OK);
    assert_int_equal(count_offers(), 0);
    struct sync_log log = sync_log_now(&w);
    assert_int_equal(log.seq, 0);
    assert_int_equal(log.start, 1);
    assert_int_equal(store_feed_get(w.store, &cursor), ERR_OK);
    assert_int_equal(cursor.since, 0);
    sync_ack(&w, 2);
    memset(other.server.b, 9,
           sizeof other.server.b); /* the same centre on another server */
    assert_int_equal(store_centre_put(w.store, &other, NULL), ERR_OK);
    assert_int_equal(sync_log_now(&w).seq, 0);
    assert_int_equal(sql_number(w.state, NULL, "SELECT due FROM forgetting"), 1);
}

/* Who told one centre something did not tell it the other. */
static void test_leaving_takes_nobody_along(void **state)
{
    (void)state;
    struct sync_centre one = sync_centre_of(1), other = sync_centre_of(2), got;
    memset(other.server.b, 9, sizeof other.server.b);
    assert_int_equal(store_centre_put(w.store, &one, NULL), ERR_OK);
    world_person(&w, 1);
    sync_ack(&w, sync_log_now(&w).written);
    world_person(&w, 2);
    assert_int_equal(store_centre_put(w.store, &other, NULL), ERR_CONFLICT);
    assert_int_equal(store_centre_get(w.store, &got), ERR_OK);
    assert_true(uid_eq(got.centre, one.centre));
    assert_int_equal(count_people(), 2);
    assert_int_equal(sync_log_now(&w).seq, sync_log_now(&w).written - 2);
    /* A server that has both says who moves, also before the lock order is here. */
    memcpy(other.server.b, one.server.b, sizeof other.server.b);
    assert_int_equal(store_centre_put(w.store, &other, NULL), ERR_OK);
    assert_int_equal(count_people(), 1);
    assert_int_equal(sync_log_now(&w).seq, 0);
    /* Locked, it may go anywhere; what nobody has yet goes along. */
    assert_int_equal(store_centre_lock(w.store), ERR_OK);
    memset(one.server.b, 9, sizeof one.server.b);
    assert_int_equal(store_centre_put(w.store, &one, NULL), ERR_OK);
    assert_int_equal(count_people(), 1);
    world_assert_replay_equal(&w);
}

static int64_t generation(void)
{
    struct sync_centre centre;
    assert_int_equal(store_centre_get(w.store, &centre), ERR_OK);
    return centre.generation;
}

/* Put back from a backup: in the first epoch the receipt goes back by itself. */
static void test_generation_in_the_first_epoch(void **state)
{
    (void)state;
    sync_enrol(&w);
    world_person(&w, 1);
    sync_ack(&w, 2);
    assert_int_equal(store_centre_generation(w.store, 2), ERR_OK);
    assert_int_equal(generation(), 2);
    assert_int_equal(sync_log_now(&w).epoch, 1);
    assert_int_equal(sync_log_now(&w).seq, 2);
}

/* Later, what older epochs told is told again in a new one: nobody compares those. */
static void test_generation_in_a_later_epoch(void **state)
{
    (void)state;
    sync_enrol(&w);
    world_person(&w, 1);
    sync_ack(&w, 2);
    assert_int_equal(store_log_new_epoch(w.store), ERR_OK);
    assert_int_equal(sync_log_now(&w).start, 3);
    assert_int_equal(store_centre_generation(w.store, 1),
                     ERR_OK); /* the same as before */
    assert_int_equal(sync_log_now(&w).epoch, 2);
    assert_int_equal(store_centre_generation(w.store, 5), ERR_OK);
    struct sync_log log = sync_log_now(&w);
    assert_int_equal(log.epoch, 3);
    assert_int_equal(log.start, 1);
    assert_int_equal(log.seq, 0);
    assert_int_equal(store_centre_generation(w.store, 5), ERR_OK);
    assert_int_equal(sync_log_now(&w).epoch, 3);
}

static void say_of_wish(struct feed *to, const char *said, int decision)
{
    char wish[UID_TEXT_SIZE], id[UID_TEXT_SIZE], body[256];
    uid_format(world_uid('W', 1), wish);
    uid_format(world_uid('z', decision), id);
    snprintf(body, sizeof body,
             "{\"state\":\"%s\",\"reason\":\"none\",\"decision\":\"%s\",\"staff\":\"%s\"}",
             said, id, id);
    feed_put(to, "wish", wish, body);
}

static enum wish_state state_of_wish(void)
{
    struct wish wish;
    size_t count = 0;
    assert_int_equal(store_wishes_of(w.store, world_uid('P', 1), &wish, 1, &count),
                     ERR_OK);
    assert_int_equal(count, 1);
    return wish.state;
}

/* What was decided after the backup is gone: the word before it holds again. */
static void test_generation_brings_back_an_older_word(void **state)
{
    (void)state;
    struct feed before = {.count = 0};
    struct store_enrolment e = world_enrolment(1);
    struct wish wish = world_wish(1, &e.who, 1);
    sync_enrol(&w);
    assert_int_equal(store_enrol(w.store, &e), ERR_OK);
    assert_int_equal(store_wish(w.store, &wish), ERR_OK);
    say_of_wish(&before, "confirmed", 1);
    feed = before;
    feed_pull(&w, &feed, 500);
    assert_int_equal(feed_settle(&w), 1);
    say_of_wish(&feed, "declined", 2);
    feed_pull(&w, &feed, 500);
    assert_int_equal(feed_settle(&w), 1);
    assert_int_equal(state_of_wish(), WISH_DECLINED);
    assert_int_equal(store_feed_restart(w.store), ERR_OK);
    assert_int_equal(store_centre_generation(w.store, 2), ERR_OK);
    assert_int_equal(feed_settle(&w), 0); /* nothing was said yet */
    assert_int_equal(state_of_wish(), WISH_DECLINED);
    feed_pull(&w, &before, 500);
    assert_int_equal(feed_settle(&w), 1);
    assert_int_equal(state_of_wish(), WISH_CONFIRMED);
    assert_int_equal(feed_settle(&w), 0);
}

/* ---- receipts -------------------------------------------------------------------------
 */

static struct sync_receipts receipts(void)
{
    struct sync_receipts got;
    assert_int_equal(store_receipts(w.store, &got), ERR_OK);
    return got;
}

static void test_receipts(void **state)
{
    (void)state;
    struct sync_receipts r = receipts();
    assert_false(r.enrolled);
    assert_int_equal(r.since_ms, -1);
    sync_enrol(&w);
    world_person(&w, 1);
    int64_t written = sync_log_now(&w).written;
    r = receipts();
    assert_true(r.enrolled);
    assert_int_equal(r.written, written);
    assert_int_equal(r.acked, 0);
    assert_int_equal(r.last_ms, 0);
    sync_ack(&w, written);
    assert_int_equal(store_contact(w.store, 1795430000500, SYNC_TROUBLE_NONE), ERR_OK);
    fake_clock_advance(&w.time, 7000);
    r = receipts();
    assert_int_equal(r.acked, written);
    assert_int_equal(r.last_ms, 1795430000500);
    assert_int_equal(r.since_ms, 7000);
    assert_int_equal(r.trouble, SYNC_TROUBLE_NONE);
    /* Trouble without a contact: when it was last is still known. */
    assert_int_equal(store_contact(w.store, 0, SYNC_TROUBLE_SERVER), ERR_OK);
    r = receipts();
    assert_int_equal(r.trouble, SYNC_TROUBLE_SERVER);
    assert_int_equal(r.since_ms, 7000);
    assert_int_equal(store_contact(w.store, -1, SYNC_TROUBLE_NONE), ERR_INVALID);
    assert_int_equal(store_contact(w.store, 1, SYNC_TROUBLE_COUNT), ERR_INVALID);
}

static void test_how_long_ago_over_a_boot(void **state)
{
    (void)state;
    static const struct {
        int64_t later_ms, expected;
    } clocks[] = {{60000, 60000}, {-60000, -1}, {-1795430000000, -1}};
    for (size_t i = 0; i < ARRAY_LEN(clocks); i++) {
        int64_t then = w.time.wall_ms = 1795430000000;
        w.boot_id = i % 2 == 0 ? "boot-x" : "boot-y";
        world_reopen(&w);
        world_person(&w, 10 + (int)i);
        assert_int_equal(store_contact(w.store, 5, SYNC_TROUBLE_NONE), ERR_OK);
        w.boot_id = i % 2 == 0 ? "boot-z" : "boot-w";
        w.time.wall_ms = then + clocks[i].later_ms;
        w.time.mono_ms = 1;
        world_reopen(&w);
        world_person(&w, 20 + (int)i);
        assert_int_equal(receipts().since_ms, clocks[i].expected);
    }
}

/* ---- parked ---------------------------------------------------------------------------
 */

static void test_parked(void **state)
{
    (void)state;
    char dev[UID_TEXT_SIZE], id[64];
    struct sync_parked list[2];
    size_t count = 9;
    sync_enrol(&w);
    world_person(&w, 1);
    uid_format(sync_dev(&w), dev);
    assert_int_equal(store_parked(w.store, list, 2, &count), ERR_OK);
    assert_int_equal(count, 0);
    snprintf(id, sizeof id, "%s.1.2", dev);
    feed_put(&feed, "verdict", id, "{\"why\":\"kind\"}");
    snprintf(id, sizeof id, "%s.1.99", dev);
    feed_put(&feed, "verdict", id, "[]");
    feed_put(&feed, "verdict", "01234567890123456789012345.1.2", "{\"why\":\"body\"}");
    feed_put(&feed, "verdict", "ZZZZZZZZZZZZZZZZZZZZZZZZZZ.1.2", "{\"why\":\"body\"}");
    feed_pull(&w, &feed, 500);
    assert_int_equal(store_parked(w.store, list, 2, &count), ERR_OK);
    assert_int_equal(count, 2);
    assert_int_equal(list[0].seq, 2);
    assert_string_equal(list[0].kind, "participant.enrolled");
    assert_string_equal(list[0].why, "kind");
    assert_int_equal(list[1].seq, 99);
    assert_string_equal(list[1].kind, "");
    assert_int_equal(receipts().parked, 2);
    assert_int_equal(store_parked(w.store, list, 1, &count), ERR_FULL);
    assert_int_equal(count, 1);
    snprintf(id, sizeof id, "%s.1.2", dev);
    feed_put(&feed, "verdict", id, "");
    feed_pull(&w, &feed, 500);
    assert_int_equal(receipts().parked, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_asking, setup, teardown),
        cmocka_unit_test_setup_teardown(test_asking_wrongly, setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_centre_is_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(test_locked, setup, teardown),
        cmocka_unit_test_setup_teardown(test_another_centre, setup, teardown),
        cmocka_unit_test_setup_teardown(test_leaving_takes_nobody_along, setup, teardown),
        cmocka_unit_test_setup_teardown(
            test_words_are_not_sealed_to_a_centre_that_was_left, setup, teardown),
        cmocka_unit_test_setup_teardown(test_generation_in_the_first_epoch, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_generation_in_a_later_epoch, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_generation_brings_back_an_older_word, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_receipts, setup, teardown),
        cmocka_unit_test_setup_teardown(test_how_long_ago_over_a_boot, setup, teardown),
        cmocka_unit_test_setup_teardown(test_parked, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
