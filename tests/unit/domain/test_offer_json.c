#include "base/asset.h"
#include "domain/offer_json.h"
#include "law.h"
#include "support/support.h"

#define ROUNDS 3000

static const char good[] =
    "[\n {\n  \"code\": \"B01\",\n  \"title\": \"Blumen gießen\",\n"
    "  \"text\": \"Du gießt.\",\n  \"field\": \"F03\",\n"
    "  \"district\": \"Mitte\",\n  \"weekday\": 1,\n"
    "  \"start\": \"16:00\",\n  \"end\": \"17:40\",\n"
    "  \"hours\": 1.67,\n  \"cents_per_hour\": 500,\n"
    "  \"places\": 2,\n  \"min_age\": 13,\n"
    "  \"after_full_time_schooling\": false,\n"
    "  \"site_kind\": \"nonprofit\",\n  \"work_kind\": \"garden\",\n"
    "  \"load_kg\": 7.25\n }\n]\n";

static enum err parse(const char *json, struct offer *offers, size_t max, size_t *count,
                      struct buf *error, const char *today)
{
    return offers_parse(str_of(json), law_date(today), offers, max, count, error);
}

static void test_good_file(void **state)
{
    struct offer offers[2];
    char memory[256];
    struct buf error;
    size_t count = 0;
    (void)state;
    buf_init(&error, memory, sizeof memory);
    assert_int_equal(parse(good, offers, 2, &count, &error, "2026-11-25"), ERR_OK);
    assert_int_equal(count, 1);
    assert_string_equal(offers[0].title, "Blumen gießen");
    assert_int_equal(offers[0].field, 3);
    assert_int_equal(offers[0].work.date, law_date("2026-11-30"));
    assert_int_equal(offers[0].work.start, 960);
    assert_int_equal(offers[0].work.load_g, 7250);
    assert_int_equal(offers[0].work.work_kind, WORK_GARDEN);
    assert_int_equal(offer_cents(&offers[0]), 833);
    assert_int_equal(offer_free(&offers[0]), 2);
    /* A Monday asked on a Monday is the next one. */
    assert_int_equal(parse(good, offers, 2, &count, &error, "2026-11-30"), ERR_OK);
    assert_int_equal(offers[0].work.date, law_date("2026-12-07"));
    assert_int_equal(parse("[]", offers, 2, &count, &error, "2026-11-30"), ERR_OK);
    assert_int_equal(count, 0);
}

/* Replaces the first `from` of the good file by `to`. */
static const struct {
    const char *name, *from, *to, *error;
} bad_cases[] = {
    {"time", "16:00", "16.00", "line 9: field 'start': must be a time like 16:00"},
    {"end", "17:40", "15:00", "line 10: field 'end': must be later than 'start'"},
    {"hours", "1.67", "1.5", "line 11: field 'hours': does not agree with"},
    {"places", ": 2,", ": 0,",
     "line 13: field 'places': must be a whole number from 1 to 99"},
    {"places as a text", ": 2,", ": \"2\",",
     "line 13: field 'places': must be a whole number"},
    {"money", "500", "50000", "line 12: field 'cents_per_hour': must be"},
    {"money as a fraction", "500", "5.5", "line 12: field 'cents_per_hour': must be"},
    {"field", "F03", "F26", "line 6: field 'field': is not a known word"},
    {"site", "nonprofit", "Nonprofit", "line 16: field 'site_kind': is not a known word"},
    {"work", "\"garden\"", "\"gardening\"",
     "line 17: field 'work_kind': is not a known word"},
    {"work is missing", "  \"work_kind\": \"garden\",\n", "",
     "line 2: field 'work_kind': is missing"},
    {"load", "7.25", "7.255", "line 18: field 'load_kg': must be a number from 0 to 200"},
    {"load below zero", "7.25", "-1", "line 18: field 'load_kg': must be a number"},
    {"misspelt", "load_kg", "load_kq",
     "line 18: field 'load_kq': is not a field of this form"},
    {"null", "7.25", "null", "line 18: field 'load_kg': must be a number"},
    {"code", "B01", "b01", "line 3: field 'code': must be 1 to 15 of A-Z, 0-9 and -"},
    {"long code", "B01", "B0123456789ABCDE", "line 3: field 'code': must be 1 to 15"},
    {"empty title", "Blumen gießen", "", "line 4: field 'title': must not be empty"},
    {"control byte", "Blumen", "Blu\\u001bmen", "line 4: field 'title': has control"},
    {"bidi override", "Blumen", "Blu\\u202emen", "line 4: field 'title': has control"},
    {"new line", "Du gie", "Du\\ngie", "line 5: field 'text': has control"},
    {"two spaces", "Du gie", "Du  gie", "line 5: field 'text': has control"},
    {"NUL", "Du gie", "Du\\u0000gie", "line 5: not well-formed JSON"},
    {"not UTF-8", "Du gie", "Du\xFFgie", "line 5: not well-formed JSON"},
    {"both days", "\"weekday\": 1", "\"weekday\": 1, \"date\": \"2026-11-30\"",
     "line 8: field 'weekday': give either 'date' or 'weekday'"},
    {"no day", "  \"weekday\": 1,\n", "", "line 2: field 'date': give either"},
    {"weekday", "\"weekday\": 1", "\"weekday\": 8", "line 8: field 'weekday': must be"},
    {"date", "\"weekday\": 1", "\"date\": \"2026-02-30\"",
     "line 8: field 'date': must be a date like"},
    {"twice the same key", "\"weekday\": 1", "\"weekday\": 1, \"code\": \"B02\"",
     "line 8: not well-formed JSON: duplicate object key"},
    {"break", "7.25", "7.25, \"break_minutes\": 100",
     "line 18: field 'break_minutes': must be shorter than the job"},
    {"taken", "7.25", "7.25, \"taken\": 3",
     "line 18: field 'taken': must be a whole number from 0 to 2"},
    {"no list", "[", "", "line 20: not well-formed JSON"},
    {"cut", "]", "", "line 21: not well-formed JSON"},
};

static void replace(const char *from, const char *to, char *out, size_t size)
{
    const char *at = strstr(good, from);
    assert_non_null(at);
    int n =
        snprintf(out, size, "%.*s%s%s", (int)(at - good), good, to, at + strlen(from));
    assert_true(n > 0 && (size_t)n < size);
}

static void test_bad_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad_cases); i++) {
        struct offer offers[2];
        char json[1024], memory[256];
        struct buf error;
        size_t count = 77;
        buf_init(&error, memory, sizeof memory);
        replace(bad_cases[i].from, bad_cases[i].to, json, sizeof json);
        enum err err = parse(json, offers, 2, &count, &error, "2026-11-25");
        if (err != ERR_INVALID || count != 77 ||
            strncmp(memory, bad_cases[i].error, strlen(bad_cases[i].error)) != 0) {
            fail_msg("%s: %s", bad_cases[i].name, memory);
        }
    }
}

static void test_lengths(void **state)
{
    (void)state;
    for (int chars = 59; chars <= 61; chars++) {
        char title[256] = "", json[1024], memory[256];
        struct offer offers[1];
        struct buf error;
        size_t count;
        buf_init(&error, memory, sizeof memory);
        for (int i = 0; i < chars; i++) {
            strcat(title, "ß"); /* characters count, not bytes */
        }
        replace("Blumen gießen", title, json, sizeof json);
        enum err err = parse(json, offers, 1, &count, &error, "2026-11-25");
        assert_int_equal(err, chars <= 60 ? ERR_OK : ERR_INVALID);
    }
}

static void test_too_many_and_twice(void **state)
{
    char json[2048], memory[256];
    struct offer offers[2];
    struct buf error;
    size_t count = 77;
    (void)state;
    snprintf(json, sizeof json, "[%.*s,\n%.*s]", (int)sizeof good - 6, good + 2,
             (int)sizeof good - 6, good + 2);
    buf_init(&error, memory, sizeof memory);
    assert_int_equal(parse(json, offers, 2, &count, &error, "2026-11-25"), ERR_INVALID);
    assert_string_equal(memory, "line 20: field 'code': stands twice in this file");
    buf_clear(&error);
    assert_int_equal(parse(json, offers, 1, &count, &error, "2026-11-25"), ERR_FULL);
    assert_string_equal(memory, "line 19: more than 1 offers");
    assert_int_equal(count, 77);
}

static size_t demo(struct offer *offers, date_t today)
{
    char memory[256];
    struct buf error;
    size_t count = 0;
    buf_init(&error, memory, sizeof memory);
    if (offers_parse(law_asset("demo/offers.json"), today, offers, OFFERS_MAX, &count,
                     &error)) {
        fail_msg("%s", memory);
    }
    return count;
}

/* In a week of school every age finds something, and somebody learns why not. */
static void test_demo_offers(void **state)
{
    static struct offer offers[OFFERS_MAX];
    static const char *const people[] = {"13s", "15s", "15e", "16e", "18e"};
    static const int least[] = {8, 8, 25, 25, 30};
    struct law law;
    (void)state;
    law_open(&law, NULL);
    size_t count = demo(offers, law_date("2026-11-22"));
    assert_int_equal(count, 30);
    for (size_t p = 0; p < ARRAY_LEN(people); p++) {
        int allowed = 0;
        for (size_t i = 0; i < count; i++) {
            struct rules_verdict v;
            struct rules_person person = law_person(people[p]);
            struct rules_day day = calendar_day(law.calendar, offers[i].work.date, NULL);
            rules_check(law.rules, &person, &offers[i].work, &day, NULL, 0, &v);
            allowed += v.allowed;
            bool asked = person.age >= offers[i].min_age &&
                         (!offers[i].after_schooling || !person.full_time_schooling);
            if (person.age == 13 && asked && !v.allowed) {
                fail_msg("%s is offered from 13 on, and refused: %s", offers[i].code,
                         v.reasons[0].rule);
            }
        }
        assert_true(allowed >= least[p] && (allowed < 30 || p >= 2));
    }
    law_close(&law);
}

/* Bytes changed, dropped and doubled: never a crash, never half a file. */
static void test_mutations(void **state)
{
    uint64_t seed = 4711;
    struct rng rng = fake_rng(&seed);
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        char json[sizeof good + 8], memory[256];
        struct offer offers[2];
        struct buf error;
        size_t count = 77, len = sizeof good - 1;
        memcpy(json, good, sizeof good);
        for (uint32_t n = 1 + rng_below(&rng, 3); n > 0; n--) {
            static const char bytes[] = "\"\\{}[]:,0-9.eE\x80\xFF\x01 \nnt";
            size_t at = rng_below(&rng, (uint32_t)len);
            if (rng_below(&rng, 3) == 0) {
                memmove(json + at, json + at + 1, --len - at);
            } else {
                json[at] = bytes[rng_below(&rng, sizeof bytes)];
            }
        }
        buf_init(&error, memory, sizeof memory);
        enum err err =
            offers_parse((struct str){json, len}, 20000, offers, 2, &count, &error);
        assert_true(err ? count == 77 && strncmp(memory, "line ", 5) == 0
                        : count <= 2 && memory[0] == '\0');
    }
}

/* One offer as the centre sends it. `more` stands for other members, with commas. */
static enum err parse_row(const char *date, const char *taken, const char *more,
                          struct offer *offer)
{
    char json[1024];
    snprintf(json, sizeof json,
             "{\"code\":\"B01\",\"title\":\"Gießen\",\"text\":\"Du gießt.\","
             "\"field\":\"F03\",\"district\":\"Mitte\",%s,\"start\":\"16:00\","
             "\"end\":\"17:40\",\"cents_per_hour\":500,\"places\":2,%s\"min_age\":13,"
             "\"after_full_time_schooling\":false,\"site_kind\":\"nonprofit\",%s"
             "\"work_kind\":\"garden\"}",
             date, taken, more);
    return offer_parse_row(str_of(json), offer);
}

static void test_rows(void **state)
{
    (void)state;
    static const char day[] = "\"date\":\"2026-11-30\"";
    static const struct {
        const char *name, *date, *taken, *more;
        enum err err;
        bool at_once;
        int is_taken;
    } cases[] = {
        {"plain", day, "", "", ERR_OK, false, 0},
        {"at once", day, "", "\"at_once\":true,", ERR_OK, true, 0},
        {"a newer centre", day, "\"taken\":1,", "\"moon\":[{\"x\":null}],", ERR_OK, false, 1},
        {"more than the places", day, "\"taken\":7,", "", ERR_OK, false, 2},
        {"at once, how often", day, "", "\"at_once\":1,", ERR_INVALID, false, 0},
        {"negative", day, "\"taken\":-1,", "", ERR_INVALID, false, 0},
        {"a weekday", "\"weekday\":1", "", "", ERR_INVALID, false, 0},
        {"twice", day, "\"taken\":1,", "\"taken\":1,", ERR_INVALID, false, 0},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct offer offer = {.taken = 0};
        enum err err =
            parse_row(cases[i].date, cases[i].taken, cases[i].more, &offer);
        if (err != cases[i].err || offer.at_once != cases[i].at_once ||
            offer.taken != cases[i].is_taken) {
            fail_msg("%s", cases[i].name);
        }
    }
    static const char *const none[] = {"", "[]", "7", "{", "null", "{}"};
    for (size_t i = 0; i < ARRAY_LEN(none); i++) {
        struct offer offer;
        assert_int_equal(offer_parse_row(str_of(none[i]), &offer), ERR_INVALID);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_file),   cmocka_unit_test(test_bad_files),
        cmocka_unit_test(test_lengths),     cmocka_unit_test(test_too_many_and_twice),
        cmocka_unit_test(test_demo_offers), cmocka_unit_test(test_mutations),
        cmocka_unit_test(test_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
