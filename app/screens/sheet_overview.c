#include "screens/sheet_parts.h"

#include "screens/words.h"

#include "domain/field.h"

static const struct sheet *sheet_of(const struct ui *ui)
{
    return &ui->model->sheet.sheet;
}

const char *sheet_hours(struct ui *ui, int minutes)
{
    char memory[24];
    struct buf out;
    buf_init(&out, memory, sizeof memory);
    buf_printf(&out, minutes % 60 ? "%d:%02d" : "%d", minutes / 60, minutes % 60);
    return UI_FILL(ui, "{hours}", TR_ARG("hours", memory));
}

/* ---- numbers ----------------------------------------------------------------------- */

struct number {
    enum color tint;
    const char *value, *unit, *label;
};

static void draw_number(struct ui *ui, struct rect at, const struct number *number)
{
    ui_box(ui, at, (struct look){number->tint, COLOR_INK, 3, 28, 10});
    struct rect inside = rect_inset(at, sheet_is_split(ui) ? 14 : ui->low ? 20 : 30);
    struct words big = {sheet_is_split(ui) ? FONT_BIG : FONT_HERO, COLOR_INK, PLACE_START,
                        1};
    struct words unit = {FONT_TITLE, COLOR_INK, PLACE_START, 1};
    struct words label = {FONT_LABEL, COLOR_INK, PLACE_START, 2};
    int room = number->unit ? ui_measure(ui, unit, inside.w, number->unit).width + 12 : 0;
    big.font = ui_fit(ui, rect_make(0, 0, inside.w - room, inside.h), big, number->value);
    struct text_box value = ui_measure(ui, big, inside.w, number->value);
    label.font = ui_fit(ui, rect_make(0, 0, inside.w, inside.h - value.height), label,
                        number->label);
    int height = value.height + ui_measure(ui, label, inside.w, number->label).height;
    rect_cut_top(&inside, inside.h > height ? (inside.h - height) / 2 : 0);
    struct rect row = rect_cut_top(&inside, value.height);
    ui_text(ui, rect_cut_start(&row, value.width + 2), big, number->value);
    if (number->unit) {
        rect_cut_start(&row, 12);
        unit.font = ui_fit(ui, row, unit, number->unit);
        int drop = value.height - ui_measure(ui, unit, row.w, number->unit).height;
        rect_cut_top(&row, drop > 8 ? drop - 8 : 0);
        ui_text(ui, row, unit, number->unit);
    }
    ui_text(ui, inside, label, number->label);
}

static const char *hours_label(struct ui *ui)
{
    int open = sheet_of(ui)->minutes_open;
    if (open == 0) {
        return ui_tr(ui, "dabei gewesen");
    }
    return UI_FILL(ui, ui_tr(ui, "und {hours} Std. noch offen"),
                   TR_ARG("hours", sheet_hours(ui, open)));
}

static void draw_numbers(struct ui *ui, struct rect at)
{
    const struct sheet *sheet = sheet_of(ui);
    int gap = ui->low ? 18 : UI_GAP, half = (at.w - gap) / 2;
    const struct number jobs = {
        COLOR_BLITZ, ui_number(ui, sheet->jobs), NULL,
        ui_tr(ui, sheet->jobs == 1 ? N_("Job gemacht") : N_("Jobs gemacht"))};
    const struct number hours = {COLOR_MINT, sheet_hours(ui, sheet->minutes),
                                 ui_tr(ui, "Std."), hours_label(ui)};
    draw_number(ui, rect_make(at.x, at.y, half, at.h), &jobs);
    draw_number(ui, rect_make(at.x + half + gap, at.y, half, at.h), &hours);
}

/* ---- fields ------------------------------------------------------------------------ */

static int count_of(field_set_t set)
{
    int count = 0;
    for (int i = 1; i <= FIELD_MAX; i++) {
        count += field_in(set, i);
    }
    return count;
}

static void draw_tried(struct ui *ui, struct rect at, int field)
{
    ui_box(ui, at, (struct look){ui_field_tint(field), COLOR_INK, 3, at.w / 5, 0});
    ui_icon(ui, rect_inset(at, at.w / 5), field_icon(field));
}

/* Pale and empty: a place that waits. */
static void draw_untried(struct ui *ui, struct rect at, int field)
{
    ui_box(ui, at, (struct look){COLOR_NONE, COLOR_MUTED, 2, at.w / 5, 0});
    ui_icon_in(ui, rect_inset(at, at.w / 4), field_icon(field), COLOR_MUTED);
}

struct grid {
    struct rect area;
    int size, gap, columns, rows, used;
};

static struct grid grid_of(const struct ui *ui, struct rect area, int wanted)
{
    struct grid grid = {area, ui->tiny ? 58 : ui->low ? 76 : 104, ui->low ? 12 : 16, 1, 1,
                        0};
    for (;; grid.size -= 8) {
        grid.columns = (area.w + grid.gap) / (grid.size + grid.gap);
        grid.rows = (area.h + grid.gap) / (grid.size + grid.gap);
        if (grid.columns * grid.rows >= wanted || grid.size <= 56) {
            return grid;
        }
    }
}

static bool grid_next(struct grid *grid, struct rect *at_out)
{
    if (grid->used >= grid->columns * grid->rows) {
        return false;
    }
    int step = grid->size + grid->gap;
    *at_out = rect_make(grid->area.x + grid->used % grid->columns * step,
                        grid->area.y + grid->used / grid->columns * step, grid->size,
                        grid->size);
    grid->used++;
    return true;
}

/* Fields that were done, then some that were not: the proposal first. */
static void draw_grid(struct ui *ui, struct rect area)
{
    enum { UNTRIED_SHOWN = 2 };
    const struct sheet *sheet = sheet_of(ui);
    struct grid grid = grid_of(ui, area, count_of(sheet->tried) + UNTRIED_SHOWN);
    struct rect at;
    for (int i = 1; i <= FIELD_MAX; i++) {
        if (field_in(sheet->tried, i) && grid_next(&grid, &at)) {
            draw_tried(ui, at, i);
        }
    }
    if (sheet->new_field > 0 && grid_next(&grid, &at)) {
        draw_untried(ui, at, sheet->new_field);
    }
    int shown = 1;
    for (int i = 1; i <= FIELD_MAX && shown < UNTRIED_SHOWN; i++) {
        if (field_in(sheet->never_tried, i) && i != sheet->new_field &&
            grid_next(&grid, &at)) {
            draw_untried(ui, at, i);
            shown++;
        }
    }
}

static void draw_fields(struct ui *ui, struct rect at)
{
    const char *title = ui_tr(ui, "Felder, die du kennst");
    struct sentence s = difference_new_field(sheet_of(ui)->new_field);
    const char *next = words_sentence(ui, &s);
    ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INK, 3, 28, 10});
    struct rect inside = rect_inset(at, ui->tiny ? 14 : ui->low ? 20 : 30);
    struct words head = {ui->tiny ? FONT_PILL : FONT_CARD, COLOR_INK, PLACE_START, 1};
    struct words note = {FONT_TEXT, COLOR_INK, PLACE_START, 2};
    head.font = ui_fit(ui, rect_make(0, 0, inside.w, 40), head, title);
    rect_cut_top(&inside, ui_text(ui, inside, head, title) + (ui->tiny ? 6 : 14));
    note.font = ui_fit(ui, rect_make(0, 0, inside.w, ui->tiny ? 30 : 42), note, next);
    int height = ui_measure(ui, note, inside.w, next).height;
    ui_text(ui, rect_cut_bottom(&inside, height), note, next);
    rect_cut_bottom(&inside, ui->tiny ? 6 : 14);
    draw_grid(ui, inside);
}

/* ---- all --------------------------------------------------------------------------- */

void sheet_draw_overview(struct ui *ui, struct rect area)
{
    int gap = ui->low ? 22 : 30;
    rect_cut_top(&area, ui->low ? 0 : 12);
    rect_cut_bottom(&area, ui->low ? 12 : 18);
    if (ui->narrow && !sheet_is_split(ui)) {
        struct rect last = rect_cut_bottom(&area, area.h * 52 / 100);
        sheet_draw_last_job(ui, last);
        rect_cut_bottom(&area, gap);
    } else if (!sheet_is_split(ui)) {
        struct rect last = rect_cut_end(&area, area.w * 46 / 100);
        sheet_draw_last_job(ui, last);
        rect_cut_end(&area, 32);
    }
    if (ui->tiny && !ui->narrow) {
        struct rect numbers = rect_cut_start(&area, area.w * 48 / 100);
        numbers.h = numbers.h > 200 ? 200 : numbers.h;
        draw_numbers(ui, numbers);
        rect_cut_start(&area, 18);
    } else {
        draw_numbers(ui, rect_cut_top(&area, area.h * 31 / 100));
        rect_cut_top(&area, gap);
    }
    draw_fields(ui, area);
}

static const char *field_names(struct ui *ui)
{
    char memory[900];
    struct buf out;
    const char *comma = "";
    buf_init(&out, memory, sizeof memory);
    for (int i = 1; i <= FIELD_MAX; i++) {
        if (field_in(sheet_of(ui)->tried, i)) {
            buf_puts(&out, comma);
            buf_puts(&out, ui_tr(ui, field_name(i)));
            comma = ", ";
        }
    }
    return UI_FILL(ui, "{fields}", TR_ARG("fields", memory));
}

const char *sheet_spoken(struct ui *ui, const char *title)
{
    const struct sheet *sheet = sheet_of(ui);
    char memory[96];
    struct buf hours;
    struct sentence field = difference_new_field(sheet->new_field);
    buf_init(&hours, memory, sizeof memory);
    tr_hours(&hours, &ui->i18n, sheet->minutes);
    const char *jobs =
        UI_FILL(ui, tr_n(&ui->i18n, "{n} Job gemacht", "{n} Jobs gemacht", sheet->jobs),
                TR_ARG("n", ui_number(ui, sheet->jobs)));
    return UI_FILL(ui,
                   ui_tr(ui, "{title}. {jobs}, {hours} dabei gewesen. "
                             "Felder, die du kennst: {fields}. {next}"),
                   TR_ARG("title", title), TR_ARG("jobs", jobs), TR_ARG("hours", memory),
                   TR_ARG("fields", field_names(ui)),
                   TR_ARG("next", words_sentence(ui, &field)));
}
