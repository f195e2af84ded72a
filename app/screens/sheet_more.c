/* Further pages of the sheet: strengths with what moved, and all jobs. */
#include "screens/sheet_parts.h"

#include "screens/words.h"

#include "domain/field.h"

/* ---- strengths --------------------------------------------------------------------- */

/* Chips in rows; what has no room any more stays away (the newest come first). */
static void draw_chips(struct ui *ui, struct rect area)
{
    const struct sheet *sheet = &ui->model->sheet.sheet;
    int height = ui->tiny ? 46 : 58, gap = ui->tiny ? 10 : 16, x = 0, y = 0;
    for (int i = 0; i < sheet->strength_count; i++) {
        const struct sheet_strength *s = &sheet->strengths[i];
        const char *text = s->own_words ? ui_own(ui, s->text) : ui_tr(ui, s->text);
        struct words words = {FONT_LABEL, COLOR_INK, PLACE_START, 1};
        words.font = ui_fit(ui, rect_make(0, 0, area.w - 48, height - 8), words, text);
        int width = ui_measure(ui, words, area.w - 48, text).width + 50;
        if (x > 0 && x + width > area.w) {
            x = 0;
            y += height + gap;
        }
        if (y + height > area.h) {
            return;
        }
        struct rect at = {area.x + x, area.y + y, width, height};
        ui_box(ui, at,
               (struct look){s->by_site && s->by_self ? COLOR_BLITZ
                             : s->by_site             ? COLOR_LEMON
                                                      : COLOR_MINT,
                             COLOR_INK, 3, height / 2, 0});
        ui_text_middle(ui, rect_make(at.x + 24, at.y, width - 46, height), words, text);
        x += width + gap;
    }
}

static void draw_title(struct ui *ui, struct rect *area, const char *title)
{
    struct words words = {ui->tiny ? FONT_SMALL_TITLE : FONT_TITLE, COLOR_INK,
                          PLACE_START, 1};
    words.font = ui_fit(ui, rect_make(0, 0, area->w, 50), words, title);
    rect_cut_top(area, ui_text(ui, *area, words, title) + (ui->tiny ? 8 : 16));
}

static void draw_line(struct ui *ui, struct rect at, enum color tint, const char *text)
{
    ui_box(ui, at, (struct look){tint, COLOR_INK, 3, 24, 0});
    struct rect inside = rect_inset(at, ui->tiny ? 10 : 18);
    struct words words = {FONT_CARD, COLOR_INK, PLACE_START, 3};
    words.font = ui_fit(ui, inside, words, text);
    ui_text_middle(ui, inside, words, text);
}

/* The step that was chosen after the newest job, if the form still knows it. */
static const char *next_step(struct ui *ui)
{
    const struct sheet_item *last = ui->model->sheet.sheet.last;
    const struct form_set *forms = ui->model->env.forms;
    const struct evaluation_form *form =
        last && forms ? form_set_find(forms, last->self.form) : NULL;
    if (!form || !last->has_self || last->next_aspect < 0 ||
        last->next_aspect >= form->aspect_count || last->next_index < 0 ||
        last->next_index >= form->aspects[last->next_aspect].next_count) {
        return NULL;
    }
    return UI_FILL(
        ui, ui_tr(ui, "Das nimmst du dir vor: {step}"),
        TR_ARG("step",
               ui_tr(ui, form->aspects[last->next_aspect].next[last->next_index])));
}

static int lines_of(struct ui *ui, const char *lines[DEVELOPMENT_MAX + 1])
{
    const struct development *d = &ui->model->sheet.sheet.development;
    int count = 0;
    const char *step = next_step(ui);
    if (step) {
        lines[count++] = step;
    }
    for (int i = 0; i < d->line_count; i++) {
        lines[count++] = words_sentence(ui, &d->lines[i]);
    }
    return count;
}

void sheet_draw_strengths(struct ui *ui, struct rect area)
{
    const char *lines[DEVELOPMENT_MAX + 1];
    int count = lines_of(ui, lines), gap = ui->tiny ? 8 : 14;
    bool any = ui->model->sheet.sheet.strength_count > 0;
    rect_cut_top(&area, ui->low ? 0 : 8);
    rect_cut_bottom(&area, ui->low ? 8 : 18);
    if (count > 0) {
        int least = ui->tiny ? 46 : ui->low ? 60 : 84;
        int height = (area.h * 58 / 100 - gap * (count - 1)) / count;
        height = height > least ? least : height;
        struct rect lower = rect_cut_bottom(&area, count * height + gap * (count - 1));
        for (int i = 0; i < count; i++) {
            draw_line(ui,
                      rect_make(lower.x, lower.y + i * (height + gap), lower.w, height),
                      i == 0 && next_step(ui) ? COLOR_MINT : COLOR_WHITE, lines[i]);
        }
        rect_cut_bottom(&area, gap + 6);
    }
    draw_title(ui, &area, ui_tr(ui, "Deine Stärken"));
    if (any) {
        draw_chips(ui, area);
        return;
    }
    const char *text = ui_tr(ui, "Was gut lief, kannst du nach jedem Job sagen. "
                                 "Dann steht es hier.");
    struct words words = {FONT_LEAD, COLOR_MUTED, PLACE_START, 4};
    words.font = ui_fit(ui, area, words, text);
    ui_text(ui, area, words, text);
}

/* ---- jobs -------------------------------------------------------------------------- */

static void draw_job(struct ui *ui, struct rect at, const struct sheet_item *item)
{
    char memory[96];
    struct buf day;
    struct words title = {FONT_SMALL_TITLE, COLOR_INK, PLACE_START, 1};
    struct words note = {FONT_FINE, COLOR_MUTED, PLACE_START, 1};
    struct rect spot = rect_cut_start(&at, at.h);
    ui_box(ui, spot, (struct look){ui_field_tint(item->field), COLOR_INK, 3, 16, 0});
    if (item->field > 0) {
        ui_icon(ui, rect_inset(spot, at.h / 5), field_icon(item->field));
    }
    rect_cut_start(&at, 18);
    const char *hours = UI_FILL(ui, ui_tr(ui, "{hours} Std."),
                                TR_ARG("hours", sheet_hours(ui, item->minutes)));
    struct words number = {FONT_LABEL, COLOR_INK, PLACE_END, 1};
    struct rect end =
        rect_cut_end(&at, ui_measure(ui, number, at.w / 2, hours).width + 4);
    ui_text_middle(ui, end, number, hours);
    rect_cut_end(&at, 16);
    buf_init(&day, memory, sizeof memory);
    tr_date(&day, &ui->i18n, item->date, DATE_SHORT);
    const char *when = item->confirmed
                           ? UI_FILL(ui, "{day}", TR_ARG("day", memory))
                           : UI_FILL(ui, ui_tr(ui, "{day} · noch nicht bestätigt"),
                                     TR_ARG("day", memory));
    const char *name = ui_own(ui, item->title);
    title.font = ui_fit(ui, rect_make(0, 0, at.w, at.h / 2), title, name);
    note.font = ui_fit(ui, rect_make(0, 0, at.w, at.h / 2), note, when);
    int height = ui_measure(ui, title, at.w, name).height +
                 ui_measure(ui, note, at.w, when).height;
    rect_cut_top(&at, at.h > height ? (at.h - height) / 2 : 0);
    rect_cut_top(&at, ui_text(ui, at, title, name));
    ui_text(ui, at, note, when);
}

static void draw_turn(struct ui *ui, struct rect row, int page, int pages)
{
    int size = row.h;
    if (page > 0) {
        ui_round(ui, rect_cut_start(&row, size), "back",
                 msg_make(MSG_PAGE, SHEET_JOBS + page - 1, 0), ui_tr(ui, "Neuere Jobs"),
                 COLOR_WHITE);
    }
    if (page + 1 < pages) {
        ui_round(ui, rect_cut_end(&row, size), "forward",
                 msg_make(MSG_PAGE, SHEET_JOBS + page + 1, 0), ui_tr(ui, "Ältere Jobs"),
                 COLOR_WHITE);
    }
    ui_text_middle(ui, row, (struct words){FONT_PILL, COLOR_MUTED, PLACE_CENTER, 1},
                   UI_FILL(ui, ui_tr(ui, "Seite {n} von {count}"),
                           TR_ARG("n", ui_number(ui, page + 1)),
                           TR_ARG("count", ui_number(ui, pages))));
}

void sheet_draw_jobs(struct ui *ui, struct rect area, int page)
{
    const struct sheet_open *open = &ui->model->sheet;
    int columns = area.w < 1150 ? 1 : 2, height = ui->tiny ? 64 : 84,
        gap = ui->tiny ? 12 : 20;
    rect_cut_top(&area, ui->low ? 0 : 14);
    struct rect turn = rect_cut_bottom(&area, ui->low ? 56 : 64);
    rect_cut_bottom(&area, 14);
    int rows = (area.h + gap) / (height + gap), per_page = rows * columns;
    int pages = (open->sheet.order_count + per_page - 1) / per_page;
    page = page < pages ? page : pages - 1;
    int width = (area.w - 48 * (columns - 1)) / columns;
    for (int i = 0; i < per_page; i++) {
        int index = page * per_page + i;
        if (index < open->sheet.order_count) {
            draw_job(ui,
                     rect_make(area.x + i / rows * (width + 48),
                               area.y + i % rows * (height + gap), width, height),
                     &open->items[open->sheet.order[index]]);
        }
    }
    if (pages > 1) {
        draw_turn(ui, turn, page, pages);
    }
}
