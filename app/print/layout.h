/* A slip as lines for one printer: words wrapped at whole words, words longer than a line
 * broken. Pure. Text points into the slip, which must outlive the layout. */
#ifndef PRINT_LAYOUT_H
#define PRINT_LAYOUT_H

#include "print/profile.h"
#include "print/slip.h"

#define LAYOUT_LINES_MAX 160

enum layout_kind {
    LAYOUT_TEXT,   /* fits into `columns`, in the printer's own letters */
    LAYOUT_RASTER, /* a whole paragraph the printer cannot write: to be drawn */
    LAYOUT_RULE,
    LAYOUT_QR,
    LAYOUT_SPACE,
    LAYOUT_CUT,
};

struct layout_line {
    enum layout_kind kind;
    const struct slip_line *from;
    struct str text;
    int columns; /* characters in text */
};

struct layout {
    int count;
    struct layout_line lines[LAYOUT_LINES_MAX];
};

/* How many characters of a style stand in one line. */
int layout_columns(const struct profile *profile, enum slip_style style);
/* ERR_FULL: more than LAYOUT_LINES_MAX lines. */
enum err layout_make(const struct slip *slip, const struct profile *profile,
                     struct layout *layout_out) NODISCARD;
/* The first line of *rest, at most `columns` characters; *rest moves on behind it. */
struct str layout_wrap(struct str *rest, int columns);

#endif
