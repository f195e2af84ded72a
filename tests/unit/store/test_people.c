#include "unit/store/world.h"

static struct world w;

static int setup(void **state)
{
    (void)state;
    world_init(&w);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    world_done(&w);
    return 0;
}

static void assert_person_equal(const struct participant *a, const struct participant *b)
{
    assert_true(uid_eq(a->id, b->id));
    assert_string_equal(a->alias, b->alias);
    assert_int_equal(a->band, b->band);
    assert_int_equal(a->band_until, b->band_until);
    assert_int_equal(a->full_time_schooling, b->full_time_schooling);
    for (int i = 0; i < CONSENT_KIND_COUNT; i++) {
        assert_int_equal(a->consents[i].given, b->consents[i].given);
        assert_int_equal(a->consents[i].until, b->consents[i].until);
    }
    assert_int_equal(a->interests, b->interests);
    assert_int_equal(a->tried, b->tried);
    assert_int_equal(a->again, b->again);
    assert_int_equal(a->languages, b->languages);
    assert_string_equal(a->district, b->district);
}

static void test_enrolled_person_comes_back(void **state)
{
    (void)state;
    struct participant got;
    char secret[STORE_HASH_SIZE];
    struct store_enrolment e = world_enrolment(1);
    assert_int_equal(store_enrol(w.store, &e), ERR_OK);
    world_reopen(&w);
    assert_int_equal(store_person_by_alias(w.store, STR("falke 1"), &got, secret),
                     ERR_OK);
    assert_person_equal(&got, &e.who);
    assert_string_equal(secret, e.secret);
    assert_int_equal(store_person_by_alias(w.store, STR("Falke 1"), &got, NULL), ERR_OK);
    assert_int_equal(store_person_by_card(w.store, e.card, &got), ERR_OK);
    assert_person_equal(&got, &e.who);
    assert_int_equal(store_person_by_id(w.store, e.who.id, &got), ERR_OK);
    assert_person_equal(&got, &e.who);
}

static void test_nobody_is_not_found(void **state)
{
    (void)state;
    struct participant got;
    uint8_t card[STORE_LOOKUP_SIZE] = {0};
    world_person(&w, 1);
    assert_int_equal(store_person_by_alias(w.store, STR("Adler"), &got, NULL),
                     ERR_NOT_FOUND);
    assert_int_equal(store_person_by_card(w.store, card, &got), ERR_NOT_FOUND);
    assert_int_equal(store_person_by_id(w.store, world_uid('P', 2), &got), ERR_NOT_FOUND);
    assert_int_equal(store_person_by_id(w.store, (struct uid){{0}}, &got), ERR_NOT_FOUND);
}

static void test_enrol_retry_and_conflict(void **state)
{
    (void)state;
    struct store_enrolment e = world_enrolment(1);
    assert_int_equal(store_enrol(w.store, &e), ERR_OK);
    int64_t events = world_events(&w);
    assert_int_equal(store_enrol(w.store, &e), ERR_OK);
    assert_int_equal(world_events(&w), events);

    struct store_enrolment other = e;
    other.who.full_time_schooling = false;
    assert_int_equal(store_enrol(w.store, &other), ERR_CONFLICT);
    other = e;
    other.card[5] ^= 1;
    assert_int_equal(store_enrol(w.store, &other), ERR_CONFLICT);
    other = world_enrolment(2);
    strcpy(other.who.alias, "FALKE 1");
    assert_int_equal(store_enrol(w.store, &other), ERR_CONFLICT);
    other = world_enrolment(2);
    memcpy(other.card, e.card, sizeof e.card);
    assert_int_equal(store_enrol(w.store, &other), ERR_CONFLICT);
    assert_int_equal(world_events(&w), events);
    world_assert_replay_equal(&w);
}

static const struct {
    const char *name, *alias;
} hostile[] = {
    {"empty", ""},
    {"one letter", "F"},
    {"statement", "x'; DROP TABLE event;--"},
    {"quote", "Fal'ke"},
    {"format", "%s%n%s%n"},
    {"control bytes", "Fa\x01\x1bke"},
    {"bidi override", "Fal\xE2\x80\xAEke"},
    {"malformed", "Fal\xC0\xAF"},
    {"wildcard", "%"},
};

static void test_hostile_aliases_find_and_make_nobody(void **state)
{
    (void)state;
    struct participant got;
    world_person(&w, 1);
    int64_t events = world_events(&w);
    for (size_t i = 0; i < ARRAY_LEN(hostile); i++) {
        struct store_enrolment e = world_enrolment(2);
        struct str alias = str_of(hostile[i].alias);
        strcpy(e.who.alias, hostile[i].alias);
        if (store_person_by_alias(w.store, alias, &got, NULL) != ERR_NOT_FOUND ||
            store_enrol(w.store, &e) != ERR_INVALID ||
            store_tries_put(w.store, alias, true) != ERR_OK ||
            store_tries_put(w.store, alias, false) != ERR_OK) {
            fail_msg("%s", hostile[i].name);
        }
    }
    assert_int_equal(world_events(&w), events);
}

static void test_ten_kilobytes_are_nobody(void **state)
{
    (void)state;
    static char text[10240];
    struct participant got;
    struct store_tries tries;
    memset(text, 'F', sizeof text);
    struct str alias = {text, sizeof text};
    assert_int_equal(store_person_by_alias(w.store, alias, &got, NULL), ERR_NOT_FOUND);
    assert_int_equal(store_tries_put(w.store, alias, true), ERR_OK);
    assert_int_equal(store_tries_get(w.store, alias, &tries), ERR_OK);
    assert_int_equal(tries.wrong, 1);
}

static void test_new_card_makes_the_old_one_invalid(void **state)
{
    (void)state;
    struct participant got;
    struct store_enrolment e = world_enrolment(1);
    struct store_card card = {world_uid('C', 1), e.who.id, world_uid('S', 1), {0}};
    world_lookup(card.card, 900);
    assert_int_equal(store_card_issue(w.store, &card), ERR_NOT_FOUND);
    assert_int_equal(store_enrol(w.store, &e), ERR_OK);
    assert_int_equal(store_card_issue(w.store, &card), ERR_OK);
    assert_int_equal(store_card_issue(w.store, &card), ERR_OK);
    assert_int_equal(store_person_by_card(w.store, e.card, &got), ERR_NOT_FOUND);
    assert_int_equal(store_person_by_card(w.store, card.card, &got), ERR_OK);
    /* A late retry of the enrolment does not bring the old card back. */
    assert_int_equal(store_enrol(w.store, &e), ERR_OK);
    assert_int_equal(store_person_by_card(w.store, e.card, &got), ERR_NOT_FOUND);
    card.card[9] ^= 1;
    assert_int_equal(store_card_issue(w.store, &card), ERR_CONFLICT);
    world_assert_replay_equal(&w);
    card.card[9] ^= 1;
    assert_int_equal(store_person_by_card(w.store, card.card, &got), ERR_OK);
}

static void test_tries_count_and_outlive_a_restart(void **state)
{
    (void)state;
    struct store_tries tries;
    assert_int_equal(store_tries_get(w.store, STR("Falke"), &tries), ERR_OK);
    assert_int_equal(tries.wrong, 0);
    assert_int_equal(store_tries_put(w.store, STR("Falke"), true), ERR_OK);
    fake_clock_advance(&w.time, 1000);
    assert_int_equal(store_tries_put(w.store, STR("Falke"), true), ERR_OK);
    w.boot_id = "boot-b";
    world_reopen(&w);
    assert_int_equal(store_tries_get(w.store, STR("Falke"), &tries), ERR_OK);
    assert_int_equal(tries.wrong, 2);
    assert_int_equal(tries.last_wall_ms, w.time.wall_ms);
    assert_int_equal(tries.last_mono_ms, w.time.mono_ms);
    assert_int_equal(tries.boot, 1);
    assert_int_equal(store_boot(w.store), 2);
    assert_int_equal(store_tries_get(w.store, STR("Adler"), &tries), ERR_OK);
    assert_int_equal(tries.wrong, 0);
    assert_int_equal(store_tries_put(w.store, STR("Falke"), false), ERR_OK);
    assert_int_equal(store_tries_get(w.store, STR("Falke"), &tries), ERR_OK);
    assert_int_equal(tries.wrong, 0);
}

static void test_tries_are_bounded_and_hold_no_text(void **state)
{
    (void)state;
    struct store_tries tries;
    assert_int_equal(store_tries_put(w.store, STR("Falke 1"), true), ERR_OK);
    assert_int_equal(
        sql_run(w.state, NULL,
                "WITH n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
                " INSERT INTO tries SELECT randomblob(32), 1, 1, 0, 0, i FROM n"),
        0);
    assert_int_equal(store_tries_put(w.store, STR("Falke 2"), true), ERR_OK);
    assert_int_equal(sql_number(w.state, NULL, "SELECT count(*) FROM tries"), 1000);
    assert_int_equal(store_tries_get(w.store, STR("Falke 1"), &tries), ERR_OK);
    assert_int_equal(tries.wrong, 0);
    assert_int_equal(store_tries_get(w.store, STR("Falke 2"), &tries), ERR_OK);
    assert_int_equal(tries.wrong, 1);
    assert_int_equal(sql_number(w.state, NULL, "SELECT count(*) FROM tries WHERE"
                                               " instr(key, CAST('Falke' AS BLOB))"), 0);
}

static void test_staff(void **state)
{
    (void)state;
    int count = -1;
    struct store_staff got;
    struct store_staff staff = {.id = world_uid('S', 1), .alias = "Coach", .pin = "$pin"};
    world_lookup(staff.card, 77);
    assert_int_equal(store_staff_count(w.store, &count), ERR_OK);
    assert_int_equal(count, 0);
    assert_int_equal(store_staff_by_card(w.store, staff.card, &got), ERR_NOT_FOUND);
    assert_int_equal(store_staff_add(w.store, &staff), ERR_OK);
    assert_int_equal(store_staff_add(w.store, &staff), ERR_OK);
    world_reopen(&w);
    assert_int_equal(store_staff_count(w.store, &count), ERR_OK);
    assert_int_equal(count, 1);
    assert_int_equal(store_staff_by_card(w.store, staff.card, &got), ERR_OK);
    assert_true(uid_eq(got.id, staff.id));
    assert_string_equal(got.alias, "Coach");
    assert_string_equal(got.pin, "$pin");
    struct store_staff other = staff;
    other.id = world_uid('S', 2);
    assert_int_equal(store_staff_add(w.store, &other), ERR_CONFLICT);
    other = staff;
    other.card[3] ^= 1;
    assert_int_equal(store_staff_add(w.store, &other), ERR_CONFLICT);
    strcpy(other.alias, "");
    assert_int_equal(store_staff_add(w.store, &other), ERR_INVALID);
    world_assert_replay_equal(&w);
    assert_int_equal(store_staff_by_card(w.store, staff.card, &got), ERR_OK);
}

static void test_secrets_are_in_no_event(void **state)
{
    (void)state;
    struct store_staff staff = {
        .id = world_uid('S', 1), .alias = "Coach", .pin = "$argon2id"};
    world_person(&w, 1);
    assert_int_equal(store_staff_add(w.store, &staff), ERR_OK);
    assert_int_equal(sql_number(w.state, NULL, "SELECT count(*) FROM event"), 3);
    assert_int_equal(sql_number(w.state, NULL,
                                "SELECT count(*) FROM event WHERE"
                                " body LIKE '%argon2%' OR body LIKE '%5a5a%'"),
                     0);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(test_enrolled_person_comes_back),
        CASE(test_nobody_is_not_found),
        CASE(test_enrol_retry_and_conflict),
        CASE(test_hostile_aliases_find_and_make_nobody),
        CASE(test_ten_kilobytes_are_nobody),
        CASE(test_new_card_makes_the_old_one_invalid),
        CASE(test_tries_count_and_outlive_a_restart),
        CASE(test_tries_are_bounded_and_hold_no_text),
        CASE(test_staff),
        CASE(test_secrets_are_in_no_event),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
