/* A new card for somebody who is enrolled and has lost theirs. */
#include "screens/staff_parts.h"

#include "domain/participant.h"

#define ENTER_KEY 13

/* What a lost card takes with it is said before, and as it is: the old history was sealed
 * to the old card, and nobody here can open it. */
static const char *honest_text(struct ui *ui)
{
    return ui_tr(ui, "Die alte Karte gilt dann nicht mehr. Das alte Blatt öffnet nur die "
                     "alte Karte: Ist sie weg, bleibt es zu. Neue Jobs kommen auf ein neues "
                     "Blatt.");
}

static bool may_save(const struct model *model)
{
    return !model->staff.jobs.busy && alias_valid(str_of(model->staff.jobs.card_alias));
}

static void card_view(struct ui *ui)
{
    const struct staff_jobs *jobs = &ui->model->staff.jobs;
    struct rect area = staff_area(ui), foot = ui_foot(ui);
    const char *title = ui_tr(ui, "Neue Karte für wen?"), *text = honest_text(ui);
    struct words words = {FONT_NOTE, COLOR_INK, PLACE_START, 6};
    ui_head(ui, title,
            UI_FILL(ui, "{title} {text}", TR_ARG("title", title), TR_ARG("text", text)));
    int keys = area.h * (ui->height > ui->width ? 46 : 58) / 100;
    ui_keyboard(ui, rect_cut_bottom(&area, keys));
    rect_cut_bottom(&area, 14);
    struct rect field = ui->height > ui->width ? rect_cut_top(&area, 90)
                                               : rect_cut_start(&area, area.w * 36 / 100);
    field.h = field.h > 90 ? 90 : field.h;
    staff_alias_field(ui, field, jobs->card_alias);
    if (ui->height > ui->width) {
        rect_cut_top(&area, 24);
    } else {
        rect_cut_start(&area, 28);
    }
    words.font = ui_fit(ui, area, words, text);
    ui_text(ui, area, words, text);
    staff_main(ui, &foot, "check",
               ui_tr(ui, jobs->busy ? N_("Ich speichere …") : N_("Neue Karte drucken")),
               msg_make(MSG_FORM_SAVE, 0, 0), may_save(ui->model));
}

static void save(struct model *model, struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    if (!may_save(model)) {
        return;
    }
    struct effect *effect = ask(model, effects, EFFECT_ISSUE_CARD);
    effect->fact = jobs->fact;
    str_copy(effect->alias, sizeof effect->alias, str_of(jobs->card_alias));
    jobs->busy = true;
    model->notice = NOTICE_NONE;
}

static void card_update(struct model *model, const struct msg *msg, struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    if (jobs->busy) {
        return;
    }
    if (msg->kind == MSG_FORM_SAVE || (msg->kind == MSG_KEY && msg->a == ENTER_KEY)) {
        save(model, effects);
    } else if (msg->kind == MSG_KEY) {
        alias_type(jobs->card_alias, msg->a);
        jobs->fact = model->fresh[0]; /* for another name it is another card */
        model->notice = NOTICE_NONE;
    }
}

static void card_enter(struct model *model, struct effects *effects)
{
    (void)effects;
    if (uid_is_nil(model->staff.jobs.fact)) {
        model->staff.jobs.fact = model->fresh[0];
    }
}

const struct screen screen_staff_card = {.name = "staff_card",
                                         .theme = THEME_STAFF,
                                         .personal = true,
                                         .view = card_view,
                                         .update = card_update,
                                         .enter = card_enter};
