/* Adds up hours, days and breaks; which sums are too much is said in rules.c. */
#include "domain/rules_data.h"

/* Shorter interruptions are working time: JArbSchG §11(1) sentence 3. */
#define BREAK_MIN 15

static int rest_within(int break_minutes)
{
    return break_minutes >= BREAK_MIN ? break_minutes : 0;
}

static int worked(int start, int end, int break_minutes)
{
    return end - start - rest_within(break_minutes);
}

static int worked_entry(const struct rules_work *w)
{
    return worked(w->start, w->end, w->break_minutes);
}

static int worked_offer(const struct offer_work *w)
{
    return worked(w->start, w->end, w->break_minutes);
}

int rules_minutes_day(const struct rules_facts *facts)
{
    int sum = worked_offer(facts->work);
    for (size_t i = 0; i < facts->history_count; i++) {
        const struct rules_work *h = &facts->history[i];
        sum += h->date == facts->work->date ? worked_entry(h) : 0;
    }
    return sum;
}

int rules_shift_day(const struct rules_facts *facts)
{
    int sum = facts->work->end - facts->work->start;
    for (size_t i = 0; i < facts->history_count; i++) {
        const struct rules_work *h = &facts->history[i];
        sum += h->date == facts->work->date ? h->end - h->start : 0;
    }
    return sum;
}

static bool same_week(const struct rules_facts *facts, const struct rules_work *h)
{
    return date_week_start(h->date) == date_week_start(facts->work->date);
}

int rules_minutes_week(const struct rules_facts *facts)
{
    int sum = worked_offer(facts->work);
    for (size_t i = 0; i < facts->history_count; i++) {
        const struct rules_work *h = &facts->history[i];
        sum += same_week(facts, h) ? worked_entry(h) : 0;
    }
    return sum;
}

static int bits(uint32_t set)
{
    int n = 0;
    for (; set; set &= set - 1) {
        n++;
    }
    return n;
}

int rules_days_week(const struct rules_facts *facts)
{
    uint32_t days = 1u << date_weekday(facts->work->date);
    for (size_t i = 0; i < facts->history_count; i++) {
        const struct rules_work *h = &facts->history[i];
        days |= same_week(facts, h) ? 1u << date_weekday(h->date) : 0;
    }
    return bits(days);
}

static uint32_t sundays_of_month(date_t date)
{
    struct date_ymd d = date_to_ymd(date);
    uint32_t days = 0;
    for (int day = 1; day <= 31; day++) {
        if (date_ymd_valid(d.year, d.month, day) &&
            date_weekday(date_from_ymd(d.year, d.month, day)) == SUNDAY) {
            days |= UINT32_C(1) << day;
        }
    }
    return days;
}

int rules_sundays_free(const struct rules_facts *facts)
{
    struct date_ymd now = date_to_ymd(facts->work->date);
    uint32_t work_days = UINT32_C(1) << now.day;
    for (size_t i = 0; i < facts->history_count; i++) {
        struct date_ymd d = date_to_ymd(facts->history[i].date);
        if (d.year == now.year && d.month == now.month) {
            work_days |= UINT32_C(1) << d.day;
        }
    }
    return bits(sundays_of_month(facts->work->date) & ~work_days);
}

int rules_holiday_days(const struct rules_facts *facts)
{
    int year = date_to_ymd(facts->work->date).year;
    date_t first = date_from_ymd(year, 1, 1);
    uint32_t days[12] = {0}; /* 366 bits */
    int n = 0;
    days[(facts->work->date - first) / 32] |= 1u << ((facts->work->date - first) % 32);
    for (size_t i = 0; i < facts->history_count; i++) {
        const struct rules_work *h = &facts->history[i];
        if (h->in_holidays_quota && date_to_ymd(h->date).year == year) {
            days[(h->date - first) / 32] |= 1u << ((h->date - first) % 32);
        }
    }
    for (size_t i = 0; i < ARRAY_LEN(days); i++) {
        n += bits(days[i]);
    }
    return n;
}

int rules_rest_minutes(const struct rules_facts *facts)
{
    const struct offer_work *w = facts->work;
    int least = 2 * MINUTES_PER_DAY;
    for (size_t i = 0; i < facts->history_count; i++) {
        const struct rules_work *h = &facts->history[i];
        int rest = least;
        if (h->date == w->date - 1) {
            rest = w->start + MINUTES_PER_DAY - h->end;
        } else if (h->date == w->date + 1) {
            rest = h->start + MINUTES_PER_DAY - w->end;
        }
        least = rest < least ? rest : least;
    }
    return least;
}

bool rules_overlaps(const struct rules_facts *facts)
{
    const struct offer_work *w = facts->work;
    for (size_t i = 0; i < facts->history_count; i++) {
        const struct rules_work *h = &facts->history[i];
        if (h->date == w->date && h->start < w->end && w->start < h->end) {
            return true;
        }
    }
    return false;
}

/* One job of the day, in order of time. */
struct stint {
    int start, end, rest;
    bool offer;
};

static bool earlier(const struct stint *a, const struct stint *b)
{
    return a->start != b->start ? a->start < b->start : a->end < b->end;
}

static void insert(struct stint *stints, size_t *count, struct stint stint)
{
    size_t at = (*count)++;
    for (; at > 0 && earlier(&stint, &stints[at - 1]); at--) {
        stints[at] = stints[at - 1];
    }
    stints[at] = stint;
}

/* Nobody rests from one job while at another. */
static void void_overlapped_breaks(struct stint *stints, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1; j < count && stints[j].start < stints[i].end; j++) {
            stints[i].rest = stints[j].rest = 0;
        }
    }
}

static size_t day_stints(const struct rules_facts *facts, struct stint *stints)
{
    const struct offer_work *w = facts->work;
    size_t count = 0;
    insert(stints, &count,
           (struct stint){w->start, w->end, rest_within(w->break_minutes), true});
    for (size_t i = 0; i < facts->history_count; i++) {
        const struct rules_work *h = &facts->history[i];
        if (h->date == w->date) {
            insert(
                stints, &count,
                (struct stint){h->start, h->end, rest_within(h->break_minutes), false});
        }
    }
    void_overlapped_breaks(stints, count);
    return count;
}

/* Every run of jobs around the offer is looked at by itself: a long pause later in the
 * day must not excuse five hours without one before, and work added to the day must
 * never make a refused offer allowed. */
static bool run_lacks_rest(const struct stint *stints, size_t count, size_t first,
                           int over, int rest)
{
    int work_sum = 0, rest_sum = 0, end = stints[first].start;
    bool offer = false;
    for (size_t i = first; i < count; i++) {
        int gap = stints[i].start - end;
        rest_sum += stints[i].rest + (i > first && gap >= BREAK_MIN ? gap : 0);
        work_sum += stints[i].end - stints[i].start - stints[i].rest;
        end = stints[i].end > end ? stints[i].end : end;
        offer |= stints[i].offer;
        if (offer && work_sum > over && rest_sum < rest) {
            return true;
        }
    }
    return false;
}

bool rules_break_missing(const struct rules_facts *facts, int over, int rest)
{
    struct stint stints[RULES_HISTORY_MAX + 1];
    size_t count = day_stints(facts, stints);
    for (size_t first = 0; first < count; first++) {
        if (run_lacks_rest(stints, count, first, over, rest)) {
            return true;
        }
        if (stints[first].offer) {
            break;
        }
    }
    return false;
}

/* ---- how far it is looked --------------------------------------------------------------- */

static struct rules_reach both(struct rules_reach a, struct rules_reach b)
{
    return (struct rules_reach){a.from < b.from ? a.from : b.from,
                                a.to > b.to ? a.to : b.to};
}

/* What the functions above count: rest to the day before and after, weeks, the Sundays of a
 * month, and, while pupils have holidays, the holidays of the year. */
struct rules_reach rules_reach(const struct rules_person *person,
                               const struct rules_day *day, date_t date)
{
    struct date_ymd d = date_to_ymd(date);
    date_t month = date_from_ymd(d.year, d.month, 1), week = date_week_start(date);
    struct rules_reach reach = {date - 1, date + 1};
    reach = both(reach, (struct rules_reach){month, month + 30});
    reach = both(reach, (struct rules_reach){week, week + 6});
    if (person->full_time_schooling && day->school_holiday) {
        reach = both(reach, (struct rules_reach){date_from_ymd(d.year, 1, 1),
                                                 date_from_ymd(d.year, 12, 31)});
    }
    return reach;
}
