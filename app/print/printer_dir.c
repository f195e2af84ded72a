#include "print/printer_dir.h"

#include "print/slip_png.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NUMBER_MAX 999999
#define FILE_PATH_SIZE (PRINTER_PATH_SIZE + 32)

/* 7 for "slip-07.png" and "slip-07.escpos", 0 for anything else. */
static int number_of(const char *name)
{
    int number = 0, digits = 0;
    if (strncmp(name, "slip-", 5) != 0) {
        return 0;
    }
    for (name += 5; *name >= '0' && *name <= '9' && digits < 6; name++, digits++) {
        number = number * 10 + (*name - '0');
    }
    return strcmp(name, ".escpos") == 0 || strcmp(name, ".png") == 0 ? number : 0;
}

static enum err next_number(const char *path, int *number_out)
{
    int greatest = 0;
    DIR *dir = opendir(path);
    if (!dir) {
        return ERR_IO;
    }
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        int number = number_of(entry->d_name);
        greatest = number > greatest ? number : greatest;
    }
    closedir(dir);
    *number_out = greatest + 1;
    return greatest < NUMBER_MAX ? ERR_OK : ERR_FULL;
}

static enum err write_all(int fd, const uint8_t *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, bytes, len);
        if (n < 0 && errno != EINTR) {
            return ERR_IO;
        }
        bytes += n > 0 ? n : 0;
        len -= n > 0 ? (size_t)n : 0;
    }
    return ERR_OK;
}

static enum err write_bytes(const char *path, const struct print_job *job)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0) {
        return ERR_IO;
    }
    enum err err = write_all(fd, job->bytes, job->len);
    return close(fd) != 0 ? ERR_IO : err;
}

/* On the disk before it gets its name. */
static enum err publish(const char *aside, const char *path)
{
    int fd = open(aside, O_RDONLY | O_CLOEXEC);
    bool synced = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) {
        close(fd);
    }
    return synced && rename(aside, path) == 0 ? ERR_OK : ERR_IO;
}

static void name_file(char out[FILE_PATH_SIZE], const char *folder, int number,
                      const char *ending)
{
    snprintf(out, FILE_PATH_SIZE, "%s/slip-%02d.%s", folder, number, ending);
}

enum err printer_dir_print(const char *path, const struct print_job *job)
{
    char aside[FILE_PATH_SIZE], name[FILE_PATH_SIZE];
    int number;
    if (mkdir(path, 0755) != 0 && errno != EEXIST) {
        return ERR_IO;
    }
    enum err err = next_number(path, &number);
    if (err) {
        return err;
    }
    snprintf(aside, sizeof aside, "%s/.slip-new", path);
    /* The picture first: whoever waits for the bytes finds both. */
    if (job->picture) {
        name_file(name, path, number, "png");
        err = slip_png_write(job->picture, aside);
        err = err ? err : publish(aside, name);
    }
    if (!err) {
        name_file(name, path, number, "escpos");
        err = write_bytes(aside, job);
        err = err ? err : publish(aside, name);
    }
    if (err) {
        unlink(aside);
    }
    return err;
}
