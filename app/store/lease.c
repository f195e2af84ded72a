/* Leases: places that this kiosk may give away without asking. */
#include "store/lease.h"

#include "base/plant.h"
#include "store/centre.h"
#include "store/fact.h"
#include "store/query.h"
#include "store/state.h"

#include <sodium.h>
#include <string.h>

enum err lease_used(struct store *store, struct uid lease, int64_t *used_out)
{
    struct query q =
        query_on(&store->state,
                 "SELECT (SELECT count(*) FROM wish WHERE lease = :lease)"
                 " + coalesce((SELECT places FROM lease_spent WHERE lease = :lease),"
                 " 0)");
    query_uid(&q, ":lease", &lease);
    if (query_row(&q)) {
        *used_out = query_get_int(&q, 0);
    }
    return query_done(&q);
}

static enum err is_returned(struct store *store, struct uid lease, bool *returned_out)
{
    struct query q =
        query_on(&store->state, "SELECT 1 FROM lease_returned WHERE lease = :lease");
    query_uid(&q, ":lease", &lease);
    *returned_out = query_row(&q);
    return query_done(&q);
}

static enum err count_free(struct store *store, struct uid lease, int64_t places,
                           int64_t *free_out)
{
    int64_t used = 0;
    bool returned = false;
    enum err err = lease_used(store, lease, &used);
    if (err == ERR_OK) {
        err = is_returned(store, lease, &returned);
    }
    if (returned && !PLANTED(PLANT_RECALL_IGNORED)) {
        places = 0;
    }
    *free_out = places > used ? places - used : 0;
    return err;
}

/* Whose leases are good here: nobody's once the centre locked this kiosk, nor while the
 * feed is read anew, as a centre that was put back from a backup may know no lease of
 * those that still stand here. */
struct holder {
    struct uid dev;
    int64_t epoch;
};

static enum err may_hold(struct store *store, bool *holds_out)
{
    struct sync_centre centre;
    struct sync_feed feed = {.anew = false};
    enum err err = store_centre_get(store, &centre);
    bool enrolled = err == ERR_OK;
    err = enrolled ? store_feed_get(store, &feed) : err == ERR_NOT_FOUND ? ERR_OK : err;
    *holds_out = enrolled && !centre.locked && !feed.anew;
    return err;
}

static enum err find_holder(struct store *store, struct holder *holder)
{
    struct device_now now;
    bool holds = false;
    enum err err = may_hold(store, &holds);
    *holder = (struct holder){.epoch = 0};
    if (err == ERR_OK && holds) {
        err = device_now(store, &now);
        bool copied = err == ERR_OK && !now.at_home && !PLANTED(PLANT_LEASE_OF_COPY);
        *holder = (struct holder){now.id, copied ? 0 : now.epoch};
    }
    return err;
}

static void bind_holder(struct query *q, const struct holder *holder)
{
    query_uid(q, ":dev", &holder->dev);
    query_int(q, ":epoch", holder->epoch);
    query_int(q, ":any_epoch", PLANTED(PLANT_LEASE_OF_COPY));
    query_int(q, ":any_state", PLANTED(PLANT_RECALL_IGNORED));
}

#define HELD                                                                             \
    " dev = :dev AND (epoch = :epoch OR :any_epoch) AND (state = 'granted' OR "          \
    ":any_state)"

enum err lease_find(struct store *store, struct str code, struct str date,
                    struct uid *lease_out)
{
    struct holder holder;
    int64_t free = 0;
    enum err err = find_holder(store, &holder);
    if (err != ERR_OK) {
        return err;
    }
    struct query q = query_on(
        &store->feed, "SELECT lease, places FROM lease"
                      " WHERE code = :code AND date = :date AND" HELD " ORDER BY id");
    query_text(&q, ":code", code);
    query_text(&q, ":date", date);
    bind_holder(&q, &holder);
    while (err == ERR_OK && free == 0 && query_row(&q)) {
        *lease_out = query_get_uid(&q, 0);
        err = count_free(store, *lease_out, query_get_int(&q, 1), &free);
    }
    enum err read = query_done_found(&q, free > 0);
    return err == ERR_OK ? read : err;
}

/* ---- counting ---------------------------------------------------------------------- */

static void add_leased(struct offer *offers, size_t count, struct str code, date_t date,
                       int64_t free)
{
    for (size_t i = 0; i < count; i++) {
        struct offer *offer = &offers[i];
        if (offer->work.date == date && str_eq(str_of(offer->code), code)) {
            int64_t leased = offer->leased + free;
            offer->leased = leased < offer->places ? (int)leased : offer->places;
        }
    }
}

enum err lease_count(struct store *store, struct offer *offers, size_t count)
{
    struct holder holder;
    enum err err = find_holder(store, &holder);
    if (err != ERR_OK) {
        return err;
    }
    struct query q =
        query_on(&store->feed, "SELECT lease, places, code, date FROM lease WHERE" HELD);
    bind_holder(&q, &holder);
    while (err == ERR_OK && query_row(&q)) {
        int64_t free = 0;
        err = count_free(store, query_get_uid(&q, 0), query_get_int(&q, 1), &free);
        add_leased(offers, count, query_peek_text(&q, 2), query_get_date(&q, 3), free);
    }
    enum err read = query_done(&q);
    return err == ERR_OK ? read : err;
}

/* ---- giving back ------------------------------------------------------------------- */

/* The same each time, so that it can be in the log only once. */
static struct uid id_of_return(struct uid lease)
{
    static const char domain[] = "anlauf lease returned";
    uint8_t hash[crypto_generichash_BYTES];
    struct uid id;
    crypto_generichash(hash, sizeof hash, lease.b, sizeof lease.b,
                       (const unsigned char *)domain, sizeof domain);
    memcpy(id.b, hash, sizeof id.b);
    return id;
}

static enum err give_back(struct store *store, struct uid lease, int *facts)
{
    struct fact fact;
    bool returned = false;
    int64_t used = 0;
    enum err err = is_returned(store, lease, &returned);
    if (err != ERR_OK || returned) {
        return err;
    }
    err = lease_used(store, lease, &used);
    fact_init(&fact, KIND_LEASE_RETURNED, id_of_return(lease));
    fact_uid(&fact, "lease", lease);
    fact_int(&fact, "used", used);
    if (err == ERR_OK) {
        err = fact_append(store, &fact);
    }
    *facts += err == ERR_OK;
    return err;
}

enum err lease_return_recalled(struct store *store, int *facts)
{
    struct holder holder;
    enum err err = find_holder(store, &holder);
    if (err != ERR_OK) {
        return err;
    }
    struct query q = query_on(&store->feed, "SELECT lease FROM lease WHERE dev = :dev"
                                            " AND epoch = :epoch AND state = 'recalled'");
    query_uid(&q, ":dev", &holder.dev);
    query_int(&q, ":epoch", holder.epoch);
    while (err == ERR_OK && query_row(&q)) {
        err = give_back(store, query_get_uid(&q, 0), facts);
    }
    enum err read = query_done(&q);
    return err == ERR_OK ? read : err;
}
