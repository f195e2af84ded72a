#include "after.h"
#include "screens/own_words.h"

static struct stage stage;

static struct answering *form(void)
{
    return &stage.model.visit.jobs.answering;
}

static void begin(void)
{
    after_job(&stage);
    stage_send(&stage, MSG_OPEN, SCREEN_EVALUATE, 0);
}

static void type_words(const char *words)
{
    stage_send(&stage, MSG_WORDS, 1, 0);
    stage_type(&stage, words);
    stage_send(&stage, MSG_KEY, 13, 0);
}

static void to_closing(void)
{
    for (int i = 1; i < evaluation_form_page_count(&after_form, form()->side); i++) {
        stage_send(&stage, MSG_SKIP, 0, 0);
    }
    assert_int_equal(evaluation_form_page(&after_form, form()->side, form()->page).kind,
                     PAGE_CLOSING);
}

static void test_eight_taps(void **state)
{
    int taps = 0;
    (void)state;
    begin();
    for (int i = 0; i < after_form.aspect_count; i++, taps++) {
        assert_int_equal(form()->page, i);
        stage_send(&stage, MSG_ANSWER, i, 0);
    }
    stage_send(&stage, MSG_SKIP, 0, 0);
    stage_send(&stage, MSG_FORM_SAVE, 0, 0);
    taps += 2;
    const struct effect *saved = stage_asked(&stage, EFFECT_SAVE_VIEW);
    assert_non_null(saved);
    assert_true(taps <= FORM_TAPS_MAX);
    assert_true(uid_eq(saved->wish.id, stage_id(700)));
    assert_int_equal(saved->view.aspects[5], 0);
    assert_int_equal(saved->view.about_site[0], ANSWER_SKIPPED);
    assert_int_equal(saved->view.again, ANSWER_SKIPPED);
    assert_false(saved->by_staff);
}

static void test_everything_can_be_skipped(void **state)
{
    (void)state;
    begin();
    to_closing();
    stage_send(&stage, MSG_FORM_SAVE, 0, 0);
    const struct effect *saved = stage_asked(&stage, EFFECT_SAVE_VIEW);
    struct evaluation_view nothing;
    evaluation_view_init(&nothing, SIDE_SELF, after_form.version);
    assert_non_null(saved);
    for (int i = 0; i < FORM_ASPECTS_MAX; i++) {
        assert_int_equal(saved->view.aspects[i], ANSWER_SKIPPED);
    }
    assert_int_equal(saved->view.tiles, 0);
    assert_string_equal(saved->words, "");
    assert_false(saved->view.has_own_words);
}

static void test_back_keeps_the_answers(void **state)
{
    (void)state;
    begin();
    stage_send(&stage, MSG_ANSWER, 0, 1);
    stage_send(&stage, MSG_ANSWER, 1, 2);
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_EVALUATE);
    assert_int_equal(form()->page, 1);
    assert_int_equal(form()->view.aspects[1], 2);
    stage_send(&stage, MSG_SKIP, 0, 0);
    assert_int_equal(form()->view.aspects[1], ANSWER_SKIPPED);
    stage_send(&stage, MSG_BACK, 0, 0);
    stage_send(&stage, MSG_BACK, 0, 0);
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_HOME);
    stage_send(&stage, MSG_OPEN, SCREEN_EVALUATE, 0);
    assert_int_equal(form()->view.aspects[0], 1);
}

static void test_another_job_begins_anew(void **state)
{
    (void)state;
    begin();
    stage_send(&stage, MSG_ANSWER, 0, 1);
    struct uid before = form()->fact;
    stage_send(&stage, MSG_BACK, 0, 0);
    stage_send(&stage, MSG_BACK, 0, 0);
    stage.model.visit.jobs.jobs[0].wish.id = stage_id(701);
    stage_send(&stage, MSG_OPEN, SCREEN_EVALUATE, 0);
    assert_int_equal(form()->page, 0);
    assert_int_equal(form()->view.aspects[0], ANSWER_SKIPPED);
    assert_false(uid_eq(form()->fact, before));
}

static void test_the_site_rows_take_back(void **state)
{
    (void)state;
    begin();
    for (int i = 0; i < after_form.aspect_count; i++) {
        stage_send(&stage, MSG_SKIP, 0, 0);
    }
    int page = form()->page, talk = after_form.about[2].talk_step;
    stage_send(&stage, MSG_ANSWER, QUESTION_ABOUT + 2, talk);
    assert_int_equal(form()->page, page);
    assert_true(evaluation_view_wants_talk(&after_form, &form()->view));
    stage_send(&stage, MSG_ANSWER, QUESTION_ABOUT + 2, talk);
    assert_false(evaluation_view_wants_talk(&after_form, &form()->view));
}

static void test_a_retry_is_the_same_fact(void **state)
{
    (void)state;
    begin();
    to_closing();
    type_words("gut");
    stage_send(&stage, MSG_FORM_SAVE, 0, 0);
    struct uid first = stage_asked(&stage, EFFECT_SAVE_VIEW)->fact;
    stage_send(&stage, MSG_FORM_SAVE, 0, 0);
    assert_null(stage_asked(&stage, EFFECT_SAVE_VIEW)); /* one at a time */
    stage_fails(&stage, EFFECT_SAVE_VIEW, ERR_IO);
    assert_int_equal(stage.model.notice, NOTICE_NOT_SAVED);
    assert_false(form()->saved);
    stage_send(&stage, MSG_FORM_SAVE, 0, 0);
    const struct effect *again = stage_asked(&stage, EFFECT_SAVE_VIEW);
    assert_true(uid_eq(again->fact, first));
    assert_string_equal(again->words, "Gut");
    assert_true(again->view.has_own_words);
}

static void test_saved_words_are_wiped(void **state)
{
    static const char nothing[OWN_WORDS_SIZE];
    (void)state;
    begin();
    to_closing();
    type_words("etwas, das nur coaches lesen");
    stage_send(&stage, MSG_FORM_SAVE, 0, 0);
    stage_reply(&stage, EFFECT_SAVE_VIEW, ERR_OK)->brief = stage.model.visit.jobs.jobs[0];
    stage.reply.brief.self_in = true;
    stage_answer(&stage);
    assert_true(form()->saved);
    assert_memory_equal(form()->words, nothing, sizeof nothing);
    assert_true(stage.model.visit.jobs.jobs[0].self_in);
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_HOME);
    assert_int_equal(form()->view.form, 0);
}

static void test_locked_is_said(void **state)
{
    (void)state;
    begin();
    to_closing();
    stage_send(&stage, MSG_FORM_SAVE, 0, 0);
    stage_fails(&stage, EFFECT_SAVE_VIEW, ERR_DENIED);
    assert_int_equal(form()->refused, EVALUATION_LOCKED);
    stage_send(&stage, MSG_FORM_SAVE, 0, 0);
    assert_null(stage_asked(&stage, EFFECT_SAVE_VIEW));
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_HOME);
}

static void test_no_words_without_a_key(void **state)
{
    (void)state;
    begin();
    stage.model.env.words_can_be_sealed = false;
    to_closing();
    type_words("geheim");
    assert_false(form()->typing);
    assert_string_equal(form()->words, "");
}

static void test_talking_keeps_the_page(void **state)
{
    (void)state;
    begin();
    stage_send(&stage, MSG_ANSWER, 0, 0);
    stage_send(&stage, MSG_OPEN, SCREEN_TALK, 0);
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_EVALUATE);
    assert_int_equal(form()->page, 1);
    assert_int_equal(form()->view.aspects[0], 0);
}

static void test_a_site_knows_nobody(void **state)
{
    (void)state;
    begin();
    stage.model.site.jobs[0] = stage.model.visit.jobs.jobs[0];
    memset(&stage.model.visit, 0, sizeof stage.model.visit);
    stage.model.site.open = true;
    stage.model.site.count = 1;
    stage_send(&stage, MSG_OPEN, SCREEN_EVALUATE, 0);
    const struct answering *site = &stage.model.site.answering;
    assert_int_equal(site->view.side, SIDE_SITE);
    for (int i = 0; i < after_form.aspect_count; i++) {
        stage_send(&stage, MSG_ANSWER, i, 0);
    }
    assert_int_equal(evaluation_form_page(&after_form, SIDE_SITE, site->page).kind,
                     PAGE_CLOSING);
    stage_send(&stage, MSG_FORM_SAVE, 0, 0);
    const struct effect *saved = stage_asked(&stage, EFFECT_SAVE_VIEW);
    assert_true(uid_eq(saved->participant, (struct uid){{0}}));
    assert_false(saved->by_staff);
}

static void test_a_coach_returns_to_the_call(void **state)
{
    (void)state;
    stage_staff(&stage);
    stage.model.env.forms = &after_forms;
    stage.model.staff.jobs.brief.wish.id = stage_id(702);
    enum screen_id from = stage.model.screen;
    stage_send(&stage, MSG_OPEN, SCREEN_EVALUATE, 0);
    for (int i = 0; i <= after_form.aspect_count; i++) {
        stage_send(&stage, MSG_SKIP, 0, 0);
    }
    stage_send(&stage, MSG_FORM_SAVE, 0, 0);
    const struct effect *saved = stage_asked(&stage, EFFECT_SAVE_VIEW);
    assert_true(saved->by_staff);
    assert_true(uid_eq(saved->staff, stage_id(9000)));
    assert_int_equal(saved->view.side, SIDE_SITE);
    stage_reply(&stage, EFFECT_SAVE_VIEW, ERR_OK)->brief.wish.id = stage_id(702);
    stage_answer(&stage);
    assert_int_equal(stage.model.screen, from);
    assert_int_equal(stage.model.staff.jobs.answering.view.form, 0);
}

static const struct {
    const char *name, *keys, *words;
} typing_cases[] = {
    {"first letter", "hallo", "Hallo"},  {"after a stop", "ja. gut", "Ja. Gut"},
    {"no space first", "  a", "A"},      {"single spaces", "a  b", "A b"},
    {"delete", "ab\b\bc", "C"},          {"delete nothing", "\b\ba", "A"},
    {"control signs", "a\nb\x1b", "Ab"},
};

static void test_typing(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(typing_cases); i++) {
        char words[OWN_WORDS_SIZE] = "";
        for (const char *key = typing_cases[i].keys; *key; key++) {
            own_words_type(words, *key);
        }
        if (strcmp(words, typing_cases[i].words) != 0) {
            fail_msg("%s: \"%s\"", typing_cases[i].name, words);
        }
    }
}

static void test_typing_ends_somewhere(void **state)
{
    char words[OWN_WORDS_SIZE] = "";
    int count = 0;
    (void)state;
    while (own_words_type(words, 0x1F600) && count < 2000) {
        count++;
    }
    assert_int_equal(count, 250);
    memset(words, 0, sizeof words);
    for (count = 0; count < 2000 && own_words_type(words, 'x'); count++) {
    }
    assert_int_equal(count, 250);
    assert_false(own_words_type(words, 0x202E));
    assert_true(own_words_type(words, 8));
    assert_false(own_words_type(words, 0x202E));
    assert_false(own_words_type(words, 0xD800));
    assert_false(own_words_type(words, 0x110000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_eight_taps),
        cmocka_unit_test(test_everything_can_be_skipped),
        cmocka_unit_test(test_back_keeps_the_answers),
        cmocka_unit_test(test_another_job_begins_anew),
        cmocka_unit_test(test_the_site_rows_take_back),
        cmocka_unit_test(test_a_retry_is_the_same_fact),
        cmocka_unit_test(test_saved_words_are_wiped),
        cmocka_unit_test(test_locked_is_said),
        cmocka_unit_test(test_no_words_without_a_key),
        cmocka_unit_test(test_talking_keeps_the_page),
        cmocka_unit_test(test_a_site_knows_nobody),
        cmocka_unit_test(test_a_coach_returns_to_the_call),
        cmocka_unit_test(test_typing),
        cmocka_unit_test(test_typing_ends_somewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
