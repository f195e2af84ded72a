#include "proof/verify.h"

static struct str trim(struct str text)
{
    while (text.len > 0 && (unsigned char)text.ptr[0] <= ' ') {
        text.ptr++;
        text.len--;
    }
    while (text.len > 0 && (unsigned char)text.ptr[text.len - 1] <= ' ') {
        text.len--;
    }
    return text;
}

static enum verify_result say_malformed(size_t at, struct buf *out)
{
    buf_printf(out, "malformed: this is no slip, from character %zu on\n", at + 1);
    buf_printf(out, "{\"result\":\"malformed\",\"at\":%zu}\n", at);
    return VERIFY_MALFORMED;
}

static enum verify_result say_not_believed(struct key_id id, bool known, struct buf *out)
{
    char device[9];
    key_id_format(id, device);
    if (known) {
        buf_printf(out, "bad signature: device %s did not issue this slip\n", device);
    } else {
        buf_printf(out, "unknown device: no key given for device %s\n", device);
    }
    buf_printf(out, "{\"result\":\"%s\",\"device\":\"%s\"}\n",
               known ? "bad_signature" : "unknown_device", device);
    return known ? VERIFY_BAD_SIGNATURE : VERIFY_UNKNOWN_DEVICE;
}

/* The words of one slip, formatted once for both lines. */
struct words {
    char date[11], start[6], end[6], issued[11], fact[UID_TEXT_SIZE], device[9];
    char field[FIELD_CODE_SIZE];
    const char *kind, *code;
    int minutes; /* 0: it is not about hours */
    bool has_issued;
};

static void words_of(const struct payload_signed *read, struct words *w)
{
    const struct payload *payload = &read->payload;
    w->kind = payload_kind_name(payload->kind);
    w->code = payload->offer_code;
    w->minutes = payload->minutes;
    w->has_issued = payload->issued != DATE_NONE;
    w->field[0] = '\0';
    if (payload->field > 0) {
        field_code(payload->field, w->field);
    }
    date_format(payload->date, w->date);
    time_format(payload->start, w->start);
    time_format(payload->end, w->end);
    date_format(w->has_issued ? payload->issued : 0, w->issued);
    uid_format(payload->fact, w->fact);
    key_id_format(read->key_id, w->device);
}

static void put_hours(const struct words *w, struct buf *out)
{
    if (w->minutes > 0) {
        buf_printf(out, "\"minutes\":%d,", w->minutes);
        buf_printf(out, w->field[0] ? "\"field\":\"%s\"," : "\"field\":null,", w->field);
    }
}

static enum verify_result say_valid(const struct words *w, struct buf *out)
{
    buf_printf(out, "valid: %s for job %s on %s, %s to %s, ", w->kind, w->code, w->date,
               w->start, w->end);
    if (w->minutes > 0) {
        buf_printf(out, "%d minutes, ", w->minutes);
    }
    buf_printf(out, "issued %s by device %s\n",
               w->has_issued ? w->issued : "on an unknown day", w->device);
    buf_printf(out, "{\"result\":\"valid\",\"kind\":\"%s\",\"fact\":\"%s\",", w->kind, w->fact);
    buf_printf(out, "\"offer\":\"%s\",\"date\":\"%s\",\"start\":\"%s\",\"end\":\"%s\",",
               w->code, w->date, w->start, w->end);
    put_hours(w, out);
    buf_printf(out, w->has_issued ? "\"issued\":\"%s\"," : "\"issued\":null,", w->issued);
    buf_printf(out, "\"device\":\"%s\"}\n", w->device);
    return VERIFY_VALID;
}

enum verify_result verify_text(struct str text, const struct key_public *keys,
                               size_t key_count, struct buf *out)
{
    struct payload_signed read;
    struct words words;
    size_t at = 0;
    struct str trimmed = trim(text);
    if (payload_decode(trimmed, &read, &at) != ERR_OK) {
        return say_malformed((size_t)(trimmed.ptr - text.ptr) + at, out);
    }
    enum err err = payload_verify(&read, keys, key_count);
    if (err) {
        return say_not_believed(read.key_id, err == ERR_DENIED, out);
    }
    words_of(&read, &words);
    return say_valid(&words, out);
}
