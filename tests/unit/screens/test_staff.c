#include "unit/screens/stage.h"

static struct stage stage;

static void put_wishes(struct reply *reply, int asked, int decided)
{
    reply->wish_count = asked + decided;
    for (int i = 0; i < reply->wish_count; i++) {
        reply->wishes[i].id = stage_id(5000 + i);
        reply->wishes[i].state = i < asked ? WISH_ASKED : WISH_CONFIRMED;
    }
}

static void open_list(int asked, int decided)
{
    stage_staff(&stage);
    put_wishes(stage_reply(&stage, EFFECT_STAFF_LIST, ERR_OK), asked, decided);
    stage_answer(&stage);
}

static void open_wish(int row)
{
    open_list(3, 2);
    stage_send(&stage, MSG_STAFF_ROW, row, 0);
}

static void test_yes_is_saved_and_leads_back_to_the_list(void **state)
{
    (void)state;
    open_wish(1);
    assert_int_equal(stage.model.screen, SCREEN_STAFF_WISH);
    stage_send(&stage, MSG_STAFF_CONFIRM, 0, 0);
    const struct effect *asked = stage_asked(&stage, EFFECT_DECIDE);
    assert_non_null(asked);
    assert_true(asked->confirm);
    assert_int_equal(asked->decline, DECLINE_NONE);
    assert_true(uid_eq(asked->wish.id, stage_id(5001)));
    assert_true(uid_eq(asked->staff, stage_id(9000)));
    stage_fails(&stage, EFFECT_DECIDE, ERR_OK);
    assert_int_equal(stage.model.screen, SCREEN_STAFF);
    assert_int_equal(stage.model.notice, NOTICE_DECIDED);
    assert_non_null(stage_asked(&stage, EFFECT_STAFF_LIST));
}

static void test_no_asks_for_a_kind_reason_first(void **state)
{
    (void)state;
    open_wish(0);
    stage_send(&stage, MSG_STAFF_DECLINE, DECLINE_NONE, 0);
    assert_true(stage.model.staff.declining);
    assert_int_equal(stage.effects.count, 0);
    stage_send(&stage, MSG_STAFF_DECLINE, DECLINE_FULL, 0);
    const struct effect *asked = stage_asked(&stage, EFFECT_DECIDE);
    assert_non_null(asked);
    assert_false(asked->confirm);
    assert_int_equal(asked->decline, DECLINE_FULL);
}

static const struct {
    const char *name;
    enum err err;
    enum notice notice;
} refusals[] = {
    {"no place", ERR_DENIED, NOTICE_NO_PLACE},
    {"decided by somebody else", ERR_CONFLICT, NOTICE_DECIDED_BEFORE},
    {"gone", ERR_NOT_FOUND, NOTICE_DECIDED_BEFORE},
    {"places of the centre", ERR_UNSUPPORTED, NOTICE_CENTRE_PLACES},
    {"disk full", ERR_FULL, NOTICE_DISK_FULL},
    {"input error of the disk", ERR_IO, NOTICE_NOT_SAVED},
    {"nobody knows", ERR_UNKNOWN, NOTICE_NOT_SAVED},
};

static void test_refusals_stay_and_may_be_tried_again_as_the_same_fact(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(refusals); i++) {
        open_wish(0);
        struct uid fact = stage.model.staff.fact;
        stage_send(&stage, MSG_STAFF_CONFIRM, 0, 0);
        stage_fails(&stage, EFFECT_DECIDE, refusals[i].err);
        assert_int_equal(stage.model.screen, SCREEN_STAFF_WISH);
        assert_int_equal(stage.model.notice, refusals[i].notice);
        stage_send(&stage, MSG_STAFF_CONFIRM, 0, 0);
        const struct effect *asked = stage_asked(&stage, EFFECT_DECIDE);
        assert_non_null(asked);
        assert_false(uid_is_nil(fact));
        assert_true(uid_eq(asked->fact, fact));
    }
}

static void test_every_row_begins_its_own_fact(void **state)
{
    (void)state;
    open_wish(0);
    struct uid first = stage.model.staff.fact;
    stage_send(&stage, MSG_BACK, 0, 0);
    stage_send(&stage, MSG_STAFF_ROW, 1, 0);
    assert_false(uid_eq(first, stage.model.staff.fact));
}

static void test_two_taps_decide_once(void **state)
{
    (void)state;
    open_wish(0);
    stage_send(&stage, MSG_STAFF_CONFIRM, 0, 0);
    stage_send(&stage, MSG_STAFF_CONFIRM, 0, 0);
    assert_null(stage_asked(&stage, EFFECT_DECIDE));
}

static void test_a_decided_wish_is_only_shown(void **state)
{
    (void)state;
    open_wish(4);
    stage_send(&stage, MSG_STAFF_CONFIRM, 0, 0);
    stage_send(&stage, MSG_STAFF_DECLINE, DECLINE_FULL, 0);
    assert_int_equal(stage.effects.count, 0);
    assert_false(stage.model.staff.deciding);
}

static void test_a_new_list_leaves_the_open_wish_alone(void **state)
{
    (void)state;
    open_wish(0);
    put_wishes(stage_reply(&stage, EFFECT_STAFF_LIST, ERR_OK), 0, 1);
    stage.reply.wishes[0].id = stage_id(7777);
    stage_answer(&stage);
    stage_send(&stage, MSG_STAFF_CONFIRM, 0, 0);
    const struct effect *asked = stage_asked(&stage, EFFECT_DECIDE);
    assert_non_null(asked);
    assert_true(uid_eq(asked->wish.id, stage_id(5000)));
}

static void test_rows_that_are_not_there(void **state)
{
    static const int rows[] = {-1, 5, STAFF_WISHES_MAX, 1 << 20};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        open_wish(rows[i]);
        assert_int_equal(stage.model.screen, SCREEN_STAFF);
    }
}

static void test_lock_forgets_everything(void **state)
{
    (void)state;
    open_list(3, 0);
    stage_send(&stage, MSG_STAFF_LOCK, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_HOME);
    assert_false(stage.model.staff.open);
    assert_int_equal(stage.model.staff.wish_count, 0);
    assert_string_equal(stage.model.staff.wishes[0].alias, "");
}

static void test_an_answer_after_the_lock_is_dropped(void **state)
{
    (void)state;
    open_list(1, 0);
    put_wishes(stage_reply(&stage, EFFECT_STAFF_LIST, ERR_OK), 3, 0);
    stage_send(&stage, MSG_STAFF_LOCK, 0, 0);
    stage_answer(&stage);
    assert_int_equal(stage.model.staff.wish_count, 0);
}

static void test_back_from_the_table_locks(void **state)
{
    (void)state;
    open_list(1, 0);
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_HOME);
    assert_false(stage.model.staff.open);
}

static void test_a_lost_store_is_told_until_it_is_understood(void **state)
{
    (void)state;
    open_list(0, 0);
    stage.model.state_set_aside = true;
    stage.model.state_copied = true;
    stage_send(&stage, MSG_OPEN, SCREEN_STORED, 0);
    assert_int_equal(stage.model.notice, NOTICE_STATE_LOST);
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_int_equal(stage.model.notice, NOTICE_STATE_LOST);
    stage_send(&stage, MSG_OPEN, SCREEN_STORED, 0);
    stage_send(&stage, MSG_STAFF_CONFIRM, 0, 0);
    assert_false(stage.model.state_set_aside);
    assert_int_equal(stage.model.notice, NOTICE_STATE_COPIED);
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_int_equal(stage.model.notice, NOTICE_STATE_COPIED);
    stage_send(&stage, MSG_OPEN, SCREEN_STORED, 0);
    stage_send(&stage, MSG_STAFF_CONFIRM, 0, 0);
    assert_false(stage.model.state_copied);
    assert_int_equal(stage.model.notice, NOTICE_NONE);
}

/* Views CHECK that everything fits into the frame: at every size and text size. */
static void test_views_fit_the_frame(void **state)
{
    static const int sizes[][2] = {{800, 480}, {1280, 800}, {1920, 1080}, {720, 1280}};
    static const enum screen_id screens[] = {SCREEN_STAFF, SCREEN_STORED,
                                             SCREEN_STAFF_WISH};
    static struct frame frame;
    (void)state;
    open_list(STAFF_WISHES_MAX, 0);
    stage.model.staff.wish = stage.model.staff.wishes[0];
    for (size_t i = 0; i < ARRAY_LEN(sizes) * ARRAY_LEN(screens) * 3; i++) {
        stage.model.width = sizes[i / 3 % ARRAY_LEN(sizes)][0];
        stage.model.height = sizes[i / 3 % ARRAY_LEN(sizes)][1];
        stage.model.text_percent = 100 + 25 * (int)(i % 3);
        stage.model.screen = screens[i / 3 / ARRAY_LEN(sizes)];
        view(&stage.model, text_measure_fixed(), &frame);
        assert_true(frame.hit_count > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_yes_is_saved_and_leads_back_to_the_list),
        cmocka_unit_test(test_no_asks_for_a_kind_reason_first),
        cmocka_unit_test(test_refusals_stay_and_may_be_tried_again_as_the_same_fact),
        cmocka_unit_test(test_every_row_begins_its_own_fact),
        cmocka_unit_test(test_two_taps_decide_once),
        cmocka_unit_test(test_a_decided_wish_is_only_shown),
        cmocka_unit_test(test_a_new_list_leaves_the_open_wish_alone),
        cmocka_unit_test(test_rows_that_are_not_there),
        cmocka_unit_test(test_lock_forgets_everything),
        cmocka_unit_test(test_an_answer_after_the_lock_is_dropped),
        cmocka_unit_test(test_back_from_the_table_locks),
        cmocka_unit_test(test_a_lost_store_is_told_until_it_is_understood),
        cmocka_unit_test(test_views_fit_the_frame),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
