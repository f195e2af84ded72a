#include "day.h"

#include "base/asset.h"

static struct stage stage;
static struct evaluation_form form;
static const struct form_set forms = {&form, 1};

#define SELF_WORDS "Ich mochte die Leute"
#define SITE_WORDS "War sehr geduldig"

static const struct staff_jobs *jobs(void)
{
    return &stage.model.staff.jobs;
}

static int load_form(void **state)
{
    char why[256];
    struct buf error;
    const struct asset *asset = asset_find("forms/evaluation.json");
    (void)state;
    buf_init(&error, why, sizeof why);
    CHECK(asset);
    struct str json = {(const char *)asset->data, asset->len};
    return evaluation_form_load(json, &error, &form) == ERR_OK ? 0 : -1;
}

static struct job_brief brief_of(bool self_in, bool site_in, bool closed)
{
    struct job_brief job = day_job(0, ASSIGNMENT_GONE);
    job.self_in = self_in;
    job.site_in = site_in;
    job.closed = closed;
    job.hours.minutes = 120;
    return job;
}

static void open_call(struct job_brief job)
{
    stage_staff(&stage);
    stage.model.env.forms = &forms;
    stage.model.env.words_can_be_sealed = true;
    day_list(&stage, EFFECT_STAFF_CALLS, &job, 1);
    stage_send(&stage, MSG_RESULT, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_CALL);
    assert_non_null(stage_asked(&stage, EFFECT_OPEN_VIEWS));
    assert_true(uid_eq(stage_asked(&stage, EFFECT_OPEN_VIEWS)->wish.id, job.wish.id));
    day_whole(&stage, &job);
}

/* Everything is in the answer, whether it may be seen or not: what the worker must not
 * send is not kept either. */
static struct reply *views(const struct job_brief *job)
{
    struct reply *reply = stage_reply(&stage, EFFECT_OPEN_VIEWS, ERR_OK);
    reply->brief = *job;
    reply->has_self = reply->has_site = true;
    evaluation_view_init(&reply->self, SIDE_SELF, form.version);
    evaluation_view_init(&reply->site, SIDE_SITE, form.version);
    reply->self.aspects[1] = 1;
    reply->site.aspects[1] = 2;
    str_copy(reply->self_words, sizeof reply->self_words, STR(SELF_WORDS));
    str_copy(reply->words, sizeof reply->words, STR(SITE_WORDS));
    reply->count = 1;
    str_copy(reply->notes[0].text, sizeof reply->notes[0].text, STR("Erst ab 17 Uhr"));
    return reply;
}

static void open_with_views(struct job_brief job)
{
    open_call(job);
    views(&job);
    stage_answer(&stage);
}

static void answer(enum evaluation_answer what, struct job_brief job)
{
    struct reply *reply = stage_reply(&stage, EFFECT_EVALUATION, ERR_OK);
    reply->evaluation = what;
    reply->brief = job;
    stage_answer(&stage);
}

/* All pages of the call. */
static bool shows(const char *words)
{
    bool found = false;
    for (int page = 0; page < 12 && !found; page++) {
        stage_send(&stage, MSG_PAGE, page, 0);
        found = day_shows(&stage, words);
    }
    return found;
}

/* ---- blindness --------------------------------------------------------------------- */

static void test_nothing_of_a_view_before_it_may_be_seen(void **state)
{
    static const struct {
        const char *name;
        bool self_in, site_in, closed, seen;
    } rows[] = {
        {"nothing", false, false, false, false}, {"self", true, false, false, false},
        {"site", false, true, false, false},     {"both", true, true, false, true},
        {"closed", true, false, true, true},     {"closed site", false, true, true, true},
    };
    static const int sizes[][3] = {{1280, 800, 100}, {800, 480, 150}, {720, 1280, 100}};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows) * ARRAY_LEN(sizes); i++) {
        size_t r = i / ARRAY_LEN(sizes), s = i % ARRAY_LEN(sizes);
        open_with_views(brief_of(rows[r].self_in, rows[r].site_in, rows[r].closed));
        stage.model.width = sizes[s][0];
        stage.model.height = sizes[s][1];
        stage.model.text_percent = sizes[s][2];
        bool seen = shows(SELF_WORDS) && shows(SITE_WORDS) && shows("einen Teil");
        bool any = shows(SELF_WORDS) || shows(SITE_WORDS) || shows("das meiste");
        if (any != rows[r].seen || seen != rows[r].seen) {
            fail_msg("%s: shown %d %d", rows[r].name, any, seen);
        }
        if (!rows[r].seen) {
            assert_false(day_keeps(&stage, SELF_WORDS));
            assert_false(day_keeps(&stage, SITE_WORDS));
        }
        assert_true(shows("Erst ab 17 Uhr")); /* the team's own note */
    }
}

static void test_views_of_somebody_else_are_dropped(void **state)
{
    struct job_brief other = day_job(1, ASSIGNMENT_GONE);
    (void)state;
    other.self_in = other.site_in = true;
    open_call(brief_of(true, true, false));
    views(&other);
    stage_answer(&stage);
    assert_false(jobs()->views_known);
    assert_false(shows(SITE_WORDS));
}

static void test_lock_and_leaving_wipe_the_words(void **state)
{
    (void)state;
    open_with_views(brief_of(true, true, false));
    assert_true(shows(SITE_WORDS));
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_STAFF);
    assert_false(day_keeps(&stage, SITE_WORDS));
    assert_false(day_keeps(&stage, SELF_WORDS));
    open_with_views(brief_of(true, true, false));
    stage_send(&stage, MSG_NOTE, 0, 0);
    stage_type(&stage, "geheim");
    stage_send(&stage, MSG_STAFF_LOCK, 0, 0);
    assert_false(day_keeps(&stage, SITE_WORDS));
    assert_false(day_keeps(&stage, "eheim"));
    assert_false(day_keeps(&stage, "Erst ab 17"));
}

static void test_a_card_that_opens_nothing_is_told_kindly(void **state)
{
    struct job_brief job = brief_of(true, true, false);
    (void)state;
    open_call(job);
    struct reply *reply = stage_reply(&stage, EFFECT_OPEN_VIEWS, ERR_OK);
    reply->brief = job;
    reply->closed = true;
    stage_answer(&stage);
    assert_true(day_shows(&stage, "Deine Karte kann nicht alles öffnen."));
    stage_fails(&stage, EFFECT_OPEN_VIEWS, ERR_IO);
    assert_int_equal(stage.model.notice, NOTICE_NOT_READ);
}

/* ---- what the coach does ----------------------------------------------------------- */

static void test_release_shows_first_what_will_be_seen(void **state)
{
    struct job_brief job = brief_of(true, true, false);
    (void)state;
    open_with_views(job);
    stage_send(&stage, MSG_SHOW, 0, 0);
    assert_null(stage_asked(&stage, EFFECT_EVALUATION));
    assert_true(day_shows(&stage, SITE_WORDS));
    assert_false(day_shows(&stage, SELF_WORDS)); /* it is not the site's to tell */
    stage_send(&stage, MSG_SHOW, 1, 0);
    const struct effect *asked = stage_asked(&stage, EFFECT_EVALUATION);
    assert_non_null(asked);
    assert_int_equal(asked->evaluation_event.kind, EVALUATION_RELEASE);
    assert_true(uid_eq(asked->staff, stage_id(9000)));
    assert_true(uid_eq(asked->wish.id, job.wish.id));
    job.released = true;
    answer(EVALUATION_OK, job);
    assert_int_equal(jobs()->mode, CALL_LOOK);
    assert_true(jobs()->brief.released);
    stage_send(&stage, MSG_SHOW, 0, 0);
    assert_int_equal(jobs()->mode, CALL_LOOK); /* once is enough */
}

static void test_held_words_are_not_in_what_will_be_seen(void **state)
{
    struct job_brief job = brief_of(true, true, false);
    (void)state;
    open_with_views(job);
    stage_send(&stage, MSG_HOLD, HOLD_HURTFUL, 0); /* opens the reasons */
    assert_null(stage_asked(&stage, EFFECT_EVALUATION));
    stage_send(&stage, MSG_HOLD, HOLD_NONE, 0);
    stage_send(&stage, MSG_HOLD, HOLD_COUNT, 0);
    assert_null(stage_asked(&stage, EFFECT_EVALUATION));
    stage_send(&stage, MSG_HOLD, HOLD_HURTFUL, 0);
    assert_int_equal(stage_asked(&stage, EFFECT_EVALUATION)->evaluation_event.hold,
                     HOLD_HURTFUL);
    job.hold = HOLD_HURTFUL;
    answer(EVALUATION_OK, job);
    assert_true(shows(SITE_WORDS)); /* the coach goes on seeing them */
    stage_send(&stage, MSG_SHOW, 0, 0);
    assert_false(day_shows(&stage, SITE_WORDS));
    stage_send(&stage, MSG_BACK, 0, 0);
    stage_send(&stage, MSG_HOLD, 0, 0);
    assert_int_equal(stage_asked(&stage, EFFECT_EVALUATION)->evaluation_event.kind,
                     EVALUATION_UNHOLD);
}

static void test_too_early_does_nothing(void **state)
{
    (void)state;
    open_with_views(brief_of(true, false, false));
    stage_send(&stage, MSG_SHOW, 0, 0);
    stage_send(&stage, MSG_SHOW, 1, 0);
    stage_send(&stage, MSG_HOLD, 0, 0);
    stage_send(&stage, MSG_HOLD, HOLD_OTHER, 0);
    assert_int_equal(jobs()->mode, CALL_LOOK);
    assert_null(stage_asked(&stage, EFFECT_EVALUATION));
}

static void test_a_retry_is_the_same_fact(void **state)
{
    static const enum msg_kind kinds[] = {MSG_CLOSE, MSG_TALKED};
    struct job_brief job = brief_of(true, false, false);
    (void)state;
    job.talk = true;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        open_with_views(job);
        stage_send(&stage, kinds[i], 0, 0);
        struct uid fact = stage_asked(&stage, EFFECT_EVALUATION)->fact;
        stage_send(&stage, kinds[i], 0, 0);
        assert_null(stage_asked(&stage, EFFECT_EVALUATION));
        stage_fails(&stage, EFFECT_EVALUATION, ERR_UNKNOWN);
        assert_int_equal(stage.model.notice, NOTICE_NOT_SAVED);
        stage_send(&stage, kinds[i], 0, 0);
        assert_true(uid_eq(stage_asked(&stage, EFFECT_EVALUATION)->fact, fact));
        stage_fails(&stage, EFFECT_EVALUATION, ERR_FULL);
        assert_int_equal(stage.model.notice, NOTICE_DISK_FULL);
        stage_send(&stage, kinds[1 - i], 0, 0);
        assert_false(uid_eq(stage_asked(&stage, EFFECT_EVALUATION)->fact, fact));
    }
}

static void test_a_refusal_is_told(void **state)
{
    struct job_brief job = brief_of(true, false, false);
    (void)state;
    open_with_views(job);
    stage_send(&stage, MSG_CLOSE, 0, 0);
    answer(EVALUATION_LOCKED, job);
    assert_true(day_shows(&stage, "Diese Auswertung ist schon fertig."));
    assert_false(jobs()->busy);
}

static void test_closing_opens_what_is_there(void **state)
{
    struct job_brief job = brief_of(true, false, false);
    (void)state;
    open_with_views(job);
    stage_send(&stage, MSG_CLOSE, 0, 0);
    job.closed = true;
    answer(EVALUATION_OK, job);
    assert_non_null(stage_asked(&stage, EFFECT_OPEN_VIEWS));
}

static void test_the_site_on_the_phone(void **state)
{
    (void)state;
    open_with_views(brief_of(true, false, false));
    stage_send(&stage, MSG_EVALUATE, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_EVALUATE);
    assert_int_equal(jobs()->answering.side, SIDE_SITE);
    assert_true(jobs()->answering.by_staff);
    assert_true(uid_eq(jobs()->answering.assignment, stage_id(100)));
    assert_false(day_shows(&stage, SELF_WORDS));
    open_with_views(brief_of(true, true, false));
    stage_send(&stage, MSG_EVALUATE, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_CALL);
}

/* ---- the note ---------------------------------------------------------------------- */

static void test_a_note_is_saved_and_wiped(void **state)
{
    (void)state;
    open_with_views(brief_of(true, true, false));
    stage_send(&stage, MSG_NOTE, 0, 0);
    stage_type(&stage, "ruft zurueck");
    stage_send(&stage, MSG_WORDS, 0, 0);
    const struct effect *asked = stage_asked(&stage, EFFECT_SAVE_NOTE);
    assert_non_null(asked);
    assert_string_equal(asked->words, "Ruft zurueck");
    struct uid fact = asked->fact;
    stage_fails(&stage, EFFECT_SAVE_NOTE, ERR_UNKNOWN);
    assert_string_equal(jobs()->note, "Ruft zurueck");
    stage_send(&stage, MSG_WORDS, 0, 0);
    assert_true(uid_eq(stage_asked(&stage, EFFECT_SAVE_NOTE)->fact, fact));
    stage_fails(&stage, EFFECT_SAVE_NOTE, ERR_UNKNOWN);
    stage_type(&stage, "x"); /* other words: another note */
    stage_send(&stage, MSG_WORDS, 0, 0);
    assert_false(uid_eq(stage_asked(&stage, EFFECT_SAVE_NOTE)->fact, fact));
    stage_reply(&stage, EFFECT_SAVE_NOTE, ERR_OK);
    stage_answer(&stage);
    assert_string_equal(jobs()->note, "");
    assert_int_equal(jobs()->mode, CALL_LOOK);
    assert_non_null(stage_asked(&stage, EFFECT_OPEN_VIEWS));
}

static void test_an_empty_note_and_no_key(void **state)
{
    (void)state;
    open_with_views(brief_of(true, true, false));
    stage_send(&stage, MSG_NOTE, 0, 0);
    stage_send(&stage, MSG_WORDS, 0, 0);
    assert_null(stage_asked(&stage, EFFECT_SAVE_NOTE));
    assert_int_equal(jobs()->mode, CALL_LOOK);
    stage.model.env.words_can_be_sealed = false;
    stage_send(&stage, MSG_NOTE, 0, 0);
    assert_int_equal(jobs()->mode, CALL_LOOK);
}

static void test_between_job_and_call(void **state)
{
    struct job_brief job = brief_of(true, true, false);
    (void)state;
    open_with_views(job);
    stage_send(&stage, MSG_JOB, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_STAFF_JOB);
    stage_send(&stage, MSG_RESULT, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_CALL);
    stage_send(&stage, MSG_BACK, 0, 0);
    assert_int_equal(stage.model.screen, SCREEN_STAFF);
}

/* Views CHECK that everything fits into the frame: the longest words, at every size. */
static void test_views_fit_the_frame(void **state)
{
    static const int sizes[][2] = {{800, 480}, {1280, 800}, {1920, 1080}, {720, 1280}};
    struct job_brief job = brief_of(true, true, false);
    static struct frame frame;
    (void)state;
    open_call(job);
    struct reply *reply = views(&job);
    memset(reply->words, 'W', 250);
    memset(reply->self_words, 'W', 250);
    reply->self.tiles = reply->site.tiles = (uint16_t)((1u << form.tile_count) - 1);
    reply->count = NOTES_MAX;
    for (int i = 0; i < NOTES_MAX; i++) {
        memset(reply->notes[i].text, 'W', 250);
    }
    stage_answer(&stage);
    for (size_t i = 0; i < ARRAY_LEN(sizes) * 3; i++) {
        stage.model.width = sizes[i / 3][0];
        stage.model.height = sizes[i / 3][1];
        stage.model.text_percent = 100 + 25 * (int)(i % 3);
        for (int page = 0; page < 20; page++) {
            stage_send(&stage, MSG_PAGE, page, 0);
            view(&stage.model, text_measure_fixed(), &frame);
        }
        stage_send(&stage, MSG_SHOW, 0, 0);
        view(&stage.model, text_measure_fixed(), &frame);
        stage_send(&stage, MSG_BACK, 0, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_of_a_view_before_it_may_be_seen),
        cmocka_unit_test(test_views_of_somebody_else_are_dropped),
        cmocka_unit_test(test_lock_and_leaving_wipe_the_words),
        cmocka_unit_test(test_a_card_that_opens_nothing_is_told_kindly),
        cmocka_unit_test(test_release_shows_first_what_will_be_seen),
        cmocka_unit_test(test_held_words_are_not_in_what_will_be_seen),
        cmocka_unit_test(test_too_early_does_nothing),
        cmocka_unit_test(test_a_retry_is_the_same_fact),
        cmocka_unit_test(test_a_refusal_is_told),
        cmocka_unit_test(test_closing_opens_what_is_there),
        cmocka_unit_test(test_the_site_on_the_phone),
        cmocka_unit_test(test_a_note_is_saved_and_wiped),
        cmocka_unit_test(test_an_empty_note_and_no_key),
        cmocka_unit_test(test_between_job_and_call),
        cmocka_unit_test(test_views_fit_the_frame),
    };
    return cmocka_run_group_tests(tests, load_form, NULL);
}
