/* Forgetting. What goes: bodies of events, their projections, what is kept sealed, what
 * proves who somebody is. What stays of an event is that there was one.
 *
 * Two things go by themselves: a job with all that happened at it, and a person. How long
 * ago an event was is told by the device's clock, which may have been wrong when it was
 * stored. Then the next event that a sane clock stored bounds it; without one it counts
 * as new. Events go from the oldest on, up to the first that may not. */
#include "store/forget.h"

#include "store/fact.h"
#include "store/job.h"
#include "store/names.h"
#include "store/query.h"
#include "store/state.h"

#include <stdlib.h>

#define DAY_MS 86400000
#define CLOCK_SANE_MS 1577836800000 /* 2020 */
#define BATCH 64
#define COMPACT_BUSY_MS 300 /* it can be done another time */

/* Numbers of events that may go. */
struct limits {
    bool clock_wrong;
    int64_t now_ms;
    date_t today;
    int64_t old;   /* all up to this one are older than the given days */
    int64_t known; /* all up to this one are old or acknowledged */
};

/* ---- what may go
 * ------------------------------------------------------------------------ */

static enum err read_limits(struct store *store, int64_t acked_seq, int days,
                            struct limits *limits)
{
    int minute;
    bool newest = true;
    limits->now_ms = clock_wall_ms(&store->clock);
    int64_t bound_ms = limits->now_ms,
            oldest_ms = limits->now_ms - (int64_t)days * DAY_MS;
    date_from_wall_ms(limits->now_ms, &limits->today, &minute);
    limits->old = INT64_MAX;
    limits->clock_wrong = limits->now_ms < CLOCK_SANE_MS;
    struct query q =
        query_on(&store->state, "SELECT seq, wall_ms FROM event ORDER BY seq DESC");
    while (query_row(&q)) {
        int64_t wall_ms = query_get_int(&q, 1);
        limits->clock_wrong = limits->clock_wrong || (newest && limits->now_ms < wall_ms);
        if (wall_ms >= CLOCK_SANE_MS && wall_ms <= limits->now_ms) {
            bound_ms = wall_ms;
        }
        if (bound_ms >= oldest_ms) {
            limits->old = query_get_int(&q, 0) - 1;
        }
        newest = false;
    }
    limits->known = acked_seq > limits->old ? acked_seq : limits->old;
    return query_done(&q);
}

/* ---- the door
 * --------------------------------------------------------------------------- */

/* While it is open the log lets bodies be emptied; and from then on, until the files are
 * compacted, `due` says that this is still to be done. */
static enum err set_door(struct store *store, bool open)
{
    struct query q =
        query_on(&store->state, "UPDATE forgetting SET open = :open, due = 1");
    query_int(&q, ":open", open);
    return query_run(&q);
}

static enum err run_for(struct store *store, const char *const *statements, size_t count,
                        struct uid id)
{
    enum err err = ERR_OK;
    for (size_t i = 0; i < count && err == ERR_OK; i++) {
        struct query q = query_on(&store->state, statements[i]);
        query_uid(&q, ":id", &id);
        err = query_run(&q);
    }
    return err;
}

static int64_t rows_changed(struct store *store)
{
    return sqlite3_changes(store->state.handle);
}

/* ---- a job
 * ------------------------------------------------------------------------------ */

#define OF_JOB                                                                           \
    " WHERE participant = (SELECT participant FROM wish WHERE id = :id) AND body <> ''"  \
    " AND (id = :id OR uid(body ->> 'wish') = :id OR uid(body ->> 'assignment') = :id)"

static enum err forget_job(struct store *store, struct uid job,
                           struct store_forgotten *forgotten)
{
    static const char *const statements[] = {
        "DELETE FROM view WHERE assignment = :id",
        "DELETE FROM note_words WHERE note IN (SELECT id FROM note WHERE assignment = "
        ":id)",
        "DELETE FROM note WHERE assignment = :id",
        "DELETE FROM evaluation_event WHERE assignment = :id",
        "DELETE FROM job_event WHERE assignment = :id",
        "DELETE FROM wish WHERE id = :id",
    };
    struct query q =
        query_on(&store->state, "UPDATE event SET body = '', participant = NULL" OF_JOB);
    query_uid(&q, ":id", &job);
    enum err err = query_run(&q);
    forgotten->events += (int)rows_changed(store);
    forgotten->jobs++;
    return err == ERR_OK ? run_for(store, statements, ARRAY_LEN(statements), job) : err;
}

static enum err newest_of_job(struct store *store, struct uid job, int64_t *seq_out)
{
    *seq_out = INT64_MAX;
    struct query q = query_on(&store->state, "SELECT max(seq) FROM event" OF_JOB);
    query_uid(&q, ":id", &job);
    if (query_row(&q)) {
        *seq_out = query_get_int(&q, 0);
    }
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
    enum err err = newest_of_job(store, job, &newest);
    if (err == ERR_OK && newest <= limits->known) {
        err = is_settled(store, job, &may_go);
        may_go = may_go || newest <= limits->old;
    }
    return err == ERR_OK && may_go ? forget_job(store, job, forgotten) : err;
}

/* ---- a person
 * --------------------------------------------------------------------------- */

static enum err jobs_of(struct store *store, struct uid participant, struct uid *jobs,
                        size_t *count)
{
    *count = 0;
    struct query q =
        query_on(&store->state, "SELECT id FROM wish WHERE participant = :id LIMIT 64");
    query_uid(&q, ":id", &participant);
    while (query_row(&q)) {
        jobs[(*count)++] = query_get_uid(&q, 0);
    }
    return query_done(&q);
}

static enum err forget_jobs_of(struct store *store, struct uid participant,
                               struct store_forgotten *forgotten)
{
    struct uid jobs[BATCH];
    size_t count = 0;
    enum err err = jobs_of(store, participant, jobs, &count);
    while (err == ERR_OK && count > 0) {
        for (size_t i = 0; i < count && err == ERR_OK; i++) {
            err = forget_job(store, jobs[i], forgotten);
        }
        if (err == ERR_OK) {
            err = jobs_of(store, participant, jobs, &count);
        }
    }
    return err;
}

static enum err forget_tries_of(struct store *store, struct uid participant)
{
    struct participant who;
    char key[ALIAS_SIZE];
    enum err err = store_person_by_id(store, participant, &who);
    if (err != ERR_OK) {
        return err;
    }
    alias_key(str_of(who.alias), key);
    err = tries_forget(store, str_of(who.alias));
    return err == ERR_OK ? tries_forget(store, str_of(key)) : err;
}

static enum err forget_one(struct store *store, struct uid participant,
                           struct store_forgotten *forgotten)
{
    static const char *const statements[] = {
        "DELETE FROM sheet WHERE participant = :id",
        "DELETE FROM person_key WHERE participant = :id",
        "DELETE FROM secret WHERE participant = :id",
        "DELETE FROM card_key WHERE card IN (SELECT id FROM card WHERE participant = "
        ":id)",
        "DELETE FROM card WHERE participant = :id",
        "DELETE FROM unfit WHERE participant = :id",
        "DELETE FROM talk WHERE participant = :id",
        "DELETE FROM participant WHERE id = :id",
    };
    enum err err = forget_tries_of(store, participant);
    if (err == ERR_OK) {
        err = forget_jobs_of(store, participant, forgotten);
    }
    if (err != ERR_OK) {
        return err;
    }
    struct query q =
        query_on(&store->state, "UPDATE event SET body = '', participant = NULL"
                                " WHERE participant = :id");
    query_uid(&q, ":id", &participant);
    err = query_run(&q);
    forgotten->events += (int)rows_changed(store);
    forgotten->people++;
    return err == ERR_OK ? run_for(store, statements, ARRAY_LEN(statements), participant)
                         : err;
}

/* ---- all that may go
 * -------------------------------------------------------------------- */

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

static enum err forget_people(struct store *store, const struct limits *limits,
                              struct store_forgotten *forgotten)
{
    struct batch batch = {.count = 1};
    enum err err = ERR_OK;
    while (err == ERR_OK && batch.count > 0) {
        struct query q = query_on(
            &store->state,
            "SELECT p.id, p.seq FROM participant p"
            " WHERE p.seq > :after AND p.seq <= :known"
            " AND NOT EXISTS (SELECT 1 FROM wish w WHERE w.participant = p.id)"
            " AND :known >= (SELECT max(e.seq) FROM event e WHERE e.participant = p.id)"
            " ORDER BY p.seq LIMIT 64");
        query_int(&q, ":known", limits->known);
        err = read_batch(&q, &batch);
        for (size_t i = 0; i < batch.count && err == ERR_OK; i++) {
            err = forget_one(store, batch.ids[i], forgotten);
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
        {"UPDATE event SET body = '', participant = NULL WHERE participant IS NOT NULL"
         " AND kind = 'offer.unfit' AND seq <= :limit",
         "DELETE FROM unfit WHERE participant IS NOT NULL AND seq <= :limit", true},
        {"UPDATE event SET body = '', participant = NULL WHERE participant IS NOT NULL"
         " AND kind = 'talk.asked' AND seq <= :limit",
         "DELETE FROM talk WHERE participant IS NOT NULL AND seq <= :limit", false},
    };
    for (size_t i = 0; i < ARRAY_LEN(answers) && err == ERR_OK; i++) {
        int64_t limit = answers[i].when_known ? limits->known : limits->old;
        err = run_to(store, answers[i].empty, limit);
        forgotten->events += err == ERR_OK ? (int)rows_changed(store) : 0;
        if (err == ERR_OK) {
            err = run_to(store, answers[i].drop, limit);
        }
    }
    return err;
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
    enum err err = set_door(store, true);
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
        err = forget_proposers(store);
    }
    return err == ERR_OK ? set_door(store, false) : err;
}

/* ---- no trace
 * --------------------------------------------------------------------------- */

static enum err empty_log(struct store *store)
{
    int rc = sqlite3_wal_checkpoint_v2(store->state.handle, "main",
                                       SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    return rc == SQLITE_OK ? ERR_OK : db_fail(&store->state, rc);
}

static enum err is_due(struct store *store, bool *due_out)
{
    struct query q = query_on(&store->state, "SELECT due FROM forgetting");
    *due_out = query_row(&q) && query_get_bool(&q, 0);
    return query_done(&q);
}

static enum err no_longer_due(struct store *store)
{
    enum err err = db_begin(&store->state);
    if (err != ERR_OK) {
        return err;
    }
    struct query q = query_on(&store->state, "UPDATE forgetting SET due = 0");
    return db_end(&store->state, query_run(&q));
}

/* secure_delete zeroes what is deleted. It promises nothing of copies that pages keep
 * when rows move between them, and leaves the write-ahead log as it is: so every page is
 * written anew and the log emptied. */
static enum err write_anew(struct store *store)
{
    enum err err = empty_log(store);
    if (err == ERR_OK) {
        int rc = sqlite3_exec(store->state.handle, "VACUUM", NULL, NULL, NULL);
        err = rc == SQLITE_OK ? ERR_OK : db_fail(&store->state, rc);
    }
    return err == ERR_OK ? empty_log(store) : err;
}

static enum err compact(struct store *store)
{
    bool due = false;
    enum err err = is_due(store, &due);
    if (err != ERR_OK || !due) {
        return err;
    }
    sqlite3_busy_timeout(store->state.handle, COMPACT_BUSY_MS);
    err = write_anew(store);
    sqlite3_busy_timeout(store->state.handle, DB_BUSY_MS);
    return err == ERR_OK ? no_longer_due(store) : err;
}

/* What was forgotten is forgotten; only its traces may still be there. */
static enum err finish(struct store *store, enum err err)
{
    if (err == ERR_OK && compact(store) != ERR_OK) {
        return ERR_UNKNOWN;
    }
    return err;
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
    err = finish(store, err);
    if (err == ERR_OK) {
        *forgotten_out = forgotten;
    }
    return err;
}

/* ---- one who asked
 * ---------------------------------------------------------------------- */

static enum err forget_who_asked(struct store *store, struct uid id,
                                 struct uid participant, struct uid staff)
{
    struct fact fact;
    struct store_forgotten forgotten = {0};
    bool seen = false;
    fact_init(&fact, KIND_PERSON_DELETED, id);
    fact_uid(&fact, "staff", staff);
    enum err err = fact_seen(store, &fact, &seen);
    if (err != ERR_OK || seen) {
        return err;
    }
    err = set_door(store, true);
    if (err == ERR_OK) {
        err = forget_one(store, participant, &forgotten);
    }
    if (err == ERR_OK) {
        err = fact_append(store, &fact);
    }
    return err == ERR_OK ? set_door(store, false) : err;
}

enum err store_forget_person(struct store *store, struct uid fact, struct uid participant,
                             struct uid staff)
{
    if (uid_is_nil(fact)) {
        return ERR_INVALID;
    }
    enum err err = db_begin(&store->state);
    if (err == ERR_OK) {
        err = db_end(&store->state, forget_who_asked(store, fact, participant, staff));
    }
    if (err == ERR_OK) {
        folder_drop_aside(&store->folder, "state", INT64_MAX);
    }
    return finish(store, err);
}
