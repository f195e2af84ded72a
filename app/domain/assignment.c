/* Transitions. Each answer says by itself whether something changed; the values before
 * a change go into the history in one place. */
#include "domain/assignment.h"

#include <string.h>

static void values_init(struct assignment_values *v)
{
    memset(v, 0, sizeof *v);
    v->minutes_confirmed = -1;
    v->missed_reason = -1;
}

void assignment_from_wish(struct assignment *a, const struct wish *wish)
{
    memset(a, 0, sizeof *a);
    a->id = wish->id;
    a->participant = wish->participant;
    str_copy(a->alias, sizeof a->alias, str_of(wish->alias));
    str_copy(a->code, sizeof a->code, str_of(wish->code));
    str_copy(a->title, sizeof a->title, str_of(wish->title));
    str_copy(a->place, sizeof a->place, str_of(wish->place));
    str_copy(a->district, sizeof a->district, str_of(wish->district));
    a->field = wish->field;
    a->cents = wish->cents;
    a->work = wish->work;
    values_init(&a->now);
}

/* Minutes since the midnight before the job: also right for a check-out after the next.
 */
static int minute_of_job(const struct assignment *a, const struct moment *at)
{
    date_t date;
    int minute;
    date_from_wall_ms(at->wall_ms, &date, &minute);
    return (date - a->work.date) * MINUTES_PER_DAY + minute;
}

static bool sure(const struct moment *at)
{
    return moment_sure(at, ASSIGNMENT_SURE_MS);
}

static bool staff_reason(const struct assignment_event *e)
{
    return e->reason > REASON_NONE && e->reason < ASSIGNMENT_REASON_COUNT;
}

bool assignment_on_break(const struct assignment *a)
{
    const struct assignment_values *v = &a->now;
    return v->state == ASSIGNMENT_THERE && v->break_count > 0 &&
           !moment_is(&v->breaks[v->break_count - 1].until);
}

/* ---- the agreement ---- */

static enum assignment_answer agree(const struct assignment *a,
                                    const struct assignment_event *e,
                                    struct assignment_values *next)
{
    if (e->by == BY_SITE_CODE) {
        return ANSWER_NEEDS_STAFF;
    }
    if (a->now.accepted) {
        return ANSWER_AGREED_BEFORE;
    }
    if (a->now.state == ASSIGNMENT_MISSED) {
        return ANSWER_IN_AFTER_MISSED;
    }
    next->accepted = true;
    return ANSWER_AGREED;
}

/* ---- coming ---- */

/* Whether the time allows it; a person at the site or the team may be kinder than the
 * kiosk, but not about the day. */
static enum assignment_answer in_time(const struct assignment *a,
                                      const struct assignment_event *e)
{
    int minute = minute_of_job(a, &e->at), late = minute - a->work.start;
    bool asks = e->by == BY_KIOSK;
    if (!sure(&e->at)) {
        return ANSWER_IN_TIME_UNSURE;
    }
    if (minute < 0 || minute >= MINUTES_PER_DAY) {
        return ANSWER_IN_WRONG_DAY;
    }
    if (minute >= a->work.end) {
        return ANSWER_IN_OVER;
    }
    if (asks && late < -ASSIGNMENT_EARLY_ASK_MIN) {
        return ANSWER_IN_FAR_EARLY;
    }
    if (asks && late > ASSIGNMENT_LATE_ASK_MIN) {
        return ANSWER_IN_FAR_LATE;
    }
    if (late < -ASSIGNMENT_ON_TIME_MIN) {
        return ANSWER_IN_EARLY;
    }
    return late <= ASSIGNMENT_ON_TIME_MIN ? ANSWER_IN_ON_TIME : ANSWER_IN_LATE;
}

static enum assignment_answer check_in(const struct assignment *a,
                                       const struct assignment_event *e,
                                       struct assignment_values *next)
{
    static const enum assignment_answer not_expected[ASSIGNMENT_STATE_COUNT] = {
        [ASSIGNMENT_THERE] = ANSWER_IN_TWICE,
        [ASSIGNMENT_GONE] = ANSWER_IN_AFTER_OUT,
        [ASSIGNMENT_MISSED] = ANSWER_IN_AFTER_MISSED,
    };
    if (a->now.state != ASSIGNMENT_EXPECTED) {
        return not_expected[a->now.state];
    }
    if (!a->now.accepted) {
        return ANSWER_IN_NO_AGREEMENT;
    }
    enum assignment_answer answer = in_time(a, e);
    if (assignment_words(answer)->recorded) {
        next->state = ASSIGNMENT_THERE;
        next->in = e->at;
        next->in_by = e->by;
    }
    return answer;
}

/* ---- going ---- */

static enum assignment_answer out_time(const struct assignment *a,
                                       const struct assignment_event *e)
{
    int64_t stay;
    bool known = moment_between(&a->now.in, &e->at, &stay);
    int over = minute_of_job(a, &e->at) - a->work.end;
    if (known && e->by == BY_KIOSK && stay >= 0 && stay < ASSIGNMENT_SOON_MS) {
        return ANSWER_OUT_SOON;
    }
    if (!known || stay < 0 || !sure(&e->at) || !sure(&a->now.in)) {
        return ANSWER_OUT_TIME_UNSURE;
    }
    if (over > ASSIGNMENT_FORGOTTEN_MIN && e->by != BY_STAFF) {
        return ANSWER_OUT_FORGOTTEN;
    }
    if (over < -ASSIGNMENT_OUT_TIME_MIN) {
        return ANSWER_OUT_EARLY;
    }
    return over <= ASSIGNMENT_OUT_TIME_MIN ? ANSWER_OUT_OK : ANSWER_OUT_LATE;
}

static enum assignment_answer check_out(const struct assignment *a,
                                        const struct assignment_event *e,
                                        struct assignment_values *next)
{
    if (a->now.state != ASSIGNMENT_THERE) {
        return a->now.state == ASSIGNMENT_GONE ? ANSWER_OUT_TWICE : ANSWER_OUT_BEFORE_IN;
    }
    enum assignment_answer answer = out_time(a, e);
    if (assignment_words(answer)->recorded) {
        if (assignment_on_break(a)) {
            next->breaks[next->break_count - 1].until = e->at;
        }
        next->state = ASSIGNMENT_GONE;
        next->out = e->at;
        next->out_by = e->by;
    }
    return answer;
}

/* ---- breaks ---- */

static enum assignment_answer break_start(const struct assignment *a,
                                          const struct assignment_event *e,
                                          struct assignment_values *next)
{
    if (a->now.state != ASSIGNMENT_THERE) {
        return ANSWER_BREAK_NOT_THERE;
    }
    if (assignment_on_break(a)) {
        return ANSWER_BREAK_TWICE;
    }
    if (a->now.break_count == ASSIGNMENT_BREAKS_MAX) {
        return ANSWER_BREAK_FULL;
    }
    next->breaks[next->break_count] = (struct assignment_break){.from = e->at};
    next->break_count++;
    return ANSWER_BREAK_BEGUN;
}

static enum assignment_answer break_end(const struct assignment *a,
                                        const struct assignment_event *e,
                                        struct assignment_values *next)
{
    int64_t ms;
    if (a->now.state != ASSIGNMENT_THERE) {
        return ANSWER_BREAK_NOT_THERE;
    }
    if (!assignment_on_break(a)) {
        return ANSWER_BREAK_NONE;
    }
    struct assignment_break *last = &next->breaks[next->break_count - 1];
    last->until = e->at;
    bool known = moment_between(&last->from, &e->at, &ms);
    bool brief = ms < (int64_t)ASSIGNMENT_REST_PIECE_MIN * 60000;
    return known && brief ? ANSWER_BREAK_SHORT : ANSWER_BREAK_ENDED;
}

/* ---- corrections ---- */

#define DAY_MS ((int64_t)MINUTES_PER_DAY * 60000)

/* b comes after a, by at most a day. Unsure clocks are compared as they stand: staff
 * have the last word on what they saw. */
static bool follows(const struct moment *a, const struct moment *b)
{
    int64_t ms;
    (void)moment_between(a, b, &ms);
    return ms >= 0 && ms <= DAY_MS;
}

static bool breaks_fit(const struct assignment_values *v)
{
    const struct moment *after = &v->in;
    if (v->break_count < 0 || v->break_count > ASSIGNMENT_BREAKS_MAX ||
        (v->break_count > 0 && !moment_is(&v->in))) {
        return false;
    }
    for (int i = 0; i < v->break_count; i++) {
        const struct assignment_break *b = &v->breaks[i];
        bool lasts = i == v->break_count - 1 && !moment_is(&v->out);
        if (!moment_is(&b->from) || !follows(after, &b->from)) {
            return false;
        }
        if (moment_is(&b->until) ? !follows(&b->from, &b->until) : !lasts) {
            return false;
        }
        after = &b->until;
    }
    return !moment_is(&v->out) || follows(after, &v->out);
}

static bool times_fit(const struct assignment *a, const struct assignment_values *v)
{
    struct moment start = assignment_agreed_start(a);
    if (!moment_is(&v->in)) {
        return !moment_is(&v->out) && v->break_count == 0;
    }
    if (moment_is(&v->out) && !follows(&v->in, &v->out)) {
        return false;
    }
    return (follows(&v->in, &start) || follows(&start, &v->in)) && breaks_fit(v);
}

static enum assignment_answer correct(const struct assignment *a,
                                      const struct assignment_event *e,
                                      struct assignment_values *next)
{
    const struct assignment_values *told = &e->values;
    if (e->by != BY_STAFF) {
        return ANSWER_NEEDS_STAFF;
    }
    if (!staff_reason(e)) {
        return ANSWER_NEEDS_REASON;
    }
    if (!times_fit(a, told)) {
        return ANSWER_CORRECT_TIMES;
    }
    values_init(next);
    next->accepted = a->now.accepted;
    next->in = told->in;
    next->out = told->out;
    next->in_by = next->out_by = BY_STAFF;
    next->break_count = told->break_count;
    memcpy(next->breaks, told->breaks, (size_t)told->break_count * sizeof *told->breaks);
    if (moment_is(&told->in)) {
        next->state = moment_is(&told->out) ? ASSIGNMENT_GONE : ASSIGNMENT_THERE;
    }
    return ANSWER_CORRECTED;
}

static enum assignment_answer confirm(const struct assignment *a,
                                      const struct assignment_event *e,
                                      struct assignment_values *next)
{
    struct assignment_hours hours;
    if (e->by == BY_KIOSK) {
        return ANSWER_NEEDS_STAFF;
    }
    if (a->now.state != ASSIGNMENT_GONE) {
        return ANSWER_CONFIRM_NOT_GONE;
    }
    if (e->minutes < 0 || e->minutes > MINUTES_PER_DAY) {
        return ANSWER_CONFIRM_RANGE;
    }
    assignment_minutes(a, &hours);
    if (hours.confirmed && (e->by == BY_SITE_CODE || hours.minutes == e->minutes)) {
        return ANSWER_CONFIRM_TWICE;
    }
    if (e->by == BY_SITE_CODE && (!hours.sure || hours.minutes != e->minutes)) {
        return ANSWER_CONFIRM_DIFFERS;
    }
    if (hours.minutes != e->minutes && !staff_reason(e)) {
        return ANSWER_NEEDS_REASON;
    }
    next->minutes_confirmed = e->minutes;
    next->confirmed_by = e->by;
    return ANSWER_CONFIRMED;
}

/* ---- not coming ---- */

static bool may_be_missed(const struct assignment *a, const struct assignment_event *e)
{
    int minute = minute_of_job(a, &e->at);
    if (e->by == BY_STAFF) {
        return !sure(&e->at) || minute > a->work.start + ASSIGNMENT_LATE_ASK_MIN;
    }
    return sure(&e->at) && minute >= a->work.end;
}

static enum assignment_answer miss(const struct assignment *a,
                                   const struct assignment_event *e,
                                   struct assignment_values *next)
{
    if (e->by == BY_SITE_CODE) {
        return ANSWER_NEEDS_STAFF;
    }
    if (a->now.state == ASSIGNMENT_MISSED) {
        return ANSWER_MISSED_BEFORE;
    }
    if (a->now.state != ASSIGNMENT_EXPECTED) {
        return ANSWER_MISSED_NOT;
    }
    if (!may_be_missed(a, e)) {
        return ANSWER_MISSED_EARLY;
    }
    next->state = ASSIGNMENT_MISSED;
    return ANSWER_MISSED;
}

static enum assignment_answer miss_reason(const struct assignment *a,
                                          const struct assignment_event *e,
                                          struct assignment_values *next)
{
    if (a->now.state != ASSIGNMENT_MISSED) {
        return ANSWER_MISSED_NOT;
    }
    if (e->missed_form < 1 || e->missed_reason < 0) {
        return ANSWER_NEEDS_REASON;
    }
    next->missed_form = e->missed_form;
    next->missed_reason = e->missed_reason;
    return ANSWER_MISSED_THANKS;
}

static enum assignment_answer cancel(const struct assignment *a,
                                     const struct assignment_event *e,
                                     struct assignment_values *next)
{
    bool staff = e->by == BY_STAFF;
    if (a->now.state == ASSIGNMENT_THERE || a->now.state == ASSIGNMENT_GONE) {
        return ANSWER_CANCEL_THERE;
    }
    if (e->by == BY_SITE_CODE || (a->now.state == ASSIGNMENT_MISSED && !staff)) {
        return ANSWER_NEEDS_STAFF;
    }
    if (staff && !staff_reason(e)) {
        return ANSWER_NEEDS_REASON;
    }
    next->state = ASSIGNMENT_CANCELLED;
    return ANSWER_CANCELLED;
}

/* ---- taking back ---- */

static enum assignment_answer undo(const struct assignment *a,
                                   const struct assignment_event *e,
                                   struct assignment_values *next)
{
    int64_t ago;
    if (a->history_count == 0) {
        return ANSWER_UNDO_NONE;
    }
    const struct assignment_change *last = &a->history[a->history_count - 1];
    if (e->by == BY_SITE_CODE || (e->by == BY_KIOSK && last->by != BY_KIOSK)) {
        return ANSWER_NEEDS_STAFF;
    }
    if (e->by == BY_STAFF && !staff_reason(e)) {
        return ANSWER_NEEDS_REASON;
    }
    if (e->by == BY_KIOSK && (!moment_between(&last->at, &e->at, &ago) || ago < 0 ||
                              ago > ASSIGNMENT_UNDO_MS)) {
        return ANSWER_UNDO_LATE;
    }
    *next = last->earlier;
    return ANSWER_UNDONE;
}

/* ---- all of them ---- */

static enum assignment_answer answer_to(const struct assignment *a,
                                        const struct assignment_event *e,
                                        struct assignment_values *next)
{
    static enum assignment_answer (*const handlers[ASSIGNMENT_EVENT_COUNT])(
        const struct assignment *, const struct assignment_event *,
        struct assignment_values *) = {
        [JOB_AGREE] = agree,
        [JOB_CHECK_IN] = check_in,
        [JOB_CHECK_OUT] = check_out,
        [JOB_BREAK_START] = break_start,
        [JOB_BREAK_END] = break_end,
        [JOB_CORRECT] = correct,
        [JOB_CONFIRM] = confirm,
        [JOB_MISS] = miss,
        [JOB_MISS_REASON] = miss_reason,
        [JOB_CANCEL] = cancel,
        [JOB_UNDO] = undo,
    };
    CHECK((int)e->kind >= 0 && e->kind < ASSIGNMENT_EVENT_COUNT);
    CHECK((int)e->by >= 0 && e->by < ASSIGNMENT_BY_COUNT);
    if (!uid_eq(e->assignment, a->id)) {
        return ANSWER_WRONG_JOB;
    }
    if (e->by == BY_STAFF && uid_is_nil(e->staff)) {
        return ANSWER_NEEDS_STAFF;
    }
    if (a->now.state == ASSIGNMENT_CANCELLED && e->kind != JOB_UNDO) {
        return ANSWER_IS_CANCELLED;
    }
    return handlers[e->kind](a, e, next);
}

/* Zeroed first, so that equal histories are equal bytes. */
static void note(struct assignment_change *change, const struct assignment_event *e,
                 const struct assignment_values *earlier)
{
    memset(change, 0, sizeof *change);
    change->kind = e->kind;
    change->at = e->at;
    change->by = e->by;
    change->staff = e->staff;
    change->reason = e->reason;
    change->earlier = *earlier;
}

enum assignment_answer assignment_apply(struct assignment *a,
                                        const struct assignment_event *event)
{
    struct assignment_values next = a->now;
    enum assignment_answer answer = answer_to(a, event, &next);
    if (!assignment_words(answer)->recorded) {
        return answer;
    }
    if (a->history_count == ASSIGNMENT_HISTORY_MAX) {
        return ANSWER_FULL;
    }
    note(&a->history[a->history_count++], event, &a->now);
    a->now = next;
    return answer;
}

enum assignment_event_kind assignment_scan_means(const struct assignment *a)
{
    if (assignment_on_break(a)) {
        return JOB_BREAK_END;
    }
    return a->now.state == ASSIGNMENT_THERE ? JOB_CHECK_OUT : JOB_CHECK_IN;
}

bool assignment_out_forgotten(const struct assignment *a, const struct moment *now)
{
    return a->now.state == ASSIGNMENT_THERE && sure(now) &&
           minute_of_job(a, now) > a->work.end + ASSIGNMENT_FORGOTTEN_MIN;
}

bool assignment_seems_missed(const struct assignment *a, const struct moment *now)
{
    return a->now.state == ASSIGNMENT_EXPECTED && sure(now) &&
           minute_of_job(a, now) >= a->work.end;
}
