/* The data folder: made, locked, and what is broken moved out of the way.
 *
 * Several programs use the folder at once. The lock is exclusive while one opens the
 * files and shared while it uses them, so a file is set aside only if nobody else has it
 * open. */
#ifndef STORE_FOLDER_H
#define STORE_FOLDER_H

#include "base/buf.h"
#include "base/err.h"

#define FOLDER_PATH_SIZE 1024

struct folder {
    char path[FOLDER_PATH_SIZE];
    int dir_fd, lock_fd; /* -1: not open */
    bool alone;          /* the lock is exclusive */
};

/* ERR_INVALID: no path or too long. ERR_IO: cannot be made, is no folder, or is a link.
 * ERR_BUSY: another program keeps opening for longer than DB_BUSY_MS. */
enum err folder_open(struct folder *folder, const char *path) NODISCARD;
void folder_opened(struct folder *folder); /* from exclusive to shared */
void folder_close(struct folder *folder);

/* path + "/" + name + ending. */
enum err folder_path(const struct folder *folder, const char *name, const char *ending,
                     char out[FOLDER_PATH_SIZE]) NODISCARD;
/* An empty file, readable by the owner only, if there is none. The files SQLite makes
 * beside it take over its mode. */
enum err folder_make_file(const struct folder *folder, const char *name) NODISCARD;
bool folder_has(const struct folder *folder, const char *name);
void folder_mark(const struct folder *folder, const char *name);
void folder_unmark(const struct folder *folder, const char *name);

/* "feed" → "feed-broken-1.db", with its -wal and -shm; the new name goes to name_out. At
 * most keep_max are kept: the last one is overwritten if `replace`, else ERR_FULL. */
enum err folder_set_aside(const struct folder *folder, const char *name, int keep_max,
                          bool replace, char *name_out, size_t name_size) NODISCARD;

/* Files set aside under this name that were last written before that time. */
void folder_drop_aside(const struct folder *folder, const char *name, int64_t before_ms);

int64_t folder_free_bytes(const struct folder *folder); /* -1: unknown */
int64_t folder_file_bytes(const struct folder *folder, const char *name); /* 0: none */

#endif
