#include "screens/pictures.h"

static const struct picture table[PICTURES] = {
    {"field-garden", COLOR_MINT, N_("Pflanze")},  {"field-pets", COLOR_SAND, N_("Katze")},
    {"field-phone-help", COLOR_SKY, N_("Handy")}, {"field-catering", COLOR_PEACH, N_("Tasse")},
    {"field-moving", COLOR_LILAC, N_("Paket")},   {"field-film", COLOR_ROSE, N_("Kamera")},
    {"field-renovating", COLOR_LEMON, N_("Farbrolle")}, {"field-wood", COLOR_AQUA, N_("Säge")},
};

const struct picture *picture_at(int index)
{
    CHECK(index >= 0 && index < PICTURES);
    return &table[index];
}

void pictures_row(struct ui *ui, struct rect at, int count)
{
    int size = at.h < 72 ? at.h : 72;
    for (int i = 0; i < SECRET_PICTURES; i++) {
        struct rect box = rect_cut_start(&at, size);
        box.h = size;
        ui_box(ui, box,
               (struct look){i < count ? COLOR_INK : COLOR_WHITE, COLOR_INK, 3, 18, 0});
        rect_cut_start(&at, 16);
    }
}

static void draw_picture(struct ui *ui, struct rect at, int index)
{
    const struct picture *picture = &table[index];
    int down = ui_touch(ui, at, 6, msg_make(MSG_PICTURE, index, 0), ui_tr(ui, picture->name));
    at.y += down;
    ui_box(ui, at, (struct look){picture->tint, COLOR_INK, 3, 22, 8 - down});
    int size = (at.h < at.w ? at.h : at.w) * 52 / 100;
    ui_icon(ui, rect_make(at.x + (at.w - size) / 2, at.y + (at.h - size) / 2, size, size),
            picture->icon);
}

void pictures_grid(struct ui *ui, struct rect at)
{
    enum { COLUMNS = 4, ROWS = PICTURES / COLUMNS };
    int gap = ui->low ? 20 : 28;
    int width = (at.w - gap * (COLUMNS - 1)) / COLUMNS;
    int height = (at.h - gap * (ROWS - 1) - 8) / ROWS;
    height = height > width + 10 ? width + 10 : height;
    for (int i = 0; i < PICTURES; i++) {
        draw_picture(ui,
                     rect_make(at.x + i % COLUMNS * (width + gap),
                               at.y + i / COLUMNS * (height + gap), width, height),
                     i);
    }
}

void pictures_choose(uint8_t pictures[SECRET_PICTURES], int *count, int picture)
{
    if (*count < SECRET_PICTURES && picture >= 0 && picture < PICTURES) {
        pictures[(*count)++] = (uint8_t)picture;
    }
}

void pictures_undo(uint8_t pictures[SECRET_PICTURES], int *count)
{
    if (*count > 0) {
        pictures[--*count] = 0;
    }
}
