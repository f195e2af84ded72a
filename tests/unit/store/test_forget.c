#include "unit/store/after.h"

#include <sqlite3.h>

#define DAYS 30
#define DAY_MS 86400000

static struct world w;
static struct store_forgotten forgotten;

static int setup(void **state)
{
    (void)state;
    world_init(&w);
    w.time.wall_ms = after_minute(1200).wall_ms;
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    world_done(&w);
    return 0;
}

/* ---- traces ------------------------------------------------------------------------ */

/* How many files of the folder hold these bytes. */
static int find_bytes(const void *bytes, size_t len)
{
    static char content[8 << 20];
    int found = 0;
    DIR *dir = opendir(w.dir);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        char path[400];
        snprintf(path, sizeof path, "%s/%s", w.dir, entry->d_name);
        FILE *file = entry->d_type == DT_REG ? fopen(path, "rb") : NULL;
        if (file) {
            size_t size = fread(content, 1, sizeof content, file);
            assert_true(size < sizeof content);
            found += memmem(content, size, bytes, len) != NULL;
            fclose(file);
        }
    }
    closedir(dir);
    return found;
}

static int find_text(const char *text)
{
    return find_bytes(text, strlen(text));
}

/* All that names person n, or is of them: the store is used on, as a kiosk would. */
struct traces {
    char alias[ALIAS_SIZE], key[ALIAS_SIZE], hash[STORE_HASH_SIZE];
    char id_text[UID_TEXT_SIZE], view_text[UID_TEXT_SIZE];
    struct uid id, view;
    uint8_t card[STORE_LOOKUP_SIZE], public[STORE_PUBLIC_KEY_SIZE];
};

static struct traces traces_of(int n)
{
    struct traces t;
    struct store_enrolment e = world_enrolment(n);
    snprintf(t.alias, sizeof t.alias, "%s", e.who.alias);
    alias_key(str_of(e.who.alias), t.key);
    snprintf(t.hash, sizeof t.hash, "%s", e.secret);
    t.id = e.who.id;
    uid_format(t.id, t.id_text);
    uid_format(world_uid('V', n), t.view_text);
    t.view = world_uid('V', n);
    memcpy(t.card, e.card, sizeof t.card);
    memset(t.public, 0x30 + n, sizeof t.public);
    memcpy(t.public, "KEY", 3);
    return t;
}

static int find_all(const struct traces *t)
{
    return (find_text(t->alias) > 0) + (find_text(t->key) > 0) +
           (find_text(t->hash) > 0) + (find_text(t->id_text) > 0) +
           (find_bytes(&t->id, sizeof t->id) > 0) +
           (find_bytes(t->card, sizeof t->card) > 0) +
           (find_bytes(t->public, sizeof t->public) > 0);
}
#define TRACES 7

static const char *const blobs[] = {"TEAMBLOB-1", "PERSONBLOB-1", "NOTEBLOB-1",
                                    "SHEETBLOB-1", "Q0VOVFJFQkxPQi0x" /* CENTREBLOB-1 */};

static int find_blobs(void)
{
    int found = 0;
    for (size_t i = 0; i < ARRAY_LEN(blobs); i++) {
        found += find_text(blobs[i]) > 0;
    }
    return found;
}

static void live(int n, struct uid job)
{
    char text[40];
    struct traces t = traces_of(n);
    struct store_view view = after_view(n, job, SIDE_SELF);
    snprintf(text, sizeof text, "TEAMBLOB-%d", n);
    after_blob(&view.for_team, text, 304);
    snprintf(text, sizeof text, "PERSONBLOB-%d", n);
    after_blob(&view.for_person, text, 304);
    snprintf(text, sizeof text, "CENTREBLOB-%d", n);
    after_blob(&view.for_centre, text, 304);
    assert_int_equal(store_view_put(w.store, &view), ERR_OK);
    struct store_note note = {
        .id = world_uid('N', n), .assignment = job, .staff = after_staff()};
    snprintf(text, sizeof text, "NOTEBLOB-%d", n);
    after_blob(&note.for_team, text, 304);
    assert_int_equal(store_note_put(w.store, &note), ERR_OK);
    struct store_sheet_item item = {.participant = t.id, .job = job};
    snprintf(text, sizeof text, "SHEETBLOB-%d", n);
    after_blob(&item.sealed, text, 1328);
    assert_int_equal(store_sheet_put(w.store, &item), ERR_OK);
    assert_int_equal(store_person_key_put(w.store, t.id, t.public), ERR_OK);
    assert_int_equal(
        store_unfit(w.store, world_uid('F', n), t.id, STR("B-1"), UNFIT_TIME), ERR_OK);
    assert_int_equal(store_talk(w.store, world_uid('T', n), t.id), ERR_OK);
    assert_int_equal(store_tries_put(w.store, str_of(t.alias), true), ERR_OK);
}

static bool has_person(int n)
{
    struct participant who;
    return store_person_by_id(w.store, world_uid('P', n), &who) == ERR_OK;
}

static void forget(int64_t acked)
{
    forgotten = (struct store_forgotten){9, 9, 9};
    assert_int_equal(store_forget(w.store, acked, DAYS, &forgotten), ERR_OK);
    world_assert_replay_equal(&w);
    assert_int_equal(
        sql_number(w.state, NULL, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

/* ---- what goes --------------------------------------------------------------------- */

static void test_nothing_young_goes(void **state)
{
    (void)state;
    struct uid job = after_job(&w, 1, 7);
    after_work(&w, job, 1);
    live(1, job);
    w.time.wall_ms += (DAYS - 1) * (int64_t)DAY_MS;
    forget(0);
    assert_int_equal(forgotten.people + forgotten.jobs + forgotten.events, 0);
    assert_true(has_person(1));
}

static void test_no_trace_is_left(void **state)
{
    (void)state;
    struct uid job = after_job(&w, 1, 7);
    struct traces t = traces_of(1);
    after_work(&w, job, 1);
    live(1, job);
    int64_t events = world_events(&w);
    assert_int_equal(find_all(&t), TRACES);
    assert_int_equal(find_blobs(), ARRAY_LEN(blobs));
    w.time.wall_ms += (DAYS + 1) * (int64_t)DAY_MS;
    forget(0);
    assert_int_equal(forgotten.people, 1);
    assert_int_equal(forgotten.jobs, 1);
    assert_int_equal(forgotten.events, events - 1); /* all but the start of the kiosk */
    assert_int_equal(find_all(&t), 0);
    assert_int_equal(find_blobs(), 0);
    assert_int_equal(world_events(&w), events);
    assert_int_equal(sql_number(w.state, NULL, "SELECT count(*) FROM tries"), 0);
    world_reopen(&w);
    assert_int_equal(find_all(&t), 0);
    assert_false(has_person(1));
    /* The alias is free again, and the log goes on. */
    struct store_enrolment e = world_enrolment(1);
    e.id = world_uid('E', 77);
    assert_int_equal(store_enrol(w.store, &e), ERR_OK);
    world_assert_replay_equal(&w);
}

static void test_the_others_stay(void **state)
{
    (void)state;
    struct uid job = after_job(&w, 1, 7);
    struct traces one = traces_of(1), two = traces_of(2);
    after_work(&w, job, 1);
    live(1, job);
    w.time.wall_ms += (DAYS + 1) * (int64_t)DAY_MS;
    struct uid other = after_job(&w, 2, 7);
    live(2, other);
    forget(0);
    assert_int_equal(forgotten.people, 1);
    assert_int_equal(find_all(&one), 0);
    assert_int_equal(find_blobs(), 0);
    assert_int_equal(find_all(&two), TRACES);
    assert_int_equal(find_text("TEAMBLOB-2") > 0, 1);
    assert_true(has_person(2));
}

/* Rows that moved from page to page leave copies behind that nobody deletes. */
static void test_no_trace_among_many(void **state)
{
    (void)state;
    for (int i = 1; i <= 120; i++) {
        struct uid job = after_job(&w, i, 7 * (1 + i / 2));
        live(i, job);
        if (i % 3 == 0) {
            struct store_card card = {world_uid('C', i), world_uid('P', i), {{0}}, {0}};
            memset(card.card, i, sizeof card.card);
            assert_int_equal(store_card_issue(w.store, &card), ERR_OK);
        }
        w.time.wall_ms += i == 80 ? (DAYS + 1) * (int64_t)DAY_MS : 0;
    }
    forget(0);
    assert_int_equal(forgotten.people, 80);
    for (int i = 1; i <= 80; i++) {
        struct traces t = traces_of(i);
        bool part_of_another = i < 13; /* "Falke 8" is in "Falke 81" */
        assert_int_equal(find_all(&t) - (part_of_another ? find_text(t.alias) > 0 : 0) -
                             (part_of_another ? find_text(t.key) > 0 : 0) -
                             (part_of_another ? find_text(t.hash) > 0 : 0),
                         0);
    }
}

static void test_an_old_job_of_a_person_who_stays(void **state)
{
    (void)state;
    struct uid job = after_job(&w, 1, 7);
    struct job_brief brief;
    after_work(&w, job, 1);
    live(1, job);
    w.time.wall_ms += (DAYS + 1) * (int64_t)DAY_MS;
    assert_int_equal(store_talk(w.store, world_uid('T', 50), world_uid('P', 1)), ERR_OK);
    forget(0);
    assert_int_equal(forgotten.people, 0);
    assert_int_equal(forgotten.jobs, 1);
    assert_int_equal(store_job_brief(w.store, job, &brief), ERR_NOT_FOUND);
    assert_int_equal(find_text("TEAMBLOB-1") + find_text("NOTEBLOB-1"), 0);
    assert_int_equal(find_text("SHEETBLOB-1") > 0, 1); /* theirs, while they are */
    assert_true(has_person(1));
    assert_int_equal(sql_number(w.state, NULL, "SELECT count(*) FROM talk"), 1);
}

static void test_a_job_to_come_stays(void **state)
{
    (void)state;
    struct uid job = after_job(&w, 1, 7);
    struct job_brief brief;
    w.time.wall_ms = after_minute(600).wall_ms;
    assert_int_equal(store_forget(w.store, 1000, 0, &forgotten), ERR_OK);
    assert_int_equal(forgotten.jobs + forgotten.people, 0);
    assert_int_equal(store_job_brief(w.store, job, &brief), ERR_OK);
}

/* What the centre knows goes when nobody waits for it, before it is old; not at once, as
 * the centre may have to be told again. Who was here lately stays. */
static void test_acknowledged(void **state)
{
    (void)state;
    struct uid job = after_job(&w, 1, 7);
    after_work(&w, job, 1);
    struct store_view view = after_view(1, job, SIDE_SELF);
    assert_int_equal(store_view_put(w.store, &view), ERR_OK);
    w.time.wall_ms += DAY_MS;
    forget(world_events(&w));
    assert_int_equal(forgotten.jobs, 0); /* nobody has called yet */
    assert_int_equal(after_decide(&w, 1, job, EVALUATION_CLOSE), EVALUATION_OK);
    assert_int_equal(after_decide(&w, 2, job, EVALUATION_RELEASE), EVALUATION_OK);
    forget(world_events(&w));
    assert_int_equal(forgotten.jobs, 0); /* known there only just now */
    w.time.wall_ms += 15 * (int64_t)DAY_MS;
    forget(world_events(&w) - 1);
    assert_int_equal(forgotten.jobs, 0); /* the release is not known there yet */
    forget(world_events(&w));
    assert_int_equal(forgotten.jobs, 1);
    assert_int_equal(forgotten.people, 0);
    assert_true(has_person(1));
}

/* ---- clocks ------------------------------------------------------------------------ */

static void test_a_clock_behind_forgets_nothing(void **state)
{
    (void)state;
    struct uid job = after_job(&w, 1, 7);
    after_work(&w, job, 1);
    static const int64_t clocks[] = {0, 1000, 1795000000000};
    for (size_t i = 0; i < ARRAY_LEN(clocks); i++) {
        w.time.wall_ms = clocks[i];
        assert_int_equal(store_forget(w.store, 1000, 0, &forgotten), ERR_OK);
        assert_int_equal(forgotten.people + forgotten.jobs + forgotten.events, 0);
    }
}

/* Events stored in 1970 are as old as the next one with a sane time, and no older. */
static void test_events_of_a_clock_that_was_never_set(void **state)
{
    (void)state;
    int64_t real_ms = w.time.wall_ms;
    w.time.wall_ms = 5000;
    world_person(&w, 1);
    w.time.wall_ms = real_ms;
    forget(0);
    assert_true(has_person(1)); /* nothing bounds them: as new as can be */
    world_person(&w, 2);
    w.time.wall_ms += (DAYS - 1) * (int64_t)DAY_MS;
    forget(0);
    assert_true(has_person(1));
    w.time.wall_ms += 2 * (int64_t)DAY_MS;
    forget(0);
    assert_false(has_person(1));
}

/* Sixty years between two events did not pass; what comes after them is aged by then on. */
static void test_a_clock_that_jumps_ages_nobody(void **state)
{
    (void)state;
    world_person(&w, 1);
    w.time.wall_ms += 60 * 365 * (int64_t)DAY_MS;
    forget(0);
    assert_true(has_person(1));
    world_person(&w, 2);
    forget(0);
    assert_true(has_person(1));
    w.time.wall_ms += (DAYS + 1) * (int64_t)DAY_MS;
    forget(0);
    assert_false(has_person(1));
    assert_false(has_person(2));
}

/* ---- one who asked ----------------------------------------------------------------- */

static void test_who_asks_is_forgotten_at_once(void **state)
{
    (void)state;
    struct uid job = after_job(&w, 1, 7), other = after_job(&w, 2, 7);
    struct traces one = traces_of(1), two = traces_of(2);
    live(1, job);
    live(2, other);
    for (int i = 0; i < 2; i++) { /* and a retry */
        assert_int_equal(
            store_forget_person(w.store, world_uid('X', 1), one.id, after_staff()),
            ERR_OK);
        assert_int_equal(find_all(&one), 0);
        assert_int_equal(find_blobs(), 0);
    }
    assert_int_equal(find_all(&two), TRACES);
    assert_int_equal(sql_number(w.state, NULL,
                                "SELECT count(*) FROM event"
                                " WHERE kind = 'person.deleted'"),
                     1);
    assert_int_equal(
        store_forget_person(w.store, world_uid('X', 2), one.id, after_staff()),
        ERR_NOT_FOUND);
    world_assert_replay_equal(&w);
}

static void test_broken_files_go_too(void **state)
{
    (void)state;
    struct traces t = traces_of(1);
    char aside[300];
    after_job(&w, 1, 7);
    world_close(&w);
    FILE *file = fopen(w.state, "r+b");
    assert_non_null(file);
    fwrite("no database at all", 1, 18, file);
    fclose(file);
    world_open(&w);
    assert_true(w.report.state_set_aside);
    assert_true(find_all(&t) > 0);
    world_person(&w, 2);
    snprintf(aside, sizeof aside, "%s/%s", w.dir, w.report.aside);
    assert_int_equal(access(aside, F_OK), 0);
    assert_int_equal(
        store_forget_person(w.store, world_uid('X', 1), world_uid('P', 2), after_staff()),
        ERR_OK);
    assert_int_equal(access(aside, F_OK), -1);
    assert_int_equal(find_all(&t), 0);
}

/* ---- the door ---------------------------------------------------------------------- */

static void test_the_log_has_one_door(void **state)
{
    (void)state;
    static const struct {
        const char *sql;
        bool allowed;
    } tries[] = {
        {"UPDATE event SET body = '', participant = NULL", false},
        {"UPDATE forgetting SET open = 1; UPDATE event SET body = 'x', participant = "
         "NULL",
         false},
        {"UPDATE forgetting SET open = 1; UPDATE event SET kind = 'x', body = '',"
         " participant = NULL",
         false},
        {"UPDATE forgetting SET open = 1; UPDATE event SET body = ''"
         " WHERE participant IS NOT NULL",
         false},
        {"UPDATE forgetting SET open = 1; UPDATE event SET wall_ms = 0, body = '',"
         " participant = NULL",
         false},
        {"UPDATE forgetting SET open = 1; DELETE FROM event", false},
        {"DELETE FROM forgetting; UPDATE event SET body = '', participant = NULL", false},
        {"UPDATE forgetting SET open = 1; UPDATE event SET body = '', participant = NULL",
         false},
        {"UPDATE forgetting SET open = 1; UPDATE event SET body = '', participant = NULL,"
         " salt = x'', hash = zeroblob(32)",
         false},
        {"UPDATE forgetting SET open = 1; UPDATE event SET body = '', participant = NULL,"
         " salt = x''",
         true},
    };
    world_person(&w, 1);
    world_close(&w);
    for (size_t i = 0; i < ARRAY_LEN(tries); i++) {
        char sql[300];
        snprintf(sql, sizeof sql, "BEGIN; %s; ROLLBACK", tries[i].sql);
        bool done = sql_run(w.state, NULL, sql) == 0;
        if (done != tries[i].allowed) {
            fail_msg("%s", tries[i].sql);
        }
    }
    world_open(&w);
}

static enum err look_for_null(void *ctx, struct str json)
{
    *(int *)ctx += strstr(json.ptr, "\"body\":null}") != NULL;
    return ERR_OK;
}

static void test_forgotten_events_are_told_without_body(void **state)
{
    (void)state;
    int count = 0;
    world_person(&w, 1);
    w.time.wall_ms += (DAYS + 1) * (int64_t)DAY_MS;
    forget(0);
    assert_int_equal(store_events(w.store, 0, look_for_null, &count), ERR_OK);
    assert_int_equal(count, 1);
}

/* A reader keeps the log from being emptied: said, and done the next time. */
static void test_compacting_goes_on_later(void **state)
{
    (void)state;
    struct traces t = traces_of(1);
    sqlite3 *reader;
    world_person(&w, 1);
    assert_int_equal(sqlite3_open(w.state, &reader), 0);
    assert_int_equal(sqlite3_exec(reader, "BEGIN; SELECT * FROM event", NULL, NULL, NULL),
                     0);
    w.time.wall_ms += (DAYS + 1) * (int64_t)DAY_MS;
    assert_int_equal(store_forget(w.store, 0, DAYS, &forgotten), ERR_UNKNOWN);
    assert_false(has_person(1));
    assert_int_equal(sqlite3_exec(reader, "ROLLBACK", NULL, NULL, NULL), 0);
    sqlite3_close(reader);
    forget(0);
    assert_int_equal(find_all(&t), 0);
}

static int64_t rewritten(void)
{
    return sql_number(w.state, NULL, "PRAGMA schema_version");
}

/* A card wears by every page that is written. */
static void test_nothing_to_forget_writes_nothing_anew(void **state)
{
    (void)state;
    world_person(&w, 1);
    int64_t before = rewritten();
    forget(0);
    assert_int_equal(rewritten(), before);
    w.time.wall_ms += (DAYS + 1) * (int64_t)DAY_MS;
    forget(0);
    assert_true(rewritten() > before);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_nothing_young_goes),
        CASE(test_no_trace_is_left),
        CASE(test_the_others_stay),
        CASE(test_no_trace_among_many),
        CASE(test_an_old_job_of_a_person_who_stays),
        CASE(test_a_job_to_come_stays),
        CASE(test_acknowledged),
        CASE(test_a_clock_behind_forgets_nothing),
        CASE(test_a_clock_that_jumps_ages_nobody),
        CASE(test_events_of_a_clock_that_was_never_set),
        CASE(test_who_asks_is_forgotten_at_once),
        CASE(test_broken_files_go_too),
        CASE(test_the_log_has_one_door),
        CASE(test_forgotten_events_are_told_without_body),
        CASE(test_compacting_goes_on_later),
        CASE(test_nothing_to_forget_writes_nothing_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
