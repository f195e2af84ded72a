/* The device: its signing seed, its boots, its settings. */
#include "store/state.h"

#include "store/fact.h"
#include "store/query.h"

#include <string.h>

static enum err make_device(struct store *store)
{
    uint8_t seed[STORE_SEED_SIZE];
    enum err err = db_begin(&store->state);
    if (err != ERR_OK) {
        return err;
    }
    rng_fill(&store->rng, seed, sizeof seed);
    struct query q = query_on(&store->state,
                              "INSERT INTO device (one, seed, boot, boot_id)"
                              " VALUES (1, :seed, 0, '') ON CONFLICT DO NOTHING");
    query_blob(&q, ":seed", seed, sizeof seed);
    err = query_run(&q);
    explicit_bzero(seed, sizeof seed);
    return db_end(&store->state, err);
}

/* The counter of this run, and whether it is in the log yet. An unknown boot id counts
 * as a new boot each time: monotonic times of two runs must not be compared wrongly. */
static enum err read_boot(struct store *store, int64_t *boot_out, bool *settled_out)
{
    bool found = false;
    struct query q = query_on(&store->state, "SELECT boot, boot_id FROM device");
    if (query_row(&q)) {
        struct str id = query_peek_text(&q, 1);
        int64_t stored = query_get_int(&q, 0);
        found = true;
        *settled_out = stored > 0 && (id.len > 0 ? str_eq(id, str_of(store->boot_id))
                                                 : stored == store->boot);
        *boot_out = *settled_out ? stored : stored + 1;
    }
    return query_done_found(&q, found);
}

enum err device_open(struct store *store)
{
    bool settled;
    enum err err = read_boot(store, &store->boot, &settled);
    if (err == ERR_NOT_FOUND) {
        err = make_device(store);
        if (err == ERR_OK) {
            err = read_boot(store, &store->boot, &settled);
        }
    }
    return err;
}

static enum err count_boot(struct store *store, int64_t boot)
{
    struct fact fact;
    struct query q = query_on(&store->state,
                              "UPDATE device SET boot = :boot, boot_id = :boot_id");
    query_int(&q, ":boot", boot);
    query_text(&q, ":boot_id", str_of(store->boot_id));
    enum err err = query_run(&q);
    if (err != ERR_OK) {
        return err;
    }
    store->boot = boot;
    fact_init(&fact, KIND_KIOSK_STARTED, uid_make(&store->rng));
    return fact_append(store, &fact);
}

enum err device_settle_boot(struct store *store)
{
    int64_t boot;
    bool settled;
    enum err err = read_boot(store, &boot, &settled);
    if (err == ERR_OK && !settled) {
        err = count_boot(store, boot);
    }
    return err;
}

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

enum err store_setting_get(struct store *store, const char *name, char *out, size_t size)
{
    bool found = false, fits = true;
    struct query q =
        query_on(&store->state, "SELECT value FROM setting WHERE name = :name");
    query_text(&q, ":name", str_of(name));
    if (query_row(&q)) {
        found = true;
        fits = query_peek_text(&q, 0).len < size;
        if (fits) {
            query_get_text(&q, 0, out, size);
        }
    }
    enum err err = query_done_found(&q, found);
    return err == ERR_OK && !fits ? ERR_FULL : err;
}

enum err store_setting_put(struct store *store, const char *name, const char *value)
{
    enum err err = db_begin(&store->state);
    if (err != ERR_OK) {
        return err;
    }
    struct query q = query_on(&store->state,
                              "INSERT INTO setting (name, value) VALUES (:name, :value)"
                              " ON CONFLICT (name) DO UPDATE SET value = excluded.value");
    query_text(&q, ":name", str_of(name));
    query_text(&q, ":value", str_of(value));
    return db_end(&store->state, query_run(&q));
}
