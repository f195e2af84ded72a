/* The door for staff: what it asks for now, shared by its look and its messages. */
#ifndef SCREENS_STAFF_DOOR_H
#define SCREENS_STAFF_DOOR_H

#include "screens/screen.h"

/* Of setting up the first card. */
enum door_step { DOOR_ALIAS, DOOR_PIN, DOOR_PIN_AGAIN };

bool door_is_setting_up(const struct staff_session *staff);
enum door_step door_step(const struct staff_session *staff);
bool door_wants_alias(const struct staff_session *staff);
bool door_wants_pin(const struct staff_session *staff);
/* Has enough been typed, and is nobody to wait? */
bool door_may_go_on(const struct model *model);

void door_view(struct ui *ui);

#endif
