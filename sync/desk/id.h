/* Ids as staff type them: whole, their first characters, or as a slip prints them. */
#ifndef DESK_ID_H
#define DESK_ID_H

#include "desk/command.h"

#define ID_PREFIX_MIN 6

/* `list` is where the short ones are looked up, in one centre or in all (nil). Complains. */
bool id_find(struct desk *desk, struct admin *admin, enum admin_list list, struct uid centre,
             const char *text, struct uid *id_out);
bool id_find_centre(struct desk *desk, struct admin *admin, const char *text,
                    struct uid *id_out);

#endif
