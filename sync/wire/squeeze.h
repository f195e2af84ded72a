/* Answers in fewer bytes for who can read them so. */
#ifndef WIRE_SQUEEZE_H
#define WIRE_SQUEEZE_H

#include "wire/bytes.h"

#include <stdbool.h>

/* Whether a request's Accept-Encoding (NULL: none) names zstd. */
bool squeeze_wanted(const char *accept);
/* The text becomes a zstd frame, if that is worth it; false: it is as it was. */
bool squeeze(struct bytes *text);

#endif
