#include "screens/result_pages.h"

#include "screens/jobs.h"
#include "screens/words.h"

#include "domain/field.h"

#define SAID_MAX 4

static const struct evaluation_form *form_of(const struct model *model)
{
    const struct job_visit *jobs = &model->visit.jobs;
    const struct form_set *forms = model->env.forms;
    const struct evaluation_form *form = NULL;
    if (forms && forms->count > 0) {
        form = form_set_find(forms, jobs->self.form);
        form = form ? form : form_set_find(forms, jobs->site.form);
        form = form ? form : &forms->forms[forms->count - 1];
    }
    return form;
}

bool result_difference(const struct model *model, struct difference *out)
{
    const struct job_visit *jobs = &model->visit.jobs;
    const struct evaluation_form *form = form_of(model);
    if (form) {
        difference_of(form, &jobs->self, &jobs->site, out);
    }
    return form != NULL;
}

/* ---- what was seen ----------------------------------------------------------------- */

struct said {
    enum color tint;
    const char *chip, *text; /* chip: the difference word, or NULL */
};

struct said_list {
    int count;
    struct said items[SAID_MAX];
};

static void say(struct ui *ui, struct said_list *list, enum color tint,
                const struct sentence *sentence, const char *chip)
{
    if (sentence->text && list->count < SAID_MAX) {
        list->items[list->count++] = (struct said){tint, chip ? ui_tr(ui, chip) : NULL,
                                                   words_sentence(ui, sentence)};
    }
}

static struct said_list said_of(struct ui *ui)
{
    struct said_list list = {0};
    struct difference d;
    if (result_difference(ui->model, &d)) {
        say(ui, &list, COLOR_MINT, &d.strength, NULL);
        say(ui, &list, COLOR_SKY, &d.agreement, difference_word(DIFFERENCE_SAME));
        say(ui, &list, COLOR_LEMON, difference_line(&d, DIFFERENCE_SITE_SEES_MORE),
            difference_word(DIFFERENCE_SITE_SEES_MORE));
        say(ui, &list, COLOR_LILAC, &d.talk, difference_word(DIFFERENCE_WORTH_A_TALK));
    }
    if (list.count == 0) {
        list.items[list.count++] = (struct said){
            COLOR_SAND, NULL,
            ui_tr(ui, ui->model->visit.jobs.views_denied
                          ? N_("Das gehört zu deiner alten Karte. Sprich mit dem Team.")
                          : N_("Von der Stelle haben wir diesmal nichts gehört. "
                               "Das liegt nicht an dir."))};
    }
    return list;
}

static void draw_said(struct ui *ui, struct rect at, const struct said *said,
                      enum font font)
{
    ui_box(ui, at, (struct look){said->tint, COLOR_INK, 3, 28, 8});
    struct rect inside = rect_inset(at, ui->tiny ? 12 : ui->low ? 18 : 26);
    struct words words = {font, COLOR_INK, PLACE_START, 6};
    /* Without the chip the sentence alone must say it, and does. */
    struct words small = {FONT_PILL, COLOR_INK, PLACE_START, 6};
    int needed = ui_measure(ui, small, inside.w, said->text).height;
    bool room = inside.h >= (ui->tiny ? 38 : 56) + needed;
    if (said->chip && room) {
        struct words chip = {FONT_PILL, COLOR_INK, PLACE_START, 1};
        int height = ui->tiny ? 34 : 44;
        chip.font =
            ui_fit(ui, rect_make(0, 0, inside.w - 36, height - 6), chip, said->chip);
        int width = ui_measure(ui, chip, inside.w - 36, said->chip).width + 36;
        struct rect row = rect_cut_top(&inside, height);
        row = rect_cut_start(&row, width);
        ui_box(ui, row, (struct look){COLOR_WHITE, COLOR_INK, 3, 16, 0});
        ui_text_middle(ui, rect_make(row.x + 18, row.y, row.w - 36 + 2, row.h), chip,
                       said->chip);
        rect_cut_top(&inside, ui->tiny ? 4 : 12);
    }
    words.font = ui_fit(ui, inside, words, said->text);
    ui_text_middle(ui, inside, words, said->text);
}

void result_draw_seen(struct ui *ui, struct rect area)
{
    const struct job_brief *job = jobs_open(ui->model);
    struct sentence s = difference_thanks(ui->model->visit.who.alias, job->hours.minutes);
    const char *thanks = words_sentence(ui, &s);
    struct said_list list = said_of(ui);
    int gap = ui->low ? 20 : 26, others = list.count - 1;
    struct words big = {ui->low ? FONT_TITLE : FONT_HUGE, COLOR_INK, PLACE_START, 2};
    rect_cut_bottom(&area, 18);
    big.font = ui_fit(ui, rect_make(0, 0, area.w, area.h / 4), big, thanks);
    rect_cut_top(&area, ui_text(ui, area, big, thanks) + (ui->low ? 10 : 24));
    struct rect first = area;
    if (others > 0) {
        first = ui->narrow ? rect_cut_top(&area, area.h * 36 / 100)
                           : rect_cut_start(&area, (area.w - gap) * 46 / 100);
        rect_cut_start(&area, ui->narrow ? 0 : gap);
        rect_cut_top(&area, ui->narrow ? gap : 0);
    }
    draw_said(ui, first, &list.items[0], FONT_BIG);
    for (int i = 0; i < others; i++) {
        int height = (area.h - gap * (others - 1)) / others;
        draw_said(ui, rect_make(area.x, area.y + i * (height + gap), area.w, height),
                  &list.items[i + 1], FONT_CARD);
    }
}

void result_draw_words(struct ui *ui, struct rect area)
{
    const char *title = ui_tr(ui, "Das sagt die Stelle:");
    const char *text = UI_FILL(ui, ui_tr(ui, "„{words}“"),
                               TR_ARG("words", ui->model->visit.jobs.site_words));
    struct words big = {ui->low ? FONT_TITLE : FONT_HUGE, COLOR_INK, PLACE_START, 2};
    rect_cut_bottom(&area, 18);
    rect_cut_top(&area, ui_text(ui, area, big, title) + (ui->low ? 10 : 24));
    draw_said(ui, area, &(struct said){COLOR_WHITE, NULL, text}, FONT_BIG);
}

/* ---- what comes next --------------------------------------------------------------- */

static void draw_step(struct ui *ui, struct rect at, const struct difference_step *step,
                      bool chosen)
{
    const char *text = ui_tr(ui, step->text);
    bool free = !chosen && !ui->model->visit.jobs.busy;
    struct msg msg = free ? msg_make(MSG_NEXT_STEP, step->aspect, step->index)
                          : msg_make(MSG_NONE, 0, 0);
    int down = ui_touch(ui, at, 8, msg, text);
    at.y += down;
    ui_box(ui, at,
           (struct look){chosen ? COLOR_MINT : COLOR_WHITE, COLOR_INK, 3, 26, 8 - down});
    struct rect inside = rect_inset(at, ui->tiny ? 12 : 22);
    int size = inside.h > 56 ? 56 : inside.h;
    struct rect spot = rect_cut_start(&inside, size);
    ui_icon_in(ui, rect_make(spot.x, spot.y + (spot.h - size) / 2, size, size),
               chosen ? "check" : "target", COLOR_INK);
    rect_cut_start(&inside, 20);
    struct words words = {FONT_TITLE, COLOR_INK, PLACE_START, 3};
    words.font = ui_fit(ui, inside, words, text);
    ui_text_middle(ui, inside, words, text);
}

static void draw_field(struct ui *ui, struct rect at, const struct job_brief *job)
{
    const struct participant *who = &ui->model->visit.who;
    int field = field_never_tried(who->tried, who->interests, job->wish.field);
    struct sentence s = difference_new_field(field);
    const char *text = words_sentence(ui, &s);
    ui_box(ui, at,
           (struct look){field ? ui_field_tint(field) : COLOR_SAND, COLOR_INK, 3, 26, 0});
    struct rect inside = rect_inset(at, ui->tiny ? 10 : 18);
    struct rect spot = rect_cut_start(&inside, inside.h);
    ui_icon(ui, spot, field ? field_icon(field) : "new");
    rect_cut_start(&inside, 20);
    struct words words = {FONT_CARD, COLOR_INK, PLACE_START, 2};
    words.font = ui_fit(ui, inside, words, text);
    ui_text_middle(ui, inside, words, text);
}

/* The steps to choose from; once one is chosen, that one. */
static int steps_shown(const struct model *model, struct difference *d, bool *chosen_out)
{
    const struct job_brief *job = jobs_open(model);
    const struct evaluation_form *form = form_of(model);
    *chosen_out = job->next_aspect >= 0 && form &&
                  job->next_aspect < form->aspect_count && job->next_index >= 0 &&
                  job->next_index < form->aspects[job->next_aspect].next_count;
    if (*chosen_out) {
        d->steps[0] = (struct difference_step){
            job->next_aspect, job->next_index,
            form->aspects[job->next_aspect].next[job->next_index]};
        return 1;
    }
    return result_difference(model, d) ? d->step_count : 0;
}

void result_draw_next(struct ui *ui, struct rect area)
{
    struct difference d;
    bool chosen;
    int count = steps_shown(ui->model, &d, &chosen), gap = ui->tiny ? 16 : 24;
    const char *title = ui_tr(ui, chosen      ? N_("Das nimmst du dir vor:")
                                  : count > 0 ? N_("Was probierst du beim nächsten Mal?")
                                              : N_("Und was kommt als Nächstes?"));
    struct words big = {ui->low ? FONT_TITLE : FONT_HUGE, COLOR_INK, PLACE_START, 2};
    rect_cut_bottom(&area, ui->low ? 10 : 22);
    big.font = ui_fit(ui, rect_make(0, 0, area.w, area.h / 5), big, title);
    rect_cut_top(&area, ui_text(ui, area, big, title) + (ui->low ? 10 : 24));
    draw_field(ui,
               rect_cut_bottom(&area, ui->tiny  ? 68
                                      : ui->low ? 84
                                                : 110),
               jobs_open(ui->model));
    rect_cut_bottom(&area, gap + 8);
    int height = count > 0 ? (area.h - gap * (count - 1)) / count : 0;
    height = height > (ui->narrow ? 170 : 130) ? (ui->narrow ? 170 : 130) : height;
    for (int i = 0; i < count; i++) {
        draw_step(ui, rect_make(area.x, area.y + i * (height + gap), area.w, height),
                  &d.steps[i], chosen);
    }
}
