/* Evaluations: views kept sealed, and what was decided about them. Whether an event may
 * happen is domain/evaluation.h's to say. */
#include "store/evaluations.h"

#include "store/blob.h"
#include "store/job.h"
#include "store/names.h"
#include "store/state.h"

#include <string.h>

_Static_assert(KIND_EVALUATION_NEXT - KIND_EVALUATION_SELF + 1 == EVALUATION_EVENT_COUNT,
               "a kind of fact for each event");

/* ---- views ------------------------------------------------------------------------- */

static bool view_valid(const struct store_view *view)
{
    return !uid_is_nil(view->id) &&
           (view->side == SIDE_SELF || view->side == SIDE_SITE) &&
           blob_valid(&view->for_team) && blob_valid(&view->for_person) &&
           blob_valid(&view->for_centre) && blob_valid(&view->words_for_centre) &&
           blob_valid(&view->words_for_team);
}

static bool says_talk(const struct store_view *view)
{
    return view->side == SIDE_SELF && view->wants_talk;
}

static void put_view(struct fact *fact, const struct store_view *view,
                     struct uid participant)
{
    bool self = view->side == SIDE_SELF;
    fact_init(fact, self ? KIND_EVALUATION_SELF : KIND_EVALUATION_SITE, view->id);
    fact_uid(fact, "assignment", view->assignment);
    fact_uid(fact, "participant", participant);
    fact_uid(fact, "staff", view->staff);
    fact_flag(fact, "talk", says_talk(view));
    blob_put(fact, "view", &view->for_centre);
    blob_put(fact, "words", &view->words_for_centre);
}

static enum err keep_view(struct store *store, const struct store_view *view)
{
    struct query q = query_on(
        &store->state,
        "INSERT INTO view (assignment, side, id, talk, staff, for_team, for_person,"
        " words_for_team) VALUES (:assignment, :side, :id, :talk, :staff, :for_team,"
        " :for_person, :words_for_team)"
        " ON CONFLICT (assignment, side) DO UPDATE SET id = excluded.id,"
        " talk = excluded.talk, staff = excluded.staff, for_team = excluded.for_team,"
        " for_person = excluded.for_person, words_for_team = excluded.words_for_team");
    query_uid(&q, ":assignment", &view->assignment);
    query_text(&q, ":side", str_of(names_word(&names_side, (int)view->side)));
    query_uid(&q, ":id", &view->id);
    query_int(&q, ":talk", says_talk(view));
    query_uid(&q, ":staff", &view->staff);
    blob_bind(&q, ":for_team", &view->for_team);
    blob_bind(&q, ":for_person", &view->for_person);
    blob_bind(&q, ":words_for_team", &view->words_for_team);
    return query_run(&q);
}

static enum err view_in(struct store *store, const struct store_view *view)
{
    struct fact fact;
    struct job job;
    bool seen = false;
    struct evaluation_event event = job_view_event(view->side);
    enum err err = job_load(store, view->assignment, &job);
    if (err != ERR_OK) {
        return err;
    }
    put_view(&fact, view, job.wish.participant);
    err = fact_seen(store, &fact, &seen);
    if (err != ERR_OK || seen) {
        return err;
    }
    if (evaluation_apply(&job.evaluation, &event) != EVALUATION_OK) {
        return ERR_DENIED;
    }
    err = fact_append(store, &fact);
    return err == ERR_OK ? keep_view(store, view) : err;
}

enum err store_view_put(struct store *store, const struct store_view *view)
{
    enum err err = view_valid(view) ? db_begin(&store->state) : ERR_INVALID;
    return err == ERR_OK ? db_end(&store->state, view_in(store, view)) : err;
}

static enum err share(struct store *store, struct uid assignment, enum form_side side,
                      const struct store_blob *for_person)
{
    struct query q = query_on(&store->state,
                              "UPDATE view SET for_person = :for_person"
                              " WHERE assignment = :assignment AND side = :side"
                              " RETURNING 1");
    query_uid(&q, ":assignment", &assignment);
    query_text(&q, ":side", str_of(names_word(&names_side, (int)side)));
    blob_bind(&q, ":for_person", for_person);
    bool found = query_row(&q);
    return query_done_found(&q, found);
}

enum err store_view_share(struct store *store, struct uid assignment, enum form_side side,
                          const struct store_blob *for_person)
{
    enum err err = blob_valid(for_person) ? db_begin(&store->state) : ERR_INVALID;
    return err == ERR_OK ? db_end(&store->state, share(store, assignment, side, for_person))
                         : err;
}

enum err store_view_get(struct store *store, struct uid assignment, enum form_side side,
                        struct store_view *view_out)
{
    bool found = false;
    struct query q = query_on(
        &store->state, "SELECT id, talk, staff, for_team, for_person, words_for_team"
                       " FROM view WHERE assignment = :assignment AND side = :side");
    query_uid(&q, ":assignment", &assignment);
    query_text(&q, ":side", str_of(names_word(&names_side, (int)side)));
    if (query_row(&q)) {
        found = true;
        memset(view_out, 0, sizeof *view_out);
        view_out->assignment = assignment;
        view_out->side = side;
        view_out->id = query_get_uid(&q, 0);
        view_out->wants_talk = query_get_bool(&q, 1);
        view_out->staff = query_get_uid(&q, 2);
        blob_read(&q, 3, &view_out->for_team);
        blob_read(&q, 4, &view_out->for_person);
        blob_read(&q, 5, &view_out->words_for_team);
    }
    return query_done_found(&q, found);
}

/* ---- decisions --------------------------------------------------------------------- */

static bool by_person(enum evaluation_event_kind kind)
{
    return kind == EVALUATION_TALK || kind == EVALUATION_NEXT;
}

static bool event_valid(const struct evaluation_event *event, struct uid staff)
{
    return event->kind >= EVALUATION_TALK && event->kind < EVALUATION_EVENT_COUNT &&
           (by_person(event->kind) || !uid_is_nil(staff));
}

static void put_event(struct fact *fact, struct uid id, const struct job *job,
                      struct uid staff, const struct evaluation_event *event)
{
    fact_init(fact, (enum kind)(KIND_EVALUATION_SELF + (int)event->kind), id);
    fact_uid(fact, "assignment", job->wish.id);
    fact_uid(fact, "participant", job->wish.participant);
    if (!by_person(event->kind)) {
        fact_uid(fact, "staff", staff);
    }
    if (event->kind == EVALUATION_HOLD) {
        int hold = (int)event->hold;
        bool known = hold >= 0 && hold < HOLD_COUNT;
        fact_text(fact, "hold",
                  str_of(names_word(&names_hold, known ? hold : HOLD_NONE)));
    }
    if (event->kind == EVALUATION_NEXT) {
        fact_int(fact, "next_aspect", event->next_aspect);
        fact_int(fact, "next_index", event->next_index);
    }
}

/* Released, told, and nothing left to talk about: the team needs it no longer. */
static enum err close_for_team(struct store *store, const struct evaluation *e)
{
    if (!e->released || e->next_aspect < 0 || e->self_talk) {
        return ERR_OK;
    }
    struct query q =
        query_on(&store->state, "UPDATE view SET for_team = NULL, words_for_team = NULL"
                                " WHERE assignment = :assignment");
    query_uid(&q, ":assignment", &e->assignment);
    return query_run(&q);
}

static enum err decide(struct store *store, struct uid id, struct uid assignment,
                       struct uid staff, const struct evaluation_event *event,
                       struct job *job, enum evaluation_answer *answer)
{
    struct fact fact;
    bool seen = false;
    enum err err = job_load(store, assignment, job);
    if (err != ERR_OK) {
        return err;
    }
    put_event(&fact, id, job, staff, event);
    err = fact_seen(store, &fact, &seen);
    *answer = EVALUATION_OK;
    if (err != ERR_OK || seen) {
        return err;
    }
    *answer = evaluation_apply(&job->evaluation, event);
    if (*answer != EVALUATION_OK) {
        return ERR_OK;
    }
    err = fact_append(store, &fact);
    return err == ERR_OK ? close_for_team(store, &job->evaluation) : err;
}

enum err store_evaluation_event(struct store *store, struct uid fact,
                                struct uid assignment, struct uid staff,
                                const struct evaluation_event *event,
                                enum evaluation_answer *answer_out,
                                struct job_brief *brief_out)
{
    struct job job;
    struct moment now = {0};
    enum evaluation_answer answer = EVALUATION_OK;
    if (uid_is_nil(fact) || !event_valid(event, staff)) {
        return ERR_INVALID;
    }
    enum err err = db_begin(&store->state);
    if (err == ERR_OK) {
        err = job_now(store, &now);
        if (err == ERR_OK) {
            err = decide(store, fact, assignment, staff, event, &job, &answer);
        }
        err = db_end(&store->state, err);
    }
    if (err == ERR_OK) {
        *answer_out = answer;
        job_brief_of(&job.assignment, &job.evaluation, &job.wish, &now, brief_out);
    }
    return err;
}

/* ---- notes ------------------------------------------------------------------------- */

static enum err keep_note(struct store *store, const struct store_note *note)
{
    struct query q = query_on(&store->state, "INSERT INTO note_words (note, for_team)"
                                             " VALUES (:note, :for_team)");
    query_uid(&q, ":note", &note->id);
    blob_bind(&q, ":for_team", &note->for_team);
    return query_run(&q);
}

static enum err write_note(struct store *store, const struct store_note *note)
{
    struct fact fact;
    struct job job;
    bool seen = false;
    enum err err = job_load(store, note->assignment, &job);
    if (err != ERR_OK) {
        return err;
    }
    fact_init(&fact, KIND_NOTE_WRITTEN, note->id);
    fact_uid(&fact, "assignment", note->assignment);
    fact_uid(&fact, "participant", job.wish.participant);
    fact_uid(&fact, "staff", note->staff);
    blob_put(&fact, "words", &note->for_centre);
    err = fact_seen(store, &fact, &seen);
    if (err != ERR_OK || seen) {
        return err;
    }
    err = fact_append(store, &fact);
    return err == ERR_OK && note->for_team.len > 0 ? keep_note(store, note) : err;
}

enum err store_note_put(struct store *store, const struct store_note *note)
{
    if (uid_is_nil(note->id) || uid_is_nil(note->staff) || !blob_valid(&note->for_team) ||
        !blob_valid(&note->for_centre)) {
        return ERR_INVALID;
    }
    enum err err = db_begin(&store->state);
    return err == ERR_OK ? db_end(&store->state, write_note(store, note)) : err;
}

enum err store_notes_get(struct store *store, struct uid assignment,
                         struct store_note *notes, size_t max, size_t *count_out)
{
    size_t count = 0;
    bool more = false;
    struct query q =
        query_on(&store->state, "SELECT n.id, n.staff, w.for_team FROM note n"
                                " LEFT JOIN note_words w ON w.note = n.id"
                                " WHERE n.assignment = :assignment ORDER BY n.seq");
    query_uid(&q, ":assignment", &assignment);
    while (!more && query_row(&q)) {
        if (count == max) {
            more = true;
        } else {
            struct store_note *note = &notes[count++];
            note->assignment = assignment;
            note->id = query_get_uid(&q, 0);
            note->staff = query_get_uid(&q, 1);
            note->for_centre.len = 0;
            blob_read(&q, 2, &note->for_team);
        }
    }
    enum err err = query_done(&q);
    if (err != ERR_OK) {
        return err;
    }
    *count_out = count;
    return more ? ERR_FULL : ERR_OK;
}
