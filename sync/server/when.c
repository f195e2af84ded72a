#include "server/when.h"

#define DRIFT 5000 /* a clock is wrong by less than one part in so many */

struct span {
    int64_t from_ms, to_ms;
};

static int64_t distance(int64_t a, int64_t b)
{
    return a < b ? b - a : a - b;
}

/* Numbers come from kiosks: at most 2^53, so sums of a few of them cannot overflow. */
static struct span span_from(const struct when_anchor *anchor, int64_t mono_ms)
{
    int64_t t_ms = anchor->at_ms + (mono_ms - anchor->mono_ms);
    int64_t drift_ms = distance(mono_ms, anchor->mono_ms) / DRIFT;
    return (struct span){t_ms - anchor->slack_ms - drift_ms, t_ms + drift_ms};
}

static int64_t width(struct span span)
{
    return span.to_ms - span.from_ms;
}

static bool same_boot(const struct when *when, int64_t mono_ms, struct span *span_out)
{
    bool found = false;
    for (size_t i = 0; i < when->count; i++) {
        struct span span = span_from(&when->anchors[i], mono_ms);
        if (!found || width(span) < width(*span_out)) {
            *span_out = span;
            found = true;
        }
    }
    return found;
}

/* The interval, and the best guess within it: the wall clock's, if that is possible. */
static bool other_boot(const struct when *when, const struct when_clocks *clocks,
                       struct span *span_out, int64_t *best_out)
{
    struct span span = {when->after_ms ? when->after_ms : WHEN_OLDEST_MS,
                        when->before_ms ? when->before_ms : clocks->received_ms};
    bool possible = clocks->wall_ms >= span.from_ms && clocks->wall_ms <= span.to_ms;
    if (!possible && when->after_ms == 0) {
        return false; /* years of "maybe" say nothing */
    }
    *best_out = possible ? clocks->wall_ms : span.from_ms + width(span) / 2;
    *span_out = span;
    return true;
}

bool when_estimate(const struct when *when, const struct when_clocks *clocks,
                   int64_t *t_ms_out, int64_t *t_err_ms_out)
{
    struct span span;
    int64_t best_ms = 0;
    bool here = same_boot(when, clocks->mono_ms, &span);
    if (!here && !other_boot(when, clocks, &span, &best_ms)) {
        return false;
    }
    if (span.to_ms > clocks->received_ms) {
        span.to_ms = clocks->received_ms;
    }
    /* Clocks that contradict each other: two bodies, or a lie. */
    if (span.from_ms > span.to_ms || span.to_ms < 0) {
        return false;
    }
    if (here || best_ms > span.to_ms) {
        best_ms = span.from_ms + width(span) / 2;
    }
    int64_t before = best_ms - span.from_ms, after = span.to_ms - best_ms;
    *t_ms_out = best_ms;
    *t_err_ms_out = before > after ? before : after;
    return true;
}
