/* The team's day, a job, the call: their states. */
#include "support/hand.h"

#include "screens/staff_jobs.h"

/* The list of today as in the design, and two states more. */
static const struct {
    const char *alias, *title;
    int start, end;
    enum assignment_state state;
    int in, out; /* minutes of the day; 0: none */
    bool talk;
} days[] = {
    {"Falke", "Handyhilfe im Seniorencafé", 900, 1020, ASSIGNMENT_THERE, 898, 0, false},
    {"Delta", "Handyhilfe im Seniorencafé", 900, 1020, ASSIGNMENT_THERE, 904, 0, false},
    {"Blacky", "Umfrage im Park", 960, 1080, ASSIGNMENT_EXPECTED, 0, 0, false},
    {"Viper", "Flyer verteilen", 915, 1020, ASSIGNMENT_EXPECTED, 0, 0, false},
    {"Luna", "Flyer verteilen", 900, 1020, ASSIGNMENT_THERE, 890, 0, false},
    {"Momo", "Waffelstand", 900, 1020, ASSIGNMENT_THERE, 900, 0, true},
    {"Luchs", "Bühne aufbauen beim Sommerfest der Nachbarschaft", 600, 720, ASSIGNMENT_GONE,
     600, 715, false},
    {"Abendsegler", "Garten", 540, 660, ASSIGNMENT_MISSED, 0, 0, false},
    {"Kranich", "Einkaufen", 1000, 1100, ASSIGNMENT_CANCELLED, 0, 0, false},
};

static struct moment at(const struct hand *h, int minute, int64_t uncertainty_ms)
{
    struct moment m = {0};
    if (minute > 0) {
        m.wall_ms = date_to_wall_ms(h->model->today, minute);
        m.boot = 3;
        m.mono_ms = (int64_t)minute * 60000;
        m.uncertainty_ms = uncertainty_ms;
    }
    return m;
}

static void fill_day(const struct hand *h, struct job_brief *job, int n)
{
    job->wish.id.b[0] = (uint8_t)(40 + n);
    job->wish.field = n % 8 + 1;
    job->wish.state = WISH_CONFIRMED;
    job->wish.work.date = h->model->today;
    job->wish.work.start = days[n].start;
    job->wish.work.end = days[n].end;
    str_copy(job->wish.alias, sizeof job->wish.alias, str_of(days[n].alias));
    str_copy(job->wish.title, sizeof job->wish.title, str_of(days[n].title));
    str_copy(job->wish.code, sizeof job->wish.code, str_of(days[n].title));
    job->accepted = true;
    job->state = days[n].state;
    job->talk = days[n].talk;
    job->in = at(h, days[n].in, 0);
    job->out = at(h, days[n].out, 0);
    job->hours.sure = true;
    job->hours.minutes = days[n].out ? 115 : 0;
}

static void table(struct hand *h, int count)
{
    struct model *m = h->model;
    m->staff.open = true;
    m->staff.id.b[0] = 9;
    str_copy(m->staff.alias, sizeof m->staff.alias, STR("Eule"));
    tap(h, MSG_OPEN, SCREEN_STAFF, 0);
    struct reply *reply = reply_to(h, EFFECT_STAFF_TODAY, ERR_OK);
    reply->count = count;
    for (int i = 0; i < count; i++) {
        fill_day(h, &reply->jobs[i], i);
    }
    send(h);
    reply_to(h, EFFECT_STAFF_LIST, ERR_OK)->overview.talks = 1;
    send(h);
    reply_to(h, EFFECT_PRINTER_STATUS, ERR_OK)->print = PRINT_DONE;
    send(h);
}

static void calls_listed(struct hand *h)
{
    struct reply *reply = reply_to(h, EFFECT_STAFF_CALLS, ERR_OK);
    reply->count = 6;
    for (int i = 0; i < 6; i++) {
        fill_day(h, &reply->jobs[i], i);
        reply->jobs[i].state = i == 5 ? ASSIGNMENT_MISSED : ASSIGNMENT_GONE;
        reply->jobs[i].talk = i == 0;
        reply->jobs[i].self_in = i == 1 || i == 2;
        reply->jobs[i].site_in = i == 1 || i == 3;
        reply->jobs[i].hours.minutes = 120;
    }
    send(h);
}

static void today(struct hand *h)
{
    table(h, 6);
    calls_listed(h);
}

static void today_many(struct hand *h)
{
    table(h, 9);
    tap(h, MSG_PAGE, 1, 0);
}

static void today_none(struct hand *h)
{
    table(h, 0);
}

static void calls(struct hand *h)
{
    today(h);
    tap(h, MSG_STAFF_TAB, STAFF_TAB_CALLS, 0);
}

static void calls_talks(struct hand *h)
{
    static const char *const aliases[] = {"Kranich", "Waschbär Waldgeist"};
    calls(h);
    struct reply *reply = reply_to(h, EFFECT_STAFF_CALLS, ERR_OK);
    reply->talk_count = 2;
    for (int i = 0; i < 2; i++) {
        reply->talks[i].participant.b[0] = (uint8_t)(i + 1);
        str_copy(reply->talks[i].alias, sizeof reply->talks[i].alias, str_of(aliases[i]));
    }
    reply->count = 1;
    fill_day(h, &reply->jobs[0], 0);
    send(h);
}

/* ---- printing ---------------------------------------------------------------------- */

static void staff_print(struct hand *h)
{
    today(h);
    tap(h, MSG_OPEN, SCREEN_STAFF_PRINT, 0);
}

static void lost_card(struct hand *h)
{
    today(h);
    tap(h, MSG_PRINT, 1, 0);
    for (const char *text = "falke"; *text; text++) {
        tap(h, MSG_KEY, *text, 0);
    }
}

static void lost_card_unknown(struct hand *h)
{
    lost_card(h);
    tap(h, MSG_FORM_SAVE, 0, 0);
    reply_to(h, EFFECT_ISSUE_CARD, ERR_NOT_FOUND);
    send(h);
}

static void order(struct hand *h)
{
    today(h);
    struct reply *reply = reply_to(h, EFFECT_STAFF_LIST, ERR_OK);
    reply->wish_count = 9;
    for (int i = 0; i < 9; i++) {
        struct job_brief job = {0};
        fill_day(h, &job, i);
        reply->wishes[i] = job.wish;
    }
    send(h);
    tap(h, MSG_PRINT, 2, 0);
}

static void order_none(struct hand *h)
{
    today(h);
    tap(h, MSG_PRINT, 2, 0);
}

/* ---- one job ----------------------------------------------------------------------- */

static void add_change(struct assignment *job, enum assignment_event_kind kind,
                       struct moment when, enum assignment_by by)
{
    struct assignment_change *change = &job->history[job->history_count++];
    *change = (struct assignment_change){.kind = kind, .at = when, .by = by};
    change->earlier = job->now;
}

static struct reply *job_reply(struct hand *h)
{
    struct reply *reply = reply_to(h, EFFECT_STAFF_JOB, ERR_OK);
    reply->brief = h->model->staff.jobs.brief;
    assignment_from_wish(&reply->job, &reply->brief.wish);
    reply->job.now.accepted = true;
    reply->job.now.state = reply->brief.state;
    add_change(&reply->job, JOB_AGREE, at(h, 700, 0), BY_KIOSK);
    return reply;
}

static void job_expected(struct hand *h)
{
    today(h);
    tap(h, MSG_JOB, 3, 0);
    job_reply(h);
    send(h);
}

static void job_there(struct hand *h)
{
    today(h);
    tap(h, MSG_JOB, 0, 0);
    struct reply *reply = job_reply(h);
    add_change(&reply->job, JOB_CHECK_IN, at(h, 898, 0), BY_KIOSK);
    reply->job.now.in = at(h, 898, 0);
    send(h);
}

static void job_gone(struct hand *h)
{
    table(h, 9);
    tap(h, MSG_JOB, 6, 0);
    struct reply *reply = job_reply(h);
    struct assignment *job = &reply->job;
    add_change(job, JOB_CHECK_IN, at(h, 600, 0), BY_KIOSK);
    job->now.in = at(h, 600, 9 * 60000);
    add_change(job, JOB_CHECK_OUT, at(h, 700, 0), BY_SITE_CODE);
    job->now.out = at(h, 700, 0);
    job->now.break_count = 1;
    job->now.breaks[0] = (struct assignment_break){at(h, 650, 0), at(h, 666, 0)};
    add_change(job, JOB_CORRECT, at(h, 720, 0), BY_STAFF);
    job->history[job->history_count - 1].reason = REASON_FORGOTTEN_OUT;
    job->history[job->history_count - 1].staff.b[0] = 9;
    job->now.out = at(h, 715, 0);
    add_change(job, JOB_CONFIRM, at(h, 725, 0), BY_STAFF);
    job->history[job->history_count - 1].staff.b[0] = 7;
    reply->team[0] = (struct team_name){{{7}}, "Zaunkönig"};
    send(h);
}

static void job_missed(struct hand *h)
{
    table(h, 9);
    tap(h, MSG_JOB, 7, 0);
    struct reply *reply = job_reply(h);
    add_change(&reply->job, JOB_MISS, at(h, 700, INT64_MAX), BY_STAFF);
    reply->job.history[1].staff.b[0] = 9;
    reply->job.now.missed_form = 1;
    reply->job.now.missed_reason = 2;
    send(h);
}

static void job_refused(struct hand *h)
{
    job_expected(h);
    tap(h, MSG_CORRECT, TOUCH_BEGIN, JOB_MISS);
    struct reply *reply = reply_to(h, EFFECT_JOB_EVENT, ERR_OK);
    reply->brief = h->model->staff.jobs.brief;
    reply->answer = ANSWER_MISSED_EARLY;
    send(h);
}

static void job_times(struct hand *h)
{
    job_gone(h);
    tap(h, MSG_CORRECT, TOUCH_BEGIN, JOB_CORRECT);
    tap(h, MSG_CORRECT, TOUCH_IN, -5);
}

static void job_times_wrong(struct hand *h)
{
    job_times(h);
    tap(h, MSG_CORRECT, TOUCH_NEXT, 0);
    tap(h, MSG_CORRECT, TOUCH_REASON, REASON_SITE_TOLD);
    struct reply *reply = reply_to(h, EFFECT_JOB_EVENT, ERR_OK);
    reply->brief = h->model->staff.jobs.brief;
    reply->answer = ANSWER_CORRECT_TIMES;
    send(h);
}

static void job_times_there(struct hand *h)
{
    job_there(h);
    tap(h, MSG_CORRECT, TOUCH_BEGIN, JOB_CORRECT);
}

static void job_reasons(struct hand *h)
{
    job_times(h);
    tap(h, MSG_CORRECT, TOUCH_NEXT, 0);
}

static void job_not_saved(struct hand *h)
{
    job_reasons(h);
    tap(h, MSG_CORRECT, TOUCH_REASON, REASON_OTHER);
    reply_to(h, EFFECT_JOB_EVENT, ERR_UNKNOWN);
    send(h);
}

static void job_hours(struct hand *h)
{
    job_gone(h);
    tap(h, MSG_CORRECT, TOUCH_BEGIN, JOB_CONFIRM);
}

static void job_cancel(struct hand *h)
{
    job_expected(h);
    tap(h, MSG_CORRECT, TOUCH_BEGIN, JOB_CANCEL);
}

/* ---- the call ---------------------------------------------------------------------- */

static void call_at(struct hand *h, int row)
{
    calls(h);
    tap(h, MSG_RESULT, row, 0);
}

static struct reply *views_reply(struct hand *h)
{
    struct reply *reply = reply_to(h, EFFECT_OPEN_VIEWS, ERR_OK);
    reply->brief = h->model->staff.jobs.brief;
    return reply;
}

static void call_waiting(struct hand *h)
{
    call_at(h, 2);
    views_reply(h);
    send(h);
}

static void call_nothing(struct hand *h)
{
    call_at(h, 0);
    views_reply(h);
    send(h);
}

static void call_missed(struct hand *h)
{
    call_at(h, 5);
    views_reply(h);
    send(h);
}

static void fill_views(struct reply *reply)
{
    evaluation_view_init(&reply->self, SIDE_SELF, 1);
    evaluation_view_init(&reply->site, SIDE_SITE, 1);
    for (int i = 0; i < 5; i++) {
        reply->self.aspects[i] = (int8_t)(i % 3);
        reply->site.aspects[i] = (int8_t)(i % 2);
    }
    reply->self.again = reply->site.again = 0;
    reply->self.about_site[0] = 1;
    reply->self.about_site[2] = 3;
    reply->self.tiles = 5;
    reply->site.tiles = 0x16;
    reply->has_self = reply->has_site = true;
    str_copy(reply->words, sizeof reply->words,
             STR("Hat sich viel Zeit für alle genommen und ruhig erklärt, auch beim dritten "
                 "Mal. Am Anfang etwas schüchtern."));
    str_copy(reply->self_words, sizeof reply->self_words,
             STR("Die Leute waren nett. Das mit den Passwörtern war schwer."));
    reply->count = 1;
    str_copy(reply->notes[0].text, sizeof reply->notes[0].text,
             STR("Stelle erst ab 17 Uhr zu erreichen."));
}

static void call_ready(struct hand *h)
{
    call_at(h, 1);
    fill_views(views_reply(h));
    send(h);
}

static void call_ready_end(struct hand *h)
{
    call_ready(h);
    tap(h, MSG_PAGE, 2, 0);
}

static void call_closed_card(struct hand *h)
{
    call_at(h, 1);
    views_reply(h)->closed = true;
    send(h);
}

static void call_hold(struct hand *h)
{
    call_ready(h);
    tap(h, MSG_HOLD, 0, 0);
}

static void call_note(struct hand *h)
{
    call_ready(h);
    tap(h, MSG_NOTE, 0, 0);
    for (const char *text = "noch mal anrufen"; *text; text++) {
        tap(h, MSG_KEY, *text, 0);
    }
}

static void call_show(struct hand *h)
{
    call_ready(h);
    tap(h, MSG_SHOW, 0, 0);
}

static void call_released(struct hand *h)
{
    call_show(h);
    tap(h, MSG_SHOW, 1, 0);
    struct reply *reply = reply_to(h, EFFECT_EVALUATION, ERR_OK);
    reply->brief = h->model->staff.jobs.brief;
    reply->brief.released = true;
    reply->brief.hold = HOLD_HURTFUL;
    send(h);
}

static void call_refused(struct hand *h)
{
    call_nothing(h);
    tap(h, MSG_CLOSE, 0, 0);
    struct reply *reply = reply_to(h, EFFECT_EVALUATION, ERR_OK);
    reply->brief = h->model->staff.jobs.brief;
    reply->evaluation = EVALUATION_LOCKED;
    send(h);
}

const struct state_row team_states[] = {
    {"today", today},
    {"today-many", today_many},
    {"today-none", today_none},
    {"calls", calls},
    {"calls-talks", calls_talks},
    {"staff-print", staff_print},
    {"lost-card", lost_card},
    {"lost-card-unknown", lost_card_unknown},
    {"order", order},
    {"order-none", order_none},
    {"job-expected", job_expected},
    {"job-there", job_there},
    {"job-gone", job_gone},
    {"job-missed", job_missed},
    {"job-refused", job_refused},
    {"job-times", job_times},
    {"job-times-wrong", job_times_wrong},
    {"job-times-there", job_times_there},
    {"job-reasons", job_reasons},
    {"job-not-saved", job_not_saved},
    {"job-hours", job_hours},
    {"job-cancel", job_cancel},
    {"call-waiting", call_waiting},
    {"call-nothing", call_nothing},
    {"call-missed", call_missed},
    {"call-ready", call_ready},
    {"call-ready-end", call_ready_end},
    {"call-closed-card", call_closed_card},
    {"call-hold", call_hold},
    {"call-note", call_note},
    {"call-show", call_show},
    {"call-released", call_released},
    {"call-refused", call_refused},
};
const int team_states_count = (int)ARRAY_LEN(team_states);
