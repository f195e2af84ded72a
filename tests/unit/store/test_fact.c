/* What stands in the body of a fact, and what older programs wrote there. */
#include "unit/store/after.h"

#include "store/state.h"

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

static enum err copy_line(void *ctx, struct str json)
{
    str_copy(ctx, 2048, json);
    return ERR_OK;
}

/* Time and body of the newest fact. */
static void assert_last(const char *expected)
{
    char line[2048] = "";
    int64_t count = world_events(&w);
    assert_int_equal(store_events(w.store, count - 1, copy_line, line), ERR_OK);
    const char *from = strstr(line, "\"boot\":");
    assert_non_null(from);
    assert_string_equal(from, expected);
}

/* ---- members that are left out ------------------------------------------------------- */

static void test_what_is_usual_is_not_said(void **state)
{
    (void)state;
    struct store_enrolment e = world_enrolment(1);
    struct wish wish = world_wish(1, &e.who, 7);
    wish.work.load_g = 0;
    assert_int_equal(store_enrol(w.store, &e), ERR_OK);
    assert_int_equal(store_wish(w.store, &wish), ERR_OK);
    assert_last("\"boot\":1,\"mono_ms\":5000,\"wall_ms\":1795430000000,\"body\":{"
                "\"participant\":\"2G000GE0000000000000000000\",\"code\":\"B-0007\","
                "\"title\":\"Laub harken 7\",\"place\":\"Gartentor\","
                "\"district\":\"Neukölln\",\"field\":\"F03\",\"cents\":2000,"
                "\"date\":\"2026-11-23\",\"start\":\"16:00\",\"end\":\"18:00\","
                "\"site_kind\":\"nonprofit\",\"work_kind\":\"garden\"}}");
    struct store_decision d = {world_uid('D', 1), wish.id, after_staff(), true,
                               DECLINE_NONE};
    assert_int_equal(store_decide(w.store, &d), ERR_OK);
    assert_last("\"boot\":1,\"mono_ms\":5000,\"wall_ms\":1795430000000,\"body\":{"
                "\"wish\":\"2Q000GE0000000000000000000\","
                "\"participant\":\"2G000GE0000000000000000000\","
                "\"staff\":\"2K000GE0000000000000000000\"}}");
    world_assert_replay_equal(&w);
}

#define OF_JOB                                                                           \
    "\"assignment\":\"2Q000GE0000000000000000000\","                                     \
    "\"participant\":\"2G000GE0000000000000000000\""

static struct assignment_event agree_at(struct uid job, struct moment at)
{
    return (struct assignment_event){.kind = JOB_AGREE, .assignment = job, .at = at};
}

static void test_a_moment_of_now_is_the_time_of_the_event(void **state)
{
    (void)state;
    struct moment at;
    struct assignment_event agree = agree_at(after_job(&w, 1, 7), (struct moment){0});
    assert_int_equal(store_now(w.store, &agree.at), ERR_OK);
    at = agree.at;
    fake_clock_advance(&w.time, 999);
    after_put(&w, world_uid('J', 1), &agree);
    assert_last("\"boot\":1,\"mono_ms\":5000,\"wall_ms\":1795430000000,\"body\":{" OF_JOB
                "}}");
    struct assignment a;
    assert_int_equal(store_job_get(w.store, agree.assignment, &a), ERR_OK);
    assert_memory_equal(&a.history[0].at, &at, sizeof at);
    world_assert_replay_equal(&w);
}

static void test_any_other_moment_is_said(void **state)
{
    static const struct {
        const char *name;
        struct moment at;
        const char *said;
    } rows[] = {
        {"a second ago",
         {1795430000000, 1, 4000, 0},
         "{\"wall_ms\":1795430000000,\"boot\":1,\"mono_ms\":4000,\"uncertainty_ms\":0}"},
        {"in the future",
         {1795430000000, 1, 5001, 0},
         "{\"wall_ms\":1795430000000,\"boot\":1,\"mono_ms\":5001,\"uncertainty_ms\":0}"},
        {"of another boot",
         {1795430000000, 2, 5000, 0},
         "{\"wall_ms\":1795430000000,\"boot\":2,\"mono_ms\":5000,\"uncertainty_ms\":0}"},
        {"not sure",
         {1795430000000, 1, 5000, 1},
         "{\"wall_ms\":1795430000000,\"boot\":1,\"mono_ms\":5000,\"uncertainty_ms\":1}"},
        {"anything",
         {1795430000000, 1, 5000, MOMENT_UNSURE},
         "{\"wall_ms\":1795430000000,\"boot\":1,\"mono_ms\":5000,"
         "\"uncertainty_ms\":null}"},
        {"told",
         {1795430000000, MOMENT_TOLD, 0, 0},
         "{\"wall_ms\":1795430000000,\"boot\":-1,\"mono_ms\":0,\"uncertainty_ms\":0}"},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char expected[600];
        struct assignment a;
        teardown(NULL);
        setup(NULL);
        print_message("%s\n", rows[i].name);
        struct assignment_event agree = agree_at(after_job(&w, 1, 7), rows[i].at);
        after_put(&w, world_uid('J', 1), &agree);
        snprintf(expected, sizeof expected,
                 "\"boot\":1,\"mono_ms\":5000,\"wall_ms\":1795430000000,\"body\":{" OF_JOB
                 ",\"at\":%s}}",
                 rows[i].said);
        assert_last(expected);
        assert_int_equal(store_job_get(w.store, agree.assignment, &a), ERR_OK);
        assert_memory_equal(&a.history[0].at, &rows[i].at, sizeof a.history[0].at);
        world_assert_replay_equal(&w);
    }
}

/* ---- what older programs wrote ------------------------------------------------------- */

/* A fact with this body, as it would have been written then. */
static void put_old(enum kind kind, struct uid id, const char *body)
{
    struct fact fact;
    struct str all = str_of(body);
    fact_init(&fact, kind, id);
    buf_clear(&fact.body);
    buf_put(&fact.body, (struct str){all.ptr, all.len - 1}); /* a brace comes behind it */
    assert_int_equal(db_begin(&w.store->state), ERR_OK);
    assert_int_equal(db_end(&w.store->state, fact_append(w.store, &fact)), ERR_OK);
}

static const char old_wish[] =
    "{\"participant\":\"2G000GE0000000000000000000\",\"code\":\"B-0007\","
    "\"title\":\"Laub harken 7\",\"place\":\"Gartentor\",\"district\":\"Neukölln\","
    "\"field\":null,\"cents\":2000,\"date\":\"2026-11-23\",\"start\":\"16:00\","
    "\"end\":\"18:00\",\"break_minutes\":0,\"site_kind\":\"nonprofit\","
    "\"work_kind\":\"garden\",\"load_g\":0,\"dangerous\":false,\"paced\":false,"
    "\"alcohol_tobacco\":false}";
static const char old_confirmed[] =
    "{\"wish\":\"2Q000GE0000000000000000000\",\"participant\":"
    "\"2G000GE0000000000000000000\",\"staff\":\"2K000GE0000000000000000000\","
    "\"lease\":null,\"centre\":false}";
static const char old_agreed[] =
    "{" OF_JOB ",\"at\":{\"wall_ms\":1795430000000,\"boot\":1,\"mono_ms\":5000,"
    "\"uncertainty_ms\":0},\"by\":\"kiosk\",\"staff\":null,\"reason\":\"none\","
    "\"minutes\":0,\"missed_form\":0,\"missed_reason\":0}";

static void put_old_facts(void)
{
    put_old(KIND_WISH_MADE, world_uid('W', 1), old_wish);
    put_old(KIND_WISH_CONFIRMED, world_uid('D', 1), old_confirmed);
    put_old(KIND_JOB_AGREED, world_uid('J', 1), old_agreed);
}

static struct wish same_wish(const struct participant *who)
{
    struct wish wish = world_wish(1, who, 7);
    wish.work.load_g = 0;
    wish.field = 0;
    return wish;
}

static void put_same_facts(const struct participant *who)
{
    struct wish wish = same_wish(who);
    struct store_decision d = {world_uid('D', 1), wish.id, after_staff(), true,
                               DECLINE_NONE};
    assert_int_equal(store_wish(w.store, &wish), ERR_OK);
    assert_int_equal(store_decide(w.store, &d), ERR_OK);
    struct assignment_event agree =
        agree_at(wish.id, (struct moment){1795430000000, 1, 5000, 0});
    after_put(&w, world_uid('J', 1), &agree);
}

static void test_older_facts_say_the_same(void **state)
{
    (void)state;
    world_person(&w, 1);
    put_old_facts();
    char *old = world_dump(&w);
    world_assert_replay_equal(&w);
    teardown(NULL);
    setup(NULL);
    struct participant who = world_person(&w, 1);
    put_same_facts(&who);
    char *new = world_dump(&w);
    assert_string_equal(old, new);
    free(old);
    free(new);
}

static void test_an_older_fact_is_not_told_twice(void **state)
{
    (void)state;
    struct participant who = world_person(&w, 1);
    put_old_facts();
    int64_t before = world_events(&w);
    struct wish wish = same_wish(&who);
    /* In the form of today its body is another, so it is refused; nothing happens. */
    assert_int_equal(store_wish(w.store, &wish), ERR_CONFLICT);
    struct assignment_event agree =
        agree_at(wish.id, (struct moment){1795430000000, 1, 5000, 0});
    assert_int_equal(after_put(&w, world_uid('J', 1), &agree), ANSWER_AGREED);
    assert_int_equal(world_events(&w), before);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_what_is_usual_is_not_said),
        CASE(test_a_moment_of_now_is_the_time_of_the_event),
        CASE(test_any_other_moment_is_said),
        CASE(test_older_facts_say_the_same),
        CASE(test_an_older_fact_is_not_told_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
