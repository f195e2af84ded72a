/* Today on the team's table: who is expected, there, gone. */
#include "screens/staff_jobs.h"

#include <string.h>

#define LATE_MIN 10 /* from so many minutes on, a call is suggested */

/* Minutes after the agreed start; negative: before it. False: the clock cannot say. */
static bool minutes_late(const struct model *model, const struct job_brief *job,
                         int *late_out)
{
    *late_out = (model->today - job->wish.work.date) * MINUTES_PER_DAY + model->minute -
                job->wish.work.start;
    return !model->clock_doubtful;
}

static const char *expected_state(struct ui *ui, const struct job_brief *job, bool brief,
                                  enum color *tint_out)
{
    int late;
    bool known = minutes_late(ui->model, job, &late);
    *tint_out = COLOR_PEACH;
    if (job->seems_missed) {
        return ui_tr(ui, brief ? N_("kam nicht?") : N_("kam nicht · anrufen?"));
    }
    if (known && late >= LATE_MIN) {
        const char *format =
            brief ? N_("{n} Min. spät") : N_("{n} Min. spät · anrufen?");
        return UI_FILL(ui, ui_tr(ui, format), TR_ARG("n", ui_number(ui, late)));
    }
    *tint_out = COLOR_WHITE;
    return ui_tr(ui, "kommt noch");
}

static const char *clock_of(struct ui *ui, const struct moment *moment)
{
    char memory[32];
    struct buf b;
    date_t date;
    int minute;
    date_from_wall_ms(moment->wall_ms, &date, &minute);
    buf_init(&b, memory, sizeof memory);
    tr_clock(&b, &ui->i18n, minute);
    return UI_FILL(ui, "{time}", TR_ARG("time", memory));
}

static const char *there_state(struct ui *ui, const struct job_brief *job,
                               enum color *tint_out)
{
    *tint_out = COLOR_MINT;
    if (job->out_forgotten) {
        *tint_out = COLOR_PEACH;
        return ui_tr(ui, "Gehen vergessen?");
    }
    if (job->on_break) {
        *tint_out = COLOR_LEMON;
        return ui_tr(ui, "macht Pause");
    }
    if (!moment_sure(&job->in, ASSIGNMENT_SURE_MS)) {
        return ui_tr(ui, "da, Zeit ungewiss");
    }
    const char *format = moment_sure(&job->in, MOMENT_ABOUT_MS) ? N_("da seit {time}")
                                                                : N_("da seit etwa {time}");
    return UI_FILL(ui, ui_tr(ui, format), TR_ARG("time", clock_of(ui, &job->in)));
}

static const char *gone_state(struct ui *ui, const struct job_brief *job, bool brief,
                              enum color *tint_out)
{
    *tint_out = COLOR_SAND;
    if (job->hours.confirmed && !brief) {
        return UI_FILL(ui, ui_tr(ui, "fertig · {hours}"),
                       TR_ARG("hours", staff_minutes(ui, job->hours.minutes)));
    }
    if (job->hours.confirmed) {
        return ui_tr(ui, "fertig");
    }
    if (!moment_sure(&job->out, ASSIGNMENT_SURE_MS)) {
        return ui_tr(ui, "gegangen");
    }
    return UI_FILL(ui, ui_tr(ui, "bis {time}"), TR_ARG("time", clock_of(ui, &job->out)));
}

const char *today_state(struct ui *ui, const struct job_brief *job, bool brief,
                        enum color *tint_out)
{
    if (job->talk) {
        *tint_out = COLOR_LILAC;
        return ui_tr(ui, "will reden");
    }
    switch (job->state) {
    case ASSIGNMENT_THERE:
        return there_state(ui, job, tint_out);
    case ASSIGNMENT_GONE:
        return gone_state(ui, job, brief, tint_out);
    case ASSIGNMENT_MISSED:
        *tint_out = COLOR_PEACH;
        return ui_tr(ui, "nicht geklappt");
    case ASSIGNMENT_CANCELLED:
        *tint_out = COLOR_SAND;
        return ui_tr(ui, "abgesagt");
    default:
        return expected_state(ui, job, brief, tint_out);
    }
}

/* ---- the list ---------------------------------------------------------------------- */

static struct staff_row row_of(struct ui *ui, int n)
{
    const struct job_brief *job = &ui->model->staff.jobs.jobs[n];
    char memory[64];
    struct buf b;
    struct staff_row row = {.alias = job->wish.alias,
                            .title = job->wish.title,
                            .msg = msg_make(MSG_JOB, n, 0)};
    buf_init(&b, memory, sizeof memory);
    tr_span(&b, &ui->i18n, job->wish.work.start, job->wish.work.end, false);
    row.when = UI_FILL(ui, "{time}", TR_ARG("time", memory));
    row.state = today_state(ui, job, ui->narrow || ui->width < 1100, &row.tint);
    return row;
}

static bool is_first_of_offer(const struct staff_jobs *jobs, int n)
{
    for (int i = 0; i < n; i++) {
        if (jobs->jobs[i].state != ASSIGNMENT_CANCELLED &&
            strcmp(jobs->jobs[i].wish.code, jobs->jobs[n].wish.code) == 0) {
            return false;
        }
    }
    return true;
}

static const char *summary(struct ui *ui)
{
    const struct staff_jobs *jobs = &ui->model->staff.jobs;
    int offers = 0, people = 0, there = 0;
    for (int i = 0; i < jobs->count; i++) {
        bool counts = jobs->jobs[i].state != ASSIGNMENT_CANCELLED;
        offers += counts && is_first_of_offer(jobs, i);
        people += counts;
        there += jobs->jobs[i].state == ASSIGNMENT_THERE;
    }
    const char *format = tr_n(&ui->i18n, "{n} Job · {people} angemeldet · {there} da",
                              "{n} Jobs · {people} angemeldet · {there} da", offers);
    return UI_FILL(ui, format, TR_ARG("n", ui_number(ui, offers)),
                   TR_ARG("people", ui_number(ui, people)),
                   TR_ARG("there", ui_number(ui, there)));
}

struct staff_rows today_rows(struct ui *ui)
{
    const struct staff_jobs *jobs = &ui->model->staff.jobs;
    struct staff_rows rows = {.count = jobs->count, .row = row_of};
    rows.empty = ui_tr(ui, jobs->known ? N_("Heute ist kein Job angemeldet.")
                                       : N_("Einen Moment …"));
    if (jobs->count > 0) {
        rows.summary = summary(ui);
    }
    if (jobs->count == JOBS_MAX) {
        rows.more = ui_tr(ui, "Heute sind es noch mehr. Hier stehen die ersten.");
    }
    return rows;
}

void today_on_list(struct model *model, const struct reply *reply, struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    (void)effects;
    if (staff_list_take(model, reply, jobs->jobs, &jobs->count)) {
        jobs->known = true;
    }
}
