/* One batch of the log to the centre. */
#include "client/inside.h"

#include <stdio.h>
#include <string.h>

#define BEARS_TIMES 4
#define FRESH_BELOW 128 /* more than that, and the line is not cut by bytes */

struct writing {
    struct wire_pack *pack;
    const struct batch_limits *limits;
    struct batch batch;
    int events, unchecked;
    size_t raw;
};

/* A check stands before the next line, not behind the last: there the signature comes. */
static enum err put_line(void *ctx, int64_t seq, struct str line,
                         const struct chain_hash *hash)
{
    struct writing *writing = ctx;
    const struct batch_limits *limits = writing->limits;
    if (writing->events == limits->events ||
        (writing->events > 0 && writing->raw + line.len + 1 > limits->raw)) {
        return ERR_FULL;
    }
    if (seq != writing->batch.last + 1) {
        return ERR_CORRUPT;
    }
    if (limits->check_every > 0 && writing->unchecked == limits->check_every) {
        wire_pack_check(writing->pack, &writing->batch.head);
        writing->unchecked = 0;
    }
    wire_pack_line(writing->pack, line);
    writing->batch.head = chain_next(&writing->batch.head, hash);
    writing->batch.last = seq;
    writing->events++;
    writing->unchecked++;
    writing->raw += line.len + 1;
    return ERR_OK;
}

static enum err sign_batch(struct client *client, struct wire_pack *pack,
                           const struct chain_hash *head)
{
    uint8_t signature[KEY_SIGNATURE_SIZE];
    struct key key;
    enum err err = client_key(client, &key);
    if (err == ERR_OK) {
        chain_sign(&key, head, signature);
        err = wire_pack_end(pack, signature);
        key_wipe(&key);
    }
    return err;
}

enum err client_batch(struct client *client, struct wire_pack *pack,
                      const struct sync_log *log, const struct batch_limits *limits,
                      struct batch *batch_out)
{
    struct writing writing = {
        .pack = pack, .limits = limits, .batch = {.last = log->seq, .head = log->head}};
    struct wire_header header = {.from = log->seq + 1,
                                 .boot = store_boot(client->store),
                                 .mono_ms = clock_mono_ms(&client->clock)};
    memcpy(header.check, log->head.b, sizeof header.check);
    wire_pack_begin(pack, &header);
    enum err err = store_log_lines(client->store, log->seq + 1, put_line, &writing);
    if (err == ERR_OK) {
        err = sign_batch(client, pack, &writing.batch.head);
    }
    if (err == ERR_OK) {
        *batch_out = writing.batch;
    }
    return err;
}

/* What was not sent cannot be acknowledged. */
static enum client_step acknowledged(struct client *client, struct sync_log *log,
                                     const struct batch *batch)
{
    int64_t seq;
    if (answer_ack(bytes_str(&client->reply.body), &seq) != ERR_OK || seq <= log->seq ||
        seq > batch->last) {
        client->ask_cursor = true;
        return client_strange(client, SYNC_TROUBLE_SERVER,
                              "an acknowledgement of nothing");
    }
    enum err err = ERR_OK;
    struct sync_log now = *log;
    now.seq = seq;
    now.head = batch->head;
    if (seq < batch->last) {
        err = store_log_head(client->store, log, seq, &now.head);
    }
    if (err == ERR_OK) {
        err = store_log_ack(client->store, &now);
    }
    if (err == ERR_OK) {
        err = client_note_contact(client);
    }
    if (err != ERR_OK) {
        return client_disk(client, err, "the receipt cannot be written");
    }
    *log = now;
    pace_success(&client->pace);
    client->bears *= 2;
    if (client->bears > PACE_EVENTS_MAX) {
        client->bears = 0;
    }
    client_gain(client);
    return CLIENT_MORE;
}

static enum client_step disagreed(struct client *client, struct sync_log *log)
{
    struct answer_log theirs;
    int64_t before = log->seq;
    if (answer_log(bytes_str(&client->reply.body), &theirs) != ERR_OK) {
        return client_strange(client, SYNC_TROUBLE_SERVER, "a cursor that is none");
    }
    enum err err = client_compare(client, log, &theirs);
    if (err != ERR_OK) {
        return client_compared(client, err);
    }
    if (log->seq != before) {
        client->strange = 0;
        return client_fruitless(client, "the centre's log stands elsewhere");
    }
    return client_strange(client, SYNC_TROUBLE_REFUSED,
                          "the centre refuses its own cursor");
}

/* 400: of what was sent, something may have been taken. */
static enum client_step refused(struct client *client, struct sync_log *log)
{
    switch (client->reply.status) {
    case 409:
        return disagreed(client, log);
    case 413:
        if (client->pace.events > PACE_EVENTS_MIN) {
            pace_cut(&client->pace, false);
            client_say(client, "too large for the centre");
            return CLIENT_MORE;
        }
        return client_trouble(client, SYNC_TROUBLE_REFUSED, "one fact is too large");
    default:
        /* A line that changes bits spoils large batches; one fact alone tells. */
        client->ask_cursor = true;
        client->was_cut = true;
        if (client->pace.events > PACE_EVENTS_MIN) {
            client_say(client, "the centre refuses a batch");
            return CLIENT_MORE;
        }
        return client_strange(client, SYNC_TROUBLE_REFUSED, "the centre refuses a batch");
    }
}

static enum client_step after_cut(struct client *client, struct sync_log *log)
{
    enum client_step step = CLIENT_MORE;
    int64_t before = log->seq;
    client->ask_cursor = true;
    client->was_cut = true;
    if (client_cursor(client, log, &step) == ASKED_GOOD && log->seq == before) {
        return client_fruitless(client, "cut before anything arrived");
    }
    return step;
}

/* The size stays on a line that is cut while the cursor moves; but to compress many times
 * what can come through would be for nothing. */
static int events_now(const struct client *client)
{
    int64_t most = client->bears > 0 ? client->bears * BEARS_TIMES : INT64_MAX;
    return client->pace.events < most ? client->pace.events : (int)most;
}

enum client_step client_up(struct client *client, struct sync_log *log)
{
    char path[48];
    enum client_step step = CLIENT_MORE;
    struct batch batch;
    const struct batch_limits limits = {.events = events_now(client),
                                        .check_every = client->pace.check_every,
                                        .raw = PACE_RAW_MAX};
    enum err err = client_batch(client, client->pack, log, &limits, &batch);
    if (err != ERR_OK || batch.last == log->seq) {
        return client_disk(client, err, "the log cannot be read");
    }
    snprintf(path, sizeof path, "/v1/log/%lld", (long long)log->epoch);
    const struct question question = {.method = "POST",
                                      .path = path,
                                      .body = wire_pack_body(client->pack),
                                      .coding = WIRE_WORDS,
                                      .fresh = client->bears > 0 &&
                                               client->bears < FRESH_BELOW,
                                      .session = true,
                                      .others = {400, 409, 413}};
    switch (client_ask(client, &question, &step)) {
    case ASKED_GOOD:
        return acknowledged(client, log, &batch);
    case ASKED_OTHER:
        return refused(client, log);
    case ASKED_CUT:
        return after_cut(client, log);
    case ASKED_OVER:
        break;
    }
    return step;
}
