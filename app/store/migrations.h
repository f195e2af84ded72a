/* The two schemas, version by version. A version that was released never changes: a new
 * column is a new entry, a field and a bind/read pair. */
#ifndef STORE_MIGRATIONS_H
#define STORE_MIGRATIONS_H

#include "store/db.h"

extern const struct db_kind state_kind, feed_kind;

#endif
