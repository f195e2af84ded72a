/* Going through ids one by one, so that no statement is open while each is dealt with. */
#ifndef SERVER_WALK_H
#define SERVER_WALK_H

#include "server/storage.h"

/* `sql` gives the first id behind :after, in order. ERR_NOT_FOUND: *id was the last. Begin
 * with a nil id. */
enum err walk_next(struct storage *storage, const char *sql, struct uid *id) NODISCARD;

#endif
