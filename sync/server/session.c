/* A session: a nonce that the kiosk signs, a token for an hour, and a contact noted. */
#include "server/anchor.h"
#include "server/inside.h"
#include "server/log.h"

#include "wire/json.h"

#include <string.h>

struct request {
    struct uid dev;
    struct str nonce;
    int64_t epoch, boot, mono_ms;
    uint8_t signature[KEY_SIGNATURE_SIZE];
    unsigned seen;
};
enum {
    SEEN_DEV = 1,
    SEEN_NONCE = 2,
    SEEN_EPOCH = 4,
    SEEN_BOOT = 8,
    SEEN_MONO = 16,
    SEEN_SIG = 32,
    SEEN_FIRST = SEEN_DEV,
    SEEN_SECOND = 63,
};

static bool read_number(struct str value, int64_t min, int64_t *out)
{
    return json_number(value, out) && *out >= min;
}

static bool read_member(struct str name, struct str value, struct request *r)
{
    struct str text;
#define MEMBER(text, bit) (str_eq(name, STR(text)) && (r->seen |= (bit)))
    if (MEMBER("dev", SEEN_DEV)) {
        return json_plain(value, &text) && uid_parse(text, &r->dev) == ERR_OK &&
               !uid_is_nil(r->dev);
    }
    if (MEMBER("nonce", SEEN_NONCE)) {
        return json_plain(value, &r->nonce);
    }
    if (MEMBER("epoch", SEEN_EPOCH)) {
        return read_number(value, 1, &r->epoch);
    }
    if (MEMBER("boot", SEEN_BOOT)) {
        return read_number(value, 0, &r->boot);
    }
    if (MEMBER("mono_ms", SEEN_MONO)) {
        return read_number(value, 0, &r->mono_ms);
    }
    if (MEMBER("sig", SEEN_SIG)) {
        return json_b64(value, r->signature, sizeof r->signature);
    }
#undef MEMBER
    return true;
}

static bool read_request(struct str body, struct request *r)
{
    struct str name, value;
    *r = (struct request){.seen = 0};
    while (body.len > 0 &&
           (body.ptr[body.len - 1] == '\n' || body.ptr[body.len - 1] == '\r')) {
        body.len--;
    }
    if (!json_object_valid(body)) {
        return false;
    }
    struct json_walk walk = json_walk(body);
    while (json_walk_next(&walk, &name, &value)) {
        if (!read_member(name, value, r)) {
            return false;
        }
    }
    return r->seen == SEEN_FIRST || r->seen == SEEN_SECOND;
}

static bool is_signed(const struct request *r, const struct device *device)
{
    char text[UID_TEXT_SIZE + NONCE_SIZE];
    struct buf message;
    uid_format(r->dev, text);
    buf_init(&message, text + UID_TEXT_SIZE - 1, sizeof text - UID_TEXT_SIZE + 1);
    buf_put(&message, r->nonce);
    return !message.cut &&
           key_verify(&device->public, STR("anlauf session 1"), (const uint8_t *)text,
                      UID_TEXT_SIZE - 1 + message.len, r->signature);
}

static void answer_nonce(const struct core *core, struct core_job *job, struct uid dev,
                         int64_t now_ms)
{
    char nonce[NONCE_SIZE];
    nonce_make(core, dev, now_ms, nonce);
    job->status = 200;
    bytes_printf(&job->reply, "{\"nonce\":\"%s\"}\n", nonce);
}

/* The kiosk read its clock after it had the nonce: so long ago at most. */
static enum err note_contact(const struct core *core, const struct device *device,
                             const struct request *r, int64_t nonce_ms, int64_t now_ms)
{
    struct anchor anchor = {.centre = device->centre,
                            .dev = device->id,
                            .epoch = r->epoch,
                            .boot = r->boot,
                            .when = {r->mono_ms, now_ms, now_ms - nonce_ms}};
    enum err err = anchor_put(core->storage, &anchor);
    return err == ERR_OK ? device_seen(core->storage, device, now_ms, 0) : err;
}

static enum err answer_token(const struct core *core, struct core_job *job,
                             const struct device *device, int64_t epoch, int64_t now_ms)
{
    char token[TOKEN_SIZE];
    int64_t generation;
    struct log log;
    enum err err = core_generation(core, &generation);
    if (err != ERR_OK) {
        return err;
    }
    err = log_get(core->storage, device->centre, device->id, epoch, &log);
    if (err != ERR_OK && err != ERR_NOT_FOUND) {
        return err;
    }
    token_make(core, device->id, now_ms, token);
    job->status = 200;
    bytes_printf(&job->reply,
                 "{\"token\":\"%s\",\"expires_s\":%d,\"now_ms\":%lld,\"generation\":%lld,"
                 "\"proto\":[1,1],\"log\":",
                 token, TOKEN_LIFE_MS / 1000, (long long)now_ms, (long long)generation);
    if (err == ERR_OK) {
        bytes_printf(&job->reply, "{\"epoch\":%lld,", (long long)epoch);
        log_write_json(&log, &job->reply);
        bytes_puts(&job->reply, "}}\n");
    } else {
        bytes_puts(&job->reply, "null}\n");
    }
    return ERR_OK;
}

static enum err begin(const struct core *core, struct core_job *job,
                      const struct device *device, const struct request *r,
                      int64_t now_ms)
{
    int64_t nonce_ms;
    if (nonce_read(core, r->nonce, r->dev, now_ms, &nonce_ms) != ERR_OK) {
        reply_error(job, 401, "token");
        return ERR_OK;
    }
    if (!is_signed(r, device)) {
        reply_error(job, 400, "signature");
        return ERR_OK;
    }
    enum err err = note_contact(core, device, r, nonce_ms, now_ms);
    return err == ERR_OK ? answer_token(core, job, device, r->epoch, now_ms) : err;
}

/* A kiosk that is not known was enrolled at another server, or at this one after it was
 * last backed up: no session will mend that. */
enum err auth_session(struct core *core, struct core_job *job, int64_t now_ms)
{
    struct request request;
    struct device device;
    if (!read_request(job->body, &request)) {
        reply_error(job, 400, "malformed");
        return ERR_OK;
    }
    enum err err = device_find(core->storage, request.dev, &device);
    if (err == ERR_NOT_FOUND) {
        reply_error(job, 404, "unknown");
        return ERR_OK;
    }
    if (err != ERR_OK) {
        return err;
    }
    if (device.revoked) {
        reply_revoked(core, job, &device);
        return ERR_OK;
    }
    if (request.seen == SEEN_FIRST) {
        answer_nonce(core, job, request.dev, now_ms);
        return ERR_OK;
    }
    return begin(core, job, &device, &request, now_ms);
}
