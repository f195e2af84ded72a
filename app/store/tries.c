/* Wrong tries, so that guessing stays slow over a restart.
 *
 * What was typed may be a real name typed by mistake, so only a keyed hash of it is
 * kept. The table is bounded: the key that was touched longest ago makes room. */
#include "store/state.h"

#include "store/query.h"

#include <sodium.h>

#define TRIES_MAX 1000
#define TRIES_KEY_SIZE 32

static enum err hash_key(struct store *store, struct str key, uint8_t out[TRIES_KEY_SIZE])
{
    uint8_t seed[STORE_SEED_SIZE];
    enum err err = store_device_seed(store, seed);
    if (err == ERR_OK) {
        crypto_generichash(out, TRIES_KEY_SIZE, (const unsigned char *)key.ptr, key.len,
                           seed, sizeof seed);
        sodium_memzero(seed, sizeof seed);
    }
    return err;
}

enum err store_tries_get(struct store *store, struct str key,
                         struct store_tries *tries_out)
{
    uint8_t hash[TRIES_KEY_SIZE];
    struct store_tries tries = {0};
    enum err err = hash_key(store, key, hash);
    if (err != ERR_OK) {
        return err;
    }
    struct query q = query_on(&store->state,
                              "SELECT wrong, wall_ms, boot, mono_ms FROM tries"
                              " WHERE key = :key");
    query_blob(&q, ":key", hash, sizeof hash);
    if (query_row(&q)) {
        tries = (struct store_tries){(int)query_get_int(&q, 0), query_get_int(&q, 1),
                                     query_get_int(&q, 2), query_get_int(&q, 3)};
    }
    err = query_done(&q);
    if (err == ERR_OK) {
        *tries_out = tries;
    }
    return err;
}

static enum err count_wrong(struct store *store, const uint8_t hash[TRIES_KEY_SIZE])
{
    struct query q = query_on(
        &store->state,
        "INSERT INTO tries (key, wrong, boot, mono_ms, wall_ms, turn)"
        " SELECT :key, 1, :boot, :mono_ms, :wall_ms, coalesce(max(turn), 0) + 1 FROM "
        "tries"
        " WHERE true ON CONFLICT (key) DO UPDATE SET wrong = min(wrong + 1, 1000000),"
        " boot = excluded.boot, mono_ms = excluded.mono_ms, wall_ms = excluded.wall_ms,"
        " turn = excluded.turn");
    query_blob(&q, ":key", hash, TRIES_KEY_SIZE);
    query_int(&q, ":boot", store->boot);
    query_int(&q, ":mono_ms", clock_mono_ms(&store->clock));
    query_int(&q, ":wall_ms", clock_wall_ms(&store->clock));
    return query_run(&q);
}

static enum err keep_bounded(struct store *store)
{
    struct query q = query_on(&store->state,
                              "DELETE FROM tries WHERE turn <="
                              " (SELECT turn FROM tries ORDER BY turn DESC"
                              " LIMIT 1 OFFSET :max)");
    query_int(&q, ":max", TRIES_MAX);
    return query_run(&q);
}

static enum err forget(struct store *store, const uint8_t hash[TRIES_KEY_SIZE])
{
    struct query q = query_on(&store->state, "DELETE FROM tries WHERE key = :key");
    query_blob(&q, ":key", hash, TRIES_KEY_SIZE);
    return query_run(&q);
}

enum err tries_forget(struct store *store, struct str key)
{
    uint8_t hash[TRIES_KEY_SIZE];
    enum err err = hash_key(store, key, hash);
    return err == ERR_OK ? forget(store, hash) : err;
}

static enum err put(struct store *store, const uint8_t hash[TRIES_KEY_SIZE], bool wrong)
{
    if (!wrong) {
        return forget(store, hash);
    }
    /* The boot must be counted, or the next one would carry the same number. */
    enum err err = device_settle_boot(store);
    if (err == ERR_OK) {
        err = count_wrong(store, hash);
    }
    return err == ERR_OK ? keep_bounded(store) : err;
}

enum err store_tries_put(struct store *store, struct str key, bool wrong)
{
    uint8_t hash[TRIES_KEY_SIZE];
    enum err err = hash_key(store, key, hash);
    if (err == ERR_OK) {
        err = db_begin(&store->state);
    }
    return err == ERR_OK ? db_end(&store->state, put(store, hash, wrong)) : err;
}
