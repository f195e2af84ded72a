/* The centre's database as one SQLite file: what the files of this backend share. Nothing
 * else of the server knows that it is one; it knows nothing of what the tables mean. */
#ifndef SERVER_STORAGE_SQLITE_H
#define SERVER_STORAGE_SQLITE_H

#include "server/storage.h"

#include <sqlite3.h>

#define STORAGE_PATH_SIZE 4096
#define STORAGE_DETAIL_SIZE 200
#define STORAGE_STATEMENTS 1024 /* a power of two, at least twice what the server has */

/* A statement, and the names as they were last bound, one after the other: a constant's
 * address says which it is, so SQLite is asked for each number once. */
#define STORAGE_PARAMETERS 16
struct storage_statement {
    const char *sql;
    sqlite3_stmt *stmt;
    const char *names[STORAGE_PARAMETERS];
    int numbers[STORAGE_PARAMETERS];
};

struct storage {
    sqlite3 *handle;
    struct storage_statement statements[STORAGE_STATEMENTS];
    size_t statement_count;
    bool begun; /* a transaction is open, or was until an error took it away */
    bool own_vfs;
    int64_t data_version;
    char path[STORAGE_PATH_SIZE];
    char detail[STORAGE_DETAIL_SIZE];
};

/* What an SQLite result means; keeps a detail that holds no data. */
enum err storage_fail(struct storage *s, int rc);
void storage_say(struct storage *s, const char *what, int code);
/* A full disk takes the whole transaction away; what came behind would then be committed
 * alone, statement by statement. */
bool storage_lost(const struct storage *s);
enum err storage_exec(struct storage *s, const char *sql) NODISCARD;
int64_t storage_number(struct storage *s, const char *sql, enum err *err);

/* A handle on a file, with no look at its content. */
enum err storage_open_handle(struct storage *s, const char *path, const char *vfs,
                             int mode) NODISCARD;
/* A file without tables is new (version 0); any other file must carry our mark. */
enum err storage_check_kind(struct storage *s, int64_t *version_out,
                            struct buf *why) NODISCARD;
/* To the newest version, a transaction for each step. ERR_UNSUPPORTED: it is newer. */
enum err storage_migrate(struct storage *s, struct buf *why) NODISCARD;
/* A new empty file that nobody else may read. ERR_OK too if it is there. */
enum err storage_make_file(const char *path) NODISCARD;

#endif
