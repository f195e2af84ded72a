#include "server/when.h"

#include "base/check.h"
#include "unit/unit.h"

#define NOW 1795430000000
#define HOUR 3600000

struct row {
    const char *name;
    struct when when;
    struct when_clocks clocks;
    bool known;
    int64_t t_ms, err_ms;
};

static const struct row rows[] = {
    {"same boot, just now",
     {{{5000, NOW, 0}}, 1, 0, 0},
     {4000, 0, NOW},
     true,
     NOW - 1000,
     0},
    {"same boot, the year 1970",
     {{{5000, NOW, 0}}, 1, 0, 0},
     {5000, 1, NOW},
     true,
     NOW,
     0},
    {"same boot, the year 2085",
     {{{5000, NOW, 0}}, 1, 0, 0},
     {5000, 3629000000000, NOW},
     true,
     NOW,
     0},
    {"same boot, a day before: the crystal",
     {{{24 * HOUR, NOW, 0}}, 1, 0, 0},
     {0, 0, NOW},
     true,
     NOW - 24 * HOUR,
     17280},
    {"the contact took a while",
     {{{5000, NOW, 400}}, 1, 0, 0},
     {5000, 0, NOW},
     true,
     NOW - 200,
     200},
    {"the nearest contact counts",
     {{{1000, NOW - 9 * HOUR, 0}, {9 * HOUR, NOW, 0}}, 2, 0, 0},
     {2000, 0, NOW},
     true,
     NOW - 9 * HOUR + 1000,
     0},
    {"the narrow contact counts",
     {{{1000, NOW, 60000}, {2000, NOW + 1000, 10}}, 2, 0, 0},
     {2000, 0, NOW + 1000},
     true,
     NOW + 995,
     5},
    {"after its contact, never after its receipt",
     {{{1000, NOW - 500, 0}}, 1, 0, 0},
     {1400, 0, NOW - 200},
     false,
     0,
     0},
    {"an earlier boot, wall clock within",
     {{{0, 0, 0}}, 0, NOW - 10 * HOUR, NOW - 2 * HOUR},
     {7, NOW - 3 * HOUR, NOW},
     true,
     NOW - 3 * HOUR,
     7 * HOUR},
    {"an earlier boot, wall clock of 1970",
     {{{0, 0, 0}}, 0, NOW - 10 * HOUR, NOW - 2 * HOUR},
     {7, 0, NOW},
     true,
     NOW - 6 * HOUR,
     4 * HOUR},
    {"an earlier boot, wall clock of 2085",
     {{{0, 0, 0}}, 0, NOW - 10 * HOUR, 0},
     {7, 3629000000000, NOW},
     true,
     NOW - 5 * HOUR,
     5 * HOUR},
    {"before any contact, wall clock of 1970",
     {{{0, 0, 0}}, 0, 0, NOW - 2 * HOUR},
     {7, 0, NOW},
     false,
     0,
     0},
    {"before any contact, a wall clock that is possible",
     {{{0, 0, 0}}, 0, 0, NOW - 2 * HOUR},
     {7, NOW - 3 * HOUR, NOW},
     true,
     NOW - 3 * HOUR,
     NOW - 3 * HOUR - WHEN_OLDEST_MS},
    {"two bodies contradict each other",
     {{{0, 0, 0}}, 0, NOW - HOUR, NOW - 2 * HOUR},
     {7, 0, NOW},
     false,
     0,
     0},
    {"the largest numbers there are",
     {{{0, NOW, 0}}, 1, 0, 0},
     {9007199254740991, 9007199254740991, NOW},
     false,
     0,
     0},
    {"as far back as numbers go",
     {{{9007199254740991, NOW, 0}}, 1, 0, 0},
     {0, 0, NOW},
     false,
     0,
     0},
};

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        int64_t t_ms = 0, err_ms = 0;
        bool known = when_estimate(&rows[i].when, &rows[i].clocks, &t_ms, &err_ms);
        if (known != rows[i].known || t_ms != rows[i].t_ms || err_ms != rows[i].err_ms) {
            fail_msg("%s: %d, now %+lld ± %lld", rows[i].name, known,
                     (long long)(t_ms - NOW), (long long)err_ms);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
