#include "unit/store/world.h"

#include <jansson.h>
#include <sqlite3.h>

static struct world w;

static int setup(void **state)
{
    (void)state;
    world_init(&w);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    world_done(&w);
    return 0;
}

struct lines {
    int count, stop_after;
    int64_t first_seq, last_seq;
    char kinds[512];
    json_t *last;
};

static enum err take_line(void *ctx, struct str json)
{
    struct lines *lines = ctx;
    json_error_t error;
    json_t *event = json_loadb(json.ptr, json.len, JSON_REJECT_DUPLICATES, &error);
    assert_non_null(event);
    assert_null(memchr(json.ptr, '\n', json.len));
    int64_t seq = json_integer_value(json_object_get(event, "seq"));
    assert_int_equal(seq, lines->count == 0 ? seq : lines->last_seq + 1);
    lines->first_seq = lines->count == 0 ? seq : lines->first_seq;
    lines->last_seq = seq;
    lines->count++;
    strcat(lines->kinds, json_string_value(json_object_get(event, "kind")));
    strcat(lines->kinds, " ");
    json_decref(lines->last);
    lines->last = event;
    return lines->count == lines->stop_after ? ERR_FULL : ERR_OK;
}

static void fill_one_of_each(void)
{
    struct participant falke = world_person(&w, 1);
    struct store_staff staff = {.id = world_uid('S', 1), .alias = "Coach", .pin = "$pin"};
    struct store_card card = {world_uid('C', 1), falke.id, staff.id, {1}};
    struct wish wish = world_wish(1, &falke, 1), other = world_wish(2, &falke, 2),
                third = world_wish(3, &falke, 3);
    struct store_decision yes = {world_uid('D', 1), other.id, staff.id, true,
                                 DECLINE_NONE};
    struct store_decision no = {world_uid('D', 2), third.id, staff.id, false,
                                DECLINE_TALK};
    assert_int_equal(store_staff_add(w.store, &staff), ERR_OK);
    assert_int_equal(store_card_issue(w.store, &card), ERR_OK);
    assert_int_equal(store_wish(w.store, &wish), ERR_OK);
    assert_int_equal(store_wish(w.store, &other), ERR_OK);
    assert_int_equal(store_wish(w.store, &third), ERR_OK);
    assert_int_equal(store_wish_undo(w.store, world_uid('U', 1), wish.id, falke.id),
                     ERR_OK);
    assert_int_equal(store_decide(w.store, &yes), ERR_OK);
    assert_int_equal(store_decide(w.store, &no), ERR_OK);
    assert_int_equal(
        store_unfit(w.store, world_uid('F', 1), falke.id, STR("B-9"), UNFIT_OTHER),
        ERR_OK);
    assert_int_equal(store_talk(w.store, world_uid('T', 1), (struct uid){{0}}), ERR_OK);
}

static void test_events_as_json(void **state)
{
    (void)state;
    struct lines all = {0}, some = {0}, stopped = {.stop_after = 2};
    fill_one_of_each();
    assert_int_equal(store_events(w.store, 0, take_line, &all), ERR_OK);
    assert_int_equal(all.first_seq, 1);
    assert_int_equal(all.count, 12);
    assert_string_equal(all.kinds,
                        "kiosk.started participant.enrolled staff.added card.issued "
                        "wish.made wish.made wish.made wish.undone wish.confirmed "
                        "wish.declined offer.unfit talk.asked ");
    assert_int_equal(json_object_size(json_object_get(all.last, "body")), 0);
    assert_int_equal(store_events(w.store, 9, take_line, &some), ERR_OK);
    assert_int_equal(some.first_seq, 10);
    assert_int_equal(some.count, 3);
    assert_int_equal(store_events(w.store, 0, take_line, &stopped), ERR_FULL);
    assert_int_equal(stopped.count, 2);
    json_decref(all.last);
    json_decref(some.last);
    json_decref(stopped.last);
}

static enum err copy_line(void *ctx, struct str json)
{
    str_copy(ctx, 2048, json);
    return ERR_OK;
}

static void test_event_form(void **state)
{
    (void)state;
    char line[2048];
    w.time = (struct fake_clock){1795430000123, 77};
    assert_int_equal(store_unfit(w.store, world_uid('F', 1), (struct uid){{0}},
                                 STR("B-9"), UNFIT_TIME),
                     ERR_OK);
    assert_int_equal(store_events(w.store, 0, copy_line, line), ERR_OK);
    assert_string_equal(line,
                        "{\"seq\":2,\"id\":\"26000GE0000000000000000000\","
                        "\"kind\":\"offer.unfit\",\"v\":1,\"boot\":1,\"mono_ms\":77,"
                        "\"wall_ms\":1795430000123,\"body\":{"
                        "\"code\":\"B-9\",\"reason\":\"time\"}}");
}

static const struct {
    const char *name, *sql;
} changes[] = {
    {"update", "UPDATE event SET wall_ms = 0 WHERE seq = 1"},
    {"delete", "DELETE FROM event WHERE seq = 1"},
    {"delete all", "DELETE FROM event"},
    {"replace by number",
     "INSERT OR REPLACE INTO event SELECT * FROM event WHERE seq = 1"},
    {"replace by id",
     "INSERT OR REPLACE INTO event SELECT seq + 100, id, kind, version, boot,"
     " mono_ms, wall_ms, body, participant, salt, hash FROM event WHERE seq = 1"},
    {"replace last by id", "INSERT OR REPLACE INTO event SELECT (SELECT max(seq) + 1 FROM"
                           " event), id, kind, version, boot, mono_ms, wall_ms, body,"
                           " participant, salt, hash FROM event WHERE seq = 1"},
    {"gap", "INSERT INTO event SELECT max(seq) + 2, randomblob(16), kind, version, boot,"
            " mono_ms, wall_ms, body, participant, salt, hash FROM event"},
    {"below", "INSERT INTO event SELECT 0, randomblob(16), kind, version, boot,"
              " mono_ms, wall_ms, body, participant, salt, hash FROM event LIMIT 1"},
    {"number by itself",
     "INSERT INTO event SELECT NULL, randomblob(16), kind, version, boot,"
     " mono_ms, wall_ms, body, participant, salt, hash FROM event LIMIT 1"},
    {"short id", "INSERT INTO event SELECT max(seq) + 1, x'00', kind, version, boot,"
                 " mono_ms, wall_ms, body, participant, salt, hash FROM event"},
};

static void test_the_log_only_grows(void **state)
{
    (void)state;
    static const char *const table[] = {"event"};
    fill_one_of_each();
    char *before = sql_dump(w.state, NULL, table, 1);
    for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
        if (sql_run(w.state, NULL, changes[i].sql) != SQLITE_CONSTRAINT) {
            fail_msg("%s", changes[i].name);
        }
    }
    char *after = sql_dump(w.state, NULL, table, 1);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static const struct {
    const char *name;
    int64_t wall_ms;
} clocks[] = {
    {"no battery", 0},
    {"before 1970", -1},
    {"2085", 3649000000000},
    {"largest", INT64_MAX},
};

static void test_any_clock(void **state)
{
    (void)state;
    struct participant falke = world_person(&w, 1);
    for (size_t i = 0; i < ARRAY_LEN(clocks); i++) {
        struct wish wish = world_wish((int)i, &falke, (int)i), got[8];
        size_t count = 0;
        w.time.wall_ms = clocks[i].wall_ms;
        if (store_wish(w.store, &wish) != ERR_OK ||
            store_wishes_of(w.store, falke.id, got, 8, &count) != ERR_OK ||
            count != i + 1 || got[0].made_wall_ms != clocks[i].wall_ms) {
            fail_msg("%s", clocks[i].name);
        }
    }
    world_assert_replay_equal(&w);
}

/* A year at a kiosk in one second: whatever is asked for, allowed or not, the tables are
 * what the log says, and the numbers have no gap. */
static void do_anything(uint64_t *seed)
{
    struct rng rng = fake_rng(seed);
    int n = (int)rng_below(&rng, 12), person = (int)rng_below(&rng, 6);
    struct store_enrolment e = world_enrolment(person);
    struct wish wish = world_wish(n, &e.who, (int)rng_below(&rng, 4));
    struct store_card card = {world_uid('C', n), e.who.id, {{0}}, {0}};
    struct store_staff staff = {.id = world_uid('S', n), .alias = "Coach"};
    struct store_decision decision = {world_uid('D', n + 20 * person), wish.id, {{0}},
                                      rng_below(&rng, 2), DECLINE_FULL};
    struct uid fact = world_uid('F', n),
               who = rng_below(&rng, 2) ? e.who.id : (struct uid){{0}};
    enum err err = ERR_OK;
    world_lookup(card.card, 1000 + n);
    world_lookup(staff.card, 2000 + n);
    fake_clock_advance(&w.time, rng_below(&rng, 100000));
    switch (rng_below(&rng, 9)) {
    case 0: err = store_enrol(w.store, &e); break;
    case 1: err = store_card_issue(w.store, &card); break;
    case 2: err = store_staff_add(w.store, &staff); break;
    case 3: err = store_wish(w.store, &wish); break;
    case 4: err = store_wish_undo(w.store, world_uid('U', n), wish.id, e.who.id); break;
    case 5: err = store_decide(w.store, &decision); break;
    case 6: err = store_unfit(w.store, fact, who, STR("B-1"), UNFIT_TIME); break;
    case 7: err = store_talk(w.store, fact, who); break;
    case 8: err = store_talked(w.store, world_uid('X', n), e.who.id, staff.id); break;
    }
    assert_true(err == ERR_OK || err == ERR_CONFLICT || err == ERR_NOT_FOUND ||
                err == ERR_DENIED);
}

static void test_tables_are_what_the_log_says(void **state)
{
    (void)state;
    uint64_t seed = 42;
    struct offer offers[4];
    for (int i = 0; i < 4; i++) {
        offers[i] = world_offer(i);
        offers[i].places = 1;
    }
    assert_int_equal(store_offers_replace(w.store, offers, 4), ERR_OK);
    assert_int_equal(sql_run(w.state, NULL, "PRAGMA wal_checkpoint(TRUNCATE)"), 0);
    for (int i = 0; i < 600; i++) {
        do_anything(&seed);
        if (i % 100 == 99) {
            world_assert_replay_equal(&w);
        }
    }
    int64_t events = world_events(&w);
    assert_true(events > 60);
    assert_int_equal(sql_number(w.state, NULL, "SELECT count(*) FROM event"), events);
    assert_int_equal(sql_number(w.state, NULL,
                                "SELECT count(*) FROM (SELECT 1 FROM wish WHERE state ="
                                " 'confirmed' GROUP BY code HAVING count(*) > 1)"), 0);
    assert_int_equal(
        sql_number(w.state, NULL, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

static void test_replay_of_a_kind_from_the_future(void **state)
{
    (void)state;
    fill_one_of_each();
    assert_int_equal(
        sql_run(w.state, NULL,
                "INSERT INTO event SELECT max(seq) + 1, randomblob(16),"
                " 'moon.landed', 1, boot, mono_ms, wall_ms, '{}', NULL, salt,"
                " hash FROM event"),
        0);
    world_assert_replay_equal(&w);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(test_events_as_json),
        CASE(test_event_form),
        CASE(test_the_log_only_grows),
        CASE(test_any_clock),
        CASE(test_tables_are_what_the_log_says),
        CASE(test_replay_of_a_kind_from_the_future),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
