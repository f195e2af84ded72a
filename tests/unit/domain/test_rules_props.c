/* What must hold of every case, tried on many random ones. */
#include "law.h"
#include "support/support.h"

#define ROUNDS 20000
#define HISTORY 10

static const char house[] =
    "{\"rules\":[{\"id\":\"hours-day\",\"who\":\"minor\",\"text\":\"A.\",\"minutes_max\":"
    "90},"
    "{\"id\":\"time-of-day\",\"who\":\"minor\",\"text\":\"B.\",\"from\":\"09:00\","
    "\"until\":\"17:00\"},"
    "{\"id\":\"sunday\",\"who\":\"minor\",\"text\":\"C.\",\"allowed\":[]}]}";

static int pick(const struct rng *rng, int from, int to)
{
    return from + (int)rng_below(rng, (uint32_t)(to - from + 1));
}

static struct rules_work random_history(const struct rng *rng, date_t around)
{
    struct rules_work h = {.date = around + pick(rng, -4, 4)};
    h.start = 15 * pick(rng, 24, 80);
    h.end = h.start + 15 * pick(rng, 1, 16);
    h.break_minutes = pick(rng, 0, 3) == 0 ? pick(rng, 1, 14) + 15 * pick(rng, 0, 3) : 0;
    h.break_minutes = h.break_minutes < h.end - h.start ? h.break_minutes : 0;
    h.in_holidays_quota = pick(rng, 0, 1);
    return h;
}

static struct offer_work random_work(const struct rng *rng)
{
    static const int starts[] = {300, 360, 479, 480, 599, 840, 900, 960, 1080, 1200};
    struct offer_work w = {.date = law_date("2026-06-01") + pick(rng, 0, 400)};
    w.start = starts[rng_below(rng, ARRAY_LEN(starts))];
    w.end = w.start + pick(rng, 2, 16) * 15;
    w.break_minutes = pick(rng, 0, 2) ? 0 : 15;
    w.site_kind = (enum site_kind)rng_below(rng, SITE_KIND_COUNT);
    w.work_kind = (enum work_kind)rng_below(rng, WORK_KIND_COUNT);
    w.load_g = pick(rng, 0, 9) * 1000;
    w.dangerous = pick(rng, 0, 19) == 0;
    return w;
}

static struct rules_person random_person(const struct rng *rng)
{
    return (struct rules_person){pick(rng, 12, 18), pick(rng, 0, 1), pick(rng, 0, 9) > 0};
}

static bool same(const struct rules_verdict *a, const struct rules_verdict *b)
{
    bool equal = a->reason_count == b->reason_count && a->allowed == b->allowed;
    for (int i = 0; equal && i < a->reason_count; i++) {
        equal = strcmp(a->reasons[i].rule, b->reasons[i].rule) == 0;
    }
    return equal;
}

static void test_properties(void **state)
{
    struct law law, tight;
    uint64_t seed = 20261125;
    struct rng rng = fake_rng(&seed);
    int allowed = 0;
    (void)state;
    law_open(&law, NULL);
    law_open(&tight, house);
    for (int round = 0; round < ROUNDS; round++) {
        struct rules_person person = random_person(&rng);
        struct offer_work work = random_work(&rng);
        struct rules_day day = calendar_day(law.calendar, work.date, NULL);
        struct rules_work h[HISTORY];
        struct rules_verdict v, more, stricter, turned;
        size_t n = rng_below(&rng, HISTORY);
        for (size_t i = 0; i <= n; i++) {
            h[i] = random_history(&rng, work.date);
        }
        rules_check(law.rules, &person, &work, &day, h, n, &v);
        rules_check(law.rules, &person, &work, &day, h, n + 1, &more);
        rules_check(tight.rules, &person, &work, &day, h, n, &stricter);
        /* Further work never opens a door, nor does a house rule. */
        assert_true(v.allowed || !more.allowed);
        assert_true(v.allowed || !stricter.allowed);
        /* The order in which history is told does not matter. */
        if (n > 1) {
            struct rules_work first = h[0];
            h[0] = h[n - 1], h[n - 1] = first;
        }
        rules_check(law.rules, &person, &work, &day, h, n, &turned);
        assert_true(same(&v, &turned));
        /* Without consent nobody under 18 may. */
        person.consent = false;
        rules_check(law.rules, &person, &work, &day, h, n, &turned);
        assert_true(person.age >= 18 ? turned.allowed == v.allowed : !turned.allowed);
        allowed += v.allowed;
    }
    assert_true(allowed > ROUNDS / 50); /* the cases are not all hopeless */
    law_close(&law);
    law_close(&tight);
}

/* Near the day, in its month, or all over the year; often many days of holidays. */
static struct rules_work far_history(const struct rng *rng, date_t around)
{
    static const int spreads[] = {1, 40, 400};
    struct rules_work h = random_history(rng, around);
    int spread = spreads[rng_below(rng, ARRAY_LEN(spreads))];
    h.date = around + pick(rng, -spread, spread);
    h.in_holidays_quota = pick(rng, 0, 3) > 0;
    return h;
}

/* Other work within the reach of the day, and only that, says something about it. */
static void test_reach(void **state)
{
    struct law law;
    uint64_t seed = 20261122;
    struct rng rng = fake_rng(&seed);
    int changed = 0;
    (void)state;
    law_open(&law, NULL);
    for (int round = 0; round < ROUNDS; round++) {
        struct rules_person person = random_person(&rng);
        struct offer_work work = random_work(&rng);
        struct rules_day day = calendar_day(law.calendar, work.date, NULL);
        struct rules_reach reach = rules_reach(&person, &day, work.date);
        struct rules_work h[80];
        struct rules_verdict all, near, none;
        size_t count = 0, n = rng_below(&rng, pick(&rng, 0, 1) ? 3 : (uint32_t)ARRAY_LEN(h)) + 1;
        for (size_t i = 0; i < n; i++) {
            h[i] = far_history(&rng, work.date);
        }
        rules_check(law.rules, &person, &work, &day, h, n, &all);
        for (size_t i = 0; i < n; i++) {
            if (h[i].date >= reach.from && h[i].date <= reach.to) {
                h[count++] = h[i];
            }
        }
        rules_check(law.rules, &person, &work, &day, h, count, &near);
        rules_check(law.rules, &person, &work, &day, h, 0, &none);
        assert_true(same(&all, &near));
        changed += !same(&near, &none);
    }
    assert_true(changed > ROUNDS / 4);
    law_close(&law);
}

/* The longest history there may be, all on one day: no overflow, and quick. */
static void test_full_history(void **state)
{
    static struct rules_work h[RULES_HISTORY_MAX];
    struct law law;
    struct rules_verdict v;
    (void)state;
    law_open(&law, NULL);
    struct rules_person person = law_person("16e");
    struct offer_work work = law_work("2026-11-25 12:00-13:00 business office");
    struct rules_day day = calendar_day(law.calendar, work.date, NULL);
    for (int i = 0; i < RULES_HISTORY_MAX; i++) {
        h[i] =
            (struct rules_work){work.date, (i * 7) % 1400, (i * 7) % 1400 + 30, 15, true};
    }
    rules_check(law.rules, &person, &work, &day, h, RULES_HISTORY_MAX, &v);
    assert_false(v.allowed);
    assert_true(v.reason_count <= RULES_REASONS_MAX);
    law_close(&law);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_properties),
        cmocka_unit_test(test_reach),
        cmocka_unit_test(test_full_history),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
