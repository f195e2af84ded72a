/* What is behind a store handle. Only store/ includes this. */
#ifndef STORE_STATE_H
#define STORE_STATE_H

#include "store/db.h"
#include "store/folder.h"
#include "store/store.h"

#define BOOT_ID_SIZE 64

struct store {
    struct db state, feed;
    struct folder folder;
    struct clock clock;
    struct rng rng;
    char boot_id[BOOT_ID_SIZE];
    int64_t boot;
    char detail[DB_DETAIL_SIZE];
};

/* ---- device.c ---- */
/* The device's row is there, and store->boot is what this run's counter is or will be. */
enum err device_open(struct store *store) NODISCARD;
/* Inside a write transaction: this boot is counted and in the log. Counting waits for
 * the first fact, so that opening writes nothing and works on a full disk. */
enum err device_settle_boot(struct store *store) NODISCARD;

/* ---- person.c ---- */
/* ERR_NOT_FOUND unless there is such a person. */
enum err person_check(struct store *store, struct uid id) NODISCARD;
/* Is this lookup key the one kept for that card? Also true if none is kept. */
enum err card_key_same(struct store *store, struct uid card,
                       const uint8_t lookup[STORE_LOOKUP_SIZE], bool *same_out) NODISCARD;

/* ---- wish.c ---- */
/* ERR_INVALID: not an offer's code; nothing else ever reaches a table or an event. */
enum err code_check(struct str code) NODISCARD;

#endif
