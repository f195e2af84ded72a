/* Items that can be voted on, and the keys that stand for people. */
#include "store/voice_item.h"

#include "store/names.h"
#include "store/state.h"

#include <sodium.h>
#include <string.h>

enum err voice_key(struct store *store, const char *purpose, struct uid participant,
                   const void *of, size_t of_len, struct uid *key_out)
{
    uint8_t seed[STORE_SEED_SIZE];
    crypto_generichash_state state;
    enum err err = store_device_seed(store, seed);
    if (err != ERR_OK) {
        return err;
    }
    crypto_generichash_init(&state, seed, sizeof seed, sizeof key_out->b);
    crypto_generichash_update(&state, (const uint8_t *)purpose, strlen(purpose));
    crypto_generichash_update(&state, participant.b, sizeof participant.b);
    crypto_generichash_update(&state, of, of_len);
    crypto_generichash_final(&state, key_out->b, sizeof key_out->b);
    sodium_memzero(seed, sizeof seed);
    sodium_memzero(&state, sizeof state);
    return ERR_OK;
}

void voice_item_read(struct query *q, struct voice_item *item)
{
    memset(item, 0, sizeof *item);
    item->id = query_get_uid(q, 0);
    int kind = names_value(&names_voice_kind, query_peek_text(q, 1));
    int state = names_value(&names_voice_state, query_peek_text(q, 2));
    item->tiles = (uint32_t)query_get_int(q, 3);
    item->words = query_get_uid(q, 4);
    query_get_text(q, 5, item->title, sizeof item->title);
    query_get_text(q, 6, item->answer, sizeof item->answer);
    if (kind < 0 || state < 0) {
        query_corrupt(q);
        return;
    }
    item->kind = (enum voice_kind)kind;
    item->state = (enum voice_state)state;
}

enum err voice_item_load(struct store *store, struct uid id, struct voice_item *item)
{
    bool found = false;
    struct query q = query_on(&store->state, "SELECT " VOICE_ITEM_COLUMNS " FROM voice"
                                             " WHERE id = :id");
    query_uid(&q, ":id", &id);
    if (query_row(&q)) {
        found = true;
        voice_item_read(&q, item);
    }
    return query_done_found(&q, found);
}
