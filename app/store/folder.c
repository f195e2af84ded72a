/* The data folder. It never opens a database file that may be in use: closing any
 * descriptor of it would drop the locks that SQLite holds (POSIX advisory locks). */
#include "store/folder.h"

#include "store/db.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#define NAME_SIZE 64
#define POLL_MS 20

static enum err make_folders(char *path)
{
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

static enum err lock(struct folder *folder)
{
    const struct timespec pause = {0, POLL_MS * 1000000L};
    folder->alone = flock(folder->lock_fd, LOCK_EX | LOCK_NB) == 0;
    if (folder->alone) {
        return ERR_OK;
    }
    for (int waited_ms = 0; waited_ms < DB_BUSY_MS; waited_ms += POLL_MS) {
        if (flock(folder->lock_fd, LOCK_SH | LOCK_NB) == 0) {
            return ERR_OK;
        }
        nanosleep(&pause, NULL);
    }
    return ERR_BUSY;
}

enum err folder_open(struct folder *folder, const char *path)
{
    int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    *folder = (struct folder){.dir_fd = -1, .lock_fd = -1};
    if (!path || !*path || !str_copy(folder->path, sizeof folder->path, str_of(path))) {
        return ERR_INVALID;
    }
    if (make_folders(folder->path) != ERR_OK) {
        return ERR_IO;
    }
    folder->dir_fd = open(folder->path, flags);
    if (folder->dir_fd < 0) {
        return ERR_IO;
    }
    folder->lock_fd = openat(folder->dir_fd, "lock",
                             O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    enum err err = folder->lock_fd < 0 ? ERR_IO : lock(folder);
    if (err != ERR_OK) {
        folder_close(folder);
    }
    return err;
}

void folder_opened(struct folder *folder)
{
    if (folder->alone) {
        flock(folder->lock_fd, LOCK_SH | LOCK_NB);
        folder->alone = false;
    }
}

void folder_close(struct folder *folder)
{
    if (folder->lock_fd >= 0) {
        close(folder->lock_fd);
    }
    if (folder->dir_fd >= 0) {
        close(folder->dir_fd);
    }
    folder->lock_fd = folder->dir_fd = -1;
}

enum err folder_path(const struct folder *folder, const char *name, const char *ending,
                     char out[FOLDER_PATH_SIZE])
{
    struct buf b;
    buf_init(&b, out, FOLDER_PATH_SIZE);
    buf_printf(&b, "%s/%s%s", folder->path, name, ending);
    return b.cut ? ERR_INVALID : ERR_OK;
}

enum err folder_make_file(const struct folder *folder, const char *name)
{
    int fd = openat(folder->dir_fd, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        return errno == EEXIST ? ERR_OK : errno == ENOSPC ? ERR_FULL : ERR_IO;
    }
    close(fd);
    return ERR_OK;
}

bool folder_has(const struct folder *folder, const char *name)
{
    struct stat st;
    return fstatat(folder->dir_fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

void folder_mark(const struct folder *folder, const char *name)
{
    /* Without the mark the next opening only checks less: no error to tell. */
    enum err err = folder_make_file(folder, name);
    (void)err;
}

void folder_unmark(const struct folder *folder, const char *name)
{
    unlinkat(folder->dir_fd, name, 0);
}

static void rename_one(const struct folder *folder, const char *from, const char *to,
                       const char *ending, bool *failed)
{
    char old[NAME_SIZE], new[NAME_SIZE];
    struct buf b;
    buf_init(&b, old, sizeof old);
    buf_printf(&b, "%s%s", from, ending);
    buf_init(&b, new, sizeof new);
    buf_printf(&b, "%s%s", to, ending);
    unlinkat(folder->dir_fd, new, 0);
    if (renameat(folder->dir_fd, old, folder->dir_fd, new) != 0 && errno != ENOENT) {
        *failed = true;
    }
}

enum err folder_set_aside(const struct folder *folder, const char *name, int keep_max,
                          bool replace, char *name_out, size_t name_size)
{
    static const char *const endings[] = {"-wal", "-shm", ""};
    char from[NAME_SIZE], to[NAME_SIZE];
    struct buf b;
    bool failed = false;
    buf_init(&b, from, sizeof from);
    buf_printf(&b, "%s.db", name);
    for (int n = 1; n <= keep_max; n++) {
        buf_init(&b, to, sizeof to);
        buf_printf(&b, "%s-broken-%d.db", name, n);
        if (!folder_has(folder, to)) {
            break;
        }
        if (n == keep_max && !replace) {
            return ERR_FULL;
        }
    }
    for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
        rename_one(folder, from, to, endings[i], &failed);
    }
    if (failed || fsync(folder->dir_fd) != 0) {
        return ERR_IO;
    }
    str_copy(name_out, name_size, str_of(to));
    return ERR_OK;
}

static void drop_one(const struct folder *folder, const char *aside)
{
    static const char *const endings[] = {"-wal", "-shm", ""};
    char path[NAME_SIZE];
    for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
        struct buf b;
        buf_init(&b, path, sizeof path);
        buf_printf(&b, "%s%s", aside, endings[i]);
        if (!b.cut) {
            unlinkat(folder->dir_fd, path, 0);
        }
    }
}

/* The folder is read, as names that could be there are many and those that are, few. */
void folder_drop_aside(const struct folder *folder, const char *name, int64_t before_ms)
{
    char pattern[NAME_SIZE];
    struct buf b;
    int fd = openat(folder->dir_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    buf_init(&b, pattern, sizeof pattern);
    buf_printf(&b, "%s-broken-*.db", name);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        struct stat st;
        if (fnmatch(pattern, entry->d_name, 0) == 0 &&
            fstatat(folder->dir_fd, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
            (int64_t)st.st_mtim.tv_sec * 1000 < before_ms) {
            drop_one(folder, entry->d_name);
        }
    }
    if (dir) {
        closedir(dir);
    } else if (fd >= 0) {
        close(fd);
    }
}

int64_t folder_free_bytes(const struct folder *folder)
{
    struct statvfs fs;
    if (fstatvfs(folder->dir_fd, &fs) != 0) {
        return -1;
    }
    return (int64_t)fs.f_bavail * (int64_t)fs.f_frsize;
}

int64_t folder_file_bytes(const struct folder *folder, const char *name)
{
    struct stat st;
    if (fstatat(folder->dir_fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0) {
        return 0;
    }
    return st.st_size;
}
