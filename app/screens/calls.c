/* Whom the team has to talk with: who asked for it at the start, then calls about jobs. */
#include "screens/staff_jobs.h"
#include "screens/staff_parts.h"

#include <string.h>

const char *calls_state(struct ui *ui, const struct job_brief *job, enum color *tint_out)
{
    *tint_out = COLOR_LILAC;
    if (job->talk) {
        return ui_tr(ui, "will reden");
    }
    *tint_out = COLOR_MINT;
    if (job->released) {
        return ui_tr(ui, "freigegeben");
    }
    if (staff_job_ready(job)) {
        return ui_tr(ui, job->self_in && job->site_in ? N_("beide da") : N_("abgeschlossen"));
    }
    *tint_out = COLOR_PEACH;
    if (job->state == ASSIGNMENT_MISSED) {
        return ui_tr(ui, "nicht geklappt");
    }
    *tint_out = COLOR_LEMON;
    if (job->self_in) {
        return ui_tr(ui, "Stelle fehlt");
    }
    *tint_out = job->site_in ? COLOR_LEMON : COLOR_WHITE;
    return ui_tr(ui, job->site_in ? N_("eigene fehlt") : N_("noch nichts"));
}

static struct staff_row talk_row(struct ui *ui, int n)
{
    const struct staff_jobs *jobs = &ui->model->staff.jobs;
    return (struct staff_row){.alias = jobs->talks[n].alias,
                              .title = ui_tr(ui, "will reden"),
                              .action = ui_tr(ui, "Geredet"),
                              .tint = COLOR_LILAC,
                              .msg = msg_make(MSG_TALKED, n, 0)};
}

static struct staff_row row_of(struct ui *ui, int n)
{
    if (n < ui->model->staff.jobs.talk_count) {
        return talk_row(ui, n);
    }
    n -= ui->model->staff.jobs.talk_count;
    const struct job_brief *job = &ui->model->staff.jobs.calls[n];
    struct staff_row row = {.alias = job->wish.alias,
                            .title = job->wish.title,
                            .when = staff_when(ui, &job->wish.work),
                            .msg = msg_make(MSG_RESULT, n, 0)};
    row.state = calls_state(ui, job, &row.tint);
    return row;
}

int calls_count(const struct staff_jobs *jobs)
{
    return jobs->talk_count + jobs->call_count;
}

struct staff_rows calls_rows(struct ui *ui)
{
    const struct staff_jobs *jobs = &ui->model->staff.jobs;
    struct staff_rows rows = {.count = calls_count(jobs), .row = row_of};
    rows.empty = ui_tr(ui, jobs->calls_known ? N_("Gerade ist kein Anruf offen.")
                                             : N_("Einen Moment …"));
    if (jobs->call_count == JOBS_MAX || jobs->talk_count == TALKS_MAX) {
        rows.more = ui_tr(ui, "Es gibt noch mehr Anrufe. Erledige erst diese.");
    }
    return rows;
}

void calls_on_list(struct model *model, const struct reply *reply, struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    (void)effects;
    if (staff_list_take(model, reply, jobs->calls, &jobs->call_count)) {
        jobs->calls_known = true;
        jobs->talk_count = reply->talk_count < TALKS_MAX ? reply->talk_count : TALKS_MAX;
        memcpy(jobs->talks, reply->talks, sizeof jobs->talks);
    }
}

/* ---- talked ------------------------------------------------------------------------ */

/* The same person again is a retry and keeps its id. */
void calls_talked(struct model *model, int row, struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    if (row < 0 || row >= jobs->talk_count || jobs->talk_saving) {
        return;
    }
    struct uid who = jobs->talks[row].participant;
    if (uid_is_nil(jobs->talked) || !uid_eq(jobs->talked_with, who)) {
        jobs->talked_with = who;
        jobs->talked = model->fresh[0];
    }
    struct effect *effect = ask(model, effects, EFFECT_TALKED);
    effect->fact = jobs->talked;
    effect->participant = who;
    jobs->talk_saving = true;
    model->notice = NOTICE_NONE;
}

void calls_on_talked(struct model *model, const struct reply *reply,
                     struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    if (!jobs->talk_saving) {
        return;
    }
    jobs->talk_saving = false;
    if (reply->err != ERR_OK) {
        model->notice = reply->err == ERR_FULL ? NOTICE_DISK_FULL : NOTICE_NOT_SAVED;
        return;
    }
    memset(&jobs->talked, 0, sizeof jobs->talked);
    model->notice = NOTICE_DECIDED;
    effects_add(effects, EFFECT_SOUND_DONE);
    ask(model, effects, EFFECT_STAFF_LIST);
    ask(model, effects, EFFECT_STAFF_CALLS);
}
