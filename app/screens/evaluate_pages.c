#include "screens/evaluate_pages.h"

#include "screens/steps.h"

#include <string.h>

static bool is_site(const struct ui *ui)
{
    return answering_seen(ui->model)->side == SIDE_SITE;
}

const char *evaluate_job_line(struct ui *ui)
{
    const struct answering *a = answering_seen(ui->model);
    char memory[96];
    struct buf day;
    buf_init(&day, memory, sizeof memory);
    tr_date(&day, &ui->i18n, a->date, DATE_WEEKDAY_FULL);
    return UI_FILL(ui, "{title} · {day}", TR_ARG("title", a->title),
                   TR_ARG("day", memory));
}

const char *evaluate_statement(struct ui *ui)
{
    const struct answering *a = answering_seen(ui->model);
    const struct evaluation_form *form = answering_form(ui->model);
    struct form_page page = evaluation_form_page(form, a->side, a->page);
    if (page.kind == PAGE_ASPECT) {
        const struct form_question *q = &form->aspects[page.aspect];
        return ui_tr(ui, a->side == SIDE_SELF ? q->self : q->site);
    }
    return page.kind == PAGE_ABOUT_SITE
               ? ui_tr(ui, "Und wie war es dort für dich?")
               : ui_tr(ui, a->side == SIDE_SELF ? form->again.self : form->again.site);
}

const char *evaluate_promise(struct ui *ui)
{
    return ui_tr(ui, is_site(ui)
                         ? N_("Ein Coach liest das zuerst. Hier bleibt es verschlossen.")
                         : N_("Nur Coaches können das lesen."));
}

void evaluate_draw_aspect(struct ui *ui, struct rect area, int aspect)
{
    const struct evaluation_form *form = answering_form(ui->model);
    const struct answering *a = answering_seen(ui->model);
    const char *job = evaluate_job_line(ui), *statement = evaluate_statement(ui);
    struct words line = {FONT_LABEL, COLOR_MUTED, PLACE_CENTER, 1};
    struct words big = {FONT_HERO, COLOR_INK, PLACE_CENTER, 3};
    rect_cut_bottom(&area, ui->low ? 16 : 50);
    rect_cut_top(&area, ui->low ? 0 : 22);
    line.font = ui_fit(ui, rect_make(0, 0, area.w, 40), line, job);
    rect_cut_top(&area, ui_text(ui, area, line, job) + (ui->low ? 4 : 20));
    int tiles = ui->narrow ? area.h * 62 / 100 : ui->low ? area.h * 58 / 100 : 268;
    struct rect lower = rect_cut_bottom(&area, tiles);
    int inset = ui->narrow || ui->low ? 0 : area.w / 6;
    area = rect_make(area.x + inset, area.y, area.w - 2 * inset,
                     area.h - (ui->low ? 8 : 20));
    big.font = ui_fit(ui, area, big, statement);
    ui_text_middle(ui, area, big, statement);
    steps_tall(ui, lower,
               &(struct step_choice){&form->aspects[aspect], aspect,
                                     answering_given(a, aspect)});
}

/* A question beside (upright: above) its small tiles. */
static void draw_row(struct ui *ui, struct rect at, const char *text,
                     const struct step_choice *choice)
{
    struct words words = {FONT_SMALL_TITLE, COLOR_INK, PLACE_START, 3};
    struct rect part = ui->narrow ? rect_cut_top(&at, at.h * 42 / 100)
                                  : rect_cut_start(&at, at.w * 40 / 100);
    if (!ui->narrow) {
        rect_cut_start(&at, 24);
    }
    words.font = ui_fit(ui, part, words, text);
    ui_text_middle(ui, part, words, text);
    steps_small(ui, at, choice);
}

static bool talk_chosen(const struct model *model)
{
    const struct answering *a = answering_seen(model);
    return evaluation_view_wants_talk(answering_form(model), &a->view);
}

void evaluate_draw_about(struct ui *ui, struct rect area)
{
    const struct evaluation_form *form = answering_form(ui->model);
    const struct answering *a = answering_seen(ui->model);
    bool talk = talk_chosen(ui->model);
    const char *title =
        talk ? ui_tr(ui, "Ein Coach redet mit dir. Die Stelle sieht das nicht.")
             : evaluate_statement(ui);
    struct words big = {FONT_BIG, COLOR_INK, PLACE_START, ui->narrow ? 3 : 1};
    struct rect top = rect_cut_top(&area, ui->tiny ? 40 : ui->low ? 60 : 90);
    big.font = ui_fit(ui, top, big, title);
    ui_text_middle(ui, top, big, title);
    rect_cut_bottom(&area, ui->low ? 10 : 24);
    int gap = ui->tiny ? 16 : 28, count = form->about_count;
    int height = count > 0 ? (area.h - gap * (count - 1)) / count : area.h;
    int most = ui->narrow ? 220 : 130;
    height = height > most ? most : height;
    for (int i = 0; i < count; i++) {
        const struct form_question *q = &form->about[i];
        draw_row(ui, rect_make(area.x, area.y + i * (height + gap), area.w, height),
                 ui_tr(ui, q->self),
                 &(struct step_choice){q, QUESTION_ABOUT + i,
                                       answering_given(a, QUESTION_ABOUT + i)});
    }
}

static void draw_tiles(struct ui *ui, struct rect area)
{
    const struct evaluation_form *form = answering_form(ui->model);
    const struct answering *a = answering_seen(ui->model);
    int columns = ui->narrow ? 2 : 4, gap = ui->low ? 14 : 18;
    int rows = (form->tile_count + columns - 1) / columns;
    int width = (area.w - gap * (columns - 1)) / columns;
    int height = rows > 0 ? (area.h - 6 - gap * (rows - 1)) / rows : area.h;
    height = height > 124 ? 124 : height;
    for (int i = 0; i < form->tile_count; i++) {
        bool chosen = a->view.tiles >> i & 1u;
        struct rect at = rect_make(area.x + i % columns * (width + gap),
                                   area.y + i / columns * (height + gap), width, height);
        const char *text = ui_tr(ui, form->tiles[i].text);
        int down = ui_touch(ui, at, 5, msg_make(MSG_TILE, i, 0), text);
        at.y += down;
        ui_box(ui, at,
               (struct look){chosen ? COLOR_MINT : COLOR_WHITE,
                             chosen ? COLOR_INDIGO : COLOR_INK, chosen ? 7 : 3, 20,
                             5 - down});
        struct words words = {FONT_LABEL, COLOR_INK, PLACE_CENTER,
                              strchr(text, ' ') ? 2 : 1};
        struct rect inside = rect_inset(at, 9);
        words.font = ui_fit(ui, inside, words, text);
        ui_text_middle(ui, inside, words, text);
    }
}

/* Looks like the field to write in that it opens. */
static void draw_words(struct ui *ui, struct rect at)
{
    const struct answering *a = answering_seen(ui->model);
    const char *text = a->words[0] ? ui_own(ui, a->words) : ui_tr(ui, "Eigene Worte");
    const char *promise = evaluate_promise(ui);
    int down = ui_touch(ui, at, 4, msg_make(MSG_WORDS, 1, 0),
                        UI_FILL(ui, "{words}. {promise}", TR_ARG("words", text),
                                TR_ARG("promise", promise)));
    at.y += down;
    ui_box(ui, at,
           (struct look){a->words[0] ? COLOR_MINT : COLOR_WHITE, COLOR_INK, 3, 20,
                         4 - down});
    struct rect inside = rect_make(at.x + 22, at.y + 6, at.w - 44, at.h - 12);
    struct words note = {FONT_FINE, COLOR_MUTED, PLACE_END, 2};
    struct words words = {FONT_LABEL, COLOR_INK, PLACE_START, 1};
    struct rect part = ui->narrow ? rect_cut_bottom(&inside, inside.h * 54 / 100)
                                  : rect_cut_end(&inside, inside.w / 2);
    note.place = ui->narrow ? PLACE_START : PLACE_END;
    note.font = ui_fit(ui, part, note, promise);
    ui_text_middle(ui, part, note, promise);
    rect_cut_end(&inside, ui->narrow ? 0 : 12);
    words.font = ui_fit(ui, inside, words, text);
    if (ui_measure(ui, words, inside.w, text).cut) {
        text = ui_tr(ui, "Eigene Worte: gesagt");
        words.font = ui_fit(ui, inside, words, text);
    }
    ui_text_middle(ui, inside, words, text);
}

void evaluate_draw_closing(struct ui *ui, struct rect area)
{
    const struct evaluation_form *form = answering_form(ui->model);
    const struct answering *a = answering_seen(ui->model);
    const char *well =
        ui_tr(ui, a->side == SIDE_SELF ? form->went_well_self : form->went_well_site);
    int gap = ui->tiny ? 10 : ui->low ? 14 : 22;
    rect_cut_top(&area, ui->low ? 0 : 14);
    rect_cut_bottom(&area, ui->tiny ? 8 : 20);
    struct rect row = rect_cut_top(&area, ui->narrow ? 190
                                          : ui->tiny ? 56
                                          : ui->low  ? 74
                                                     : 96);
    draw_row(ui, row, evaluate_statement(ui),
             &(struct step_choice){&form->again, QUESTION_AGAIN,
                                   answering_given(a, QUESTION_AGAIN)});
    rect_cut_top(&area, gap + 4);
    if (ui->model->env.words_can_be_sealed) {
        draw_words(ui, rect_cut_bottom(&area, ui->narrow ? 116 : ui->tiny ? 52 : 72));
        rect_cut_bottom(&area, gap);
    }
    struct words title = {FONT_SMALL_TITLE, COLOR_INK, PLACE_START, 1};
    title.font = ui_fit(ui, rect_make(0, 0, area.w, ui->tiny ? 34 : 44), title, well);
    rect_cut_top(&area, ui_text(ui, area, title, well) + (ui->tiny ? 6 : 12));
    draw_tiles(ui, area);
}

/* ---- the end ----------------------------------------------------------------------- */

static const char *done_text(struct ui *ui)
{
    const struct answering *a = answering_seen(ui->model);
    if (a->refused != EVALUATION_OK) {
        return ui_tr(ui, evaluation_answer_text(a->refused));
    }
    if (a->side == SIDE_SITE) {
        return ui_tr(ui, "Das ist gespeichert. Ein Coach liest es zuerst.");
    }
    return ui_tr(ui, talk_chosen(ui->model)
                         ? N_("Das ist gespeichert. Ein Coach kommt auf dich zu.")
                         : N_("Das ist gespeichert. Ein Coach fragt auch die Stelle. "
                              "Danach zeigen wir dir, was sie gesehen hat."));
}

void evaluate_draw_done(struct ui *ui, struct rect area)
{
    const struct answering *a = answering_seen(ui->model);
    const char *alias = a->side == SIDE_SELF ? ui->model->visit.who.alias : "";
    const char *thanks =
        alias[0] ? UI_FILL(ui, ui_tr(ui, "Danke, {alias}!"), TR_ARG("alias", alias))
                 : ui_tr(ui, "Danke!");
    const char *text = done_text(ui);
    int size = ui->tiny ? 70 : ui->low ? 96 : 140;
    struct rect spot = rect_cut_top(&area, ui->low ? size + 14 : area.h * 45 / 100);
    spot =
        rect_make(spot.x + (spot.w - size) / 2, spot.y + spot.h - size - 10, size, size);
    bool fine = a->refused == EVALUATION_OK;
    ui_box(ui, spot,
           (struct look){fine ? COLOR_MINT : COLOR_PEACH, COLOR_INK, 3, size / 2, 6});
    ui_icon_in(ui, rect_inset(spot, size / 4), fine ? "check" : "talk", COLOR_INK);
    rect_cut_top(&area, 16);
    struct words big = {FONT_HERO, COLOR_INK, PLACE_CENTER, 1};
    struct words lead = {FONT_LEAD, COLOR_INK, PLACE_CENTER, 4};
    big.font = ui_fit(ui, rect_make(0, 0, area.w, 90), big, thanks);
    rect_cut_top(&area, ui_text(ui, area, big, thanks) + (ui->low ? 6 : 14));
    int inset = ui->narrow ? 0 : area.w / 6;
    area = rect_make(area.x + inset, area.y, area.w - 2 * inset, area.h);
    lead.font = ui_fit(ui, area, lead, text);
    ui_text(ui, area, lead, text);
}
