/* The ten-ask rule: if ten different young people said no and nobody yes, the site should
 * hear that its offer does not fit. Staff get a task; nothing is withdrawn. */
#ifndef SERVER_ASKS_H
#define SERVER_ASKS_H

#include "server/effects.h"

#define ASKS_ENOUGH 10

/* `who` said no to this code; the same one counts once. */
enum err asks_note(const struct scene *scene, struct str code, struct uid who) NODISCARD;
/* They still count, but nobody can tell any more who they were. */
enum err asks_forget(const struct scene *scene, struct uid who) NODISCARD;

#endif
