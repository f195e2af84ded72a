#include "proof/payload.h"

#include <sodium.h>
#include <string.h>

#define VERSION 1
#define DOMAIN STR("anlauf slip 1")

enum {
    AT_VERSION = 0,
    AT_KIND = 1,
    AT_KEY_ID = 2,
    AT_FACT = 6,
    AT_HOLDER = 22,
    AT_DATE = 26,
    AT_START = 29,
    AT_END = 31,
    AT_ISSUED = 33,
    AT_CODE_LEN = 36,
    AT_CODE = 37,
};

/* Behind the code, of hours only. */
enum { TAIL_FIELD = 0, TAIL_MINUTES = 1, TAIL_SIZE = 3 };

#define CODE_MAX (OFFER_CODE_SIZE - 1)

_Static_assert(AT_CODE + CODE_MAX + TAIL_SIZE == PAYLOAD_BODY_MAX, "payload layout");

static const char *const kind_names[PAYLOAD_KIND_END] = {
    [PAYLOAD_WISH] = "wish",
    [PAYLOAD_AGREEMENT] = "agreement",
    [PAYLOAD_HOURS] = "hours",
};

const char *payload_kind_name(enum payload_kind kind)
{
    CHECK(kind > 0 && kind < PAYLOAD_KIND_END);
    return kind_names[kind];
}

struct payload_holder payload_holder_of(struct uid participant, struct uid fact)
{
    static const char label[] = "anlauf holder 1";
    uint8_t message[sizeof label + sizeof fact.b];
    uint8_t hash[crypto_generichash_BYTES];
    struct payload_holder holder;
    memcpy(message, label, sizeof label);
    memcpy(message + sizeof label, fact.b, sizeof fact.b);
    crypto_generichash(hash, sizeof hash, message, sizeof message, participant.b,
                       sizeof participant.b);
    memcpy(holder.b, hash, sizeof holder.b);
    return holder;
}

static void put_number(uint8_t *at, int bytes, uint32_t value)
{
    for (int i = bytes - 1; i >= 0; i--) {
        at[i] = (uint8_t)value;
        value >>= 8;
    }
}

static int get_number(const uint8_t *at, int bytes)
{
    int value = 0;
    for (int i = 0; i < bytes; i++) {
        value = value << 8 | at[i];
    }
    return value;
}

static date_t date_last(void)
{
    return date_from_ymd(2199, 12, 31);
}

static bool code_char_valid(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

static size_t tail_size(enum payload_kind kind)
{
    return kind == PAYLOAD_HOURS ? TAIL_SIZE : 0;
}

/* Where in the tail the first wrong value stands; -1 if all are fine. */
static int first_wrong_in_tail(const struct payload *payload)
{
    bool hours = payload->kind == PAYLOAD_HOURS;
    if (payload->field < 0 || payload->field > (hours ? FIELD_MAX : 0)) {
        return TAIL_FIELD;
    }
    if (payload->minutes < (hours ? 1 : 0) ||
        payload->minutes > (hours ? payload->end - payload->start : 0)) {
        return TAIL_MINUTES;
    }
    return -1;
}

/* Where in the body the first value stands that no slip may have; -1 if all are fine. */
static int first_wrong(const struct payload *payload, size_t code_len)
{
    if (payload->kind < PAYLOAD_WISH || payload->kind >= PAYLOAD_KIND_END) {
        return AT_KIND;
    }
    if (payload->date < 0 || payload->date > date_last()) {
        return AT_DATE;
    }
    if (payload->start < 0 || payload->start >= MINUTES_PER_DAY) {
        return AT_START;
    }
    if (payload->end <= payload->start || payload->end > MINUTES_PER_DAY) {
        return AT_END;
    }
    if (payload->issued != DATE_NONE &&
        (payload->issued < 0 || payload->issued > date_last())) {
        return AT_ISSUED;
    }
    if (code_len < 1 || code_len > CODE_MAX) {
        return AT_CODE_LEN;
    }
    for (size_t i = 0; i < code_len; i++) {
        if (!code_char_valid(payload->offer_code[i])) {
            return AT_CODE + (int)i;
        }
    }
    int in_tail = first_wrong_in_tail(payload);
    return in_tail < 0 ? -1 : AT_CODE + (int)code_len + in_tail;
}

static size_t write_body(const struct payload *payload, struct key_id key_id,
                         size_t code_len, uint8_t *body)
{
    date_t issued = payload->issued == DATE_NONE ? 0 : payload->issued;
    body[AT_VERSION] = VERSION;
    body[AT_KIND] = (uint8_t)payload->kind;
    memcpy(body + AT_KEY_ID, key_id.b, sizeof key_id.b);
    memcpy(body + AT_FACT, payload->fact.b, sizeof payload->fact.b);
    memcpy(body + AT_HOLDER, payload->holder.b, sizeof payload->holder.b);
    put_number(body + AT_DATE, 3, (uint32_t)payload->date);
    put_number(body + AT_START, 2, (uint32_t)payload->start);
    put_number(body + AT_END, 2, (uint32_t)payload->end);
    put_number(body + AT_ISSUED, 3, (uint32_t)issued);
    body[AT_CODE_LEN] = (uint8_t)code_len;
    memcpy(body + AT_CODE, payload->offer_code, code_len);
    if (tail_size(payload->kind) > 0) {
        uint8_t *tail = body + AT_CODE + code_len;
        tail[TAIL_FIELD] = (uint8_t)payload->field;
        put_number(tail + TAIL_MINUTES, 2, (uint32_t)payload->minutes);
    }
    return AT_CODE + code_len + tail_size(payload->kind);
}

enum err payload_encode(const struct payload *payload, const struct key *key,
                        char text_out[PAYLOAD_TEXT_SIZE])
{
    const size_t prefix = strlen(PAYLOAD_PREFIX);
    uint8_t bytes[PAYLOAD_BYTES_MAX];
    size_t code_len = strnlen(payload->offer_code, OFFER_CODE_SIZE);
    if (first_wrong(payload, code_len) >= 0) {
        return ERR_INVALID;
    }
    size_t body = write_body(payload, key->id, code_len, bytes);
    key_sign(key, DOMAIN, bytes, body, bytes + body);
    memcpy(text_out, PAYLOAD_PREFIX, prefix);
    base32_encode(bytes, body + KEY_SIGNATURE_SIZE, text_out + prefix);
    text_out[prefix + BASE32_CHARS(body + KEY_SIGNATURE_SIZE)] = '\0';
    return ERR_OK;
}

/* The bytes of the text. ERR_INVALID with the offset into the text otherwise. */
static enum err read_bytes(struct str text, uint8_t *bytes, size_t *len_out, size_t *at_out)
{
    const size_t prefix = strlen(PAYLOAD_PREFIX);
    for (size_t i = 0; i < prefix; i++) {
        if (i >= text.len || text.ptr[i] != PAYLOAD_PREFIX[i]) {
            *at_out = i;
            return ERR_INVALID;
        }
    }
    size_t at = 0;
    struct str rest = {text.ptr + prefix, text.len - prefix};
    if (base32_decode(rest, bytes, PAYLOAD_BYTES_MAX, len_out, &at) != ERR_OK) {
        *at_out = prefix + at;
        return ERR_INVALID;
    }
    return ERR_OK;
}

static size_t text_offset(int byte)
{
    return strlen(PAYLOAD_PREFIX) + (size_t)byte * 8 / 5;
}

static void read_body(const uint8_t *body, struct payload *payload)
{
    int issued = get_number(body + AT_ISSUED, 3);
    payload->kind = (enum payload_kind)body[AT_KIND];
    memcpy(payload->fact.b, body + AT_FACT, sizeof payload->fact.b);
    memcpy(payload->holder.b, body + AT_HOLDER, sizeof payload->holder.b);
    payload->date = get_number(body + AT_DATE, 3);
    payload->start = get_number(body + AT_START, 2);
    payload->end = get_number(body + AT_END, 2);
    payload->issued = issued ? issued : DATE_NONE;
    if (tail_size(payload->kind) > 0) {
        const uint8_t *tail = body + AT_CODE + body[AT_CODE_LEN];
        payload->field = tail[TAIL_FIELD];
        payload->minutes = get_number(tail + TAIL_MINUTES, 2);
    }
}

/* -1, or the byte at which these are not the bytes of a slip. */
static int read_all(const uint8_t *bytes, size_t len, struct payload_signed *read)
{
    if (len < 1 || bytes[AT_VERSION] != VERSION) {
        return AT_VERSION;
    }
    if (len < AT_CODE + KEY_SIGNATURE_SIZE) {
        return (int)len;
    }
    size_t code_len = bytes[AT_CODE_LEN];
    read->body_len = AT_CODE + code_len + tail_size((enum payload_kind)bytes[AT_KIND]);
    if (code_len < 1 || code_len > CODE_MAX) {
        return AT_CODE_LEN;
    }
    if (len != read->body_len + KEY_SIGNATURE_SIZE) {
        return (int)(len < read->body_len + KEY_SIGNATURE_SIZE
                         ? len : read->body_len + KEY_SIGNATURE_SIZE);
    }
    memcpy(read->body, bytes, read->body_len);
    memcpy(read->signature, bytes + read->body_len, KEY_SIGNATURE_SIZE);
    memcpy(read->key_id.b, bytes + AT_KEY_ID, KEY_ID_SIZE);
    memcpy(read->payload.offer_code, bytes + AT_CODE, code_len);
    read_body(bytes, &read->payload);
    return first_wrong(&read->payload, code_len);
}

enum err payload_decode(struct str text, struct payload_signed *signed_out, size_t *at_out)
{
    uint8_t bytes[PAYLOAD_BYTES_MAX];
    size_t len;
    struct payload_signed read = {0};
    if (read_bytes(text, bytes, &len, at_out) != ERR_OK) {
        return ERR_INVALID;
    }
    int wrong = read_all(bytes, len, &read);
    if (wrong >= 0) {
        *at_out = text_offset(wrong);
        return ERR_INVALID;
    }
    *signed_out = read;
    return ERR_OK;
}

enum err payload_verify(const struct payload_signed *read, const struct key_public *keys,
                        size_t key_count)
{
    enum err err = ERR_NOT_FOUND;
    /* Ids are short: two keys may share one, so every match is tried. */
    for (size_t i = 0; i < key_count; i++) {
        if (!key_id_eq(key_id_of(&keys[i]), read->key_id)) {
            continue;
        }
        if (key_verify(&keys[i], DOMAIN, read->body, read->body_len, read->signature)) {
            return ERR_OK;
        }
        err = ERR_DENIED;
    }
    return err;
}
