/* Public keys of people and team, and the team's secret half wrapped for each staff card.
 * Each is put by who holds the card, not begun by a person, so it has no id to keep
 * through retries: what is there already is not written again. */
#include "store/evaluations.h"

#include "store/fact.h"
#include "store/query.h"
#include "store/state.h"

#include <sodium.h>
#include <string.h>

static void put_public(struct fact *fact, const uint8_t public[STORE_PUBLIC_KEY_SIZE])
{
    char hex[2 * STORE_PUBLIC_KEY_SIZE + 1];
    sodium_bin2hex(hex, sizeof hex, public, STORE_PUBLIC_KEY_SIZE);
    fact_text(fact, "public", str_of(hex));
}

/* ---- people ------------------------------------------------------------------------ */

enum err store_person_key_get(struct store *store, struct uid participant,
                              uint8_t public_out[STORE_PUBLIC_KEY_SIZE])
{
    bool found = false;
    struct query q = query_on(&store->state, "SELECT public FROM person_key"
                                             " WHERE participant = :participant");
    query_uid(&q, ":participant", &participant);
    if (query_row(&q)) {
        found = true;
        query_get_blob(&q, 0, public_out, STORE_PUBLIC_KEY_SIZE);
    }
    return query_done_found(&q, found);
}

enum err person_key_put(struct store *store, struct uid participant,
                        const uint8_t public[STORE_PUBLIC_KEY_SIZE])
{
    struct fact fact;
    uint8_t old[STORE_PUBLIC_KEY_SIZE];
    enum err err = person_check(store, participant);
    if (err != ERR_OK) {
        return err;
    }
    err = store_person_key_get(store, participant, old);
    if (err == ERR_OK && memcmp(old, public, sizeof old) == 0) {
        return ERR_OK;
    }
    if (err != ERR_OK && err != ERR_NOT_FOUND) {
        return err;
    }
    fact_init(&fact, KIND_PERSON_KEY, uid_make(&store->rng));
    fact_uid(&fact, "participant", participant);
    put_public(&fact, public);
    return fact_append(store, &fact);
}

enum err store_person_key_put(struct store *store, struct uid participant,
                              const uint8_t public[STORE_PUBLIC_KEY_SIZE])
{
    enum err err = db_begin(&store->state);
    return err == ERR_OK ? db_end(&store->state, person_key_put(store, participant, public))
                         : err;
}

/* ---- the team ---------------------------------------------------------------------- */

enum err store_team_key_get(struct store *store,
                            uint8_t public_out[STORE_PUBLIC_KEY_SIZE])
{
    bool found = false;
    struct query q = query_on(&store->state, "SELECT public FROM team_key");
    if (query_row(&q)) {
        found = true;
        query_get_blob(&q, 0, public_out, STORE_PUBLIC_KEY_SIZE);
    }
    return query_done_found(&q, found);
}

static enum err team_key(struct store *store, const uint8_t public[STORE_PUBLIC_KEY_SIZE])
{
    struct fact fact;
    uint8_t old[STORE_PUBLIC_KEY_SIZE];
    enum err err = store_team_key_get(store, old);
    if (err == ERR_OK) {
        return memcmp(old, public, sizeof old) == 0 ? ERR_OK : ERR_CONFLICT;
    }
    if (err != ERR_NOT_FOUND) {
        return err;
    }
    fact_init(&fact, KIND_TEAM_KEY, uid_make(&store->rng));
    put_public(&fact, public);
    return fact_append(store, &fact);
}

enum err store_team_key_put(struct store *store,
                            const uint8_t public[STORE_PUBLIC_KEY_SIZE])
{
    enum err err = db_begin(&store->state);
    return err == ERR_OK ? db_end(&store->state, team_key(store, public)) : err;
}

enum err store_team_wrap_get(struct store *store, struct uid staff, char *out,
                             size_t size)
{
    bool found = false;
    struct query q =
        query_on(&store->state, "SELECT wrap FROM team_wrap WHERE staff = :staff");
    query_uid(&q, ":staff", &staff);
    if (query_row(&q)) {
        found = true;
        query_get_text(&q, 0, out, size);
    }
    return query_done_found(&q, found);
}

static enum err check_staff(struct store *store, struct uid staff)
{
    struct query q = query_on(&store->state, "SELECT 1 FROM staff WHERE id = :staff");
    query_uid(&q, ":staff", &staff);
    bool found = query_row(&q);
    return query_done_found(&q, found);
}

static enum err same_wrap(struct store *store, struct uid staff, const char *wrap,
                          bool *same)
{
    *same = false;
    struct query q = query_on(&store->state,
                              "SELECT wrap = :wrap FROM team_wrap WHERE staff = :staff");
    query_uid(&q, ":staff", &staff);
    query_text(&q, ":wrap", str_of(wrap));
    if (query_row(&q)) {
        *same = query_get_bool(&q, 0);
    }
    return query_done(&q);
}

static enum err keep_wrap(struct store *store, struct uid staff, const char *wrap)
{
    struct query q = query_on(&store->state,
                              "INSERT INTO team_wrap (staff, wrap) VALUES (:staff, :wrap)"
                              " ON CONFLICT (staff) DO UPDATE SET wrap = excluded.wrap");
    query_uid(&q, ":staff", &staff);
    query_text(&q, ":wrap", str_of(wrap));
    return query_run(&q);
}

static enum err team_wrap(struct store *store, struct uid staff, const char *wrap)
{
    struct fact fact;
    bool same = false;
    enum err err = check_staff(store, staff);
    if (err == ERR_OK) {
        err = same_wrap(store, staff, wrap, &same);
    }
    if (err != ERR_OK || same) {
        return err;
    }
    fact_init(&fact, KIND_TEAM_WRAP, uid_make(&store->rng));
    fact_uid(&fact, "staff", staff);
    err = fact_append(store, &fact);
    return err == ERR_OK ? keep_wrap(store, staff, wrap) : err;
}

enum err store_team_wrap_put(struct store *store, struct uid staff, const char *wrap)
{
    enum err err = db_begin(&store->state);
    return err == ERR_OK ? db_end(&store->state, team_wrap(store, staff, wrap)) : err;
}
