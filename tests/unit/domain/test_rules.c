/* The law, case by case, with both sides of every boundary. 2026-11-25 is a Wednesday
 * and a school day in Berlin, 2026-07-15 a Wednesday in the summer holidays. */
#include "domain/rules_data.h"
#include "law.h"

struct law_case {
    const char *name, *who, *job, *history, *reasons;
};

static const struct law_case age_cases[] = {
    {"12 is too young, and nothing else is said", "12s-",
     "2026-11-25 10:00-20:00 business craft dangerous", "", "age-min"},
    {"13 may", "13s", "2026-11-25 16:00-18:00 nonprofit garden", "", ""},
    {"13 without consent", "13s-", "2026-11-25 16:00-18:00 nonprofit garden", "",
     "consent"},
    {"14 is a child even if schooling has ended", "14e",
     "2026-11-25 15:00-18:00 nonprofit garden", "", "hours-day"},
    {"15 with schooling ended is a youth", "15e",
     "2026-11-25 15:00-18:00 business office", "", ""},
    {"15 at school is a child", "15s", "2026-11-25 15:00-18:00 nonprofit garden", "",
     "hours-day"},
    {"15 without consent", "15e-", "2026-11-25 15:00-18:00 business office", "",
     "consent"},
    {"17 at school is a child", "17s", "2026-11-25 18:00-18:30 private garden", "",
     "time-of-day"},
    {"17 without consent", "17e-", "2026-11-25 15:00-18:00 business office", "",
     "consent"},
    {"18 needs no consent and has no limits", "18s-",
     "2026-12-25 03:00-23:00 business other dangerous paced alcohol 60kg",
     "2026-12-24 03:00-23:59", ""},
    {"18 cannot be in two places", "18e", "2026-11-25 10:00-12:00 business other",
     "2026-11-25 11:59-13:00", "overlap"},
    {"17 is not 18", "17e",
     "2026-11-25 10:00-12:00 business other dangerous paced alcohol", "",
     "dangerous paced alcohol-tobacco"},
    {"13 and danger", "13s", "2026-11-25 16:00-18:00 private garden dangerous paced", "",
     "dangerous paced"},
    {"13 shops without alcohol", "13s", "2026-11-25 16:00-18:00 private shopping alcohol",
     "", "alcohol-tobacco"},
};

static const struct law_case load_cases[] = {
    {"14 carries 7.5 kg", "14s", "2026-11-25 16:00-18:00 private garden 7.5kg", "", ""},
    {"14 carries no gram more", "14s", "2026-11-25 16:00-18:00 private garden 7.501kg",
     "", "load"},
    {"14 and 10 kg: how often is unknown", "14s",
     "2026-11-25 16:00-18:00 private garden 10kg", "", "load"},
    {"14 and 10.5 kg", "14s", "2026-11-25 16:00-18:00 private garden 10.5kg", "", "load"},
    {"15 at school may carry more", "15s", "2026-11-25 16:00-18:00 private garden 12kg",
     "", ""},
};

static const struct law_case child_hours_cases[] = {
    {"2 h", "13s", "2026-11-25 15:00-17:00 private garden", "", ""},
    {"2 h 01", "13s", "2026-11-25 15:00-17:01 private garden", "", "hours-day"},
    {"2 h with a break of 15", "13s", "2026-11-25 15:00-17:15 private garden /15", "",
     ""},
    {"a break of 14 is no break", "13s", "2026-11-25 15:00-17:14 private garden /14", "",
     "hours-day"},
    {"other sites count: 1 h and 1 h", "13s", "2026-11-25 16:00-17:00 private garden",
     "2026-11-25 14:00-15:00", ""},
    {"other sites count: 1 h and 1 h 01", "13s", "2026-11-25 16:00-17:01 private garden",
     "2026-11-25 14:00-15:00", "hours-day"},
    {"the example of the form", "13s", "2026-11-23 16:00-18:00 nonprofit garden 5kg",
     "2026-11-23 13:00-14:00", "hours-day"},
    {"another day does not", "13s", "2026-11-25 16:00-18:00 private garden",
     "2026-11-24 16:00-18:00", ""},
    {"until 18:00", "13s", "2026-11-25 16:30-18:00 private garden", "", ""},
    {"until 18:01", "13s", "2026-11-25 16:30-18:01 private garden", "", "time-of-day"},
    {"from 8:00 on a free day", "13s", "2026-07-15 08:00-10:00 private garden", "", ""},
    {"from 7:59 on a free day", "13s", "2026-07-15 07:59-09:00 private garden", "",
     "time-of-day"},
    {"holidays do not make a child a youth", "14s",
     "2026-07-15 10:00-12:01 private garden", "", "hours-day"},
    {"before school", "13s", "2026-11-25 08:00-09:00 private garden", "", "school-time"},
    {"before 8 and before school", "13s", "2026-11-25 07:00-08:00 private garden", "",
     "school-time time-of-day"},
    {"during school", "15s", "2026-11-25 11:00-12:00 private garden", "", "school-time"},
    {"a minute before the end of school", "13s", "2026-11-25 13:59-15:00 private garden",
     "", "school-time"},
    {"after school", "13s", "2026-11-25 14:00-16:00 private garden", "", ""},
    {"in the morning of a free day", "13s", "2026-05-15 10:00-12:00 private garden", "",
     ""},
    {"a free day is no school holiday", "16s", "2026-05-15 10:00-12:01 private garden",
     "", "hours-day"},
    {"the fifth day", "13s", "2026-11-28 10:00-12:00 private garden",
     "2026-11-23 15:00-16:00; 2026-11-24 15:00-16:00; 2026-11-25 15:00-16:00; "
     "2026-11-26 15:00-16:00",
     ""},
    {"the sixth day", "13s", "2026-11-28 10:00-12:00 private garden",
     "2026-11-23 15:00-16:00; 2026-11-24 15:00-16:00; 2026-11-25 15:00-16:00; "
     "2026-11-26 15:00-16:00; 2026-11-27 15:00-16:00",
     "days-week"},
    {"a second job on the fifth day", "13s", "2026-11-27 17:00-18:00 private garden",
     "2026-11-23 15:00-16:00; 2026-11-24 15:00-16:00; 2026-11-25 15:00-16:00; "
     "2026-11-26 15:00-16:00; 2026-11-27 15:00-16:00",
     ""},
    {"10 h a week", "13s", "2026-11-27 16:00-18:00 private garden",
     "2026-11-23 16:00-18:00; 2026-11-24 16:00-18:00; 2026-11-25 16:00-18:00; "
     "2026-11-26 16:00-18:00",
     ""},
    {"10 h 01 a week", "13s", "2026-11-27 16:00-18:00 private garden",
     "2026-11-23 16:00-18:01; 2026-11-24 16:00-18:00; 2026-11-25 16:00-18:00; "
     "2026-11-26 16:00-18:00",
     "hours-week"},
    {"Sunday and Monday are two weeks", "13s", "2026-11-30 16:00-18:00 private garden",
     "2026-11-24 16:00-18:00; 2026-11-25 16:00-18:00; 2026-11-26 16:00-18:00; "
     "2026-11-27 16:00-18:00; 2026-11-29 16:00-18:00",
     ""},
};

static const struct law_case youth_hours_cases[] = {
    {"8 h with 60 min break", "16e", "2026-11-25 08:00-17:00 business office /60", "",
     ""},
    {"8 h 01", "16e", "2026-11-25 08:00-17:01 business office /60", "", "hours-day"},
    {"two sites: 8 h 01", "16e", "2026-11-25 13:00-17:01 business office",
     "2026-11-25 08:00-12:00", "hours-day"},
    {"from 6:00", "15e", "2026-11-25 06:00-08:00 business office", "", ""},
    {"from 5:59", "15e", "2026-11-25 05:59-08:00 business office", "", "time-of-day"},
    {"until 20:00", "17e", "2026-11-25 18:00-20:00 business office", "", ""},
    {"until 20:01", "17e", "2026-11-25 18:00-20:01 business office", "", "time-of-day"},
    {"catering at 16 until 22:00", "16e", "2026-11-25 18:00-22:00 business catering", "",
     ""},
    {"catering at 16 until 22:01", "16e", "2026-11-25 18:00-22:01 business catering", "",
     "time-of-day"},
    {"catering at 15 until 20:00", "15e", "2026-11-25 18:00-20:00 business catering", "",
     ""},
    {"catering at 15 until 22:00", "15e", "2026-11-25 18:00-22:00 business catering", "",
     "time-of-day"},
    {"a party at home is no restaurant", "16e", "2026-11-25 18:00-22:00 private catering",
     "", "time-of-day"},
    {"an association's party is no restaurant", "16e",
     "2026-11-25 18:00-22:00 nonprofit catering", "", "time-of-day"},
    {"farm at 16 from 5:00", "16e", "2026-11-25 05:00-08:00 business farm", "", ""},
    {"farm at 16 from 4:59", "16e", "2026-11-25 04:59-08:00 business farm", "",
     "time-of-day"},
    {"farm at 16 until 21:00", "16e", "2026-11-25 18:00-21:00 business farm", "", ""},
    {"farm at 16 until 21:01", "16e", "2026-11-25 18:00-21:01 business farm", "",
     "time-of-day"},
    {"farm at 15 until 21:00", "15e", "2026-11-25 18:00-21:00 business farm", "",
     "time-of-day"},
    {"4 h 30 without a break", "16e", "2026-11-25 08:00-12:30 business office", "", ""},
    {"4 h 31 without a break", "16e", "2026-11-25 08:00-12:31 business office", "",
     "break-short"},
    {"4 h 31 with 29 min", "16e", "2026-11-25 08:00-13:00 business office /29", "",
     "break-short"},
    {"4 h 31 with 30 min", "16e", "2026-11-25 08:00-13:01 business office /30", "", ""},
    {"6 h with 30 min", "16e", "2026-11-25 08:00-14:30 business office /30", "", ""},
    {"6 h 01 with 30 min", "16e", "2026-11-25 08:00-14:31 business office /30", "",
     "break-long"},
    {"6 h 01 with 59 min", "16e", "2026-11-25 08:00-15:00 business office /59", "",
     "break-long"},
    {"6 h 01 with 60 min", "16e", "2026-11-25 08:00-15:01 business office /60", "", ""},
    {"two jobs with 30 min between", "16e", "2026-11-25 12:30-15:00 business office",
     "2026-11-25 09:00-12:00", ""},
    {"two jobs with 29 min between", "16e", "2026-11-25 12:29-15:00 business office",
     "2026-11-25 09:00-12:00", "break-short"},
    {"two jobs with 14 min between are one", "16e",
     "2026-11-25 12:14-15:00 business office", "2026-11-25 08:30-12:00 /15",
     "break-short break-long"},
    {"a pause later excuses no long stretch before", "16e",
     "2026-11-25 08:00-12:31 business office", "2026-11-25 16:00-17:00", "break-short"},
    {"nobody rests from one job while at another", "16e",
     "2026-11-25 14:10-15:00 business office",
     "2026-11-25 09:00-14:00; 2026-11-25 10:00-12:10/120", "break-short break-long"},
    {"shift of 10 h", "16e", "2026-11-25 08:00-18:00 business office /120", "", ""},
    {"shift of 10 h 01", "16e", "2026-11-25 08:00-18:01 business office /121", "",
     "shift-day"},
    {"shift of 11 h in catering", "16e", "2026-11-25 08:00-19:00 business catering /180",
     "", ""},
    {"shift of 11 h 01 in catering", "16e",
     "2026-11-25 08:00-19:01 business catering /181", "", "shift-day"},
    {"12 h between days", "16e", "2026-11-26 08:00-10:00 business office",
     "2026-11-25 18:00-20:00", ""},
    {"11 h 59 after the day before", "16e", "2026-11-26 07:59-10:00 business office",
     "2026-11-25 18:00-20:00", "rest"},
    {"11 h 59 before the day after", "16e", "2026-11-25 18:00-20:00 business office",
     "2026-11-26 07:59-10:00", "rest"},
    {"40 h a week", "16e", "2026-11-27 08:00-17:00 business office /60",
     "2026-11-23 08:00-17:00/60; 2026-11-24 08:00-17:00/60; 2026-11-25 08:00-17:00/60; "
     "2026-11-26 08:00-17:00/60",
     ""},
    {"40 h 01 a week", "16e", "2026-11-27 08:00-17:00 business office /60",
     "2026-11-23 08:00-17:01/60; 2026-11-24 08:00-17:00/60; 2026-11-25 08:00-17:00/60; "
     "2026-11-26 08:00-17:00/60",
     "hours-week"},
    {"the sixth day", "16e", "2026-11-28 08:00-10:00 business market",
     "2026-11-23 08:00-10:00; 2026-11-24 08:00-10:00; 2026-11-25 08:00-10:00; "
     "2026-11-26 08:00-10:00; 2026-11-27 08:00-10:00",
     "days-week"},
    {"end to end is no overlap", "16e", "2026-11-25 12:00-14:00 business office",
     "2026-11-25 10:00-12:00", ""},
    {"one minute is an overlap", "16e", "2026-11-25 12:00-14:00 business office",
     "2026-11-25 10:00-12:01", "overlap"},
    {"inside is an overlap", "16e", "2026-11-25 10:30-11:00 business office",
     "2026-11-25 10:00-12:00", "overlap"},
};

static const struct law_case holiday_cases[] = {
    {"a pupil of 16 in the holidays works like a youth", "16s",
     "2026-07-15 08:00-17:00 business office /60", "", ""},
    {"a pupil of 14 does not", "14s", "2026-07-15 10:00-12:00 business office", "",
     "light-work"},
    {"a pupil of 16 until 22 in catering", "16s",
     "2026-07-15 18:00-22:00 business catering", "", ""},
    {"the last day of school before them", "16s",
     "2026-07-08 15:00-18:00 business office", "", "light-work hours-day"},
    {"the last day of the holidays is a Saturday", "16s",
     "2026-08-22 10:00-14:00 business market", "", ""},
    {"the Sunday after is none", "16s", "2026-08-23 10:00-12:00 nonprofit sport_help", "",
     ""},
    {"the Sunday after is none: 2 h 01", "16s",
     "2026-08-23 10:00-12:01 nonprofit sport_help", "", "hours-day"},
    {"Frauentag", "16e", "2027-03-08 10:00-12:00 business office", "", "holiday"},
    {"Frauentag in a care home", "16e", "2027-03-08 10:00-12:00 nonprofit care_home", "",
     ""},
    {"Frauentag at sport, a child", "13s", "2027-03-08 10:00-12:00 nonprofit sport_help",
     "", ""},
    {"Good Friday in catering", "16e", "2027-03-26 10:00-12:00 business catering", "",
     ""},
    {"Easter Sunday in catering", "16e", "2027-03-28 10:00-12:00 business catering", "",
     "holiday-never"},
    {"Easter Monday in catering", "16e", "2027-03-29 10:00-12:00 business catering", "",
     ""},
    {"1 January in a care home", "16e", "2027-01-01 10:00-12:00 nonprofit care_home", "",
     "holiday-never"},
    {"1 May at sport", "16e", "2026-05-01 10:00-12:00 nonprofit sport_help", "",
     "holiday-never"},
    {"25 December on stage", "16e", "2026-12-25 10:00-12:00 business performance", "",
     "holiday-never"},
    {"26 December on stage, a Saturday", "16e",
     "2026-12-26 10:00-12:00 business performance", "", ""},
    {"26 December at a market, a Saturday", "16e",
     "2026-12-26 10:00-12:00 business market", "", "holiday"},
    {"17 June 2028", "16e", "2028-06-17 10:00-12:00 business market", "", "holiday"},
    {"24 December until 14:00", "16e", "2026-12-24 12:00-14:00 business office", "", ""},
    {"24 December until 14:01", "16e", "2026-12-24 12:00-14:01 business office", "",
     "eve"},
    {"31 December until 14:00", "16e", "2026-12-31 12:00-14:00 business catering", "",
     ""},
    {"31 December until 14:01, no exception", "16e",
     "2026-12-31 12:00-14:01 business catering", "", "eve"},
    {"a child on 24 December", "13s", "2026-12-24 13:00-14:01 private garden", "", "eve"},
    {"23 December", "16e", "2026-12-23 12:00-16:00 business office", "", ""},
    {"the third Sunday of November 2026 leaves two", "16e",
     "2026-11-29 10:00-12:00 business catering",
     "2026-11-01 10:00-12:00; 2026-11-08 10:00-12:00", ""},
    {"the fourth of five leaves one", "16e", "2026-11-29 10:00-12:00 business catering",
     "2026-11-01 10:00-12:00; 2026-11-08 10:00-12:00; 2026-11-15 10:00-12:00",
     "sundays-free"},
    {"the third of four leaves one", "16e", "2026-12-20 10:00-12:00 business catering",
     "2026-12-06 10:00-12:00; 2026-12-13 10:00-12:00", "sundays-free"},
    {"Saturdays do not count as Sundays", "16e",
     "2026-12-20 10:00-12:00 business catering",
     "2026-12-05 10:00-12:00; 2026-12-12 10:00-12:00", ""},
};

static void run_case(const struct law *law, const struct law_case *c)
{
    struct rules_verdict v;
    char reasons[512];
    law_check(law, c->who, c->job, c->history, &v);
    law_reasons(&v, reasons, sizeof reasons);
    assert_int_equal(v.allowed, v.reason_count == 0);
    if (strcmp(reasons, c->reasons) != 0) {
        fail_msg("%s: want \"%s\", got \"%s\"", c->name, c->reasons, reasons);
    }
    for (int i = 0; i < v.reason_count; i++) {
        assert_true(v.reasons[i].law[0] && v.reasons[i].text[0] &&
                    v.reasons[i].instead[0]);
    }
}

#define RUN_ALL(law, cases)                                                              \
    for (size_t i_ = 0; i_ < ARRAY_LEN(cases); i_++) {                                   \
        run_case(law, &(cases)[i_]);                                                     \
    }

static int open_law(void **state)
{
    static struct law law;
    law_open(&law, NULL);
    *state = &law;
    return 0;
}

static int close_law(void **state)
{
    law_close(*state);
    return 0;
}

static void test_age(void **state)
{
    RUN_ALL(*state, age_cases)
    RUN_ALL(*state, load_cases)
}

static void test_children(void **state)
{
    RUN_ALL(*state, child_hours_cases)
}

static void test_youth(void **state)
{
    RUN_ALL(*state, youth_hours_cases)
}

static void test_holidays(void **state)
{
    RUN_ALL(*state, holiday_cases)
}

/* One letter a site: p private, n nonprofit, b business. What is not listed is refused.
 */
struct list_row {
    const char *work, *light, *saturday, *sunday;
};

static const struct list_row list_rows[WORK_KIND_COUNT] = {
    {"delivery", "pnb", "", ""},   {"house", "pn", "p", ""},
    {"garden", "pn", "p", ""},     {"errands", "pn", "p", ""},
    {"shopping", "pn", "p", ""},   {"childcare", "pn", "p", ""},
    {"tutoring", "pn", "p", ""},   {"pets", "pn", "p", ""},
    {"farm", "pnb", "pnb", ""},    {"sport_help", "pn", "pnb", "pnb"},
    {"event", "n", "", ""},        {"catering", "n", "b", "b"},
    {"market", "n", "pnb", ""},    {"performance", "", "pnb", "pnb"},
    {"care_home", "", "nb", "nb"}, {"craft", "n", "", ""},
    {"office", "n", "", ""},       {"media", "n", "", ""},
    {"other", "n", "", ""},
};

static void check_list(const struct law *law, const char *who, const char *date,
                       const char *work, const char *sites, const char *reason)
{
    for (enum site_kind site = SITE_PRIVATE; site < SITE_KIND_COUNT; site++) {
        char job[96];
        bool listed = strchr(sites, "pnb"[site]) != NULL;
        snprintf(job, sizeof job, "%s 16:00-17:00 %s %s", date, site_kind_name(site),
                 work);
        run_case(law, &(struct law_case){job, who, job, "", listed ? "" : reason});
    }
}

static void test_lists(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(list_rows); i++) {
        const struct list_row *r = &list_rows[i];
        check_list(*state, "13s", "2026-11-25", r->work, r->light, "light-work");
        check_list(*state, "17s", "2026-11-25", r->work, r->light, "light-work");
        check_list(*state, "16e", "2026-11-28", r->work, r->saturday, "saturday");
        check_list(*state, "16e", "2026-11-29", r->work, r->sunday, "sunday");
        check_list(*state, "16e", "2027-03-08", r->work, r->sunday, "holiday");
        check_list(*state, "16e", "2026-11-25", r->work, "pnb", "");
    }
}

/* The weekend of a child is both lists at once. */
static void test_child_on_saturday(void **state)
{
    static const struct law_case cases[] = {
        {"garden at home", "13s", "2026-11-28 10:00-12:00 private garden", "", ""},
        {"garden of an association", "13s", "2026-11-28 10:00-12:00 nonprofit garden", "",
         "saturday"},
        {"newspapers", "13s", "2026-11-28 10:00-12:00 business delivery", "", "saturday"},
        {"garden at home on Sunday", "13s", "2026-11-29 10:00-12:00 private garden", "",
         "sunday"},
        {"sport on Sunday", "13s", "2026-11-29 10:00-12:00 nonprofit sport_help", "", ""},
        {"catering on Sunday", "15s", "2026-11-29 10:00-12:00 business catering", "",
         "light-work"},
    };
    RUN_ALL(*state, cases)
}

/* 20 working days of 2026 before 2026-08-07, all in the summer holidays. */
static size_t four_weeks(struct rules_work *out, size_t days)
{
    date_t date = law_date("2026-07-09");
    size_t n = 0;
    for (; n < days; date++) {
        if (date_weekday(date) <= FRIDAY) {
            out[n++] = (struct rules_work){date, 600, 720, 0, true};
        }
    }
    return n;
}

static bool quota_allows(const struct law *law, const char *who, const char *job,
                         const struct rules_work *history, size_t count)
{
    struct rules_verdict v;
    struct rules_person person = law_person(who);
    struct offer_work work = law_work(job);
    struct rules_day day = calendar_day(law->calendar, work.date, NULL);
    rules_check(law->rules, &person, &work, &day, history, count, &v);
    if (!v.allowed) {
        assert_string_equal(v.reasons[0].rule, "holiday-days");
        assert_string_equal(v.reasons[0].law, "JArbSchG §5(4)");
    }
    return v.allowed;
}

static void test_four_weeks_of_holidays(void **state)
{
    struct rules_work h[21];
    const char *job = "2026-08-10 10:00-14:00 business office";
    assert_true(quota_allows(*state, "16s", job, h, four_weeks(h, 19)));
    assert_false(quota_allows(*state, "16s", job, h, four_weeks(h, 20)));
    assert_true(quota_allows(*state, "16e", job, h, four_weeks(h, 20)));
    /* A second job on a day that counts already is no further day. */
    h[four_weeks(h, 19)] = (struct rules_work){law_date("2026-08-10"), 480, 540, 0, true};
    assert_true(quota_allows(*state, "16s", job, h, 20));
    /* Another calendar year begins anew; a school day is not counted. */
    assert_true(quota_allows(*state, "16s", "2027-07-12 10:00-14:00 business office", h,
                             four_weeks(h, 20)));
    assert_true(quota_allows(*state, "16s", "2026-11-25 15:00-17:00 private garden", h,
                             four_weeks(h, 20)));
}

/* None is dropped: the last one, a missing signature, is the one that can be mended. */
static void test_seventeen_reasons(void **state)
{
    char history[2048];
    struct buf b;
    buf_init(&b, history, sizeof history);
    for (int day = 3; day <= 28; day++) {
        buf_printf(&b, "2028-07-%02d 10:00-12:00;", day);
    }
    for (int day = 3; day <= 24; day++) {
        buf_printf(&b, "2028-12-%02d 09:00-21:00%s", day, day < 24 ? ";" : "");
    }
    run_case(*state, &(struct law_case){
                         "everything at once", "16s-",
                         "2028-12-24 04:00-23:00 business office dangerous paced alcohol",
                         history,
                         "dangerous paced alcohol-tobacco time-of-day eve sunday "
                         "sundays-free hours-day shift-day break-short break-long rest "
                         "days-week hours-week holiday-days overlap consent"});
}

static const char *after_number(const char *at)
{
    const char *digits = at;
    while (*at >= '0' && *at <= '9') {
        at++;
    }
    return at > digits ? at + (*at >= 'a' && *at <= 'z') : NULL;
}

/* "§11(1) Nr. 1": paragraph, sub-paragraph, number. */
static const char *after_paragraph(const char *at)
{
    at = strncmp(at, "§", strlen("§")) == 0 ? after_number(at + strlen("§")) : NULL;
    if (at && *at == '(') {
        at = after_number(at + 1);
        at = at && *at == ')' ? at + 1 : NULL;
    }
    return at && strncmp(at, " Nr. ", 5) == 0 ? after_number(at + 5) : at;
}

static const char *after_statute(const char *at)
{
    static const char *const names[] = {"JArbSchG ", "KindArbSchV ", "JuSchG ", "BGB "};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (strncmp(at, names[i], strlen(names[i])) == 0) {
            return at + strlen(names[i]);
        }
    }
    return at;
}

static bool reference_is_well_formed(const char *law)
{
    const char *at = after_statute(law);
    if (at == law) {
        return strcmp(law, "Hausregel") == 0;
    }
    while ((at = after_paragraph(at)) != NULL && strncmp(at, ", ", 2) == 0) {
        at = after_statute(at + 2);
    }
    return at && *at == '\0';
}

/* One form for all, so that they can be looked up, sorted and linked. */
static void test_references(void **state)
{
    static const char *const wrong[] = {"JArbSchG §16(1), (2)", "BGB §§107, 113", "§5(3)",
                                        "JArbSchG", "JArbSchG §5(3) "};
    const struct law *law = *state;
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        assert_false(reference_is_well_formed(wrong[i]));
    }
    for (int s = 0; s < law->rules->set_count; s++) {
        for (int i = 0; i < law->rules->sets[s].count; i++) {
            const char *reference = law->rules->sets[s].rules[i].law;
            if (!reference_is_well_formed(reference)) {
                fail_msg("%s", reference);
            }
        }
    }
}

static void test_version(void **state)
{
    const struct law *law = *state;
    assert_string_equal(rules_version(law->rules, law_date("2026-11-25")), "2020-01-01");
    assert_string_equal(rules_version(law->rules, law_date("1999-01-01")), "2020-01-01");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_age),
        cmocka_unit_test(test_children),
        cmocka_unit_test(test_youth),
        cmocka_unit_test(test_holidays),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_child_on_saturday),
        cmocka_unit_test(test_four_weeks_of_holidays),
        cmocka_unit_test(test_seventeen_reasons),
        cmocka_unit_test(test_references),
        cmocka_unit_test(test_version),
    };
    return cmocka_run_group_tests(tests, open_law, close_law);
}
