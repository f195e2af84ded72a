/* A text broken into lines of runs. */
#ifndef TEXT_LAYOUT_H
#define TEXT_LAYOUT_H

#include "text/lru.h"
#include "text/run.h"

#define LINES_MAX 64 /* of one text; more are cut */

struct line {
    int first_run, run_count;
    int width; /* pixels */
};

/* What a layout depends on. */
struct layout_key {
    struct text_spec spec;
    int width_max, lines_max;
    struct str text;
};

/* A finished layout, one block of memory. */
struct layout {
    struct lru_entry entry; /* first */
    struct layout_key key;  /* its text lies in this block */
    struct text_box box;
    struct line *lines;     /* box.lines of them */
    struct run *runs;
    char *bytes;            /* of the runs, each terminated */
};

/* Room to work in, big and reused. */
struct layout_work {
    struct chars chars;
    struct runs runs;
    struct line lines[LINES_MAX];
    struct text_box box;
};

uint64_t layout_hash(const struct layout_key *key);
lru_match layout_match; /* key: struct layout_key */
/* NULL: no memory. The caller (or a cache) frees it. */
struct layout *layout_make(struct layout_work *work, struct fonts *fonts,
                           const struct layout_key *key);

#endif
