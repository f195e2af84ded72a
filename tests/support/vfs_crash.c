/* An SQLite VFS in memory that loses power and has bad disks. */
#include "support/vfs_crash.h"

#include "base/check.h"
#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#define FILES_MAX 16
#define NAME_SIZE 512
#define REGIONS_MAX 16
#define SECTOR 512
#define BLOCK 4096

struct bytes {
    unsigned char *data;
    size_t len, room;
};

enum op_kind { OP_WRITE, OP_TRUNCATE, OP_DELETE };

struct op {
    enum op_kind kind;
    size_t at, len;
    unsigned char *data;
};

struct handle;

struct file {
    char name[NAME_SIZE];
    bool exists, exists_durable;
    bool power_safe; /* opened as if neighbours of a write were never torn */
    struct bytes now, durable;
    struct op *ops; /* since the last sync */
    size_t op_count, op_room;
    int shared; /* handles with a shared lock or more */
    struct handle *reserved, *exclusive;
    void *regions[REGIONS_MAX];
    int shm_users;
    int shm_shared[SQLITE_SHM_NLOCK];
    struct handle *shm_exclusive[SQLITE_SHM_NLOCK];
};

struct vfs_crash {
    sqlite3_vfs vfs;
    struct file files[FILES_MAX];
    int file_count;
    enum crash_fault fault;
    int nth, count;
    bool struck, dead;
    uint64_t salt; /* of SQLite's own randomness */
};

struct handle {
    sqlite3_file base;
    struct vfs_crash *v;
    struct file *file;
    int lock;
    bool shm;
    unsigned shm_shared; /* bit per lock that this handle holds */
};

/* ---- bytes ------------------------------------------------------------------------- */

static void bytes_reserve(struct bytes *b, size_t len)
{
    if (len > b->room) {
        b->room = len * 2;
        b->data = realloc(b->data, b->room);
        CHECK(b->data);
    }
}

static void bytes_resize(struct bytes *b, size_t len)
{
    bytes_reserve(b, len);
    if (len > b->len) {
        memset(b->data + b->len, 0, len - b->len);
    }
    b->len = len;
}

static void bytes_write(struct bytes *b, size_t at, const void *data, size_t len)
{
    if (at > b->len) {
        bytes_resize(b, at);
    }
    bytes_reserve(b, at + len);
    memcpy(b->data + at, data, len);
    b->len = at + len > b->len ? at + len : b->len;
}

static void bytes_copy(struct bytes *to, const struct bytes *from)
{
    bytes_reserve(to, from->len);
    if (from->len > 0) {
        memcpy(to->data, from->data, from->len);
    }
    to->len = from->len;
}

/* ---- files ------------------------------------------------------------------------- */

static struct file *find_file(struct vfs_crash *v, const char *name)
{
    for (int i = 0; i < v->file_count; i++) {
        if (strcmp(v->files[i].name, name) == 0) {
            return &v->files[i];
        }
    }
    return NULL;
}

static struct file *make_file(struct vfs_crash *v, const char *name)
{
    CHECK(v->file_count < FILES_MAX && strlen(name) < NAME_SIZE);
    struct file *file = &v->files[v->file_count++];
    strcpy(file->name, name);
    return file;
}

static void forget_ops(struct file *file)
{
    for (size_t i = 0; i < file->op_count; i++) {
        free(file->ops[i].data);
    }
    file->op_count = 0;
}

static void note_op(struct file *file, enum op_kind kind, size_t at, const void *data,
                    size_t len)
{
    if (file->op_count == file->op_room) {
        file->op_room = file->op_room * 2 + 16;
        file->ops = realloc(file->ops, file->op_room * sizeof *file->ops);
        CHECK(file->ops);
    }
    struct op *op = &file->ops[file->op_count++];
    *op = (struct op){.kind = kind, .at = at, .len = len};
    if (data) {
        op->data = malloc(len + 1);
        CHECK(op->data);
        memcpy(op->data, data, len);
    }
}

static void apply_op(struct file *file, const struct op *op)
{
    if (op->kind == OP_WRITE) {
        bytes_write(&file->durable, op->at, op->data, op->len);
    } else {
        bytes_resize(&file->durable, op->at);
    }
}

static void make_durable(struct file *file)
{
    for (size_t i = 0; i < file->op_count; i++) {
        apply_op(file, &file->ops[i]);
    }
    file->exists_durable = file->exists;
    forget_ops(file);
}

static void free_shm(struct file *file)
{
    for (int i = 0; i < REGIONS_MAX; i++) {
        free(file->regions[i]);
        file->regions[i] = NULL;
    }
}

/* ---- faults ------------------------------------------------------------------------ */

/* True if this operation is the one that fails, or nothing works any more. */
static bool strikes(struct vfs_crash *v, bool is_write)
{
    if (v->dead) {
        return true;
    }
    v->count++;
    if (v->nth == 0 || v->count < v->nth) {
        return false;
    }
    bool now = v->count == v->nth || (v->fault == CRASH_FULL && is_write);
    v->struck = v->struck || now;
    if (now && v->fault == CRASH_POWER) {
        v->dead = true;
    }
    return now && v->fault != CRASH_NONE;
}

void vfs_crash_arm(struct vfs_crash *v, enum crash_fault fault, int nth)
{
    v->fault = fault;
    v->nth = nth;
    v->count = 0;
    v->struck = false;
}

bool vfs_crash_struck(const struct vfs_crash *v)
{
    return v->struck;
}

bool vfs_crash_armed(const struct vfs_crash *v)
{
    return v->nth > 0;
}

bool vfs_crash_dead(const struct vfs_crash *v)
{
    return v->dead;
}

int vfs_crash_count(const struct vfs_crash *v)
{
    return v->count;
}

void vfs_crash_lose_power(struct vfs_crash *v)
{
    v->dead = true;
}

/* ---- what survives ----------------------------------------------------------------- */

/* Overwriting one sector, the card loses the block around it. */
static void garble_block(struct bytes *b, size_t at, const struct rng *rng)
{
    size_t from = at / BLOCK * BLOCK;
    for (size_t i = from; i < from + BLOCK && i < b->len; i++) {
        b->data[i] = (unsigned char)rng_below(rng, 256);
    }
}

static void tear_write(struct file *file, const struct op *op, const struct rng *rng)
{
    size_t at = op->at, end = op->at + op->len;
    while (at < end) {
        size_t next = (at / SECTOR + 1) * SECTOR;
        size_t len = (next < end ? next : end) - at;
        uint32_t fate = rng_below(rng, 16);
        if (fate < 8) {
            bytes_write(&file->durable, at, op->data + (at - op->at), len);
        } else if (fate == 8) {
            garble_block(&file->durable, at, rng);
        }
        at += len;
    }
}

static void tear_op(struct file *file, const struct op *op, const struct rng *rng)
{
    uint32_t fate = rng_below(rng, 4);
    if (op->kind == OP_WRITE && fate < 2) {
        tear_write(file, op, rng);
    } else if (op->kind == OP_WRITE && fate == 2) {
        bytes_write(&file->durable, op->at, op->data, op->len);
    } else if (op->kind == OP_TRUNCATE && fate < 2) {
        bytes_resize(&file->durable, op->at);
    } else if (op->kind == OP_DELETE && fate < 2) {
        bytes_resize(&file->durable, 0);
        file->exists_durable = false;
    }
}

static void tear(struct file *file, const struct rng *rng)
{
    for (size_t i = 0; i < file->op_count; i++) {
        bool was = file->durable.len > 0;
        tear_op(file, &file->ops[i], rng);
        file->exists_durable = file->exists_durable || (!was && file->durable.len > 0);
    }
    if (file->exists && !file->exists_durable) {
        file->exists_durable = rng_below(rng, 2);
    }
    if (!file->exists_durable) {
        bytes_resize(&file->durable, 0);
    }
}

static void restart_file(struct file *file, enum crash_loss loss, const struct rng *rng)
{
    if (loss == CRASH_KEEP) {
        make_durable(file);
    } else if (loss == CRASH_TEAR) {
        tear(file, rng);
    }
    bytes_copy(&file->now, &file->durable);
    file->exists = file->exists_durable;
    forget_ops(file);
    free_shm(file);
    CHECK(file->shared == 0 && file->shm_users == 0);
}

void vfs_crash_restart(struct vfs_crash *v, enum crash_loss loss, uint64_t seed)
{
    struct rng rng = fake_rng(&seed);
    for (int i = 0; i < v->file_count; i++) {
        restart_file(&v->files[i], loss, &rng);
    }
    v->dead = false;
    vfs_crash_arm(v, CRASH_NONE, 0);
}

/* The file of another disk under its name in another folder. */
static void copy_file(struct vfs_crash *to, const char *to_dir, const struct file *from,
                      size_t from_dir_len)
{
    char name[NAME_SIZE];
    int len = snprintf(name, sizeof name, "%s%s", to_dir, from->name + from_dir_len);
    CHECK(len > 0 && (size_t)len < sizeof name);
    struct file *file = make_file(to, name);
    file->exists = file->exists_durable = from->exists;
    file->power_safe = from->power_safe;
    bytes_copy(&file->now, &from->now);
    bytes_copy(&file->durable, &from->now);
}

void vfs_crash_copy(struct vfs_crash *to, const char *to_dir,
                    const struct vfs_crash *from, const char *from_dir)
{
    size_t len = strlen(from_dir);
    vfs_crash_wipe(to);
    for (int i = 0; i < from->file_count; i++) {
        if (strncmp(from->files[i].name, from_dir, len) == 0 && from->files[i].exists) {
            copy_file(to, to_dir, &from->files[i], len);
        }
    }
}

void vfs_crash_seed(struct vfs_crash *v, uint64_t seed)
{
    v->salt = seed;
}

void vfs_crash_wipe(struct vfs_crash *v)
{
    for (int i = 0; i < v->file_count; i++) {
        struct file *file = &v->files[i];
        CHECK(file->shared == 0 && file->shm_users == 0);
        forget_ops(file);
        free_shm(file);
        free(file->ops);
        free(file->now.data);
        free(file->durable.data);
    }
    memset(v->files, 0, sizeof v->files);
    v->file_count = 0;
    v->dead = false;
    v->salt = 1;
    vfs_crash_arm(v, CRASH_NONE, 0);
}

/* ---- methods of a file ------------------------------------------------------------- */

static int file_unlock(sqlite3_file *base, int level);
static int file_shm_unmap(sqlite3_file *base, int delete_it);

static int file_close(sqlite3_file *base)
{
    file_unlock(base, SQLITE_LOCK_NONE);
    file_shm_unmap(base, 0);
    return SQLITE_OK;
}

static int file_read(sqlite3_file *base, void *out, int len, sqlite3_int64 at)
{
    struct handle *h = (struct handle *)base;
    struct bytes *b = &h->file->now;
    size_t have = (size_t)at < b->len ? b->len - (size_t)at : 0;
    if (h->v->dead) {
        return SQLITE_IOERR_READ;
    }
    have = have < (size_t)len ? have : (size_t)len;
    if (have > 0) {
        memcpy(out, b->data + at, have);
    }
    memset((char *)out + have, 0, (size_t)len - have);
    return have == (size_t)len ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static void do_write(struct file *file, const void *data, size_t len, size_t at)
{
    note_op(file, OP_WRITE, at, data, len);
    bytes_write(&file->now, at, data, len);
}

static int file_write(sqlite3_file *base, const void *data, int len, sqlite3_int64 at)
{
    struct handle *h = (struct handle *)base;
    bool was_dead = h->v->dead;
    if (!strikes(h->v, true)) {
        do_write(h->file, data, (size_t)len, (size_t)at);
        return SQLITE_OK;
    }
    if (!was_dead) {
        /* On its way when the power went; cut off in the middle if the disk refused. */
        size_t done = h->v->dead ? (size_t)len : (size_t)len / 2;
        do_write(h->file, data, done, (size_t)at);
    }
    return h->v->fault == CRASH_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static int file_truncate(sqlite3_file *base, sqlite3_int64 size)
{
    struct handle *h = (struct handle *)base;
    if (strikes(h->v, false)) {
        return SQLITE_IOERR_TRUNCATE;
    }
    note_op(h->file, OP_TRUNCATE, (size_t)size, NULL, 0);
    bytes_resize(&h->file->now, (size_t)size);
    return SQLITE_OK;
}

static int file_sync(sqlite3_file *base, int flags)
{
    struct handle *h = (struct handle *)base;
    (void)flags;
    if (strikes(h->v, false)) {
        return SQLITE_IOERR_FSYNC;
    }
    make_durable(h->file);
    return SQLITE_OK;
}

static int file_size(sqlite3_file *base, sqlite3_int64 *size_out)
{
    struct handle *h = (struct handle *)base;
    *size_out = (sqlite3_int64)h->file->now.len;
    return h->v->dead ? SQLITE_IOERR_FSTAT : SQLITE_OK;
}

static int file_lock(sqlite3_file *base, int level)
{
    struct handle *h = (struct handle *)base;
    struct file *file = h->file;
    bool other_exclusive = file->exclusive && file->exclusive != h;
    bool other_reserved = file->reserved && file->reserved != h;
    if (level <= h->lock) {
        return SQLITE_OK;
    }
    if (other_exclusive || (level >= SQLITE_LOCK_RESERVED && other_reserved)) {
        return SQLITE_BUSY;
    }
    if (h->lock < SQLITE_LOCK_SHARED) {
        file->shared++;
        h->lock = SQLITE_LOCK_SHARED;
    }
    if (level >= SQLITE_LOCK_RESERVED) {
        file->reserved = h;
    }
    if (level == SQLITE_LOCK_EXCLUSIVE && file->shared > 1) {
        h->lock = SQLITE_LOCK_RESERVED;
        return SQLITE_BUSY;
    }
    file->exclusive = level == SQLITE_LOCK_EXCLUSIVE ? h : file->exclusive;
    h->lock = level;
    return SQLITE_OK;
}

static int file_unlock(sqlite3_file *base, int level)
{
    struct handle *h = (struct handle *)base;
    struct file *file = h->file;
    file->exclusive = file->exclusive == h ? NULL : file->exclusive;
    file->reserved = file->reserved == h ? NULL : file->reserved;
    if (level == SQLITE_LOCK_NONE && h->lock >= SQLITE_LOCK_SHARED) {
        file->shared--;
    }
    h->lock = level < h->lock ? level : h->lock;
    return SQLITE_OK;
}

static int file_check_reserved(sqlite3_file *base, int *out)
{
    struct handle *h = (struct handle *)base;
    *out = h->file->reserved != NULL;
    return SQLITE_OK;
}

static int file_control(sqlite3_file *base, int op, void *arg)
{
    (void)base;
    (void)op;
    (void)arg;
    return SQLITE_NOTFOUND;
}

static int file_sector_size(sqlite3_file *base)
{
    (void)base;
    return BLOCK;
}

static int file_traits(sqlite3_file *base)
{
    struct handle *h = (struct handle *)base;
    return h->file->power_safe ? SQLITE_IOCAP_POWERSAFE_OVERWRITE : 0;
}

static int file_shm_map(sqlite3_file *base, int region, int size, int extend,
                        void volatile **out)
{
    struct handle *h = (struct handle *)base;
    struct file *file = h->file;
    CHECK(region < REGIONS_MAX);
    if (!h->shm) {
        h->shm = true;
        file->shm_users++;
    }
    if (!file->regions[region] && extend) {
        file->regions[region] = calloc(1, (size_t)size);
        CHECK(file->regions[region]);
    }
    *out = file->regions[region];
    return SQLITE_OK;
}

static int shm_unlock(struct handle *h, int i)
{
    if (h->shm_shared >> i & 1u) {
        h->shm_shared &= ~(1u << i);
        h->file->shm_shared[i]--;
    }
    if (h->file->shm_exclusive[i] == h) {
        h->file->shm_exclusive[i] = NULL;
    }
    return SQLITE_OK;
}

static bool shm_taken(const struct handle *h, int i, bool exclusive)
{
    const struct file *file = h->file;
    int mine = h->shm_shared >> i & 1u;
    bool others = file->shm_exclusive[i] && file->shm_exclusive[i] != h;
    return others || (exclusive && file->shm_shared[i] > mine);
}

static int file_shm_lock(sqlite3_file *base, int first, int n, int flags)
{
    struct handle *h = (struct handle *)base;
    bool exclusive = flags & SQLITE_SHM_EXCLUSIVE;
    for (int i = first; i < first + n; i++) {
        if ((flags & SQLITE_SHM_LOCK) && shm_taken(h, i, exclusive)) {
            return SQLITE_BUSY;
        }
    }
    for (int i = first; i < first + n; i++) {
        if (flags & SQLITE_SHM_UNLOCK) {
            shm_unlock(h, i);
        } else if (exclusive) {
            h->file->shm_exclusive[i] = h;
        } else if (!(h->shm_shared >> i & 1u)) {
            h->shm_shared |= 1u << i;
            h->file->shm_shared[i]++;
        }
    }
    return SQLITE_OK;
}

static void file_shm_barrier(sqlite3_file *base)
{
    (void)base;
}

static int file_shm_unmap(sqlite3_file *base, int delete_it)
{
    struct handle *h = (struct handle *)base;
    (void)delete_it;
    if (h->shm) {
        for (int i = 0; i < SQLITE_SHM_NLOCK; i++) {
            shm_unlock(h, i);
        }
        h->shm = false;
        h->file->shm_users--;
    }
    if (h->file->shm_users == 0) {
        free_shm(h->file);
    }
    return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_check_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector_size,
    .xDeviceCharacteristics = file_traits,
    .xShmMap = file_shm_map,
    .xShmLock = file_shm_lock,
    .xShmBarrier = file_shm_barrier,
    .xShmUnmap = file_shm_unmap,
};

/* ---- methods of the VFS ------------------------------------------------------------ */

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags,
                    int *flags_out)
{
    struct vfs_crash *v = vfs->pAppData;
    struct handle *h = (struct handle *)base;
    struct file *file = name ? find_file(v, name) : NULL;
    memset(h, 0, sizeof *h);
    if (!name || v->dead || (!(file && file->exists) && !(flags & SQLITE_OPEN_CREATE))) {
        return SQLITE_CANTOPEN;
    }
    if (!file) {
        file = make_file(v, name);
    }
    file->exists = true;
    file->power_safe = sqlite3_uri_boolean(name, "psow", 1);
    h->v = v;
    h->file = file;
    h->base.pMethods = &methods;
    if (flags_out) {
        *flags_out = flags;
    }
    return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
    struct vfs_crash *v = vfs->pAppData;
    struct file *file = find_file(v, name);
    if (!file || !file->exists) {
        return SQLITE_IOERR_DELETE_NOENT;
    }
    if (strikes(v, false)) {
        return SQLITE_IOERR_DELETE;
    }
    note_op(file, OP_DELETE, 0, NULL, 0);
    bytes_resize(&file->now, 0);
    file->exists = false;
    if (sync_folder) {
        make_durable(file);
    }
    return SQLITE_OK;
}

static int vfs_access(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
    struct vfs_crash *v = vfs->pAppData;
    struct file *file = find_file(v, name);
    (void)flags;
    *out = file && file->exists;
    return v->dead ? SQLITE_IOERR_ACCESS : SQLITE_OK;
}

static int vfs_full_path(sqlite3_vfs *vfs, const char *name, int size, char *out)
{
    (void)vfs;
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
}

static int vfs_randomness(sqlite3_vfs *vfs, int len, char *out)
{
    struct vfs_crash *v = vfs->pAppData;
    struct rng rng = fake_rng(&v->salt);
    rng_fill(&rng, out, (size_t)len);
    return len;
}

static int vfs_sleep(sqlite3_vfs *vfs, int microseconds)
{
    (void)vfs;
    return microseconds;
}

static int vfs_time(sqlite3_vfs *vfs, sqlite3_int64 *out)
{
    (void)vfs;
    *out = 212000000000000;
    return SQLITE_OK;
}

static int vfs_time_days(sqlite3_vfs *vfs, double *out)
{
    (void)vfs;
    *out = 2453703.7;
    return SQLITE_OK;
}

static int vfs_last_error(sqlite3_vfs *vfs, int size, char *out)
{
    (void)vfs;
    (void)size;
    (void)out;
    return 0;
}

struct vfs_crash *vfs_crash_make(const char *name)
{
    struct vfs_crash *v = calloc(1, sizeof *v);
    CHECK(v);
    v->salt = 1;
    v->vfs = (sqlite3_vfs){
        .iVersion = 2,
        .szOsFile = sizeof(struct handle),
        .mxPathname = NAME_SIZE,
        .zName = name,
        .pAppData = v,
        .xOpen = vfs_open,
        .xDelete = vfs_delete,
        .xAccess = vfs_access,
        .xFullPathname = vfs_full_path,
        .xRandomness = vfs_randomness,
        .xSleep = vfs_sleep,
        .xCurrentTime = vfs_time_days,
        .xGetLastError = vfs_last_error,
        .xCurrentTimeInt64 = vfs_time,
    };
    CHECK(sqlite3_vfs_register(&v->vfs, 0) == SQLITE_OK);
    return v;
}

void vfs_crash_free(struct vfs_crash *v)
{
    sqlite3_vfs_unregister(&v->vfs);
    vfs_crash_wipe(v);
    free(v);
}
