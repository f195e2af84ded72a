/* Whom the team has to call about a job: who wants to talk comes first. */
#include "screens/staff_jobs.h"
#include "screens/staff_parts.h"

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

static struct staff_row row_of(struct ui *ui, int n)
{
    const struct job_brief *job = &ui->model->staff.jobs.calls[n];
    struct staff_row row = {.alias = job->wish.alias,
                            .title = job->wish.title,
                            .when = staff_when(ui, &job->wish.work),
                            .msg = msg_make(MSG_RESULT, n, 0)};
    row.state = calls_state(ui, job, &row.tint);
    return row;
}

struct staff_rows calls_rows(struct ui *ui)
{
    const struct staff_jobs *jobs = &ui->model->staff.jobs;
    struct staff_rows rows = {.count = jobs->call_count, .row = row_of};
    rows.empty = ui_tr(ui, jobs->calls_known ? N_("Gerade ist kein Anruf offen.")
                                             : N_("Einen Moment …"));
    if (jobs->call_count == JOBS_MAX) {
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
    }
}
