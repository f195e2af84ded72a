/* "Wie war's?": jobs to say something about, jobs one can hear about, jobs that did not
 * work out. */
#include "screens/jobs.h"
#include "screens/words.h"

static const struct evaluation_form *form_now(const struct model *model)
{
    const struct form_set *forms = model->env.forms;
    return forms && forms->count > 0 ? &forms->forms[forms->count - 1] : NULL;
}

static bool is_news(const struct job_brief *job)
{
    return job->released;
}

static bool asks_why(const struct job_brief *job)
{
    return job->state == ASSIGNMENT_MISSED && !job->missed_told;
}

static bool is_listed(const struct job_brief *job)
{
    return job_brief_wants_self(job) || is_news(job) || asks_why(job) || job->self_in;
}

static const char *row_state(struct ui *ui, const struct job_brief *job)
{
    if (is_news(job)) {
        return ui_tr(ui, "Schau, was die Stelle sah");
    }
    if (asks_why(job)) {
        return ui_tr(ui, "Was war los?");
    }
    return ui_tr(ui, job->self_in ? N_("Coach meldet sich") : N_("Sag, wie es war"));
}

static struct msg row_msg(const struct job_brief *job, int index)
{
    if (is_news(job)) {
        return msg_make(MSG_RESULT, index, 0);
    }
    if (asks_why(job)) {
        return msg_make(MSG_JOB, index, 0);
    }
    return job_brief_wants_self(job) ? msg_make(MSG_EVALUATE, index, 0)
                                     : msg_make(MSG_NONE, 0, 0);
}

static void draw_why(struct ui *ui, struct rect area, const struct job_brief *job)
{
    const struct evaluation_form *form = form_now(ui->model);
    int columns = ui->narrow ? 2 : 3, gap = UI_GAP;
    const char *title = ui_own(ui, job->wish.title);
    struct words words = {FONT_TEXT, COLOR_MUTED, PLACE_START, 2};
    rect_cut_top(&area, ui_text(ui, area, words, title) + 16);
    int count = form->reason_count, rows = (count + columns - 1) / columns;
    int width = (area.w - gap * (columns - 1)) / columns;
    int height = (area.h - 10 - gap * (rows - 1)) / rows;
    height = height > 150 ? 150 : height;
    for (int i = 0; i < count; i++) {
        ui_tile(ui,
                rect_make(area.x + i % columns * (width + gap),
                          area.y + i / columns * (height + gap), width, height),
                COLOR_WHITE, NULL, ui_tr(ui, form->reasons[i]), false,
                msg_make(MSG_MISSED, i, 0));
    }
}

/* After a reason was told; NULL: nothing was. */
static const char *thanks(struct ui *ui)
{
    const struct job_visit *jobs = &ui->model->visit.jobs;
    bool told = jobs->answered && jobs->answer == ANSWER_MISSED_THANKS;
    return told ? ui_tr(ui, assignment_words(jobs->answer)->text) : NULL;
}

static void draw_list(struct ui *ui, struct rect area)
{
    const struct job_visit *jobs = &ui->model->visit.jobs;
    int gap = 18, height = ui->low ? 96 : 112, shown = 0;
    const char *told = thanks(ui);
    if (told) {
        struct words words = {FONT_LABEL, COLOR_OK, PLACE_START, 2};
        rect_cut_top(&area, ui_text(ui, area, words, told) + 14);
    }
    for (int i = 0; i < jobs->count; i++) {
        const struct job_brief *job = &jobs->jobs[i];
        struct rect at = rect_make(area.x, area.y + shown * (height + gap), area.w, height);
        if (!is_listed(job) || at.y + height > area.y + area.h) {
            continue;
        }
        const char *state = row_state(ui, job);
        int down = ui_touch(ui, at, 6, row_msg(job, i),
                            UI_FILL(ui, ui_tr(ui, "{title}. {state}."),
                                    TR_ARG("title", job->wish.title), TR_ARG("state", state)));
        at.y += down;
        ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INK, 3, 22, 6 - down});
        jobs_row(ui, rect_inset(at, 14), job, state,
                 is_news(job) ? COLOR_MINT : job->self_in ? COLOR_WHITE : COLOR_ROSE);
        shown++;
    }
    if (shown == 0) {
        const char *text = ui_tr(ui, jobs->known ? N_("Hier steht etwas, sobald du gearbeitet "
                                                      "hast.")
                                                 : N_("Einen Moment …"));
        rect_cut_top(&area, area.h / 6);
        ui_icon(ui, rect_make(area.x + area.w / 2 - 60, area.y, 120, 120), "how-was-it");
        rect_cut_top(&area, 140);
        ui_text(ui, area, (struct words){FONT_BIG, COLOR_INK, PLACE_CENTER, 3}, text);
    }
}

static void how_view(struct ui *ui)
{
    const struct job_brief *job = jobs_open(ui->model);
    struct rect area = ui_content(ui), foot = ui_foot(ui);
    bool why = job && asks_why(job) && form_now(ui->model);
    ui_head(ui, ui_tr(ui, why ? form_now(ui->model)->missed_ask : N_("Wie war’s?")), NULL);
    rect_cut_top(&area, 8);
    if (why) {
        draw_why(ui, area, job);
    } else {
        draw_list(ui, area);
        ui_foot_start(ui, &foot, &(struct button){BUTTON_PLAIN, NULL, ui_tr(ui, "Abmelden"),
                                                  msg_make(MSG_SIGN_OUT, 0, 0), FONT_BUTTON});
    }
    ui_foot_end(ui, &foot, &(struct button){BUTTON_TALK, "talk", ui_tr(ui, "Ich will reden"),
                                            msg_open(SCREEN_TALK), FONT_BUTTON});
}

static void tell_why(struct model *model, int tile, struct effects *effects)
{
    const struct evaluation_form *form = form_now(model);
    struct job_visit *jobs = &model->visit.jobs;
    if (!form || jobs->busy) {
        return;
    }
    jobs_event(model, effects, JOB_MISS_REASON);
    if (effects->count > 0) {
        struct assignment_event *event = &effects->list[effects->count - 1].job_event;
        event->missed_form = form->version;
        event->missed_reason = tile;
    }
    jobs->open = -1;
}

static void how_update(struct model *model, const struct msg *msg, struct effects *effects)
{
    struct job_visit *jobs = &model->visit.jobs;
    switch (msg->kind) {
    case MSG_JOB:
        jobs->open = msg->a;
        break;
    case MSG_EVALUATE:
        jobs->open = msg->a;
        go(model, effects, SCREEN_EVALUATE);
        break;
    case MSG_RESULT:
        jobs->open = msg->a;
        go(model, effects, SCREEN_RESULT);
        break;
    case MSG_MISSED:
        tell_why(model, msg->a, effects);
        break;
    default:
        break;
    }
}

static void how_enter(struct model *model, struct effects *effects)
{
    model->visit.jobs.answered = false;
    model->visit.jobs.open = -1;
    jobs_ask(model, effects);
}

const struct screen screen_how = {.name = "how",
                                  .theme = THEME_PAPER,
                                  .personal = true,
                                  .view = how_view,
                                  .update = how_update,
                                  .enter = how_enter};
