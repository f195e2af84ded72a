/* A site at the kiosk: the code of its order sheet opens attendance and its own view. It
 * learns no alias and nothing of what the young people said. */
#include "screens/jobs.h"
#include "screens/words.h"

#include <string.h>

#define CODE_CHARS_MAX 16
#define KEY_ERASE 8
#define KEY_ENTER 13

/* ---- the door -------------------------------------------------------------------------- */

static void draw_code(struct ui *ui, struct rect at)
{
    const struct site_visit *site = &ui->model->site;
    bool empty = site->code[0] == '\0';
    const char *shown = empty ? ui_tr(ui, "Code vom Zettel") : site->code;
    struct words words = {FONT_TITLE, empty ? COLOR_MUTED : COLOR_INK, PLACE_START, 1};
    ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INDIGO, 5, 22, 0});
    ui_text_middle(ui, rect_inset(at, 22), words, shown);
}

static void draw_door(struct ui *ui)
{
    const struct site_visit *site = &ui->model->site;
    struct rect area = ui_content(ui), foot = ui_foot(ui);
    struct words lead = {FONT_TEXT, COLOR_MUTED, PLACE_START, 2};
    const char *text = ui_tr(ui, "Halte den Zettel vor den Scanner. Oder tippe den "
                                 "Code.");
    ui_head(ui, ui_tr(ui, "Für Stellen"), NULL);
    lead.font = ui_fit(ui, rect_make(0, 0, area.w, ui->low ? 40 : 72), lead, text);
    rect_cut_top(&area, ui_text(ui, area, lead, text) + 14);
    draw_code(ui, rect_cut_top(&area, ui->low ? 68 : 84));
    rect_cut_top(&area, ui->low ? 14 : 22);
    ui_keyboard(ui, area);
    if (site->checking) {
        ui_text_middle(ui, foot, (struct words){FONT_FINE, COLOR_MUTED, PLACE_END, 1},
                       ui_tr(ui, "Einen Moment …"));
    } else {
        ui_foot_end(ui, &foot, &(struct button){BUTTON_MAIN, NULL, ui_tr(ui, "Weiter"),
                                                msg_make(MSG_SIGN_IN, 0, 0), FONT_BUTTON});
    }
}

/* ---- the jobs behind the code ---------------------------------------------------------- */

static const char *attendance(struct ui *ui, const struct job_brief *job)
{
    char memory[64];
    struct buf hours;
    buf_init(&hours, memory, sizeof memory);
    tr_hours(&hours, &ui->i18n, job->hours.minutes);
    switch (job->state) {
    case ASSIGNMENT_THERE:
        return ui_tr(ui, "ist gerade da");
    case ASSIGNMENT_GONE:
        return UI_FILL(ui, ui_tr(ui, job->hours.confirmed ? N_("{hours}, bestätigt")
                                                          : N_("{hours}")),
                       TR_ARG("hours", memory));
    case ASSIGNMENT_MISSED:
        return ui_tr(ui, "war nicht da");
    case ASSIGNMENT_CANCELLED:
        return ui_tr(ui, "abgesagt");
    default:
        return ui_tr(ui, "wird erwartet");
    }
}

static void draw_person(struct ui *ui, struct rect at, int row)
{
    const struct job_brief *job = &ui->model->site.jobs[row];
    const char *name = UI_FILL(ui, ui_tr(ui, "Person {n}"),
                               TR_ARG("n", ui_number(ui, row + 1)));
    ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INK, 3, 22, 6});
    struct rect inside = rect_inset(at, 16);
    struct rect actions = ui->narrow ? rect_cut_bottom(&inside, 62) : inside;
    struct button view = {BUTTON_PLAIN, "how-was-it", ui_tr(ui, "So war es"),
                          msg_make(MSG_EVALUATE, row, 0), FONT_PILL};
    struct button hours = {BUTTON_PLAIN, "check", ui_tr(ui, "Stunden stimmen"),
                           msg_make(MSG_JOB_EVENT, row, JOB_CONFIRM), FONT_PILL};
    if (!job->site_in && job->state == ASSIGNMENT_GONE) {
        ui_button(ui, rect_cut_end(&actions, ui_button_width(ui, &view)), &view);
        rect_cut_end(&actions, 14);
    }
    if (!job->hours.confirmed && job->state == ASSIGNMENT_GONE) {
        ui_button(ui, rect_cut_end(&actions, ui_button_width(ui, &hours)), &hours);
        rect_cut_end(&actions, 14);
    }
    inside = ui->narrow ? inside : actions;
    struct words title = {FONT_SMALL_TITLE, COLOR_INK, PLACE_START, 1};
    struct words note = {FONT_FINE, COLOR_MUTED, PLACE_START, 1};
    title.font = ui_fit(ui, rect_make(0, 0, inside.w, 36), title, name);
    note.font = ui_fit(ui, rect_make(0, 0, inside.w, 34), note, attendance(ui, job));
    int height = ui_measure(ui, title, inside.w, name).height +
                 ui_measure(ui, note, inside.w, attendance(ui, job)).height;
    rect_cut_top(&inside, (inside.h - height) / 2 > 0 ? (inside.h - height) / 2 : 0);
    rect_cut_top(&inside, ui_text(ui, inside, title, name));
    ui_text(ui, inside, note, attendance(ui, job));
}

static void draw_jobs(struct ui *ui)
{
    const struct site_visit *site = &ui->model->site;
    const struct wish *wish = &site->jobs[0].wish;
    struct rect area = ui_content(ui), foot = ui_foot(ui);
    int gap = 18, height = ui->narrow ? 170 : 104;
    ui_head(ui, wish->title, NULL);
    struct words lead = {FONT_TEXT, COLOR_MUTED, PLACE_START, 1};
    rect_cut_top(&area, ui_text(ui, area, lead, words_when(ui, &wish->work)) + 14);
    if (site->answered) {
        struct assignment shown;
        assignment_from_wish(&shown, wish);
        struct sentence said = assignment_sentence(&shown, site->answer);
        struct words words = {FONT_LABEL, COLOR_OK, PLACE_START, 2};
        rect_cut_top(&area, ui_text(ui, area, words, words_sentence(ui, &said)) + 10);
    }
    for (int i = 0; i < site->count && (i + 1) * (height + gap) <= area.h + gap; i++) {
        draw_person(ui, rect_make(area.x, area.y + i * (height + gap), area.w, height), i);
    }
    ui_foot_end(ui, &foot, &(struct button){BUTTON_MAIN, NULL, ui_tr(ui, "Fertig"),
                                            msg_make(MSG_HOME, 0, 0), FONT_BUTTON});
}

static void site_view(struct ui *ui)
{
    if (ui->model->site.open) {
        draw_jobs(ui);
    } else {
        draw_door(ui);
    }
}

/* ---- messages and answers -------------------------------------------------------------- */

static void type(struct site_visit *site, int key)
{
    size_t len = strlen(site->code);
    if (key == KEY_ERASE && len > 0) {
        site->code[len - 1] = '\0';
        return;
    }
    bool letter = (key >= 'a' && key <= 'z') || (key >= 'A' && key <= 'Z') ||
                  (key >= '0' && key <= '9') || key == '-';
    if (letter && len < CODE_CHARS_MAX) {
        site->code[len] = (char)(key >= 'a' && key <= 'z' ? key - 'a' + 'A' : key);
        site->code[len + 1] = '\0';
    }
}

static void enter_code(struct model *model, struct effects *effects)
{
    struct site_visit *site = &model->site;
    if (site->checking || site->code[0] == '\0') {
        return;
    }
    if (site->wait_until_ms > model->mono_ms) {
        model->notice = NOTICE_WAIT;
        return;
    }
    struct effect *effect = ask(model, effects, EFFECT_SITE_ENTER);
    str_copy(effect->text, sizeof effect->text, str_of(site->code));
    site->checking = true;
}

static void confirm_hours(struct model *model, int row, struct effects *effects)
{
    const struct job_brief *job = &model->site.jobs[row];
    struct effect *effect = ask(model, effects, EFFECT_JOB_EVENT);
    effect->fact = model->fresh[0];
    effect->wish = job->wish;
    effect->job_event.kind = JOB_CONFIRM;
    effect->job_event.assignment = job->wish.id;
    effect->job_event.by = BY_SITE_CODE;
    effect->job_event.minutes = job->hours.minutes;
}

/* What was answered before stays, if it is for the same person and not yet saved. */
static void begin_view(struct model *model, int row, struct effects *effects)
{
    model->site.chosen = row;
    go(model, effects, SCREEN_EVALUATE);
}

static void site_update(struct model *model, const struct msg *msg, struct effects *effects)
{
    struct site_visit *site = &model->site;
    bool row = msg->a >= 0 && msg->a < site->count;
    switch (msg->kind) {
    case MSG_KEY:
        if (msg->a == KEY_ENTER) {
            enter_code(model, effects);
        } else if (!site->open) {
            type(site, msg->a);
        }
        break;
    case MSG_SIGN_IN:
        enter_code(model, effects);
        break;
    case MSG_JOB_EVENT:
        if (row) {
            confirm_hours(model, msg->a, effects);
        }
        break;
    case MSG_EVALUATE:
        if (row) {
            begin_view(model, msg->a, effects);
        }
        break;
    default:
        break;
    }
}

static void site_enter(struct model *model, struct effects *effects)
{
    struct site_visit *site = &model->site;
    /* Back leads out of the visit: who comes next is not this site any more. */
    model->back_count = 0;
    site->answered = false;
    /* Back from the form: what was said there shows in the list. */
    if (site->open && site->code[0]) {
        struct effect *effect = ask(model, effects, EFFECT_SITE_ENTER);
        str_copy(effect->text, sizeof effect->text, str_of(site->code));
    }
}

/* An order sheet was held: it is the site that stands here, not who was here before. */
void site_on_scan(struct model *model, const struct reply *reply, struct effects *effects)
{
    struct site_visit *site = &model->site;
    if (model->visit.signed_in || site->open) {
        model_forget(model);
    }
    if (model->screen != SCREEN_SITE) {
        go(model, effects, SCREEN_SITE);
    }
    str_copy(site->code, sizeof site->code, str_of(reply->text));
    enter_code(model, effects);
}

void site_on_entered(struct model *model, const struct reply *reply, struct effects *effects)
{
    struct site_visit *site = &model->site;
    (void)effects;
    site->checking = false;
    if (reply->err == ERR_OK && reply->count > 0) {
        site->open = true;
        site->count = reply->count < JOBS_MAX ? reply->count : JOBS_MAX;
        for (int i = 0; i < site->count; i++) {
            site->jobs[i] = reply->jobs[i];
        }
        model->notice = NOTICE_NONE;
        return;
    }
    site->wait_until_ms = reply->wait_ms > 0 ? model->mono_ms + reply->wait_ms : 0;
    model->notice = reply->wait_ms > 0 ? NOTICE_WAIT : NOTICE_SITE_CODE;
}

void site_on_event(struct model *model, const struct reply *reply, struct effects *effects)
{
    struct site_visit *site = &model->site;
    (void)effects;
    if (reply->err != ERR_OK) {
        model->notice = reply->err == ERR_FULL ? NOTICE_DISK_FULL : NOTICE_NOT_SAVED;
        return;
    }
    site->answered = true;
    site->answer = reply->answer;
    for (int i = 0; i < site->count; i++) {
        if (uid_eq(site->jobs[i].wish.id, reply->brief.wish.id)) {
            /* Everything but who it is. */
            struct wish kept = site->jobs[i].wish;
            site->jobs[i] = reply->brief;
            site->jobs[i].wish = kept;
        }
    }
}

const struct screen screen_site = {.name = "site",
                                   .theme = THEME_PAPER,
                                   .view = site_view,
                                   .update = site_update,
                                   .enter = site_enter};
