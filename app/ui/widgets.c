/* Buttons, pills, tiles: the controls that all screens share. */
#include "ui/ui.h"

#define BUTTON_SHADOW 6
#define PILL_SHADOW 4
#define LINE 3

struct button_look {
    enum color fill, ink;
};

static const struct button_look button_looks[] = {
    [BUTTON_MAIN] = {COLOR_INDIGO, COLOR_ON_INDIGO},
    [BUTTON_BRAND] = {COLOR_BLITZ, COLOR_INK},
    [BUTTON_PLAIN] = {COLOR_WHITE, COLOR_INK},
    [BUTTON_TALK] = {COLOR_LILAC, COLOR_INK},
    [BUTTON_STOP] = {COLOR_ROSE, COLOR_INK},
    [BUTTON_DARK] = {COLOR_INK, COLOR_ON_INDIGO},
};

enum { BUTTON_PAD = 34, BUTTON_ICON = 40, ICON_GAP = 14, PILL_PAD = 24, PILL_ICON = 30 };

static enum font button_font(const struct button *button)
{
    return button->font == FONT_HERO ? FONT_BUTTON : button->font;
}

int ui_button_width(const struct ui *ui, const struct button *button)
{
    struct words words = {.font = button_font(button)};
    int text = ui_measure(ui, words, ui->width, button->text).width;
    return text + 2 * BUTTON_PAD + (button->icon ? BUTTON_ICON + ICON_GAP : 0);
}

/* Icon and text side by side in the middle of a rect. */
static void draw_label(struct ui *ui, struct rect at, const char *icon, int icon_size,
                       struct words words, const char *text, bool tint)
{
    int icon_room = icon ? icon_size + ICON_GAP : 0;
    words.font = ui_fit(ui, rect_make(0, 0, at.w - icon_room, at.h), words, text);
    int width = ui_measure(ui, words, at.w - icon_room, text).width;
    int start = at.x + (at.w - width - icon_room) / 2;
    if (icon) {
        int top = at.y + (at.h - icon_size) / 2;
        struct rect spot = rect_make(start, top, icon_size, icon_size);
        if (tint) {
            ui_icon_in(ui, spot, icon, words.color);
        } else {
            ui_icon(ui, spot, icon);
        }
    }
    ui_text_middle(ui, rect_make(start + icon_room, at.y, width + 1, at.h), words, text);
}

void ui_button(struct ui *ui, struct rect at, const struct button *button)
{
    const struct button_look *look = &button_looks[button->kind];
    int down = ui_touch(ui, at, BUTTON_SHADOW, button->msg, button->text);
    at.y += down;
    ui_box(ui, at,
           (struct look){look->fill, COLOR_INK, LINE, 22, BUTTON_SHADOW + 2 - down});
    struct words words = {button_font(button), look->ink, PLACE_START, 1};
    draw_label(ui, rect_inset(at, 14), button->icon, BUTTON_ICON, words, button->text,
               look->ink == COLOR_ON_INDIGO);
}

int ui_pill_width(const struct ui *ui, const char *icon, const char *text)
{
    struct words words = {.font = FONT_PILL};
    int width = ui_measure(ui, words, ui->width, text).width;
    return width + 2 * PILL_PAD + (icon ? PILL_ICON + ICON_GAP : 0);
}

void ui_pill(struct ui *ui, struct rect at, bool chosen, const char *icon, const char *text,
             struct msg msg)
{
    int down = ui_touch(ui, at, PILL_SHADOW, msg, text);
    at.y += down;
    ui_box(ui, at, (struct look){chosen ? COLOR_INK : COLOR_WHITE, COLOR_INK, LINE,
                                 at.h / 2, PILL_SHADOW - down});
    struct words words = {FONT_PILL, chosen ? COLOR_ON_INDIGO : COLOR_INK, PLACE_START, 1};
    draw_label(ui, rect_make(at.x + 12, at.y, at.w - 24, at.h), icon, PILL_ICON, words, text,
               false);
}

void ui_round(struct ui *ui, struct rect at, const char *icon, struct msg msg,
              const char *label, enum color fill)
{
    int down = ui_touch(ui, at, PILL_SHADOW, msg, label);
    at.y += down;
    ui_box(ui, at, (struct look){fill, COLOR_INK, LINE, at.h / 2, PILL_SHADOW - down});
    ui_icon(ui, rect_inset(at, at.h / 4), icon);
}

void ui_tile(struct ui *ui, struct rect at, enum color fill, const char *icon,
             const char *text, bool chosen, struct msg msg)
{
    int down = ui_touch(ui, at, BUTTON_SHADOW, msg, text);
    struct words words = {FONT_LABEL, COLOR_INK, PLACE_CENTER, 2};
    at.y += down;
    ui_box(ui, at, (struct look){fill, chosen ? COLOR_INDIGO : COLOR_INK, chosen ? 7 : LINE,
                                 22, BUTTON_SHADOW - down});
    struct rect inside = rect_inset(at, 20);
    if (icon) {
        int room = inside.h - 70, size = room > 84 ? 84 : room;
        struct rect spot = rect_cut_top(&inside, size + 10);
        if (chosen) { /* not by the colour of an edge alone */
            ui_icon_in(ui, rect_make(at.x + 14, at.y + 14, 32, 32), "check", COLOR_INK);
        }
        if (size >= 24) {
            ui_icon(ui, rect_make(spot.x + (spot.w - size) / 2, spot.y + 4, size, size), icon);
        }
    }
    words.font = ui_fit(ui, inside, words, text);
    ui_text_middle(ui, inside, words, text);
}
