#include "unit/store/after.h"

static struct world w;
static struct job_brief briefs[JOBS_MAX];

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

static struct assignment get(struct uid job)
{
    struct assignment a;
    assert_int_equal(store_job_get(w.store, job, &a), ERR_OK);
    return a;
}

static void test_what_is_recorded_is_kept(void **state)
{
    (void)state;
    struct uid job = after_job(&w, 1, 7);
    after_work(&w, job, 1);
    world_reopen(&w);
    struct assignment a = get(job);
    struct moment in = after_minute(960);
    assert_int_equal(a.now.state, ASSIGNMENT_GONE);
    assert_true(a.now.accepted);
    assert_memory_equal(&a.now.in, &in, sizeof in);
    assert_int_equal(a.history_count, 3);
    assert_string_equal(a.alias, "Falke 1");
    assert_string_equal(a.title, "Laub harken 7");
    world_assert_replay_equal(&w);
}

static void test_a_job_of_another_kiosk_is_only_noted(void **state)
{
    (void)state;
    struct uid job = world_uid('X', 1);
    assert_int_equal(store_job_seen(w.store, world_uid('S', 1), job), ERR_OK);
    int64_t before = world_events(&w);
    assert_int_equal(store_job_seen(w.store, world_uid('S', 1), job), ERR_OK);
    assert_int_equal(world_events(&w), before);
    assert_int_equal(store_job_seen(w.store, world_uid('S', 3), job), ERR_OK);
    assert_int_equal(world_events(&w), before + 1);
    assert_int_equal(store_job_seen(w.store, world_uid('S', 2), (struct uid){{0}}),
                     ERR_INVALID);
    struct job_brief brief;
    assert_int_equal(store_job_brief(w.store, job, &brief), ERR_NOT_FOUND);
    world_assert_replay_equal(&w);
}

static void test_what_is_refused_is_not(void **state)
{
    (void)state;
    struct uid job = after_job(&w, 1, 7);
    int64_t before = world_events(&w);
    struct assignment_event in = after_event(job, JOB_CHECK_IN, 960);
    assert_int_equal(after_put(&w, world_uid('J', 1), &in), ANSWER_IN_NO_AGREEMENT);
    assert_int_equal(world_events(&w), before);
    assert_int_equal(get(job).now.state, ASSIGNMENT_EXPECTED);
    /* The same id again, once it may be: nothing stood in its way. */
    struct assignment_event agree = after_event(job, JOB_AGREE, 900);
    assert_int_equal(after_put(&w, world_uid('J', 2), &agree), ANSWER_AGREED);
    assert_int_equal(after_put(&w, world_uid('J', 1), &in), ANSWER_IN_ON_TIME);
}

static void test_the_same_again(void **state)
{
    (void)state;
    struct job_brief brief;
    enum assignment_answer answer;
    struct uid job = after_job(&w, 1, 7), other = after_job(&w, 2, 7);
    after_work(&w, job, 1);
    int64_t before = world_events(&w);
    struct assignment_event in = after_event(job, JOB_CHECK_IN, 960);
    assert_int_equal(after_put(&w, world_uid('J', 11), &in), ANSWER_IN_ON_TIME);
    in.at = after_minute(975); /* the retry came later */
    assert_int_equal(after_put(&w, world_uid('J', 11), &in), ANSWER_IN_ON_TIME);
    assert_int_equal(world_events(&w), before);
    assert_int_equal(get(job).now.state, ASSIGNMENT_GONE);
    in.kind = JOB_CHECK_OUT;
    assert_int_equal(store_job_event(w.store, world_uid('J', 11), &in, &answer, &brief),
                     ERR_CONFLICT);
    in = after_event(other, JOB_AGREE, 900);
    assert_int_equal(store_job_event(w.store, world_uid('J', 11), &in, &answer, &brief),
                     ERR_CONFLICT);
    assert_int_equal(world_events(&w), before);
}

static void test_no_such_job(void **state)
{
    (void)state;
    struct job_brief brief;
    enum assignment_answer answer;
    struct participant who = world_person(&w, 1);
    struct wish wish = world_wish(1, &who, 7);
    assert_int_equal(store_wish(w.store, &wish), ERR_OK);
    const struct uid ids[] = {wish.id, world_uid('W', 99), {{0}}};
    for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
        struct assignment_event e = after_event(ids[i], JOB_AGREE, 900);
        assert_int_equal(store_job_event(w.store, world_uid('J', 1), &e, &answer, &brief),
                         ERR_NOT_FOUND);
        assert_int_equal(store_job_brief(w.store, ids[i], &brief), ERR_NOT_FOUND);
    }
    struct assignment_event e = {.kind = JOB_AGREE,
                                 .assignment = wish.id}; /* no moment */
    assert_int_equal(store_job_event(w.store, world_uid('J', 1), &e, &answer, &brief),
                     ERR_INVALID);
    e = after_event(wish.id, ASSIGNMENT_EVENT_COUNT, 900);
    assert_int_equal(store_job_event(w.store, world_uid('J', 1), &e, &answer, &brief),
                     ERR_INVALID);
}

static void test_correction_keeps_times(void **state)
{
    (void)state;
    struct uid job = after_job(&w, 1, 7);
    after_work(&w, job, 1);
    struct assignment_event e = after_event(job, JOB_CORRECT, 1100);
    e.by = BY_STAFF;
    e.staff = after_staff();
    e.reason = REASON_CLOCK_WRONG;
    e.values.in = moment_told(after_minute(965).wall_ms);
    e.values.out = after_minute(1070);
    e.values.out.uncertainty_ms = MOMENT_UNSURE;
    e.values.break_count = 2;
    e.values.breaks[0] = (struct assignment_break){after_minute(980), after_minute(1000)};
    e.values.breaks[1] =
        (struct assignment_break){after_minute(1010), after_minute(1030)};
    assert_int_equal(after_put(&w, world_uid('J', 50), &e), ANSWER_CORRECTED);
    assert_int_equal(after_put(&w, world_uid('J', 50), &e), ANSWER_CORRECTED);
    struct assignment a = get(job);
    assert_memory_equal(&a.now.in, &e.values.in, sizeof e.values.in);
    assert_memory_equal(&a.now.out, &e.values.out, sizeof e.values.out);
    assert_int_equal(a.now.break_count, 2);
    assert_memory_equal(a.now.breaks, e.values.breaks, 2 * sizeof *a.now.breaks);
    assert_int_equal(a.history[3].reason, REASON_CLOCK_WRONG);
    assert_true(uid_eq(a.history[3].staff, after_staff()));
    assert_memory_equal(&a.history[3].earlier.in, &a.history[2].earlier.in,
                        sizeof a.now.in);
    world_assert_replay_equal(&w);
}

static void test_history_is_bounded(void **state)
{
    (void)state;
    struct uid job = after_job(&w, 1, 7);
    for (int i = 0; i < ASSIGNMENT_HISTORY_MAX + 3; i++) {
        struct assignment_event e = after_event(job, i == 0 ? JOB_AGREE : JOB_UNDO, 900);
        enum assignment_answer answer = after_put(&w, world_uid('J', i), &e);
        assert_int_equal(answer == ANSWER_FULL, i >= ASSIGNMENT_HISTORY_MAX);
    }
    assert_int_equal(get(job).history_count, ASSIGNMENT_HISTORY_MAX);
}

static void test_lists(void **state)
{
    (void)state;
    size_t count = 0;
    struct uid today = after_job(&w, 2, 7), same = after_job(&w, 1, 7);
    struct uid later = after_job(&w, 3, 8);
    assert_int_equal(store_jobs_on(w.store, WORLD_TODAY, briefs, JOBS_MAX, &count),
                     ERR_OK);
    assert_int_equal(count, 2);
    assert_true(uid_eq(briefs[0].wish.id, same)); /* by alias */
    assert_true(uid_eq(briefs[1].wish.id, today));
    assert_int_equal(store_jobs_on(w.store, WORLD_TODAY, briefs, 1, &count), ERR_FULL);
    assert_int_equal(count, 1);
    assert_int_equal(store_jobs_of(w.store, world_uid('P', 3), briefs, JOBS_MAX, &count),
                     ERR_OK);
    assert_int_equal(count, 1);
    assert_true(uid_eq(briefs[0].wish.id, later));
}

static void test_a_site_learns_no_alias(void **state)
{
    (void)state;
    size_t count = 0;
    struct wish orders[4];
    after_job(&w, 1, 7);
    after_job(&w, 2, 7);
    after_job(&w, 3, 8);
    assert_int_equal(store_jobs_of_offer(w.store, STR("B-0007"), WORLD_TODAY, false,
                                         briefs, JOBS_MAX, &count),
                     ERR_OK);
    assert_int_equal(count, 2);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(briefs[i].wish.alias, "");
        assert_true(uid_is_nil(briefs[i].wish.participant));
    }
    assert_int_equal(store_jobs_of_offer(w.store, STR("B-0007"), WORLD_TODAY, true,
                                         briefs, JOBS_MAX, &count),
                     ERR_OK);
    assert_string_equal(briefs[0].wish.alias, "Falke 1");
    assert_int_equal(store_orders_list(w.store, WORLD_TODAY, orders, 4, &count), ERR_OK);
    assert_int_equal(count, 2);
    assert_string_equal(orders[0].code, "B-0007");
    assert_string_equal(orders[0].alias, "");
    assert_true(uid_is_nil(orders[0].participant));
    assert_int_equal(store_orders_list(w.store, WORLD_TODAY, orders, 1, &count),
                     ERR_FULL);
}

static void test_whom_to_call(void **state)
{
    (void)state;
    size_t count = 9;
    struct uid gone = after_job(&w, 1, 7), talk = after_job(&w, 2, 7);
    struct uid done = after_job(&w, 3, 14);
    after_job(&w, 4, 14);
    assert_int_equal(store_jobs_to_call(w.store, briefs, JOBS_MAX, &count), ERR_OK);
    assert_int_equal(count, 0);
    after_work(&w, gone, 1);
    after_work(&w, done, 3);
    assert_int_equal(after_decide(&w, 1, talk, EVALUATION_TALK), EVALUATION_OK);
    struct store_view view = after_view(1, done, SIDE_SELF);
    assert_int_equal(store_view_put(w.store, &view), ERR_OK);
    assert_int_equal(after_decide(&w, 2, done, EVALUATION_CLOSE), EVALUATION_OK);
    assert_int_equal(after_decide(&w, 3, done, EVALUATION_RELEASE), EVALUATION_OK);
    assert_int_equal(store_jobs_to_call(w.store, briefs, JOBS_MAX, &count), ERR_OK);
    assert_int_equal(count, 2);
    assert_true(uid_eq(briefs[0].wish.id, talk));
    assert_true(uid_eq(briefs[1].wish.id, gone));
    assert_int_equal(store_jobs_to_call(w.store, briefs, 1, &count), ERR_FULL);
    assert_true(uid_eq(briefs[0].wish.id, talk)); /* even where there is room for one */
    assert_int_equal(after_decide(&w, 4, done, EVALUATION_TALK), EVALUATION_OK);
    assert_int_equal(store_jobs_to_call(w.store, briefs, JOBS_MAX, &count), ERR_OK);
    assert_int_equal(count, 3);
    assert_int_equal(after_decide(&w, 5, done, EVALUATION_TALKED), EVALUATION_OK);
    assert_int_equal(after_decide(&w, 6, gone, EVALUATION_CLOSE), EVALUATION_OK);
    assert_int_equal(store_jobs_to_call(w.store, briefs, JOBS_MAX, &count), ERR_OK);
    assert_int_equal(count, 1);
}

static void test_a_clock_behind_the_log_is_unsure(void **state)
{
    (void)state;
    struct moment now;
    struct job_brief brief;
    struct uid job = after_job(&w, 1, 7);
    w.time.wall_ms = after_minute(1200).wall_ms;
    assert_int_equal(store_now(w.store, &now), ERR_OK);
    assert_int_equal(now.uncertainty_ms, 0);
    assert_int_equal(store_job_brief(w.store, job, &brief), ERR_OK);
    assert_true(brief.seems_missed);
    w.time.wall_ms = 1000;
    assert_int_equal(store_now(w.store, &now), ERR_OK);
    assert_int_equal(now.uncertainty_ms, MOMENT_UNSURE);
    assert_int_equal(store_job_brief(w.store, job, &brief), ERR_OK);
    assert_false(brief.seems_missed);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_what_is_recorded_is_kept),
        CASE(test_a_job_of_another_kiosk_is_only_noted),
        CASE(test_what_is_refused_is_not),
        CASE(test_the_same_again),
        CASE(test_no_such_job),
        CASE(test_correction_keeps_times),
        CASE(test_history_is_bounded),
        CASE(test_lists),
        CASE(test_a_site_learns_no_alias),
        CASE(test_whom_to_call),
        CASE(test_a_clock_behind_the_log_is_unsure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
