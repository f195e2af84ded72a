/* Dates, times and sums as they are shown. */
#include "i18n/i18n.h"
#include "unit/unit.h"

static char shown[128];
static struct buf out;

static struct i18n begin(const char *code)
{
    buf_init(&out, shown, sizeof shown);
    int language = language_find(str_of(code));
    assert_true(language >= 0);
    return i18n_of(language);
}

static void expect(const char *text)
{
    assert_string_equal(shown, text);
}

static const struct {
    const char *code;
    enum date_style style;
    const char *out;
} date_cases[] = {
    {"de", DATE_FULL, "Freitag, 27. November"},
    {"de", DATE_SHORT, "Fr, 27.11."},
    {"de", DATE_NUMBERS, "27.11."},
    {"de", DATE_DAY, "27.11.2026"},
    {"de", DATE_WEEKDAY, "Fr"},
    {"de", DATE_WEEKDAY_FULL, "Freitag"},
    {"de", DATE_MONTH, "November"},
    {"en", DATE_FULL, "Friday, 27 November"},
    {"en", DATE_SHORT, "Fri 27/11"},
    {"en", DATE_NUMBERS, "27/11"},
    {"en", DATE_DAY, "27/11/2026"},
    {"ar", DATE_FULL, "الجمعة 27 نوفمبر"},
    {"ar", DATE_WEEKDAY, "الجمعة"},
    {"ar", DATE_MONTH, "نوفمبر"},
};

static void test_dates(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(date_cases); i++) {
        struct i18n i18n = begin(date_cases[i].code);
        tr_date(&out, &i18n, date_from_ymd(2026, 11, 27), date_cases[i].style);
        expect(date_cases[i].out);
    }
}

static void test_every_weekday_and_month_has_its_name(void **state)
{
    (void)state;
    static const char *const weeks[] = {"Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"};
    for (int day = 0; day < 7; day++) {
        struct i18n de = begin("de");
        tr_date(&out, &de, date_from_ymd(2026, 11, 23) + day, DATE_WEEKDAY);
        expect(weeks[day]);
    }
    struct i18n de = begin("de");
    tr_date(&out, &de, date_from_ymd(2027, 1, 1), DATE_FULL);
    expect("Freitag, 1. Januar");
    de = begin("de");
    tr_date(&out, &de, date_from_ymd(2026, 12, 31), DATE_MONTH);
    expect("Dezember");
}

static const struct {
    const char *code;
    int start, end;
    bool spoken;
    const char *out;
} span_cases[] = {
    {"de", 900, 1020, false, "15–17 Uhr"},
    {"de", 930, 1020, false, "15:30–17 Uhr"},
    {"de", 480, 545, false, "8–9:05 Uhr"},
    {"de", 0, 1440, false, "0–24 Uhr"},
    {"de", 900, 1020, true, "15 bis 17 Uhr"},
    {"en", 900, 1020, false, "15:00–17:00"},
    {"en", 930, 1020, true, "15:30 to 17:00"},
    {"ar", 930, 1020, false, "\u206615:30–17:00\u2069"},
    {"ar", 930, 1020, true, "من 15:30 إلى 17:00"},
};

static void test_spans(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(span_cases); i++) {
        struct i18n i18n = begin(span_cases[i].code);
        tr_span(&out, &i18n, span_cases[i].start, span_cases[i].end,
                span_cases[i].spoken);
        expect(span_cases[i].out);
    }
}

static void test_clock(void **state)
{
    (void)state;
    struct i18n de = begin("de");
    tr_clock(&out, &de, 15 * 60 + 42);
    expect("15:42");
    de = begin("de");
    tr_clock(&out, &de, 7);
    expect("0:07");
}

static const struct {
    const char *code;
    int cents;
    const char *money, *words;
} money_cases[] = {
    {"de", 500, "5\u00A0€", "5 Euro"},          {"de", 750, "7,50\u00A0€", "7,50 Euro"},
    {"de", 5, "0,05\u00A0€", "0,05 Euro"},      {"de", 0, "0\u00A0€", "0 Euro"},
    {"de", 100000, "1000\u00A0€", "1000 Euro"}, {"en", 100, "€1", "1 euro"},
    {"en", 150, "€1.50", "1.50 euros"},         {"ar", 750, "7.50\u00A0€", "7.50 يورو"},
};

static void test_money(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(money_cases); i++) {
        struct i18n i18n = begin(money_cases[i].code);
        tr_money(&out, &i18n, money_cases[i].cents);
        expect(money_cases[i].money);
        buf_clear(&out);
        tr_money_words(&out, &i18n, money_cases[i].cents);
        expect(money_cases[i].words);
    }
}

static const struct {
    const char *code;
    int minutes;
    const char *out;
} hour_cases[] = {
    {"de", 60, "1 Stunde"},
    {"de", 120, "2 Stunden"},
    {"de", 90, "1 Stunde 30 Minuten"},
    {"de", 121, "2 Stunden 1 Minute"},
    {"de", 45, "45 Minuten"},
    {"de", 0, "0 Stunden"},
    {"en", 60, "1 hour"},
    {"ar", 120, "ساعتان"},
    {"ar", 210, "3 ساعات 30 دقيقة"},
};

static void test_hours(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(hour_cases); i++) {
        struct i18n i18n = begin(hour_cases[i].code);
        tr_hours(&out, &i18n, hour_cases[i].minutes);
        expect(hour_cases[i].out);
    }
}

static const struct {
    const char *code;
    struct sentence_arg value;
    const char *out;
} value_cases[] = {
    {"en", {.kind = VALUE_TEXT, .text = "Falke"}, "Falke"},
    {"en", {.kind = VALUE_COUNT, .number = 7}, "7"},
    {"en", {.kind = VALUE_MINUTES, .number = 60}, "1 hour"},
    {"de", {.kind = VALUE_CLOCK, .number = 942}, "15:42"},
    {"de", {.kind = VALUE_WORD, .text = "ohne Übersetzung"}, "ohne Übersetzung"},
};

static void test_values(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(value_cases); i++) {
        struct i18n i18n = begin(value_cases[i].code);
        tr_value(&out, &i18n, &value_cases[i].value, DATE_FULL);
        expect(value_cases[i].out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_every_weekday_and_month_has_its_name),
        cmocka_unit_test(test_spans),
        cmocka_unit_test(test_clock),
        cmocka_unit_test(test_money),
        cmocka_unit_test(test_hours),
        cmocka_unit_test(test_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
