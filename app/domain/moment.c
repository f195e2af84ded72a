#include "domain/moment.h"

#define MINUTE_MS 60000

bool moment_is(const struct moment *m)
{
    return m->boot != 0;
}

struct moment moment_told(int64_t wall_ms)
{
    return (struct moment){.wall_ms = wall_ms, .boot = MOMENT_TOLD};
}

bool moment_sure(const struct moment *m, int64_t within_ms)
{
    return moment_is(m) && m->uncertainty_ms <= within_ms;
}

static int64_t drift(int64_t ms)
{
    return ms / MOMENT_DRIFT + 1;
}

/* Sums that stay at the ends instead of running over: wall clocks may say anything. */
static int64_t plus(int64_t a, int64_t b)
{
    int64_t sum;
    if (__builtin_add_overflow(a, b, &sum)) {
        return b < 0 ? INT64_MIN : INT64_MAX;
    }
    return sum;
}

static int64_t minus(int64_t a, int64_t b)
{
    int64_t difference;
    if (__builtin_sub_overflow(a, b, &difference)) {
        return b > 0 ? INT64_MIN : INT64_MAX;
    }
    return difference;
}

bool moment_between(const struct moment *a, const struct moment *b, int64_t *ms_out)
{
    if (a->boot > 0 && a->boot == b->boot) {
        *ms_out = minus(b->mono_ms, a->mono_ms);
        return true;
    }
    *ms_out = minus(b->wall_ms, a->wall_ms);
    return moment_is(a) && moment_is(b) &&
           plus(a->uncertainty_ms, b->uncertainty_ms) <= MINUTE_MS;
}

static bool anchors(const struct moment *anchor)
{
    return anchor && anchor->boot > 0 && anchor->uncertainty_ms != MOMENT_UNSURE;
}

static int64_t low_of(const struct moment *m)
{
    return minus(m->wall_ms, m->uncertainty_ms);
}

static int64_t high_of(const struct moment *m)
{
    return plus(m->wall_ms, m->uncertainty_ms);
}

static struct moment_span own_span(const struct moment *m)
{
    if (m->uncertainty_ms == MOMENT_UNSURE) {
        return (struct moment_span){MOMENT_OPEN_LOW, MOMENT_OPEN};
    }
    return (struct moment_span){low_of(m), high_of(m)};
}

/* What one sure moment of the device says about m. Another boot lies between them: m is
 * at least as far from `before` as its own boot had run, and `after` is at least as far
 * from m as that later boot had run. */
static struct moment_span span_from(const struct moment *m, const struct moment *anchor)
{
    struct moment_span span = {MOMENT_OPEN_LOW, MOMENT_OPEN};
    if (!anchors(anchor) || m->boot <= 0) {
        return span;
    }
    if (anchor->boot == m->boot) {
        int64_t apart = minus(m->mono_ms, anchor->mono_ms);
        int64_t slack = drift(apart < 0 ? minus(0, apart) : apart);
        span.low_ms = minus(plus(low_of(anchor), apart), slack);
        span.high_ms = plus(plus(high_of(anchor), apart), slack);
    } else if (anchor->boot < m->boot) {
        span.low_ms = minus(plus(low_of(anchor), m->mono_ms), drift(m->mono_ms));
    } else {
        span.high_ms =
            plus(minus(high_of(anchor), anchor->mono_ms), drift(anchor->mono_ms));
    }
    return span;
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* The ends that were really claimed: an open one claims nothing. */
static struct moment_span hull(const struct moment_span *spans, size_t count)
{
    struct moment_span h = {INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < count; i++) {
        const int64_t ends[] = {spans[i].low_ms, spans[i].high_ms};
        for (size_t k = 0; k < ARRAY_LEN(ends); k++) {
            if (ends[k] != MOMENT_OPEN && ends[k] != MOMENT_OPEN_LOW) {
                h.low_ms = least(h.low_ms, ends[k]);
                h.high_ms = most(h.high_ms, ends[k]);
            }
        }
    }
    return h;
}

bool moment_estimate(const struct moment *m, const struct moment *before,
                     const struct moment *after, struct moment_span *span_out)
{
    const struct moment_span spans[] = {own_span(m), span_from(m, before),
                                        span_from(m, after)};
    struct moment_span all = {MOMENT_OPEN_LOW, MOMENT_OPEN};
    for (size_t i = 0; i < ARRAY_LEN(spans); i++) {
        all.low_ms = most(all.low_ms, spans[i].low_ms);
        all.high_ms = least(all.high_ms, spans[i].high_ms);
    }
    bool agree = all.low_ms <= all.high_ms;
    *span_out = agree ? all : hull(spans, ARRAY_LEN(spans));
    return agree;
}

static bool open_ended(const struct moment_span *span)
{
    return span->low_ms == MOMENT_OPEN_LOW || span->high_ms == MOMENT_OPEN;
}

struct moment moment_from_span(const struct moment *m, const struct moment_span *span)
{
    struct moment told = *m;
    if (open_ended(span)) {
        told.uncertainty_ms = MOMENT_UNSURE;
        return told;
    }
    int64_t half = minus(span->high_ms, span->low_ms) / 2;
    told.wall_ms = plus(span->low_ms, half);
    told.uncertainty_ms = plus(half, 1);
    return told;
}

static struct sentence with_time(const char *text, const char *name, int64_t wall_ms)
{
    date_t date;
    int minute;
    struct sentence s = sentence_of(text);
    date_from_wall_ms(wall_ms, &date, &minute);
    sentence_number(&s, name, VALUE_CLOCK, minute);
    return s;
}

/* The round number people would say, in minutes, by how far apart the ends are. */
static int64_t grid(int64_t width_ms)
{
    return width_ms <= 10 * MINUTE_MS ? 5 : width_ms <= 30 * MINUTE_MS ? 15 : 60;
}

static struct sentence about(const struct moment_span *span, int64_t width)
{
    int64_t step = grid(width) * MINUTE_MS, middle = span->low_ms + width / 2;
    int64_t round = (middle + step / 2) / step * step;
    return with_time(N_("gegen {time} Uhr, ungefähr"), "time", round);
}

static struct sentence between(const struct moment_span *span)
{
    date_t first, last;
    int from, until;
    struct sentence s = sentence_of(N_("zwischen {from} und {until} Uhr"));
    date_from_wall_ms(span->low_ms, &first, &from);
    date_from_wall_ms(span->high_ms, &last, &until);
    if (first != last) {
        s = sentence_of(N_("zwischen dem {from} und dem {until}"));
        sentence_number(&s, "from", VALUE_DATE, first);
        sentence_number(&s, "until", VALUE_DATE, last);
        return s;
    }
    sentence_number(&s, "from", VALUE_CLOCK, from);
    sentence_number(&s, "until", VALUE_CLOCK, until);
    return s;
}

struct sentence moment_words(const struct moment_span *span)
{
    if (open_ended(span)) {
        if (span->low_ms != MOMENT_OPEN_LOW) {
            return with_time(N_("nach {from} Uhr"), "from", span->low_ms);
        }
        if (span->high_ms != MOMENT_OPEN) {
            return with_time(N_("vor {until} Uhr"), "until", span->high_ms);
        }
        return sentence_of(N_("Die Uhrzeit ist noch nicht bekannt."));
    }
    int64_t width = minus(span->high_ms, span->low_ms);
    if (width <= 2 * (int64_t)MOMENT_ABOUT_MS) {
        return with_time(N_("{time} Uhr"), "time", span->low_ms + width / 2);
    }
    return width <= 60 * (int64_t)MINUTE_MS ? about(span, width) : between(span);
}
