/* The call as the coach sees it: how far it is, what was said, what to do next. */
#include "screens/own_words.h"
#include "screens/staff_jobs.h"
#include "screens/staff_parts.h"
#include "screens/words.h"

#include "domain/difference.h"

#define ACTIONS_MAX 6
#define SHOWN_MAX 6

static const struct staff_jobs *jobs_of(const struct ui *ui)
{
    return &ui->model->staff.jobs;
}

/* ---- actions ----------------------------------------------------------------------- */

static int waiting_actions(struct ui *ui, const struct job_brief *job, struct button *list)
{
    int n = 0;
    if (!job->site_in && job->state != ASSIGNMENT_MISSED) {
        list[n++] = (struct button){BUTTON_MAIN, NULL, ui_tr(ui, "Stelle am Telefon"),
                                    msg_make(MSG_EVALUATE, 0, 0), FONT_LABEL};
    }
    const char *close = ui_tr(ui, ui->tiny                        ? N_("Abschließen")
                                  : job->self_in || job->site_in
                                      ? N_("Ohne die andere Sicht abschließen")
                                      : N_("Ohne Sichten abschließen"));
    list[n++] = (struct button){BUTTON_PLAIN, NULL, close, msg_make(MSG_CLOSE, 0, 0),
                                FONT_LABEL};
    return n;
}

static int ready_actions(struct ui *ui, const struct job_brief *job, struct button *list)
{
    const struct staff_jobs *jobs = jobs_of(ui);
    int n = 0;
    if (!job->released && (job->self_in || job->site_in)) {
        list[n++] = (struct button){BUTTON_MAIN, "check", ui_tr(ui, "Freigeben"),
                                    msg_make(MSG_SHOW, 0, 0), FONT_LABEL};
    }
    if (job->site_in && (job->hold != HOLD_NONE || jobs->site_words[0] != '\0')) {
        list[n++] = (struct button){
            BUTTON_PLAIN, NULL,
            ui_tr(ui, job->hold != HOLD_NONE ? N_("Worte doch zeigen")
                                             : N_("Worte zurückhalten")),
            msg_make(MSG_HOLD, 0, 0), FONT_LABEL};
    }
    return n;
}

static int fill_actions(struct ui *ui, struct button list[ACTIONS_MAX])
{
    const struct job_brief *job = &jobs_of(ui)->brief;
    int n = 0;
    if (job->talk) {
        list[n++] = (struct button){BUTTON_TALK, "talk", ui_tr(ui, "Geredet"),
                                    msg_make(MSG_TALKED, 0, 0), FONT_LABEL};
    }
    n += staff_job_ready(job) ? ready_actions(ui, job, list + n)
                              : waiting_actions(ui, job, list + n);
    if (ui->model->env.words_can_be_sealed) {
        list[n++] = (struct button){BUTTON_PLAIN, NULL, ui_tr(ui, "Notiz schreiben"),
                                    msg_make(MSG_NOTE, 0, 0), FONT_LABEL};
    }
    list[n++] = (struct button){BUTTON_PLAIN, NULL, ui_tr(ui, "Der Job"),
                                msg_make(MSG_JOB, 0, 0), FONT_LABEL};
    return n;
}

static void draw_actions(struct ui *ui, struct rect at)
{
    struct button list[ACTIONS_MAX];
    int count = fill_actions(ui, list);
    staff_actions(ui, at, list, count);
}

/* ---- how far it is ----------------------------------------------------------------- */

static const char *blind_text(struct ui *ui, const struct job_brief *job)
{
    if (job->state == ASSIGNMENT_MISSED) {
        return ui_tr(ui, "Das hat nicht geklappt. Frag freundlich nach, was los war.");
    }
    if (job->self_in) {
        return ui_tr(ui, "Die eigene Sicht ist da. Auch für dich bleibt sie zu, bis die "
                         "Stelle gesprochen hat.");
    }
    if (job->site_in) {
        return ui_tr(ui, "Die Sicht der Stelle ist da. Auch für dich bleibt sie zu, bis "
                         "die eigene Sicht da ist.");
    }
    return ui_tr(ui, "Noch hat niemand etwas gesagt. Ruf die Stelle an und frag die Person.");
}

/* What to know before the answers; NULL: nothing. */
static const char *stand_text(struct ui *ui, enum color *tint_out)
{
    const struct staff_jobs *jobs = jobs_of(ui);
    const struct job_brief *job = &jobs->brief;
    *tint_out = COLOR_PEACH;
    if (jobs->refused != EVALUATION_OK) {
        return ui_tr(ui, evaluation_answer_text(jobs->refused));
    }
    if (!staff_job_ready(job)) {
        *tint_out = COLOR_LEMON;
        return blind_text(ui, job);
    }
    if (!jobs->views_known) {
        *tint_out = COLOR_WHITE;
        return ui_tr(ui, "Einen Moment …");
    }
    if (jobs->views_closed) {
        return ui_tr(ui, "Deine Karte kann nicht alles öffnen. Bitte jemanden aus dem Team, "
                         "der schon länger dabei ist.");
    }
    *tint_out = COLOR_MINT;
    if (job->released) {
        return ui_tr(ui, "Freigegeben. Beim nächsten Anmelden ist es zu hören.");
    }
    if (!job->self_in && !job->site_in) {
        return ui_tr(ui, "Ohne Sichten abgeschlossen.");
    }
    return NULL;
}

/* Who has spoken, and nothing of what was said. */
static void draw_sides(struct ui *ui, struct rect *at, const struct job_brief *job)
{
    int gap = 20, width = (at->w - gap) / 2, height = at->w < 560 ? 84 : 112;
    if (at->h < height + 20) {
        return;
    }
    struct rect row = rect_cut_top(at, height + 28);
    for (int side = SIDE_SELF; side <= SIDE_SITE; side++) {
        bool in = side == SIDE_SELF ? job->self_in : job->site_in;
        staff_card(ui, rect_make(row.x + side * (width + gap), row.y + 6, width, height),
                   &(struct staff_card){
                       in ? COLOR_MINT : COLOR_WHITE, in ? "check" : "clock",
                       ui_tr(ui, side == SIDE_SELF ? N_("Eigene Sicht") : N_("Die Stelle")),
                       ui_tr(ui, in ? N_("ist da") : N_("fehlt noch")),
                       msg_make(MSG_NONE, 0, 0)});
    }
}

static void draw_panel(struct ui *ui, struct rect at)
{
    const struct staff_jobs *jobs = jobs_of(ui);
    const struct job_brief *job = &jobs->brief;
    enum color tint;
    const char *state = calls_state(ui, job, &tint);
    ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INK, 3, 28, 8});
    struct rect inside = rect_inset(at, ui->tiny ? 16 : 24);
    struct rect head = rect_cut_top(&inside, 52);
    rect_cut_end(&head, staff_chip(ui, head, state, tint) + 16);
    struct words words = {FONT_SMALL_TITLE, COLOR_INK, PLACE_START, 1};
    const char *title = ui_own(ui, job->wish.title);
    words.font = ui_fit(ui, head, words, title);
    words.lines_max = ui_measure(ui, words, head.w, title).cut ? 2 : 1;
    ui_text_middle(ui, head, words, title);
    rect_cut_top(&inside, 10);
    const char *stand = stand_text(ui, &tint);
    if (stand) {
        rect_cut_top(&inside, staff_told(ui, inside, tint, stand) + 12);
    }
    if (!staff_job_ready(job) && job->state != ASSIGNMENT_MISSED) {
        draw_sides(ui, &inside, job);
    }
    call_answers(ui, inside);
}

static void look_view(struct ui *ui)
{
    struct rect area = staff_area(ui);
    const struct job_brief *job = &jobs_of(ui)->brief;
    enum color tint;
    const char *stand = stand_text(ui, &tint);
    const char *title = UI_FILL(ui, ui_tr(ui, "{alias}: der Anruf"),
                                TR_ARG("alias", job->wish.alias));
    ui_head(ui, title,
            UI_FILL(ui, "{title}. {state}. {stand}", TR_ARG("title", title),
                    TR_ARG("state", calls_state(ui, job, &tint)),
                    TR_ARG("stand", stand ? stand : "")));
    area.h = ui->height - area.y - 34;
    if (ui->height > ui->width) {
        draw_actions(ui, rect_cut_bottom(&area, 310));
        rect_cut_bottom(&area, 30);
    } else {
        int side = area.w * 33 / 100 < 270 ? 270 : area.w * 33 / 100;
        draw_actions(ui, rect_cut_end(&area, side));
        rect_cut_end(&area, UI_GAP);
    }
    draw_panel(ui, area);
}

/* ---- holding words back ------------------------------------------------------------ */

static void hold_view(struct ui *ui)
{
    struct staff_choice choices[HOLD_COUNT];
    struct rect area = staff_area(ui), foot = ui_foot(ui);
    struct words words = {FONT_TEXT, COLOR_MUTED, PLACE_START, 3};
    const char *text = ui_tr(ui, "Die Worte der Stelle werden dann nicht gezeigt. Die "
                                 "Antworten schon.");
    ui_head(ui, ui_tr(ui, "Warum zurückhalten?"), NULL);
    words.font = ui_fit(ui, rect_make(0, 0, area.w, 60), words, text);
    rect_cut_top(&area, ui_text(ui, area, words, text) + 16);
    for (int i = HOLD_NONE + 1; i < HOLD_COUNT; i++) {
        choices[i - 1] =
            (struct staff_choice){ui_tr(ui, evaluation_hold_text((enum evaluation_hold)i)),
                                  msg_make(MSG_HOLD, i, 0)};
    }
    staff_choices(ui, area, choices, HOLD_COUNT - 1);
    ui_foot_start(ui, &foot, &(struct button){BUTTON_PLAIN, NULL, ui_tr(ui, "Zurück"),
                                              msg_make(MSG_BACK, 0, 0), FONT_BUTTON});
}

/* ---- what the young person will see ------------------------------------------------ */

static void add_sentence(struct ui *ui, const char **lines, int *count,
                         const struct sentence *sentence)
{
    if (sentence->text && *count < SHOWN_MAX) {
        lines[(*count)++] = words_sentence(ui, sentence);
    }
}

static void add_words(struct ui *ui, const char **lines, int *count)
{
    const struct staff_jobs *jobs = jobs_of(ui);
    if (jobs->brief.hold != HOLD_NONE) {
        lines[(*count)++] = ui_tr(ui, "Die Worte der Stelle bleiben zurück.");
    } else if (jobs->site_words[0] != '\0') {
        lines[(*count)++] = UI_FILL(ui, ui_tr(ui, "Die Stelle schreibt: „{words}“"),
                                    TR_ARG("words", jobs->site_words));
    }
}

/* The same functions give the words that the young person will hear. */
static int shown_lines(struct ui *ui, const char *lines[SHOWN_MAX])
{
    const struct staff_jobs *jobs = jobs_of(ui);
    const struct form_set *forms = ui->model->env.forms;
    struct difference difference;
    int count = 0;
    struct sentence thanks =
        difference_thanks(jobs->brief.wish.alias, jobs->brief.hours.minutes);
    add_sentence(ui, lines, &count, &thanks);
    const struct evaluation_form *form =
        forms && jobs->has_self ? form_set_find(forms, jobs->self.form) : NULL;
    if (form && jobs->has_site) {
        difference_of(form, &jobs->self, &jobs->site, &difference);
        add_sentence(ui, lines, &count, &difference.strength);
        add_sentence(ui, lines, &count, &difference.agreement);
        add_sentence(ui, lines, &count,
                     difference_line(&difference, DIFFERENCE_SITE_SEES_MORE));
        add_sentence(ui, lines, &count, &difference.talk);
    }
    if (jobs->has_site) {
        add_words(ui, lines, &count);
    } else {
        lines[count++] = ui_tr(ui, "Von der Stelle gibt es dazu nichts.");
    }
    return count;
}

static void show_view(struct ui *ui)
{
    const char *lines[SHOWN_MAX];
    struct rect area = staff_area(ui), foot = ui_foot(ui);
    const struct staff_jobs *jobs = jobs_of(ui);
    const char *title = UI_FILL(ui, ui_tr(ui, "Das sieht {alias} dann:"),
                                TR_ARG("alias", jobs->brief.wish.alias));
    int count = shown_lines(ui, lines);
    ui_head(ui, title, NULL);
    ui_box(ui, area, (struct look){COLOR_WHITE, COLOR_INK, 3, 28, 8});
    struct rect inside = rect_inset(area, ui->tiny ? 18 : 28);
    for (int i = 0; i < count; i++) {
        struct words words = {FONT_TEXT, COLOR_INK, PLACE_START, 8};
        struct rect line = inside;
        line.h = inside.h / (count - i);
        words.font = ui_fit(ui, line, words, lines[i]);
        rect_cut_top(&inside, ui_text(ui, inside, words, lines[i]) + (ui->tiny ? 8 : 18));
    }
    ui_foot_start(ui, &foot, &(struct button){BUTTON_PLAIN, NULL, ui_tr(ui, "Zurück"),
                                              msg_make(MSG_BACK, 0, 0), FONT_BUTTON});
    staff_main(ui, &foot, "check",
               ui_tr(ui, jobs->busy ? N_("Ich speichere …") : N_("Jetzt freigeben")),
               msg_make(MSG_SHOW, 1, 0), !jobs->busy);
}

void call_view(struct ui *ui)
{
    switch (jobs_of(ui)->mode) {
    case CALL_HOLD:
        hold_view(ui);
        break;
    case CALL_NOTE:
        own_words_view(ui, ui_tr(ui, "Notiz"),
                       ui_tr(ui, "Nur das Team kann das lesen. Mit Fertig ist es gespeichert."),
                       jobs_of(ui)->note);
        break;
    case CALL_SHOW:
        show_view(ui);
        break;
    default:
        look_view(ui);
        break;
    }
}
