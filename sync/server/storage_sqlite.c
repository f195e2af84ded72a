/* The centre's database as one SQLite file. Nothing else of the server knows that it is
 * one; it knows nothing of what the tables mean. */
#include "server/storage.h"

#include "server/migrations.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_SIZE 4096
#define URI_SIZE (3 * PATH_SIZE + 32)
#define DETAIL_SIZE 200
#define BUSY_MS 5000      /* how long a writer waits for another program */
#define STATEMENTS 512    /* a power of two, at least twice what the server has */

/* A new file's first page is written by way of a rollback journal. EXTRA syncs the folder
 * once that journal is gone: were it back after a power loss, it would take the page and
 * with it the whole write-ahead log. From then on FULL means the same and says it.
 * secure_delete: what was erased does not linger. trusted_schema, cell_size_check: a file
 * from elsewhere is not believed. The cache is small, as the server has many guests and
 * 32 MiB; the write-ahead log is cut again after a storm. */
static const char settings_sql[] = "PRAGMA synchronous = EXTRA;"
                                   "PRAGMA journal_mode = WAL;"
                                   "PRAGMA synchronous = FULL;"
                                   "PRAGMA foreign_keys = ON;"
                                   "PRAGMA secure_delete = ON;"
                                   "PRAGMA trusted_schema = OFF;"
                                   "PRAGMA cell_size_check = ON;"
                                   "PRAGMA mmap_size = 0;"
                                   "PRAGMA cache_size = -2048;"
                                   "PRAGMA journal_size_limit = 8388608;"
                                   "PRAGMA temp_store = MEMORY;";

struct storage {
    sqlite3 *handle;
    struct {
        const char *sql;
        sqlite3_stmt *stmt;
    } statements[STATEMENTS];
    size_t statement_count;
    bool begun; /* a transaction is open, or was until an error took it away */
    bool own_vfs;
    int64_t data_version;
    char path[PATH_SIZE];
    char detail[DETAIL_SIZE];
};

/* ---- errors --------------------------------------------------------------------------- */

static enum err err_of(int rc)
{
    switch (rc & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return ERR_OK;
    case SQLITE_FULL:
    case SQLITE_NOMEM:
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

static void say(struct storage *s, const char *what, int code)
{
    struct buf b;
    buf_init(&b, s->detail, sizeof s->detail);
    buf_printf(&b, "centre.db: %s (%d)", what, code);
}

static enum err fail(struct storage *s, int rc)
{
    say(s, s->handle ? sqlite3_errmsg(s->handle) : sqlite3_errstr(rc),
        s->handle ? sqlite3_extended_errcode(s->handle) : rc);
    return err_of(rc);
}

const char *storage_detail(const struct storage *storage)
{
    return storage->detail;
}

static enum err exec(struct storage *s, const char *sql)
{
    int rc = sqlite3_exec(s->handle, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? ERR_OK : fail(s, rc);
}

/* ---- one run of one statement ----------------------------------------------------------- */

/* Where the text's address is in the table, or the free place where it belongs. */
static size_t place_of(const struct storage *s, const char *sql)
{
    size_t i = (size_t)(((uintptr_t)sql >> 3) * 0x9E3779B97F4A7C15u >> 40) % STATEMENTS;
    while (s->statements[i].sql && s->statements[i].sql != sql) {
        i = (i + 1) % STATEMENTS;
    }
    return i;
}

static sqlite3_stmt *statement(struct storage *s, const char *sql, enum err *err)
{
    size_t i = place_of(s, sql);
    if (!s->statements[i].sql) {
        CHECK(s->statement_count < STATEMENTS / 2);
        int rc = sqlite3_prepare_v3(s->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                    &s->statements[i].stmt, NULL);
        if (rc != SQLITE_OK) {
            *err = fail(s, rc);
            return NULL;
        }
        s->statements[i].sql = sql;
        s->statement_count++;
    }
    CHECK(!sqlite3_stmt_busy(s->statements[i].stmt));
    return s->statements[i].stmt;
}

/* A full disk takes the whole transaction away; what came behind would then be committed
 * alone, statement by statement. */
static bool transaction_lost(const struct storage *s)
{
    return s->begun && sqlite3_get_autocommit(s->handle);
}

struct ask ask_on(struct storage *storage, const char *sql)
{
    struct ask ask = {.storage = storage};
    if (transaction_lost(storage)) {
        ask.err = ERR_IO;
    } else {
        ask.stmt = statement(storage, sql, &ask.err);
    }
    return ask;
}

static int index_of(struct ask *ask, const char *name)
{
    int index = sqlite3_bind_parameter_index(ask->stmt, name);
    CHECK(index > 0);
    return index;
}

static void bound(struct ask *ask, int rc)
{
    if (rc != SQLITE_OK) {
        ask->err = fail(ask->storage, rc);
    }
}

void ask_int(struct ask *ask, const char *name, int64_t value)
{
    if (ask->err == ERR_OK) {
        bound(ask, sqlite3_bind_int64(ask->stmt, index_of(ask, name), value));
    }
}

void ask_text(struct ask *ask, const char *name, struct str text)
{
    CHECK(text.len <= INT_MAX);
    if (ask->err == ERR_OK) {
        bound(ask, sqlite3_bind_text(ask->stmt, index_of(ask, name), text.ptr,
                                     (int)text.len, SQLITE_STATIC));
    }
}

void ask_blob(struct ask *ask, const char *name, const void *bytes, size_t len)
{
    CHECK(len <= INT_MAX);
    if (ask->err == ERR_OK) {
        bound(ask, sqlite3_bind_blob(ask->stmt, index_of(ask, name), bytes, (int)len,
                                     SQLITE_STATIC));
    }
}

void ask_uid(struct ask *ask, const char *name, const struct uid *id)
{
    bool nil = uid_is_nil(*id);
    ask_blob(ask, name, nil ? NULL : id->b, nil ? 0 : sizeof id->b);
}

bool ask_row(struct ask *ask)
{
    if (ask->err != ERR_OK) {
        return false;
    }
    int rc = sqlite3_step(ask->stmt);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
        ask->err = fail(ask->storage, rc);
    }
    return rc == SQLITE_ROW;
}

enum err ask_done(struct ask *ask)
{
    if (ask->stmt) {
        sqlite3_reset(ask->stmt);
        sqlite3_clear_bindings(ask->stmt);
    }
    return ask->err;
}

enum err ask_run(struct ask *ask)
{
    while (ask_row(ask)) {
    }
    return ask_done(ask);
}

enum err ask_done_found(struct ask *ask, bool found)
{
    enum err err = ask_done(ask);
    return err == ERR_OK && !found ? ERR_NOT_FOUND : err;
}

static void corrupt(struct ask *ask)
{
    if (ask->err == ERR_OK) {
        say(ask->storage, "a stored value is out of range", 0);
        ask->err = ERR_CORRUPT;
    }
}

bool ask_is_null(struct ask *ask, int column)
{
    return sqlite3_column_type(ask->stmt, column) == SQLITE_NULL;
}

int64_t ask_get_int(struct ask *ask, int column)
{
    return sqlite3_column_int64(ask->stmt, column);
}

struct str ask_peek_text(struct ask *ask, int column)
{
    const char *text = (const char *)sqlite3_column_text(ask->stmt, column);
    return (struct str){text ? text : "", (size_t)sqlite3_column_bytes(ask->stmt, column)};
}

struct str ask_peek_blob(struct ask *ask, int column)
{
    const char *bytes = sqlite3_column_blob(ask->stmt, column);
    return (struct str){bytes ? bytes : "",
                        (size_t)sqlite3_column_bytes(ask->stmt, column)};
}

void ask_get_text(struct ask *ask, int column, char *out, size_t size)
{
    struct str text = ask_peek_text(ask, column);
    if (!str_copy(out, size, text) || strlen(out) != text.len) {
        corrupt(ask);
    }
}

void ask_get_blob(struct ask *ask, int column, void *out, size_t len)
{
    struct str bytes = ask_peek_blob(ask, column);
    if (bytes.len != len) {
        memset(out, 0, len);
        corrupt(ask);
        return;
    }
    memcpy(out, bytes.ptr, len);
}

struct uid ask_get_uid(struct ask *ask, int column)
{
    struct uid id = {{0}};
    if (!ask_is_null(ask, column)) {
        ask_get_blob(ask, column, id.b, sizeof id.b);
    }
    return id;
}

static int64_t read_number(struct storage *s, const char *sql, enum err *err)
{
    int64_t value = 0;
    struct ask ask = ask_on(s, sql);
    if (ask_row(&ask)) {
        value = ask_get_int(&ask, 0);
    }
    *err = ask_done(&ask);
    return value;
}

/* ---- transactions ------------------------------------------------------------------ */

static enum err begin(struct storage *s, const char *sql)
{
    CHECK(!s->begun);
    enum err err = exec(s, sql);
    s->begun = err == ERR_OK;
    return err;
}

enum err storage_begin(struct storage *storage)
{
    return begin(storage, "BEGIN IMMEDIATE");
}

enum err storage_begin_read(struct storage *storage)
{
    return begin(storage, "BEGIN");
}

static void roll_back(struct storage *s)
{
    if (!sqlite3_get_autocommit(s->handle)) {
        sqlite3_exec(s->handle, "ROLLBACK", NULL, NULL, NULL);
    }
}

enum err storage_end(struct storage *storage, enum err err)
{
    bool lost = transaction_lost(storage);
    CHECK(storage->begun);
    storage->begun = false;
    if (err != ERR_OK || lost) {
        roll_back(storage);
        return err != ERR_OK ? err : ERR_IO;
    }
    if (exec(storage, "COMMIT") == ERR_OK) {
        return ERR_OK;
    }
    /* Its frames may lie whole in the write-ahead log although the sync failed, and a
     * recovery after a power loss would find them. */
    roll_back(storage);
    return ERR_UNKNOWN;
}

enum err storage_mark(struct storage *storage)
{
    struct ask ask = ask_on(storage, "SAVEPOINT mark");
    CHECK(storage->begun);
    return ask_run(&ask);
}

enum err storage_unmark(struct storage *storage, enum err err)
{
    if (transaction_lost(storage)) {
        return err != ERR_OK ? err : ERR_IO;
    }
    if (err != ERR_OK) {
        struct ask back = ask_on(storage, "ROLLBACK TO mark");
        enum err failed = ask_run(&back);
        if (failed != ERR_OK) {
            return failed;
        }
    }
    struct ask release = ask_on(storage, "RELEASE mark");
    enum err released = ask_run(&release);
    return err != ERR_OK ? err : released;
}

bool storage_changed(struct storage *storage)
{
    enum err err;
    int64_t version = read_number(storage, "PRAGMA data_version", &err);
    if (err != ERR_OK || version == storage->data_version) {
        return false;
    }
    bool changed = storage->data_version != 0;
    storage->data_version = version;
    return changed;
}

int64_t storage_writes(const struct storage *storage)
{
    return sqlite3_total_changes(storage->handle);
}

/* ---- schema ------------------------------------------------------------------------ */

static enum err migrate_step(struct storage *s, int64_t from)
{
    enum err err = storage_begin(s);
    if (err != ERR_OK) {
        return err;
    }
    /* Another program may have done it while this one waited. */
    int64_t now = read_number(s, "PRAGMA user_version", &err);
    if (err == ERR_OK && now == from) {
        err = exec(s, migrations_sqlite.steps[from]);
    }
    return storage_end(s, err);
}

/* A file without tables is new; any other file must carry our mark. */
static enum err check_kind(struct storage *s, int64_t *version_out, struct buf *why)
{
    enum err err;
    int64_t objects = 0, id = 0;
    *version_out = read_number(s, "PRAGMA user_version", &err);
    if (err == ERR_OK) {
        id = read_number(s, "PRAGMA application_id", &err);
    }
    if (err == ERR_OK) {
        objects = read_number(s, "SELECT count(*) FROM sqlite_schema", &err);
    }
    bool fresh = objects == 0 && id == 0 && *version_out == 0;
    if (err != ERR_OK || fresh) {
        return err;
    }
    if (id != migrations_sqlite.application_id || *version_out < 1 || objects == 0) {
        buf_puts(why, "centre.db belongs to another program");
        return ERR_CORRUPT;
    }
    if (*version_out > migrations_sqlite.version) {
        buf_printf(why, "centre.db has schema version %lld, newer than this program's %d",
                   (long long)*version_out, migrations_sqlite.version);
        return ERR_UNSUPPORTED;
    }
    return ERR_OK;
}

static enum err migrate(struct storage *s, struct buf *why)
{
    int64_t version;
    enum err err = check_kind(s, &version, why);
    while (err == ERR_OK && version < migrations_sqlite.version) {
        err = migrate_step(s, version);
        version++;
    }
    return err;
}

/* ---- opening -------------------------------------------------------------------------- */

/* psow=0: a disk may tear the neighbours of what it writes, so frames fill sectors. */
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

static enum err make_folders(const char *dir)
{
    char path[PATH_SIZE];
    if (!*dir || !str_copy(path, sizeof path, str_of(dir))) {
        return ERR_INVALID;
    }
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        int rc = mkdir(path, 0700);
        *slash = '/';
        if (rc != 0 && errno != EEXIST) {
            return ERR_IO;
        }
    }
    return mkdir(path, 0700) == 0 || errno == EEXIST ? ERR_OK : ERR_IO;
}

/* The file holds keys: nobody else may read it, whatever the umask. SQLite gives the
 * write-ahead log the same mode. */
static enum err make_file(const char *path)
{
    int fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0) {
        return errno == EEXIST ? ERR_OK : ERR_IO;
    }
    close(fd);
    return ERR_OK;
}

static bool there_is(const char *path, const char *vfs_name)
{
    int found = 0;
    sqlite3_vfs *vfs = sqlite3_vfs_find(vfs_name);
    return vfs && vfs->xAccess(vfs, path, SQLITE_ACCESS_EXISTS, &found) == SQLITE_OK &&
           found;
}

static enum err prepare_path(struct storage *s, const struct storage_options *options,
                             struct buf *why)
{
    struct buf b;
    enum err err = options->create ? make_folders(options->dir) : ERR_OK;
    buf_init(&b, s->path, sizeof s->path);
    buf_printf(&b, "%s/centre.db", options->dir);
    if (err == ERR_OK && b.cut) {
        err = ERR_INVALID;
    }
    if (err == ERR_OK && !options->create && !there_is(s->path, options->vfs)) {
        err = ERR_NOT_FOUND;
    }
    if (err == ERR_OK && options->create && !s->own_vfs) {
        err = make_file(s->path);
    }
    if (err != ERR_OK) {
        buf_printf(why, "no centre's database in this folder: %s", err_name(err));
    }
    return err;
}

static enum err open_handle(struct storage *s, const char *path, const char *vfs, int mode)
{
    char uri[URI_SIZE];
    int flags = mode | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    if (!make_uri(uri, sizeof uri, path)) {
        return ERR_INVALID;
    }
    int rc = sqlite3_open_v2(uri, &s->handle, flags, vfs);
    if (rc != SQLITE_OK) {
        return fail(s, rc);
    }
    sqlite3_busy_timeout(s->handle, BUSY_MS);
    sqlite3_db_config(s->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    return ERR_OK;
}

enum err storage_open(const struct storage_options *options, struct storage **storage_out,
                      struct buf *why)
{
    struct storage *s = calloc(1, sizeof *s);
    if (!s) {
        return ERR_FULL;
    }
    s->own_vfs = options->vfs != NULL;
    enum err err = prepare_path(s, options, why);
    if (err == ERR_OK) {
        int create = options->create ? SQLITE_OPEN_CREATE : 0;
        err = open_handle(s, s->path, options->vfs, SQLITE_OPEN_READWRITE | create);
    }
    if (err == ERR_OK) {
        err = exec(s, settings_sql);
    }
    if (err == ERR_OK) {
        err = migrate(s, why);
    }
    if (err == ERR_OK) {
        storage_changed(s);
        *storage_out = s;
        return ERR_OK;
    }
    if (why->len == 0) {
        buf_puts(why, s->detail);
    }
    storage_close(s);
    return err;
}

void storage_close(struct storage *storage)
{
    if (!storage) {
        return;
    }
    for (size_t i = 0; i < STATEMENTS; i++) {
        sqlite3_finalize(storage->statements[i].stmt);
    }
    sqlite3_close_v2(storage->handle);
    free(storage);
}

/* ---- the file as a whole ---------------------------------------------------------------- */

static enum err check_pages(struct storage *s, struct buf *why)
{
    bool ok = false;
    struct ask ask = ask_on(s, "PRAGMA integrity_check(1)");
    if (ask_row(&ask)) {
        struct str text = ask_peek_text(&ask, 0);
        ok = str_eq(text, STR("ok"));
        if (!ok) {
            buf_put(why, text);
        }
    }
    enum err err = ask_done(&ask);
    return err == ERR_OK && !ok ? ERR_CORRUPT : err;
}

static enum err check_keys(struct storage *s, struct buf *why)
{
    bool bad = false;
    struct ask ask = ask_on(s, "PRAGMA foreign_key_check");
    if (ask_row(&ask)) {
        bad = true;
        buf_puts(why, "a key points nowhere in table ");
        buf_put(why, ask_peek_text(&ask, 0));
    }
    enum err err = ask_done(&ask);
    return err == ERR_OK && bad ? ERR_CORRUPT : err;
}

enum err storage_check(struct storage *storage, struct buf *why)
{
    enum err err = check_pages(storage, why);
    if (err == ERR_OK) {
        err = check_keys(storage, why);
    }
    if (err != ERR_OK && why->len == 0) {
        buf_puts(why, storage->detail);
    }
    return err;
}

/* The copy is opened as any file of unknown origin would be. */
static enum err check_copy(const char *path, struct buf *why)
{
    struct storage *copy = calloc(1, sizeof *copy);
    if (!copy) {
        return ERR_FULL;
    }
    int64_t version = 0;
    enum err err = open_handle(copy, path, NULL, SQLITE_OPEN_READONLY);
    if (err == ERR_OK) {
        err = check_kind(copy, &version, why);
    }
    if (err == ERR_OK && version != migrations_sqlite.version) {
        err = ERR_CORRUPT;
    }
    if (err == ERR_OK) {
        err = storage_check(copy, why);
    }
    storage_close(copy);
    return err;
}

static enum err sync_path(const char *path, int flags)
{
    int fd = open(path, flags | O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return ERR_IO;
    }
    int rc = fsync(fd);
    close(fd);
    return rc == 0 ? ERR_OK : ERR_IO;
}

static enum err sync_folder_of(const char *path)
{
    char folder[PATH_SIZE];
    const char *slash = strrchr(path, '/');
    size_t len = slash ? (size_t)(slash - path) : 0;
    if (!slash) {
        return sync_path(".", O_DIRECTORY);
    }
    str_copy(folder, sizeof folder, (struct str){path, len > 0 ? len : 1});
    return sync_path(folder, O_DIRECTORY);
}

static enum err copy_into(struct storage *s, const char *path)
{
    unlink(path);
    enum err err = make_file(path);
    if (err == ERR_OK) {
        struct ask ask = ask_on(s, "VACUUM INTO :path");
        ask_text(&ask, ":path", str_of(path));
        err = ask_run(&ask);
    }
    return err == ERR_OK ? sync_path(path, 0) : err;
}

enum err storage_backup(struct storage *storage, const char *path, struct buf *why)
{
    char part[PATH_SIZE];
    struct buf b;
    buf_init(&b, part, sizeof part);
    buf_printf(&b, "%s.part", path);
    if (b.cut || storage->own_vfs) {
        return b.cut ? ERR_INVALID : ERR_UNSUPPORTED;
    }
    CHECK(!storage->begun);
    enum err err = copy_into(storage, part);
    if (err != ERR_OK) {
        buf_puts(why, storage->detail);
    } else {
        err = check_copy(part, why);
    }
    if (err == ERR_OK) {
        err = rename(part, path) == 0 ? sync_folder_of(path) : ERR_IO;
    }
    if (err != ERR_OK) {
        unlink(part);
    }
    return err;
}
