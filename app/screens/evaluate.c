/* How it was: one statement a page, answered with one tap; everything can be skipped. */
#include "screens/answering.h"
#include "screens/evaluate_pages.h"
#include "screens/jobs.h"
#include "screens/own_words.h"
#include "screens/talk_foot.h"

#include <string.h>

/* ---- head and foot ----------------------------------------------------------------- */

static void draw_dots(struct ui *ui, struct rect row, int page, int count)
{
    enum { DOT = 24, NOW = 56, GAP = 10 };
    int width = NOW + (count - 1) * (DOT + GAP);
    int x = row.x + (row.w - width) / 2, y = row.y + (row.h - DOT) / 2;
    if (width > row.w) {
        const char *text = UI_FILL(ui, ui_tr(ui, "{n} von {count}"),
                                   TR_ARG("n", ui_number(ui, page + 1)),
                                   TR_ARG("count", ui_number(ui, count)));
        ui_text_middle(ui, row, (struct words){FONT_PILL, COLOR_INK, PLACE_CENTER, 1},
                       text);
        return;
    }
    for (int i = 0; i < count; i++) {
        enum color fill = i < page ? COLOR_INK : i == page ? COLOR_BLITZ : COLOR_WHITE;
        struct rect dot = {x, y, i == page ? NOW : DOT, DOT};
        ui_box(ui, dot, (struct look){fill, COLOR_INK, 3, DOT / 2, 0});
        x += dot.w + GAP;
    }
}

static void draw_head(struct ui *ui, const struct answering *a,
                      const struct evaluation_form *form)
{
    int count = evaluation_form_page_count(form, a->side);
    const char *spoken = UI_FILL(
        ui, ui_tr(ui, "{job}. Frage {n} von {count}. {question}"),
        TR_ARG("job", evaluate_job_line(ui)), TR_ARG("n", ui_number(ui, a->page + 1)),
        TR_ARG("count", ui_number(ui, count)),
        TR_ARG("question", evaluate_statement(ui)));
    draw_dots(ui, ui_head_row(ui, spoken), a->page, count);
}

/* The words of the form stand in the middle of a sentence; a button begins one. */
static const char *skip_text(struct ui *ui, const char *german)
{
    char text[FORM_WORD_SIZE * 2];
    str_copy(text, sizeof text, str_of(ui_tr(ui, german)));
    if (text[0] >= 'a' && text[0] <= 'z') {
        text[0] = (char)(text[0] - 'a' + 'A');
    }
    return UI_FILL(ui, "{text}", TR_ARG("text", text));
}

/* A site has nothing to talk about with a coach in secret. */
static void draw_actions(struct ui *ui, const struct answering *a,
                         const struct button *main, bool apart)
{
    struct rect foot = ui_foot(ui);
    if (a->side == SIDE_SELF) {
        talk_foot_draw(ui, main, apart);
    } else if (apart) {
        ui_foot_start(ui, &foot, main);
    } else {
        ui_foot_end(ui, &foot, main);
    }
}

static bool told_about(const struct answering *a, const struct evaluation_form *form)
{
    for (int i = 0; i < form->about_count; i++) {
        if (a->view.about_site[i] != ANSWER_SKIPPED) {
            return true;
        }
    }
    return false;
}

static void draw_foot(struct ui *ui, const struct answering *a,
                      const struct evaluation_form *form, enum form_page_kind kind)
{
    struct button main = {BUTTON_PLAIN, NULL, skip_text(ui, form->skips[0]),
                          msg_make(MSG_SKIP, 0, 0), FONT_BUTTON};
    bool apart = kind == PAGE_ASPECT;
    if (kind == PAGE_CLOSING) {
        main = (struct button){
            BUTTON_MAIN, NULL, ui_tr(ui, a->saving ? N_("Moment …") : N_("Fertig")),
            msg_make(a->saving ? MSG_NONE : MSG_FORM_SAVE, 0, 0), FONT_BUTTON};
    } else if (kind == PAGE_ABOUT_SITE && told_about(a, form)) {
        main.kind = BUTTON_MAIN;
        main.text = ui_tr(ui, "Weiter");
    } else {
        apart = true;
    }
    draw_actions(ui, a, &main, apart);
}

/* ---- the view ---------------------------------------------------------------------- */

static void view_done(struct ui *ui, const struct answering *a)
{
    ui_head_row(ui, ui_tr(ui, a->refused == EVALUATION_OK
                                  ? N_("Danke! Das ist gespeichert.")
                                  : evaluation_answer_text(a->refused)));
    evaluate_draw_done(ui, ui_content(ui));
    draw_actions(ui, a,
                 &(struct button){BUTTON_MAIN, NULL, ui_tr(ui, "Fertig"),
                                  msg_make(MSG_BACK, 0, 0), FONT_BUTTON},
                 false);
}

static void view_words(struct ui *ui, const struct answering *a)
{
    struct rect foot = ui_foot(ui);
    struct button talk = {BUTTON_TALK, NULL, ui_tr(ui, "Ich will reden"),
                          msg_open(SCREEN_TALK), FONT_BUTTON};
    own_words_view(ui, ui_tr(ui, "Eigene Worte"), evaluate_promise(ui), a->words);
    if (a->side == SIDE_SELF) {
        int width = ui_button_width(ui, &talk), room = foot.w * 52 / 100;
        ui_button(ui, rect_cut_start(&foot, width < room ? width : room), &talk);
    }
}

static void evaluate_view(struct ui *ui)
{
    const struct answering *a = answering_seen(ui->model);
    const struct evaluation_form *form = answering_form(ui->model);
    if (!form || a->view.form == 0) {
        ui_head(ui, ui_tr(ui, "Wie war’s?"), NULL);
        return;
    }
    if (a->saved || a->refused != EVALUATION_OK) {
        view_done(ui, a);
        return;
    }
    if (a->typing) {
        view_words(ui, a);
        return;
    }
    struct form_page page = evaluation_form_page(form, a->side, a->page);
    draw_head(ui, a, form);
    if (page.kind == PAGE_ASPECT) {
        evaluate_draw_aspect(ui, ui_content(ui), page.aspect);
    } else if (page.kind == PAGE_ABOUT_SITE) {
        evaluate_draw_about(ui, ui_content(ui));
    } else {
        evaluate_draw_closing(ui, ui_content(ui));
    }
    draw_foot(ui, a, form, page.kind);
}

/* ---- messages ---------------------------------------------------------------------- */

static void skip(struct answering *a, const struct evaluation_form *form)
{
    struct form_page page = evaluation_form_page(form, a->side, a->page);
    if (page.kind == PAGE_ASPECT) {
        a->view.aspects[page.aspect] = ANSWER_SKIPPED;
    }
    answering_next(a, form);
}

static void type(struct answering *a, int character)
{
    enum { ENTER = 13 };
    if (!a->typing) {
        return;
    }
    if (character == ENTER) {
        a->typing = false;
    } else {
        own_words_type(a->words, character);
    }
}

static void evaluate_update(struct model *model, const struct msg *msg,
                            struct effects *effects)
{
    struct answering *a = answering_of(model);
    const struct evaluation_form *form = answering_form(model);
    if (!form || a->view.form == 0 || a->saving || a->saved ||
        a->refused != EVALUATION_OK) {
        return;
    }
    switch (msg->kind) {
    case MSG_ANSWER:
        answering_answer(a, form, msg->a, msg->b);
        break;
    case MSG_SKIP:
        skip(a, form);
        break;
    case MSG_TILE:
        a->view.tiles ^= (uint16_t)(1u << msg->a);
        break;
    case MSG_WORDS:
        a->typing = msg->a != 0 && model->env.words_can_be_sealed;
        break;
    case MSG_KEY:
        type(a, msg->a);
        break;
    case MSG_FORM_SAVE:
        answering_save(model, effects);
        break;
    default:
        break;
    }
}

static void evaluate_enter(struct model *model, struct effects *effects)
{
    const struct job_brief *job = answering_job(model);
    bool site = model->staff.open || model->site.open;
    (void)effects;
    if (job) {
        answering_begin(model, answering_of(model), job, site ? SIDE_SITE : SIDE_SELF);
    }
}

static bool evaluate_back(struct model *model)
{
    struct answering *a = answering_of(model);
    if (a->saved || a->refused != EVALUATION_OK) {
        memset(a, 0, sizeof *a);
        return false;
    }
    return a->saving || answering_back(a);
}

/* ---- answers ----------------------------------------------------------------------- */

static void keep_brief(struct model *model, const struct job_brief *brief)
{
    struct job_brief *list = model->site.open ? model->site.jobs : model->visit.jobs.jobs;
    int count = model->site.open ? model->site.count : model->visit.jobs.count;
    for (int i = 0; i < count; i++) {
        if (uid_eq(list[i].wish.id, brief->wish.id)) {
            struct wish wish = list[i].wish; /* at a site without the person */
            list[i] = *brief;
            list[i].wish = wish;
        }
    }
    if (model->staff.open && uid_eq(model->staff.jobs.brief.wish.id, brief->wish.id)) {
        model->staff.jobs.brief = *brief;
    }
}

static void return_to_staff(struct model *model, struct answering *a,
                            struct effects *effects)
{
    memset(a, 0, sizeof *a);
    if (model->screen == SCREEN_EVALUATE) {
        model_back(model);
        if (screen_of(model->screen)->enter) {
            screen_of(model->screen)->enter(model, effects);
        }
    }
    model->notice = NOTICE_DECIDED;
}

void evaluate_on_saved(struct model *model, const struct reply *reply,
                       struct effects *effects)
{
    struct answering *a = answering_of(model);
    if (!a->saving) {
        return;
    }
    a->saving = false;
    bool locked = reply->err == ERR_DENIED;
    if (reply->err != ERR_OK && !locked) {
        model->notice = reply->err == ERR_FULL ? NOTICE_DISK_FULL : NOTICE_NOT_SAVED;
        return;
    }
    memset(a->words, 0, sizeof a->words);
    if (locked) {
        a->refused = EVALUATION_LOCKED;
        return;
    }
    keep_brief(model, &reply->brief);
    a->saved = true;
    effects_add(effects, EFFECT_SOUND_DONE);
    if (a->by_staff) {
        return_to_staff(model, a, effects);
    }
}

const struct screen screen_evaluate = {.name = "evaluate",
                                       .theme = THEME_PAPER,
                                       .personal = true,
                                       .view = evaluate_view,
                                       .update = evaluate_update,
                                       .enter = evaluate_enter,
                                       .back = evaluate_back};
