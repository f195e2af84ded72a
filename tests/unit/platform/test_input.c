/* What turns fingers into one finger, and turned pictures into straight ones. */
#include "base/check.h"
#include "platform/pointer.h"
#include "platform/rotate.h"
#include "unit/unit.h"

static void test_one_finger(void **state)
{
    (void)state;
    struct pointer pointer = {0};
    assert_int_equal(pointer_down(&pointer, 7), EVENT_FINGER_DOWN);
    assert_int_equal(pointer_move(&pointer, 7), EVENT_FINGER_MOVE);
    assert_int_equal(pointer_up(&pointer, 7), EVENT_FINGER_UP);
    assert_int_equal(pointer_move(&pointer, 7), EVENT_NONE);
}

static void test_second_finger_ends_the_first(void **state)
{
    (void)state;
    struct pointer pointer = {0};
    pointer_down(&pointer, 1);
    assert_int_equal(pointer_down(&pointer, 2), EVENT_FINGER_GONE);
    assert_int_equal(pointer_move(&pointer, 1), EVENT_NONE);
    assert_int_equal(pointer_move(&pointer, 2), EVENT_NONE);
    assert_int_equal(pointer_up(&pointer, 1), EVENT_NONE);
    assert_int_equal(pointer_down(&pointer, 3), EVENT_NONE); /* one is still down */
    assert_int_equal(pointer_up(&pointer, 2), EVENT_NONE);
    assert_int_equal(pointer_up(&pointer, 3), EVENT_NONE);
    assert_int_equal(pointer_down(&pointer, 4), EVENT_FINGER_DOWN);
}

static void test_lost_window(void **state)
{
    (void)state;
    struct pointer pointer = {0};
    assert_int_equal(pointer_lose(&pointer), EVENT_NONE);
    pointer_down(&pointer, 1);
    assert_int_equal(pointer_lose(&pointer), EVENT_FINGER_GONE);
    assert_int_equal(pointer_up(&pointer, 1), EVENT_NONE);
    assert_int_equal(pointer_down(&pointer, 1), EVENT_FINGER_DOWN);
}

static const int turns[] = {0, 90, 180, 270};

/* Each pixel of the picture is found again by touching where it is shown. */
static void test_touch_meets_what_is_shown(void **state)
{
    (void)state;
    enum { W = 7, H = 4 };
    uint32_t picture[W * H], device[W * H];
    for (int i = 0; i < W * H; i++) {
        picture[i] = (uint32_t)i;
    }
    for (size_t t = 0; t < ARRAY_LEN(turns); t++) {
        bool sideways = rotate_is_sideways(turns[t]);
        struct surface from = {picture, W, H, W};
        struct surface to = {device, sideways ? H : W, sideways ? W : H,
                             sideways ? H : W};
        memset(device, 0xFF, sizeof device);
        rotate_copy(turns[t], &from, &to, rect_make(0, 0, 3, H));
        rotate_copy(turns[t], &from, &to, rect_make(3, 0, 99, 2));
        rotate_copy(turns[t], &from, &to, rect_make(3, 2, 4, 2));
        for (int i = 0; i < W * H; i++) {
            int x = i % to.width, y = i / to.width;
            uint32_t shown = device[i];
            rotate_back(turns[t], W, H, &x, &y);
            if (shown != picture[y * W + x]) {
                fail_msg("turned by %d: %d,%d shows %u", turns[t], x, y, shown);
            }
        }
    }
}

static void test_clockwise(void **state)
{
    (void)state;
    int x = 799, y = 0; /* top right of the device … */
    rotate_back(90, 1280, 800, &x, &y);
    assert_int_equal(x, 0); /* … is the picture's top left */
    assert_int_equal(y, 0);
    struct rect r = rotate_rect(90, 1280, 800, rect_make(0, 0, 10, 20));
    assert_true(rect_eq(r, rect_make(780, 0, 20, 10)));
    r = rotate_rect(270, 1280, 800, rect_make(0, 0, 10, 20));
    assert_true(rect_eq(r, rect_make(0, 1270, 20, 10)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_finger),
        cmocka_unit_test(test_second_finger_ends_the_first),
        cmocka_unit_test(test_lost_window),
        cmocka_unit_test(test_touch_meets_what_is_shown),
        cmocka_unit_test(test_clockwise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
