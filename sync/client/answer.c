#include "client/answer.h"

#include "wire/bytes.h"

#include <jansson.h>
#include <string.h>

/* NULL unless it is one object. The caller releases it. */
static json_t *read_object(struct str text)
{
    json_t *root = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, NULL);
    if (root != NULL && !json_is_object(root)) {
        json_decref(root);
        root = NULL;
    }
    return root;
}

static struct str text_at(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    return (struct str){json_string_value(value), json_string_length(value)};
}

/* At least one character, without NUL or control characters. */
static bool get_text(const json_t *object, const char *name, char *out, size_t size)
{
    struct str text = text_at(object, name);
    if (text.ptr == NULL || text.len == 0 || text.len >= size) {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.ptr[i] < ' ' || text.ptr[i] == 0x7F) {
            return false;
        }
    }
    memcpy(out, text.ptr, text.len);
    out[text.len] = '\0';
    return true;
}

static bool get_int(const json_t *object, const char *name, int64_t *out)
{
    const json_t *value = json_object_get(object, name);
    json_int_t number = json_integer_value(value);
    if (!json_is_integer(value) || number < 0 || number > WIRE_NUMBER_MAX) {
        return false;
    }
    *out = number;
    return true;
}

static bool get_bytes(const json_t *object, const char *name, uint8_t *out, size_t len)
{
    struct str text = text_at(object, name);
    return text.ptr != NULL && b64_parse(text, out, len) == ERR_OK;
}

static bool get_uid(const json_t *object, const char *name, struct uid *out)
{
    struct str text = text_at(object, name);
    return text.ptr != NULL && uid_parse(text, out) == ERR_OK;
}

static enum err verdict(json_t *root, bool good)
{
    json_decref(root);
    return good ? ERR_OK : ERR_INVALID;
}

/* A log, or null for none. A seq before its start is the empty log. */
static bool get_log(const json_t *value, struct answer_log *log)
{
    *log = (struct answer_log){.known = json_is_object(value)};
    if (json_is_null(value)) {
        return true;
    }
    /* "seq":0,"head":null is how a refusal says that there is none. */
    if (json_is_null(json_object_get(value, "head"))) {
        log->known = false;
        return true;
    }
    return get_int(value, "start", &log->start) && get_int(value, "seq", &log->seq) &&
           get_bytes(value, "head", log->head.b, sizeof log->head.b) && log->start >= 1 &&
           log->seq >= log->start - 1;
}

static bool get_log_at(const json_t *object, const char *name, struct answer_log *log)
{
    const json_t *value = json_object_get(object, name);
    return value != NULL && get_log(value, log) &&
           (!log->known || get_int(value, "epoch", &log->epoch));
}

enum err answer_nonce(struct str body, char nonce_out[ANSWER_NONCE_SIZE])
{
    json_t *root = read_object(body);
    return verdict(root, get_text(root, "nonce", nonce_out, ANSWER_NONCE_SIZE));
}

static bool get_proto(const json_t *object, struct answer_session *session)
{
    const json_t *both = json_object_get(object, "proto");
    const json_t *min = json_array_get(both, 0), *max = json_array_get(both, 1);
    session->proto_min = json_integer_value(min);
    session->proto_max = json_integer_value(max);
    return json_array_size(both) == 2 && json_is_integer(min) && json_is_integer(max);
}

enum err answer_session(struct str body, struct answer_session *session_out)
{
    json_t *root = read_object(body);
    return verdict(root, get_text(root, "token", session_out->token, ANSWER_TOKEN_SIZE) &&
                             get_int(root, "expires_s", &session_out->expires_s) &&
                             get_int(root, "now_ms", &session_out->now_ms) &&
                             get_int(root, "generation", &session_out->generation) &&
                             get_proto(root, session_out) &&
                             get_log_at(root, "log", &session_out->log));
}

enum err answer_log(struct str body, struct answer_log *log_out)
{
    json_t *root = read_object(body);
    return verdict(root, root != NULL && get_log(root, log_out));
}

enum err answer_ack(struct str body, int64_t *seq_out)
{
    json_t *root = read_object(body);
    return verdict(root, get_int(root, "seq", seq_out));
}

/* null is "". */
static bool get_pin(const json_t *object, char out[SYNC_PIN_SIZE])
{
    out[0] = '\0';
    return json_is_null(json_object_get(object, "pin")) ||
           (get_text(object, "pin", out, SYNC_PIN_SIZE) &&
            strncmp(out, "sha256//", strlen("sha256//")) == 0);
}

static bool get_seal(const json_t *object, struct answer_grant *grant)
{
    struct key_public key;
    grant->has_seal = json_is_string(json_object_get(object, "seal"));
    if (!grant->has_seal) {
        return json_is_null(json_object_get(object, "seal"));
    }
    return get_text(object, "seal", grant->seal, sizeof grant->seal) &&
           key_public_parse(str_of(grant->seal), &key) == ERR_OK;
}

enum err answer_grant(struct str line, struct answer_grant *grant_out)
{
    json_t *root = read_object(line);
    struct sync_centre *centre = &grant_out->centre;
    memset(grant_out, 0, sizeof *grant_out);
    return verdict(
        root, get_uid(root, "dev", &grant_out->dev) &&
                  get_uid(root, "centre", &centre->centre) &&
                  get_text(root, "name", centre->name, sizeof centre->name) &&
                  get_text(root, "organisation", centre->organisation,
                           sizeof centre->organisation) &&
                  get_bytes(root, "server", centre->server.b, sizeof centre->server.b) &&
                  get_bytes(root, "parcel", centre->parcel, sizeof centre->parcel) &&
                  get_int(root, "generation", &centre->generation) &&
                  get_pin(root, centre->pin) && get_seal(root, grant_out));
}

enum err answer_mac(struct str line, uint8_t mac_out[32])
{
    json_t *root = read_object(line);
    return verdict(root, get_bytes(root, "mac", mac_out, 32));
}

enum err answer_parcel(struct str line, struct answer_parcel *parcel_out)
{
    json_t *root = read_object(line);
    if (!get_int(root, "since", &parcel_out->since)) {
        parcel_out->since = -1;
    }
    return verdict(root, get_uid(root, "dev", &parcel_out->dev) &&
                             get_int(root, "now_ms", &parcel_out->now_ms) &&
                             get_int(root, "generation", &parcel_out->generation) &&
                             get_log_at(root, "log", &parcel_out->log));
}

enum err answer_order(struct str body, struct answer_order *order_out)
{
    json_t *root = read_object(body);
    const json_t *order = json_object_get(root, "order");
    return verdict(root, get_uid(order, "dev", &order_out->dev) &&
                             get_int(order, "at_ms", &order_out->at_ms) &&
                             get_bytes(order, "sig", order_out->signature,
                                       sizeof order_out->signature));
}
