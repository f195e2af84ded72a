/* Giving back: how the site saw the person, after a coach's release; then one small step.
 * The two views open with the person's card only. */
#include "screens/ask_card.h"
#include "screens/jobs.h"
#include "screens/result_pages.h"
#include "screens/talk_foot.h"
#include "screens/words.h"

#include <string.h>

/* ---- the view ---------------------------------------------------------------------- */

static const char *spoken_seen(struct ui *ui, const struct job_brief *job)
{
    struct difference d = {0};
    struct sentence thanks =
        difference_thanks(ui->model->visit.who.alias, job->hours.minutes);
    result_difference(ui->model, &d);
    return UI_FILL(ui, "{thanks} {strength} {agreement} {talk}",
                   TR_ARG("thanks", words_sentence(ui, &thanks)),
                   TR_ARG("strength", words_sentence(ui, &d.strength)),
                   TR_ARG("agreement", words_sentence(ui, &d.agreement)),
                   TR_ARG("talk", words_sentence(ui, &d.talk)));
}

static const char *spoken_next(struct ui *ui, const struct job_brief *job)
{
    const struct participant *who = &ui->model->visit.who;
    struct sentence field = difference_new_field(
        field_never_tried(who->tried, who->interests, job->wish.field));
    return UI_FILL(ui, "{ask} {field}",
                   TR_ARG("ask", ui_tr(ui, "Was probierst du beim nächsten Mal?")),
                   TR_ARG("field", words_sentence(ui, &field)));
}

static void draw_page(struct ui *ui, const struct job_brief *job)
{
    const struct job_visit *jobs = &ui->model->visit.jobs;
    const char *title = ui_own(ui, job->wish.title);
    if (jobs->result_page == RESULT_SEEN) {
        ui_head(ui, title, spoken_seen(ui, job));
        result_draw_seen(ui, ui_content(ui));
    } else if (jobs->result_page == RESULT_WORDS) {
        ui_head(ui, title, jobs->site_words);
        result_draw_words(ui, ui_content(ui));
    } else {
        ui_head(ui, title, spoken_next(ui, job));
        result_draw_next(ui, ui_content(ui));
    }
}

static void draw_foot(struct ui *ui)
{
    const struct job_visit *jobs = &ui->model->visit.jobs;
    bool last = jobs->result_page == RESULT_NEXT || !jobs->views_known;
    talk_foot_draw(ui,
                   &(struct button){BUTTON_MAIN, NULL,
                                    ui_tr(ui, last ? N_("Fertig") : N_("Weiter")),
                                    msg_make(MSG_PAGE, last ? 0 : 1, 0), FONT_BUTTON},
                   false);
}

static void result_view(struct ui *ui)
{
    const struct job_visit *jobs = &ui->model->visit.jobs;
    const struct job_brief *job = jobs_open(ui->model);
    const char *ask_for = ui_tr(ui, "Halte deine Karte hin, dann zeige ich es dir.");
    if (job && jobs->views_known) {
        draw_page(ui, job);
    } else if (job && jobs->views_denied) {
        ui_head(ui, ui_own(ui, job->wish.title), ask_for);
        ask_card_draw(ui, ui_content(ui), ask_for,
                      ui_tr(ui, "Was die Stelle sah, ist mit deiner Karte verschlossen. "
                                "Nur du kannst es öffnen."));
    } else {
        ui_head(ui, ui_tr(ui, "Einen Moment …"), NULL);
    }
    draw_foot(ui);
}

/* ---- messages ---------------------------------------------------------------------- */

/* `by` +1 or -1; the page of the site's words only if there are some. */
static bool turn(struct job_visit *jobs, int by)
{
    int page = jobs->result_page + by;
    if (page == RESULT_WORDS && jobs->site_words[0] == '\0') {
        page += by;
    }
    if (!jobs->views_known || page < 0 || page >= RESULT_PAGE_COUNT) {
        return false;
    }
    jobs->result_page = page;
    return true;
}

static void choose(struct model *model, const struct msg *msg, struct effects *effects)
{
    struct job_visit *jobs = &model->visit.jobs;
    const struct job_brief *job = jobs_open(model);
    if (!job || jobs->busy || job->next_aspect >= 0) {
        return;
    }
    struct effect *effect = ask(model, effects, EFFECT_EVALUATION);
    effect->fact = jobs->fact = model->fresh[0];
    effect->wish = job->wish;
    effect->evaluation_event.kind = EVALUATION_NEXT;
    effect->evaluation_event.next_aspect = msg->a;
    effect->evaluation_event.next_index = msg->b;
    jobs->busy = true;
}

/* Also after the card was held: the worker then has the key. */
static void result_enter(struct model *model, struct effects *effects)
{
    struct job_visit *jobs = &model->visit.jobs;
    const struct job_brief *job = jobs_open(model);
    if (job && !jobs->views_known) {
        jobs->views_denied = false;
        struct effect *effect = ask(model, effects, EFFECT_OPEN_RESULT);
        effect->wish.id = job->wish.id;
    }
}

static void forget_views(struct job_visit *jobs)
{
    memset(&jobs->self, 0, sizeof jobs->self);
    memset(&jobs->site, 0, sizeof jobs->site);
    memset(jobs->site_words, 0, sizeof jobs->site_words);
    jobs->views_known = jobs->views_denied = false;
    jobs->result_page = 0;
}

static void leave(struct model *model, struct effects *effects)
{
    forget_views(&model->visit.jobs);
    model_back(model);
    if (screen_of(model->screen)->enter) {
        screen_of(model->screen)->enter(model, effects);
    }
}

static void result_update(struct model *model, const struct msg *msg,
                          struct effects *effects)
{
    if (msg->kind == MSG_PAGE && msg->a == 0) {
        leave(model, effects);
    } else if (msg->kind == MSG_PAGE) {
        turn(&model->visit.jobs, 1);
    } else if (msg->kind == MSG_NEXT_STEP) {
        choose(model, msg, effects);
    }
}

static bool result_back(struct model *model)
{
    if (turn(&model->visit.jobs, -1)) {
        return true;
    }
    forget_views(&model->visit.jobs);
    return false;
}

/* ---- answers ----------------------------------------------------------------------- */

void result_on_opened(struct model *model, const struct reply *reply,
                      struct effects *effects)
{
    struct job_visit *jobs = &model->visit.jobs;
    (void)effects;
    if (model->screen != SCREEN_RESULT) {
        return;
    }
    if (reply->err != ERR_OK) {
        jobs->views_denied = reply->closed;
        model->notice = jobs->views_denied ? model->notice : NOTICE_NOT_READ;
        return;
    }
    forget_views(jobs);
    if (reply->has_self) {
        jobs->self = reply->self;
    }
    if (reply->has_site) {
        jobs->site = reply->site;
        str_copy(jobs->site_words, sizeof jobs->site_words, str_of(reply->words));
    }
    jobs->views_known = true;
    jobs->views_denied = reply->closed; /* sealed to an older card */
}

void result_on_evaluation(struct model *model, const struct reply *reply,
                          struct effects *effects)
{
    struct job_visit *jobs = &model->visit.jobs;
    jobs->busy = false;
    if (reply->err != ERR_OK) {
        model->notice = reply->err == ERR_FULL ? NOTICE_DISK_FULL : NOTICE_NOT_SAVED;
        return;
    }
    for (int i = 0; i < jobs->count; i++) {
        struct job_brief *job = &jobs->jobs[i];
        if (uid_eq(job->wish.id, reply->brief.wish.id)) {
            job->next_aspect = reply->brief.next_aspect;
            job->next_index = reply->brief.next_index;
        }
    }
    effects_add(effects, EFFECT_SOUND_DONE);
}

const struct screen screen_result = {.name = "result",
                                     .theme = THEME_PAPER,
                                     .personal = true,
                                     .view = result_view,
                                     .update = result_update,
                                     .enter = result_enter,
                                     .back = result_back};
