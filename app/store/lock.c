/* Locked by the centre: what it has is forgotten here, as somebody may hold this kiosk
 * who should not. What it has not stays, for the team to save. */
#include "store/sync.h"

#include "store/centre.h"
#include "store/forget_rows.h"
#include "store/log.h"
#include "store/query.h"
#include "store/state.h"

#define BATCH 64

static enum err mark(struct store *store)
{
    struct query q = query_on(&store->state, "UPDATE centre SET locked = 1");
    return query_run(&q);
}

/* People of whom the centre has all there is. */
static enum err find_told(struct store *store, int64_t acked, struct uid *ids,
                          size_t *count)
{
    *count = 0;
    struct query q =
        query_on(&store->state, "SELECT p.id FROM participant p"
                                " WHERE (SELECT max(e.seq) FROM event e"
                                " WHERE e.participant = p.id) <= :acked LIMIT 64");
    query_int(&q, ":acked", acked);
    while (query_row(&q)) {
        ids[(*count)++] = query_get_uid(&q, 0);
    }
    return query_done(&q);
}

static enum err forget_told_people(struct store *store)
{
    struct uid ids[BATCH];
    struct store_forgotten forgotten = {0};
    size_t count = BATCH;
    int64_t acked = 0;
    enum err err = log_acked(store, LOG_ANY_EPOCH, &acked);
    while (err == ERR_OK && count == BATCH) {
        err = find_told(store, acked, ids, &count);
        for (size_t i = 0; i < count && err == ERR_OK; i++) {
            err = forget_person(store, ids[i], &forgotten);
        }
    }
    return err;
}

enum err centre_leave(struct store *store)
{
    enum err err = forget_door(store, true);
    if (err == ERR_OK) {
        err = forget_told_people(store);
    }
    if (err == ERR_OK) {
        err = compact_is_due(store);
    }
    return err == ERR_OK ? forget_door(store, false) : err;
}

static enum err lock(struct store *store)
{
    enum err err = mark(store);
    return err == ERR_OK ? centre_leave(store) : err;
}

enum err store_centre_lock(struct store *store)
{
    struct sync_centre centre;
    enum err err = store_centre_get(store, &centre);
    if (err != ERR_OK || centre.locked) {
        return err;
    }
    /* The feed first: if the power goes in between, the order comes again. */
    err = feed_forget(store);
    if (err == ERR_OK) {
        err = db_begin(&store->state);
    }
    if (err == ERR_OK) {
        err = db_end(&store->state, lock(store));
    }
    if (err == ERR_OK) {
        enum err compacted = compact_if_due(store); /* else the next night */
        (void)compacted;
    }
    return err;
}
