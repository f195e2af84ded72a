#include "support/support.h"
#include "ui/frame.h"
#include "unit/unit.h"

#include <string.h>

static struct frame before, after;

static struct draw *add_box(struct frame *frame, int x, int y, int w, int h,
                            enum color fill)
{
    struct draw *draw = frame_draw(frame, DRAW_BOX, rect_make(x, y, w, h));
    draw->fill = fill;
    draw->shadow = 8;
    draw->shadow_color = COLOR_INK;
    return draw;
}

static struct draw *add_text(struct frame *frame, struct rect rect, const char *text)
{
    struct draw *draw = frame_draw(frame, DRAW_TEXT, rect);
    draw->fill = COLOR_INK;
    draw->spec = (struct text_spec){WEIGHT_LABEL, 24, 30, false};
    draw->lines_max = 1;
    draw->text = frame_text(frame, str_of(text));
    draw->text_len = (uint32_t)str_of(text).len;
    return draw;
}

static void fill_grid(struct frame *frame)
{
    frame_begin(frame, 1280, 800, THEME_PAPER, COLOR_PAPER);
    for (int i = 0; i < 6; i++) {
        add_box(frame, 32 + i % 3 * 413, 182 + i / 3 * 266, 390, 244, COLOR_WHITE);
        add_text(frame, rect_make(60 + i % 3 * 413, 200 + i / 3 * 266, 200, 30), "Job");
    }
}

static void test_hits(void **state)
{
    (void)state;
    struct msg back = {MSG_BACK, 0, 0}, page = {MSG_PAGE, 1, 0};
    frame_begin(&after, 800, 480, THEME_PAPER, COLOR_PAPER);
    frame_hit(&after, rect_make(0, 0, 100, 100), back, STR("Zurück"));
    frame_hit(&after, rect_make(50, 50, 100, 100), page, STR("Mehr"));
    assert_int_equal(frame_hit_at(&after, 10, 10), 0);
    assert_int_equal(frame_hit_at(&after, 60, 60), 1);
    assert_int_equal(frame_hit_at(&after, 150, 60), -1);
    assert_int_equal(frame_hit_of(&after, page), 1);
    assert_int_equal(frame_hit_of(&after, (struct msg){MSG_PAGE, -1, 0}), -1);
    assert_true(str_eq(frame_str(&after, after.hits[1].label, after.hits[1].label_len),
                       STR("Mehr")));
}

static void test_equal_frames_have_no_damage(void **state)
{
    (void)state;
    struct rect damage[FRAME_DAMAGE_MAX];
    fill_grid(&before);
    fill_grid(&after);
    assert_int_equal(frame_damage(&before, &after, damage), 0);
    frame_text(&before, STR("shifts what follows"));
    fill_grid(&after);
    assert_int_equal(frame_damage(&before, &after, damage), 0);
}

static void test_everything_is_damage(void **state)
{
    (void)state;
    struct rect damage[FRAME_DAMAGE_MAX], all = {0, 0, 1280, 800};
    fill_grid(&before);
    fill_grid(&after);
    assert_int_equal(frame_damage(NULL, &after, damage), 1);
    assert_true(rect_eq(damage[0], all));
    after.theme = THEME_CONTRAST;
    assert_int_equal(frame_damage(&before, &after, damage), 1);
    assert_true(rect_eq(damage[0], all));
    after.theme = THEME_PAPER;
    after.ground = COLOR_MINT;
    assert_int_equal(frame_damage(&before, &after, damage), 1);
}

static void test_a_pressed_card_is_the_only_damage(void **state)
{
    (void)state;
    struct rect damage[FRAME_DAMAGE_MAX];
    fill_grid(&before);
    fill_grid(&after);
    after.draws[2].rect.y += 8;
    after.draws[2].shadow = 0;
    assert_int_equal(frame_damage(&before, &after, damage), 1);
    assert_true(rect_eq(damage[0], rect_make(445, 182, 390, 252)));
}

static void test_another_word_is_damage(void **state)
{
    (void)state;
    struct rect damage[FRAME_DAMAGE_MAX];
    fill_grid(&before);
    fill_grid(&after);
    after.texts[after.draws[1].text] = 'M';
    assert_int_equal(frame_damage(&before, &after, damage), 1);
    assert_true(rect_eq(damage[0], draw_bounds(&after.draws[1])));
}

static void test_what_came_is_damage_alone(void **state)
{
    (void)state;
    struct rect damage[FRAME_DAMAGE_MAX];
    fill_grid(&before);
    frame_begin(&after, 1280, 800, THEME_PAPER, COLOR_PAPER);
    add_box(&after, 10, 10, 50, 50, COLOR_BLITZ);
    memcpy(after.draws + 1, before.draws,
           (size_t)before.draw_count * sizeof(struct draw));
    memcpy(after.texts, before.texts, before.text_len);
    after.text_len = before.text_len;
    after.draw_count = before.draw_count + 1;
    assert_int_equal(frame_damage(&before, &after, damage), 1);
    assert_true(rect_eq(damage[0], rect_make(10, 10, 50, 58)));
    assert_int_equal(frame_damage(&after, &before, damage), 1);
}

static void fill_random(struct frame *frame, const struct rng *rng)
{
    frame_begin(frame, 640, 400, THEME_PAPER, COLOR_PAPER);
    int count = (int)rng_below(rng, 24);
    for (int i = 0; i < count; i++) {
        int x = (int)rng_below(rng, 700) - 40, y = (int)rng_below(rng, 440) - 20;
        add_box(frame, x, y, (int)rng_below(rng, 90), (int)rng_below(rng, 90),
                COLOR_INK + rng_below(rng, 5));
    }
}

/* Every changed command lies in the damage; rectangles are in the frame and apart. */
static void test_damage_of_random_frames(void **state)
{
    (void)state;
    uint64_t seed = 20261123;
    struct rng rng = fake_rng(&seed);
    struct rect damage[FRAME_DAMAGE_MAX], all = {0, 0, 640, 400};
    for (int round = 0; round < 2000; round++) {
        fill_random(&before, &rng);
        fill_random(&after, &rng);
        int count = frame_damage(&before, &after, damage);
        assert_true(count <= FRAME_DAMAGE_MAX);
        for (int i = 0; i < count; i++) {
            assert_true(rect_eq(rect_intersect(damage[i], all), damage[i]));
            for (int k = 0; k < i; k++) {
                assert_true(rect_is_empty(rect_intersect(damage[i], damage[k])));
            }
        }
    }
}

static void test_copy_is_equal(void **state)
{
    (void)state;
    struct rect damage[FRAME_DAMAGE_MAX];
    fill_grid(&before);
    frame_title(&before, STR("Jobs für dich"));
    memset(&after, 0xAB, sizeof after);
    frame_copy(&after, &before);
    assert_int_equal(frame_damage(&before, &after, damage), 0);
    assert_true(
        str_eq(frame_str(&after, after.title, after.title_len), STR("Jobs für dich")));
}

static void test_dump(void **state)
{
    (void)state;
    char memory[1024];
    struct buf out;
    frame_begin(&after, 800, 480, THEME_PAPER, COLOR_PAPER);
    frame_title(&after, STR("Jobs"));
    add_box(&after, 1, 2, 30, 40, COLOR_WHITE)->radius = 28;
    add_text(&after, rect_make(5, 6, 70, 30), "\"Hof\"")->align = ALIGN_CENTER;
    frame_hit(&after, rect_make(1, 2, 30, 40), (struct msg){MSG_BACK, 3, -1},
              STR("Zurück"));
    after.focus = 0;
    buf_init(&out, memory, sizeof memory);
    frame_dump(&after, &out);
    assert_string_equal(
        memory, "frame 800x480 paper ground=paper\n"
                "title \"Jobs\"\n"
                "box 1,2 30x40 fill=white radius=28 shadow=8/ink\n"
                "text 5,6 70x30 ink 700 24/30 ltr center lines=1 \"\\\"Hof\\\"\"\n"
                "hit 1,2 30x40 1:3:-1 focus \"Zurück\"\n");
}

static void test_outline(void **state)
{
    (void)state;
    char memory[512];
    struct buf out;
    struct rect damage[FRAME_DAMAGE_MAX];
    frame_begin(&before, 800, 480, THEME_PAPER, COLOR_PAPER);
    struct draw *draw = frame_draw(&before, DRAW_OUTLINE, rect_make(100, 100, 50, 50));
    draw->outline = (struct outline){OUTLINE_DIAMONDS, true, 3, {1000, -1, 250}};
    draw->radius = 10;
    frame_copy(&after, &before);
    assert_int_equal(frame_damage(&before, &after, damage), 0);
    after.draws[0].outline.corners[2] = 500;
    assert_int_equal(frame_damage(&before, &after, damage), 1);
    assert_true(damage[0].x <= 85 && damage[0].w >= 80);
    buf_init(&out, memory, sizeof memory);
    frame_dump(&after, &out);
    assert_non_null(strstr(memory, "outline 100,100 50x50 diamonds striped fill=none "
                                   "line=0/none radius=10 1000,-1,500\n"));
}

static const struct {
    const char *name, *text;
    int width_max, lines_max, width, lines;
    bool cut;
} measure_cases[] = {
    {"empty", "", 100, 3, 0, 0, false},
    {"one line", "abcde", 100, 3, 28, 1, false},
    {"breaks at a space", "abcde fghij", 40, 3, 28, 2, false},
    {"breaks a long word", "abcdefghij", 28, 3, 28, 2, false},
    {"cut", "abcde fghij klmno", 40, 2, 28, 2, true},
    {"new line", "ab\ncde", 100, 3, 17, 2, false},
    {"characters, not bytes", "äöü", 100, 3, 17, 1, false},
    {"no width at all", "ab", 0, 9, 6, 2, false},
};

static void test_fixed_measure(void **state)
{
    (void)state;
    struct text_measure measure = text_measure_fixed();
    struct text_spec spec = {WEIGHT_TEXT, 10, 12, false};
    for (size_t i = 0; i < ARRAY_LEN(measure_cases); i++) {
        struct text_box box;
        measure.measure(measure.ctx, &spec, str_of(measure_cases[i].text),
                        measure_cases[i].width_max, measure_cases[i].lines_max, &box);
        if (box.width != measure_cases[i].width || box.lines != measure_cases[i].lines ||
            box.cut != measure_cases[i].cut || box.height != 12 * box.lines) {
            fail_msg("%s: %d wide, %d lines, %s", measure_cases[i].name, box.width,
                     box.lines, box.cut ? "cut" : "whole");
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hits),
        cmocka_unit_test(test_equal_frames_have_no_damage),
        cmocka_unit_test(test_everything_is_damage),
        cmocka_unit_test(test_a_pressed_card_is_the_only_damage),
        cmocka_unit_test(test_another_word_is_damage),
        cmocka_unit_test(test_what_came_is_damage_alone),
        cmocka_unit_test(test_damage_of_random_frames),
        cmocka_unit_test(test_copy_is_equal),
        cmocka_unit_test(test_dump),
        cmocka_unit_test(test_outline),
        cmocka_unit_test(test_fixed_measure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
