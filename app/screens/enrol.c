/* Staff enrol a new young person: five steps, then the card.
 *
 * Each step lies on the way back as this screen once more, so that back leads one step
 * back and keeps what was entered. The ids of the fact and of the person are made when
 * the form begins and kept through retries. */
#include "screens/enrol_steps.h"
#include "screens/pictures.h"
#include "screens/staff_parts.h"

#include <string.h>

#define ENTER_KEY 13

/* ---- view -------------------------------------------------------------------------- */

static void (*const step_views[FORM_STEPS])(struct ui *ui, struct rect area) = {
    [ENROL_ALIAS] = enrol_view_alias, [ENROL_PICTURES] = enrol_view_pictures,
    [ENROL_AGE] = enrol_view_age,     [ENROL_CONSENT] = enrol_view_consent,
    [ENROL_LIKES] = enrol_view_likes,
};

static const char *const step_names[FORM_STEPS] = {
    [ENROL_ALIAS] = N_("Dein Spitzname"), [ENROL_PICTURES] = N_("Dein Geheimnis"),
    [ENROL_AGE] = N_("Alter und Schule"), [ENROL_CONSENT] = N_("Einwilligungen"),
    [ENROL_LIKES] = N_("Was magst du?"),
};

static void draw_foot(struct ui *ui, const struct enrol_form *form)
{
    bool last = form->step == FORM_STEPS - 1;
    struct rect foot = ui_foot(ui);
    bool alias_begun = form->step == ENROL_ALIAS && form->who.alias[0] != '\0';
    bool ready = alias_begun || enrol_complete(form, (enum enrol_step)form->step);
    const char *text = ui_tr(ui, form->saving ? N_("Ich speichere …")
                                 : last       ? N_("Speichern")
                                              : N_("Weiter"));
    staff_dots(ui, rect_cut_start(&foot, 5 * 20 + 4 * 10), form->step + 1, FORM_STEPS,
               20);
    rect_cut_start(&foot, 16);
    staff_main(ui, &foot, last ? "check" : NULL, text,
               last ? msg_make(MSG_FORM_SAVE, 0, 0) : msg_make(MSG_FORM_STEP, 1, 0),
               ready && !form->saving);
}

static void enrol_view(struct ui *ui)
{
    const struct enrol_form *form = &ui->model->staff.form;
    const char *name = ui_tr(ui, step_names[form->step]);
    struct rect area = staff_area(ui);
    ui_head(ui, name,
            UI_FILL(ui, ui_tr(ui, "Neu anmelden, Schritt {n} von {count}. {name}"),
                    TR_ARG("n", ui_number(ui, form->step + 1)),
                    TR_ARG("count", ui_number(ui, FORM_STEPS)), TR_ARG("name", name)));
    step_views[form->step](ui, area);
    draw_foot(ui, form);
}

/* ---- moving through the steps ------------------------------------------------------ */

static int steps_behind(const struct model *model)
{
    int steps = 0;
    while (steps < model->back_count &&
           model->back[model->back_count - 1 - steps] == SCREEN_ENROL) {
        steps++;
    }
    return steps;
}

static void to_first_step(struct model *model)
{
    model->back_count -= steps_behind(model);
    model->staff.form.step = ENROL_ALIAS;
}

static void next_step(struct model *model)
{
    struct enrol_form *form = &model->staff.form;
    if (!enrol_complete(form, (enum enrol_step)form->step)) {
        model->notice = form->step == ENROL_ALIAS ? NOTICE_ALIAS_SHORT : model->notice;
        return;
    }
    if (form->step + 1 < FORM_STEPS && model->back_count < BACK_MAX) {
        model->back[model->back_count++] = SCREEN_ENROL;
        form->step++;
        form->page = 0;
        model->notice = NOTICE_NONE;
    }
}

static void enrol_enter(struct model *model, struct effects *effects)
{
    struct enrol_form *form = &model->staff.form;
    int steps = steps_behind(model);
    (void)effects;
    if (uid_is_nil(form->who.id)) {
        *form =
            (struct enrol_form){.who = {.id = model->fresh[1], .band_until = DATE_NONE}};
        model->staff.fact = model->fresh[0];
    }
    form->step = steps < FORM_STEPS ? steps : FORM_STEPS - 1;
    form->page = 0;
}

/* ---- messages ---------------------------------------------------------------------- */

static bool is_complete(const struct enrol_form *form)
{
    for (int step = 0; step < FORM_STEPS; step++) {
        if (!enrol_complete(form, (enum enrol_step)step)) {
            return false;
        }
    }
    return true;
}

static void save(struct model *model, struct effects *effects)
{
    struct staff_session *staff = &model->staff;
    if (!is_complete(&staff->form)) {
        return;
    }
    struct effect *effect = ask(model, effects, EFFECT_ENROL);
    effect->fact = staff->fact;
    effect->who = staff->form.who;
    memcpy(effect->pictures, staff->form.pictures, sizeof effect->pictures);
    staff->form.saving = true;
    model->notice = NOTICE_NONE;
}

static void type_key(struct model *model, int key)
{
    struct enrol_form *form = &model->staff.form;
    if (form->step != ENROL_ALIAS) {
        return;
    }
    if (key == ENTER_KEY) {
        next_step(model);
    } else {
        alias_type(form->who.alias, key);
    }
}

static void enrol_update(struct model *model, const struct msg *msg,
                         struct effects *effects)
{
    struct enrol_form *form = &model->staff.form;
    if (form->saving) {
        return;
    }
    switch (msg->kind) {
    case MSG_KEY:
        type_key(model, msg->a);
        break;
    case MSG_PICTURE:
        pictures_choose(form->pictures, &form->picture_count, msg->a);
        break;
    case MSG_PICTURE_UNDO:
        pictures_undo(form->pictures, &form->picture_count);
        break;
    case MSG_FORM_CHOICE:
        enrol_answer(form, (enum form_field)msg->a, msg->b, model->today);
        break;
    case MSG_FORM_STEP:
        next_step(model);
        break;
    case MSG_PAGE:
        form->page = msg->a < 0 ? 0 : msg->a;
        break;
    case MSG_FORM_SAVE:
        save(model, effects);
        break;
    default:
        break;
    }
}

/* ---- the answer -------------------------------------------------------------------- */

static void show_card(struct model *model, const struct reply *reply,
                      struct effects *effects)
{
    struct staff_session *staff = &model->staff;
    str_copy(staff->new_card, sizeof staff->new_card, str_of(reply->text));
    str_copy(staff->new_alias, sizeof staff->new_alias, str_of(reply->who.alias));
    staff->new_is_staff = false;
    staff->print = PRINT_NONE;
    memset(&staff->form, 0, sizeof staff->form);
    if (model->screen == SCREEN_ENROL) {
        to_first_step(model);
        model_replace(model, SCREEN_CARD);
        screen_card.enter(model, effects);
    } else {
        /* Staff had gone on, but this card is shown only once. */
        go(model, effects, SCREEN_CARD);
    }
}

static void take_other_alias(struct model *model)
{
    struct staff_session *staff = &model->staff;
    to_first_step(model);
    /* Another name is another fact: the refused one said something else. */
    staff->fact = model->fresh[0];
    staff->form.who.id = model->fresh[1];
    model->notice = NOTICE_ALIAS_TAKEN;
}

void enrol_on_saved(struct model *model, const struct reply *reply,
                    struct effects *effects)
{
    bool waiting = model->staff.form.saving;
    model->staff.form.saving = false;
    if (reply->err == ERR_OK) {
        effects_add(effects, EFFECT_SOUND_DONE);
        show_card(model, reply, effects);
    } else if (reply->err == ERR_CONFLICT && waiting && model->screen == SCREEN_ENROL) {
        take_other_alias(model);
    } else {
        model->notice = reply->err == ERR_FULL ? NOTICE_DISK_FULL : NOTICE_NOT_SAVED;
    }
}

const struct screen screen_enrol = {.name = "enrol",
                                    .theme = THEME_STAFF,
                                    .personal = true,
                                    .view = enrol_view,
                                    .update = enrol_update,
                                    .enter = enrol_enter};
