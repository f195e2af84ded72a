/* Without touch: on every state of every screen, next and previous walk over everything that
 * a finger could hit, once each and in order, and choosing does what the finger would. */
#include "support/states.h"
#include "ui/input.h"
#include "unit/unit.h"

#include <string.h>

static struct frame frame;
static struct model model;

static void show(void)
{
    view(&model, text_measure_fixed(), &frame);
}

/* What the loop does with a message about focus (app/loop.c). */
static void press(enum event_key key, struct msg *chosen_out)
{
    struct input input;
    struct input_acts acts = {0};
    struct event event = {.kind = EVENT_KEY, .key = key, .mono_ms = 60000};
    input_init(&input);
    input_event(&input, &event, &frame, &acts);
    assert_int_equal(acts.count, 1);
    *chosen_out = acts.list[0].msg;
}

static void move(enum event_key key)
{
    struct msg msg;
    int step, count = frame.hit_count;
    press(key, &msg);
    assert_int_equal(msg.kind, MSG_FOCUS);
    step = msg.a;
    model.focus = model.focus < 0 ? (step > 0 ? 0 : count - 1)
                                  : (model.focus + step + count) % count;
    show();
}

/* The frame with a focus is the same frame, but for the ring. */
static void expect_focus(const char *state, int hit, int count)
{
    if (frame.focus != hit || frame.hit_count != count) {
        fail_msg("%s: focus %d of %d, not %d of %d", state, frame.focus, frame.hit_count, hit,
                 count);
    }
}

static void expect_choice(const char *state, int hit)
{
    struct msg chosen;
    press(KEY_CHOOSE, &chosen);
    if (!msg_eq(chosen, frame.hits[hit].msg)) {
        fail_msg("%s: hit %d is focused but not chosen", state, hit);
    }
    if (frame.hits[hit].label_len == 0) {
        fail_msg("%s: hit %d has no words", state, hit);
    }
}

/* A hit that another one covers whole could not be touched: then neither may keys. */
static void expect_touchable(const char *state, int hit)
{
    const struct rect r = frame.hits[hit].rect;
    if (frame_hit_at(&frame, r.x + r.w / 2, r.y + r.h / 2) < 0) {
        fail_msg("%s: hit %d lies outside", state, hit);
    }
}

static void walk(const char *state)
{
    int count = frame.hit_count;
    for (int i = 0; i < count; i++) {
        move(KEY_NEXT);
        expect_focus(state, i, count);
        expect_choice(state, i);
        expect_touchable(state, i);
    }
    move(KEY_NEXT);
    expect_focus(state, 0, count);
    move(KEY_PREVIOUS);
    expect_focus(state, count - 1, count);
}

static void walk_all(int width, int height, int language)
{
    struct states *states = states_open();
    for (int i = 0; i < states_count(); i++) {
        states_make(states, i, width, height, 100, language, &model);
        model.focus = -1;
        show();
        if (frame.hit_count > 0) {
            walk(states_name(i));
        } else if (strcmp(states_name(i), "saving") != 0) { /* lasts as long as a commit */
            fail_msg("%s: there is nothing to choose", states_name(i));
        }
    }
    states_close(states);
}

static void test_wide(void **state)
{
    (void)state;
    walk_all(1280, 800, language_find(STR("de")));
}

static void test_low(void **state)
{
    (void)state;
    walk_all(800, 480, language_find(STR("de")));
}

static void test_upright(void **state)
{
    (void)state;
    walk_all(720, 1280, language_find(STR("de")));
}

static void test_right_to_left(void **state)
{
    (void)state;
    walk_all(1280, 800, language_find(STR("ar")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wide),
        cmocka_unit_test(test_low),
        cmocka_unit_test(test_upright),
        cmocka_unit_test(test_right_to_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
