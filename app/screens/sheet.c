/* "Mein Blatt": what a young person keeps. It opens with their card only. */
#include "screens/ask_card.h"
#include "screens/jobs.h"
#include "screens/sheet_parts.h"

/* ---- the view ---------------------------------------------------------------------- */

static const char *title_of(struct ui *ui)
{
    return ui_tr(ui, "Mein Blatt");
}

/* Upright with large letters: there is no room beside the controls of the head. */
static bool is_slim(const struct ui *ui)
{
    return ui->width < 640;
}

bool sheet_is_split(const struct ui *ui)
{
    return ui->tiny || is_slim(ui);
}

static void draw_head(struct ui *ui)
{
    const char *print = ui_tr(ui, "Drucken"), *spoken = sheet_spoken(ui, title_of(ui));
    struct msg msg = msg_open(SCREEN_SHEET_PRINT);
    if (is_slim(ui)) {
        ui_head(ui, title_of(ui), spoken);
        return;
    }
    struct rect row = ui_head_row(ui, spoken);
    if (ui->narrow) {
        ui_round(ui, rect_cut_end(&row, row.h), "printer", msg, print, COLOR_WHITE);
    } else {
        int width = ui_pill_width(ui, "printer", print);
        ui_pill(ui, rect_cut_end(&row, width), false, "printer", print, msg);
    }
    rect_cut_end(&row, 16);
    struct words words = {FONT_TITLE, COLOR_INK, PLACE_START, ui->narrow ? 2 : 1};
    words.font = ui_fit(ui, row, words, title_of(ui));
    ui_text_middle(ui, row, words, title_of(ui));
}

struct tab {
    enum sheet_page page;
    const char *text;
};

static const struct tab tabs[] = {{SHEET_OVERVIEW, N_("Überblick")},
                                  {SHEET_LAST_JOB, N_("Letzter Job")},
                                  {SHEET_STRENGTHS, N_("Stärken")},
                                  {SHEET_JOBS, N_("Jobs")}};
enum { TAB_COUNT = (int)ARRAY_LEN(tabs), TAB_GAP = 14 };

static int page_of(const struct ui *ui)
{
    int page = ui->model->visit.jobs.sheet_page;
    return page == SHEET_LAST_JOB && !sheet_is_split(ui) ? SHEET_OVERVIEW : page;
}

static bool has_tab(const struct ui *ui, int tab)
{
    return tabs[tab].page != SHEET_LAST_JOB || sheet_is_split(ui);
}

static void draw_tab(struct ui *ui, struct rect at, int tab)
{
    int page = page_of(ui), own = (int)tabs[tab].page;
    bool chosen = page < SHEET_JOBS ? page == own : own == SHEET_JOBS;
    ui_pill(ui, at, chosen, NULL, ui_tr(ui, tabs[tab].text), msg_make(MSG_PAGE, own, 0));
}

static int tabs_width(const struct ui *ui)
{
    int width = 0;
    for (int i = 0; i < TAB_COUNT; i++) {
        if (has_tab(ui, i)) {
            width += ui_pill_width(ui, NULL, ui_tr(ui, tabs[i].text)) + TAB_GAP;
        }
    }
    return width;
}

/* Two by two over the foot, where one row has no room for them. */
static void draw_tab_grid(struct ui *ui, struct rect *area)
{
    int height = 60, width = (area->w - TAB_GAP) / 2, shown = 0;
    struct rect grid = rect_cut_bottom(area, 2 * height + TAB_GAP + 10);
    for (int i = 0; i < TAB_COUNT; i++) {
        if (has_tab(ui, i)) {
            draw_tab(ui,
                     rect_make(grid.x + shown % 2 * (width + TAB_GAP),
                               grid.y + shown / 2 * (height + TAB_GAP), width, height),
                     i);
            shown++;
        }
    }
}

static void draw_whose(struct ui *ui, struct rect at)
{
    const char *whose =
        ui_tr(ui, "Das Blatt gehört dir. Nur du entscheidest, wer es sieht.");
    struct words note = {FONT_FINE, COLOR_MUTED, PLACE_START, 2};
    if (at.w > 300) {
        note.font = ui_fit(ui, at, note, whose);
        ui_text_middle(ui, at, note, whose);
    }
}

static void draw_foot(struct ui *ui, struct rect *area)
{
    struct rect foot = ui_foot(ui);
    int height = ui->low ? 56 : 60;
    ui_foot_end(ui, &foot,
                &(struct button){BUTTON_MAIN, NULL, ui_tr(ui, "Fertig"),
                                 msg_make(MSG_BACK, 0, 0), FONT_BUTTON});
    if (is_slim(ui)) {
        ui_foot_start(ui, &foot,
                      &(struct button){BUTTON_PLAIN, NULL, ui_tr(ui, "Drucken"),
                                       msg_open(SCREEN_SHEET_PRINT), FONT_BUTTON});
    }
    if (is_slim(ui) || tabs_width(ui) > foot.w) {
        draw_tab_grid(ui, area);
        return;
    }
    for (int i = 0; i < TAB_COUNT; i++) {
        if (has_tab(ui, i)) {
            struct rect at =
                rect_cut_start(&foot, ui_pill_width(ui, NULL, ui_tr(ui, tabs[i].text)));
            draw_tab(ui, rect_make(at.x, at.y + (at.h - height) / 2, at.w, height), i);
            rect_cut_start(&foot, TAB_GAP);
        }
    }
    rect_cut_start(&foot, 10);
    draw_whose(ui, foot);
}

static void draw_closed(struct ui *ui, struct rect *area)
{
    const char *text =
        ui_tr(ui, "Ein Teil gehört zu deiner alten Karte. Sprich mit dem Team.");
    struct rect bar = rect_cut_top(area, ui->tiny ? 40 : ui->narrow ? 84 : 56);
    struct words words = {FONT_LABEL, COLOR_INK, PLACE_START, ui->narrow ? 2 : 1};
    ui_box(ui, bar, (struct look){COLOR_PEACH, COLOR_INK, 3, 18, 0});
    struct rect inside = rect_make(bar.x + 22, bar.y + 4, bar.w - 44, bar.h - 8);
    words.font = ui_fit(ui, inside, words, text);
    ui_text_middle(ui, inside, words, text);
    rect_cut_top(area, ui->low ? 12 : 14);
}

static void draw_pages(struct ui *ui)
{
    struct rect area = ui_content(ui);
    int page = page_of(ui);
    draw_head(ui);
    draw_foot(ui, &area);
    if (ui->model->visit.jobs.sheet_closed) {
        draw_closed(ui, &area);
    }
    if (page == SHEET_OVERVIEW) {
        sheet_draw_overview(ui, area);
    } else if (page == SHEET_LAST_JOB) {
        rect_cut_bottom(&area, 12);
        sheet_draw_last_job(ui, area);
    } else if (page == SHEET_STRENGTHS) {
        sheet_draw_strengths(ui, area);
    } else {
        sheet_draw_jobs(ui, area, page - SHEET_JOBS);
    }
}

/* A first visit, or nothing that this card can open. */
static void draw_empty(struct ui *ui)
{
    const struct job_visit *jobs = &ui->model->visit.jobs;
    struct rect area = ui_content(ui), foot = ui_foot(ui);
    const char *big =
        ui_tr(ui, jobs->sheet_closed ? N_("Ein Teil gehört zu deiner alten Karte.")
                                     : N_("Dein Blatt ist noch leer."));
    const char *text = ui_tr(
        ui, jobs->sheet_closed
                ? N_("Nur sie kann ihn öffnen. Sprich mit dem Team.")
                : N_("Nach deinem ersten Job steht hier, was du gemacht hast und was "
                     "gut lief. Nur du entscheidest, wer es sieht."));
    ui_head(ui, title_of(ui),
            UI_FILL(ui, "{big} {text}", TR_ARG("big", big), TR_ARG("text", text)));
    int size = ui->tiny ? 90 : ui->low ? 120 : 180;
    rect_cut_top(&area, ui->low ? 4 : 50);
    struct rect spot = rect_cut_top(&area, size);
    ui_icon(ui, rect_make(spot.x + (spot.w - size) / 2, spot.y, size, size), "my-sheet");
    rect_cut_top(&area, ui->low ? 10 : 30);
    struct words title = {FONT_HUGE, COLOR_INK, PLACE_CENTER, 2};
    struct words lead = {FONT_LEAD, COLOR_INK, PLACE_CENTER, 4};
    title.font = ui_fit(ui, rect_make(0, 0, area.w, area.h / 2), title, big);
    rect_cut_top(&area, ui_text(ui, area, title, big) + (ui->low ? 6 : 16));
    int inset = ui->narrow ? 0 : area.w / 6;
    area = rect_make(area.x + inset, area.y, area.w - 2 * inset, area.h);
    lead.font = ui_fit(ui, area, lead, text);
    ui_text(ui, area, lead, text);
    ui_foot_end(ui, &foot,
                &(struct button){BUTTON_MAIN, "flash", ui_tr(ui, "Jobs ansehen"),
                                 msg_open(SCREEN_OFFERS), FONT_BUTTON});
}

static void sheet_view(struct ui *ui)
{
    const struct job_visit *jobs = &ui->model->visit.jobs;
    const char *ask_for = ui_tr(ui, "Dein Blatt öffnet sich nur mit deiner Karte.");
    if (jobs->sheet_known && ui->model->sheet.sheet.jobs > 0) {
        draw_pages(ui);
    } else if (jobs->sheet_known) {
        draw_empty(ui);
    } else if (jobs->sheet_denied || !ui->model->visit.signed_in) {
        ui_head(ui, title_of(ui), ask_for);
        ask_card_draw(ui, ui_content(ui), ask_for,
                      ui_tr(ui,
                            "Halte deine Karte an den Scanner. Auch wenn jemand diesen "
                            "Kiosk mitnimmt, bleibt dein Blatt zu."));
    } else {
        ui_head(ui, ui_tr(ui, "Einen Moment …"), NULL);
    }
}

/* ---- messages ---------------------------------------------------------------------- */

static void sheet_update(struct model *model, const struct msg *msg,
                         struct effects *effects)
{
    (void)effects;
    if (msg->kind == MSG_PAGE) {
        model->visit.jobs.sheet_page = msg->a;
    }
}

/* Also after the card was held: the worker then has the key. */
static void sheet_enter(struct model *model, struct effects *effects)
{
    struct job_visit *jobs = &model->visit.jobs;
    if (model->visit.signed_in && !jobs->sheet_known) {
        jobs->sheet_denied = false;
        jobs->sheet_page = SHEET_OVERVIEW;
        ask(model, effects, EFFECT_OPEN_SHEET);
    }
}

static bool sheet_back(struct model *model)
{
    struct job_visit *jobs = &model->visit.jobs;
    bool inside = jobs->sheet_known && jobs->sheet_page != SHEET_OVERVIEW;
    jobs->sheet_page = SHEET_OVERVIEW;
    return inside;
}

/* The items themselves lie in the model already: the loop puts them there. */
void sheet_on_opened(struct model *model, const struct reply *reply,
                     struct effects *effects)
{
    struct job_visit *jobs = &model->visit.jobs;
    struct sheet_open *open = &model->sheet;
    (void)effects;
    jobs->sheet_denied = reply->err == ERR_DENIED;
    if (reply->err != ERR_OK || !model->env.forms) {
        model->notice = jobs->sheet_denied ? model->notice : NOTICE_NOT_READ;
        return;
    }
    if (sheet_build(open->items, (size_t)reply->count, model->env.forms,
                    model->visit.who.interests, &open->sheet) != ERR_OK) {
        model->notice = NOTICE_NOT_READ;
        return;
    }
    jobs->sheet_count = reply->count;
    jobs->sheet_closed = reply->closed;
    jobs->sheet_known = true;
}

const struct screen screen_sheet = {.name = "sheet",
                                    .theme = THEME_PAPER,
                                    .personal = true,
                                    .view = sheet_view,
                                    .update = sheet_update,
                                    .enter = sheet_enter,
                                    .back = sheet_back};
