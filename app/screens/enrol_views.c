/* How the steps look that are more than questions: alias, pictures, interests. */
#include "screens/enrol_steps.h"
#include "screens/pictures.h"
#include "screens/staff_parts.h"

#include "domain/field.h"

#define PILL_HEIGHT 58
#define PILL_GAP 14

static bool is_upright(const struct ui *ui)
{
    return ui->height > ui->width;
}

/* ---- alias ------------------------------------------------------------------------- */

/* As many names as one row takes, from the n-th on; the last pill shows other ones. */
static void draw_suggestions(struct ui *ui, struct rect row)
{
    const char *more = ui_tr(ui, "Andere");
    int count = enrol_alias_count(), at = ui->model->staff.form.page % count;
    int more_width = ui_pill_width(ui, NULL, more);
    for (int i = 0; i < count; i++) {
        int index = (at + i) % count, width = ui_pill_width(ui, NULL, enrol_alias(index));
        if (width + 12 + more_width > row.w) {
            at += i;
            break;
        }
        ui_pill(ui, rect_cut_start(&row, width), false, NULL, enrol_alias(index),
                msg_make(MSG_FORM_CHOICE, FORM_ALIAS, index));
        rect_cut_start(&row, 12);
    }
    ui_pill(ui, rect_cut_start(&row, more_width), true, NULL, more,
            msg_make(MSG_PAGE, at % count, 0));
}

void enrol_view_alias(struct ui *ui, struct rect area)
{
    const char *text =
        ui_tr(ui, "Wie soll der Kiosk dich nennen? Nicht dein richtiger Name.");
    struct words words = {FONT_LEAD, COLOR_INK, PLACE_START, 3};
    bool tight = area.h < 340;
    if (!tight) {
        rect_cut_top(&area, ui_text(ui, area, words, text) + 12);
    }
    staff_alias_field(ui, rect_cut_top(&area, tight ? 56 : 84),
                      ui->model->staff.form.who.alias);
    rect_cut_top(&area, tight ? 12 : 18);
    if (!tight) {
        draw_suggestions(ui, rect_cut_top(&area, 58));
        rect_cut_top(&area, 26);
    }
    area.h = area.h > 460 ? 460 : area.h;
    ui_keyboard(ui, area);
}

/* ---- pictures ---------------------------------------------------------------------- */

static int draw_picture_words(struct ui *ui, struct rect at)
{
    const struct enrol_form *form = &ui->model->staff.form;
    const char *give =
        UI_FILL(ui, ui_tr(ui, "Gib das Gerät kurz weiter: Nur {alias} schaut hin."),
                TR_ARG("alias", form->who.alias));
    const char *choose = ui_tr(ui, "Wähle 4 Bilder. Merke dir die Reihenfolge.");
    struct words big = {FONT_TITLE, COLOR_INK, PLACE_START, 5};
    struct words small = {FONT_TEXT, COLOR_INK, PLACE_START, 3};
    int start = at.y, room = at.h - 80;
    small.font = room < 260 ? FONT_FINE : FONT_TEXT;
    int choose_height = ui_measure(ui, small, at.w, choose).height;
    big.font = ui_fit(ui, rect_make(0, 0, at.w, room - choose_height - 24), big, give);
    rect_cut_top(&at, ui_text(ui, at, big, give) + 10);
    rect_cut_top(&at, ui_text(ui, at, small, choose) + (ui->low ? 10 : 22));
    int size = (at.w - SECRET_PICTURES * 16) / (SECRET_PICTURES + 1);
    size = size > 64 ? 64 : size;
    struct rect row = rect_cut_top(&at, size);
    int boxes = SECRET_PICTURES * size + (SECRET_PICTURES - 1) * 16;
    pictures_row(ui, row, form->picture_count);
    if (form->picture_count > 0) {
        rect_cut_start(&row, boxes + 16);
        ui_round(ui, rect_make(row.x, row.y, row.h, row.h), "delete",
                 msg_make(MSG_PICTURE_UNDO, 0, 0), ui_tr(ui, "Letztes Bild löschen"),
                 COLOR_WHITE);
    }
    return at.y - start;
}

void enrol_view_pictures(struct ui *ui, struct rect area)
{
    if (is_upright(ui)) {
        struct rect words = area;
        words.h = area.h * 42 / 100;
        rect_cut_top(&area, draw_picture_words(ui, words) + 28);
    } else {
        struct rect words = rect_cut_start(&area, area.w * 38 / 100);
        rect_cut_start(&area, 32);
        draw_picture_words(ui, words);
    }
    pictures_grid(ui, area);
}

/* ---- interests and languages ------------------------------------------------------- */

/* One pill a language from the top, in as many rows as they need; `last` gets what is
 * left of the last row. Only measures while `draw` is false. Returns the height. */
static int flow_languages(struct ui *ui, struct rect at, bool draw, struct rect *last)
{
    const struct enrol_form *form = &ui->model->staff.form;
    struct rect row = rect_make(at.x, at.y, at.w, PILL_HEIGHT);
    int count = language_count();
    for (int i = 0; i < count; i++) {
        const char *name = language_at(i)->name;
        int width = ui_pill_width(ui, NULL, name);
        if (width > row.w && row.w < at.w) {
            row = rect_make(at.x, row.y + PILL_HEIGHT + PILL_GAP, at.w, PILL_HEIGHT);
        }
        struct rect pill = rect_cut_start(&row, width);
        rect_cut_start(&row, PILL_GAP);
        if (draw) {
            ui_pill(ui, pill, form->who.languages >> i & 1u, NULL, name,
                    msg_make(MSG_FORM_CHOICE, FORM_LANGUAGES, i));
        }
    }
    *last = row;
    return row.y + row.h - at.y;
}

static void draw_interests(struct ui *ui, struct rect at, int columns, int rows)
{
    const struct enrol_form *form = &ui->model->staff.form;
    int per_page = columns * rows, gap = ui->low ? 14 : 20;
    int pages = (FIELD_MAX + per_page - 1) / per_page, page = form->page % pages;
    int width = (at.w - gap * (columns - 1)) / columns;
    int height = (at.h - gap * (rows - 1) - 6) / rows;
    for (int i = 0; i < per_page && page * per_page + i < FIELD_MAX; i++) {
        int field = page * per_page + i + 1;
        bool liked = field_in(form->who.interests, field);
        ui_tile(ui,
                rect_make(at.x + i % columns * (width + gap),
                          at.y + i / columns * (height + gap), width, height),
                ui_field_tint(field), field_icon(field), ui_tr(ui, field_name(field)),
                liked, msg_make(MSG_FORM_CHOICE, FORM_INTERESTS, field));
    }
}

static const char *more_text(struct ui *ui, int page, int pages)
{
    return UI_FILL(ui, ui_tr(ui, "Mehr ({n} von {count})"),
                   TR_ARG("n", ui_number(ui, page + 1)),
                   TR_ARG("count", ui_number(ui, pages)));
}

void enrol_view_likes(struct ui *ui, struct rect area)
{
    struct rect last;
    int more = ui_pill_width(ui, NULL, more_text(ui, 8, 9));
    int height = flow_languages(ui, area, false, &last);
    int extra = last.w < more ? PILL_HEIGHT + PILL_GAP : 0;
    struct rect below = rect_cut_bottom(&area, height + extra);
    rect_cut_bottom(&area, ui->low ? 14 : 26);
    int columns = area.w / 218 < 1 ? 1 : area.w / 218;
    int rows = area.h / (columns == 1 ? 132 : 156);
    columns = columns > 5 ? 5 : columns;
    rows = rows < 1 ? 1 : rows;
    int per_page = columns * rows, pages = (FIELD_MAX + per_page - 1) / per_page;
    int page = ui->model->staff.form.page % pages;
    draw_interests(ui, area, columns, rows);
    if (pages > 1) {
        struct rect row = rect_cut_top(&below, extra ? PILL_HEIGHT : 0);
        rect_cut_top(&below, extra ? PILL_GAP : 0);
        flow_languages(ui, below, false, &last);
        row = extra ? row : last;
        const char *text = more_text(ui, page, pages);
        ui_pill(ui, rect_cut_end(&row, ui_pill_width(ui, NULL, text)), true, NULL, text,
                msg_make(MSG_PAGE, (page + 1) % pages, 0));
    }
    flow_languages(ui, below, true, &last);
}
