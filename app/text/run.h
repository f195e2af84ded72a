/* A run: characters of one face, script and direction, shaped as one piece. */
#ifndef TEXT_RUN_H
#define TEXT_RUN_H

#include "text/chars.h"

#define RUN_BYTES_MAX 240 /* longer runs are shaped in pieces: bounds each picture */

struct run {
    uint64_t hash;    /* of all that its picture depends on */
    int face, size;
    int level;
    int script;
    int x, width;     /* pixels, from the line's left end */
    uint32_t text;    /* offset of its UTF-8 in the bytes of the runs */
    uint32_t len;
};

/* Runs of one text while it is laid out. */
#define RUNS_MAX 2048
#define RUNS_BYTES_MAX (CHARS_MAX * 4 + RUNS_MAX)

struct runs {
    int count;
    uint32_t bytes_len;
    bool full;        /* something did not fit and is missing */
    struct run run[RUNS_MAX];
    char bytes[RUNS_BYTES_MAX];
};

/* Appends the runs of [from, to), in logical order, with their widths. Returns the width
 * of all. */
int runs_add(struct runs *runs, struct fonts *fonts, const struct chars *chars,
             const struct text_spec *spec, int from, int to);
/* Appends one more character: the hyphen or the dots at a line's end. */
int runs_add_mark(struct runs *runs, struct fonts *fonts, const struct text_spec *spec,
                  uint32_t cp, int level);
/* Puts the runs from `first` on into visual order (UAX #9, L2) and sets their x. */
void runs_order(struct runs *runs, int first);
/* A font ready to shape this run; NULL: the face has gone. */
TTF_Font *run_font(const struct run *run, struct fonts *fonts);

#endif
