#include "screens/enrol_steps.h"
#include "unit/screens/stage.h"

static struct stage stage;

static struct enrol_form *form(void)
{
    return &stage.model.staff.form;
}

static void answer(enum form_field field, int choice)
{
    stage_send(&stage, MSG_FORM_CHOICE, (int)field, choice);
}

static void next(void)
{
    stage_send(&stage, MSG_FORM_STEP, 1, 0);
}

static void begin(void)
{
    stage_staff(&stage);
    stage_send(&stage, MSG_OPEN, SCREEN_ENROL, 0);
}

static void to_age(void)
{
    begin();
    stage_type(&stage, "falke");
    next();
    for (int i = 0; i < SECRET_PICTURES; i++) {
        stage_send(&stage, MSG_PICTURE, i, 0);
    }
    next();
}

static void to_likes(void)
{
    to_age();
    answer(FORM_BAND, AGE_15);
    answer(FORM_SCHOOL, 1);
    next();
    answer(FORM_CUSTODIAN, CUSTODIAN_YEAR);
    answer(FORM_STORE, 1);
    next();
}

static void test_all_five_steps_lead_to_the_card(void **state)
{
    (void)state;
    to_likes();
    answer(FORM_INTERESTS, 3);
    answer(FORM_LANGUAGES, 0);
    stage_send(&stage, MSG_FORM_SAVE, 0, 0);
    const struct effect *asked = stage_asked(&stage, EFFECT_ENROL);
    assert_non_null(asked);
    assert_string_equal(asked->who.alias, "Falke");
    assert_int_equal(asked->who.band, AGE_15);
    assert_true(asked->who.full_time_schooling);
    assert_true(asked->who.consents[CONSENT_CUSTODIAN].given);
    assert_int_equal(asked->who.consents[CONSENT_CUSTODIAN].until,
                     date_from_ymd(2027, 11, 26));
    assert_true(asked->who.consents[CONSENT_STORE].given);
    assert_int_equal(asked->who.interests, 1u << 3);
    assert_int_equal(asked->who.languages, 1u);
    assert_int_equal(asked->who.band_until, DATE_NONE);
    assert_int_equal(asked->pictures[2], 2);
    assert_false(uid_is_nil(asked->fact));
    assert_false(uid_is_nil(asked->who.id));
    assert_false(uid_eq(asked->fact, asked->who.id));
    struct reply *reply = stage_reply(&stage, EFFECT_ENROL, ERR_OK);
    str_copy(reply->text, sizeof reply->text, STR("ANKPNEW"));
    str_copy(reply->who.alias, ALIAS_SIZE, STR("Falke"));
    stage_answer(&stage);
    assert_int_equal(stage.model.screen, SCREEN_CARD);
    assert_string_equal(stage.model.staff.new_card, "ANKPNEW");
    assert_int_equal(form()->picture_count, 0);
    asked = stage_asked(&stage, EFFECT_PRINT_CARD);
    assert_non_null(asked);
    assert_false(asked->confirm);
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_STAFF);
    assert_string_equal(stage.model.staff.new_card, "");
    assert_string_equal(stage.model.staff.new_alias, "");
}

static void test_an_alias_is_needed_first(void **state)
{
    (void)state;
    begin();
    stage_type(&stage, "f");
    next();
    assert_int_equal(form()->step, ENROL_ALIAS);
    assert_int_equal(stage.model.notice, NOTICE_ALIAS_SHORT);
    answer(FORM_ALIAS, 0);
    assert_string_equal(form()->who.alias, enrol_alias(0));
    next();
    assert_int_equal(form()->step, ENROL_PICTURES);
}

static void test_every_suggested_alias_is_valid(void **state)
{
    (void)state;
    for (int i = 0; i < enrol_alias_count(); i++) {
        assert_true(alias_valid(str_of(enrol_alias(i))));
    }
}

static void test_four_pictures_are_needed(void **state)
{
    (void)state;
    begin();
    answer(FORM_ALIAS, 0);
    next();
    for (int i = 0; i < SECRET_PICTURES; i++) {
        next();
        assert_int_equal(form()->step, ENROL_PICTURES);
        stage_send(&stage, MSG_PICTURE, i, 0);
    }
    next();
    assert_int_equal(form()->step, ENROL_AGE);
}

static const struct {
    const char *name;
    int band, school;
    bool goes_on, schooling;
} ages[] = {
    {"nothing said", -1, -1, false, false},
    {"13 is at school by law", AGE_13_14, -1, true, true},
    {"15 must say", AGE_15, -1, false, false},
    {"16 must say", AGE_16_17, -1, false, false},
    {"15 at school", AGE_15, 1, true, true},
    {"16 has finished", AGE_16_17, 0, true, false},
    {"18 need not say", AGE_18, -1, true, false},
};

static void test_age_and_school(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(ages); i++) {
        to_age();
        if (ages[i].band >= 0) {
            answer(FORM_BAND, ages[i].band);
        }
        if (ages[i].school >= 0) {
            answer(FORM_SCHOOL, ages[i].school);
        }
        next();
        assert_int_equal(form()->step, ages[i].goes_on ? ENROL_CONSENT : ENROL_AGE);
        assert_int_equal(form()->who.full_time_schooling, ages[i].schooling);
    }
}

static void test_adults_are_not_asked_for_their_parents(void **state)
{
    (void)state;
    to_age();
    answer(FORM_BAND, AGE_18);
    next();
    next();
    assert_int_equal(form()->step, ENROL_CONSENT);
    answer(FORM_STORE, 0);
    next();
    assert_int_equal(form()->step, ENROL_LIKES);
}

static void test_growing_up_withdraws_what_parents_signed(void **state)
{
    (void)state;
    to_likes();
    answer(FORM_BAND, AGE_18);
    assert_false(form()->who.consents[CONSENT_CUSTODIAN].given);
    answer(FORM_BAND, AGE_16_17);
    assert_false(form()->answered[FORM_CUSTODIAN]);
    stage_send(&stage, MSG_FORM_SAVE, 0, 0);
    assert_null(stage_asked(&stage, EFFECT_ENROL));
}

static void test_the_next_band_begins_after_the_month_of_the_birthday(void **state)
{
    (void)state;
    to_age();
    answer(FORM_BAND, AGE_15);
    answer(FORM_BAND_MONTH, 1); /* this month, November */
    assert_int_equal(form()->who.band_until, date_from_ymd(2026, 12, 1));
    answer(FORM_BAND_MONTH, 2);
    assert_int_equal(form()->who.band_until, date_from_ymd(2027, 1, 1));
    assert_int_equal(enrol_birthday_month(STAGE_TODAY, 2), date_from_ymd(2026, 12, 1));
    answer(FORM_BAND_MONTH, 13); /* nobody is 15 for longer than a year */
    assert_int_equal(form()->band_month, 2);
    answer(FORM_BAND, AGE_16_17);
    assert_int_equal(form()->who.band_until, DATE_NONE);
    answer(FORM_BAND_MONTH, 24);
    assert_int_equal(form()->who.band_until, date_from_ymd(2028, 11, 1));
}

static const struct {
    const char *name;
    enum custodian_choice choice;
    struct date_ymd today, until;
} consents[] = {
    {"a year", CUSTODIAN_YEAR, {2026, 11, 27}, {2027, 11, 26}},
    {"a year from new year", CUSTODIAN_YEAR, {2026, 1, 1}, {2026, 12, 31}},
    {"a year from a leap day", CUSTODIAN_YEAR, {2028, 2, 29}, {2029, 2, 28}},
    {"this school year", CUSTODIAN_SCHOOL_YEAR, {2026, 11, 27}, {2027, 7, 31}},
    {"its last day", CUSTODIAN_SCHOOL_YEAR, {2027, 7, 31}, {2027, 7, 31}},
    {"the next one", CUSTODIAN_SCHOOL_YEAR, {2027, 8, 1}, {2028, 7, 31}},
};

static void test_how_long_a_consent_holds(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(consents); i++) {
        struct date_ymd t = consents[i].today, u = consents[i].until;
        assert_int_equal(enrol_consent_until(consents[i].choice,
                                             date_from_ymd(t.year, t.month, t.day)),
                         date_from_ymd(u.year, u.month, u.day));
    }
    assert_int_equal(enrol_consent_until(CUSTODIAN_ALWAYS, STAGE_TODAY), DATE_NONE);
}

static void test_answers_out_of_range_change_nothing(void **state)
{
    static const struct {
        int field, choice;
    } cases[] = {{FORM_BAND, -1},
                 {FORM_BAND, AGE_BAND_COUNT},
                 {FORM_SCHOOL, 2},
                 {FORM_CUSTODIAN, 4},
                 {FORM_STORE, 2},
                 {FORM_INTERESTS, 26},
                 {FORM_INTERESTS, -1},
                 {FORM_LANGUAGES, 31},
                 {FORM_LANGUAGES, -1},
                 {FORM_FIELD_COUNT, 0},
                 {-1, 0},
                 {FORM_PICTURES, 0},
                 {FORM_ALIAS, 1000}};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        to_age();
        struct enrol_form before = *form();
        answer((enum form_field)cases[i].field, cases[i].choice);
        assert_memory_equal(&before, form(), sizeof before);
    }
}

static void test_back_keeps_what_was_entered(void **state)
{
    (void)state;
    to_likes();
    for (int step = ENROL_CONSENT; step >= ENROL_ALIAS; step--) {
        stage_send(&stage, MSG_BACK, 0, 0);
        assert_int_equal(stage.model.screen, SCREEN_ENROL);
        assert_int_equal(form()->step, step);
    }
    assert_string_equal(form()->who.alias, "Falke");
    assert_int_equal(form()->picture_count, SECRET_PICTURES);
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_STAFF);
    assert_string_equal(form()->who.alias, "");
}

static void test_another_screen_in_between_keeps_the_step(void **state)
{
    (void)state;
    to_likes();
    stage_send(&stage, MSG_OPEN, SCREEN_LANGUAGE, 0);
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_ENROL);
    assert_int_equal(form()->step, ENROL_LIKES);
}

static const struct {
    const char *name;
    enum err err;
    enum notice notice;
} failures[] = {
    {"disk full", ERR_FULL, NOTICE_DISK_FULL},
    {"not saved", ERR_IO, NOTICE_NOT_SAVED},
    {"nobody knows", ERR_UNKNOWN, NOTICE_NOT_SAVED},
};

static void test_a_retry_is_the_same_fact_and_person(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(failures); i++) {
        to_likes();
        stage_send(&stage, MSG_FORM_SAVE, 0, 0);
        struct effect first = *stage_asked(&stage, EFFECT_ENROL);
        stage_send(&stage, MSG_FORM_SAVE, 0, 0);
        assert_null(stage_asked(&stage, EFFECT_ENROL)); /* one at a time */
        stage_fails(&stage, EFFECT_ENROL, failures[i].err);
        assert_int_equal(stage.model.notice, failures[i].notice);
        assert_int_equal(form()->step, ENROL_LIKES);
        stage_send(&stage, MSG_FORM_SAVE, 0, 0);
        const struct effect *again = stage_asked(&stage, EFFECT_ENROL);
        assert_non_null(again);
        assert_true(uid_eq(first.fact, again->fact));
        assert_true(uid_eq(first.who.id, again->who.id));
    }
}

static void test_a_taken_alias_leads_to_the_first_step(void **state)
{
    (void)state;
    to_likes();
    stage_send(&stage, MSG_FORM_SAVE, 0, 0);
    struct uid first = stage_asked(&stage, EFFECT_ENROL)->fact;
    stage_fails(&stage, EFFECT_ENROL, ERR_CONFLICT);
    assert_int_equal(stage.model.notice, NOTICE_ALIAS_TAKEN);
    assert_int_equal(form()->step, ENROL_ALIAS);
    answer(FORM_ALIAS, 2);
    for (int i = 0; i < FORM_STEPS - 1; i++) {
        next();
    }
    stage_send(&stage, MSG_FORM_SAVE, 0, 0);
    const struct effect *asked = stage_asked(&stage, EFFECT_ENROL);
    assert_non_null(asked);
    assert_string_equal(asked->who.alias, enrol_alias(2));
    assert_false(uid_eq(first, asked->fact));
}

static void test_a_card_shows_even_if_staff_went_on(void **state)
{
    (void)state;
    to_likes();
    stage_send(&stage, MSG_FORM_SAVE, 0, 0);
    for (int i = 0; i < FORM_STEPS; i++) {
        stage_send(&stage, MSG_BACK, 0, 0);
    }
    assert_int_equal(stage.model.screen, SCREEN_STAFF);
    str_copy(stage_reply(&stage, EFFECT_ENROL, ERR_OK)->text, 64, STR("ANKPNEW"));
    stage_answer(&stage);
    assert_int_equal(stage.model.screen, SCREEN_CARD);
    assert_string_equal(stage.model.staff.new_card, "ANKPNEW");
}

static void test_the_card_may_be_printed_again(void **state)
{
    (void)state;
    test_a_card_shows_even_if_staff_went_on(state);
    stage_send(&stage, MSG_CARD_PRINT, 0, 0);
    assert_null(stage_asked(&stage, EFFECT_PRINT_CARD)); /* it is still printing */
    stage_reply(&stage, EFFECT_PRINT_CARD, ERR_OK)->print = PRINT_PAPER_OUT;
    stage_answer(&stage);
    assert_int_equal(stage.model.staff.print, PRINT_PAPER_OUT);
    stage_send(&stage, MSG_CARD_PRINT, 0, 0);
    assert_non_null(stage_asked(&stage, EFFECT_PRINT_CARD));
}

/* Views CHECK that everything fits into the frame: at every size and text size. */
static void test_views_fit_the_frame(void **state)
{
    static const int sizes[][2] = {{800, 480}, {1280, 800}, {1920, 1080}, {720, 1280}};
    static struct frame frame;
    (void)state;
    to_likes();
    for (size_t i = 0; i < ARRAY_LEN(sizes) * FORM_STEPS * 3; i++) {
        stage.model.width = sizes[i / 3 % ARRAY_LEN(sizes)][0];
        stage.model.height = sizes[i / 3 % ARRAY_LEN(sizes)][1];
        stage.model.text_percent = 100 + 25 * (int)(i % 3);
        form()->step = (int)(i / 3 / ARRAY_LEN(sizes));
        view(&stage.model, text_measure_fixed(), &frame);
        assert_true(frame.hit_count > 4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_five_steps_lead_to_the_card),
        cmocka_unit_test(test_an_alias_is_needed_first),
        cmocka_unit_test(test_every_suggested_alias_is_valid),
        cmocka_unit_test(test_four_pictures_are_needed),
        cmocka_unit_test(test_age_and_school),
        cmocka_unit_test(test_adults_are_not_asked_for_their_parents),
        cmocka_unit_test(test_growing_up_withdraws_what_parents_signed),
        cmocka_unit_test(test_the_next_band_begins_after_the_month_of_the_birthday),
        cmocka_unit_test(test_how_long_a_consent_holds),
        cmocka_unit_test(test_answers_out_of_range_change_nothing),
        cmocka_unit_test(test_back_keeps_what_was_entered),
        cmocka_unit_test(test_another_screen_in_between_keeps_the_step),
        cmocka_unit_test(test_a_retry_is_the_same_fact_and_person),
        cmocka_unit_test(test_a_taken_alias_leads_to_the_first_step),
        cmocka_unit_test(test_a_card_shows_even_if_staff_went_on),
        cmocka_unit_test(test_the_card_may_be_printed_again),
        cmocka_unit_test(test_views_fit_the_frame),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
