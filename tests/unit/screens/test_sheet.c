#include "after.h"

static struct stage stage;

static struct job_visit *jobs(void)
{
    return &stage.model.visit.jobs;
}

static void put_item(int n, bool confirmed)
{
    struct sheet_item *item = &stage.model.sheet.items[n];
    memset(item, 0, sizeof *item);
    item->job = stage_id(800 + n);
    item->date = STAGE_TODAY - n;
    item->start = 900;
    item->end = 1020;
    item->field = 3;
    item->minutes = 120;
    item->confirmed = confirmed;
    item->next_aspect = item->next_index = -1;
    str_copy(item->title, sizeof item->title, STR("Beete"));
}

/* The newest of two jobs is not confirmed yet. */
static void open_sheet(int count)
{
    after_job(&stage);
    stage_send(&stage, MSG_OPEN, SCREEN_SHEET, 0);
    assert_non_null(stage_asked(&stage, EFFECT_OPEN_SHEET));
    for (int i = 0; i < count; i++) {
        put_item(i, i > 0);
    }
    stage_reply(&stage, EFFECT_OPEN_SHEET, ERR_OK)->count = count;
    stage_answer(&stage);
}

static void test_needs_the_card(void **state)
{
    (void)state;
    after_job(&stage);
    stage_send(&stage, MSG_OPEN, SCREEN_SHEET, 0);
    stage_fails(&stage, EFFECT_OPEN_SHEET, ERR_DENIED);
    assert_true(jobs()->sheet_denied);
    assert_false(jobs()->sheet_known);
    stage_send(&stage, MSG_OPEN, SCREEN_SHEET_PRINT, 0);
    stage_send(&stage, MSG_PRINT, 0, 0);
    assert_null(stage_asked(&stage, EFFECT_PRINT_SHEET));
    stage_send(&stage, MSG_PRINT, 1, 0);
    assert_null(stage_asked(&stage, EFFECT_PRINT_HOURS));
}

static void test_opens(void **state)
{
    (void)state;
    open_sheet(2);
    assert_true(jobs()->sheet_known);
    assert_int_equal(stage.model.sheet.sheet.jobs, 2);
    assert_int_equal(stage.model.sheet.sheet.minutes, 120);
    stage_send(&stage, MSG_PAGE, 2, 0);
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_SHEET);
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_HOME);
}

static void test_bad_answer_shows_nothing(void **state)
{
    (void)state;
    after_job(&stage);
    stage_send(&stage, MSG_OPEN, SCREEN_SHEET, 0);
    stage_fails(&stage, EFFECT_OPEN_SHEET, ERR_IO);
    assert_false(jobs()->sheet_known);
    assert_int_equal(stage.model.notice, NOTICE_NOT_READ);
}

static void test_prints_what_was_chosen(void **state)
{
    (void)state;
    open_sheet(2);
    stage_send(&stage, MSG_OPEN, SCREEN_SHEET_PRINT, 0);
    assert_int_equal(jobs()->print_parts, 1u << SHEET_PART_HOURS);
    stage_send(&stage, MSG_PART, SHEET_PART_VIEWS, 0);
    stage_send(&stage, MSG_PART, SHEET_PART_HOURS, 0);
    stage_send(&stage, MSG_PRINT, 0, 0);
    const struct effect *asked = stage_asked(&stage, EFFECT_PRINT_SHEET);
    assert_non_null(asked);
    assert_int_equal(asked->tiles, 1u << SHEET_PART_VIEWS);
    stage_send(&stage, MSG_PRINT, 0, 0);
    assert_null(stage_asked(&stage, EFFECT_PRINT_SHEET)); /* it is printing */
    stage_reply(&stage, EFFECT_PRINT_SHEET, ERR_OK)->print = PRINT_DONE;
    stage_answer(&stage);
    stage_send(&stage, MSG_PART, SHEET_PART_VIEWS, 0);
    stage_send(&stage, MSG_PRINT, 0, 0);
    assert_null(stage_asked(&stage, EFFECT_PRINT_SHEET)); /* nothing is chosen */
}

static void test_hours_of_a_confirmed_job(void **state)
{
    (void)state;
    open_sheet(2);
    stage_send(&stage, MSG_OPEN, SCREEN_SHEET_PRINT, 0);
    stage_send(&stage, MSG_PRINT, 1, 0);
    const struct effect *asked = stage_asked(&stage, EFFECT_PRINT_HOURS);
    assert_non_null(asked);
    assert_true(uid_eq(asked->wish.id, stage_id(801)));
    assert_int_equal(asked->job_event.minutes, 120);
    open_sheet(1);
    stage_send(&stage, MSG_OPEN, SCREEN_SHEET_PRINT, 0);
    stage_send(&stage, MSG_PRINT, 1, 0);
    assert_null(stage_asked(&stage, EFFECT_PRINT_HOURS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_needs_the_card),
        cmocka_unit_test(test_opens),
        cmocka_unit_test(test_bad_answer_shows_nothing),
        cmocka_unit_test(test_prints_what_was_chosen),
        cmocka_unit_test(test_hours_of_a_confirmed_job),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
