/* Lists of jobs. The ids are read first, then each job as a whole: a list is short. */
#include "store/jobs.h"

#include "store/job.h"
#include "store/query.h"
#include "store/state.h"
#include "store/wish_row.h"

#include <string.h>

#define CANDIDATES_MAX 512

struct candidates {
    size_t count;
    bool more;
    struct uid ids[CANDIDATES_MAX];
};

struct list {
    struct job_brief *jobs;
    size_t max, count, talks;
    bool more;
};

typedef bool list_filter(const struct job *job);

static enum err read_candidates(struct query *q, struct candidates *c)
{
    c->count = 0;
    c->more = false;
    while (!c->more && query_row(q)) {
        if (c->count == CANDIDATES_MAX) {
            c->more = true;
        } else {
            c->ids[c->count++] = query_get_uid(q, 0);
        }
    }
    return query_done(q);
}

/* "Ich will reden" goes before all others if the list is one to call. */
static void put(struct list *list, const struct job *job, const struct moment *now,
                bool talks_first)
{
    struct job_brief brief;
    job_brief_of(&job->assignment, &job->evaluation, &job->wish, now, &brief);
    bool first = talks_first && brief.talk;
    size_t at = first ? list->talks : list->count;
    list->more = list->more || list->count == list->max;
    if (at == list->max) {
        return;
    }
    if (list->count == list->max) {
        list->count--;
    }
    memmove(&list->jobs[at + 1], &list->jobs[at],
            (list->count - at) * sizeof *list->jobs);
    list->jobs[at] = brief;
    list->count++;
    list->talks += first;
}

static enum err load_each(struct store *store, const struct candidates *c,
                          list_filter *filter, struct list *list)
{
    struct job job;
    struct moment now;
    enum err err = job_now(store, &now);
    for (size_t i = 0; i < c->count && err == ERR_OK; i++) {
        err = job_load(store, c->ids[i], &job);
        if (err == ERR_OK && (!filter || filter(&job))) {
            put(list, &job, &now, filter != NULL);
        }
    }
    list->more = list->more || c->more;
    return err;
}

/* Finishes what a list function began: reads its candidates, then the jobs. */
static enum err fill(struct store *store, struct query *q, list_filter *filter,
                     struct job_brief *jobs, size_t max, size_t *count_out)
{
    struct candidates candidates;
    struct list list = {.jobs = jobs, .max = max};
    enum err err = read_candidates(q, &candidates);
    if (err == ERR_OK) {
        err = load_each(store, &candidates, filter, &list);
    }
    db_end_read(&store->state);
    if (err != ERR_OK) {
        return err;
    }
    *count_out = list.count;
    return list.more ? ERR_FULL : ERR_OK;
}

enum err store_jobs_of(struct store *store, struct uid participant,
                       struct job_brief *jobs, size_t max, size_t *count_out)
{
    enum err err = db_begin_read(&store->state);
    if (err != ERR_OK) {
        return err;
    }
    struct query q = query_on(&store->state,
                              "SELECT id FROM wish"
                              " WHERE participant = :participant AND state = 'confirmed'"
                              " ORDER BY date DESC, starts DESC, seq DESC");
    query_uid(&q, ":participant", &participant);
    return fill(store, &q, NULL, jobs, max, count_out);
}

enum err store_jobs_on(struct store *store, date_t day, struct job_brief *jobs,
                       size_t max, size_t *count_out)
{
    char date[11];
    enum err err = db_begin_read(&store->state);
    if (err != ERR_OK) {
        return err;
    }
    struct query q =
        query_on(&store->state, "SELECT w.id FROM wish w"
                                " JOIN participant p ON p.id = w.participant"
                                " WHERE w.date = :day AND w.state = 'confirmed'"
                                " ORDER BY w.starts, p.alias_key, w.seq");
    query_date(&q, ":day", day, date);
    return fill(store, &q, NULL, jobs, max, count_out);
}

/* Closed without any view: there was nothing to talk about. */
static bool wants_call(const struct job *job)
{
    const struct evaluation *e = &job->evaluation;
    enum assignment_state state = job->assignment.now.state;
    bool over = state == ASSIGNMENT_GONE || state == ASSIGNMENT_MISSED;
    bool empty = e->closed && !e->self_in && !e->site_in;
    return evaluation_talk_visible_to_coach(e) || (over && !e->released && !empty);
}

enum err store_jobs_to_call(struct store *store, struct job_brief *jobs, size_t max,
                            size_t *count_out)
{
    enum err err = db_begin_read(&store->state);
    if (err != ERR_OK) {
        return err;
    }
    struct query q = query_on(
        &store->state,
        "SELECT w.id FROM wish w INDEXED BY wish_taken"
        " WHERE w.state = 'confirmed'"
        " AND (EXISTS (SELECT 1 FROM job_event j WHERE j.assignment = w.id)"
        "  OR EXISTS (SELECT 1 FROM evaluation_event e WHERE e.assignment = w.id))"
        " AND (NOT EXISTS (SELECT 1 FROM evaluation_event e WHERE e.assignment = w.id"
        "   AND e.kind = 'evaluation.released')"
        "  OR EXISTS (SELECT 1 FROM evaluation_event e WHERE e.assignment = w.id"
        "   AND (e.talk = 1 OR e.kind = 'evaluation.talk')))"
        " ORDER BY w.date, w.starts, w.seq");
    return fill(store, &q, wants_call, jobs, max, count_out);
}

static void hide_people(struct job_brief *jobs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        memset(jobs[i].wish.alias, 0, sizeof jobs[i].wish.alias);
        jobs[i].wish.participant = (struct uid){{0}};
    }
}

enum err store_jobs_of_offer(struct store *store, struct str code, date_t day,
                             bool aliases, struct job_brief *jobs, size_t max,
                             size_t *count_out)
{
    char date[11];
    enum err err = db_begin_read(&store->state);
    if (err != ERR_OK) {
        return err;
    }
    struct query q =
        query_on(&store->state, "SELECT id FROM wish WHERE code = :code AND date = :day"
                                " AND state = 'confirmed' ORDER BY seq");
    query_text(&q, ":code", code);
    query_date(&q, ":day", day, date);
    err = fill(store, &q, NULL, jobs, max, count_out);
    if (!aliases && (err == ERR_OK || err == ERR_FULL)) {
        hide_people(jobs, *count_out);
    }
    return err;
}

enum err store_orders_list(struct store *store, date_t from, struct wish *orders,
                           size_t max, size_t *count_out)
{
    char date[11];
    size_t count = 0;
    bool more = false;
    struct query q =
        query_on(&store->state, "SELECT " WISH_COLUMNS
                                " FROM wish w JOIN participant p ON p.id = w.participant"
                                " WHERE w.state = 'confirmed' AND w.date >= :from"
                                " GROUP BY w.code, w.date HAVING w.seq = max(w.seq)"
                                " ORDER BY w.date, w.starts, w.code");
    query_date(&q, ":from", from == DATE_NONE ? 0 : from, date);
    while (!more && query_row(&q)) {
        if (count == max) {
            more = true;
        } else {
            wish_read(&q, &orders[count]);
            memset(orders[count].alias, 0, sizeof orders[count].alias);
            orders[count].participant = orders[count].id = (struct uid){{0}};
            count++;
        }
    }
    enum err err = query_done(&q);
    if (err != ERR_OK) {
        return err;
    }
    *count_out = count;
    return more ? ERR_FULL : ERR_OK;
}
