/* Correcting a job: the times or the hours by steps, then the reason, which saves. */
#include "screens/staff_jobs.h"
#include "screens/staff_parts.h"
#include "screens/words.h"

#define REASONS_MAX 9
#define STACKED_WIDTH 700 /* below, the name stands over its steps */

static const struct staff_jobs *jobs_of(const struct ui *ui)
{
    return &ui->model->staff.jobs;
}

/* ---- the reason -------------------------------------------------------------------- */

/* REASON_NONE ends a list. */
static const enum assignment_reason of_times[] = {
    REASON_FORGOTTEN_IN, REASON_FORGOTTEN_OUT, REASON_CLOCK_WRONG,
    REASON_WRONG_TAP,    REASON_SITE_TOLD,     REASON_PERSON_TOLD,
    REASON_LONGER,       REASON_SHORTER,       REASON_OTHER};
static const enum assignment_reason of_hours[] = {REASON_LONGER,      REASON_SHORTER,
                                                  REASON_SITE_TOLD,   REASON_PERSON_TOLD,
                                                  REASON_CLOCK_WRONG, REASON_OTHER};
static const enum assignment_reason of_cancel[] = {REASON_CALLED_OFF, REASON_SITE_TOLD,
                                                   REASON_PERSON_TOLD, REASON_OTHER};
static const enum assignment_reason of_undo[] = {REASON_WRONG_TAP, REASON_SITE_TOLD,
                                                 REASON_PERSON_TOLD, REASON_OTHER};

static void draw_reasons(struct ui *ui, struct rect at, const enum assignment_reason *reasons,
                         int count)
{
    struct staff_choice choices[REASONS_MAX];
    for (int i = 0; i < count; i++) {
        choices[i] = (struct staff_choice){
            ui_tr(ui, assignment_reason_text(reasons[i])),
            msg_make(MSG_CORRECT, TOUCH_REASON, (int)reasons[i])};
    }
    staff_choices(ui, at, choices, count);
}

static void draw_reasons_of(struct ui *ui, struct rect at)
{
    switch (jobs_of(ui)->draft.kind) {
    case JOB_CONFIRM:
        draw_reasons(ui, at, of_hours, (int)ARRAY_LEN(of_hours));
        break;
    case JOB_CANCEL:
        draw_reasons(ui, at, of_cancel, (int)ARRAY_LEN(of_cancel));
        break;
    case JOB_UNDO:
        draw_reasons(ui, at, of_undo, (int)ARRAY_LEN(of_undo));
        break;
    default:
        draw_reasons(ui, at, of_times, (int)ARRAY_LEN(of_times));
        break;
    }
}

/* ---- steppers ---------------------------------------------------------------------- */

struct stepper {
    const char *name, *value;
    enum job_touch touch;
    bool fixed; /* there is no value to step */
};

static void draw_step(struct ui *ui, struct rect at, const struct stepper *stepper, int minutes)
{
    static const struct {
        int minutes;
        const char *face, *spoken;
    } steps[] = {
        {-15, "−15", N_("{name}: 15 Minuten weniger")},
        {-5, "−5", N_("{name}: 5 Minuten weniger")},
        {5, "+5", N_("{name}: 5 Minuten mehr")},
        {15, "+15", N_("{name}: 15 Minuten mehr")},
    };
    int which = minutes < -5 ? 0 : minutes < 0 ? 1 : minutes <= 5 ? 2 : 3;
    const char *label = UI_FILL(ui, ui_tr(ui, steps[which].spoken),
                                TR_ARG("name", stepper->name));
    int down = ui_touch(ui, at, 6, msg_make(MSG_CORRECT, (int)stepper->touch, minutes), label);
    at.y += down;
    ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INK, 3, 20, 6 - down});
    struct words words = {FONT_CARD, COLOR_INK, PLACE_CENTER, 1};
    words.font = ui_fit(ui, rect_inset(at, 6), words, steps[which].face);
    ui_text_middle(ui, rect_inset(at, 6), words, steps[which].face);
}

static void draw_stepper(struct ui *ui, struct rect at, const struct stepper *stepper)
{
    struct words name = {FONT_LABEL, COLOR_INK, PLACE_START, 1};
    struct words value = {FONT_BIG, COLOR_INK, PLACE_CENTER, 1};
    struct rect label =
        at.w < STACKED_WIDTH ? rect_cut_top(&at, 40) : rect_cut_start(&at, at.w * 18 / 100);
    name.font = ui_fit(ui, label, name, stepper->name);
    ui_text_middle(ui, label, name, stepper->name);
    int gap = 14, width = at.w * 15 / 100;
    if (!stepper->fixed) {
        /* Less at the start, more at the end, the value between. */
        draw_step(ui, rect_cut_start(&at, width), stepper, -15);
        rect_cut_start(&at, gap);
        draw_step(ui, rect_cut_start(&at, width), stepper, -5);
        draw_step(ui, rect_cut_end(&at, width), stepper, 15);
        rect_cut_end(&at, gap);
        draw_step(ui, rect_cut_end(&at, width), stepper, 5);
        rect_cut_start(&at, gap);
        rect_cut_end(&at, gap);
    }
    value.font = ui_fit(ui, at, value, stepper->value);
    ui_text_middle(ui, at, value, stepper->value);
}

static int stepper_height(const struct ui *ui, int width)
{
    int keys = ui->tiny ? 66 : 88;
    return width < STACKED_WIDTH ? 40 + keys : keys;
}

/* What to leave free above, so that the steps lie where hands are. */
static int spare(int room, int needed)
{
    return room > needed ? (room - needed) / 2 : 0;
}

/* ---- times and hours --------------------------------------------------------------- */

static void draw_switches(struct ui *ui, struct rect at)
{
    const struct staff_jobs *jobs = jobs_of(ui);
    const struct assignment_values *draft = &jobs->draft.values;
    const char *gone = ui_tr(ui, moment_is(&draft->out) ? N_("Ist noch da")
                                                        : N_("Ist schon gegangen"));
    struct rect pill = rect_cut_start(&at, ui_pill_width(ui, NULL, gone));
    ui_pill(ui, pill, false, NULL, gone, msg_make(MSG_CORRECT, TOUCH_GONE, 0));
    rect_cut_start(&at, 16);
    if (jobs->full.now.break_count > 0) {
        const char *breaks = ui_tr(ui, draft->break_count > 0 ? N_("Ohne die Pausen")
                                                              : N_("Mit den Pausen"));
        ui_pill(ui, rect_cut_start(&at, ui_pill_width(ui, NULL, breaks)), false, NULL, breaks,
                msg_make(MSG_CORRECT, TOUCH_BREAKS, 0));
    }
}

static void draw_times(struct ui *ui, struct rect at)
{
    const struct staff_jobs *jobs = jobs_of(ui);
    const struct assignment_values *draft = &jobs->draft.values;
    date_t day = jobs->full.work.date;
    bool gone = moment_is(&draft->out);
    const struct stepper in = {ui_tr(ui, "Gekommen"), staff_moment(ui, &draft->in, day),
                               TOUCH_IN, false};
    const struct stepper out = {
        ui_tr(ui, "Gegangen"),
        gone ? staff_moment(ui, &draft->out, day) : ui_tr(ui, "noch da"), TOUCH_OUT, !gone};
    int height = stepper_height(ui, at.w), gap = ui->tiny ? 14 : 40;
    rect_cut_top(&at, spare(at.h, 2 * height + 2 * gap + 64));
    draw_stepper(ui, rect_cut_top(&at, height), &in);
    rect_cut_top(&at, gap);
    draw_stepper(ui, rect_cut_top(&at, height), &out);
    rect_cut_top(&at, gap);
    draw_switches(ui, rect_cut_top(&at, 64));
}

static void draw_hours(struct ui *ui, struct rect at)
{
    const struct staff_jobs *jobs = jobs_of(ui);
    const struct stepper stepper = {ui_tr(ui, "Stunden"),
                                    staff_minutes(ui, jobs->draft.minutes), TOUCH_MINUTES,
                                    false};
    const char *text =
        UI_FILL(ui,
                ui_tr(ui, jobs->brief.hours.confirmed ? N_("Bis jetzt bestätigt: {hours}.")
                                                      : N_("Aus den Zeiten: {hours}.")),
                TR_ARG("hours", staff_minutes(ui, jobs->brief.hours.minutes)));
    struct words words = {FONT_TEXT, COLOR_MUTED, PLACE_START, 2};
    words.font = ui_fit(ui, rect_make(0, 0, at.w, 40), words, text);
    rect_cut_top(&at, spare(at.h, 64 + stepper_height(ui, at.w)));
    rect_cut_top(&at, ui_text(ui, at, words, text) + 24);
    draw_stepper(ui, rect_cut_top(&at, stepper_height(ui, at.w)), &stepper);
}

/* ---- the screen -------------------------------------------------------------------- */

static const char *title_of(struct ui *ui)
{
    const struct staff_jobs *jobs = jobs_of(ui);
    const char *format = jobs->mode == JOB_REASONS          ? N_("{alias}: Welcher Grund?")
                         : jobs->draft.kind == JOB_CONFIRM ? N_("{alias}: Stunden")
                                                            : N_("{alias}: Zeiten");
    return UI_FILL(ui, ui_tr(ui, format), TR_ARG("alias", jobs->brief.wish.alias));
}

static const char *next_text(struct ui *ui)
{
    const struct staff_jobs *jobs = jobs_of(ui);
    bool same = jobs->draft.minutes == jobs->brief.hours.minutes;
    return ui_tr(ui, jobs->busy                                 ? N_("Ich speichere …")
                     : jobs->draft.kind == JOB_CONFIRM && same ? N_("Bestätigen")
                                                                : N_("Weiter"));
}

void staff_job_edit_view(struct ui *ui)
{
    const struct staff_jobs *jobs = jobs_of(ui);
    struct rect area = staff_area(ui), foot = ui_foot(ui);
    ui_head(ui, title_of(ui), NULL);
    if (jobs->answered) {
        struct sentence sentence = assignment_sentence(&jobs->full, jobs->answer);
        const char *text = words_sentence(ui, &sentence);
        rect_cut_top(&area, staff_told(ui, area, COLOR_PEACH, text) + 14);
    }
    ui_foot_start(ui, &foot, &(struct button){BUTTON_PLAIN, NULL, ui_tr(ui, "Zurück"),
                                              msg_make(MSG_BACK, 0, 0), FONT_BUTTON});
    if (jobs->mode == JOB_REASONS) {
        draw_reasons_of(ui, area);
        return;
    }
    if (jobs->draft.kind == JOB_CONFIRM) {
        draw_hours(ui, area);
    } else {
        draw_times(ui, area);
    }
    staff_main(ui, &foot, NULL, next_text(ui), msg_make(MSG_CORRECT, TOUCH_NEXT, 0),
               !jobs->busy);
}
