#include "model/model.h"

#include <stddef.h>
#include <string.h>

void model_init(struct model *model, const struct model_env *env, int width, int height)
{
    /* The room for offers, a megabyte, is not touched before there are some. */
    size_t offers = offsetof(struct model, offers), after = offers + sizeof model->offers;
    memset(model, 0, offers);
    memset((char *)model + after, 0, sizeof *model - after);
    model->env = *env;
    model->width = width;
    model->height = height;
    model->text_percent = 100;
    model->contrast = env->contrast;
    model->language = env->language;
    model->focus = -1;
    model->browse.offer = -1;
}

static void arrive(struct model *model, enum screen_id screen)
{
    model->screen = screen;
    model->screen_since_ms = model->mono_ms;
    model->notice = NOTICE_NONE;
    model->pressed = (struct msg){MSG_NONE, 0, 0};
    model->focus = -1;
}

void model_open(struct model *model, enum screen_id screen)
{
    if (screen == model->screen) {
        return;
    }
    if (model->back_count == BACK_MAX) {
        memmove(model->back, model->back + 1, sizeof model->back[0] * (BACK_MAX - 1));
        model->back_count--;
    }
    model->back[model->back_count++] = model->screen;
    arrive(model, screen);
}

void model_replace(struct model *model, enum screen_id screen)
{
    arrive(model, screen);
}

void model_back(struct model *model)
{
    if (model->back_count == 0) {
        model_forget(model);
        return;
    }
    arrive(model, model->back[--model->back_count]);
}

void model_forget(struct model *model)
{
    bool sheet_was_open = model->visit.jobs.sheet_known;
    memset(&model->browse, 0, sizeof model->browse);
    memset(&model->visit, 0, sizeof model->visit);
    memset(&model->staff, 0, sizeof model->staff);
    memset(&model->site, 0, sizeof model->site);
    if (sheet_was_open) {
        /* Half a megabyte: untouched pages shall stay untouched. */
        memset(&model->sheet, 0, sizeof model->sheet);
    }
    memset(model->scanned, 0, sizeof model->scanned);
    model->browse.offer = -1;
    model->back_count = 0;
    model->text_percent = 100;
    model->contrast = model->env.contrast;
    model->language = model->env.language;
    model->warning = false;
    model->serial++;
    arrive(model, model->centre.locked ? SCREEN_LOCKED : SCREEN_HOME);
}

void model_centre(struct model *model, const struct centre *centre)
{
    bool was_locked = model->centre.locked;
    model->centre = *centre;
    model->centre.heard_mono_ms = model->mono_ms;
    model->env.words_can_be_sealed = centre->words_can_be_sealed;
    if (centre->locked != was_locked) {
        model_forget(model);
    }
}

void model_receipts(struct model *model, const struct sync_receipts *receipts)
{
    model->centre.receipts = *receipts;
    model->centre.heard_mono_ms = model->mono_ms;
}

bool model_is_personal(const struct model *model)
{
    return model->visit.signed_in || model->visit.alias[0] != '\0' ||
           model->visit.picture_count > 0 || model->screen == SCREEN_WHO;
}

static bool is_at_rest(const struct model *model)
{
    bool start = model->screen == SCREEN_HOME || model->screen == SCREEN_LOCKED;
    return start && !model_is_personal(model) &&
           !model->staff.open && model->staff.card[0] == '\0' &&
           model->language == model->env.language &&
           model->text_percent == 100 && model->contrast == model->env.contrast &&
           model->browse.age == AGE_UNKNOWN;
}

int model_seconds_left(const struct model *model)
{
    if (is_at_rest(model)) {
        return -1;
    }
    int limit = model->staff.open ? model->env.staff_idle_s : model->env.idle_s;
    int64_t spent = (model->mono_ms - model->touched_ms) / 1000;
    return spent >= limit ? 0 : limit - (int)spent;
}

int model_sleep_ms(const struct model *model)
{
    int to_minute = 60000 - (int)(model->wall_ms % 60000);
    if (is_at_rest(model)) {
        return to_minute;
    }
    bool counting = model->warning || model->screen == SCREEN_SAVED || model->staff.open ||
                    model->visit.wait_until_ms > model->mono_ms ||
                    model->staff.wait_until_ms > model->mono_ms;
    if (counting) {
        return 1000 - (int)((model->mono_ms - model->touched_ms) % 1000);
    }
    int to_warning = (model_seconds_left(model) - model->env.warn_s) * 1000 + 5;
    return to_warning < 5 ? 5 : to_warning < to_minute ? to_warning : to_minute;
}
