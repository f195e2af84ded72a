/* The centre this kiosk belongs to. */
#include "store/centre.h"

#include "base/utf8.h"
#include "proof/centre_key.h"
#include "store/card_keys.h"
#include "store/forget_rows.h"
#include "store/query.h"
#include "store/state.h"

#include <string.h>

enum err store_centre_get(struct store *store, struct sync_centre *centre_out)
{
    struct sync_centre centre = {.locked = false};
    bool found = false;
    struct query q =
        query_on(&store->state, "SELECT url, id, name, organisation, server, parcel, pin,"
                                " generation, locked FROM centre");
    if (query_row(&q)) {
        found = true;
        query_get_text(&q, 0, centre.url, sizeof centre.url);
        centre.centre = query_get_uid(&q, 1);
        query_get_text(&q, 2, centre.name, sizeof centre.name);
        query_get_text(&q, 3, centre.organisation, sizeof centre.organisation);
        query_get_blob(&q, 4, centre.server.b, sizeof centre.server.b);
        query_get_blob(&q, 5, centre.parcel, sizeof centre.parcel);
        query_get_text(&q, 6, centre.pin, sizeof centre.pin);
        centre.generation = query_get_int(&q, 7);
        centre.locked = query_get_bool(&q, 8);
    }
    enum err err = query_done_found(&q, found);
    if (err == ERR_OK) {
        *centre_out = centre;
    }
    return err;
}

static enum err read_number(struct store *store, const char *sql, int64_t *out)
{
    struct query q = query_on(&store->state, sql);
    *out = query_row(&q) ? query_get_int(&q, 0) : 0;
    return query_done(&q);
}

enum err centre_is(struct store *store, bool *is_out)
{
    int64_t count = 0;
    enum err err = read_number(store, "SELECT count(*) FROM centre", &count);
    *is_out = count > 0;
    return err;
}

enum err centre_settled(struct store *store, int64_t *rev_out)
{
    return read_number(store, "SELECT settled FROM centre", rev_out);
}

static enum err update(struct store *store, const char *sql, int64_t value)
{
    struct query q = query_on(&store->state, sql);
    query_int(&q, ":value", value);
    return query_run(&q);
}

enum err centre_put_settled(struct store *store, int64_t rev)
{
    return update(store, "UPDATE centre SET settled = :value", rev);
}

/* ---- a server that was put back ------------------------------------------------------
 */

static enum err forget_receipts(struct store *store)
{
    struct query q = query_on(&store->state, "DELETE FROM receipt");
    return query_run(&q);
}

/* What the receipt of this epoch says, the client holds against the server's log, and
 * goes back if it must. What older epochs had there nobody asks for: if the log of this
 * one does not begin at 1, all is told again in a new one, and takes effect once. */
static enum err begin_again(struct store *store)
{
    int64_t partial = 0;
    enum err err = read_number(store,
                               "SELECT count(*) FROM receipt, device"
                               " WHERE receipt.epoch < device.epoch OR start > 1",
                               &partial);
    if (err != ERR_OK || partial == 0) {
        return err;
    }
    err = forget_receipts(store);
    return err == ERR_OK ? device_begin_epoch(store) : err;
}

static enum err follow_generation(struct store *store, int64_t generation)
{
    struct sync_centre centre;
    enum err err = store_centre_get(store, &centre);
    if (err != ERR_OK || centre.generation == generation) {
        return err;
    }
    err = begin_again(store);
    if (err != ERR_OK) {
        return err;
    }
    /* What rows say is looked at anew: an older word may have become the centre's again. */
    return update(store, "UPDATE centre SET generation = :value, settled = 0",
                  generation);
}

enum err store_centre_generation(struct store *store, int64_t generation)
{
    enum err err = db_begin(&store->state);
    return err == ERR_OK ? db_end(&store->state, follow_generation(store, generation))
                         : err;
}

/* ---- enrolled ---------------------------------------------------------------------- */

static enum err write_centre(struct store *store, const struct sync_centre *centre)
{
    struct query q = query_on(
        &store->state,
        "INSERT INTO centre (one, url, id, name, organisation, server, parcel, pin,"
        " generation, locked, settled) VALUES (1, :url, :id, :name, :organisation,"
        " :server, :parcel, :pin, :generation, :locked, 0) ON CONFLICT (one) DO UPDATE"
        " SET url = excluded.url, id = excluded.id, name = excluded.name,"
        " organisation = excluded.organisation, server = excluded.server,"
        " parcel = excluded.parcel, pin = excluded.pin, generation = excluded.generation,"
        " locked = excluded.locked");
    query_text(&q, ":url", str_of(centre->url));
    query_uid(&q, ":id", &centre->centre);
    query_text(&q, ":name", str_of(centre->name));
    query_text(&q, ":organisation", str_of(centre->organisation));
    query_blob(&q, ":server", centre->server.b, sizeof centre->server.b);
    query_blob(&q, ":parcel", centre->parcel, sizeof centre->parcel);
    query_text(&q, ":pin", str_of(centre->pin));
    query_int(&q, ":generation", centre->generation);
    query_int(&q, ":locked", centre->locked);
    return query_run(&q);
}

/* How this centre stands to the one the kiosk belongs to. */
struct move {
    bool other;  /* it is not this one on this server: its log begins anew */
    bool first;  /* there was none: nothing is to be forgotten */
    bool leaves; /* and what the old one has must not come along */
};

/* Who told the old centre something did not tell it the new one. A server that has both
 * moved the kiosk itself; to leave for another server, it must be locked before. */
static enum err find_move(struct store *store, const struct sync_centre *centre,
                          struct move *move_out)
{
    struct sync_centre old;
    enum err err = store_centre_get(store, &old);
    if (err != ERR_OK) {
        *move_out = (struct move){.other = true, .first = true};
        return err == ERR_NOT_FOUND ? ERR_OK : err;
    }
    bool same_server = memcmp(old.server.b, centre->server.b, sizeof old.server.b) == 0;
    bool same_centre = uid_eq(old.centre, centre->centre);
    move_out->other = !same_centre || !same_server;
    move_out->leaves = !same_centre && !old.locked;
    return move_out->leaves && !same_server ? ERR_CONFLICT : ERR_OK;
}

/* Words are not sealed to a centre that this kiosk left. A new server of the same centre
 * leaves its key; so does the first centre what staff had set before. */
static enum err forget_seal(struct store *store, const struct sync_centre *centre)
{
    struct sync_centre old;
    enum err err = store_centre_get(store, &old);
    if (err != ERR_OK || uid_eq(old.centre, centre->centre)) {
        return err == ERR_NOT_FOUND ? ERR_OK : err;
    }
    struct query q = query_on(&store->state, "DELETE FROM setting WHERE name = :name");
    query_text(&q, ":name", STR(CENTRE_KEY_SETTING));
    return query_run(&q);
}

/* Another one knows nothing of us: the log goes there from its first fact on. */
static enum err forget_old(struct store *store, const struct sync_centre *centre,
                           struct move move)
{
    enum err err = move.first ? ERR_OK : compact_is_due(store);
    if (err == ERR_OK) {
        err = forget_seal(store, centre);
    }
    if (err == ERR_OK) {
        err = forget_receipts(store);
    }
    if (err == ERR_OK) {
        err = update(store, "DELETE FROM centre WHERE one = :value", 1);
    }
    return err == ERR_OK ? update(store, "DELETE FROM contact WHERE one = :value", 1)
                         : err;
}

static enum err put(struct store *store, const struct sync_centre *centre,
                    const char *seal_hex, struct move move)
{
    enum err err = move.leaves ? centre_leave(store) : ERR_OK;
    if (err == ERR_OK) {
        err = move.other ? forget_old(store, centre, move)
                         : follow_generation(store, centre->generation);
    }
    if (err == ERR_OK) {
        err = write_centre(store, centre);
    }
    if (err == ERR_OK && seal_hex) {
        err = setting_put(store, STR(CENTRE_KEY_SETTING), str_of(seal_hex));
    }
    if (err == ERR_OK) {
        err = enrol_end(store);
    }
    return err == ERR_OK && move.other ? card_keys_tell(store) : err;
}

enum err store_centre_put(struct store *store, const struct sync_centre *centre,
                          const char *seal_hex)
{
    struct key_public seal;
    struct move move = {.other = false};
    if (uid_is_nil(centre->centre) || !utf8_valid(str_of(centre->name)) ||
        !utf8_valid(str_of(centre->organisation)) ||
        (seal_hex && key_public_parse(str_of(seal_hex), &seal) != ERR_OK)) {
        return ERR_INVALID;
    }
    enum err err = find_move(store, centre, &move);
    /* The feed first: without its rows the old centre only sends them again. */
    if (err == ERR_OK && move.other) {
        err = feed_forget(store);
    }
    if (err == ERR_OK) {
        err = db_begin(&store->state);
    }
    return err == ERR_OK ? db_end(&store->state, put(store, centre, seal_hex, move))
                         : err;
}
