/* The kiosk's slips in words: a wish, a card. Pure. */
#ifndef APP_SLIPS_H
#define APP_SLIPS_H

#include "model/effect.h"
#include "print/slip.h"

/* effect: EFFECT_PRINT_WISH or EFFECT_PRINT_CARD, with its text. */
enum err slips_make(const struct effect *effect, struct slip *slip_out) NODISCARD;

#endif
