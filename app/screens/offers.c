/* The offers as cards: filters above, pages instead of scrolling. */
#include "screens/words.h"

#include "domain/field.h"

struct grid {
    struct rect area;
    int columns, rows, width, height, gap, row_gap;
};

enum { CARD_LOW = 200, CARD_MIN = 236, CARD_MAX = 262, CARD_NARROW = 206, CARD_WIDTH = 350 };

static struct grid grid_of(const struct ui *ui, struct rect area)
{
    struct grid g = {.area = area, .gap = UI_GAP, .row_gap = 16};
    int least = ui->narrow ? CARD_NARROW : ui->low ? CARD_LOW : CARD_MIN;
    g.columns = ui->narrow ? 1 : (area.w + g.gap) / (CARD_WIDTH + g.gap);
    g.columns = g.columns < 1 ? 1 : g.columns > 3 ? 3 : g.columns;
    g.rows = (area.h + g.row_gap) / (least + g.row_gap);
    g.rows = g.rows < 1 ? 1 : g.rows;
    g.width = (area.w - g.gap * (g.columns - 1)) / g.columns;
    g.height = (area.h - g.row_gap * (g.rows - 1)) / g.rows;
    g.height = g.height > CARD_MAX ? CARD_MAX : g.height;
    return g;
}

/* ---- one card -------------------------------------------------------------------------- */

static void draw_fact(struct ui *ui, struct rect at, const char *icon, const char *text)
{
    struct rect spot = rect_cut_start(&at, 26);
    struct words words = {FONT_FINE, COLOR_INK, PLACE_START, 1};
    rect_cut_start(&at, 10);
    words.font = ui_fit(ui, at, words, text);
    if (words.font == FONT_TINY && at.h >= 48) {
        words.lines_max = 2; /* the districts of Berlin have long names */
    }
    ui_icon(ui, rect_make(spot.x, spot.y + (spot.h - 26) / 2, 26, 26), icon);
    ui_text_middle(ui, at, words, text);
}

static bool fits_fact(const struct ui *ui, int width, const char *text)
{
    struct words words = {FONT_TINY, COLOR_INK, PLACE_START, 1};
    return !ui_measure(ui, words, width - 36, text).cut;
}

/* The row of the place is higher where the name needs a second line. */
static int place_height(const struct ui *ui, int width, const char *text, int line)
{
    return fits_fact(ui, width, text) ? line : 50;
}

static void draw_places(struct ui *ui, struct rect at, const struct offer *offer)
{
    enum { DOT = 16, STEP = 22, DOTS_MAX = 5 };
    int free = offer_free(offer);
    const char *text = UI_FILL(ui, ui_tr(ui, "{n} frei"), TR_ARG("n", ui_number(ui, free)));
    struct words words = {FONT_PILL, COLOR_INK, PLACE_END, 1};
    struct rect right = rect_cut_end(&at, ui_measure(ui, words, at.w, text).width + 2);
    ui_text_middle(ui, right, words, text);
    rect_cut_end(&at, 12);
    if (offer->places > DOTS_MAX) {
        return;
    }
    for (int i = offer->places - 1; i >= 0; i--) {
        struct rect dot = rect_cut_end(&at, DOT);
        ui_box(ui, rect_make(dot.x, dot.y + (dot.h - DOT) / 2, DOT, DOT),
               (struct look){i < offer->taken ? COLOR_INK : COLOR_WHITE, COLOR_INK, 4, DOT / 2,
                             0});
        rect_cut_end(&at, STEP - DOT);
    }
}

static void draw_card_box(struct ui *ui, struct rect at, int stripe, enum color tint, int down)
{
    ui_box(ui, at, (struct look){tint, COLOR_INK, 3, 28, 10 - down});
    struct rect white = rect_make(at.x + stripe, at.y + 3, at.w - stripe - 3, at.h - 6);
    ui_box(ui, white, (struct look){.fill = COLOR_WHITE, .radius = 25});
    ui_box(ui, rect_make(white.x, white.y, 30, white.h), (struct look){.fill = COLOR_WHITE});
    ui_box(ui, rect_make(white.x - 3, white.y, 3, white.h), (struct look){.fill = COLOR_INK});
}

static void draw_card_text(struct ui *ui, struct rect inside, const struct offer *offer,
                           const struct shown *shown)
{
    int line = ui->low ? 32 : 36;
    struct rect foot = rect_cut_bottom(&inside, 40);
    struct words title = {FONT_CARD, COLOR_INK, PLACE_START, 2};
    const char *where = words_where_short(ui, offer);
    if (!fits_fact(ui, inside.w, where)) {
        where = ui_own(ui, offer->district); /* the way there is told on the offer's page */
    }
    const char *when = words_when_short(ui, &offer->work);
    if (!fits_fact(ui, inside.w, when)) {
        when = words_when_tight(ui, &offer->work);
    }
    int place = place_height(ui, inside.w, where, line);
    struct rect facts = rect_cut_bottom(&inside, line + place + (ui->low ? 0 : 4));
    const char *name = ui_own(ui, offer->title);
    title.font = ui_fit(ui, inside, title, name);
    ui_text(ui, inside, title, name);
    draw_fact(ui, rect_cut_top(&facts, line), "clock", when);
    draw_fact(ui, rect_cut_top(&facts, place), "place", where);
    struct words money = {FONT_CARD, COLOR_INK, PLACE_START, 1};
    const char *sum = words_money(ui, offer_cents(offer));
    struct rect left = rect_cut_start(&foot, ui_measure(ui, money, foot.w, sum).width + 8);
    ui_text_middle(ui, left, money, sum);
    if (shown->blocked) {
        const char *text = ui_tr(ui, "geht gerade nicht");
        ui_text_middle(ui, foot, (struct words){FONT_PILL, COLOR_MUTED, PLACE_END, 1}, text);
    } else {
        draw_places(ui, foot, offer);
    }
}

static const char *card_label(struct ui *ui, const struct offer *offer,
                              const struct shown *shown)
{
    return UI_FILL(ui, ui_tr(ui, "{title}. {when}. {where}. {money}. {because}"),
                   TR_ARG("title", offer->title),
                   TR_ARG("when", words_when(ui, &offer->work)),
                   TR_ARG("where", words_where_short(ui, offer)),
                   TR_ARG("money", words_money_spoken(ui, offer_cents(offer))),
                   TR_ARG("because", shown->blocked
                                         ? ui_tr(ui, "Geht gerade nicht.")
                                         : words_because(ui, offer, shown->because)));
}

static void draw_card(struct ui *ui, struct rect at, const struct shown *shown)
{
    const struct offer *offer = &ui->model->offers[shown->offer];
    int stripe = ui->narrow ? 132 : 100;
    int down = ui_touch(ui, at, 8, msg_make(MSG_OFFER, shown->offer, 0),
                        card_label(ui, offer, shown));
    at.y += down;
    draw_card_box(ui, at, stripe, ui_field_tint(offer->field), down);
    int size = ui->narrow ? 80 : 68;
    struct rect spot = rect_make(at.x + (stripe - size) / 2, at.y + (at.h - size) / 2, size,
                                 size);
    ui_icon(ui, spot, field_icon(offer->field));
    if (shown->because == BECAUSE_NEW) {
        ui_icon(ui, rect_make(at.x + stripe / 2 - 18, at.y + 16, 36, 36), "new");
    }
    struct rect inside = rect_make(at.x + stripe + 20, at.y + 18, at.w - stripe - 38,
                                   at.h - 28);
    draw_card_text(ui, inside, offer, shown);
}

/* ---- around the cards ------------------------------------------------------------------ */

static void draw_filters(struct ui *ui, struct rect row)
{
    static const char *const texts[FILTER_COUNT] = {
        [FILTER_ALL] = N_("Alle {n}"),           [FILTER_TODAY] = N_("Heute"),
        [FILTER_WEEK] = N_("Diese Woche"),       [FILTER_SHORT] = N_("Kurz · bis 2 Std."),
        [FILTER_PAIR] = N_("Zu zweit"),          [FILTER_NEW] = N_("Neu für dich"),
    };
    static const char *const brief[FILTER_COUNT] = {[FILTER_SHORT] = N_("Kurz"),
                                                    [FILTER_NEW] = N_("Neu"),
                                                    [FILTER_WEEK] = N_("Woche")};
    bool tight = row.w < 1060;
    const struct browse *browse = &ui->model->browse;
    const char *count = ui_number(ui, browse->all_count);
    for (int i = 0; i < FILTER_COUNT; i++) {
        /* Without a history everything would be new. */
        if (i == FILTER_NEW && !ui->model->visit.signed_in) {
            continue;
        }
        const char *source = tight && brief[i] ? brief[i] : texts[i];
        const char *text = UI_FILL(ui, ui_tr(ui, source), TR_ARG("n", count));
        const char *icon = i == FILTER_NEW ? "new" : NULL;
        int width = ui_pill_width(ui, icon, text);
        if (width > row.w) {
            break;
        }
        ui_pill(ui, rect_cut_start(&row, width), (int)browse->filter == i, icon, text,
                msg_make(MSG_FILTER, i, 0));
        rect_cut_start(&row, 14);
    }
}

static void draw_empty(struct ui *ui, struct rect area)
{
    bool filtered = ui->model->browse.all_count > 0;
    const char *title = ui_tr(ui, filtered ? N_("Dafür ist gerade kein Job da.")
                                           : N_("Gerade ist kein Job für dich da."));
    const char *text = ui_tr(ui, filtered
                                     ? N_("Schau bei „Alle“. Oder komm morgen wieder.")
                                     : N_("Es kommen oft neue dazu. Frag das Team oder schau "
                                          "morgen wieder rein."));
    rect_cut_top(&area, area.h / 6);
    ui_icon(ui, rect_make(area.x + area.w / 2 - 60, area.y, 120, 120), "bag");
    rect_cut_top(&area, 140);
    struct words words = {FONT_BIG, COLOR_INK, PLACE_CENTER, 2};
    rect_cut_top(&area, ui_text(ui, area, words, title) + 12);
    ui_text(ui, area, (struct words){FONT_TEXT, COLOR_MUTED, PLACE_CENTER, 3}, text);
}

static void draw_foot(struct ui *ui, struct rect foot, int page, int pages)
{
    const char *who = words_who(ui);
    int width = ui_pill_width(ui, "my-sheet", who);
    struct msg msg = ui->model->visit.signed_in ? msg_open(SCREEN_WISHES)
                                                : msg_open(SCREEN_AGE);
    const char *note = ui_tr(ui, ui->narrow ? N_("Nur Jobs, die du darfst.")
                                            : N_("Du siehst nur Jobs, die du machen darfst."));
    if (pages > 1) {
        bool last = page + 1 == pages;
        ui_foot_end(ui, &foot,
                    &(struct button){BUTTON_BRAND, NULL,
                                     ui_tr(ui, last ? N_("Von vorn") : N_("Mehr Jobs")),
                                     msg_make(MSG_PAGE, last ? 0 : page + 1, 0), FONT_BUTTON});
        const char *where = UI_FILL(ui, ui_tr(ui, "{n} von {count}"),
                                    TR_ARG("n", ui_number(ui, page + 1)),
                                    TR_ARG("count", ui_number(ui, pages)));
        int room = ui_pill_width(ui, NULL, where);
        if (room + 16 + width <= foot.w) {
            struct rect at = rect_cut_end(&foot, room);
            ui_pill(ui, rect_make(at.x, at.y + (at.h - 62) / 2, at.w, 62), false, NULL, where,
                    msg_make(MSG_PAGE, page > 0 ? page - 1 : pages - 1, 0));
            rect_cut_end(&foot, 16);
        }
    }
    struct rect at = rect_cut_start(&foot, width < foot.w ? width : foot.w);
    ui_pill(ui, rect_make(at.x, at.y + (at.h - 62) / 2, at.w, 62), false, "my-sheet", who, msg);
    rect_cut_start(&foot, 16);
    struct words words = {FONT_FINE, COLOR_MUTED, PLACE_START, 2};
    if (foot.w > 220) {
        ui_text_middle(ui, foot, words, note);
    }
}

static void offers_view(struct ui *ui)
{
    const struct browse *browse = &ui->model->browse;
    int head = ui_head_height(ui);
    struct rect foot = ui_foot(ui);
    struct rect area = rect_make(UI_MARGIN, head + (ui->low ? 0 : 8),
                                 ui->width - 2 * UI_MARGIN, 0);
    area.h = foot.y - (ui->low ? 12 : 22) - area.y;
    ui_head(ui, ui_tr(ui, "Jobs für dich"), NULL);
    draw_filters(ui, rect_cut_top(&area, ui->low ? 58 : 62));
    rect_cut_top(&area, ui->low ? 16 : 20);
    struct grid grid = grid_of(ui, area);
    int size = grid.columns * grid.rows;
    int pages = browse->shown_count > 0 ? (browse->shown_count + size - 1) / size : 1;
    int page = browse->page < pages ? browse->page : pages - 1;
    if (browse->shown_count == 0) {
        draw_empty(ui, area);
    }
    for (int i = 0; i < size && page * size + i < browse->shown_count; i++) {
        draw_card(ui,
                  rect_make(area.x + i % grid.columns * (grid.width + grid.gap),
                            area.y + i / grid.columns * (grid.height + grid.row_gap),
                            grid.width, grid.height),
                  &browse->shown[page * size + i]);
    }
    draw_foot(ui, foot, page, pages);
}

static void offers_update(struct model *model, const struct msg *msg, struct effects *effects)
{
    switch (msg->kind) {
    case MSG_FILTER:
        model->browse.filter = (enum filter)msg->a;
        model->browse.page = 0;
        browse_refresh(model);
        break;
    case MSG_PAGE:
        model->browse.page = msg->a;
        break;
    case MSG_OFFER:
        if (msg->a >= 0 && msg->a < model->offer_count) {
            model->browse.offer = msg->a;
            go(model, effects, SCREEN_OFFER);
        }
        break;
    default:
        break;
    }
}

static void offers_enter(struct model *model, struct effects *effects)
{
    (void)effects;
    browse_refresh(model);
}

const struct screen screen_offers = {.name = "offers",
                                     .theme = THEME_PAPER,
                                     .view = offers_view,
                                     .update = offers_update,
                                     .enter = offers_enter};
