/* One SQLite file: its settings, its prepared statements, its transactions, its errors.
 *
 * Statements are constant text, found again by the text's address and prepared once.
 * A struct db belongs to one thread at a time. */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sqlite3.h>

#define DB_STATEMENTS_MAX 256
#define DB_DETAIL_SIZE 160
#define DB_BUSY_MS 5000 /* how long a writer waits for another program */

/* How a file is named, known and grown; one constant of it per file. */
struct db_kind {
    const char *name;             /* for details: "state" */
    int32_t application_id;
    const char *const *migrations; /* [i] leads from version i to i + 1 */
    int version;                   /* the newest: the number of migrations */
};

struct db {
    const struct db_kind *kind;
    sqlite3 *handle; /* NULL: not open */
    struct {
        const char *sql;
        sqlite3_stmt *stmt;
    } statements[DB_STATEMENTS_MAX];
    int64_t data_version;
    bool suspect;     /* a call met malformed pages: check before the next use */
    bool first_use;   /* there was no schema when it was opened */
    char *detail;     /* DB_DETAIL_SIZE bytes of the owner */
};

/* Opens and applies the settings; no look at the content beyond the header. `path` is
 * absolute or relative, never a URI; vfs may be NULL. ERR_CORRUPT: not our kind of file. */
enum err db_open(struct db *db, const struct db_kind *kind, const char *path,
                 const char *vfs, char *detail) NODISCARD;
void db_close(struct db *db); /* fine if not open */

/* Brings the schema to the newest version, a transaction per step. ERR_UNSUPPORTED: the
 * file is newer than this program; nothing was touched. ERR_CORRUPT: another program's. */
enum err db_migrate(struct db *db) NODISCARD;
/* What a power loss left in the write-ahead log goes into the file. Else the next frame would
 * begin where the last good one ends, and a card that garbles that sector when the power
 * goes again takes what was saved with it. Harmless if it cannot be done. */
void db_empty_log(struct db *db);
/* Every page is readable and in its place: ERR_CORRUPT if not. Reads the whole file. */
enum err db_check(struct db *db) NODISCARD;
int64_t db_pages_bytes(struct db *db); /* size of the database in bytes; 0 if unknown */

/* The prepared statement of this constant text, reset. NULL and *err set if it failed. */
sqlite3_stmt *db_statement(struct db *db, const char *sql, enum err *err);
/* What an SQLite result means; keeps a detail that holds no data. */
enum err db_fail(struct db *db, int rc);
void db_say(struct db *db, const char *what);

/* A write transaction. db_end commits if err is ERR_OK, else rolls back and returns err.
 * A commit that fails is ERR_UNKNOWN, unless it is certain that nothing of it can come
 * back: then it is the error itself. The handle stays usable in every case. */
enum err db_begin(struct db *db) NODISCARD;
enum err db_end(struct db *db, enum err err) NODISCARD;
/* A read transaction: several reads see one moment. */
enum err db_begin_read(struct db *db) NODISCARD;
void db_end_read(struct db *db);

/* True once after another connection committed to the file. */
bool db_changed(struct db *db);

#endif
