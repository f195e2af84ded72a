/* A centre in memory behind a link that fails where a test says so. It knows logs, pages,
 * sessions and one code; of what events mean it knows nothing. */
#ifndef UNIT_CLIENT_FAKE_CENTRE_H
#define UNIT_CLIENT_FAKE_CENTRE_H

#include "client/link.h"
#include "proof/chain.h"
#include "support/support.h"
#include "unit/unit.h"
#include "wire/enrol.h"
#include "wire/page.h"
#include "wire/upload.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define FAKE_LINES_MAX 6000
#define FAKE_ROWS_MAX 40
#define FAKE_EPOCHS 8
#define FAKE_ASKS_MAX 400
#define FAKE_NOW_MS 1795430000000

enum fake_fault {
    FAKE_FINE,
    FAKE_REFUSED,   /* no connection */
    FAKE_LOST,      /* the request is cut before it arrives */
    FAKE_PART,      /* only `part` bytes of the body arrive */
    FAKE_DEAF,      /* it arrives, the answer does not */
    FAKE_STATUS,    /* `status` and `body` instead of an answer */
    FAKE_STRANGER,  /* the TLS key is another */
    FAKE_INTERRUPT, /* a long poll is ended by somebody */
    FAKE_TWISTED,   /* one byte of the answer is another */
};

struct fake_log {
    bool known;
    int64_t start, seq, signed_seq;
    struct chain_hash heads[FAKE_LINES_MAX + 1]; /* [i]: after start - 1 + i */
};

struct fake_row {
    int64_t rev;
    char kind[16], id[40], body[160]; /* body "": deleted */
};

struct fake_ask {
    enum fake_fault fault;
    int status;
    const char *body;
    size_t part;
    char said[96]; /* "GET /v1/feed?since=0" */
    size_t len;
};

struct fake_centre {
    struct key server;
    uint8_t parcel[32], parcel_secret[32];
    struct uid centre, dev;
    struct key_public device;
    bool has_device, wrong_signature, revoked;
    struct enrol_code code;
    int64_t generation;
    struct fake_log logs[FAKE_EPOCHS];
    struct fake_row rows[FAKE_ROWS_MAX];
    int row_count;
    int64_t rev, compacted;
    char token[32];
    int sessions, uploads;
    struct fake_ask asks[FAKE_ASKS_MAX];
    int ask_count;
    enum fake_fault always; /* for asks without a fault of their own */
    int last_timeout_s;
    int bears_rows; /* pages with more of them are cut; 0: none is */
};

static inline void fake_centre_init(struct fake_centre *fake)
{
    uint64_t seed = 99;
    struct rng rng = fake_rng(&seed);
    memset(fake, 0, sizeof *fake);
    key_make(&rng, &fake->server);
    crypto_box_keypair(fake->parcel, fake->parcel_secret);
    fake->centre = uid_make(&rng);
    fake->code = enrol_code_make(&rng);
    fake->generation = 1;
}

static inline void fake_row_put(struct fake_centre *fake, const char *kind,
                                const char *id, const char *body)
{
    struct fake_row *row = NULL;
    for (int i = 0; i < fake->row_count; i++) {
        if (strcmp(fake->rows[i].kind, kind) == 0 && strcmp(fake->rows[i].id, id) == 0) {
            row = &fake->rows[i];
        }
    }
    if (row == NULL) {
        assert_true(fake->row_count < FAKE_ROWS_MAX);
        row = &fake->rows[fake->row_count++];
    }
    snprintf(row->kind, sizeof row->kind, "%s", kind);
    snprintf(row->id, sizeof row->id, "%s", id);
    snprintf(row->body, sizeof row->body, "%s", body);
    row->rev = ++fake->rev;
}

/* Of the ask with this number, counted from the next one as 0. */
static inline struct fake_ask *fake_next(struct fake_centre *fake, int n)
{
    assert_true(fake->ask_count + n < FAKE_ASKS_MAX);
    return &fake->asks[fake->ask_count + n];
}

static inline void fake_fail(struct fake_centre *fake, int n, enum fake_fault fault)
{
    fake_next(fake, n)->fault = fault;
}

static inline void fake_answer(struct fake_centre *fake, int n, int status,
                               const char *body)
{
    struct fake_ask *ask = fake_next(fake, n);
    ask->fault = FAKE_STATUS;
    ask->status = status;
    ask->body = body;
}

/* How many asks began with this. */
static inline int fake_said(const struct fake_centre *fake, const char *words)
{
    int count = 0;
    for (int i = 0; i < fake->ask_count; i++) {
        count += strncmp(fake->asks[i].said, words, strlen(words)) == 0;
    }
    return count;
}

static inline const struct chain_hash *fake_head(const struct fake_log *log, int64_t seq)
{
    return &log->heads[seq - (log->start - 1)];
}

/* ---- answers -------------------------------------------------------------------- */

static inline void fake_put_log(const struct fake_centre *fake, int64_t epoch, bool named,
                                struct bytes *out)
{
    const struct fake_log *log = &fake->logs[epoch];
    if (!log->known) {
        bytes_puts(out, "null");
        return;
    }
    bytes_puts(out, "{");
    if (named) {
        bytes_printf(out, "\"epoch\":%d,", (int)epoch);
    }
    bytes_printf(out, "\"start\":%d,\"seq\":%d,\"signed\":%d,\"head\":\"",
                 (int)log->start, (int)log->seq, (int)log->signed_seq);
    bytes_b64(out, fake_head(log, log->seq)->b, CHAIN_HASH_SIZE);
    bytes_puts(out, "\"}");
}

static inline int fake_enrol(struct fake_centre *fake, struct str body, struct bytes *out)
{
    char name[80];
    uint8_t secret[ENROL_MAC_SIZE], mac[ENROL_MAC_SIZE];
    const char *at = memmem(body.ptr, body.len, "\"public\":\"", 10);
    assert_non_null(at);
    assert_int_equal(b64_parse((struct str){at + 10, 43}, fake->device.b, 32), ERR_OK);
    fake->dev = chain_device_of(&fake->device);
    fake->has_device = true;
    bytes_puts(out, "{\"dev\":\"");
    uid_format(fake->dev, name);
    bytes_printf(out, "%s\",\"centre\":\"", name);
    uid_format(fake->centre, name);
    bytes_printf(out, "%s\",\"name\":\"Haus\",\"organisation\":\"Verein\",\"server\":\"",
                 name);
    bytes_b64(out, fake->server.public.b, KEY_PUBLIC_SIZE);
    bytes_printf(out, "\",\"generation\":%d,\"seal\":null,\"parcel\":\"",
                 (int)fake->generation);
    bytes_b64(out, fake->parcel, sizeof fake->parcel);
    bytes_puts(out, "\",\"pin\":null}");
    enrol_secret(&fake->code, secret);
    enrol_mac_centre(secret, &fake->device, bytes_str(out), mac);
    bytes_puts(out, "\n{\"mac\":\"");
    bytes_b64(out, mac, sizeof mac);
    bytes_puts(out, "\"}\n");
    return 201;
}

static inline int64_t fake_number(struct str text, const char *name)
{
    const char *at = memmem(text.ptr, text.len, name, strlen(name));
    return at != NULL ? strtoll(at + strlen(name), NULL, 10) : -1;
}

static inline bool fake_session_signed(const struct fake_centre *fake, struct str body)
{
    char text[80], dev[UID_TEXT_SIZE];
    uint8_t signature[KEY_SIGNATURE_SIZE];
    const char *at = memmem(body.ptr, body.len, "\"sig\":\"", 7);
    uid_format(fake->dev, dev);
    int len = snprintf(text, sizeof text, "%snonce-%d", dev, fake->sessions);
    return at != NULL &&
           b64_parse((struct str){at + 7, 86}, signature, sizeof signature) == ERR_OK &&
           key_verify(&fake->device, STR("anlauf session 1"), (uint8_t *)text,
                      (size_t)len, signature);
}

static inline int fake_session(struct fake_centre *fake, struct str body,
                               struct bytes *out)
{
    if (fake_number(body, "\"epoch\":") < 0) {
        bytes_printf(out, "{\"nonce\":\"nonce-%d\"}", ++fake->sessions);
        return 200;
    }
    assert_true(fake_session_signed(fake, body));
    snprintf(fake->token, sizeof fake->token, "token-%d", fake->sessions);
    bytes_printf(out, "{\"token\":\"%s\",\"expires_s\":3600,\"now_ms\":%lld,",
                 fake->token, (long long)FAKE_NOW_MS);
    bytes_printf(out,
                 "\"generation\":%d,\"proto\":[1,1],\"log\":", (int)fake->generation);
    fake_put_log(fake, fake_number(body, "\"epoch\":"), true, out);
    bytes_puts(out, "}");
    return 200;
}

/* What stands before the last good check or signature counts. False: one was wrong. */
static inline bool fake_take(struct fake_centre *fake, struct fake_log *log,
                             const struct wire_upload *upload)
{
    struct chain_hash head = *fake_head(log, log->seq);
    int64_t seq = log->seq;
    for (size_t i = 0; i < wire_upload_count(upload); i++) {
        struct wire_line line;
        struct str text;
        wire_upload_at(upload, i, &line, &text);
        if (line.what == WIRE_CHECK || line.what == WIRE_SIG) {
            bool good = line.what == WIRE_CHECK
                            ? memcmp(line.check, head.b, sizeof line.check) == 0
                            : chain_verify(&fake->device, &head, line.signature);
            if (!good) {
                return false;
            }
            log->seq = seq;
            log->signed_seq = line.what == WIRE_SIG ? seq : log->signed_seq;
        } else {
            head = chain_next(&head, &line.hash);
            assert_true(++seq - log->start < FAKE_LINES_MAX);
            log->heads[seq - (log->start - 1)] = head;
        }
    }
    return true;
}

static inline bool fake_begin(struct fake_centre *fake, struct fake_log *log,
                              int64_t epoch, const struct wire_header *header)
{
    struct chain_hash head = chain_start(fake->dev, epoch, header->from);
    if (!log->known && memcmp(head.b, header->check, sizeof header->check) == 0) {
        *log = (struct fake_log){
            .known = true, .start = header->from, .seq = header->from - 1};
        log->heads[0] = head;
    }
    return log->known && header->from == log->seq + 1 &&
           memcmp(fake_head(log, log->seq)->b, header->check, sizeof header->check) == 0;
}

static inline int fake_upload(struct fake_centre *fake, int64_t epoch, struct str body,
                              struct bytes *out)
{
    struct fake_log *log = &fake->logs[epoch];
    struct wire_upload *upload;
    int status = 409;
    assert_int_equal(wire_upload_make(WIRE_WORDS, &upload), ERR_OK);
    assert_int_equal(wire_upload_feed(upload, body.ptr, body.len), ERR_OK);
    const struct wire_header *header = wire_upload_header(upload);
    if (header != NULL && fake_begin(fake, log, epoch, header)) {
        status = fake_take(fake, log, upload) ? 200 : 400;
        bytes_printf(out, "{\"seq\":%d,\"signed\":%d}", (int)log->seq,
                     (int)log->signed_seq);
    } else if (log->known) {
        fake_put_log(fake, epoch, false, out);
    } else {
        bytes_puts(
            out,
            "{\"error\":\"cursor\",\"start\":1,\"seq\":0,\"head\":null,\"signed\":0}");
    }
    wire_upload_free(upload);
    fake->uploads++;
    return status;
}

static inline int fake_by_rev(const void *a, const void *b)
{
    const struct fake_row *x = a, *y = b;
    return (x->rev > y->rev) - (x->rev < y->rev);
}

static inline int fake_page(struct fake_centre *fake, struct str path, struct bytes *out)
{
    int64_t since = fake_number(path, "since="), most = fake_number(path, "most=");
    bool anew = fake_number(path, "anew=") == 1;
    struct wire_page_end end = {.since = since, .to = fake->rev};
    int count = 0;
    if (since > 0 && since < fake->compacted && !anew) {
        bytes_puts(out, "{\"error\":\"compacted\"}");
        return 410;
    }
    qsort(fake->rows, (size_t)fake->row_count, sizeof fake->rows[0], fake_by_rev);
    for (int i = 0; i < fake->row_count; i++) {
        const struct fake_row *from = &fake->rows[i];
        struct wire_row row = {from->rev, str_of(from->kind), str_of(from->id),
                               str_of(from->body)};
        if (row.body.len > 0) {
            digest_add(&end.digest, row.kind, row.id, row.rev, row.body);
            end.live++;
        }
        if (row.rev <= since || (since == 0 && row.body.len == 0)) {
            continue;
        }
        if (count == most) {
            end.more = true;
        } else if (!end.more) {
            wire_page_row(out, &row);
            end.to = row.rev;
            count++;
        }
    }
    end.to = end.more ? end.to : fake->rev;
    if (fake->bears_rows > 0 && count > fake->bears_rows) {
        bytes_clear(out);
        return 0; /* cut */
    }
    struct key key = fake->server;
    if (fake->wrong_signature) {
        uint64_t seed = 5;
        struct rng rng = fake_rng(&seed);
        key_make(&rng, &key);
    }
    wire_page_end(out, 0, fake->centre, &end, &key);
    return 200;
}

static inline void fake_order(const struct fake_centre *fake, const struct key *key,
                              struct bytes *out)
{
    char dev[UID_TEXT_SIZE], text[64];
    uint8_t signature[KEY_SIGNATURE_SIZE];
    uid_format(fake->dev, dev);
    int len = snprintf(text, sizeof text, "%s%c%d", dev, '\0', 1234);
    key_sign(key, STR("anlauf lock 1"), (uint8_t *)text, (size_t)len, signature);
    bytes_printf(
        out, "{\"error\":\"revoked\",\"order\":{\"dev\":\"%s\",\"at_ms\":1234,\"sig\":\"",
        dev);
    bytes_b64(out, signature, sizeof signature);
    bytes_puts(out, "\"}}");
}

static inline int fake_serve(struct fake_centre *fake, const struct link_request *request,
                             struct str body, struct bytes *out)
{
    if (strcmp(request->path, "/v1/enrol") == 0) {
        return fake_enrol(fake, body, out);
    }
    if (fake->revoked) {
        fake_order(fake, &fake->server, out);
        return 403;
    }
    if (strcmp(request->path, "/v1/session") == 0) {
        return fake_session(fake, body, out);
    }
    if (request->token == NULL || strcmp(request->token, fake->token) != 0) {
        bytes_puts(out, "{\"error\":\"token\"}");
        return 401;
    }
    if (strncmp(request->path, "/v1/feed", 8) == 0) {
        return fake_page(fake, str_of(request->path), out);
    }
    int64_t epoch = strtoll(request->path + strlen("/v1/log/"), NULL, 10);
    assert_in_range(epoch, 1, FAKE_EPOCHS - 1);
    if (strcmp(request->method, "POST") == 0) {
        return fake_upload(fake, epoch, body, out);
    }
    fake_put_log(fake, epoch, false, out);
    return fake->logs[epoch].known ? 200 : 404;
}

/* ---- the link ------------------------------------------------------------------- */

static inline void fake_request(void *ctx, const struct link_request *request,
                                struct link_reply *reply)
{
    struct fake_centre *fake = ctx;
    assert_true(fake->ask_count < FAKE_ASKS_MAX);
    struct fake_ask *ask = &fake->asks[fake->ask_count++];
    enum fake_fault fault = ask->fault != FAKE_FINE ? ask->fault : fake->always;
    struct str body = request->body;
    snprintf(ask->said, sizeof ask->said, "%s %s", request->method, request->path);
    ask->len = body.len;
    fake->last_timeout_s = request->timeout_s;
    reply->connected = fault != FAKE_REFUSED && fault != FAKE_STRANGER;
    reply->wrong_server = fault == FAKE_STRANGER;
    reply->interrupted = fault == FAKE_INTERRUPT;
    if (reply->connected && request->meanwhile != NULL) {
        request->meanwhile(request->meanwhile_ctx);
    }
    if (fault == FAKE_STATUS) {
        reply->status = ask->status;
        bytes_puts(&reply->body, ask->body);
        return;
    }
    if (fault == FAKE_PART && body.len > ask->part) {
        body.len = ask->part;
    }
    if (fault == FAKE_FINE || fault == FAKE_DEAF || fault == FAKE_PART ||
        fault == FAKE_TWISTED) {
        reply->status = fake_serve(fake, request, body, &reply->body);
    }
    if (fault == FAKE_DEAF || fault == FAKE_PART) {
        reply->status = 0;
    }
    if (fault == FAKE_TWISTED) {
        reply->body.data[reply->body.len / 2] ^= 1;
    }
}

static inline void fake_nothing(void *ctx)
{
    (void)ctx;
}

static inline struct link fake_link(struct fake_centre *fake)
{
    return (struct link){fake_request, fake_nothing, fake_nothing, fake};
}

#endif
