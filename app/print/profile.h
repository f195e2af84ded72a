/* What a kind of receipt printer can do: one row each. To add one, add a row. */
#ifndef PRINT_PROFILE_H
#define PRINT_PROFILE_H

#include "base/buf.h"
#include "print/codepage.h"

struct profile {
    const char *name;
    int dots;               /* printable width at 203 dpi: 384 = 58 mm, 576 = 80 mm */
    enum codepage codepage;
    int codepage_number;    /* n of ESC t n */
    bool native_qr;         /* GS ( k */
    bool cutter;            /* GS V */
    bool leave_kanji;       /* starts in a two-byte mode that eats umlauts: FS . */
    int feed_lines;         /* from the head to the tear bar */
};

#define PROFILE_DEFAULT "generic-58"

const struct profile *profile_find(struct str name); /* NULL: no such row */
size_t profile_count(void);
const struct profile *profile_at(size_t i);
/* Columns of a line: font A is 12 dots wide, font B (small) 9. */
int profile_columns(const struct profile *profile, int char_dots);

#endif
