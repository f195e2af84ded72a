/* One language's catalogue: its texts and which plural form a number takes.
 *
 * Pure; an empty one ({0}) knows no text. What is found lives as long as the bytes. */
#ifndef I18N_CATALOGUE_H
#define I18N_CATALOGUE_H

#include "i18n/mo.h"
#include "i18n/plural.h"

struct catalogue {
    struct mo mo; /* bytes NULL: empty */
    struct plural plural;
};

/* ERR_CORRUPT: not a catalogue, or without a plural rule that we understand. */
enum err catalogue_open(const unsigned char *bytes, size_t len,
                        struct catalogue *catalogue_out) NODISCARD;

/* NULL if it has no translation. */
const char *catalogue_find(const struct catalogue *catalogue, const char *source);
/* The form for n of a text that has plural forms. */
const char *catalogue_find_n(const struct catalogue *catalogue, const char *one, long n);

#endif
