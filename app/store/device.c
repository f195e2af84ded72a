/* The device: its signing seed, its boots and epochs; and which folder it lives in. */
#include "store/state.h"

#include "proof/chain.h"
#include "store/fact.h"
#include "store/query.h"

#include <string.h>

#define FOLDER_ID_SIZE 16

/* The device's row. */
struct device {
    int64_t boot, epoch;
    char boot_id[BOOT_ID_SIZE];
    struct place place;
    uint8_t seed[STORE_SEED_SIZE];
};

static enum err read_device(struct store *store, struct device *device)
{
    bool found = false;
    struct query q = query_on(&store->state, "SELECT boot, boot_id, epoch, machine,"
                                             " file_mark, seed FROM device");
    memset(device, 0, sizeof *device);
    if (query_row(&q)) {
        found = true;
        device->boot = query_get_int(&q, 0);
        query_get_text(&q, 1, device->boot_id, sizeof device->boot_id);
        device->epoch = query_get_int(&q, 2);
        device->place.machine_known = sqlite3_column_type(q.stmt, 3) != SQLITE_NULL;
        if (device->place.machine_known) {
            query_get_blob(&q, 3, device->place.machine, sizeof device->place.machine);
        }
        query_get_text(&q, 4, device->place.file_mark, sizeof device->place.file_mark);
        query_get_blob(&q, 5, device->seed, sizeof device->seed);
    }
    return query_done_found(&q, found);
}

/* A place that is not known now is kept as it was. */
static enum err write_device(struct store *store, const struct device *device,
                             const struct place *here)
{
    struct query q =
        query_on(&store->state, "UPDATE device SET boot = :boot, boot_id = :boot_id,"
                                " epoch = :epoch, machine = coalesce(:machine, machine),"
                                " file_mark = iif(:mark = '', file_mark, :mark)");
    query_int(&q, ":boot", device->boot);
    query_text(&q, ":boot_id", str_of(store->boot_id));
    query_int(&q, ":epoch", device->epoch);
    query_text(&q, ":mark", str_of(here->file_mark));
    if (here->machine_known) {
        query_blob(&q, ":machine", here->machine, sizeof here->machine);
    }
    return query_run(&q);
}

/* ---- made -------------------------------------------------------------------------- */

static enum err feed_folder(struct store *store, uint8_t id_out[FOLDER_ID_SIZE],
                            bool *found)
{
    struct query q = query_on(&store->feed, "SELECT id FROM folder");
    *found = query_row(&q);
    if (*found) {
        query_get_blob(&q, 0, id_out, FOLDER_ID_SIZE);
    }
    return query_done(&q);
}

static enum err insert_device(struct store *store, const uint8_t seed[STORE_SEED_SIZE],
                              const uint8_t folder[FOLDER_ID_SIZE])
{
    struct place here;
    place_find(store, seed, &here);
    struct query q = query_on(
        &store->state, "INSERT INTO device (one, seed, boot, boot_id, epoch, folder,"
                       " machine, file_mark) VALUES (1, :seed, 0, '', 1, :folder,"
                       " :machine, :mark) ON CONFLICT DO NOTHING");
    query_blob(&q, ":seed", seed, STORE_SEED_SIZE);
    query_blob(&q, ":folder", folder, FOLDER_ID_SIZE);
    query_text(&q, ":mark", str_of(here.file_mark));
    if (here.machine_known) {
        query_blob(&q, ":machine", here.machine, sizeof here.machine);
    }
    return query_run(&q);
}

/* A new state.db beside a feed that is there already takes the feed as its own. */
static enum err make_device(struct store *store)
{
    uint8_t seed[STORE_SEED_SIZE], folder[FOLDER_ID_SIZE];
    bool found = false;
    enum err err = feed_folder(store, folder, &found);
    if (err == ERR_OK) {
        err = db_begin(&store->state);
    }
    if (err != ERR_OK) {
        return err;
    }
    if (!found) {
        rng_fill(&store->rng, folder, sizeof folder);
    }
    rng_fill(&store->rng, seed, sizeof seed);
    err = insert_device(store, seed, folder);
    explicit_bzero(seed, sizeof seed);
    return db_end(&store->state, err);
}

/* ---- boots and epochs -------------------------------------------------------------- */

/* An unknown boot id counts as a new boot each time: monotonic times of two runs must not
 * be compared wrongly. */
static bool is_settled(const struct store *store, const struct device *device)
{
    bool same = device->boot_id[0] != '\0' ? strcmp(device->boot_id, store->boot_id) == 0
                                           : device->boot == store->boot;
    return device->boot > 0 && same;
}

enum err device_open(struct store *store)
{
    struct device device;
    struct place here;
    enum err err = read_device(store, &device);
    if (err == ERR_NOT_FOUND) {
        err = make_device(store);
        if (err == ERR_OK) {
            err = read_device(store, &device);
        }
    }
    if (err == ERR_OK) {
        store->boot = is_settled(store, &device) ? device.boot : device.boot + 1;
        place_find(store, device.seed, &here);
        store->copied = !place_same(&here, &device.place);
    }
    explicit_bzero(&device, sizeof device);
    return err;
}

static enum err begin_epoch(struct store *store, int64_t epoch)
{
    struct fact fact;
    fact_init(&fact, KIND_EPOCH_BEGUN, uid_make(&store->rng));
    fact_int(&fact, "epoch", epoch);
    return fact_append(store, &fact);
}

static enum err start_boot(struct store *store)
{
    struct fact fact;
    fact_init(&fact, KIND_KIOSK_STARTED, uid_make(&store->rng));
    return fact_append(store, &fact);
}

static enum err settle(struct store *store, struct device *device,
                       const struct place *here, bool anew)
{
    bool other = anew || !place_same(here, &device->place);
    bool settled = is_settled(store, device);
    if (settled && !other) {
        return ERR_OK;
    }
    device->boot += settled ? 0 : 1;
    device->epoch += other ? 1 : 0;
    enum err err = write_device(store, device, here);
    if (err == ERR_OK) {
        store->boot = device->boot;
        err = other ? begin_epoch(store, device->epoch) : ERR_OK;
    }
    return err == ERR_OK && !settled ? start_boot(store) : err;
}

static enum err settle_here(struct store *store, bool anew)
{
    struct device device;
    struct place here;
    enum err err = read_device(store, &device);
    if (err == ERR_OK) {
        place_find(store, device.seed, &here);
        err = settle(store, &device, &here, anew);
    }
    explicit_bzero(&device, sizeof device);
    return err;
}

enum err device_settle_boot(struct store *store)
{
    return settle_here(store, false);
}

enum err device_begin_epoch(struct store *store)
{
    return settle_here(store, true);
}

enum err device_now(struct store *store, struct device_now *now_out)
{
    struct device device;
    struct place here;
    enum err err = read_device(store, &device);
    if (err == ERR_OK) {
        struct key key;
        place_find(store, device.seed, &here);
        key_from_seed(device.seed, &key);
        *now_out = (struct device_now){
            .id = chain_device_of(&key.public),
            .epoch = device.epoch,
            .at_home = place_same(&here, &device.place),
            .settled = is_settled(store, &device),
        };
        key_wipe(&key);
    }
    explicit_bzero(&device, sizeof device);
    return err;
}

enum err store_epoch(struct store *store, int64_t *epoch_out)
{
    bool found = false;
    struct query q = query_on(&store->state, "SELECT epoch FROM device");
    if (query_row(&q)) {
        found = true;
        *epoch_out = query_get_int(&q, 0);
    }
    return query_done_found(&q, found);
}

/* ---- state.db and feed.db belong together ------------------------------------------ */

static enum err state_folder(struct store *store, uint8_t id_out[FOLDER_ID_SIZE])
{
    bool found = false;
    struct query q = query_on(&store->state, "SELECT folder FROM device");
    if (query_row(&q)) {
        found = true;
        query_get_blob(&q, 0, id_out, FOLDER_ID_SIZE);
    }
    return query_done_found(&q, found);
}

enum err device_owns_feed(struct store *store, bool *owns_out)
{
    uint8_t ours[FOLDER_ID_SIZE], theirs[FOLDER_ID_SIZE];
    bool found = false;
    enum err err = state_folder(store, ours);
    if (err == ERR_OK) {
        err = feed_folder(store, theirs, &found);
    }
    if (err == ERR_OK) {
        *owns_out = !found || memcmp(ours, theirs, sizeof ours) == 0;
    }
    return err;
}

enum err device_claim_feed(struct store *store)
{
    uint8_t ours[FOLDER_ID_SIZE];
    enum err err = state_folder(store, ours);
    if (err != ERR_OK) {
        return err;
    }
    struct query q = query_on(&store->feed, "INSERT INTO folder (one, id) VALUES (1, :id)"
                                            " ON CONFLICT DO NOTHING");
    query_blob(&q, ":id", ours, sizeof ours);
    return query_run(&q);
}

/* ---- for all ----------------------------------------------------------------------- */

int64_t store_boot(const struct store *store)
{
    return store->boot;
}

enum err store_device_seed(struct store *store, uint8_t seed_out[STORE_SEED_SIZE])
{
    bool found = false;
    struct query q = query_on(&store->state, "SELECT seed FROM device");
    if (query_row(&q)) {
        found = true;
        query_get_blob(&q, 0, seed_out, STORE_SEED_SIZE);
    }
    return query_done_found(&q, found);
}
