#include "unit/server/team.h"

static struct team t;

static int setup(void **state)
{
    (void)state;
    team_init(&t, 7);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    team_check(&t, "at the end");
    team_done(&t);
    return 0;
}

static const struct uid nobody;

/* The list as a text that ends in NUL; every line of it is an object. */
static const char *list(enum admin_list which, struct uid centre)
{
    bytes_clear(&t.text);
    assert_int_equal(admin_list(&t.admin, which, centre, &t.text), ERR_OK);
    for (size_t from = 0; from < t.text.len;) {
        const char *line = t.text.data + from;
        const char *end = memchr(line, '\n', t.text.len - from);
        assert_non_null(end);
        assert_true(json_object_valid((struct str){line, (size_t)(end - line)}));
        from += (size_t)(end - line) + 1;
    }
    bytes_put(&t.text, "", 1);
    return t.text.data;
}

static int lines(const char *text)
{
    int n = 0;
    for (; *text; text++) {
        n += *text == '\n';
    }
    return n;
}

/* ---- setting up ------------------------------------------------------------------ */

static void test_keys_are_made_once(void **state)
{
    (void)state;
    int64_t before = hall_number(&t.hall, "SELECT count(*) FROM audit");
    assert_int_equal(admin_init(&t.admin), ERR_OK);
    assert_int_equal(hall_number(&t.hall, "SELECT count(*) FROM server"), 1);
    assert_int_equal(hall_number(&t.hall, "SELECT generation FROM server"), 1);
    assert_int_equal(hall_number(&t.hall, "SELECT count(*) FROM server WHERE seed <>"
                                          " parcel_secret AND length(token_key) = 32"),
                     1);
    assert_int_equal(hall_number(&t.hall, "SELECT count(*) FROM audit"), before);
}

static void test_names_are_for_people(void **state)
{
    static const struct {
        const char *name, *text;
        enum err err;
    } rows[] = {
        {"empty", "", ERR_INVALID},
        {"blanks", "  ", ERR_INVALID},
        {"a control character", "Ha\nus", ERR_INVALID},
        {"cut UTF-8", "Haus \xc3", ERR_INVALID},
        {"longer than a line",
         "Ein Haus mit einem Namen der laenger ist als alles was auf ein "
         "Schild passt",
         ERR_INVALID},
        {"umlauts and quotes", "Jugendhaus \"Größe\"", ERR_OK},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct uid id;
        print_message("%s\n", rows[i].name);
        assert_int_equal(
            admin_centre_add(&t.admin, t.organisation, str_of(rows[i].text), &id),
            rows[i].err);
        assert_int_equal(admin_organisation_add(&t.admin, str_of(rows[i].text), &id),
                         rows[i].err);
    }
    assert_int_equal(lines(list(LIST_CENTRES, nobody)), 2);
    assert_int_equal(lines(list(LIST_CENTRES, t.centre)), 1);
    assert_int_equal(lines(list(LIST_ORGANISATIONS, nobody)), 2);
    assert_int_equal(lines(list(LIST_ORGANISATIONS, t.centre)), 1);
}

static void test_what_is_not_there_is_not_found(void **state)
{
    (void)state;
    struct uid id, other = team_uid('X', 1);
    struct enrol_code code;
    struct decision decision = {other, nobody, true, "none"};
    enum decide_answer answer;
    struct import_counts counts;
    int done;
    assert_int_equal(admin_centre_add(&t.admin, other, STR("Haus"), &id), ERR_NOT_FOUND);
    assert_int_equal(admin_staff_add(&t.admin, other, STR("Mila"), &id), ERR_NOT_FOUND);
    assert_int_equal(admin_code_make(&t.admin, other, &code), ERR_NOT_FOUND);
    assert_int_equal(admin_decide(&t.admin, other, &decision, &answer, &t.why),
                     ERR_NOT_FOUND);
    assert_int_equal(admin_offers_import(&t.admin, other, STR("[]"), &counts, &t.why),
                     ERR_NOT_FOUND);
    assert_int_equal(admin_unpark(&t.admin, other, &done), ERR_NOT_FOUND);
    assert_int_equal(admin_lease_recall(&t.admin, t.centre, other), ERR_NOT_FOUND);
    assert_int_equal(admin_lease_revoke(&t.admin, t.centre, other), ERR_NOT_FOUND);
    assert_int_equal(admin_task_done(&t.admin, t.centre, other), ERR_NOT_FOUND);
    assert_int_equal(admin_person_forget(&t.admin, t.centre, nobody), ERR_INVALID);
}

static void test_the_seal_key_reaches_kiosks(void **state)
{
    static const char hex[] =
        "00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff";
    (void)state;
    assert_int_equal(admin_centre_seal(&t.admin, t.centre, STR("0011")), ERR_INVALID);
    assert_int_equal(admin_centre_seal(&t.admin, t.centre, str_of(hex)), ERR_OK);
    assert_string_equal(
        team_row(&t, "seal", "centre"),
        "{\"public\":\"00112233445566778899aabbccddeeff00112233445566778899aabb"
        "ccddeeff\"}");
    assert_non_null(strstr(list(LIST_CENTRES, t.centre), "\"seal\":true"));
}

static void test_a_code_is_kept_as_what_proves_it(void **state)
{
    (void)state;
    struct enrol_code code, other;
    uint8_t lookup[ENROL_LOOKUP_SIZE], secret[ENROL_MAC_SIZE];
    assert_int_equal(admin_code_make(&t.admin, t.centre, &code), ERR_OK);
    assert_int_equal(admin_code_make(&t.admin, t.centre, &other), ERR_OK);
    assert_memory_not_equal(code.b, other.b, sizeof code.b);
    enrol_lookup(&code, lookup);
    enrol_secret(&code, secret);
    struct ask ask =
        ask_on(t.hall.storage, "SELECT expires_ms FROM code"
                               " WHERE lookup = :lookup AND secret = :secret");
    ask_blob(&ask, ":lookup", lookup, sizeof lookup);
    ask_blob(&ask, ":secret", secret, sizeof secret);
    assert_true(ask_row(&ask));
    assert_int_equal(ask_get_int(&ask, 0), TEAM_NOW_MS + 24 * 3600 * 1000);
    assert_int_equal(ask_done(&ask), ERR_OK);
    fake_clock_advance(&t.time, INT64_C(49) * 3600 * 1000);
    assert_int_equal(admin_code_make(&t.admin, t.centre, &code), ERR_OK);
    assert_int_equal(hall_number(&t.hall, "SELECT count(*) FROM code"),
                     1); /* old ones go */
}

static void test_the_audit_has_no_names(void **state)
{
    (void)state;
    assert_int_equal(
        hall_number(&t.hall, "SELECT count(*) FROM audit WHERE who = 'test'"), 4);
    assert_int_equal(hall_number(&t.hall,
                                 "SELECT count(*) FROM audit WHERE about LIKE '%Mila%'"
                                 " OR about LIKE '%Haus%'"),
                     0);
}

/* ---- offers ---------------------------------------------------------------------- */

static void test_an_offer_is_read_as_it_was_written(void **state)
{
    (void)state;
    struct offer offer = team_offer_of("A1", 5), got;
    strcpy(offer.title, "\"Größe\" \\ 5");
    offer.taken = 2;
    offer.at_once = offer.adult_present = offer.work.paced = true;
    offer.work.load_g = 7050;
    offer.work.end = MINUTES_PER_DAY;
    offer.work.break_minutes = 30;
    offer.walk_minutes = 12;
    offer_put_json(&t.text, &offer);
    assert_int_equal(offer_from_json(bytes_str(&t.text), &got), ERR_OK);
    assert_memory_equal(&got, &offer, sizeof got);
    assert_int_equal(offer_from_json(STR("{}"), &got), ERR_CORRUPT);
}

static void test_an_import_counts_what_it_did(void **state)
{
    (void)state;
    struct import_counts counts;
    struct offer offer = team_offer_of("A1", 3);
    for (int i = 0; i < 3; i++) {
        bytes_clear(&t.text);
        bytes_puts(&t.text, "[");
        offer.places = i == 2 ? 4 : 3;
        offer_put_json(&t.text, &offer);
        bytes_puts(&t.text, "]");
        assert_int_equal(
            admin_offers_import(&t.admin, t.centre, bytes_str(&t.text), &counts, &t.why),
            ERR_OK);
        assert_int_equal(counts.added, i == 0);
        assert_int_equal(counts.same, i == 1);
        assert_int_equal(counts.changed, i == 2);
    }
    assert_int_equal(admin_offers_import(&t.admin, t.centre, STR("[]"), &counts, &t.why),
                     ERR_OK);
    assert_true(team_row_says(&t, "offer", "A1", "\"places\":4")); /* stays */
}

static void test_a_faulty_file_changes_nothing(void **state)
{
    (void)state;
    struct import_counts counts;
    assert_int_equal(admin_offers_import(&t.admin, t.centre, STR("[{\n\"code\":\"a\"}]"),
                                         &counts, &t.why),
                     ERR_INVALID);
    assert_non_null(strstr(t.why_memory, "line 2: field 'code'"));
    team_kiosk(&t, 0);
    team_offer(&t, "A1", 4);
    struct offer fewer = team_offer_of("A1", 2), fresh = team_offer_of("A0", 2);
    bytes_clear(&t.text);
    bytes_puts(&t.text, "[");
    offer_put_json(&t.text, &fresh);
    bytes_puts(&t.text, ",");
    offer_put_json(&t.text, &fewer);
    bytes_puts(&t.text, "]");
    buf_clear(&t.why);
    assert_int_equal(
        admin_offers_import(&t.admin, t.centre, bytes_str(&t.text), &counts, &t.why),
        ERR_INVALID);
    assert_string_equal(t.why_memory,
                        "offer A1: 3 places are promised, the file gives 2");
    assert_string_equal(team_row(&t, "offer", "A0"), "");
    assert_true(team_row_says(&t, "offer", "A1", "\"places\":4"));
}

static void test_no_more_offers_than_a_kiosk_shows(void **state)
{
    (void)state;
    struct import_counts counts;
    char code[OFFER_CODE_SIZE];
    bytes_clear(&t.text);
    for (int i = 0; i < OFFERS_MAX; i++) {
        snprintf(code, sizeof code, "N%d", i);
        struct offer offer = team_offer_of(code, 1);
        bytes_puts(&t.text, i == 0 ? "[" : ",");
        offer_put_json(&t.text, &offer);
    }
    bytes_puts(&t.text, "]");
    assert_int_equal(
        admin_offers_import(&t.admin, t.centre, bytes_str(&t.text), &counts, &t.why),
        ERR_OK);
    assert_int_equal(counts.added, OFFERS_MAX);
    struct offer one_more = team_offer_of("M1", 1);
    assert_int_equal(team_import(&t, &one_more), ERR_FULL);
    assert_string_equal(t.why_memory, "the centre would have more than 512 offers");
    assert_string_equal(team_row(&t, "offer", "M1"), "");
}

static void test_an_offer_not_understood_holds_nobody_up(void **state)
{
    (void)state;
    team_kiosk(&t, 0);
    team_offer(&t, "A1", 2);
    assert_int_equal(hall_run(&t.hall, "UPDATE offer SET body = '{\"code\":\"A1\"}'"),
                     ERR_OK);
    team_person(&t, 0, 1, "16-17");
    team_wish(&t, 0, 1, 1, "A1");
    assert_int_equal(hall_run(&t.hall, "UPDATE wish SET body = '{}'"), ERR_OK);
    team_confirm(&t, 0, 1, 1, team_lease(&t, 0, "A1", NULL));
    team_expect(&t, 1, "confirmed");
    assert_int_equal(team_open_tasks(&t, TASK_RULES_UNKNOWN), 1);
}

static void test_places_taken_elsewhere_are_not_given(void **state)
{
    (void)state;
    struct offer offer = team_offer_of("A1", 3);
    offer.taken = 2;
    assert_int_equal(team_import(&t, &offer), ERR_OK);
    team_kiosk(&t, 0);
    int64_t left;
    struct uid lease = team_lease(&t, 0, "A1", &left);
    assert_int_equal(left, 1);
    team_person(&t, 0, 1, "16-17");
    team_wish(&t, 0, 1, 1, "A1");
    team_confirm(&t, 0, 1, 1, lease);
    assert_true(team_row_says(&t, "offer", "A1", "\"places\":3,\"taken\":3"));
}

/* ---- lists ----------------------------------------------------------------------- */

static void test_lists_say_what_there_is(void **state)
{
    (void)state;
    team_kiosk(&t, 0);
    team_offer(&t, "A1", 1);
    team_person(&t, 0, 1, "16-17");
    team_wish(&t, 0, 1, 1, "A1");
    team_confirm(&t, 0, 1, 1, team_lease(&t, 0, "A1", NULL));
    team_wish(&t, 0, 2, 2, "A1");
    team_wish(&t, 0, 3, 1, "A1");
    const char *wishes = list(LIST_WISHES, t.centre);
    assert_int_equal(lines(wishes), 3);
    assert_non_null(strstr(wishes, "\"ord\":1,\"code\":\"A1\""));
    assert_non_null(
        strstr(wishes, "\"alias\":\"Falke 1\",\"waiting\":null,\"leased\":true"));
    assert_non_null(strstr(wishes, "\"alias\":null,\"waiting\":1"));
    assert_non_null(strstr(wishes, "\"waiting\":2"));
    assert_non_null(strstr(list(LIST_OFFERS, t.centre),
                           "\"places\":1,\"confirmed\":1,\"leased\":0,\"queued\":2"));
    assert_non_null(strstr(list(LIST_KIOSKS, t.centre), "\"state\":\"enrolled\""));
    assert_non_null(
        strstr(list(LIST_LEASES, t.centre), "\"used\":1,\"state\":\"returned\""));
    assert_non_null(strstr(list(LIST_STAFF, t.centre), "\"alias\":\"Mila\""));
    assert_int_equal(lines(list(LIST_WISHES, team_uid('X', 1))), 0);
    for (int i = 0; i < LIST_COUNT; i++) {
        (void)list((enum admin_list)i, nobody);
        assert_non_null(admin_list_name((enum admin_list)i));
    }
}

static void test_a_task_is_done(void **state)
{
    (void)state;
    struct uid task = {{0}};
    team_kiosk(&t, 0);
    assert_int_equal(team_event(&t, 0, nobody, "talk.asked", 1, "{\"participant\":null}"),
                     VERDICT_OK);
    struct ask ask = ask_on(t.hall.storage, "SELECT id FROM task");
    assert_true(ask_row(&ask));
    task = ask_get_uid(&ask, 0);
    assert_int_equal(ask_done(&ask), ERR_OK);
    assert_int_equal(admin_task_done(&t.admin, t.centre, task), ERR_OK);
    assert_int_equal(admin_task_done(&t.admin, t.centre, task), ERR_OK);
    assert_int_equal(team_open_tasks(&t, TASK_TALK), 0);
}

/* ---- parked ---------------------------------------------------------------------- */

static void park(int kiosk, const char *why)
{
    team_store(&t, kiosk, nobody);
    assert_int_equal(storage_begin(t.hall.storage), ERR_OK);
    struct ask ask =
        ask_on(t.hall.storage, "INSERT INTO parked (centre, dev, epoch, seq, why)"
                               " VALUES (:centre, :dev, :epoch, :seq, :why)");
    ask_uid(&ask, ":centre", &t.centre);
    ask_uid(&ask, ":dev", &t.devs[kiosk]);
    ask_int(&ask, ":epoch", t.epochs[kiosk]);
    ask_int(&ask, ":seq", t.seq);
    ask_text(&ask, ":why", str_of(why));
    assert_int_equal(storage_end(t.hall.storage, ask_run(&ask)), ERR_OK);
}

static void test_what_was_parked_is_tried_again_in_order(void **state)
{
    (void)state;
    int done = 0;
    team_kiosk(&t, 0);
    /* As an older server left them: it knew neither of wishes nor of what came of them.
     */
    team_wish(&t, 0, 1, 1, "A1");
    park(0, "kind");
    assert_int_equal(hall_run(&t.hall, "DELETE FROM wish"), ERR_OK);
    assert_int_equal(team_about(&t, 0, 1, 1, "wish.undone", 1, ""), VERDICT_BODY);
    park(0, "body");
    assert_int_equal(team_event(&t, 0, nobody, "kiosk.sings", 1, "{}"), VERDICT_KIND);
    park(0, "line");
    team_person(&t, 0, 9, "15");
    park(0, "kind");
    assert_int_equal(hall_run(&t.hall, "UPDATE event SET line = '' WHERE seq = 4"),
                     ERR_OK);
    assert_int_equal(lines(list(LIST_PARKED, t.centre)), 4);
    assert_int_equal(admin_unpark(&t.admin, t.centre, &done), ERR_OK);
    assert_int_equal(done, 3);
    team_expect(&t, 1, "undone");
    assert_non_null(strstr(list(LIST_PARKED, t.centre), "\"why\":\"kind\""));
    char id[80];
    snprintf(id, sizeof id, "%s.1.3", team_text(t.devs[0]));
    assert_string_equal(team_row(&t, "verdict", id), "{\"why\":\"kind\"}");
    assert_int_equal(admin_unpark(&t.admin, t.centre, &done), ERR_OK);
    assert_int_equal(done, 0);
}

/* A line may be any bytes; that one says nothing to anybody holds up no other. */
static void test_garbage_holds_up_nothing_that_was_parked(void **state)
{
    (void)state;
    int done = 0;
    team_kiosk(&t, 0);
    assert_int_equal(team_event(&t, 0, nobody, "kiosk.sings", 1, "{}"), VERDICT_KIND);
    park(0, "line");
    assert_int_equal(hall_run(&t.hall, "UPDATE event SET line = CAST(x'7B007D' AS TEXT)"),
                     ERR_OK);
    team_person(&t, 0, 9, "15");
    park(0, "kind");
    assert_int_equal(admin_unpark_all(&t.admin, &done), ERR_OK);
    assert_int_equal(done, 1);
    assert_int_equal(admin_unpark_all(&t.admin, &done), ERR_OK);
    assert_int_equal(done, 0);
    assert_int_equal(lines(list(LIST_PARKED, t.centre)), 1);
}

/* ---- a backup put back ----------------------------------------------------------- */

static void test_what_was_taken_stays_taken_after_a_restore(void **state)
{
    (void)state;
    struct hall before = t.hall;
    char backup[112];
    team_kiosk(&t, 0);
    team_kiosk(&t, 1);
    team_person(&t, 0, 1, "15");
    team_person(&t, 0, 2, "15");
    snprintf(backup, sizeof backup, "%s.old", t.hall.path);
    assert_int_equal(storage_backup(t.hall.storage, backup, &t.why), ERR_OK);
    /* Since then: */
    assert_int_equal(admin_device_revoke(&t.admin, t.centre, t.devs[0]), ERR_OK);
    assert_int_equal(admin_person_forget(&t.admin, t.centre, team_uid('P', 1)), ERR_OK);
    assert_int_equal(admin_person_forget(&t.admin, t.centre, team_uid('P', 9)), ERR_OK);
    struct uid other;
    assert_int_equal(admin_centre_add(&t.admin, t.organisation, STR("Neu"), &other),
                     ERR_OK);
    assert_int_equal(admin_person_forget(&t.admin, other, team_uid('P', 3)), ERR_OK);

    hall_make(&t.hall);
    assert_int_equal(rename(backup, t.hall.path), 0);
    hall_open(&t.hall);
    t.admin.storage = t.hall.storage;
    assert_non_null(strstr(team_row(&t, "person", team_text(team_uid('P', 1))), "Falke"));
    for (int i = 0; i < 2; i++) { /* harmless to repeat */
        assert_int_equal(admin_carry(&t.admin, before.storage), ERR_OK);
        assert_string_equal(team_row(&t, "person", team_text(team_uid('P', 1))), "");
        assert_string_equal(team_row(&t, "forgotten", team_text(team_uid('P', 1))), "{}");
        assert_string_equal(team_row(&t, "forgotten", team_text(team_uid('P', 9))), "{}");
        assert_non_null(
            strstr(team_row(&t, "person", team_text(team_uid('P', 2))), "Falke"));
        assert_int_equal(
            hall_number(&t.hall, "SELECT count(*) FROM device WHERE state = 'revoked'"),
            1);
    }
    hall_done(&before);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_keys_are_made_once),
        TEST(test_names_are_for_people),
        TEST(test_what_is_not_there_is_not_found),
        TEST(test_the_seal_key_reaches_kiosks),
        TEST(test_a_code_is_kept_as_what_proves_it),
        TEST(test_the_audit_has_no_names),
        TEST(test_an_offer_is_read_as_it_was_written),
        TEST(test_an_import_counts_what_it_did),
        TEST(test_a_faulty_file_changes_nothing),
        TEST(test_no_more_offers_than_a_kiosk_shows),
        TEST(test_an_offer_not_understood_holds_nobody_up),
        TEST(test_places_taken_elsewhere_are_not_given),
        TEST(test_lists_say_what_there_is),
        TEST(test_a_task_is_done),
        TEST(test_what_was_parked_is_tried_again_in_order),
        TEST(test_garbage_holds_up_nothing_that_was_parked),
        TEST(test_what_was_taken_stays_taken_after_a_restore),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
