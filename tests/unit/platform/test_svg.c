#include "platform/svg.h"

#include "base/asset.h"
#include "platform/tile.h"
#include "support/support.h"
#include "unit/unit.h"

static struct svg svg;

#define OPEN "<svg viewBox=\"0 0 64 64\" fill=\"none\" stroke=\"#14162B\">"

static const struct {
    const char *name, *source;
    enum err err;
    int contours, points;
} parse_cases[] = {
    {"empty", "", ERR_INVALID, 0, 0},
    {"no viewBox", "<svg width=\"3\"><path d=\"M0 0\"/></svg>", ERR_INVALID, 0, 0},
    {"short viewBox", "<svg viewBox=\"0 0 64\"/>", ERR_INVALID, 0, 0},
    {"viewBox without size", "<svg viewBox=\"0 0 0 64\"/>", ERR_INVALID, 0, 0},
    {"shape before svg", "<path d=\"M0 0L1 1\"/>" OPEN "</svg>", ERR_INVALID, 0, 0},
    {"nothing in it", OPEN "</svg>", ERR_OK, 0, 0},
    {"not closed", OPEN "<path d=\"M0 0L1 1\"", ERR_OK, 0, 0},
    {"a line", OPEN "<path d=\"M1 2 3 4\"/>", ERR_OK, 1, 2},
    {"all straight", OPEN "<path d=\"m1 1l2 2h3v4H1V1L5,5z\"/>", ERR_OK, 1, 7},
    {"numbers without gaps", OPEN "<path d=\"M-1-2L.5.5 1e1-2E0\"/>", ERR_OK, 1, 3},
    {"goes on after z", OPEN "<path d=\"M1 1h5v5zh2\"/>", ERR_OK, 2, 5},
    {"arc flags without gaps", OPEN "<path d=\"M1 1a5 5 0 01.5.5\"/>", ERR_OK, 1, -1},
    {"curves", OPEN "<path d=\"M0 0C1 1 2 2 3 3S5 5 6 6Q7 7 8 8T9 9\"/>", ERR_OK, 1, -1},
    {"starts without m", OPEN "<path d=\"L1 2\"/>", ERR_INVALID, 0, 0},
    {"half a pair", OPEN "<path d=\"M1 2 3\"/>", ERR_INVALID, 0, 0},
    {"unknown command", OPEN "<path d=\"M1 2 X3 4\"/>", ERR_INVALID, 0, 0},
    {"number after z", OPEN "<path d=\"M1 2z3 4\"/>", ERR_INVALID, 0, 0},
    {"no d", OPEN "<path/>", ERR_OK, 0, 0},
    {"circle", OPEN "<circle cx=\"32\" cy=\"32\" r=\"9\"/>", ERR_OK, 1, -1},
    {"round rect", OPEN "<rect x=\"1\" y=\"1\" width=\"9\" height=\"9\" rx=\"99\"/>",
     ERR_OK, 1, -1},
    {"others are passed over", OPEN "<title>x</title><g><path d=\"M0 0h1\"/></g>", ERR_OK,
     1, 2},
    {"quoted >", OPEN "<path id='>' d=\"M0 0h1\"/>", ERR_OK, 1, 2},
};

static void test_parse(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(parse_cases); i++) {
        enum err err = svg_parse(str_of(parse_cases[i].source), &svg);
        bool counted =
            err != ERR_OK ||
            (svg.contour_count == parse_cases[i].contours &&
             (parse_cases[i].points < 0 || svg.point_count == parse_cases[i].points));
        if (err != parse_cases[i].err || !counted) {
            fail_msg("%s: %s, %d contours, %d points", parse_cases[i].name, err_name(err),
                     svg.contour_count, svg.point_count);
        }
    }
}

static void test_style_is_inherited(void **state)
{
    (void)state;
    assert_int_equal(svg_parse(STR(OPEN "<path d=\"M0 0h1\" fill=\"#FFCB1F\"/>"
                                        "<path d=\"M0 0h1\" stroke=\"none\" "
                                        "stroke-width=\"7\"/>"),
                               &svg),
                     ERR_OK);
    assert_true(svg.shapes[0].fill.on && svg.shapes[0].fill.rgb == 0xFFCB1F);
    assert_true(svg.shapes[0].stroke.on && svg.shapes[0].stroke.rgb == 0x14162B);
    assert_false(svg.shapes[1].fill.on);
    assert_false(svg.shapes[1].stroke.on);
    assert_true(svg.shapes[1].stroke_width > 6.9f && svg.shapes[1].stroke_width < 7.1f);
}

static void test_too_much_is_refused(void **state)
{
    (void)state;
    static char source[20000];
    struct buf b;
    buf_init(&b, source, sizeof source);
    buf_puts(&b, OPEN "<path d=\"M0 0");
    for (int i = 0; i < 6001; i++) {
        buf_puts(&b, "h1");
    }
    buf_puts(&b, "\"/></svg>");
    assert_int_equal(svg_parse(buf_str(&b), &svg), ERR_FULL);
    buf_clear(&b);
    buf_puts(&b, OPEN);
    for (int i = 0; i < 40; i++) {
        buf_puts(&b, "<path d=\"M0 0\"/>");
    }
    assert_int_equal(svg_parse(buf_str(&b), &svg), ERR_FULL);
}

static void test_all_pictograms(void **state)
{
    (void)state;
    int count = 0;
    for (size_t i = 0; i < asset_count(); i++) {
        const struct asset *asset = asset_at(i);
        struct str source = {(const char *)asset->data, asset->len};
        if (str_starts(str_of(asset->name), STR("icons/"))) {
            if (svg_parse(source, &svg) != ERR_OK || svg.shape_count == 0) {
                fail_msg("%s", asset->name);
            }
            count++;
        }
    }
    assert_true(count >= 25);
}

static void draw_some(void)
{
    static uint32_t pixels[40 * 40];
    static float cover[42 * 40];
    struct tile_look look = {.width = 40, .height = 40, .mirrored = svg.point_count % 2};
    tile_draw(&svg, &look, pixels, cover);
    for (int i = 0; i < 40 * 40; i++) {
        uint32_t a = pixels[i] >> 24;
        assert_true((pixels[i] >> 16 & 255) <= a && (pixels[i] & 255) <= a);
    }
}

/* Pictograms with bytes changed, cut out and doubled: never a crash, whatever results. */
static void test_mutations(void **state)
{
    (void)state;
    static const char alphabet[] = "MmLlHhVvCcSsQqTtAaZz0123456789.-+eE \"'<>/=#,";
    uint64_t seed = 99;
    struct rng rng = fake_rng(&seed);
    for (int round = 0; round < 1500; round++) {
        char bytes[1024];
        const struct asset *asset = asset_at(rng_below(&rng, (uint32_t)asset_count()));
        size_t len = asset->len < sizeof bytes ? asset->len : sizeof bytes;
        memcpy(bytes, asset->data, len);
        for (uint32_t n = 1 + rng_below(&rng, 6); n > 0 && len > 1; n--) {
            size_t at = rng_below(&rng, (uint32_t)len);
            if (rng_below(&rng, 4) == 0) {
                memmove(bytes + at, bytes + at + 1, len - at - 1);
                len--;
            } else {
                bytes[at] = alphabet[rng_below(&rng, sizeof alphabet - 1)];
            }
        }
        if (svg_parse((struct str){bytes, len}, &svg) == ERR_OK) {
            draw_some();
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_style_is_inherited),
        cmocka_unit_test(test_too_much_is_refused),
        cmocka_unit_test(test_all_pictograms),
        cmocka_unit_test(test_mutations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
