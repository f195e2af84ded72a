#include "law.h"

static const struct {
    const char *date, *holiday;
} holiday_cases[] = {
    {"2026-01-01", "Neujahr"},
    {"2018-03-08", NULL},
    {"2019-03-08", "Frauentag"},
    {"2026-04-03", "Karfreitag"},
    {"2026-04-05", NULL},
    {"2026-04-06", "Ostermontag"},
    {"2026-05-01", "Tag der Arbeit"},
    {"2026-05-14", "Christi Himmelfahrt"},
    {"2026-05-24", NULL},
    {"2026-05-25", "Pfingstmontag"},
    {"2026-06-04", NULL},
    {"2026-10-03", "Tag der Deutschen Einheit"},
    {"2026-10-31", NULL},
    {"2017-10-31", "Reformationstag"},
    {"2020-05-08", "Tag der Befreiung"},
    {"2025-05-08", "Tag der Befreiung"},
    {"2026-05-08", NULL},
    {"2028-06-17", "75. Jahrestag des Aufstands vom 17. Juni"},
    {"2026-12-24", NULL},
    {"2026-12-25", "1. Weihnachtstag"},
    {"2026-12-26", "2. Weihnachtstag"},
    {"2026-12-31", NULL},
    {"2038-04-26", "Ostermontag"},
};

static void test_public_holidays(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(holiday_cases); i++) {
        const char *got = calendar_public_holiday(law_date(holiday_cases[i].date));
        const char *want = holiday_cases[i].holiday;
        if (!got != !want || (want && strcmp(got, want) != 0)) {
            fail_msg("%s: got %s", holiday_cases[i].date, got ? got : "none");
        }
    }
}

static void test_easter(void **state)
{
    (void)state;
    assert_int_equal(calendar_easter(2025), law_date("2025-04-20"));
    assert_int_equal(calendar_easter(2038), law_date("2038-04-25")); /* the latest */
    assert_int_equal(calendar_easter(2008), law_date("2008-03-23"));
    assert_int_equal(calendar_easter(1981), law_date("1981-04-19")); /* epact 24 */
    assert_int_equal(calendar_easter(1954 + 95), law_date("2049-04-18"));
    for (int year = 1970; year <= 2199; year++) {
        struct date_ymd d = date_to_ymd(calendar_easter(year));
        assert_int_equal(date_weekday(calendar_easter(year)), SUNDAY);
        assert_true(d.month == 3 ? d.day >= 22 : d.month == 4 && d.day <= 25);
    }
}

static const struct {
    const char *date;
    bool school, holiday, known;
} day_cases[] = {
    {"2026-07-08", true, false, true},  {"2026-07-09", false, true, true},
    {"2026-08-22", false, true, true},  {"2026-08-23", false, false, true},
    {"2026-08-24", true, false, true},  {"2026-05-15", false, false, true},
    {"2026-11-28", false, false, true}, {"2026-12-25", false, true, true},
    {"2030-08-16", false, true, true},  {"2030-08-19", true, false, false},
    {"2031-07-15", true, false, false}, {"2031-12-25", false, false, false},
    {"2024-08-30", true, false, false},
};

static void test_days(void **state)
{
    struct law law;
    (void)state;
    law_open(&law, NULL);
    for (size_t i = 0; i < ARRAY_LEN(day_cases); i++) {
        bool known;
        struct rules_day d =
            calendar_day(law.calendar, law_date(day_cases[i].date), &known);
        if (d.school_day != day_cases[i].school || known != day_cases[i].known ||
            d.school_holiday != day_cases[i].holiday) {
            fail_msg("%s: school %d holiday %d known %d", day_cases[i].date, d.school_day,
                     d.school_holiday, known);
        }
    }
    law_close(&law);
}

static const struct {
    const char *name, *json, *error;
} bad_files[] = {
    {"nothing", "", "line 1: not well-formed JSON"},
    {"no end", "{\"source\":\"s\",\n\"known_from\":\"2026-01-01\"}",
     "line 1: field 'known_until': is missing"},
    {"backwards",
     "{\"source\":\"s\",\"known_from\":\"2026-01-01\",\"known_until\":\"2026-12-31\",\n"
     "\"free_days\":[],\"holidays\":[\n{\"name\":\"n\",\"from\":\"2026-02-02\",\n"
     "\"until\":\"2026-02-01\"}]}",
     "line 4: field 'holidays[0].until': must not be before 'from'"},
    {"not a date",
     "{\"source\":\"s\",\"known_from\":\"2026-01-01\",\"known_until\":\"2026-12-31\",\n"
     "\"holidays\":[],\"free_days\":[\"2026-01-05\",\n\"5 May\"]}",
     "line 3: field 'free_days[1]': must be a date like 2026-11-27"},
};

static void test_bad_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad_files); i++) {
        char memory[256];
        struct buf error;
        struct calendar *calendar = NULL;
        buf_init(&error, memory, sizeof memory);
        assert_int_equal(calendar_load(str_of(bad_files[i].json), &error, &calendar),
                         ERR_INVALID);
        assert_null(calendar);
        if (strncmp(memory, bad_files[i].error, strlen(bad_files[i].error)) != 0) {
            fail_msg("%s: %s", bad_files[i].name, memory);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_public_holidays),
        cmocka_unit_test(test_easter),
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_bad_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
