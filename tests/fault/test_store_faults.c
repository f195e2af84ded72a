/* Faults of the disk while the kiosk saves people, wishes and offers (faults.h). */
#include "fault/faults.h"

/* ---- the scenario ------------------------------------------------------------------ */

static enum err do_offers(struct run *run, int n)
{
    static struct offer offers[20];
    for (int i = 0; i < n; i++) {
        offers[i] = offer(i);
    }
    return store_offers_replace(run->store, offers, (size_t)n);
}

static enum err do_card(struct run *run, int n)
{
    struct store_card card = {uid_of('C', n), uid_of('P', n), {{0}}, {0}};
    memset(card.card, 50 + n, sizeof card.card);
    return store_card_issue(run->store, &card);
}

static enum err do_undo(struct run *run, int n)
{
    return store_wish_undo(run->store, uid_of('U', n), uid_of('W', n),
                           uid_of('P', n % 2 + 1));
}

static enum err do_decline(struct run *run, int n)
{
    struct store_decision d = {
        uid_of('N', n), uid_of('W', n), {{0}}, false, DECLINE_FULL};
    return store_decide(run->store, &d);
}

static enum err do_talk(struct run *run, int n)
{
    return store_talk(run->store, uid_of('T', n), (struct uid){{0}});
}

static enum err do_setting(struct run *run, int n)
{
    (void)n;
    return store_setting_put(run->store, "lang", "ar");
}

static enum err do_tries(struct run *run, int n)
{
    (void)n;
    return store_tries_put(run->store, STR("Falke"), true);
}

/* ---- is it there? ------------------------------------------------------------------ */

static bool has_offers(struct run *run, struct uid id)
{
    struct offer got[20];
    size_t count = 0;
    assert_int_equal(store_offers_list(run->store, TODAY, got, 20, &count), ERR_OK);
    return count == id.b[1];
}

static bool has_setting(struct run *run, struct uid id)
{
    char value[4];
    (void)id;
    return store_setting_get(run->store, "lang", value, sizeof value) == ERR_OK;
}

static bool has_tries(struct run *run, struct uid id)
{
    struct store_tries tries;
    (void)id;
    assert_int_equal(store_tries_get(run->store, STR("Falke"), &tries), ERR_OK);
    assert_in_range(tries.wrong, 0, 1);
    return tries.wrong == 1;
}

/* clang-format off */
static const struct step steps[] = {
    {"staff",        do_staff,   1,  has_event, 'S', false},
    {"enrol",        do_enrol,   1,  has_event, 'E', false},
    {"offers",       do_offers, 20,  has_offers, 0, false},
    {"wish",         do_wish,    2,  has_event, 'W', false},
    {"enrol again",  do_enrol,   2,  has_event, 'E', false},
    {"wish again",   do_wish,    4,  has_event, 'W', false},
    {"undo",         do_undo,    2,  has_event, 'U', false},
    {"reopen",       do_reopen,  0,  NULL, 0, false},
    {"card",         do_card,    1,  has_event, 'C', false},
    {"wish other",   do_wish,    3,  has_event, 'W', false},
    {"confirm",      do_confirm, 4,  has_event, 'D', false},
    {"decline",      do_decline, 3,  has_event, 'N', false},
    {"unfit",        do_unfit,   1,  has_event, 'F', false},
    {"talk",         do_talk,    1,  has_event, 'T', false},
    {"setting",      do_setting, 0,  has_setting, 0, false},
    {"tries",        do_tries,   0,  has_tries, 0, true},
    {"last reopen",  do_reopen,  0,  NULL, 0, false},
    {"talk again",   do_talk,    2,  has_event, 'T', false},
};
/* clang-format on */

static void check_person(struct run *run, int n)
{
    struct participant who;
    char secret[STORE_HASH_SIZE] = "";
    struct store_enrolment e = enrolment(n);
    bool there = has_event(run, e.id);
    bool renewed = has_event(run, uid_of('C', n));
    enum err by_alias =
        store_person_by_alias(run->store, str_of(e.who.alias), &who, secret);
    enum err by_card = store_person_by_card(run->store, e.card, &who);
    hold(run, (by_alias == ERR_OK) == there, "person without fact", e.who.alias);
    hold(run, (strcmp(secret, e.secret) == 0) == there, "person without secret",
         e.who.alias);
    hold(run, (by_card == ERR_OK) == (there && !renewed), "person without card",
         e.who.alias);
    memset(e.card, 50 + n, sizeof e.card);
    by_card = store_person_by_card(run->store, e.card, &who);
    hold(run, (by_card == ERR_OK) == renewed, "card without fact", e.who.alias);
}

static void check_people(struct run *run)
{
    check_person(run, 1);
    check_person(run, 2);
}

static const struct scenario scenario = {steps, ARRAY_LEN(steps), 0, check_people, 300};

/* ---- faults ------------------------------------------------------------------------ */

static void test_power_loss(void **state)
{
    (void)state;
    run_all(&scenario, &(struct mode){"power loss, torn", CRASH_POWER, true, CRASH_TEAR,
                                      1000, 1, 1});
    run_all(&scenario, &(struct mode){"power loss, torn", CRASH_POWER, true, CRASH_TEAR,
                                      2000, 4, 0});
    run_all(&scenario, &(struct mode){"power loss, all kept", CRASH_POWER, true,
                                      CRASH_KEEP, 3000, 2, 1});
    run_all(&scenario, &(struct mode){"power loss, all dropped", CRASH_POWER, true,
                                      CRASH_DROP, 4000, 2, 0});
}

/* What was refused for sure must not come back when the power goes right then. */
static void test_error_then_power_loss(void **state)
{
    (void)state;
    run_all(&scenario,
            &(struct mode){"error, torn", CRASH_IOERR, true, CRASH_TEAR, 5000, 4, 1});
    run_all(&scenario,
            &(struct mode){"error, all kept", CRASH_IOERR, true, CRASH_KEEP, 6001, 4, 0});
}

static void test_full_disk_then_power_loss(void **state)
{
    (void)state;
    run_all(&scenario,
            &(struct mode){"full disk, torn", CRASH_FULL, true, CRASH_TEAR, 7002, 4, 1});
    run_all(&scenario, &(struct mode){"full disk, all kept", CRASH_FULL, true, CRASH_KEEP,
                                      8003, 4, 0});
}

static void test_error(void **state)
{
    (void)state;
    run_all(&scenario, &(struct mode){"error", CRASH_IOERR, false, CRASH_KEEP, 0, 1, 1});
}

static void test_full_disk(void **state)
{
    (void)state;
    run_all(&scenario,
            &(struct mode){"full disk", CRASH_FULL, false, CRASH_KEEP, 0, 1, 0});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_power_loss),
        cmocka_unit_test(test_error_then_power_loss),
        cmocka_unit_test(test_full_disk_then_power_loss),
        cmocka_unit_test(test_error),
        cmocka_unit_test(test_full_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
