#include "domain/rules.h"

#include "domain/calendar.h"
#include "domain/rules_data.h"

#define ADULT_YEARS 18
#define CHILD_BELOW_YEARS 15 /* JArbSchG §2(1) */

typedef bool check_fn(const struct rule *rule, const struct rules_facts *f);

bool rule_list_has(const struct rule_list *list, enum site_kind site, enum work_kind work)
{
    return list->works[site] >> work & 1u;
}

static bool listed(const struct rule *rule, const struct rules_facts *f)
{
    return rule_list_has(&rule->list, f->work->site_kind, f->work->work_kind);
}

static bool too_young(const struct rule *rule, const struct rules_facts *f)
{
    return f->person->age < rule->number[0];
}

static bool dangerous(const struct rule *rule, const struct rules_facts *f)
{
    (void)rule;
    return f->work->dangerous;
}

static bool paced(const struct rule *rule, const struct rules_facts *f)
{
    (void)rule;
    return f->work->paced;
}

static bool not_listed(const struct rule *rule, const struct rules_facts *f)
{
    return !listed(rule, f);
}

static bool alcohol(const struct rule *rule, const struct rules_facts *f)
{
    (void)rule;
    return f->work->alcohol_tobacco;
}

static bool too_heavy(const struct rule *rule, const struct rules_facts *f)
{
    return f->work->load_g > rule->number[0];
}

static bool in_school_time(const struct rule *rule, const struct rules_facts *f)
{
    return f->day->school_day && f->work->start < rule->number[0];
}

static bool extended(const struct rule_extension *e, const struct rules_facts *f)
{
    return rule_list_has(&e->list, f->work->site_kind, f->work->work_kind) &&
           f->person->age >= e->age_min && f->work->start >= e->from &&
           f->work->end <= e->until;
}

static bool outside_hours(const struct rule *rule, const struct rules_facts *f)
{
    if (f->work->start >= rule->number[0] && f->work->end <= rule->number[1]) {
        return false;
    }
    for (int i = 0; i < rule->extension_count; i++) {
        if (extended(&rule->extensions[i], f)) {
            return false;
        }
    }
    return true;
}

static bool late_on_eve(const struct rule *rule, const struct rules_facts *f)
{
    struct date_ymd d = date_to_ymd(f->work->date);
    bool eve = d.month == 12 && (d.day == 24 || d.day == 31);
    return eve && f->work->end > rule->number[0];
}

/* JArbSchG §18(2) names them. Easter Sunday is no public holiday in Berlin; it is kept
 * free all the same, as the law means that day. */
static bool on_great_day(const struct rule *rule, const struct rules_facts *f)
{
    (void)rule;
    struct date_ymd d = date_to_ymd(f->work->date);
    return (d.month == 1 && d.day == 1) || (d.month == 5 && d.day == 1) ||
           (d.month == 12 && d.day == 25) || f->work->date == calendar_easter(d.year);
}

static bool on_holiday(const struct rule *rule, const struct rules_facts *f)
{
    return f->day->public_holiday && !on_great_day(rule, f) && !listed(rule, f);
}

/* On a public holiday §18 speaks, whatever the day of the week. */
static bool on_weekday(const struct rule *rule, const struct rules_facts *f,
                       enum weekday day)
{
    return date_weekday(f->work->date) == day && !f->day->public_holiday &&
           !on_great_day(rule, f) && !listed(rule, f);
}

static bool on_sunday(const struct rule *rule, const struct rules_facts *f)
{
    return on_weekday(rule, f, SUNDAY);
}

static bool on_saturday(const struct rule *rule, const struct rules_facts *f)
{
    return on_weekday(rule, f, SATURDAY);
}

static bool too_many_sundays(const struct rule *rule, const struct rules_facts *f)
{
    return date_weekday(f->work->date) == SUNDAY &&
           rules_sundays_free(f) < rule->number[0];
}

static bool long_day(const struct rule *rule, const struct rules_facts *f)
{
    return rules_minutes_day(f) > rule->number[0];
}

static bool long_shift(const struct rule *rule, const struct rules_facts *f)
{
    return rules_shift_day(f) > rule->number[listed(rule, f) ? 1 : 0];
}

static bool break_missing(const struct rule *rule, const struct rules_facts *f)
{
    return rules_break_missing(f, rule->number[0], rule->number[1]);
}

static bool short_rest(const struct rule *rule, const struct rules_facts *f)
{
    return rules_rest_minutes(f) < rule->number[0];
}

static bool many_days(const struct rule *rule, const struct rules_facts *f)
{
    return rules_days_week(f) > rule->number[0];
}

static bool long_week(const struct rule *rule, const struct rules_facts *f)
{
    return rules_minutes_week(f) > rule->number[0];
}

static bool holidays_used_up(const struct rule *rule, const struct rules_facts *f)
{
    return f->person->full_time_schooling && f->day->school_holiday &&
           rules_holiday_days(f) > rule->number[0];
}

static bool overlaps(const struct rule *rule, const struct rules_facts *f)
{
    (void)rule;
    return rules_overlaps(f);
}

static bool no_consent(const struct rule *rule, const struct rules_facts *f)
{
    (void)rule;
    return !f->person->consent;
}

static const struct {
    const char *name;
    check_fn *broken;
} kinds[RULE_KIND_COUNT] = {
    [RULE_AGE_MIN] = {"age-min", too_young},
    [RULE_DANGEROUS] = {"dangerous", dangerous},
    [RULE_PACED] = {"paced", paced},
    [RULE_WORK_BANNED] = {"work-banned", listed},
    [RULE_LIGHT_WORK] = {"light-work", not_listed},
    [RULE_ALCOHOL] = {"alcohol-tobacco", alcohol},
    [RULE_LOAD] = {"load", too_heavy},
    [RULE_SCHOOL_TIME] = {"school-time", in_school_time},
    [RULE_TIME_OF_DAY] = {"time-of-day", outside_hours},
    [RULE_EVE] = {"eve", late_on_eve},
    [RULE_HOLIDAY_NEVER] = {"holiday-never", on_great_day},
    [RULE_HOLIDAY] = {"holiday", on_holiday},
    [RULE_SUNDAY] = {"sunday", on_sunday},
    [RULE_SATURDAY] = {"saturday", on_saturday},
    [RULE_SUNDAYS_FREE] = {"sundays-free", too_many_sundays},
    [RULE_HOURS_DAY] = {"hours-day", long_day},
    [RULE_SHIFT_DAY] = {"shift-day", long_shift},
    [RULE_BREAK_SHORT] = {"break-short", break_missing},
    [RULE_BREAK_LONG] = {"break-long", break_missing},
    [RULE_REST] = {"rest", short_rest},
    [RULE_DAYS_WEEK] = {"days-week", many_days},
    [RULE_HOURS_WEEK] = {"hours-week", long_week},
    [RULE_HOLIDAY_DAYS] = {"holiday-days", holidays_used_up},
    [RULE_OVERLAP] = {"overlap", overlaps},
    [RULE_CONSENT] = {"consent", no_consent},
};

const char *rule_kind_name(enum rule_kind kind)
{
    return kinds[kind].name;
}

static const struct rules_set *set_on(const struct rules *rules, date_t on)
{
    int i = rules->set_count - 1;
    while (i > 0 && rules->sets[i].valid_from > on) {
        i--;
    }
    return &rules->sets[i];
}

const char *rules_version(const struct rules *rules, date_t on)
{
    return set_on(rules, on)->version;
}

static enum rules_group group_of(const struct rules_person *person,
                                 const struct rules_day *day)
{
    if (person->age >= ADULT_YEARS) {
        return GROUP_ADULT;
    }
    bool lessons = !day->school_holiday || day->school_day;
    bool pupil = person->full_time_schooling && lessons;
    return person->age < CHILD_BELOW_YEARS || pupil ? GROUP_CHILD : GROUP_YOUTH;
}

static bool holds(const struct rule *rule, const struct rules_facts *f)
{
    return (rule->groups >> f->group & 1u) &&
           (rule->below_age == 0 || f->person->age < rule->below_age);
}

static void add_reason(struct rules_verdict *v, const struct rule *rule)
{
    CHECK(v->reason_count < RULES_REASONS_MAX);
    v->reasons[v->reason_count++] = (struct rules_reason){
        rule_kind_name(rule->kind), rule->law, rule->text, rule->instead};
}

/* Under 13 nothing is possible, and no further reason would help. */
static bool says_it_all(const struct rule *rule)
{
    return rule->kind == RULE_AGE_MIN;
}

static void collect(const struct rules_set *set, const struct rules_facts *f,
                    struct rules_verdict *v)
{
    int noted = -1; /* the kind that has its reason already */
    for (int i = 0; i < set->count; i++) {
        const struct rule *rule = &set->rules[i];
        if ((int)rule->kind == noted || !holds(rule, f) ||
            !kinds[rule->kind].broken(rule, f)) {
            continue;
        }
        add_reason(v, rule);
        noted = (int)rule->kind;
        if (says_it_all(rule)) {
            return;
        }
    }
}

void rules_check(const struct rules *rules, const struct rules_person *person,
                 const struct offer_work *work, const struct rules_day *day,
                 const struct rules_work *history, size_t history_count,
                 struct rules_verdict *verdict_out)
{
    CHECK(history_count <= RULES_HISTORY_MAX);
    const struct rules_facts facts = {
        .person = person,
        .work = work,
        .day = day,
        .history = history,
        .history_count = history_count,
        .group = group_of(person, day),
    };
    *verdict_out = (struct rules_verdict){0};
    collect(set_on(rules, work->date), &facts, verdict_out);
    verdict_out->allowed = verdict_out->reason_count == 0;
}
