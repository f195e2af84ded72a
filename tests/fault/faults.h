/* Every n-th write, sync, truncation or deletion fails, or the power goes.
 *
 * A scenario of all that the kiosk saves runs over a disk in memory (vfs_crash.h), once
 * for each n until it gets through without meeting the fault. What each call answered is
 * held against what is there after the next opening:
 *   answered ERR_OK               it is there
 *   answered ERR_UNKNOWN          either
 *   answered any other error      it is not there
 *   not called any more           it is not there
 * and nothing is half-done: tables are what the log says, numbers have no gap, what the
 * scenario checks besides holds, both files pass integrity_check. Then everything is
 * called again with the same ids, and all of it is there. */
#ifndef FAULT_FAULTS_H
#define FAULT_FAULTS_H

#include "store/fact.h"
#include "store/store.h"
#include "support/sql_probe.h"
#include "support/support.h"
#include "support/vfs_crash.h"
#include "unit/unit.h"

#include <stdio.h>
#include <unistd.h>

#define STEPS_MAX 40
#define VFS "crash"
#define TODAY 20780
#define NOT_CALLED ERR_COUNT_

/* Sanitizers are slow: they see every third fault. */
#if defined(__SANITIZE_ADDRESS__)
#define STRIDE 3
#else
#define STRIDE 1
#endif

struct run;

struct step {
    const char *name;
    enum err (*act)(struct run *run, int n);
    int n;
    bool (*there)(struct run *run, struct uid id); /* NULL: nothing to be there */
    int id_kind;
    bool counts; /* done twice, it is there twice */
};

struct scenario {
    const struct step *steps;
    size_t count;
    size_t calm;                    /* the first steps meet no fault */
    void (*check)(struct run *run); /* what else must hold */
    int faults_min;
};

struct run {
    const struct scenario *scenario;
    struct vfs_crash *vfs;
    struct store *store;
    struct fake_clock time;
    uint64_t seed;
    char dir[64], state[96], feed[96];
    const char *boot_id;
    enum err answers[STEPS_MAX];
    const char *what; /* for failures */
    int nth;
};

static inline struct uid uid_of(int kind, int n)
{
    return (struct uid){{(uint8_t)kind, (uint8_t)n, 3}};
}

/* ---- steps ------------------------------------------------------------------------- */

static inline void hold(struct run *run, bool ok, const char *what, const char *step)
{
    if (!ok) {
        fail_msg("%s, fault at %d: %s%s%s", run->what, run->nth, what, *step ? ": " : "",
                 step);
    }
}

static inline enum err open_store(struct run *run)
{
    struct store_report report;
    struct store_options options = {
        run->dir, VFS, run->boot_id, fake_clock(&run->time), fake_rng(&run->seed), "m"};
    if (run->store) {
        return ERR_OK;
    }
    enum err err = store_open(&options, &report, &run->store);
    if (report.state_set_aside || report.feed_set_aside) {
        fail_msg("%s %d: set aside: %s", run->what, run->nth, report.aside);
    }
    return err;
}

static inline void close_store(struct run *run)
{
    store_close(run->store);
    run->store = NULL;
}

static inline struct store_enrolment enrolment(int n)
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

static inline struct offer offer(int n)
{
    struct offer o = {.field = 1, .places = 1, .cents_per_hour = 900};
    snprintf(o.code, sizeof o.code, "B-%d", n);
    memset(o.text, 'x', sizeof o.text - 1);
    o.work = (struct offer_work){.date = TODAY, .start = 960, .end = 1020};
    return o;
}

static inline enum err do_enrol(struct run *run, int n)
{
    struct store_enrolment e = enrolment(n);
    return store_enrol(run->store, &e);
}

static inline enum err do_staff(struct run *run, int n)
{
    struct store_staff staff = {.id = uid_of('S', n), .alias = "Coach", .pin = "$pin"};
    memset(staff.card, 100 + n, sizeof staff.card);
    return store_staff_add(run->store, &staff);
}

static inline enum err do_wish(struct run *run, int n)
{
    struct wish wish;
    struct store_enrolment e = enrolment(n % 2 + 1);
    struct offer o = offer(n);
    wish_from_offer(&wish, uid_of('W', n), &e.who, &o);
    return store_wish(run->store, &wish);
}

static inline enum err do_confirm(struct run *run, int n)
{
    struct store_decision d = {uid_of('D', n), uid_of('W', n), {{0}}, true, DECLINE_NONE};
    return store_decide(run->store, &d);
}

static inline enum err do_unfit(struct run *run, int n)
{
    return store_unfit(run->store, uid_of('F', n), uid_of('P', n), STR("B-1"),
                       UNFIT_TIME);
}

static inline enum err do_reopen(struct run *run, int n)
{
    (void)n;
    close_store(run);
    return open_store(run);
}

static inline enum err look_for(void *ctx, struct str json)
{
    return strstr(json.ptr, ctx) ? ERR_CONFLICT : ERR_OK;
}

static inline bool has_event(struct run *run, struct uid id)
{
    char text[UID_TEXT_SIZE], pattern[64];
    uid_format(id, text);
    snprintf(pattern, sizeof pattern, "\"id\":\"%s\"", text);
    return store_events(run->store, 0, look_for, pattern) == ERR_CONFLICT;
}

static inline enum err act(struct run *run, size_t i)
{
    enum err err = open_store(run);
    const struct step *step = &run->scenario->steps[i];
    return err == ERR_OK ? step->act(run, step->n) : err;
}

/* ---- what must hold ---------------------------------------------------------------- */

static const char *const projections[] = {
    "staff",     "participant",      "card", "wish", "lease_returned", "unfit", "talk",
    "job_event", "evaluation_event", "note", "person_key", "team_key", "voice",
    "vote"};

static inline void check_answers(struct run *run)
{
    for (size_t i = 0; i < run->scenario->count; i++) {
        const struct step *step = &run->scenario->steps[i];
        if (!step->there || run->answers[i] == ERR_UNKNOWN) {
            continue;
        }
        bool there = step->there(run, uid_of(step->id_kind, step->n));
        if (run->answers[i] == ERR_OK) {
            hold(run, there, "called saved and lost", step->name);
        } else {
            hold(run, !there, "refused and yet there", step->name);
        }
    }
}

static const char whole_feed[] =
    "SELECT integrity_check = 'ok' FROM pragma_integrity_check";
static const char whole_state[] = "SELECT integrity_check = 'ok' AND (SELECT count(*) "
                                  "FROM pragma_foreign_key_check) = 0"
                                  " AND (SELECT count(*) = coalesce(max(seq), 0) FROM "
                                  "event) FROM pragma_integrity_check";

static inline void check_whole(struct run *run)
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

static inline void check_retry(struct run *run)
{
    for (size_t i = 0; i < run->scenario->count; i++) {
        const struct step *step = &run->scenario->steps[i];
        struct uid id = uid_of(step->id_kind, step->n);
        if (step->counts && step->there(run, id)) {
            continue;
        }
        enum err err = act(run, i);
        if (err != ERR_OK) {
            hold(run, false, err_name(err), step->name);
        }
        hold(run, !step->there || step->there(run, id), "retried and lost", step->name);
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
static inline bool run_once(struct run *run, const struct mode *mode)
{
    bool down = false;
    run->time = (struct fake_clock){1795430000000, 1000};
    run->seed = 7;
    run->boot_id = "a";
    vfs_crash_wipe(run->vfs);
    vfs_crash_arm(run->vfs, CRASH_NONE, 0);
    for (size_t i = 0; i < run->scenario->count; i++) {
        if (i == run->scenario->calm) {
            vfs_crash_arm(run->vfs, mode->fault, run->nth);
        }
        run->answers[i] = down ? NOT_CALLED : act(run, i);
        bool struck = vfs_crash_struck(run->vfs);
        hold(run, run->answers[i] == ERR_OK || struck || down, "failed without a fault",
             run->scenario->steps[i].name);
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
    run->scenario->check(run);
    /* The dear checks take turns; modes and seeds differ in who begins. */
    if ((run->nth / mode->stride + mode->turn) % 2 == 0) {
        check_whole(run);
    } else {
        check_retry(run);
    }
    close_store(run);
    return true;
}

static inline void run_all(const struct scenario *scenario, const struct mode *mode)
{
    static char name[64];
    struct run run = {.scenario = scenario, .what = name};
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
    assert_true(runs > scenario->faults_min / stride);
    printf("# %s: %d faults\n", run.what, runs);
    char lock[96];
    snprintf(lock, sizeof lock, "%s/lock", run.dir);
    unlink(lock);
    unlink(run.state);
    unlink(run.feed);
    rmdir(run.dir);
}

#endif
