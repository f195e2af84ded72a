#include "unit/store/after.h"

static struct world w;
static struct store_voice voices[VOICES_MAX];

static int setup(void **state)
{
    (void)state;
    world_init(&w);
    for (int i = 1; i <= 12; i++) {
        world_person(&w, i);
    }
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    world_done(&w);
    return 0;
}

static enum err propose(int n, int person)
{
    static struct store_proposal p;
    p = (struct store_proposal){.participant = world_uid('P', person)};
    p.item = (struct voice_item){.id = world_uid('I', n), .kind = VOICE_IDEA, .tiles = 5};
    p.item.words = world_uid('w', n);
    after_blob(&p.words_for_team, "TEAMBLOB", 304);
    after_blob(&p.words_for_centre, "CENTREBLOB", 304);
    return store_voice_propose(w.store, &p);
}

static enum err staff(int fact, int n, enum voice_staff_kind kind, const char *text)
{
    return store_voice_staff(w.store, world_uid('s', fact), world_uid('I', n),
                             after_staff(), kind, str_of(text));
}

static enum err cast(int fact, int n, int person, enum voice_choice choice)
{
    return store_voice_cast(w.store, world_uid('c', fact), world_uid('I', n),
                            world_uid('P', person), choice);
}

static size_t list(int person, bool all)
{
    size_t count = 99;
    struct uid who = person ? world_uid('P', person) : (struct uid){{0}};
    assert_int_equal(store_voices_list(w.store, who, all, voices, VOICES_MAX, &count),
                     ERR_OK);
    return count;
}

static void test_from_proposal_to_answer(void **state)
{
    (void)state;
    struct store_blob words;
    assert_int_equal(propose(1, 1), ERR_OK);
    assert_int_equal(list(1, false), 0);
    assert_int_equal(list(0, true), 1);
    assert_int_equal(store_voice_words(w.store, world_uid('I', 1), &words), ERR_OK);
    assert_int_equal(words.len, 304);
    assert_int_equal(cast(1, 1, 1, CHOICE_FOR), ERR_DENIED);
    assert_int_equal(staff(1, 1, VOICE_STAFF_ANSWER, "Nein."), ERR_DENIED);
    assert_int_equal(staff(1, 1, VOICE_STAFF_OPEN, ""), ERR_INVALID);
    assert_int_equal(staff(1, 1, VOICE_STAFF_OPEN, "Bänke am Platz"), ERR_OK);
    assert_int_equal(staff(1, 1, VOICE_STAFF_OPEN, "Bänke am Platz"), ERR_OK);
    assert_int_equal(list(1, false), 1);
    assert_string_equal(voices[0].item.title, "Bänke am Platz");
    assert_int_equal(voices[0].item.tiles, 5);
    assert_int_equal(staff(2, 1, VOICE_STAFF_ANSWER, "Zwei Bänke stehen da."), ERR_OK);
    assert_int_equal(list(1, false), 1);
    assert_int_equal(voices[0].item.state, VOICE_DONE);
    assert_int_equal(cast(2, 1, 1, CHOICE_FOR), ERR_DENIED);
    world_assert_replay_equal(&w);
}

static void test_put_away(void **state)
{
    (void)state;
    struct store_blob words;
    assert_int_equal(propose(1, 1), ERR_OK);
    assert_int_equal(staff(1, 1, VOICE_STAFF_PUT_AWAY, ""), ERR_OK);
    assert_int_equal(list(0, true), 0);
    assert_int_equal(store_voice_words(w.store, world_uid('I', 1), &words),
                     ERR_NOT_FOUND);
    assert_int_equal(staff(2, 9, VOICE_STAFF_PUT_AWAY, ""), ERR_NOT_FOUND);
}

static void test_one_proposal_a_day(void **state)
{
    (void)state;
    assert_int_equal(propose(1, 1), ERR_OK);
    assert_int_equal(propose(1, 1), ERR_OK); /* the same */
    assert_int_equal(propose(2, 1), ERR_DENIED);
    assert_int_equal(propose(2, 2), ERR_OK);
    w.time.wall_ms += 86400000;
    assert_int_equal(propose(3, 1), ERR_OK);
    assert_int_equal(propose(4, 99), ERR_NOT_FOUND);
}

static void test_room(void **state)
{
    (void)state;
    for (int i = 0; i < VOICES_MAX; i++) {
        w.time.wall_ms += 86400000;
        assert_int_equal(propose(i, 1), ERR_OK);
    }
    assert_int_equal(propose(900, 2), ERR_FULL);
    assert_int_equal(staff(1, 5, VOICE_STAFF_PUT_AWAY, ""), ERR_OK);
    assert_int_equal(propose(900, 2), ERR_OK);
    assert_int_equal(list(0, true), VOICES_MAX);
}

static void test_votes(void **state)
{
    (void)state;
    assert_int_equal(propose(1, 1), ERR_OK);
    assert_int_equal(staff(1, 1, VOICE_STAFF_OPEN, "Licht am Weg"), ERR_OK);
    for (int i = 1; i <= 4; i++) {
        assert_int_equal(cast(i, 1, i, CHOICE_FOR), ERR_OK);
        assert_int_equal(cast(i, 1, i, CHOICE_FOR), ERR_OK); /* a retry */
    }
    int64_t before = world_events(&w);
    assert_int_equal(cast(20, 1, 4, CHOICE_FOR), ERR_OK); /* no second vote */
    assert_int_equal(world_events(&w), before);
    list(4, false);
    assert_int_equal(voices[0].own, CHOICE_FOR);
    assert_false(voices[0].result.shown);
    assert_int_equal(voices[0].result.voters, 0);
    assert_int_equal(cast(5, 1, 5, CHOICE_NOT_FOR_ME), ERR_OK);
    list(6, false);
    assert_int_equal(voices[0].own, CHOICE_NONE);
    assert_true(voices[0].result.shown);
    assert_int_equal(voices[0].result.voters, 5);
    assert_int_equal(voices[0].result.in_favour, 4);
    /* One more, and one taken back: the number stays, nobody's choice shows. */
    assert_int_equal(cast(6, 1, 6, CHOICE_FOR), ERR_OK);
    assert_int_equal(cast(7, 1, 5, CHOICE_NONE), ERR_OK);
    world_reopen(&w);
    list(5, false);
    assert_int_equal(voices[0].own, CHOICE_NONE);
    assert_int_equal(voices[0].result.voters, 5);
    assert_int_equal(voices[0].result.in_favour, 4);
    for (int i = 7; i <= 10; i++) {
        assert_int_equal(cast(i + 10, 1, i, CHOICE_FOR), ERR_OK);
    }
    list(1, false);
    assert_int_equal(voices[0].result.voters, 9);
    world_assert_replay_equal(&w);
}

struct names_seen {
    int votes;
    char person[UID_TEXT_SIZE];
};

static enum err look(void *ctx, struct str json)
{
    struct names_seen *seen = ctx;
    if (strstr(json.ptr, "\"voice.")) {
        assert_null(strstr(json.ptr, seen->person));
        assert_null(strstr(json.ptr, "participant"));
        seen->votes += strstr(json.ptr, "voice.cast") != NULL;
    }
    return ERR_OK;
}

static void test_the_log_does_not_say_who(void **state)
{
    (void)state;
    struct names_seen seen = {0};
    uid_format(world_uid('P', 1), seen.person);
    assert_int_equal(propose(1, 1), ERR_OK);
    assert_int_equal(propose(2, 2), ERR_OK);
    for (int i = 1; i <= 2; i++) {
        assert_int_equal(staff(i, i, VOICE_STAFF_OPEN, "Musik"), ERR_OK);
        assert_int_equal(cast(i, i, 1, CHOICE_FOR), ERR_OK);
    }
    assert_int_equal(store_events(w.store, 0, look, &seen), ERR_OK);
    assert_int_equal(seen.votes, 2);
    assert_int_equal(sql_number(w.state, NULL, "SELECT count(DISTINCT voter) FROM vote"),
                     2);
    assert_int_equal(sql_number(w.state, NULL,
                                "SELECT count(*) FROM event WHERE kind LIKE"
                                " 'voice.%' AND participant IS NOT NULL"),
                     0);
}

static void test_order(void **state)
{
    (void)state;
    for (int i = 1; i <= 5; i++) {
        assert_int_equal(propose(i, i), ERR_OK);
    }
    assert_int_equal(staff(1, 1, VOICE_STAFF_OPEN, "eins"), ERR_OK);
    assert_int_equal(staff(2, 2, VOICE_STAFF_OPEN, "zwei"), ERR_OK);
    assert_int_equal(staff(3, 3, VOICE_STAFF_OPEN, "drei"), ERR_OK);
    assert_int_equal(staff(4, 1, VOICE_STAFF_ANSWER, "gut"), ERR_OK);
    assert_int_equal(staff(5, 2, VOICE_STAFF_ANSWER, "gut"), ERR_OK);
    static const int order[] = {4, 5, 3, 2, 1};
    assert_int_equal(list(0, true), 5);
    for (size_t i = 0; i < ARRAY_LEN(order); i++) {
        assert_true(uid_eq(voices[i].item.id, world_uid('I', order[i])));
    }
    assert_int_equal(list(0, false), 3);
    assert_true(uid_eq(voices[0].item.id, world_uid('I', 3)));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_from_proposal_to_answer),
        CASE(test_put_away),
        CASE(test_one_proposal_a_day),
        CASE(test_room),
        CASE(test_votes),
        CASE(test_the_log_does_not_say_who),
        CASE(test_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
