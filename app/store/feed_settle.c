/* What the centre's rows ask of state.db.
 *
 * Rows are taken by rising revision, and how far is kept beside the facts they made, in
 * the same transaction. */
#include "store/sync.h"

#include "proof/centre_key.h"
#include "store/adopt.h"
#include "store/centre.h"
#include "store/feed_json.h"
#include "store/forget_rows.h"
#include "store/lease.h"
#include "store/query.h"
#include "store/state.h"
#include "store/wish_settle.h"

#define BATCH 200

static enum err settle_seal(struct store *store, const struct sync_row *row)
{
    struct seal_public seal;
    char hex[KEY_PUBLIC_TEXT_SIZE] = "";
    json_t *body = feed_json_open(row->body);
    bool ok = str_copy(hex, sizeof hex, feed_json_text(body, "public")) &&
              seal_public_parse(str_of(hex), &seal) == ERR_OK;
    json_decref(body);
    return ok ? setting_put(store, STR(CENTRE_KEY_SETTING), str_of(hex)) : ERR_OK;
}

static enum err settle_forgotten(struct store *store, const struct sync_row *row,
                                 int *facts)
{
    struct uid participant;
    if (uid_parse(row->id, &participant) != ERR_OK) {
        return ERR_OK;
    }
    enum err err = forget_told(store, participant, row->rev);
    *facts += err == ERR_OK;
    if (err == ERR_OK) {
        folder_drop_aside(&store->folder, "state", INT64_MAX);
    }
    /* Who was not here, or is not any more, was in the feed all the same. */
    return err == ERR_NOT_FOUND ? compact_feed_is_due(store) : err;
}

static enum err settle_row(struct store *store, const struct sync_row *row, int *facts)
{
    if (str_eq(row->kind, STR("wish"))) {
        return wish_settle(store, row, facts);
    }
    if (str_eq(row->kind, STR("forgotten"))) {
        return settle_forgotten(store, row, facts);
    }
    if (str_eq(row->kind, STR("person"))) {
        return adopt_new_card(store, row->id, row->body, facts);
    }
    return str_eq(row->kind, STR("seal")) ? settle_seal(store, row) : ERR_OK;
}

/* What was not seen again yet in a pass from 0 may be what the centre has forgotten.
 * *rows_out: fewer than BATCH are the last ones. */
static enum err settle_rows(struct store *store, int *facts, int *rows_out)
{
    int64_t rev = 0;
    *rows_out = 0;
    enum err err = centre_settled(store, &rev);
    if (err != ERR_OK) {
        return err;
    }
    struct query q = query_on(&store->feed, "SELECT rev, kind, id, body FROM feed_row"
                                            " WHERE rev > :rev AND stale = 0"
                                            " ORDER BY rev LIMIT 200");
    query_int(&q, ":rev", rev);
    while (err == ERR_OK && query_row(&q)) {
        struct sync_row row = {query_get_int(&q, 0), query_peek_text(&q, 1),
                               query_peek_text(&q, 2), query_peek_text(&q, 3)};
        err = settle_row(store, &row, facts);
        rev = row.rev;
        (*rows_out)++;
    }
    enum err read = query_done(&q);
    err = err == ERR_OK ? read : err;
    return err == ERR_OK && *rows_out > 0 ? centre_put_settled(store, rev) : err;
}

static enum err settle_batch(struct store *store, int *facts, int *rows_out)
{
    enum err err = settle_rows(store, facts, rows_out);
    return err == ERR_OK ? lease_return_recalled(store, facts) : err;
}

enum err store_feed_settle(struct store *store, int *facts_out)
{
    int facts = 0, rows = BATCH;
    bool enrolled = false;
    enum err err = centre_is(store, &enrolled);
    while (err == ERR_OK && enrolled && rows == BATCH) {
        int more = 0;
        err = db_begin(&store->state);
        if (err == ERR_OK) {
            err = db_end(&store->state, settle_batch(store, &more, &rows));
        }
        facts += err == ERR_OK ? more : 0;
    }
    if (err != ERR_OK) {
        return err;
    }
    /* Whoever was forgotten is; that it leaves no trace is tried again with the next page
     * and every night. */
    enum err compacted = compact_if_due(store);
    (void)compacted;
    *facts_out = facts;
    return ERR_OK;
}
