/* A fact on its way into the log. */
#include "store/fact.h"

#include "proof/chain.h"
#include "store/query.h"
#include "store/state.h"

#include <sodium.h>
#include <string.h>

#define AT_ONCE_MS 1000 /* between a moment and the fact that tells it */

/* ---- the body ---------------------------------------------------------------------- */

void fact_init(struct fact *fact, enum kind kind, struct uid id)
{
    fact->kind = kind;
    fact->id = id;
    fact->at = (struct moment){0};
    buf_init(&fact->body, fact->memory, sizeof fact->memory);
    buf_putc(&fact->body, '{');
}

static void put_name(struct fact *fact, const char *name)
{
    char last = fact->body.data[fact->body.len - 1];
    if (last != '{') {
        buf_putc(&fact->body, ',');
    }
    buf_json(&fact->body, str_of(name));
    buf_putc(&fact->body, ':');
}

static void put_raw(struct fact *fact, const char *name, const char *json)
{
    put_name(fact, name);
    buf_puts(&fact->body, json);
}

void fact_text(struct fact *fact, const char *name, struct str text)
{
    put_name(fact, name);
    buf_json(&fact->body, text);
}

void fact_uid(struct fact *fact, const char *name, struct uid id)
{
    char text[UID_TEXT_SIZE];
    if (!uid_is_nil(id)) {
        uid_format(id, text);
        fact_text(fact, name, str_of(text));
    }
}

void fact_int(struct fact *fact, const char *name, int64_t value)
{
    put_name(fact, name);
    buf_printf(&fact->body, "%lld", (long long)value);
}

void fact_bool(struct fact *fact, const char *name, bool value)
{
    put_raw(fact, name, value ? "true" : "false");
}

void fact_count(struct fact *fact, const char *name, int64_t value)
{
    if (value != 0) {
        fact_int(fact, name, value);
    }
}

void fact_flag(struct fact *fact, const char *name, bool value)
{
    if (value) {
        fact_bool(fact, name, true);
    }
}

void fact_word(struct fact *fact, const char *name, const char *word, const char *usual)
{
    if (strcmp(word, usual) != 0) {
        fact_text(fact, name, str_of(word));
    }
}

void fact_date(struct fact *fact, const char *name, date_t date)
{
    char text[11];
    if (date != DATE_NONE) {
        date_format(date, text);
        fact_text(fact, name, str_of(text));
    }
}

void fact_time(struct fact *fact, const char *name, int minute)
{
    char text[6];
    time_format(minute, text);
    fact_text(fact, name, str_of(text));
}

void fact_field(struct fact *fact, const char *name, int field)
{
    char code[FIELD_CODE_SIZE];
    if (field >= 1 && field <= FIELD_MAX) {
        field_code(field, code);
        fact_text(fact, name, str_of(code));
    }
}

void fact_fields(struct fact *fact, const char *name, field_set_t fields)
{
    const char *between = "";
    put_raw(fact, name, "[");
    for (int field = 1; field <= FIELD_MAX; field++) {
        char code[FIELD_CODE_SIZE];
        if (field_in(fields, field)) {
            field_code(field, code);
            buf_printf(&fact->body, "%s\"%s\"", between, code);
            between = ",";
        }
    }
    buf_putc(&fact->body, ']');
}

void fact_bytes(struct fact *fact, const char *name, const uint8_t *bytes, size_t len)
{
    char text[FACT_BODY_SIZE / 2];
    if (len == 0) {
        return;
    }
    CHECK(sodium_base64_ENCODED_LEN(len, sodium_base64_VARIANT_ORIGINAL) <= sizeof text);
    sodium_bin2base64(text, sizeof text, bytes, len, sodium_base64_VARIANT_ORIGINAL);
    fact_text(fact, name, str_of(text));
}

/* How far it may be off is null if nobody knows. */
static void put_moment(struct fact *fact, const struct moment *m)
{
    if (!moment_is(m)) {
        buf_puts(&fact->body, "null");
        return;
    }
    buf_printf(&fact->body, "{\"wall_ms\":%lld,\"boot\":%lld,\"mono_ms\":%lld,",
               (long long)m->wall_ms, (long long)m->boot, (long long)m->mono_ms);
    buf_puts(&fact->body, "\"uncertainty_ms\":");
    if (m->uncertainty_ms == MOMENT_UNSURE) {
        buf_puts(&fact->body, "null}");
    } else {
        buf_printf(&fact->body, "%lld}", (long long)m->uncertainty_ms);
    }
}

/* An event is never later than the clock says, nor much earlier than the one before. */
static bool is_now(const struct store *store, const struct moment *m)
{
    int64_t ago_ms = clock_mono_ms(&store->clock) - m->mono_ms;
    return m->boot == store->boot && m->uncertainty_ms == 0 && ago_ms >= 0 &&
           ago_ms < AT_ONCE_MS;
}

void fact_at(struct fact *fact, const struct store *store, const struct moment *at)
{
    if (is_now(store, at)) {
        fact->at = *at;
    } else {
        put_name(fact, "at");
        put_moment(fact, at);
    }
}

void fact_moments(struct fact *fact, const char *name, const struct moment *list, size_t count)
{
    put_raw(fact, name, "[");
    for (size_t i = 0; i < count; i++) {
        buf_puts(&fact->body, i > 0 ? "," : "");
        put_moment(fact, &list[i]);
    }
    buf_putc(&fact->body, ']');
}

void fact_open(struct fact *fact, const char *name)
{
    put_raw(fact, name, "{");
}

void fact_close(struct fact *fact)
{
    buf_putc(&fact->body, '}');
}

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
