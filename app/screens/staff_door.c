/* The door for staff: a card and a PIN; on a new kiosk, setting up the first card.
 *
 * While setting up, each step lies on the way back as this screen once more, so that
 * back leads one step back. */
#include "screens/staff_door.h"

#include <string.h>

#define DELETE_KEY 8
#define DELETE_DIGIT 10
#define ENTER_KEY 13

/* ---- what is asked for now --------------------------------------------------------- */

bool door_is_setting_up(const struct staff_session *staff)
{
    return staff->known && !staff->any_staff;
}

enum door_step door_step(const struct staff_session *staff)
{
    return staff->typing                 ? DOOR_ALIAS
           : staff->pin_first[0] == '\0' ? DOOR_PIN
                                         : DOOR_PIN_AGAIN;
}

bool door_wants_alias(const struct staff_session *staff)
{
    return door_is_setting_up(staff) && door_step(staff) == DOOR_ALIAS;
}

bool door_wants_pin(const struct staff_session *staff)
{
    return door_is_setting_up(staff) ? door_step(staff) != DOOR_ALIAS
                                     : staff->card[0] != '\0';
}

bool door_may_go_on(const struct model *model)
{
    const struct staff_session *staff = &model->staff;
    if (staff->checking || model->mono_ms < staff->wait_until_ms) {
        return false;
    }
    return door_wants_alias(staff)
               ? staff->setup_alias[0] != '\0'
               : door_wants_pin(staff) && strlen(staff->pin) >= PIN_DIGITS_MIN;
}

/* ---- update ------------------------------------------------------------------------ */

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
    if (!door_may_go_on(model)) {
        return;
    }
    if (!door_is_setting_up(staff)) {
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
    } else if (door_wants_alias(staff)) {
        alias_type(staff->setup_alias, key);
    } else if (door_wants_pin(staff)) {
        type_digit(staff, key == DELETE_KEY ? DELETE_DIGIT : key - '0');
    }
}

static void door_update(struct model *model, const struct msg *msg,
                        struct effects *effects)
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
    } else if (msg->kind == MSG_STAFF_PIN && door_wants_pin(staff)) {
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
    staff->typing = steps == DOOR_ALIAS;
    if (steps < DOOR_PIN_AGAIN) {
        memset(staff->pin_first, 0, sizeof staff->pin_first);
    }
    if (uid_is_nil(staff->fact)) {
        staff->fact = model->fresh[0];
    }
    ask(model, effects, EFFECT_STAFF_KNOWN);
}

/* ---- answers ----------------------------------------------------------------------- */

void staff_on_known(struct model *model, const struct reply *reply,
                    struct effects *effects)
{
    (void)effects;
    /* In doubt there is a card already: nobody may set up a second team by a broken disk.
     */
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

void staff_on_sign_in(struct model *model, const struct reply *reply,
                      struct effects *effects)
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

void staff_on_added(struct model *model, const struct reply *reply,
                    struct effects *effects)
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
