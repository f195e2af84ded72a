/* Minutes that count. All from the assignment's own values: nothing is stored twice. */
#include "domain/assignment.h"

#define MINUTE_MS 60000

/* JArbSchG §11(1) sentence 2: rest asked for more than so many minutes of work. */
static const struct {
    int work, rest;
} rest_rules[] = {{360, 60}, {270, 30}};

struct moment assignment_agreed_start(const struct assignment *a)
{
    return moment_told(date_to_wall_ms(a->work.date, a->work.start));
}

struct moment assignment_agreed_end(const struct assignment *a)
{
    return moment_told(date_to_wall_ms(a->work.date, a->work.end));
}

/* The part of from … until within the agreed time, by the wall clock. */
static int64_t within_agreed(const struct assignment *a, const struct moment *from,
                             const struct moment *until)
{
    int64_t start = assignment_agreed_start(a).wall_ms;
    int64_t end = assignment_agreed_end(a).wall_ms;
    int64_t low = from->wall_ms > start ? from->wall_ms : start;
    int64_t high = until->wall_ms < end ? until->wall_ms : end;
    return high > low ? high - low : 0;
}

static int64_t apart(const struct moment *from, const struct moment *until)
{
    int64_t ms;
    (void)moment_between(from, until, &ms);
    return ms < 0 ? 0
           : ms > MINUTES_PER_DAY * (int64_t)MINUTE_MS
               ? MINUTES_PER_DAY * (int64_t)MINUTE_MS
               : ms;
}

static bool times_sure(const struct assignment_values *v)
{
    int64_t ms;
    return moment_sure(&v->in, MOMENT_ABOUT_MS) &&
           moment_sure(&v->out, MOMENT_ABOUT_MS) &&
           moment_between(&v->in, &v->out, &ms) && ms >= 0;
}

static bool breaks_sure(const struct assignment_values *v)
{
    int64_t ms;
    for (int i = 0; i < v->break_count; i++) {
        const struct assignment_break *b = &v->breaks[i];
        if (!moment_between(&b->from, &b->until, &ms) || ms < 0) {
            return false;
        }
    }
    return true;
}

/* Only whole pieces of a quarter of an hour are rest; of these, what lay in the agreed
 * time. Rounded down: the doubtful seconds are work. */
static int rest_minutes(const struct assignment *a, bool wall)
{
    int rest = 0;
    for (int i = 0; i < a->now.break_count; i++) {
        const struct assignment_break *b = &a->now.breaks[i];
        int64_t piece = apart(&b->from, &b->until);
        if (piece >= (int64_t)ASSIGNMENT_REST_PIECE_MIN * MINUTE_MS) {
            int64_t counted = wall ? within_agreed(a, &b->from, &b->until) : piece;
            rest += (int)(counted / MINUTE_MS);
        }
    }
    return rest;
}

static bool too_little_rest(int stay, int rest)
{
    for (size_t i = 0; i < ARRAY_LEN(rest_rules); i++) {
        if (stay - rest > rest_rules[i].work) {
            return rest < rest_rules[i].rest;
        }
    }
    return false;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

static void compute(const struct assignment *a, struct assignment_hours *h)
{
    const struct assignment_values *v = &a->now;
    bool wall = times_sure(v);
    int64_t ms = wall ? within_agreed(a, &v->in, &v->out) : apart(&v->in, &v->out);
    int stay = (int)((ms + MINUTE_MS / 2) / MINUTE_MS);
    int agreed = a->work.end - a->work.start - a->work.break_minutes;
    h->rest = least(rest_minutes(a, wall), stay);
    h->minutes = least(stay - h->rest, agreed);
    h->sure = wall && breaks_sure(v);
    /* Without a noted break the agreed one is taken to have been. */
    int rest = v->break_count > 0 ? h->rest : least(a->work.break_minutes, stay);
    h->rest_short = too_little_rest(stay, rest);
}

void assignment_minutes(const struct assignment *a, struct assignment_hours *hours_out)
{
    struct assignment_hours h = {0};
    if (moment_is(&a->now.in) && moment_is(&a->now.out)) {
        compute(a, &h);
    }
    if (a->now.minutes_confirmed >= 0) {
        h.confirmed = h.sure = true;
        h.minutes = a->now.minutes_confirmed;
    }
    *hours_out = h;
}
