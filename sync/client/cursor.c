/* The centre's log beside ours. */
#include "client/inside.h"

#include "base/plant.h"

#include <stdio.h>

#define NEW_EPOCHS_MAX 16 /* copies of copies may have begun some before us */

/* The centre has no log of this epoch. */
static enum err unknown_log(struct client *client, const struct sync_log *log,
                            struct sync_log *now_out)
{
    *now_out = *log;
    now_out->seq = log->start - 1;
    return store_log_head(client->store, log, now_out->seq, &now_out->head);
}

/* ERR_CONFLICT: it is not ours. */
static enum err known_log(struct client *client, const struct sync_log *log,
                          const struct answer_log *theirs, struct sync_log *now_out)
{
    struct chain_hash head;
    *now_out = *log;
    now_out->start = theirs->start;
    now_out->seq = theirs->seq;
    now_out->head = theirs->head;
    if (PLANTED(PLANT_HEAD_UNCHECKED)) {
        now_out->seq = theirs->seq < log->written ? theirs->seq : log->written;
        return ERR_OK;
    }
    if (theirs->seq > log->written || theirs->start > log->written + 1) {
        return ERR_CONFLICT;
    }
    struct sync_log from = *log;
    if (theirs->start != log->start) {
        from.start = theirs->start;
        from.seq = INT64_MAX; /* what the receipt says is of another beginning */
    }
    enum err err = store_log_head(client->store, &from, theirs->seq, &head);
    return err != ERR_OK ? err : chain_eq(&head, &theirs->head) ? ERR_OK : ERR_CONFLICT;
}

static bool same_place(const struct sync_log *a, const struct sync_log *b)
{
    return a->start == b->start && a->seq == b->seq && chain_eq(&a->head, &b->head);
}

static enum err begin_epoch(struct client *client)
{
    client->new_epochs++;
    enum err err = store_log_new_epoch(client->store);
    return err == ERR_OK ? ERR_CONFLICT : err == ERR_CONFLICT ? ERR_CORRUPT : err;
}

enum err client_compare(struct client *client, struct sync_log *log,
                        const struct answer_log *theirs)
{
    struct sync_log now;
    enum err err = theirs->known ? known_log(client, log, theirs, &now)
                                 : unknown_log(client, log, &now);
    if (err == ERR_CONFLICT) {
        return begin_epoch(client);
    }
    if (err != ERR_OK || (same_place(&now, log) && !client->unwritten)) {
        return err;
    }
    client->unwritten = false;
    if (PLANTED(PLANT_RECEIPT_STAYS) && now.seq < log->seq) {
        return ERR_OK;
    }
    err = store_log_ack(client->store, &now);
    if (err == ERR_OK) {
        *log = now;
    }
    return err;
}

enum client_step client_compared(struct client *client, enum err err)
{
    if (err != ERR_CONFLICT) {
        return client_disk(client, err, "the receipt cannot be written");
    }
    client->ask_cursor = false;
    if (client->new_epochs >= NEW_EPOCHS_MAX) {
        client->new_epochs = 0;
        return client_trouble(client, SYNC_TROUBLE_REFUSED, "no epoch is ours alone");
    }
    client_forget_session(client);
    client_say(client, "another wrote this log: a new epoch begins");
    return CLIENT_MORE;
}

static enum client_step take_cursor(struct client *client, struct sync_log *log)
{
    struct answer_log theirs = {.known = false};
    int64_t before = log->seq;
    if (client->reply.status == 200 &&
        answer_log(bytes_str(&client->reply.body), &theirs) != ERR_OK) {
        return client_strange(client, SYNC_TROUBLE_SERVER, "a cursor that is none");
    }
    enum err err = client_compare(client, log, &theirs);
    if (err != ERR_OK) {
        return client_compared(client, err);
    }
    bool moved = log->seq > before;
    client->ask_cursor = false;
    if (client->was_cut) {
        pace_cut(&client->pace, moved ? log->seq - before : 0);
        client->was_cut = false;
    }
    if (moved) {
        client_gain(client);
    }
    return CLIENT_MORE;
}

enum asked client_cursor(struct client *client, struct sync_log *log,
                         enum client_step *step_out)
{
    char path[48];
    snprintf(path, sizeof path, "/v1/log/%lld", (long long)log->epoch);
    const struct question question = {
        .method = "GET", .path = path, .session = true, .others = {404}};
    enum asked asked = client_ask(client, &question, step_out);
    if (asked == ASKED_CUT) {
        *step_out = client_fruitless(client, "cut while asking for the cursor");
        return ASKED_OVER;
    }
    if (asked == ASKED_OVER) {
        return ASKED_OVER;
    }
    *step_out = take_cursor(client, log);
    return *step_out == CLIENT_MORE ? ASKED_GOOD : ASKED_OVER;
}
