/* "Wer bist du?": the card first, alias and picture secret second. */
#include "screens/jobs.h"
#include "screens/pictures.h"

#include <string.h>

/* ---- the view -------------------------------------------------------------------------- */

static void draw_card_panel(struct ui *ui, struct rect at)
{
    const char *title = ui_tr(ui, "Halte deine Karte vor den Scanner");
    const char *note = ui_tr(ui, "Keine Karte da? Tippe deinen Spitznamen "
                                 "und deine 4 Bilder.");
    ui_box(ui, at, (struct look){COLOR_INDIGO, COLOR_INK, 3, 28, 8});
    struct rect inside = rect_inset(at, ui->narrow ? 22 : 34);
    struct words big = {FONT_BIG, COLOR_ON_INDIGO, PLACE_CENTER, 3};
    struct words small = {FONT_NOTE, COLOR_ON_INDIGO, PLACE_CENTER, 4};
    int size = inside.h * 42 / 100 > 216 ? 216 : inside.h * 42 / 100;
    if (ui->narrow) {
        size = inside.h;
        big.place = small.place = PLACE_START;
        big.font = FONT_TITLE;
    }
    struct rect box = ui->narrow ? rect_cut_start(&inside, size) : rect_cut_top(&inside, size);
    struct rect white = rect_make(box.x + (box.w - size) / 2, box.y, size, size);
    ui_box(ui, white, (struct look){COLOR_WHITE, COLOR_INK, 3, size / 6, 0});
    ui_icon(ui, rect_inset(white, size / 5), "qr");
    if (ui->narrow) {
        rect_cut_start(&inside, 24);
    } else {
        rect_cut_top(&inside, ui->low ? 14 : 36);
    }
    struct words least = {FONT_TITLE, COLOR_ON_INDIGO, PLACE_START, 3};
    int note_room = inside.h - ui_measure(ui, least, inside.w, title).height - 14;
    bool noted = !ui->tiny && ui_measure(ui, small, inside.w, note).height <= note_room;
    int note_height = !noted ? 0 : ui_measure(ui, small, inside.w, note).height;
    big.font = ui_fit(ui, rect_make(0, 0, inside.w, inside.h - note_height - 14), big, title);
    rect_cut_top(&inside, ui_text(ui, inside, big, title) + (ui->low ? 12 : 24));
    if (noted) {
        ui_text(ui, inside, small, note);
    }
}

static void draw_alias(struct ui *ui, struct rect at)
{
    const struct visit *visit = &ui->model->visit;
    bool empty = visit->alias[0] == '\0';
    const char *hint = ui_tr(ui, "Dein Spitzname");
    const char *shown = empty ? hint : visit->alias;
    const char *label = UI_FILL(ui, ui_tr(ui, "Dein Name: {alias}"),
                                TR_ARG("alias", empty ? ui_tr(ui, "leer") : visit->alias));
    struct words words = {FONT_TITLE, empty ? COLOR_MUTED : COLOR_INK, PLACE_START, 1};
    ui_touch(ui, at, 0, msg_make(MSG_FORM_FIELD, FORM_ALIAS, 0), label);
    ui_box(ui, at, (struct look){COLOR_WHITE, visit->typing ? COLOR_INDIGO : COLOR_INK,
                                 visit->typing ? 5 : 3, 22, 0});
    struct rect inside = rect_inset(at, 28);
    inside.y = at.y;
    inside.h = at.h;
    ui_text_middle(ui, inside, words, shown);
    if (visit->typing) {
        int width = empty ? 0 : ui_measure(ui, words, inside.w, shown).width + 4;
        ui_box(ui, rect_make(inside.x + width, at.y + 20, 4, at.h - 40),
               (struct look){.fill = COLOR_INDIGO});
    }
}

static void draw_secret_row(struct ui *ui, struct rect at)
{
    const struct visit *visit = &ui->model->visit;
    const char *text = ui_tr(ui, ui->narrow || ui->tiny ? N_("4 Bilder")
                                                        : N_("Deine 4 Bilder"));
    struct words words = {FONT_LABEL, COLOR_INK, PLACE_START, 2};
    int boxes = 4 * (at.h < 72 ? at.h : 72) + 3 * 16, undo = at.h + 16;
    struct rect right = rect_cut_end(&at, boxes + 8 + (visit->picture_count ? undo : 0));
    struct rect left = rect_make(at.x, at.y, right.x - at.x - 12, at.h);
    words.font = ui_fit(ui, left, words, text);
    if (!ui_measure(ui, words, left.w, text).cut) { /* four empty boxes say it too */
        ui_text_middle(ui, left, words, text);
    }
    pictures_row(ui, right, visit->picture_count);
    if (visit->picture_count > 0) {
        struct rect box = rect_cut_end(&right, at.h);
        ui_round(ui, rect_inset(box, 4), "delete", msg_make(MSG_PICTURE_UNDO, 0, 0),
                 ui_tr(ui, "Letztes Bild löschen"), COLOR_WHITE);
    }
}

static bool is_complete(const struct visit *visit)
{
    return visit->picture_count == SECRET_PICTURES && alias_valid(str_of(visit->alias));
}

static void draw_foot(struct ui *ui)
{
    const struct visit *visit = &ui->model->visit;
    struct rect foot = ui_foot(ui);
    struct words words = {FONT_FINE, COLOR_MUTED, PLACE_END, 2};
    if (!ui->narrow || !visit->typing) {
        ui_foot_start(ui, &foot, &(struct button){BUTTON_PLAIN, NULL, ui_tr(ui, "Abbrechen"),
                                                  msg_make(MSG_BACK, 0, 0), FONT_BUTTON});
    }
    if (visit->checking) {
        ui_text_middle(ui, foot, words, ui_tr(ui, "Einen Moment …"));
    } else if (visit->typing) {
        ui_foot_end(ui, &foot, &(struct button){BUTTON_MAIN, NULL, ui_tr(ui, "Weiter"),
                                                msg_make(MSG_FORM_FIELD, FORM_PICTURES, 0),
                                                FONT_BUTTON});
    } else if (is_complete(visit)) {
        ui_foot_end(ui, &foot, &(struct button){BUTTON_MAIN, "check", ui_tr(ui, "Das bin ich"),
                                                msg_make(MSG_SIGN_IN, 0, 0), FONT_BUTTON});
    } else {
        const char *text =
            UI_FILL(ui, ui_tr(ui, "Niemand sieht deine Bilder. "
                                  "Der Kiosk vergisst dich nach {n} Sekunden."),
                    TR_ARG("n", ui_number(ui, ui->model->env.idle_s)));
        words.lines_max = 3;
        words.font = ui_fit(ui, foot, words, text);
        ui_text_middle(ui, foot, words, text);
    }
}

static void who_view(struct ui *ui)
{
    const struct visit *visit = &ui->model->visit;
    struct rect area = ui_content(ui);
    ui_head(ui, ui_tr(ui, "Wer bist du?"), NULL);
    rect_cut_top(&area, ui->low ? 4 : 20);
    if (ui->narrow) {
        draw_card_panel(ui, rect_cut_top(&area, 190));
        rect_cut_top(&area, 36);
    } else {
        struct rect panel = rect_cut_start(&area, area.w * 36 / 100);
        rect_cut_bottom(&panel, 18);
        draw_card_panel(ui, panel);
        rect_cut_start(&area, 40);
    }
    draw_alias(ui, rect_cut_top(&area, ui->low ? 68 : 84));
    rect_cut_top(&area, ui->low ? 16 : 24);
    if (visit->typing) {
        ui_keyboard(ui, area);
        draw_foot(ui);
        return;
    }
    draw_secret_row(ui, rect_cut_top(&area, ui->low ? 60 : 72));
    rect_cut_top(&area, ui->low ? 16 : 28);
    pictures_grid(ui, area);
    draw_foot(ui);
}

/* ---- messages -------------------------------------------------------------------------- */

static void sign_in(struct model *model, struct effects *effects)
{
    struct visit *visit = &model->visit;
    if (visit->checking || !is_complete(visit)) {
        return;
    }
    if (visit->wait_until_ms > model->mono_ms) {
        model->notice = NOTICE_WAIT;
        return;
    }
    struct effect *effect = ask(model, effects, EFFECT_SIGN_IN_ALIAS);
    str_copy(effect->alias, sizeof effect->alias, str_of(visit->alias));
    memcpy(effect->pictures, visit->pictures, sizeof effect->pictures);
    visit->checking = true;
    visit->picture_count = 0;
    memset(visit->pictures, 0, sizeof visit->pictures);
}

static void leave_typing(struct model *model)
{
    if (!alias_valid(str_of(model->visit.alias))) {
        model->notice = NOTICE_ALIAS_SHORT;
        return;
    }
    model->notice = NOTICE_NONE;
    model->visit.typing = false;
}

static void who_update(struct model *model, const struct msg *msg, struct effects *effects)
{
    struct visit *visit = &model->visit;
    switch (msg->kind) {
    case MSG_KEY:
        if (msg->a == 13 && visit->typing) {
            leave_typing(model);
        } else if (!visit->checking) {
            visit->typing = true;
            alias_type(visit->alias, msg->a);
        }
        break;
    case MSG_FORM_FIELD:
        if (msg->a == FORM_ALIAS) {
            visit->typing = true;
        } else {
            leave_typing(model);
        }
        break;
    case MSG_PICTURE:
        pictures_choose(visit->pictures, &visit->picture_count, msg->a);
        break;
    case MSG_PICTURE_UNDO:
        pictures_undo(visit->pictures, &visit->picture_count);
        break;
    case MSG_SIGN_IN:
        sign_in(model, effects);
        break;
    default:
        break;
    }
}

static void who_enter(struct model *model, struct effects *effects)
{
    (void)effects;
    model->visit.typing = model->visit.alias[0] == '\0';
}

/* ---- answers --------------------------------------------------------------------------- */

static void wipe_form(struct visit *visit)
{
    memset(visit->alias, 0, sizeof visit->alias);
    memset(visit->pictures, 0, sizeof visit->pictures);
    visit->picture_count = 0;
    visit->checking = false;
    visit->typing = false;
}

void who_signed_in(struct model *model, const struct participant *who,
                   struct effects *effects)
{
    struct visit *visit = &model->visit;
    enum screen_id after = visit->after;
    wipe_form(visit);
    visit->signed_in = true;
    visit->who = *who;
    visit->wait_until_ms = 0;
    ask(model, effects, EFFECT_LIST_WISHES);
    if (model->screen == SCREEN_WHO) {
        /* The sign-in form shall not come back by "back". */
        model_back(model);
    }
    if (after != SCREEN_HOME && after != model->screen) {
        go(model, effects, after);
    } else if (model->screen == SCREEN_HOME) {
        go(model, effects, SCREEN_WISHES);
    } else if (screen_of(model->screen)->enter) {
        screen_of(model->screen)->enter(model, effects);
    }
    visit->after = SCREEN_HOME;
}

void who_on_sign_in(struct model *model, const struct reply *reply, struct effects *effects)
{
    struct visit *visit = &model->visit;
    visit->checking = false;
    if (reply->err == ERR_OK) {
        who_signed_in(model, &reply->who, effects);
        return;
    }
    visit->wait_until_ms = reply->wait_ms > 0 ? model->mono_ms + reply->wait_ms : 0;
    bool told = reply->err == ERR_DENIED || reply->err == ERR_NOT_FOUND;
    model->notice = reply->wait_ms > 0 ? NOTICE_WAIT : told ? NOTICE_WRONG : NOTICE_NOT_SAVED;
}

static void scanned_staff(struct model *model, const struct reply *reply,
                          struct effects *effects)
{
    str_copy(model->staff.card, sizeof model->staff.card, str_of(reply->text));
    memset(model->staff.pin, 0, sizeof model->staff.pin);
    if (model->screen != SCREEN_STAFF_DOOR) {
        go(model, effects, SCREEN_STAFF_DOOR);
    }
}

static void scanned_person(struct model *model, const struct reply *reply,
                           struct effects *effects)
{
    struct visit *visit = &model->visit;
    bool same = visit->signed_in && uid_eq(visit->who.id, reply->who.id);
    if (same && model->screen == SCREEN_HERE && jobs_open(model)) {
        /* Holding the card again means: I come, or I go. */
        jobs_scanned(model, effects);
        return;
    }
    if ((visit->signed_in && !same) || model->site.open) {
        model_forget(model);
    }
    who_signed_in(model, &reply->who, effects);
    visit->jobs.has_card = reply->by_card;
}

void who_on_scan(struct model *model, const struct reply *reply, struct effects *effects)
{
    switch (reply->scan) {
    case SCAN_PERSON:
        /* With the team's door open a card belongs to the person at the counter. */
        if (!model->staff.open) {
            scanned_person(model, reply, effects);
        }
        break;
    case SCAN_STAFF:
        if (!model->staff.open) {
            scanned_staff(model, reply, effects);
        }
        break;
    case SCAN_SLIP_TRUE:
        if (model->staff.open || !here_by_slip(model, reply, effects)) {
            model->notice = NOTICE_SLIP_TRUE;
        }
        break;
    case SCAN_SITE:
        if (!model->staff.open) {
            site_on_scan(model, reply, effects);
        }
        break;
    case SCAN_CENTRE:
        centre_on_scan(model, reply, effects);
        break;
    case SCAN_SLIP_FALSE:
        model->notice = NOTICE_SLIP_FALSE;
        break;
    case SCAN_CARD_UNKNOWN:
        model->visit.wait_until_ms = reply->wait_ms > 0 ? model->mono_ms + reply->wait_ms : 0;
        model->notice = reply->wait_ms > 0 ? NOTICE_WAIT : NOTICE_CARD_UNKNOWN;
        break;
    default:
        model->notice = NOTICE_CARD_BROKEN;
        break;
    }
}

const struct screen screen_who = {.name = "who",
                                  .theme = THEME_PAPER,
                                  .personal = true,
                                  .view = who_view,
                                  .update = who_update,
                                  .enter = who_enter};
