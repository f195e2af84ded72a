/* An SQLite VFS over the default one whose every sync takes time. */
#include "support/vfs_slow.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sqlite3.h>

struct vfs_slow {
    sqlite3_vfs vfs;
    sqlite3_vfs *real;
    int sync_ms;
};

/* The real file follows in memory. */
struct slow_file {
    sqlite3_file base;
    struct vfs_slow *slow;
    sqlite3_file *real;
};

#define REAL(base) (((struct slow_file *)(base))->real)

static int slow_close(sqlite3_file *f)
{
    return REAL(f)->pMethods ? REAL(f)->pMethods->xClose(REAL(f)) : SQLITE_OK;
}

static int slow_read(sqlite3_file *f, void *out, int len, sqlite3_int64 at)
{
    return REAL(f)->pMethods->xRead(REAL(f), out, len, at);
}

static int slow_write(sqlite3_file *f, const void *data, int len, sqlite3_int64 at)
{
    return REAL(f)->pMethods->xWrite(REAL(f), data, len, at);
}

static int slow_truncate(sqlite3_file *f, sqlite3_int64 size)
{
    return REAL(f)->pMethods->xTruncate(REAL(f), size);
}

static int slow_sync(sqlite3_file *f, int flags)
{
    int ms = ((struct slow_file *)f)->slow->sync_ms;
    struct timespec left = {ms / 1000, ms % 1000 * 1000000L};
    while (nanosleep(&left, &left) != 0) {
    }
    return REAL(f)->pMethods->xSync(REAL(f), flags);
}

static int slow_size(sqlite3_file *f, sqlite3_int64 *out)
{
    return REAL(f)->pMethods->xFileSize(REAL(f), out);
}

static int slow_lock(sqlite3_file *f, int level)
{
    return REAL(f)->pMethods->xLock(REAL(f), level);
}

static int slow_unlock(sqlite3_file *f, int level)
{
    return REAL(f)->pMethods->xUnlock(REAL(f), level);
}

static int slow_check_reserved(sqlite3_file *f, int *out)
{
    return REAL(f)->pMethods->xCheckReservedLock(REAL(f), out);
}

static int slow_control(sqlite3_file *f, int op, void *arg)
{
    return REAL(f)->pMethods->xFileControl(REAL(f), op, arg);
}

static int slow_sector_size(sqlite3_file *f)
{
    return REAL(f)->pMethods->xSectorSize(REAL(f));
}

static int slow_traits(sqlite3_file *f)
{
    return REAL(f)->pMethods->xDeviceCharacteristics(REAL(f));
}

static int slow_shm_map(sqlite3_file *f, int region, int size, int extend,
                        void volatile **out)
{
    return REAL(f)->pMethods->xShmMap(REAL(f), region, size, extend, out);
}

static int slow_shm_lock(sqlite3_file *f, int first, int n, int flags)
{
    return REAL(f)->pMethods->xShmLock(REAL(f), first, n, flags);
}

static void slow_shm_barrier(sqlite3_file *f)
{
    REAL(f)->pMethods->xShmBarrier(REAL(f));
}

static int slow_shm_unmap(sqlite3_file *f, int delete_it)
{
    return REAL(f)->pMethods->xShmUnmap(REAL(f), delete_it);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = slow_close,
    .xRead = slow_read,
    .xWrite = slow_write,
    .xTruncate = slow_truncate,
    .xSync = slow_sync,
    .xFileSize = slow_size,
    .xLock = slow_lock,
    .xUnlock = slow_unlock,
    .xCheckReservedLock = slow_check_reserved,
    .xFileControl = slow_control,
    .xSectorSize = slow_sector_size,
    .xDeviceCharacteristics = slow_traits,
    .xShmMap = slow_shm_map,
    .xShmLock = slow_shm_lock,
    .xShmBarrier = slow_shm_barrier,
    .xShmUnmap = slow_shm_unmap,
};

static int slow_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags,
                     int *flags_out)
{
    struct slow_file *f = (struct slow_file *)base;
    memset(f, 0, sizeof *f);
    f->slow = (struct vfs_slow *)vfs;
    f->real = (sqlite3_file *)(f + 1);
    int rc = f->slow->real->xOpen(f->slow->real, name, f->real, flags, flags_out);
    f->base.pMethods = rc == SQLITE_OK || f->real->pMethods ? &methods : NULL;
    return rc;
}

enum err vfs_slow_register(const char *name, int sync_ms)
{
    struct vfs_slow *slow = calloc(1, sizeof *slow);
    sqlite3_vfs *real = sqlite3_vfs_find(NULL);
    if (!slow || !real) {
        free(slow);
        return ERR_IO;
    }
    /* All but opening is the real one's; its methods look only at pAppData. */
    slow->vfs = *real;
    slow->vfs.pNext = NULL;
    slow->vfs.zName = name;
    slow->vfs.szOsFile = (int)sizeof(struct slow_file) + real->szOsFile;
    slow->vfs.xOpen = slow_open;
    slow->real = real;
    slow->sync_ms = sync_ms;
    if (sqlite3_vfs_register(&slow->vfs, 0) != SQLITE_OK) {
        free(slow);
        return ERR_IO;
    }
    return ERR_OK;
}
