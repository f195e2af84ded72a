/* Files that travel inside the program: icons, rules, catalogues, demo data. */
#ifndef BASE_ASSET_H
#define BASE_ASSET_H

#include "base/buf.h"

struct asset {
    const char *name; /* path below assets/, as "icons/back.svg" */
    const unsigned char *data; /* followed by a NUL that does not count */
    size_t len;
};

/* NULL if there is no such asset. */
const struct asset *asset_find(const char *name);
/* The number of assets; asset_at(i) for i below it, sorted by name. */
size_t asset_count(void);
const struct asset *asset_at(size_t i);

#endif
