/* "Ich will reden": always there, never seen by a site. */
#include "screens/screen.h"

static const char *headline(const struct model *model)
{
    return model->visit.talk_saved ? N_("Ein Coach kommt auf dich zu.")
                                   : N_("Willst du mit einem Coach reden?");
}

static const char *explanation(const struct model *model)
{
    if (model->visit.talk_saved) {
        return N_("Das ist gespeichert. Nur das Team sieht es.");
    }
    if (model->visit.talk_saving) {
        return N_("Einen Moment …");
    }
    return model->visit.signed_in
               ? N_("Tippe unten. Dann weiß das Team Bescheid. "
                    "Du musst nicht sagen, worum es geht.")
               : N_("Sag vorn dem Team Bescheid. Oder melde dich an und tippe hier. "
                    "Du musst nicht sagen, worum es geht.");
}

static void talk_view(struct ui *ui)
{
    const struct model *model = ui->model;
    struct rect area = ui_content(ui), foot = ui_foot(ui);
    const char *title = ui_tr(ui, headline(model)), *text = ui_tr(ui, explanation(model));
    ui->frame->ground = COLOR_LILAC;
    ui_head(ui, NULL, UI_FILL(ui, "{title} {text}", TR_ARG("title", title),
                              TR_ARG("text", text)));
    int size = ui->tiny ? 56 : ui->low ? 100 : 160;
    rect_cut_top(&area, ui->tiny ? 0 : ui->low ? 8 : 30);
    ui_icon(ui, rect_make(area.x, area.y, size, size), "talk");
    rect_cut_top(&area, size + (ui->low ? 12 : 24));
    struct words big = {FONT_HUGE, COLOR_INK, PLACE_START, 3};
    big.font = ui_fit(ui, rect_make(0, 0, area.w, area.h * 40 / 100), big, title);
    rect_cut_top(&area, ui_text(ui, area, big, title) + (ui->low ? 8 : 16));
    struct words lead = {FONT_LEAD, COLOR_INK, PLACE_START, 4};
    lead.font = ui_fit(ui, rect_make(0, 0, area.w, area.h - 48), lead, text);
    rect_cut_top(&area, ui_text(ui, area, lead, text) + (ui->low ? 8 : 20));
    if (model->env.phone[0]) {
        const char *phone = UI_FILL(ui, ui_tr(ui, "Oder ruf an: {phone}"),
                                    TR_ARG("phone", model->env.phone));
        struct words words = {FONT_TITLE, COLOR_INK, PLACE_START, 1};
        words.font = ui_fit(ui, area, words, phone);
        ui_text(ui, area, words, phone);
    }
    if (model->visit.talk_saved) {
        bool half_way = model->back_count > 0 &&
                        model->back[model->back_count - 1] == SCREEN_EVALUATE;
        ui_foot_end(ui, &foot,
                    &(struct button){BUTTON_MAIN, NULL,
                                     ui_tr(ui, half_way ? N_("Weiter") : N_("Fertig")),
                                     msg_make(half_way ? MSG_BACK : MSG_HOME, 0, 0),
                                     FONT_BUTTON});
    } else if (model->visit.signed_in) {
        ui_foot_end(ui, &foot, &(struct button){BUTTON_MAIN, "check",
                                                ui_tr(ui, "Ja, ich will reden"),
                                                msg_make(MSG_TALK, 0, 0), FONT_BUTTON});
    } else {
        ui_foot_end(ui, &foot, &(struct button){BUTTON_MAIN, "my-sheet",
                                                ui_tr(ui, "Anmelden"),
                                                msg_make(MSG_SIGN_IN, 0, 0), FONT_BUTTON});
    }
}

static void talk_update(struct model *model, const struct msg *msg, struct effects *effects)
{
    struct visit *visit = &model->visit;
    if (msg->kind == MSG_SIGN_IN) {
        visit->after = SCREEN_TALK;
        go(model, effects, SCREEN_WHO);
    } else if (msg->kind == MSG_TALK && visit->signed_in && !visit->talk_saving &&
               !visit->talk_saved) {
        struct effect *effect = ask(model, effects, EFFECT_SAVE_TALK);
        effect->fact = visit->fact;
        visit->talk_saving = true;
    }
}

static void talk_enter(struct model *model, struct effects *effects)
{
    (void)effects;
    model->visit.fact = model->fresh[0];
}

void talk_on_saved(struct model *model, const struct reply *reply, struct effects *effects)
{
    model->visit.talk_saving = false;
    model->visit.talk_saved = reply->err == ERR_OK;
    if (reply->err == ERR_OK) {
        effects_add(effects, EFFECT_SOUND_DONE);
    } else {
        model->notice = reply->err == ERR_FULL ? NOTICE_DISK_FULL : NOTICE_NOT_SAVED;
    }
}

const struct screen screen_talk = {.name = "talk",
                                   .theme = THEME_PAPER,
                                   .personal = true,
                                   .view = talk_view,
                                   .update = talk_update,
                                   .enter = talk_enter};
