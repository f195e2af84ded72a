/* What a restored state takes from the one before it. */
#ifndef DESK_CARRY_H
#define DESK_CARRY_H

#include "desk/desk.h"

struct desk_data;

/* Locks and deletions of the state in desk->data. If it cannot be read, staff are told;
 * that stops no restore. */
void carry_over(struct desk *desk, struct desk_data *fresh);

#endif
