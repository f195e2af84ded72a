/* The characters of one text: bidi levels, script, face and line breaks of each. */
#ifndef TEXT_CHARS_H
#define TEXT_CHARS_H

#include "text/fonts.h"

#define CHARS_MAX 12000 /* more are left out; the text counts as cut */

struct chars {
    int count;
    bool cut;
    uint32_t cp[CHARS_MAX];     /* without control characters; '\n' ends a paragraph */
    int8_t level[CHARS_MAX];    /* UAX #9; odd = right to left */
    uint8_t script[CHARS_MAX];  /* for chars_script_tag */
    uint8_t face[CHARS_MAX];
    char may_break[CHARS_MAX];  /* a line may start here (UAX #14) */
    uint32_t types[CHARS_MAX], brackets[CHARS_MAX]; /* fribidi's */
};

void chars_init(struct chars *chars, struct fonts *fonts, const struct text_spec *spec,
                struct str text);
/* ISO 15924: "Latn". */
const char *chars_script_tag(int script);
/* Bidi and other controls that shape lines but leave no mark. */
bool chars_is_hidden(uint32_t cp);
bool chars_is_space(uint32_t cp);
/* May a line or an ellipsis split what the reader sees as characters before `at`? */
bool chars_may_split(const struct chars *chars, int at);

#endif
