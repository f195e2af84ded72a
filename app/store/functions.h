/* SQL functions that the projections need beyond SQLite's own.
 *
 *   uid(text)        the 16 bytes of an id's text; NULL stays NULL
 *   alias_key(text)  what makes two aliases the same (domain/participant.h)
 *   hex_bytes(text)  the 32 bytes of a public key's 64 hex digits */
#ifndef STORE_FUNCTIONS_H
#define STORE_FUNCTIONS_H

#include <sqlite3.h>

int functions_register(sqlite3 *handle); /* an SQLite result code */

#endif
