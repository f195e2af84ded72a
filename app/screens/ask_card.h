/* "Halte deine Karte hin": what is shown while something needs the person's card. */
#ifndef SCREENS_ASK_CARD_H
#define SCREENS_ASK_CARD_H

#include "ui/ui.h"

void ask_card_draw(struct ui *ui, struct rect area, const char *title, const char *note);

#endif
