/* The fields of work (Einsatzfelder): what a young person can try. */
#ifndef DOMAIN_FIELD_H
#define DOMAIN_FIELD_H

#include "base/buf.h"

#include <stdint.h>

/* Fields are numbered 1 … FIELD_MAX in the order of their codes F01 … F25; 0 is none.
 * A set of fields is a bit mask, bit n for field n. */
#define FIELD_MAX 25
#define FIELD_CODE_SIZE 4

typedef uint32_t field_set_t;

int field_from_code(struct str code); /* "F03" → 3; 0 if there is no such field */
void field_code(int field, char out[FIELD_CODE_SIZE]);
/* The German name, which is also the key in the catalogues. Never NULL. */
const char *field_name(int field);
/* The pictogram's asset name without folder and ending: "field-garden". */
const char *field_icon(int field);

static inline bool field_in(field_set_t set, int field)
{
    return set >> field & 1u;
}

#endif
