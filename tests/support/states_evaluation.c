/* How it was, what the site saw, the sheet: their states. */
#include "support/hand.h"

#include "screens/answering.h"

static void at_the_job(struct hand *h)
{
    struct model *m = h->model;
    struct job_visit *jobs = &m->visit.jobs;
    struct job_brief *job = &jobs->jobs[0];
    make_falke(&m->visit.who);
    m->visit.signed_in = true;
    jobs->has_card = true;
    jobs->known = true;
    jobs->count = 1;
    job->wish.id.b[0] = 9;
    job->wish.field = 3;
    job->wish.work.date = m->today - 2;
    job->wish.work.start = 15 * 60;
    job->wish.work.end = 17 * 60;
    job->state = ASSIGNMENT_GONE;
    job->accepted = true;
    job->hours = (struct assignment_hours){.minutes = 120, .confirmed = true, .sure = true};
    job->next_aspect = job->next_index = -1;
    str_copy(job->wish.title, sizeof job->wish.title, STR("Handyhilfe im Seniorencafé"));
    jobs->open = 0;
}

static void evaluate_page(struct hand *h, int page)
{
    at_the_job(h);
    tap(h, MSG_OPEN, SCREEN_EVALUATE, 0);
    for (int i = 0; i < page; i++) {
        tap(h, i < 6 ? MSG_ANSWER : MSG_SKIP, i, i % 2);
    }
}

static void evaluate_first(struct hand *h)
{
    evaluate_page(h, 0);
}

static void evaluate_asking(struct hand *h)
{
    evaluate_page(h, 3);
}

static void evaluate_again(struct hand *h)
{
    evaluate_page(h, 3);
    tap(h, MSG_BACK, 0, 0);
}

static void evaluate_about(struct hand *h)
{
    evaluate_page(h, 6);
}

static void evaluate_about_talk(struct hand *h)
{
    evaluate_about(h);
    tap(h, MSG_ANSWER, QUESTION_ABOUT, 0);
    tap(h, MSG_ANSWER, QUESTION_ABOUT + 2, 3);
}

static void evaluate_closing(struct hand *h)
{
    evaluate_page(h, 7);
}

static void evaluate_words(struct hand *h)
{
    evaluate_closing(h);
    tap(h, MSG_ANSWER, QUESTION_AGAIN, 0);
    tap(h, MSG_TILE, 2, 0);
    tap(h, MSG_WORDS, 1, 0);
    for (const char *text = "das team dort war nett. am ende haben alle mitgesungen"; *text;
         text++) {
        tap(h, MSG_KEY, *text, 0);
    }
}

static void evaluate_told(struct hand *h)
{
    evaluate_words(h);
    tap(h, MSG_WORDS, 0, 0);
}

static void evaluate_saving(struct hand *h)
{
    evaluate_told(h);
    tap(h, MSG_FORM_SAVE, 0, 0);
}

static void evaluate_not_saved(struct hand *h)
{
    evaluate_saving(h);
    reply_to(h, EFFECT_SAVE_VIEW, ERR_IO);
    send(h);
}

static void evaluate_saved(struct hand *h)
{
    evaluate_saving(h);
    reply_to(h, EFFECT_SAVE_VIEW, ERR_OK)->brief = h->model->visit.jobs.jobs[0];
    send(h);
}

static void evaluate_locked(struct hand *h)
{
    evaluate_saving(h);
    reply_to(h, EFFECT_SAVE_VIEW, ERR_DENIED);
    send(h);
}

static void evaluate_site(struct hand *h)
{
    at_the_job(h);
    h->model->site.open = true;
    h->model->site.count = 1;
    h->model->site.jobs[0] = h->model->visit.jobs.jobs[0];
    memset(&h->model->visit, 0, sizeof h->model->visit);
    tap(h, MSG_OPEN, SCREEN_EVALUATE, 0);
}

static void evaluate_site_closing(struct hand *h)
{
    evaluate_site(h);
    for (int i = 0; i < 6; i++) {
        tap(h, MSG_SKIP, 0, 0);
    }
}

const struct state_row evaluation_states[] = {
    {"evaluate-first", evaluate_first},
    {"evaluate", evaluate_asking},
    {"evaluate-back", evaluate_again},
    {"evaluate-about", evaluate_about},
    {"evaluate-about-talk", evaluate_about_talk},
    {"evaluate-closing", evaluate_closing},
    {"evaluate-words", evaluate_words},
    {"evaluate-told", evaluate_told},
    {"evaluate-saving", evaluate_saving},
    {"evaluate-not-saved", evaluate_not_saved},
    {"evaluate-saved", evaluate_saved},
    {"evaluate-locked", evaluate_locked},
    {"evaluate-site", evaluate_site},
    {"evaluate-site-closing", evaluate_site_closing},
};
const int evaluation_states_count = (int)ARRAY_LEN(evaluation_states);
