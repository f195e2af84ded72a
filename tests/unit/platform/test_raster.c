#include "platform/raster.h"

#include "platform/platform.h"
#include "support/cards.h"
#include "support/support.h"
#include "text/text.h"
#include "unit/unit.h"

#include <stdio.h>
#include <unistd.h>

#define PAPER 0xFFF7EAu
#define INK 0x14162Bu
#define WIDTH 320
#define HEIGHT 240

static struct text *text;
static struct raster *raster;
static struct frame frame, other;
static uint32_t pixels[1280 * 800], whole[1280 * 800];

static int open_all(void **state)
{
    char memory[128];
    struct buf why;
    (void)state;
    buf_init(&why, memory, sizeof memory);
    return text_open(&why, &text) == ERR_OK &&
                   raster_open(text_paint(text), &raster) == ERR_OK
               ? 0
               : -1;
}

static int close_all(void **state)
{
    (void)state;
    raster_close(raster);
    text_close(text);
    return 0;
}

static void draw_all(const struct frame *f, uint32_t *out)
{
    struct surface surface = {out, f->width, f->height, f->width};
    struct rect all = {0, 0, f->width, f->height};
    raster_draw(raster, f, &all, 1, &surface);
}

static uint32_t at(int x, int y)
{
    return pixels[y * WIDTH + x];
}

static struct draw *add_card(struct rect rect)
{
    frame_begin(&frame, WIDTH, HEIGHT, THEME_PAPER, COLOR_PAPER);
    struct draw *draw = frame_draw(&frame, DRAW_BOX, rect);
    draw->fill = COLOR_WHITE;
    draw->line = 3;
    draw->line_color = COLOR_INK;
    draw->radius = 28;
    draw->shadow = 8;
    draw->shadow_color = COLOR_INK;
    return draw;
}

static void test_box(void **state)
{
    (void)state;
    add_card(rect_make(20, 30, 200, 120));
    draw_all(&frame, pixels);
    assert_int_equal(at(120, 29), PAPER);
    assert_int_equal(at(120, 30), INK);
    assert_int_equal(at(120, 32), INK);
    assert_int_equal(at(120, 33), 0xFFFFFF);
    assert_int_equal(at(20, 90), INK);
    assert_int_equal(at(19, 90), PAPER);
    assert_int_equal(at(23, 90), 0xFFFFFF);
    assert_int_equal(at(219, 90), INK);
    assert_int_equal(at(220, 90), PAPER);
    assert_int_equal(at(120, 146), 0xFFFFFF);
    assert_int_equal(at(120, 147), INK);
    assert_int_equal(at(120, 157), INK); /* the shadow's last row */
    assert_int_equal(at(120, 158), PAPER);
    assert_int_equal(at(20, 30), PAPER); /* outside the round corner */
    assert_int_equal(at(20, 157), PAPER);
}

static void test_box_is_symmetric(void **state)
{
    (void)state;
    for (int radius = 0; radius < 70; radius += 3) {
        struct draw *draw = add_card(rect_make(20, 30, 200, 120));
        draw->radius = radius;
        draw->shadow = 0;
        draw_all(&frame, pixels);
        for (int y = 0; y < 60; y++) {
            for (int x = 0; x < 100; x++) {
                uint32_t pixel = at(20 + x, 30 + y);
                assert_int_equal(pixel, at(219 - x, 30 + y));
                assert_int_equal(pixel, at(20 + x, 149 - y));
            }
        }
    }
}

static void test_square_corners(void **state)
{
    (void)state;
    add_card(rect_make(20, 30, 200, 120))->square = CORNER_RIGHT;
    draw_all(&frame, pixels);
    assert_int_equal(at(20, 30), PAPER);
    assert_int_equal(at(219, 30), INK);
    assert_int_equal(at(219, 149), INK);
}

static void test_ring_leaves_the_inside(void **state)
{
    (void)state;
    struct draw *draw = add_card(rect_make(20, 30, 200, 120));
    draw->fill = COLOR_NONE;
    draw->shadow = 0;
    draw_all(&frame, pixels);
    assert_int_equal(at(120, 30), INK);
    assert_int_equal(at(120, 33), PAPER);
    assert_int_equal(at(30, 90), PAPER);
    assert_int_equal(at(22, 90), INK);
    assert_int_equal(at(50, 50), PAPER);
}

/* On white, an empty box looks like a white one: also in its corners. */
static void test_ring_equals_a_box_of_the_ground(void **state)
{
    (void)state;
    struct draw *draw = add_card(rect_make(20, 30, 200, 120));
    draw->shadow = 0;
    frame.ground = COLOR_WHITE;
    draw_all(&frame, whole);
    draw->fill = COLOR_NONE;
    draw_all(&frame, pixels);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        int differ = (int)(pixels[i] & 255) - (int)(whole[i] & 255);
        assert_in_range(differ + 3, 0, 6);
    }
}

static const struct rect odd_rects[] = {
    {0, 0, 0, 0},       {10, 10, 1, 1},     {10, 10, 5, 3},
    {-50, -50, 80, 90}, {300, 200, 90, 90}, {-10, 100, 400, 6},
    {50, -10, 4, 400},  {10, 10, -5, 20},   {-9999, -9999, 20000, 20000},
};

static void test_odd_boxes(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(odd_rects); i++) {
        for (int line = 0; line < 9; line += 4) {
            struct draw *draw = add_card(odd_rects[i]);
            draw->line = line;
            draw_all(&frame, pixels);
            draw->fill = COLOR_NONE;
            draw_all(&frame, pixels);
        }
    }
}

static void add_random(struct frame *f, const struct rng *rng)
{
    static const char *const words[] = {"Blumen gießen", "شاهد الوظائف",
                                        "clock",         "talk",
                                        "no-such-icon",  "HTTPS://A.EXAMPLE/1"};
    struct rect r = {(int)rng_below(rng, 340) - 30, (int)rng_below(rng, 260) - 30,
                     1 + (int)rng_below(rng, 160), 1 + (int)rng_below(rng, 120)};
    struct draw *draw = frame_draw(f, (enum draw_kind)rng_below(rng, 6), r);
    struct str word = str_of(words[rng_below(rng, ARRAY_LEN(words))]);
    draw->fill = rng_below(rng, COLOR_COUNT);
    draw->line_color = rng_below(rng, COLOR_COUNT);
    draw->line = (int)rng_below(rng, 6);
    draw->radius = (int)rng_below(rng, 40);
    draw->shadow = (int)rng_below(rng, 9);
    draw->shadow_color = COLOR_INK;
    draw->square = rng_below(rng, 16);
    draw->mirrored = rng_below(rng, 2) != 0;
    draw->outline.mark = rng_below(rng, 3);
    draw->outline.striped = rng_below(rng, 2) != 0;
    draw->outline.count = (int)rng_below(rng, OUTLINE_CORNERS_MAX + 1);
    for (int i = 0; i < draw->outline.count; i++) {
        draw->outline.corners[i] = (int16_t)((int)rng_below(rng, 1002) - 1);
    }
    draw->spec =
        (struct text_spec){WEIGHT_TITLE, 10 + (int)rng_below(rng, 30), 30, false};
    draw->align = rng_below(rng, 3);
    draw->lines_max = 1 + (int)rng_below(rng, 3);
    draw->text = frame_text(f, word);
    draw->text_len = (uint32_t)word.len;
}

/* From one frame to a like one: drawing the damage gives what drawing all gives. */
static void test_damage_is_enough(void **state)
{
    (void)state;
    uint64_t seed = 7;
    struct rng rng = fake_rng(&seed);
    struct surface surface = {pixels, WIDTH, HEIGHT, WIDTH};
    frame_begin(&frame, WIDTH, HEIGHT, THEME_PAPER, COLOR_PAPER);
    draw_all(&frame, pixels);
    for (int round = 0; round < 400; round++) {
        struct rect damage[FRAME_DAMAGE_MAX];
        frame_copy(&other, &frame);
        if (frame.draw_count > 8) {
            frame_begin(&frame, WIDTH, HEIGHT, THEME_PAPER, COLOR_PAPER);
        } else if (frame.draw_count > 2 && rng_below(&rng, 2)) {
            frame.draws[rng_below(&rng, (uint32_t)frame.draw_count)].rect.x += 5;
        } else {
            add_random(&frame, &rng);
        }
        int count = frame_damage(&other, &frame, damage);
        raster_draw(raster, &frame, damage, count, &surface);
        draw_all(&frame, whole);
        if (memcmp(pixels, whole, sizeof(uint32_t) * WIDTH * HEIGHT) != 0) {
            fail_msg("round %d: the damage missed something", round);
        }
    }
}

static void test_nothing_outside_the_damage_changes(void **state)
{
    (void)state;
    struct rect damage[2] = {{403, 101, 77, 333}, {-20, 600, 300, 500}};
    struct surface surface = {pixels, 1280, 800, 1280};
    for (size_t i = 0; i < ARRAY_LEN(pixels); i++) {
        pixels[i] = 0x123456;
    }
    cards_frame(&frame, 3);
    draw_all(&frame, whole);
    raster_draw(raster, &frame, damage, 2, &surface);
    for (int y = 0; y < 800; y++) {
        for (int x = 0; x < 1280; x++) {
            bool in = rect_has(damage[0], x, y) || rect_has(damage[1], x, y);
            assert_int_equal(pixels[y * 1280 + x], in ? whole[y * 1280 + x] : 0x123456);
        }
    }
}

static void add_icon(const char *name, enum color tint, bool mirrored)
{
    frame_begin(&frame, WIDTH, HEIGHT, THEME_PAPER, COLOR_WHITE);
    struct draw *draw = frame_draw(&frame, DRAW_ICON, rect_make(64, 64, 128, 128));
    draw->fill = tint;
    draw->mirrored = mirrored;
    draw->text = frame_text(&frame, str_of(name));
    draw->text_len = (uint32_t)str_of(name).len;
    draw_all(&frame, pixels);
}

static void test_icons(void **state)
{
    (void)state;
    add_icon("target", COLOR_NONE, false);
    assert_int_equal(at(128, 128), 0xFFFFFF);
    assert_int_equal(at(128, 128 + 26), 0xFFCB1F);
    assert_int_equal(at(128, 128 + 36), INK);
    assert_int_equal(at(65, 65), 0xFFFFFF);
    add_icon("check", COLOR_OK, false);
    assert_int_equal(at(64 + 48, 64 + 96), 0x0A7A4A);
    add_icon("back", COLOR_NONE, false);
    memcpy(whole, pixels, sizeof(uint32_t) * WIDTH * HEIGHT);
    add_icon("back", COLOR_NONE, true);
    for (int y = 64; y < 192; y++) {
        for (int x = 0; x < 128; x++) {
            int differ =
                (int)(at(64 + x, y) & 255) - (int)(whole[y * WIDTH + 191 - x] & 255);
            assert_in_range(differ + 3, 0, 6);
        }
    }
}

static void test_qr_has_whole_modules_and_quiet_zone(void **state)
{
    (void)state;
    frame_begin(&frame, WIDTH, HEIGHT, THEME_PAPER, COLOR_MINT);
    struct draw *draw = frame_draw(&frame, DRAW_QR, rect_make(10, 10, 180, 180));
    draw->fill = COLOR_INK;
    draw->text = frame_text(&frame, STR("A"));
    draw->text_len = 1;
    draw_all(&frame, pixels);
    /* 21 modules and 2 × 4 quiet ones: 29 × 6 = 174 of 180 pixels. */
    assert_int_equal(at(12, 12), 0xB9F0D2);
    assert_int_equal(at(13, 13), 0xFFFFFF);
    assert_int_equal(at(36, 36), 0xFFFFFF);
    assert_int_equal(at(37, 37), INK);
    assert_int_equal(at(37 + 6, 37 + 6), 0xFFFFFF);
    assert_int_equal(at(37 + 18, 37 + 18), INK);
}

static void test_dash(void **state)
{
    (void)state;
    frame_begin(&frame, WIDTH, HEIGHT, THEME_PAPER, COLOR_WHITE);
    struct draw *draw = frame_draw(&frame, DRAW_DASH, rect_make(10, 10, 20, 3));
    draw->fill = COLOR_INK;
    draw->line = 3;
    draw_all(&frame, pixels);
    assert_int_equal(at(15, 12), INK);
    assert_int_equal(at(16, 12), 0xFFFFFF);
    assert_int_equal(at(19, 12), INK);
    assert_int_equal(at(29, 12), INK);
    assert_int_equal(at(30, 12), 0xFFFFFF);
    assert_int_equal(at(15, 13), 0xFFFFFF);
}

/* Four corners: up, right, down, left, at a circle of 50 pixels around 100, 100. */
static struct draw *add_outline(enum outline_mark mark, int right)
{
    frame_begin(&frame, WIDTH, HEIGHT, THEME_PAPER, COLOR_WHITE);
    struct draw *draw = frame_draw(&frame, DRAW_OUTLINE, rect_make(50, 50, 100, 100));
    draw->outline = (struct outline){mark, false, 4, {1000, (int16_t)right, 500, 1000}};
    draw->fill = COLOR_BLITZ;
    draw->line_color = COLOR_INDIGO;
    draw->line = 4;
    draw->radius = 6;
    return draw;
}

static void test_outline(void **state)
{
    (void)state;
    uint32_t mark = theme_rgb(THEME_PAPER, COLOR_BLITZ);
    uint32_t line = theme_rgb(THEME_PAPER, COLOR_INDIGO);
    add_outline(OUTLINE_CIRCLES, 1000);
    draw_all(&frame, pixels);
    assert_int_equal(at(100, 50), mark);
    assert_int_equal(at(125, 75), line); /* half way between up and right */
    assert_int_not_equal(at(105, 95), 0xFFFFFF);
    assert_int_equal(at(140, 60), 0xFFFFFF);
    assert_int_equal(at(100, 125), mark);
    assert_int_equal(at(100, 145), 0xFFFFFF);
}

static void test_outline_has_gaps(void **state)
{
    (void)state;
    add_outline(OUTLINE_DIAMONDS, -1);
    draw_all(&frame, pixels);
    assert_int_equal(at(125, 75), 0xFFFFFF);
    assert_int_equal(at(120, 100), 0xFFFFFF);
    assert_int_equal(at(102, 78), 0xFFFFFF); /* nor a line to the middle */
    assert_int_equal(at(75, 75), theme_rgb(THEME_PAPER, COLOR_INDIGO));
    frame.draws[0].mirrored = true;
    draw_all(&frame, pixels);
    assert_int_equal(at(75, 75), 0xFFFFFF);
    assert_int_equal(at(125, 75), theme_rgb(THEME_PAPER, COLOR_INDIGO));
}

static void test_outline_of_spokes(void **state)
{
    (void)state;
    add_outline(OUTLINE_SPOKES, 1000);
    draw_all(&frame, pixels);
    assert_int_equal(at(125, 100), theme_rgb(THEME_PAPER, COLOR_INDIGO));
    assert_int_equal(at(125, 75), 0xFFFFFF);
}

static void test_png(void **state)
{
    (void)state;
    char path[] = "/tmp/anlauf-png-XXXXXX";
    struct surface surface = {pixels, WIDTH, HEIGHT, WIDTH};
    unsigned char head[24];
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(png_write(path, &surface), ERR_OK);
    assert_int_equal(read(fd, head, sizeof head), sizeof head);
    close(fd);
    assert_int_equal(unlink(path), 0);
    assert_memory_equal(head, "\x89PNG\r\n\x1a\n", 8);
    assert_int_equal(head[18] << 8 | head[19], WIDTH);
    assert_int_equal(head[22] << 8 | head[23], HEIGHT);
    assert_int_equal(png_write("/nonexistent/a.png", &surface), ERR_IO);
}

static void test_offscreen(void **state)
{
    (void)state;
    struct platform platform;
    struct event event;
    struct fake_clock clock = {0, 5};
    struct platform_options options = {
        .width = 40, .height = 30, .clock = fake_clock(&clock)};
    struct rect all = {0, 0, 40, 30};
    assert_int_equal(offscreen_open(&options, &platform), ERR_OK);
    assert_int_equal(platform.surface(platform.ctx)->width, 40);
    assert_false(platform.wait(platform.ctx, -1, &event));
    platform.wake(platform.ctx);
    platform.wake(platform.ctx);
    assert_true(platform.wait(platform.ctx, -1, &event));
    assert_int_equal(event.kind, EVENT_WAKE);
    assert_int_equal(event.mono_ms, 5);
    assert_false(platform.wait(platform.ctx, 0, &event));
    platform.present(platform.ctx, &all, 1);
    platform.present(platform.ctx, &all, 0);
    assert_int_equal(offscreen_presents(&platform), 1);
    platform.close(platform.ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_box),
        cmocka_unit_test(test_box_is_symmetric),
        cmocka_unit_test(test_square_corners),
        cmocka_unit_test(test_ring_leaves_the_inside),
        cmocka_unit_test(test_ring_equals_a_box_of_the_ground),
        cmocka_unit_test(test_odd_boxes),
        cmocka_unit_test(test_damage_is_enough),
        cmocka_unit_test(test_nothing_outside_the_damage_changes),
        cmocka_unit_test(test_icons),
        cmocka_unit_test(test_qr_has_whole_modules_and_quiet_zone),
        cmocka_unit_test(test_dash),
        cmocka_unit_test(test_outline),
        cmocka_unit_test(test_outline_has_gaps),
        cmocka_unit_test(test_outline_of_spokes),
        cmocka_unit_test(test_png),
        cmocka_unit_test(test_offscreen),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
