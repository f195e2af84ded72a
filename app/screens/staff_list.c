/* The list on the team's table: today, wishes or calls, in pages. */
#include "screens/staff_jobs.h"
#include "screens/staff_parts.h"

#define STACKED_WIDTH 640 /* below, a row of the list puts the name above the job */
#define PAGER_WIDTH 210

/* ---- tabs and pager ---------------------------------------------------------------- */

static int open_wishes(const struct staff_session *staff)
{
    int count = 0;
    for (int i = 0; i < staff->wish_count; i++) {
        count += staff->wishes[i].state == WISH_ASKED;
    }
    return count;
}

static const char *tab_text(struct ui *ui, enum staff_tab tab)
{
    const struct staff_session *staff = &ui->model->staff;
    int count = tab == STAFF_TAB_WISHES ? open_wishes(staff) : calls_count(&staff->jobs);
    if (tab == STAFF_TAB_TODAY) {
        return ui_tr(ui, "Heute");
    }
    const char *format = tab == STAFF_TAB_WISHES ? N_("Wünsche {n}") : N_("Anrufe {n}");
    return UI_FILL(ui, ui_tr(ui, format), TR_ARG("n", ui_number(ui, count)));
}

static void draw_tabs(struct ui *ui, struct rect *row)
{
    for (int tab = STAFF_TAB_TODAY; tab <= STAFF_TAB_CALLS; tab++) {
        const char *text = tab_text(ui, (enum staff_tab)tab);
        int width = ui_pill_width(ui, NULL, text);
        ui_pill(ui, rect_cut_start(row, width < row->w ? width : row->w),
                (int)ui->model->staff.tab == tab, NULL, text,
                msg_make(MSG_STAFF_TAB, tab, 0));
        rect_cut_start(row, 14);
    }
}

void staff_pager(struct ui *ui, struct rect row, int page, int pages)
{
    const char *text =
        UI_FILL(ui, "{page} / {pages}", TR_ARG("page", ui_number(ui, page + 1)),
                TR_ARG("pages", ui_number(ui, pages)));
    struct words words = {FONT_PILL, COLOR_INK, PLACE_CENTER, 1};
    struct rect forward = rect_cut_end(&row, row.h);
    struct rect middle = rect_cut_end(&row, 86);
    struct rect back = rect_cut_end(&row, row.h);
    if (page > 0) {
        ui_round(ui, back, "back", msg_make(MSG_PAGE, page - 1, 0),
                 ui_tr(ui, "Vorige Seite"), COLOR_WHITE);
    }
    if (page < pages - 1) {
        ui_round(ui, forward, "forward", msg_make(MSG_PAGE, page + 1, 0),
                 ui_tr(ui, "Nächste Seite"), COLOR_WHITE);
    }
    ui_text_middle(ui, middle, words, text);
}

/* ---- a row ------------------------------------------------------------------------- */

/* A share of the row, so that names stand below each other; a long one gets up to a half
 * of what the chip leaves. */
static int name_width(const struct ui *ui, int row, int width, const char *alias)
{
    int least = row * 21 / 100, most = width / 2;
    int needed =
        ui_measure(ui, (struct words){.font = FONT_PILL}, width, alias).width + 4;
    return needed < least ? least : needed > most ? most : needed;
}

/* Title over day and time; a title too long for one line takes the room of both. */
static void draw_job(struct ui *ui, struct rect at, const char *title, const char *when)
{
    struct words words = {at.h < 60 ? FONT_TINY : FONT_FINE, COLOR_MUTED, PLACE_START, 1};
    enum font font = words.font;
    int line = ui_measure(ui, words, at.w, "x").height;
    words.font = ui_fit(ui, at, words, title);
    bool fits = !ui_measure(ui, words, at.w, title).cut;
    if (!when || !fits || at.h < 2 * line) {
        words.lines_max = 2;
        words.font = ui_fit(ui, at, words, title);
        ui_text_middle(ui, at, words, title);
        return;
    }
    rect_cut_top(&at, (at.h - 2 * line) / 2);
    rect_cut_top(&at, ui_text(ui, at, words, title));
    words.font = font;
    words.font = ui_fit(ui, rect_make(0, 0, at.w, line), words, when);
    ui_text(ui, at, words, when);
}

/* Returns the width of the row's own button. */
static int draw_action(struct ui *ui, struct rect at, const struct staff_row *row)
{
    const char *label = UI_FILL(ui, "{action}. {alias}", TR_ARG("action", row->action),
                                TR_ARG("alias", row->alias));
    struct words words = {FONT_PILL, COLOR_INK, PLACE_CENTER, 1};
    int width = ui_pill_width(ui, NULL, row->action), most = at.w * 56 / 100;
    struct rect end = rect_cut_end(&at, width < most ? width : most);
    end = rect_make(end.x, end.y + (end.h - 56) / 2, end.w, 56);
    end.y += ui_touch(ui, end, 4, row->msg, label);
    ui_box(ui, end, (struct look){row->tint, COLOR_INK, 3, 28, 4});
    struct rect inside = rect_inset(end, 12);
    words.font = ui_fit(ui, inside, words, row->action);
    ui_text_middle(ui, inside, words, row->action);
    return end.w;
}

/* The whole row is a target, or only the button at its end. Returns the end's width. */
static int draw_end(struct ui *ui, struct rect at, struct rect inside,
                    const struct staff_row *row)
{
    if (row->action) {
        return draw_action(ui, inside, row);
    }
    const char *label = UI_FILL(
        ui, "{alias}. {title}. {when}. {state}", TR_ARG("alias", row->alias),
        TR_ARG("title", row->title), TR_ARG("when", row->when), TR_ARG("state", row->state));
    ui_touch(ui, at, 0, row->msg, label);
    return staff_chip(ui, inside, row->state, row->tint);
}

static void draw_row(struct ui *ui, struct rect at, const struct staff_row *row)
{
    struct words alias = {FONT_LABEL, COLOR_INK, PLACE_START, 1};
    struct rect inside = rect_make(at.x + 26, at.y + 6, at.w - 52, at.h - 12);
    bool stacked = at.w < STACKED_WIDTH;
    int room = inside.w;
    rect_cut_end(&inside, draw_end(ui, at, inside, row) + 16);
    if (!stacked) {
        struct rect name = rect_cut_start(&inside, name_width(ui, room, inside.w, row->alias));
        rect_cut_start(&inside, 12);
        alias.font = ui_fit(ui, name, alias, row->alias);
        ui_text_middle(ui, name, alias, row->alias);
    } else {
        alias.font = FONT_PILL;
        alias.font = ui_fit(ui, rect_make(0, 0, inside.w, 40), alias, row->alias);
        rect_cut_top(&inside, ui_text(ui, inside, alias, row->alias));
    }
    draw_job(ui, inside, ui_own(ui, row->title), stacked ? NULL : row->when);
}

/* ---- the panel --------------------------------------------------------------------- */

static void draw_empty(struct ui *ui, struct rect at, const char *text)
{
    struct words words = {FONT_CARD, COLOR_INK, PLACE_CENTER, 3};
    if (at.h >= 200) {
        struct rect spot = rect_cut_top(&at, at.h * 60 / 100);
        int size = spot.h > 180 ? 110 : spot.h / 2;
        ui_icon(ui,
                rect_make(spot.x + (spot.w - size) / 2, spot.y + spot.h - size - 12, size,
                          size),
                "check");
        rect_cut_top(&at, 8);
        ui_text(ui, rect_make(at.x + 26, at.y, at.w - 52, at.h), words, text);
    } else {
        ui_text_middle(ui, rect_make(at.x + 26, at.y, at.w - 52, at.h), words, text);
    }
}

static int row_height(struct rect list)
{
    return list.w >= STACKED_WIDTH ? 70 : list.h >= 400 ? 112 : 84;
}

/* A list that is full may hide more: say so. */
static void draw_more(struct ui *ui, struct rect *area, const char *text)
{
    struct words words = {FONT_FINE, COLOR_INK, PLACE_CENTER, 2};
    if (text) {
        int height = ui_measure(ui, words, area->w - 52, text).height + 8;
        struct rect at = rect_cut_bottom(area, height);
        ui_text(ui, rect_make(at.x + 26, at.y, at.w - 52, at.h), words, text);
    }
}

/* "4 Jobs · 9 angemeldet · 6 da", where the rows leave room for it. */
static void draw_summary(struct ui *ui, struct rect *area, const char *text)
{
    struct words words = {FONT_SMALL_TITLE, COLOR_INK, PLACE_START, 1};
    if (text && area->h >= 300) {
        struct rect at = rect_cut_top(area, 44);
        at = rect_make(at.x + 26, at.y, at.w - 52, at.h);
        words.font = ui_fit(ui, at, words, text);
        ui_text_middle(ui, at, words, text);
    }
}

static struct staff_rows rows_of(struct ui *ui)
{
    switch (ui->model->staff.tab) {
    case STAFF_TAB_WISHES:
        return staff_wish_rows(ui);
    case STAFF_TAB_CALLS:
        return calls_rows(ui);
    default:
        return today_rows(ui);
    }
}

static void draw_rows(struct ui *ui, struct rect at, struct rect area, int first, int last,
                      const struct staff_rows *rows)
{
    int height = row_height(at);
    for (int i = first; i < last; i++) {
        struct staff_row row = rows->row(ui, i);
        struct rect line = rect_cut_top(&area, height);
        draw_row(ui, line, &row);
        if (i + 1 < last) {
            ui_line(ui, rect_make(at.x + 3, line.y + line.h - 1, at.w - 6, 2), COLOR_LINE);
        }
    }
}

void staff_list(struct ui *ui, struct rect at, struct rect foot)
{
    struct staff_rows rows = rows_of(ui);
    ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INK, 3, 28, 8});
    struct rect area =
        rect_make(at.x, at.y + (ui->low ? 14 : 24), at.w, at.h - (ui->low ? 20 : 38));
    struct rect head = rect_cut_top(&area, 56);
    head = rect_make(head.x + 20, head.y, head.w - 40, head.h);
    rect_cut_top(&area, ui->low ? 8 : 14);
    draw_tabs(ui, &head);
    draw_summary(ui, &area, rows.summary);
    draw_more(ui, &area, rows.more);
    int height = row_height(at);
    struct rect pager = head.w >= PAGER_WIDTH ? head : rect_cut_start(&foot, PAGER_WIDTH);
    if (foot.w < 0 && rows.count * height > area.h) {
        pager = rect_cut_bottom(&area, 60);
        pager = rect_make(pager.x + 20, pager.y, pager.w - 40, 56);
    }
    int fit = area.h / height < 1 ? 1 : area.h / height,
        pages = (rows.count + fit - 1) / fit, page = ui->model->staff.page;
    page = page < pages ? page : pages > 0 ? pages - 1 : 0;
    if (pages > 1) {
        staff_pager(ui, pager, page, pages);
    }
    if (rows.count == 0) {
        draw_empty(ui, area, rows.empty);
    }
    int last = (page + 1) * fit < rows.count ? (page + 1) * fit : rows.count;
    draw_rows(ui, at, area, page * fit, last, &rows);
}
