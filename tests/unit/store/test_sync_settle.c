#include "unit/store/sync_world.h"

#include "proof/centre_key.h"

#include <sodium.h>

static struct world w;
static struct feed feed;

static int setup(void **state)
{
    (void)state;
    feed = (struct feed){.count = 0};
    world_init(&w);
    sync_enrol(&w);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    world_assert_replay_equal(&w);
    world_done(&w);
    return 0;
}

/* ---- wishes ---------------------------------------------------------------------------
 */

/* decision 0: none. */
static void say_of(int n, const char *wish_state, const char *reason, int decision)
{
    char wish[UID_TEXT_SIZE], id[UID_TEXT_SIZE] = "", staff[UID_TEXT_SIZE], body[512];
    uid_format(world_uid('W', n), wish);
    uid_format(world_uid('s', 1), staff);
    if (decision > 0) {
        uid_format(world_uid('z', decision), id);
    }
    snprintf(body, sizeof body,
             "{\"state\":\"%s\",\"reason\":\"%s\",\"decision\":%s%s%s,\"staff\":\"%s\"}",
             wish_state, reason, *id ? "\"" : "", *id ? id : "null", *id ? "\"" : "",
             staff);
    feed_put(&feed, "wish", wish, body);
}

static int settle(void)
{
    feed_pull(&w, &feed, 500);
    return feed_settle(&w);
}

static struct wish ask(int n)
{
    struct store_enrolment e = world_enrolment(n);
    struct wish wish = world_wish(n, &e.who, 1);
    assert_int_equal(store_enrol(w.store, &e), ERR_OK);
    assert_int_equal(store_wish(w.store, &wish), ERR_OK);
    return wish;
}

static struct wish wish_of(int n)
{
    struct wish wishes[8];
    size_t count = 0;
    assert_int_equal(store_wishes_of(w.store, world_uid('P', n), wishes, 8, &count),
                     ERR_OK);
    for (size_t i = 0; i < count; i++) {
        if (uid_eq(wishes[i].id, world_uid('W', n))) {
            return wishes[i];
        }
    }
    return (struct wish){.state = WISH_UNDONE};
}

static const struct course {
    const char *name, *state, *reason;
    int decision, facts;
    enum wish_state is;
    enum decline_reason why;
    bool waits;
} course[] = {
    {"asked, as it is", "asked", "none", 0, 0, WISH_ASKED, DECLINE_NONE, false},
    {"full", "waiting", "none", 0, 1, WISH_ASKED, DECLINE_NONE, true},
    {"still full", "waiting", "none", 0, 0, WISH_ASKED, DECLINE_NONE, true},
    {"a place came free", "asked", "none", 0, 1, WISH_ASKED, DECLINE_NONE, false},
    {"a word from the future", "drawn", "none", 0, 0, WISH_ASKED, DECLINE_NONE, false},
    {"full again", "waiting", "none", 0, 1, WISH_ASKED, DECLINE_NONE, true},
    {"confirmed", "confirmed", "none", 1, 1, WISH_CONFIRMED, DECLINE_NONE, false},
    {"confirmed, said again", "confirmed", "none", 1, 0, WISH_CONFIRMED, DECLINE_NONE,
     false},
    {"one too many", "waiting", "none", 0, 0, WISH_CONFIRMED, DECLINE_NONE, false},
    {"called off", "declined", "cancelled", 2, 1, WISH_DECLINED, DECLINE_CANCELLED,
     false},
    {"another reason", "declined", "rules", 3, 1, WISH_DECLINED, DECLINE_RULES, false},
    {"back to the first answer", "confirmed", "none", 1, 1, WISH_CONFIRMED, DECLINE_NONE,
     false},
    {"no id of a decision", "declined", "unheard", 0, 1, WISH_DECLINED, DECLINE_NONE,
     false},
};

static void test_what_the_centre_says(void **state)
{
    (void)state;
    ask(1);
    for (size_t i = 0; i < ARRAY_LEN(course); i++) {
        const struct course *c = &course[i];
        say_of(1, c->state, c->reason, c->decision);
        int facts = settle();
        struct wish wish = wish_of(1);
        if (facts != c->facts || wish.state != c->is || wish.reason != c->why ||
            wish.waiting != c->waits) {
            fail_msg("%s: %d facts, state %d, reason %d, waiting %d", c->name, facts,
                     wish.state, wish.reason, wish.waiting);
        }
        assert_int_equal(feed_settle(&w), 0);
    }
    world_reopen(&w);
    assert_int_equal(feed_settle(&w), 0);
}

static void test_the_fact_has_the_decision_s_id(void **state)
{
    (void)state;
    char id[UID_TEXT_SIZE];
    ask(1);
    say_of(1, "confirmed", "none", 7);
    assert_int_equal(settle(), 1);
    uid_format(world_uid('z', 7), id);
    assert_int_equal(sql_number(w.state, NULL,
                                "SELECT body ->> 'centre' AND version = 2 AND"
                                " body ->> 'lease' IS NULL AND hex(id) LIKE '7A0007%'"
                                " FROM event WHERE kind = 'wish.confirmed'"),
                     1);
}

/* A copy of this kiosk gave the answer; there is no decision of the centre to name. */
static void test_a_copy_s_answer_has_no_id(void **state)
{
    char wish[UID_TEXT_SIZE];
    (void)state;
    ask(1);
    uid_format(world_uid('W', 1), wish);
    feed_put(&feed, "wish", wish, "{\"state\":\"confirmed\"}");
    assert_int_equal(settle(), 1);
    assert_int_equal(wish_of(1).state, WISH_CONFIRMED);
    feed_put(&feed, "wish", wish, "{\"state\":\"undone\"}");
    assert_int_equal(settle(), 1);
    assert_int_equal(wish_of(1).state, WISH_UNDONE);
    assert_int_equal(feed_settle(&w), 0);
}

/* Taken back at a copy of this kiosk. */
static void test_undone_elsewhere(void **state)
{
    (void)state;
    ask(1);
    ask(2);
    say_of(1, "undone", "none", 1);
    say_of(2, "confirmed", "none", 2);
    assert_int_equal(settle(), 2);
    assert_int_equal(wish_of(1).state, WISH_UNDONE);
    say_of(2, "undone", "none", 3);
    assert_int_equal(settle(), 1);
    assert_int_equal(wish_of(2).state, WISH_UNDONE);
    assert_int_equal(feed_settle(&w), 0);
}

static void test_undone_stays_undone(void **state)
{
    (void)state;
    struct wish wish = ask(1);
    assert_int_equal(
        store_wish_undo(w.store, world_uid('U', 1), wish.id, wish.participant), ERR_OK);
    say_of(1, "confirmed", "none", 1);
    assert_int_equal(settle(), 0);
    say_of(1, "declined", "full", 3);
    assert_int_equal(settle(), 0);
    say_of(1, "waiting", "none", 0);
    say_of(5, "confirmed", "none", 2); /* another kiosk's */
    feed_put(&feed, "wish", "not an id", "{\"state\":\"confirmed\"}");
    feed_put(&feed, "wish", "01", "7");
    assert_int_equal(settle(), 0);
    assert_int_equal(wish_of(1).state, WISH_UNDONE);
}

/* Declined, then asked for anew: the centre comes back to the first one. */
static void test_one_wish_for_an_offer(void **state)
{
    (void)state;
    struct wish second, first = ask(1);
    say_of(1, "declined", "talk", 1);
    assert_int_equal(settle(), 1);
    second = first;
    second.id = world_uid('W', 50);
    assert_int_equal(store_wish(w.store, &second), ERR_OK);
    say_of(1, "confirmed", "none", 2);
    assert_int_equal(settle(), 1);
    assert_int_equal(wish_of(1).state, WISH_CONFIRMED);
    say_of(50, "declined", "full", 3);
    assert_int_equal(settle(), 1);
    second.id = world_uid('W', 51);
    assert_int_equal(store_wish(w.store, &second), ERR_CONFLICT);
}

static void test_many_rows(void **state)
{
    (void)state;
    ask(1);
    for (int i = 0; i < 450; i++) {
        feed_put(&feed, "moon", "x", "{}");
    }
    assert_int_equal(settle(), 0);
    char sql[400];
    snprintf(sql, sizeof sql,
             "WITH n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
             " INSERT INTO feed_row SELECT 'x', i, 1000 + i, '{}', 0 FROM n");
    assert_int_equal(sql_run(w.feed, NULL, sql), 0);
    assert_int_equal(feed_settle(&w), 0);
    assert_int_equal(sql_number(w.state, NULL, "SELECT settled FROM centre"), 1500);
}

/* ---- forgotten ------------------------------------------------------------------------
 */

static bool has_person(int n)
{
    struct participant who;
    return store_person_by_id(w.store, world_uid('P', n), &who) == ERR_OK;
}

static void forget_at_centre(int n)
{
    char id[UID_TEXT_SIZE];
    uid_format(world_uid('P', n), id);
    feed_put(&feed, "forgotten", id, "{}");
}

static int files_with(const char *marker)
{
    int count = 0;
    static const char *const names[] = {"feed.db",  "feed.db-wal",  "feed-broken-1.db",
                                        "state.db", "state.db-wal", "state-broken-1.db"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        static char bytes[1 << 20];
        char path[400];
        snprintf(path, sizeof path, "%s/%s", w.dir, names[i]);
        FILE *file = fopen(path, "rb");
        size_t len = file ? fread(bytes, 1, sizeof bytes, file) : 0;
        assert_true(len < sizeof bytes);
        count += memmem(bytes, len, marker, strlen(marker)) != NULL;
        if (file) {
            fclose(file);
        }
    }
    return count;
}

/* A broken file that was put away; nobody can tell who is in it. */
static void put_away(const char *name, const char *marker)
{
    char path[400];
    snprintf(path, sizeof path, "%s/%s", w.dir, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(marker, file);
    fclose(file);
}

static void test_forgotten_at_the_centre(void **state)
{
    (void)state;
    ask(1);
    ask(2);
    put_away("state-broken-1.db", "Falke 1");
    put_away("feed-broken-1.db", "Falke 1");
    forget_at_centre(1);
    forget_at_centre(9); /* was never here */
    feed_put(&feed, "forgotten", "nobody", "{}");
    assert_int_equal(settle(), 1);
    assert_false(has_person(1));
    assert_true(has_person(2));
    assert_int_equal(feed_settle(&w), 0);
    assert_int_equal(sql_number(w.state, NULL,
                                "SELECT count(*) FROM event WHERE kind = 'person.deleted'"
                                " AND participant IS NULL"),
                     1);
    assert_int_equal(sql_number(w.state, NULL, "SELECT due FROM forgetting"), 0);
    assert_int_equal(sql_number(w.state, NULL,
                                "SELECT count(*) FROM event WHERE body LIKE '%Falke 1%'"),
                     0);
    assert_int_equal(files_with("Falke 1"), 0);
}

/* Somebody of another kiosk, who was here in the feed only. */
static void test_forgotten_in_the_feed(void **state)
{
    (void)state;
    char id[UID_TEXT_SIZE];
    uid_format(world_uid('P', 9), id);
    feed_put(&feed, "person", id, "{\"alias\":\"Seeadler\"}");
    assert_int_equal(settle(), 0);
    put_away("feed-broken-1.db", "Seeadler");
    put_away("state-broken-1.db", "not at the centre"); /* may be saved yet */
    assert_true(files_with("Seeadler") > 1);
    feed_put(&feed, "person", id, "");
    forget_at_centre(9);
    int64_t rewritten = sql_number(w.state, NULL, "PRAGMA schema_version");
    assert_int_equal(settle(), 0);
    assert_int_equal(sql_number(w.state, NULL, "PRAGMA schema_version"), rewritten);
    assert_int_equal(files_with("Seeadler"), 0);
    assert_int_equal(files_with("not at the centre"), 1);
}

/* Deleted here: the centre has to learn who, and nothing takes that away before it did.
 */
static void test_a_deletion_reaches_the_centre(void **state)
{
    (void)state;
    static const char told[] =
        "SELECT count(*) FROM event WHERE kind = 'person.deleted' AND body <> ''";
    struct store_forgotten forgotten;
    ask(1);
    ask(2);
    assert_int_equal(
        store_forget_person(w.store, world_uid('f', 1), world_uid('P', 1), after_staff()),
        ERR_OK);
    assert_int_equal(sql_number(w.state, NULL,
                                "SELECT count(*) FROM event WHERE version = 2"
                                " AND hex(participant) LIKE '500001%'"),
                     1);
    w.time.wall_ms += 400 * (int64_t)86400000;
    assert_int_equal(store_forget(w.store, 0, 30, &forgotten), ERR_OK);
    assert_int_equal(sql_number(w.state, NULL, told), 1);
    int64_t written = sync_log_now(&w).written;
    assert_int_equal(store_forget(w.store, written, 30, &forgotten), ERR_OK);
    assert_int_equal(sql_number(w.state, NULL, told), 0);
    assert_int_equal(
        store_forget_person(w.store, world_uid('f', 1), world_uid('P', 1), after_staff()),
        ERR_OK); /* a retry, long after */
}

/* ---- the key of the centre ------------------------------------------------------------
 */

static void test_seal(void **state)
{
    (void)state;
    static const char *const bodies[] = {"{\"public\":\"00\"}", "{}", "[]",
                                         "{\"public\":7}"};
    char key[80];
    for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
        feed_put(&feed, "seal", "centre", bodies[i]);
        assert_int_equal(settle(), 0);
        assert_int_equal(store_setting_get(w.store, CENTRE_KEY_SETTING, key, sizeof key),
                         ERR_NOT_FOUND);
    }
    feed_put(&feed, "seal", "centre",
             "{\"public\":\"0123456789abcdef0123456789abcdef"
             "0123456789abcdef0123456789abcdef\"}");
    assert_int_equal(settle(), 0);
    assert_int_equal(store_setting_get(w.store, CENTRE_KEY_SETTING, key, sizeof key),
                     ERR_OK);
    assert_int_equal(strlen(key), 64);
}

/* ---- people of other kiosks -----------------------------------------------------------
 */

/* The lookup key of card n as a value of JSON; of none: null. */
static void card_text(int card, char out[64])
{
    uint8_t lookup[STORE_LOOKUP_SIZE];
    strcpy(out, "null");
    world_lookup(lookup, card);
    if (card > 0) {
        out[0] = '"';
        sodium_bin2base64(out + 1, 62, lookup, sizeof lookup,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING);
        strcat(out, "\"");
    }
}

/* Person n of another kiosk, with card `card` (0: none) and a key if `key`. */
static void person_elsewhere(int n, const char *alias, int card, bool key)
{
    char id[UID_TEXT_SIZE], body[1024], lookup[64];
    struct buf b;
    uid_format(world_uid('P', n), id);
    card_text(card, lookup);
    buf_init(&b, body, sizeof body);
    buf_printf(
        &b,
        "{\"participant\":\"%s\",\"alias\":\"%s\",\"band\":\"16-17\",\"band_until\":"
        "\"2027-01-31\",\"full_time_schooling\":true,\"consents\":{\"custodian\":"
        "{\"given\":true,\"until\":null},\"store\":{\"given\":false,\"until\":null}},"
        "\"interests\":[\"F03\",\"F99\",7],\"tried\":[],\"again\":[],\"languages\":5,"
        "\"district\":\"Wedding\",\"staff\":null,\"dev\":\"x\",\"card\":%s,\"key\":",
        id, alias, lookup);
    buf_puts(&b, key ? "\"0123456789abcdef0123456789abcdef"
                       "0123456789abcdef0123456789abcdef\"}"
                     : "null}");
    feed_put(&feed, "person", id, body);
}

static enum err by_card(int card, struct participant *who)
{
    uint8_t lookup[STORE_LOOKUP_SIZE];
    world_lookup(lookup, card);
    return store_person_by_card(w.store, lookup, who);
}

static void test_a_card_of_another_kiosk(void **state)
{
    (void)state;
    struct participant who;
    uint8_t key[STORE_PUBLIC_KEY_SIZE];
    char secret[STORE_HASH_SIZE];
    world_person(&w, 1); /* has the same alias */
    person_elsewhere(2, "Falke 1", 22, true);
    person_elsewhere(3, "Milan", 0, false);
    person_elsewhere(4, "", 44, false); /* not a person */
    feed_pull(&w, &feed, 500);
    assert_int_equal(feed_settle(&w), 0);
    int64_t events = world_events(&w);
    assert_int_equal(by_card(23, &who), ERR_NOT_FOUND);
    assert_int_equal(by_card(44, &who), ERR_NOT_FOUND);
    assert_int_equal(world_events(&w), events); /* nobody is taken over unseen */
    assert_int_equal(by_card(22, &who), ERR_OK);
    assert_int_equal(world_events(&w), events + 2); /* the person and the key */
    assert_int_equal(by_card(22, &who), ERR_OK);
    assert_int_equal(world_events(&w), events + 2);
    assert_true(uid_eq(who.id, world_uid('P', 2)));
    assert_string_equal(who.alias, "Falke 1");
    assert_int_equal(who.band, AGE_16_17);
    assert_int_equal(who.interests, 1u << 3);
    assert_true(who.consents[CONSENT_CUSTODIAN].given);
    assert_int_equal(store_person_key_get(w.store, who.id, key), ERR_OK);
    assert_int_equal(key[1], 0x23);
    /* By the alias it is the one who has pictures here. */
    assert_int_equal(store_person_by_alias(w.store, STR("falke 1"), &who, secret),
                     ERR_OK);
    assert_true(uid_eq(who.id, world_uid('P', 1)));
    struct wish wish = world_wish(7, &(struct participant){.id = world_uid('P', 2)}, 1);
    assert_int_equal(store_wish(w.store, &wish), ERR_OK);
}

/* A row of person 2, with a card and these members. */
static void person_with(const char *members)
{
    char id[UID_TEXT_SIZE], body[256], card[64];
    uid_format(world_uid('P', 2), id);
    card_text(22, card);
    snprintf(body, sizeof body, "{\"alias\":\"Falke\",\"band\":\"15\",\"card\":%s%s}",
             card, members);
    feed_put(&feed, "person", id, body);
    feed_pull(&w, &feed, 500);
}

/* What another client does not say means what protects most. */
static void test_a_person_of_few_words(void **state)
{
    (void)state;
    struct participant who;
    person_with("");
    assert_int_equal(by_card(22, &who), ERR_OK);
    assert_true(uid_eq(who.id, world_uid('P', 2)));
    assert_int_equal(who.band, AGE_15);
    assert_int_equal(who.band_until, DATE_NONE);
    assert_true(who.full_time_schooling);
    assert_false(who.consents[CONSENT_CUSTODIAN].given);
    assert_false(who.consents[CONSENT_STORE].given);
}

static void test_a_consent_until_no_day(void **state)
{
    (void)state;
    struct participant who;
    person_with(",\"consents\":{\"custodian\":{\"given\":true,\"until\":\"spring\"},"
                "\"store\":{\"given\":true}}");
    assert_int_equal(by_card(22, &who), ERR_OK);
    assert_false(consent_valid(&who.consents[CONSENT_CUSTODIAN], WORLD_TODAY));
    assert_true(consent_valid(&who.consents[CONSENT_STORE], WORLD_TODAY));
}

/* Enrolled here, lost the card, got a new one at another kiosk. */
static void test_a_new_card_at_another_kiosk(void **state)
{
    (void)state;
    struct participant who;
    struct store_card card = {.id = world_uid('C', 1), .participant = world_uid('P', 1)};
    world_person(&w, 1);
    sync_ack(&w, sync_log_now(&w).written);
    person_elsewhere(1, "Falke 1", 1, false); /* the echo of our own */
    assert_int_equal(settle(), 0);
    assert_int_equal(by_card(1, &who), ERR_OK);
    person_elsewhere(1, "Falke 1", 33, false);
    assert_int_equal(settle(), 1);
    assert_int_equal(by_card(1, &who), ERR_NOT_FOUND);
    assert_int_equal(by_card(33, &who), ERR_OK);
    assert_int_equal(feed_settle(&w), 0);
    person_elsewhere(1, "Falke 1", 1, false); /* the old one was found */
    assert_int_equal(settle(), 1);
    assert_int_equal(by_card(1, &who), ERR_OK);
    assert_int_equal(by_card(33, &who), ERR_NOT_FOUND);
    /* And again one here, which the centre does not know yet. */
    world_lookup(card.card, 34);
    assert_int_equal(store_card_issue(w.store, &card), ERR_OK);
    person_elsewhere(1, "Falke 1b", 33, false);
    assert_int_equal(settle(), 0);
    assert_int_equal(by_card(34, &who), ERR_OK);
    assert_string_equal(who.alias, "Falke 1");
}

static void test_who_was_deleted_here_does_not_come_back(void **state)
{
    (void)state;
    struct participant who;
    world_person(&w, 1);
    assert_int_equal(
        store_forget_person(w.store, world_uid('f', 1), world_uid('P', 1), after_staff()),
        ERR_OK);
    person_elsewhere(1, "Falke 1", 1, false); /* the centre does not know yet */
    feed_pull(&w, &feed, 500);
    assert_int_equal(by_card(1, &who), ERR_NOT_FOUND);
    assert_false(has_person(1));
}

/* ---- keys of cards --------------------------------------------------------------------
 */

static void test_keys_of_cards_reach_the_centre(void **state)
{
    (void)state;
    static const char told[] = "SELECT count(*) FROM event WHERE kind = 'card.key'"
                               " AND length(body ->> 'lookup') = 43";
    struct store_card card = {.id = world_uid('C', 1), .participant = world_uid('P', 1)};
    world_done(&w);
    world_init(&w);
    world_person(&w, 1);
    world_person(&w, 2);
    world_lookup(card.card, 40);
    assert_int_equal(store_card_issue(w.store, &card), ERR_OK);
    assert_int_equal(sql_number(w.state, NULL, told), 0);
    sync_enrol(&w); /* the old card is of no use to anybody */
    assert_int_equal(sql_number(w.state, NULL, told), 2);
    sync_enrol(&w);
    assert_int_equal(sql_number(w.state, NULL, told), 2);
    world_person(&w, 3);
    assert_int_equal(sql_number(w.state, NULL, told), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_the_centre_says, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_copy_s_answer_has_no_id, setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_fact_has_the_decision_s_id, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_undone_elsewhere, setup, teardown),
        cmocka_unit_test_setup_teardown(test_undone_stays_undone, setup, teardown),
        cmocka_unit_test_setup_teardown(test_one_wish_for_an_offer, setup, teardown),
        cmocka_unit_test_setup_teardown(test_many_rows, setup, teardown),
        cmocka_unit_test_setup_teardown(test_forgotten_at_the_centre, setup, teardown),
        cmocka_unit_test_setup_teardown(test_forgotten_in_the_feed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_deletion_reaches_the_centre, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_seal, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_card_of_another_kiosk, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_person_of_few_words, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_consent_until_no_day, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_new_card_at_another_kiosk, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_who_was_deleted_here_does_not_come_back,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_keys_of_cards_reach_the_centre, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
