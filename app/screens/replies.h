/* Hands a worker's answer to the screen that asked. */
#ifndef SCREENS_REPLIES_H
#define SCREENS_REPLIES_H

#include "screens/screen.h"

void replies_update(struct model *model, const struct reply *reply, struct effects *effects);

#endif
