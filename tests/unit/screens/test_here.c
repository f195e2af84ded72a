/* Coming and going, the agreement, slips of other kiosks, sites, votes. */
#include "unit/screens/stage.h"

static struct stage s;

static int setup(void **state)
{
    (void)state;
    stage_init(&s);
    s.model.visit.signed_in = true;
    s.model.visit.who.id = stage_id(900);
    s.ids = 10;
    return 0;
}

static void put_job(struct reply *reply, int index, int days, enum assignment_state state,
                    bool accepted)
{
    struct job_brief *job = &reply->jobs[index];
    job->wish.id = stage_id(500 + index);
    job->wish.work.date = STAGE_TODAY + days;
    job->wish.work.start = 900;
    job->wish.work.end = 1020;
    job->state = state;
    job->accepted = accepted;
    reply->count = index + 1;
}

static void open_here(int jobs, bool accepted)
{
    stage_send(&s, MSG_OPEN, SCREEN_HERE, 0);
    assert_non_null(stage_asked(&s, EFFECT_LIST_JOBS));
    struct reply *reply = stage_reply(&s, EFFECT_LIST_JOBS, ERR_OK);
    for (int i = 0; i < jobs; i++) {
        put_job(reply, i, 0, ASSIGNMENT_EXPECTED, accepted);
    }
    stage_answer(&s);
}

static void test_the_only_job_of_today_is_open(void **state)
{
    (void)state;
    open_here(1, true);
    assert_int_equal(s.model.visit.jobs.open, 0);
    stage_send(&s, MSG_JOB_EVENT, JOB_CHECK_IN, 0);
    const struct effect *effect = stage_asked(&s, EFFECT_JOB_EVENT);
    assert_non_null(effect);
    assert_int_equal(effect->job_event.kind, JOB_CHECK_IN);
    assert_int_equal(effect->job_event.by, BY_KIOSK);
    assert_true(uid_eq(effect->job_event.assignment, stage_id(500)));
    /* A second tap while the first is on its way asks for nothing. */
    stage_send(&s, MSG_JOB_EVENT, JOB_CHECK_IN, 0);
    assert_null(stage_asked(&s, EFFECT_JOB_EVENT));
}

static void test_the_answer_is_shown_and_the_job_is_newer(void **state)
{
    (void)state;
    open_here(1, true);
    stage_send(&s, MSG_JOB_EVENT, JOB_CHECK_IN, 0);
    struct job_brief brief = s.model.visit.jobs.jobs[0];
    struct reply *reply = stage_reply(&s, EFFECT_JOB_EVENT, ERR_OK);
    brief.state = ASSIGNMENT_THERE;
    reply->brief = brief;
    reply->answer = ANSWER_IN_ON_TIME;
    stage_answer(&s);
    assert_true(s.model.visit.jobs.answered);
    assert_int_equal(s.model.visit.jobs.jobs[0].state, ASSIGNMENT_THERE);
    assert_non_null(stage_asked(&s, EFFECT_SOUND_DONE));
}

static void test_what_was_not_saved_is_not_said(void **state)
{
    (void)state;
    open_here(1, true);
    stage_send(&s, MSG_JOB_EVENT, JOB_CHECK_IN, 0);
    stage_reply(&s, EFFECT_JOB_EVENT, ERR_FULL);
    stage_answer(&s);
    assert_false(s.model.visit.jobs.answered);
    assert_false(s.model.visit.jobs.busy);
    assert_int_equal(s.model.notice, NOTICE_DISK_FULL);
}

static void test_two_jobs_ask_which(void **state)
{
    (void)state;
    open_here(2, true);
    stage_send(&s, MSG_JOB, 1, 0);
    assert_int_equal(s.model.visit.jobs.open, 1);
}

static struct reply *slip(bool known_here)
{
    struct reply *reply = stage_reply(&s, EFFECT_READ_SCAN, ERR_OK);
    reply->scan = SCAN_SLIP_TRUE;
    reply->slip_wish = stage_id(500);
    reply->slip_job = known_here ? stage_id(500) : (struct uid){{0}};
    return reply;
}

static void test_a_slip_of_another_kiosk_keeps_the_moment(void **state)
{
    (void)state;
    open_here(0, true);
    stage_send(&s, MSG_SCAN, 0, 0);
    slip(false);
    stage_answer(&s);
    const struct effect *effect = stage_asked(&s, EFFECT_JOB_SEEN);
    assert_non_null(effect);
    assert_true(uid_eq(effect->wish.id, stage_id(500)));
    assert_false(uid_is_nil(effect->fact));
    stage_reply(&s, EFFECT_JOB_SEEN, ERR_OK);
    stage_answer(&s);
    assert_int_equal(s.model.notice, NOTICE_SEEN);
}

static void test_such_a_slip_elsewhere_is_only_true(void **state)
{
    (void)state;
    slip(false);
    stage_answer(&s);
    assert_null(stage_asked(&s, EFFECT_JOB_SEEN));
    assert_int_equal(s.model.notice, NOTICE_SLIP_TRUE);
}

static void test_the_agreement_is_accepted_and_printed(void **state)
{
    (void)state;
    open_here(1, false);
    stage_send(&s, MSG_AGREE, 0, 0);
    assert_int_equal(s.model.screen, SCREEN_AGREEMENT);
    stage_send(&s, MSG_AGREE, 0, 0);
    assert_int_equal(stage_asked(&s, EFFECT_JOB_EVENT)->job_event.kind, JOB_AGREE);
    struct reply *reply = stage_reply(&s, EFFECT_JOB_EVENT, ERR_OK);
    reply->answer = ANSWER_AGREED;
    reply->brief = s.model.visit.jobs.jobs[0];
    stage_answer(&s);
    assert_non_null(stage_asked(&s, EFFECT_PRINT_AGREEMENT));
    assert_int_equal(s.model.notice, NOTICE_AGREED);
    stage_reply(&s, EFFECT_PRINT_AGREEMENT, ERR_OK)->print = PRINT_PAPER_OUT;
    stage_answer(&s);
    assert_int_equal(s.model.notice, NOTICE_NOT_PRINTED);
}

static void test_a_site_learns_hours_and_no_more(void **state)
{
    (void)state;
    stage_init(&s);
    stage_send(&s, MSG_OPEN, SCREEN_SITE, 0);
    for (const char *c = "ab7"; *c; c++) {
        stage_send(&s, MSG_KEY, *c, 0);
    }
    assert_string_equal(s.model.site.code, "AB7");
    stage_send(&s, MSG_SIGN_IN, 0, 0);
    assert_string_equal(stage_asked(&s, EFFECT_SITE_ENTER)->text, "AB7");
    struct reply *reply = stage_reply(&s, EFFECT_SITE_ENTER, ERR_OK);
    put_job(reply, 0, 0, ASSIGNMENT_GONE, true);
    reply->jobs[0].hours.minutes = 95;
    stage_answer(&s);
    assert_true(s.model.site.open);
    stage_send(&s, MSG_JOB_EVENT, 0, JOB_CONFIRM);
    const struct effect *effect = stage_asked(&s, EFFECT_JOB_EVENT);
    assert_int_equal(effect->job_event.by, BY_SITE_CODE);
    assert_int_equal(effect->job_event.minutes, 95);
}

static void test_a_wrong_code_waits(void **state)
{
    (void)state;
    stage_init(&s);
    stage_send(&s, MSG_OPEN, SCREEN_SITE, 0);
    stage_send(&s, MSG_KEY, 'a', 0);
    stage_send(&s, MSG_SIGN_IN, 0, 0);
    stage_reply(&s, EFFECT_SITE_ENTER, ERR_DENIED)->wait_ms = 5000;
    stage_answer(&s);
    assert_false(s.model.site.open);
    assert_int_equal(s.model.notice, NOTICE_WAIT);
    stage_send(&s, MSG_SIGN_IN, 0, 0);
    assert_null(stage_asked(&s, EFFECT_SITE_ENTER));
}

static void test_only_who_signed_in_votes(void **state)
{
    (void)state;
    stage_send(&s, MSG_OPEN, SCREEN_VOICES, 0);
    struct reply *reply = stage_reply(&s, EFFECT_VOICES, ERR_OK);
    reply->count = 1;
    reply->voices[0].item.id = stage_id(700);
    reply->voices[0].item.state = VOICE_OPEN;
    stage_answer(&s);
    stage_send(&s, MSG_VOTE, 0, CHOICE_FOR);
    assert_int_equal(stage_asked(&s, EFFECT_VOICE_CAST)->choice, CHOICE_FOR);
    s.model.visit.signed_in = false;
    stage_send(&s, MSG_VOTE, 0, CHOICE_FOR);
    assert_null(stage_asked(&s, EFFECT_VOICE_CAST));
    stage_send(&s, MSG_VOTE, 7, CHOICE_FOR);
    assert_null(stage_asked(&s, EFFECT_VOICE_CAST));
}

static void test_a_proposal_takes_nothing_invisible(void **state)
{
    (void)state;
    s.model.env.words_can_be_sealed = true;
    stage_send(&s, MSG_OPEN, SCREEN_VOICES, 0);
    stage_send(&s, MSG_PROPOSE, VOICE_QUESTION, 0);
    assert_int_equal(s.model.screen, SCREEN_PROPOSE);
    static const int typed[] = {' ', 'a', 0x202E, 0x1B, ' ', ' ', 0xFEFF, 'b'};
    for (size_t i = 0; i < ARRAY_LEN(typed); i++) {
        stage_send(&s, MSG_KEY, typed[i], 0);
    }
    assert_string_equal(s.model.visit.voices.words, "a b");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_the_only_job_of_today_is_open, setup),
        cmocka_unit_test_setup(test_the_answer_is_shown_and_the_job_is_newer, setup),
        cmocka_unit_test_setup(test_what_was_not_saved_is_not_said, setup),
        cmocka_unit_test_setup(test_two_jobs_ask_which, setup),
        cmocka_unit_test_setup(test_a_slip_of_another_kiosk_keeps_the_moment, setup),
        cmocka_unit_test_setup(test_such_a_slip_elsewhere_is_only_true, setup),
        cmocka_unit_test_setup(test_the_agreement_is_accepted_and_printed, setup),
        cmocka_unit_test_setup(test_a_site_learns_hours_and_no_more, setup),
        cmocka_unit_test_setup(test_a_wrong_code_waits, setup),
        cmocka_unit_test_setup(test_only_who_signed_in_votes, setup),
        cmocka_unit_test_setup(test_a_proposal_takes_nothing_invisible, setup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
