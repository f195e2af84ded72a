/* What goes when a job or a person is forgotten: bodies of events, their projections,
 * what is kept sealed, what proves who somebody is. */
#include "store/forget_rows.h"

#include "store/query.h"
#include "store/state.h"

#define BATCH 64

enum err forget_door(struct store *store, bool open)
{
    struct query q = query_on(&store->state, "UPDATE forgetting SET open = :open");
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

int forget_rows_changed(struct store *store)
{
    return sqlite3_changes(store->state.handle);
}

/* ---- a job ------------------------------------------------------------------------- */

#define OF_JOB                                                                           \
    " WHERE participant = (SELECT participant FROM wish WHERE id = :id) AND body <> ''"  \
    " AND (id = :id OR uid(body ->> 'wish') = :id OR uid(body ->> 'assignment') = :id)"

enum err forget_job(struct store *store, struct uid job,
                    struct store_forgotten *forgotten)
{
    static const char *const statements[] = {
        ("INSERT INTO lease_spent (lease, places) SELECT lease, 1 FROM wish"
         " WHERE id = :id AND lease IS NOT NULL"
         " ON CONFLICT (lease) DO UPDATE SET places = places + 1"),
        "DELETE FROM view WHERE assignment = :id",
        ("DELETE FROM note_words WHERE note IN"
         " (SELECT id FROM note WHERE assignment = :id)"),
        "DELETE FROM note WHERE assignment = :id",
        "DELETE FROM evaluation_event WHERE assignment = :id",
        "DELETE FROM job_event WHERE assignment = :id",
        "DELETE FROM wish WHERE id = :id",
    };
    struct query q =
        query_on(&store->state,
                 "UPDATE event SET body = '', participant = NULL, salt = x''" OF_JOB);
    query_uid(&q, ":id", &job);
    enum err err = query_run(&q);
    forgotten->events += forget_rows_changed(store);
    forgotten->jobs++;
    return err == ERR_OK ? run_for(store, statements, ARRAY_LEN(statements), job) : err;
}

enum err forget_newest_of_job(struct store *store, struct uid job, int64_t *seq_out)
{
    *seq_out = INT64_MAX;
    struct query q = query_on(&store->state, "SELECT max(seq) FROM event" OF_JOB);
    query_uid(&q, ":id", &job);
    if (query_row(&q)) {
        *seq_out = query_get_int(&q, 0);
    }
    return query_done(&q);
}

/* ---- a person ---------------------------------------------------------------------- */

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

enum err forget_person(struct store *store, struct uid participant,
                       struct store_forgotten *forgotten)
{
    static const char *const statements[] = {
        "DELETE FROM sheet WHERE participant = :id",
        "DELETE FROM person_key WHERE participant = :id",
        "DELETE FROM secret WHERE participant = :id",
        ("DELETE FROM card_key WHERE card IN"
         " (SELECT id FROM card WHERE participant = :id)"),
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
    struct query q = query_on(&store->state,
                              "UPDATE event SET body = '', participant = NULL, salt = x''"
                              " WHERE participant = :id");
    query_uid(&q, ":id", &participant);
    err = query_run(&q);
    forgotten->events += forget_rows_changed(store);
    forgotten->people++;
    return err == ERR_OK ? run_for(store, statements, ARRAY_LEN(statements), participant)
                         : err;
}
