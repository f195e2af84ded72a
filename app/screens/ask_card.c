#include "screens/ask_card.h"

void ask_card_draw(struct ui *ui, struct rect area, const char *title, const char *note)
{
    rect_cut_top(&area, ui->low ? 4 : 20);
    rect_cut_bottom(&area, 18);
    ui_box(ui, area, (struct look){COLOR_LEMON, COLOR_INK, 3, 28, 10});
    struct rect inside = rect_inset(area, ui->tiny ? 20 : ui->low ? 28 : 44);
    int size = ui->narrow ? inside.w / 2 : inside.h;
    size = size > 320 ? 320 : size;
    struct rect part =
        ui->narrow ? rect_cut_top(&inside, size) : rect_cut_start(&inside, size);
    struct rect white =
        rect_make(part.x + (part.w - size) / 2, part.y + (part.h - size) / 2, size, size);
    ui_box(ui, white, (struct look){COLOR_WHITE, COLOR_INK, 3, size / 8, 0});
    ui_icon(ui, rect_inset(white, size / 5), "qr");
    if (ui->narrow) {
        rect_cut_top(&inside, 36);
    } else {
        rect_cut_start(&inside, ui->low ? 28 : 48);
    }
    struct words big = {FONT_HUGE, COLOR_INK, PLACE_START, 5};
    struct words lead = {FONT_LEAD, COLOR_INK, PLACE_START, 5};
    big.font = ui_fit(ui, rect_make(0, 0, inside.w, inside.h * 60 / 100), big, title);
    int height = ui_measure(ui, big, inside.w, title).height + 18;
    lead.font = ui_fit(ui, rect_make(0, 0, inside.w, inside.h - height), lead, note);
    int all = height + ui_measure(ui, lead, inside.w, note).height;
    if (!ui->narrow) {
        rect_cut_top(&inside, inside.h > all ? (inside.h - all) / 2 : 0);
    }
    ui_text(ui, inside, big, title);
    rect_cut_top(&inside, height);
    ui_text(ui, inside, lead, note);
}
