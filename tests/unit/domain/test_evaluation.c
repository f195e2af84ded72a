/* Blindness and release hold for every order of events; bytes are exact. */
#include "form.h"

#include <stdio.h>

static struct evaluation_form form;

static int open_form(void **state)
{
    (void)state;
    form_open(&form);
    return 0;
}

/* ---- bytes ---- */

static void test_views_come_back(void **state)
{
    (void)state;
    uint64_t seed = 1;
    struct rng rng = fake_rng(&seed);
    for (int i = 0; i < 2000; i++) {
        uint8_t bytes[EVALUATION_VIEW_BYTES], again[EVALUATION_VIEW_BYTES];
        struct evaluation_view v =
            form_random_view(&rng, &form, i % 2 ? SIDE_SELF : SIDE_SITE);
        struct evaluation_view w;
        assert_true(evaluation_view_valid(&form, &v));
        evaluation_view_encode(&v, bytes);
        assert_int_equal(evaluation_view_decode(bytes, sizeof bytes, &w), ERR_OK);
        evaluation_view_encode(&w, again);
        assert_memory_equal(bytes, again, sizeof bytes);
        assert_int_equal(v.tiles, w.tiles);
        assert_memory_equal(v.aspects, w.aspects, sizeof v.aspects);
        assert_memory_equal(v.about_site, w.about_site, sizeof v.about_site);
        assert_true(v.again == w.again && v.side == w.side && v.form == w.form);
    }
}

static void test_only_exact_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int at;
        uint8_t value;
        enum err err;
    } bad[] = {
        {"newer", 0, 2, ERR_UNSUPPORTED},   {"no version", 0, 0, ERR_INVALID},
        {"side", 1, 2, ERR_INVALID},        {"form 0", 3, 0, ERR_INVALID},
        {"step", 4, 5, ERR_INVALID},        {"step below skip", 11, 0xFE, ERR_INVALID},
        {"about", 15, 5, ERR_INVALID},      {"again", 16, 0x80, ERR_INVALID},
        {"tile 12", 17, 0x10, ERR_INVALID}, {"own words", 19, 2, ERR_INVALID},
        {"free byte", 20, 1, ERR_INVALID},
    };
    struct evaluation_view v, untouched;
    uint8_t bytes[EVALUATION_VIEW_BYTES + 1] = {0};
    evaluation_view_init(&v, SIDE_SELF, 1);
    memset(&untouched, 7, sizeof untouched);
    struct evaluation_view before = untouched;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        evaluation_view_encode(&v, bytes);
        bytes[bad[i].at] = bad[i].value;
        if (evaluation_view_decode(bytes, EVALUATION_VIEW_BYTES, &untouched) !=
            bad[i].err) {
            fail_msg("%s", bad[i].name);
        }
    }
    evaluation_view_encode(&v, bytes);
    for (size_t len = 0; len <= sizeof bytes; len++) {
        if (len != EVALUATION_VIEW_BYTES) {
            assert_int_equal(evaluation_view_decode(bytes, len, &untouched), ERR_INVALID);
        }
    }
    v.side = SIDE_SITE; /* a site says nothing about itself */
    v.about_site[0] = 0;
    evaluation_view_encode(&v, bytes);
    assert_int_equal(evaluation_view_decode(bytes, EVALUATION_VIEW_BYTES, &untouched),
                     ERR_INVALID);
    assert_memory_equal(&untouched, &before, sizeof before);
}

static void test_answers_must_exist(void **state)
{
    (void)state;
    struct evaluation_view v;
    evaluation_view_init(&v, SIDE_SELF, 1);
    assert_true(evaluation_view_valid(&form, &v));
    v.aspects[0] = 3; /* "Zeit" has three steps */
    assert_false(evaluation_view_valid(&form, &v));
    evaluation_view_init(&v, SIDE_SELF, 1);
    v.aspects[6] = 0;
    assert_false(evaluation_view_valid(&form, &v));
    evaluation_view_init(&v, SIDE_SELF, 1);
    v.tiles = 1u << 8;
    assert_false(evaluation_view_valid(&form, &v));
    evaluation_view_init(&v, SIDE_SITE, 1);
    v.about_site[0] = 0;
    assert_false(evaluation_view_valid(&form, &v));
    evaluation_view_init(&v, SIDE_SELF, 2);
    assert_false(evaluation_view_valid(&form, &v));
}

static void test_talk_in_an_answer(void **state)
{
    (void)state;
    struct evaluation_view v;
    evaluation_view_init(&v, SIDE_SELF, 1);
    assert_false(evaluation_view_wants_talk(&form, &v));
    v.about_site[2] = 2;
    assert_false(evaluation_view_wants_talk(&form, &v));
    v.about_site[2] = 3;
    assert_true(evaluation_view_wants_talk(&form, &v));
    v.form = 2;
    assert_false(evaluation_view_wants_talk(&form, &v));
}

static void test_what_the_site_may_see(void **state)
{
    (void)state;
    uint64_t seed = 5;
    struct rng rng = fake_rng(&seed);
    for (int i = 0; i < 200; i++) {
        struct evaluation_view v = form_random_view(&rng, &form, SIDE_SELF);
        struct evaluation_view w = evaluation_view_for_site(&v);
        assert_memory_equal(w.aspects, v.aspects, sizeof v.aspects);
        assert_int_equal(w.again, ANSWER_SKIPPED);
        assert_false(w.has_own_words);
        for (int k = 0; k < FORM_ABOUT_MAX; k++) {
            assert_int_equal(w.about_site[k], ANSWER_SKIPPED);
        }
        assert_false(evaluation_view_wants_talk(&form, &w));
    }
}

/* ---- blindness and release, against a second way of saying them ---- */

/* Told from the events that were accepted, not from the state. */
struct told {
    bool self, site, closed, released, held;
};

static void check_told(const struct evaluation *e, const struct told *t)
{
    bool ready = (t->self && t->site) || t->closed;
    assert_int_equal(evaluation_views_visible_to_coach(e), ready);
    assert_int_equal(evaluation_site_view_visible_to_person(e),
                     ready && t->released && t->site);
    assert_int_equal(evaluation_site_words_visible_to_person(e),
                     ready && t->released && t->site && !t->held);
    assert_int_equal(evaluation_self_view_visible_to_site(e),
                     ready && t->released && t->self);
    assert_int_equal(evaluation_may_answer(e, SIDE_SELF), !ready);
    assert_int_equal(evaluation_may_answer(e, SIDE_SITE), !ready);
    /* nobody who has seen anything can still answer */
    assert_false(
        (evaluation_site_view_visible_to_person(e) ||
         evaluation_self_view_visible_to_site(e) ||
         evaluation_views_visible_to_coach(e)) &&
        (evaluation_may_answer(e, SIDE_SELF) || evaluation_may_answer(e, SIDE_SITE)));
}

static void note(struct told *t, enum evaluation_event_kind kind)
{
    t->self |= kind == EVALUATION_SELF_IN;
    t->site |= kind == EVALUATION_SITE_IN;
    t->closed |= kind == EVALUATION_CLOSE;
    t->released |= kind == EVALUATION_RELEASE;
    t->held = kind == EVALUATION_HOLD     ? true
              : kind == EVALUATION_UNHOLD ? false
                                          : t->held;
}

static void step(struct evaluation *e, struct told *t,
                 const struct evaluation_event *event)
{
    struct evaluation before = *e;
    bool ready = evaluation_ready(e);
    enum evaluation_answer answer = evaluation_apply(e, event);
    if (answer == EVALUATION_OK) {
        note(t, event->kind);
    } else {
        assert_memory_equal(e, &before, sizeof before);
    }
    if (ready) { /* what the other could have seen never changes afterwards */
        assert_memory_equal(&e->self, &before.self, sizeof before.self);
        assert_memory_equal(&e->site, &before.site, sizeof before.site);
        assert_true(e->self_in == before.self_in && e->site_in == before.site_in);
        assert_true(evaluation_ready(e));
    }
    assert_true(!before.released || e->released);
    check_told(e, t);
}

static struct evaluation_event event_of(enum evaluation_event_kind kind,
                                        const struct rng *rng)
{
    struct evaluation_event e = {.kind = kind};
    enum form_side side = kind == EVALUATION_SITE_IN ? SIDE_SITE : SIDE_SELF;
    e.view = form_random_view(rng, &form, side);
    e.hold = (enum evaluation_hold)rng_below(rng, HOLD_COUNT);
    e.next_aspect = (int)rng_below(rng, 10) - 1;
    e.next_index = (int)rng_below(rng, 4) - 1;
    return e;
}

static void play(const int *kinds, const struct evaluation_event *events)
{
    struct evaluation e;
    struct told t = {0};
    evaluation_init(&e, (struct uid){{1}});
    for (int i = 0; i < EVALUATION_EVENT_COUNT; i++) {
        step(&e, &t, &events[kinds[i]]);
    }
}

static void permute(int *kinds, int from, const struct evaluation_event *events,
                    long *runs)
{
    if (from == EVALUATION_EVENT_COUNT) {
        play(kinds, events);
        ++*runs;
        return;
    }
    for (int i = from; i < EVALUATION_EVENT_COUNT; i++) {
        int kind = kinds[i];
        kinds[i] = kinds[from];
        kinds[from] = kind;
        permute(kinds, from + 1, events, runs);
        kinds[from] = kinds[i];
        kinds[i] = kind;
    }
}

static void test_every_permutation(void **state)
{
    (void)state;
    int kinds[EVALUATION_EVENT_COUNT];
    struct evaluation_event events[EVALUATION_EVENT_COUNT];
    uint64_t seed = 9;
    struct rng rng = fake_rng(&seed);
    long runs = 0;
    for (int i = 0; i < EVALUATION_EVENT_COUNT; i++) {
        kinds[i] = i;
        events[i] = event_of((enum evaluation_event_kind)i, &rng);
        events[i].hold = HOLD_HURTFUL;
        events[i].next_aspect = events[i].next_index = 1;
    }
    permute(kinds, 0, events, &runs);
    assert_int_equal(runs, 362880); /* 9! */
}

static void test_random_sequences(void **state)
{
    (void)state;
    uint64_t seed = 20261127;
    struct rng rng = fake_rng(&seed);
    for (int round = 0; round < 5000; round++) {
        struct evaluation e;
        struct told t = {0};
        evaluation_init(&e, (struct uid){{1}});
        for (int i = 0; i < 20; i++) {
            struct evaluation_event event = event_of(
                (enum evaluation_event_kind)rng_below(&rng, EVALUATION_EVENT_COUNT),
                &rng);
            step(&e, &t, &event);
        }
    }
}

/* "Ich will reden" is heard in every state and changes nothing else. */
static void test_talk_is_apart(void **state)
{
    (void)state;
    uint64_t seed = 3;
    struct rng rng = fake_rng(&seed);
    for (int round = 0; round < 2000; round++) {
        struct evaluation with, without;
        evaluation_init(&with, (struct uid){{1}});
        evaluation_init(&without, (struct uid){{1}});
        for (int i = 0; i < 8; i++) {
            struct evaluation_event event = event_of(
                (enum evaluation_event_kind)rng_below(&rng, EVALUATION_EVENT_COUNT),
                &rng);
            struct evaluation_event talk = event_of(EVALUATION_TALK, &rng);
            if (event.kind == EVALUATION_TALK || event.kind == EVALUATION_TALKED) {
                continue;
            }
            (void)evaluation_apply(&with, &talk);
            assert_true(evaluation_talk_visible_to_coach(&with));
            enum evaluation_answer answer = evaluation_apply(&with, &event);
            assert_int_equal(answer, evaluation_apply(&without, &event));
        }
        with.self_talk = with.self_talked = false;
        assert_memory_equal(&with, &without, sizeof with);
    }
}

static const struct {
    const char *name, *way; /* s self, S site, t, T talked, c close, h, u, r, n */
    enum evaluation_answer answer;
} ways[] = {
    {"one side is not enough", "sr", EVALUATION_NOT_YET},
    {"the other neither", "Sr", EVALUATION_NOT_YET},
    {"both", "sSr", EVALUATION_OK},
    {"the other way round", "Ssr", EVALUATION_OK},
    {"closed with one", "scr", EVALUATION_OK},
    {"closed with none", "cr", EVALUATION_NOTHING},
    {"change while blind", "ss", EVALUATION_OK},
    {"change afterwards", "sSs", EVALUATION_LOCKED},
    {"site changes afterwards", "sSS", EVALUATION_LOCKED},
    {"late after closing", "scS", EVALUATION_LOCKED},
    {"close twice", "scc", EVALUATION_SAME},
    {"close what is complete", "sSc", EVALUATION_SAME},
    {"release twice", "sSrr", EVALUATION_SAME},
    {"hold nothing", "sh", EVALUATION_NOTHING},
    {"hold", "Sh", EVALUATION_OK},
    {"hold twice", "Shh", EVALUATION_SAME},
    {"hold after release", "sSrh", EVALUATION_OK},
    {"unhold nothing", "Su", EVALUATION_SAME},
    {"next too early", "sSn", EVALUATION_NOT_YET},
    {"next", "sSrn", EVALUATION_OK},
    {"next twice", "sSrnn", EVALUATION_SAME},
    {"talk before all", "t", EVALUATION_OK},
    {"talk twice", "tt", EVALUATION_SAME},
    {"talked", "tT", EVALUATION_OK},
    {"talk again", "tTt", EVALUATION_OK},
    {"talked of nothing", "T", EVALUATION_NOTHING},
};

static void test_ways(void **state)
{
    (void)state;
    static const char letters[] = "sStTchurn";
    for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
        struct evaluation e;
        enum evaluation_answer answer = EVALUATION_ANSWER_COUNT;
        evaluation_init(&e, (struct uid){{1}});
        for (const char *c = ways[i].way; *c; c++) {
            struct evaluation_event event = {.hold = HOLD_HURTFUL, .next_aspect = 1};
            event.kind = (enum evaluation_event_kind)(strchr(letters, *c) - letters);
            evaluation_view_init(&event.view, *c == 'S' ? SIDE_SITE : SIDE_SELF, 1);
            answer = evaluation_apply(&e, &event);
        }
        if (answer != ways[i].answer) {
            fail_msg("%s: %s", ways[i].name, evaluation_answer_text(answer));
        }
    }
}

static void test_malformed_events(void **state)
{
    (void)state;
    struct evaluation e;
    evaluation_init(&e, (struct uid){{1}});
    struct evaluation_event event = {.kind = EVALUATION_SELF_IN};
    evaluation_view_init(&event.view, SIDE_SITE, 1);
    assert_int_equal(evaluation_apply(&e, &event), EVALUATION_MALFORMED);
    evaluation_view_init(&event.view, SIDE_SELF, 0);
    assert_int_equal(evaluation_apply(&e, &event), EVALUATION_MALFORMED);
    event.kind = EVALUATION_HOLD;
    assert_int_equal(evaluation_apply(&e, &event), EVALUATION_REASON);
    event.hold = HOLD_COUNT;
    assert_int_equal(evaluation_apply(&e, &event), EVALUATION_REASON);
    for (int i = 1; i < HOLD_COUNT; i++) {
        assert_true(evaluation_hold_text((enum evaluation_hold)i)[0] != '\0');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_views_come_back),
        cmocka_unit_test(test_only_exact_bytes),
        cmocka_unit_test(test_answers_must_exist),
        cmocka_unit_test(test_talk_in_an_answer),
        cmocka_unit_test(test_what_the_site_may_see),
        cmocka_unit_test(test_every_permutation),
        cmocka_unit_test(test_random_sequences),
        cmocka_unit_test(test_talk_is_apart),
        cmocka_unit_test(test_ways),
        cmocka_unit_test(test_malformed_events),
    };
    return cmocka_run_group_tests(tests, open_form, NULL);
}
