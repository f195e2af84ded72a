/* The agreement in five pictures: what, when, where, with whom, how much. */
#include "screens/jobs.h"
#include "screens/words.h"

#include "domain/field.h"

struct picture_fact {
    const char *icon;
    enum color fill;
    const char *label, *value;
};

static void draw_fact(struct ui *ui, struct rect at, const struct picture_fact *fact)
{
    ui_box(ui, at, (struct look){fact->fill, COLOR_INK, 3, 24, 6});
    struct rect inside = rect_inset(at, ui->tiny ? 12 : 18);
    struct words label = {FONT_PILL, COLOR_INK, PLACE_CENTER, 1};
    struct words value = {FONT_SMALL_TITLE, COLOR_INK, PLACE_CENTER, 5};
    if (ui->narrow) {
        struct rect spot = rect_cut_start(&inside, inside.h);
        ui_icon(ui, rect_inset(spot, 6), fact->icon);
        rect_cut_start(&inside, 18);
        label.place = value.place = PLACE_START;
    } else {
        int size = inside.h * 32 / 100 > 110 ? 110 : inside.h * 32 / 100;
        struct rect spot = rect_cut_top(&inside, size);
        ui_icon(ui, rect_make(spot.x + (spot.w - size) / 2, spot.y, size, size), fact->icon);
        rect_cut_top(&inside, ui->low ? 6 : 16);
    }
    rect_cut_top(&inside, ui_text(ui, inside, label, fact->label) + 4);
    value.font = ui_fit(ui, inside, value, fact->value);
    ui_text(ui, inside, value, fact->value);
}

static void draw_facts(struct ui *ui, struct rect area, const struct wish *wish)
{
    const char *where = wish->place[0]
                            ? UI_FILL(ui, ui_tr(ui, "{place}, {district}"),
                                      TR_ARG("place", wish->place),
                                      TR_ARG("district", wish->district))
                            : ui_own(ui, wish->district);
    const struct picture_fact facts[] = {
        {field_icon(wish->field), ui_field_tint(wish->field), ui_tr(ui, "Was"),
         ui_own(ui, wish->title)},
        {"clock", COLOR_LEMON, ui_tr(ui, "Wann"),
         ui->tiny ? words_when_brief(ui, &wish->work) : words_when(ui, &wish->work)},
        {"place", COLOR_MINT, ui_tr(ui, "Wo"), where},
        {"people", COLOR_ROSE, ui_tr(ui, "Mit wem"), ui_tr(ui, "Das Team sagt es dir vorher.")},
        {"euro", COLOR_BLITZ, ui_tr(ui, "Wie viel"), words_money_spoken(ui, wish->cents)},
    };
    int count = (int)ARRAY_LEN(facts), gap = ui->narrow ? 16 : 20;
    for (int i = 0; i < count; i++) {
        struct rect at;
        if (ui->narrow) {
            int height = (area.h - gap * (count - 1)) / count;
            height = height > 150 ? 150 : height;
            at = rect_make(area.x, area.y + i * (height + gap), area.w, height);
        } else {
            int width = (area.w - gap * (count - 1)) / count;
            int height = area.h > 360 ? 360 : area.h;
            at = rect_make(area.x + i * (width + gap), area.y, width, height);
        }
        draw_fact(ui, at, &facts[i]);
    }
}

static void agreement_view(struct ui *ui)
{
    const struct job_brief *job = jobs_open(ui->model);
    struct rect area = ui_content(ui), foot = ui_foot(ui);
    const char *title = ui_tr(ui, "Unsere Abmachung");
    if (!job) {
        ui_head(ui, title, NULL);
        return;
    }
    const struct wish *wish = &job->wish;
    const char *spoken = UI_FILL(ui, ui_tr(ui, "{title}. {what}. {when}. {where}. {money}."),
                                 TR_ARG("title", title), TR_ARG("what", wish->title),
                                 TR_ARG("when", words_when(ui, &wish->work)),
                                 TR_ARG("where", wish->place[0] ? wish->place : wish->district),
                                 TR_ARG("money", words_money_spoken(ui, wish->cents)));
    const char *lead =
        ui_tr(ui, job->accepted ? N_("Du hast zugesagt. Wir freuen uns auf dich.")
                                : N_("Ein Coach hat zugesagt. Passt das alles für dich?"));
    ui_head(ui, title, spoken);
    rect_cut_top(&area, ui->low ? 0 : 6);
    struct words words = {FONT_LEAD, COLOR_INK, PLACE_START, 2};
    words.font = ui_fit(ui, rect_make(0, 0, area.w, ui->low ? 40 : 84), words, lead);
    rect_cut_top(&area, ui_text(ui, area, words, lead) + (ui->low ? 12 : 24));
    rect_cut_bottom(&area, 14);
    draw_facts(ui, area, wish);
    if (job->accepted) {
        ui_foot_end(ui, &foot, &(struct button){BUTTON_MAIN, NULL, ui_tr(ui, "Fertig"),
                                                msg_make(MSG_BACK, 0, 0), FONT_BUTTON});
    } else {
        ui_foot_end(ui, &foot, &(struct button){BUTTON_MAIN, "check",
                                                ui_tr(ui, "Ja, so machen wir es"),
                                                msg_make(MSG_AGREE, 0, 0), FONT_BUTTON});
    }
    ui_foot_start(ui, &foot,
                  &(struct button){BUTTON_PLAIN, NULL, ui_tr(ui, "Doch nicht"),
                                   msg_make(MSG_JOB_EVENT, JOB_CANCEL, 0), FONT_BUTTON});
    struct button print = {BUTTON_PLAIN, "printer", ui_tr(ui, "Drucken"),
                           msg_make(MSG_PRINT, 0, 0), FONT_BUTTON};
    if (ui_button_width(ui, &print) <= foot.w) {
        ui_foot_start(ui, &foot, &print);
    }
}

static void print(struct model *model, struct effects *effects)
{
    const struct job_brief *job = jobs_open(model);
    if (!job) {
        return;
    }
    struct effect *effect = ask(model, effects, EFFECT_PRINT_AGREEMENT);
    effect->wish = job->wish;
    str_copy(effect->alias, sizeof effect->alias, str_of(model->visit.who.alias));
    model->visit.jobs.print_state = PRINT_RUNNING;
}

static void agreement_update(struct model *model, const struct msg *msg,
                             struct effects *effects)
{
    if (msg->kind == MSG_AGREE) {
        jobs_event(model, effects, JOB_AGREE);
    } else if (msg->kind == MSG_JOB_EVENT && msg->a == JOB_CANCEL) {
        jobs_event(model, effects, JOB_CANCEL);
    } else if (msg->kind == MSG_PRINT) {
        print(model, effects);
    }
}

void agreement_answered(struct model *model, enum assignment_answer answer,
                        struct effects *effects)
{
    if (model->screen != SCREEN_AGREEMENT) {
        return;
    }
    if (answer == ANSWER_AGREED) {
        model->notice = NOTICE_AGREED;
        print(model, effects);
    } else if (answer == ANSWER_CANCELLED) {
        model_back(model);
        model->notice = NOTICE_CALLED_OFF;
        ask(model, effects, EFFECT_LIST_WISHES);
        ask(model, effects, EFFECT_LOAD_OFFERS);
    }
}

void agreement_on_print(struct model *model, const struct reply *reply,
                        struct effects *effects)
{
    (void)effects;
    model->visit.jobs.print_state = (int)reply->print;
    model->printer = reply->print;
    if (reply->print != PRINT_DONE && model->screen == SCREEN_AGREEMENT) {
        model->notice = NOTICE_NOT_PRINTED;
    }
}

const struct screen screen_agreement = {.name = "agreement",
                                        .theme = THEME_PAPER,
                                        .personal = true,
                                        .view = agreement_view,
                                        .update = agreement_update};
