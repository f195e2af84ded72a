/* Staff who may open the staff door at this kiosk. */
#include "store/state.h"

#include "store/fact.h"
#include "store/query.h"

#include <string.h>

static enum err put_staff_key(struct store *store, const struct store_staff *staff)
{
    struct query q = query_on(&store->state, "INSERT INTO staff_key (staff, pin, lookup)"
                                             " VALUES (:staff, :pin, :lookup)");
    query_uid(&q, ":staff", &staff->id);
    query_text(&q, ":pin", str_of(staff->pin));
    query_blob(&q, ":lookup", staff->card, sizeof staff->card);
    return query_run(&q);
}

static enum err check_retry(struct store *store, const struct store_staff *staff)
{
    bool same = true;
    struct query q = query_on(
        &store->state, "SELECT lookup = :lookup FROM staff_key WHERE staff = :staff");
    query_uid(&q, ":staff", &staff->id);
    query_blob(&q, ":lookup", staff->card, sizeof staff->card);
    if (query_row(&q)) {
        same = query_get_bool(&q, 0);
    }
    enum err err = query_done(&q);
    return err == ERR_OK && !same ? ERR_CONFLICT : err;
}

static enum err add(struct store *store, const struct store_staff *staff)
{
    struct fact fact;
    bool seen = false;
    fact_init(&fact, KIND_STAFF_ADDED, staff->id);
    fact_text(&fact, "alias", str_of(staff->alias));
    enum err err = fact_seen(store, &fact, &seen);
    if (err != ERR_OK || seen) {
        return err == ERR_OK ? check_retry(store, staff) : err;
    }
    err = fact_append(store, &fact);
    return err == ERR_OK ? put_staff_key(store, staff) : err;
}

enum err store_staff_add(struct store *store, const struct store_staff *staff)
{
    if (!alias_valid(str_of(staff->alias)) || uid_is_nil(staff->id)) {
        return ERR_INVALID;
    }
    enum err err = db_begin(&store->state);
    return err == ERR_OK ? db_end(&store->state, add(store, staff)) : err;
}

enum err store_staff_by_card(struct store *store, const uint8_t card[STORE_LOOKUP_SIZE],
                             struct store_staff *staff_out)
{
    bool found = false;
    struct query q = query_on(&store->state,
                              "SELECT s.id, s.alias, k.pin FROM staff_key k"
                              " JOIN staff s ON s.id = k.staff WHERE k.lookup = :card");
    query_blob(&q, ":card", card, STORE_LOOKUP_SIZE);
    if (query_row(&q)) {
        found = true;
        staff_out->id = query_get_uid(&q, 0);
        query_get_text(&q, 1, staff_out->alias, sizeof staff_out->alias);
        query_get_text(&q, 2, staff_out->pin, sizeof staff_out->pin);
        memcpy(staff_out->card, card, STORE_LOOKUP_SIZE);
    }
    return query_done_found(&q, found);
}

enum err store_staff_alias(struct store *store, struct uid staff, char out[ALIAS_SIZE])
{
    bool found = false;
    struct query q = query_on(&store->state, "SELECT alias FROM staff WHERE id = :staff");
    query_uid(&q, ":staff", &staff);
    if (query_row(&q)) {
        found = true;
        query_get_text(&q, 0, out, ALIAS_SIZE);
    }
    return query_done_found(&q, found);
}

enum err store_staff_count(struct store *store, int *count_out)
{
    struct query q = query_on(&store->state, "SELECT count(*) FROM staff");
    if (query_row(&q)) {
        *count_out = (int)query_get_int(&q, 0);
    }
    return query_done(&q);
}
