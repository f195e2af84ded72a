/* "Ich bin da": coming, resting, going. Every wrong way has an answer that helps. */
#include "screens/jobs.h"
#include "screens/words.h"

#include "domain/field.h"

/* ---- the view -------------------------------------------------------------------------- */

static void draw_job(struct ui *ui, struct rect at, const struct wish *wish)
{
    ui_box(ui, at, (struct look){ui_field_tint(wish->field), COLOR_INK, 3, 28, 10});
    struct rect inside = rect_inset(at, ui->low ? 22 : 34);
    int size = inside.h * 30 / 100 > 130 ? 130 : inside.h * 30 / 100;
    struct rect top = rect_cut_top(&inside, size);
    ui_icon(ui, rect_make(top.x, top.y, size, size), field_icon(wish->field));
    const char *when = words_when_brief(ui, &wish->work);
    const char *where = ui_own(ui, wish->place[0] ? wish->place : wish->district);
    const char *name = ui_own(ui, wish->title);
    struct words line = {FONT_LABEL, COLOR_INK, PLACE_START, 2};
    struct words title = {FONT_BIG, COLOR_INK, PLACE_START, 3};
    line.font = ui_fit(ui, rect_make(0, 0, inside.w, 70), line, when);
    int where_height = ui_measure(ui, line, inside.w, where).height;
    int when_height = ui_measure(ui, line, inside.w, when).height;
    ui_text(ui, rect_cut_bottom(&inside, where_height), line, where);
    ui_text(ui, rect_cut_bottom(&inside, when_height), line, when);
    rect_cut_top(&inside, 12);
    title.font = ui_fit(ui, inside, title, name);
    ui_text(ui, inside, title, name);
}

static enum color tone_tint(enum assignment_tone tone)
{
    return tone == TONE_GOOD ? COLOR_MINT : tone == TONE_MILD ? COLOR_LEMON : COLOR_PEACH;
}

static const char *state_sentence(struct ui *ui, const struct job_brief *job)
{
    static const char *const texts[ASSIGNMENT_STATE_COUNT] = {
        [ASSIGNMENT_EXPECTED] = N_("Schön, dass du da bist. Tippe unten."),
        [ASSIGNMENT_THERE] = N_("Du bist eingecheckt."),
        [ASSIGNMENT_GONE] = N_("Du bist ausgecheckt. Danke!"),
        [ASSIGNMENT_MISSED] = N_("Das hat nicht geklappt. Was war los?"),
        [ASSIGNMENT_CANCELLED] = N_("Dieser Job ist abgesagt."),
    };
    return ui_tr(ui, job->on_break ? N_("Du machst gerade Pause.") : texts[job->state]);
}

static void draw_answer(struct ui *ui, struct rect area, const struct job_brief *job)
{
    const struct job_visit *jobs = &ui->model->visit.jobs;
    struct assignment shown;
    const char *text = state_sentence(ui, job);
    enum color tint = COLOR_WHITE;
    if (jobs->answered) {
        assignment_from_wish(&shown, &job->wish);
        shown.now.in = job->in;
        shown.now.out = job->out;
        struct sentence sentence = assignment_sentence(&shown, jobs->answer);
        text = words_sentence(ui, &sentence);
        tint = tone_tint(assignment_words(jobs->answer)->tone);
    }
    struct words words = {FONT_BIG, COLOR_INK, PLACE_START, 5};
    ui_box(ui, area, (struct look){tint, COLOR_INK, 3, 28, 8});
    struct rect inside = rect_inset(area, ui->low ? 22 : 34);
    words.font = ui_fit(ui, inside, words, text);
    ui_text_middle(ui, inside, words, text);
}

static void draw_empty(struct ui *ui, struct rect area)
{
    bool known = ui->model->visit.jobs.known;
    const char *title = ui_tr(ui, known ? N_("Heute hast du hier keinen Job.")
                                        : N_("Einen Moment …"));
    const char *text = ui_tr(ui, N_("Ist das falsch? Dann sprich kurz mit dem Team."));
    rect_cut_top(&area, area.h / 6);
    ui_icon(ui, rect_make(area.x + area.w / 2 - 60, area.y, 120, 120), "place");
    rect_cut_top(&area, 140);
    rect_cut_top(&area, ui_text(ui, area, (struct words){FONT_BIG, COLOR_INK, PLACE_CENTER, 2},
                                title) + 12);
    if (known) {
        ui_text(ui, area, (struct words){FONT_TEXT, COLOR_MUTED, PLACE_CENTER, 2}, text);
    }
}

static void draw_actions(struct ui *ui, const struct job_brief *job)
{
    struct rect foot = ui_foot(ui);
    struct button main = {BUTTON_MAIN, NULL, ui_tr(ui, "Fertig"), msg_make(MSG_HOME, 0, 0),
                          FONT_CARD};
    struct button second = {BUTTON_PLAIN, NULL, NULL, msg_make(MSG_NONE, 0, 0), FONT_BUTTON};
    if (job && job->state == ASSIGNMENT_EXPECTED && !job->accepted) {
        main.text = ui_tr(ui, "Erst die Abmachung ansehen");
        main.msg = msg_make(MSG_AGREE, 0, 0);
    } else if (job && job->state == ASSIGNMENT_EXPECTED) {
        main.icon = "place";
        main.text = ui_tr(ui, "Ich bin da");
        main.msg = msg_make(MSG_JOB_EVENT, JOB_CHECK_IN, 0);
    } else if (job && job->state == ASSIGNMENT_THERE) {
        main.icon = "check";
        main.text = ui_tr(ui, "Ich gehe jetzt");
        main.msg = msg_make(MSG_JOB_EVENT, JOB_CHECK_OUT, 0);
        second.text = ui_tr(ui, job->on_break ? N_("Pause ist vorbei") : N_("Pause machen"));
        second.msg = msg_make(MSG_JOB_EVENT, job->on_break ? JOB_BREAK_END : JOB_BREAK_START,
                              0);
    } else if (job && job_brief_wants_self(job)) {
        main.icon = "how-was-it";
        main.text = ui_tr(ui, "Wie war’s?");
        main.msg = msg_open(SCREEN_HOW);
    }
    ui_foot_end(ui, &foot, &main);
    if (job && ui->model->visit.jobs.answered &&
        assignment_words(ui->model->visit.jobs.answer)->recorded && !ui->narrow) {
        ui_foot_start(ui, &foot,
                      &(struct button){BUTTON_PLAIN, NULL, ui_tr(ui, "Das stimmt nicht"),
                                       msg_make(MSG_JOB_EVENT, JOB_UNDO, 0), FONT_BUTTON});
    }
    if (second.text && ui_button_width(ui, &second) <= foot.w) {
        ui_foot_start(ui, &foot, &second);
    }
}

static void draw_choice(struct ui *ui, struct rect area)
{
    const struct job_visit *jobs = &ui->model->visit.jobs;
    int gap = 18, height = 112;
    for (int i = 0, shown = 0; i < jobs->count; i++) {
        const struct job_brief *job = &jobs->jobs[i];
        bool open = job->state == ASSIGNMENT_EXPECTED || job->state == ASSIGNMENT_THERE;
        struct rect at = rect_make(area.x, area.y + shown * (height + gap), area.w, height);
        if (!open || at.y + height > area.y + area.h) {
            continue;
        }
        int down = ui_touch(ui, at, 6, msg_make(MSG_JOB, i, 0), job->wish.title);
        at.y += down;
        ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INK, 3, 22, 6 - down});
        bool is_there = job->state == ASSIGNMENT_THERE;
        jobs_row(ui, rect_inset(at, 14), job,
                 ui_tr(ui, is_there ? N_("du bist da") : N_("kommt noch")),
                 is_there ? COLOR_MINT : COLOR_LEMON);
        shown++;
    }
}

static void here_view(struct ui *ui)
{
    const struct job_brief *job = jobs_open(ui->model);
    struct rect area = ui_content(ui);
    int first;
    ui_head(ui, ui_tr(ui, "Ich bin da"), NULL);
    rect_cut_top(&area, 10);
    if (!job) {
        if (jobs_today(ui->model, &first) > 1) {
            draw_choice(ui, area);
        } else {
            draw_empty(ui, area);
        }
    } else if (ui->narrow) {
        draw_job(ui, rect_cut_top(&area, area.h * 45 / 100), &job->wish);
        rect_cut_top(&area, 34);
        rect_cut_bottom(&area, 14);
        draw_answer(ui, area, job);
    } else {
        rect_cut_bottom(&area, 18);
        draw_job(ui, rect_cut_start(&area, area.w * 42 / 100), &job->wish);
        rect_cut_start(&area, 32);
        draw_answer(ui, area, job);
    }
    draw_actions(ui, job);
}

/* ---- messages and answers -------------------------------------------------------------- */

static void here_update(struct model *model, const struct msg *msg, struct effects *effects)
{
    switch (msg->kind) {
    case MSG_JOB:
        model->visit.jobs.open = msg->a;
        model->visit.jobs.answered = false;
        break;
    case MSG_JOB_EVENT:
        jobs_event(model, effects, (enum assignment_event_kind)msg->a);
        break;
    case MSG_AGREE:
        go(model, effects, SCREEN_AGREEMENT);
        break;
    default:
        break;
    }
}

static void here_enter(struct model *model, struct effects *effects)
{
    model->visit.jobs.answered = false;
    model->visit.jobs.open = -1;
    jobs_ask(model, effects);
}

static void open_slip_job(struct model *model, const struct job_brief *job,
                          struct effects *effects)
{
    struct job_visit *jobs = &model->visit.jobs;
    go(model, effects, SCREEN_HERE);
    model->back_count = 0;
    jobs->known = true;
    jobs->count = 1;
    jobs->jobs[0] = *job;
    jobs->open = 0;
}

/* The slip is true, but its job was agreed at another kiosk: the moment is kept, and the
 * team and the centre put it together. */
static bool keep_seen(struct model *model, const struct reply *reply, struct effects *effects)
{
    bool asked = model->screen == SCREEN_HERE ||
                 (model->screen == SCREEN_WHO && model->visit.after == SCREEN_HERE);
    if (!asked || uid_is_nil(reply->slip_wish)) {
        return false;
    }
    struct effect *effect = ask(model, effects, EFFECT_JOB_SEEN);
    effect->fact = model->fresh[0];
    effect->wish.id = reply->slip_wish;
    return true;
}

bool here_by_slip(struct model *model, const struct reply *reply, struct effects *effects)
{
    if (uid_is_nil(reply->slip_job)) {
        return keep_seen(model, reply, effects);
    }
    const struct job_brief *open = jobs_open(model);
    bool again = model->screen == SCREEN_HERE && open &&
                 uid_eq(open->wish.id, reply->slip_job);
    if (again) {
        jobs_scanned(model, effects);
    } else if (!model->visit.signed_in) {
        open_slip_job(model, &reply->brief, effects);
    } else if (jobs_open_id(model, reply->slip_job)) {
        go(model, effects, SCREEN_HERE);
        jobs_open_id(model, reply->slip_job);
    } else {
        return false;
    }
    return true;
}

void here_on_seen(struct model *model, const struct reply *reply, struct effects *effects)
{
    model->notice = reply->err == ERR_OK     ? NOTICE_SEEN
                    : reply->err == ERR_FULL ? NOTICE_DISK_FULL
                                             : NOTICE_NOT_SAVED;
    effects_add(effects, reply->err == ERR_OK ? EFFECT_SOUND_DONE : EFFECT_SOUND_WARN);
}

/* Any answer to EFFECT_JOB_EVENT of the person: coming and going, the agreement, why it
 * did not work out. */
void here_on_event(struct model *model, const struct reply *reply, struct effects *effects)
{
    struct job_visit *jobs = &model->visit.jobs;
    jobs->busy = false;
    if (reply->err != ERR_OK) {
        model->notice = reply->err == ERR_FULL ? NOTICE_DISK_FULL : NOTICE_NOT_SAVED;
        return;
    }
    jobs->answered = true;
    jobs->answer = reply->answer;
    if (jobs_open_id(model, reply->brief.wish.id)) {
        jobs->jobs[jobs->open] = reply->brief;
    }
    if (assignment_words(reply->answer)->recorded) {
        effects_add(effects, EFFECT_SOUND_DONE);
    } else {
        effects_add(effects, EFFECT_SOUND_WARN);
    }
    agreement_answered(model, reply->answer, effects);
}

const struct screen screen_here = {.name = "here",
                                   .theme = THEME_PAPER,
                                   .personal = true,
                                   .view = here_view,
                                   .update = here_update,
                                   .enter = here_enter};
