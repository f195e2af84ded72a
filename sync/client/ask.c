/* Requests, and what their answers mean for every one that asks. */
#include "client/inside.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define TIMEOUT_S 20    /* without any byte */
#define FRUITLESS_MAX 8 /* at once, then with pauses */
#define STRANGE_MAX 3
#define HELP_AGAIN_S 300
#define CONTACT_EVERY_MS 10000 /* to spare the card */

void client_say(struct client *client, const char *detail)
{
    snprintf(client->detail, sizeof client->detail, "%s", detail);
}

enum err client_key(struct client *client, struct key *key_out)
{
    uint8_t seed[STORE_SEED_SIZE];
    enum err err = store_device_seed(client->store, seed);
    if (err == ERR_OK) {
        key_from_seed(seed, key_out);
        client->dev = chain_device_of(&key_out->public);
    }
    sodium_memzero(seed, sizeof seed);
    return err;
}

/* ---- how steps end -------------------------------------------------------------- */

enum client_step client_held(struct client *client, int retry_after_s, const char *detail)
{
    client_say(client, detail);
    pace_refused(&client->pace, clock_mono_ms(&client->clock), retry_after_s,
                 &client->rng);
    client->help = false;
    return CLIENT_WAIT;
}

/* Not said to be well before something came back as it should. */
enum client_step client_trouble(struct client *client, enum sync_trouble trouble,
                                const char *detail)
{
    client_held(client, HELP_AGAIN_S, detail);
    client->help = true;
    if (client->trouble != trouble &&
        store_contact(client->store, 0, trouble) == ERR_OK) {
        client->trouble = trouble;
    }
    return CLIENT_HELP;
}

enum client_step client_strange(struct client *client, enum sync_trouble trouble,
                                const char *detail)
{
    client_say(client, detail);
    if (++client->strange < STRANGE_MAX) {
        return CLIENT_MORE;
    }
    client->strange = 0;
    return client_trouble(client, trouble, detail);
}

enum client_step client_fruitless(struct client *client, const char *detail)
{
    if (++client->fruitless < FRUITLESS_MAX) {
        client_say(client, detail);
        return CLIENT_MORE;
    }
    client->fruitless = FRUITLESS_MAX;
    return client_held(client, 0, detail);
}

enum client_step client_disk(struct client *client, enum err err, const char *detail)
{
    if (err == ERR_BUSY || err == ERR_UNKNOWN) {
        return client_held(client, 0, detail);
    }
    return client_trouble(client, SYNC_TROUBLE_DISK, detail);
}

void client_gain(struct client *client)
{
    client->fruitless = 0;
    client->strange = 0;
    client->unauthorised = 0;
    client->new_epochs = 0;
    client->help = false;
}

enum err client_write_receipt(struct client *client)
{
    if (!client->unwritten) {
        return ERR_OK;
    }
    enum err err = store_log_ack(client->store, &client->acked);
    if (err == ERR_OK) {
        client->unwritten = false;
        client->receipt_at_ms = clock_mono_ms(&client->clock);
    }
    return err;
}

static int64_t centre_now_ms(const struct client *client)
{
    return client->centre_ms + clock_mono_ms(&client->clock) - client->centre_at_ms;
}

enum err client_note_contact(struct client *client)
{
    int64_t now_ms = clock_mono_ms(&client->clock);
    bool fresh = client->contacted && now_ms - client->contact_at_ms < CONTACT_EVERY_MS;
    if (client->centre_ms == 0 || (fresh && client->trouble == SYNC_TROUBLE_NONE)) {
        return ERR_OK;
    }
    enum err err = store_contact(client->store, centre_now_ms(client), SYNC_TROUBLE_NONE);
    if (err == ERR_OK) {
        client->contacted = true;
        client->contact_at_ms = now_ms;
        client->trouble = SYNC_TROUBLE_NONE;
    }
    return err;
}

/* ---- asking --------------------------------------------------------------------- */

static void request(struct client *client, const struct question *question)
{
    struct link_request request = {
        .method = question->method,
        .url = client->centre.url,
        .path = question->path,
        .token = question->session ? client->token : NULL,
        .pin = client->centre.pin,
        .coding = question->coding,
        .body = question->body,
        .timeout_s = TIMEOUT_S + question->wait_s,
        .waits = question->wait_s > 0,
        .fresh = client->pace.bears > 0 && question->wait_s == 0,
        .meanwhile = question->meanwhile,
        .meanwhile_ctx = client,
    };
    struct bytes body = client->reply.body;
    bytes_clear(&body);
    body.max = WIRE_PAGE_MAX;
    client->reply = (struct link_reply){.body = body};
    client->link.request(client->link.ctx, &request, &client->reply);
}

/* The signature decides, not who says so. */
static bool order_is_true(struct client *client)
{
    char text[UID_TEXT_SIZE + 24];
    char dev[UID_TEXT_SIZE];
    struct answer_order order;
    if (answer_order(bytes_str(&client->reply.body), &order) != ERR_OK ||
        !uid_eq(order.dev, client->dev)) {
        return false;
    }
    uid_format(order.dev, dev);
    int len = snprintf(text, sizeof text, "%s%c%lld", dev, '\0', (long long)order.at_ms);
    return key_verify(&client->centre.server, STR("anlauf lock 1"), (const uint8_t *)text,
                      (size_t)len, order.signature);
}

static enum client_step forbidden(struct client *client)
{
    struct key key;
    enum err err = client_key(client, &key); /* fills client->dev */
    key_wipe(&key);
    if (err != ERR_OK) {
        return client_disk(client, err, "the device's key cannot be read");
    }
    if (!order_is_true(client)) {
        return client_strange(client, SYNC_TROUBLE_SERVER,
                              "forbidden without a true order");
    }
    err = store_centre_lock(client->store);
    client_forget_session(client);
    return err == ERR_OK
               ? client_trouble(client, SYNC_TROUBLE_REVOKED, "locked by the centre")
               : client_disk(client, err, "the lock cannot be written");
}

static enum client_step unauthorised(struct client *client)
{
    client_forget_session(client);
    if (++client->unauthorised < 2) {
        client_say(client, "the session is over");
        return CLIENT_MORE;
    }
    client->unauthorised = 0;
    return client_strange(client, SYNC_TROUBLE_REFUSED, "the centre gives no session");
}

static enum client_step no_answer(struct client *client)
{
    if (client->reply.wrong_server) {
        return client_trouble(client, SYNC_TROUBLE_SERVER,
                              "the server's TLS certificate or key is not accepted");
    }
    return client_held(client, 0, "no line");
}

static enum client_step settle_status(struct client *client)
{
    switch (client->reply.status) {
    case 401:
        return unauthorised(client);
    case 403:
        return forbidden(client);
    case 426:
        return client_trouble(client, SYNC_TROUBLE_PROTOCOL,
                              "the server speaks another version");
    case 400:
    case 404:
    case 405:
    case 409:
    case 410:
    case 413:
        return client_strange(client, SYNC_TROUBLE_REFUSED,
                              "the centre refuses a request");
    default:
        return client_held(client, client->reply.retry_after_s,
                           "the centre is busy or away");
    }
}

static bool is_other(const struct question *question, int status)
{
    for (size_t i = 0; i < ARRAY_LEN(question->others); i++) {
        if (question->others[i] != 0 && question->others[i] == status) {
            return true;
        }
    }
    return false;
}

enum asked client_ask(struct client *client, const struct question *question,
                      enum client_step *step_out)
{
    request(client, question);
    const struct link_reply *reply = &client->reply;
    if (reply->status == 200 || reply->status == 201) {
        pace_alive(&client->pace);
        return ASKED_GOOD;
    }
    /* If it cannot be written it lags on: what it says is at the centre all the same. */
    enum err lags = client_write_receipt(client);
    (void)lags;
    if (is_other(question, reply->status)) {
        return ASKED_OTHER;
    }
    if (reply->status == 0 && reply->connected && !reply->wrong_server) {
        if (client->fruitless < FRUITLESS_MAX) {
            pace_alive(&client->pace); /* the line was there */
        }
        return ASKED_CUT;
    }
    *step_out = reply->status == 0 ? no_answer(client) : settle_status(client);
    return ASKED_OVER;
}
