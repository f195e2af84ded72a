/* The log as JSON, one object an event, in the order of its numbers:
 *
 *   {"seq":1,"id":"…","kind":"wish.made","v":1,"boot":3,"mono_ms":5,"wall_ms":6,
 *    "body":{…}}
 *
 * id is the text of a struct uid, body the bytes as they were written or null if they were
 * forgotten; README.md tells what each kind's body holds. */
#include "store/state.h"

#include "store/fact.h"
#include "store/query.h"

#define EVENT_SIZE (FACT_BODY_SIZE + 512)

static void put_event(struct query *q, struct buf *b)
{
    char id[UID_TEXT_SIZE];
    uid_format(query_get_uid(q, 1), id);
    buf_printf(b, "{\"seq\":%lld,\"id\":\"%s\",\"kind\":", (long long)query_get_int(q, 0),
               id);
    buf_json(b, query_peek_text(q, 2));
    buf_printf(b, ",\"v\":%lld,\"boot\":%lld,\"mono_ms\":%lld,\"wall_ms\":%lld,\"body\":",
               (long long)query_get_int(q, 3), (long long)query_get_int(q, 4),
               (long long)query_get_int(q, 5), (long long)query_get_int(q, 6));
    buf_put(b, query_peek_text(q, 7).len > 0 ? query_peek_text(q, 7) : STR("null"));
    buf_putc(b, '}');
    if (b->cut) {
        query_corrupt(q);
    }
}

enum err store_events(struct store *store, int64_t after_seq, store_event_fn *each,
                      void *ctx)
{
    char memory[EVENT_SIZE];
    struct buf b;
    enum err err = ERR_OK;
    struct query q = query_on(
        &store->state, "SELECT seq, id, kind, version, boot, mono_ms, wall_ms, body"
                       " FROM event WHERE seq > :after ORDER BY seq");
    query_int(&q, ":after", after_seq);
    while (err == ERR_OK && query_row(&q)) {
        buf_init(&b, memory, sizeof memory);
        put_event(&q, &b);
        err = q.err == ERR_OK ? each(ctx, buf_str(&b)) : q.err;
    }
    enum err read = query_done(&q);
    return err == ERR_OK ? read : err;
}
