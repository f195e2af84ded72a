/* May this person do this job? The rules of work for the young.
 *
 * Pure: people, offers, history and calendar in; a verdict out. The rules are data
 * (assets/rules/): numbers, lists and plain-language reasons with their legal reference,
 * versioned by the day from which they hold; a per-organisation file can only tighten.
 * Sources: Jugendarbeitsschutzgesetz (JArbSchG) §§2, 5, 8–18, 22, 23 and
 * Kinderarbeitsschutzverordnung (KindArbSchV) §2. Engineering guidance, no legal advice.
 */
#ifndef DOMAIN_RULES_H
#define DOMAIN_RULES_H

#include "base/err.h"
#include "domain/offer.h"

#define RULES_REASONS_MAX 25 /* at most one for each kind of rule */
#define RULES_HISTORY_MAX 512 /* further work of the same person */

/* Who is asking, as far as the rules care. */
struct rules_person {
    int age; /* years on the day of the job; of a band: its youngest */
    bool full_time_schooling;
    bool consent; /* the custodian's, valid on the day; ignored from 18 */
};

/* Other work of the same person, at all sites: wished for, agreed or done. */
struct rules_work {
    date_t date;
    int start, end, break_minutes;
    bool in_holidays_quota; /* counts towards the four weeks of §5(4) */
};

/* What kind of day it is. Berlin's own answer comes from domain/calendar.h. */
struct rules_day {
    bool school_day; /* lessons take place that day */
    bool school_holiday;
    bool public_holiday;
};

struct rules_reason {
    const char *rule;    /* stable id: "hours-day" */
    const char *law;     /* "JArbSchG §5(3)" */
    const char *text;    /* German, plain, one sentence; also the key in the catalogues */
    const char *instead; /* what is possible instead; "" if nothing */
};

struct rules_verdict {
    bool allowed;
    int reason_count; /* 0 if allowed; most important first */
    struct rules_reason reasons[RULES_REASONS_MAX];
};

struct rules; /* opaque; immutable after loading; strings of verdicts live in it */

/* The rules built into the program, and optionally a tightening file of the organisation.
 * `error` gets "line 3: field 'x': …" on ERR_INVALID. Caller frees with rules_free.
 *
 * The organisation's file: {"rules":[{"id":"hours-day","who":"youth","below_age":16,
 * "text":"Unter 16 bei uns höchstens 3 Stunden.","minutes_max":180}]}. The same rules and
 * parameters as in assets/rules/youth-work.json; `text` is its own, `law` ("Hausregel")
 * and `instead` are optional. House rules are checked besides the law's, never instead;
 * a value looser than the law's is refused. "work-banned" with a list "banned" is theirs
 * alone. Empty text: no such file. */
enum err rules_load(struct str base_json, struct str tightening_json, struct buf *error,
                    struct rules **rules_out) NODISCARD;
void rules_free(struct rules *rules);
/* The version (first day of validity) of the set in force on a date. */
const char *rules_version(const struct rules *rules, date_t on);

void rules_check(const struct rules *rules, const struct rules_person *person,
                 const struct offer_work *work, const struct rules_day *day,
                 const struct rules_work *history, size_t history_count,
                 struct rules_verdict *verdict_out);

/* The days, both included, of which other work can change what rules_check says: nothing
 * before or behind them needs to be in the history. */
struct rules_reach {
    date_t from, to;
};
struct rules_reach rules_reach(const struct rules_person *person,
                               const struct rules_day *day, date_t date);

#endif
