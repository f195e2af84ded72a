#include "screens/jobs.h"

#include "domain/field.h"
#include "screens/words.h"

const struct job_brief *jobs_open(const struct model *model)
{
    const struct job_visit *jobs = &model->visit.jobs;
    return jobs->open >= 0 && jobs->open < jobs->count ? &jobs->jobs[jobs->open] : NULL;
}

bool jobs_open_id(struct model *model, struct uid id)
{
    struct job_visit *jobs = &model->visit.jobs;
    for (int i = 0; i < jobs->count; i++) {
        if (uid_eq(jobs->jobs[i].wish.id, id)) {
            jobs->open = i;
            return true;
        }
    }
    return false;
}

int jobs_today(const struct model *model, int *first_out)
{
    const struct job_visit *jobs = &model->visit.jobs;
    int count = 0;
    *first_out = -1;
    for (int i = jobs->count - 1; i >= 0; i--) {
        const struct job_brief *job = &jobs->jobs[i];
        bool open = job->state == ASSIGNMENT_EXPECTED || job->state == ASSIGNMENT_THERE;
        if (open && (job->wish.work.date == model->today || job->state == ASSIGNMENT_THERE)) {
            *first_out = i;
            count++;
        }
    }
    return count;
}

/* Nothing is left to come or to do today: the job that was, -1 if there was none. */
static int gone_today(const struct model *model)
{
    const struct job_visit *jobs = &model->visit.jobs;
    for (int i = 0; i < jobs->count; i++) {
        const struct job_brief *job = &jobs->jobs[i];
        if (job->state == ASSIGNMENT_GONE && job->wish.work.date == model->today) {
            return i;
        }
    }
    return -1;
}

void jobs_ask(struct model *model, struct effects *effects)
{
    if (model->visit.signed_in) {
        ask(model, effects, EFFECT_LIST_JOBS);
    }
}

void jobs_event(struct model *model, struct effects *effects,
                enum assignment_event_kind kind)
{
    struct job_visit *jobs = &model->visit.jobs;
    const struct job_brief *job = jobs_open(model);
    if (!job || jobs->busy) {
        return;
    }
    struct effect *effect = ask(model, effects, EFFECT_JOB_EVENT);
    effect->fact = jobs->fact = model->fresh[0];
    effect->wish = job->wish;
    effect->job_event.kind = kind;
    effect->job_event.assignment = job->wish.id;
    effect->job_event.by = BY_KIOSK;
    jobs->busy = true;
}

void jobs_scanned(struct model *model, struct effects *effects)
{
    const struct job_brief *job = jobs_open(model);
    bool there = job && job->state == ASSIGNMENT_THERE;
    jobs_event(model, effects, there ? JOB_CHECK_OUT : JOB_CHECK_IN);
}

void jobs_row(struct ui *ui, struct rect at, const struct job_brief *job, const char *state,
              enum color tint)
{
    const struct wish *wish = &job->wish;
    struct rect spot = rect_cut_start(&at, at.h);
    ui_box(ui, spot, (struct look){ui_field_tint(wish->field), COLOR_INK, 3, 18, 0});
    ui_icon(ui, rect_inset(spot, at.h / 5), field_icon(wish->field));
    rect_cut_start(&at, 20);
    struct words chip = {FONT_PILL, COLOR_INK, PLACE_CENTER, ui->narrow ? 2 : 1};
    int most = ui->narrow ? 180 : at.w / 2;
    struct text_box box = ui_measure(ui, chip, most - 34, state);
    struct rect right = rect_cut_end(&at, box.width + 34);
    int height_of_chip = box.lines > 1 ? 70 : 48;
    right = rect_make(right.x, right.y + (right.h - height_of_chip) / 2, right.w,
                      height_of_chip);
    ui_box(ui, right, (struct look){tint, COLOR_INK, 3, 16, 0});
    ui_text_middle(ui, rect_inset(right, 6), chip, state);
    rect_cut_end(&at, 16);
    struct words title = {FONT_SMALL_TITLE, COLOR_INK, PLACE_START, ui->narrow ? 2 : 1};
    struct words note = {FONT_FINE, COLOR_MUTED, PLACE_START, 1};
    const char *name = ui_own(ui, wish->title);
    const char *when = words_when_brief(ui, &wish->work);
    int room = ui->narrow ? at.h * 2 / 3 : at.h / 2;
    title.font = ui_fit(ui, rect_make(0, 0, at.w, room), title, name);
    note.font = ui_fit(ui, rect_make(0, 0, at.w, at.h - room), note, when);
    int height = ui_measure(ui, title, at.w, name).height +
                 ui_measure(ui, note, at.w, when).height;
    rect_cut_top(&at, (at.h - height) / 2 > 0 ? (at.h - height) / 2 : 0);
    rect_cut_top(&at, ui_text(ui, at, title, name));
    ui_text(ui, at, note, when);
}

void jobs_on_list(struct model *model, const struct reply *reply, struct effects *effects)
{
    struct job_visit *jobs = &model->visit.jobs;
    const struct job_brief *open = jobs_open(model);
    struct uid id = open ? open->wish.id : (struct uid){{0}};
    (void)effects;
    if (reply->err != ERR_OK) {
        model->notice = NOTICE_NOT_READ;
        return;
    }
    jobs->count = reply->count < JOBS_MAX ? reply->count : JOBS_MAX;
    for (int i = 0; i < jobs->count; i++) {
        jobs->jobs[i] = reply->jobs[i];
    }
    jobs->known = true;
    jobs->open = -1;
    if (!jobs_open_id(model, id) && model->screen == SCREEN_HERE) {
        int count = jobs_today(model, &jobs->open);
        jobs->open = count > 0 ? jobs->open : gone_today(model);
    }
}
