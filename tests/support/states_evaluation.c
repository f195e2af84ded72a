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

/* ---- giving back ----------------------------------------------------------------------- */

/* Steps of six aspects; what was skipped is -1. */
static void fill_view(struct evaluation_view *view, enum form_side side,
                      const int8_t steps[6], uint16_t tiles)
{
    evaluation_view_init(view, side, 1);
    memcpy(view->aspects, steps, 6);
    view->tiles = tiles;
}

static const int8_t own_steps[6] = {0, 1, 1, 1, 0, 1};
static const int8_t site_steps[6] = {0, 1, 0, 0, 0, 2};

static void result_asked(struct hand *h)
{
    at_the_job(h);
    h->model->visit.jobs.jobs[0].released = true;
    tap(h, MSG_OPEN, SCREEN_RESULT, 0);
}

static void result_denied(struct hand *h)
{
    result_asked(h);
    reply_to(h, EFFECT_OPEN_RESULT, ERR_DENIED)->closed = true;
    send(h);
}

static void result_with(struct hand *h, const char *words)
{
    result_asked(h);
    struct reply *reply = reply_to(h, EFFECT_OPEN_RESULT, ERR_OK);
    reply->has_self = reply->has_site = true;
    fill_view(&reply->self, SIDE_SELF, own_steps, 1u << 2);
    fill_view(&reply->site, SIDE_SITE, site_steps, 1u << 2 | 1u << 4);
    str_copy(reply->words, sizeof reply->words, str_of(words));
    send(h);
}

static void result_seen(struct hand *h)
{
    result_with(h, "");
}

static void result_silent(struct hand *h)
{
    result_asked(h);
    struct reply *reply = reply_to(h, EFFECT_OPEN_RESULT, ERR_OK);
    reply->has_self = true;
    fill_view(&reply->self, SIDE_SELF, own_steps, 0);
    send(h);
}

static void result_words(struct hand *h)
{
    result_with(h, "Die Gäste haben noch am nächsten Tag erzählt, wie ruhig und freundlich "
                   "alles erklärt wurde. Das Handy von Tisch 4 geht jetzt auch wieder. "
                   "Danke, wir freuen uns aufs nächste Mal!");
    tap(h, MSG_PAGE, 1, 0);
}

static void result_next(struct hand *h)
{
    result_seen(h);
    tap(h, MSG_PAGE, 1, 0);
}

static void result_chosen(struct hand *h)
{
    result_next(h);
    tap(h, MSG_NEXT_STEP, 2, 0);
    struct reply *reply = reply_to(h, EFFECT_EVALUATION, ERR_OK);
    reply->brief = h->model->visit.jobs.jobs[0];
    reply->brief.next_aspect = 2;
    reply->brief.next_index = 0;
    send(h);
}

/* ---- the sheet ------------------------------------------------------------------------- */

static void fill_item(struct sheet_item *item, int n, int field, int minutes)
{
    static const char *const titles[] = {"Hoffest: Kuchen verkaufen", "Beete gießen",
                                         "Handyhilfe im Seniorencafé", "Flyer verteilen"};
    memset(item, 0, sizeof *item);
    item->job.b[0] = (uint8_t)(n + 1);
    item->job.b[1] = (uint8_t)(n >> 8);
    item->date = date_from_ymd(2026, 11, 20) - n;
    item->start = 15 * 60;
    item->end = 17 * 60;
    item->field = field;
    item->minutes = minutes;
    item->confirmed = true;
    item->next_aspect = item->next_index = -1;
    str_copy(item->title, sizeof item->title, str_of(titles[n % 4]));
}

static void sheet_with(struct hand *h, int count, bool closed)
{
    static const int fields[] = {3, 12, 8, 1, 20};
    struct sheet_item *items = h->model->sheet.items;
    at_the_job(h);
    tap(h, MSG_OPEN, SCREEN_SHEET, 0);
    for (int i = 0; i < count; i++) {
        fill_item(&items[i], i, count > 40 ? i % FIELD_MAX + 1 : fields[i % 5],
                  i == 0 ? 150 : 120);
        items[i].has_self = true;
        fill_view(&items[i].self, SIDE_SELF, own_steps, (uint16_t)(1u << 2 | 1u << i % 8));
        items[i].self.aspects[2] = i == count - 1 ? 3 : 1;
    }
    if (count > 0) {
        items[0].has_site = true;
        items[0].next_aspect = items[0].next_index = 0;
        fill_view(&items[0].site, SIDE_SITE, site_steps, 1u << 2 | 1u << 4);
    }
    struct reply *reply = reply_to(h, EFFECT_OPEN_SHEET, ERR_OK);
    reply->count = count;
    reply->closed = closed;
    send(h);
}

static void sheet(struct hand *h)
{
    sheet_with(h, 7, false);
}

static void sheet_first(struct hand *h)
{
    sheet_with(h, 1, false);
    struct sheet_item *item = &h->model->sheet.items[0];
    item->has_site = false;
    item->confirmed = false;
    item->next_aspect = item->next_index = -1;
    item->self.aspects[3] = ANSWER_SKIPPED;
    send(h);
}

static void sheet_unsaid(struct hand *h)
{
    sheet_first(h);
    h->model->sheet.items[0].has_self = false;
    send(h);
}

static void sheet_full(struct hand *h)
{
    sheet_with(h, SHEET_ITEMS_MAX, true);
}

static void sheet_last_job(struct hand *h)
{
    sheet(h);
    tap(h, MSG_PAGE, 1, 0);
}

static void sheet_strengths(struct hand *h)
{
    sheet(h);
    tap(h, MSG_PAGE, 2, 0);
}

static void sheet_jobs(struct hand *h)
{
    sheet_full(h);
    tap(h, MSG_PAGE, 4, 0);
}

static void sheet_empty(struct hand *h)
{
    sheet_with(h, 0, false);
}

static void sheet_old_card(struct hand *h)
{
    sheet_with(h, 0, true);
}

static void sheet_denied(struct hand *h)
{
    at_the_job(h);
    tap(h, MSG_OPEN, SCREEN_SHEET, 0);
    reply_to(h, EFFECT_OPEN_SHEET, ERR_DENIED)->closed = true;
    send(h);
}

static void sheet_print(struct hand *h)
{
    sheet(h);
    tap(h, MSG_OPEN, SCREEN_SHEET_PRINT, 0);
    tap(h, MSG_PART, SHEET_PART_STRENGTHS, 0);
}

static void sheet_printed(struct hand *h)
{
    sheet_print(h);
    tap(h, MSG_PRINT, 0, 0);
    reply_to(h, EFFECT_PRINT_SHEET, ERR_OK)->print = PRINT_DONE;
    send(h);
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
    {"result-denied", result_denied},
    {"result", result_seen},
    {"result-silent", result_silent},
    {"result-words", result_words},
    {"result-next", result_next},
    {"result-chosen", result_chosen},
    {"sheet", sheet},
    {"sheet-first", sheet_first},
    {"sheet-unsaid", sheet_unsaid},
    {"sheet-full", sheet_full},
    {"sheet-last-job", sheet_last_job},
    {"sheet-strengths", sheet_strengths},
    {"sheet-jobs", sheet_jobs},
    {"sheet-empty", sheet_empty},
    {"sheet-old-card", sheet_old_card},
    {"sheet-denied", sheet_denied},
    {"sheet-print", sheet_print},
    {"sheet-printed", sheet_printed},
};
const int evaluation_states_count = (int)ARRAY_LEN(evaluation_states);
