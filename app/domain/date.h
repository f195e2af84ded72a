/* Calendar dates and times of day in local time, without time zones.
 *
 * A date is a number of days since 1970-01-01 (proleptic Gregorian); a time of day is
 * minutes since midnight. Both are plain numbers, so that rules can add and compare. */
#ifndef DOMAIN_DATE_H
#define DOMAIN_DATE_H

#include "base/buf.h"
#include "base/err.h"

typedef int32_t date_t; /* days since 1970-01-01 */

#define DATE_NONE INT32_MIN
#define MINUTES_PER_DAY 1440

enum weekday { MONDAY = 1, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

struct date_ymd {
    int year, month, day; /* 1 … 12, 1 … 31 */
};

date_t date_from_ymd(int year, int month, int day); /* must be valid */
bool date_ymd_valid(int year, int month, int day);  /* years 1970 … 2199 */
struct date_ymd date_to_ymd(date_t date);
enum weekday date_weekday(date_t date); /* ISO 8601: Monday = 1 */
date_t date_week_start(date_t date);    /* the Monday on or before */

/* "2026-11-27" and "16:00" ("24:00" is 1440). Exactly this form, or ERR_INVALID. */
enum err date_parse(struct str text, date_t *date_out) NODISCARD;
enum err time_parse(struct str text, int *minute_out) NODISCARD;
void date_format(date_t date, char out[11]);
void time_format(int minute, char out[6]);

/* Local date and minute of day in Germany at a moment (EU summer time, directive
 * 2000/84/EC: last Sunday of March to last Sunday of October, 01:00 UTC). Computed, so
 * that a device whose TZ is unset still shows the right hour. */
void date_from_wall_ms(int64_t wall_ms, date_t *date_out, int *minute_out);
int64_t date_to_wall_ms(date_t date, int minute);

#endif
