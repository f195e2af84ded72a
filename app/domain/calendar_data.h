/* The loaded school calendar, seen only by calendar.c and its loader. */
#ifndef DOMAIN_CALENDAR_DATA_H
#define DOMAIN_CALENDAR_DATA_H

#include "domain/date.h"

#define CALENDAR_SPANS_MAX 96

struct calendar_span {
    date_t first, last;
};

struct calendar {
    date_t known_from, known_until; /* the data says nothing beyond */
    struct calendar_span holidays[CALENDAR_SPANS_MAX];
    struct calendar_span free_days[CALENDAR_SPANS_MAX]; /* no lessons, but no holidays */
    size_t holiday_count, free_count;
};

#endif
