#include "screens/talk_foot.h"

#define GAP 16

void talk_foot_draw(struct ui *ui, const struct button *main, bool apart)
{
    struct rect foot = ui_foot(ui);
    struct button talk = {BUTTON_TALK, "talk", ui_tr(ui, "Ich will reden"),
                          msg_open(SCREEN_TALK), FONT_BUTTON};
    int talk_width = ui_button_width(ui, &talk), width = ui_button_width(ui, main);
    if (talk_width + GAP + width > foot.w) {
        talk.icon = NULL;
        talk_width = (foot.w - GAP) * 55 / 100;
        width = foot.w - GAP - talk_width;
    }
    ui_button(ui, rect_cut_end(&foot, talk_width), &talk);
    rect_cut_end(&foot, GAP);
    ui_button(ui, apart ? rect_cut_start(&foot, width) : rect_cut_end(&foot, width),
              main);
}
