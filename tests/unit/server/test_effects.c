#include "unit/server/team.h"

#include "server/asks.h"
#include "server/law.h"
#include "server/tidy.h"

static struct team t;

static int setup(void **state)
{
    (void)state;
    team_init(&t, 5);
    team_kiosk(&t, 0);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    team_check(&t, "at the end");
    team_done(&t);
    return 0;
}

static enum verdict event(const char *kind, int version, const char *body)
{
    return team_event(&t, 0, uid_make(&t.rng), kind, version, body);
}

/* ---- what is understood ---------------------------------------------------------- */

static void test_verdicts(void **state)
{
    static const struct {
        const char *name, *kind;
        int version;
        const char *body;
        enum verdict verdict;
    } rows[] = {
        {"stored only", "job.in", 1, "{}", VERDICT_OK},
        {"a kind of tomorrow", "kiosk.sings", 1, "{}", VERDICT_KIND},
        {"a version of tomorrow", "job.in", 2, "{}", VERDICT_VERSION},
        {"version 0", "job.in", 0, "{}", VERDICT_VERSION},
        {"the version after the last", "wish.confirmed", 3, "{}", VERDICT_VERSION},
        {"nobody enrolled", "participant.enrolled", 1, "{}", VERDICT_BODY},
        {"a number for somebody", "participant.enrolled", 1, "{\"participant\":7}",
         VERDICT_BODY},
        {"nil for somebody", "participant.enrolled", 1,
         "{\"participant\":\"00000000000000000000000000\",\"alias\":\"A\",\"band\":"
         "\"15\"}",
         VERDICT_BODY},
        {"a wish without work", "wish.made", 1, "{}", VERDICT_BODY},
        {"a wish nobody made", "wish.undone", 1,
         "{\"wish\":\"2G000008200000000000000000\",\"participant\":"
         "\"2G000008200000000000000000\"}",
         VERDICT_BODY},
        {"a confirmed wish nobody made", "wish.confirmed", 2,
         "{\"wish\":\"2G000008200000000000000000\",\"participant\":"
         "\"2G000008200000000000000000\"}",
         VERDICT_BODY},
        {"an echo of a wish nobody made", "wish.confirmed", 2, "{\"centre\":true}",
         VERDICT_OK},
        {"an echo that is no truth", "wish.confirmed", 2, "{\"centre\":1}", VERDICT_BODY},
        {"a no without a reason", "wish.declined", 1, "{}", VERDICT_BODY},
        {"a lease nobody knows", "lease.returned", 1,
         "{\"lease\":\"2G000008200000000000000000\",\"used\":0}", VERDICT_OK},
        {"a lease used less than never", "lease.returned", 1,
         "{\"lease\":\"2G000008200000000000000000\",\"used\":-1}", VERDICT_BODY},
        {"a key of nobody", "person.key", 1, "{\"public\":\"00\"}", VERDICT_BODY},
        {"a card's key that is too short", "card.key", 1,
         "{\"participant\":\"2G000008200000000000000000\",\"lookup\":\"AAAA\"}",
         VERDICT_BODY},
        {"somebody deleted before there was a centre", "person.deleted", 1, "{}",
         VERDICT_OK},
        {"somebody the centre told of", "person.deleted", 2, "{\"participant\":null}",
         VERDICT_OK},
        {"a number deleted", "person.deleted", 2, "{\"participant\":7}", VERDICT_BODY},
        {"unfit without a code", "offer.unfit", 1, "{\"participant\":null}",
         VERDICT_BODY},
        {"a code that is too long", "offer.unfit", 1,
         "{\"participant\":null,\"code\":\"ABCDEFGHIJKLMNOP\"}", VERDICT_BODY},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        print_message("%s\n", rows[i].name);
        assert_int_equal(event(rows[i].kind, rows[i].version, rows[i].body),
                         rows[i].verdict);
    }
    assert_int_equal(team_number(&t, "SELECT count(*) FROM wish WHERE :text = ''", ""),
                     0);
    assert_int_equal(team_number(&t, "SELECT count(*) FROM task WHERE :text = ''", ""),
                     0);
}

static void test_lines_that_are_no_events(void **state)
{
    (void)state;
    struct scene scene = team_scene(&t, 0);
    struct wire_line line = {.what = WIRE_GONE};
    enum verdict verdict = VERDICT_KIND;
    assert_int_equal(effects_apply(&scene, &line, &verdict), ERR_OK);
    assert_int_equal(verdict, VERDICT_OK);
    line.what = WIRE_UNREADABLE;
    assert_int_equal(effects_apply(&scene, &line, &verdict), ERR_OK);
    assert_int_equal(verdict, VERDICT_LINE);
    assert_true(uid_is_nil(effects_participant(&line)));
}

#define WORK                                                                             \
    "{\"date\":\"2026-11-27\",\"start\":\"16:00\",\"end\":\"18:00\","                    \
    "\"site_kind\":\"nonprofit\",\"work_kind\":\"garden\""

static void test_what_is_usual_of_work_need_not_be_said(void **state)
{
    static const char *const same[] = {
        WORK "}",
        WORK ",\"break_minutes\":0,\"load_g\":0,\"dangerous\":false,\"paced\":false,"
             "\"alcohol_tobacco\":false}",
        WORK ",\"break_minutes\":null,\"load_g\":null,\"dangerous\":null}",
    };
    struct offer_work work;
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(same); i++) {
        memset(&work, 0xff, sizeof work);
        assert_true(law_work_read(str_of(same[i]), &work));
        assert_int_equal(work.end, 18 * 60);
        assert_int_equal(work.break_minutes, 0);
        assert_int_equal(work.load_g, 0);
        assert_false(work.dangerous || work.paced || work.alcohol_tobacco);
    }
    assert_true(
        law_work_read(STR(WORK ",\"load_g\":7,\"break_minutes\":30,\"paced\":true,"
                               "\"dangerous\":true,\"alcohol_tobacco\":true}"),
                      &work));
    assert_int_equal(work.break_minutes, 30);
    assert_int_equal(work.load_g, 7);
    assert_true(work.dangerous && work.paced && work.alcohol_tobacco);
}

static void test_what_is_said_of_work_is_understood_or_refused(void **state)
{
    static const char *const strange[] = {
        WORK ",\"load_g\":\"7\"}",       WORK ",\"load_g\":-1}",
        WORK ",\"load_g\":1000001}",     WORK ",\"break_minutes\":1441}",
        WORK ",\"break_minutes\":true}", WORK ",\"paced\":1}",
        WORK ",\"dangerous\":\"true\"}", WORK ",\"alcohol_tobacco\":{}}",
    };
    struct offer_work work;
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(strange); i++) {
        print_message("%s\n", strange[i]);
        assert_false(law_work_read(str_of(strange[i]), &work));
    }
}

static void test_every_broken_wish_is_parked_whole(void **state)
{
    static const char *const parts[] = {
        "participant", "code", "date", "start", "end", "site_kind", "work_kind",
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        char quoted[40];
        assert_int_equal(team_wish_at(&t, 0, 1, 1, "A1", "16:00", "17:00"), VERDICT_OK);
        assert_int_equal(hall_run(&t.hall, "DELETE FROM wish"), ERR_OK);
        /* The same line with one letter of the name changed. */
        snprintf(quoted, sizeof quoted, "\"%s\":", parts[i]);
        char *at = memmem(t.text.data, t.text.len, quoted, strlen(quoted));
        assert_non_null(at);
        at[1] = 'X';
        print_message("without %s\n", parts[i]);
        assert_int_equal(team_apply(&t, 0), VERDICT_BODY);
        team_expect(&t, 1, "");
    }
    assert_int_equal(team_wish_at(&t, 0, 1, 1, "a1", "16:00", "17:00"), VERDICT_BODY);
    assert_int_equal(team_wish_at(&t, 0, 1, 1, "A1", "17:00", "17:00"), VERDICT_BODY);
}

static void test_a_wish_is_its_persons(void **state)
{
    (void)state;
    team_person(&t, 0, 1, "16-17");
    team_person(&t, 0, 2, "16-17");
    team_wish(&t, 0, 1, 1, "A1");
    assert_int_equal(team_about(&t, 0, 1, 2, "wish.undone", 1, ""), VERDICT_BODY);
    team_expect(&t, 1, "asked");
    team_wish(&t, 0, 1, 2, "A1"); /* the same id again is the same wish */
    assert_int_equal(team_about(&t, 0, 1, 1, "wish.undone", 1, ""), VERDICT_OK);
    assert_int_equal(team_about(&t, 0, 1, 1, "wish.undone", 1, ""), VERDICT_OK);
    team_expect(&t, 1, "undone");
}

/* ---- people ---------------------------------------------------------------------- */

static const char *person_row(int n)
{
    return team_row(&t, "person", team_text(team_uid('P', n)));
}

static enum verdict about_person(const char *kind, int n, const char *more)
{
    char body[300];
    snprintf(body, sizeof body, "{\"participant\":\"%s\"%s}", team_text(team_uid('P', n)),
             more);
    return event(kind, 1, body);
}

static void test_a_person_becomes_known_to_all_kiosks(void **state)
{
    static const char key[] =
        "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    char more[200], own[100];
    (void)state;
    team_person(&t, 0, 1, "15");
    assert_true(json_object_valid(str_of(person_row(1))));
    snprintf(own, sizeof own, "\"dev\":\"%s\",\"card\":null,\"key\":null}",
             team_text(t.devs[0]));
    assert_non_null(strstr(person_row(1), own));
    assert_non_null(strstr(person_row(1), "\"band\":\"15\""));
    snprintf(more, sizeof more, ",\"public\":\"%s\"", key);
    assert_int_equal(about_person("person.key", 1, more), VERDICT_OK);
    assert_non_null(strstr(person_row(1), key));
    snprintf(more, sizeof more, ",\"card\":\"%s\",\"lookup\":\"%s\"",
             team_text(team_uid('C', 1)), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
    assert_int_equal(about_person("card.key", 1, more), VERDICT_OK);
    assert_non_null(strstr(person_row(1), "\"card\":\"AAECAwQFBgcICQoLDA0ODxAR"));
    assert_int_equal(about_person("card.issued", 1, ",\"staff\":null"), VERDICT_OK);
    assert_non_null(strstr(person_row(1), "\"card\":null"));
    assert_non_null(strstr(person_row(1), key));
    assert_true(json_object_valid(str_of(person_row(1))));
}

static void test_who_is_adopted_stays_who_they_are(void **state)
{
    (void)state;
    team_person(&t, 0, 1, "15");
    char was[1000];
    snprintf(was, sizeof was, "%s", person_row(1));
    assert_int_equal(
        about_person("participant.adopted", 1, ",\"alias\":\"Adler\",\"band\":\"18+\""),
        VERDICT_OK);
    assert_string_equal(person_row(1), was);
    assert_int_equal(
        about_person("participant.adopted", 2, ",\"alias\":\"Adler\",\"band\":\"18+\""),
        VERDICT_OK);
    assert_non_null(strstr(person_row(2), "\"Adler\""));
}

static void test_no_member_stands_twice_in_a_row(void **state)
{
    (void)state;
    assert_int_equal(about_person("participant.enrolled", 1,
                                  ",\"alias\":\"Adler\",\"band\":\"15\",\"dev\":\"x\","
                                  "\"card\":1,\"key\":{\"a\":2},\"new\":[1,2]"),
                     VERDICT_OK);
    assert_true(json_object_valid(str_of(person_row(1))));
    assert_non_null(strstr(person_row(1), "\"new\":[1,2]"));
}

static void test_who_is_not_known_is_parked(void **state)
{
    (void)state;
    assert_int_equal(about_person("card.issued", 1, ",\"staff\":null"), VERDICT_BODY);
    team_person(&t, 0, 1, "15");
    assert_int_equal(about_person("card.issued", 1, ",\"staff\":null"), VERDICT_OK);
}

static int files_with(const char *marker)
{
    static const char *const names[] = {"centre.db", "centre.db-wal"};
    int count = 0;
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        static char bytes[1 << 21];
        char path[96];
        snprintf(path, sizeof path, "%s/%s", t.hall.dir, names[i]);
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

/* Neither in the write-ahead log, which on a quiet day nobody writes over. */
static void test_no_file_holds_who_is_forgotten(void **state)
{
    (void)state;
    team_offer(&t, "A1", 1);
    team_person(&t, 0, 7, "16-17");
    team_store(&t, 0, team_uid('P', 7));
    team_wish(&t, 0, 1, 7, "A1");
    assert_int_equal(admin_person_forget(&t.admin, t.centre, team_uid('P', 7)), ERR_OK);
    assert_true(files_with("Falke 7") > 0);
    assert_int_equal(tidy_feeds(t.hall.storage), ERR_OK);
    assert_int_equal(files_with("Falke 7"), 0);
}

static void test_nothing_is_left_of_who_is_forgotten(void **state)
{
    (void)state;
    struct uid who = team_uid('P', 1);
    team_offer(&t, "A1", 1);
    struct uid lease = team_lease(&t, 0, "A1", NULL);
    team_person(&t, 0, 1, "16-17");
    team_store(&t, 0, who);
    team_person(&t, 0, 2, "16-17");
    team_wish(&t, 0, 1, 1, "A1");
    team_store(&t, 0, who);
    team_confirm(&t, 0, 1, 1, lease);
    team_wish(&t, 0, 2, 2, "A1");
    assert_int_equal(about_person("talk.asked", 1, ""), VERDICT_OK);
    assert_int_equal(
        about_person("offer.unfit", 1, ",\"code\":\"A1\",\"reason\":\"time\""),
        VERDICT_OK);
    for (int i = 0; i < 2; i++) { /* harmless to repeat */
        assert_int_equal(admin_person_forget(&t.admin, t.centre, who), ERR_OK);
        team_expect(&t, 1, "");
        assert_string_equal(person_row(1), "");
        assert_string_equal(team_row(&t, "wish", team_text(team_uid('W', 1))), "");
        assert_string_equal(team_row(&t, "forgotten", team_text(who)), "{}");
    }
    team_expect(&t, 2, "asked"); /* the place came free */
    assert_int_equal(team_open_tasks(&t, TASK_TALK), 0);
    assert_int_equal(
        team_number(&t, "SELECT count(*) FROM event WHERE line <> :text", ""), 0);
    assert_int_equal(team_number(&t, "SELECT count(*) FROM unfit WHERE :text = ''", ""),
                     1);
    assert_int_equal(
        team_number(&t, "SELECT count(*) FROM unfit WHERE hex(who) LIKE :text", "50%"),
        0);
    /* A kiosk that did not hear of it yet. */
    team_line(&t, uid_make(&t.rng), "participant.enrolled", 1,
              "{\"participant\":\"00000000000000000000000000\"}");
    team_person(&t, 0, 1, "16-17");
    team_store(&t, 0, who);
    assert_int_equal(team_apply(&t, 0), VERDICT_OK);
    assert_string_equal(person_row(1), "");
    assert_int_equal(
        team_number(&t, "SELECT count(*) FROM event WHERE line <> :text", ""), 0);
}

static void test_a_kiosk_forgets_somebody(void **state)
{
    (void)state;
    char body[120];
    team_person(&t, 0, 1, "16-17");
    snprintf(body, sizeof body, "{\"participant\":\"%s\",\"staff\":null}",
             team_text(team_uid('P', 1)));
    team_line(&t, uid_make(&t.rng), "person.deleted", 2, body);
    struct wire_line line;
    wire_line_parse(bytes_str(&t.text), &line);
    assert_true(uid_eq(effects_participant(&line), team_uid('P', 1)));
    assert_int_equal(team_apply(&t, 0), VERDICT_OK);
    assert_string_equal(person_row(1), "");
}

/* ---- talks and the ten asks ------------------------------------------------------ */

static void test_a_talk_is_asked_for_and_done(void **state)
{
    (void)state;
    team_person(&t, 0, 1, "15");
    for (int i = 0; i < 2; i++) {
        assert_int_equal(about_person("talk.asked", 1, ""), VERDICT_OK);
        assert_int_equal(about_person("talk.asked", 1, ""), VERDICT_OK);
        assert_int_equal(team_open_tasks(&t, TASK_TALK), 1);
        assert_int_equal(about_person("talk.done", 1, ",\"staff\":null"), VERDICT_OK);
        assert_int_equal(team_open_tasks(&t, TASK_TALK), 0);
    }
    assert_int_equal(event("talk.asked", 1, "{\"participant\":null}"), VERDICT_OK);
    assert_int_equal(event("talk.asked", 1, "{\"participant\":null}"), VERDICT_OK);
    assert_int_equal(team_open_tasks(&t, TASK_TALK), 2);
}

static void say_no(int n)
{
    for (int twice = 0; twice < 2; twice++) {
        assert_int_equal(
            about_person("offer.unfit", n, ",\"code\":\"A1\",\"reason\":\"time\""),
            VERDICT_OK);
    }
}

static void test_ten_noes_tell_the_site(void **state)
{
    (void)state;
    team_offer(&t, "A1", 2);
    for (int n = 1; n < ASKS_ENOUGH - 1; n++) {
        say_no(n);
    }
    assert_int_equal(event("offer.unfit", 1, "{\"participant\":null,\"code\":\"A1\"}"),
                     VERDICT_OK);
    assert_int_equal(team_open_tasks(&t, TASK_TELL_SITE), 0);
    team_person(&t, 0, 50, "16-17");
    team_wish(&t, 0, 50, 50, "A1");
    assert_int_equal(team_about(&t, 0, 50, 50, "wish.undone", 1, ""), VERDICT_OK);
    assert_int_equal(team_open_tasks(&t, TASK_TELL_SITE), 1);
    assert_true(
        team_row_says(&t, "offer", "A1", "\"taken\":0")); /* nothing is withdrawn */
    assert_int_equal(hall_run(&t.hall, "UPDATE task SET state = 'done'"), ERR_OK);
    say_no(60);
    assert_int_equal(team_open_tasks(&t, TASK_TELL_SITE), 0); /* once is enough */
}

static void test_one_yes_outweighs_ten_noes(void **state)
{
    (void)state;
    team_offer(&t, "A1", 2);
    team_person(&t, 0, 50, "16-17");
    team_wish(&t, 0, 50, 50, "A1");
    team_confirm(&t, 0, 50, 50, team_lease(&t, 0, "A1", NULL));
    for (int n = 1; n <= ASKS_ENOUGH + 1; n++) {
        say_no(n);
    }
    assert_int_equal(team_open_tasks(&t, TASK_TELL_SITE), 0);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_verdicts),
        TEST(test_lines_that_are_no_events),
        TEST(test_what_is_usual_of_work_need_not_be_said),
        TEST(test_what_is_said_of_work_is_understood_or_refused),
        TEST(test_every_broken_wish_is_parked_whole),
        TEST(test_a_wish_is_its_persons),
        TEST(test_a_person_becomes_known_to_all_kiosks),
        TEST(test_who_is_adopted_stays_who_they_are),
        TEST(test_no_member_stands_twice_in_a_row),
        TEST(test_who_is_not_known_is_parked),
        TEST(test_nothing_is_left_of_who_is_forgotten),
        TEST(test_no_file_holds_who_is_forgotten),
        TEST(test_a_kiosk_forgets_somebody),
        TEST(test_a_talk_is_asked_for_and_done),
        TEST(test_ten_noes_tell_the_site),
        TEST(test_one_yes_outweighs_ten_noes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
