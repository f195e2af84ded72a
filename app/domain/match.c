#include "domain/match.h"

#include <string.h>

#define NEW_PLACE 2 /* index of the third card: seen without turning a page */

/* The order compares small whole numbers, one after the other; no weights, no sums: the
 * sentence "because …" is always the true one. */
static enum match_because reason(const struct offer *o, const struct match_wishes *w)
{
    if (field_in(w->again, o->field)) {
        return BECAUSE_AGAIN;
    }
    if (field_in(w->interests, o->field)) {
        return BECAUSE_INTEREST;
    }
    if (w->district && w->district[0] && strcmp(w->district, o->district) == 0) {
        return BECAUSE_DISTRICT;
    }
    bool soon = o->work.date >= w->today && o->work.date <= w->today + 1;
    return soon ? BECAUSE_SOON : BECAUSE_NONE;
}

static int rank(const struct offer *o, const struct match_wishes *w)
{
    static const int ranks[] = {
        [BECAUSE_AGAIN] = 0, [BECAUSE_INTEREST] = 1, [BECAUSE_DISTRICT] = 2,
        [BECAUSE_SOON] = 3,  [BECAUSE_NONE] = 4,     [BECAUSE_NEW] = 4};
    int declined = field_in(w->declined, o->field) ? (int)ARRAY_LEN(ranks) : 0;
    return ranks[reason(o, w)] + declined;
}

static int by_time(const struct offer *a, const struct offer *b)
{
    if (a->work.date != b->work.date) {
        return a->work.date < b->work.date ? -1 : 1;
    }
    if (a->work.start != b->work.start) {
        return a->work.start < b->work.start ? -1 : 1;
    }
    return strcmp(a->code, b->code);
}

static bool before(const struct offer *a, const struct offer *b,
                   const struct match_wishes *w)
{
    int ra = rank(a, w), rb = rank(b, w);
    return ra != rb ? ra < rb : by_time(a, b) < 0;
}

/* What has begun today is over for everybody who stands here now: last of all, so that
 * nothing is lost if the clock is wrong. */
static bool begun(const struct offer *o, const struct match_wishes *w)
{
    return o->work.date < w->today ||
           (o->work.date == w->today && o->work.start < w->now);
}

static bool earlier(const struct offer *a, const struct offer *b,
                    const struct match_wishes *w)
{
    bool ga = begun(a, w), gb = begun(b, w);
    return ga != gb ? gb : before(a, b, w);
}

static bool known(const struct match_wishes *w)
{
    return (w->interests | w->tried | w->again) != 0;
}

static bool is_new(const struct offer *o, const struct match_wishes *w)
{
    field_set_t seen = w->interests | w->tried | w->again | w->declined;
    return o->field > 0 && !field_in(seen, o->field) && !begun(o, w);
}

static void move_to(struct match_entry *entries, size_t from, size_t to)
{
    struct match_entry entry = entries[from];
    for (; from > to; from--) {
        entries[from] = entries[from - 1];
    }
    entries[to] = entry;
}

static void lift_new(const struct offer *offers, const struct match_wishes *w,
                     struct match_entry *entries, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (is_new(&offers[entries[i].offer], w)) {
            entries[i].because = BECAUSE_NEW;
            move_to(entries, i, i < NEW_PLACE ? i : NEW_PLACE);
            return;
        }
    }
}

size_t match_order(const struct offer *offers, const bool *eligible, size_t count,
                   const struct match_wishes *wishes, struct match_entry *entries_out)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (!eligible[i]) {
            continue;
        }
        size_t at = n++;
        for (; at > 0 && earlier(&offers[i], &offers[entries_out[at - 1].offer], wishes);
             at--) {
            entries_out[at] = entries_out[at - 1];
        }
        entries_out[at] = (struct match_entry){(int)i, reason(&offers[i], wishes)};
    }
    if (known(wishes)) {
        lift_new(offers, wishes, entries_out, n);
    }
    return n;
}
