/* Patterns whose values are our own numbers and names: filled in without isolates, so
 * that a whole date or sum is one plain value for the text it goes into. */
#ifndef I18N_PATTERN_H
#define I18N_PATTERN_H

#include "i18n/i18n.h"

#define NUMBER_SIZE 12

/* Looks `pattern` up and appends it with {name} replaced; ends at a NULL name. */
void pattern_fill(struct buf *out, const struct i18n *i18n, const char *pattern,
                  const struct tr_arg *args);
/* Writes a number with at least `digits` digits and returns it. */
const char *pattern_number(char memory[NUMBER_SIZE], int number, int digits);

#endif
