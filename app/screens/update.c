/* What every screen understands: moving about, language, scans, time-outs. */
#include "screens/replies.h"

#include <string.h>

struct effect *ask(const struct model *model, struct effects *effects, enum effect_kind kind)
{
    struct effect *effect = effects_add(effects, kind);
    effect->serial = model->serial;
    effect->language = model->language;
    effect->participant = model->visit.who.id;
    effect->staff = model->staff.id;
    return effect;
}

static void enter(struct model *model, struct effects *effects)
{
    const struct screen *screen = screen_of(model->screen);
    if (screen->enter) {
        screen->enter(model, effects);
    }
}

void go(struct model *model, struct effects *effects, enum screen_id screen)
{
    model_open(model, screen);
    enter(model, effects);
}

static void back(struct model *model, struct effects *effects)
{
    const struct screen *screen = screen_of(model->screen);
    if (screen->back && screen->back(model)) {
        return;
    }
    model_back(model);
    enter(model, effects);
}

static void open_door(struct model *model, enum screen_id screen, struct effects *effects)
{
    bool age_needed = screen == SCREEN_OFFERS && !model->visit.signed_in &&
                      model->browse.age == AGE_UNKNOWN;
    bool personal = screen == SCREEN_WISHES || screen == SCREEN_HERE || screen == SCREEN_HOW;
    bool person_needed = personal && !model->visit.signed_in;
    if (person_needed) {
        model->visit.after = screen;
        screen = SCREEN_WHO;
    }
    go(model, effects, age_needed ? SCREEN_AGE : screen);
}

static void tick(struct model *model, struct effects *effects)
{
    int left = model_seconds_left(model);
    if (left == 0) {
        model_forget(model);
        effects_add(effects, EFFECT_HUSH);
    } else if (left > 0 && left <= model->env.warn_s && !model->warning) {
        model->warning = true;
        model->pressed = msg_make(MSG_NONE, 0, 0);
        effects_add(effects, EFFECT_SOUND_WARN);
    }
}

/* Bigger, still bigger, then black on white too, then as at first. */
static void next_text_size(struct model *model)
{
    if (model->text_percent < 150) {
        model->text_percent += 25;
    } else if (!model->contrast) {
        model->contrast = true;
    } else {
        model->text_percent = 100;
        model->contrast = model->env.contrast;
    }
}

static void read_scan(struct model *model, struct effects *effects)
{
    struct effect *effect = ask(model, effects, EFFECT_READ_SCAN);
    str_copy(effect->text, sizeof effect->text, str_of(model->scanned));
    memset(model->scanned, 0, sizeof model->scanned);
}

/* Somebody else wrote into the store: the centre's answers appear without a restart. */
static void look_again(struct model *model, struct effects *effects)
{
    effects_add(effects, EFFECT_LOAD_OFFERS);
    effects_add(effects, EFFECT_CENTRE);
    if (model->visit.signed_in && model->screen == SCREEN_WISHES) {
        ask(model, effects, EFFECT_LIST_WISHES);
        ask(model, effects, EFFECT_LIST_JOBS);
    }
    if (model->staff.open && model->screen == SCREEN_STAFF) {
        ask(model, effects, EFFECT_STAFF_LIST);
    }
}

/* A locked kiosk is told what happens, and reads its one sentence; nothing else. */
static bool passes_lock(const struct msg *msg)
{
    return msg->kind == MSG_FEED_CHANGED || msg->kind == MSG_READ_ALOUD ||
           msg->kind == MSG_TEXT_SIZE || msg->kind == MSG_STAY;
}

/* True if the message was for everybody. */
static bool update_common(struct model *model, const struct msg *msg,
                          struct effects *effects)
{
    switch (msg->kind) {
    case MSG_BACK:
        back(model, effects);
        return true;
    case MSG_HOME:
    case MSG_SIGN_OUT:
    case MSG_STAFF_LOCK:
        model_forget(model);
        return true;
    case MSG_OPEN:
        open_door(model, (enum screen_id)msg->a, effects);
        return true;
    case MSG_LANGUAGE:
        model->language = msg->a;
        model_back(model);
        return true;
    case MSG_TEXT_SIZE:
        next_text_size(model);
        return true;
    case MSG_READ_ALOUD:
        effects_add(effects, EFFECT_SPEAK_SCREEN);
        return true;
    case MSG_DISMISS:
        model->notice = NOTICE_NONE;
        return true;
    case MSG_SCAN:
        read_scan(model, effects);
        return true;
    case MSG_FEED_CHANGED:
        look_again(model, effects);
        return true;
    case MSG_STAY:
    case MSG_PRESS:
    case MSG_RELEASE:
        return true;
    default:
        return false;
    }
}

/* What a notice said was read once something else is done. */
static void outlive_notice(struct model *model, const struct msg *msg)
{
    bool stays = model->notice == NOTICE_STATE_LOST ||
                 model->notice == NOTICE_STATE_COPIED || model->notice == NOTICE_WAIT;
    if (!stays && msg->kind != MSG_FOCUS && msg->kind != MSG_STAY &&
        msg->kind != MSG_READ_ALOUD && msg->kind != MSG_TEXT_SIZE) {
        model->notice = NOTICE_NONE;
    }
}

void update(struct model *model, const struct msg *msg, const struct reply *reply,
            struct effects *effects)
{
    if (msg->kind == MSG_TICK) {
        tick(model, effects);
        return;
    }
    if (msg->kind == MSG_REPLY) {
        replies_update(model, reply, effects);
        return;
    }
    if (model->centre.locked && !passes_lock(msg)) {
        memset(model->scanned, 0, sizeof model->scanned);
        return;
    }
    if (msg->kind != MSG_FEED_CHANGED) {
        model->touched_ms = model->mono_ms;
        model->warning = false;
        outlive_notice(model, msg);
    }
    if (!update_common(model, msg, effects) && screen_of(model->screen)->update) {
        screen_of(model->screen)->update(model, msg, effects);
    }
}

void update_press(struct model *model, struct msg pressed)
{
    model->pressed = pressed;
    model->focus = -1;
    model->touched_ms = model->mono_ms;
}
