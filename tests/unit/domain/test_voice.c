/* One vote each, and numbers that never tell what one person chose. */
#include "domain/voice.h"
#include "support/support.h"
#include "unit/unit.h"

#define PEOPLE 40
#define VOTES_MAX 128

static struct uid uid_of(unsigned n)
{
    struct uid id = {{1}};
    id.b[14] = (uint8_t)(n >> 8);
    id.b[15] = (uint8_t)n;
    return id;
}

static struct voice_item open_item(unsigned n)
{
    struct voice_item item = {.id = uid_of(n), .kind = VOICE_IDEA, .tiles = 1};
    assert_true(voice_item_valid(&item));
    assert_int_equal(voice_open(&item, STR("Ein Platz zum Treffen.")), ERR_OK);
    return item;
}

static void vote(struct voice_box *box, const struct voice_item *item, unsigned who,
                 enum voice_choice choice)
{
    assert_int_equal(voice_cast(box, item, uid_of(1000 + who), choice), ERR_OK);
}

static void expect(const struct voice_result *r, bool shown, int voters, int in_favour)
{
    assert_int_equal(r->shown, shown);
    assert_int_equal(r->voters, voters);
    assert_int_equal(r->in_favour, in_favour);
}

static void test_one_vote_each(void **state)
{
    (void)state;
    struct voice_vote votes[VOTES_MAX];
    struct voice_box box = {votes, 0, VOTES_MAX};
    struct voice_item item = open_item(1), second = open_item(2);
    for (int i = 0; i < 9; i++) {
        vote(&box, &item, 7, i % 2 ? CHOICE_FOR : CHOICE_NOT_FOR_ME);
    }
    assert_int_equal(box.count, 1);
    assert_int_equal(voice_own(&box, item.id, uid_of(1007)), CHOICE_NOT_FOR_ME);
    assert_int_equal(voice_own(&box, item.id, uid_of(1008)), CHOICE_NONE);
    assert_int_equal(voice_own(&box, second.id, uid_of(1007)), CHOICE_NONE);
    vote(&box, &second, 7, CHOICE_FOR);
    assert_int_equal(box.count, 2);
    vote(&box, &item, 7, CHOICE_NONE); /* taken back */
    assert_int_equal(voice_own(&box, item.id, uid_of(1007)), CHOICE_NONE);
    vote(&box, &item, 9, CHOICE_NONE); /* nothing to take back */
    assert_int_equal(box.count, 2);
}

static void test_refused_votes(void **state)
{
    (void)state;
    struct voice_vote votes[2];
    struct voice_box box = {votes, 0, 2};
    struct voice_item item = open_item(1);
    struct uid nil = {{0}};
    assert_int_equal(voice_cast(&box, &item, nil, CHOICE_FOR), ERR_INVALID);
    assert_int_equal(voice_cast(&box, &item, uid_of(1), VOICE_CHOICE_COUNT), ERR_INVALID);
    vote(&box, &item, 1, CHOICE_FOR);
    vote(&box, &item, 2, CHOICE_FOR);
    assert_int_equal(voice_cast(&box, &item, uid_of(3), CHOICE_FOR), ERR_FULL);
    vote(&box, &item, 1, CHOICE_NOT_FOR_ME); /* who has voted may still change it */
    assert_int_equal(voice_answer(&item, STR("Wir fragen beim Bezirk nach.")), ERR_OK);
    assert_int_equal(voice_cast(&box, &item, uid_of(1), CHOICE_FOR), ERR_DENIED);
}

static void test_five(void **state)
{
    (void)state;
    struct voice_vote votes[VOTES_MAX];
    struct voice_box box = {votes, 0, VOTES_MAX};
    struct voice_item item = open_item(1), other = open_item(2);
    struct voice_result r = {0};
    for (unsigned i = 0; i < 4; i++) {
        vote(&box, &item, i, CHOICE_FOR);
        vote(&box, &other, i + 20, CHOICE_FOR);
    }
    assert_false(voice_publish(&box, item.id, &r));
    expect(&r, false, 0, 0);
    vote(&box, &item, 4, CHOICE_NOT_FOR_ME);
    assert_true(voice_publish(&box, item.id, &r));
    expect(&r, true, 5, 4);
    vote(&box, &item, 4, CHOICE_FOR); /* a change of mind alone is not shown */
    for (unsigned i = 5; i < 9; i++) {
        vote(&box, &item, i, CHOICE_NOT_FOR_ME);
        assert_false(voice_publish(&box, item.id, &r));
        expect(&r, true, 5, 4);
    }
    vote(&box, &item, 9, CHOICE_NOT_FOR_ME);
    assert_true(voice_publish(&box, item.id, &r));
    expect(&r, true, 10, 5);
    assert_false(voice_publish(&box, item.id, &r));
}

/* Back and forth by the same people never makes a new number. */
static void test_coming_back_is_not_new(void **state)
{
    (void)state;
    struct voice_vote votes[VOTES_MAX];
    struct voice_box box = {votes, 0, VOTES_MAX};
    struct voice_item item = open_item(1);
    struct voice_result r = {0};
    for (unsigned i = 0; i < 5; i++) {
        vote(&box, &item, i, CHOICE_FOR);
    }
    assert_true(voice_publish(&box, item.id, &r));
    for (unsigned i = 0; i < 5; i++) {
        vote(&box, &item, i, CHOICE_NONE);
        vote(&box, &item, i, CHOICE_NOT_FOR_ME);
    }
    assert_false(voice_publish(&box, item.id, &r));
    expect(&r, true, 5, 5);
    for (unsigned i = 10; i < 14; i++) { /* four new ones do not cover the fifth */
        vote(&box, &item, i, CHOICE_FOR);
    }
    assert_false(voice_publish(&box, item.id, &r));
}

/* Whatever is done: two numbers in a row lie five new voters apart, and a number is the
 * true count of its moment. */
static void test_random_votes(void **state)
{
    (void)state;
    uint64_t seed = 55;
    struct rng rng = fake_rng(&seed);
    for (int round = 0; round < 300; round++) {
        struct voice_vote votes[VOTES_MAX];
        struct voice_box box = {votes, 0, VOTES_MAX};
        struct voice_item item = open_item(1);
        struct voice_result r = {0}, before;
        enum voice_choice truth[PEOPLE] = {CHOICE_NONE};
        bool in_last[PEOPLE] = {false};
        for (int i = 0; i < 200; i++) {
            unsigned who = rng_below(&rng, PEOPLE);
            truth[who] = (enum voice_choice)rng_below(&rng, VOICE_CHOICE_COUNT);
            vote(&box, &item, who, truth[who]);
            before = r;
            bool moved = voice_publish(&box, item.id, &r);
            int voters = 0, in_favour = 0, fresh = 0;
            for (int p = 0; p < PEOPLE; p++) {
                voters += truth[p] != CHOICE_NONE;
                in_favour += truth[p] == CHOICE_FOR;
                fresh += truth[p] != CHOICE_NONE && !in_last[p];
            }
            assert_int_equal(moved, fresh >= VOICE_LEAST_VOTERS);
            if (!moved) {
                assert_memory_equal(&r, &before, sizeof r);
                continue;
            }
            expect(&r, true, voters, in_favour);
            assert_true(r.voters >= VOICE_LEAST_VOTERS);
            for (int p = 0; p < PEOPLE; p++) {
                in_last[p] |= truth[p] != CHOICE_NONE;
            }
        }
    }
}

/* Who voted first within a batch changes nothing that is shown. */
static void test_order_of_votes(void **state)
{
    (void)state;
    uint64_t seed = 8;
    struct rng rng = fake_rng(&seed);
    for (int round = 0; round < 300; round++) {
        struct voice_vote votes[2][VOTES_MAX];
        struct voice_box box[2] = {{votes[0], 0, VOTES_MAX}, {votes[1], 0, VOTES_MAX}};
        struct voice_item item = open_item(1);
        struct voice_result r[2] = {{0}};
        unsigned order[12];
        enum voice_choice choices[12];
        for (unsigned i = 0; i < 12; i++) {
            unsigned at = rng_below(&rng, i + 1);
            order[i] = order[at];
            order[at] = i;
            choices[i] = (enum voice_choice)(1 + rng_below(&rng, 2));
        }
        for (unsigned i = 0; i < 12; i++) {
            vote(&box[0], &item, i, choices[i]);
            vote(&box[1], &item, order[i], choices[order[i]]);
        }
        (void)voice_publish(&box[0], item.id, &r[0]);
        (void)voice_publish(&box[1], item.id, &r[1]);
        assert_memory_equal(&r[0], &r[1], sizeof r[0]);
    }
}

static const struct {
    const char *name;
    struct voice_item item;
    bool valid;
} items[] = {
    {"tiles", {.id = {{1}}, .tiles = 1}, true},
    {"words", {.id = {{1}}, .words = {{2}}}, true},
    {"nothing", {.id = {{1}}}, false},
    {"no id", {.tiles = 1}, false},
    {"last tile", {.id = {{1}}, .tiles = 1u << 11}, true},
    {"tile beyond", {.id = {{1}}, .tiles = 1u << 12}, false},
    {"kind beyond", {.id = {{1}}, .tiles = 1, .kind = VOICE_KIND_COUNT}, false},
    {"open already", {.id = {{1}}, .tiles = 1, .state = VOICE_OPEN}, false},
    {"own title", {.id = {{1}}, .tiles = 1, .title = "T"}, false},
};

static void test_items(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(items); i++) {
        if (voice_item_valid(&items[i].item) != items[i].valid) {
            fail_msg("%s", items[i].name);
        }
    }
    assert_int_equal(voice_tile_count(), 12);
    assert_true(voice_tile_count() <= VOICE_TILES_MAX);
    assert_non_null(voice_tile(11));
    assert_null(voice_tile(12));
    assert_null(voice_tile(-1));
}

static void test_said_and_done(void **state)
{
    (void)state;
    char text[256], long_text[162];
    struct buf b;
    struct voice_item item = {.id = uid_of(1), .tiles = 1};
    struct sentence s = voice_answer_sentence(&item);
    assert_null(s.text);
    assert_int_equal(voice_answer(&item, STR("Ja.")), ERR_DENIED); /* not open yet */
    assert_int_equal(voice_open(&item, STR("")), ERR_INVALID);
    assert_int_equal(voice_open(&item, STR("  Bänke")), ERR_INVALID);
    memset(long_text, 'a', sizeof long_text);
    assert_int_equal(voice_open(&item, (struct str){long_text, 161}), ERR_INVALID);
    assert_int_equal(voice_open(&item, (struct str){long_text, 160}), ERR_OK);
    assert_int_equal(voice_open(&item, STR("Noch eine.")), ERR_DENIED);
    str_copy(item.title, sizeof item.title, STR("Bänke am Ufer."));
    assert_int_equal(voice_answer(&item, STR("Zwei Bänke stehen da.")), ERR_OK);
    assert_int_equal(voice_answer(&item, STR("Drei Bänke stehen da.")), ERR_OK);
    assert_int_equal(voice_put_away(&item), ERR_DENIED);
    buf_init(&b, text, sizeof text);
    s = voice_answer_sentence(&item);
    sentence_german(&b, &s);
    assert_string_equal(text, "Das war eure Idee: Bänke am Ufer. Das haben wir gemacht: "
                              "Drei Bänke stehen da.");
    item = open_item(2);
    assert_int_equal(voice_put_away(&item), ERR_OK);
    assert_int_equal(voice_answer(&item, STR("Ja.")), ERR_DENIED);
}

static void test_result_words(void **state)
{
    (void)state;
    char text[128];
    struct buf b;
    struct voice_result r = {false, 4, 4}; /* never shown, whatever is in it */
    buf_init(&b, text, sizeof text);
    struct sentence s = voice_result_sentence(&r);
    sentence_german(&b, &s);
    assert_string_equal(text,
                        "Noch zu wenige Stimmen. Ab 5 Stimmen zeigen wir das Ergebnis.");
    r = (struct voice_result){true, 12, 9};
    buf_clear(&b);
    s = voice_result_sentence(&r);
    sentence_german(&b, &s);
    assert_string_equal(text, "12 haben abgestimmt. 9 sind dafür.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_vote_each),
        cmocka_unit_test(test_refused_votes),
        cmocka_unit_test(test_five),
        cmocka_unit_test(test_coming_back_is_not_new),
        cmocka_unit_test(test_random_votes),
        cmocka_unit_test(test_order_of_votes),
        cmocka_unit_test(test_items),
        cmocka_unit_test(test_said_and_done),
        cmocka_unit_test(test_result_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
