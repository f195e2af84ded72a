/* The staff's table: wishes to decide, and how the kiosk is, in plain words. */
#include "screens/staff_parts.h"

#include <string.h>

#define HEAD_ROOM 1240 /* from this width on, the session fits into the head */
#define CARDS 4
#define STACKED_WIDTH 600 /* below, a row of the list puts the name above the job */
#define PAGER_WIDTH 210

/* ---- which rows ------------------------------------------------------------------------ */

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

/* ---- head and foot --------------------------------------------------------------------- */

static const char *session_text(struct ui *ui)
{
    char memory[16];
    struct buf left;
    int seconds = model_seconds_left(ui->model);
    seconds = seconds < 0 ? 0 : seconds;
    buf_init(&left, memory, sizeof memory);
    buf_printf(&left, "%d:%02d", seconds / 60, seconds % 60);
    return UI_FILL(ui, ui_tr(ui, "{alias} · noch {time}"),
                   TR_ARG("alias", ui->model->staff.alias), TR_ARG("time", memory));
}

/* Lock and session from the end of a row; what remains is for the title. */
static void draw_session(struct ui *ui, struct rect *row)
{
    const char *lock = ui_tr(ui, "Sperren"), *session = session_text(ui);
    struct words words = {FONT_PILL, COLOR_INK, PLACE_CENTER, 1};
    ui_pill(ui, rect_cut_end(row, ui_pill_width(ui, NULL, lock) + 8), true, NULL, lock,
            msg_make(MSG_STAFF_LOCK, 0, 0));
    rect_cut_end(row, 16);
    int width = ui_measure(ui, words, ui->width, session).width + 52;
    struct rect at = rect_cut_end(row, width < row->w ? width : row->w);
    rect_cut_end(row, 16);
    ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INK, 3, at.h / 2, 4});
    struct rect inside = rect_inset(at, 12);
    words.font = ui_fit(ui, inside, words, session);
    ui_text_middle(ui, inside, words, session);
}

static const char *title_of(struct ui *ui)
{
    if (ui->model->env.centre[0] == '\0') {
        return ui_tr(ui, "Team");
    }
    return UI_FILL(ui, ui_tr(ui, "Team · {centre}"),
                   TR_ARG("centre", ui->model->env.centre));
}

/* Returns what is left free of the foot. */
static struct rect draw_head(struct ui *ui)
{
    const char *title = title_of(ui);
    if (ui->width < HEAD_ROOM) {
        struct rect foot = ui_foot(ui);
        ui_head(ui, title, NULL);
        draw_session(ui, &foot);
        return foot;
    }
    /* The shared head without a title leaves the middle of its row free. */
    const char *language = language_at(ui->model->language)->name;
    int size = ui->low ? 56 : 60;
    int taken = ui_pill_width(ui, "language", language) + 2 * size + 3 * 16;
    struct rect row = rect_make(UI_MARGIN + size + 16, ui->low ? 10 : 14,
                                ui->width - 2 * UI_MARGIN - size - 16 - taken, size);
    struct words words = {FONT_TITLE, COLOR_INK, PLACE_START, 1};
    ui_head(ui, NULL, title);
    draw_session(ui, &row);
    words.font = ui_fit(ui, row, words, title);
    ui_text_middle(ui, row, words, title);
    return rect_make(0, 0, 0, 0);
}

/* ---- the list -------------------------------------------------------------------------- */

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
                (int)ui->model->staff.tab == tab, NULL, text, msg_make(MSG_STAFF_TAB, tab, 0));
        rect_cut_start(row, 14);
    }
}

/* Back, "1 / 3", forward at the end of a row. */
static void draw_pager(struct ui *ui, struct rect row, int page, int pages)
{
    const char *text = UI_FILL(ui, "{page} / {pages}",
                               TR_ARG("page", ui_number(ui, page + 1)),
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

/* A third, so that names stand below each other; a long one gets up to a half. */
static int name_width(const struct ui *ui, int width, const char *alias)
{
    int least = width * 34 / 100, most = width / 2;
    int needed = ui_measure(ui, (struct words){.font = FONT_PILL}, width, alias).width + 4;
    return needed < least ? least : needed > most ? most : needed;
}

static void draw_row(struct ui *ui, struct rect at, int index)
{
    const struct wish *wish = &ui->model->staff.wishes[index];
    const char *when = staff_when(ui, &wish->work);
    const char *label = UI_FILL(ui, "{alias}. {title}. {when}", TR_ARG("alias", wish->alias),
                                TR_ARG("title", wish->title), TR_ARG("when", when));
    struct words alias = {FONT_LABEL, COLOR_INK, PLACE_START, 1};
    struct words fine = {FONT_FINE, COLOR_MUTED, PLACE_START, 1};
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
        when = wish->title;
    }
    int two = 2 * ui_measure(ui, fine, inside.w, "x").height;
    if (inside.h >= two) {
        inside.y += (inside.h - two) / 2;
        rect_cut_top(&inside, ui_text(ui, inside, fine, wish->title));
        ui_text(ui, inside, fine, staff_when(ui, &wish->work));
    } else {
        ui_text_middle(ui, inside, fine, when);
    }
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
        ui_icon(ui, rect_make(top.x + (top.w - size) / 2, top.y + top.h - size - 12, size, size),
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
        struct rect at = rect_cut_bottom(area, ui_measure(ui, words, area->w, text).height + 8);
        ui_text(ui, at, words, text);
    }
}

/* The pager goes beside the tabs, else into the foot, else below the rows. */
static void draw_list(struct ui *ui, struct rect at, struct rect foot)
{
    const struct staff_session *staff = &ui->model->staff;
    ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INK, 3, 28, 8});
    struct rect area = rect_make(at.x, at.y + (ui->low ? 14 : 24), at.w,
                                 at.h - (ui->low ? 20 : 38));
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
    int rows = area.h / height < 1 ? 1 : area.h / height, pages = (count + rows - 1) / rows;
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

/* ---- the cards ------------------------------------------------------------------------- */

static struct staff_card printer_card(struct ui *ui)
{
    static const struct {
        enum color fill;
        const char *title, *note;
    } states[PRINT_STATE_COUNT] = {
        [PRINT_NONE] = {COLOR_WHITE, N_("Drucker"), N_("Tippe, dann sehe ich nach.")},
        [PRINT_RUNNING] = {COLOR_WHITE, N_("Drucker"), N_("Ich sehe gerade nach …")},
        [PRINT_DONE] = {COLOR_WHITE, N_("Drucker bereit"), N_("Tippe, um noch mal zu prüfen.")},
        [PRINT_NO_PRINTER] = {COLOR_WHITE, N_("Kein Drucker"),
                              N_("Codes erscheinen auf dem Bildschirm.")},
        [PRINT_PAPER_OUT] = {COLOR_PEACH, N_("Papier ist leer"),
                             N_("Lege eine Rolle ein. Dann tippe hier.")},
        [PRINT_COVER_OPEN] = {COLOR_PEACH, N_("Drucker ist offen"),
                              N_("Mach den Deckel zu. Dann tippe hier.")},
        [PRINT_FAILED] = {COLOR_PEACH, N_("Drucker antwortet nicht"),
                          N_("Prüfe Strom und Kabel. Dann tippe hier.")},
    };
    enum print_state state = ui->model->printer;
    return (struct staff_card){states[state].fill, "printer", ui_tr(ui, states[state].title),
                               ui_tr(ui, states[state].note),
                               msg_make(MSG_CARD_PRINT, 0, 0)};
}

static struct staff_card talk_card(struct ui *ui)
{
    int n = ui->model->staff.overview.talks;
    if (n == 0) {
        return (struct staff_card){COLOR_WHITE, "talk", ui_tr(ui, "Niemand wartet"),
                                   ui_tr(ui, "Gerade will niemand reden."),
                                   msg_make(MSG_NONE, 0, 0)};
    }
    const char *format = tr_n(&ui->i18n, "{n} Mensch will reden", "{n} Menschen wollen reden", n);
    return (struct staff_card){COLOR_LILAC, "talk",
                               UI_FILL(ui, format, TR_ARG("n", ui_number(ui, n))),
                               ui_tr(ui, "Geh hin und frag, wer reden mag."),
                               msg_make(MSG_NONE, 0, 0)};
}

/* In one column, or two under an upright list. */
static void draw_cards(struct ui *ui, struct rect at, int columns)
{
    const struct staff_card cards[CARDS] = {
        {COLOR_BLITZ, "person", ui_tr(ui, "Neu anmelden"),
         ui_tr(ui, "Alias, Karte, Einwilligung"), msg_open(SCREEN_ENROL)},
        talk_card(ui),
        printer_card(ui),
        {COLOR_WHITE, "box", ui_tr(ui, "Was ist gespeichert?"),
         ui_tr(ui, "Nur Zahlen, keine Namen."), msg_open(SCREEN_STORED)},
    };
    int gap = at.h < 300 && columns == 1 ? 10 : ui->low ? 16 : UI_GAP, rows = CARDS / columns;
    int width = (at.w - gap * (columns - 1)) / columns;
    int height = (at.h - gap * (rows - 1)) / rows;
    for (int i = 0; i < CARDS; i++) {
        staff_card(ui,
                   rect_make(at.x + i % columns * (width + gap),
                             at.y + i / columns * (height + gap), width, height),
                   &cards[i]);
    }
}

static void staff_view(struct ui *ui)
{
    struct rect area = staff_area(ui), foot = draw_head(ui);
    if (ui->width >= HEAD_ROOM) {
        area.h = ui->height - area.y - 34;
    }
    if (ui->height > ui->width) {
        int cards = area.h * 40 / 100 < 330 ? area.h * 40 / 100 : 330;
        draw_cards(ui, rect_cut_bottom(&area, cards), 2);
        rect_cut_bottom(&area, UI_GAP);
        draw_list(ui, area, foot);
        return;
    }
    int side = area.w * 33 / 100;
    side = side > 420 ? 420 : side < 290 ? 290 : side;
    struct rect cards = rect_cut_end(&area, side);
    rect_cut_end(&area, UI_GAP);
    draw_list(ui, area, foot);
    draw_cards(ui, cards, 1);
}

/* ---- update ---------------------------------------------------------------------------- */

static void open_row(struct model *model, int row, struct effects *effects)
{
    struct staff_session *staff = &model->staff;
    /* The answer to a decision says not which one: one at a time. */
    if (row < 0 || row >= staff->wish_count || staff->deciding) {
        return;
    }
    staff->wish = staff->wishes[row];
    staff->fact = model->fresh[0];
    staff->declining = false;
    go(model, effects, SCREEN_STAFF_WISH);
}

static void ask_printer(struct model *model, struct effects *effects)
{
    ask(model, effects, EFFECT_PRINTER_STATUS);
    model->printer = PRINT_RUNNING;
}

static void staff_update(struct model *model, const struct msg *msg, struct effects *effects)
{
    struct staff_session *staff = &model->staff;
    switch (msg->kind) {
    case MSG_STAFF_TAB:
        staff->tab = (enum staff_tab)msg->a;
        staff->page = 0;
        break;
    case MSG_PAGE:
        staff->page = msg->a < 0 ? 0 : msg->a;
        break;
    case MSG_STAFF_ROW:
        open_row(model, msg->a, effects);
        break;
    case MSG_CARD_PRINT:
        ask_printer(model, effects);
        break;
    default:
        break;
    }
}

static void staff_enter(struct model *model, struct effects *effects)
{
    struct staff_session *staff = &model->staff;
    /* What belongs to one young person does not wait here. */
    memset(&staff->form, 0, sizeof staff->form);
    memset(&staff->wish, 0, sizeof staff->wish);
    memset(staff->new_card, 0, sizeof staff->new_card);
    memset(staff->new_alias, 0, sizeof staff->new_alias);
    staff->print = PRINT_NONE;
    if (model->state_set_aside) {
        model->notice = NOTICE_STATE_LOST;
    }
    ask(model, effects, EFFECT_STAFF_LIST);
    ask_printer(model, effects);
}

/* ---- answers --------------------------------------------------------------------------- */

void staff_on_list(struct model *model, const struct reply *reply, struct effects *effects)
{
    struct staff_session *staff = &model->staff;
    (void)effects;
    if (reply->err != ERR_OK && reply->err != ERR_FULL) {
        return;
    }
    staff->listed = true;
    staff->wish_count = reply->wish_count;
    memcpy(staff->wishes, reply->wishes, sizeof staff->wishes);
    staff->overview = reply->overview;
}

void printer_on_status(struct model *model, const struct reply *reply, struct effects *effects)
{
    (void)effects;
    model->printer = reply->print;
}

const struct screen screen_staff = {.name = "staff",
                                    .theme = THEME_STAFF,
                                    .personal = true,
                                    .view = staff_view,
                                    .update = staff_update,
                                    .enter = staff_enter};
