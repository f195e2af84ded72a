/* The two files of rules: what is refused, and that house rules only ever tighten. */
#include "law.h"

static const struct {
    const char *name, *house, *error;
} bad_house[] = {
    {"looser hours",
     "{\"rules\":[\n{\"id\":\"hours-day\",\"who\":\"youth\",\"text\":\"T.\",\n"
     "\"minutes_max\":481}]}",
     "line 3: field 'minutes_max': is looser than the law (JArbSchG §8(1))"},
    {"looser for children only",
     "{\"rules\":[{\"id\":\"hours-day\",\"who\":\"minor\","
     "\"text\":\"T.\",\n\"minutes_max\":240}]}",
     "line 2: field 'minutes_max': is looser than the law (JArbSchG §5(3))"},
    {"later evening",
     "{\"rules\":[{\"id\":\"time-of-day\",\"who\":\"youth\",\"text\":\"T.\","
     "\"from\":\"06:00\",\n\"until\":\"20:01\"}]}",
     "line 2: field 'until': is looser"},
    {"earlier morning",
     "{\"rules\":[{\"id\":\"time-of-day\",\"who\":\"youth\",\"text\":\"T.\","
     "\n\"from\":\"05:59\",\"until\":\"20:00\"}]}",
     "line 2: field 'from': is looser"},
    {"younger catering",
     "{\"rules\":[{\"id\":\"time-of-day\",\"who\":\"youth\",\"text\":\"T.\",\"from\":"
     "\"06:00\","
     "\"until\":\"20:00\",\n\"extensions\":[{\"work\":[\"catering\"],\"sites\":["
     "\"business\"],"
     "\"age_min\":15,\"from\":\"06:00\",\"until\":\"22:00\"}]}]}",
     "line 2: field 'extensions': is looser"},
    {"more light work",
     "{\"rules\":[{\"id\":\"light-work\",\"who\":\"child\",\"text\":\"T.\",\n"
     "\"allowed\":[{\"work\":[\"garden\"],\"sites\":[\"business\"]}]}]}",
     "line 2: field 'allowed': has work that the law"},
    {"shorter break",
     "{\"rules\":[{\"id\":\"break-short\",\"who\":\"youth\",\"text\":\"T.\",\n"
     "\"work_minutes\":240,\"rest_minutes\":29}]}",
     "line 2: field 'rest_minutes': is looser"},
    {"shorter rest",
     "{\"rules\":[{\"id\":\"rest\",\"who\":\"minor\",\"text\":\"T.\","
     "\"minutes_min\":719}]}",
     "line 1: field 'minutes_min': is looser"},
    {"younger",
     "{\"rules\":[{\"id\":\"age-min\",\"who\":\"child\",\"text\":\"T.\","
     "\"years_min\":12}]}",
     "line 1: field 'years_min': is looser"},
    {"no words",
     "{\"rules\":[{\"id\":\"hours-day\",\"who\":\"youth\",\"minutes_max\":270}]}",
     "line 1: field 'text': is missing"},
    {"no such rule",
     "{\"rules\":[\n{\"id\":\"hours-dya\",\"who\":\"youth\",\"text\":\"T.\"}]}",
     "line 2: field 'id': is not a rule of this program"},
    {"no such person",
     "{\"rules\":[{\"id\":\"paced\",\"who\":\"kids\",\"text\":\"T.\"}]}",
     "line 1: field 'who': must be child, youth, minor or everyone"},
    {"another rule's number",
     "{\"rules\":[{\"id\":\"paced\",\"who\":\"minor\",\"text\":\"T.\",\n\"minutes_max\":"
     "1}]}",
     "line 2: field 'minutes_max': is not a field of this form"},
    {"unknown work",
     "{\"rules\":[{\"id\":\"work-banned\",\"who\":\"minor\",\"text\":\"T.\","
     "\"banned\":[{\"sites\":[\"private\"],\n\"work\":[\"pets\",\"lions\"]}]}]}",
     "line 2: field 'banned[0].work[1]': is not a known name"},
    {"no object", "[]", "line 1: must be an object"},
    {"no JSON", "{", "line 1: not well-formed JSON"},
};

static void test_bad_house_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad_house); i++) {
        char memory[256];
        struct buf error;
        struct rules *rules = NULL;
        buf_init(&error, memory, sizeof memory);
        enum err err = rules_load(law_asset("rules/youth-work.json"),
                                  str_of(bad_house[i].house), &error, &rules);
        if (err != ERR_INVALID || rules ||
            strncmp(memory, bad_house[i].error, strlen(bad_house[i].error)) != 0) {
            fail_msg("%s: %s", bad_house[i].name, memory);
        }
    }
}

static const char house[] =
    "{\"note\":\"n\",\"rules\":["
    "{\"id\":\"hours-day\",\"who\":\"youth\",\"text\":\"Bei uns höchstens 4,5 Stunden.\","
    "\"minutes_max\":270},"
    "{\"id\":\"hours-day\",\"who\":\"youth\",\"below_age\":16,\"law\":\"Regel 3\","
    "\"text\":\"Unter 16 bei uns höchstens 3 Stunden.\",\"minutes_max\":180},"
    "{\"id\":\"time-of-day\",\"who\":\"youth\",\"below_age\":16,\"text\":\"Unter 16 bis "
    "18.\","
    "\"from\":\"06:00\",\"until\":\"18:00\"},"
    "{\"id\":\"work-banned\",\"who\":\"minor\",\"text\":\"Keine Märkte.\","
    "\"banned\":[{\"work\":[\"market\"],\"sites\":[\"private\",\"nonprofit\","
    "\"business\"]}]}]}";

static const struct {
    const char *name, *who, *job, *rule, *law;
} house_cases[] = {
    {"4 h 30", "16e", "2026-11-25 08:00-12:30 business office", NULL, NULL},
    {"4 h 31", "16e", "2026-11-25 08:00-13:01 business office /30", "hours-day",
     "Hausregel"},
    {"over the law too", "16e", "2026-11-25 08:00-17:01 business office /60", "hours-day",
     "JArbSchG §8(1)"},
    {"15: 3 h", "15e", "2026-11-25 08:00-11:00 business office", NULL, NULL},
    {"15: 3 h 01", "15e", "2026-11-25 08:00-11:01 business office", "hours-day",
     "Regel 3"},
    {"15: 18:01", "15e", "2026-11-25 17:00-18:01 business office", "time-of-day",
     "Hausregel"},
    {"16: 22:00 in catering", "16e", "2026-11-25 19:00-22:00 business catering", NULL,
     NULL},
    {"market", "16e", "2026-11-25 08:00-10:00 nonprofit market", "work-banned",
     "Hausregel"},
    {"18: no house rule for minors", "18e", "2026-11-25 08:00-18:00 business market",
     NULL, NULL},
};

static void test_house_rules(void **state)
{
    struct law law;
    (void)state;
    law_open(&law, house);
    for (size_t i = 0; i < ARRAY_LEN(house_cases); i++) {
        struct rules_verdict v;
        law_check(&law, house_cases[i].who, house_cases[i].job, "", &v);
        bool ok = house_cases[i].rule
                      ? v.reason_count == 1 &&
                            strcmp(v.reasons[0].rule, house_cases[i].rule) == 0 &&
                            strcmp(v.reasons[0].law, house_cases[i].law) == 0
                      : v.allowed;
        if (!ok) {
            fail_msg("%s: %d reasons, first %s", house_cases[i].name, v.reason_count,
                     v.reason_count ? v.reasons[0].law : "-");
        }
    }
    law_close(&law);
}

/* The law's file without one of its rules, by renaming what follows a mark. */
static void load_changed(const char *from, const char *to, const char *want)
{
    struct str base = law_asset("rules/youth-work.json");
    char *copy = malloc(base.len * 2), memory[256];
    struct buf error;
    struct rules *rules = NULL;
    assert_non_null(copy);
    const char *at = strstr(base.ptr, from);
    assert_non_null(at);
    int n = snprintf(copy, base.len * 2, "%.*s%s%s", (int)(at - base.ptr), base.ptr, to,
                     at + strlen(from));
    buf_init(&error, memory, sizeof memory);
    enum err err =
        rules_load((struct str){copy, (size_t)n}, (struct str){0}, &error, &rules);
    free(copy);
    assert_int_equal(err, ERR_INVALID);
    if (!strstr(memory, want)) {
        fail_msg("%s: %s", from, memory);
    }
}

static void test_bad_base_files(void **state)
{
    (void)state;
    load_changed("\"id\": \"load\", \"who\": \"child\"",
                 "\"id\": \"load\", \"who\": \"youth\"",
                 "field 'rules': has no rule 'load' for somebody");
    load_changed("\"minutes_max\": 120", "\"minutes_max\": -120",
                 "field 'minutes_max': must");
    load_changed("\"valid_from\": \"2020-01-01\"", "\"valid_from\": \"2020\"",
                 "line 5: field 'valid_from': must be a date");
    load_changed("\"instead\"", "\"insted\"",
                 "field 'insted': is not a field of this form");
}

/* Two sets: each day is judged by what was in force on it. */
static void test_two_versions(void **state)
{
    struct str base = law_asset("rules/youth-work.json");
    const char *set = strstr(base.ptr, "{\n      \"valid_from\"");
    const char *end = strstr(base.ptr, "\n  ]\n}");
    char *two = malloc(base.len * 3), memory[256];
    struct buf out, error;
    struct rules *rules;
    (void)state;
    assert_true(set && end && two);
    buf_init(&out, two, base.len * 3);
    buf_put(&out, (struct str){base.ptr, (size_t)(end - base.ptr)});
    buf_puts(&out, ",");
    buf_put(&out, (struct str){set, (size_t)(end - set)});
    buf_puts(&out, "]}");
    char *later = strstr(strstr(two, "2020-01-01") + 1, "2020-01-01");
    char *minutes = strstr(later, "\"minutes_max\": 120");
    assert_true(later && minutes);
    memcpy(later, "2027-01-01", 10);
    memcpy(minutes + 15, "060", 3);
    buf_init(&error, memory, sizeof memory);
    /* a number has no leading zero: the fault is in the second set's line */
    assert_int_equal(rules_load(buf_str(&out), (struct str){0}, &error, &rules),
                     ERR_INVALID);
    memcpy(minutes + 15, " 60", 3);
    buf_clear(&error);
    assert_int_equal(rules_load(buf_str(&out), (struct str){0}, &error, &rules), ERR_OK);
    assert_string_equal(rules_version(rules, law_date("2026-12-31")), "2020-01-01");
    assert_string_equal(rules_version(rules, law_date("2027-01-01")), "2027-01-01");
    struct rules_person person = law_person("13s");
    struct offer_work work = law_work("2027-01-05 16:00-17:01 private garden");
    struct rules_day day = {.school_day = true};
    struct rules_verdict v;
    rules_check(rules, &person, &work, &day, NULL, 0, &v);
    assert_false(v.allowed);
    work.date = law_date("2026-12-08");
    rules_check(rules, &person, &work, &day, NULL, 0, &v);
    assert_true(v.allowed);
    rules_free(rules);
    free(two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bad_house_files),
        cmocka_unit_test(test_house_rules),
        cmocka_unit_test(test_bad_base_files),
        cmocka_unit_test(test_two_versions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
