#include "desk/files.h"

#include "desk/command.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define LOCK_FILE "serve.lock"
#define URL_FILE "url"

bool files_path(const char *dir, const char *name, char out[FILES_PATH_SIZE])
{
    struct buf b;
    buf_init(&b, out, FILES_PATH_SIZE);
    buf_printf(&b, "%s/%s", dir, name);
    return !b.cut;
}

/* Doubles the memory until the file ends. NULL: too big or no memory. */
static char *read_stream(FILE *file, size_t max, size_t *len_out)
{
    size_t size = 65536, len = 0;
    char *text = malloc(size + 1);
    while (text != NULL) {
        len += fread(text + len, 1, size - len, file);
        if (len < size && len <= max) {
            text[len] = '\0';
            *len_out = len;
            return text;
        }
        size *= 2;
        char *grown = len <= max ? realloc(text, size + 1) : NULL;
        if (grown == NULL) {
            free(text);
        }
        text = grown;
    }
    return NULL;
}

bool files_read(struct desk *desk, const char *path, size_t max, char **text_out,
                size_t *len_out)
{
    bool is_stdin = strcmp(path, "-") == 0;
    FILE *file = is_stdin ? desk->in : fopen(path, "re");
    if (file == NULL) {
        desk_complain(desk, "%s: %s", path, strerror(errno));
        return false;
    }
    char *text = read_stream(file, max, len_out);
    bool broken = ferror(file) != 0;
    if (!is_stdin) {
        fclose(file);
    }
    if (text == NULL || broken) {
        desk_complain(desk, "%s: %s", path, broken ? "cannot be read" : "is too big");
        free(text);
        return false;
    }
    *text_out = text;
    return true;
}

static bool write_all(int fd, struct str text)
{
    while (text.len > 0) {
        ssize_t n = write(fd, text.ptr, text.len);
        if (n < 0 && errno != EINTR) {
            return false;
        }
        size_t used = n > 0 ? (size_t)n : 0;
        text = (struct str){text.ptr + used, text.len - used};
    }
    return fsync(fd) == 0;
}

bool files_write(struct desk *desk, const char *path, struct str text)
{
    char fresh[FILES_PATH_SIZE];
    struct buf b;
    buf_init(&b, fresh, sizeof fresh);
    buf_printf(&b, "%s.new", path);
    int fd = b.cut ? -1 : open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool good = fd >= 0 && write_all(fd, text);
    if (fd >= 0) {
        good = close(fd) == 0 && good;
    }
    good = good && rename(fresh, path) == 0;
    if (!good) {
        desk_complain(desk, "%s: %s", path, strerror(errno));
        (void)unlink(fresh);
    }
    return good;
}

bool files_sync_folder(const char *dir)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) {
        close(fd);
    }
    return good;
}

bool files_lock(struct desk *desk, int *fd_out)
{
    char path[FILES_PATH_SIZE];
    bool fits = files_path(desk->data, LOCK_FILE, path);
    int fd = fits ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
    if (fd < 0) {
        desk_complain(desk, "%s: %s", path, strerror(errno));
        return false;
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        desk_complain(desk, "%s: a server is running on this folder", desk->data);
        close(fd);
        return false;
    }
    *fd_out = fd;
    return true;
}

bool files_url_keep(struct desk *desk, const char *url)
{
    char path[FILES_PATH_SIZE];
    return files_path(desk->data, URL_FILE, path) && files_write(desk, path, str_of(url));
}

bool files_url_read(struct desk *desk, char out[FILES_URL_SIZE])
{
    char path[FILES_PATH_SIZE];
    FILE *file = files_path(desk->data, URL_FILE, path) ? fopen(path, "re") : NULL;
    if (file == NULL) {
        return false;
    }
    bool good = fgets(out, FILES_URL_SIZE, file) != NULL;
    fclose(file);
    return good;
}
