#include "after.h"

static struct stage stage;

static struct job_visit *jobs(void)
{
    return &stage.model.visit.jobs;
}

static void open_result(const char *words)
{
    after_job(&stage);
    stage_send(&stage, MSG_OPEN, SCREEN_RESULT, 0);
    assert_non_null(stage_asked(&stage, EFFECT_OPEN_RESULT));
    struct reply *reply = stage_reply(&stage, EFFECT_OPEN_RESULT, ERR_OK);
    reply->has_self = reply->has_site = true;
    evaluation_view_init(&reply->self, SIDE_SELF, 1);
    evaluation_view_init(&reply->site, SIDE_SITE, 1);
    reply->self.aspects[2] = reply->site.aspects[2] = 0;
    str_copy(reply->words, sizeof reply->words, str_of(words));
    stage_answer(&stage);
}

static void test_needs_the_card(void **state)
{
    (void)state;
    after_job(&stage);
    stage_send(&stage, MSG_OPEN, SCREEN_RESULT, 0);
    stage_reply(&stage, EFFECT_OPEN_RESULT, ERR_DENIED)->closed = true;
    stage_answer(&stage);
    assert_true(jobs()->views_denied);
    assert_false(jobs()->views_known);
    /* The card is held: the same person signs in again, and the views are asked for. */
    struct reply *reply = stage_reply(&stage, EFFECT_READ_SCAN, ERR_OK);
    reply->scan = SCAN_PERSON;
    reply->by_card = true;
    reply->who = stage.model.visit.who;
    stage_answer(&stage);
    assert_int_equal(stage.model.screen, SCREEN_RESULT);
    assert_non_null(stage_asked(&stage, EFFECT_OPEN_RESULT));
}

static void test_pages_in_order(void **state)
{
    (void)state;
    open_result("");
    assert_int_equal(jobs()->result_page, 0);
    stage_send(&stage, MSG_PAGE, 1, 0);
    assert_int_equal(jobs()->result_page, 2); /* no words: no page for them */
    stage_send(&stage, MSG_PAGE, 1, 0);
    assert_int_equal(jobs()->result_page, 2);
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_int_equal(jobs()->result_page, 0);
    assert_int_equal(stage.model.screen, SCREEN_RESULT);
    open_result("Danke!");
    stage_send(&stage, MSG_PAGE, 1, 0);
    assert_int_equal(jobs()->result_page, 1);
}

static void test_leaving_forgets_the_views(void **state)
{
    static const struct evaluation_view nothing;
    (void)state;
    open_result("Danke!");
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_HOME);
    assert_false(jobs()->views_known);
    assert_string_equal(jobs()->site_words, "");
    assert_memory_equal(&jobs()->site, &nothing, sizeof nothing);
}

static void test_a_step_is_chosen_once(void **state)
{
    (void)state;
    open_result("");
    stage_send(&stage, MSG_NEXT_STEP, 2, 1);
    const struct effect *asked = stage_asked(&stage, EFFECT_EVALUATION);
    assert_non_null(asked);
    assert_int_equal(asked->evaluation_event.kind, EVALUATION_NEXT);
    assert_int_equal(asked->evaluation_event.next_aspect, 2);
    assert_int_equal(asked->evaluation_event.next_index, 1);
    stage_send(&stage, MSG_NEXT_STEP, 0, 0);
    assert_null(stage_asked(&stage, EFFECT_EVALUATION));
    struct reply *reply = stage_reply(&stage, EFFECT_EVALUATION, ERR_OK);
    reply->brief = jobs()->jobs[0];
    reply->brief.next_aspect = 2;
    reply->brief.next_index = 1;
    stage_answer(&stage);
    assert_int_equal(jobs()->jobs[0].next_aspect, 2);
    stage_send(&stage, MSG_NEXT_STEP, 0, 0);
    assert_null(stage_asked(&stage, EFFECT_EVALUATION));
}

static void test_not_saved_may_be_tried_again(void **state)
{
    (void)state;
    open_result("");
    stage_send(&stage, MSG_NEXT_STEP, 2, 1);
    stage_fails(&stage, EFFECT_EVALUATION, ERR_IO);
    assert_int_equal(stage.model.notice, NOTICE_NOT_SAVED);
    assert_int_equal(jobs()->jobs[0].next_aspect, -1);
    stage_send(&stage, MSG_NEXT_STEP, 2, 1);
    assert_non_null(stage_asked(&stage, EFFECT_EVALUATION));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_needs_the_card),
        cmocka_unit_test(test_pages_in_order),
        cmocka_unit_test(test_leaving_forgets_the_views),
        cmocka_unit_test(test_a_step_is_chosen_once),
        cmocka_unit_test(test_not_saved_may_be_tried_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
