/* What the screens say about the way to the centre. */
#include "store/centre.h"

#include "store/feed_json.h"
#include "store/log.h"
#include "store/query.h"
#include "store/state.h"

#include <stdlib.h>
#include <string.h>

/* ---- contact ----------------------------------------------------------------------- */

static enum err write_contact(struct store *store, int64_t now_ms,
                              enum sync_trouble trouble)
{
    struct query q = query_on(
        &store->state,
        "INSERT INTO contact (one, centre_ms, boot, mono_ms, wall_ms, trouble)"
        " VALUES (1, :now, :boot, :mono, :wall, :trouble) ON CONFLICT (one) DO UPDATE"
        " SET centre_ms = iif(:now > 0, :now, centre_ms),"
        " boot = iif(:now > 0, :boot, boot), mono_ms = iif(:now > 0, :mono, mono_ms),"
        " wall_ms = iif(:now > 0, :wall, wall_ms), trouble = :trouble");
    query_int(&q, ":now", now_ms);
    query_int(&q, ":boot", store->boot);
    query_int(&q, ":mono", clock_mono_ms(&store->clock));
    query_int(&q, ":wall", clock_wall_ms(&store->clock));
    query_text(&q, ":trouble", str_of(sync_trouble_name(trouble)));
    return query_run(&q);
}

enum err store_contact(struct store *store, int64_t now_ms, enum sync_trouble trouble)
{
    if (now_ms < 0 || (int)trouble < 0 || trouble >= SYNC_TROUBLE_COUNT) {
        return ERR_INVALID;
    }
    enum err err = db_begin(&store->state);
    return err == ERR_OK ? db_end(&store->state, write_contact(store, now_ms, trouble))
                         : err;
}

/* Within one boot the monotonic clock tells; over a boot the wall clock does, if it was
 * set both times and did not run backward. */
static int64_t since(const struct store *store, int64_t boot, int64_t mono_ms,
                     int64_t wall_ms)
{
    int64_t now_mono = clock_mono_ms(&store->clock);
    int64_t now_wall = clock_wall_ms(&store->clock);
    if (boot == store->boot && now_mono >= mono_ms) {
        return now_mono - mono_ms;
    }
    bool sane = wall_ms >= CLOCK_SANE_MS && now_wall >= wall_ms;
    return sane ? now_wall - wall_ms : -1;
}

static enum err read_contact(struct store *store, struct sync_receipts *receipts)
{
    struct query q = query_on(&store->state, "SELECT centre_ms, boot, mono_ms, wall_ms,"
                                             " trouble FROM contact");
    receipts->since_ms = -1;
    if (query_row(&q)) {
        receipts->last_ms = query_get_int(&q, 0);
        if (receipts->last_ms > 0) {
            receipts->since_ms = since(store, query_get_int(&q, 1), query_get_int(&q, 2),
                                       query_get_int(&q, 3));
        }
        receipts->trouble = sync_trouble_from_name(query_peek_text(&q, 4).ptr);
    }
    return query_done(&q);
}

/* ---- parked ------------------------------------------------------------------------ */

#define VERDICT_ID_SIZE 96

/* Ids of verdicts about this device lie between "DEV." and "DEV/". */
static enum err bind_verdicts(struct store *store, struct query *q,
                              char low[VERDICT_ID_SIZE], char high[VERDICT_ID_SIZE])
{
    struct device_now now;
    struct buf b;
    char dev[UID_TEXT_SIZE];
    enum err err = device_now(store, &now);
    if (err == ERR_OK) {
        uid_format(now.id, dev);
        buf_init(&b, low, VERDICT_ID_SIZE);
        buf_printf(&b, "%s.", dev);
        buf_init(&b, high, VERDICT_ID_SIZE);
        buf_printf(&b, "%s/", dev);
        query_text(q, ":low", str_of(low));
        query_text(q, ":high", str_of(high));
    }
    return err;
}

static enum err count_parked(struct store *store, int64_t *count_out)
{
    char low[VERDICT_ID_SIZE], high[VERDICT_ID_SIZE];
    struct query q = query_on(&store->feed, "SELECT count(*) FROM feed_row"
                                            " WHERE kind = 'verdict' AND id > :low"
                                            " AND id < :high");
    enum err err = bind_verdicts(store, &q, low, high);
    if (err == ERR_OK && query_row(&q)) {
        *count_out = query_get_int(&q, 0);
    }
    enum err done = query_done(&q);
    return err == ERR_OK ? done : err;
}

static enum err kind_of(struct store *store, struct sync_parked *parked)
{
    struct query q = query_on(&store->state, "SELECT kind FROM event WHERE seq = :seq");
    query_int(&q, ":seq", parked->seq);
    if (query_row(&q)) {
        struct str kind = query_peek_text(&q, 0);
        str_copy(parked->kind, sizeof parked->kind, kind);
    }
    return query_done(&q);
}

/* A verdict whose words are not understood is one all the same. */
static void read_verdict(struct query *q, struct sync_parked *parked)
{
    struct str id = query_peek_text(q, 0), body = query_peek_text(q, 1);
    const char *dot = strrchr(id.ptr, '.');
    json_t *root = feed_json_open(body);
    memset(parked, 0, sizeof *parked);
    parked->seq = dot ? strtoll(dot + 1, NULL, 10) : 0;
    str_copy(parked->why, sizeof parked->why, feed_json_text(root, "why"));
    json_decref(root);
}

static enum err read_parked(struct store *store, struct sync_parked *list, size_t max,
                            size_t *count)
{
    char low[VERDICT_ID_SIZE], high[VERDICT_ID_SIZE];
    struct query q = query_on(&store->feed, "SELECT id, body FROM feed_row"
                                            " WHERE kind = 'verdict' AND id > :low"
                                            " AND id < :high ORDER BY rev");
    enum err err = bind_verdicts(store, &q, low, high);
    bool more = false;
    while (err == ERR_OK && !more && query_row(&q)) {
        more = *count == max;
        if (!more) {
            read_verdict(&q, &list[*count]);
            err = kind_of(store, &list[*count]);
            (*count)++;
        }
    }
    enum err done = query_done(&q);
    err = err == ERR_OK ? done : err;
    return err == ERR_OK && more ? ERR_FULL : err;
}

enum err store_parked(struct store *store, struct sync_parked *list, size_t max,
                      size_t *count_out)
{
    size_t count = 0;
    enum err err = read_parked(store, list, max, &count);
    if (err == ERR_OK || err == ERR_FULL) {
        *count_out = count;
    }
    return err;
}

/* ---- receipts ---------------------------------------------------------------------- */

static enum err read_log(struct store *store, struct sync_receipts *receipts)
{
    struct query q = query_on(&store->state, "SELECT coalesce(max(seq), 0) FROM event");
    if (query_row(&q)) {
        receipts->written = query_get_int(&q, 0);
    }
    enum err err = query_done(&q);
    return err == ERR_OK ? log_acked(store, LOG_ANY_EPOCH, &receipts->acked) : err;
}

enum err store_receipts(struct store *store, struct sync_receipts *receipts_out)
{
    struct sync_receipts receipts = {.since_ms = -1};
    enum err err = centre_is(store, &receipts.enrolled);
    if (err == ERR_OK) {
        err = read_log(store, &receipts);
    }
    if (err == ERR_OK) {
        err = read_contact(store, &receipts);
    }
    if (err == ERR_OK && receipts.enrolled) {
        err = count_parked(store, &receipts.parked);
    }
    if (err == ERR_OK) {
        *receipts_out = receipts;
    }
    return err;
}
