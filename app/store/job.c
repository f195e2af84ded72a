/* A job as it is stored: what happened, applied in order.
 *
 * An event that assignment_apply() would no longer record changes nothing: so a stored
 * log stays readable if a rule ever becomes stricter. */
#include "store/job.h"

#include "store/names.h"
#include "store/state.h"
#include "store/wish_row.h"

#include <string.h>

/* An answer that is recorded takes one place of the history, so there are never more. */
struct happened {
    int count;
    struct uid ids[ASSIGNMENT_HISTORY_MAX];
    struct assignment_event events[ASSIGNMENT_HISTORY_MAX];
};

/* ---- the wish ---------------------------------------------------------------------- */

static enum err load_wish(struct store *store, struct uid id, struct wish *wish)
{
    bool found = false;
    struct query q =
        query_on(&store->state, "SELECT " WISH_COLUMNS
                                " FROM wish w JOIN participant p ON p.id = w.participant"
                                " WHERE w.id = :id AND w.state = 'confirmed'");
    query_uid(&q, ":id", &id);
    if (query_row(&q)) {
        found = true;
        wish_read(&q, wish);
    }
    return query_done_found(&q, found);
}

/* ---- what happened ----------------------------------------------------------------- */

static struct moment read_moment(struct query *q, int column)
{
    bool sure = sqlite3_column_type(q->stmt, column + 3) != SQLITE_NULL;
    return (struct moment){query_get_int(q, column), query_get_int(q, column + 1),
                           query_get_int(q, column + 2),
                           sure ? query_get_int(q, column + 3) : MOMENT_UNSURE};
}

static enum assignment_event_kind read_kind(struct query *q, int column)
{
    int kind = (int)kind_from_name(query_peek_text(q, column).ptr) - KIND_JOB_AGREED;
    if (kind < 0 || kind >= ASSIGNMENT_EVENT_COUNT) {
        query_corrupt(q);
        return JOB_UNDO;
    }
    return (enum assignment_event_kind)kind;
}

static void read_event(struct query *q, struct assignment_event *event)
{
    memset(event, 0, sizeof *event);
    event->kind = read_kind(q, 1);
    event->at = read_moment(q, 2);
    int by = names_value(&names_job_by, query_peek_text(q, 6));
    int reason = names_value(&names_job_reason, query_peek_text(q, 8));
    event->staff = query_get_uid(q, 7);
    event->minutes = (int)query_get_int(q, 9);
    event->missed_form = (int)query_get_int(q, 10);
    event->missed_reason = (int)query_get_int(q, 11);
    if (by < 0 || reason < 0) {
        query_corrupt(q);
        return;
    }
    event->by = (enum assignment_by)by;
    event->reason = (enum assignment_reason)reason;
}

static enum err load_events(struct store *store, struct uid id, struct happened *h)
{
    struct query q = query_on(
        &store->state, "SELECT id, kind, wall_ms, boot, mono_ms, uncertainty_ms,"
                       " told_by, staff, reason, minutes, missed_form, missed_reason"
                       " FROM job_event WHERE assignment = :assignment ORDER BY seq");
    query_uid(&q, ":assignment", &id);
    h->count = 0;
    while (query_row(&q)) {
        if (h->count == ASSIGNMENT_HISTORY_MAX) {
            query_corrupt(&q);
            break;
        }
        h->ids[h->count] = query_get_uid(&q, 0);
        read_event(&q, &h->events[h->count]);
        h->events[h->count++].assignment = id;
    }
    return query_done(&q);
}

static void take_times(const struct moment *times, size_t count,
                       struct assignment_values *values)
{
    values->in = count > 0 ? times[0] : (struct moment){0};
    values->out = count > 1 ? times[1] : (struct moment){0};
    values->break_count = count > 2 ? (int)(count - 2) / 2 : 0;
    for (int i = 0; i < values->break_count; i++) {
        values->breaks[i] = (struct assignment_break){times[2 + 2 * i], times[3 + 2 * i]};
    }
}

static struct moment or_none(struct moment m)
{
    return moment_is(&m) ? m : (struct moment){0};
}

size_t job_times(const struct assignment_values *values, struct moment *times_out)
{
    size_t count = 0;
    times_out[count++] = or_none(values->in);
    times_out[count++] = or_none(values->out);
    for (int i = 0; i < values->break_count; i++) {
        times_out[count++] = or_none(values->breaks[i].from);
        times_out[count++] = or_none(values->breaks[i].until);
    }
    return count;
}

static enum err load_times(struct store *store, struct uid fact,
                           struct assignment_values *values)
{
    struct moment times[JOB_TIMES_MAX];
    size_t count = 0;
    struct query q =
        query_on(&store->state, "SELECT t.value ->> 'wall_ms', t.value ->> 'boot',"
                                " t.value ->> 'mono_ms', t.value ->> 'uncertainty_ms'"
                                " FROM job_event j, json_each(j.times) t"
                                " WHERE j.id = :id ORDER BY t.key");
    query_uid(&q, ":id", &fact);
    while (query_row(&q)) {
        if (count == JOB_TIMES_MAX) {
            query_corrupt(&q);
            break;
        }
        times[count++] = read_moment(&q, 0);
    }
    take_times(times, count, values);
    return query_done(&q);
}

static enum err load_happened(struct store *store, struct uid id, struct happened *h)
{
    enum err err = load_events(store, id, h);
    for (int i = 0; i < h->count && err == ERR_OK; i++) {
        if (h->events[i].kind == JOB_CORRECT) {
            err = load_times(store, h->ids[i], &h->events[i].values);
        }
    }
    return err;
}

static void apply_all(const struct happened *h, struct uid fact, struct assignment *a,
                      struct job_seen *seen)
{
    seen->known = false;
    for (int i = 0; i < h->count; i++) {
        enum assignment_answer answer = assignment_apply(a, &h->events[i]);
        if (uid_eq(h->ids[i], fact)) {
            *seen = (struct job_seen){true, h->events[i], answer};
        }
    }
}

/* ---- how far its evaluation is ----------------------------------------------------- */

struct evaluation_event job_view_event(enum form_side side)
{
    struct evaluation_event event = {.kind = side == SIDE_SELF ? EVALUATION_SELF_IN
                                                               : EVALUATION_SITE_IN};
    evaluation_view_init(&event.view, side, 1);
    return event;
}

static void apply_row(struct query *q, struct evaluation *e)
{
    struct evaluation_event event = {.kind = EVALUATION_TALK};
    int kind = (int)kind_from_name(query_peek_text(q, 0).ptr) - KIND_EVALUATION_SELF;
    int hold = names_value(&names_hold, query_peek_text(q, 2));
    if (kind < 0 || kind >= EVALUATION_EVENT_COUNT || hold < 0) {
        query_corrupt(q);
        return;
    }
    if (kind == EVALUATION_SELF_IN || kind == EVALUATION_SITE_IN) {
        event = job_view_event(kind == EVALUATION_SELF_IN ? SIDE_SELF : SIDE_SITE);
    }
    event.kind = (enum evaluation_event_kind)kind;
    event.hold = (enum evaluation_hold)hold;
    event.next_aspect = (int)query_get_int(q, 3);
    event.next_index = (int)query_get_int(q, 4);
    (void)evaluation_apply(e, &event);
    if (query_get_bool(q, 1)) {
        event.kind = EVALUATION_TALK;
        (void)evaluation_apply(e, &event);
    }
}

static enum err load_evaluation(struct store *store, struct uid id, struct evaluation *e)
{
    evaluation_init(e, id);
    struct query q =
        query_on(&store->state, "SELECT kind, talk, hold, next_aspect, next_index"
                                " FROM evaluation_event WHERE assignment = :assignment"
                                " ORDER BY seq");
    query_uid(&q, ":assignment", &id);
    while (query_row(&q)) {
        apply_row(&q, e);
    }
    return query_done(&q);
}

/* ---- all of it --------------------------------------------------------------------- */

enum err job_load_seen(struct store *store, struct uid id, struct uid fact,
                       struct job *job_out, struct job_seen *seen_out)
{
    struct happened happened = {.count = 0};
    enum err err = load_wish(store, id, &job_out->wish);
    if (err == ERR_OK) {
        err = load_happened(store, id, &happened);
    }
    if (err == ERR_OK) {
        err = load_evaluation(store, id, &job_out->evaluation);
    }
    if (err == ERR_OK) {
        assignment_from_wish(&job_out->assignment, &job_out->wish);
        apply_all(&happened, fact, &job_out->assignment, seen_out);
    }
    return err;
}

enum err job_load(struct store *store, struct uid id, struct job *job_out)
{
    struct job_seen seen;
    return job_load_seen(store, id, (struct uid){{0}}, job_out, &seen);
}

enum err job_now(struct store *store, struct moment *now_out)
{
    int64_t last_ms = CLOCK_SANE_MS;
    struct query q = query_on(&store->state, "SELECT wall_ms FROM event"
                                             " ORDER BY seq DESC LIMIT 1");
    if (query_row(&q) && query_get_int(&q, 0) > last_ms) {
        last_ms = query_get_int(&q, 0);
    }
    enum err err = query_done(&q);
    if (err == ERR_OK) {
        int64_t wall_ms = clock_wall_ms(&store->clock);
        *now_out = (struct moment){wall_ms, store->boot, clock_mono_ms(&store->clock),
                                   wall_ms >= last_ms ? 0 : MOMENT_UNSURE};
    }
    return err;
}
