/* A slip as lines for one printer: words wrapped at whole words, words longer than a line
 * broken. Pure. Text points into the slip, which must outlive the typeset. */
#ifndef PRINT_TYPESET_H
#define PRINT_TYPESET_H

#include "print/profile.h"
#include "print/slip.h"

#define TYPESET_LINES_MAX 320

enum typeset_kind {
    TYPESET_TEXT,   /* fits into `columns`, in the printer's own letters */
    TYPESET_RASTER, /* a whole paragraph the printer cannot write: to be drawn */
    TYPESET_RULE,
    TYPESET_QR,
    TYPESET_SPACE,
    TYPESET_CUT,
};

struct typeset_line {
    enum typeset_kind kind;
    const struct slip_line *from;
    struct str text;
    int columns; /* characters in text */
};

struct typeset {
    int count;
    struct typeset_line lines[TYPESET_LINES_MAX];
};

/* How many characters of a style stand in one line. */
int typeset_columns(const struct profile *profile, enum slip_style style);
/* ERR_FULL: more than TYPESET_LINES_MAX lines. */
enum err typeset_make(const struct slip *slip, const struct profile *profile,
                     struct typeset *typeset_out) NODISCARD;
/* The first line of *rest, at most `columns` characters; *rest moves on behind it. */
struct str typeset_wrap(struct str *rest, int columns);

#endif
