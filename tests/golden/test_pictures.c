/* One picture of each screen as a person sees it, with the kiosk's own fonts.
 *
 * Fonts and their rasteriser differ a little from one Debian to the next, so pictures are
 * compared as a person would: by blocks of 8×8 pixels, of which only a few may differ.
 * UPDATE=1 writes them anew: look at each beside the old one before it is committed. */
#include "platform/raster.h"
#include "support/states.h"
#include "text/text.h"
#include "unit/unit.h"

#include <png.h>
#include <stdio.h>

#define WIDTH 1280
#define HEIGHT 800
#define BLOCK 8
#define FOLDER "tests/golden/pictures/"

/* A block differs if a channel's mean is off by more than this. */
#define BLOCK_TOLERANCE 28
/* Of 16,000 blocks: a button of 72×72 pixels that is elsewhere is found. */
#define BLOCKS_DIFFERENT_MAX 80

static const char *const pictured[] = {
    "home",           "age",          "offers",        "offer",          "offer-refused",
    "unfit",          "who-pictures", "saved-printed", "wishes-some",    "about-mine",
    "talk-signed",    "language",     "warning",       "staff-door-pin", "staff-wish",
    "enrol-age",      "enrol-consents", "enrol-interests", "new-card",   "stored",
    "here-in",        "agreement",    "how",           "evaluate",       "evaluate-about",
    "evaluate-closing", "result",     "result-next",   "sheet",          "sheet-strengths",
    "sheet-print",    "voices-signed", "propose",      "site",           "today",
    "job-there",      "call-ready",   "staff-voices",  "order",          "home-here",
    "staff-offline",  "centre-none",  "centre-code",   "centre-check",   "centre-much",
    "parked-many",    "locked",       "offer-at-once", "saved-taken",
};

struct stage {
    struct states *states;
    struct model *model;
    struct frame *frame;
    struct text *text;
    struct raster *raster;
    struct surface surface;
};

static void open_stage(struct stage *s)
{
    char why[256];
    struct buf error;
    buf_init(&error, why, sizeof why);
    s->states = states_open();
    s->model = calloc(1, sizeof *s->model);
    s->frame = calloc(1, sizeof *s->frame);
    assert_int_equal(text_open(&error, &s->text), ERR_OK);
    assert_int_equal(raster_open(text_paint(s->text), &s->raster), ERR_OK);
    s->surface = (struct surface){calloc(WIDTH * HEIGHT, 4), WIDTH, HEIGHT, WIDTH};
}

static void close_stage(struct stage *s)
{
    raster_close(s->raster);
    text_close(s->text);
    states_close(s->states);
    free(s->surface.pixels);
    free(s->model);
    free(s->frame);
}

static int state_named(const char *name)
{
    for (int i = 0; i < states_count(); i++) {
        if (strcmp(states_name(i), name) == 0) {
            return i;
        }
    }
    fail_msg("no state \"%s\"", name);
    return -1;
}

static void draw(struct stage *s, const char *name)
{
    const struct rect all = {0, 0, WIDTH, HEIGHT};
    states_make(s->states, state_named(name), WIDTH, HEIGHT, 100, 0, s->model);
    view(s->model, text_measure(s->text), s->frame);
    raster_draw(s->raster, s->frame, &all, 1, &s->surface);
}

static unsigned char *read_picture(const char *path)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    if (!png_image_begin_read_from_file(&image, path)) {
        return NULL;
    }
    image.format = PNG_FORMAT_RGB;
    assert_int_equal(image.width, WIDTH);
    assert_int_equal(image.height, HEIGHT);
    unsigned char *pixels = malloc(PNG_IMAGE_SIZE(image));
    assert_true(png_image_finish_read(&image, NULL, pixels, 0, NULL));
    return pixels;
}

static bool block_differs(const struct surface *now, const unsigned char *golden, int bx,
                          int by)
{
    long sum[3] = {0, 0, 0};
    for (int y = by; y < by + BLOCK; y++) {
        for (int x = bx; x < bx + BLOCK; x++) {
            uint32_t pixel = now->pixels[y * now->stride + x];
            const unsigned char *old = golden + 3 * (y * WIDTH + x);
            sum[0] += (long)(pixel >> 16 & 255) - old[0];
            sum[1] += (long)(pixel >> 8 & 255) - old[1];
            sum[2] += (long)(pixel & 255) - old[2];
        }
    }
    for (int c = 0; c < 3; c++) {
        if (labs(sum[c]) > BLOCK_TOLERANCE * BLOCK * BLOCK) {
            return true;
        }
    }
    return false;
}

static int blocks_different(const struct surface *now, const unsigned char *golden)
{
    int count = 0;
    for (int y = 0; y < HEIGHT; y += BLOCK) {
        for (int x = 0; x < WIDTH; x += BLOCK) {
            count += block_differs(now, golden, x, y);
        }
    }
    return count;
}

static void test_pictures(void **state)
{
    struct stage s = {0};
    int wrong = 0;
    (void)state;
    open_stage(&s);
    for (size_t i = 0; i < ARRAY_LEN(pictured); i++) {
        char path[128];
        snprintf(path, sizeof path, FOLDER "%s.png", pictured[i]);
        draw(&s, pictured[i]);
        if (getenv("UPDATE")) {
            assert_int_equal(png_write(path, &s.surface), ERR_OK);
            continue;
        }
        unsigned char *golden = read_picture(path);
        int different = golden ? blocks_different(&s.surface, golden) : -1;
        if (different < 0 || different > BLOCKS_DIFFERENT_MAX) {
            fprintf(stderr, "%s: %d blocks differ\n", path, different);
            wrong++;
        }
        free(golden);
    }
    close_stage(&s);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_pictures)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
