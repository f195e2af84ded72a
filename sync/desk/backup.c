/* anlauf-server backup FILE, restore FILE, check */
#include "desk/carry.h"
#include "desk/command.h"
#include "desk/files.h"
#include "server/core.h"
#include "server/tls.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DATABASE "centre.db"
#define FRESH_FOLDER "restore.new"
#define PEM_MAX 4096
#define WHY_SIZE 512

/* A path with a word behind it. Too long a path does not exist: the next call says so. */
static void with_suffix(const char *path, const char *suffix, char out[FILES_PATH_SIZE])
{
    struct buf b;
    buf_init(&b, out, FILES_PATH_SIZE);
    buf_printf(&b, "%s%s", path, suffix);
}

static bool exists(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0;
}

/* The server's own TLS key, which kiosks know it by, goes with the data. */
static bool copy_key(struct desk *desk, const char *from, const char *to)
{
    char *text = NULL;
    size_t len = 0;
    if (!exists(from)) {
        return true;
    }
    if (!files_read(desk, from, PEM_MAX, &text, &len)) {
        return false;
    }
    bool good = files_write(desk, to, (struct str){text, len});
    explicit_bzero(text, len);
    free(text);
    return good;
}

static enum desk_exit backup(struct desk *desk, const struct subcommand_args *args)
{
    char memory[WHY_SIZE], key[FILES_PATH_SIZE], copy[FILES_PATH_SIZE];
    struct buf why;
    struct desk_data data;
    buf_init(&why, memory, sizeof memory);
    if (!desk_open(desk, &data)) {
        return DESK_NO_DATA;
    }
    enum err err = storage_backup(data.storage, args->words[0], &why);
    enum desk_exit result = desk_result(desk, &data, err, &why);
    if (result != DESK_OK) {
        desk_complain(desk, "%s: no backup was made", args->words[0]);
    }
    desk_close(&data);
    (void)files_path(desk->data, TLS_OWN_FILE, key);
    with_suffix(args->words[0], ".tls", copy);
    if (result == DESK_OK && !copy_key(desk, key, copy)) {
        result = DESK_FAILED;
    }
    return result;
}

const struct command command_backup = {
    .call.first = "backup",
    .call.words = {"FILE"},
    .call.help =
        "Writes a copy of all data, while the server runs, and reads it again as a\n"
        "restore would. FILE.tls beside it is the server's own TLS key, if it has one.\n"
        "Both are secret.",
    .run = backup,
};

static enum desk_exit check(struct desk *desk, const struct subcommand_args *args)
{
    char memory[WHY_SIZE];
    struct buf why;
    struct desk_data data;
    (void)args;
    buf_init(&why, memory, sizeof memory);
    if (!desk_open(desk, &data)) {
        return DESK_NO_DATA;
    }
    enum err err = storage_check(data.storage, &why);
    enum desk_exit result = desk_result(desk, &data, err, &why);
    desk_close(&data);
    if (result == DESK_OK) {
        fprintf(desk->out, "ok\n");
    }
    return result;
}

const struct command command_check = {
    .call.first = "check",
    .call.help = "Reads all data and says whether it is whole.",
    .run = check,
};

/* ---- restore ---------------------------------------------------------------------------- */

struct restore {
    char folder[FILES_PATH_SIZE];   /* where the new state is made ready */
    char fresh[FILES_PATH_SIZE];    /* its database */
    char database[FILES_PATH_SIZE]; /* the one in use */
    char aside[FILES_PATH_SIZE];    /* what it is called from now on */
};

static void name_all(struct desk *desk, struct restore *r)
{
    char suffix[48];
    struct buf b;
    buf_init(&b, suffix, sizeof suffix);
    buf_printf(&b, ".before-%lld", (long long)clock_wall_ms(&desk->clock));
    (void)files_path(desk->data, FRESH_FOLDER, r->folder);
    (void)files_path(r->folder, DATABASE, r->fresh);
    (void)files_path(desk->data, DATABASE, r->database);
    with_suffix(r->database, suffix, r->aside);
}

static void remove_with_logs(const char *database)
{
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    char path[FILES_PATH_SIZE];
    for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
        with_suffix(database, suffixes[i], path);
        (void)unlink(path);
    }
}

/* The file holds keys: nobody else may read it, whatever the umask. */
static FILE *open_private(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (fd >= 0 && file == NULL) {
        close(fd);
    }
    return file;
}

static enum desk_exit copy_file(struct desk *desk, const char *from, const char *to)
{
    char piece[1 << 16];
    FILE *in = fopen(from, "re");
    FILE *out = in != NULL ? open_private(to) : NULL;
    bool good = out != NULL;
    size_t n = 0;
    while (good && (n = fread(piece, 1, sizeof piece, in)) > 0) {
        good = fwrite(piece, 1, n, out) == n;
    }
    good = good && !ferror(in) && fflush(out) == 0 && fsync(fileno(out)) == 0;
    if (!good) {
        desk_complain(desk, "%s: %s", in != NULL && out != NULL ? to : from, strerror(errno));
    }
    if (out != NULL) {
        good = fclose(out) == 0 && good;
    }
    if (in != NULL) {
        fclose(in);
    }
    return good ? DESK_OK : DESK_FAILED;
}

/* The new state: whole, and with a generation of its own, by which kiosks notice. */
static enum desk_exit make_ready(struct desk *desk, const struct restore *r)
{
    char memory[WHY_SIZE];
    struct buf why;
    struct desk there = *desk;
    struct desk_data data;
    there.data = r->folder;
    buf_init(&why, memory, sizeof memory);
    if (!desk_open(&there, &data)) {
        return DESK_FAILED;
    }
    enum err err = storage_check(data.storage, &why);
    if (err == ERR_OK) {
        err = core_restored(data.storage, &desk->rng);
    }
    if (err == ERR_OK) {
        carry_over(desk, &data);
    }
    enum desk_exit result = desk_result(desk, &data, err, &why);
    desk_close(&data);
    return result;
}

/* What the old log still has goes into the old file; if that file is broken, it keeps its
 * log beside it. */
static bool set_old_aside(struct desk *desk, const struct restore *r)
{
    char memory[WHY_SIZE], log[FILES_PATH_SIZE], log_aside[FILES_PATH_SIZE];
    struct buf why;
    struct storage *old = NULL;
    const struct storage_options options = {.dir = desk->data};
    buf_init(&why, memory, sizeof memory);
    if (!exists(r->database)) {
        return true;
    }
    if (storage_open(&options, &old, &why) == ERR_OK) {
        storage_close(old);
    }
    with_suffix(r->database, "-wal", log);
    with_suffix(r->aside, "-wal", log_aside);
    if (link(r->database, r->aside) != 0 || (exists(log) && rename(log, log_aside) != 0)) {
        desk_complain(desk, "%s: %s", r->aside, strerror(errno));
        return false;
    }
    with_suffix(r->database, "-shm", log);
    (void)unlink(log);
    return true;
}

static enum desk_exit put_in_place(struct desk *desk, const struct restore *r)
{
    if (!set_old_aside(desk, r)) {
        return DESK_FAILED;
    }
    if (rename(r->fresh, r->database) != 0 || !files_sync_folder(desk->data)) {
        desk_complain(desk, "%s: %s", r->database, strerror(errno));
        return DESK_FAILED;
    }
    if (exists(r->aside)) {
        fprintf(desk->out, "the state before is kept as %s\n", r->aside);
    }
    return DESK_OK;
}

static enum desk_exit restore_key(struct desk *desk, const char *backup_path)
{
    char key[FILES_PATH_SIZE], copy[FILES_PATH_SIZE];
    (void)files_path(desk->data, TLS_OWN_FILE, key);
    with_suffix(backup_path, ".tls", copy);
    return copy_key(desk, copy, key) ? DESK_OK : DESK_FAILED;
}

static bool make_folder(struct desk *desk, const char *path)
{
    if (mkdir(path, 0700) != 0 && errno != EEXIST) {
        desk_complain(desk, "%s: %s", path, strerror(errno));
        return false;
    }
    return true;
}

static enum desk_exit restore(struct desk *desk, const struct subcommand_args *args)
{
    struct restore r;
    int lock = -1;
    name_all(desk, &r);
    if (!make_folder(desk, desk->data) || !files_lock(desk, &lock)) {
        return DESK_NO_DATA;
    }
    remove_with_logs(r.fresh);
    enum desk_exit result = make_folder(desk, r.folder) ? DESK_OK : DESK_FAILED;
    if (result == DESK_OK) {
        result = copy_file(desk, args->words[0], r.fresh);
    }
    if (result == DESK_OK) {
        result = make_ready(desk, &r);
        if (result != DESK_OK) {
            desk_complain(desk, "%s: is no good backup; all is as before", args->words[0]);
        }
    }
    if (result == DESK_OK) {
        result = restore_key(desk, args->words[0]);
    }
    if (result == DESK_OK) {
        result = put_in_place(desk, &r);
    }
    remove_with_logs(r.fresh);
    (void)rmdir(r.folder);
    close(lock);
    return result;
}

const struct command command_restore = {
    .call.first = "restore",
    .call.words = {"FILE"},
    .call.help =
        "Puts a backup in place of the data, while no server runs; the state before is\n"
        "kept beside it. Kiosks notice, and send again what the backup has not.",
    .run = restore,
};
