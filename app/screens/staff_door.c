/* The door for staff: a card and a PIN; on a new kiosk, setting up the first card.
 *
 * While setting up, each step lies on the way back as this screen once more, so that
 * back leads one step back. */
#include "screens/staff_parts.h"

#include <string.h>

enum step { STEP_ALIAS, STEP_PIN, STEP_PIN_AGAIN };

#define DELETE_KEY 8
#define DELETE_DIGIT 10
#define ENTER_KEY 13

/* ---- what is asked for now ------------------------------------------------------------- */

static bool is_setting_up(const struct staff_session *staff)
{
    return staff->known && !staff->any_staff;
}

static enum step step_of(const struct staff_session *staff)
{
    return staff->typing                  ? STEP_ALIAS
           : staff->pin_first[0] == '\0' ? STEP_PIN
                                          : STEP_PIN_AGAIN;
}

static bool wants_alias(const struct staff_session *staff)
{
    return is_setting_up(staff) && step_of(staff) == STEP_ALIAS;
}

static bool wants_pin(const struct staff_session *staff)
{
    return is_setting_up(staff) ? step_of(staff) != STEP_ALIAS : staff->card[0] != '\0';
}

static bool may_go_on(const struct model *model)
{
    const struct staff_session *staff = &model->staff;
    if (staff->checking || model->mono_ms < staff->wait_until_ms) {
        return false;
    }
    return wants_alias(staff)
               ? staff->setup_alias[0] != '\0'
               : wants_pin(staff) && strlen(staff->pin) >= PIN_DIGITS_MIN;
}

/* ---- view ------------------------------------------------------------------------------ */

static const char *panel_title(const struct ui *ui)
{
    const struct staff_session *staff = &ui->model->staff;
    if (!staff->known) {
        return ui_tr(ui, "Einen Moment …");
    }
    if (!is_setting_up(staff)) {
        return ui_tr(ui, staff->card[0] ? N_("Tippe deine PIN")
                                        : N_("Halte deine Team-Karte vor den Scanner"));
    }
    return ui_tr(ui, step_of(staff) == STEP_PIN ? N_("Denk dir eine PIN aus")
                                                : N_("Tippe die PIN noch einmal"));
}

static const char *panel_note(const struct ui *ui)
{
    const struct staff_session *staff = &ui->model->staff;
    if (staff->checking) {
        return ui_tr(ui, "Ich prüfe das …");
    }
    if (is_setting_up(staff)) {
        return ui_tr(ui, step_of(staff) == STEP_PIN ? N_("4 bis 8 Ziffern. Niemand sonst kennt sie.")
                                                    : N_("Dann ist deine Team-Karte fertig."));
    }
    return ui_tr(ui, staff->card[0] ? N_("Schau, dass niemand mitliest.")
                                    : N_("Diese Tür ist nur für das Team."));
}

static void draw_panel_words(struct ui *ui, struct rect inside, const char *title,
                             const char *note)
{
    struct words big = {FONT_BIG, COLOR_ON_INDIGO, PLACE_CENTER, 3};
    struct words small = {FONT_NOTE, COLOR_ON_INDIGO, PLACE_CENTER, 3};
    int note_height = ui_measure(ui, small, inside.w, note).height;
    bool room = inside.h > note_height + 80;
    struct rect head = inside;
    if (room) {
        ui_text(ui, rect_cut_bottom(&head, note_height), small, note);
        rect_cut_bottom(&head, 12);
    }
    big.font = ui_fit(ui, head, big, title);
    ui_text_middle(ui, head, big, title);
}

static void draw_panel(struct ui *ui, struct rect at)
{
    const struct staff_session *staff = &ui->model->staff;
    ui_box(ui, at, (struct look){COLOR_INDIGO, COLOR_INK, 3, 28, 8});
    struct rect inside = rect_inset(at, at.h < 300 ? 18 : 32);
    if (wants_pin(staff)) {
        struct rect row = rect_cut_bottom(&inside, 48);
        int size = (row.w - 8) / 12 < 28 ? (row.w - 8) / 12 : 28;
        ui_box(ui, rect_inset(row, -4), (struct look){COLOR_WHITE, COLOR_INK, 3, 22, 0});
        staff_dots(ui, row, (int)strlen(staff->pin), PIN_DIGITS_MAX, size);
        rect_cut_bottom(&inside, 16);
    }
    int size = inside.h / 2 > 220 ? 220 : inside.h / 2;
    if (inside.h >= 240) {
        struct rect top = rect_cut_top(&inside, size + 20);
        struct rect spot = rect_make(top.x + (top.w - size) / 2, top.y, size, size);
        ui_box(ui, spot, (struct look){COLOR_WHITE, COLOR_INK, 3, size / 6, 0});
        ui_icon(ui, rect_inset(spot, size / 5), staff->card[0] ? "check" : "qr");
    }
    draw_panel_words(ui, inside, panel_title(ui), panel_note(ui));
}

static void draw_pin(struct ui *ui, struct rect area)
{
    if (ui->height > ui->width) {
        draw_panel(ui, rect_cut_top(&area, area.h * 45 / 100));
        rect_cut_top(&area, 32);
    } else {
        draw_panel(ui, rect_cut_start(&area, area.w * 45 / 100));
        rect_cut_start(&area, 40);
    }
    ui_digits(ui, area, MSG_STAFF_PIN);
}

static void draw_alias(struct ui *ui, struct rect area)
{
    const char *text = ui_tr(ui, "Wie heißt du hier im Team? Ein Spitzname reicht.");
    struct words words = {FONT_LEAD, COLOR_INK, PLACE_START, 2};
    int height = area.h < 330 ? 56 : 80;
    words.font = ui_fit(ui, rect_make(0, 0, area.w, height), words, text);
    if (area.h >= 330) {
        rect_cut_top(&area, ui_text(ui, area, words, text) + 10);
    }
    staff_alias_field(ui, rect_cut_top(&area, height), ui->model->staff.setup_alias);
    rect_cut_top(&area, area.h < 330 ? 12 : 28);
    area.h = area.h > 460 ? 460 : area.h;
    ui_keyboard(ui, area);
}

static const char *main_text(const struct ui *ui)
{
    const struct staff_session *staff = &ui->model->staff;
    if (!is_setting_up(staff)) {
        return ui_tr(ui, "Öffnen");
    }
    return ui_tr(ui, step_of(staff) == STEP_PIN_AGAIN ? N_("Karte machen") : N_("Weiter"));
}

static void door_view(struct ui *ui)
{
    const struct staff_session *staff = &ui->model->staff;
    struct rect area = staff_area(ui), foot = ui_foot(ui);
    bool new_kiosk = is_setting_up(staff);
    const char *title = ui_tr(ui, new_kiosk ? N_("Team einrichten") : N_("Für das Team"));
    const char *what = wants_alias(staff) ? ui_tr(ui, "Wie heißt du hier im Team?")
                                          : panel_title(ui);
    ui_head(ui, title, UI_FILL(ui, "{title}. {what}", TR_ARG("title", title),
                               TR_ARG("what", what)));
    if (wants_alias(staff)) {
        draw_alias(ui, area);
    } else if (wants_pin(staff)) {
        draw_pin(ui, area);
    } else {
        int width = area.w < 760 ? area.w : 760;
        draw_panel(ui, rect_make(area.x + (area.w - width) / 2, area.y, width, area.h));
    }
    if (wants_alias(staff) || wants_pin(staff)) {
        staff_main(ui, &foot, NULL, main_text(ui), msg_make(MSG_SIGN_IN, 0, 0),
                   may_go_on(ui->model));
    }
}

/* ---- update ---------------------------------------------------------------------------- */

static void wipe_pin(struct staff_session *staff)
{
    memset(staff->pin, 0, sizeof staff->pin);
}

static void type_digit(struct staff_session *staff, int digit)
{
    size_t len = strlen(staff->pin);
    if (digit == DELETE_DIGIT) {
        staff->pin[len > 0 ? len - 1 : 0] = '\0';
    } else if (digit >= 0 && digit <= 9 && len < PIN_DIGITS_MAX) {
        staff->pin[len] = (char)('0' + digit);
    }
}

static void next_step(struct model *model)
{
    if (model->back_count < BACK_MAX) {
        model->back[model->back_count++] = SCREEN_STAFF_DOOR;
    }
    model->notice = NOTICE_NONE;
}

static void leave_alias(struct model *model)
{
    struct staff_session *staff = &model->staff;
    if (!alias_valid(str_of(staff->setup_alias))) {
        model->notice = NOTICE_ALIAS_SHORT;
        return;
    }
    staff->typing = false;
    next_step(model);
}

static void add_staff(struct model *model, struct effects *effects)
{
    struct staff_session *staff = &model->staff;
    if (strcmp(staff->pin, staff->pin_first) != 0) {
        memset(staff->pin_first, 0, sizeof staff->pin_first);
        wipe_pin(staff);
        model->back_count -= model->back_count > 0;
        model->notice = NOTICE_WRONG;
        return;
    }
    struct effect *effect = ask(model, effects, EFFECT_STAFF_ADD);
    effect->fact = staff->fact;
    memcpy(effect->alias, staff->setup_alias, sizeof effect->alias);
    memcpy(effect->pin, staff->pin, sizeof effect->pin);
    staff->checking = true;
    model->notice = NOTICE_NONE;
}

static void sign_in(struct model *model, struct effects *effects)
{
    struct staff_session *staff = &model->staff;
    struct effect *effect = ask(model, effects, EFFECT_STAFF_SIGN_IN);
    memcpy(effect->text, staff->card, sizeof staff->card);
    memcpy(effect->pin, staff->pin, sizeof effect->pin);
    staff->checking = true;
    model->notice = NOTICE_NONE;
    wipe_pin(staff);
}

static void go_on(struct model *model, struct effects *effects)
{
    struct staff_session *staff = &model->staff;
    if (!may_go_on(model)) {
        return;
    }
    if (!is_setting_up(staff)) {
        sign_in(model, effects);
    } else if (staff->typing) {
        leave_alias(model);
    } else if (staff->pin_first[0] == '\0') {
        memcpy(staff->pin_first, staff->pin, sizeof staff->pin_first);
        wipe_pin(staff);
        next_step(model);
    } else {
        add_staff(model, effects);
    }
}

static void type_key(struct model *model, int key, struct effects *effects)
{
    struct staff_session *staff = &model->staff;
    if (key == ENTER_KEY) {
        go_on(model, effects);
    } else if (wants_alias(staff)) {
        alias_type(staff->setup_alias, key);
    } else if (wants_pin(staff)) {
        type_digit(staff, key == DELETE_KEY ? DELETE_DIGIT : key - '0');
    }
}

static void door_update(struct model *model, const struct msg *msg, struct effects *effects)
{
    struct staff_session *staff = &model->staff;
    if (staff->checking) {
        return;
    }
    if (model->notice == NOTICE_WRONG && msg->kind != MSG_SIGN_IN) {
        model->notice = NOTICE_NONE; /* they are trying again */
    }
    if (msg->kind == MSG_KEY) {
        type_key(model, msg->a, effects);
    } else if (msg->kind == MSG_STAFF_PIN && wants_pin(staff)) {
        type_digit(staff, msg->a);
    } else if (msg->kind == MSG_SIGN_IN) {
        go_on(model, effects);
    }
}

static int steps_behind(const struct model *model)
{
    int steps = 0;
    while (steps < model->back_count &&
           model->back[model->back_count - 1 - steps] == SCREEN_STAFF_DOOR) {
        steps++;
    }
    return steps;
}

static void door_enter(struct model *model, struct effects *effects)
{
    struct staff_session *staff = &model->staff;
    int steps = steps_behind(model);
    wipe_pin(staff);
    staff->typing = steps == STEP_ALIAS;
    if (steps < STEP_PIN_AGAIN) {
        memset(staff->pin_first, 0, sizeof staff->pin_first);
    }
    if (uid_is_nil(staff->fact)) {
        staff->fact = model->fresh[0];
    }
    ask(model, effects, EFFECT_STAFF_KNOWN);
}

/* ---- answers --------------------------------------------------------------------------- */

void staff_on_known(struct model *model, const struct reply *reply, struct effects *effects)
{
    (void)effects;
    /* In doubt there is a card already: nobody may set up a second team by a broken disk. */
    model->staff.known = true;
    model->staff.any_staff = reply->err != ERR_OK || reply->yes;
}

static void refuse(struct model *model, const struct reply *reply)
{
    struct staff_session *staff = &model->staff;
    if (reply->wait_ms > 0) {
        staff->wait_until_ms = model->mono_ms + reply->wait_ms;
        model->notice = NOTICE_WAIT;
    } else {
        bool wrong = reply->err == ERR_DENIED || reply->err == ERR_NOT_FOUND ||
                     reply->err == ERR_INVALID;
        model->notice = wrong ? NOTICE_WRONG : NOTICE_NOT_SAVED;
    }
}

void staff_on_sign_in(struct model *model, const struct reply *reply, struct effects *effects)
{
    struct staff_session *staff = &model->staff;
    staff->checking = false;
    if (reply->err != ERR_OK) {
        refuse(model, reply);
        return;
    }
    /* A young person's visit ends where staff begin; back from the staff's screen ends
     * the session. */
    memset(&model->visit, 0, sizeof model->visit);
    memset(staff, 0, sizeof *staff);
    staff->open = true;
    staff->id = reply->staff;
    memcpy(staff->alias, reply->staff_alias, sizeof staff->alias);
    model->back_count = 0;
    model_replace(model, SCREEN_STAFF);
    screen_staff.enter(model, effects);
}

static void refuse_setup(struct model *model, enum err err, struct effects *effects)
{
    struct staff_session *staff = &model->staff;
    if (err == ERR_CONFLICT) {
        /* An earlier try with another PIN was kept after all: begin a new fact. */
        staff->fact = model->fresh[0];
    } else if (err == ERR_DENIED) {
        /* Somebody has set up the team meanwhile: ask again who may come in. */
        ask(model, effects, EFFECT_STAFF_KNOWN);
    }
    model->notice = err == ERR_FULL ? NOTICE_DISK_FULL : NOTICE_NOT_SAVED;
}

void staff_on_added(struct model *model, const struct reply *reply, struct effects *effects)
{
    struct staff_session *staff = &model->staff;
    staff->checking = false;
    if (reply->err != ERR_OK) {
        refuse_setup(model, reply->err, effects);
        return;
    }
    str_copy(staff->new_card, sizeof staff->new_card, str_of(reply->text));
    memcpy(staff->new_alias, staff->setup_alias, sizeof staff->new_alias);
    staff->new_is_staff = true;
    wipe_pin(staff);
    memset(staff->pin_first, 0, sizeof staff->pin_first);
    model->back_count = 0;
    model_replace(model, SCREEN_CARD);
    screen_card.enter(model, effects);
}

const struct screen screen_staff_door = {.name = "staff_door",
                                         .theme = THEME_STAFF,
                                         .personal = true,
                                         .view = door_view,
                                         .update = door_update,
                                         .enter = door_enter};
