/* "Passt nicht": equal dignity, an optional reason, never a penalty. */
#include "screens/screen.h"

struct reason_tile {
    const char *text, *icon;
    enum color fill;
    enum unfit_reason reason;
};

static void unfit_view(struct ui *ui)
{
    static const struct reason_tile tiles[] = {
        {N_("Die Zeit passt nicht"), "clock", COLOR_LEMON, UNFIT_TIME},
        {N_("Zu weit weg"), "place", COLOR_MINT, UNFIT_PLACE},
        {N_("Die Arbeit ist nichts für mich"), "bag", COLOR_SAND, UNFIT_WORK},
        {N_("Zu wenig Geld"), "euro", COLOR_PEACH, UNFIT_MONEY},
        {N_("Nicht alleine"), "people", COLOR_ROSE, UNFIT_ALONE},
        {N_("Etwas anderes"), "talk", COLOR_LILAC, UNFIT_OTHER},
    };
    struct rect area = ui_content(ui), foot = ui_foot(ui);
    int columns = ui->narrow ? 2 : 3, count = (int)ARRAY_LEN(tiles);
    int rows = (count + columns - 1) / columns;
    const char *note = ui_tr(ui, "Du musst nichts sagen. Es hilft uns nur bei neuen Jobs.");
    ui_head(ui, ui_tr(ui, "Alles klar. Was passt nicht?"), NULL);
    rect_cut_top(&area, 6);
    struct words words = {FONT_TEXT, COLOR_MUTED, PLACE_START, 2};
    rect_cut_top(&area, ui_text(ui, area, words, note) + 18);
    int width = (area.w - UI_GAP * (columns - 1)) / columns;
    int height = (area.h - 8 - UI_GAP * (rows - 1)) / rows;
    height = height > 230 ? 230 : height;
    for (int i = 0; i < count; i++) {
        ui_tile(ui,
                rect_make(area.x + i % columns * (width + UI_GAP),
                          area.y + i / columns * (height + UI_GAP), width, height),
                tiles[i].fill, tiles[i].icon, ui_tr(ui, tiles[i].text), false,
                msg_make(MSG_NOT_FIT_REASON, tiles[i].reason, 0));
    }
    ui_foot_end(ui, &foot,
                &(struct button){BUTTON_MAIN, NULL, ui_tr(ui, "Ohne Grund weiter"),
                                 msg_make(MSG_NOT_FIT_REASON, UNFIT_NONE, 0), FONT_BUTTON});
}

static void unfit_update(struct model *model, const struct msg *msg, struct effects *effects)
{
    if (msg->kind != MSG_NOT_FIT_REASON) {
        return;
    }
    const struct offer *offer = &model->offers[model->browse.offer];
    struct effect *effect = ask(model, effects, EFFECT_SAVE_UNFIT);
    effect->fact = model->visit.fact;
    effect->unfit = (enum unfit_reason)msg->a;
    str_copy(effect->wish.code, sizeof effect->wish.code, str_of(offer->code));
    model->browse.declined |= 1u << offer->field;
    /* Two steps back: past the offer, to the list. */
    model_back(model);
    model_back(model);
    if (screen_of(model->screen)->enter) {
        screen_of(model->screen)->enter(model, effects);
    }
    model->notice = NOTICE_UNFIT_SAVED;
}

void unfit_on_saved(struct model *model, const struct reply *reply, struct effects *effects)
{
    /* Nothing is lost for the person if this fails: the offer was passed by all the same. */
    (void)model;
    (void)reply;
    (void)effects;
}

const struct screen screen_unfit = {
    .name = "unfit", .theme = THEME_PAPER, .view = unfit_view, .update = unfit_update};
