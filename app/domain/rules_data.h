/* The loaded rules: shared by the engine (rules.c, rules_hours.c) and its loader only.
 *
 * The engine walks the kinds in this order and notes at most one reason per kind: what
 * nobody can change comes first, what a signature mends comes last. Rules of the
 * organisation stand behind those of the law and are checked in addition, never instead:
 * so a tightening file cannot loosen anything, whatever it says. */
#ifndef DOMAIN_RULES_DATA_H
#define DOMAIN_RULES_DATA_H

#include "domain/rules.h"

enum rule_kind {
    RULE_AGE_MIN, /* number[0]: years */
    RULE_DANGEROUS,
    RULE_PACED,
    RULE_WORK_BANNED, /* listed work is refused; the law's file has none of it */
    RULE_LIGHT_WORK,  /* only listed work */
    RULE_ALCOHOL,
    RULE_LOAD,          /* number[0]: grams */
    RULE_SCHOOL_TIME,   /* number[0]: earliest start on a school day, minute of day */
    RULE_TIME_OF_DAY,   /* number[0] … [1], minutes of day; extensions */
    RULE_EVE,           /* number[0]: latest end on 24 and 31 December */
    RULE_HOLIDAY_NEVER, /* the four days without any exception */
    RULE_HOLIDAY,       /* only listed work on public holidays */
    RULE_SUNDAY,        /* only listed work on Sundays */
    RULE_SATURDAY,      /* only listed work on Saturdays */
    RULE_SUNDAYS_FREE,  /* number[0]: Sundays of a month without work */
    RULE_HOURS_DAY,     /* number[0]: minutes */
    RULE_SHIFT_DAY,     /* number[0]: minutes with breaks; number[1] for listed work */
    RULE_BREAK_SHORT,   /* above number[0] minutes of work at least number[1] of rest */
    RULE_BREAK_LONG,
    RULE_REST,         /* number[0]: minutes between two days */
    RULE_DAYS_WEEK,    /* number[0]: days */
    RULE_HOURS_WEEK,   /* number[0]: minutes */
    RULE_HOLIDAY_DAYS, /* number[0]: days of work in school holidays, calendar year */
    RULE_OVERLAP,
    RULE_CONSENT,
    RULE_KIND_COUNT
};

_Static_assert(RULE_KIND_COUNT == RULES_REASONS_MAX, "every kind may have its reason");

/* Whose rules hold. A pupil of 15 to 17 is a child on school days (JArbSchG §2(3)) and a
 * youth in the school holidays (§5(4)). Children no longer bound to school (§7) are
 * rare and stay with the stricter group. */
enum rules_group { GROUP_CHILD, GROUP_YOUTH, GROUP_ADULT, GROUP_COUNT };

#define RULE_NUMBERS 2
#define RULE_EXTENSIONS_MAX 4
#define RULES_PER_SET_MAX 128
#define RULES_SETS_MAX 8

/* For each kind of site a set of kinds of work. */
struct rule_list {
    uint32_t works[SITE_KIND_COUNT];
};

/* Longer hours for some work: JArbSchG §14(2). */
struct rule_extension {
    struct rule_list list;
    int age_min, from, until;
};

struct rule {
    enum rule_kind kind;
    unsigned groups;            /* bit per rules_group */
    bool house;                 /* of the organisation, not of the law */
    int below_age;              /* holds only for people younger than this; 0 = for all */
    char *law, *text, *instead; /* owned */
    int number[RULE_NUMBERS];
    struct rule_list list;
    struct rule_extension extensions[RULE_EXTENSIONS_MAX];
    int extension_count;
};

struct rules_set {
    date_t valid_from;
    char version[11];
    struct rule rules[RULES_PER_SET_MAX]; /* by kind; the law's before the house's */
    int count;
};

struct rules {
    struct rules_set *sets; /* by valid_from, ascending; at least one */
    int set_count;
};

const char *rule_kind_name(enum rule_kind kind);
bool rule_list_has(const struct rule_list *list, enum site_kind site,
                   enum work_kind work);

/* What a check looks at. */
struct rules_facts {
    const struct rules_person *person;
    const struct offer_work *work;
    const struct rules_day *day;
    const struct rules_work *history;
    size_t history_count;
    enum rules_group group;
};

/* Sums over the offer and all other work of the person, JArbSchG §4(5). */
int rules_minutes_day(const struct rules_facts *facts);  /* without breaks */
int rules_shift_day(const struct rules_facts *facts);    /* with breaks, §4(2) */
int rules_minutes_week(const struct rules_facts *facts); /* Monday to Sunday, §4(4) */
int rules_days_week(const struct rules_facts *facts);
int rules_sundays_free(const struct rules_facts *facts); /* of the offer's month */
int rules_holiday_days(const struct rules_facts *facts); /* of the offer's year */
int rules_rest_minutes(const struct rules_facts *facts); /* to the nearest other day */
bool rules_overlaps(const struct rules_facts *facts);
/* Is there a stretch of the day around the offer with more than `over` minutes of work
 * and less than `rest` minutes of breaks? Pauses count from 15 minutes on, §11(1). */
bool rules_break_missing(const struct rules_facts *facts, int over, int rest);

#endif
