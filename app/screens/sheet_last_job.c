/* Both views of the last job as two outlines around a circle, with names and a legend. */
#include "screens/sheet_parts.h"

#include "screens/words.h"

#define LABEL_GAP 20

/* The sine in thousandths, by the formula of Bhaskara I: off by at most two. */
static int sine(int degrees)
{
    degrees = (degrees % 360 + 360) % 360;
    int half = degrees % 180, product = half * (180 - half);
    int value = 4000 * product / (40500 - product);
    return degrees < 180 ? value : -value;
}

static const struct evaluation_form *form_of(const struct ui *ui,
                                             const struct sheet_item *item)
{
    const struct form_set *forms = ui->model->env.forms;
    return forms
               ? form_set_find(forms, item->has_self ? item->self.form : item->site.form)
               : NULL;
}

static struct outline outline_of(const struct evaluation_form *form,
                                 const struct evaluation_view *view,
                                 enum outline_mark mark)
{
    struct outline outline = {mark, mark == OUTLINE_DIAMONDS, form->aspect_count, {0}};
    for (int i = 0; i < form->aspect_count; i++) {
        outline.corners[i] = (int16_t)sheet_outline_corner(form, view, i);
    }
    return outline;
}

static void draw_rings(struct ui *ui, struct rect circle, int count)
{
    struct outline spokes = {OUTLINE_SPOKES, false, count, {0}};
    for (int i = 0; i < count; i++) {
        spokes.corners[i] = 1000;
    }
    for (int i = 4; i >= 1; i--) {
        int inset = circle.w / 2 * (4 - i) / 4;
        struct rect ring = rect_inset(circle, inset);
        ui_box(ui, ring,
               (struct look){i == 4 ? COLOR_PAPER : COLOR_NONE,
                             i == 4 ? COLOR_INK : COLOR_MUTED, 2, ring.w / 2, 0});
    }
    ui_outline(ui, circle, &spokes, (struct look){.outline = COLOR_MUTED, .line = 2});
}

/* Beside its corner: above and below centred, else away from the circle. */
static void draw_name(struct ui *ui, struct rect area, struct rect circle, int corner,
                      const struct evaluation_form *form)
{
    int degrees = 360 * corner / form->aspect_count;
    int radius = circle.w / 2 + LABEL_GAP;
    int x = circle.x + circle.w / 2 + radius * sine(degrees) / 1000;
    int y = circle.y + circle.h / 2 - radius * sine(degrees + 90) / 1000;
    const char *name = ui_tr(ui, form->aspects[corner].name);
    struct words words = {sheet_is_split(ui) ? FONT_TINY : FONT_PILL, COLOR_INK,
                          PLACE_CENTER, 2};
    struct rect at = {area.x, y - 30, area.w, 60};
    int side = sine(degrees);
    if (side > 100) {
        words.place = PLACE_START;
        at = rect_make(x, at.y, area.x + area.w - x, at.h);
    } else if (side < -100) {
        words.place = PLACE_END;
        at = rect_make(area.x, at.y, x - area.x, at.h);
    }
    words.lines_max = 1; /* words are not to be broken where one line would do */
    words.font = ui_fit(ui, at, words, name);
    words.lines_max = ui_measure(ui, words, at.w, name).cut ? 2 : 1;
    int height = ui_measure(ui, words, at.w, name).height;
    at.y = side > 100 || side < -100 ? y - height / 2
           : sine(degrees + 90) > 0  ? y - height
                                     : y;
    ui_text(ui, at, words, name);
}

static void draw_circle(struct ui *ui, struct rect area, const struct sheet_item *item,
                        const struct evaluation_form *form)
{
    int label = ui->tiny ? 26 : 34, side = sheet_is_split(ui) ? area.w * 31 / 100 : 140;
    int width = area.w - 2 * side, height = area.h - 2 * (label + LABEL_GAP);
    int size = width < height ? width : height;
    struct rect circle = {area.x + (area.w - size) / 2, area.y + (area.h - size) / 2,
                          size, size};
    int mark = size / 24 < 7 ? 7 : size / 24;
    draw_rings(ui, circle, form->aspect_count);
    /* The person's tint lies below, so that it does not colour the site's marks. */
    struct outline self = outline_of(form, &item->self, OUTLINE_CIRCLES);
    struct outline site = outline_of(form, &item->site, OUTLINE_DIAMONDS);
    if (item->has_self) {
        ui_outline(ui, circle, &self, (struct look){.fill = COLOR_INDIGO});
    }
    if (item->has_site) {
        ui_outline(ui, circle, &site,
                   (struct look){COLOR_BLITZ, COLOR_INK, 5, mark + 1, 0});
    }
    if (item->has_self) {
        ui_outline(ui, circle, &self,
                   (struct look){COLOR_NONE, COLOR_INDIGO, 5, mark - 2, 0});
    }
    for (int i = 0; i < form->aspect_count; i++) {
        draw_name(ui, area, circle, i, form);
    }
}

/* ---- legend ------------------------------------------------------------------------ */

static void draw_key(struct ui *ui, struct rect *row, enum outline_mark mark,
                     const char *text)
{
    struct outline one = {mark, false, 1, {0}};
    bool site = mark == OUTLINE_DIAMONDS;
    struct words words = {FONT_PILL, COLOR_INK, PLACE_START, 1};
    struct rect spot = rect_cut_start(row, 28);
    spot = rect_make(spot.x + 4, spot.y + (spot.h - 20) / 2, 20, 20);
    ui_outline(ui, spot, &one,
               (struct look){site ? COLOR_BLITZ : COLOR_INDIGO, COLOR_INK, 0, 10, 0});
    rect_cut_start(row, 8);
    int width = ui_measure(ui, words, row->w, text).width + 2;
    ui_text_middle(ui, rect_cut_start(row, width), words, text);
    rect_cut_start(row, 28);
}

/* The one sentence below: where the site sees more, else what both saw, else a talk. */
static const char *one_sentence(struct ui *ui, const struct sheet *sheet,
                                const struct sheet_item *item)
{
    static const enum difference_kind order[] = {
        DIFFERENCE_SITE_SEES_MORE, DIFFERENCE_SAME, DIFFERENCE_WORTH_A_TALK};
    const struct difference *d = &sheet->difference;
    for (size_t k = 0; sheet->has_difference && k < ARRAY_LEN(order); k++) {
        for (int i = 0; i < d->aspect_count; i++) {
            if (d->aspects[i] == order[k]) {
                return words_sentence(ui, &d->lines[i]);
            }
        }
    }
    return ui_tr(ui, item->has_site ? N_("So hat die Stelle dich gesehen.")
                                    : N_("So hast du dich gesehen."));
}

static void draw_nothing(struct ui *ui, struct rect inside)
{
    const char *text =
        ui_tr(ui, "Hier siehst du, was du sagst und was die Stelle sagt. "
                  "Tippe dafür auf „Wie war’s?“, wenn ein Job fertig ist.");
    struct words words = {FONT_LEAD, COLOR_MUTED, PLACE_START, 6};
    words.font = ui_fit(ui, inside, words, text);
    ui_text_middle(ui, inside, words, text);
}

void sheet_draw_last_job(struct ui *ui, struct rect at)
{
    const struct sheet *sheet = &ui->model->sheet.sheet;
    const struct sheet_item *item = sheet->outline;
    const struct evaluation_form *form = item ? form_of(ui, item) : NULL;
    const char *title = ui_tr(ui, "So war’s beim letzten Job");
    ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INK, 3, 28, 10});
    struct rect inside = rect_inset(at, ui->tiny ? 14 : ui->low ? 20 : 30);
    struct words head = {ui->tiny ? FONT_PILL : FONT_CARD, COLOR_INK, PLACE_START, 1};
    head.font = ui_fit(ui, rect_make(0, 0, inside.w, 40), head, title);
    rect_cut_top(&inside, ui_text(ui, inside, head, title) + 4);
    if (!form) {
        draw_nothing(ui, inside);
        return;
    }
    const char *text = one_sentence(ui, sheet, item);
    struct words words = {FONT_NOTE, COLOR_INK, PLACE_START, 2};
    words.font = ui_fit(ui, rect_make(0, 0, inside.w, ui->tiny ? 30 : 70), words, text);
    int height = ui_measure(ui, words, inside.w, text).height;
    ui_text(ui, rect_cut_bottom(&inside, height), words, text);
    rect_cut_bottom(&inside, ui->tiny ? 2 : 8);
    struct rect keys = rect_cut_bottom(&inside, 34);
    if (item->has_self) {
        draw_key(ui, &keys, OUTLINE_CIRCLES, ui_tr(ui, "du"));
    }
    if (item->has_site) {
        draw_key(ui, &keys, OUTLINE_DIAMONDS, ui_tr(ui, "die Stelle"));
    }
    draw_circle(ui, inside, item, form);
}
