/* One job as the team sees it: how it stands, every change, and what can be done. */
#include "screens/staff_jobs.h"
#include "screens/staff_parts.h"
#include "screens/words.h"

#define FACTS_MAX 7
#define ACTIONS_MAX 6

static const struct staff_jobs *jobs_of(const struct ui *ui)
{
    return &ui->model->staff.jobs;
}

/* ---- facts ------------------------------------------------------------------------- */

struct fact {
    const char *name, *value;
};

static const char *break_text(struct ui *ui, const struct assignment_break *b, date_t day)
{
    if (!moment_is(&b->until)) {
        return UI_FILL(ui, ui_tr(ui, "seit {from}"),
                       TR_ARG("from", staff_moment(ui, &b->from, day)));
    }
    return UI_FILL(ui, ui_tr(ui, "{from} bis {until}"),
                   TR_ARG("from", staff_moment(ui, &b->from, day)),
                   TR_ARG("until", staff_moment(ui, &b->until, day)));
}

static const char *breaks_text(struct ui *ui, const struct assignment *job)
{
    const char *text = NULL;
    for (int i = 0; i < job->now.break_count; i++) {
        const char *one = break_text(ui, &job->now.breaks[i], job->work.date);
        text = text ? UI_FILL(ui, "{a}; {b}", TR_ARG("a", text), TR_ARG("b", one)) : one;
    }
    return text ? text : ui_tr(ui, "keine eingetragen");
}

static const char *hours_text(struct ui *ui, const struct assignment_hours *hours)
{
    const char *format = hours->confirmed    ? N_("{hours}, bestätigt")
                         : !hours->sure      ? N_("etwa {hours}, ungewiss")
                         : hours->rest_short ? N_("{hours}, Pause war zu kurz")
                                             : N_("{hours}, noch offen");
    return UI_FILL(ui, ui_tr(ui, format), TR_ARG("hours", staff_minutes(ui, hours->minutes)));
}

/* What the young person said about a job that did not work out, in that form's words. */
static const char *missed_text(struct ui *ui, const struct assignment_values *now)
{
    const struct evaluation_form *form =
        ui->model->env.forms ? form_set_find(ui->model->env.forms, now->missed_form) : NULL;
    bool told = form && now->missed_reason >= 0 && now->missed_reason < form->reason_count;
    return ui_tr(ui, told ? form->reasons[now->missed_reason] : N_("noch nicht gefragt"));
}

static int fill_facts(struct ui *ui, struct fact facts[FACTS_MAX])
{
    const struct assignment *job = &jobs_of(ui)->full;
    const struct assignment_values *now = &job->now;
    date_t day = job->work.date;
    int n = 0;
    facts[n++] = (struct fact){ui_tr(ui, "Geplant"), staff_when(ui, &job->work)};
    if (!moment_is(&now->in)) {
        facts[n++] = (struct fact){ui_tr(ui, "Abmachung"),
                                   ui_tr(ui, now->accepted ? N_("angenommen")
                                                           : N_("noch nicht angesehen"))};
    }
    if (now->state == ASSIGNMENT_MISSED) {
        facts[n++] = (struct fact){ui_tr(ui, "Was war los"), missed_text(ui, now)};
    }
    if (moment_is(&now->in)) {
        facts[n++] =
            (struct fact){ui_tr(ui, "Gekommen"), staff_moment(ui, &now->in, day)};
        facts[n++] = (struct fact){ui_tr(ui, "Pausen"), breaks_text(ui, job)};
    }
    if (moment_is(&now->out)) {
        facts[n++] =
            (struct fact){ui_tr(ui, "Gegangen"), staff_moment(ui, &now->out, day)};
        facts[n++] = (struct fact){ui_tr(ui, "Stunden"),
                                   hours_text(ui, &jobs_of(ui)->brief.hours)};
    }
    return n;
}

/* Draws at the top of the rect and returns the height used. */
static int draw_fact(struct ui *ui, struct rect at, const struct fact *fact)
{
    struct words name = {FONT_TINY, COLOR_MUTED, PLACE_START, 1};
    struct words value = {FONT_PILL, COLOR_INK, PLACE_START, 2};
    int least = ui->tiny ? 30 : ui->low ? 36 : 44, width = at.w * 70 / 100 - 12;
    int height = ui_measure(ui, value, width, fact->value).height;
    height = height < least ? least : height;
    at.h = height;
    struct rect left = rect_cut_start(&at, at.w - width - 12);
    rect_cut_start(&at, 12);
    name.font = ui_fit(ui, left, name, fact->name);
    ui_text_middle(ui, left, name, fact->name);
    ui_text_middle(ui, at, value, fact->value);
    return height;
}

/* ---- history ----------------------------------------------------------------------- */

static const char *change_title(struct ui *ui, const struct assignment_change *change)
{
    static const char *const texts[ASSIGNMENT_EVENT_COUNT] = {
        [JOB_AGREE] = N_("Abmachung angenommen"), [JOB_CHECK_IN] = N_("Gekommen"),
        [JOB_CHECK_OUT] = N_("Gegangen"),         [JOB_BREAK_START] = N_("Pause begonnen"),
        [JOB_BREAK_END] = N_("Pause beendet"),    [JOB_CORRECT] = N_("Zeiten geändert"),
        [JOB_CONFIRM] = N_("Stunden bestätigt"),  [JOB_MISS] = N_("Nicht gekommen"),
        [JOB_MISS_REASON] = N_("Grund gesagt"),   [JOB_CANCEL] = N_("Abgesagt"),
        [JOB_UNDO] = N_("Zurückgenommen"),
    };
    return UI_FILL(ui, "{time} · {what}",
                   TR_ARG("time", staff_moment(ui, &change->at, jobs_of(ui)->full.work.date)),
                   TR_ARG("what", ui_tr(ui, texts[change->kind])));
}

static const char *earlier_text(struct ui *ui, const struct assignment_values *earlier)
{
    date_t day = jobs_of(ui)->full.work.date;
    static const char *const states[ASSIGNMENT_STATE_COUNT] = {
        [ASSIGNMENT_EXPECTED] = N_("noch nicht da"),
        [ASSIGNMENT_MISSED] = N_("nicht gekommen"),
        [ASSIGNMENT_CANCELLED] = N_("abgesagt"),
    };
    if (earlier->minutes_confirmed >= 0) {
        return UI_FILL(ui, ui_tr(ui, "{hours} bestätigt"),
                       TR_ARG("hours", staff_minutes(ui, earlier->minutes_confirmed)));
    }
    if (moment_is(&earlier->in)) {
        return UI_FILL(ui, ui_tr(ui, "{from} bis {until}"),
                       TR_ARG("from", staff_moment(ui, &earlier->in, day)),
                       TR_ARG("until", staff_moment(ui, &earlier->out, day)));
    }
    const char *state = states[earlier->state];
    return ui_tr(ui, state ? state : N_("Zeit nicht bekannt"));
}

/* "vorher: 14:58 Uhr bis –, geändert von Eule: Kommen vergessen" */
static const char *change_note(struct ui *ui, const struct assignment_change *change)
{
    if (change->by != BY_STAFF) {
        return ui_tr(ui, change->by == BY_KIOSK ? N_("am Kiosk")
                                                : N_("mit dem Code der Stelle"));
    }
    const char *format = change->reason == REASON_NONE
                             ? N_("vorher: {before}, geändert von {name}")
                             : N_("vorher: {before}, geändert von {name}: {reason}");
    const char *reason = assignment_reason_text(change->reason);
    return UI_FILL(ui, ui_tr(ui, format), TR_ARG("before", earlier_text(ui, &change->earlier)),
                   TR_ARG("name", staff_name(ui, change->staff)),
                   TR_ARG("reason", reason[0] ? ui_tr(ui, reason) : ""));
}

static void draw_change(struct ui *ui, struct rect at, const struct assignment_change *change)
{
    struct words title = {FONT_PILL, COLOR_INK, PLACE_START, 1};
    struct words note = {FONT_TINY, COLOR_MUTED, PLACE_START, 2};
    const char *what = change_title(ui, change), *how = change_note(ui, change);
    title.font = ui_fit(ui, rect_make(0, 0, at.w, 30), title, what);
    rect_cut_top(&at, ui_text(ui, at, title, what));
    note.font = ui_fit(ui, at, note, how);
    ui_text(ui, at, note, how);
}

/* Newest first, in pages; the pager stands beside the heading. */
static void draw_history(struct ui *ui, struct rect at)
{
    const struct assignment *job = &jobs_of(ui)->full;
    enum { ROW = 86, PAGER = 210 };
    struct words words = {FONT_LABEL, COLOR_INK, PLACE_START, 1};
    struct rect head = rect_cut_top(&at, ui->low ? 56 : 60);
    int rows = at.h / ROW < 1 ? 1 : at.h / ROW;
    int pages = (job->history_count + rows - 1) / rows, page = jobs_of(ui)->page;
    page = page < pages ? page : pages > 0 ? pages - 1 : 0;
    if (pages > 1 && head.w > PAGER) {
        staff_pager(ui, rect_cut_end(&head, PAGER), page, pages);
    }
    const char *title = ui_tr(ui, job->history_count > 0 ? N_("Verlauf")
                                                         : N_("Noch ist nichts passiert."));
    words.font = ui_fit(ui, head, words, title);
    ui_text_middle(ui, head, words, title);
    for (int i = page * rows; i < job->history_count && i < (page + 1) * rows; i++) {
        struct rect row = rect_cut_top(&at, at.h < ROW ? at.h : ROW);
        draw_change(ui, row, &job->history[job->history_count - 1 - i]);
    }
}

/* ---- actions ----------------------------------------------------------------------- */

static struct button action(struct ui *ui, enum button_kind kind, const char *text,
                            enum assignment_event_kind event)
{
    return (struct button){kind, NULL, ui_tr(ui, text),
                           msg_make(MSG_CORRECT, TOUCH_BEGIN, (int)event), FONT_LABEL};
}

static int expected_actions(struct ui *ui, struct button *list)
{
    const struct job_brief *job = &jobs_of(ui)->brief;
    bool today = job->wish.work.date == ui->model->today;
    bool may_come = job->accepted && today && ui->model->minute < job->wish.work.end;
    int n = 0;
    if (may_come) {
        list[n++] = action(ui, BUTTON_MAIN, N_("Ist jetzt da"), JOB_CHECK_IN);
    }
    list[n++] = action(ui, may_come ? BUTTON_PLAIN : BUTTON_MAIN, N_("War da"), JOB_CORRECT);
    list[n++] = action(ui, BUTTON_PLAIN, N_("Nicht gekommen"), JOB_MISS);
    list[n++] = action(ui, BUTTON_PLAIN, N_("Abgesagt"), JOB_CANCEL);
    return n;
}

static int fill_actions(struct ui *ui, struct button list[ACTIONS_MAX])
{
    const struct staff_jobs *jobs = jobs_of(ui);
    int n = 0;
    switch (jobs->brief.state) {
    case ASSIGNMENT_EXPECTED:
        n = expected_actions(ui, list);
        break;
    case ASSIGNMENT_THERE:
        list[n++] = action(ui, BUTTON_MAIN, N_("Geht jetzt"), JOB_CHECK_OUT);
        list[n++] = action(ui, BUTTON_PLAIN, N_("Zeiten ändern"), JOB_CORRECT);
        break;
    case ASSIGNMENT_GONE:
        list[n++] = action(ui, jobs->brief.hours.confirmed ? BUTTON_PLAIN : BUTTON_MAIN,
                           jobs->brief.hours.confirmed ? N_("Stunden ändern")
                                                       : N_("Stunden bestätigen"),
                           JOB_CONFIRM);
        list[n++] = action(ui, BUTTON_PLAIN, N_("Zeiten ändern"), JOB_CORRECT);
        break;
    case ASSIGNMENT_MISSED:
        list[n++] = action(ui, BUTTON_MAIN, N_("War doch da"), JOB_CORRECT);
        list[n++] = action(ui, BUTTON_PLAIN, N_("Abgesagt"), JOB_CANCEL);
        break;
    default:
        break;
    }
    if (jobs->full.history_count > 0) {
        list[n++] = action(ui, BUTTON_PLAIN, N_("Letztes zurücknehmen"), JOB_UNDO);
    }
    bool calls = jobs->brief.state == ASSIGNMENT_GONE ||
                 jobs->brief.state == ASSIGNMENT_MISSED || jobs->brief.talk;
    if (calls) {
        list[n++] = (struct button){jobs->brief.talk ? BUTTON_TALK : BUTTON_PLAIN, "talk",
                                    ui_tr(ui, "Der Anruf"), msg_make(MSG_RESULT, 0, 0),
                                    FONT_LABEL};
    }
    return n;
}

static void draw_actions(struct ui *ui, struct rect at)
{
    struct button list[ACTIONS_MAX];
    int count = fill_actions(ui, list);
    staff_actions(ui, at, list, count);
}

/* ---- the screen -------------------------------------------------------------------- */

static void draw_panel(struct ui *ui, struct rect at)
{
    struct fact facts[FACTS_MAX];
    const struct staff_jobs *jobs = jobs_of(ui);
    enum color tint;
    const char *state = today_state(ui, &jobs->brief, false, &tint);
    ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INK, 3, 28, 8});
    struct rect inside = rect_inset(at, ui->tiny ? 16 : 24);
    if (jobs->answered) {
        enum color told = assignment_words(jobs->answer)->recorded ? COLOR_MINT : COLOR_PEACH;
        struct sentence sentence = assignment_sentence(&jobs->full, jobs->answer);
        rect_cut_top(&inside, staff_told(ui, inside, told, words_sentence(ui, &sentence)) + 10);
    }
    struct rect head = rect_cut_top(&inside, 52);
    rect_cut_end(&head, staff_chip(ui, head, state, tint) + 16);
    struct words words = {FONT_SMALL_TITLE, COLOR_INK, PLACE_START, 1};
    const char *title = ui_own(ui, jobs->brief.wish.title);
    words.font = ui_fit(ui, head, words, title);
    words.lines_max = ui_measure(ui, words, head.w, title).cut ? 2 : 1;
    ui_text_middle(ui, head, words, title);
    rect_cut_top(&inside, 8);
    int count = jobs->full_known ? fill_facts(ui, facts) : 0;
    for (int i = 0; i < count; i++) {
        rect_cut_top(&inside, draw_fact(ui, inside, &facts[i]));
    }
    rect_cut_top(&inside, 8);
    if (jobs->full_known && inside.h >= 56 + 40) {
        ui_line(ui, rect_make(at.x + 3, inside.y, at.w - 6, 2), COLOR_LINE);
        rect_cut_top(&inside, 8);
        draw_history(ui, inside);
    }
}

void staff_job_view(struct ui *ui)
{
    struct rect area = staff_area(ui);
    const struct job_brief *job = &jobs_of(ui)->brief;
    enum color tint;
    const char *spoken =
        UI_FILL(ui, "{alias}. {title}. {state}", TR_ARG("alias", job->wish.alias),
                TR_ARG("title", job->wish.title),
                TR_ARG("state", today_state(ui, job, false, &tint)));
    ui_head(ui, job->wish.alias, spoken);
    area.h = ui->height - area.y - 34;
    if (ui->height > ui->width) {
        draw_actions(ui, rect_cut_bottom(&area, 310));
        rect_cut_bottom(&area, 30);
    } else {
        int side = area.w * 31 / 100 < 250 ? 250 : area.w * 31 / 100;
        draw_actions(ui, rect_cut_end(&area, side));
        rect_cut_end(&area, UI_GAP);
    }
    draw_panel(ui, area);
}
