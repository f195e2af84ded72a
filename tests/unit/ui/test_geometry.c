#include "ui/geometry.h"
#include "unit/unit.h"

static const struct {
    const char *name;
    struct rect a, b, both, around;
} pair_cases[] = {
    {"apart", {0, 0, 2, 2}, {5, 5, 2, 2}, {5, 5, 0, 0}, {0, 0, 7, 7}},
    {"touching", {0, 0, 2, 2}, {2, 0, 2, 2}, {2, 0, 0, 0}, {0, 0, 4, 2}},
    {"overlapping", {0, 0, 4, 4}, {2, 1, 4, 4}, {2, 1, 2, 3}, {0, 0, 6, 5}},
    {"inside", {0, 0, 9, 9}, {2, 3, 1, 1}, {2, 3, 1, 1}, {0, 0, 9, 9}},
    {"one empty", {3, 3, 0, 0}, {1, 1, 2, 2}, {3, 3, 0, 0}, {1, 1, 2, 2}},
    {"negative corner", {-4, -4, 6, 6}, {0, 0, 5, 5}, {0, 0, 2, 2}, {-4, -4, 9, 9}},
};

static void test_intersect_and_union(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pair_cases / sizeof pair_cases[0]; i++) {
        struct rect both = rect_intersect(pair_cases[i].a, pair_cases[i].b);
        struct rect around = rect_union(pair_cases[i].a, pair_cases[i].b);
        if (!rect_eq(both, pair_cases[i].both) || !rect_eq(around, pair_cases[i].around)) {
            fail_msg("%s", pair_cases[i].name);
        }
    }
}

static void test_edges_are_exclusive(void **state)
{
    (void)state;
    struct rect r = rect_make(2, 3, 4, 5);
    assert_true(rect_has(r, 2, 3));
    assert_true(rect_has(r, 5, 7));
    assert_false(rect_has(r, 6, 7));
    assert_false(rect_has(r, 5, 8));
    assert_true(rect_is_empty(rect_inset(r, 2)));
}

static void test_cuts_leave_the_rest(void **state)
{
    (void)state;
    struct rect r = rect_make(0, 0, 100, 50);
    assert_true(rect_eq(rect_cut_top(&r, 10), rect_make(0, 0, 100, 10)));
    assert_true(rect_eq(rect_cut_bottom(&r, 5), rect_make(0, 45, 100, 5)));
    assert_true(rect_eq(rect_cut_start(&r, 20), rect_make(0, 10, 20, 35)));
    assert_true(rect_eq(rect_cut_end(&r, 30), rect_make(70, 10, 30, 35)));
    assert_true(rect_eq(r, rect_make(20, 10, 50, 35)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_intersect_and_union),
        cmocka_unit_test(test_edges_are_exclusive),
        cmocka_unit_test(test_cuts_leave_the_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
