/* The feed of a centre. Revisions are given out within the transaction that holds the
 * centre's row, so whoever sees one sees all before it. */
#include "server/feed.h"

#include "server/numbers.h"

#include <string.h>

#define PAGE_BYTES (256 * 1024) /* a page ends behind the row that reaches this */

static const char get_sql[] = "SELECT rev, body FROM feed"
                              " WHERE centre = :centre AND kind = :kind AND id = :id";
static const char put_sql[] = "INSERT INTO feed (centre, kind, id, rev, body)"
                              " VALUES (:centre, :kind, :id, :rev, :body)"
                              " ON CONFLICT (centre, kind, id) DO UPDATE SET rev = "
                              "excluded.rev, body = excluded.body";
static const char state_sql[] =
    "SELECT rev, compacted, live, digest FROM centre WHERE id = :centre";
static const char rows_sql[] = "SELECT rev, kind, id, body FROM feed"
                               " WHERE centre = :centre AND rev > :since"
                               " ORDER BY rev LIMIT :max";
static const char live_sql[] = "SELECT rev, kind, id, body FROM feed"
                               " WHERE centre = :centre AND rev > 0 AND body IS NOT NULL"
                               " ORDER BY rev LIMIT :max";
static const char dead_sql[] = "SELECT max(rev) FROM feed"
                               " WHERE centre = :centre AND rev <= :rev AND body IS NULL";
static const char drop_sql[] =
    "DELETE FROM feed WHERE centre = :centre AND rev <= :rev AND body IS NULL";
static const char compacted_sql[] = "UPDATE centre SET compacted = :rev"
                                    " WHERE id = :centre AND compacted < :rev";

struct state {
    int64_t rev, compacted, live;
    struct digest digest;
};

/* ---- one row ----------------------------------------------------------------------- */

static enum err write_row(const struct scene *scene, const struct wire_row *row)
{
    struct ask ask = ask_on(scene->storage, put_sql);
    ask_uid(&ask, ":centre", &scene->centre);
    ask_text(&ask, ":kind", row->kind);
    ask_text(&ask, ":id", row->id);
    ask_int(&ask, ":rev", row->rev);
    ask_text(&ask, ":body", row->body.len > 0 ? row->body : (struct str){NULL, 0});
    return ask_run(&ask);
}

/* `old` is what the row was; its body is empty if there was none. */
static void change(struct numbers *numbers, const struct wire_row *old,
                   struct wire_row *row)
{
    row->rev = ++numbers->rev;
    if (old->body.len > 0) {
        digest_take(&numbers->digest, old->kind, old->id, old->rev, old->body);
        numbers->live--;
    }
    if (row->body.len > 0) {
        digest_add(&numbers->digest, row->kind, row->id, row->rev, row->body);
        numbers->live++;
    }
}

static enum err replace(const struct scene *scene, const struct wire_row *old,
                        struct wire_row *row)
{
    struct numbers spare, *numbers;
    enum err err = numbers_open(scene, &spare, &numbers);
    if (err != ERR_OK) {
        return err;
    }
    change(numbers, old, row);
    err = numbers_close(scene, numbers);
    return err == ERR_OK ? write_row(scene, row) : err;
}

enum err feed_put(const struct scene *scene, struct str kind, struct str id,
                  struct str body)
{
    struct wire_row row = {0, kind, id, body}, old = {0, kind, id, {"", 0}};
    enum err err = ERR_OK;
    CHECK(body.len == 0 || !memchr(body.ptr, '\n', body.len));
    struct ask ask = ask_on(scene->storage, get_sql);
    ask_uid(&ask, ":centre", &scene->centre);
    ask_text(&ask, ":kind", kind);
    ask_text(&ask, ":id", id);
    if (ask_row(&ask)) {
        old.rev = ask_get_int(&ask, 0);
        old.body = ask_peek_text(&ask, 1);
    }
    /* The old body lives in the statement until its hash is out of the sum. */
    if (ask.err == ERR_OK && !str_eq(old.body, body)) {
        err = replace(scene, &old, &row);
    }
    enum err read = ask_done(&ask);
    return read != ERR_OK ? read : err;
}

/* ---- pages ------------------------------------------------------------------------- */

static enum err read_state(struct storage *storage, struct uid centre,
                           struct state *state_out)
{
    bool found = false;
    struct ask ask = ask_on(storage, state_sql);
    ask_uid(&ask, ":centre", &centre);
    if (ask_row(&ask)) {
        found = true;
        state_out->rev = ask_get_int(&ask, 0);
        state_out->compacted = ask_get_int(&ask, 1);
        state_out->live = ask_get_int(&ask, 2);
        ask_get_blob(&ask, 3, state_out->digest.b, sizeof state_out->digest.b);
    }
    return ask_done_found(&ask, found);
}

enum err feed_revision(struct storage *storage, struct uid centre, int64_t *rev_out)
{
    struct state state = {.rev = 0};
    enum err err = read_state(storage, centre, &state);
    if (err == ERR_OK) {
        *rev_out = state.rev;
    }
    return err;
}

/* One row more than a page has is asked for: it says whether there is another page. */
static enum err write_rows(struct storage *storage, struct uid centre, int most,
                           struct wire_page_end *end, struct bytes *out)
{
    size_t from = out->len;
    int count = 0;
    struct ask ask = ask_on(storage, end->since == 0 ? live_sql : rows_sql);
    ask_uid(&ask, ":centre", &centre);
    ask_int(&ask, ":max", most + 1);
    if (end->since != 0) {
        ask_int(&ask, ":since", end->since);
    }
    while (ask_row(&ask)) {
        if (count == most || out->len - from >= PAGE_BYTES) {
            end->more = true;
            break;
        }
        struct wire_row row = {ask_get_int(&ask, 0), ask_peek_text(&ask, 1),
                               ask_peek_text(&ask, 2), ask_peek_text(&ask, 3)};
        wire_page_row(out, &row);
        end->to = row.rev;
        count++;
    }
    return ask_done(&ask);
}

enum err feed_page(struct storage *storage, struct uid centre, struct feed_from from,
                   const struct key *server, struct bytes *out, struct feed_end *end_out)
{
    int64_t since = from.since;
    bool few = from.most > 0 && from.most < WIRE_PAGE_ROWS;
    struct state state = {.rev = 0};
    size_t at = out->len;
    enum err err = read_state(storage, centre, &state);
    if (err != ERR_OK) {
        return err;
    }
    /* A revision that was never given out is of a store that is gone. A deletion that is
     * forgotten while a pass from 0 goes on shows in the digest. */
    if (since > state.rev || (since > 0 && !from.anew && since < state.compacted)) {
        return ERR_NOT_FOUND;
    }
    struct wire_page_end end = {since, since, false, state.live, state.digest};
    err = write_rows(storage, centre, few ? from.most : WIRE_PAGE_ROWS, &end, out);
    if (err != ERR_OK) {
        return err;
    }
    if (!end.more) {
        end.to = state.rev;
    }
    wire_page_end(out, at, centre, &end, server);
    *end_out = (struct feed_end){end.to == since, end.more, end.to};
    return out->failed ? ERR_FULL : ERR_OK;
}

/* ---- forgetting deletions ---------------------------------------------------------- */

static enum err last_dead(const struct scene *scene, int64_t rev, int64_t *rev_out)
{
    struct ask ask = ask_on(scene->storage, dead_sql);
    ask_uid(&ask, ":centre", &scene->centre);
    ask_int(&ask, ":rev", rev);
    *rev_out = ask_row(&ask) ? ask_get_int(&ask, 0) : 0;
    return ask_done(&ask);
}

static enum err run_with_rev(const struct scene *scene, const char *sql, int64_t rev)
{
    struct ask ask = ask_on(scene->storage, sql);
    ask_uid(&ask, ":centre", &scene->centre);
    ask_int(&ask, ":rev", rev);
    return ask_run(&ask);
}

/* Only as far as something is dropped: nobody has to start anew without need. */
enum err feed_compact(const struct scene *scene, int64_t rev)
{
    int64_t last;
    enum err err = last_dead(scene, rev, &last);
    if (err == ERR_OK && last > 0) {
        err = run_with_rev(scene, drop_sql, last);
    }
    if (err == ERR_OK && last > 0) {
        err = run_with_rev(scene, compacted_sql, last);
    }
    return err;
}
