/* What helps eyes: bigger letters, black on white; both end with the visit. */
#include "unit/screens/stage.h"

static struct stage stage;

static const struct {
    int percent;
    bool contrast;
} steps[] = {
    {125, false}, {150, false}, {150, true}, {100, false},
};

static void test_button_goes_round(void **state)
{
    (void)state;
    stage_init(&stage);
    for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
        stage_send(&stage, MSG_TEXT_SIZE, 0, 0);
        assert_int_equal(stage.model.text_percent, steps[i].percent);
        assert_int_equal(stage.model.contrast, steps[i].contrast);
    }
}

static void test_always_in_contrast(void **state)
{
    (void)state;
    stage_init(&stage);
    stage.model.env.contrast = stage.model.contrast = true;
    for (int i = 0; i < 3; i++) {
        stage_send(&stage, MSG_TEXT_SIZE, 0, 0);
        assert_true(stage.model.contrast);
    }
    assert_int_equal(stage.model.text_percent, 100);
    stage_send(&stage, MSG_HOME, 0, 0);
    assert_true(stage.model.contrast);
}

static void test_visit_ends_plain(void **state)
{
    (void)state;
    stage_init(&stage);
    stage.model.contrast = true;
    assert_int_equal(model_seconds_left(&stage.model), stage.model.env.idle_s);
    stage_send(&stage, MSG_HOME, 0, 0);
    assert_false(stage.model.contrast);
    assert_int_equal(model_seconds_left(&stage.model), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_button_goes_round),
        cmocka_unit_test(test_always_in_contrast),
        cmocka_unit_test(test_visit_ends_plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
