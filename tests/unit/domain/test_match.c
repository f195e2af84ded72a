#include "domain/match.h"
#include "support/support.h"
#include "unit/unit.h"

#include <stdio.h>

#define OFFERS 24
#define ROUNDS 3000

static void make_offers(const struct rng *rng, struct offer *offers, bool *eligible)
{
    static const char *const districts[] = {"Mitte", "Pankow", "Spandau"};
    for (int i = 0; i < OFFERS; i++) {
        offers[i] = (struct offer){.field = 1 + (int)rng_below(rng, 8),
                                   .work = {.date = 100 + (int)rng_below(rng, 4),
                                            .start = 600 + 60 * (int)rng_below(rng, 3)}};
        snprintf(offers[i].code, sizeof offers[i].code, "B%02d", i);
        str_copy(offers[i].district, sizeof offers[i].district,
                 str_of(districts[rng_below(rng, 3)]));
        eligible[i] = rng_below(rng, 3) > 0;
    }
}

static struct match_wishes make_wishes(const struct rng *rng)
{
    struct match_wishes w = {.today = 100, .now = 500};
    uint32_t sets = rng_below(rng, 16);
    w.interests = sets & 1 ? rng_below(rng, 512) & ~1u : 0;
    w.tried = sets & 2 ? rng_below(rng, 512) & ~1u : 0;
    w.again = sets & 4 ? w.tried & rng_below(rng, 512) : 0;
    w.declined = rng_below(rng, 4) == 0 ? rng_below(rng, 512) & ~1u : 0;
    w.district = sets & 8 ? "Pankow" : NULL;
    return w;
}

static void check_is_permutation(const struct match_entry *e, size_t n,
                                 const bool *eligible)
{
    int seen[OFFERS] = {0};
    size_t want = 0;
    for (size_t i = 0; i < n; i++) {
        assert_true(e[i].offer >= 0 && e[i].offer < OFFERS && eligible[e[i].offer]);
        assert_int_equal(seen[e[i].offer]++, 0);
    }
    for (size_t i = 0; i < OFFERS; i++) {
        want += eligible[i];
    }
    assert_int_equal(n, want);
}

static void check_new(const struct match_entry *e, size_t n, const struct offer *offers,
                      const struct match_wishes *w)
{
    int news = 0;
    for (size_t i = 0; i < n; i++) {
        if (e[i].because == BECAUSE_NEW) {
            news++;
            assert_true(i < 3);
            assert_false(field_in(w->tried | w->again, offers[e[i].offer].field));
        }
        if (e[i].because == BECAUSE_INTEREST) {
            assert_true(field_in(w->interests, offers[e[i].offer].field));
        }
    }
    assert_true(news <= 1);
    assert_true(news == 0 || (w->interests | w->tried | w->again));
}

static void reorder(const struct rng *rng, struct offer *offers, bool *eligible)
{
    for (uint32_t i = OFFERS - 1; i > 0; i--) {
        uint32_t j = rng_below(rng, i + 1);
        struct offer o = offers[i];
        bool b = eligible[i];
        offers[i] = offers[j], eligible[i] = eligible[j];
        offers[j] = o, eligible[j] = b;
    }
}

static void test_properties(void **state)
{
    (void)state;
    uint64_t seed = 20261123;
    struct rng rng = fake_rng(&seed);
    for (int round = 0; round < ROUNDS; round++) {
        struct offer a[OFFERS], b[OFFERS];
        bool ea[OFFERS], eb[OFFERS];
        struct match_entry ra[OFFERS], rb[OFFERS];
        make_offers(&rng, a, ea);
        memcpy(b, a, sizeof a);
        memcpy(eb, ea, sizeof ea);
        reorder(&rng, b, eb);
        struct match_wishes w = make_wishes(&rng);
        size_t n = match_order(a, ea, OFFERS, &w, ra);
        check_is_permutation(ra, n, ea);
        check_new(ra, n, a, &w);
        assert_int_equal(match_order(b, eb, OFFERS, &w, rb), n);
        for (size_t i = 0; i < n; i++) { /* the order of the input changes nothing */
            assert_string_equal(a[ra[i].offer].code, b[rb[i].offer].code);
            assert_int_equal(ra[i].because, rb[i].because);
        }
    }
}

static const struct offer five[] = {
    {.code = "B1", .field = 1, .district = "Mitte", .work = {.date = 105, .start = 600}},
    {.code = "B2", .field = 2, .district = "Mitte", .work = {.date = 101, .start = 600}},
    {.code = "B3", .field = 3, .district = "Pankow", .work = {.date = 105, .start = 540}},
    {.code = "B4", .field = 4, .district = "Mitte", .work = {.date = 104, .start = 600}},
    {.code = "B5", .field = 5, .district = "Mitte", .work = {.date = 100, .start = 400}},
};

static void expect(const struct match_wishes *w, const char *want)
{
    static const char words[] = "-AIDSN"; /* by enum match_because */
    bool all[] = {true, true, true, true, true};
    struct match_entry e[5];
    char got[64];
    struct buf b;
    buf_init(&b, got, sizeof got);
    size_t n = match_order(five, all, 5, w, e);
    for (size_t i = 0; i < n; i++) {
        buf_printf(&b, "%s%s%c", i ? " " : "", five[e[i].offer].code,
                   words[e[i].because]);
    }
    assert_string_equal(got, want);
}

static void test_order(void **state)
{
    (void)state;
    struct match_wishes w = {.today = 100, .now = 500};
    expect(&w, "B2S B4- B3- B1- B5S"); /* B5 has begun */
    w.district = "Pankow";
    expect(&w, "B3D B2S B4- B1- B5S");
    w.again = w.tried = 1u << 1;
    expect(&w, "B1A B3N B2S B4- B5S");
    w.interests = 1u << 4 | 1u << 3 | 1u << 5;
    expect(&w, "B1A B4I B2N B3I B5I");
    w.declined = 1u << 1;
    expect(&w, "B4I B3I B2N B1A B5I");
    w.tried |= 1u << 2;
    expect(&w, "B4I B3I B2S B1A B5I");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_properties),
        cmocka_unit_test(test_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
