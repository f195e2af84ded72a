/* The measure of tests: every character is 0.56 em wide. Lines break at spaces, and
 * inside words that are wider than a line. */
#include "ui/text_measure.h"

#include "base/utf8.h"

struct fixed_line {
    size_t end;  /* where the next line starts */
    int chars;   /* without the spaces at its end */
};

static int chars_width(int chars, int size)
{
    return (chars * size * 56 + 99) / 100;
}

/* One line of at most `chars_max` characters from `at`; at least one character. */
static struct fixed_line line_next(struct str text, size_t at, int chars_max)
{
    struct fixed_line line = {at, 0}, at_space = {at, 0};
    int chars = 0;
    while (line.end < text.len) {
        size_t next = line.end;
        uint32_t cp = utf8_next(text, &next);
        if (cp == '\n') {
            line.end = next;
            return line;
        }
        if (cp == ' ') {
            at_space = (struct fixed_line){next, line.chars};
        } else if (chars + 1 > chars_max && chars > 0) {
            return at_space.end > at ? at_space : line;
        } else {
            line.chars = chars + 1;
        }
        chars++;
        line.end = next;
    }
    return line;
}

static void fixed_measure(void *ctx, const struct text_spec *spec, struct str text,
                          int width_max, int lines_max, struct text_box *box_out)
{
    (void)ctx;
    struct text_box box = {0};
    int chars_max = spec->size > 0 ? width_max * 100 / (spec->size * 56) : 1;
    size_t at = 0;
    while (at < text.len && (lines_max <= 0 || box.lines < lines_max)) {
        struct fixed_line line = line_next(text, at, chars_max > 0 ? chars_max : 1);
        int width = chars_width(line.chars, spec->size);
        box.width = width > box.width ? width : box.width;
        box.lines++;
        at = line.end;
    }
    box.cut = at < text.len;
    box.height = box.lines * spec->line_height;
    *box_out = box;
}

struct text_measure text_measure_fixed(void)
{
    return (struct text_measure){fixed_measure, NULL};
}
