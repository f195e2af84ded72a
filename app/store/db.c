/* One SQLite file. It knows nothing of what the file holds. */
#include "store/db.h"

#include "base/buf.h"
#include "base/plant.h"
#include "store/functions.h"
#include "store/query.h"

#include <string.h>

#define URI_SIZE 8192

/* A new file's first page is written by way of a rollback journal. EXTRA syncs the folder
 * once that journal is gone: were it back after a power loss, it would take the page and
 * with it the whole write-ahead log. From then on FULL means the same and says it.
 * secure_delete: what was erased does not linger on the card. cell_size_check and
 * trusted_schema: a file from elsewhere is not believed. The cache is small, as the
 * kiosk's memory is. */
static const char settings_sql[] =
    "PRAGMA synchronous = EXTRA;"
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA foreign_keys = ON;"
    "PRAGMA secure_delete = ON;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA cell_size_check = ON;"
    "PRAGMA cache_size = -512;"
    "PRAGMA temp_store = MEMORY;";

void db_say(struct db *db, const char *what)
{
    struct buf b;
    buf_init(&b, db->detail, DB_DETAIL_SIZE);
    buf_printf(&b, "%s.db: %s", db->kind->name, what);
}

static enum err err_of(int rc)
{
    switch (rc & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return ERR_OK;
    case SQLITE_FULL:
        return ERR_FULL;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR: /* our text is constant: then the schema is not what it must be */
    case SQLITE_MISMATCH:
        return ERR_CORRUPT;
    case SQLITE_CONSTRAINT:
        return ERR_CONFLICT;
    default:
        return ERR_IO;
    }
}

enum err db_fail(struct db *db, int rc)
{
    struct buf b;
    char what[DB_DETAIL_SIZE];
    enum err err = err_of(rc);
    buf_init(&b, what, sizeof what);
    buf_printf(&b, "%s (%d)",
               db->handle ? sqlite3_errmsg(db->handle) : sqlite3_errstr(rc),
               db->handle ? sqlite3_extended_errcode(db->handle) : rc);
    db_say(db, what);
    db->suspect = db->suspect || err == ERR_CORRUPT;
    return err;
}

/* psow=0: a card may tear the neighbours of what it writes, so frames fill sectors. */
static bool make_uri(char *out, size_t size, const char *path)
{
    struct buf b;
    buf_init(&b, out, size);
    buf_puts(&b, "file:");
    for (; *path; path++) {
        if (*path == '?' || *path == '#' || *path == '%') {
            buf_printf(&b, "%%%02x", (unsigned char)*path);
        } else {
            buf_putc(&b, *path);
        }
    }
    buf_puts(&b, "?psow=0");
    return !b.cut;
}

enum err db_open(struct db *db, const struct db_kind *kind, const char *path,
                 const char *vfs, char *detail)
{
    char uri[URI_SIZE];
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI |
                SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    *db = (struct db){.kind = kind, .detail = detail};
    if (!make_uri(uri, sizeof uri, path)) {
        db_say(db, "path too long");
        return ERR_INVALID;
    }
    int rc = sqlite3_open_v2(uri, &db->handle, flags, vfs);
    if (rc == SQLITE_OK) {
        sqlite3_busy_timeout(db->handle, DB_BUSY_MS);
        sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        rc = functions_register(db->handle);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_exec(db->handle, settings_sql, NULL, NULL, NULL);
    }
    if (rc == SQLITE_OK && PLANTED(PLANT_KIOSK_NOT_DURABLE)) {
        rc = sqlite3_exec(db->handle, "PRAGMA synchronous = OFF", NULL, NULL, NULL);
    }
    if (rc != SQLITE_OK) {
        enum err err = db_fail(db, rc);
        db_close(db);
        return err;
    }
    return ERR_OK;
}

void db_close(struct db *db)
{
    for (size_t i = 0; i < DB_STATEMENTS_MAX; i++) {
        sqlite3_finalize(db->statements[i].stmt);
        db->statements[i].stmt = NULL;
        db->statements[i].sql = NULL;
    }
    sqlite3_close_v2(db->handle);
    db->handle = NULL;
}

sqlite3_stmt *db_statement(struct db *db, const char *sql, enum err *err)
{
    size_t i = 0;
    while (i < DB_STATEMENTS_MAX && db->statements[i].sql &&
           db->statements[i].sql != sql) {
        i++;
    }
    CHECK(i < DB_STATEMENTS_MAX);
    if (!db->statements[i].sql) {
        int rc = sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                    &db->statements[i].stmt, NULL);
        if (rc != SQLITE_OK) {
            *err = db_fail(db, rc);
            return NULL;
        }
        db->statements[i].sql = sql;
    }
    CHECK(!sqlite3_stmt_busy(db->statements[i].stmt));
    return db->statements[i].stmt;
}

enum err db_check(struct db *db)
{
    char answer[8] = "";
    struct query q = query_on(db, "PRAGMA quick_check(1)");
    if (query_row(&q)) {
        const char *text = (const char *)sqlite3_column_text(q.stmt, 0);
        str_copy(answer, sizeof answer, str_of(text));
    }
    enum err err = query_done(&q);
    if (err == ERR_OK && strcmp(answer, "ok") != 0) {
        db_say(db, "pages are not in order");
        err = ERR_CORRUPT;
    }
    return err;
}

static int64_t read_number(struct db *db, const char *sql, enum err *err)
{
    int64_t value = 0;
    struct query q = query_on(db, sql);
    if (query_row(&q)) {
        value = query_get_int(&q, 0);
    }
    *err = query_done(&q);
    return value;
}

int64_t db_pages_bytes(struct db *db)
{
    enum err err;
    int64_t count = read_number(db, "PRAGMA page_count", &err);
    int64_t size = err == ERR_OK ? read_number(db, "PRAGMA page_size", &err) : 0;
    return err == ERR_OK ? count * size : 0;
}

/* ---- transactions ------------------------------------------------------------------ */

static int exec(struct db *db, const char *sql)
{
    return sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
}

static void roll_back(struct db *db)
{
    if (!sqlite3_get_autocommit(db->handle)) {
        exec(db, "ROLLBACK");
    }
}

enum err db_begin(struct db *db)
{
    int rc = exec(db, "BEGIN IMMEDIATE");
    return rc == SQLITE_OK ? ERR_OK : db_fail(db, rc);
}

static int empty_log(struct db *db)
{
    sqlite3_busy_timeout(db->handle, 0);
    int rc = sqlite3_wal_checkpoint_v2(db->handle, "main", SQLITE_CHECKPOINT_TRUNCATE,
                                       NULL, NULL);
    sqlite3_busy_timeout(db->handle, DB_BUSY_MS);
    return rc;
}

void db_empty_log(struct db *db)
{
    int rc = empty_log(db);
    (void)rc; /* a full disk, or somebody reads: then it stays as it is */
}

/* After a failed commit its frames may lie whole in the write-ahead log although the
 * sync failed, and recovery after a power loss would find them. Emptying that log, and
 * syncing that it is empty, makes sure they cannot come back. */
static bool forget_failed_commit(struct db *db)
{
    sqlite3_file *log = NULL;
    int rc = empty_log(db);
    if (rc == SQLITE_OK) {
        rc = sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
    }
    if (rc != SQLITE_OK || !log || !log->pMethods) {
        return false;
    }
    return log->pMethods->xSync(log, SQLITE_SYNC_NORMAL) == SQLITE_OK;
}

enum err db_end(struct db *db, enum err err)
{
    if (err != ERR_OK) {
        roll_back(db);
        return err;
    }
    int rc = exec(db, "COMMIT");
    if (rc == SQLITE_OK) {
        return ERR_OK;
    }
    err = db_fail(db, rc);
    roll_back(db);
    return forget_failed_commit(db) ? err : ERR_UNKNOWN;
}

enum err db_begin_read(struct db *db)
{
    int rc = exec(db, "BEGIN");
    return rc == SQLITE_OK ? ERR_OK : db_fail(db, rc);
}

void db_end_read(struct db *db)
{
    roll_back(db);
}

bool db_changed(struct db *db)
{
    enum err err;
    int64_t version = read_number(db, "PRAGMA data_version", &err);
    if (err != ERR_OK || version == db->data_version) {
        return false;
    }
    bool changed = db->data_version != 0;
    db->data_version = version;
    return changed;
}

/* ---- schema ------------------------------------------------------------------------ */

static enum err migrate_step(struct db *db, int from)
{
    enum err err = db_begin(db);
    if (err != ERR_OK) {
        return err;
    }
    /* Another program may have done it while this one waited. */
    int64_t now = read_number(db, "PRAGMA user_version", &err);
    if (err == ERR_OK && now == from) {
        int rc = exec(db, db->kind->migrations[from]);
        err = rc == SQLITE_OK ? ERR_OK : db_fail(db, rc);
    }
    return db_end(db, err);
}

/* A file without tables is new; any other file must carry our mark. */
static enum err check_kind(struct db *db, int64_t *version_out)
{
    enum err err;
    int64_t objects = 0, id = 0;
    *version_out = read_number(db, "PRAGMA user_version", &err);
    if (err == ERR_OK) {
        id = read_number(db, "PRAGMA application_id", &err);
    }
    if (err == ERR_OK) {
        objects = read_number(db, "SELECT count(*) FROM sqlite_schema", &err);
    }
    if (err != ERR_OK) {
        return err;
    }
    db->first_use = objects == 0 && id == 0 && *version_out == 0;
    if (!db->first_use && id != db->kind->application_id) {
        db_say(db, "belongs to another program");
        return ERR_CORRUPT;
    }
    if (*version_out < 0 || (!db->first_use && (*version_out == 0 || objects == 0))) {
        db_say(db, "has no valid schema version");
        return ERR_CORRUPT;
    }
    return ERR_OK;
}

enum err db_migrate(struct db *db)
{
    int64_t version;
    enum err err = check_kind(db, &version);
    if (err == ERR_OK && version > db->kind->version) {
        char what[DB_DETAIL_SIZE];
        struct buf b;
        buf_init(&b, what, sizeof what);
        buf_printf(&b, "schema version %lld is newer than this program's %d; update it",
                   (long long)version, db->kind->version);
        db_say(db, what);
        return ERR_UNSUPPORTED;
    }
    while (err == ERR_OK && version < db->kind->version) {
        err = migrate_step(db, (int)version);
        version++;
    }
    return err;
}
