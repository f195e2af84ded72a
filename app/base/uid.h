/* 128-bit ids of facts, people and devices, made without asking anybody.
 *
 * Their text is 26 characters of Crockford's base 32 (no I, L, O, U). */
#ifndef BASE_UID_H
#define BASE_UID_H

#include "base/buf.h"
#include "base/err.h"
#include "base/rng.h"

#define UID_TEXT_SIZE 27 /* with NUL */

struct uid {
    uint8_t b[16];
};

struct uid uid_make(const struct rng *rng);
bool uid_eq(struct uid a, struct uid b);
bool uid_is_nil(struct uid id);
void uid_format(struct uid id, char out[UID_TEXT_SIZE]);
/* Takes lower case and the look-alikes I, L (1) and O (0). ERR_INVALID otherwise. */
enum err uid_parse(struct str text, struct uid *id_out) NODISCARD;
/* The first `chars` characters of the text form, for people to read out: "7K3M-QX". */
void uid_short(struct uid id, char out[8]);

#endif
