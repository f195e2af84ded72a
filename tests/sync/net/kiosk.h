/* A kiosk of the simulated net: a store on a disk in memory, and the client on it.
 *
 * The disk is this body's. A copied card is another body: another struct kiosk, whose
 * disk began as the first one's. */
#ifndef NET_KIOSK_H
#define NET_KIOSK_H

#include "client/client.h"
#include "proof/chain.h"
#include "store/sync.h"
#include "support/support.h"
#include "support/vfs_crash.h"
#include "sync/net/dice.h"

struct world;

/* The hashes of all facts that this body was told are saved, by number from 1. */
struct mirror {
    struct chain_hash *hashes;
    size_t count, room;
};
void mirror_push(struct mirror *mirror, const struct chain_hash *hash);
void mirror_copy(struct mirror *to, const struct mirror *from);

struct kiosk {
    struct world *world;
    int slot;
    bool there;          /* somebody put it up in this run */
    bool full;           /* its disk is */
    bool two_handles;    /* the client has a store of its own, as in the product */
    bool revoked;        /* by the centre's staff */
    bool revoked_then;   /* when the centre's backup was made */
    int64_t revoked_rev; /* the feed's newest row at the revocation */
    int home;            /* which centre, by its place in world */
    char vfs_name[16], dir[80], boot_id[16], machine[16];
    struct vfs_crash *disk;
    struct vfs_crash *image; /* as it was some time ago */
    bool image_there;
    struct mirror mirror, image_mirror;
    struct store *store;   /* NULL: off */
    struct store *clients; /* the client's handle; may be the same */
    struct client *client;
    struct fake_clock clock;
    uint64_t rng;
    int boots;
    struct uid dev; /* nil: not enrolled */
};

void kiosk_make(struct kiosk *kiosk, struct world *world, int slot, const char *stage);
void kiosk_free(struct kiosk *kiosk);

/* The disk becomes a copy of another one; off before and after. */
void kiosk_load(struct kiosk *kiosk, const struct vfs_crash *from, const char *from_dir);
/* A new boot: opens the store, makes the client. Fails the run if it does not open. */
bool kiosk_start(struct kiosk *kiosk, struct dice *dice);
void kiosk_stop(struct kiosk *kiosk);
void kiosk_remove_files(struct kiosk *kiosk); /* the real ones, which are empty */
/* Without stopping anything first, and on again. */
bool kiosk_lose_power(struct kiosk *kiosk, enum crash_loss loss, struct dice *dice);
/* The programs die and are started anew; the machine goes on. */
bool kiosk_kill(struct kiosk *kiosk, struct dice *dice);
/* Enrolled, and neither revoked nor locked by an order that it saw. */
bool kiosk_is_member(struct kiosk *kiosk);
/* This step's own ids and salts. */
void kiosk_reseed(struct kiosk *kiosk, struct dice *dice);
/* All that is in the log now was told to be saved. */
bool kiosk_note_saved(struct kiosk *kiosk);

/* A newer program wrote a fact that this one does not know. */
enum err kiosk_write_future(struct kiosk *kiosk, struct uid fact);

#endif
