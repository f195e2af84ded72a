/* What stays of a visit once it is over: nothing, neither on the worker nor in memory. */
#include "unit/unit.h"

#include "support/bed.h"

#include <sodium.h>
#include <stdio.h>

#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#define WATCHED 1
#else
#define WATCHED 0
#endif

/* Never whole in the program's own data. */
static void make_mark(char mark[24])
{
    static const char backwards[] = "KCABLEIPSREDEIW-LOFOLYX";
    for (int i = 0; i < 23; i++) {
        mark[i] = backwards[22 - i];
    }
    mark[23] = '\0';
}

/* How often the mark stands in the writable memory of this program. */
static int count_marks(void)
{
    static char line[512];
    char mark[24];
    int count = 0;
    FILE *maps = fopen("/proc/self/maps", "re");
    assert_non_null(maps);
    make_mark(mark);
    while (fgets(line, sizeof line, maps) != NULL) {
        unsigned long from, to;
        char mode[8];
        if (sscanf(line, "%lx-%lx %7s", &from, &to, mode) != 3 || mode[0] != 'r' ||
            mode[1] != 'w' || strstr(line, "[v") != NULL) {
            continue;
        }
        const char *at = (const char *)from, *end = (const char *)to;
        while (at < end && (at = memmem(at, (size_t)(end - at), mark, 23)) != NULL) {
            count += at != mark;
            at++;
        }
    }
    fclose(maps);
    sodium_memzero(mark, sizeof mark);
    return count;
}

/* A confirmed job of somebody with a card, written past the worker while it rests. */
static void put_job(struct bed *bed, struct uid who, struct uid job)
{
    struct store *store = bed->app->disk.store;
    struct seal_pair pair;
    struct rng rng = rng_system();
    char text[KEY_PUBLIC_TEXT_SIZE];
    struct store_enrolment person = {
        .id = {{7}}, .who = {.id = who, .alias = "Falke"}, .secret = "x", .staff = {{8}}};
    struct wish wish = {.id = job,
                        .participant = who,
                        .code = "A1",
                        .title = "Beete",
                        .district = "Mitte",
                        .field = 3,
                        .work = {.date = date_from_ymd(2026, 11, 25),
                                 .start = 900,
                                 .end = 1020,
                                 .site_kind = SITE_NONPROFIT,
                                 .work_kind = WORK_GARDEN}};
    const struct store_decision yes = {{{9}}, job, {{8}}, true, DECLINE_NONE};
    assert_int_equal(store_enrol(store, &person), ERR_OK);
    assert_int_equal(store_wish(store, &wish), ERR_OK);
    assert_int_equal(store_decide(store, &yes), ERR_OK);
    seal_keys_make(&rng, &pair);
    assert_int_equal(store_person_key_put(store, who, pair.public.b), ERR_OK);
    assert_int_equal(store_team_key_put(store, pair.public.b), ERR_OK);
    seal_public_format(&pair.public, text);
    assert_int_equal(store_setting_put(store, "centre_key", text), ERR_OK);
}

static void ask_to_save(struct bed *bed, struct uid who, struct uid job)
{
    static struct effect effect; /* not on the stack, where its rest could lie about */
    effect.kind = EFFECT_SAVE_VIEW;
    effect.fact = (struct uid){{3}};
    effect.participant = who;
    effect.wish.id = job;
    evaluation_view_init(&effect.view, SIDE_SELF, 1);
    make_mark(effect.words);
    bed_ask(bed, &effect);
    sodium_memzero(&effect, sizeof effect);
    sodium_memzero(bed->app->effects.list, sizeof bed->app->effects.list);
}

static void test_words_leave_the_memory(void **state)
{
    struct bed bed;
    struct uid who = {{1}}, job = {{2}};
    (void)state;
    struct store_view *view = calloc(1, sizeof *view);
    bed_open(&bed, NULL);
    put_job(&bed, who, job);
    ask_to_save(&bed, who, job);
    bed_rest(&bed);
    assert_int_equal(store_view_get(bed.app->disk.store, job, SIDE_SELF, view), ERR_OK);
    assert_true(view->words_for_team.len > 0);
    assert_int_equal(count_marks(), 0);
    free(view);
    bed_close(&bed);
}

/* The search finds what is there. */
static void test_the_search_finds(void **state)
{
    (void)state;
    char *mark = malloc(24);
    make_mark(mark);
    assert_int_equal(count_marks(), 1);
    sodium_memzero(mark, 24);
    free(mark);
}

static void ask_card(struct bed *bed, enum effect_kind kind, struct uid who)
{
    struct effect effect = {.kind = kind, .participant = who};
    effect.serial = bed->app->model.serial;
    bed_ask(bed, &effect);
    bed_rest(bed);
}

/* The end of a visit reaches the worker's keys, whatever ended it. */
static void test_keys_go_with_the_visit(void **state)
{
    struct bed bed;
    struct uid who = {{1}};
    (void)state;
    bed_open(&bed, NULL);
    assert_int_equal(keyring_take_person(bed.app->keyring, STR("NOT A CARD"), who),
                     ERR_INVALID);
    struct seal_public public;
    char wrap[TEAM_WRAP_TEXT_SIZE];
    struct rng rng = rng_system();
    char card[CREDENTIAL_TEXT_SIZE];
    uint8_t lookup[CREDENTIAL_KEY_SIZE];
    credential_make_card(bed.app->key, who, true, card, lookup);
    assert_int_equal(
        keyring_make_team(bed.app->keyring, str_of(card), &rng, &public, wrap), ERR_OK);
    credential_make_card(bed.app->key, who, false, card, lookup);
    assert_int_equal(keyring_take_person(bed.app->keyring, str_of(card), who), ERR_OK);
    app_send(bed.app, (struct msg){MSG_TEXT_SIZE, 0, 0}, NULL);
    bed_rest(&bed);
    assert_non_null(keyring_team(bed.app->keyring));
    assert_non_null(keyring_person(bed.app->keyring, who));
    app_send(bed.app, (struct msg){MSG_HOME, 0, 0}, NULL);
    bed_rest(&bed);
    assert_null(keyring_team(bed.app->keyring));
    assert_null(keyring_person(bed.app->keyring, who));
    ask_card(&bed, EFFECT_OPEN_SHEET, who);
    assert_int_equal(bed.app->model.sheet.sheet.jobs, 0);
    bed_close(&bed);
}

/* Sixteen jobs wait: the keys are forgotten as soon as there is room. */
static void test_a_full_queue_forgets_later(void **state)
{
    struct bed bed;
    struct uid who = {{1}};
    char card[CREDENTIAL_TEXT_SIZE];
    uint8_t lookup[CREDENTIAL_KEY_SIZE];
    (void)state;
    bed_open(&bed, NULL);
    credential_make_card(bed.app->key, who, false, card, lookup);
    assert_int_equal(keyring_take_person(bed.app->keyring, str_of(card), who), ERR_OK);
    for (int i = 0; i < 2 * WORKER_JOBS_MAX; i++) {
        const struct effect effect = {.kind = EFFECT_LOAD_OFFERS};
        bed_ask(&bed, &effect);
    }
    app_send(bed.app, (struct msg){MSG_HOME, 0, 0}, NULL);
    bed_rest(&bed);
    assert_null(keyring_person(bed.app->keyring, who));
    bed_close(&bed);
}

static struct reply *scanned(struct bed *bed, enum scan_kind kind)
{
    static struct reply reply;
    memset(&reply, 0, sizeof reply);
    reply.to = EFFECT_READ_SCAN;
    reply.serial = bed->app->model.serial;
    reply.scan = kind;
    return &reply;
}

/* A slip opens its own job, and the next visitor finds nothing of it. */
static void test_a_slip_opens_its_job_only(void **state)
{
    struct bed bed;
    struct uid who = {{1}}, job = {{2}};
    (void)state;
    bed_open(&bed, NULL);
    put_job(&bed, who, job);
    struct reply *reply = scanned(&bed, SCAN_SLIP_TRUE);
    reply->slip_job = job;
    assert_int_equal(store_job_brief(bed.app->disk.store, job, &reply->brief), ERR_OK);
    app_send(bed.app, (struct msg){MSG_REPLY, 0, 0}, reply);
    bed_rest(&bed);
    const struct model *model = &bed.app->model;
    assert_int_equal(model->screen, SCREEN_HERE);
    assert_int_equal(model->visit.jobs.count, 1);
    assert_false(model->visit.signed_in);
    app_send(bed.app, (struct msg){MSG_BACK, 0, 0}, NULL);
    bed_rest(&bed);
    assert_int_equal(model->screen, SCREEN_HOME);
    assert_int_equal(model->visit.jobs.count, 0);
    bed_close(&bed);
}

/* A wrong code says so; whoever comes next is no site any more. */
static void test_an_order_sheet_opens_the_sites_door(void **state)
{
    struct bed bed;
    (void)state;
    bed_open(&bed, NULL);
    const struct model *model = &bed.app->model;
    struct reply *reply = scanned(&bed, SCAN_SITE);
    char qr[CREDENTIAL_SITE_SIZE], shown[CREDENTIAL_SITE_SIZE];
    credential_site_code(bed.app->key, STR("A1"), date_from_ymd(2026, 11, 25), shown, qr);
    str_copy(reply->text, sizeof reply->text, str_of(shown));
    app_send(bed.app, (struct msg){MSG_REPLY, 0, 0}, reply);
    assert_int_equal(model->screen, SCREEN_SITE);
    bed_rest(&bed);
    assert_false(model->site.open);
    uint32_t serial = model->serial;
    app_send(bed.app, (struct msg){MSG_BACK, 0, 0}, NULL);
    bed_rest(&bed);
    assert_int_equal(model->screen, SCREEN_HOME);
    assert_true(model->serial != serial);
    assert_string_equal(model->site.code, "");
    bed_close(&bed);
}

/* A sanitizer keeps freed memory and allows nobody to read it: without the two searches
 * there, which stand last. */
#define SEARCHES 2

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys_go_with_the_visit),
        cmocka_unit_test(test_a_full_queue_forgets_later),
        cmocka_unit_test(test_a_slip_opens_its_job_only),
        cmocka_unit_test(test_an_order_sheet_opens_the_sites_door),
        cmocka_unit_test(test_the_search_finds),
        cmocka_unit_test(test_words_leave_the_memory),
    };
    size_t count = ARRAY_LEN(tests) - (WATCHED ? SEARCHES : 0);
    return _cmocka_run_group_tests("visit", tests, count, NULL, NULL);
}
