/* Lookup keys of cards. */
#include "store/card_keys.h"

#include "store/centre.h"
#include "store/fact.h"
#include "store/query.h"
#include "store/state.h"

#include <sodium.h>

enum err card_key_put(struct store *store, struct uid card,
                      const uint8_t lookup[STORE_LOOKUP_SIZE])
{
    struct query q = query_on(
        &store->state, "INSERT INTO card_key (card, lookup) VALUES (:card, :lookup)");
    query_uid(&q, ":card", &card);
    query_blob(&q, ":lookup", lookup, STORE_LOOKUP_SIZE);
    return query_run(&q);
}

enum err card_keys_drop_old(struct store *store, struct uid participant)
{
    struct query q =
        query_on(&store->state, "DELETE FROM card_key WHERE card IN (SELECT id FROM card"
                                " WHERE participant = :participant AND valid = 0)");
    query_uid(&q, ":participant", &participant);
    return query_run(&q);
}

static enum err tell(struct store *store, struct uid card, struct uid participant,
                     const uint8_t lookup[STORE_LOOKUP_SIZE])
{
    struct fact fact;
    char text[sodium_base64_ENCODED_LEN(STORE_LOOKUP_SIZE,
                                        sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
    sodium_bin2base64(text, sizeof text, lookup, STORE_LOOKUP_SIZE,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    fact_init(&fact, KIND_CARD_KEY, uid_make(&store->rng));
    fact_uid(&fact, "card", card);
    fact_uid(&fact, "participant", participant);
    fact_text(&fact, "lookup", str_of(text));
    return fact_append(store, &fact);
}

enum err card_key_tell(struct store *store, struct uid card, struct uid participant,
                       const uint8_t lookup[STORE_LOOKUP_SIZE])
{
    bool enrolled = false;
    enum err err = centre_is(store, &enrolled);
    return err == ERR_OK && enrolled ? tell(store, card, participant, lookup) : err;
}

enum err card_keys_tell(struct store *store)
{
    enum err err = ERR_OK;
    struct query q =
        query_on(&store->state, "SELECT c.id, c.participant, k.lookup FROM card c"
                                " JOIN card_key k ON k.card = c.id"
                                " WHERE c.valid = 1 ORDER BY c.seq");
    while (err == ERR_OK && query_row(&q)) {
        uint8_t lookup[STORE_LOOKUP_SIZE];
        query_get_blob(&q, 2, lookup, sizeof lookup);
        err = q.err == ERR_OK
                  ? tell(store, query_get_uid(&q, 0), query_get_uid(&q, 1), lookup)
                  : q.err;
    }
    enum err read = query_done(&q);
    return err == ERR_OK ? read : err;
}
