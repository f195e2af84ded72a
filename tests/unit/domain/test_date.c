#include "domain/date.h"
#include "unit/unit.h"

static void test_every_day_comes_back(void **state)
{
    (void)state;
    date_t last = date_from_ymd(2199, 12, 31);
    assert_int_equal(date_from_ymd(1970, 1, 1), 0);
    for (date_t date = 0; date <= last; date++) {
        struct date_ymd d = date_to_ymd(date);
        assert_true(date_ymd_valid(d.year, d.month, d.day));
        assert_int_equal(date_from_ymd(d.year, d.month, d.day), date);
    }
}

static void test_weekdays(void **state)
{
    (void)state;
    assert_int_equal(date_weekday(0), THURSDAY);
    assert_int_equal(date_weekday(-1), WEDNESDAY);
    assert_int_equal(date_weekday(date_from_ymd(2026, 11, 29)), SUNDAY);
    for (int i = 0; i < 7; i++) {
        date_t monday = date_from_ymd(2026, 11, 23);
        assert_int_equal(date_week_start(monday + i), monday);
    }
}

static const struct {
    const char *text;
    bool good;
} date_cases[] = {
    {"2026-11-27", true},   {"2024-02-29", true},  {"2026-02-29", false},
    {"2100-02-29", false},  {"2000-02-29", true},  {"1969-12-31", false},
    {"2200-01-01", false},  {"2199-12-31", true},  {"2026-00-10", false},
    {"2026-13-10", false},  {"2026-04-31", false}, {"2026-4-1", false},
    {"2026-11-27 ", false}, {"", false},           {"2026/11/27", false},
    {"-026-11-27", false},  {"2026-11-2a", false},
};

static const struct {
    const char *text;
    int minute; /* -1: refused */
} time_cases[] = {
    {"00:00", 0},   {"16:00", 960}, {"23:59", 1439}, {"24:00", 1440},
    {"24:01", -1},  {"25:00", -1},  {"16:60", -1},   {"6:00", -1},
    {"16:00 ", -1}, {"", -1},       {"+6:00", -1},   {"16.00", -1},
};

static void test_parse(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(date_cases); i++) {
        date_t date = DATE_NONE;
        char back[11];
        bool good = date_parse(str_of(date_cases[i].text), &date) == ERR_OK;
        if (good != date_cases[i].good) {
            fail_msg("%s", date_cases[i].text);
        }
        if (good) {
            date_format(date, back);
            assert_string_equal(back, date_cases[i].text);
        }
    }
    for (size_t i = 0; i < ARRAY_LEN(time_cases); i++) {
        int minute = -1;
        enum err err = time_parse(str_of(time_cases[i].text), &minute);
        if (minute != time_cases[i].minute || (err == ERR_OK) != (minute >= 0)) {
            fail_msg("%s", time_cases[i].text);
        }
    }
}

/* Moments in UTC and what a clock in Berlin shows. */
static const struct {
    const char *name;
    int64_t utc_s;
    const char *date, *time;
} clock_cases[] = {
    {"the epoch", 0, "1970-01-01", "01:00"},
    {"before the epoch, a broken clock", -5, "1970-01-01", "01:00"},
    {"winter", 1764244800, "2025-11-27", "13:00"},
    {"before summer time", 1774745999, "2026-03-29", "01:59"},
    {"summer time begins", 1774746000, "2026-03-29", "03:00"},
    {"before it ends", 1792889999, "2026-10-25", "02:59"},
    {"it has ended", 1792890000, "2026-10-25", "02:00"},
    {"midnight in summer", 1783375200, "2026-07-07", "00:00"},
};

static void test_local_time(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(clock_cases); i++) {
        date_t date;
        int minute;
        char d[11], t[6];
        date_from_wall_ms(clock_cases[i].utc_s * 1000, &date, &minute);
        date_format(date, d);
        time_format(minute, t);
        if (strcmp(d, clock_cases[i].date) != 0 || strcmp(t, clock_cases[i].time) != 0) {
            fail_msg("%s: got %s %s", clock_cases[i].name, d, t);
        }
    }
}

static void test_local_time_comes_back(void **state)
{
    (void)state;
    for (date_t date = date_from_ymd(2026, 1, 1); date < date_from_ymd(2027, 1, 1);
         date++) {
        for (int minute = 0; minute < MINUTES_PER_DAY; minute += 30) {
            date_t d;
            int m;
            date_from_wall_ms(date_to_wall_ms(date, minute), &d, &m);
            bool left_out = date == date_from_ymd(2026, 3, 29) && minute / 60 == 2;
            assert_int_equal(d, date);
            assert_int_equal(m, left_out ? minute + 60 : minute);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_day_comes_back),
        cmocka_unit_test(test_weekdays),
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_local_time),
        cmocka_unit_test(test_local_time_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
