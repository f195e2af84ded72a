#include "cli/key_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define PATH_SIZE 512

static struct str without_remark(const char *line)
{
    struct str s = {line, strcspn(line, "#\r\n")};
    while (s.len > 0 && (s.ptr[s.len - 1] == ' ' || s.ptr[s.len - 1] == '\t')) {
        s.len--;
    }
    while (s.len > 0 && (s.ptr[0] == ' ' || s.ptr[0] == '\t')) {
        s.ptr++;
        s.len--;
    }
    return s;
}

static enum err read_line(struct str key, struct key_public *keys, size_t *count)
{
    if (key.len == 0) {
        return ERR_OK;
    }
    if (*count == KEY_FILE_KEYS_MAX) {
        return ERR_FULL;
    }
    enum err err = key_public_parse(key, &keys[*count]);
    *count += err == ERR_OK;
    return err;
}

static enum err read_lines(FILE *file, const char *path, struct key_public *keys,
                           size_t *count, struct buf *why)
{
    char line[256];
    int number = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        number++;
        enum err err = read_line(without_remark(line), keys, count);
        if (err != ERR_OK) {
            buf_printf(why, "%s:%d: %s", path, number,
                       err == ERR_FULL ? "too many keys" : "must be 64 hex digits");
            return err;
        }
    }
    if (ferror(file)) {
        buf_printf(why, "%s: cannot be read", path);
        return ERR_IO;
    }
    return ERR_OK;
}

enum err key_file_read(const char *dir, struct key_public keys_out[KEY_FILE_KEYS_MAX],
                       size_t *count_out, struct buf *why)
{
    char path[PATH_SIZE];
    struct buf b;
    size_t count = 0;
    buf_init(&b, path, sizeof path);
    buf_printf(&b, "%s/" KEY_FILE, dir);
    FILE *file = fopen(path, "re");
    if (file == NULL && errno != ENOENT) {
        buf_printf(why, "%s: %s", path, strerror(errno));
        return ERR_IO;
    }
    enum err err = ERR_OK;
    if (file != NULL) {
        err = read_lines(file, path, keys_out, &count, why);
        fclose(file);
    }
    if (err == ERR_OK) {
        *count_out = count;
    }
    return err;
}
