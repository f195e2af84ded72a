/* Every language in its own name. */
#include "screens/screen.h"

static void language_view(struct ui *ui)
{
    struct rect area = ui_content(ui);
    int count = language_count();
    int columns = ui->narrow ? 1 : count > 4 ? 3 : 2;
    int rows = (count + columns - 1) / columns;
    ui_head(ui, ui_tr(ui, "Welche Sprache?"), NULL);
    rect_cut_top(&area, 12);
    int width = (area.w - UI_GAP * (columns - 1)) / columns;
    int height = (area.h - UI_GAP * (rows - 1)) / rows;
    height = height > 150 ? 150 : height;
    for (int i = 0; i < count; i++) {
        bool chosen = i == ui->model->language;
        struct rect at = rect_make(area.x + i % columns * (width + UI_GAP),
                                   area.y + i / columns * (height + UI_GAP), width, height);
        ui_button(ui, at,
                  &(struct button){chosen ? BUTTON_DARK : BUTTON_PLAIN, NULL,
                                   language_at(i)->name, msg_make(MSG_LANGUAGE, i, 0),
                                   FONT_TITLE});
    }
}

const struct screen screen_language = {
    .name = "language", .theme = THEME_PAPER, .view = language_view};
