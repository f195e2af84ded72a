/* The foot of all that asks or tells how it was: one action, and "Ich will reden". */
#ifndef SCREENS_TALK_FOOT_H
#define SCREENS_TALK_FOOT_H

#include "ui/ui.h"

/* The talk stands at the end edge; `main` before it or, `apart`, at the start edge. Where
 * there is little room both shrink. */
void talk_foot_draw(struct ui *ui, const struct button *main, bool apart);

#endif
