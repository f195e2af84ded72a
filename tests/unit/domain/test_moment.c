#include "domain/moment.h"
#include "support/support.h"
#include "unit/unit.h"

#define MIN ((int64_t)60000)
#define HOUR (60 * MIN)
#define DAY 20784 /* 2026-11-27 */

static int64_t at(int minute)
{
    return date_to_wall_ms(DAY, 0) + minute * MIN;
}

static const struct {
    const char *name;
    int64_t low, high;
    const char *words;
} words_cases[] = {
    {"exact", 942, 942, "15:42 Uhr"},
    {"a minute around", 899, 901, "15:00 Uhr"},
    {"three minutes", 899, 902, "gegen 15:00 Uhr, ungefähr"},
    {"ten", 903, 913, "gegen 15:10 Uhr, ungefähr"},
    {"thirty", 893, 923, "gegen 15:15 Uhr, ungefähr"},
    {"an hour", 870, 930, "gegen 15:00 Uhr, ungefähr"},
    {"more than an hour", 870, 931, "zwischen 14:30 und 15:31 Uhr"},
    {"over midnight", 1200, 1600, "zwischen dem 27.11. und dem 28.11."},
};

static void expect(const char *name, const struct moment_span *span, const char *want)
{
    char text[128];
    struct buf b;
    buf_init(&b, text, sizeof text);
    struct sentence s = moment_words(span);
    sentence_german(&b, &s);
    if (strcmp(text, want) != 0) {
        fail_msg("%s: \"%s\"", name, text);
    }
}

static void test_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(words_cases); i++) {
        struct moment_span span = {at((int)words_cases[i].low),
                                   at((int)words_cases[i].high)};
        expect(words_cases[i].name, &span, words_cases[i].words);
    }
    struct moment_span after = {at(900), MOMENT_OPEN};
    struct moment_span before = {MOMENT_OPEN_LOW, at(900)};
    struct moment_span never = {MOMENT_OPEN_LOW, MOMENT_OPEN};
    expect("after", &after, "nach 15:00 Uhr");
    expect("before", &before, "vor 15:00 Uhr");
    expect("unknown", &never, "Die Uhrzeit ist noch nicht bekannt.");
}

static void test_between(void **state)
{
    (void)state;
    int64_t ms;
    struct moment a = {5000, 1, 1000, MOMENT_UNSURE}, b = {4000, 1, 3000, MOMENT_UNSURE};
    struct moment c = {65000, 2, 10, 30000}, d = {5000, 1, 0, 30000}, none = {0};
    struct moment told = moment_told(65000), told_too = moment_told(70000);
    assert_true(moment_between(&a, &b, &ms));
    assert_int_equal(ms, 2000);
    assert_true(moment_between(&d, &c, &ms));
    assert_int_equal(ms, 60000);
    c.uncertainty_ms++;
    assert_false(moment_between(&d, &c, &ms));
    assert_false(moment_between(&none, &none, &ms));
    assert_false(moment_between(&a, &c, &ms));
    assert_true(
        moment_between(&told, &told_too, &ms)); /* no clock ran: the wall's word */
    assert_int_equal(ms, 5000);
}

static void test_estimate(void **state)
{
    (void)state;
    struct moment_span s;
    struct moment m = {0, 3, 10 * MIN, MOMENT_UNSURE};
    struct moment before = {at(840), 2, HOUR, 0}, after = {at(990), 4, 20 * MIN, 1000};
    struct moment same = {at(930), 3, 40 * MIN, 1000};
    assert_true(moment_estimate(&m, NULL, NULL, &s));
    assert_true(s.low_ms == MOMENT_OPEN_LOW && s.high_ms == MOMENT_OPEN);
    assert_true(moment_estimate(&m, &before, NULL, &s)); /* ran 10 minutes since a boot */
    assert_in_range(s.low_ms, at(850) - 100, at(850));
    assert_true(s.high_ms == MOMENT_OPEN);
    assert_true(moment_estimate(&m, &before, &after, &s));
    assert_in_range(s.high_ms, at(970) + 1000, at(970) + 1200);
    assert_true(moment_estimate(&m, &before, &same, &s)); /* network came in this boot */
    assert_in_range(s.low_ms, at(900) - 1300, at(900));
    assert_in_range(s.high_ms, at(900), at(900) + 1300);
    struct moment better = moment_from_span(&m, &s);
    assert_true(moment_sure(&better, MOMENT_ABOUT_MS));
    expect("sure again", &s, "15:00 Uhr");
    struct moment known = {at(900), 3, 10 * MIN, 5 * MIN};
    assert_true(moment_estimate(&known, NULL, NULL, &s));
    assert_true(s.low_ms == at(895) && s.high_ms == at(905));
    after.wall_ms = at(700); /* earlier than what was sure before it */
    assert_false(moment_estimate(&m, &before, &after, &s));
    assert_true(s.low_ms <= at(680) + 1200 && s.high_ms >= at(850) - 100);
}

/* A device that reboots: the truth always lies in the span that it tells. */
static void test_truth_is_inside(void **state)
{
    (void)state;
    uint64_t seed = 77;
    struct rng rng = fake_rng(&seed);
    for (int round = 0; round < 3000; round++) {
        struct moment m[3];
        int64_t truth[3], now = at(600), booted = now, boot = 1;
        int64_t off_ppm = (int64_t)rng_below(&rng, 181) - 90; /* the device's quartz */
        for (int i = 0; i < 3; i++) {
            now += rng_below(&rng, 7200000);
            if (rng_below(&rng, 2)) {
                booted = now;
                boot++;
                now += rng_below(&rng, 600000);
            }
            int64_t off = rng_below(&rng, 2) ? 1000 : -1000;
            truth[i] = now;
            int64_t ran = now - booted;
            ran += ran * off_ppm / 1000000;
            m[i] = (struct moment){now + off, boot, ran, 1000};
        }
        struct moment_span span;
        m[1].wall_ms = rng_below(&rng, 1000000); /* no network: 1970 */
        m[1].uncertainty_ms = MOMENT_UNSURE;
        assert_true(moment_estimate(&m[1], &m[0], &m[2], &span));
        assert_true(span.low_ms <= truth[1] && truth[1] <= span.high_ms);
        struct moment told = moment_from_span(&m[1], &span);
        assert_true(told.wall_ms - told.uncertainty_ms <= truth[1] &&
                    truth[1] <= told.wall_ms + told.uncertainty_ms);
    }
}

static void test_any_clock_is_survived(void **state)
{
    (void)state;
    static const int64_t ends[] = {INT64_MIN, -1, 0, 1, INT64_MAX};
    for (size_t i = 0; i < 625; i++) {
        struct moment a = {ends[i % 5], 1, ends[i / 5 % 5], ends[2 + i / 125 % 3]};
        struct moment b = {ends[i / 25 % 5], 2, ends[i / 5 % 5], ends[2 + i % 3]};
        struct moment_span s;
        int64_t ms;
        (void)moment_between(&a, &b, &ms);
        (void)moment_estimate(&a, &b, &b, &s);
        (void)moment_words(&s);
        (void)moment_from_span(&a, &s);
        b.boot = 1;
        (void)moment_estimate(&a, &b, &b, &s);
        (void)moment_words(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_between),
        cmocka_unit_test(test_estimate),
        cmocka_unit_test(test_truth_is_inside),
        cmocka_unit_test(test_any_clock_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
