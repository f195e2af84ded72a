/* Every state of every screen, made by messages and answers as the program makes them.
 *
 * The same list serves the golden frames, the layout test and the benchmarks. */
#ifndef SUPPORT_STATES_H
#define SUPPORT_STATES_H

#include "screens/screen.h"

struct states; /* the rules and the calendar that all models share */

struct states *states_open(void); /* CHECKs: the built-in data is there */
void states_close(struct states *states);

int states_count(void);
const char *states_name(int index); /* "offers-empty" */

/* Sunday, 22 November 2026, 15:42; the sample offers; alias Falke. */
void states_make(const struct states *states, int index, int width, int height,
                 int text_percent, int language, struct model *model_out);

#endif
