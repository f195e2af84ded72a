/* Law cases as one can read them aloud: "16e", "2026-11-25 16:00-18:00 business
 * catering".
 *
 * who      age, then s (full-time schooling) or e (ended), then - if consent is missing
 * job      date, times, site, work; then any of /30 (break), 7.5kg, dangerous, paced,
 *          alcohol
 * history  "2026-11-25 13:00-14:00/15; 2026-11-26 …"; the school holidays count as quota
 */
#ifndef DOMAIN_LAW_H
#define DOMAIN_LAW_H

#include "base/asset.h"
#include "domain/calendar.h"
#include "unit/unit.h"

#include <stdio.h>

struct law {
    struct rules *rules;
    struct calendar *calendar;
};

static inline struct str law_asset(const char *name)
{
    const struct asset *a = asset_find(name);
    assert_non_null(a);
    return (struct str){(const char *)a->data, a->len};
}

static inline void law_open(struct law *law, const char *house)
{
    char memory[512];
    struct buf error;
    buf_init(&error, memory, sizeof memory);
    if (rules_load(law_asset("rules/youth-work.json"), str_of(house), &error,
                   &law->rules) ||
        calendar_load(law_asset("rules/berlin-calendar.json"), &error, &law->calendar)) {
        fail_msg("%s", memory);
    }
}

static inline void law_close(struct law *law)
{
    rules_free(law->rules);
    calendar_free(law->calendar);
}

static inline date_t law_date(const char *text)
{
    date_t date;
    assert_int_equal(date_parse((struct str){text, 10}, &date), ERR_OK);
    return date;
}

static inline int law_time(const char *text)
{
    int minute;
    assert_int_equal(time_parse((struct str){text, 5}, &minute), ERR_OK);
    return minute;
}

static inline struct rules_person law_person(const char *who)
{
    int age;
    char school;
    assert_int_equal(sscanf(who, "%d%c", &age, &school), 2);
    return (struct rules_person){age, school == 's', strchr(who, '-') == NULL};
}

static inline struct offer_work law_work(const char *job)
{
    char date[11], start[6], end[6], site[16], work[16], word[16];
    int at = 0, n;
    assert_int_equal(sscanf(job, "%10s %5[0-9:]-%5[0-9:] %15s %15s%n", date, start, end,
                            site, work, &at),
                     5);
    struct offer_work w = {.date = law_date(date),
                           .start = law_time(start),
                           .end = law_time(end),
                           .site_kind = (enum site_kind)site_kind_from_name(str_of(site)),
                           .work_kind =
                               (enum work_kind)work_kind_from_name(str_of(work))};
    assert_true((int)w.site_kind >= 0 && (int)w.work_kind >= 0);
    for (; sscanf(job + at, "%15s%n", word, &n) == 1; at += n) {
        if (word[0] == '/') {
            w.break_minutes = atoi(word + 1);
        } else if (strstr(word, "kg")) {
            w.load_g = (int)(atof(word) * 1000 + 0.5);
        } else {
            w.dangerous |= strcmp(word, "dangerous") == 0;
            w.paced |= strcmp(word, "paced") == 0;
            w.alcohol_tobacco |= strcmp(word, "alcohol") == 0;
        }
    }
    return w;
}

static inline size_t law_history(const struct law *law, const char *text,
                                 struct rules_work *out, size_t max)
{
    char date[11], start[6], end[6];
    size_t count = 0;
    while (text && sscanf(text, " %10s %5[0-9:]-%5[0-9:]", date, start, end) == 3) {
        const char *next = strchr(text, ';'), *rest = strchr(text, '/');
        assert_true(count < max);
        out[count++] = (struct rules_work){
            .date = law_date(date),
            .start = law_time(start),
            .end = law_time(end),
            .break_minutes = rest && (!next || rest < next) ? atoi(rest + 1) : 0,
            .in_holidays_quota =
                calendar_day(law->calendar, law_date(date), NULL).school_holiday,
        };
        text = next ? next + 1 : NULL;
    }
    return count;
}

static inline void law_check(const struct law *law, const char *who, const char *job,
                             const char *history, struct rules_verdict *verdict_out)
{
    struct rules_work other[64];
    size_t count = law_history(law, history, other, ARRAY_LEN(other));
    struct rules_person person = law_person(who);
    struct offer_work work = law_work(job);
    struct rules_day day = calendar_day(law->calendar, work.date, NULL);
    rules_check(law->rules, &person, &work, &day, other, count, verdict_out);
}

/* "hours-day hours-week", in the verdict's order; "" if allowed. */
static inline void law_reasons(const struct rules_verdict *v, char *out, size_t size)
{
    struct buf b;
    buf_init(&b, out, size);
    for (int i = 0; i < v->reason_count; i++) {
        buf_printf(&b, "%s%s", i > 0 ? " " : "", v->reasons[i].rule);
    }
}

#endif
