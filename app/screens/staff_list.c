/* The staff's list of wishes: open and decided ones, in pages. */
#include "screens/staff_parts.h"

#define STACKED_WIDTH 600 /* below, a row of the list puts the name above the job */
#define PAGER_WIDTH 210

/* ---- which rows -------------------------------------------------------------------- */

static bool in_tab(const struct wish *wish, enum staff_tab tab)
{
    return (wish->state == WISH_ASKED) == (tab == STAFF_TAB_OPEN);
}

static int tab_count(const struct staff_session *staff, enum staff_tab tab)
{
    int count = 0;
    for (int i = 0; i < staff->wish_count; i++) {
        count += in_tab(&staff->wishes[i], tab);
    }
    return count;
}

/* Index of the n-th wish of the present tab; -1: there is none. */
static int tab_row(const struct staff_session *staff, int n)
{
    for (int i = 0; i < staff->wish_count; i++) {
        if (in_tab(&staff->wishes[i], staff->tab) && n-- == 0) {
            return i;
        }
    }
    return -1;
}

/* ---- the list ---------------------------------------------------------------------- */

static const char *tab_text(struct ui *ui, enum staff_tab tab)
{
    const char *format = tab == STAFF_TAB_OPEN ? N_("Offen {n}") : N_("Entschieden {n}");
    return UI_FILL(ui, ui_tr(ui, format),
                   TR_ARG("n", ui_number(ui, tab_count(&ui->model->staff, tab))));
}

static void draw_tabs(struct ui *ui, struct rect *row)
{
    for (int tab = STAFF_TAB_OPEN; tab <= STAFF_TAB_DECIDED; tab++) {
        const char *text = tab_text(ui, (enum staff_tab)tab);
        int width = ui_pill_width(ui, NULL, text);
        ui_pill(ui, rect_cut_start(row, width < row->w ? width : row->w),
                (int)ui->model->staff.tab == tab, NULL, text,
                msg_make(MSG_STAFF_TAB, tab, 0));
        rect_cut_start(row, 14);
    }
}

/* Back, "1 / 3", forward at the end of a row. */
static void draw_pager(struct ui *ui, struct rect row, int page, int pages)
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

/* A quarter, so that names stand below each other; a long one gets up to a half. */
static int name_width(const struct ui *ui, int width, const char *alias)
{
    int least = width * 26 / 100, most = width / 2;
    int needed =
        ui_measure(ui, (struct words){.font = FONT_PILL}, width, alias).width + 4;
    return needed < least ? least : needed > most ? most : needed;
}

/* Title over day and time; a title too long for one line takes the room of both. */
static void draw_job(struct ui *ui, struct rect at, const char *title, const char *when)
{
    struct words words = {FONT_FINE, COLOR_MUTED, PLACE_START, 1};
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
    words.font = FONT_FINE;
    words.font = ui_fit(ui, rect_make(0, 0, at.w, line), words, when);
    ui_text(ui, at, words, when);
}

static void draw_row(struct ui *ui, struct rect at, int index)
{
    const struct wish *wish = &ui->model->staff.wishes[index];
    const char *when = staff_when(ui, &wish->work);
    const char *label =
        UI_FILL(ui, "{alias}. {title}. {when}", TR_ARG("alias", wish->alias),
                TR_ARG("title", wish->title), TR_ARG("when", when));
    struct words alias = {FONT_LABEL, COLOR_INK, PLACE_START, 1};
    ui_touch(ui, at, 0, msg_make(MSG_STAFF_ROW, index, 0), label);
    struct rect inside = rect_make(at.x + 26, at.y + 6, at.w - 52, at.h - 12);
    bool stacked = at.w < STACKED_WIDTH;
    /* In a narrow list of open wishes, "waiting" says nothing new. */
    if (!stacked || wish->state != WISH_ASKED) {
        rect_cut_end(&inside, staff_wish_chip(ui, inside, wish->state) + 16);
    }
    if (!stacked) {
        struct rect name = rect_cut_start(&inside, name_width(ui, inside.w, wish->alias));
        rect_cut_start(&inside, 12);
        alias.font = ui_fit(ui, name, alias, wish->alias);
        ui_text_middle(ui, name, alias, wish->alias);
    } else {
        alias.font = FONT_PILL;
        rect_cut_top(&inside, ui_text(ui, inside, alias, wish->alias));
    }
    draw_job(ui, inside, ui_own(ui, wish->title), stacked ? NULL : when);
}

static void draw_empty(struct ui *ui, struct rect at)
{
    const struct staff_session *staff = &ui->model->staff;
    bool open = staff->tab == STAFF_TAB_OPEN;
    const char *text = ui_tr(ui, !staff->listed ? N_("Einen Moment …")
                                 : open         ? N_("Gerade wartet kein Wunsch.")
                                                : N_("Noch ist nichts entschieden."));
    struct words words = {FONT_CARD, COLOR_INK, PLACE_CENTER, 3};
    struct rect inside = rect_inset(at, 24);
    int size = inside.h / 2 > 130 ? 130 : inside.h / 2;
    if (staff->listed && size >= 56) {
        struct rect top = rect_cut_top(&inside, inside.h * 6 / 10);
        ui_icon(
            ui,
            rect_make(top.x + (top.w - size) / 2, top.y + top.h - size - 12, size, size),
            open ? "check" : "clock");
        ui_text(ui, inside, words, text);
    } else {
        ui_text_middle(ui, inside, words, text);
    }
}

static int row_height(struct rect list)
{
    return list.w < STACKED_WIDTH && list.h >= 400 ? 112 : 78;
}

/* A list that is full may hide more: say so. */
static void draw_more(struct ui *ui, struct rect *area)
{
    const struct staff_session *staff = &ui->model->staff;
    struct words words = {FONT_FINE, COLOR_INK, PLACE_CENTER, 2};
    if (staff->wish_count == STAFF_WISHES_MAX) {
        const char *text = ui_tr(ui, "Es gibt noch mehr Wünsche. Entscheide erst diese.");
        struct rect at =
            rect_cut_bottom(area, ui_measure(ui, words, area->w, text).height + 8);
        ui_text(ui, at, words, text);
    }
}

void staff_list(struct ui *ui, struct rect at, struct rect foot)
{
    const struct staff_session *staff = &ui->model->staff;
    ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INK, 3, 28, 8});
    struct rect area =
        rect_make(at.x, at.y + (ui->low ? 14 : 24), at.w, at.h - (ui->low ? 20 : 38));
    struct rect head = rect_cut_top(&area, 56);
    head = rect_make(head.x + 20, head.y, head.w - 40, head.h);
    rect_cut_top(&area, ui->low ? 8 : 18);
    draw_more(ui, &area);
    int height = row_height(at), count = tab_count(staff, staff->tab);
    draw_tabs(ui, &head);
    struct rect pager = head.w >= PAGER_WIDTH ? head : rect_cut_start(&foot, PAGER_WIDTH);
    if (foot.w < 0 && count * height > area.h) {
        pager = rect_cut_bottom(&area, 60);
        pager = rect_make(pager.x + 20, pager.y, pager.w - 40, 56);
    }
    int rows = area.h / height < 1 ? 1 : area.h / height,
        pages = (count + rows - 1) / rows;
    int page = staff->page < pages ? staff->page : pages > 0 ? pages - 1 : 0;
    if (pages > 1) {
        draw_pager(ui, pager, page, pages);
    }
    if (count == 0) {
        draw_empty(ui, area);
    }
    for (int i = page * rows; i < count && i < (page + 1) * rows; i++) {
        struct rect row = rect_cut_top(&area, height);
        draw_row(ui, row, tab_row(staff, i));
        if (i + 1 < count && i + 1 < (page + 1) * rows) {
            ui_line(ui, rect_make(at.x + 3, row.y + row.h - 1, at.w - 6, 2), COLOR_LINE);
        }
    }
}
