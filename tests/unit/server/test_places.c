#include "unit/server/team.h"

static struct team t;

static int setup(void **state)
{
    (void)state;
    team_init(&t, 3);
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

static int64_t left(int kiosk, const char *code)
{
    int64_t n;
    team_lease(&t, kiosk, code, &n);
    return n;
}

/* ---- leases ---------------------------------------------------------------------- */

static void test_kiosks_get_their_share(void **state)
{
    (void)state;
    team_kiosk(&t, 0);
    team_offer(&t, "A1", 8);
    assert_int_equal(left(0, "A1"), 6);
    team_kiosk(&t, 1);
    assert_int_equal(left(0, "A1"), 6);
    assert_int_equal(left(1, "A1"),
                     0); /* two are left; three quarters of them cannot be split */
    team_offer(&t, "A2", 8);
    assert_int_equal(left(0, "A2"), 3);
    team_enrol(&t, 2); /* nobody knows its epoch yet */
    team_offer(&t, "A3", 12);
    assert_int_equal(left(2, "A3"), 0);
    assert_int_equal(left(0, "A3"), 3);
    team_epoch(&t, 2, 4);
    assert_int_equal(left(2, "A3"), 1);
    assert_int_equal(left(1, "A2"), 3);
}

static void test_a_lease_says_all_that_a_kiosk_needs(void **state)
{
    (void)state;
    team_kiosk(&t, 0);
    team_offer(&t, "A1", 4);
    struct uid lease = team_lease(&t, 0, "A1", NULL);
    char expected[300];
    snprintf(expected, sizeof expected,
             "{\"offer\":\"A1\",\"date\":\"" TEAM_DAY "\",\"dev\":\"%s\",\"epoch\":1,"
             "\"places\":3,\"state\":\"granted\"}",
             team_text(t.devs[0]));
    assert_string_equal(team_row(&t, "lease", team_text(lease)), expected);
}

static void test_a_leased_place_is_used_once(void **state)
{
    (void)state;
    team_kiosk(&t, 0);
    team_offer(&t, "A1", 4);
    struct uid lease = team_lease(&t, 0, "A1", NULL);
    for (int i = 1; i <= 3; i++) {
        team_person(&t, 0, i, "16-17");
        team_wish(&t, 0, i, i, "A1");
        team_confirm(&t, 0, i, i, lease);
        team_expect(&t, i, "confirmed");
        team_check(&t, "confirmed");
    }
    assert_string_equal(team_row(&t, "lease", team_text(lease)), "");
    struct uid next = team_lease(&t, 0, "A1", NULL);
    team_person(&t, 0, 4, "16-17");
    team_wish(&t, 0, 4, 4, "A1");
    team_confirm(&t, 0, 4, 4, next);
    assert_true(team_row_says(&t, "offer", "A1", "\"taken\":4"));
    team_person(&t, 0, 5, "16-17");
    team_wish(&t, 0, 5, 5, "A1");
    team_expect(&t, 5, "waiting");
    team_confirm(&t, 0, 5, 5, lease);
    team_expect(&t, 5, "waiting");
    assert_int_equal(team_open_tasks(&t, TASK_TOO_MANY), 1);
    assert_true(
        team_row_says(&t, "wish", team_text(team_uid('W', 5)), "\"state\":\"waiting\""));
}

/* Begins the kiosk's next epoch, in a log that is stored under it. */
static void begin_epoch(int kiosk, int64_t epoch)
{
    char body[40];
    team_epoch(&t, kiosk, epoch);
    snprintf(body, sizeof body, "{\"epoch\":%lld}", (long long)epoch);
    team_line(&t, team_uid('E', (int)epoch), "epoch.begun", 1, body);
    team_store(&t, kiosk, nobody);
}

static void test_a_lease_serves_its_own_body_only(void **state)
{
    (void)state;
    team_kiosk(&t, 0);
    team_kiosk(&t, 1);
    team_offer(&t, "A1", 4);
    struct uid lease = team_lease(&t, 0, "A1", NULL);
    team_person(&t, 1, 1, "16-17");
    team_wish(&t, 1, 1, 1, "A1");
    team_confirm(&t, 1, 1, 1, lease); /* another kiosk names it: the centre's place */
    team_expect(&t, 1, "confirmed");
    assert_int_equal(left(0, "A1"), 1);
    begin_epoch(0, 2); /* a copy names it */
    team_person(&t, 0, 2, "16-17");
    team_wish(&t, 0, 2, 2, "A1");
    team_confirm(&t, 0, 2, 2, lease);
    team_expect(&t, 2, "confirmed");
    team_return(&t, 0, lease, 0); /* and cannot give it back */
    t.epochs[0] = 1;
    assert_int_equal(left(0, "A1"), 1);
}

static void test_what_was_promised_before_the_new_epoch_holds(void **state)
{
    (void)state;
    team_kiosk(&t, 0);
    team_offer(&t, "A1", 2);
    struct uid lease = team_lease(&t, 0, "A1", NULL);
    team_epoch(&t, 0, 2); /* its log begins with what epoch 1 had not sent */
    team_person(&t, 0, 1, "16-17");
    team_wish(&t, 0, 1, 1, "A1");
    team_confirm(&t, 0, 1, 1, lease);
    team_expect(&t, 1, "confirmed");
    t.epochs[0] = 1;
    assert_int_equal(left(0, "A1"), 1); /* the lease's own place, not another one */
    t.epochs[0] = 2;
    team_return(&t, 0, lease, 1);
    assert_string_equal(team_row(&t, "lease", team_text(lease)), "");
}

/* Lines are stored before any of them takes effect: also the one where the epoch begins. */
static void test_what_was_promised_is_judged_by_where_it_stands(void **state)
{
    (void)state;
    team_kiosk(&t, 0);
    team_offer(&t, "A1", 2);
    struct uid lease = team_lease(&t, 0, "A1", NULL);
    team_person(&t, 0, 1, "16-17");
    team_wish(&t, 0, 1, 1, "A1");
    int64_t seq = t.seq;
    t.seq += 10;
    begin_epoch(0, 2);
    t.seq = seq;
    team_confirm(&t, 0, 1, 1, lease);
    team_expect(&t, 1, "confirmed");
    t.epochs[0] = 1;
    assert_int_equal(left(0, "A1"), 1); /* the lease's own place, not another one */
}

static void test_a_new_body_gets_its_own(void **state)
{
    (void)state;
    team_kiosk(&t, 0);
    team_offer(&t, "A1", 8);
    assert_int_equal(left(0, "A1"), 6);
    team_epoch(&t, 0, 2);
    assert_int_equal(left(0, "A1"), 2); /* of what the first body does not hold */
    assert_int_equal(team_open_tasks(&t, TASK_LEASE_COPY), 1);
    team_check(&t, "two bodies");
    t.epochs[0] = 1;
    struct uid old = team_lease(&t, 0, "A1", NULL);
    assert_int_equal(admin_lease_revoke(&t.admin, t.centre, old), ERR_OK);
    assert_int_equal(team_open_tasks(&t, TASK_LEASE_COPY), 0);
    assert_int_equal(left(0, "A1"), 0);
}

static void test_a_leased_wish_undone_frees_the_centres_place(void **state)
{
    (void)state;
    team_kiosk(&t, 0);
    team_offer(&t, "A1", 1);
    struct uid lease = team_lease(&t, 0, "A1", NULL);
    team_person(&t, 0, 1, "16-17");
    team_person(&t, 0, 2, "16-17");
    team_wish(&t, 0, 1, 1, "A1");
    team_confirm(&t, 0, 1, 1, lease);
    team_wish(&t, 0, 2, 2, "A1");
    team_expect(&t, 2, "waiting");
    assert_int_equal(team_about(&t, 0, 1, 1, "wish.undone", 1, ""), VERDICT_OK);
    team_expect(&t, 1, "undone");
    team_expect(&t, 2, "asked");
    assert_int_equal(team_open_tasks(&t, TASK_PLACE_FREE), 1);
    assert_int_equal(team_open_tasks(&t, TASK_CROSSED), 1);
    assert_true(uid_is_nil(team_lease(&t, 0, "A1", NULL))); /* who waits comes first */
    assert_true(team_row_says(&t, "offer", "A1", "\"taken\":0"));
    assert_true(
        team_row_says(&t, "wish", team_text(team_uid('W', 1)), "{\"state\":\"undone\""));
    assert_int_equal(team_decide(&t, 2, true), DECIDE_OK);
}

static void test_a_moved_offer_asks_its_leases_back(void **state)
{
    (void)state;
    team_kiosk(&t, 0);
    team_offer(&t, "A1", 4);
    struct uid lease = team_lease(&t, 0, "A1", NULL);
    struct offer offer = team_offer_of("A1", 4);
    offer.work.date++;
    assert_int_equal(team_import(&t, &offer), ERR_OK);
    assert_true(team_row_says(&t, "lease", team_text(lease), "\"recalled\""));
    /* Its own day is not bound any more, and what it has is still good. */
    team_person(&t, 0, 1, "16-17");
    team_wish(&t, 0, 1, 1, "A1");
    team_confirm(&t, 0, 1, 1, lease);
    team_expect(&t, 1, "confirmed");
    team_return(&t, 0, lease, 1);
    assert_string_equal(team_row(&t, "lease", team_text(lease)), "");
}

static void test_days_that_are_over_give_nothing(void **state)
{
    (void)state;
    team_kiosk(&t, 0);
    team_offer(&t, "A1", 4);
    struct uid lease = team_lease(&t, 0, "A1", NULL);
    t.time.wall_ms += INT64_C(7) * 86400 * 1000;
    struct offer other = team_offer_of("A2", 1);
    other.work.date += 30;
    assert_int_equal(team_import(&t, &other), ERR_OK);
    assert_string_equal(team_row(&t, "offer", "A1"), "");
    assert_true(team_row_says(&t, "lease", team_text(lease), "\"recalled\""));
    assert_true(team_row_says(&t, "offer", "A2", "\"taken\":0"));
}

static void test_a_locked_kiosks_places_are_told(void **state)
{
    (void)state;
    team_kiosk(&t, 0);
    team_offer(&t, "A1", 4);
    assert_int_equal(admin_device_revoke(&t.admin, t.centre, t.devs[0]), ERR_OK);
    assert_int_equal(admin_device_revoke(&t.admin, t.centre, t.devs[0]), ERR_OK);
    assert_int_equal(admin_device_revoke(&t.admin, t.centre, team_uid('K', 9)),
                     ERR_NOT_FOUND);
    assert_int_equal(team_open_tasks(&t, TASK_LEASE_LOST), 1);
    assert_true(team_row_says(&t, "device", team_text(t.devs[0]), "\"sig\":\""));
    team_check(&t, "locked");
}

/* ---- a coach decides ------------------------------------------------------------- */

static void test_a_coach_confirms_and_declines(void **state)
{
    (void)state;
    team_offer(&t, "A1", 2);
    team_kiosk(&t, 0);
    team_kiosk(&t, 1); /* two kiosks, two places: they stay at the centre */
    struct uid lease = team_lease(&t, 0, "A1", NULL);
    team_return(&t, 0, lease, 0);
    for (int i = 1; i <= 3; i++) {
        team_person(&t, 0, i, "16-17");
        team_wish(&t, 0, i, i, "A1");
    }
    assert_int_equal(team_decide(&t, 1, true), DECIDE_OK);
    assert_int_equal(team_decide(&t, 1, true), DECIDE_ALREADY);
    assert_true(team_row_says(&t, "wish", team_text(team_uid('W', 1)),
                              "{\"state\":\"confirmed\",\"decision\":\""));
    assert_int_equal(team_decide(&t, 2, false), DECIDE_OK);
    assert_true(team_row_says(&t, "wish", team_text(team_uid('W', 2)),
                              "{\"state\":\"declined\",\"reason\":\"talk\",\"decision\":\""));
    assert_int_equal(team_decide(&t, 3, true), DECIDE_OK);
    assert_int_equal(team_decide(&t, 9, true), DECIDE_NO_SUCH);
    assert_int_equal(team_decide(&t, 2, true), DECIDE_DECLINED);
    team_person(&t, 0, 4, "16-17");
    team_wish(&t, 0, 4, 4, "A1");
    team_expect(&t, 4, "waiting");
    assert_int_equal(team_decide(&t, 4, true), DECIDE_FULL);
    assert_int_equal(team_decide(&t, 3, false), DECIDE_OK);
    team_expect(&t, 4, "asked");
}

static void test_a_wanted_place_comes_back_from_a_kiosk(void **state)
{
    (void)state;
    team_kiosk(&t, 0);
    team_offer(&t, "A1", 3);
    struct uid lease = team_lease(&t, 0, "A1", NULL);
    for (int i = 1; i <= 4; i++) {
        team_person(&t, 0, i, "16-17");
        team_wish(&t, 0, i, i, "A1");
    }
    assert_int_equal(team_decide(&t, 3, true), DECIDE_LEASED);
    assert_int_equal(team_decide(&t, 2, true), DECIDE_LEASED);
    assert_int_equal(team_decide(&t, 4, true), DECIDE_LEASED);
    team_expect(&t, 3, "wanted");
    assert_true(team_row_says(&t, "lease", team_text(lease), "\"recalled\""));
    team_confirm(&t, 0, 1, 1, lease); /* meanwhile, before it heard of it */
    team_expect(&t, 1, "confirmed");
    team_return(&t, 0, lease, 1);
    team_expect(&t, 2, "confirmed"); /* in the order of receipt */
    team_expect(&t, 3, "confirmed");
    team_expect(&t, 4, "waiting");
    assert_true(
        team_row_says(&t, "wish", team_text(team_uid('W', 2)), team_text(t.staff)));
}

static void test_the_first_to_be_received_holds(void **state)
{
    (void)state;
    team_kiosk(&t, 0);
    team_offer(&t, "A1", 4);
    struct uid lease = team_lease(&t, 0, "A1", NULL);
    for (int i = 1; i <= 3; i++) {
        team_person(&t, 0, i, "16-17");
        team_wish(&t, 0, i, i, "A1");
    }
    assert_int_equal(team_decide(&t, 1, false), DECIDE_OK);
    team_confirm(&t, 0, 1, 1, lease); /* the kiosk had said yes meanwhile */
    team_expect(&t, 1, "declined");
    assert_int_equal(left(0, "A1"), 2);
    assert_int_equal(team_open_tasks(&t, TASK_CROSSED), 1);
    assert_int_equal(team_decide(&t, 2, true), DECIDE_OK);
    assert_int_equal(team_about(&t, 0, 2, 2, "wish.declined", 1,
                                ",\"staff\":null,\"reason\":\"full\""),
                     VERDICT_OK);
    team_expect(&t, 2, "confirmed");
    assert_int_equal(team_open_tasks(&t, TASK_CROSSED), 2);
    assert_int_equal(team_about(&t, 0, 3, 3, "wish.declined", 1,
                                ",\"staff\":null,\"reason\":\"full\""),
                     VERDICT_OK);
    team_expect(&t, 3, "declined");
    /* The echo of a decision of the centre changes nothing. */
    assert_int_equal(team_about(&t, 0, 3, 3, "wish.confirmed", 2,
                                ",\"staff\":null,\"lease\":null,\"centre\":true"),
                     VERDICT_OK);
    team_expect(&t, 3, "declined");
}

static void test_an_offer_is_called_off(void **state)
{
    (void)state;
    team_kiosk(&t, 0);
    team_offer(&t, "A1", 2);
    struct uid lease = team_lease(&t, 0, "A1", NULL);
    team_person(&t, 0, 1, "16-17");
    team_person(&t, 0, 2, "16-17");
    team_wish(&t, 0, 1, 1, "A1");
    team_confirm(&t, 0, 1, 1, lease);
    assert_int_equal(admin_offer_call_off(&t.admin, t.centre, STR("A1")), ERR_OK);
    assert_int_equal(admin_offer_call_off(&t.admin, t.centre, STR("NO")), ERR_NOT_FOUND);
    team_expect(&t, 1, "declined");
    assert_true(team_row_says(&t, "wish", team_text(team_uid('W', 1)), "\"cancelled\""));
    assert_string_equal(team_row(&t, "offer", "A1"), "");
    assert_true(team_row_says(&t, "lease", team_text(lease), "\"recalled\""));
    team_wish(&t, 0, 2, 2, "A1"); /* asked for before the kiosk heard of it */
    team_expect(&t, 2, "declined");
    team_offer(&t, "A1", 2); /* on again: who was told no asks anew */
    team_expect(&t, 1, "declined");
    assert_true(team_row_says(&t, "offer", "A1", "\"taken\":0"));
}

static void test_what_a_kiosk_alone_promised(void **state)
{
    (void)state;
    team_kiosk(&t, 0);
    for (int i = 1; i <= 3; i++) {
        team_person(&t, 0, i, "16-17");
        team_wish(&t, 0, i, i, "OLD");
        assert_int_equal(team_about(&t, 0, i, i, "wish.confirmed", 1, ",\"staff\":null"),
                         VERDICT_OK);
        team_expect(&t, i, "confirmed"); /* the centre knows no bound */
    }
    struct offer offer = team_offer_of("OLD", 2);
    assert_int_equal(team_import(&t, &offer), ERR_INVALID);
    assert_string_equal(t.why_memory,
                        "offer OLD: 3 places are promised, the file gives 2");
    team_offer(&t, "OLD", 3);
    team_person(&t, 0, 4, "16-17");
    team_wish(&t, 0, 4, 4, "OLD");
    team_confirm(&t, 0, 4, 4, nobody);
    team_expect(&t, 4, "waiting");
    assert_int_equal(team_open_tasks(&t, TASK_TOO_MANY), 1);
}

/* ---- the law --------------------------------------------------------------------- */

static void test_hours_of_several_kiosks_add_up(void **state)
{
    (void)state;
    team_kiosk(&t, 0);
    team_kiosk(&t, 1);
    team_offer(&t, "A1", 4);
    team_offer(&t, "A2", 4);
    team_person(&t, 0, 1, "15");
    assert_int_equal(team_wish_at(&t, 0, 1, 1, "A1", "14:00", "15:30"), VERDICT_OK);
    assert_int_equal(team_wish_at(&t, 1, 2, 1, "A2", "16:00", "17:30"), VERDICT_OK);
    assert_int_equal(team_decide(&t, 1, true), DECIDE_OK);
    assert_int_equal(team_decide(&t, 2, true), DECIDE_RULES);
    assert_non_null(strstr(t.why_memory, "JArbSchG"));
    team_expect(&t, 2, "asked");
    /* A kiosk that could not know: it stays, and staff are told. */
    team_confirm(&t, 1, 2, 1, team_lease(&t, 1, "A2", NULL));
    team_expect(&t, 2, "confirmed");
    assert_int_equal(team_open_tasks(&t, TASK_RULES), 1);
    assert_int_equal(team_number(&t,
                                 "SELECT count(*) FROM task WHERE kind = :text AND body"
                                 " LIKE '{\"rules\":[{\"rule\":\"%\",\"law\":\"%'",
                                 TASK_RULES),
                     1);
}

static void work_on(int wish, date_t date)
{
    char text[DATE_SIZE];
    static const struct uid none;
    date_format(date, text);
    assert_int_equal(team_wish_on(&t, 0, wish, 1, "A1", text, "16:00", "17:00"),
                     VERDICT_OK);
    team_confirm(&t, 0, wish, 1, none);
    team_expect(&t, wish, "confirmed");
}

/* Four weeks of the year's holidays, however far apart; the next year counts anew, and so
 * does a day with school. */
static void test_holidays_of_the_year_add_up(void **state)
{
    date_t monday = date_from_ymd(2026, 7, 13);
    int wish = 0;
    (void)state;
    team_kiosk(&t, 0);
    team_person(&t, 0, 1, "16-17");
    for (int week = 0; week < 4; week++) {
        for (int day = 0; day < 5; day++) {
            work_on(++wish, monday + 7 * week + day);
        }
    }
    work_on(++wish, date_from_ymd(2026, 11, 27));
    work_on(++wish, date_from_ymd(2027, 2, 1));
    assert_int_equal(team_open_tasks(&t, TASK_RULES), 0);
    work_on(++wish, date_from_ymd(2026, 12, 23));
    assert_int_equal(team_open_tasks(&t, TASK_RULES), 1);
}

/* Two Sundays of a month stay free, be it the first or the last. */
static void test_sundays_of_a_month_add_up(void **state)
{
    static const int days[] = {29, 22, 15, 1};
    (void)state;
    team_kiosk(&t, 0);
    team_person(&t, 0, 1, "16-17");
    for (int i = 0; i < (int)ARRAY_LEN(days); i++) {
        work_on(1 + i, date_from_ymd(2026, 11, days[i]));
        assert_int_equal(team_number(&t, "SELECT count(*) FROM task WHERE body LIKE :text",
                                     "%sundays-free%"),
                         i == 3);
    }
}

static void test_nobody_says_yes_for_who_is_not_known(void **state)
{
    (void)state;
    team_kiosk(&t, 0);
    team_offer(&t, "A1", 4);
    team_wish(&t, 0, 1, 1, "A1");
    assert_int_equal(team_decide(&t, 1, true), DECIDE_RULES);
    assert_non_null(strstr(t.why_memory, "kennt diese Person noch nicht"));
    team_confirm(&t, 0, 1, 1, team_lease(&t, 0, "A1", NULL));
    team_expect(&t, 1, "confirmed");
    assert_int_equal(team_open_tasks(&t, TASK_RULES_UNKNOWN), 1);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_kiosks_get_their_share),
        TEST(test_a_lease_says_all_that_a_kiosk_needs),
        TEST(test_a_leased_place_is_used_once),
        TEST(test_a_lease_serves_its_own_body_only),
        TEST(test_what_was_promised_before_the_new_epoch_holds),
        TEST(test_what_was_promised_is_judged_by_where_it_stands),
        TEST(test_a_new_body_gets_its_own),
        TEST(test_a_leased_wish_undone_frees_the_centres_place),
        TEST(test_a_moved_offer_asks_its_leases_back),
        TEST(test_days_that_are_over_give_nothing),
        TEST(test_a_locked_kiosks_places_are_told),
        TEST(test_a_coach_confirms_and_declines),
        TEST(test_a_wanted_place_comes_back_from_a_kiosk),
        TEST(test_the_first_to_be_received_holds),
        TEST(test_an_offer_is_called_off),
        TEST(test_what_a_kiosk_alone_promised),
        TEST(test_hours_of_several_kiosks_add_up),
        TEST(test_holidays_of_the_year_add_up),
        TEST(test_sundays_of_a_month_add_up),
        TEST(test_nobody_says_yes_for_who_is_not_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
