/* A centre's storage in a folder of its own. */
#ifndef UNIT_SERVER_HALL_H
#define UNIT_SERVER_HALL_H

#include "server/storage.h"
#include "unit/unit.h"

#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

struct hall {
    char dir[64], path[96], why[200];
    struct buf said;
    struct storage *storage;
    const char *vfs; /* NULL: SQLite's default */
};

static inline enum err hall_try_open(struct hall *hall, bool create)
{
    struct storage_options options = {
        .dir = hall->dir, .vfs = hall->vfs, .create = create};
    buf_init(&hall->said, hall->why, sizeof hall->why);
    return storage_open(&options, &hall->storage, &hall->said);
}

static inline void hall_open(struct hall *hall)
{
    enum err err = hall_try_open(hall, true);
    if (err != ERR_OK) {
        fail_msg("open: %s: %s", err_name(err), hall->why);
    }
}

/* A new folder, not opened yet. */
static inline void hall_make(struct hall *hall)
{
    memset(hall, 0, sizeof *hall);
    strcpy(hall->dir, "/dev/shm/anlauf-centre-XXXXXX"); /* syncs cost nothing there */
    if (!mkdtemp(hall->dir)) {
        strcpy(hall->dir, "/tmp/anlauf-centre-XXXXXX");
        assert_non_null(mkdtemp(hall->dir));
    }
    snprintf(hall->path, sizeof hall->path, "%s/centre.db", hall->dir);
}

static inline void hall_close(struct hall *hall)
{
    storage_close(hall->storage);
    hall->storage = NULL;
}

static inline void hall_done(struct hall *hall)
{
    hall_close(hall);
    DIR *dir = opendir(hall->dir);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        char path[400];
        snprintf(path, sizeof path, "%s/%s", hall->dir, entry->d_name);
        unlink(path);
    }
    closedir(dir);
    assert_int_equal(rmdir(hall->dir), 0);
}

/* One statement without parameters, in a transaction of its own. */
static inline enum err hall_run(struct hall *hall, const char *sql)
{
    enum err err = storage_begin(hall->storage);
    if (err == ERR_OK) {
        struct ask ask = ask_on(hall->storage, sql);
        err = storage_end(hall->storage, ask_run(&ask));
    }
    return err;
}

static inline int64_t hall_number(struct hall *hall, const char *sql)
{
    int64_t value = INT64_MIN;
    struct ask ask = ask_on(hall->storage, sql);
    if (ask_row(&ask)) {
        value = ask_get_int(&ask, 0);
    }
    assert_int_equal(ask_done(&ask), ERR_OK);
    return value;
}

#endif
