/* The centre of the simulated net: core, admin and storage on a disk in memory. */
#ifndef NET_CENTRE_H
#define NET_CENTRE_H

#include "server/admin.h"
#include "server/core.h"
#include "server/law.h"
#include "support/support.h"
#include "support/vfs_crash.h"
#include "sync/net/dice.h"

struct world;

struct centre {
    unsigned served; /* groups of requests */
    struct world *world;
    char dir[80];
    struct vfs_crash *disk;
    struct vfs_crash *backup;
    bool backup_there;
    struct storage *storage; /* NULL: off */
    struct core *core;
    struct admin admin;
    struct law_books books; /* read once for all runs */
    int64_t writes_checked; /* world_check_commit saw what these left; -1: nothing yet */
    struct fake_clock clock;
    uint64_t rng;
    bool down; /* stopped by hand for some steps */
    bool full;
};

void centre_make(struct centre *centre, struct world *world, const char *stage);
void centre_free(struct centre *centre);
void centre_load(struct centre *centre, const struct vfs_crash *from,
                 const char *from_dir);
bool centre_start(struct centre *centre);
void centre_stop(struct centre *centre);
bool centre_lose_power(struct centre *centre, enum crash_loss loss, struct dice *dice);
void centre_reseed(struct centre *centre, struct dice *dice);
/* What is committed now is kept; and put back, as after the loss of the machine. */
void centre_back_up(struct centre *centre);
bool centre_restore(struct centre *centre);

/* One request as it came over the road, and its answer. */
struct centre_request {
    const char *method, *path, *token;
    enum wire_coding coding;
    struct str body;
    bool cut; /* the connection ended here */
    int status;
    struct bytes reply;
};
/* Both in one transaction. False: the centre lost power meanwhile (and is up again); no
 * answer left. */
bool centre_serve(struct centre *centre, struct centre_request *requests, size_t count,
                  struct dice *dice);

#endif
