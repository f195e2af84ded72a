/* On-screen keys: letters for an alias, digits for a PIN. */
#include "ui/ui.h"

#include "base/utf8.h"

#define DELETE_KEY 8
#define KEY_HEIGHT_MAX 110

#define ROWS 4

static const char *const name_rows[ROWS] = {"1234567890", "qwertzuiopü", "asdfghjklöä",
                                            "yxcvbnmß- "};
static const char *const address_rows[ROWS] = {"1234567890", "qwertzuiop", "asdfghjkl-",
                                               "yxcvbnm./:"};
static const char *const code_rows[ROWS] = {"01234567", "89ABCDEF", "GHJKMNPQ", "RSTVWXYZ"};
static const char *const sentence_rows[ROWS] = {"1234567890?!", "qwertzuiopü:",
                                                "asdfghjklöä,", "yxcvbnmß.- "};

/* Digits and Latin letters stand from left to right in every language. */
static struct rect upright(const struct ui *ui, struct rect all, struct rect key)
{
    if (ui->i18n.rtl) {
        key.x = all.x + all.w - (key.x - all.x) - key.w;
    }
    return key;
}

static struct rect draw_cap(struct ui *ui, struct rect at, const char *spoken, struct msg msg)
{
    int down = ui_touch(ui, at, 4, msg, spoken);
    at.y += down;
    ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INK, 3, 14, 4 - down});
    return at;
}

static void draw_key(struct ui *ui, struct rect at, const char *face, struct msg msg)
{
    at = draw_cap(ui, at, face, msg);
    ui_text_middle(ui, at, (struct words){FONT_BUTTON, COLOR_INK, PLACE_CENTER, 1}, face);
}

static void draw_icon_key(struct ui *ui, struct rect at, const char *icon,
                          const char *spoken, struct msg msg)
{
    int size = at.h / 2 < at.w - 12 ? at.h / 2 : at.w - 12;
    at = draw_cap(ui, at, spoken, msg);
    ui_icon(ui, rect_make(at.x + (at.w - size) / 2, at.y + (at.h - size) / 2, size, size),
            icon);
}

static void draw_row(struct ui *ui, struct rect all, struct rect at, const char *letters)
{
    struct str s = str_of(letters);
    int count = (int)utf8_count(s), gap = 8;
    int width = (at.w - gap * (count - 1)) / count;
    size_t pos = 0;
    for (int i = 0; i < count; i++) {
        char face[5];
        uint32_t cp = utf8_next(s, &pos);
        face[utf8_encode(cp, face)] = '\0';
        struct rect key =
            upright(ui, all, rect_make(at.x + i * (width + gap), at.y, width, at.h));
        struct msg msg = msg_make(MSG_KEY, (int)cp, 0);
        if (cp == ' ') {
            draw_icon_key(ui, key, "space", ui_tr(ui, "Leerzeichen"), msg);
        } else {
            draw_key(ui, key, face, msg);
        }
    }
}

static void draw_keyboard(struct ui *ui, struct rect at, const char *const rows[ROWS])
{
    int gap = 12, count = ROWS;
    int height = (at.h - gap * (count - 1)) / count;
    if (height > KEY_HEIGHT_MAX) {
        /* At the lower edge, where hands are. */
        height = KEY_HEIGHT_MAX;
        rect_cut_top(&at, at.h - height * count - gap * (count - 1));
    }
    for (int i = 0; i < count; i++) {
        struct rect row = rect_make(at.x, at.y + i * (height + gap), at.w, height);
        if (i == count - 1) {
            struct rect del = upright(ui, at, rect_cut_end(&row, at.w / 6));
            rect_cut_end(&row, 8);
            draw_icon_key(ui, del, "delete", ui_tr(ui, "Löschen"),
                          msg_make(MSG_KEY, DELETE_KEY, 0));
        }
        draw_row(ui, at, row, rows[i]);
    }
}

void ui_keyboard(struct ui *ui, struct rect at)
{
    draw_keyboard(ui, at, name_rows);
}

void ui_keyboard_sentence(struct ui *ui, struct rect at)
{
    draw_keyboard(ui, at, sentence_rows);
}

void ui_keyboard_address(struct ui *ui, struct rect at)
{
    draw_keyboard(ui, at, address_rows);
}

void ui_keyboard_code(struct ui *ui, struct rect at)
{
    draw_keyboard(ui, at, code_rows);
}

void ui_digits(struct ui *ui, struct rect at, enum msg_kind kind)
{
    static const int order[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, -1, 0, 10};
    int gap = 14, width = (at.w - 2 * gap) / 3, height = (at.h - 3 * gap) / 4;
    for (int i = 0; i < (int)ARRAY_LEN(order); i++) {
        struct rect key = upright(ui, at,
                                  rect_make(at.x + i % 3 * (width + gap),
                                            at.y + i / 3 * (height + gap), width, height));
        if (order[i] == 10) {
            draw_icon_key(ui, key, "delete", ui_tr(ui, "Löschen"), msg_make(kind, 10, 0));
        } else if (order[i] >= 0) {
            const char *digit = ui_number(ui, order[i]);
            draw_key(ui, key, digit, msg_make(kind, order[i], 0));
        }
    }
}
