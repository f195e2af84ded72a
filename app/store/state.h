/* What is behind a store handle. Only store/ includes this. */
#ifndef STORE_STATE_H
#define STORE_STATE_H

#include "store/db.h"
#include "store/folder.h"
#include "store/store.h"

#define BOOT_ID_SIZE 64
#define CLOCK_SANE_MS 1577836800000 /* 2020: before it no clock was ever set */

struct store {
    struct db state, feed;
    struct folder folder;
    struct clock clock;
    struct rng rng;
    char boot_id[BOOT_ID_SIZE];
    char machine[STORE_MACHINE_SIZE];
    int64_t boot;
    bool copied; /* the files came from another place, and no epoch has begun yet */
    char detail[DB_DETAIL_SIZE];
};

/* ---- device.c ---- */
/* The device's row is there, and store->boot is what this run's counter is or will be. */
enum err device_open(struct store *store) NODISCARD;
/* Does the feed belong to this folder? A feed that is nobody's yet does. */
enum err device_owns_feed(struct store *store, bool *owns_out) NODISCARD;
/* Inside a write transaction on the feed: from now on it belongs to this folder. */
enum err device_claim_feed(struct store *store) NODISCARD;
/* Inside a write transaction: this boot is counted and in the log, and so is the new
 * epoch of a copied folder. Both wait for the first fact, so that opening writes nothing
 * and works on a full disk. */
enum err device_settle_boot(struct store *store) NODISCARD;
/* The same, and in any case a new epoch. */
enum err device_begin_epoch(struct store *store) NODISCARD;
/* Who this device is at the centre, and whether the next fact is of this very epoch. */
struct device_now {
    struct uid id;
    int64_t epoch;
    bool at_home; /* no copy: the epoch stays */
    bool settled; /* this boot is counted */
};
enum err device_now(struct store *store, struct device_now *now_out) NODISCARD;

/* ---- person.c ---- */
/* ERR_NOT_FOUND unless there is such a person. */
enum err person_check(struct store *store, struct uid id) NODISCARD;
/* Is this lookup key the one kept for that card? Also true if none is kept. */
enum err card_key_same(struct store *store, struct uid card,
                       const uint8_t lookup[STORE_LOOKUP_SIZE], bool *same_out) NODISCARD;

/* The members of an enrolment's fact that say who it is. */
struct fact;
void person_put(struct fact *fact, const struct participant *who);
/* May this be stored as a person? */
bool person_valid(const struct participant *who);

/* ---- keys.c ---- */
/* Inside a write transaction: as store_person_key_put. */
enum err person_key_put(struct store *store, struct uid participant,
                        const uint8_t public[STORE_PUBLIC_KEY_SIZE]) NODISCARD;

/* ---- tries.c ---- */
/* Inside a write transaction: nothing is known of tries with this key. */
enum err tries_forget(struct store *store, struct str key) NODISCARD;

/* ---- place.c ---- */
#define PLACE_MARK_SIZE 64
#define PLACE_MACHINE_SIZE 16

/* Where this folder is: on which machine, in which file. A copy is elsewhere. */
struct place {
    bool machine_known;
    uint8_t machine[PLACE_MACHINE_SIZE]; /* keyed hash of what the options say */
    char file_mark[PLACE_MARK_SIZE];     /* "": the file system does not tell */
};
void place_find(const struct store *store, const uint8_t seed[STORE_SEED_SIZE],
                struct place *place_out);
/* What is not known on either side is taken for the same. */
bool place_same(const struct place *a, const struct place *b);

/* ---- offers.c ---- */
bool offer_valid(const struct offer *offer);
/* Inside a write transaction on the feed: one that is not there yet. */
enum err offer_put(struct store *store, const struct offer *offer) NODISCARD;

/* ---- decide.c ---- */
/* Inside a write transaction: as store_decide. */
enum err decision_make(struct store *store, const struct store_decision *decision) NODISCARD;

/* ---- wish.c ---- */
/* ERR_INVALID: not a wish that may be stored. */
enum err wish_check(const struct wish *wish) NODISCARD;
/* Inside a write transaction: as store_wish. */
enum err wish_make(struct store *store, const struct wish *wish) NODISCARD;
/* ERR_INVALID: not an offer's code; nothing else ever reaches a table or an event. */
enum err code_check(struct str code) NODISCARD;

#endif
