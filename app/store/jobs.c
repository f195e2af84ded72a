/* What happens at a job, and the lists of jobs. */
#include "store/jobs.h"

#include "store/fact.h"
#include "store/job.h"
#include "store/names.h"
#include "store/query.h"
#include "store/state.h"

#include <string.h>

_Static_assert(KIND_JOB_UNDONE - KIND_JOB_AGREED + 1 == ASSIGNMENT_EVENT_COUNT,
               "a kind of fact for each event");

static bool event_valid(const struct assignment_event *e)
{
    return moment_is(&e->at) && (int)e->kind >= 0 && e->kind < ASSIGNMENT_EVENT_COUNT &&
           (int)e->by >= 0 && e->by < ASSIGNMENT_BY_COUNT && (int)e->reason >= 0 &&
           e->reason < ASSIGNMENT_REASON_COUNT;
}

static void put_event(struct fact *fact, const struct store *store,
                      struct uid participant, const struct assignment_event *e)
{
    struct moment times[JOB_TIMES_MAX];
    fact_uid(fact, "assignment", e->assignment);
    fact_uid(fact, "participant", participant);
    fact_at(fact, store, &e->at);
    fact_word(fact, "by", names_word(&names_job_by, (int)e->by), "kiosk");
    fact_uid(fact, "staff", e->staff);
    fact_word(fact, "reason", names_word(&names_job_reason, (int)e->reason), "none");
    fact_count(fact, "minutes", e->minutes);
    fact_count(fact, "missed_form", e->missed_form);
    fact_count(fact, "missed_reason", e->missed_reason);
    if (e->kind == JOB_CORRECT) {
        fact_moments(fact, "times", times, job_times(&e->values, times));
    }
}

/* A retry may carry a later moment: the first one counts. */
static bool same_event(const struct assignment_event *a, const struct assignment_event *b)
{
    struct moment of_a[JOB_TIMES_MAX], of_b[JOB_TIMES_MAX];
    if (a->kind != b->kind || a->by != b->by || !uid_eq(a->staff, b->staff) ||
        a->reason != b->reason || a->minutes != b->minutes ||
        a->missed_form != b->missed_form || a->missed_reason != b->missed_reason) {
        return false;
    }
    if (a->kind != JOB_CORRECT) {
        return true;
    }
    size_t count = job_times(&a->values, of_a);
    return a->values.break_count == b->values.break_count &&
           job_times(&b->values, of_b) == count &&
           memcmp(of_a, of_b, count * sizeof *of_a) == 0;
}

static enum err record(struct store *store, struct uid id, const struct job *job,
                       const struct assignment_event *event)
{
    struct fact fact;
    fact_init(&fact, (enum kind)(KIND_JOB_AGREED + (int)event->kind), id);
    put_event(&fact, store, job->wish.participant, event);
    return fact_append(store, &fact);
}

static enum err happen(struct store *store, struct uid fact,
                       const struct assignment_event *event, struct job *job,
                       enum assignment_answer *answer)
{
    struct job_seen seen;
    enum err err = job_load_seen(store, event->assignment, fact, job, &seen);
    if (err != ERR_OK) {
        return err;
    }
    if (seen.known) {
        *answer = seen.answer;
        return same_event(&seen.event, event) ? ERR_OK : ERR_CONFLICT;
    }
    *answer = assignment_apply(&job->assignment, event);
    return assignment_words(*answer)->recorded ? record(store, fact, job, event) : ERR_OK;
}

enum err store_job_event(struct store *store, struct uid fact,
                         const struct assignment_event *event,
                         enum assignment_answer *answer_out, struct job_brief *brief_out)
{
    struct job job;
    enum assignment_answer answer = ANSWER_AGREED;
    if (uid_is_nil(fact) || !event_valid(event)) {
        return ERR_INVALID;
    }
    enum err err = db_begin(&store->state);
    if (err == ERR_OK) {
        err = db_end(&store->state, happen(store, fact, event, &job, &answer));
    }
    if (err == ERR_OK) {
        *answer_out = answer;
        job_brief_of(&job.assignment, &job.evaluation, &job.wish, &event->at, brief_out);
    }
    return err;
}

static enum err load_alone(struct store *store, struct uid id, struct job *job,
                           struct moment *now)
{
    enum err err = db_begin_read(&store->state);
    if (err != ERR_OK) {
        return err;
    }
    err = job_load(store, id, job);
    if (err == ERR_OK) {
        err = job_now(store, now);
    }
    db_end_read(&store->state);
    return err;
}

enum err store_job_get(struct store *store, struct uid id, struct assignment *job_out)
{
    struct job job;
    struct moment now;
    enum err err = load_alone(store, id, &job, &now);
    if (err == ERR_OK) {
        *job_out = job.assignment;
    }
    return err;
}

enum err store_job_brief(struct store *store, struct uid id, struct job_brief *brief_out)
{
    struct job job;
    struct moment now;
    enum err err = load_alone(store, id, &job, &now);
    if (err == ERR_OK) {
        job_brief_of(&job.assignment, &job.evaluation, &job.wish, &now, brief_out);
    }
    return err;
}

enum err store_now(struct store *store, struct moment *now_out)
{
    return job_now(store, now_out);
}
