#include "domain/rules_json.h"
#include "law.h"
#include "support/support.h"

#include <jansson.h>

#define ROUNDS 3000

static const char good[] =
    "{\"id\":\"x\",\"on\":\"2026-11-23\",\"participant\":{\"age\":13,"
    "\"full_time_schooling\":true,\"consent\":true},\"offer\":{\"date\":\"2026-11-23\","
    "\"start\":\"16:00\",\"end\":\"18:00\",\"break_minutes\":0,\"site_kind\":"
    "\"nonprofit\","
    "\"work_kind\":\"garden\",\"load_kg\":5,\"dangerous\":false,\"paced\":false,"
    "\"alcohol_tobacco\":false},\"history\":[{\"date\":\"2026-11-23\",\"start\":\"13:"
    "00\","
    "\"end\":\"14:00\"}],\"calendar\":{\"school_day\":true,\"school_holiday\":false}}";

static struct law law;
static char answer_memory[RULES_ANSWER_SIZE];

static const char *answer(struct str line, size_t number, enum err *err_out)
{
    struct buf out;
    buf_init(&out, answer_memory, sizeof answer_memory);
    *err_out = rules_check_line(law.rules, law.calendar, line, number, &out);
    assert_false(out.cut);
    return answer_memory;
}

/* Replaces the first `from` of the good line by `to`; `want` begins the answer. */
static const struct {
    const char *name, *from, *to, *want;
} cases[] = {
    {"the example", "\"x\"", "\"x\"",
     "{\"id\":\"x\",\"allowed\":false,\"reasons\":[{\"rule\":\"hours-day\",\"law\":"
     "\"JArbSchG §5(3)\",\"text\":\"Solange du zur Schule"},
    {"allowed", "18:00", "17:00", "{\"id\":\"x\",\"allowed\":true,\"reasons\":[]}"},
    {"no history",
     "\"history\":[{\"date\":\"2026-11-23\",\"start\":\"13:00\",\"end\":\"14:00\"}],", "",
     "{\"id\":\"x\",\"allowed\":true,\"reasons\":[]}"},
    {"no calendar: Berlin's own",
     ",\"calendar\":{\"school_day\":true,\"school_holiday\":false}", "",
     "{\"id\":\"x\",\"allowed\":false,\"reasons\":[{\"rule\":\"hours-day\""},
    {"an id with quotes", "\"x\"", "\"a\\\"\\n\"",
     "{\"id\":\"a\\\"\\n\",\"allowed\":false"},
    {"no object", "{\"id\"", "[{\"id\"", "{\"line\":7,\"error\":\"not well-formed JSON"},
    {"no id", "\"id\":\"x\",", "",
     "{\"line\":7,\"error\":\"is missing\",\"field\":\"id\"}"},
    {"empty id", "\"x\"", "\"\"", "{\"id\":\"\",\"allowed\":false"},
    {"a fault after an empty id", "\"x\",\"on\"", "\"\",\"off\"",
     "{\"line\":7,\"id\":\"\",\"error\":"},
    {"an id in escapes", "\"x\"", "\"\\u00e4\\/\\ud83d\\ude00\"",
     "{\"id\":\"ä/😀\",\"allowed\":false"},
    {"load in tenths", "\"load_kg\":5", "\"load_kg\":7.50",
     "{\"id\":\"x\",\"allowed\":false,\"reasons\":[{\"rule\":\"hours-day\""},
    {"load as a power", "\"load_kg\":5", "\"load_kg\":1e1",
     "{\"id\":\"x\",\"allowed\":false,\"reasons\":[{\"rule\":\"load\""},
    {"load without end", "\"load_kg\":5", "\"load_kg\":1e400",
     "{\"line\":7,\"error\":\"not well-formed JSON: real number overflow\""},
    {"id is a number", "\"x\"", "5",
     "{\"line\":7,\"error\":\"must be a text\",\"field\":\"id\"}"},
    {"unknown site", "nonprofit", "club",
     "{\"line\":7,\"id\":\"x\",\"error\":\"is not a known kind of site\",\"field\":"
     "\"offer.site_kind\"}"},
    {"unknown work", "garden", "gardn",
     "{\"line\":7,\"id\":\"x\",\"error\":\"is not a known kind of work\",\"field\":"
     "\"offer.work_kind\"}"},
    {"age as a text", "13,", "\"13\",",
     "{\"line\":7,\"id\":\"x\",\"error\":\"must be a whole number from 0 to "
     "120\",\"field\":"
     "\"participant.age\"}"},
    {"age below zero", "13,", "-1,",
     "{\"line\":7,\"id\":\"x\",\"error\":\"must be a whole"},
    {"misspelt risk", "alcohol_tobacco", "alcohol_tabaco",
     "{\"line\":7,\"id\":\"x\",\"error\":\"is not a field of this form\",\"field\":"
     "\"offer.alcohol_tabaco\"}"},
    {"risk not said", ",\"alcohol_tobacco\":false", "",
     "{\"line\":7,\"id\":\"x\",\"error\":\"is "
     "missing\",\"field\":\"offer.alcohol_tobacco\"}"},
    {"unknown field", "\"on\":", "\"off\":1,\"on\":",
     "{\"line\":7,\"id\":\"x\",\"error\":\"is not a field of this "
     "form\",\"field\":\"off\"}"},
    {"history is bad", "14:00", "12:00",
     "{\"line\":7,\"id\":\"x\",\"error\":\"must be later than 'start'\",\"field\":"
     "\"history[0].end\"}"},
    {"end before start", "18:00", "16:00",
     "{\"line\":7,\"id\":\"x\",\"error\":\"must be later than 'start'\",\"field\":"
     "\"offer.end\"}"},
    {"no such day", "\"on\":\"2026-11-23\"", "\"on\":\"2026-11-31\"",
     "{\"line\":7,\"id\":\"x\",\"error\":\"must be a date like "
     "2026-11-27\",\"field\":\"on\"}"},
    {"flag as a number", "\"school_day\":true", "\"school_day\":1",
     "{\"line\":7,\"id\":\"x\",\"error\":\"must be true or false\",\"field\":"
     "\"calendar.school_day\"}"},
    {"offer is a list", "\"offer\":{\"date\":\"2026-11-23\",", "\"offer\":[],\"o\":{",
     "{\"line\":7,\"id\":\"x\",\"error\":\"is not a field of this "
     "form\",\"field\":\"o\"}"},
    {"two of one key", "\"dangerous\":false", "\"dangerous\":true,\"dangerous\":false",
     "{\"line\":7,\"error\":\"not well-formed JSON: duplicate object key\""},
};

static void test_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char line[1024];
        enum err err;
        const char *at = strstr(good, cases[i].from);
        assert_non_null(at);
        snprintf(line, sizeof line, "%.*s%s%s", (int)(at - good), good, cases[i].to,
                 at + strlen(cases[i].from));
        const char *got = answer(str_of(line), 7, &err);
        if (strncmp(got, cases[i].want, strlen(cases[i].want)) != 0) {
            fail_msg("%s: %s", cases[i].name, got);
        }
        assert_int_equal(err, strstr(got, "\"error\"") ? ERR_INVALID : ERR_OK);
    }
}

/* The longest id comes back whole, one byte more is refused. */
static void test_long_id(void **state)
{
    static char line[sizeof good + 6 * 4097];
    (void)state;
    for (int len = 4096; len <= 4097; len++) {
        struct buf b;
        enum err err;
        buf_init(&b, line, sizeof line);
        buf_puts(&b, "{\"id\":\"");
        for (int i = 0; i < len; i++) {
            buf_puts(&b, "\\u0001");
        }
        buf_puts(&b, strchr(good, 'x') + 1);
        json_t *o = json_loads(answer(buf_str(&b), 1, &err), 0, NULL);
        assert_int_equal(err, len == 4096 ? ERR_OK : ERR_INVALID);
        assert_int_equal(json_string_length(json_object_get(o, "id")),
                         len == 4096 ? 4096 : 0);
        json_decref(o);
    }
}

/* A refusal says why, and what is possible instead. */
static void test_reason_fields(void **state)
{
    enum err err;
    (void)state;
    json_t *o = json_loads(answer(str_of(good), 1, &err), 0, NULL);
    json_t *reason = json_array_get(json_object_get(o, "reasons"), 0);
    static const char *const keys[] = {"rule", "law", "text", "instead"};
    assert_int_equal(json_object_size(o), 3);
    assert_int_equal(json_object_size(reason), ARRAY_LEN(keys));
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        assert_true(json_string_length(json_object_get(reason, keys[i])) > 0);
    }
    json_decref(o);
}

static void put_history(struct buf *b, date_t date, int days)
{
    for (int n = 0; n < days; date++) {
        if (date_weekday(date) <= FRIDAY) {
            char text[11];
            date_format(date, text);
            buf_printf(b, "%s{\"date\":\"%s\",\"start\":\"10:00\",\"end\":\"12:00\"}",
                       n > 0 ? "," : "", text);
            n++;
        }
    }
}

static bool quota_left(const char *first, int days, const char *date)
{
    static char line[8192];
    struct buf b;
    enum err err;
    buf_init(&b, line, sizeof line);
    buf_printf(
        &b,
        "{\"id\":\"q\",\"on\":\"%s\",\"participant\":{\"age\":16,"
        "\"full_time_schooling\":true,\"consent\":true},\"offer\":{\"date\":\"%s\","
        "\"start\":\"10:00\",\"end\":\"12:00\",\"site_kind\":\"business\","
        "\"work_kind\":\"office\",\"load_kg\":0,\"dangerous\":false,\"paced\":false,"
        "\"alcohol_tobacco\":false},\"calendar\":{\"school_day\":false,"
        "\"school_holiday\":true},\"history\":[",
        date, date);
    put_history(&b, law_date(first), days);
    buf_puts(&b, "]}");
    const char *got = answer(buf_str(&b), 1, &err);
    assert_int_equal(err, ERR_OK);
    return strstr(got, "holiday-days") == NULL;
}

/* History says no word about holidays: the calendar does, and where it ends, they count.
 */
static void test_four_weeks(void **state)
{
    (void)state;
    assert_true(quota_left("2026-07-09", 19, "2026-08-12"));
    assert_false(quota_left("2026-07-09", 20, "2026-08-12"));
    assert_true(quota_left("2026-04-13", 20, "2026-08-12"));
    assert_true(quota_left("2033-07-04", 19, "2033-08-12"));
    assert_false(quota_left("2033-07-04", 20, "2033-08-12"));
}

static void check_one_object(const char *got, enum err err)
{
    json_error_t e;
    json_t *o = json_loads(got, JSON_REJECT_DUPLICATES, &e);
    assert_null(strchr(got, '\n'));
    assert_true(json_is_object(o));
    if (err) {
        assert_true(json_is_string(json_object_get(o, "error")));
        assert_int_equal(json_integer_value(json_object_get(o, "line")), 3);
    } else {
        assert_true(json_is_boolean(json_object_get(o, "allowed")));
        assert_true(json_is_array(json_object_get(o, "reasons")));
    }
    json_decref(o);
}

static void test_mutations(void **state)
{
    static const char bytes[] = "\"\\{}[]:,0-9.eE\x80\xFF\x01 \nnt";
    uint64_t seed = 815;
    struct rng rng = fake_rng(&seed);
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        char line[sizeof good];
        size_t len = sizeof good - 1;
        enum err err;
        memcpy(line, good, sizeof good);
        for (uint32_t n = 1 + rng_below(&rng, 3); n > 0; n--) {
            size_t at = rng_below(&rng, (uint32_t)len);
            if (rng_below(&rng, 3) == 0) {
                memmove(line + at, line + at + 1, --len - at);
            } else {
                line[at] = bytes[rng_below(&rng, sizeof bytes)];
            }
        }
        len = rng_below(&rng, 20) == 0 ? rng_below(&rng, (uint32_t)len) : len;
        const char *got = answer((struct str){line, len}, 3, &err);
        check_one_object(got, err);
    }
}

static void test_strange_lines(void **state)
{
    static const char *const lines[] = {"",
                                        " ",
                                        "null",
                                        "5",
                                        "\"x\"",
                                        "[]",
                                        "{}",
                                        "{\"id\":null}",
                                        "\xEF\xBB\xBF{}",
                                        "{\"id\":\"\\u202e%s%n\"}",
                                        "{\"id\":\"x\",\"a/b~\\u001b\":1}",
                                        "{\"id\":\"x\"}}"};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
        enum err err;
        const char *got = answer(str_of(lines[i]), 3, &err);
        assert_int_equal(err, ERR_INVALID);
        check_one_object(got, err);
    }
    static char deep[100000];
    enum err err;
    memset(deep, '[', sizeof deep);
    const char *got = answer((struct str){deep, sizeof deep}, 3, &err);
    check_one_object(got, err);
}

static int open_all(void **state)
{
    (void)state;
    law_open(&law, NULL);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    law_close(&law);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_long_id),
        cmocka_unit_test(test_reason_fields),
        cmocka_unit_test(test_four_weeks),
        cmocka_unit_test(test_mutations),
        cmocka_unit_test(test_strange_lines),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
