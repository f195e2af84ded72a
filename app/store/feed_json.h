/* Reading members of a row's body: absent, or of another type, is empty. */
#ifndef STORE_FEED_JSON_H
#define STORE_FEED_JSON_H

#include "base/uid.h"

#include <jansson.h>

/* NULL: no JSON object. The caller releases it with json_decref. */
json_t *feed_json_open(struct str body);
struct str feed_json_text(const json_t *object, const char *name);
struct uid feed_json_uid(const json_t *object, const char *name); /* else nil */
/* Exactly so many bytes in base 64 as the wire writes it. */
bool feed_json_bytes(const json_t *object, const char *name, void *out, size_t len);

#endif
