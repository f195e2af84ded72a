/* What the disk worker does after a wish: who may open what, and what leaves no trace. */
#include "unit/unit.h"

#include "support/bed.h"

#include "disk_keys.h"
#include "disk_sheet.h"

#include <dirent.h>
#include <ftw.h>
#include <sodium.h>
#include <stdio.h>

#define START_WALL_MS 1795444920000 /* Monday, 23 November 2026, 15:42 in Berlin */
#define HOUR_MS 3600000
#define WORDS_SELF "Ich habe XYLOFONSELBST repariert."
#define WORDS_SITE "Hat XYLOFONSTELLE gut gemacht."
#define WORDS_NOTE "Rief an: XYLOFONNOTIZ."

struct table {
    char dir[64];
    struct fake_clock clock;
    uint64_t dice;
    struct rng rng;
    struct device_key *key;
    struct forms *forms;
    struct disk disk;
    struct seal_pair centre;
    struct reply reply;
    struct effect effect;
    /* who is there */
    struct uid coach, person, other, job, other_job;
    char coach_card[CREDENTIAL_TEXT_SIZE], card[CREDENTIAL_TEXT_SIZE],
        other_card[CREDENTIAL_TEXT_SIZE];
};

/* ---- the table --------------------------------------------------------------------- */

static struct uid fresh(struct table *t)
{
    return uid_make(&t->rng);
}

static struct effect *begin(struct table *t, enum effect_kind kind)
{
    memset(&t->effect, 0, sizeof t->effect);
    t->effect.kind = kind;
    t->effect.fact = fresh(t);
    return &t->effect;
}

static enum err run(struct table *t)
{
    struct job job = {.effect = t->effect, .sheet = SHEET_NONE};
    memset(&t->reply, 0, sizeof t->reply);
    disk_run(&t->disk, &job, &t->reply);
    return t->reply.err;
}

static void open_store(struct table *t)
{
    const struct store_options options = {
        .dir = t->dir, .boot_id = "table", .clock = fake_clock(&t->clock), .rng = t->rng};
    struct store_report report;
    uint8_t seed[STORE_SEED_SIZE];
    assert_int_equal(store_open(&options, &report, &t->disk.store), ERR_OK);
    assert_int_equal(store_device_seed(t->disk.store, seed), ERR_OK);
    assert_int_equal(device_key_open(seed, &t->rng, NULL, 0, &t->key), ERR_OK);
    t->disk.key = t->key;
}

static void close_store(struct table *t)
{
    store_close(t->disk.store);
    device_key_close(t->key);
}

static void put_centre_key(struct table *t)
{
    char text[KEY_PUBLIC_TEXT_SIZE];
    seal_keys_make(&t->rng, &t->centre);
    seal_public_format(&t->centre.public, text);
    assert_int_equal(store_setting_put(t->disk.store, "centre_key", text), ERR_OK);
}

static void put_offers(struct table *t, struct offer offers[2])
{
    static const char *const codes[] = {"A1", "B1"};
    memset(offers, 0, 2 * sizeof offers[0]);
    for (int i = 0; i < 2; i++) {
        struct offer *offer = &offers[i];
        str_copy(offer->code, sizeof offer->code, str_of(codes[i]));
        str_copy(offer->title, sizeof offer->title, STR("Beete"));
        str_copy(offer->text, sizeof offer->text, STR("Du hilfst im Beet."));
        str_copy(offer->district, sizeof offer->district, STR("Mitte"));
        offer->field = 3;
        offer->work = (struct offer_work){.date = date_from_ymd(2026, 11, 25),
                                          .start = 900,
                                          .end = 1020,
                                          .site_kind = SITE_NONPROFIT,
                                          .work_kind = WORK_GARDEN};
        offer->cents_per_hour = 500;
        offer->places = 2;
        offer->min_age = 13;
    }
    assert_int_equal(store_offers_replace(t->disk.store, offers, 2), ERR_OK);
}

static void add_coach(struct table *t)
{
    struct effect *effect = begin(t, EFFECT_STAFF_ADD);
    str_copy(effect->alias, sizeof effect->alias, STR("Eule"));
    str_copy(effect->pin, sizeof effect->pin, STR("4711"));
    assert_int_equal(run(t), ERR_OK);
    assert_false(t->reply.closed);
    t->coach = t->reply.staff;
    str_copy(t->coach_card, sizeof t->coach_card, str_of(t->reply.text));
}

static struct uid enrol(struct table *t, const char *alias,
                        char card[CREDENTIAL_TEXT_SIZE])
{
    struct effect *effect = begin(t, EFFECT_ENROL);
    effect->staff = t->coach;
    effect->who = (struct participant){.band = AGE_16_17};
    str_copy(effect->who.alias, sizeof effect->who.alias, str_of(alias));
    memcpy(effect->pictures, (uint8_t[]){1, 2, 3, 4}, SECRET_PICTURES);
    assert_int_equal(run(t), ERR_OK);
    str_copy(card, CREDENTIAL_TEXT_SIZE, str_of(t->reply.text));
    return t->reply.who.id;
}

static struct uid confirmed_job(struct table *t, struct uid person,
                                const struct offer *offer)
{
    struct participant who = {.id = person};
    struct effect *effect = begin(t, EFFECT_SAVE_WISH);
    struct uid id = effect->fact;
    wish_from_offer(&effect->wish, id, &who, offer);
    assert_int_equal(run(t), ERR_OK);
    effect = begin(t, EFFECT_DECIDE);
    effect->wish.id = id;
    effect->staff = t->coach;
    effect->confirm = true;
    assert_int_equal(run(t), ERR_OK);
    return id;
}

static int set_up(void **state)
{
    struct table *t = calloc(1, sizeof *t);
    struct offer offers[2];
    char memory[256] = "";
    struct buf why;
    buf_init(&why, memory, sizeof memory);
    assert_true(sodium_init() >= 0);
    t->clock = (struct fake_clock){START_WALL_MS, 1000000};
    t->dice = 7;
    t->rng = fake_rng(&t->dice);
    str_copy(t->dir, sizeof t->dir, STR("/tmp/anlauf-effects-XXXXXX"));
    assert_non_null(mkdtemp(t->dir));
    assert_int_equal(forms_open(&why, &t->forms), ERR_OK);
    assert_int_equal(keyring_open(&t->disk.keyring), ERR_OK);
    assert_int_equal(sheet_box_open(&t->disk.sheets), ERR_OK);
    t->disk.forms = forms_set(t->forms);
    t->disk.clock = fake_clock(&t->clock);
    open_store(t);
    put_centre_key(t);
    put_offers(t, offers);
    add_coach(t);
    t->person = enrol(t, "Falke", t->card);
    t->other = enrol(t, "Dachs", t->other_card);
    t->job = confirmed_job(t, t->person, &offers[0]);
    t->other_job = confirmed_job(t, t->other, &offers[1]);
    *state = t;
    return 0;
}

static int remove_one(const char *path, const struct stat *info, int kind,
                      struct FTW *ftw)
{
    (void)info;
    (void)kind;
    (void)ftw;
    return remove(path);
}

static int tear_down(void **state)
{
    struct table *t = *state;
    close_store(t);
    keyring_close(t->disk.keyring);
    sheet_box_close(t->disk.sheets);
    forms_close(t->forms);
    nftw(t->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(t);
    return 0;
}

/* ---- what people do ---------------------------------------------------------------- */

static void end_visit(struct table *t)
{
    begin(t, EFFECT_FORGET_KEYS);
    assert_int_equal(run(t), ERR_OK);
}

static void scan(struct table *t, const char *card)
{
    struct effect *effect = begin(t, EFFECT_READ_SCAN);
    str_copy(effect->text, sizeof effect->text, str_of(card));
    assert_int_equal(run(t), ERR_OK);
}

static void sign_in_coach(struct table *t)
{
    struct effect *effect = begin(t, EFFECT_STAFF_SIGN_IN);
    str_copy(effect->text, sizeof effect->text, str_of(t->coach_card));
    str_copy(effect->pin, sizeof effect->pin, STR("4711"));
    assert_int_equal(run(t), ERR_OK);
}

static enum assignment_answer happen(struct table *t, enum assignment_event_kind kind,
                                     enum assignment_by by)
{
    struct effect *effect = begin(t, EFFECT_JOB_EVENT);
    effect->participant = by == BY_KIOSK ? t->person : (struct uid){{0}};
    effect->job_event =
        (struct assignment_event){.kind = kind,
                                  .assignment = t->job,
                                  .by = by,
                                  .minutes = 120,
                                  .missed_reason = -1,
                                  .staff = by == BY_STAFF ? t->coach : (struct uid){{0}}};
    assert_int_equal(run(t), ERR_OK);
    return t->reply.answer;
}

static void to_clock(struct table *t, int day, int minute)
{
    int64_t wall_ms = START_WALL_MS + (day - 23) * 24 * HOUR_MS + (minute - 942) * 60000;
    fake_clock_advance(&t->clock, wall_ms - t->clock.wall_ms);
}

static void work(struct table *t)
{
    assert_int_equal(happen(t, JOB_AGREE, BY_KIOSK), ANSWER_AGREED);
    to_clock(t, 25, 898);
    assert_int_equal(happen(t, JOB_CHECK_IN, BY_KIOSK), ANSWER_IN_ON_TIME);
    to_clock(t, 25, 1020);
    assert_int_equal(happen(t, JOB_CHECK_OUT, BY_KIOSK), ANSWER_OUT_OK);
}

static enum err give_view(struct table *t, enum form_side side, bool by_staff,
                          const char *words)
{
    struct effect *effect = begin(t, EFFECT_SAVE_VIEW);
    effect->wish.id = t->job;
    evaluation_view_init(&effect->view, side, 1);
    effect->view.aspects[1] = side == SIDE_SELF ? 1 : 0;
    effect->view.aspects[2] = 2;
    effect->view.again = 0;
    effect->view.tiles = side == SIDE_SELF ? 3 : 5;
    effect->by_staff = by_staff;
    effect->participant = side == SIDE_SELF ? t->person : (struct uid){{0}};
    effect->staff = by_staff ? t->coach : (struct uid){{0}};
    str_copy(effect->words, sizeof effect->words, str_of(words));
    return run(t);
}

static enum evaluation_answer do_evaluation(struct table *t,
                                            enum evaluation_event_kind kind)
{
    struct effect *effect = begin(t, EFFECT_EVALUATION);
    effect->wish.id = t->job;
    effect->staff = t->coach;
    effect->participant = t->person;
    effect->evaluation_event =
        (struct evaluation_event){.kind = kind, .hold = HOLD_HURTFUL, .next_aspect = 1};
    assert_int_equal(run(t), ERR_OK);
    return t->reply.evaluation;
}

/* The whole way up to the release, as at the counter. */
static void whole_way(struct table *t)
{
    work(t);
    assert_int_equal(give_view(t, SIDE_SELF, false, WORDS_SELF), ERR_OK);
    sign_in_coach(t);
    assert_int_equal(give_view(t, SIDE_SITE, true, WORDS_SITE), ERR_OK);
    assert_int_equal(do_evaluation(t, EVALUATION_RELEASE), EVALUATION_OK);
    end_visit(t);
}

static enum err open_mine(struct table *t, enum effect_kind kind, struct uid who)
{
    struct effect *effect = begin(t, kind);
    effect->participant = who;
    effect->wish.id = t->job;
    return run(t);
}

static enum err open_views(struct table *t)
{
    begin(t, EFFECT_OPEN_VIEWS)->wish.id = t->job;
    return run(t);
}

static const struct sheet_item *first_item(struct table *t, struct model *model)
{
    static struct model empty;
    *model = empty;
    model->env.forms = t->disk.forms;
    sheet_box_take(t->disk.sheets, model);
    return &model->sheet.items[0];
}

/* ---- tests ------------------------------------------------------------------------- */

static void test_a_job_from_agreement_to_hours(void **state)
{
    struct table *t = *state;
    work(t);
    assert_int_equal(t->reply.brief.hours.minutes, 120);
    assert_int_equal(happen(t, JOB_CHECK_OUT, BY_KIOSK), ANSWER_OUT_TWICE);
    assert_int_equal(happen(t, JOB_CONFIRM, BY_STAFF), ANSWER_CONFIRMED);
    assert_true(t->reply.brief.hours.confirmed);
    assert_int_equal(open_mine(t, EFFECT_LIST_JOBS, t->person), ERR_OK);
    assert_int_equal(t->reply.count, 1);
    assert_int_equal(t->reply.jobs[0].state, ASSIGNMENT_GONE);
    begin(t, EFFECT_STAFF_TODAY);
    assert_int_equal(run(t), ERR_OK);
    assert_int_equal(t->reply.count, 2);
}

static void test_only_the_owner_acts(void **state)
{
    struct table *t = *state;
    struct effect *effect = begin(t, EFFECT_JOB_EVENT);
    effect->participant = t->other;
    effect->job_event =
        (struct assignment_event){.kind = JOB_AGREE, .assignment = t->job};
    assert_int_equal(run(t), ERR_DENIED);
    effect->job_event.by = BY_STAFF;
    assert_int_equal(run(t), ERR_DENIED);
    effect->job_event.by = BY_SITE_CODE;
    assert_int_equal(run(t), ERR_DENIED);
    work(t);
    effect = begin(t, EFFECT_SAVE_VIEW);
    effect->wish.id = t->job;
    effect->participant = t->other;
    evaluation_view_init(&effect->view, SIDE_SELF, 1);
    assert_int_equal(run(t), ERR_DENIED);
    effect->view.side = SIDE_SITE;
    assert_int_equal(run(t), ERR_DENIED);
}

static void test_the_same_fact_again_changes_nothing(void **state)
{
    struct table *t = *state;
    assert_int_equal(happen(t, JOB_AGREE, BY_KIOSK), ANSWER_AGREED);
    assert_int_equal(run(t), ERR_OK);
    assert_int_equal(t->reply.answer, ANSWER_AGREED);
    to_clock(t, 25, 898);
    assert_int_equal(happen(t, JOB_CHECK_IN, BY_KIOSK), ANSWER_IN_ON_TIME);
    fake_clock_advance(&t->clock, 1000);
    assert_int_equal(run(t), ERR_OK);
    assert_int_equal(t->reply.answer, ANSWER_IN_ON_TIME);
    to_clock(t, 25, 1020);
    assert_int_equal(happen(t, JOB_CHECK_OUT, BY_KIOSK), ANSWER_OUT_OK);
    assert_int_equal(give_view(t, SIDE_SELF, false, WORDS_SELF), ERR_OK);
    assert_int_equal(run(t), ERR_OK);
    assert_true(t->reply.brief.self_in);
}

static void test_blind_until_both_are_in(void **state)
{
    struct table *t = *state;
    work(t);
    assert_int_equal(give_view(t, SIDE_SELF, false, WORDS_SELF), ERR_OK);
    sign_in_coach(t);
    assert_int_equal(open_views(t), ERR_OK);
    assert_false(t->reply.has_self || t->reply.has_site);
    assert_int_equal(do_evaluation(t, EVALUATION_RELEASE), EVALUATION_NOT_YET);
    assert_int_equal(give_view(t, SIDE_SITE, true, WORDS_SITE), ERR_OK);
    assert_int_equal(open_views(t), ERR_OK);
    assert_true(t->reply.has_self && t->reply.has_site);
    assert_false(t->reply.closed);
    assert_string_equal(t->reply.self_words, WORDS_SELF);
    assert_string_equal(t->reply.words, WORDS_SITE);
    assert_int_equal(t->reply.self.aspects[1], 1);
    assert_int_equal(t->reply.site.tiles, 5);
    assert_int_equal(give_view(t, SIDE_SELF, false, ""), ERR_DENIED);
}

static size_t shared_with_person(struct table *t)
{
    struct store_view stored;
    assert_int_equal(store_view_get(t->disk.store, t->job, SIDE_SITE, &stored), ERR_OK);
    return stored.for_person.len;
}

static void test_nothing_reaches_the_person_before_release(void **state)
{
    struct table *t = *state;
    work(t);
    assert_int_equal(give_view(t, SIDE_SELF, false, ""), ERR_OK);
    assert_int_equal(give_view(t, SIDE_SITE, true, WORDS_SITE), ERR_OK);
    scan(t, t->card);
    assert_true(t->reply.by_card);
    assert_int_equal(open_mine(t, EFFECT_OPEN_RESULT, t->person), ERR_DENIED);
    assert_false(t->reply.has_site);
    /* Not even sealed: card and disk together hold nothing of it yet. */
    assert_int_equal(shared_with_person(t), 0);
    assert_int_equal(open_mine(t, EFFECT_OPEN_SHEET, t->person), ERR_OK);
    struct model *model = calloc(1, sizeof *model);
    assert_false(first_item(t, model)->has_site);
    free(model);
    sign_in_coach(t);
    assert_int_equal(do_evaluation(t, EVALUATION_HOLD), EVALUATION_OK);
    assert_int_equal(do_evaluation(t, EVALUATION_RELEASE), EVALUATION_OK);
    assert_true(shared_with_person(t) > 0);
    assert_int_equal(open_mine(t, EFFECT_OPEN_RESULT, t->person), ERR_OK);
    assert_true(t->reply.has_self && t->reply.has_site);
    assert_string_equal(t->reply.words, "");
    assert_int_equal(do_evaluation(t, EVALUATION_UNHOLD), EVALUATION_OK);
    assert_int_equal(open_mine(t, EFFECT_OPEN_RESULT, t->person), ERR_OK);
    assert_string_equal(t->reply.words, WORDS_SITE);
}

static enum err try_evaluation(struct table *t, enum evaluation_event_kind kind)
{
    struct effect *effect = begin(t, EFFECT_EVALUATION);
    effect->wish.id = t->job;
    effect->staff = t->coach;
    effect->evaluation_event =
        (struct evaluation_event){.kind = kind, .hold = HOLD_HURTFUL};
    return run(t);
}

/* Staff whose card does not open the team's key can hold words back, and tell nothing. */
static void test_without_the_teams_key_nothing_is_told(void **state)
{
    struct table *t = *state;
    work(t);
    assert_int_equal(give_view(t, SIDE_SELF, false, ""), ERR_OK);
    assert_int_equal(give_view(t, SIDE_SITE, true, WORDS_SITE), ERR_OK);
    end_visit(t);
    assert_int_equal(try_evaluation(t, EVALUATION_RELEASE), ERR_DENIED);
    assert_true(t->reply.closed);
    assert_int_equal(shared_with_person(t), 0);
    sign_in_coach(t);
    assert_int_equal(do_evaluation(t, EVALUATION_RELEASE), EVALUATION_OK);
    assert_int_equal(do_evaluation(t, EVALUATION_RELEASE), EVALUATION_SAME);
    end_visit(t);
    assert_int_equal(try_evaluation(t, EVALUATION_HOLD), ERR_OK);
    scan(t, t->card);
    assert_int_equal(open_mine(t, EFFECT_OPEN_RESULT, t->person), ERR_OK);
    assert_true(t->reply.has_site);
    assert_string_equal(t->reply.words, "");
    end_visit(t);
    assert_int_equal(try_evaluation(t, EVALUATION_UNHOLD), ERR_DENIED);
    assert_true(t->reply.closed);
    scan(t, t->card);
    assert_int_equal(open_mine(t, EFFECT_OPEN_RESULT, t->person), ERR_OK);
    assert_string_equal(t->reply.words, "");
}

/* Too early a release leaves nothing for the card, sealed or not. */
static void test_a_release_too_early_shares_nothing(void **state)
{
    struct table *t = *state;
    work(t);
    sign_in_coach(t);
    assert_int_equal(give_view(t, SIDE_SITE, true, WORDS_SITE), ERR_OK);
    assert_int_equal(do_evaluation(t, EVALUATION_RELEASE), EVALUATION_NOT_YET);
    assert_int_equal(do_evaluation(t, EVALUATION_HOLD), EVALUATION_OK);
    assert_int_equal(do_evaluation(t, EVALUATION_UNHOLD), EVALUATION_OK);
    assert_int_equal(shared_with_person(t), 0);
    /* Closed without the own view, which is too late then; the site's can be told. */
    assert_int_equal(do_evaluation(t, EVALUATION_CLOSE), EVALUATION_OK);
    assert_int_equal(give_view(t, SIDE_SELF, false, ""), ERR_DENIED);
    assert_int_equal(give_view(t, SIDE_SITE, true, ""), ERR_DENIED);
    assert_int_equal(do_evaluation(t, EVALUATION_RELEASE), EVALUATION_OK);
    assert_true(shared_with_person(t) > 0);
}

static void test_the_sheet_opens_with_its_card_only(void **state)
{
    struct table *t = *state;
    whole_way(t);
    assert_int_equal(open_mine(t, EFFECT_OPEN_SHEET, t->person), ERR_DENIED);
    assert_true(t->reply.closed);
    scan(t, t->other_card);
    assert_int_equal(open_mine(t, EFFECT_OPEN_SHEET, t->person), ERR_DENIED);
    assert_int_equal(open_mine(t, EFFECT_OPEN_RESULT, t->person), ERR_DENIED);
    scan(t, t->card);
    assert_int_equal(open_mine(t, EFFECT_OPEN_SHEET, t->person), ERR_OK);
    assert_false(t->reply.closed);
    assert_int_equal(t->reply.count, 1);
    assert_int_equal(t->reply.tried, 1u << 3);
    assert_int_equal(t->reply.again, 1u << 3);
    struct model *model = calloc(1, sizeof *model);
    const struct sheet_item *item = first_item(t, model);
    assert_int_equal(model->sheet.sheet.jobs, 1);
    assert_true(item->has_self && item->has_site);
    assert_string_equal(item->strength, WORDS_SELF);
    free(model);
    end_visit(t);
    assert_int_equal(open_mine(t, EFFECT_OPEN_SHEET, t->person), ERR_DENIED);
}

static void test_the_next_visit_keeps_the_card_that_began_it(void **state)
{
    struct table *t = *state;
    scan(t, t->card);
    begin(t, EFFECT_FORGET_KEYS)->participant = t->person;
    assert_int_equal(run(t), ERR_OK);
    assert_int_equal(open_mine(t, EFFECT_OPEN_SHEET, t->person), ERR_OK);
    begin(t, EFFECT_FORGET_KEYS)->participant = t->other;
    assert_int_equal(run(t), ERR_OK);
    assert_int_equal(open_mine(t, EFFECT_OPEN_SHEET, t->person), ERR_DENIED);
}

static void test_a_new_card_leaves_the_old_items_closed(void **state)
{
    struct table *t = *state;
    char card[CREDENTIAL_TEXT_SIZE];
    whole_way(t);
    struct effect *effect = begin(t, EFFECT_ISSUE_CARD);
    effect->staff = t->coach;
    str_copy(effect->alias, sizeof effect->alias, STR("Falke"));
    assert_int_equal(run(t), ERR_OK);
    str_copy(card, sizeof card, str_of(t->reply.text));
    scan(t, t->card);
    assert_int_equal(t->reply.scan, SCAN_CARD_UNKNOWN);
    scan(t, card);
    assert_true(t->reply.by_card);
    assert_int_equal(open_mine(t, EFFECT_OPEN_SHEET, t->person), ERR_OK);
    assert_true(t->reply.closed);
    struct model *model = calloc(1, sizeof *model);
    assert_false(first_item(t, model)->has_self);
    free(model);
    assert_int_equal(open_mine(t, EFFECT_OPEN_RESULT, t->person), ERR_OK);
    assert_true(t->reply.closed && !t->reply.has_self && !t->reply.has_site);
}

static void test_tampered_blobs_stay_closed(void **state)
{
    struct table *t = *state;
    struct store_view view;
    struct seal_pair pair;
    uint8_t out[DISK_VIEW_BYTES_MAX];
    size_t len = 0;
    whole_way(t);
    scan(t, t->card);
    pair = *keyring_person(t->disk.keyring, t->person);
    assert_int_equal(store_view_get(t->disk.store, t->job, SIDE_SITE, &view), ERR_OK);
    assert_true(disk_unseal(&pair, SEAL_SITE_VIEW, t->job, &view.for_person, out,
                            sizeof out, &len));
    assert_false(disk_unseal(&pair, SEAL_SELF_VIEW, t->job, &view.for_person, out,
                             sizeof out, &len));
    assert_false(disk_unseal(&pair, SEAL_SITE_VIEW, t->job, &view.for_team, out,
                             sizeof out, &len));
    for (size_t at = 0; at < view.for_person.len; at += 7) {
        view.for_person.bytes[at] ^= 1;
        assert_false(disk_unseal(&pair, SEAL_SITE_VIEW, t->job, &view.for_person, out,
                                 sizeof out, &len));
        view.for_person.bytes[at] ^= 1;
    }
}

/* Who has the folder can lay the bytes of one row into another. */
static void test_a_view_opens_in_its_own_job_only(void **state)
{
    struct table *t = *state;
    struct store_view view;
    struct uid job = t->job;
    whole_way(t);
    assert_int_equal(store_view_get(t->disk.store, t->job, SIDE_SITE, &view), ERR_OK);
    assert_true(view.for_team.len > 0 && view.words_for_team.len > 0);
    view.id = fresh(t);
    view.assignment = t->other_job;
    assert_int_equal(store_view_put(t->disk.store, &view), ERR_OK);
    sign_in_coach(t);
    t->job = t->other_job;
    assert_int_equal(do_evaluation(t, EVALUATION_CLOSE), EVALUATION_OK);
    begin(t, EFFECT_OPEN_VIEWS)->wish.id = t->job;
    assert_int_equal(run(t), ERR_OK);
    assert_true(t->reply.closed && !t->reply.has_site);
    assert_string_equal(t->reply.words, "");
    /* The card of the person whose view it was opens it in their job only. */
    assert_int_equal(store_view_share(t->disk.store, t->job, SIDE_SITE, &view.for_person),
                     ERR_OK);
    scan(t, t->card);
    struct evaluation_view opened;
    char words[OWN_WORDS_SIZE];
    const struct seal_pair *pair = keyring_person(t->disk.keyring, t->person);
    assert_int_equal(
        disk_view_open(&t->disk, pair, FOR_PERSON, job, SIDE_SITE, &opened, words),
        ERR_OK);
    assert_int_equal(
        disk_view_open(&t->disk, pair, FOR_PERSON, t->job, SIDE_SITE, &opened, words),
        ERR_DENIED);
    assert_string_equal(words, "");
}

/* The words for the centre open with its key, and with no other. */
static void test_words_reach_the_centre(void **state)
{
    struct table *t = *state;
    struct store_view view;
    uint8_t out[DISK_VIEW_BYTES_MAX];
    size_t len = 0;
    work(t);
    assert_int_equal(give_view(t, SIDE_SELF, false, WORDS_SELF), ERR_OK);
    assert_int_equal(store_view_get(t->disk.store, t->job, SIDE_SELF, &view), ERR_OK);
    if (view.words_for_centre.len > 0) { /* the store may keep it in the log only */
        assert_int_equal(seal_open(&t->centre, SEAL_WORDS, view.words_for_centre.bytes,
                                   view.words_for_centre.len, out, sizeof out, &len),
                         ERR_OK);
        assert_int_equal(len, strlen(WORDS_SELF));
    }
    assert_int_equal(store_setting_put(t->disk.store, "centre_key", "broken"), ERR_OK);
    assert_int_not_equal(give_view(t, SIDE_SELF, false, WORDS_SELF), ERR_OK);
}

static void test_a_colleague_needs_the_open_key(void **state)
{
    struct table *t = *state;
    char cards[2][CREDENTIAL_TEXT_SIZE];
    whole_way(t);
    for (int i = 0; i < 2; i++) {
        if (i == 1) {
            sign_in_coach(t);
        }
        struct effect *effect = begin(t, EFFECT_STAFF_ADD);
        effect->staff = t->coach;
        str_copy(effect->alias, sizeof effect->alias, str_of(i ? "Reh" : "Igel"));
        str_copy(effect->pin, sizeof effect->pin, STR("0815"));
        assert_int_equal(run(t), ERR_OK);
        assert_int_equal(t->reply.closed, i == 0);
        str_copy(cards[i], sizeof cards[i], str_of(t->reply.text));
    }
    for (int i = 0; i < 2; i++) {
        end_visit(t);
        struct effect *effect = begin(t, EFFECT_STAFF_SIGN_IN);
        str_copy(effect->text, sizeof effect->text, str_of(cards[i]));
        str_copy(effect->pin, sizeof effect->pin, STR("0815"));
        assert_int_equal(run(t), ERR_OK);
        assert_int_equal(t->reply.closed, i == 0);
        assert_int_equal(open_views(t), ERR_OK);
        assert_int_equal(t->reply.closed, i == 0);
        assert_int_equal(t->reply.has_self, i == 1);
    }
}

static void write_note(struct table *t)
{
    struct effect *effect = begin(t, EFFECT_SAVE_NOTE);
    effect->wish.id = t->job;
    effect->staff = t->coach;
    str_copy(effect->words, sizeof effect->words, STR(WORDS_NOTE));
    assert_int_equal(run(t), ERR_OK);
}

static void test_notes_are_the_teams(void **state)
{
    struct table *t = *state;
    work(t);
    sign_in_coach(t);
    write_note(t);
    assert_int_equal(open_views(t), ERR_OK);
    assert_int_equal(t->reply.count, 1);
    assert_string_equal(t->reply.notes[0].text, WORDS_NOTE);
    end_visit(t);
    assert_int_equal(open_views(t), ERR_OK);
    assert_true(t->reply.closed && t->reply.count == 0);
}

/* ---- sites ------------------------------------------------------------------------- */

static enum err enter(struct table *t, const char *code)
{
    struct effect *effect = begin(t, EFFECT_SITE_ENTER);
    str_copy(effect->text, sizeof effect->text, str_of(code));
    return run(t);
}

static void site_code(struct table *t, const char *offer, int day, char out[])
{
    char qr[CREDENTIAL_SITE_SIZE];
    credential_site_code(t->key, str_of(offer), date_from_ymd(2026, 11, day), out, qr);
}

static void test_a_site_sees_its_job_and_no_alias(void **state)
{
    struct table *t = *state;
    char code[CREDENTIAL_SITE_SIZE];
    site_code(t, "A1", 25, code);
    work(t);
    assert_int_equal(enter(t, code), ERR_OK);
    assert_int_equal(t->reply.count, 1);
    assert_true(uid_eq(t->reply.jobs[0].wish.id, t->job));
    assert_string_equal(t->reply.jobs[0].wish.alias, "");
    assert_true(uid_is_nil(t->reply.jobs[0].wish.participant));
    assert_int_equal(happen(t, JOB_CONFIRM, BY_SITE_CODE), ANSWER_CONFIRMED);
    assert_string_equal(t->reply.brief.wish.alias, "");
    assert_int_equal(give_view(t, SIDE_SITE, false, WORDS_SITE), ERR_OK);
    assert_string_equal(t->reply.brief.wish.alias, "");
    t->effect.fact = fresh(t);
    t->effect.wish.id = t->other_job;
    assert_int_equal(run(t), ERR_DENIED);
    end_visit(t);
    assert_int_equal(give_view(t, SIDE_SITE, false, ""), ERR_DENIED);
}

static void test_wrong_codes_wait_longer_and_longer(void **state)
{
    struct table *t = *state;
    char right[CREDENTIAL_SITE_SIZE], wrong[CREDENTIAL_SITE_SIZE];
    to_clock(t, 25, 600);
    site_code(t, "A1", 25, right);
    site_code(t, "A1", 29, wrong);
    assert_int_equal(enter(t, "ABC"), ERR_INVALID);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(enter(t, wrong), ERR_DENIED);
    }
    assert_true(t->reply.wait_ms > 0);
    assert_int_equal(enter(t, right), ERR_DENIED);
    assert_int_equal(t->reply.count, 0);
    fake_clock_advance(&t->clock, t->reply.wait_ms);
    assert_int_equal(enter(t, right), ERR_OK);
    to_clock(t, 27, 600);
    assert_int_equal(enter(t, right), ERR_DENIED);
}

/* Who holds the slip may come and go with it, and sees no alias. */
static void test_a_slip_finds_its_job(void **state)
{
    struct table *t = *state;
    struct wish wish = {
        .id = t->job,
        .participant = t->person,
        .work = {.date = date_from_ymd(2026, 11, 25), .start = 900, .end = 1020}};
    char text[CREDENTIAL_TEXT_SIZE];
    str_copy(wish.code, sizeof wish.code, STR("A1"));
    assert_int_equal(credential_sign_agreement(t->key, &wish, DATE_NONE, text), ERR_OK);
    scan(t, text);
    assert_int_equal(t->reply.scan, SCAN_SLIP_TRUE);
    assert_true(uid_eq(t->reply.slip_job, t->job));
    assert_string_equal(t->reply.brief.wish.alias, "");
    assert_int_equal(credential_sign_hours(t->key, &wish, 150, DATE_NONE, text), ERR_OK);
    scan(t, text);
    assert_int_equal(t->reply.scan, SCAN_SLIP_TRUE);
    assert_true(uid_is_nil(t->reply.slip_job));
    assert_non_null(strstr(t->reply.text, "2 Stunden 30"));
    wish.code[0] = '\0';
    assert_int_equal(credential_sign_hours(t->key, &wish, 120, DATE_NONE, text), ERR_OK);
    scan(t, text);
    assert_int_equal(t->reply.scan, SCAN_SLIP_TRUE);
}

/* ---- voices ------------------------------------------------------------------------ */

static void test_proposals_are_sealed(void **state)
{
    struct table *t = *state;
    struct effect *effect = begin(t, EFFECT_VOICE_PROPOSE);
    struct uid item = effect->fact;
    effect->participant = t->person;
    effect->voice_kind = VOICE_IDEA;
    effect->tiles = 1;
    str_copy(effect->words, sizeof effect->words, STR(WORDS_SELF));
    assert_int_equal(run(t), ERR_OK);
    sign_in_coach(t);
    effect = begin(t, EFFECT_VOICE_WORDS);
    effect->staff = t->coach;
    effect->voice = item;
    assert_int_equal(run(t), ERR_OK);
    assert_string_equal(t->reply.words, WORDS_SELF);
    effect = begin(t, EFFECT_VOICE_STAFF);
    effect->staff = t->coach;
    effect->voice = item;
    effect->voice_staff = VOICE_DO_OPEN;
    str_copy(effect->words, sizeof effect->words, STR("Eine Bank im Park"));
    assert_int_equal(run(t), ERR_OK);
    effect = begin(t, EFFECT_VOICE_CAST);
    effect->participant = t->other;
    effect->voice = item;
    effect->choice = CHOICE_FOR;
    assert_int_equal(run(t), ERR_OK);
    begin(t, EFFECT_VOICES)->participant = t->other;
    assert_int_equal(run(t), ERR_OK);
    assert_int_equal(t->reply.count, 1);
    assert_int_equal(t->reply.voices[0].own, CHOICE_FOR);
    assert_false(t->reply.voices[0].result.shown);
    end_visit(t);
    effect = begin(t, EFFECT_VOICE_WORDS);
    effect->voice = item;
    assert_int_equal(run(t), ERR_OK);
    assert_true(t->reply.closed);
    assert_string_equal(t->reply.words, "");
}

/* ---- traces ------------------------------------------------------------------------ */

static bool holds(const uint8_t *bytes, size_t len, const void *what, size_t what_len)
{
    return memmem(bytes, len, what, what_len) != NULL;
}

static void search_file(const char *dir, const char *name, const uint8_t *view)
{
    static uint8_t bytes[8 << 20];
    static const char *const planted[] = {"XYLOFONSELBST", "XYLOFONSTELLE",
                                          "XYLOFONNOTIZ"};
    char path[512];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t len = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    assert_true(len < sizeof bytes);
    for (size_t i = 0; i < ARRAY_LEN(planted); i++) {
        char base64[64];
        sodium_bin2base64(base64, sizeof base64, (const uint8_t *)planted[i], 9,
                          sodium_base64_VARIANT_ORIGINAL);
        assert_false(holds(bytes, len, planted[i], strlen(planted[i])));
        assert_false(holds(bytes, len, base64, 12));
    }
    assert_false(holds(bytes, len, view, EVALUATION_VIEW_BYTES));
}

static void search_folder(const char *dir, const uint8_t *view)
{
    DIR *folder = opendir(dir);
    struct dirent *entry;
    int files = 0;
    assert_non_null(folder);
    while ((entry = readdir(folder)) != NULL) {
        if (entry->d_type == DT_REG) {
            search_file(dir, entry->d_name, view);
            files++;
        }
    }
    closedir(folder);
    assert_true(files >= 2);
}

static void test_no_answer_and_no_word_is_in_any_file(void **state)
{
    struct table *t = *state;
    uint8_t view[EVALUATION_VIEW_BYTES];
    whole_way(t);
    write_note(t);
    assert_int_equal(give_view(t, SIDE_SELF, false, WORDS_SELF), ERR_DENIED);
    t->effect.view.has_own_words = true;
    evaluation_view_encode(&t->effect.view, view);
    search_folder(t->dir, view);
    store_close(t->disk.store);
    search_folder(t->dir, view);
    device_key_close(t->key);
    open_store(t);
}

/* ---- forgetting ---- */

static void test_what_is_old_goes_once_a_day(void **state)
{
    struct table *t = *state;
    struct participant who;
    whole_way(t);
    sign_in_coach(t);
    assert_int_equal(happen(t, JOB_CONFIRM, BY_STAFF), ANSWER_CONFIRMED);
    t->disk.forget_days = 60;
    disk_idle(&t->disk);
    assert_int_equal(t->disk.forgot_on, date_from_ymd(2026, 11, 25));
    assert_int_equal(store_person_by_id(t->disk.store, t->person, &who), ERR_OK);
    fake_clock_advance(&t->clock, 61LL * 24 * HOUR_MS);
    t->disk.forget_days = 0;
    disk_idle(&t->disk);
    assert_int_equal(store_person_by_id(t->disk.store, t->person, &who), ERR_OK);
    t->disk.forget_days = 60;
    disk_idle(&t->disk);
    assert_int_equal(store_person_by_id(t->disk.store, t->person, &who), ERR_NOT_FOUND);
    assert_int_equal(open_mine(t, EFFECT_LIST_JOBS, t->person), ERR_OK);
    assert_int_equal(t->reply.count, 0);
}

int main(void)
{
#define WITH_TABLE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        WITH_TABLE(test_a_job_from_agreement_to_hours),
        WITH_TABLE(test_only_the_owner_acts),
        WITH_TABLE(test_the_same_fact_again_changes_nothing),
        WITH_TABLE(test_blind_until_both_are_in),
        WITH_TABLE(test_nothing_reaches_the_person_before_release),
        WITH_TABLE(test_without_the_teams_key_nothing_is_told),
        WITH_TABLE(test_a_release_too_early_shares_nothing),
        WITH_TABLE(test_the_sheet_opens_with_its_card_only),
        WITH_TABLE(test_the_next_visit_keeps_the_card_that_began_it),
        WITH_TABLE(test_a_new_card_leaves_the_old_items_closed),
        WITH_TABLE(test_tampered_blobs_stay_closed),
        WITH_TABLE(test_a_view_opens_in_its_own_job_only),
        WITH_TABLE(test_words_reach_the_centre),
        WITH_TABLE(test_a_colleague_needs_the_open_key),
        WITH_TABLE(test_notes_are_the_teams),
        WITH_TABLE(test_a_site_sees_its_job_and_no_alias),
        WITH_TABLE(test_wrong_codes_wait_longer_and_longer),
        WITH_TABLE(test_a_slip_finds_its_job),
        WITH_TABLE(test_proposals_are_sealed),
        WITH_TABLE(test_no_answer_and_no_word_is_in_any_file),
        WITH_TABLE(test_what_is_old_goes_once_a_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
