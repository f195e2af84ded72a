/* A session: who we are, what the centre's time is, and how far our log is there. */
#include "client/inside.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define PROTOCOL 1

void client_forget_session(struct client *client)
{
    sodium_memzero(client->token, sizeof client->token);
    /* Its header says what the clock was in that session. */
    client->packed[0].there = false;
    client->packed[1].there = false;
    client->unwritten = false;
}

static enum asked ask_session(struct client *client, enum client_step *step_out)
{
    const struct question question = {
        .method = "POST", .path = "/v1/session", .body = bytes_str(&client->text)};
    enum asked asked = client_ask(client, &question, step_out);
    if (asked == ASKED_CUT) {
        *step_out = client_fruitless(client, "cut while asking for a session");
        return ASKED_OVER;
    }
    return asked;
}

static void begin_text(struct client *client)
{
    char dev[UID_TEXT_SIZE];
    uid_format(client->dev, dev);
    bytes_clear(&client->text);
    bytes_printf(&client->text, "{\"dev\":\"%s\"", dev);
}

static enum asked ask_nonce(struct client *client, char nonce_out[ANSWER_NONCE_SIZE],
                            enum client_step *step_out)
{
    begin_text(client);
    bytes_puts(&client->text, "}");
    enum asked asked = ask_session(client, step_out);
    if (asked == ASKED_GOOD &&
        answer_nonce(bytes_str(&client->reply.body), nonce_out) != ERR_OK) {
        *step_out = client_strange(client, SYNC_TROUBLE_SERVER, "a nonce that is none");
        return ASKED_OVER;
    }
    return asked;
}

static void put_signature(struct client *client, const struct key *key, const char *nonce)
{
    uint8_t signature[KEY_SIGNATURE_SIZE];
    char text[UID_TEXT_SIZE + ANSWER_NONCE_SIZE];
    char dev[UID_TEXT_SIZE];
    uid_format(client->dev, dev);
    int len = snprintf(text, sizeof text, "%s%s", dev, nonce);
    key_sign(key, STR("anlauf session 1"), (const uint8_t *)text, (size_t)len, signature);
    bytes_puts(&client->text, ",\"sig\":\"");
    bytes_b64(&client->text, signature, sizeof signature);
    bytes_puts(&client->text, "\"}");
}

static void put_answer_to(struct client *client, const struct key *key, const char *nonce,
                          const struct sync_log *log)
{
    begin_text(client);
    bytes_puts(&client->text, ",\"nonce\":");
    bytes_json(&client->text, str_of(nonce));
    bytes_printf(&client->text, ",\"epoch\":%lld,\"boot\":%lld,\"mono_ms\":%lld",
                 (long long)log->epoch, (long long)store_boot(client->store),
                 (long long)clock_mono_ms(&client->clock));
    put_signature(client, key, nonce);
}

/* A server that was put back from a backup. Cut in between, it is done again: the
 * generation is written last, so no receipt ever says more than what the server of that
 * generation has. ERR_CONFLICT: the log is told again in another epoch. */
static enum err follow_generation(struct client *client, struct sync_log *log,
                                  int64_t generation)
{
    int64_t epoch = log->epoch;
    client->feed_here = false;
    enum err err = store_feed_restart(client->store);
    if (err == ERR_OK) {
        err = store_centre_generation(client->store, generation);
    }
    if (err == ERR_OK) {
        err = store_log_get(client->store, log);
    }
    return err == ERR_OK && log->epoch != epoch ? ERR_CONFLICT : err;
}

static enum err follow(struct client *client, struct sync_log *log,
                       const struct answer_session *session)
{
    enum err err = client_compare(client, log, &session->log);
    if (err == ERR_OK && session->generation != client->centre.generation) {
        err = follow_generation(client, log, session->generation);
    }
    return err;
}

static void keep_session(struct client *client, const struct answer_session *session)
{
    int64_t now_ms = clock_mono_ms(&client->clock);
    int64_t life_ms = session->expires_s < 86400 ? session->expires_s * 1000 : 86400000;
    snprintf(client->token, sizeof client->token, "%s", session->token);
    client->token_until_ms = now_ms + life_ms - (life_ms > 120000 ? 60000 : life_ms / 2);
    client->centre_ms = session->now_ms;
    client->centre_at_ms = now_ms;
    client->feed_at_ms = now_ms;
}

static enum asked take_session(struct client *client, struct sync_log *log,
                               enum client_step *step_out)
{
    struct answer_session session;
    if (answer_session(bytes_str(&client->reply.body), &session) != ERR_OK ||
        (session.log.known && session.log.epoch != log->epoch)) {
        *step_out = client_strange(client, SYNC_TROUBLE_SERVER, "a session that is none");
        return ASKED_OVER;
    }
    if (session.proto_min > PROTOCOL || session.proto_max < PROTOCOL) {
        *step_out = client_trouble(client, SYNC_TROUBLE_PROTOCOL,
                                   "the server speaks another version");
        return ASKED_OVER;
    }
    keep_session(client, &session);
    enum err err = follow(client, log, &session);
    sodium_memzero(&session, sizeof session);
    if (err == ERR_OK) {
        return ASKED_GOOD;
    }
    client_forget_session(client); /* the next one is compared again */
    *step_out = client_compared(client, err);
    return ASKED_OVER;
}

static enum asked open_session(struct client *client, const struct key *key,
                               struct sync_log *log, enum client_step *step_out)
{
    char nonce[ANSWER_NONCE_SIZE];
    enum asked asked = ask_nonce(client, nonce, step_out);
    if (asked == ASKED_GOOD) {
        put_answer_to(client, key, nonce, log);
        asked = ask_session(client, step_out);
    }
    return asked == ASKED_GOOD ? take_session(client, log, step_out) : asked;
}

enum asked client_session(struct client *client, enum client_step *step_out)
{
    struct key key;
    struct sync_log log;
    if (client->token[0] != '\0' &&
        clock_mono_ms(&client->clock) < client->token_until_ms) {
        return ASKED_GOOD;
    }
    client_forget_session(client);
    enum err err = store_log_get(client->store, &log);
    if (err == ERR_OK) {
        err = client_key(client, &key);
    }
    if (err != ERR_OK) {
        *step_out = client_disk(client, err, "the log cannot be read");
        return ASKED_OVER;
    }
    enum asked asked = open_session(client, &key, &log, step_out);
    key_wipe(&key);
    return asked;
}
