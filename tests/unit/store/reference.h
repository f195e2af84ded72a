/* A small second opinion on what the store must say after any order of actions: plain
 * tables, no log, no SQL. Written from the contracts, not from the code. */
#ifndef UNIT_STORE_REFERENCE_H
#define UNIT_STORE_REFERENCE_H

#include "unit/store/after.h"

#define REF_PEOPLE 3
#define REF_JOBS 4   /* job j is of person j % REF_PEOPLE */
#define REF_VOTERS 7 /* the last ones only vote */
#define REF_START 960
#define REF_END 1080

struct ref_values {
    bool accepted, on_break;
    enum assignment_state state;
    int in, breaks, confirmed; /* minutes; confirmed -1: not */
};

struct ref_job {
    bool gone; /* with its person */
    struct ref_values now, before;
    int history;
    bool self, site, closed, released, talk, talked;
    enum evaluation_hold hold;
    int next, notes, revision; /* of the sheet's item; -1: none */
};

struct ref_voice {
    enum voice_state state; /* VOICE_PUT_AWAY also: never proposed */
    enum voice_choice votes[REF_VOTERS];
    bool counted[REF_VOTERS];
    int voters, in_favour; /* as published */
};

struct reference {
    struct ref_job jobs[REF_JOBS];
    struct ref_voice voice;
    bool person_gone[REF_VOTERS];
    int key[REF_PEOPLE];
    int64_t events;
};

static inline void ref_init(struct reference *ref, int64_t events)
{
    memset(ref, 0, sizeof *ref);
    ref->events = events;
    ref->voice.state = VOICE_OPEN;
    for (int i = 0; i < REF_JOBS; i++) {
        ref->jobs[i].now.confirmed = ref->jobs[i].before.confirmed = -1;
        ref->jobs[i].next = ref->jobs[i].revision = -1;
    }
}

/* What an event by staff (with a reason) or at the kiosk makes of the values; false:
 * nothing. All times of the tests are sure and on the day. */
static inline bool ref_values_after(struct ref_values *v,
                                    const struct assignment_event *e, int minute)
{
    bool staff = e->by == BY_STAFF;
    int late = minute - REF_START;
    switch (e->kind) {
    case JOB_AGREE:
        if (v->accepted || v->state == ASSIGNMENT_MISSED) {
            return false;
        }
        v->accepted = true;
        return true;
    case JOB_CHECK_IN:
        if (v->state != ASSIGNMENT_EXPECTED || !v->accepted || minute >= REF_END ||
            (!staff && (late > 30 || late < -60))) {
            return false;
        }
        v->state = ASSIGNMENT_THERE;
        v->in = minute;
        return true;
    case JOB_CHECK_OUT:
        if (v->state != ASSIGNMENT_THERE || (!staff && minute - v->in < 2) ||
            (!staff && minute > REF_END + 60)) {
            return false;
        }
        v->state = ASSIGNMENT_GONE;
        v->on_break = false;
        return true;
    case JOB_BREAK_START:
        if (v->state != ASSIGNMENT_THERE || v->on_break || v->breaks == 4) {
            return false;
        }
        v->on_break = true;
        v->breaks++;
        return true;
    case JOB_BREAK_END:
        if (v->state != ASSIGNMENT_THERE || !v->on_break) {
            return false;
        }
        v->on_break = false;
        return true;
    case JOB_CORRECT:
        if (!staff) {
            return false;
        }
        *v = (struct ref_values){.accepted = v->accepted,
                                 .state = ASSIGNMENT_GONE,
                                 .in = REF_START,
                                 .confirmed = -1};
        return true;
    case JOB_CONFIRM:
        if (!staff || v->state != ASSIGNMENT_GONE || v->confirmed == e->minutes) {
            return false;
        }
        v->confirmed = e->minutes;
        return true;
    case JOB_MISS:
        if (v->state != ASSIGNMENT_EXPECTED || (staff ? late <= 30 : minute < REF_END)) {
            return false;
        }
        v->state = ASSIGNMENT_MISSED;
        return true;
    case JOB_MISS_REASON:
        return v->state == ASSIGNMENT_MISSED;
    case JOB_CANCEL:
        if (v->state == ASSIGNMENT_THERE || v->state == ASSIGNMENT_GONE ||
            (v->state == ASSIGNMENT_MISSED && !staff)) {
            return false;
        }
        v->state = ASSIGNMENT_CANCELLED;
        return true;
    default:
        return false;
    }
}

/* Undo is only tried by staff. */
static inline bool ref_job_event(struct reference *ref, int job,
                                 const struct assignment_event *e, int minute)
{
    struct ref_job *j = &ref->jobs[job];
    struct ref_values next = j->now;
    bool off = j->now.state == ASSIGNMENT_CANCELLED && e->kind != JOB_UNDO;
    if (off || j->history == ASSIGNMENT_HISTORY_MAX) {
        return false;
    }
    if (e->kind == JOB_UNDO) {
        if (j->history == 0) {
            return false;
        }
        next = j->before;
    } else if (!ref_values_after(&next, e, minute)) {
        return false;
    }
    j->before = j->now;
    j->now = next;
    j->history++;
    ref->events++;
    return true;
}

static inline bool ref_ready(const struct ref_job *j)
{
    return j->closed || (j->self && j->site);
}

static inline bool ref_view(struct reference *ref, int job, enum form_side side,
                            bool talk)
{
    struct ref_job *j = &ref->jobs[job];
    if (ref_ready(j)) {
        return false;
    }
    if (side == SIDE_SELF) {
        j->self = true;
        j->talk = j->talk || talk;
    } else {
        j->site = true;
    }
    ref->events++;
    return true;
}

static inline bool ref_decide_job(struct ref_job *j, const struct evaluation_event *e)
{
    struct ref_job was = *j;
    switch (e->kind) {
    case EVALUATION_TALK:
        j->talk = true;
        break;
    case EVALUATION_TALKED:
        j->talk = false;
        break;
    case EVALUATION_CLOSE:
        j->closed = j->closed || !ref_ready(j);
        break;
    case EVALUATION_HOLD:
        j->hold = j->site ? e->hold : j->hold;
        break;
    case EVALUATION_UNHOLD:
        j->hold = HOLD_NONE;
        break;
    case EVALUATION_RELEASE:
        j->released = j->released || (ref_ready(j) && (j->self || j->site));
        break;
    case EVALUATION_NEXT:
        j->next = j->released ? 10 * e->next_aspect + e->next_index : j->next;
        break;
    default:
        break;
    }
    return memcmp(&was, j, sizeof was) != 0;
}

static inline bool ref_decide(struct reference *ref, int job,
                              const struct evaluation_event *e)
{
    bool changed = ref_decide_job(&ref->jobs[job], e);
    ref->events += changed;
    return changed;
}

/* Whether a coach has to call. */
static inline bool ref_to_call(const struct ref_job *j)
{
    bool over = j->now.state == ASSIGNMENT_GONE || j->now.state == ASSIGNMENT_MISSED;
    bool nothing = j->closed && !j->self && !j->site;
    return !j->gone && (j->talk || (over && !j->released && !nothing));
}

static inline void ref_publish(struct ref_voice *v)
{
    int fresh = 0, voters = 0, in_favour = 0;
    for (int i = 0; i < REF_VOTERS; i++) {
        voters += v->votes[i] != CHOICE_NONE;
        in_favour += v->votes[i] == CHOICE_FOR;
        fresh += v->votes[i] != CHOICE_NONE && !v->counted[i];
    }
    if (fresh < 5) {
        return;
    }
    v->voters = voters;
    v->in_favour = in_favour;
    for (int i = 0; i < REF_VOTERS; i++) {
        v->counted[i] = v->counted[i] || v->votes[i] != CHOICE_NONE;
    }
}

static inline enum err ref_cast(struct reference *ref, int voter,
                                enum voice_choice choice)
{
    if (ref->person_gone[voter]) {
        return ERR_NOT_FOUND;
    }
    if (ref->voice.state != VOICE_OPEN) {
        return ERR_DENIED;
    }
    if (ref->voice.votes[voter] != choice) {
        ref->voice.votes[voter] = choice;
        ref->events++;
        ref_publish(&ref->voice);
    }
    return ERR_OK;
}

static inline void ref_forget(struct reference *ref, int person)
{
    ref->person_gone[person] = true;
    for (int i = 0; i < REF_JOBS; i++) {
        ref->jobs[i].gone = ref->jobs[i].gone || i % REF_PEOPLE == person;
    }
    ref->events++;
}

#endif
