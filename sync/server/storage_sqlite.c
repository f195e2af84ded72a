/* The centre's database as one SQLite file: opening it, and its transactions. */
#include "server/storage_sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define URI_SIZE (3 * STORAGE_PATH_SIZE + 32)
#define BUSY_MS 5000 /* how long a writer waits for another program */

/* A new file's first page is written by way of a rollback journal. EXTRA syncs the folder
 * once that journal is gone: were it back after a power loss, it would take the page and
 * with it the whole write-ahead log. From then on FULL means the same and says it.
 * secure_delete: what was erased does not linger. trusted_schema, cell_size_check: a file
 * from elsewhere is not believed. Lists of words (CHECK) are for storage_check: for each
 * row SQLite would build a table of them, while all words come from tables in C.
 * The cache is small, as the server has many guests and 32 MiB. The write-ahead log goes
 * into the file when it is quiet (storage_fold), or at 16 MB; it is cut after a storm. */
static const char settings_sql[] = "PRAGMA synchronous = EXTRA;"
                                   "PRAGMA journal_mode = WAL;"
                                   "PRAGMA synchronous = FULL;"
                                   "PRAGMA foreign_keys = ON;"
                                   "PRAGMA secure_delete = ON;"
                                   "PRAGMA trusted_schema = OFF;"
                                   "PRAGMA cell_size_check = ON;"
                                   "PRAGMA ignore_check_constraints = ON;"
                                   "PRAGMA mmap_size = 0;"
                                   "PRAGMA cache_size = -6144;"
                                   "PRAGMA journal_size_limit = 8388608;"
                                   "PRAGMA wal_autocheckpoint = 4000;"
                                   "PRAGMA temp_store = MEMORY;";

/* ---- errors ---------------------------------------------------------------------------
 */

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

void storage_say(struct storage *s, const char *what, int code)
{
    struct buf b;
    buf_init(&b, s->detail, sizeof s->detail);
    buf_printf(&b, "centre.db: %s (%d)", what, code);
}

enum err storage_fail(struct storage *s, int rc)
{
    storage_say(s, s->handle ? sqlite3_errmsg(s->handle) : sqlite3_errstr(rc),
                s->handle ? sqlite3_extended_errcode(s->handle) : rc);
    return err_of(rc);
}

const char *storage_detail(const struct storage *storage)
{
    return storage->detail;
}

enum err storage_exec(struct storage *s, const char *sql)
{
    int rc = sqlite3_exec(s->handle, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? ERR_OK : storage_fail(s, rc);
}

/* ---- transactions ------------------------------------------------------------------ */

bool storage_lost(const struct storage *s)
{
    return s->begun && sqlite3_get_autocommit(s->handle);
}

static enum err begin(struct storage *s, const char *sql)
{
    CHECK(!s->begun);
    enum err err = storage_exec(s, sql);
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
    bool lost = storage_lost(storage);
    CHECK(storage->begun);
    storage->begun = false;
    if (err != ERR_OK || lost) {
        roll_back(storage);
        return err != ERR_OK ? err : ERR_IO;
    }
    if (storage_exec(storage, "COMMIT") == ERR_OK) {
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
    if (storage_lost(storage)) {
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
    int64_t version = storage_number(storage, "PRAGMA data_version", &err);
    if (err != ERR_OK || version == storage->data_version) {
        return false;
    }
    bool changed = storage->data_version != 0;
    storage->data_version = version;
    return changed;
}

/* ---- opening --------------------------------------------------------------------------
 */

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
    char path[STORAGE_PATH_SIZE];
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
enum err storage_make_file(const char *path)
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
        err = storage_make_file(s->path);
    }
    if (err != ERR_OK) {
        buf_printf(why, "no centre's database in this folder: %s", err_name(err));
    }
    return err;
}

enum err storage_open_handle(struct storage *s, const char *path, const char *vfs,
                             int mode)
{
    char uri[URI_SIZE];
    int flags = mode | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    if (!make_uri(uri, sizeof uri, path)) {
        return ERR_INVALID;
    }
    int rc = sqlite3_open_v2(uri, &s->handle, flags, vfs);
    if (rc != SQLITE_OK) {
        return storage_fail(s, rc);
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
    /* Before SQLite's first use in a process; afterwards it is refused. Nobody asks how
     * much memory it has, and counting takes a lock for each piece. */
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    s->own_vfs = options->vfs != NULL;
    enum err err = prepare_path(s, options, why);
    if (err == ERR_OK) {
        int create = options->create ? SQLITE_OPEN_CREATE : 0;
        err =
            storage_open_handle(s, s->path, options->vfs, SQLITE_OPEN_READWRITE | create);
    }
    if (err == ERR_OK) {
        err = storage_exec(s, settings_sql);
    }
    if (err == ERR_OK) {
        err = storage_migrate(s, why);
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

void storage_settle(struct storage *s)
{
    sqlite3_busy_timeout(s->handle, 0);
    int rc = sqlite3_wal_checkpoint_v2(s->handle, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL,
                                       NULL);
    sqlite3_busy_timeout(s->handle, BUSY_MS);
    (void)rc; /* a full disk, or another program that is at work */
}

void storage_fold(struct storage *s)
{
    int rc = sqlite3_wal_checkpoint_v2(s->handle, "main", SQLITE_CHECKPOINT_PASSIVE, NULL,
                                       NULL);
    (void)rc; /* a full disk: it stays where it is */
}

void storage_close(struct storage *storage)
{
    if (!storage) {
        return;
    }
    for (size_t i = 0; i < STORAGE_STATEMENTS; i++) {
        sqlite3_finalize(storage->statements[i].stmt);
    }
    sqlite3_close_v2(storage->handle);
    free(storage);
}
