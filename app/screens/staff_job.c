/* One job for the team: how it went, every change of it, and corrections with a reason.
 *
 * A correction is drafted as the event that will be stored. Its id stays through retries
 * as long as nothing in it is changed. */
#include "screens/staff_jobs.h"
#include "screens/staff_parts.h"

#include <string.h>

#define MINUTE_MS 60000

/* ---- the draft --------------------------------------------------------------------- */

static void new_fact(struct model *model)
{
    model->staff.jobs.fact = model->fresh[0];
}

static void drop_draft(struct staff_jobs *jobs)
{
    memset(&jobs->draft, 0, sizeof jobs->draft);
    memset(&jobs->fact, 0, sizeof jobs->fact);
    jobs->mode = JOB_LOOK;
}

static void send(struct model *model, struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    struct effect *effect = ask(model, effects, EFFECT_JOB_EVENT);
    effect->fact = jobs->fact;
    effect->wish = jobs->brief.wish;
    effect->job_event = jobs->draft;
    effect->job_event.assignment = jobs->brief.wish.id;
    effect->job_event.by = BY_STAFF;
    effect->job_event.staff = model->staff.id;
    jobs->busy = true;
    jobs->answered = false;
    model->notice = NOTICE_NONE;
}

static bool is_over(const struct model *model, const struct wish *wish)
{
    return wish->work.date < model->today ||
           (wish->work.date == model->today && model->minute >= wish->work.end);
}

/* From the times as they stand where they are sure, else from the agreed ones. */
static void draft_times(const struct model *model, struct assignment_values *draft,
                        const struct assignment *job)
{
    const struct assignment_values *now = &job->now;
    *draft = *now;
    if (!moment_sure(&now->in, MOMENT_ABOUT_MS)) {
        draft->in = assignment_agreed_start(job);
    }
    bool gone = moment_is(&now->out);
    bool over = is_over(model, &model->staff.jobs.brief.wish);
    if (gone ? !moment_sure(&now->out, MOMENT_ABOUT_MS) : over) {
        draft->out = assignment_agreed_end(job);
    }
}

static void begin(struct model *model, enum assignment_event_kind kind,
                  struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    if (!jobs->full_known || kind >= ASSIGNMENT_EVENT_COUNT) {
        return;
    }
    if (jobs->draft.kind != kind || uid_is_nil(jobs->fact)) {
        drop_draft(jobs);
        jobs->draft.kind = kind;
        new_fact(model);
    }
    jobs->answered = false;
    switch (kind) {
    case JOB_CORRECT:
        draft_times(model, &jobs->draft.values, &jobs->full);
        jobs->mode = JOB_VALUES;
        break;
    case JOB_CONFIRM:
        jobs->draft.minutes = jobs->brief.hours.minutes;
        jobs->mode = JOB_VALUES;
        break;
    case JOB_CANCEL:
    case JOB_UNDO:
        jobs->mode = JOB_REASONS;
        break;
    case JOB_CHECK_IN:
    case JOB_CHECK_OUT:
    case JOB_MISS:
        send(model, effects);
        break;
    default:
        drop_draft(jobs);
        break;
    }
}

/* Within the day before and after the job: more is no correction. */
static void step_time(const struct assignment *job, struct moment *time, int minutes)
{
    int64_t low = date_to_wall_ms(job->work.date - 1, 0);
    int64_t high = date_to_wall_ms(job->work.date + 2, 0) - MINUTE_MS;
    int64_t wall = time->wall_ms / MINUTE_MS * MINUTE_MS + (int64_t)minutes * MINUTE_MS;
    *time = moment_told(wall < low ? low : wall > high ? high : wall);
}

static void toggle_gone(struct staff_jobs *jobs)
{
    struct assignment_values *draft = &jobs->draft.values;
    bool gone = moment_is(&draft->out);
    draft->out = gone ? (struct moment){0} : assignment_agreed_end(&jobs->full);
}

static void toggle_breaks(struct staff_jobs *jobs)
{
    struct assignment_values *draft = &jobs->draft.values;
    draft->break_count = draft->break_count > 0 ? 0 : jobs->full.now.break_count;
}

static void step_minutes(struct assignment_event *draft, int minutes)
{
    int sum = draft->minutes + minutes;
    draft->minutes = sum < 0 ? 0 : sum > MINUTES_PER_DAY ? MINUTES_PER_DAY : sum;
}

/* A break that nobody ended ended with the job, as at the kiosk. */
static void end_break(struct assignment_values *draft)
{
    struct assignment_break *last =
        draft->break_count > 0 ? &draft->breaks[draft->break_count - 1] : NULL;
    if (last && !moment_is(&last->until) && moment_is(&draft->out)) {
        last->until = draft->out;
    }
}

static void next(struct model *model, struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    if (jobs->draft.kind == JOB_CONFIRM && jobs->draft.minutes == jobs->brief.hours.minutes) {
        send(model, effects);
        return;
    }
    end_break(&jobs->draft.values);
    jobs->mode = JOB_REASONS;
}

static void choose_reason(struct model *model, int reason, struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    if (jobs->mode != JOB_REASONS || reason <= REASON_NONE ||
        reason >= ASSIGNMENT_REASON_COUNT) {
        return;
    }
    if ((int)jobs->draft.reason != reason) {
        new_fact(model);
    }
    jobs->draft.reason = (enum assignment_reason)reason;
    send(model, effects);
}

static void change(struct model *model, const struct msg *msg)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    if (jobs->mode != JOB_VALUES) {
        return;
    }
    switch (msg->a) {
    case TOUCH_IN:
        step_time(&jobs->full, &jobs->draft.values.in, msg->b);
        break;
    case TOUCH_OUT:
        step_time(&jobs->full, &jobs->draft.values.out, msg->b);
        break;
    case TOUCH_GONE:
        toggle_gone(jobs);
        break;
    case TOUCH_BREAKS:
        toggle_breaks(jobs);
        break;
    default:
        step_minutes(&jobs->draft, msg->b);
        break;
    }
    new_fact(model);
    jobs->answered = false;
}

/* ---- update ------------------------------------------------------------------------ */

static void correct(struct model *model, const struct msg *msg, struct effects *effects)
{
    switch (msg->a) {
    case TOUCH_BEGIN:
        begin(model, (enum assignment_event_kind)msg->b, effects);
        break;
    case TOUCH_NEXT:
        if (model->staff.jobs.mode == JOB_VALUES) {
            next(model, effects);
        }
        break;
    case TOUCH_REASON:
        choose_reason(model, msg->b, effects);
        break;
    default:
        change(model, msg);
        break;
    }
}

static void job_update(struct model *model, const struct msg *msg, struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    if (jobs->busy) {
        return;
    }
    if (msg->kind == MSG_CORRECT) {
        correct(model, msg, effects);
    } else if (msg->kind == MSG_PAGE) {
        jobs->page = msg->a < 0 ? 0 : msg->a;
    } else if (msg->kind == MSG_RESULT) {
        staff_job_turn(model, effects, SCREEN_CALL);
    }
}

static bool job_back(struct model *model)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    if (jobs->mode == JOB_LOOK) {
        return false;
    }
    bool has_values = jobs->draft.kind == JOB_CORRECT || jobs->draft.kind == JOB_CONFIRM;
    if (jobs->busy) {
        return true;
    }
    if (jobs->mode == JOB_REASONS && has_values) {
        jobs->mode = JOB_VALUES;
    } else {
        drop_draft(jobs);
    }
    model->notice = NOTICE_NONE;
    jobs->answered = false;
    return true;
}

static void job_enter(struct model *model, struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    if (jobs->mode == JOB_LOOK && !jobs->busy) {
        drop_draft(jobs);
        jobs->answered = false;
    }
    staff_job_ask(model, effects);
}

static void view_of_mode(struct ui *ui)
{
    if (ui->model->staff.jobs.mode == JOB_LOOK) {
        staff_job_view(ui);
    } else {
        staff_job_edit_view(ui);
    }
}

/* ---- answers ----------------------------------------------------------------------- */

void staff_job_on_job(struct model *model, const struct reply *reply,
                      struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    (void)effects;
    if (reply->err != ERR_OK) {
        if (model->screen == SCREEN_STAFF_JOB || model->screen == SCREEN_CALL) {
            model->notice = NOTICE_NOT_READ;
        }
        return;
    }
    if (staff_job_is_open(model, reply->brief.wish.id)) {
        jobs->brief = reply->brief;
        jobs->full = reply->job;
        memcpy(jobs->team, reply->team, sizeof jobs->team);
        jobs->full_known = true;
    }
}

static void answered(struct model *model, const struct reply *reply, struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    jobs->answered = true;
    jobs->answer = reply->answer;
    if (assignment_words(reply->answer)->recorded) {
        jobs->brief = reply->brief;
        drop_draft(jobs);
        jobs->page = 0;
        effects_add(effects, EFFECT_SOUND_DONE);
        staff_job_ask(model, effects);
        return;
    }
    if (jobs->mode != JOB_LOOK && reply->answer != ANSWER_NEEDS_REASON) {
        bool has_values = jobs->draft.kind == JOB_CORRECT || jobs->draft.kind == JOB_CONFIRM;
        jobs->mode = has_values ? JOB_VALUES : JOB_LOOK;
    }
    effects_add(effects, EFFECT_SOUND_WARN);
}

void staff_job_on_event(struct model *model, const struct reply *reply,
                        struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    jobs->busy = false;
    if (reply->err != ERR_OK) {
        model->notice = reply->err == ERR_FULL ? NOTICE_DISK_FULL : NOTICE_NOT_SAVED;
    } else if (staff_job_is_open(model, reply->brief.wish.id)) {
        answered(model, reply, effects);
    }
}

const struct screen screen_staff_job = {.name = "staff_job",
                                        .theme = THEME_STAFF,
                                        .personal = true,
                                        .view = view_of_mode,
                                        .update = job_update,
                                        .enter = job_enter,
                                        .back = job_back};
