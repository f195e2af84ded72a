/* An SQLite VFS in memory that loses power and has bad disks.
 *
 * Files have a content as programs see it and one that is durable. What was written and
 * not synced is kept as a list of operations, of which a power loss lets survive all,
 * none, or any: whole writes, single 512-byte sectors of them, cut-off writes, or a
 * 4096-byte block that the card garbled with all its neighbours. A file that was made or
 * deleted and whose folder was not synced may be there or not.
 *
 * Every write, sync, truncation and deletion is counted; the n-th can be made to fail.
 * Handles of one process see each other's locks and shared memory. One thread. */
#ifndef SUPPORT_VFS_CRASH_H
#define SUPPORT_VFS_CRASH_H

#include <stdbool.h>
#include <stdint.h>

enum crash_fault {
    CRASH_NONE,
    CRASH_IOERR, /* the n-th fails once; a write is half done */
    CRASH_FULL,  /* from the n-th on no write succeeds, till armed anew */
    CRASH_POWER, /* from the n-th on nothing succeeds, till the restart */
};

enum crash_loss { CRASH_KEEP, CRASH_DROP, CRASH_TEAR, CRASH_LOSS_COUNT };

struct vfs_crash;

/* Registers it under a name, which must outlive it. */
struct vfs_crash *vfs_crash_make(const char *name);
void vfs_crash_free(struct vfs_crash *v); /* every handle is closed */

/* Counting starts anew; nth counts from 1, 0 is never. */
void vfs_crash_arm(struct vfs_crash *v, enum crash_fault fault, int nth);
bool vfs_crash_armed(const struct vfs_crash *v);
bool vfs_crash_struck(const struct vfs_crash *v);
bool vfs_crash_dead(const struct vfs_crash *v); /* the power is gone */
int vfs_crash_count(const struct vfs_crash *v);
void vfs_crash_lose_power(struct vfs_crash *v);
/* Power is back: what survived is what is there. Every handle is closed. */
void vfs_crash_restart(struct vfs_crash *v, enum crash_loss loss, uint64_t seed);
void vfs_crash_wipe(struct vfs_crash *v); /* no files any more */
/* The files of one disk's folder, as programs see them there, are all that is on the
 * other one, in its folder and durable. No handle of `to` is open; handles of `from` may
 * be, and then the copy is what a backup of a running machine would hold. */
void vfs_crash_copy(struct vfs_crash *to, const char *to_dir,
                    const struct vfs_crash *from, const char *from_dir);
void vfs_crash_seed(struct vfs_crash *v, uint64_t seed); /* of SQLite's own randomness */

#endif
