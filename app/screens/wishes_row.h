/* One wish in the list "Meine Wünsche". */
#ifndef SCREENS_WISHES_ROW_H
#define SCREENS_WISHES_ROW_H

#include "screens/screen.h"

/* Narrower screens than this, in units, get higher rows. */
#define WISHES_SLIM 600

/* `index` into visit.wishes. Sends MSG_UNDO_WISH, or MSG_JOB with the job's index. */
void wishes_row(struct ui *ui, struct rect at, int index);

#endif
