#include "proof/card.h"
#include "proof/team.h"
#include "support/support.h"
#include "unit/unit.h"

static struct seal_pair team;
static struct card anna, ben;
static struct team_wrap wrap;

static struct card card_of(enum card_kind kind, uint64_t seed)
{
    struct rng rng = fake_rng(&seed);
    return card_make(kind, &rng);
}

static enum err unwraps(const struct team_wrap *from, const struct card *card)
{
    struct seal_pair pair;
    return team_unwrap(from, card, &team.public, &pair);
}

static void test_the_card_opens(void **state)
{
    struct seal_pair pair;
    (void)state;
    assert_int_equal(team_unwrap(&wrap, &anna, &team.public, &pair), ERR_OK);
    assert_memory_equal(&pair, &team, sizeof pair);
    assert_int_equal(unwraps(&wrap, &ben), ERR_DENIED);
}

/* What somebody unwrapped can be wrapped for a colleague. */
static void test_handing_on(void **state)
{
    struct rng rng = rng_system();
    struct seal_pair pair;
    struct team_wrap for_ben;
    (void)state;
    assert_int_equal(team_unwrap(&wrap, &anna, &team.public, &pair), ERR_OK);
    assert_int_equal(team_wrap(&pair, &ben, &rng, &for_ben), ERR_OK);
    assert_int_equal(unwraps(&for_ben, &ben), ERR_OK);
    assert_int_equal(unwraps(&for_ben, &anna), ERR_DENIED);
}

static void test_only_for_staff(void **state)
{
    struct card person = card_of(CARD_PARTICIPANT, 31), same_secret = anna;
    struct rng rng = rng_system();
    struct team_wrap none = {{7}};
    (void)state;
    same_secret.kind = CARD_PARTICIPANT;
    assert_int_equal(team_wrap(&team, &person, &rng, &none), ERR_DENIED);
    assert_int_equal(none.b[0], 7);
    assert_int_equal(unwraps(&wrap, &same_secret), ERR_DENIED);
}

static void test_another_team(void **state)
{
    struct rng rng = rng_system();
    struct seal_pair other, pair;
    (void)state;
    team_make(&rng, &other);
    assert_int_equal(team_unwrap(&wrap, &anna, &other.public, &pair), ERR_CORRUPT);
}

static void test_every_flipped_bit_is_refused(void **state)
{
    (void)state;
    for (size_t bit = 0; bit < sizeof wrap.b * 8; bit++) {
        struct team_wrap bad = wrap;
        bad.b[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_int_equal(unwraps(&bad, &anna), bit < 8 ? ERR_CORRUPT : ERR_DENIED);
    }
}

static void test_text(void **state)
{
    char text[TEAM_WRAP_TEXT_SIZE + 4];
    struct team_wrap back;
    (void)state;
    team_wrap_format(&wrap, text);
    assert_int_equal(strlen(text), TEAM_WRAP_TEXT_SIZE - 1);
    assert_int_equal(team_wrap_parse(str_of(text), &back), ERR_OK);
    assert_memory_equal(back.b, wrap.b, sizeof back.b);
    for (size_t len = 0; len < TEAM_WRAP_TEXT_SIZE - 1; len++) {
        assert_int_equal(team_wrap_parse((struct str){text, len}, &back), ERR_INVALID);
    }
    memcpy(text + TEAM_WRAP_TEXT_SIZE - 1, "AAAA", 5);
    assert_int_equal(team_wrap_parse(str_of(text), &back), ERR_INVALID);
}

/* A team key made anew by the same dice for the same card: no nonce twice. */
static void test_dice_thrown_alike(void **state)
{
    uint64_t seed = 60;
    struct rng rng = fake_rng(&seed);
    struct seal_pair other;
    struct team_wrap a, b;
    (void)state;
    team_make(&rng, &other);
    seed = 61;
    assert_int_equal(team_wrap(&team, &anna, &rng, &a), ERR_OK);
    seed = 61;
    assert_int_equal(team_wrap(&other, &anna, &rng, &b), ERR_OK);
    assert_memory_not_equal(a.b + 1, b.b + 1, 24);
    seed = 61;
    assert_int_equal(team_wrap(&team, &anna, &rng, &b), ERR_OK);
    assert_memory_equal(a.b, b.b, sizeof a.b);
}

/* The nonce and the 48 locked bytes of a wrap by these dice are its form for ever. */
static void test_golden(void **state)
{
    char text[TEAM_WRAP_TEXT_SIZE];
    (void)state;
    team_wrap_format(&wrap, text);
    assert_string_equal(text,
                        "AeoG3RPchB5sWxHUJvKFwdw7bP8A/AQQKUfdF6lN2/VIdeTGFkUpBDMuwrSYDh"
                        "0rgMP7tqJq4h9F6NJ9f8DG6QNVxpfEjTed5A==");
}

static int setup(void **state)
{
    uint64_t seed = 30;
    struct rng rng = fake_rng(&seed);
    (void)state;
    anna = card_of(CARD_STAFF, 1);
    ben = card_of(CARD_STAFF, 2);
    team_make(&rng, &team);
    return team_wrap(&team, &anna, &rng, &wrap) == ERR_OK ? 0 : 1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_card_opens),
        cmocka_unit_test(test_handing_on),
        cmocka_unit_test(test_only_for_staff),
        cmocka_unit_test(test_another_team),
        cmocka_unit_test(test_every_flipped_bit_is_refused),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_dice_thrown_alike),
        cmocka_unit_test(test_golden),
    };
    return proof_init() ? 1 : cmocka_run_group_tests(tests, setup, NULL);
}
