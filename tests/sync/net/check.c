/* What must hold at the centre and on kiosks at every moment. */
#include "store/query.h"
#include "store/state.h"
#include "sync/net/world.h"

#include <stdio.h>

/* ---- after each transaction of the centre ------------------------------------------ */

/* confirmed ≤ places, and confirmed and what kiosks may still give away ≤ places. */
static const char over_booked[] =
    "SELECT count(*) FROM offer o WHERE o.places <"
    " (SELECT count(*) FROM wish w WHERE w.centre = o.centre AND w.code = o.code"
    "  AND w.date = o.date AND w.state = 'confirmed')";
static const char over_promised[] =
    "SELECT count(*) FROM offer o WHERE o.state = 'open' AND o.places <"
    " (SELECT count(*) FROM wish w WHERE w.centre = o.centre AND w.code = o.code"
    "  AND w.date = o.date AND w.state = 'confirmed') +"
    " (SELECT coalesce(sum(max(l.places - l.used, 0)), 0) FROM lease l"
    "  WHERE l.centre = o.centre AND l.code = o.code AND l.date = o.date"
    "  AND l.state IN ('granted', 'recalled'))";

static bool must_be(struct world *world, int64_t wanted, const char *sql,
                    const char *wrong, const char *what)
{
    int64_t got = centre_number(&world->centre, sql, NULL);
    return got == wanted || world->failed ||
           world_fail(world, wrong, "%s (%lld)", what, (long long)got);
}

bool world_check_commit(struct world *world)
{
    struct centre *centre = &world->centre;
    if (world->failed || !centre->storage) {
        return false;
    }
    int64_t writes = centre_number(centre, "SELECT total_changes()", NULL);
    if (writes == centre->writes_checked) {
        return true; /* nothing was written since all held */
    }
    centre->writes_checked = writes;
    return must_be(world, 0, over_booked, "places", "more confirmed than places") &&
           must_be(world, 0, over_promised, "leases",
                   "more confirmed and leased than places");
}

/* ---- receipts ---------------------------------------------------------------------- */

/* What the centre has of the log that a receipt speaks of; -1: no such log. */
static int64_t centre_has(struct world *world, const struct kiosk *kiosk,
                          const struct sync_log *log)
{
    int64_t seq = -1;
    struct ask ask = ask_on(world->centre.storage,
                            "SELECT seq FROM log WHERE centre = :centre AND dev = :dev"
                            " AND epoch = :epoch AND start = :start");
    ask_uid(&ask, ":centre", &world->homes[kiosk->home]);
    ask_uid(&ask, ":dev", &kiosk->dev);
    ask_int(&ask, ":epoch", log->epoch);
    ask_int(&ask, ":start", log->start);
    if (ask_row(&ask)) {
        seq = ask_get_int(&ask, 0);
    }
    return ask_done(&ask) == ERR_OK ? seq : -1;
}

/* The newest receipt, as it stands on the card. */
static bool read_receipt(struct kiosk *kiosk, struct sync_log *log)
{
    struct query q =
        query_on(&kiosk->store->state, "SELECT epoch, start, seq FROM receipt"
                                       " ORDER BY epoch DESC LIMIT 1");
    bool found = query_row(&q);
    if (found) {
        log->epoch = query_get_int(&q, 0);
        log->start = query_get_int(&q, 1);
        log->seq = query_get_int(&q, 2);
    }
    return query_done(&q) == ERR_OK && found;
}

bool world_check_kiosk(struct world *world, struct kiosk *kiosk)
{
    struct sync_centre centre;
    struct sync_log log = {0};
    if (world->failed || !kiosk->store || !world->centre.storage ||
        store_centre_get(kiosk->store, &centre) != ERR_OK ||
        centre.generation != world->generation || !read_receipt(kiosk, &log)) {
        return true; /* belongs to none, or has not heard yet that the centre was put back
                      */
    }
    int64_t has = centre_has(world, kiosk, &log);
    return log.seq < log.start || has >= log.seq ||
           world_fail(world, "acked",
                      "kiosk %d: %lld acknowledged in epoch %lld, the centre has %lld",
                      kiosk->slot, (long long)log.seq, (long long)log.epoch,
                      (long long)has);
}

/* ---- after each start of the centre ------------------------------------------------ */

static const char bad_logs[] =
    "SELECT count(*) FROM log l WHERE l.seq - l.start + 1 <> (SELECT count(*) FROM event "
    "e"
    " WHERE e.centre = l.centre AND e.dev = l.dev AND e.epoch = l.epoch"
    " AND e.seq BETWEEN l.start AND l.seq) OR l.signed > l.seq";
static const char loose_events[] =
    "SELECT count(*) FROM event e WHERE NOT EXISTS (SELECT 1 FROM log l"
    " WHERE l.centre = e.centre AND l.dev = e.dev AND l.epoch = e.epoch"
    " AND e.seq BETWEEN l.start AND l.seq)";
static const char bad_feed[] =
    "SELECT count(*) FROM centre c WHERE c.live <> (SELECT count(*) FROM feed f"
    " WHERE f.centre = c.id AND f.body IS NOT NULL)";

bool world_check_centre(struct world *world)
{
    char memory[200];
    struct buf why;
    if (world->failed || !world->centre.storage) {
        return false;
    }
    buf_init(&why, memory, sizeof memory);
    enum err err = storage_check(world->centre.storage, &why);
    if (err != ERR_OK) {
        return world_fail(world, "check", "the centre's file: %s: %s", err_name(err),
                          memory);
    }
    for (int i = 0; i < WORLD_BODIES && !world->failed; i++) {
        if (world->kiosks[i].there) {
            world_check_kiosk(world, &world->kiosks[i]);
        }
    }
    return must_be(world, 0, bad_logs, "log", "a log at the centre has holes") &&
           must_be(world, 0, loose_events, "log", "events of no log at the centre") &&
           must_be(world, 0, bad_feed, "feed", "the feed's count is wrong") &&
           world_check_commit(world);
}
