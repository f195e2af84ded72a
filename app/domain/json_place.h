/* On which line something stands in a JSON text that has been parsed successfully. */
#ifndef DOMAIN_JSON_PLACE_H
#define DOMAIN_JSON_PLACE_H

#include "base/buf.h"

/* One step down: into an object by key, or into an array by index if key is NULL. */
struct json_step {
    const char *key;
    size_t index;
};

/* The line (from 1) of the last step's key or item; of the deepest part that exists if
 * the way ends before. */
int json_place_line(struct str text, const struct json_step *steps, size_t count);

#endif
