/* Reads one compiled catalogue: GNU gettext manual, "The Format of GNU MO Files".
 *
 * Our own reader, because libintl answers for one process-wide locale that must be
 * installed on the machine: a kiosk switches languages between two frames, and its
 * catalogues travel inside the program. Every offset is checked once, in mo_open; system
 * dependent strings (revision 0.1) are left out. The bytes belong to the caller and must
 * live as long as the struct and all that was found in it. */
#ifndef I18N_MO_H
#define I18N_MO_H

#include "base/buf.h"
#include "base/err.h"

struct mo {
    const unsigned char *bytes;
    size_t len;
    bool big_endian;
    uint32_t count;                   /* texts */
    uint32_t originals, translations; /* offsets of the two tables */
};

/* ERR_CORRUPT: not a catalogue, or something in it lies outside of it. */
enum err mo_open(const unsigned char *bytes, size_t len, struct mo *mo_out) NODISCARD;

/* The translation, all its plural forms, a NUL after each. False if there is none. */
bool mo_find(const struct mo *mo, const char *source, struct str *translation_out);

#endif
