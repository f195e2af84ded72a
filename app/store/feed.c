/* The centre's feed as it comes: pages, count and digest, passes from 0.
 *
 * Count and digest are those of the rows that are not stale, so that a pass from 0 builds
 * them anew while the old rows are still shown. */
#include "store/sync.h"

#include "base/plant.h"
#include "proof/digest.h"
#include "store/centre.h"
#include "store/feed_rows.h"
#include "store/query.h"
#include "store/state.h"

#include <string.h>

#define BODY_SIZE_MAX (1 << 20)

struct cursor {
    int64_t since, live;
    bool anew;
    struct digest digest;
};

static enum err read_cursor(struct store *store, struct cursor *cursor)
{
    bool found = false;
    struct query q =
        query_on(&store->feed, "SELECT since, anew, live, digest FROM cursor");
    if (query_row(&q)) {
        found = true;
        cursor->since = query_get_int(&q, 0);
        cursor->anew = query_get_bool(&q, 1);
        cursor->live = query_get_int(&q, 2);
        query_get_blob(&q, 3, cursor->digest.b, sizeof cursor->digest.b);
    }
    return query_done_found(&q, found);
}

static enum err write_cursor(struct store *store, const struct cursor *cursor)
{
    struct query q =
        query_on(&store->feed, "UPDATE cursor SET since = :since, anew = :anew,"
                               " live = :live, digest = :digest");
    query_int(&q, ":since", cursor->since);
    query_int(&q, ":anew", cursor->anew);
    query_int(&q, ":live", cursor->live);
    query_blob(&q, ":digest", cursor->digest.b, sizeof cursor->digest.b);
    return query_run(&q);
}

enum err store_feed_get(struct store *store, struct sync_feed *feed_out)
{
    struct cursor cursor = {.since = 0};
    enum err err = read_cursor(store, &cursor);
    if (err == ERR_OK) {
        *feed_out = (struct sync_feed){cursor.since, cursor.anew};
    }
    return err;
}

static enum err run(struct store *store, const char *sql)
{
    struct query q = query_on(&store->feed, sql);
    return query_run(&q);
}

static enum err restart(struct store *store)
{
    const struct cursor begin = {.anew = true};
    enum err err = run(store, "UPDATE feed_row SET stale = 1");
    return err == ERR_OK ? write_cursor(store, &begin) : err;
}

enum err store_feed_restart(struct store *store)
{
    enum err err = db_begin(&store->feed);
    return err == ERR_OK ? db_end(&store->feed, restart(store)) : err;
}

static enum err forget(struct store *store)
{
    const struct cursor begin = {.anew = true};
    enum err err = run(store, "DELETE FROM feed_row");
    if (err == ERR_OK) {
        err = feed_rows_drop_rest(store);
    }
    return err == ERR_OK ? write_cursor(store, &begin) : err;
}

enum err feed_forget(struct store *store)
{
    enum err err = db_begin(&store->feed);
    return err == ERR_OK ? db_end(&store->feed, forget(store)) : err;
}

/* ---- one row ----------------------------------------------------------------------- */

/* What stands there of this row no longer counts. */
static enum err take_out(struct store *store, struct cursor *cursor,
                         const struct sync_row *row)
{
    struct query q =
        query_on(&store->feed, "SELECT rev, body FROM feed_row"
                               " WHERE kind = :kind AND id = :id AND stale = 0");
    query_text(&q, ":kind", row->kind);
    query_text(&q, ":id", row->id);
    if (query_row(&q)) {
        digest_take(&cursor->digest, row->kind, row->id, query_get_int(&q, 0),
                    query_peek_text(&q, 1));
        cursor->live--;
    }
    return query_done(&q);
}

static enum err delete_row(struct store *store, const struct sync_row *row)
{
    struct query q =
        query_on(&store->feed, "DELETE FROM feed_row WHERE kind = :kind AND id = :id");
    query_text(&q, ":kind", row->kind);
    query_text(&q, ":id", row->id);
    enum err err = query_run(&q);
    return err == ERR_OK ? feed_row_hide(store, row->kind, row->id) : err;
}

static enum err put_row(struct store *store, struct cursor *cursor,
                        const struct sync_row *row)
{
    struct query q =
        query_on(&store->feed,
                 "INSERT INTO feed_row (kind, id, rev, body, stale)"
                 " VALUES (:kind, :id, :rev, :body, 0) ON CONFLICT (kind, id)"
                 " DO UPDATE SET rev = excluded.rev, body = excluded.body, stale = 0");
    query_text(&q, ":kind", row->kind);
    query_text(&q, ":id", row->id);
    query_int(&q, ":rev", row->rev);
    query_text(&q, ":body", row->body);
    enum err err = query_run(&q);
    digest_add(&cursor->digest, row->kind, row->id, row->rev, row->body);
    cursor->live++;
    return err == ERR_OK ? feed_row_show(store, row) : err;
}

static enum err apply_row(struct store *store, struct cursor *cursor,
                          const struct sync_row *row)
{
    enum err err = take_out(store, cursor, row);
    if (err != ERR_OK) {
        return err;
    }
    return row->body.len == 0 ? delete_row(store, row) : put_row(store, cursor, row);
}

/* ---- one page ---------------------------------------------------------------------- */

/* Rows come by rising revision and belong to this page. */
static bool is_next(const struct sync_page *page, const struct cursor *cursor)
{
    int64_t last = page->since;
    bool ok = page->since == cursor->since && page->to >= page->since;
    for (size_t i = 0; i < page->count && ok; i++) {
        const struct sync_row *row = &page->rows[i];
        ok = row->rev > last && row->rev <= page->to && row->kind.len > 0 &&
             row->id.len > 0 && row->body.len <= BODY_SIZE_MAX;
        last = row->rev;
    }
    return ok;
}

static bool agrees(const struct cursor *cursor, const struct sync_page *page)
{
    return cursor->live == page->live &&
           memcmp(cursor->digest.b, page->digest, DIGEST_SIZE) == 0;
}

/* The last page is in: what did not come again is gone. */
static enum err finish_pass(struct store *store, struct cursor *cursor)
{
    if (!cursor->anew) {
        return ERR_OK;
    }
    cursor->anew = false;
    enum err err = run(store, "DELETE FROM feed_row WHERE stale = 1");
    return err == ERR_OK ? feed_rows_drop_rest(store) : err;
}

static enum err apply_rows(struct store *store, const struct sync_page *page,
                           struct cursor *cursor)
{
    enum err err = ERR_OK;
    for (size_t i = 0; i < page->count && err == ERR_OK; i++) {
        err = apply_row(store, cursor, &page->rows[i]);
    }
    if (err == ERR_OK && !page->more) {
        err = finish_pass(store, cursor);
    }
    return err == ERR_OK && !page->more && !agrees(cursor, page) ? ERR_CONFLICT : err;
}

static enum err apply(struct store *store, const struct sync_page *page)
{
    struct cursor cursor = {.since = 0};
    enum err err = read_cursor(store, &cursor);
    if (err != ERR_OK) {
        return err;
    }
    if (!is_next(page, &cursor)) {
        return ERR_INVALID;
    }
    if (!PLANTED(PLANT_PAGE_SKIPPED)) {
        err = apply_rows(store, page, &cursor);
    }
    cursor.since = page->to;
    if (err == ERR_OK) {
        err = write_cursor(store, &cursor);
    }
    return err == ERR_OK ? device_claim_feed(store) : err;
}

/* A page that brings nothing is the most frequent one: it must not wear out the card. */
static enum err check_nothing_new(struct store *store, const struct sync_page *page,
                                  bool *nothing_out)
{
    struct cursor cursor = {.since = 0};
    enum err err = read_cursor(store, &cursor);
    *nothing_out = err == ERR_OK && page->count == 0 && !page->more && !cursor.anew &&
                   page->since == cursor.since && page->to == cursor.since;
    return *nothing_out && !agrees(&cursor, page) ? ERR_CONFLICT : err;
}

enum err store_feed_apply(struct store *store, const struct sync_page *page)
{
    bool nothing = false;
    enum err err = check_nothing_new(store, page, &nothing);
    if (err != ERR_OK || nothing) {
        return err;
    }
    err = db_begin(&store->feed);
    return err == ERR_OK ? db_end(&store->feed, apply(store, page)) : err;
}
