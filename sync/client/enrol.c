/* Enrolment: a code that both sides know makes each sure of the other's key. */
#include "client/inside.h"

#include "wire/enrol.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

static void put_request(struct client *client, const struct enrol_code *code,
                        const struct key_public *public)
{
    uint8_t lookup[ENROL_LOOKUP_SIZE], secret[ENROL_MAC_SIZE], mac[ENROL_MAC_SIZE];
    enrol_lookup(code, lookup);
    enrol_secret(code, secret);
    enrol_mac_kiosk(secret, public, mac);
    bytes_clear(&client->text);
    bytes_puts(&client->text, "{\"lookup\":\"");
    bytes_b64(&client->text, lookup, sizeof lookup);
    bytes_puts(&client->text, "\",\"public\":\"");
    bytes_b64(&client->text, public->b, sizeof public->b);
    bytes_puts(&client->text, "\",\"mac\":\"");
    bytes_b64(&client->text, mac, sizeof mac);
    bytes_puts(&client->text, "\",\"model\":");
    bytes_json(&client->text, str_of(client->model));
    bytes_puts(&client->text, "}");
    sodium_memzero(secret, sizeof secret);
}

static void request(struct client *client, const struct sync_enrol *enrol)
{
    struct link_request request = {
        .method = "POST",
        .url = enrol->url,
        .path = "/v1/enrol",
        .pin = "",
        .any_certificate = true,
        .body = bytes_str(&client->text),
        .timeout_s = 20,
    };
    struct bytes body = client->reply.body;
    bytes_clear(&body);
    body.max = WIRE_PAGE_MAX;
    client->reply = (struct link_reply){.body = body};
    client->link.request(client->link.ctx, &request, &client->reply);
}

static bool next_line(struct str *text, struct str *line_out)
{
    const char *end = memchr(text->ptr, '\n', text->len);
    if (text->len == 0 || end == NULL) {
        return false;
    }
    line_out->ptr = text->ptr;
    line_out->len = (size_t)(end - text->ptr);
    text->len -= line_out->len + 1;
    text->ptr = end + 1;
    return true;
}

/* Only who knows the code can have made the mac. */
static bool grant_is_true(const struct enrol_code *code, const struct key_public *public,
                          struct str text, struct str *grant_out)
{
    uint8_t secret[ENROL_MAC_SIZE], mac[ENROL_MAC_SIZE], theirs[ENROL_MAC_SIZE];
    struct str mac_line;
    if (text.ptr == NULL || !next_line(&text, grant_out) ||
        !next_line(&text, &mac_line) || answer_mac(mac_line, theirs) != ERR_OK) {
        return false;
    }
    enrol_secret(code, secret);
    enrol_mac_centre(secret, public, *grant_out, mac);
    sodium_memzero(secret, sizeof secret);
    return enrol_mac_eq(mac, theirs);
}

static void forget_old_centre(struct client *client)
{
    client_forget_session(client);
    client->settled = false;
    client->feed_here = false;
    client->ask_cursor = false;
    client->was_cut = false;
    client->contacted = false;
    client->centre_ms = 0;
    pace_init(&client->pace);
}

static enum client_step fail(struct client *client, enum sync_enrol_state state,
                             const char *detail)
{
    enum err err = store_enrol_fail(client->store, state);
    client_say(client, detail);
    client->help = true;
    return err == ERR_OK ? CLIENT_HELP : client_disk(client, err, detail);
}

static enum client_step granted(struct client *client, const struct sync_enrol *enrol,
                                const struct key_public *public)
{
    struct enrol_code code;
    struct answer_grant grant;
    struct str line;
    memcpy(code.b, enrol->code, sizeof code.b);
    bool good = grant_is_true(&code, public, bytes_str(&client->reply.body), &line) &&
                answer_grant(line, &grant) == ERR_OK && uid_eq(grant.dev, client->dev);
    sodium_memzero(&code, sizeof code);
    if (!good) {
        return fail(client, SYNC_ENROL_FAILED, "enrolment: not the server of this code");
    }
    snprintf(grant.centre.url, sizeof grant.centre.url, "%s", enrol->url);
    enum err err = store_centre_put(client->store, &grant.centre,
                                    grant.has_seal ? grant.seal : NULL);
    if (err == ERR_CONFLICT) {
        return fail(client, SYNC_ENROL_ELSEWHERE,
                    "enrolment: this kiosk belongs to another server's centre");
    }
    if (err != ERR_OK) {
        return client_disk(client, err, "enrolment cannot be written");
    }
    forget_old_centre(client);
    client_gain(client);
    client_say(client, "enrolled");
    return CLIENT_MORE;
}

/* A wrong or unready server is no reason to forget the code; a refusal is. */
static enum client_step judge(struct client *client, const struct sync_enrol *enrol,
                              const struct key_public *public)
{
    switch (client->reply.status) {
    case 0:
        return client->reply.connected ? client_fruitless(client, "cut while enrolling")
                                       : client_held(client, 0, "no line");
    case 200:
    case 201:
        return granted(client, enrol, public);
    case 403:
        return fail(client, SYNC_ENROL_REFUSED, "enrolment: the code is refused");
    case 429:
    case 500:
    case 502:
    case 503:
    case 504:
        return client_held(client, client->reply.retry_after_s,
                           "the centre is busy or away");
    default:
        return fail(client, SYNC_ENROL_FAILED, "enrolment: this is no centre's server");
    }
}

enum client_step client_enrol(struct client *client, const struct sync_enrol *enrol)
{
    struct enrol_code code;
    struct key key;
    enum err err = client_key(client, &key);
    if (err != ERR_OK) {
        return client_disk(client, err, "the device's key cannot be read");
    }
    struct key_public public = key.public;
    key_wipe(&key);
    memcpy(code.b, enrol->code, sizeof code.b);
    put_request(client, &code, &public);
    sodium_memzero(&code, sizeof code);
    request(client, enrol);
    enum client_step step = judge(client, enrol, &public);
    sodium_memzero(client->text.data, client->text.len);
    return step;
}
