/* The SQLite file as a whole: is it in order, and a copy of it. */
#include "server/storage_sqlite.h"

#include "server/migrations.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum err check_pages(struct storage *s, struct buf *why)
{
    bool ok = false;
    enum err err = storage_exec(s, "PRAGMA ignore_check_constraints = OFF");
    if (err != ERR_OK) {
        return err;
    }
    struct ask ask = ask_on(s, "PRAGMA integrity_check(1)");
    if (ask_row(&ask)) {
        struct str text = ask_peek_text(&ask, 0);
        ok = str_eq(text, STR("ok"));
        if (!ok) {
            buf_put(why, text);
        }
    }
    err = ask_done(&ask);
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
    enum err err = storage_open_handle(copy, path, NULL, SQLITE_OPEN_READONLY);
    if (err == ERR_OK) {
        err = storage_check_kind(copy, &version, why);
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
    char folder[STORAGE_PATH_SIZE];
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
    enum err err = storage_make_file(path);
    if (err == ERR_OK) {
        struct ask ask = ask_on(s, "VACUUM INTO :path");
        ask_text(&ask, ":path", str_of(path));
        err = ask_run(&ask);
    }
    return err == ERR_OK ? sync_path(path, 0) : err;
}

enum err storage_backup(struct storage *storage, const char *path, struct buf *why)
{
    char part[STORAGE_PATH_SIZE];
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
