#include "domain/rules_form.h"

#define CHILD (1u << GROUP_CHILD)
#define YOUTH (1u << GROUP_YOUTH)
#define MINOR (CHILD | YOUTH)
#define EVERYONE (MINOR | 1u << GROUP_ADULT)

#define COUNT_LESS(name, max)                                                            \
    {                                                                                    \
        name, NUMBER_COUNT, max, STRICTER_LESS                                           \
    }
#define COUNT_MORE(name, max)                                                            \
    {                                                                                    \
        name, NUMBER_COUNT, max, STRICTER_MORE                                           \
    }
#define TIME_LESS(name)                                                                  \
    {                                                                                    \
        name, NUMBER_TIME, 0, STRICTER_LESS                                              \
    }
#define TIME_MORE(name)                                                                  \
    {                                                                                    \
        name, NUMBER_TIME, 0, STRICTER_MORE                                              \
    }

static const struct rule_form forms[RULE_KIND_COUNT] = {
    [RULE_AGE_MIN] = {.numbers = {COUNT_MORE("years_min", 99)}, .groups_needed = CHILD},
    [RULE_DANGEROUS] = {.groups_needed = MINOR},
    [RULE_PACED] = {.groups_needed = MINOR},
    [RULE_WORK_BANNED] = {.list = "banned", .list_bans = true},
    [RULE_LIGHT_WORK] = {.list = "allowed", .groups_needed = CHILD},
    [RULE_ALCOHOL] = {.groups_needed = MINOR},
    [RULE_LOAD] = {.numbers = {COUNT_LESS("grams_max", 200000)}, .groups_needed = CHILD},
    [RULE_SCHOOL_TIME] = {.numbers = {TIME_MORE("earliest")}, .groups_needed = CHILD},
    [RULE_TIME_OF_DAY] = {.numbers = {TIME_MORE("from"), TIME_LESS("until")},
                          .extensions = true,
                          .groups_needed = MINOR},
    [RULE_EVE] = {.numbers = {TIME_LESS("until")}, .groups_needed = MINOR},
    [RULE_HOLIDAY_NEVER] = {.groups_needed = MINOR},
    [RULE_HOLIDAY] = {.list = "allowed", .groups_needed = MINOR},
    [RULE_SUNDAY] = {.list = "allowed", .groups_needed = MINOR},
    [RULE_SATURDAY] = {.list = "allowed", .groups_needed = MINOR},
    [RULE_SUNDAYS_FREE] = {.numbers = {COUNT_MORE("sundays_min", 5)},
                           .groups_needed = MINOR},
    [RULE_HOURS_DAY] = {.numbers = {COUNT_LESS("minutes_max", 1440)},
                        .groups_needed = MINOR},
    [RULE_SHIFT_DAY] = {.numbers = {COUNT_LESS("minutes_max", 1440),
                                    COUNT_LESS("minutes_max_listed", 1440)},
                        .list = "listed",
                        .groups_needed = YOUTH},
    [RULE_BREAK_SHORT] = {.numbers = {COUNT_LESS("work_minutes", 1440),
                                      COUNT_MORE("rest_minutes", 1440)},
                          .groups_needed = YOUTH},
    [RULE_BREAK_LONG] = {.numbers = {COUNT_LESS("work_minutes", 1440),
                                     COUNT_MORE("rest_minutes", 1440)},
                         .groups_needed = YOUTH},
    [RULE_REST] = {.numbers = {COUNT_MORE("minutes_min", 1440)}, .groups_needed = MINOR},
    [RULE_DAYS_WEEK] = {.numbers = {COUNT_LESS("days_max", 7)}, .groups_needed = MINOR},
    [RULE_HOURS_WEEK] = {.numbers = {COUNT_LESS("minutes_max", 10080)},
                         .groups_needed = MINOR},
    [RULE_HOLIDAY_DAYS] = {.numbers = {COUNT_LESS("days_max", 366)},
                           .groups_needed = YOUTH},
    [RULE_OVERLAP] = {.groups_needed = EVERYONE},
    [RULE_CONSENT] = {.groups_needed = MINOR},
};

const struct rule_form *rule_form(enum rule_kind kind)
{
    return &forms[kind];
}

int rule_kind_from_name(struct str name)
{
    for (int kind = 0; kind < RULE_KIND_COUNT; kind++) {
        if (str_eq(str_of(rule_kind_name(kind)), name)) {
            return kind;
        }
    }
    return -1;
}
