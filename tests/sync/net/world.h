/* One run: a centre with two houses, kiosks in both, people, staff, and what goes wrong.
 *
 * A run is made of its seed alone: the same seed gives the same run, whatever ran before.
 * The first thing that does not hold ends it. */
#ifndef NET_WORLD_H
#define NET_WORLD_H

#include "base/check.h"
#include "sync/net/centre.h"
#include "sync/net/dice.h"
#include "sync/net/kiosk.h"
#include "sync/net/road.h"
#include "sync/net/truth.h"

#define WORLD_KIOSKS 4 /* two in each house */
#define WORLD_BODIES 6 /* with copied cards */
#define WORLD_HOMES TRUTH_HOMES
#define WORLD_STEPS_MAX 400
#define WORLD_START_MS 1795430000000 /* 2026-11-23 */

struct world_options {
    int steps; /* 0: what the seed says */
    bool trace;
    const bool *skip; /* WORLD_STEPS_MAX steps to leave out; NULL: none */
};

struct world_counts {
    int steps, acts, client_steps, kiosk_power_losses, centre_power_losses, copies,
        put_back, restores, full_disks, parcels, promises, kept;
};

/* A body that cannot notice that it was put back or copied may give away what another
 * gave away: nothing that a device promised in these epochs is sure. */
struct doubt {
    struct uid dev;
    int64_t from, to;
};
#define WORLD_DOUBTS_MAX 32

struct world {
    uint64_t seed;
    int step, steps;
    struct dice dice;
    int64_t now_ms;  /* the true time */
    bool weather;    /* bad: the road and the disks have faults */
    bool old_centre; /* does not know some kinds of events yet */
    char stage[40];  /* the folder of all disks' names */
    struct centre centre;
    struct vfs_crash *fresh_centre, *fresh_kiosks[WORLD_KIOSKS]; /* as all runs begin */
    struct vfs_crash *blank_kiosks[WORLD_KIOSKS];                /* not enrolled yet */
    struct kiosk kiosks[WORLD_BODIES];
    struct mirror fresh_mirrors[WORLD_KIOSKS];
    struct road road;
    struct doubt doubts[WORLD_DOUBTS_MAX];
    int doubt_count;
    struct truth truth, fresh_truth;
    struct truth truth_then; /* when the backup was made */
    int64_t generation;      /* of the centre */
    struct uid homes[WORLD_HOMES], staff[WORLD_HOMES];
    struct uid fresh_devs[WORLD_KIOSKS];
    struct world_options options;
    struct world_counts counts;
    bool failed;
    char wrong[24]; /* which invariant */
    char what[240];
};

/* Makes what all runs begin with: enrolled kiosks, offers, staff. */
bool world_make(struct world *world);
void world_free(struct world *world);
/* True: all held. */
bool world_run(struct world *world, uint64_t seed, const struct world_options *options);

/* Notes what does not hold; the first counts. Always false. */
bool world_fail(struct world *world, const char *wrong, const char *format, ...)
    PRINTF_LIKE(3, 4);
void world_trace(struct world *world, const char *format, ...) PRINTF_LIKE(2, 3);

/* ---- one step each -------------------------------------------------------------------
 */

/* Somebody new, without any fault. */
void people_enrol(struct world *world, struct kiosk *kiosk);
void people_act(struct world *world, struct kiosk *kiosk);
void staff_act(struct world *world);
void staff_before(struct world *world); /* what a run begins with, as below */
void mishap(struct world *world);
void mishap_before(struct world *world); /* backups and images that a run begins with */
/* The client of a kiosk does one thing, or some. */
enum client_step world_client_once(struct world *world, struct kiosk *kiosk);
void world_client_step(struct world *world, struct kiosk *kiosk);
void world_parcel(struct world *world, struct kiosk *kiosk);

/* May this body's promises be one too many by now? */
bool world_doubts(struct world *world, struct kiosk *kiosk);
void world_doubt(struct world *world, struct kiosk *kiosk, int64_t from, int64_t to);
/* rev: the feed's newest row before. told: staff were told that it was done. */
void world_note_revoked(struct world *world, struct uid dev, int64_t rev, bool told);
/* A random kiosk that is on; NULL: none. */
struct kiosk *world_kiosk(struct world *world);
void world_pass(struct world *world, int64_t ms); /* time */
/* The salts of write-ahead logs come from a generator that all connections share. */
void world_seed_sqlite(struct world *world);
/* Enrols a kiosk that belongs to nobody yet. */
bool world_ask_enrol(struct world *world, struct kiosk *kiosk);
/* Offers of a house as they are wanted now. */
enum err staff_offers(struct world *world, int home);
/* One is posted or changed, or called off. */
enum err staff_post(struct world *world, int home);
enum err staff_call_off(struct world *world, int home);

/* The centre knows all kinds from now on, and takes up what was parked: how much? */
int staff_unpark(struct world *world);

/* ---- what must hold (check.c) --------------------------------------------------------
 */

bool world_check_commit(struct world *world); /* after each transaction of the centre */
bool world_check_centre(struct world *world); /* after each of its starts */
bool world_check_kiosk(struct world *world, struct kiosk *kiosk); /* its receipts */
bool world_check_end(struct world *world); /* when all is quiet; with these: */
bool world_check_tasks(struct world *world);
/* Is there a task of one of these kinds, open or done? */
bool world_has_task(struct world *world, const struct uid *home, const char *kinds,
                    struct uid about);
bool world_check_chains(struct world *world);
bool world_check_views(struct world *world, struct kiosk *kiosk);

/* The number that a query of the centre's database gives. */
int64_t centre_number(struct centre *centre, const char *sql, const struct uid *home);

#endif
