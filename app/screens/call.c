/* The coach's call after a job: both views side by side, and what the coach does with
 * them. Nothing of a view is kept here before both are in or somebody has closed it. */
#include "screens/own_words.h"
#include "screens/staff_jobs.h"
#include "screens/staff_parts.h"

#include "base/utf8.h"

#include <string.h>

#define ENTER_KEY 13
#define NOTE_CHARS_MAX 250

static void ask_views(struct model *model, struct effects *effects)
{
    struct effect *effect = ask(model, effects, EFFECT_OPEN_VIEWS);
    effect->wish.id = model->staff.jobs.brief.wish.id;
}

/* ---- what the coach does ----------------------------------------------------------- */

/* The same again is a retry and keeps its id. */
static void send(struct model *model, enum evaluation_event_kind kind,
                 enum evaluation_hold hold, struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    bool again = jobs->call.kind == kind && jobs->call.hold == hold;
    if (!again || uid_is_nil(jobs->fact)) {
        memset(&jobs->call, 0, sizeof jobs->call);
        jobs->call.kind = kind;
        jobs->call.hold = hold;
        jobs->fact = model->fresh[0];
    }
    struct effect *effect = ask(model, effects, EFFECT_EVALUATION);
    effect->fact = jobs->fact;
    effect->wish.id = jobs->brief.wish.id;
    effect->evaluation_event = jobs->call;
    jobs->busy = true;
    jobs->refused = EVALUATION_OK;
    model->notice = NOTICE_NONE;
}

static void hold(struct model *model, int reason, struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    if (!jobs->brief.site_in || !staff_job_ready(&jobs->brief)) {
        return;
    }
    if (jobs->mode != CALL_HOLD && jobs->brief.hold != HOLD_NONE) {
        send(model, EVALUATION_UNHOLD, HOLD_NONE, effects);
    } else if (jobs->mode != CALL_HOLD) {
        jobs->mode = CALL_HOLD;
    } else if (reason > HOLD_NONE && reason < HOLD_COUNT) {
        send(model, EVALUATION_HOLD, (enum evaluation_hold)reason, effects);
    }
}

static void release(struct model *model, struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    if (!staff_job_ready(&jobs->brief) || jobs->brief.released) {
        return;
    }
    if (jobs->mode == CALL_SHOW) {
        send(model, EVALUATION_RELEASE, HOLD_NONE, effects);
    } else {
        jobs->mode = CALL_SHOW; /* first what the young person will see */
        jobs->page = 0;
    }
}

static void evaluate(struct model *model, struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    if (!staff_job_ready(&jobs->brief) && !jobs->brief.site_in) {
        go(model, effects, SCREEN_EVALUATE);
    }
}

/* ---- the note ---------------------------------------------------------------------- */

static void open_note(struct model *model)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    if (model->env.words_can_be_sealed) {
        memset(&jobs->call, 0, sizeof jobs->call);
        jobs->fact = model->fresh[0];
        jobs->mode = CALL_NOTE;
    }
}

static void save_note(struct model *model, struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    if (jobs->note[0] == '\0') {
        jobs->mode = CALL_LOOK;
        return;
    }
    struct effect *effect = ask(model, effects, EFFECT_SAVE_NOTE);
    effect->fact = jobs->fact;
    effect->wish.id = jobs->brief.wish.id;
    utf8_clean(effect->words, sizeof effect->words, str_of(jobs->note), NOTE_CHARS_MAX);
    jobs->busy = true;
    model->notice = NOTICE_NONE;
}

static void type(struct model *model, int character, struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    if (character == ENTER_KEY) {
        save_note(model, effects);
    } else if (own_words_type(jobs->note, character)) {
        jobs->fact = model->fresh[0]; /* other words are another note */
    }
}

/* ---- update ------------------------------------------------------------------------ */

static void look(struct model *model, const struct msg *msg, struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    switch (msg->kind) {
    case MSG_EVALUATE:
        evaluate(model, effects);
        break;
    case MSG_CLOSE:
        send(model, EVALUATION_CLOSE, HOLD_NONE, effects);
        break;
    case MSG_TALKED:
        send(model, EVALUATION_TALKED, HOLD_NONE, effects);
        break;
    case MSG_NOTE:
        open_note(model);
        break;
    case MSG_JOB:
        staff_job_turn(model, effects, SCREEN_STAFF_JOB);
        break;
    case MSG_PAGE:
        jobs->page = msg->a < 0 ? 0 : msg->a;
        break;
    default:
        break;
    }
}

static void call_update(struct model *model, const struct msg *msg, struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    if (jobs->busy) {
        return;
    }
    if (jobs->mode == CALL_NOTE) {
        if (msg->kind == MSG_KEY) {
            type(model, msg->a, effects);
        } else if (msg->kind == MSG_WORDS) {
            save_note(model, effects);
        }
    } else if (msg->kind == MSG_HOLD) {
        hold(model, msg->a, effects);
    } else if (msg->kind == MSG_SHOW) {
        release(model, effects);
    } else if (jobs->mode == CALL_LOOK || msg->kind == MSG_PAGE) {
        look(model, msg, effects);
    }
}

static bool call_back(struct model *model)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    if (jobs->mode == CALL_LOOK) {
        return false;
    }
    if (!jobs->busy) {
        jobs->mode = CALL_LOOK;
        jobs->page = 0;
        model->notice = NOTICE_NONE;
    }
    return true;
}

static void call_enter(struct model *model, struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    if (jobs->mode == CALL_LOOK && !jobs->busy) {
        memset(&jobs->fact, 0, sizeof jobs->fact);
        memset(&jobs->call, 0, sizeof jobs->call);
        jobs->refused = EVALUATION_OK;
    }
    staff_job_ask(model, effects);
    ask_views(model, effects);
}

/* ---- answers ----------------------------------------------------------------------- */

static void done(struct model *model, struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    memset(&jobs->fact, 0, sizeof jobs->fact);
    memset(&jobs->call, 0, sizeof jobs->call);
    jobs->mode = CALL_LOOK;
    jobs->page = 0;
    model->notice = NOTICE_DECIDED;
    effects_add(effects, EFFECT_SOUND_DONE);
    if (model->screen == SCREEN_CALL) {
        ask_views(model, effects);
    }
}

void call_on_evaluation(struct model *model, const struct reply *reply,
                        struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    jobs->busy = false;
    if (reply->err != ERR_OK) {
        model->notice = reply->err == ERR_FULL ? NOTICE_DISK_FULL : NOTICE_NOT_SAVED;
        return;
    }
    if (!staff_job_is_open(model, reply->brief.wish.id)) {
        return;
    }
    jobs->brief = reply->brief;
    if (reply->evaluation == EVALUATION_OK || reply->evaluation == EVALUATION_SAME) {
        done(model, effects);
        return;
    }
    jobs->refused = reply->evaluation;
    jobs->mode = CALL_LOOK;
    effects_add(effects, EFFECT_SOUND_WARN);
}

static void take_views(struct staff_jobs *jobs, const struct reply *reply)
{
    bool may_be_seen = staff_job_ready(&reply->brief);
    jobs->has_self = may_be_seen && reply->has_self;
    jobs->has_site = may_be_seen && reply->has_site;
    memset(jobs->self_words, 0, sizeof jobs->self_words);
    memset(jobs->site_words, 0, sizeof jobs->site_words);
    if (jobs->has_self) {
        jobs->self = reply->self;
        memcpy(jobs->self_words, reply->self_words, sizeof jobs->self_words);
    }
    if (jobs->has_site) {
        jobs->site = reply->site;
        memcpy(jobs->site_words, reply->words, sizeof jobs->site_words);
    }
    jobs->note_count = reply->count < NOTES_MAX ? reply->count : NOTES_MAX;
    memcpy(jobs->notes, reply->notes, sizeof jobs->notes);
}

void call_on_views(struct model *model, const struct reply *reply, struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    (void)effects;
    /* Somebody else's answer may come late: it says whose it is. */
    if (reply->err == ERR_OK && staff_job_is_open(model, reply->brief.wish.id)) {
        jobs->views_known = true;
        jobs->views_closed = reply->closed;
        take_views(jobs, reply);
    } else if (reply->err != ERR_OK && model->screen == SCREEN_CALL) {
        model->notice = NOTICE_NOT_READ;
    }
}

void call_on_note(struct model *model, const struct reply *reply, struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    if (!jobs->busy) {
        return;
    }
    jobs->busy = false;
    if (reply->err != ERR_OK) {
        model->notice = reply->err == ERR_FULL ? NOTICE_DISK_FULL : NOTICE_NOT_SAVED;
        return;
    }
    memset(jobs->note, 0, sizeof jobs->note);
    done(model, effects);
}

const struct screen screen_call = {.name = "call",
                                   .theme = THEME_STAFF,
                                   .personal = true,
                                   .view = call_view,
                                   .update = call_update,
                                   .enter = call_enter,
                                   .back = call_back};
