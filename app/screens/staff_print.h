/* What the team prints: shared by its table and the screen for small displays. */
#ifndef SCREENS_STAFF_PRINT_H
#define SCREENS_STAFF_PRINT_H

#include "screens/staff_parts.h"

/* MSG_PRINT, a. */
enum staff_print { STAFF_PRINT_DAY, STAFF_PRINT_CARD, STAFF_PRINT_ORDER, STAFF_PRINT_COUNT };

/* How the printer is; a tap asks it again. */
struct staff_card staff_printer_card(struct ui *ui);
/* The three as buttons in the foot. */
void staff_print_foot(struct ui *ui);
void staff_print_ask(struct model *model, struct effects *effects);
void staff_print_update(struct model *model, const struct msg *msg, struct effects *effects);

#endif
