#include "store/migrations.h"
#include "store/sync.h"
#include "support/vfs_slow.h"
#include "unit/store/after.h"

static struct world w;

static int setup(void **state)
{
    (void)state;
    world_make(&w);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    world_done(&w);
    return 0;
}

static mode_t mode_of(const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    return st.st_mode & 0777;
}

static void put_offer(void)
{
    struct offer offer = world_offer(1);
    assert_int_equal(store_offers_replace(w.store, &offer, 1), ERR_OK);
}

static size_t count_offers(void)
{
    struct offer got[4];
    size_t count = 99;
    assert_int_equal(store_offers_list(w.store, DATE_NONE, got, 4, &count), ERR_OK);
    return count;
}

static bool has_person(int n)
{
    struct participant got;
    enum err err = store_person_by_id(w.store, world_uid('P', n), &got);
    assert_true(err == ERR_OK || err == ERR_NOT_FOUND);
    return err == ERR_OK;
}

static void write_file(const char *path, const void *bytes, size_t len)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    fclose(file);
}

/* ---- new and again ----------------------------------------------------------------- */

static void test_new_and_again(void **state)
{
    (void)state;
    uint8_t seed[STORE_SEED_SIZE], again[STORE_SEED_SIZE];
    char path[300];
    world_open(&w);
    assert_true(w.report.state_new && w.report.feed_new);
    assert_false(w.report.state_set_aside || w.report.feed_set_aside);
    assert_int_equal(store_device_seed(w.store, seed), ERR_OK);
    world_person(&w, 1);
    assert_int_equal(mode_of(w.state), 0600);
    assert_int_equal(mode_of(w.feed), 0600);
    snprintf(path, sizeof path, "%s-wal", w.state);
    assert_int_equal(mode_of(path), 0600);
    world_reopen(&w);
    assert_false(w.report.state_new || w.report.feed_new);
    assert_string_equal(w.report.aside, "");
    assert_int_equal(store_device_seed(w.store, again), ERR_OK);
    assert_memory_equal(seed, again, sizeof seed);
    assert_true(has_person(1));
}

static void test_durable_settings(void **state)
{
    (void)state;
    world_open(&w);
    assert_int_equal(sql_number(w.state, NULL, "PRAGMA application_id"), 0x414E4C53);
    assert_int_equal(sql_number(w.feed, NULL, "PRAGMA application_id"), 0x414E4C46);
    assert_int_equal(sql_number(w.state, NULL, "SELECT count(*) FROM pragma_journal_mode"
                                               " WHERE journal_mode = 'wal'"), 1);
    assert_int_equal(sql_number(w.state, NULL,
                                "SELECT count(*) FROM pragma_table_list WHERE"
                                " schema = 'main' AND NOT strict AND name NOT"
                                " LIKE 'sqlite_%'"),
                     0);
}

static void test_folder_is_made_and_private(void **state)
{
    (void)state;
    char inner[160], dir[128];
    strcpy(dir, w.dir);
    snprintf(inner, sizeof inner, "%s/a", dir);
    strcat(w.dir, "/a/b?c#d%20e");
    snprintf(w.state, sizeof w.state, "%s/state.db", w.dir);
    world_open(&w);
    assert_int_equal(mode_of(inner), 0700);
    assert_int_equal(mode_of(w.dir), 0700);
    assert_int_equal(mode_of(w.state), 0600);
    world_done(&w);
    rmdir(inner);
    strcpy(w.dir, dir);
}

static void test_folder_that_is_none(void **state)
{
    (void)state;
    struct store *store;
    char dir[128];
    strcpy(dir, w.dir);
    strcat(w.dir, "/link");
    assert_int_equal(symlink("/tmp", w.dir), 0);
    assert_int_equal(world_try_open(&w, &store), ERR_IO);
    assert_true(strlen(w.report.detail) > 0);
    strcpy(w.dir, "");
    assert_int_equal(world_try_open(&w, &store), ERR_INVALID);
    strcpy(w.dir, "/dev/null/x");
    assert_int_equal(world_try_open(&w, &store), ERR_IO);
    strcpy(w.dir, dir);
}

static void test_boots_are_counted(void **state)
{
    (void)state;
    static const struct {
        const char *boot_id;
        int64_t boot;
    } runs[] = {{"a", 1}, {"a", 1}, {"b", 2}, {"b", 2},
                {"a", 3}, {"", 4},  {"", 5},  {"c", 6}};
    for (size_t i = 0; i < ARRAY_LEN(runs); i++) {
        w.boot_id = runs[i].boot_id;
        world_open(&w);
        assert_int_equal(store_boot(w.store), runs[i].boot);
        assert_int_equal(store_talk(w.store, world_uid('T', (int)i), (struct uid){{0}}),
                         ERR_OK);
        assert_int_equal(store_boot(w.store), runs[i].boot);
        world_close(&w);
    }
    assert_int_equal(sql_number(w.state, NULL, "SELECT count(*) FROM event WHERE kind ="
                                               " 'kiosk.started'"), 6);
    assert_int_equal(sql_number(w.state, NULL, "SELECT max(boot) FROM event"), 6);
}

static void test_opening_alone_counts_nothing(void **state)
{
    (void)state;
    world_open(&w);
    world_reopen(&w);
    assert_int_equal(store_boot(w.store), 1);
    assert_int_equal(world_events(&w), 0);
}

/* ---- two at once ------------------------------------------------------------------- */

static void test_two_handles(void **state)
{
    (void)state;
    struct store *other;
    world_open(&w);
    assert_int_equal(world_try_open(&w, &other), ERR_OK);
    assert_false(store_changed(w.store) || store_changed(other));
    put_offer();
    assert_false(store_changed(w.store));
    assert_true(store_changed(other));
    assert_false(store_changed(other));
    assert_int_equal(store_talk(other, world_uid('T', 1), (struct uid){{0}}), ERR_OK);
    assert_true(store_changed(w.store));
    assert_int_equal(store_talk(w.store, world_uid('T', 2), (struct uid){{0}}), ERR_OK);
    assert_int_equal(store_talk(w.store, world_uid('T', 1), (struct uid){{0}}), ERR_OK);
    assert_int_equal(world_events(&w), 3);
    store_close(other);
    assert_true(has_person(1) == false);
    assert_int_equal(store_talk(w.store, world_uid('T', 3), (struct uid){{0}}), ERR_OK);
}

static void test_broken_file_in_use_stays(void **state)
{
    (void)state;
    struct store *other;
    world_open(&w);
    put_offer();
    /* Another program's mark makes the file foreign to whoever opens it next. */
    assert_int_equal(sql_run(w.feed, NULL, "PRAGMA application_id = 7"), 0);
    assert_int_equal(world_try_open(&w, &other), ERR_CORRUPT);
    assert_non_null(strstr(w.report.detail, "feed.db"));
    assert_false(w.report.feed_set_aside);
    world_reopen(&w);
    assert_true(w.report.feed_set_aside);
}

/* ---- broken files ------------------------------------------------------------------ */

static void garbage(const char *path)
{
    char bytes[20000];
    memset(bytes, 'x', sizeof bytes);
    write_file(path, bytes, sizeof bytes);
}

static void short_garbage(const char *path)
{
    write_file(path, "x", 1);
}

static void half(const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(truncate(path, st.st_size / 2), 0);
}

static void odd_length(const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(truncate(path, st.st_size - 4096 - 1), 0);
}

static void header_only(const char *path)
{
    assert_int_equal(truncate(path, 100), 0);
}

static void overwrite(const char *path, long from, size_t len, int byte)
{
    char bytes[65536];
    CHECK(len <= sizeof bytes);
    memset(bytes, byte, len);
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    fseek(file, from, SEEK_SET);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    fclose(file);
}

static void zero_page(const char *path)
{
    overwrite(path, 4096, 4096, 0);
}

static void noise_in_pages(const char *path)
{
    overwrite(path, 2 * 4096 - 500, 900, 0xA5);
}

static void noise_in_schema(const char *path)
{
    overwrite(path, 100, 3900, 0xEE);
}

static void foreign(const char *path)
{
    assert_int_equal(unlink(path), 0);
    assert_int_equal(sql_run(path, NULL, "CREATE TABLE t (x); INSERT INTO t VALUES (1)"),
                     0);
}

static void without_version(const char *path)
{
    assert_int_equal(sql_run(path, NULL, "PRAGMA user_version = 0"), 0);
}

static void negative_version(const char *path)
{
    assert_int_equal(sql_run(path, NULL, "PRAGMA user_version = -3"), 0);
}

static void without_tables(const char *path)
{
    unlink(path);
    assert_int_equal(sql_run(path, NULL, "CREATE TABLE t (x); DROP TABLE t;"
                                         "PRAGMA application_id = 1095650374;"
                                         "PRAGMA user_version = 1"), 0);
}

static const struct {
    const char *name;
    void (*breaks)(const char *path);
} breaks[] = {
    {"garbage", garbage},
    {"one byte", short_garbage},
    {"half of it", half},
    {"odd length", odd_length},
    {"header only", header_only},
    {"zero page", zero_page},
    {"noise in pages", noise_in_pages},
    {"noise in the schema", noise_in_schema},
    {"another program's", foreign},
    {"no version", without_version},
    {"negative version", negative_version},
    {"no tables", without_tables},
};

static void test_broken_feed_makes_way(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(breaks); i++) {
        char aside[300];
        world_open(&w);
        if (i == 0) {
            world_person(&w, 1);
        }
        put_offer();
        world_close(&w);
        breaks[i].breaks(w.feed);
        world_open(&w);
        snprintf(aside, sizeof aside, "feed-broken-%zu.db", i < 9 ? i + 1 : 9);
        if (!w.report.feed_set_aside || w.report.state_set_aside || w.report.feed_new ||
            strcmp(w.report.aside, aside) != 0) {
            fail_msg("%s: '%s'", breaks[i].name, w.report.aside);
        }
        snprintf(aside, sizeof aside, "%s/%s", w.dir, w.report.aside);
        assert_int_equal(access(aside, F_OK), 0);
        assert_int_equal(count_offers(), 0);
        put_offer();
        assert_int_equal(count_offers(), 1);
        assert_true(has_person(1));
        world_close(&w);
    }
}

static void test_broken_state_makes_way_and_the_kiosk_goes_on(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(breaks); i++) {
        char aside[300];
        world_open(&w);
        put_offer();
        world_person(&w, (int)i + 1);
        world_close(&w);
        breaks[i].breaks(w.state);
        world_open(&w);
        snprintf(aside, sizeof aside, "state-broken-%zu.db", i + 1);
        if (!w.report.state_set_aside || w.report.feed_set_aside || w.report.state_new ||
            strcmp(w.report.aside, aside) != 0) {
            fail_msg("%s: '%s'", breaks[i].name, w.report.aside);
        }
        assert_int_equal(count_offers(), 1);
        assert_false(has_person((int)i + 1));
        world_close(&w);
    }
}

static void test_log_left_behind_does_not_reach_the_fresh_file(void **state)
{
    (void)state;
    char log[300], aside[300];
    world_open(&w);
    put_offer();
    world_close(&w);
    write_file(w.feed, "", 0);
    snprintf(log, sizeof log, "%s-wal", w.feed);
    garbage(log);
    world_open(&w);
    assert_true(w.report.feed_set_aside);
    snprintf(aside, sizeof aside, "%s/feed-broken-1.db-wal", w.dir);
    assert_int_equal(access(aside, F_OK), 0);
    assert_int_equal(count_offers(), 0);
    put_offer();
    world_reopen(&w);
    assert_int_equal(count_offers(), 1);
}

static void test_empty_file_is_a_new_one(void **state)
{
    (void)state;
    write_file(w.state, "", 0);
    world_open(&w);
    assert_true(w.report.state_new);
    assert_false(w.report.state_set_aside);
}

static void test_damage_met_in_use_is_checked_next_time(void **state)
{
    (void)state;
    struct offer *offers = calloc(OFFERS_MAX, sizeof *offers);
    size_t count;
    for (int i = 0; i < OFFERS_MAX; i++) {
        offers[i] = world_offer(i);
        memset(offers[i].text, 'x', OFFER_TEXT_SIZE - 1);
    }
    world_open(&w);
    assert_int_equal(store_offers_replace(w.store, offers, OFFERS_MAX), ERR_OK);
    world_close(&w);
    overwrite(w.feed, 40 * 4096, 4096, 0xA5);
    world_open(&w);
    assert_false(w.report.feed_set_aside);
    assert_int_equal(store_offers_list(w.store, DATE_NONE, offers, OFFERS_MAX, &count),
                     ERR_CORRUPT);
    assert_true(strlen(store_detail(w.store)) > 0);
    world_reopen(&w);
    assert_true(w.report.feed_set_aside);
    assert_int_equal(count_offers(), 0);
    world_reopen(&w);
    assert_false(w.report.feed_set_aside);
    free(offers);
}

/* ---- versions ---------------------------------------------------------------------- */

static void test_newer_file_is_refused_and_untouched(void **state)
{
    (void)state;
    struct store *store;
    const char *const files[] = {w.state, w.feed};
    const int versions[] = {state_kind.version, feed_kind.version};
    world_open(&w);
    world_person(&w, 1);
    world_close(&w);
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        assert_int_equal(sql_run(files[i], NULL, "PRAGMA user_version = 1000"), 0);
        assert_int_equal(world_try_open(&w, &store), ERR_UNSUPPORTED);
        assert_non_null(strstr(w.report.detail, "newer"));
        assert_false(w.report.state_set_aside || w.report.feed_set_aside);
        assert_int_equal(sql_number(files[i], NULL, "PRAGMA user_version"), 1000);
        char back[40];
        snprintf(back, sizeof back, "PRAGMA user_version = %d", versions[i]);
        assert_int_equal(sql_run(files[i], NULL, back), 0);
    }
    world_open(&w);
    assert_true(has_person(1));
}

static void copy_old(const char *name, const char *to)
{
    static char bytes[1 << 20];
    char path[128];
    snprintf(path, sizeof path, "tests/unit/store/old/%s", name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t len = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    write_file(to, bytes, len);
}

/* What the old version had is a job now, its folder is at home, its feed its own. */
static void check_life_goes_on(struct uid job)
{
    int64_t epoch = 0;
    struct offer offers[4];
    size_t count = 0;
    struct store_forgotten forgotten;
    struct assignment_event agree = after_event(job, JOB_AGREE, 600);
    assert_false(w.report.state_copied);
    assert_int_equal(after_put(&w, world_uid('J', 1), &agree), ANSWER_AGREED);
    assert_int_equal(store_epoch(w.store, &epoch), ERR_OK);
    assert_int_equal(epoch, 1);
    assert_int_equal(store_offers_list(w.store, DATE_NONE, offers, 4, &count), ERR_OK);
    assert_int_equal(store_offers_replace(w.store, offers, count), ERR_OK);
    assert_int_equal(store_forget(w.store, 0, 100000, &forgotten), ERR_OK);
    world_reopen(&w);
    assert_false(w.report.feed_set_aside || w.report.state_copied);
}

static enum err count_line(void *ctx, int64_t seq, struct str line,
                           const struct chain_hash *hash)
{
    struct chain_hash own = chain_line_hash(line);
    int *gone = ctx;
    bool same = chain_eq(&own, hash);
    assert_true(seq > 0 && (same || strstr(line.ptr, "\"gone\":\"")));
    *gone += !same;
    return ERR_OK;
}

static char *old_hashes(void)
{
    static const char *const tables[] = {"event"};
    char *text = sql_dump(w.state, NULL, tables, 1);
    assert_non_null(text);
    return text;
}

/* Two copies of a folder that are both brought up to date tell the same lines. */
static void test_copies_of_an_old_file_agree(void **state)
{
    (void)state;
    char *dumps[2];
    for (int i = 0; i < 2; i++) {
        int gone = 0;
        copy_old("state-v2.db", w.state);
        copy_old("feed-v2.db", w.feed);
        w.seed = 100 + (uint64_t)i;
        world_open(&w);
        assert_int_equal(store_log_lines(w.store, 1, count_line, &gone), ERR_OK);
        assert_int_equal(gone, 1); /* who was deleted */
        dumps[i] = old_hashes();
        world_close(&w);
    }
    assert_string_equal(dumps[0], dumps[1]);
    free(dumps[0]);
    free(dumps[1]);
}

/* Every version that was ever in use is kept here and must open for ever. */
static void test_old_files_open(void **state)
{
    (void)state;
    static const int versions[] = {1, 2};
    for (size_t i = 0; i < ARRAY_LEN(versions); i++) {
        char name[32];
        struct participant who;
        struct wish wishes[4];
        size_t count;
        uint8_t card[STORE_LOOKUP_SIZE];
        snprintf(name, sizeof name, "state-v%d.db", versions[i]);
        copy_old(name, w.state);
        snprintf(name, sizeof name, "feed-v%d.db", versions[i]);
        copy_old(name, w.feed);
        world_open(&w);
        assert_false(w.report.state_set_aside || w.report.feed_set_aside ||
                     w.report.state_new || w.report.feed_new);
        world_lookup(card, 1);
        assert_int_equal(store_person_by_card(w.store, card, &who), ERR_OK);
        assert_string_equal(who.alias, "Falke 1");
        assert_int_equal(store_wishes_of(w.store, who.id, wishes, 4, &count), ERR_OK);
        assert_int_equal(count, 2);
        assert_int_equal(wishes[1].state, WISH_CONFIRMED);
        assert_int_equal(count_offers(), 3);
        assert_int_equal(store_boot(w.store), 2);
        check_life_goes_on(wishes[1].id);
        world_assert_replay_equal(&w);
        assert_int_equal(sql_number(w.state, NULL, "PRAGMA user_version"),
                         state_kind.version);
        assert_int_equal(sql_number(w.feed, NULL, "PRAGMA user_version"),
                         feed_kind.version);
        world_close(&w);
    }
}

static void test_migration_steps(void **state)
{
    (void)state;
    static const char one[] =
        "PRAGMA application_id = 5; CREATE TABLE t (x INTEGER) STRICT;"
        "INSERT INTO t VALUES (1); PRAGMA user_version = 1;";
    static const char two[] = "ALTER TABLE t ADD COLUMN y INTEGER;"
                              "UPDATE t SET y = x + 1; PRAGMA user_version = 2;";
    static const char bad[] = "UPDATE t SET y = 9; CREATE TABLE t (x);";
    static const char *const steps[] = {one, two, bad};
    const struct db_kind versions[] = {{"test", 5, steps, 1}, {"test", 5, steps, 2},
                                       {"test", 5, steps, 3}};
    static const enum err expected[] = {ERR_OK, ERR_OK, ERR_CORRUPT};
    char detail[DB_DETAIL_SIZE];
    for (size_t i = 0; i < ARRAY_LEN(versions); i++) {
        struct db db;
        assert_int_equal(db_open(&db, &versions[i], w.state, NULL, detail), ERR_OK);
        assert_int_equal(db_migrate(&db), expected[i]);
        assert_int_equal(db.first_use, i == 0);
        db_close(&db);
    }
    /* The step that failed left nothing behind. */
    assert_int_equal(sql_number(w.state, NULL, "SELECT y FROM t"), 2);
    assert_int_equal(sql_number(w.state, NULL, "PRAGMA user_version"), 2);
}

/* The slow disk of other tests is one: a saved fact cannot be quicker than its sync. */
static void test_slow_disk_is_slow(void **state)
{
    (void)state;
    struct clock clock = clock_system();
    struct store_options options = {w.dir, "slow", "a", fake_clock(&w.time),
                                    fake_rng(&w.seed), NULL};
    assert_int_equal(vfs_slow_register("slow", 5), ERR_OK);
    assert_int_equal(store_open(&options, &w.report, &w.store), ERR_OK);
    int64_t start = clock_mono_ms(&clock);
    assert_int_equal(store_talk(w.store, world_uid('T', 1), (struct uid){{0}}), ERR_OK);
    assert_true(clock_mono_ms(&clock) - start >= 4);
    world_reopen(&w);
    assert_int_equal(world_events(&w), 2);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(test_new_and_again),
        CASE(test_durable_settings),
        CASE(test_folder_is_made_and_private),
        CASE(test_folder_that_is_none),
        CASE(test_boots_are_counted),
        CASE(test_opening_alone_counts_nothing),
        CASE(test_two_handles),
        CASE(test_broken_file_in_use_stays),
        CASE(test_broken_feed_makes_way),
        CASE(test_broken_state_makes_way_and_the_kiosk_goes_on),
        CASE(test_log_left_behind_does_not_reach_the_fresh_file),
        CASE(test_empty_file_is_a_new_one),
        CASE(test_damage_met_in_use_is_checked_next_time),
        CASE(test_newer_file_is_refused_and_untouched),
        CASE(test_copies_of_an_old_file_agree),
        CASE(test_old_files_open),
        CASE(test_migration_steps),
        CASE(test_slow_disk_is_slow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
