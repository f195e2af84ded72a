/* A newer program on a kiosk: it writes facts that nothing here understands. */
#include "store/query.h"
#include "store/state.h"
#include "sync/net/kiosk.h"

static enum err insert(struct store *store, struct uid fact)
{
    struct query q = query_on(
        &store->state,
        "INSERT INTO event (seq, id, kind, version, boot, mono_ms, wall_ms, body,"
        " participant, salt, hash)"
        " SELECT next, :id, :kind, :version, :boot, 5, 6, '{\"mood\":3}', NULL, :salt,"
        " line_hash(next, :id, :kind, :version, :boot, 5, 6, :salt, '{\"mood\":3}')"
        " FROM (SELECT coalesce(max(seq), 0) + 1 AS next FROM event)");
    bool newer = fact.b[1] % 2;
    query_uid(&q, ":id", &fact);
    query_text(&q, ":kind", newer ? STR("talk.asked") : STR("job.mood"));
    query_int(&q, ":version", newer ? 99 : 1);
    query_int(&q, ":boot", store->boot);
    query_blob(&q, ":salt", fact.b, CHAIN_SALT_SIZE);
    return query_run(&q);
}

static enum err is_there(struct store *store, struct uid fact, bool *there_out)
{
    struct query q = query_on(&store->state, "SELECT 1 FROM event WHERE id = :id");
    query_uid(&q, ":id", &fact);
    *there_out = query_row(&q);
    return query_done(&q);
}

static enum err write(struct store *store, struct uid fact)
{
    bool there = false;
    enum err err = device_settle_boot(store);
    if (err == ERR_OK) {
        err = is_there(store, fact, &there);
    }
    return err == ERR_OK && !there ? insert(store, fact) : err;
}

enum err kiosk_write_future(struct kiosk *kiosk, struct uid fact)
{
    enum err err = db_begin(&kiosk->store->state);
    return err == ERR_OK ? db_end(&kiosk->store->state, write(kiosk->store, fact)) : err;
}
