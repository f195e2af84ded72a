/* The team's list of today on one page. It names aliases, so it asks to be looked after.
 */
#include "slips.h"

/* "da seit 15:02", "da gewesen bis 17:00". A time that is in doubt is left out. */
static void put_state(struct buf *out, const struct i18n *i18n,
                      const struct job_brief *job)
{
    static const char *const words[ASSIGNMENT_STATE_COUNT] = {
        [ASSIGNMENT_EXPECTED] = N_("kommt noch"),
        [ASSIGNMENT_THERE] = N_("ist da"),
        [ASSIGNMENT_GONE] = N_("fertig"),
        [ASSIGNMENT_MISSED] = N_("hat nicht geklappt"),
        [ASSIGNMENT_CANCELLED] = N_("abgesagt"),
    };
    const struct moment *at = job->state == ASSIGNMENT_THERE  ? &job->in
                              : job->state == ASSIGNMENT_GONE ? &job->out
                                                              : NULL;
    buf_puts(out, tr(i18n, words[job->state]));
    if (at != NULL && moment_is(at) && moment_sure(at, MOMENT_ABOUT_MS)) {
        date_t day;
        int minute;
        date_from_wall_ms(at->wall_ms, &day, &minute);
        buf_putc(out, ' ');
        tr_clock(out, i18n, minute);
    }
    if (job->talk) {
        buf_puts(out, " · ");
        buf_puts(out, tr(i18n, N_("will reden")));
    }
}

static void put_job(struct slip *slip, const struct i18n *i18n,
                    const struct job_brief *job)
{
    char memory[SLIP_TEXT_SIZE];
    struct buf line;
    buf_init(&line, memory, sizeof memory);
    tr_span(&line, i18n, job->wish.work.start, job->wish.work.end, false);
    buf_puts(&line, " · ");
    buf_puts(&line, job->wish.alias);
    slip_put(slip, STYLE_BOLD, buf_str(&line));
    buf_clear(&line);
    put_state(&line, i18n, job);
    buf_puts(&line, " · ");
    buf_puts(&line, job->wish.title);
    slip_put(slip, STYLE_NORMAL, buf_str(&line));
}

static void put_more(struct slip *slip, const struct i18n *i18n, int more)
{
    char number[16], memory[128];
    struct buf n, line;
    buf_init(&n, number, sizeof number);
    buf_init(&line, memory, sizeof memory);
    buf_printf(&n, "%d", more);
    const struct tr_arg arg = TR_ARG("n", number);
    tr_fill(&line, tr(i18n, N_("Und {n} mehr: siehe Kiosk.")), &arg, 1);
    slip_put(slip, STYLE_BOLD, buf_str(&line));
}

enum err slips_day(const struct i18n *i18n, const struct model *model,
                   struct slip *slip_out)
{
    const struct staff_jobs *jobs = &model->staff.jobs;
    char memory[128];
    struct buf day;
    int shown = 0;
    buf_init(&day, memory, sizeof memory);
    tr_date(&day, i18n, model->today, DATE_FULL);
    slip_begin(slip_out, str_of(tr(i18n, N_("Heute"))), i18n->rtl);
    slip_put(slip_out, STYLE_BOLD, buf_str(&day));
    slip_put_space(slip_out);
    while (shown < jobs->count && slip_room(slip_out) > 2) {
        put_job(slip_out, i18n, &jobs->jobs[shown++]);
    }
    if (jobs->count == 0) {
        slip_put(slip_out, STYLE_NORMAL, str_of(tr(i18n, N_("Heute kommt niemand."))));
    } else if (shown < jobs->count) {
        put_more(slip_out, i18n, jobs->count - shown);
    }
    slip_put_rule(slip_out);
    slip_end(slip_out, str_of(tr(i18n, N_("Nur fürs Team. Nicht liegen lassen, am Abend "
                                          "zerreißen."))));
    return ERR_OK;
}
