/* The centre: coming to one, the lock, and what is told without being asked. */
#include "unit/screens/stage.h"

#define URL "https://zentrale.example:8443"
#define CODE "04HMASW9NF6YY41J"

static struct stage stage;

static struct centre_form *form(void)
{
    return &stage.model.staff.centre;
}

static void open_centre(void)
{
    stage_staff(&stage);
    stage_send(&stage, MSG_OPEN, SCREEN_CENTRE, 0);
}

static void tell(bool enrolled, bool locked, enum centre_asking asking)
{
    struct reply *reply = stage_reply(&stage, EFFECT_CENTRE, ERR_OK);
    reply->serial = 0; /* it is about no visit */
    reply->centre.receipts.enrolled = enrolled;
    reply->centre.locked = locked;
    reply->centre.asking = asking;
    stage_answer(&stage);
}

static void type_all(void)
{
    stage_send(&stage, MSG_CENTRE_STEP, CENTRE_URL, 0);
    stage_type(&stage, "zentrale.example:8443");
    stage_send(&stage, MSG_CENTRE_STEP, CENTRE_CODE, 0);
    stage_type(&stage, "o4hm-asw9 nf6y-y4ij");
    stage_send(&stage, MSG_CENTRE_STEP, CENTRE_CHECK, 0);
}

static void scan(void)
{
    struct reply *reply = stage_reply(&stage, EFFECT_READ_SCAN, ERR_OK);
    reply->scan = SCAN_CENTRE;
    str_copy(reply->text, sizeof reply->text, STR(URL));
    str_copy(reply->words, sizeof reply->words, STR(CODE));
    stage_answer(&stage);
}

/* ---- typing ---------------------------------------------------------------------------- */

static void test_typed_and_asked_for(void **state)
{
    (void)state;
    open_centre();
    type_all();
    assert_int_equal(form()->step, CENTRE_CHECK);
    assert_string_equal(form()->url, URL);
    assert_string_equal(form()->code, CODE);
    stage_send(&stage, MSG_CENTRE_ASK, 0, 0);
    const struct effect *asked = stage_asked(&stage, EFFECT_CENTRE_ASK);
    assert_non_null(asked);
    assert_string_equal(asked->text, URL);
    assert_string_equal(asked->words, CODE);
    stage_send(&stage, MSG_CENTRE_ASK, 0, 0);
    assert_null(stage_asked(&stage, EFFECT_CENTRE_ASK));
    stage_reply(&stage, EFFECT_CENTRE_ASK, ERR_OK)->centre.asking = CENTRE_ASKED;
    stage_answer(&stage);
    assert_int_equal(stage.model.centre.asking, CENTRE_ASKED);
    assert_int_equal(form()->step, CENTRE_SHOW);
    assert_string_equal(form()->code, "");
}

static void test_enter_goes_on(void **state)
{
    (void)state;
    open_centre();
    stage_send(&stage, MSG_CENTRE_STEP, CENTRE_URL, 0);
    stage_type(&stage, "a\r");
    assert_int_equal(form()->step, CENTRE_CODE);
    stage_type(&stage, CODE "\r");
    assert_int_equal(form()->step, CENTRE_CHECK);
    stage_type(&stage, "X");
    assert_string_equal(form()->code, CODE);
}

static const struct {
    const char *name, *typed;
    bool good;
} urls[] = {
    {"nothing", "", false},
    {"a host", "a", true},
    {"only a port", ":8443", false},
    {"another scheme", "\b\b\b\b\b\b\b\bftp://a", false},
    {"without TLS", "\b\b\b\b\b\b\b\bhttp://a", true},
    {"no scheme", "\b\b\b\b\b\b\b\ba.example", false},
    {"all deleted, and more", "\b\b\b\b\b\b\b\b\b\b\b", false},
};

static void test_addresses(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(urls); i++) {
        open_centre();
        stage_send(&stage, MSG_CENTRE_STEP, CENTRE_URL, 0);
        stage_type(&stage, urls[i].typed);
        stage_send(&stage, MSG_CENTRE_STEP, CENTRE_CODE, 0);
        bool went = form()->step == CENTRE_CODE && stage.model.notice == NOTICE_NONE;
        bool told = form()->step == CENTRE_URL && stage.model.notice == NOTICE_CENTRE_URL;
        if (urls[i].good ? !went : !told) {
            fail_msg("%s", urls[i].name);
        }
    }
}

static void test_what_cannot_be_typed(void **state)
{
    (void)state;
    open_centre();
    stage_send(&stage, MSG_CENTRE_STEP, CENTRE_URL, 0);
    stage_send(&stage, MSG_KEY, 0xe4, 0);
    stage_type(&stage, "A b");
    assert_string_equal(form()->url, "https://ab");
    for (int i = 0; i < 2 * CENTRE_URL_SIZE; i++) {
        stage_send(&stage, MSG_KEY, 'a', 0);
    }
    assert_int_equal(strlen(form()->url), CENTRE_URL_SIZE - 1);
    stage_send(&stage, MSG_CENTRE_STEP, CENTRE_CODE, 0);
    stage_send(&stage, MSG_KEY, 0x416, 0);
    stage_send(&stage, MSG_KEY, 0, 0);
    stage_type(&stage, "u-?l");
    assert_string_equal(form()->code, "1");
    stage_type(&stage, CODE CODE);
    assert_int_equal(strlen(form()->code), CENTRE_CODE_CHARS);
}

static void test_a_code_too_short_does_not_go_on(void **state)
{
    (void)state;
    open_centre();
    type_all();
    stage_send(&stage, MSG_BACK, 0, 0);
    stage_send(&stage, MSG_KEY, '\b', 0);
    stage_send(&stage, MSG_CENTRE_STEP, CENTRE_CHECK, 0);
    assert_int_equal(form()->step, CENTRE_CODE);
    stage_send(&stage, MSG_CENTRE_ASK, 0, 0);
    assert_null(stage_asked(&stage, EFFECT_CENTRE_ASK));
}

static void test_back_step_by_step(void **state)
{
    (void)state;
    open_centre();
    type_all();
    for (int step = CENTRE_CODE; step >= CENTRE_SHOW; step--) {
        stage_send(&stage, MSG_BACK, 0, 0);
        assert_int_equal(form()->step, step);
    }
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_STAFF);
    assert_string_equal(form()->code, "");
}

static const struct {
    const char *name;
    enum err err;
    enum notice notice;
    enum centre_step step;
} failures[] = {
    {"no address", ERR_INVALID, NOTICE_CENTRE_URL, CENTRE_URL},
    {"disk full", ERR_FULL, NOTICE_DISK_FULL, CENTRE_CHECK},
    {"nobody knows", ERR_UNKNOWN, NOTICE_NOT_SAVED, CENTRE_CHECK},
};

static void test_not_saved(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(failures); i++) {
        open_centre();
        type_all();
        stage_send(&stage, MSG_CENTRE_ASK, 0, 0);
        stage_fails(&stage, EFFECT_CENTRE_ASK, failures[i].err);
        if (stage.model.notice != failures[i].notice || form()->step != failures[i].step ||
            form()->saving) {
            fail_msg("%s", failures[i].name);
        }
        assert_string_equal(form()->code, CODE);
    }
}

/* ---- scanning -------------------------------------------------------------------------- */

static void test_scanned_by_staff(void **state)
{
    (void)state;
    stage_staff(&stage);
    scan();
    assert_int_equal(stage.model.screen, SCREEN_CENTRE);
    assert_int_equal(form()->step, CENTRE_CHECK);
    assert_string_equal(form()->url, URL);
    assert_string_equal(form()->code, CODE);
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_int_equal(form()->step, CENTRE_SHOW);
}

static void test_scanned_by_anybody(void **state)
{
    (void)state;
    stage_init(&stage);
    scan();
    assert_int_equal(stage.model.screen, SCREEN_HOME);
    assert_int_equal(stage.model.notice, NOTICE_FOR_STAFF);
    assert_string_equal(form()->code, "");
}

static void test_nobody_else_opens_it(void **state)
{
    static const enum screen_id screens[] = {SCREEN_CENTRE, SCREEN_PARKED};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(screens); i++) {
        stage_init(&stage);
        stage_send(&stage, MSG_OPEN, (int)screens[i], 0);
        assert_int_equal(stage.model.screen, SCREEN_HOME);
    }
}

static void test_forgotten_with_the_session(void **state)
{
    (void)state;
    stage_staff(&stage);
    scan();
    stage_send(&stage, MSG_STAFF_LOCK, 0, 0);
    assert_string_equal(form()->code, "");
    assert_string_equal(form()->url, "");
}

/* ---- what is told ---------------------------------------------------------------------- */

static void test_answers_need_no_visit(void **state)
{
    (void)state;
    stage_init(&stage);
    stage_send(&stage, MSG_FEED_CHANGED, 0, 0);
    assert_non_null(stage_asked(&stage, EFFECT_CENTRE));
    tell(true, false, CENTRE_JOINED);
    assert_true(stage.model.centre.receipts.enrolled);
    struct reply *reply = stage_reply(&stage, EFFECT_SAVE_WISH, ERR_OK);
    reply->serial = stage.model.serial + 1; /* of a visit that is over */
    reply->receipts_told = true;
    reply->receipts = (struct sync_receipts){.enrolled = true, .written = 8, .acked = 7};
    stage_answer(&stage);
    assert_int_equal(lamp_of(&stage.model.centre.receipts), LAMP_HERE);
}

static void test_a_broken_disk_tells_nothing(void **state)
{
    (void)state;
    stage_init(&stage);
    tell(true, true, CENTRE_JOINED);
    stage_fails(&stage, EFFECT_CENTRE, ERR_IO);
    assert_true(stage.model.centre.locked);
}

/* ---- the lock -------------------------------------------------------------------------- */

static void test_a_lock_ends_the_visit(void **state)
{
    (void)state;
    stage_staff(&stage);
    uint32_t serial = stage.model.serial;
    tell(true, true, CENTRE_JOINED);
    assert_int_equal(stage.model.screen, SCREEN_LOCKED);
    assert_false(stage.model.staff.open);
    assert_int_not_equal(stage.model.serial, serial);
    assert_int_equal(model_seconds_left(&stage.model), -1);
}

static void test_a_locked_kiosk_opens_for_nobody(void **state)
{
    (void)state;
    stage_init(&stage);
    tell(true, true, CENTRE_JOINED);
    for (int kind = MSG_BACK; kind < MSG_COUNT; kind++) {
        if (kind == MSG_REPLY || kind == MSG_TICK) {
            continue;
        }
        str_copy(stage.model.scanned, sizeof stage.model.scanned, STR("ANKPCARD"));
        stage_send(&stage, (enum msg_kind)kind, SCREEN_STAFF_DOOR, 0);
        assert_int_equal(stage.model.screen, SCREEN_LOCKED);
        assert_null(stage_asked(&stage, EFFECT_READ_SCAN));
        assert_null(stage_asked(&stage, EFFECT_STAFF_KNOWN));
        if (kind == MSG_SCAN) {
            assert_string_equal(stage.model.scanned, "");
        }
    }
    scan();
    assert_int_equal(stage.model.screen, SCREEN_LOCKED);
}

static void test_a_sign_in_on_its_way_is_too_late(void **state)
{
    (void)state;
    stage_init(&stage);
    struct reply late = *stage_reply(&stage, EFFECT_STAFF_SIGN_IN, ERR_OK);
    tell(true, true, CENTRE_JOINED);
    stage.reply = late;
    stage_answer(&stage);
    assert_false(stage.model.staff.open);
    assert_int_equal(stage.model.screen, SCREEN_LOCKED);
}

static void test_a_new_enrolment_unlocks(void **state)
{
    (void)state;
    stage_init(&stage);
    tell(true, true, CENTRE_JOINED);
    tell(true, false, CENTRE_JOINED);
    assert_int_equal(stage.model.screen, SCREEN_HOME);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_typed_and_asked_for),
        cmocka_unit_test(test_enter_goes_on),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_what_cannot_be_typed),
        cmocka_unit_test(test_a_code_too_short_does_not_go_on),
        cmocka_unit_test(test_back_step_by_step),
        cmocka_unit_test(test_not_saved),
        cmocka_unit_test(test_scanned_by_staff),
        cmocka_unit_test(test_scanned_by_anybody),
        cmocka_unit_test(test_nobody_else_opens_it),
        cmocka_unit_test(test_forgotten_with_the_session),
        cmocka_unit_test(test_answers_need_no_visit),
        cmocka_unit_test(test_a_broken_disk_tells_nothing),
        cmocka_unit_test(test_a_lock_ends_the_visit),
        cmocka_unit_test(test_a_locked_kiosk_opens_for_nobody),
        cmocka_unit_test(test_a_sign_in_on_its_way_is_too_late),
        cmocka_unit_test(test_a_new_enrolment_unlocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
