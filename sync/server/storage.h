/* The one way to the centre's database. Everything else of the server speaks the SQL that
 * SQLite and PostgreSQL share (README.md, "SQL"), and only storage_*.c knows which it is.
 *
 * One handle belongs to one thread at a time. */
#ifndef SERVER_STORAGE_H
#define SERVER_STORAGE_H

#include "base/buf.h"
#include "base/err.h"
#include "base/uid.h"

struct storage;

struct storage_options {
    const char *dir; /* made if missing, mode 0700; the file in it is centre.db */
    const char *vfs; /* NULL: SQLite's default */
    bool create;     /* else ERR_NOT_FOUND if there is none */
};
/* Opens and brings the schema to the newest version. ERR_UNSUPPORTED: it is newer. */
enum err storage_open(const struct storage_options *options, struct storage **storage_out,
                      struct buf *why) NODISCARD;
void storage_close(struct storage *storage);
/* For who is about to write for long: what a power loss left in SQLite's write-ahead log goes
 * into the file. Else the next frame would begin where the last good one ends, and a disk
 * that garbles that sector when the power goes again takes what was acknowledged with it.
 * Harmless if it cannot be done. */
void storage_settle(struct storage *storage);
/* For who has nothing else to do: the same as far as nobody is in the way, so that no write
 * has to do it while somebody waits. */
void storage_fold(struct storage *storage);
/* English detail of the last error, for the log: no data. */
const char *storage_detail(const struct storage *storage);
bool storage_changed(struct storage *storage); /* by another connection since last asked */

/* A write transaction. storage_end commits if err is ERR_OK, else rolls back and returns
 * err. Durable when it returned ERR_OK. ERR_UNKNOWN: a commit that failed. */
enum err storage_begin(struct storage *storage) NODISCARD;
/* Several reads see one moment; nobody waits. Ends with storage_end too. */
enum err storage_begin_read(struct storage *storage) NODISCARD;
enum err storage_end(struct storage *storage, enum err err) NODISCARD;
/* Within a transaction: what goes wrong behind the mark is taken back alone. */
enum err storage_mark(struct storage *storage) NODISCARD;
enum err storage_unmark(struct storage *storage, enum err err) NODISCARD;

/* ---- one run of one statement ------------------------------------------------------ */

/* As store/query.h: bind by name, step, read columns, done; the first error sticks. The
 * text is constant and is prepared once, names are constants too. Bound memory must live
 * until ask_done. */
struct ask {
    struct storage *storage;
    void *statement; /* the backend's; NULL after an error */
    void *stmt;      /* the same */
    int bound;       /* parameters so far */
    enum err err;
};
struct ask ask_on(struct storage *storage, const char *sql);
void ask_int(struct ask *ask, const char *name, int64_t value);
void ask_text(struct ask *ask, const char *name, struct str text); /* ptr NULL: NULL */
void ask_blob(struct ask *ask, const char *name, const void *bytes, size_t len);
void ask_uid(struct ask *ask, const char *name, const struct uid *id); /* nil: NULL */
bool ask_row(struct ask *ask);
enum err ask_done(struct ask *ask) NODISCARD;
enum err ask_run(struct ask *ask) NODISCARD;
enum err ask_done_found(struct ask *ask, bool found) NODISCARD; /* ERR_NOT_FOUND */
bool ask_is_null(struct ask *ask, int column);
int64_t ask_get_int(struct ask *ask, int column);
struct str ask_peek_text(struct ask *ask, int column); /* until the next step */
struct str ask_peek_blob(struct ask *ask, int column);
void ask_get_text(struct ask *ask, int column, char *out, size_t size);
void ask_get_blob(struct ask *ask, int column, void *out, size_t len);
struct uid ask_get_uid(struct ask *ask, int column);

/* ---- the file as a whole ----------------------------------------------------------- */

/* A copy of what is committed now, while the server runs; verified page by page. */
enum err storage_backup(struct storage *storage, const char *path, struct buf *why) NODISCARD;
/* Every page is readable, every key points somewhere. ERR_CORRUPT; `why` names the place. */
enum err storage_check(struct storage *storage, struct buf *why) NODISCARD;

#endif
