/* What the admin_*.c share: one transaction, its scene, its line in the audit. */
#ifndef SERVER_DESK_H
#define SERVER_DESK_H

#include "server/admin.h"

/* A transaction about a centre (nil: about none). ERR_NOT_FOUND: no such centre. After
 * ERR_OK the caller ends it with desk_end; after an error there is none. */
enum err desk_begin(struct admin *admin, struct uid centre, struct scene *scene_out) NODISCARD;
/* Notes who did what to what (no names, no texts) and commits, or rolls back. */
enum err desk_end(const struct admin *admin, const struct scene *scene, enum err err,
                  const char *what, struct str about) NODISCARD;
enum err desk_end_uid(const struct admin *admin, const struct scene *scene, enum err err,
                      const char *what, struct uid about) NODISCARD;

#endif
