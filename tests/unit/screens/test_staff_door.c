#include "unit/screens/stage.h"

static struct stage stage;

static void open_door(bool any_staff)
{
    stage_init(&stage);
    stage_send(&stage, MSG_OPEN, SCREEN_STAFF_DOOR, 0);
    assert_non_null(stage_asked(&stage, EFFECT_STAFF_KNOWN));
    stage_reply(&stage, EFFECT_STAFF_KNOWN, ERR_OK)->yes = any_staff;
    stage_answer(&stage);
}

static void test_a_card_and_a_pin_open_the_staff_table(void **state)
{
    (void)state;
    stage_staff(&stage);
    assert_int_equal(stage.model.screen, SCREEN_STAFF);
    assert_true(stage.model.staff.open);
    assert_string_equal(stage.model.staff.alias, "Nadja");
    assert_string_equal(stage.model.staff.card, "");
    assert_string_equal(stage.model.staff.pin, "");
    assert_non_null(stage_asked(&stage, EFFECT_STAFF_LIST));
    assert_non_null(stage_asked(&stage, EFFECT_PRINTER_STATUS));
}

static void test_no_pin_is_taken_without_a_card(void **state)
{
    (void)state;
    open_door(true);
    stage_pin(&stage, "2468");
    stage_send(&stage, MSG_SIGN_IN, 0, 0);
    assert_string_equal(stage.model.staff.pin, "");
    assert_null(stage_asked(&stage, EFFECT_STAFF_SIGN_IN));
}

static const struct {
    const char *name, *typed, *pin;
    bool asks;
} pins[] = {
    {"three digits are too few", "123", "123", false},
    {"four are enough", "1234", "1234", true},
    {"eight are the most", "123456789", "12345678", true},
};

static void test_pin_length(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(pins); i++) {
        open_door(true);
        str_copy(stage.model.staff.card, CARD_TEXT_SIZE, STR("ANKSTEST"));
        stage_type(&stage, pins[i].typed); /* a keyboard works as well as the screen */
        assert_string_equal(stage.model.staff.pin, pins[i].pin);
        stage_send(&stage, MSG_SIGN_IN, 0, 0);
        const struct effect *asked = stage_asked(&stage, EFFECT_STAFF_SIGN_IN);
        assert_int_equal(asked != NULL, pins[i].asks);
        if (asked) {
            assert_string_equal(asked->pin, pins[i].pin);
            assert_string_equal(asked->text, "ANKSTEST");
        }
    }
}

static const struct {
    const char *name;
    enum err err;
    int wait_ms;
    enum notice notice;
} refusals[] = {
    {"wrong pin", ERR_DENIED, 0, NOTICE_WRONG},
    {"unknown card: the same words", ERR_NOT_FOUND, 0, NOTICE_WRONG},
    {"too many tries", ERR_DENIED, 5000, NOTICE_WAIT},
    {"broken disk", ERR_IO, 0, NOTICE_NOT_SAVED},
};

static void test_refusals_wipe_the_pin(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(refusals); i++) {
        open_door(true);
        str_copy(stage.model.staff.card, CARD_TEXT_SIZE, STR("ANKSTEST"));
        stage_pin(&stage, "1111");
        stage_send(&stage, MSG_SIGN_IN, 0, 0);
        stage_reply(&stage, EFFECT_STAFF_SIGN_IN, refusals[i].err)->wait_ms =
            refusals[i].wait_ms;
        stage_answer(&stage);
        assert_int_equal(stage.model.screen, SCREEN_STAFF_DOOR);
        assert_int_equal(stage.model.notice, refusals[i].notice);
        assert_string_equal(stage.model.staff.pin, "");
        assert_false(stage.model.staff.open);
    }
}

static void test_waiting_holds_the_next_try_back(void **state)
{
    (void)state;
    open_door(true);
    str_copy(stage.model.staff.card, CARD_TEXT_SIZE, STR("ANKSTEST"));
    stage.model.staff.wait_until_ms = stage.model.mono_ms + 5000;
    stage_pin(&stage, "1234");
    stage_send(&stage, MSG_SIGN_IN, 0, 0);
    assert_null(stage_asked(&stage, EFFECT_STAFF_SIGN_IN));
    stage.model.mono_ms += 5000;
    stage_send(&stage, MSG_SIGN_IN, 0, 0);
    assert_non_null(stage_asked(&stage, EFFECT_STAFF_SIGN_IN));
}

static void set_up(const char *first, const char *second)
{
    open_door(false);
    stage_type(&stage, "nadja");
    stage_send(&stage, MSG_SIGN_IN, 0, 0);
    stage_pin(&stage, first);
    stage_send(&stage, MSG_SIGN_IN, 0, 0);
    stage_pin(&stage, second);
    stage_send(&stage, MSG_SIGN_IN, 0, 0);
}

static void test_the_first_team_card(void **state)
{
    (void)state;
    set_up("1357", "1357");
    const struct effect *asked = stage_asked(&stage, EFFECT_STAFF_ADD);
    assert_non_null(asked);
    assert_string_equal(asked->alias, "Nadja");
    assert_string_equal(asked->pin, "1357");
    struct uid fact = asked->fact;
    assert_false(uid_is_nil(fact));
    stage_fails(&stage, EFFECT_STAFF_ADD, ERR_UNKNOWN);
    assert_int_equal(stage.model.notice, NOTICE_NOT_SAVED);
    stage_send(&stage, MSG_SIGN_IN, 0, 0);
    asked = stage_asked(&stage, EFFECT_STAFF_ADD);
    assert_non_null(asked);
    assert_true(uid_eq(asked->fact, fact)); /* the same fact, tried again */
    str_copy(stage_reply(&stage, EFFECT_STAFF_ADD, ERR_OK)->text, 64, STR("ANKSNEW"));
    stage_answer(&stage);
    assert_int_equal(stage.model.screen, SCREEN_CARD);
    asked = stage_asked(&stage, EFFECT_PRINT_CARD);
    assert_non_null(asked);
    assert_true(asked->confirm); /* a staff card */
    assert_string_equal(asked->text, "ANKSNEW");
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_HOME);
    assert_string_equal(stage.model.staff.new_card, "");
}

static void test_two_different_pins_begin_again(void **state)
{
    (void)state;
    set_up("1357", "1358");
    assert_null(stage_asked(&stage, EFFECT_STAFF_ADD));
    assert_int_equal(stage.model.notice, NOTICE_WRONG);
    assert_string_equal(stage.model.staff.pin_first, "");
}

static void test_back_goes_one_step_back_while_setting_up(void **state)
{
    (void)state;
    set_up("1357", "13");
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_STAFF_DOOR);
    assert_string_equal(stage.model.staff.pin_first, "");
    assert_false(stage.model.staff.typing);
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_true(stage.model.staff.typing);
    assert_string_equal(stage.model.staff.setup_alias, "Nadja");
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_HOME);
}

static void test_a_broken_disk_lets_nobody_set_up_a_team(void **state)
{
    (void)state;
    stage_init(&stage);
    stage_send(&stage, MSG_OPEN, SCREEN_STAFF_DOOR, 0);
    stage_fails(&stage, EFFECT_STAFF_KNOWN, ERR_IO);
    stage_type(&stage, "nadja");
    stage_send(&stage, MSG_SIGN_IN, 0, 0);
    assert_true(stage.model.staff.any_staff);
    assert_string_equal(stage.model.staff.setup_alias, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_card_and_a_pin_open_the_staff_table),
        cmocka_unit_test(test_no_pin_is_taken_without_a_card),
        cmocka_unit_test(test_pin_length),
        cmocka_unit_test(test_refusals_wipe_the_pin),
        cmocka_unit_test(test_waiting_holds_the_next_try_back),
        cmocka_unit_test(test_the_first_team_card),
        cmocka_unit_test(test_two_different_pins_begin_again),
        cmocka_unit_test(test_back_goes_one_step_back_while_setting_up),
        cmocka_unit_test(test_a_broken_disk_lets_nobody_set_up_a_team),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
