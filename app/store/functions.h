/* SQL functions that the projections need beyond SQLite's own.
 *
 *   uid(text)        the 16 bytes of an id's text; NULL stays NULL
 *   alias_key(text)  what makes two aliases the same (domain/participant.h)
 *   hex_bytes(text)  the 32 bytes of a public key's 64 hex digits
 *   line_hash(seq, id, kind, version, boot, mono_ms, wall_ms, salt, body)
 *                    the hash of an event's line on the wire (line.h)
 *   old_salt(seed, seq)
 *                    the salt of an event that was stored before lines had one: the same
 *                    in every copy of the folder, and for nobody else to guess */
#ifndef STORE_FUNCTIONS_H
#define STORE_FUNCTIONS_H

#include <sqlite3.h>

int functions_register(sqlite3 *handle); /* an SQLite result code */

#endif
