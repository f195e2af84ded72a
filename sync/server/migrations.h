/* The schema, version by version; one constant for each database it can live in. */
#ifndef SERVER_MIGRATIONS_H
#define SERVER_MIGRATIONS_H

#include <stdint.h>

struct migrations {
    int32_t application_id;
    const char *const *steps; /* [i] leads from version i to i + 1 */
    int version;
};
extern const struct migrations migrations_sqlite;

#endif
