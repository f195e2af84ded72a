/* Bytes as text that survives any keyboard.
 *
 * Scanners in keyboard mode type through whatever layout the kiosk has: German and US
 * layouts swap Y and Z and disagree on all punctuation. So the 32 symbols are 0-9 and
 * A-X without I and O (they look like 1 and 0); Y and Z are not used. Each byte string
 * has exactly one text: unused bits at the end are zero, case matters. */
#ifndef PROOF_BASE32_H
#define PROOF_BASE32_H

#include "base/buf.h"
#include "base/err.h"

#define BASE32_CHARS(bytes) (((bytes) * 8 + 4) / 5)

/* Writes BASE32_CHARS(len) symbols, not terminated. */
void base32_encode(const uint8_t *bytes, size_t len, char *out);
/* Fills `out` and *len_out. ERR_INVALID: *at_out is the offset of the first character that
 * cannot stand there (text.len if the end is missing). ERR_FULL: more than `size` bytes. */
enum err base32_decode(struct str text, uint8_t *out, size_t size, size_t *len_out,
                       size_t *at_out) NODISCARD;
/* What a person typed, as symbols, not terminated: spaces and - are left out, letters
 * made capitals, I is read as 1 and O as 0. ERR_INVALID: another character, or not
 * exactly `count` symbols; `out` is then of no use. */
enum err base32_clean(struct str typed, char *out, size_t count) NODISCARD;
/* `count` symbols read as one number, modulo `modulus` ≤ 2^20: a check of what is typed
 * or scanned. Check symbols of a prime modulus find each wrong symbol, and each two
 * swapped. */
uint32_t base32_remainder(const char *text, size_t count, uint32_t modulus);
int base32_value(char symbol); /* 0 … 31, -1 if it is none */
char base32_symbol(int value);

#endif
