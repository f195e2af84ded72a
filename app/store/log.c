/* The log as the centre gets it: where it begins, its lines, its head, and the receipts.
 *
 * A receipt is what the centre acknowledged of one epoch. The log of a new epoch begins
 * behind what the receipt of the newest older one knows: nothing is left out, and little
 * is told twice. */
#include "store/log.h"

#include "store/line.h"
#include "store/query.h"
#include "store/state.h"

static enum err read_written(struct store *store, int64_t *written_out)
{
    struct query q = query_on(&store->state, "SELECT coalesce(max(seq), 0) FROM event");
    if (query_row(&q)) {
        *written_out = query_get_int(&q, 0);
    }
    return query_done(&q);
}

enum err log_acked(struct store *store, int64_t before_epoch, int64_t *seq_out)
{
    int64_t seq = 0;
    struct query q =
        query_on(&store->state, "SELECT seq FROM receipt WHERE epoch < :epoch"
                                " ORDER BY epoch DESC LIMIT 1");
    query_int(&q, ":epoch", before_epoch);
    if (query_row(&q)) {
        seq = query_get_int(&q, 0);
    }
    enum err err = query_done(&q);
    if (err == ERR_OK) {
        *seq_out = seq;
    }
    return err;
}

static enum err read_receipt(struct store *store, struct sync_log *log, bool *found_out)
{
    struct query q = query_on(
        &store->state, "SELECT start, seq, head FROM receipt WHERE epoch = :epoch");
    query_int(&q, ":epoch", log->epoch);
    *found_out = query_row(&q);
    if (*found_out) {
        log->start = query_get_int(&q, 0);
        log->seq = query_get_int(&q, 1);
        query_get_blob(&q, 2, log->head.b, sizeof log->head.b);
    }
    return query_done(&q);
}

/* Nothing of this epoch is acknowledged. */
static enum err begin_log(struct store *store, struct uid dev, struct sync_log *log)
{
    int64_t acked = 0;
    enum err err = log_acked(store, log->epoch, &acked);
    if (err == ERR_OK) {
        log->start = acked + 1;
        log->seq = acked;
        log->head = chain_start(dev, log->epoch, log->start);
    }
    return err;
}

static enum err read_log(struct store *store, struct sync_log *log)
{
    struct device_now now;
    bool found = false;
    enum err err = device_now(store, &now);
    if (err == ERR_OK) {
        log->epoch = now.epoch;
        err = read_receipt(store, log, &found);
    }
    if (err == ERR_OK && !found) {
        err = begin_log(store, now.id, log);
    }
    return err == ERR_OK ? read_written(store, &log->written) : err;
}

static enum err settle(struct store *store)
{
    struct device_now now;
    enum err err = device_now(store, &now);
    if (err != ERR_OK || (now.at_home && now.settled)) {
        return err;
    }
    err = db_begin(&store->state);
    return err == ERR_OK ? db_end(&store->state, device_settle_boot(store)) : err;
}

enum err store_log_get(struct store *store, struct sync_log *log_out)
{
    struct sync_log log = {0};
    enum err err = settle(store);
    if (err == ERR_OK) {
        err = db_begin_read(&store->state);
    }
    if (err != ERR_OK) {
        return err;
    }
    err = read_log(store, &log);
    db_end_read(&store->state);
    if (err == ERR_OK) {
        *log_out = log;
    }
    return err;
}

/* ---- head -------------------------------------------------------------------------- */

static enum err chain_up(struct store *store, int64_t after, int64_t to,
                         struct chain_hash *head)
{
    int64_t seq = after;
    struct query q = query_on(&store->state, "SELECT seq, hash FROM event"
                                             " WHERE seq > :after AND seq <= :to"
                                             " ORDER BY seq");
    query_int(&q, ":after", after);
    query_int(&q, ":to", to);
    while (query_row(&q)) {
        struct chain_hash hash;
        seq = query_get_int(&q, 0);
        query_get_blob(&q, 1, hash.b, sizeof hash.b);
        *head = chain_next(head, &hash);
    }
    return query_done_found(&q, seq == to);
}

enum err store_log_head(struct store *store, const struct sync_log *log, int64_t seq,
                        struct chain_hash *head_out)
{
    struct device_now now;
    struct chain_hash head = log->head;
    int64_t from = log->seq;
    if (seq < log->start - 1) {
        return ERR_NOT_FOUND;
    }
    enum err err = device_now(store, &now);
    if (seq < from) {
        from = log->start - 1;
        head = chain_start(now.id, log->epoch, log->start);
    }
    if (err == ERR_OK) {
        err = chain_up(store, from, seq, &head);
    }
    if (err == ERR_OK) {
        *head_out = head;
    }
    return err;
}

/* ---- lines ------------------------------------------------------------------------- */

static void read_row(struct query *q, struct line_row *row)
{
    row->seq = query_get_int(q, 0);
    row->id = query_get_uid(q, 1);
    row->kind = query_peek_text(q, 2);
    row->version = query_get_int(q, 3);
    row->boot = query_get_int(q, 4);
    row->mono_ms = query_get_int(q, 5);
    row->wall_ms = query_get_int(q, 6);
    row->body = query_peek_text(q, 7);
}

static bool is_line(struct buf *line, const struct line_row *row, unsigned form,
                    const struct chain_hash *hash)
{
    buf_clear(line);
    line_put(line, row, form);
    struct chain_hash made = chain_line_hash(buf_str(line));
    return !line->cut && chain_eq(&made, hash);
}

/* What another version of this program wrote may have another form. What has none was
 * damaged on the disk: it must not go out as something else. */
static void put_line(struct query *q, struct buf *line, const struct chain_hash *hash)
{
    struct line_row row;
    read_row(q, &row);
    unsigned form = line_form(row.kind), other = 0;
    if (row.body.len == 0) {
        line_put_gone(line, row.seq, hash);
        return;
    }
    query_get_blob(q, 8, row.salt, sizeof row.salt);
    while (other < LINE_FORMS && !is_line(line, &row, form ^ other, hash)) {
        other++;
    }
    if (other == LINE_FORMS) {
        query_corrupt(q);
    }
}

enum err store_log_lines(struct store *store, int64_t from, sync_line_fn *each, void *ctx)
{
    char memory[SYNC_LINE_SIZE];
    struct buf line;
    struct chain_hash hash;
    enum err err = ERR_OK;
    struct query q =
        query_on(&store->state,
                 "SELECT seq, id, kind, version, boot, mono_ms, wall_ms, body, salt,"
                 " hash FROM event WHERE seq >= :from ORDER BY seq");
    query_int(&q, ":from", from);
    while (err == ERR_OK && query_row(&q)) {
        buf_init(&line, memory, sizeof memory);
        query_get_blob(&q, 9, hash.b, sizeof hash.b);
        put_line(&q, &line, &hash);
        err = q.err == ERR_OK ? each(ctx, query_get_int(&q, 0), buf_str(&line), &hash)
                              : q.err;
    }
    enum err read = query_done(&q);
    return err == ERR_OK || err == ERR_FULL ? read : err;
}

/* ---- receipts ---------------------------------------------------------------------- */

static enum err write_receipt(struct store *store, const struct sync_log *log)
{
    struct query q = query_on(&store->state,
                              "INSERT INTO receipt (epoch, start, seq, head)"
                              " VALUES (:epoch, :start, :seq, :head) ON CONFLICT (epoch)"
                              " DO UPDATE SET start = excluded.start, seq = excluded.seq,"
                              " head = excluded.head");
    query_int(&q, ":epoch", log->epoch);
    query_int(&q, ":start", log->start);
    query_int(&q, ":seq", log->seq);
    query_blob(&q, ":head", log->head.b, sizeof log->head.b);
    return query_run(&q);
}

enum err store_log_ack(struct store *store, const struct sync_log *log)
{
    if (log->epoch < 1 || log->start < 1 || log->seq < log->start - 1) {
        return ERR_INVALID;
    }
    enum err err = db_begin(&store->state);
    return err == ERR_OK ? db_end(&store->state, write_receipt(store, log)) : err;
}

enum err store_log_new_epoch(struct store *store)
{
    enum err err = db_begin(&store->state);
    return err == ERR_OK ? db_end(&store->state, device_begin_epoch(store)) : err;
}
