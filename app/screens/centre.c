/* "Zentrale": to which one this kiosk belongs, how far it has got, and coming to another.
 */
#include "screens/centre.h"

#include "screens/staff_parts.h"

#include <string.h>

#define ENTER_KEY 13
#define SCHEME "https://" /* what an address nearly always begins with */

static void centre_view(struct ui *ui)
{
    if (ui->model->staff.centre.step == CENTRE_SHOW) {
        centre_view_show(ui);
    } else {
        centre_view_form(ui);
    }
}

/* ---- messages ---------------------------------------------------------------------- */

static void begin_typing(struct model *model)
{
    struct centre_form *form = &model->staff.centre;
    const char *asked = model->centre.asked_url;
    form->step = CENTRE_URL;
    if (form->url[0] == '\0') {
        /* Mostly it is the code that did not do. */
        str_copy(form->url, sizeof form->url, asked[0] ? str_of(asked) : STR(SCHEME));
    }
}

static void take_step(struct model *model, int step)
{
    struct centre_form *form = &model->staff.centre;
    bool url = centre_url_ready(form), code = centre_code_ready(form);
    model->focus = -1;
    switch (step) {
    case CENTRE_URL:
        begin_typing(model);
        break;
    case CENTRE_CODE:
        form->step = url ? CENTRE_CODE : CENTRE_URL;
        model->notice = url ? NOTICE_NONE : NOTICE_CENTRE_URL;
        break;
    case CENTRE_CHECK:
        form->step = url && code ? CENTRE_CHECK : form->step;
        break;
    default:
        form->step = CENTRE_SHOW;
        break;
    }
}

static void ask_for(struct model *model, struct effects *effects)
{
    struct centre_form *form = &model->staff.centre;
    struct effect *effect = ask(model, effects, EFFECT_CENTRE_ASK);
    memcpy(effect->text, form->url, sizeof form->url);
    memcpy(effect->words, form->code, sizeof form->code);
    form->saving = true;
    model->notice = NOTICE_NONE;
}

static void enter_key(struct model *model)
{
    const struct centre_form *form = &model->staff.centre;
    if (form->step == CENTRE_URL) {
        take_step(model, CENTRE_CODE);
    } else if (form->step == CENTRE_CODE) {
        take_step(model, CENTRE_CHECK);
    }
}

static void centre_update(struct model *model, const struct msg *msg,
                          struct effects *effects)
{
    struct centre_form *form = &model->staff.centre;
    if (!model->staff.open || form->saving) {
        return;
    }
    if (msg->kind == MSG_CENTRE_STEP) {
        take_step(model, msg->a);
    } else if (msg->kind == MSG_CENTRE_ASK && form->step == CENTRE_CHECK) {
        ask_for(model, effects);
    } else if (msg->kind == MSG_KEY && msg->a == ENTER_KEY) {
        enter_key(model);
    } else if (msg->kind == MSG_KEY) {
        centre_type(form, msg->a);
    }
}

static bool centre_back(struct model *model)
{
    struct centre_form *form = &model->staff.centre;
    if (form->step == CENTRE_SHOW) {
        return false;
    }
    if (!form->saving) {
        bool all_at_once = form->step == CENTRE_CHECK && form->scanned;
        form->step = all_at_once ? CENTRE_SHOW : (enum centre_step)(form->step - 1);
        model->notice = NOTICE_NONE;
        model->focus = -1;
    }
    return true;
}

static void centre_enter(struct model *model, struct effects *effects)
{
    if (!model->staff.open) {
        model_forget(model); /* nobody but staff comes here */
        return;
    }
    effects_add(effects, EFFECT_CENTRE);
}

/* ---- answers ----------------------------------------------------------------------- */

void centre_on_asked(struct model *model, const struct reply *reply,
                     struct effects *effects)
{
    struct centre_form *form = &model->staff.centre;
    (void)effects;
    form->saving = false;
    if (reply->err == ERR_OK) {
        memset(form, 0, sizeof *form); /* the code is in the store now, and only there */
        model_centre(model, &reply->centre);
    } else if (reply->err == ERR_INVALID) {
        form->step = CENTRE_URL;
        model->notice = NOTICE_CENTRE_URL;
    } else {
        model->notice = staff_failure(reply->err);
    }
}

void centre_on_scan(struct model *model, const struct reply *reply,
                    struct effects *effects)
{
    struct centre_form *form = &model->staff.centre;
    if (!model->staff.open) {
        model->notice = NOTICE_FOR_STAFF;
        return;
    }
    if (form->saving) {
        return;
    }
    if (model->screen != SCREEN_CENTRE) {
        go(model, effects, SCREEN_CENTRE);
    }
    memset(form, 0, sizeof *form);
    str_copy(form->url, sizeof form->url, str_of(reply->text));
    str_copy(form->code, sizeof form->code, str_of(reply->words));
    form->scanned = true;
    form->step = CENTRE_CHECK;
}

const struct screen screen_centre = {.name = "centre",
                                     .theme = THEME_STAFF,
                                     .personal = true,
                                     .view = centre_view,
                                     .update = centre_update,
                                     .enter = centre_enter,
                                     .back = centre_back};
