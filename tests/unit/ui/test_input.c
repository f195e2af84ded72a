#include "unit/unit.h"

#include "ui/input.h"

#include <stdio.h>

static const struct msg home = {MSG_HOME, 0, 0};
static const struct msg offers = {MSG_OPEN, 2, 0};
static const struct msg nothing = {MSG_NONE, 0, 0};

/* Two controls side by side and one that does nothing. */
struct world {
    struct frame frame;
    struct input input;
    struct input_acts acts;
    int64_t now;
};

static struct world *world_new(void)
{
    struct world *w = calloc(1, sizeof *w);
    assert_non_null(w);
    frame_begin(&w->frame, 400, 300, THEME_PAPER, COLOR_PAPER);
    frame_hit(&w->frame, rect_make(0, 0, 100, 100), home, STR("home"));
    frame_hit(&w->frame, rect_make(100, 0, 100, 100), offers, STR("offers"));
    frame_hit(&w->frame, rect_make(200, 0, 100, 100), nothing, STR("waiting"));
    input_init(&w->input);
    w->now = 100000;
    return w;
}

static void send(struct world *w, struct event event)
{
    event.mono_ms = w->now;
    input_event(&w->input, &event, &w->frame, &w->acts);
}

static void finger(struct world *w, enum event_kind kind, int x, int y)
{
    send(w, (struct event){.kind = kind, .x = x, .y = y});
}

static void key(struct world *w, enum event_key which)
{
    send(w, (struct event){.kind = EVENT_KEY, .key = which});
}

static void pass(struct world *w, int ms)
{
    w->now += ms;
    input_time(&w->input, w->now, &w->acts);
}

/* Each character gap_ms after the one before. */
static void keys(struct world *w, const char *text, int gap_ms)
{
    struct str all = str_of(text);
    for (size_t i = 0; i < all.len; i++) {
        struct event event = {.kind = EVENT_TEXT, .text = {all.ptr[i]}};
        pass(w, gap_ms);
        send(w, event);
    }
}

/* "press 3 1 0" / "msg 10 65 0", joined by ", ". */
static const char *acts_text(const struct world *w, char out[1024])
{
    struct buf b;
    buf_init(&b, out, 1024);
    for (int i = 0; i < w->acts.count; i++) {
        const struct input_act *act = &w->acts.list[i];
        buf_puts(&b, i > 0 ? ", " : "");
        if (act->kind == INPUT_PRESS) {
            buf_puts(&b, act->msg.kind == MSG_NONE ? "release" : "press");
        } else if (act->msg.kind == MSG_KEY) {
            buf_printf(&b, "key %d", act->msg.a);
        } else if (act->msg.kind == MSG_SCAN) {
            buf_printf(&b, "scan %s", w->input.scanned);
        } else if (act->msg.kind == MSG_FOCUS) {
            buf_printf(&b, "focus %d", act->msg.a);
        } else {
            buf_printf(&b, "msg %s", msg_eq(act->msg, home)     ? "home"
                                     : msg_eq(act->msg, offers) ? "offers"
                                     : act->msg.kind == MSG_BACK ? "back"
                                                                 : "other");
        }
    }
    return out;
}

static void expect_acts(struct world *w, const char *expected)
{
    char text[1024];
    assert_string_equal(acts_text(w, text), expected);
    w->acts.count = 0;
}

/* The scanner's Enter comes after its text was already taken for a scan. */
static void test_late_enter_is_the_scanners(void **state)
{
    (void)state;
    struct world *w = world_new();
    keys(w, "ANK1234567890", 5);
    w->now += INPUT_BURST_PAUSE_MS + 1;
    key(w, KEY_CHOOSE);
    expect_acts(w, "scan ANK1234567890");
    key(w, KEY_CHOOSE);
    expect_acts(w, "focus 1");

    keys(w, "ANK1234567890", 5);
    pass(w, INPUT_BURST_PAUSE_MS + 1);
    key(w, KEY_NEXT);
    key(w, KEY_CHOOSE);
    expect_acts(w, "scan ANK1234567890, focus 1, focus 1");

    keys(w, "ANK1234567890", 5);
    pass(w, INPUT_BURST_PAUSE_MS + 1);
    pass(w, INPUT_LATE_ENTER_MS);
    key(w, KEY_CHOOSE);
    expect_acts(w, "scan ANK1234567890, focus 1");
    free(w);
}

static void test_fingers(void **state)
{
    (void)state;
    struct world *w = world_new();
    finger(w, EVENT_FINGER_DOWN, 50, 50);
    finger(w, EVENT_FINGER_UP, 99, 99);
    expect_acts(w, "press, release, msg home");

    finger(w, EVENT_FINGER_DOWN, 50, 50);
    finger(w, EVENT_FINGER_UP, 100, 50);
    expect_acts(w, "press, release");

    finger(w, EVENT_FINGER_DOWN, 350, 250);
    finger(w, EVENT_FINGER_UP, 50, 50);
    expect_acts(w, "release, release");

    finger(w, EVENT_FINGER_DOWN, 250, 50);
    finger(w, EVENT_FINGER_UP, 250, 50);
    expect_acts(w, "release, release");
    free(w);
}

static void test_finger_slides(void **state)
{
    (void)state;
    struct world *w = world_new();
    finger(w, EVENT_FINGER_DOWN, 50, 50);
    finger(w, EVENT_FINGER_MOVE, 60, 60);
    finger(w, EVENT_FINGER_MOVE, 150, 50);
    finger(w, EVENT_FINGER_MOVE, 160, 50);
    finger(w, EVENT_FINGER_MOVE, 50, 50);
    finger(w, EVENT_FINGER_UP, 50, 50);
    expect_acts(w, "press, release, press, release, msg home");

    finger(w, EVENT_FINGER_DOWN, 50, 50);
    finger(w, EVENT_FINGER_GONE, 0, 0);
    finger(w, EVENT_FINGER_UP, 50, 50);
    expect_acts(w, "press, release, release");
    free(w);
}

/* The frame changes under the finger: what was not meant is not done. */
static void test_frame_changes_under_finger(void **state)
{
    (void)state;
    struct world *w = world_new();
    finger(w, EVENT_FINGER_DOWN, 50, 50);
    w->frame.hits[0].msg = offers;
    finger(w, EVENT_FINGER_UP, 50, 50);
    expect_acts(w, "press, release");
    free(w);
}

static void test_five_keys(void **state)
{
    (void)state;
    struct world *w = world_new();
    key(w, KEY_NEXT);
    key(w, KEY_PREVIOUS);
    key(w, KEY_BACK);
    key(w, KEY_READ_ALOUD);
    expect_acts(w, "focus 1, focus -1, msg back, msg other");
    key(w, KEY_CHOOSE);
    expect_acts(w, "focus 1");
    w->frame.focus = 1;
    key(w, KEY_CHOOSE);
    expect_acts(w, "msg offers");
    w->frame.focus = 2;
    key(w, KEY_CHOOSE);
    expect_acts(w, "");
    free(w);
}

static void test_typing_by_hand(void **state)
{
    (void)state;
    struct world *w = world_new();
    keys(w, "ab", 150);
    expect_acts(w, "key 97");
    assert_int_equal(input_sleep_ms(&w->input, w->now), INPUT_HOLD_MS);
    pass(w, INPUT_HOLD_MS - 1);
    expect_acts(w, "");
    pass(w, 1);
    expect_acts(w, "key 98");
    assert_int_equal(input_sleep_ms(&w->input, w->now), -1);
    key(w, KEY_DELETE);
    key(w, KEY_CHOOSE);
    expect_acts(w, "key 8, key 13");
    free(w);
}

/* Enter that has nothing to do with typing chooses. */
static void test_enter_after_long_pause(void **state)
{
    (void)state;
    struct world *w = world_new();
    w->frame.focus = 0;
    keys(w, "a", 150);
    pass(w, INPUT_TYPED_PAUSE_MS + 1000);
    w->acts.count = 0;
    key(w, KEY_CHOOSE);
    expect_acts(w, "msg home");
    keys(w, "a", 150);
    key(w, KEY_NEXT);
    key(w, KEY_CHOOSE);
    expect_acts(w, "key 97, focus 1, msg home");
    free(w);
}

static void test_two_keys_at_once(void **state)
{
    (void)state;
    struct world *w = world_new();
    keys(w, "as", 3);
    pass(w, 100);
    expect_acts(w, "key 97, key 115");
    free(w);
}

static void test_invisible_characters(void **state)
{
    static const char *const texts[] = {"\x01", "\xE2\x80\xAE", "\xEF\xBB\xBF", "\x7F"};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct world *w = world_new();
        struct event event = {.kind = EVENT_TEXT};
        memcpy(event.text, texts[i], strlen(texts[i]));
        send(w, event);
        pass(w, 100);
        expect_acts(w, "");
        free(w);
    }
}

static void test_scan(void **state)
{
    static const struct {
        const char *name, *typed, *scanned;
    } rows[] = {
        {"a card", "ANKP0123456789", "scan ANKP0123456789"},
        {"caps lock", "ankp0123456789", "scan ANKP0123456789"},
        {"control bytes", "ANKP\x01\x02 0123456\x1B@789", "scan ANKP 0123456@789"},
        {"twelve", "123456789012", "scan 123456789012"},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct world *w = world_new();
        keys(w, rows[i].typed, 10);
        expect_acts(w, "");
        key(w, KEY_CHOOSE);
        expect_acts(w, rows[i].scanned);
        pass(w, 1000);
        expect_acts(w, "");
        free(w);
    }
}

static void test_short_burst_is_typed(void **state)
{
    (void)state;
    struct world *w = world_new();
    keys(w, "4711", 10);
    key(w, KEY_CHOOSE);
    expect_acts(w, "key 52, key 55, key 49, key 49, key 13");
    free(w);
}

static void test_scanner_without_enter(void **state)
{
    (void)state;
    struct world *w = world_new();
    keys(w, "ANKP0123456789", 10);
    pass(w, INPUT_BURST_PAUSE_MS);
    expect_acts(w, "scan ANKP0123456789");
    free(w);
}

static void test_enter_inside_text(void **state)
{
    (void)state;
    struct world *w = world_new();
    send(w, (struct event){.kind = EVENT_TEXT, .text = "ANKP0123456789\r"});
    expect_acts(w, "scan ANKP0123456789");
    free(w);
}

static void test_endless_burst_is_swallowed(void **state)
{
    (void)state;
    struct world *w = world_new();
    for (int i = 0; i < 10000; i++) {
        keys(w, "X", 1);
        assert_int_equal(w->acts.count, 0);
    }
    key(w, KEY_CHOOSE);
    expect_acts(w, "");
    pass(w, INPUT_BURST_PAUSE_MS);
    expect_acts(w, "");
    keys(w, "a", 150);
    pass(w, 100);
    expect_acts(w, "key 97");
    free(w);
}

/* Somebody types the code of a card from paper, slowly. */
static void test_code_typed_by_hand(void **state)
{
    (void)state;
    struct world *w = world_new();
    const char *code = "ankp0123456789";
    for (const char *c = code; *c; c++) {
        const char one[2] = {*c, '\0'};
        keys(w, one, 900);
        w->acts.count = 0;
    }
    pass(w, 500);
    w->acts.count = 0;
    key(w, KEY_CHOOSE);
    expect_acts(w, "scan ANKP0123456789");
    free(w);
}

static void test_corrected_code(void **state)
{
    (void)state;
    struct world *w = world_new();
    keys(w, "ankp01", 100);
    pass(w, 100);
    keys(w, "x", 100);
    pass(w, 100);
    w->acts.count = 0;
    key(w, KEY_DELETE);
    expect_acts(w, "key 8");
    for (const char *c = "23456789"; *c; c++) {
        const char one[2] = {*c, '\0'};
        keys(w, one, 100);
        w->acts.count = 0;
    }
    pass(w, 100);
    w->acts.count = 0;
    key(w, KEY_CHOOSE);
    expect_acts(w, "scan ANKP0123456789");
    free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_late_enter_is_the_scanners),
        cmocka_unit_test(test_fingers),
        cmocka_unit_test(test_finger_slides),
        cmocka_unit_test(test_frame_changes_under_finger),
        cmocka_unit_test(test_five_keys),
        cmocka_unit_test(test_typing_by_hand),
        cmocka_unit_test(test_enter_after_long_pause),
        cmocka_unit_test(test_two_keys_at_once),
        cmocka_unit_test(test_invisible_characters),
        cmocka_unit_test(test_scan),
        cmocka_unit_test(test_short_burst_is_typed),
        cmocka_unit_test(test_scanner_without_enter),
        cmocka_unit_test(test_enter_inside_text),
        cmocka_unit_test(test_endless_burst_is_swallowed),
        cmocka_unit_test(test_code_typed_by_hand),
        cmocka_unit_test(test_corrected_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
