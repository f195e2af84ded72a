/* Lines of JSON objects that are all of one kind, as columns for people. */
#ifndef DESK_TABLE_H
#define DESK_TABLE_H

#include "base/buf.h"

#include <stdio.h>

/* Ids are cut to what staff have to type, times are the machine's, and a column that has
 * nothing in any row is left out, as is the member `without` (NULL: none). */
void table_print(FILE *out, struct str lines, const char *without);

#endif
