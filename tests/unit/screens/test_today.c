#include "day.h"

static struct stage stage;

static const struct staff_jobs *jobs(void)
{
    return &stage.model.staff.jobs;
}

static void table_with(enum assignment_state state)
{
    const struct job_brief list[] = {day_job(0, state), day_job(1, ASSIGNMENT_EXPECTED)};
    stage_staff(&stage);
    stage.model.minute = 15 * 60 + 20;
    day_list(&stage, EFFECT_STAFF_TODAY, list, 2);
}

static void open_job(enum assignment_state state)
{
    struct job_brief job = day_job(0, state);
    table_with(state);
    stage_send(&stage, MSG_JOB, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_STAFF_JOB);
    day_whole(&stage, &job);
}

static void answer(enum assignment_answer what, enum assignment_state state)
{
    struct reply *reply = stage_reply(&stage, EFFECT_JOB_EVENT, ERR_OK);
    reply->answer = what;
    reply->brief = day_job(0, state);
    stage_answer(&stage);
}

static void touch(enum job_touch what, int b)
{
    stage_send(&stage, MSG_CORRECT, (int)what, b);
}

/* ---- the table --------------------------------------------------------------------- */

static void test_the_table_asks_for_day_wishes_and_calls(void **state)
{
    (void)state;
    stage_staff(&stage);
    assert_int_equal(stage.model.staff.tab, STAFF_TAB_TODAY);
    assert_non_null(stage_asked(&stage, EFFECT_STAFF_TODAY));
    assert_non_null(stage_asked(&stage, EFFECT_STAFF_CALLS));
    assert_non_null(stage_asked(&stage, EFFECT_STAFF_LIST));
}

static void test_states_in_words(void **state)
{
    static const struct {
        const char *name;
        struct job_brief job;
        int minute;
        bool doubtful;
        const char *text;
    } rows[] = {
        {"before", {.state = ASSIGNMENT_EXPECTED}, 900, false, "kommt noch"},
        {"a little late", {.state = ASSIGNMENT_EXPECTED}, 909, false, "kommt noch"},
        {"late", {.state = ASSIGNMENT_EXPECTED}, 915, false, "15\u2069 Min. spät"},
        {"late by a wrong clock", {.state = ASSIGNMENT_EXPECTED}, 915, true, "kommt noch"},
        {"over", {.state = ASSIGNMENT_EXPECTED, .seems_missed = true}, 1030, false,
         "kam nicht"},
        {"there, no clock", {.state = ASSIGNMENT_THERE}, 915, false, "da, Zeit ungewiss"},
        {"resting", {.state = ASSIGNMENT_THERE, .on_break = true}, 915, false, "macht Pause"},
        {"forgotten", {.state = ASSIGNMENT_THERE, .out_forgotten = true}, 1100, false,
         "Gehen vergessen?"},
        {"gone", {.state = ASSIGNMENT_GONE}, 1030, false, "gegangen"},
        {"missed", {.state = ASSIGNMENT_MISSED}, 1030, false, "nicht geklappt"},
        {"off", {.state = ASSIGNMENT_CANCELLED}, 900, false, "abgesagt"},
        {"talk before all", {.state = ASSIGNMENT_THERE, .talk = true}, 915, false,
         "will reden"},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct job_brief job = day_job(0, rows[i].job.state);
        stage_staff(&stage);
        job.seems_missed = rows[i].job.seems_missed;
        job.on_break = rows[i].job.on_break;
        job.out_forgotten = rows[i].job.out_forgotten;
        job.talk = rows[i].job.talk;
        stage.model.minute = rows[i].minute;
        stage.model.clock_doubtful = rows[i].doubtful;
        day_list(&stage, EFFECT_STAFF_TODAY, &job, 1);
        if (!day_shows(&stage, rows[i].text)) {
            fail_msg("%s: no \"%s\"", rows[i].name, rows[i].text);
        }
    }
}

static void test_since_when(void **state)
{
    static const struct {
        int64_t uncertainty_ms;
        const char *text;
    } rows[] = {{0, "da seit \u2068"}, {300000, "da seit etwa \u2068"},
                {MOMENT_UNSURE, "da, Zeit ungewiss"}};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct job_brief job = day_job(0, ASSIGNMENT_THERE);
        job.in = moment_told(date_to_wall_ms(STAGE_TODAY, 14 * 60 + 58));
        job.in.uncertainty_ms = rows[i].uncertainty_ms;
        stage_staff(&stage);
        day_list(&stage, EFFECT_STAFF_TODAY, &job, 1);
        assert_true(day_shows(&stage, rows[i].text));
        assert_int_equal(day_shows(&stage, "14:58"), i < 2);
    }
}

static void test_a_list_that_cannot_be_read_is_told(void **state)
{
    (void)state;
    stage_staff(&stage);
    stage_fails(&stage, EFFECT_STAFF_TODAY, ERR_IO);
    assert_int_equal(stage.model.notice, NOTICE_NOT_READ);
    assert_false(jobs()->known);
    stage_fails(&stage, EFFECT_STAFF_CALLS, ERR_IO);
    assert_false(jobs()->calls_known);
}

static void two_want_to_talk(void)
{
    struct reply *reply = stage_reply(&stage, EFFECT_STAFF_CALLS, ERR_OK);
    reply->talk_count = 2;
    reply->talks[0].participant = stage_id(901);
    reply->talks[1].participant = stage_id(902);
    strcpy(reply->talks[0].alias, "Kranich");
    strcpy(reply->talks[1].alias, "Milan");
    reply->count = 1;
    reply->jobs[0] = day_job(0, ASSIGNMENT_GONE);
    stage_answer(&stage);
}

static void test_who_wants_to_talk_comes_first(void **state)
{
    (void)state;
    stage_staff(&stage);
    two_want_to_talk();
    assert_true(day_shows(&stage, "Anrufe \u20683"));
    stage_send(&stage, MSG_STAFF_TAB, STAFF_TAB_CALLS, 0);
    assert_true(day_shows(&stage, "Kranich"));
    assert_true(day_shows(&stage, "Milan"));
    assert_true(day_shows(&stage, "Geredet"));
    stage_send(&stage, MSG_TALKED, 2, 0);
    stage_send(&stage, MSG_TALKED, -1, 0);
    assert_null(stage_asked(&stage, EFFECT_TALKED));
    stage_send(&stage, MSG_TALKED, 1, 0);
    const struct effect *effect = stage_asked(&stage, EFFECT_TALKED);
    assert_non_null(effect);
    assert_true(uid_eq(effect->participant, stage_id(902)));
    assert_true(uid_eq(effect->staff, stage.model.staff.id));
    stage_send(&stage, MSG_TALKED, 0, 0);
    assert_null(stage_asked(&stage, EFFECT_TALKED));
    stage_reply(&stage, EFFECT_TALKED, ERR_OK);
    stage_answer(&stage);
    assert_int_equal(stage.model.notice, NOTICE_DECIDED);
    assert_non_null(stage_asked(&stage, EFFECT_STAFF_CALLS));
    assert_non_null(stage_asked(&stage, EFFECT_STAFF_LIST));
}

static void test_talked_again_is_the_same_fact(void **state)
{
    (void)state;
    stage_staff(&stage);
    two_want_to_talk();
    stage_send(&stage, MSG_TALKED, 0, 0);
    struct uid fact = stage_asked(&stage, EFFECT_TALKED)->fact;
    stage_fails(&stage, EFFECT_TALKED, ERR_IO);
    assert_int_equal(stage.model.notice, NOTICE_NOT_SAVED);
    stage_send(&stage, MSG_TALKED, 0, 0);
    assert_true(uid_eq(stage_asked(&stage, EFFECT_TALKED)->fact, fact));
    stage_fails(&stage, EFFECT_TALKED, ERR_FULL);
    assert_int_equal(stage.model.notice, NOTICE_DISK_FULL);
    stage_send(&stage, MSG_TALKED, 1, 0);
    assert_false(uid_eq(stage_asked(&stage, EFFECT_TALKED)->fact, fact));
}

static void test_rows_and_tabs_that_are_not_there(void **state)
{
    static const int rows[] = {-1, 2, JOBS_MAX, 1 << 20};
    (void)state;
    table_with(ASSIGNMENT_EXPECTED);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        stage_send(&stage, MSG_JOB, rows[i], 0);
        stage_send(&stage, MSG_RESULT, rows[i], 0);
        stage_send(&stage, MSG_PRINT, rows[i] + 4, 0);
        stage_send(&stage, MSG_STAFF_TAB, rows[i] < 0 ? -1 : rows[i] + 1, 0);
        assert_int_equal(stage.model.screen, SCREEN_STAFF);
        assert_int_equal(stage.model.staff.tab, STAFF_TAB_TODAY);
    }
}

static void test_lock_wipes_everything(void **state)
{
    (void)state;
    open_job(ASSIGNMENT_THERE);
    touch(TOUCH_BEGIN, JOB_CORRECT);
    assert_true(day_keeps(&stage, "Falke"));
    stage_send(&stage, MSG_STAFF_LOCK, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_HOME);
    assert_false(day_keeps(&stage, "Falke"));
    assert_false(day_keeps(&stage, "Luchs"));
    struct job_brief late = day_job(0, ASSIGNMENT_THERE);
    stage.reply.serial--;
    struct reply *reply = stage_reply(&stage, EFFECT_STAFF_TODAY, ERR_OK);
    reply->serial--; /* asked before the lock */
    reply->count = 1;
    reply->jobs[0] = late;
    stage_answer(&stage);
    assert_false(day_keeps(&stage, "Falke"));
}

static void test_the_open_job_does_not_wait_on_the_table(void **state)
{
    (void)state;
    open_job(ASSIGNMENT_THERE);
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_STAFF);
    assert_true(uid_is_nil(jobs()->brief.wish.id));
    assert_false(jobs()->full_known);
}

/* ---- one job ----------------------------------------------------------------------- */

static void test_what_needs_no_value_is_one_tap(void **state)
{
    static const struct {
        enum assignment_state state;
        enum assignment_event_kind kind;
    } rows[] = {{ASSIGNMENT_EXPECTED, JOB_CHECK_IN},
                {ASSIGNMENT_EXPECTED, JOB_MISS},
                {ASSIGNMENT_THERE, JOB_CHECK_OUT}};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        open_job(rows[i].state);
        touch(TOUCH_BEGIN, (int)rows[i].kind);
        const struct effect *asked = stage_asked(&stage, EFFECT_JOB_EVENT);
        assert_non_null(asked);
        assert_int_equal(asked->job_event.kind, rows[i].kind);
        assert_int_equal(asked->job_event.by, BY_STAFF);
        assert_true(uid_eq(asked->job_event.staff, stage_id(9000)));
        assert_true(uid_eq(asked->job_event.assignment, stage_id(100)));
        assert_false(uid_is_nil(asked->fact));
    }
}

static void test_two_taps_save_once(void **state)
{
    (void)state;
    open_job(ASSIGNMENT_THERE);
    touch(TOUCH_BEGIN, JOB_CHECK_OUT);
    touch(TOUCH_BEGIN, JOB_CHECK_OUT);
    assert_null(stage_asked(&stage, EFFECT_JOB_EVENT));
}

static void test_a_retry_is_the_same_fact(void **state)
{
    static const enum err errs[] = {ERR_UNKNOWN, ERR_IO, ERR_FULL, ERR_BUSY};
    (void)state;
    open_job(ASSIGNMENT_THERE);
    touch(TOUCH_BEGIN, JOB_CHECK_OUT);
    struct uid fact = stage_asked(&stage, EFFECT_JOB_EVENT)->fact;
    for (size_t i = 0; i < ARRAY_LEN(errs); i++) {
        stage_fails(&stage, EFFECT_JOB_EVENT, errs[i]);
        assert_int_equal(stage.model.notice,
                         errs[i] == ERR_FULL ? NOTICE_DISK_FULL : NOTICE_NOT_SAVED);
        touch(TOUCH_BEGIN, JOB_CHECK_OUT);
        assert_true(uid_eq(stage_asked(&stage, EFFECT_JOB_EVENT)->fact, fact));
    }
}

static void test_a_correction_begins_with_the_agreed_times(void **state)
{
    (void)state;
    open_job(ASSIGNMENT_EXPECTED);
    touch(TOUCH_BEGIN, JOB_CORRECT);
    assert_int_equal(jobs()->draft.values.in.wall_ms, date_to_wall_ms(STAGE_TODAY, 900));
    assert_false(moment_is(&jobs()->draft.values.out)); /* the job is not over */
    stage.model.minute = 17 * 60;
    stage_send(&stage, MSG_BACK, 0, 0);
    touch(TOUCH_BEGIN, JOB_CORRECT);
    assert_int_equal(jobs()->draft.values.out.wall_ms, date_to_wall_ms(STAGE_TODAY, 1020));
}

static void test_a_correction_is_saved_by_its_reason(void **state)
{
    (void)state;
    open_job(ASSIGNMENT_EXPECTED);
    touch(TOUCH_BEGIN, JOB_CORRECT);
    touch(TOUCH_IN, 15);
    touch(TOUCH_IN, -5);
    touch(TOUCH_GONE, 0);
    touch(TOUCH_OUT, -15);
    touch(TOUCH_REASON, REASON_FORGOTTEN_IN); /* not asked for yet */
    assert_null(stage_asked(&stage, EFFECT_JOB_EVENT));
    touch(TOUCH_NEXT, 0);
    assert_null(stage_asked(&stage, EFFECT_JOB_EVENT));
    touch(TOUCH_REASON, REASON_NONE);
    touch(TOUCH_REASON, ASSIGNMENT_REASON_COUNT);
    assert_null(stage_asked(&stage, EFFECT_JOB_EVENT));
    touch(TOUCH_REASON, REASON_FORGOTTEN_IN);
    const struct effect *asked = stage_asked(&stage, EFFECT_JOB_EVENT);
    assert_non_null(asked);
    assert_int_equal(asked->job_event.reason, REASON_FORGOTTEN_IN);
    assert_int_equal(asked->job_event.values.in.wall_ms, date_to_wall_ms(STAGE_TODAY, 910));
    assert_int_equal(asked->job_event.values.out.wall_ms, date_to_wall_ms(STAGE_TODAY, 1005));
    answer(ANSWER_CORRECTED, ASSIGNMENT_GONE);
    assert_int_equal(jobs()->mode, JOB_LOOK);
    assert_int_equal(jobs()->brief.state, ASSIGNMENT_GONE);
    assert_non_null(stage_asked(&stage, EFFECT_STAFF_JOB));
}

static void test_changed_content_is_another_fact(void **state)
{
    (void)state;
    open_job(ASSIGNMENT_EXPECTED);
    touch(TOUCH_BEGIN, JOB_CORRECT);
    touch(TOUCH_NEXT, 0);
    touch(TOUCH_REASON, REASON_OTHER);
    struct uid fact = stage_asked(&stage, EFFECT_JOB_EVENT)->fact;
    stage_fails(&stage, EFFECT_JOB_EVENT, ERR_UNKNOWN);
    touch(TOUCH_REASON, REASON_OTHER);
    assert_true(uid_eq(stage_asked(&stage, EFFECT_JOB_EVENT)->fact, fact));
    stage_fails(&stage, EFFECT_JOB_EVENT, ERR_UNKNOWN);
    touch(TOUCH_REASON, REASON_SITE_TOLD);
    assert_false(uid_eq(stage_asked(&stage, EFFECT_JOB_EVENT)->fact, fact));
    fact = stage_asked(&stage, EFFECT_JOB_EVENT)->fact;
    stage_fails(&stage, EFFECT_JOB_EVENT, ERR_UNKNOWN);
    stage_send(&stage, MSG_BACK, 0, 0);
    touch(TOUCH_IN, 5);
    touch(TOUCH_NEXT, 0);
    touch(TOUCH_REASON, REASON_SITE_TOLD);
    assert_false(uid_eq(stage_asked(&stage, EFFECT_JOB_EVENT)->fact, fact));
}

static void test_steps_stay_near_the_day(void **state)
{
    (void)state;
    open_job(ASSIGNMENT_EXPECTED);
    touch(TOUCH_BEGIN, JOB_CORRECT);
    for (int i = 0; i < 400; i++) {
        touch(TOUCH_IN, -15);
    }
    assert_int_equal(jobs()->draft.values.in.wall_ms, date_to_wall_ms(STAGE_TODAY - 1, 0));
    for (int i = 0; i < 400; i++) {
        touch(TOUCH_IN, 15);
    }
    assert_int_equal(jobs()->draft.values.in.wall_ms, date_to_wall_ms(STAGE_TODAY + 1, 1439));
}

static void test_refused_times_stay_to_be_changed(void **state)
{
    (void)state;
    open_job(ASSIGNMENT_EXPECTED);
    touch(TOUCH_BEGIN, JOB_CORRECT);
    touch(TOUCH_NEXT, 0);
    touch(TOUCH_REASON, REASON_OTHER);
    answer(ANSWER_CORRECT_TIMES, ASSIGNMENT_EXPECTED);
    assert_int_equal(jobs()->mode, JOB_VALUES);
    assert_true(day_shows(&stage, "Diese Zeiten passen nicht zusammen."));
}

static void test_an_unended_break_ends_with_the_job(void **state)
{
    struct job_brief job = day_job(0, ASSIGNMENT_THERE);
    (void)state;
    open_job(ASSIGNMENT_THERE);
    struct reply *reply = stage_reply(&stage, EFFECT_STAFF_JOB, ERR_OK);
    reply->brief = job;
    assignment_from_wish(&reply->job, &job.wish);
    reply->job.now.state = ASSIGNMENT_THERE;
    reply->job.now.in = assignment_agreed_start(&reply->job);
    reply->job.now.break_count = 1;
    reply->job.now.breaks[0].from = moment_told(date_to_wall_ms(STAGE_TODAY, 960));
    stage_answer(&stage);
    touch(TOUCH_BEGIN, JOB_CORRECT);
    touch(TOUCH_GONE, 0);
    touch(TOUCH_NEXT, 0);
    touch(TOUCH_REASON, REASON_FORGOTTEN_OUT);
    const struct effect *asked = stage_asked(&stage, EFFECT_JOB_EVENT);
    assert_int_equal(asked->job_event.values.breaks[0].until.wall_ms,
                     date_to_wall_ms(STAGE_TODAY, 1020));
    /* The rules take it. */
    struct assignment whole = jobs()->full;
    assert_int_equal(assignment_apply(&whole, &asked->job_event), ANSWER_CORRECTED);
}

static void test_hours_as_computed_need_no_reason(void **state)
{
    (void)state;
    open_job(ASSIGNMENT_GONE);
    touch(TOUCH_BEGIN, JOB_CONFIRM);
    touch(TOUCH_NEXT, 0);
    assert_non_null(stage_asked(&stage, EFFECT_JOB_EVENT));
    answer(ANSWER_CONFIRMED, ASSIGNMENT_GONE);
    touch(TOUCH_BEGIN, JOB_CONFIRM);
    touch(TOUCH_MINUTES, 15);
    touch(TOUCH_MINUTES, -5);
    touch(TOUCH_NEXT, 0);
    assert_null(stage_asked(&stage, EFFECT_JOB_EVENT));
    touch(TOUCH_REASON, REASON_LONGER);
    assert_int_equal(stage_asked(&stage, EFFECT_JOB_EVENT)->job_event.minutes, 10);
}

static void test_off_and_undo_need_a_reason(void **state)
{
    static const enum assignment_event_kind kinds[] = {JOB_CANCEL, JOB_UNDO};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        open_job(ASSIGNMENT_EXPECTED);
        touch(TOUCH_BEGIN, (int)kinds[i]);
        assert_null(stage_asked(&stage, EFFECT_JOB_EVENT));
        touch(TOUCH_REASON, REASON_CALLED_OFF);
        assert_int_equal(stage_asked(&stage, EFFECT_JOB_EVENT)->job_event.kind, kinds[i]);
    }
}

static void test_what_is_no_correction_does_nothing(void **state)
{
    static const int kinds[] = {JOB_AGREE, JOB_BREAK_START, JOB_MISS_REASON,
                                ASSIGNMENT_EVENT_COUNT, 99};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        open_job(ASSIGNMENT_EXPECTED);
        touch(TOUCH_BEGIN, kinds[i]);
        assert_null(stage_asked(&stage, EFFECT_JOB_EVENT));
        assert_int_equal(jobs()->mode, JOB_LOOK);
    }
}

static void test_back_goes_step_by_step(void **state)
{
    (void)state;
    open_job(ASSIGNMENT_EXPECTED);
    touch(TOUCH_BEGIN, JOB_CORRECT);
    touch(TOUCH_NEXT, 0);
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_int_equal(jobs()->mode, JOB_VALUES);
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_int_equal(jobs()->mode, JOB_LOOK);
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_STAFF);
}

static void test_an_answer_about_another_job_is_dropped(void **state)
{
    struct job_brief other = day_job(1, ASSIGNMENT_THERE);
    (void)state;
    open_job(ASSIGNMENT_EXPECTED);
    day_whole(&stage, &other);
    assert_string_equal(jobs()->brief.wish.alias, "Falke");
    assert_int_equal(jobs()->full.now.state, ASSIGNMENT_EXPECTED);
}

static void test_what_was_before_stays_readable(void **state)
{
    struct job_brief job = day_job(0, ASSIGNMENT_GONE);
    (void)state;
    open_job(ASSIGNMENT_GONE);
    struct reply *reply = stage_reply(&stage, EFFECT_STAFF_JOB, ERR_OK);
    reply->brief = job;
    assignment_from_wish(&reply->job, &job.wish);
    reply->job.history_count = 1;
    reply->job.history[0] =
        (struct assignment_change){.kind = JOB_CORRECT,
                                   .by = BY_STAFF,
                                   .staff = stage_id(9000),
                                   .reason = REASON_FORGOTTEN_OUT,
                                   .at = moment_told(date_to_wall_ms(STAGE_TODAY, 1080))};
    reply->job.history[0].earlier.in = assignment_agreed_start(&reply->job);
    reply->job.history[0].earlier.minutes_confirmed = -1;
    stage_answer(&stage);
    assert_true(day_shows(&stage, "vorher: "));
    assert_true(day_shows(&stage, "geändert von \u2068Nadja\u2069: \u2068Gehen vergessen\u2069"));
}

static void test_a_colleague_has_a_name(void **state)
{
    struct job_brief job = day_job(0, ASSIGNMENT_MISSED);
    (void)state;
    open_job(ASSIGNMENT_MISSED);
    struct reply *reply = stage_reply(&stage, EFFECT_STAFF_JOB, ERR_OK);
    reply->brief = job;
    assignment_from_wish(&reply->job, &job.wish);
    reply->job.history_count = 2;
    for (int i = 0; i < reply->job.history_count; i++) {
        reply->job.history[i] =
            (struct assignment_change){.kind = JOB_MISS,
                                       .by = BY_STAFF,
                                       .staff = stage_id(9001 + i),
                                       .at = moment_told(date_to_wall_ms(STAGE_TODAY, 1080))};
        reply->job.history[i].earlier.minutes_confirmed = -1;
    }
    reply->team[0].id = stage_id(9001);
    strcpy(reply->team[0].alias, "Zaunkönig");
    stage_answer(&stage);
    assert_true(day_shows(&stage, "geändert von \u2068Zaunkönig\u2069"));
    assert_true(day_shows(&stage, "geändert von \u2068Team ")); /* not known any more */
}

/* ---- and the person ---------------------------------------------------------------- */

static void test_a_job_called_off_is_no_yes_any_more(void **state)
{
    static const enum assignment_state states[] = {ASSIGNMENT_EXPECTED, ASSIGNMENT_CANCELLED};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(states); i++) {
        struct job_brief job = day_job(0, states[i]);
        stage_init(&stage);
        stage.model.visit.signed_in = true;
        stage_send(&stage, MSG_OPEN, SCREEN_WISHES, 0);
        assert_non_null(stage_asked(&stage, EFFECT_LIST_JOBS));
        struct reply *reply = stage_reply(&stage, EFFECT_LIST_WISHES, ERR_OK);
        reply->wish_count = 1;
        reply->wishes[0] = job.wish;
        stage_answer(&stage);
        day_list(&stage, EFFECT_LIST_JOBS, &job, 1);
        assert_int_equal(day_shows(&stage, "zugesagt"), states[i] == ASSIGNMENT_EXPECTED);
        assert_int_equal(day_shows(&stage, "fällt aus"), states[i] == ASSIGNMENT_CANCELLED);
    }
}

/* ---- printing ---------------------------------------------------------------------- */

static void test_the_day_is_printed_once_at_a_time(void **state)
{
    (void)state;
    table_with(ASSIGNMENT_THERE);
    stage_send(&stage, MSG_PRINT, 0, 0);
    assert_non_null(stage_asked(&stage, EFFECT_PRINT_DAY));
    stage_send(&stage, MSG_PRINT, 0, 0);
    assert_null(stage_asked(&stage, EFFECT_PRINT_DAY));
    stage_reply(&stage, EFFECT_PRINT_DAY, ERR_OK)->print = PRINT_PAPER_OUT;
    stage_answer(&stage);
    assert_int_equal(stage.model.notice, NOTICE_NOT_PRINTED);
    stage_send(&stage, MSG_PRINT, 0, 0);
    stage_reply(&stage, EFFECT_PRINT_DAY, ERR_OK)->print = PRINT_DONE;
    stage_answer(&stage);
    assert_int_equal(stage.model.notice, NOTICE_PRINTED);
}

static void test_an_order_sheet_names_nobody(void **state)
{
    struct job_brief job = day_job(0, ASSIGNMENT_EXPECTED);
    (void)state;
    table_with(ASSIGNMENT_EXPECTED);
    struct reply *reply = stage_reply(&stage, EFFECT_STAFF_LIST, ERR_OK);
    reply->wish_count = 3;
    reply->wishes[0] = reply->wishes[1] = reply->wishes[2] = job.wish;
    reply->wishes[2].work.date = STAGE_TODAY - 1; /* over */
    stage_answer(&stage);
    stage_send(&stage, MSG_PRINT, 2, 0);
    assert_int_equal(stage.model.screen, SCREEN_STAFF_ORDER);
    stage_send(&stage, MSG_PRINT, 2, 0);
    assert_null(stage_asked(&stage, EFFECT_PRINT_ORDER));
    stage_send(&stage, MSG_PRINT, 99, 0);
    assert_null(stage_asked(&stage, EFFECT_PRINT_ORDER));
    stage_send(&stage, MSG_PRINT, 0, 0);
    const struct effect *asked = stage_asked(&stage, EFFECT_PRINT_ORDER);
    assert_non_null(asked);
    assert_string_equal(asked->wish.code, "B01");
    assert_string_equal(asked->wish.alias, "");
    assert_true(uid_is_nil(asked->wish.participant));
    assert_true(uid_is_nil(asked->wish.id));
}

static void test_a_lost_card(void **state)
{
    (void)state;
    table_with(ASSIGNMENT_EXPECTED);
    stage_send(&stage, MSG_PRINT, 1, 0);
    assert_int_equal(stage.model.screen, SCREEN_STAFF_CARD);
    assert_true(day_shows(&stage, "Das alte Blatt öffnet nur die alte Karte"));
    stage_send(&stage, MSG_FORM_SAVE, 0, 0);
    assert_null(stage_asked(&stage, EFFECT_ISSUE_CARD)); /* for nobody */
    stage_type(&stage, "falke");
    stage_send(&stage, MSG_FORM_SAVE, 0, 0);
    const struct effect *asked = stage_asked(&stage, EFFECT_ISSUE_CARD);
    assert_string_equal(asked->alias, "Falke");
    struct uid fact = asked->fact;
    stage_fails(&stage, EFFECT_ISSUE_CARD, ERR_UNKNOWN);
    stage_send(&stage, MSG_FORM_SAVE, 0, 0);
    assert_true(uid_eq(stage_asked(&stage, EFFECT_ISSUE_CARD)->fact, fact));
    stage_fails(&stage, EFFECT_ISSUE_CARD, ERR_NOT_FOUND);
    assert_int_equal(stage.model.notice, NOTICE_ALIAS_UNKNOWN);
    stage_type(&stage, "2");
    stage_send(&stage, MSG_FORM_SAVE, 0, 0);
    assert_false(uid_eq(stage_asked(&stage, EFFECT_ISSUE_CARD)->fact, fact));
    struct reply *reply = stage_reply(&stage, EFFECT_ISSUE_CARD, ERR_OK);
    str_copy(reply->text, sizeof reply->text, STR("ANKPNEW"));
    stage_answer(&stage);
    assert_int_equal(stage.model.screen, SCREEN_CARD);
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_STAFF);
    assert_string_equal(jobs()->card_alias, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_table_asks_for_day_wishes_and_calls),
        cmocka_unit_test(test_states_in_words),
        cmocka_unit_test(test_since_when),
        cmocka_unit_test(test_a_list_that_cannot_be_read_is_told),
        cmocka_unit_test(test_who_wants_to_talk_comes_first),
        cmocka_unit_test(test_talked_again_is_the_same_fact),
        cmocka_unit_test(test_rows_and_tabs_that_are_not_there),
        cmocka_unit_test(test_lock_wipes_everything),
        cmocka_unit_test(test_the_open_job_does_not_wait_on_the_table),
        cmocka_unit_test(test_what_needs_no_value_is_one_tap),
        cmocka_unit_test(test_two_taps_save_once),
        cmocka_unit_test(test_a_retry_is_the_same_fact),
        cmocka_unit_test(test_a_correction_begins_with_the_agreed_times),
        cmocka_unit_test(test_a_correction_is_saved_by_its_reason),
        cmocka_unit_test(test_changed_content_is_another_fact),
        cmocka_unit_test(test_steps_stay_near_the_day),
        cmocka_unit_test(test_refused_times_stay_to_be_changed),
        cmocka_unit_test(test_an_unended_break_ends_with_the_job),
        cmocka_unit_test(test_hours_as_computed_need_no_reason),
        cmocka_unit_test(test_off_and_undo_need_a_reason),
        cmocka_unit_test(test_what_is_no_correction_does_nothing),
        cmocka_unit_test(test_back_goes_step_by_step),
        cmocka_unit_test(test_an_answer_about_another_job_is_dropped),
        cmocka_unit_test(test_what_was_before_stays_readable),
        cmocka_unit_test(test_a_colleague_has_a_name),
        cmocka_unit_test(test_a_job_called_off_is_no_yes_any_more),
        cmocka_unit_test(test_the_day_is_printed_once_at_a_time),
        cmocka_unit_test(test_an_order_sheet_names_nobody),
        cmocka_unit_test(test_a_lost_card),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
