/* A fact on its way into the log. */
#include "store/fact.h"

#include "proof/chain.h"
#include "store/query.h"
#include "store/state.h"

/* The finished body: the last brace is not in the buffer, as more members may follow. */
static struct str finished(struct fact *fact, char out[FACT_BODY_SIZE + 1])
{
    struct buf b;
    CHECK(!fact->body.cut);
    buf_init(&b, out, FACT_BODY_SIZE + 1);
    buf_put(&b, buf_str(&fact->body));
    buf_putc(&b, '}');
    return buf_str(&b);
}

/* ---- the log ----------------------------------------------------------------------- */

enum err fact_seen(struct store *store, struct fact *fact, bool *seen_out)
{
    char memory[FACT_BODY_SIZE + 1];
    bool known = false, same = false;
    struct str body = finished(fact, memory);
    struct query q =
        query_on(&store->state, "SELECT kind, body FROM event WHERE id = :id");
    query_blob(&q, ":id", fact->id.b, sizeof fact->id.b);
    if (query_row(&q)) {
        known = true;
        same = str_eq(query_peek_text(&q, 0), str_of(kinds[fact->kind].name)) &&
               (query_peek_text(&q, 1).len == 0 || str_eq(query_peek_text(&q, 1), body));
    }
    enum err err = query_done(&q);
    if (err == ERR_OK && known && !same) {
        db_say(&store->state, "this id belongs to another fact");
        err = ERR_CONFLICT;
    }
    if (err == ERR_OK) {
        *seen_out = known;
    }
    return err;
}

struct event {
    int64_t seq, boot, mono_ms, wall_ms;
    struct uid id;
    struct str body;
};

static void bind_event(struct query *q, enum kind kind, const struct event *event)
{
    const struct {
        const char *name;
        int64_t value;
    } numbers[] = {
        {":seq", event->seq},
        {":boot", event->boot},
        {":mono_ms", event->mono_ms},
        {":wall_ms", event->wall_ms},
    };
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
        if (sqlite3_bind_parameter_index(q->stmt, numbers[i].name) > 0) {
            query_int(q, numbers[i].name, numbers[i].value);
        }
    }
    if (sqlite3_bind_parameter_index(q->stmt, ":kind") > 0) {
        query_text(q, ":kind", str_of(kinds[kind].name));
    }
    if (sqlite3_bind_parameter_index(q->stmt, ":id") > 0) {
        query_blob(q, ":id", event->id.b, sizeof event->id.b);
    }
    query_text(q, ":body", event->body);
}

static enum err project(struct store *store, enum kind kind, const struct event *event)
{
    enum err err = ERR_OK;
    for (int i = 0; i < KIND_STATEMENTS_MAX && kinds[kind].project[i] && err == ERR_OK;
         i++) {
        struct query q = query_on(&store->state, kinds[kind].project[i]);
        bind_event(&q, kind, event);
        err = query_run(&q);
    }
    return err;
}

static enum err insert_event(struct store *store, enum kind kind, struct event *event)
{
    uint8_t salt[CHAIN_SALT_SIZE];
    rng_fill(&store->rng, salt, sizeof salt);
    /* The number comes from the table within the transaction: no gap, no repetition. */
    struct query q = query_on(
        &store->state,
        "INSERT INTO event (seq, id, kind, version, boot, mono_ms, wall_ms, body,"
        " participant, salt, hash)"
        " SELECT next, :id, :kind, :version, :boot, :mono_ms, :wall_ms, :body,"
        " uid(:body ->> 'participant'), :salt,"
        " line_hash(next, :id, :kind, :version, :boot, :mono_ms, :wall_ms, :salt, :body)"
        " FROM (SELECT coalesce(max(seq), 0) + 1 AS next FROM event) RETURNING seq");
    query_blob(&q, ":id", event->id.b, sizeof event->id.b);
    query_text(&q, ":kind", str_of(kinds[kind].name));
    query_int(&q, ":version", kinds[kind].version);
    query_int(&q, ":boot", event->boot);
    query_int(&q, ":mono_ms", event->mono_ms);
    query_int(&q, ":wall_ms", event->wall_ms);
    query_text(&q, ":body", event->body);
    query_blob(&q, ":salt", salt, sizeof salt);
    if (query_row(&q)) {
        event->seq = query_get_int(&q, 0);
        query_row(&q);
    }
    return query_done(&q);
}

static void take_time(const struct store *store, const struct moment *at,
                      struct event *event)
{
    bool known = moment_is(at);
    event->boot = known ? at->boot : store->boot;
    event->mono_ms = known ? at->mono_ms : clock_mono_ms(&store->clock);
    event->wall_ms = known ? at->wall_ms : clock_wall_ms(&store->clock);
}

enum err fact_append(struct store *store, struct fact *fact)
{
    char memory[FACT_BODY_SIZE + 1];
    struct event event = {.id = fact->id, .body = finished(fact, memory)};
    enum err err = ERR_OK;
    if (fact->kind != KIND_KIOSK_STARTED && fact->kind != KIND_EPOCH_BEGUN) {
        err = device_settle_boot(store);
    }
    if (err == ERR_OK) {
        take_time(store, &fact->at, &event);
        err = insert_event(store, fact->kind, &event);
    }
    return err == ERR_OK ? project(store, fact->kind, &event) : err;
}

/* ---- replay ------------------------------------------------------------------------ */

static enum err forget_projections(struct store *store)
{
    /* Kept tables point into the projections; that holds again at the commit. */
    static const char *const statements[] = {
        "PRAGMA defer_foreign_keys = ON",
        "DELETE FROM vote",
        "DELETE FROM voice",
        "DELETE FROM note",
        "DELETE FROM evaluation_event",
        "DELETE FROM job_event",
        "DELETE FROM person_key",
        "DELETE FROM team_key",
        "DELETE FROM talk",
        "DELETE FROM unfit",
        "DELETE FROM lease_returned",
        "DELETE FROM wish",
        "DELETE FROM card",
        "DELETE FROM staff",
        "DELETE FROM participant",
    };
    enum err err = ERR_OK;
    for (size_t i = 0; i < ARRAY_LEN(statements) && err == ERR_OK; i++) {
        struct query q = query_on(&store->state, statements[i]);
        err = query_run(&q);
    }
    return err;
}

static enum err replay_log(struct store *store)
{
    struct query q = query_on(
        &store->state, "SELECT seq, boot, mono_ms, wall_ms, id, kind, body FROM event"
                       " WHERE body <> '' ORDER BY seq");
    enum err err = ERR_OK;
    while (err == ERR_OK && query_row(&q)) {
        struct event event = {query_get_int(&q, 0), query_get_int(&q, 1),
                              query_get_int(&q, 2), query_get_int(&q, 3),
                              query_get_uid(&q, 4), query_peek_text(&q, 6)};
        enum kind kind = kind_from_name(query_peek_text(&q, 5).ptr);
        /* A kind that a newer program wrote changes nothing that this one shows. */
        err = kind < KIND_COUNT ? project(store, kind, &event) : ERR_OK;
    }
    enum err read = query_done(&q);
    return err == ERR_OK ? read : err;
}

enum err fact_replay(struct store *store)
{
    enum err err = db_begin(&store->state);
    if (err != ERR_OK) {
        return err;
    }
    err = forget_projections(store);
    if (err == ERR_OK) {
        err = replay_log(store);
    }
    return db_end(&store->state, err);
}
