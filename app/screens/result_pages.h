/* The calm pages of giving back, drawn between head and foot. */
#ifndef SCREENS_RESULT_PAGES_H
#define SCREENS_RESULT_PAGES_H

#include "screens/screen.h"

enum result_page { RESULT_SEEN, RESULT_WORDS, RESULT_NEXT, RESULT_PAGE_COUNT };

/* What the two views say; false: there is no form to read them with. */
bool result_difference(const struct model *model, struct difference *out);

/* Thanks with a fact, a strength, what both saw, where they differ. */
void result_draw_seen(struct ui *ui, struct rect area);
/* The site's own words. */
void result_draw_words(struct ui *ui, struct rect area);
/* One small step to choose, and a field never tried. */
void result_draw_next(struct ui *ui, struct rect area);

#endif
