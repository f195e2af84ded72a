/* Every n-th write, sync, truncation or deletion fails, or the power goes.
 *
 * A scenario of all that the kiosk saves runs over a disk in memory (vfs_crash.h), once
 * for each n until it gets through without meeting the fault. What each call answered is
 * held against what is there after the next opening:
 *   answered ERR_OK               it is there
 *   answered ERR_UNKNOWN          either
 *   answered any other error      it is not there
 *   not called any more           it is not there
 * and nothing is half-done: tables are what the log says, numbers have no gap, a person's
 * secret and card are there exactly if the person is, both files pass integrity_check.
 * Then everything is called again with the same ids, and all of it is there. */
#include "store/fact.h"
#include "store/store.h"
#include "support/sql_probe.h"
#include "support/support.h"
#include "support/vfs_crash.h"
#include "unit/unit.h"

#include <stdio.h>
#include <unistd.h>

#define VFS "crash"
#define TODAY 20780
#define NOT_CALLED ERR_COUNT_

/* Sanitizers are slow: they see every third fault. */
#if defined(__SANITIZE_ADDRESS__)
#define STRIDE 3
#else
#define STRIDE 1
#endif

struct run {
    struct vfs_crash *vfs;
    struct store *store;
    struct fake_clock time;
    uint64_t seed;
    char dir[64], state[96], feed[96];
    const char *boot_id;
    enum err answers[32];
    const char *what; /* for failures */
    int nth;
};

static struct uid uid_of(int kind, int n)
{
    return (struct uid){{(uint8_t)kind, (uint8_t)n, 3}};
}

/* ---- the scenario ------------------------------------------------------------------ */

static enum err open_store(struct run *run)
{
    struct store_report report;
    struct store_options options = {run->dir, VFS, run->boot_id, fake_clock(&run->time),
                                    fake_rng(&run->seed), "m"};
    if (run->store) {
        return ERR_OK;
    }
    enum err err = store_open(&options, &report, &run->store);
    if (report.state_set_aside || report.feed_set_aside) {
        fail_msg("%s %d: set aside: %s", run->what, run->nth, report.aside);
    }
    return err;
}

static void close_store(struct run *run)
{
    store_close(run->store);
    run->store = NULL;
}

static struct store_enrolment enrolment(int n)
{
    struct store_enrolment e = {.id = uid_of('E', n)};
    e.who.id = uid_of('P', n);
    snprintf(e.who.alias, sizeof e.who.alias, "Falke %d", n);
    e.who.band = AGE_15;
    e.who.band_until = DATE_NONE;
    e.who.consents[CONSENT_CUSTODIAN].until = DATE_NONE;
    e.who.consents[CONSENT_STORE].until = DATE_NONE;
    strcpy(e.secret, "$argon2id$");
    memset(e.card, n, sizeof e.card);
    return e;
}

static struct offer offer(int n)
{
    struct offer o = {.field = 1, .places = 1, .cents_per_hour = 900};
    snprintf(o.code, sizeof o.code, "B-%d", n);
    memset(o.text, 'x', sizeof o.text - 1);
    o.work = (struct offer_work){.date = TODAY, .start = 960, .end = 1020};
    return o;
}

static enum err do_offers(struct run *run, int n)
{
    static struct offer offers[20];
    for (int i = 0; i < n; i++) {
        offers[i] = offer(i);
    }
    return store_offers_replace(run->store, offers, (size_t)n);
}

static enum err do_enrol(struct run *run, int n)
{
    struct store_enrolment e = enrolment(n);
    return store_enrol(run->store, &e);
}

static enum err do_staff(struct run *run, int n)
{
    struct store_staff staff = {.id = uid_of('S', n), .alias = "Coach", .pin = "$pin"};
    memset(staff.card, 100 + n, sizeof staff.card);
    return store_staff_add(run->store, &staff);
}

static enum err do_card(struct run *run, int n)
{
    struct store_card card = {uid_of('C', n), uid_of('P', n), {{0}}, {0}};
    memset(card.card, 50 + n, sizeof card.card);
    return store_card_issue(run->store, &card);
}

static enum err do_wish(struct run *run, int n)
{
    struct wish wish;
    struct store_enrolment e = enrolment(n % 2 + 1);
    struct offer o = offer(n);
    wish_from_offer(&wish, uid_of('W', n), &e.who, &o);
    return store_wish(run->store, &wish);
}

static enum err do_undo(struct run *run, int n)
{
    return store_wish_undo(run->store, uid_of('U', n), uid_of('W', n),
                           uid_of('P', n % 2 + 1));
}

static enum err do_confirm(struct run *run, int n)
{
    struct store_decision d = {uid_of('D', n), uid_of('W', n), {{0}}, true, DECLINE_NONE};
    return store_decide(run->store, &d);
}

static enum err do_decline(struct run *run, int n)
{
    struct store_decision d = {
        uid_of('N', n), uid_of('W', n), {{0}}, false, DECLINE_FULL};
    return store_decide(run->store, &d);
}

static enum err do_unfit(struct run *run, int n)
{
    return store_unfit(run->store, uid_of('F', n), uid_of('P', n), STR("B-1"),
                       UNFIT_TIME);
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

static enum err do_reopen(struct run *run, int n)
{
    (void)n;
    close_store(run);
    return open_store(run);
}

/* ---- is it there? ------------------------------------------------------------------ */

static enum err look_for(void *ctx, struct str json)
{
    return strstr(json.ptr, ctx) ? ERR_CONFLICT : ERR_OK;
}

static bool has_event(struct run *run, struct uid id)
{
    char text[UID_TEXT_SIZE], pattern[64];
    uid_format(id, text);
    snprintf(pattern, sizeof pattern, "\"id\":\"%s\"", text);
    return store_events(run->store, 0, look_for, pattern) == ERR_CONFLICT;
}

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
static const struct step {
    const char *name;
    enum err (*act)(struct run *run, int n);
    int n;
    bool (*there)(struct run *run, struct uid id); /* NULL: nothing to be there */
    int id_kind;
} steps[] = {
    {"staff",        do_staff,   1,  has_event, 'S'},
    {"enrol",        do_enrol,   1,  has_event, 'E'},
    {"offers",       do_offers, 20,  has_offers, 0},
    {"wish",         do_wish,    2,  has_event, 'W'},
    {"enrol again",  do_enrol,   2,  has_event, 'E'},
    {"wish again",   do_wish,    4,  has_event, 'W'},
    {"undo",         do_undo,    2,  has_event, 'U'},
    {"reopen",       do_reopen,  0,  NULL, 0},
    {"card",         do_card,    1,  has_event, 'C'},
    {"wish other",   do_wish,    3,  has_event, 'W'},
    {"confirm",      do_confirm, 4,  has_event, 'D'},
    {"decline",      do_decline, 3,  has_event, 'N'},
    {"unfit",        do_unfit,   1,  has_event, 'F'},
    {"talk",         do_talk,    1,  has_event, 'T'},
    {"setting",      do_setting, 0,  has_setting, 0},
    {"tries",        do_tries,   0,  has_tries, 0},
    {"last reopen",  do_reopen,  0,  NULL, 0},
    {"talk again",   do_talk,    2,  has_event, 'T'},
};
/* clang-format on */

static enum err act(struct run *run, size_t i)
{
    enum err err = open_store(run);
    return err == ERR_OK ? steps[i].act(run, steps[i].n) : err;
}

/* ---- what must hold ---------------------------------------------------------------- */

static const char *const projections[] = {"staff", "participant", "card",
                                          "wish",  "unfit",       "talk"};

static void hold(struct run *run, bool ok, const char *what, const char *step)
{
    if (!ok) {
        fail_msg("%s, fault at %d: %s%s%s", run->what, run->nth, what, *step ? ": " : "",
                 step);
    }
}

static void check_answers(struct run *run)
{
    for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
        if (!steps[i].there || run->answers[i] == ERR_UNKNOWN) {
            continue;
        }
        bool there = steps[i].there(run, uid_of(steps[i].id_kind, steps[i].n));
        if (run->answers[i] == ERR_OK) {
            hold(run, there, "called saved and lost", steps[i].name);
        } else {
            hold(run, !there, "refused and yet there", steps[i].name);
        }
    }
}

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

static const char whole_feed[] =
    "SELECT integrity_check = 'ok' FROM pragma_integrity_check";
static const char whole_state[] = "SELECT integrity_check = 'ok' AND (SELECT count(*) "
                                  "FROM pragma_foreign_key_check) = 0"
                                  " AND (SELECT count(*) = coalesce(max(seq), 0) FROM "
                                  "event) FROM pragma_integrity_check";

static void check_whole(struct run *run)
{
    hold(run, sql_number(run->feed, VFS, whole_feed) == 1, "feed.db is not in order", "");
    hold(run, sql_number(run->state, VFS, whole_state) == 1, "state.db is not in order",
         "");
    char *before = sql_dump(run->state, VFS, projections, ARRAY_LEN(projections));
    assert_int_equal(fact_replay(run->store), ERR_OK);
    char *after = sql_dump(run->state, VFS, projections, ARRAY_LEN(projections));
    hold(run, before && after && strcmp(before, after) == 0, "tables are not the log",
         "");
    free(before);
    free(after);
}

static void check_retry(struct run *run)
{
    for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
        struct uid id = uid_of(steps[i].id_kind, steps[i].n);
        if (steps[i].there == has_tries && has_tries(run, id)) {
            continue; /* the only one that counts */
        }
        enum err err = act(run, i);
        if (err != ERR_OK) {
            hold(run, false, err_name(err), steps[i].name);
        }
        hold(run, !steps[i].there || steps[i].there(run, id), "retried and lost",
             steps[i].name);
    }
}

/* ---- one run ----------------------------------------------------------------------- */

struct mode {
    const char *name;
    enum crash_fault fault;
    bool power_after; /* the power goes as soon as a call has told of the fault */
    enum crash_loss loss;
    uint64_t seed;
    int stride; /* every fault, or every second */
    int turn;
};

/* Returns false if the scenario got through without meeting the fault. */
static bool run_once(struct run *run, const struct mode *mode)
{
    bool down = false;
    run->time = (struct fake_clock){1795430000000, 1000};
    run->seed = 7;
    run->boot_id = "a";
    vfs_crash_wipe(run->vfs);
    vfs_crash_arm(run->vfs, mode->fault, run->nth);
    for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
        run->answers[i] = down ? NOT_CALLED : act(run, i);
        bool struck = vfs_crash_struck(run->vfs);
        hold(run, run->answers[i] == ERR_OK || struck || down, "failed without a fault",
             steps[i].name);
        down = down || (struck && (mode->fault == CRASH_POWER || mode->power_after));
        fake_clock_advance(&run->time, 1000);
    }
    if (!vfs_crash_struck(run->vfs)) {
        close_store(run);
        return false;
    }
    if (down) {
        vfs_crash_lose_power(run->vfs);
        close_store(run);
        vfs_crash_restart(run->vfs, mode->loss, mode->seed + (uint64_t)run->nth);
        run->boot_id = "b";
    } else {
        vfs_crash_arm(run->vfs, CRASH_NONE, 0);
        close_store(run);
    }
    enum err err = open_store(run);
    hold(run, err == ERR_OK, "does not open", "");
    check_answers(run);
    check_person(run, 1);
    check_person(run, 2);
    /* The dear checks take turns; modes and seeds differ in who begins. */
    if ((run->nth / mode->stride + mode->turn) % 2 == 0) {
        check_whole(run);
    } else {
        check_retry(run);
    }
    close_store(run);
    return true;
}

static void run_all(const struct mode *mode)
{
    static char name[64];
    struct run run = {.what = name};
    int runs = 0;
    snprintf(name, sizeof name, "%s, seed %llu", mode->name,
             (unsigned long long)mode->seed);
    strcpy(run.dir, "/dev/shm/anlauf-fault-XXXXXX");
    if (!mkdtemp(run.dir)) {
        strcpy(run.dir, "/tmp/anlauf-fault-XXXXXX");
        assert_non_null(mkdtemp(run.dir));
    }
    snprintf(run.state, sizeof run.state, "%s/state.db", run.dir);
    snprintf(run.feed, sizeof run.feed, "%s/feed.db", run.dir);
    run.vfs = vfs_crash_make(VFS);
    int stride = mode->stride * STRIDE;
    for (run.nth = 1 + (int)(mode->seed / 1000) % stride; run_once(&run, mode);
         run.nth += stride) {
        runs++;
    }
    vfs_crash_free(run.vfs);
    assert_true(runs > 300 / stride);
    printf("# %s: %d faults\n", run.what, runs);
    char lock[96];
    snprintf(lock, sizeof lock, "%s/lock", run.dir);
    unlink(lock);
    unlink(run.state);
    unlink(run.feed);
    rmdir(run.dir);
}

static void test_power_loss(void **state)
{
    (void)state;
    run_all(
        &(struct mode){"power loss, torn", CRASH_POWER, true, CRASH_TEAR, 1000, 1, 1});
    run_all(
        &(struct mode){"power loss, torn", CRASH_POWER, true, CRASH_TEAR, 2000, 2, 0});
    run_all(&(struct mode){"power loss, all kept", CRASH_POWER, true, CRASH_KEEP, 3000, 1,
                           1});
    run_all(&(struct mode){"power loss, all dropped", CRASH_POWER, true, CRASH_DROP, 4000,
                           1, 0});
}

/* What was refused for sure must not come back when the power goes right then. */
static void test_error_then_power_loss(void **state)
{
    (void)state;
    run_all(&(struct mode){"error, torn", CRASH_IOERR, true, CRASH_TEAR, 5000, 2, 1});
    run_all(&(struct mode){"error, all kept", CRASH_IOERR, true, CRASH_KEEP, 6000, 2, 0});
}

static void test_full_disk_then_power_loss(void **state)
{
    (void)state;
    run_all(&(struct mode){"full disk, torn", CRASH_FULL, true, CRASH_TEAR, 7000, 2, 1});
    run_all(
        &(struct mode){"full disk, all kept", CRASH_FULL, true, CRASH_KEEP, 8000, 2, 0});
}

static void test_error(void **state)
{
    (void)state;
    run_all(&(struct mode){"error", CRASH_IOERR, false, CRASH_KEEP, 0, 1, 1});
}

static void test_full_disk(void **state)
{
    (void)state;
    run_all(&(struct mode){"full disk", CRASH_FULL, false, CRASH_KEEP, 0, 1, 0});
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
