/* Any bytes as a paragraph: laid out within its width and lines, painted within its clip.
 * The first two bytes choose width, lines, size and direction. */
#include "text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define SIDE 64
#define LONGEST 512 /* shaping is slow; more of the same finds nothing new */

static struct text *open_text(void)
{
    char memory[256];
    struct buf why;
    struct text *text;
    buf_init(&why, memory, sizeof memory);
    CHECK(text_open(&why, &text) == ERR_OK);
    return text;
}

static void check_paint(struct text *text, const struct text_spec *spec, struct str s,
                        int lines_max)
{
    static uint32_t pixels[SIDE * SIDE];
    struct surface surface = {pixels, SIDE, SIDE, SIDE};
    struct rect clip = rect_make(8, 8, SIDE - 16, SIDE - 16);
    struct text_paint paint = text_paint(text);
    for (int i = 0; i < SIDE * SIDE; i++) {
        pixels[i] = 0xFFFFFF;
    }
    paint.paint(paint.ctx, &surface, clip, rect_make(0, 0, SIDE, SIDE), spec, 0, lines_max,
                s, 0);
    for (int i = 0; i < SIDE; i++) {
        CHECK(pixels[7 * SIDE + i] == 0xFFFFFF && pixels[i * SIDE + 7] == 0xFFFFFF);
        CHECK(pixels[(SIDE - 8) * SIDE + i] == 0xFFFFFF);
        CHECK(pixels[i * SIDE + SIDE - 8] == 0xFFFFFF);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct text *text;
    struct text_box box;
    if (text == NULL) {
        text = open_text();
    }
    if (size < 2 || size > LONGEST) {
        return -1;
    }
    struct str s = {(const char *)data + 2, size - 2};
    struct text_spec spec = {data[0] % 3, 12 + data[0] % 20, 40, data[1] % 2 != 0};
    int lines_max = data[1] % 5, width = 20 + data[0] * 3;
    struct text_measure measure = text_measure(text);
    measure.measure(measure.ctx, &spec, s, width, lines_max, &box);
    CHECK(box.lines >= 0 && (lines_max == 0 || box.lines <= lines_max));
    CHECK(box.height == box.lines * spec.line_height);
    check_paint(text, &spec, s, lines_max);
    return 0;
}
