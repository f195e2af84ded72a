#include "domain/date.h"

#define DAYS_TO_EPOCH 719468 /* from 0000-03-01 to 1970-01-01 */
#define DAYS_PER_ERA 146097  /* 400 years */
#define MS_PER_MINUTE INT64_C(60000)
#define MS_PER_DAY (MS_PER_MINUTE * MINUTES_PER_DAY)

static bool leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && leap(year));
}

bool date_ymd_valid(int year, int month, int day)
{
    return year >= 1970 && year <= 2199 && month >= 1 && month <= 12 && day >= 1 &&
           day <= month_days(year, month);
}

/* Years that begin in March have the leap day at their end, so that the days before a
 * month are a straight line (the well-known "days from civil"). */
date_t date_from_ymd(int year, int month, int day)
{
    CHECK(date_ymd_valid(year, month, day));
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400, year_of_era = y % 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - DAYS_TO_EPOCH;
}

struct date_ymd date_to_ymd(date_t date)
{
    int64_t days = (int64_t)date + DAYS_TO_EPOCH;
    int64_t era = (days >= 0 ? days : days - DAYS_PER_ERA + 1) / DAYS_PER_ERA;
    int doe = (int)(days - era * DAYS_PER_ERA);
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    int month = mp < 10 ? mp + 3 : mp - 9;
    return (struct date_ymd){
        .year = (int)(yoe + era * 400) + (month <= 2),
        .month = month,
        .day = doy - (153 * mp + 2) / 5 + 1,
    };
}

enum weekday date_weekday(date_t date)
{
    int64_t n = ((int64_t)date + 3) % 7; /* 1970-01-01 was a Thursday */
    return (enum weekday)((n < 0 ? n + 7 : n) + 1);
}

date_t date_week_start(date_t date)
{
    return date - (date_t)(date_weekday(date) - MONDAY);
}

/* `digits` digits at `at`, or -1. */
static int number_at(struct str s, size_t at, size_t digits)
{
    int n = 0;
    for (size_t i = at; i < at + digits; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9') {
            return -1;
        }
        n = n * 10 + (s.ptr[i] - '0');
    }
    return n;
}

enum err date_parse(struct str text, date_t *date_out)
{
    if (text.len != 10 || text.ptr[4] != '-' || text.ptr[7] != '-') {
        return ERR_INVALID;
    }
    int year = number_at(text, 0, 4), month = number_at(text, 5, 2);
    int day = number_at(text, 8, 2);
    if (!date_ymd_valid(year, month, day)) {
        return ERR_INVALID;
    }
    *date_out = date_from_ymd(year, month, day);
    return ERR_OK;
}

enum err time_parse(struct str text, int *minute_out)
{
    if (text.len != 5 || text.ptr[2] != ':') {
        return ERR_INVALID;
    }
    int hour = number_at(text, 0, 2), minute = number_at(text, 3, 2);
    if (hour < 0 || hour > 24 || minute < 0 || minute > 59 ||
        (hour == 24 && minute > 0)) {
        return ERR_INVALID;
    }
    *minute_out = hour * 60 + minute;
    return ERR_OK;
}

void date_format(date_t date, char out[11])
{
    struct date_ymd d = date_to_ymd(date);
    CHECK(d.year >= 0 && d.year <= 9999);
    struct buf b;
    buf_init(&b, out, 11);
    buf_printf(&b, "%04d-%02d-%02d", d.year, d.month, d.day);
}

void time_format(int minute, char out[6])
{
    CHECK(minute >= 0 && minute <= MINUTES_PER_DAY);
    struct buf b;
    buf_init(&b, out, 6);
    buf_printf(&b, "%02d:%02d", minute / 60, minute % 60);
}

/* The last Sunday of March or October, 01:00 UTC. Both months have 31 days. */
static int64_t change_ms(int year, int month)
{
    date_t last = date_from_ymd(year, month, 31);
    return (last - date_weekday(last) % 7) * MS_PER_DAY + 60 * MS_PER_MINUTE;
}

static int64_t floor_div(int64_t n, int64_t by)
{
    return n / by - (n % by < 0);
}

/* Where the clock has run away beyond our years it shows the nearest one we know. */
static int64_t within_years(int64_t wall_ms)
{
    int64_t last = (date_from_ymd(2199, 12, 31)) * MS_PER_DAY;
    return wall_ms < 0 ? 0 : wall_ms > last ? last : wall_ms;
}

static int utc_offset(int64_t wall_ms)
{
    int year = date_to_ymd((date_t)floor_div(wall_ms, MS_PER_DAY)).year;
    bool summer = wall_ms >= change_ms(year, 3) && wall_ms < change_ms(year, 10);
    return summer ? 120 : 60;
}

void date_from_wall_ms(int64_t wall_ms, date_t *date_out, int *minute_out)
{
    int64_t ms = within_years(wall_ms);
    int64_t local = ms + utc_offset(ms) * MS_PER_MINUTE;
    *date_out = (date_t)floor_div(local, MS_PER_DAY);
    *minute_out = (int)(local % MS_PER_DAY / MS_PER_MINUTE);
}

/* In the hour that autumn has twice, the first one; in the hour that spring leaves out,
 * as many minutes after the change. */
int64_t date_to_wall_ms(date_t date, int minute)
{
    int64_t local = date * MS_PER_DAY + minute * MS_PER_MINUTE;
    int64_t summer = local - 120 * MS_PER_MINUTE;
    return utc_offset(within_years(summer)) == 120 ? summer : local - 60 * MS_PER_MINUTE;
}
