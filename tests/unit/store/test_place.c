/* Which folder this is: copies, other machines, feeds of others. */
#include "unit/store/after.h"

static struct world w, other;

static int setup(void **state)
{
    (void)state;
    world_make(&w);
    world_make(&other);
    other.seed = 99;
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    world_done(&w);
    world_done(&other);
    return 0;
}

static void talk(struct world *in, int n)
{
    assert_int_equal(store_talk(in->store, world_uid('T', n), (struct uid){{0}}), ERR_OK);
}

static int64_t epoch(struct world *in)
{
    int64_t value = -1;
    assert_int_equal(store_epoch(in->store, &value), ERR_OK);
    return value;
}

static int64_t count(struct world *in, const char *kind)
{
    char sql[100];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM event WHERE kind = '%s'", kind);
    return sql_number(in->state, NULL, sql);
}

static void copy(const char *name, struct world *from, struct world *to)
{
    char command[500];
    snprintf(command, sizeof command, "cp -a '%s/%s' '%s/%s'", from->dir, name, to->dir,
             name);
    assert_int_equal(system(command), 0);
}

static void put_offer(struct world *in, int n)
{
    struct offer offer = world_offer(n);
    assert_int_equal(store_offers_replace(in->store, &offer, 1), ERR_OK);
}

static int offers(struct world *in)
{
    struct offer got[4];
    size_t found = 0;
    assert_int_equal(store_offers_list(in->store, DATE_NONE, got, 4, &found), ERR_OK);
    return (int)found;
}

static void test_at_home(void **state)
{
    (void)state;
    w.machine = "one";
    world_open(&w);
    talk(&w, 1);
    for (int i = 2; i < 6; i++) {
        w.boot_id = i % 2 ? "boot-a" : "boot-b";
        w.machine = i % 3 ? "one" : NULL; /* once it could not be told */
        world_reopen(&w);
        assert_false(w.report.state_copied);
        talk(&w, i);
        assert_int_equal(epoch(&w), 1);
    }
    assert_int_equal(count(&w, "epoch.begun"), 0);
}

/* A folder that got another name is the same folder. */
static void test_moved(void **state)
{
    (void)state;
    char to[140];
    world_open(&w);
    talk(&w, 1);
    world_close(&w);
    snprintf(to, sizeof to, "%s-moved", w.dir);
    assert_int_equal(rename(w.dir, to), 0);
    strcpy(w.dir, to);
    snprintf(w.state, sizeof w.state, "%s/state.db", w.dir);
    world_open(&w);
    assert_false(w.report.state_copied);
}

static void test_copied_folder(void **state)
{
    (void)state;
    uint8_t seed[STORE_SEED_SIZE], again[STORE_SEED_SIZE];
    world_open(&w);
    talk(&w, 1);
    put_offer(&w, 1);
    assert_int_equal(store_device_seed(w.store, seed), ERR_OK);
    world_close(&w);
    copy("state.db", &w, &other);
    copy("feed.db", &w, &other);
    for (int i = 0; i < 2; i++) { /* told until something was saved; nothing is written */
        world_open(&other);
        assert_true(other.report.state_copied);
        assert_false(other.report.state_new || other.report.state_set_aside ||
                     other.report.feed_set_aside);
        assert_int_equal(epoch(&other), 1);
        world_close(&other);
    }
    world_open(&other);
    talk(&other, 2);
    talk(&other, 3);
    assert_int_equal(epoch(&other), 2);
    assert_int_equal(count(&other, "epoch.begun"), 1);
    assert_int_equal(offers(&other), 1); /* its feed came along */
    assert_int_equal(store_device_seed(other.store, again), ERR_OK);
    assert_memory_equal(seed, again, sizeof seed);
    world_reopen(&other);
    assert_false(other.report.state_copied);
    world_assert_replay_equal(&other);
    world_open(&w); /* the first one goes on as it was */
    assert_false(w.report.state_copied);
    talk(&w, 4);
    assert_int_equal(epoch(&w), 1);
}

static void test_copied_while_in_use(void **state)
{
    (void)state;
    world_open(&w);
    talk(&w, 1);
    copy("state.db", &w, &other);
    copy("state.db-wal", &w, &other);
    world_open(&other);
    assert_true(other.report.state_copied);
    assert_int_equal(count(&other, "talk.asked"), 1);
    talk(&other, 2);
    assert_int_equal(epoch(&other), 2);
}

/* A card that was read out whole and written to another one: files are as they were. */
static void test_card_in_another_machine(void **state)
{
    (void)state;
    w.machine = "board 1, card 1";
    world_open(&w);
    talk(&w, 1);
    w.machine = "board 2, card 1";
    world_reopen(&w);
    assert_true(w.report.state_copied);
    talk(&w, 2);
    assert_int_equal(epoch(&w), 2);
    world_reopen(&w);
    assert_false(w.report.state_copied);
    w.machine = "board 1, card 1";
    world_reopen(&w);
    talk(&w, 3);
    assert_int_equal(epoch(&w), 3);
    assert_int_equal(count(&w, "epoch.begun"), 2);
    assert_int_equal(sql_number(w.state, NULL,
                                "SELECT body ->> 'epoch' FROM event WHERE"
                                " kind = 'epoch.begun' ORDER BY seq DESC"),
                     3);
}

static void test_swapped_feeds(void **state)
{
    (void)state;
    world_open(&w);
    world_open(&other);
    put_offer(&w, 1);
    put_offer(&other, 2);
    world_close(&w);
    world_close(&other);
    char keep[1200];
    snprintf(keep, sizeof keep, "mv '%s' '%s.x' && cp -a '%s' '%s' && mv '%s.x' '%s'",
             w.feed, w.feed, other.feed, w.feed, w.feed, other.feed);
    assert_int_equal(system(keep), 0);
    struct world *const both[] = {&w, &other};
    for (size_t i = 0; i < ARRAY_LEN(both); i++) {
        world_open(both[i]);
        assert_true(both[i]->report.feed_set_aside);
        assert_false(both[i]->report.state_set_aside || both[i]->report.state_copied);
        assert_string_equal(both[i]->report.aside, "feed-broken-1.db");
        assert_int_equal(offers(both[i]), 0);
        put_offer(both[i], 3);
        world_reopen(both[i]);
        assert_false(both[i]->report.feed_set_aside);
        assert_int_equal(offers(both[i]), 1);
    }
}

/* The feed that is there when state.db is made anew is kept: it may be all there is. */
static void test_feed_outlives_state(void **state)
{
    (void)state;
    world_open(&w);
    put_offer(&w, 1);
    talk(&w, 1);
    world_close(&w);
    unlink(w.state);
    for (int i = 0; i < 2; i++) {
        world_open(&w);
        assert_int_equal(w.report.state_new, i == 0);
        assert_false(w.report.feed_set_aside);
        assert_int_equal(offers(&w), 1);
        world_close(&w);
    }
}

static void test_other_peoples_feed_while_in_use(void **state)
{
    (void)state;
    struct store *second;
    world_open(&w);
    world_open(&other);
    put_offer(&other, 2);
    world_close(&other);
    put_offer(&w, 1);
    assert_int_equal(sql_run(w.feed, NULL, "UPDATE folder SET id = zeroblob(16)"), 0);
    assert_int_equal(world_try_open(&w, &second), ERR_CORRUPT);
    assert_non_null(strstr(w.report.detail, "another folder"));
    assert_int_equal(sql_number(w.feed, NULL, "SELECT count(*) FROM offer"), 1);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_at_home),
        CASE(test_moved),
        CASE(test_copied_folder),
        CASE(test_copied_while_in_use),
        CASE(test_card_in_another_machine),
        CASE(test_swapped_feeds),
        CASE(test_feed_outlives_state),
        CASE(test_other_peoples_feed_while_in_use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
