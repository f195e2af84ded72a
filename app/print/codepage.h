/* The letters a printer has, in one byte each. */
#ifndef PRINT_CODEPAGE_H
#define PRINT_CODEPAGE_H

#include "base/buf.h"

enum codepage { CODEPAGE_437, CODEPAGE_858, CODEPAGE_1252, CODEPAGE_COUNT };

/* The byte for a character, 0 if the printer has none. Never a control byte. Dashes,
 * quotes and spaces the page lacks become their plain ASCII sisters. */
uint8_t codepage_byte(enum codepage page, uint32_t character);
/* Isolates (U+2066 … U+2069) take no room and are not printed. */
bool codepage_is_silent(uint32_t character);
bool codepage_has(enum codepage page, struct str text); /* all of it that is not silent */

#endif
