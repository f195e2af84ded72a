/* One batch of the log to the centre, and the next one packed meanwhile. */
#include "client/inside.h"

#include <stdio.h>
#include <string.h>

#define RECEIPT_EVERY_MS 200 /* while there is more to send: commits wear out the card */

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

/* If a receipt is lost, the next session says how far the log is at the centre. */
static enum err note_receipt(struct client *client, const struct sync_log *log)
{
    int64_t now_ms = clock_mono_ms(&client->clock);
    client->acked = *log;
    client->unwritten = true;
    bool due =
        log->seq == log->written || now_ms - client->receipt_at_ms >= RECEIPT_EVERY_MS;
    return due ? client_write_receipt(client) : ERR_OK;
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
        err = note_receipt(client, &now);
    }
    if (err == ERR_OK) {
        err = client_note_contact(client);
    }
    if (err != ERR_OK) {
        return client_disk(client, err, "the receipt cannot be written");
    }
    pace_success(&client->pace, (int)(seq - log->seq));
    *log = now;
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
        if (pace_events(&client->pace) > PACE_EVENTS_MIN) {
            pace_cut(&client->pace, 0);
            client_say(client, "too large for the centre");
            return CLIENT_MORE;
        }
        return client_trouble(client, SYNC_TROUBLE_REFUSED, "one fact is too large");
    default:
        /* A line that changes bits spoils large batches; one fact alone tells. */
        client->ask_cursor = true;
        client->was_cut = true;
        if (pace_events(&client->pace) > PACE_EVENTS_MIN) {
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

/* ---- packing ahead -------------------------------------------------------------- */

static bool continues(const struct packed *packed, const struct sync_log *log)
{
    return packed->there && packed->log.epoch == log->epoch &&
           packed->log.start == log->start && packed->log.seq == log->seq &&
           chain_eq(&packed->log.head, &log->head);
}

static enum err pack_batch(struct client *client, const struct sync_log *log,
                           struct packed *packed)
{
    const struct batch_limits limits = {.events = pace_events(&client->pace),
                                        .check_every = client->pace.check_every,
                                        .raw = PACE_RAW_MAX};
    packed->log = *log;
    enum err err = client_batch(client, packed->pack, log, &limits, &packed->batch);
    packed->there = err == ERR_OK && packed->batch.last > log->seq;
    return err;
}

/* What follows if all of this batch is taken. What fails will fail again in its turn. */
static void pack_next(void *ctx)
{
    struct client *client = ctx;
    const struct packed *now = &client->packed[client->turn];
    struct packed *next = &client->packed[!client->turn];
    struct sync_log after = now->log;
    after.seq = now->batch.last;
    after.head = now->batch.head;
    next->there = false;
    if (after.seq < after.written) {
        enum err err = pack_batch(client, &after, next);
        (void)err;
    }
}

static enum asked send_batch(struct client *client, const struct packed *packed,
                             enum client_step *step_out)
{
    char path[48];
    snprintf(path, sizeof path, "/v1/log/%lld", (long long)packed->log.epoch);
    const struct question question = {.method = "POST",
                                      .path = path,
                                      .body = wire_pack_body(packed->pack),
                                      .coding = WIRE_WORDS,
                                      .session = true,
                                      .meanwhile = pack_next,
                                      .others = {400, 409, 413}};
    return client_ask(client, &question, step_out);
}

/* Answered by anything but its acknowledgement, what was packed behind it is void: it
 * would begin elsewhere, or be of another size. */
enum client_step client_up(struct client *client, struct sync_log *log)
{
    enum client_step step = CLIENT_MORE;
    struct packed *packed = &client->packed[client->turn];
    enum err err = ERR_OK;
    if (!continues(packed, log)) {
        err = pack_batch(client, log, packed);
    }
    if (err != ERR_OK || !packed->there) {
        return client_disk(client, err, "the log cannot be read");
    }
    enum asked asked = send_batch(client, packed, &step);
    packed->there = false;
    client->turn = !client->turn;
    if (asked == ASKED_GOOD) {
        return acknowledged(client, log, &packed->batch);
    }
    client->packed[client->turn].there = false;
    return asked == ASKED_OTHER ? refused(client, log)
           : asked == ASKED_CUT ? after_cut(client, log)
                                : step;
}
