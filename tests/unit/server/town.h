/* A centre with its core, and kiosks that do by hand what sync/PROTOCOL.md says. What
 * events change is the server's own, or fake_effects.h if that was included before. */
#ifndef UNIT_SERVER_TOWN_H
#define UNIT_SERVER_TOWN_H

#include "server/core.h"
#include "server/feed.h"
#include "support/support.h"
#include "unit/server/hall.h"
#include "wire/enrol.h"
#include "wire/json.h"
#include "wire/pack.h"
#include "wire/page.h"

#define TOWN_NOW 1795430000000
#define KIOSK_LINES_MAX 64

struct town {
    struct hall hall;
    struct fake_clock time;
    uint64_t seed;
    struct rng rng;
    struct core *core;
    struct uid centre;
    struct key_public server;
};

struct kiosk {
    struct key key;
    struct uid dev;
    int64_t epoch, start, seq;                    /* the newest line */
    struct chain_hash heads[KIOSK_LINES_MAX + 1]; /* [n - start + 1] behind line n */
    char *lines[KIOSK_LINES_MAX];                 /* [n - start] */
    char token[128];
    int status; /* of the last answer */
    char reply[4096];
};

/* ---- the centre -------------------------------------------------------------------- */

static inline void town_exec(struct town *town, const char *sql)
{
    enum err err = hall_run(&town->hall, sql);
    if (err != ERR_OK) {
        fail_msg("%s: %s", sql, storage_detail(town->hall.storage));
    }
}

static inline int64_t town_number(struct town *town, const char *sql)
{
    return hall_number(&town->hall, sql);
}

static inline void town_centre(struct town *town, struct uid id)
{
    uint8_t zero[32] = {0};
    assert_int_equal(storage_begin(town->hall.storage), ERR_OK);
    struct ask ask =
        ask_on(town->hall.storage,
               "INSERT INTO centre (id, organisation, name, rev, compacted,"
               " live, digest, received) VALUES (:id,"
               " x'01000000000000000000000000000000', 'Haus \"am\" Ring', 0, 0,"
               " 0, :digest, 0)");
    ask_uid(&ask, ":id", &id);
    ask_blob(&ask, ":digest", zero, sizeof zero);
    assert_int_equal(storage_end(town->hall.storage, ask_run(&ask)), ERR_OK);
}

static inline void town_keys(struct town *town)
{
    uint8_t seeds[3][32];
    struct key key;
    for (int i = 0; i < 3; i++) {
        memset(seeds[i], 0x40 + i, 32);
    }
    key_from_seed(seeds[0], &key);
    town->server = key.public;
    assert_int_equal(storage_begin(town->hall.storage), ERR_OK);
    struct ask ask = ask_on(town->hall.storage,
                            "INSERT INTO server (one, seed, parcel_secret, token_key,"
                            " generation) VALUES (1, :seed, :parcel, :token, 1)");
    ask_blob(&ask, ":seed", seeds[0], 32);
    ask_blob(&ask, ":parcel", seeds[1], 32);
    ask_blob(&ask, ":token", seeds[2], 32);
    assert_int_equal(storage_end(town->hall.storage, ask_run(&ask)), ERR_OK);
}

static inline void town_core(struct town *town)
{
    struct core_options options = {.storage = town->hall.storage,
                                   .clock = fake_clock(&town->time),
                                   .rng = town->rng,
                                   .pin = "sha256//abc"};
    assert_int_equal(core_make(&options, &town->core), ERR_OK);
}

static inline void town_make(struct town *town)
{
    memset(town, 0, sizeof *town);
    hall_make(&town->hall);
    hall_open(&town->hall);
    town->time = (struct fake_clock){TOWN_NOW, 1000};
    town->seed = 11;
    town->rng = fake_rng(&town->seed);
    town->centre = (struct uid){{7}};
    town_keys(town);
    town_exec(town, "INSERT INTO organisation (id, name) VALUES"
                    " (x'01000000000000000000000000000000', 'Verein')");
    town_centre(town, town->centre);
    town_core(town);
#ifdef UNIT_SERVER_FAKE_EFFECTS_H
    fake_effects_reset();
#endif
}

static inline void town_done(struct town *town)
{
    core_free(town->core);
    hall_done(&town->hall);
}

static inline struct enrol_code town_code(struct town *town, struct uid centre)
{
    struct enrol_code code = enrol_code_make(&town->rng);
    uint8_t lookup[ENROL_LOOKUP_SIZE], secret[ENROL_MAC_SIZE];
    enrol_lookup(&code, lookup);
    enrol_secret(&code, secret);
    assert_int_equal(storage_begin(town->hall.storage), ERR_OK);
    struct ask ask =
        ask_on(town->hall.storage, "INSERT INTO code (lookup, centre, secret, expires_ms)"
                                   " VALUES (:lookup, :centre, :secret, :expires)");
    ask_blob(&ask, ":lookup", lookup, sizeof lookup);
    ask_uid(&ask, ":centre", &centre);
    ask_blob(&ask, ":secret", secret, sizeof secret);
    ask_int(&ask, ":expires", TOWN_NOW + 24 * 3600 * 1000);
    assert_int_equal(storage_end(town->hall.storage, ask_run(&ask)), ERR_OK);
    return code;
}

/* ---- a request --------------------------------------------------------------------- */

static inline void kiosk_answer(struct kiosk *kiosk, struct core_job *job)
{
    kiosk->status = job->status;
    struct str reply = bytes_str(&job->reply);
    assert_true(str_copy(kiosk->reply, sizeof kiosk->reply, reply));
    bytes_free(&job->reply);
}

static inline int kiosk_ask(struct town *town, struct kiosk *kiosk, enum core_what what,
                            const char *body, int64_t epoch, int64_t since)
{
    struct core_job job = {.what = what,
                           .token = str_of(kiosk->token),
                           .body = str_of(body),
                           .epoch = epoch,
                           .since = since};
    core_run(town->core, &job, 1);
    kiosk_answer(kiosk, &job);
    return kiosk->status;
}

/* The value of a member of the last answer's first line, with its quotes; "" if none. */
static inline const char *kiosk_member(struct kiosk *kiosk, const char *name)
{
    static char found[1024];
    struct str text = str_of(kiosk->reply), key, value;
    text.len = strcspn(kiosk->reply, "\n");
    assert_true(json_object_valid(text));
    found[0] = '\0';
    struct json_walk walk = json_walk(text);
    while (json_walk_next(&walk, &key, &value)) {
        if (str_eq(key, str_of(name))) {
            assert_true(str_copy(found, sizeof found, value));
        }
    }
    return found;
}

static inline int64_t kiosk_number(struct kiosk *kiosk, const char *name)
{
    return atoll(kiosk_member(kiosk, name));
}

static inline const char *kiosk_text(struct kiosk *kiosk, const char *name)
{
    static char text[1024];
    const char *value = kiosk_member(kiosk, name);
    assert_true(value[0] == '"');
    snprintf(text, sizeof text, "%.*s", (int)strlen(value) - 2, value + 1);
    return text;
}

/* ---- a kiosk ----------------------------------------------------------------------- */

static inline void kiosk_epoch(struct kiosk *kiosk, int64_t epoch, int64_t start)
{
    for (int i = 0; i < KIOSK_LINES_MAX; i++) {
        free(kiosk->lines[i]);
        kiosk->lines[i] = NULL;
    }
    kiosk->epoch = epoch;
    kiosk->start = start;
    kiosk->seq = start - 1;
    kiosk->heads[0] = chain_start(kiosk->dev, epoch, start);
}

static inline void kiosk_make(struct town *town, struct kiosk *kiosk)
{
    memset(kiosk, 0, sizeof *kiosk);
    key_make(&town->rng, &kiosk->key);
    kiosk->dev = chain_device_of(&kiosk->key.public);
    kiosk_epoch(kiosk, 1, 1);
}

static inline void kiosk_done(struct kiosk *kiosk)
{
    kiosk_epoch(kiosk, 1, 1);
}

static inline void kiosk_enrol_body(const struct kiosk *kiosk,
                                    const struct enrol_code *code, char out[512])
{
    uint8_t lookup[ENROL_LOOKUP_SIZE], secret[ENROL_MAC_SIZE], mac[ENROL_MAC_SIZE];
    char lookup_text[B64_SIZE(ENROL_LOOKUP_SIZE)], public[64], mac_text[64];
    enrol_lookup(code, lookup);
    enrol_secret(code, secret);
    enrol_mac_kiosk(secret, &kiosk->key.public, mac);
    b64_format(lookup, sizeof lookup, lookup_text);
    b64_format(kiosk->key.public.b, 32, public);
    b64_format(mac, sizeof mac, mac_text);
    snprintf(out, 512, "{\"lookup\":\"%s\",\"public\":\"%s\",\"mac\":\"%s\"}",
             lookup_text, public, mac_text);
}

static inline int kiosk_enrol(struct town *town, struct kiosk *kiosk,
                              const struct enrol_code *code)
{
    char body[512];
    kiosk_enrol_body(kiosk, code, body);
    return kiosk_ask(town, kiosk, CORE_ENROL, body, 0, 0);
}

static inline int kiosk_nonce(struct town *town, struct kiosk *kiosk, char nonce_out[128])
{
    char body[128], dev[UID_TEXT_SIZE];
    uid_format(kiosk->dev, dev);
    snprintf(body, sizeof body, "{\"dev\":\"%s\"}", dev);
    int status = kiosk_ask(town, kiosk, CORE_SESSION, body, 0, 0);
    if (status == 200) {
        assert_true(str_copy(nonce_out, 128, str_of(kiosk_text(kiosk, "nonce"))));
    }
    return status;
}

static inline int kiosk_sign_in(struct town *town, struct kiosk *kiosk, const char *nonce,
                                int64_t boot, int64_t mono_ms)
{
    char body[512], message[256], dev[UID_TEXT_SIZE], sig[B64_SIZE(64)];
    uint8_t signature[KEY_SIGNATURE_SIZE];
    uid_format(kiosk->dev, dev);
    int len = snprintf(message, sizeof message, "%s%s", dev, nonce);
    key_sign(&kiosk->key, STR("anlauf session 1"), (const uint8_t *)message, (size_t)len,
             signature);
    b64_format(signature, sizeof signature, sig);
    snprintf(body, sizeof body,
             "{\"dev\":\"%s\",\"nonce\":\"%s\",\"epoch\":%lld,\"boot\":%lld,"
             "\"mono_ms\":%lld,\"sig\":\"%s\"}",
             dev, nonce, (long long)kiosk->epoch, (long long)boot, (long long)mono_ms,
             sig);
    int status = kiosk_ask(town, kiosk, CORE_SESSION, body, 0, 0);
    if (status == 200) {
        assert_true(str_copy(kiosk->token, sizeof kiosk->token,
                             str_of(kiosk_text(kiosk, "token"))));
    }
    return status;
}

static inline int kiosk_session(struct town *town, struct kiosk *kiosk)
{
    char nonce[128];
    int status = kiosk_nonce(town, kiosk, nonce);
    return status == 200 ? kiosk_sign_in(town, kiosk, nonce, 1, 1000) : status;
}

/* Enrolled and with a session. */
static inline void kiosk_join(struct town *town, struct kiosk *kiosk)
{
    kiosk_make(town, kiosk);
    struct enrol_code code = town_code(town, town->centre);
    assert_int_equal(kiosk_enrol(town, kiosk, &code), 201);
    assert_int_equal(kiosk_session(town, kiosk), 200);
}

/* ---- its log ----------------------------------------------------------------------- */

static inline void kiosk_line(struct kiosk *kiosk, const char *line)
{
    struct wire_line parsed;
    int64_t i = kiosk->seq - kiosk->start + 1;
    assert_true(i < KIOSK_LINES_MAX);
    kiosk->lines[i] = strdup(line);
    wire_line_parse(str_of(line), &parsed);
    kiosk->heads[i + 1] = chain_next(&kiosk->heads[i], &parsed.hash);
    kiosk->seq++;
}

static inline void kiosk_event(struct kiosk *kiosk, const char *kind, const char *body)
{
    char line[1024];
    snprintf(line, sizeof line,
             "{\"seq\":%lld,\"kind\":\"%s\",\"v\":1,\"boot\":1,\"mono_ms\":%lld,"
             "\"wall_ms\":1,\"salt\":\"AAAAAA%04lldA\",\"body\":%s}",
             (long long)(kiosk->seq + 1), kind, (long long)kiosk->seq,
             (long long)kiosk->seq % 10000, body);
    kiosk_line(kiosk, line);
}

static inline void kiosk_events(struct kiosk *kiosk, int count)
{
    for (int i = 0; i < count; i++) {
        kiosk_event(kiosk, "shift.began", "{}");
    }
}

/* The body of a POST with lines from … to, a check behind each `every` of them. */
static inline void kiosk_pack(struct kiosk *kiosk, int64_t from, int64_t to, int every,
                              struct wire_pack *pack)
{
    uint8_t signature[KEY_SIGNATURE_SIZE];
    struct wire_header header = {.from = from, .boot = 1, .mono_ms = 2000};
    memcpy(header.check, kiosk->heads[from - kiosk->start].b, CHAIN_CHECK_SIZE);
    wire_pack_begin(pack, &header);
    for (int64_t n = from; n <= to; n++) {
        wire_pack_line(pack, str_of(kiosk->lines[n - kiosk->start]));
        if (every > 0 && (n - from + 1) % every == 0) {
            wire_pack_check(pack, &kiosk->heads[n - kiosk->start + 1]);
        }
    }
    chain_sign(&kiosk->key, &kiosk->heads[to - kiosk->start + 1], signature);
    assert_int_equal(wire_pack_end(pack, signature), ERR_OK);
}

/* The first `len` bytes of a plain body arrive. */
static inline int kiosk_send(struct town *town, struct kiosk *kiosk, struct str body)
{
    struct core_job job = {
        .what = CORE_UPLOAD, .token = str_of(kiosk->token), .epoch = kiosk->epoch};
    assert_int_equal(wire_upload_make(WIRE_PLAIN, &job.upload), ERR_OK);
    job.upload_err = wire_upload_feed(job.upload, body.ptr, body.len);
    core_run(town->core, &job, 1);
    core_settle(town->core);
    wire_upload_free(job.upload);
    kiosk_answer(kiosk, &job);
    return kiosk->status;
}

static inline int kiosk_upload(struct town *town, struct kiosk *kiosk, int64_t from,
                               int64_t to)
{
    struct wire_pack *pack;
    assert_int_equal(wire_pack_make(WIRE_PLAIN, &pack), ERR_OK);
    kiosk_pack(kiosk, from, to, 4, pack);
    int status = kiosk_send(town, kiosk, wire_pack_body(pack));
    wire_pack_free(pack);
    return status;
}

/* Where the server's log of this epoch stands; -1: none. */
static inline int64_t kiosk_cursor(struct town *town, struct kiosk *kiosk)
{
    int status = kiosk_ask(town, kiosk, CORE_CURSOR, "", kiosk->epoch, 0);
    return status == 200 ? kiosk_number(kiosk, "seq") : -1;
}

static inline void assert_head(struct town *town, struct kiosk *kiosk, int64_t seq)
{
    char head[64];
    assert_int_equal(kiosk_cursor(town, kiosk), seq);
    b64_format(kiosk->heads[seq - kiosk->start + 1].b, 32, head);
    assert_string_equal(kiosk_text(kiosk, "head"), head);
}

#endif
