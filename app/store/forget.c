/* Forgetting: what may go, and when. What stays of an event is that there was one.
 *
 * Two things go by themselves: a job with all that happened at it, and a person. How long
 * ago an event was is told by the device's clock, which may have been wrong when it was
 * stored. Then the next event that a sane clock stored bounds it; without one it counts
 * as new. Events go from the oldest on, up to the first that may not. */
#include "store/forget_rows.h"

#include "store/job.h"
#include "store/query.h"
#include "store/state.h"

#define DAY_MS 86400000
/* What the centre acknowledged stays so long in any case: it may be put back from a
 * backup and has to be told again. */
#define TOLD_DAYS 14
/* More than this between two events that follow each other is a clock that jumped, and no
 * time that passed: a Pi that wakes in 2085 must not forget what nobody else has. */
#define JUMP_MS (400 * (int64_t)DAY_MS)
#define BATCH 64

/* Numbers of events that may go. */
struct limits {
    bool clock_wrong;
    int64_t now_ms;
    date_t today;
    int64_t old;   /* all up to this one are older than the given days */
    int64_t told;  /* all up to this one are acknowledged, and not just now */
    int64_t known; /* all up to this one are one or the other */
};

/* ---- what may go ------------------------------------------------------------------- */

/* An event is as old as the newest sane time at or behind it says. */
static void bound(struct limits *limits, int64_t seq, int64_t age_ms, int days)
{
    if (age_ms <= (int64_t)days * DAY_MS) {
        limits->old = seq - 1;
    }
    if (age_ms <= (int64_t)TOLD_DAYS * DAY_MS) {
        limits->told = seq - 1;
    }
}

/* How long ago, as far as it was lived through. */
struct age {
    int64_t at_ms, ms;
};

static void go_back(struct age *age, int64_t wall_ms)
{
    int64_t step = age->at_ms - wall_ms;
    age->ms += step >= -JUMP_MS && step <= JUMP_MS ? step : 0;
    age->at_ms = wall_ms;
}

static enum err read_limits(struct store *store, int64_t acked_seq, int days,
                            struct limits *limits)
{
    int minute;
    bool newest = true;
    limits->now_ms = clock_wall_ms(&store->clock);
    struct age age = {.at_ms = limits->now_ms};
    date_from_wall_ms(limits->now_ms, &limits->today, &minute);
    limits->old = limits->told = INT64_MAX;
    limits->clock_wrong = limits->now_ms < CLOCK_SANE_MS;
    struct query q =
        query_on(&store->state, "SELECT seq, wall_ms FROM event ORDER BY seq DESC");
    while (query_row(&q)) {
        int64_t wall_ms = query_get_int(&q, 1);
        limits->clock_wrong = limits->clock_wrong || (newest && limits->now_ms < wall_ms);
        if (wall_ms >= CLOCK_SANE_MS && wall_ms <= limits->now_ms) {
            go_back(&age, wall_ms);
        }
        bound(limits, query_get_int(&q, 0), age.ms, days);
        newest = false;
    }
    limits->told = acked_seq < limits->told ? acked_seq : limits->told;
    limits->known = limits->told > limits->old ? limits->told : limits->old;
    return query_done(&q);
}

/* Nobody waits for anything of it any more. Its day is over already. */
static enum err is_settled(struct store *store, struct uid id, bool *settled_out)
{
    struct job job;
    enum err err = job_load(store, id, &job);
    *settled_out = err == ERR_NOT_FOUND; /* declined, undone or never decided */
    if (err == ERR_OK) {
        const struct evaluation *e = &job.evaluation;
        bool empty = e->closed && !e->self_in && !e->site_in;
        bool off = job.assignment.now.state == ASSIGNMENT_CANCELLED;
        *settled_out = (e->released || empty || off) && !e->self_talk;
    }
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

static enum err look_at_job(struct store *store, const struct limits *limits,
                            struct uid job, struct store_forgotten *forgotten)
{
    int64_t newest;
    bool may_go = false;
    enum err err = forget_newest_of_job(store, job, &newest);
    if (err == ERR_OK && newest <= limits->known) {
        err = is_settled(store, job, &may_go);
        may_go = may_go || newest <= limits->old;
    }
    return err == ERR_OK && may_go ? forget_job(store, job, forgotten) : err;
}

/* ---- all that may go --------------------------------------------------------------- */

struct batch {
    int64_t after;
    size_t count;
    struct uid ids[BATCH];
};

static enum err read_batch(struct query *q, struct batch *batch)
{
    query_int(q, ":after", batch->after);
    batch->count = 0;
    while (query_row(q)) {
        batch->ids[batch->count++] = query_get_uid(q, 0);
        batch->after = query_get_int(q, 1);
    }
    return query_done(q);
}

static enum err forget_jobs(struct store *store, const struct limits *limits,
                            struct store_forgotten *forgotten)
{
    char today[11];
    struct batch batch = {.count = 1};
    enum err err = ERR_OK;
    while (err == ERR_OK && batch.count > 0) {
        struct query q = query_on(
            &store->state, "SELECT id, seq FROM wish"
                           " WHERE date < :today AND seq > :after AND seq <= :known"
                           " ORDER BY seq LIMIT 64");
        query_date(&q, ":today", limits->today, today);
        query_int(&q, ":known", limits->known);
        err = read_batch(&q, &batch);
        for (size_t i = 0; i < batch.count && err == ERR_OK; i++) {
            err = look_at_job(store, limits, batch.ids[i], forgotten);
        }
    }
    return err;
}

/* Known to the centre or not: who was here lately comes again, and their sheet is nowhere
 * else. */
static enum err forget_people(struct store *store, const struct limits *limits,
                              struct store_forgotten *forgotten)
{
    struct batch batch = {.count = 1};
    enum err err = ERR_OK;
    while (err == ERR_OK && batch.count > 0) {
        struct query q = query_on(
            &store->state,
            "SELECT p.id, p.seq FROM participant p"
            " WHERE p.seq > :after AND p.seq <= :old"
            " AND NOT EXISTS (SELECT 1 FROM wish w WHERE w.participant = p.id)"
            " AND :old >= (SELECT max(e.seq) FROM event e WHERE e.participant = p.id)"
            " ORDER BY p.seq LIMIT 64");
        query_int(&q, ":old", limits->old);
        err = read_batch(&q, &batch);
        for (size_t i = 0; i < batch.count && err == ERR_OK; i++) {
            err = forget_person(store, batch.ids[i], forgotten);
        }
    }
    return err;
}

static enum err run_to(struct store *store, const char *sql, int64_t limit)
{
    struct query q = query_on(&store->state, sql);
    query_int(&q, ":limit", limit);
    return query_run(&q);
}

/* "Passt nicht" is told to the centre and done; "Ich will reden" is not done by being
 * told. */
static enum err forget_answers(struct store *store, const struct limits *limits,
                               struct store_forgotten *forgotten)
{
    enum err err = ERR_OK;
    static const struct {
        const char *empty, *drop;
        bool when_known;
    } answers[] = {
        {"UPDATE event SET body = '', participant = NULL, salt = x'' WHERE participant "
         "IS NOT NULL"
         " AND kind = 'offer.unfit' AND seq <= :limit",
         "DELETE FROM unfit WHERE participant IS NOT NULL AND seq <= :limit", true},
        {"UPDATE event SET body = '', participant = NULL, salt = x'' WHERE participant "
         "IS NOT NULL"
         " AND kind IN ('talk.asked', 'talk.done') AND seq <= :limit",
         "DELETE FROM talk WHERE participant IS NOT NULL AND seq <= :limit", false},
    };
    for (size_t i = 0; i < ARRAY_LEN(answers) && err == ERR_OK; i++) {
        int64_t limit = answers[i].when_known ? limits->known : limits->old;
        err = run_to(store, answers[i].empty, limit);
        forgotten->events += err == ERR_OK ? forget_rows_changed(store) : 0;
        if (err == ERR_OK) {
            err = run_to(store, answers[i].drop, limit);
        }
    }
    return err;
}

/* Whom the centre was told to forget, nobody has to be told any more. */
static enum err forget_deletions(struct store *store, const struct limits *limits)
{
    return run_to(store,
                  "UPDATE event SET body = '', participant = NULL, salt = x''"
                  " WHERE kind = 'person.deleted' AND participant IS NOT NULL"
                  " AND seq <= :limit",
                  limits->told);
}

/* Who proposed today may be kept until tomorrow, and nobody can tell the days apart. */
static enum err forget_proposers(struct store *store)
{
    struct query q = query_on(&store->state, "DELETE FROM voice_day");
    return query_run(&q);
}

static enum err forget_all(struct store *store, const struct limits *limits,
                           struct store_forgotten *forgotten)
{
    enum err err = forget_door(store, true);
    int before = sqlite3_total_changes(store->state.handle);
    if (err == ERR_OK) {
        err = forget_jobs(store, limits, forgotten);
    }
    if (err == ERR_OK) {
        err = forget_answers(store, limits, forgotten);
    }
    if (err == ERR_OK) {
        err = forget_people(store, limits, forgotten);
    }
    if (err == ERR_OK) {
        err = forget_deletions(store, limits);
    }
    if (err == ERR_OK) {
        err = forget_proposers(store);
    }
    /* In most nights nothing goes, and the card is not written anew. */
    if (err == ERR_OK && sqlite3_total_changes(store->state.handle) != before) {
        err = compact_is_due(store);
    }
    return err == ERR_OK ? forget_door(store, false) : err;
}

enum err store_forget(struct store *store, int64_t acked_seq, int days,
                      struct store_forgotten *forgotten_out)
{
    struct limits limits;
    struct store_forgotten forgotten = {0};
    if (acked_seq < 0 || days < 0) {
        return ERR_INVALID;
    }
    enum err err = db_begin(&store->state);
    if (err != ERR_OK) {
        return err;
    }
    err = read_limits(store, acked_seq, days, &limits);
    if (err == ERR_OK && !limits.clock_wrong) {
        err = forget_all(store, &limits, &forgotten);
    }
    err = db_end(&store->state, err);
    if (err == ERR_OK && !limits.clock_wrong) {
        int64_t before_ms = limits.now_ms - (int64_t)days * DAY_MS;
        folder_drop_aside(&store->folder, "state", before_ms);
    }
    err = compact_after(store, err);
    if (err == ERR_OK) {
        *forgotten_out = forgotten;
    }
    return err;
}
