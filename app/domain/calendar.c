#include "domain/calendar.h"

#include "domain/calendar_data.h"

/* Meeus/Jones/Butcher: Easter Sunday of the Gregorian calendar. */
date_t calendar_easter(int year)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int e = b % 4, g = (8 * b + 13) / 25;
    int h = (19 * a + b - b / 4 - g + 15) % 30;
    int l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7;
    int m = (a + 11 * h + 22 * l) / 451;
    int n = h + l - 7 * m + 114;
    return date_from_ymd(year, n / 31, n % 31 + 1);
}

/* Gesetz über die Sonn- und Feiertage (Berlin) §1. */
static const struct {
    int month, day, since;
    const char *name;
} fixed_days[] = {
    {1, 1, 1970, "Neujahr"},
    {3, 8, 2019, "Frauentag"},
    {5, 1, 1970, "Tag der Arbeit"},
    {10, 3, 1990, "Tag der Deutschen Einheit"},
    {12, 25, 1970, "1. Weihnachtstag"},
    {12, 26, 1970, "2. Weihnachtstag"},
};

static const struct {
    int after_easter;
    const char *name;
} moving_days[] = {
    {-2, "Karfreitag"},
    {1, "Ostermontag"},
    {39, "Christi Himmelfahrt"},
    {50, "Pfingstmontag"},
};

static const struct {
    int year, month, day;
    const char *name;
} single_days[] = {
    {2017, 10, 31, "Reformationstag"},
    {2020, 5, 8, "Tag der Befreiung"},
    {2025, 5, 8, "Tag der Befreiung"},
    {2028, 6, 17, "75. Jahrestag des Aufstands vom 17. Juni"},
};

const char *calendar_public_holiday(date_t date)
{
    struct date_ymd d = date_to_ymd(date);
    for (size_t i = 0; i < ARRAY_LEN(fixed_days); i++) {
        if (d.month == fixed_days[i].month && d.day == fixed_days[i].day &&
            d.year >= fixed_days[i].since) {
            return fixed_days[i].name;
        }
    }
    for (size_t i = 0; i < ARRAY_LEN(moving_days); i++) {
        if (date == calendar_easter(d.year) + moving_days[i].after_easter) {
            return moving_days[i].name;
        }
    }
    for (size_t i = 0; i < ARRAY_LEN(single_days); i++) {
        if (d.year == single_days[i].year && d.month == single_days[i].month &&
            d.day == single_days[i].day) {
            return single_days[i].name;
        }
    }
    return NULL;
}

static bool in_spans(const struct calendar_span *spans, size_t count, date_t date)
{
    for (size_t i = 0; i < count; i++) {
        if (date >= spans[i].first && date <= spans[i].last) {
            return true;
        }
    }
    return false;
}

struct rules_day calendar_day(const struct calendar *calendar, date_t date,
                              bool *known_out)
{
    bool known = date >= calendar->known_from && date <= calendar->known_until;
    bool holiday = in_spans(calendar->holidays, calendar->holiday_count, date);
    bool free_day = in_spans(calendar->free_days, calendar->free_count, date);
    struct rules_day day = {
        .school_holiday = known && holiday,
        .public_holiday = calendar_public_holiday(date) != NULL,
    };
    day.school_day = !day.school_holiday && !day.public_holiday && !(known && free_day) &&
                     date_weekday(date) <= FRIDAY;
    if (known_out) {
        *known_out = known;
    }
    return day;
}
