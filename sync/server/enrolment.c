/* Enrolment: who knows a code that staff made becomes a kiosk of their centre. */
#include "server/inside.h"

#include "server/feed.h"
#include "server/places.h"
#include "wire/enrol.h"
#include "wire/json.h"

#include <string.h>

/* Wrong codes a minute, from everybody together: behind these the answer is to come later,
 * and says nothing. A right one is always taken: a code has 80 bits, so nobody guesses it,
 * and who floods us with wrong ones shuts no kiosk out. */
#define WRONG_MAX 10
#define WRONG_MS 60000

struct request {
    uint8_t lookup[ENROL_LOOKUP_SIZE], mac[ENROL_MAC_SIZE];
    struct key_public public;
};

struct code {
    struct uid centre;
    uint8_t secret[ENROL_MAC_SIZE];
    int64_t expires_ms;
    bool used;
    struct key_public public; /* of who used it */
    struct bytes grant_line;
};

static const char code_sql[] = "SELECT centre, secret, expires_ms, public, grant_line"
                               " FROM code WHERE lookup = :lookup";
static const char use_sql[] = "UPDATE code SET public = :public, grant_line = :grant"
                              " WHERE lookup = :lookup";
static const char device_sql[] =
    "INSERT INTO device (centre, id, public, state, enrolled_ms, last_ms)"
    " VALUES (:centre, :id, :public, 'enrolled', :now, :now)"
    " ON CONFLICT (centre, id) DO UPDATE SET state = 'enrolled', revoked_ms = NULL";
static const char leave_sql[] =
    "DELETE FROM device WHERE id = :id AND centre <> :centre AND state = 'revoked'";
static const char centre_sql[] =
    "SELECT c.name, o.name, c.seal FROM centre c"
    " JOIN organisation o ON o.id = c.organisation WHERE c.id = :centre";

static bool read_request(struct str body, struct request *r)
{
    struct str name, value;
    unsigned seen = 0;
    while (body.len > 0 && body.ptr[body.len - 1] == '\n') {
        body.len--;
    }
    if (!json_object_valid(body)) {
        return false;
    }
    struct json_walk walk = json_walk(body);
    while (json_walk_next(&walk, &name, &value)) {
        bool good = true;
        if (str_eq(name, STR("lookup"))) {
            seen |= 1;
            good = json_b64(value, r->lookup, sizeof r->lookup);
        } else if (str_eq(name, STR("public"))) {
            seen |= 2;
            good = json_b64(value, r->public.b, sizeof r->public.b);
        } else if (str_eq(name, STR("mac"))) {
            seen |= 4;
            good = json_b64(value, r->mac, sizeof r->mac);
        }
        if (!good) {
            return false;
        }
    }
    return seen == 7;
}

/* ---- wrong codes ------------------------------------------------------------------- */

static bool too_many_wrong(struct core *core, struct core_job *job)
{
    int64_t now_ms = clock_mono_ms(&core->clock);
    int64_t passed_ms = now_ms - core->wrong_since_ms;
    if (core->wrong_codes == 0 || passed_ms >= WRONG_MS || passed_ms < 0) {
        core->wrong_codes = 0;
        core->wrong_since_ms = now_ms;
        return false;
    }
    if (core->wrong_codes < WRONG_MAX) {
        return false;
    }
    reply_error(job, 429, "busy");
    job->retry_after_s = (int)((WRONG_MS - passed_ms + 999) / 1000);
    return true;
}

static enum err answer_wrong(struct core *core, struct core_job *job)
{
    if (!too_many_wrong(core, job)) {
        core->wrong_codes++;
        reply_error(job, 403, "code");
    }
    return ERR_OK;
}

/* ---- codes ------------------------------------------------------------------------- */

static enum err find_code(const struct core *core, const struct request *r,
                          struct code *code)
{
    bool found = false;
    struct ask ask = ask_on(core->storage, code_sql);
    ask_blob(&ask, ":lookup", r->lookup, sizeof r->lookup);
    if (ask_row(&ask)) {
        found = true;
        code->centre = ask_get_uid(&ask, 0);
        ask_get_blob(&ask, 1, code->secret, sizeof code->secret);
        code->expires_ms = ask_get_int(&ask, 2);
        code->used = !ask_is_null(&ask, 3);
        if (code->used) {
            ask_get_blob(&ask, 3, code->public.b, sizeof code->public.b);
            struct str line = ask_peek_text(&ask, 4);
            bytes_put(&code->grant_line, line.ptr, line.len);
        }
    }
    return ask_done_found(&ask, found);
}

static enum err use_code(const struct core *core, const struct request *r,
                         const struct code *code)
{
    struct ask ask = ask_on(core->storage, use_sql);
    ask_blob(&ask, ":lookup", r->lookup, sizeof r->lookup);
    ask_blob(&ask, ":public", r->public.b, sizeof r->public.b);
    ask_text(&ask, ":grant", bytes_str(&code->grant_line));
    return ask_run(&ask);
}

/* ---- the device -------------------------------------------------------------------- */

static struct scene scene_of(const struct core *core, const struct code *code,
                             int64_t now_ms)
{
    return (struct scene){.storage = core->storage,
                          .rng = &core->rng,
                          .books = core->books,
                          .centre = code->centre,
                          .now_ms = now_ms};
}

/* A kiosk that comes back with the same key after it was locked is let in again: staff
 * made a code for it. Its order to lock itself leaves the feed. */
static enum err put_device(const struct core *core, const struct code *code,
                           const struct request *r, struct uid dev, int64_t now_ms)
{
    char id[UID_TEXT_SIZE];
    struct scene scene = scene_of(core, code, now_ms);
    struct ask ask = ask_on(core->storage, leave_sql);
    ask_uid(&ask, ":id", &dev);
    ask_uid(&ask, ":centre", &code->centre);
    enum err err = ask_run(&ask);
    if (err != ERR_OK) {
        return err;
    }
    ask = ask_on(core->storage, device_sql);
    ask_uid(&ask, ":centre", &code->centre);
    ask_uid(&ask, ":id", &dev);
    ask_blob(&ask, ":public", r->public.b, sizeof r->public.b);
    ask_int(&ask, ":now", now_ms);
    err = ask_run(&ask);
    uid_format(dev, id);
    return err == ERR_OK ? feed_put(&scene, STR("device"), str_of(id), STR("")) : err;
}

static void write_grant(const struct core *core, struct ask *ask, struct uid centre,
                        struct uid dev, int64_t generation, struct bytes *out)
{
    char dev_text[UID_TEXT_SIZE], centre_text[UID_TEXT_SIZE];
    uid_format(dev, dev_text);
    uid_format(centre, centre_text);
    bytes_printf(out, "{\"dev\":\"%s\",\"centre\":\"%s\",\"name\":", dev_text,
                 centre_text);
    bytes_json(out, ask_peek_text(ask, 0));
    bytes_puts(out, ",\"organisation\":");
    bytes_json(out, ask_peek_text(ask, 1));
    bytes_puts(out, ",\"server\":\"");
    bytes_b64(out, core->server.public.b, sizeof core->server.public.b);
    bytes_printf(out, "\",\"generation\":%lld,\"seal\":", (long long)generation);
    if (ask_is_null(ask, 2)) {
        bytes_puts(out, "null");
    } else {
        bytes_json(out, ask_peek_text(ask, 2));
    }
    bytes_puts(out, ",\"parcel\":\"");
    bytes_b64(out, core->parcel_public, sizeof core->parcel_public);
    bytes_puts(out, "\",\"pin\":");
    if (core->pin[0]) {
        bytes_json(out, str_of(core->pin));
    } else {
        bytes_puts(out, "null");
    }
    bytes_puts(out, "}");
}

static enum err make_grant(const struct core *core, struct code *code, struct uid dev)
{
    bool found = false;
    int64_t generation;
    enum err err = core_generation(core, &generation);
    if (err != ERR_OK) {
        return err;
    }
    struct ask ask = ask_on(core->storage, centre_sql);
    ask_uid(&ask, ":centre", &code->centre);
    if (ask_row(&ask)) {
        found = true;
        write_grant(core, &ask, code->centre, dev, generation, &code->grant_line);
    }
    return ask_done_found(&ask, found);
}

static void answer_grant(struct core_job *job, const struct code *code,
                         const struct request *r)
{
    uint8_t mac[ENROL_MAC_SIZE];
    enrol_mac_centre(code->secret, &r->public, bytes_str(&code->grant_line), mac);
    job->status = 201;
    bytes_put(&job->reply, code->grant_line.data, code->grant_line.len);
    bytes_puts(&job->reply, "\n{\"mac\":\"");
    bytes_b64(&job->reply, mac, sizeof mac);
    bytes_puts(&job->reply, "\"}\n");
}

/* ---- all of it --------------------------------------------------------------------- */

/* A kiosk belongs to one centre. What it promised there would be lost if it could simply
 * go: it is locked there first. */
static enum err enrol(const struct core *core, struct core_job *job, struct code *code,
                      const struct request *r, int64_t now_ms)
{
    struct device device;
    struct uid dev = chain_device_of(&r->public);
    enum err err = device_find(core->storage, dev, &device);
    if (err != ERR_OK && err != ERR_NOT_FOUND) {
        return err;
    }
    if (err == ERR_OK && !uid_eq(device.centre, code->centre) && !device.revoked) {
        reply_error(job, 403, "elsewhere");
        return ERR_OK;
    }
    bool back = err == ERR_OK && device.revoked && uid_eq(device.centre, code->centre);
    err = put_device(core, code, r, dev, now_ms);
    if (err == ERR_OK && back) {
        struct scene scene = scene_of(core, code, now_ms);
        err = places_settle_all(&scene);
    }
    if (err == ERR_OK) {
        err = make_grant(core, code, dev);
    }
    if (err == ERR_OK && code->grant_line.failed) {
        err = ERR_FULL;
    }
    if (err == ERR_OK) {
        err = use_code(core, r, code);
    }
    if (err == ERR_OK) {
        answer_grant(job, code, r);
    }
    return err;
}

static enum err answer(struct core *core, struct core_job *job, struct code *code,
                       const struct request *r, int64_t now_ms)
{
    uint8_t mac[ENROL_MAC_SIZE];
    enum err err = find_code(core, r, code);
    if (err == ERR_NOT_FOUND) {
        return answer_wrong(core, job);
    }
    if (err != ERR_OK) {
        return err;
    }
    enrol_mac_kiosk(code->secret, &r->public, mac);
    if (!enrol_mac_eq(mac, r->mac)) {
        return answer_wrong(core, job);
    }
    if (code->used && memcmp(code->public.b, r->public.b, sizeof r->public.b) == 0) {
        answer_grant(job, code, r); /* the answer was lost */
        return ERR_OK;
    }
    if (code->used || code->expires_ms <= now_ms) {
        reply_error(job, 403, "code");
        return ERR_OK;
    }
    return enrol(core, job, code, r, now_ms);
}

enum err auth_enrol(struct core *core, struct core_job *job, int64_t now_ms)
{
    struct request request;
    struct code code = {.used = false};
    if (!read_request(job->body, &request)) {
        reply_error(job, 400, "malformed");
        return ERR_OK;
    }
    enum err err = answer(core, job, &code, &request, now_ms);
    bytes_free(&code.grant_line);
    return err;
}
