#include "screens/staff_parts.h"

#define CARD_SHADOW 8

enum notice staff_failure(enum err err)
{
    switch (err) {
    case ERR_OK:
        return NOTICE_NONE;
    case ERR_FULL:
        return NOTICE_DISK_FULL;
    case ERR_CONFLICT:
    case ERR_NOT_FOUND:
        return NOTICE_DECIDED_BEFORE;
    case ERR_DENIED:
        return NOTICE_NO_PLACE;
    case ERR_UNSUPPORTED:
        return NOTICE_CENTRE_PLACES;
    default:
        return NOTICE_NOT_SAVED;
    }
}

const char *staff_when(struct ui *ui, const struct offer_work *work)
{
    char memory[128];
    struct buf b;
    buf_init(&b, memory, sizeof memory);
    tr_date(&b, &ui->i18n, work->date, DATE_SHORT);
    buf_puts(&b, " · ");
    tr_span(&b, &ui->i18n, work->start, work->end, false);
    return UI_FILL(ui, "{when}", TR_ARG("when", memory));
}

/* ---- cards ------------------------------------------------------------------------- */

static void draw_card_words(struct ui *ui, struct rect at, const struct staff_card *card)
{
    struct words title = {FONT_SMALL_TITLE, COLOR_INK, PLACE_START,
                          card->note[0] ? 2 : 4};
    struct words note = {FONT_FINE, COLOR_MUTED, PLACE_START, 4};
    if (card->fill != COLOR_WHITE) {
        note.color = COLOR_INK; /* muted is too faint on a tint */
    }
    title.font = ui_fit(ui, at, title, card->title);
    int title_height = ui_measure(ui, title, at.w, card->title).height;
    struct text_box box = ui_measure(ui, note, at.w, card->note);
    if (title_height + 4 + box.height > at.h) {
        note.font = FONT_TINY;
        box = ui_measure(ui, note, at.w, card->note);
    }
    bool fits = card->note[0] && !box.cut && title_height + 4 + box.height <= at.h;
    int height = title_height + (fits ? 4 + box.height : 0);
    at.y += (at.h - height) / 2;
    ui_text(ui, at, title, card->title);
    if (fits) {
        at.y += title_height + 4;
        ui_text(ui, at, note, card->note);
    }
}

void staff_card(struct ui *ui, struct rect at, const struct staff_card *card)
{
    const char *label = UI_FILL(ui, "{title}. {note}", TR_ARG("title", card->title),
                                TR_ARG("note", card->note));
    int down = ui_touch(ui, at, CARD_SHADOW, card->msg, label);
    bool small = at.h < 100 || at.w < 300;
    at.y += down;
    ui_box(ui, at,
           (struct look){card->fill, COLOR_INK, 3, small ? 20 : 28,
                         (small ? 6 : CARD_SHADOW) - down});
    int pad = small ? 14 : 26, above = at.h < 64 ? 3 : 8;
    struct rect inside =
        rect_make(at.x + pad, at.y + above, at.w - 2 * pad, at.h - 2 * above);
    int size = small ? 36 : 60;
    if (inside.w >= 180 && at.h >= 64) {
        struct rect spot = rect_cut_start(&inside, size);
        ui_icon(ui, rect_make(spot.x, spot.y + (spot.h - size) / 2, size, size),
                card->icon);
        rect_cut_start(&inside, small ? 12 : 20);
    }
    draw_card_words(ui, inside, card);
}

int staff_chip(struct ui *ui, struct rect row, const char *text, enum color fill)
{
    struct words words = {FONT_PILL, COLOR_INK, PLACE_CENTER, 1};
    int width = ui_measure(ui, words, row.w, text).width + 42, most = row.w * 56 / 100;
    int height = row.h < 48 ? row.h : 48;
    width = width > most ? most : width;
    struct rect at = rect_cut_end(&row, width);
    at = rect_make(at.x, at.y + (at.h - height) / 2, width, height);
    ui_box(ui, at, (struct look){fill, COLOR_INK, 3, 16, 0});
    struct rect inside = rect_make(at.x + 12, at.y + 3, at.w - 24, at.h - 6);
    words.font = ui_fit(ui, inside, words, text);
    ui_text_middle(ui, inside, words, text);
    return width;
}

void staff_wish_state(struct ui *ui, const struct wish *wish, const char **text_out,
                      enum color *fill_out)
{
    static const struct {
        const char *text;
        enum color fill;
    } chips[WISH_STATE_COUNT] = {
        [WISH_ASKED] = {N_("wartet"), COLOR_LEMON},
        [WISH_CONFIRMED] = {N_("zugesagt"), COLOR_MINT},
        [WISH_DECLINED] = {N_("abgesagt"), COLOR_PEACH},
        [WISH_UNDONE] = {N_("zurückgenommen"), COLOR_SAND},
    };
    bool waiting = wish->state == WISH_ASKED && wish->waiting;
    *text_out = ui_tr(ui, waiting ? N_("Warteliste") : chips[wish->state].text);
    *fill_out = chips[wish->state].fill;
}

int staff_wish_chip(struct ui *ui, struct rect row, const struct wish *wish)
{
    const char *text;
    enum color fill;
    staff_wish_state(ui, wish, &text, &fill);
    return staff_chip(ui, row, text, fill);
}

/* ---- forms ------------------------------------------------------------------------- */

void staff_dots(struct ui *ui, struct rect at, int filled, int count, int size)
{
    int gap = size / 2, width = count * size + (count - 1) * gap;
    int x = at.x + (at.w - width) / 2, y = at.y + (at.h - size) / 2;
    for (int i = 0; i < count; i++) {
        ui_box(ui, rect_make(x + i * (size + gap), y, size, size),
               (struct look){i < filled ? COLOR_INK : COLOR_WHITE, COLOR_INK, 3, size / 2,
                             0});
    }
}

void staff_alias_field(struct ui *ui, struct rect at, const char *alias)
{
    struct words words = {FONT_TITLE, COLOR_INK, PLACE_START, 1};
    ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INK, 3, 22, 0});
    struct rect inside = rect_make(at.x + 28, at.y + 4, at.w - 60, at.h - 8);
    words.font = ui_fit(ui, inside, words, alias);
    int width = alias[0] ? ui_measure(ui, words, inside.w, alias).width + 5 : 0;
    int height = at.h * 11 / 20;
    ui_text_middle(ui, inside, words, alias);
    ui_box(ui, rect_make(inside.x + width, at.y + (at.h - height) / 2, 4, height),
           (struct look){.fill = COLOR_INDIGO});
}

struct rect staff_area(const struct ui *ui)
{
    struct rect area = ui_content(ui);
    rect_cut_top(&area, 8);
    rect_cut_bottom(&area, 14);
    return area;
}

void staff_main(struct ui *ui, struct rect *foot, const char *icon, const char *text,
                struct msg msg, bool ready)
{
    struct button button = {ready ? BUTTON_MAIN : BUTTON_PLAIN, icon, text, msg,
                            FONT_CARD};
    int width = ui_button_width(ui, &button) + (ui->narrow ? 0 : 60);
    if (!ready) {
        button.msg = msg_make(MSG_NONE, 0, 0);
    }
    ui_button(ui, rect_cut_end(foot, width < foot->w ? width : foot->w), &button);
    rect_cut_end(foot, 16);
}
