/* How big will this text be? A value handed in, so that layout needs no fonts in tests. */
#ifndef UI_TEXT_MEASURE_H
#define UI_TEXT_MEASURE_H

#include "base/buf.h"

enum text_weight { WEIGHT_TEXT /* 600 */, WEIGHT_LABEL /* 700 */, WEIGHT_TITLE /* 800 */ };

struct text_spec {
    enum text_weight weight;
    int size;         /* pixels: the em */
    int line_height;  /* pixels from base line to base line */
    bool rtl;         /* direction of the paragraph */
};

struct text_box {
    int width, height; /* pixels; height = lines × line_height */
    int lines;
    bool cut; /* did not fit into lines_max; the last line ends in … */
};

struct text_measure {
    /* Lays `text` out in lines of at most `width_max` pixels and at most `lines_max`
     * lines. '\n' breaks a line. A word wider than a line is broken inside. */
    void (*measure)(void *ctx, const struct text_spec *spec, struct str text, int width_max,
                    int lines_max, struct text_box *box_out);
    void *ctx;
};

/* Every character is 0.56 em wide: for tests and golden frames, the same everywhere. */
struct text_measure text_measure_fixed(void);

#endif
