/* Many kiosks after an outage: each has EVENTS facts and sends them at once.
 *
 *   tool_load prepare DATA KIOSKS         a centre with so many enrolled kiosks
 *   tool_load run URL KIOSKS EVENTS OPEN  at most OPEN connections at a time; https is not
 *                                         checked, this is loopback
 *
 * The kiosks have no store: bodies are packed before the clock starts, as on kiosks that
 * packed them during the outage. Prints kiosks= failed= events= ms= p99_ms= up= down=. */
#include "proof/key.h"
#include "server/admin.h"
#include "server/core.h"
#include "wire/pack.h"

#include <curl/curl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PATH_SIZE 256

enum phase { PHASE_NONCE, PHASE_SESSION, PHASE_UPLOAD, PHASE_DONE, PHASE_FAILED };

struct kiosk {
    struct key key;
    char dev[UID_TEXT_SIZE];
    struct bytes upload, request, answer;
    enum phase phase;
    CURL *easy;
    struct curl_slist *headers;
    int64_t start_us, end_us;
};

struct load {
    CURLM *multi;
    const char *url;
    int64_t up, down;
    int told; /* failures; only the first is worth a line */
};

static int64_t now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * INT64_C(1000000) + t.tv_nsec / 1000;
}

_Noreturn static void die(const char *what)
{
    fprintf(stderr, "tool_load: %s\n", what);
    exit(1);
}

/* The same kiosks in `prepare` and `run`. */
static void kiosk_key(int index, struct key *key_out)
{
    uint8_t seed[KEY_SEED_SIZE] = {'l', 'o', 'a', 'd'};
    memcpy(seed + 8, &index, sizeof index);
    key_from_seed(seed, key_out);
}

/* ---- prepare -------------------------------------------------------------------------- */

static void put_member(struct bytes *body, const char *name, const uint8_t *data, size_t len)
{
    bytes_printf(body, "%c\"%s\":\"", body->len == 0 ? '{' : ',', name);
    bytes_b64(body, data, len);
    bytes_puts(body, "\"");
}

static void enrol(struct core *core, struct admin *admin, struct uid centre, int index)
{
    struct key key;
    struct enrol_code code;
    uint8_t lookup[ENROL_LOOKUP_SIZE], secret[ENROL_MAC_SIZE], mac[ENROL_MAC_SIZE];
    struct bytes body = {0};
    kiosk_key(index, &key);
    if (admin_code_make(admin, centre, &code) != ERR_OK) {
        die("no code");
    }
    enrol_lookup(&code, lookup);
    enrol_secret(&code, secret);
    enrol_mac_kiosk(secret, &key.public, mac);
    put_member(&body, "lookup", lookup, sizeof lookup);
    put_member(&body, "public", key.public.b, sizeof key.public.b);
    put_member(&body, "mac", mac, sizeof mac);
    bytes_puts(&body, "}");
    struct core_job job = {.what = CORE_ENROL, .token = STR(""), .body = bytes_str(&body)};
    core_run(core, &job, 1);
    if (job.status != 201) {
        die("a kiosk could not be enrolled");
    }
    bytes_free(&job.reply);
    bytes_free(&body);
}

static int prepare(const char *dir, int kiosks)
{
    char memory[256];
    struct buf why;
    struct storage *storage = NULL;
    struct core *core = NULL;
    struct uid organisation, centre;
    buf_init(&why, memory, sizeof memory);
    const struct storage_options options = {.dir = dir, .create = true};
    if (storage_open(&options, &storage, &why) != ERR_OK) {
        die(memory);
    }
    struct admin admin = {storage, clock_system(), rng_system(), "load", NULL};
    const struct core_options core_options = {
        .storage = storage, .clock = clock_system(), .rng = rng_system()};
    if (admin_init(&admin) != ERR_OK ||
        admin_organisation_add(&admin, STR("Last"), &organisation) != ERR_OK ||
        admin_centre_add(&admin, organisation, STR("Last"), &centre) != ERR_OK ||
        core_make(&core_options, &core) != ERR_OK) {
        die("the centre could not be made");
    }
    for (int i = 0; i < kiosks; i++) {
        enrol(core, &admin, centre, i);
    }
    core_free(core);
    storage_close(storage);
    return 0;
}

/* ---- what a kiosk sends --------------------------------------------------------------- */

static void event_line(struct bytes *line, const struct rng *rng, int seq, const char *job)
{
    static const char *const kinds[] = {"job.in", "job.break", "job.break-over", "job.out"};
    uint8_t salt[CHAIN_SALT_SIZE];
    rng_fill(rng, salt, sizeof salt);
    bytes_clear(line);
    bytes_printf(line,
                 "{\"seq\":%d,\"kind\":\"%s\",\"v\":1,\"boot\":3,"
                 "\"boot_ms\":1795430000000,\"mono_ms\":%d,\"salt\":\"",
                 seq, kinds[seq % 4], seq * 61000);
    bytes_b64(line, salt, sizeof salt);
    bytes_printf(line, "\",\"body\":{\"assignment\":\"%s\"}}", job);
}

static void pack(struct kiosk *kiosk, struct wire_pack *pack, const struct rng *rng, int events)
{
    struct bytes line = {0};
    char job[UID_TEXT_SIZE];
    struct uid dev = chain_device_of(&kiosk->key.public);
    struct chain_hash head = chain_start(dev, 1, 1);
    struct wire_header header = {.from = 1, .boot = 3, .mono_ms = 1};
    uint8_t signature[KEY_SIGNATURE_SIZE];
    memcpy(header.check, head.b, sizeof header.check);
    wire_pack_begin(pack, &header);
    for (int seq = 1; seq <= events; seq++) {
        if (seq % 4 == 1) {
            uid_format(uid_make(rng), job);
        }
        event_line(&line, rng, seq, job);
        struct chain_hash hash = chain_line_hash(bytes_str(&line));
        head = chain_next(&head, &hash);
        wire_pack_line(pack, bytes_str(&line));
        if (seq % 64 == 0 && seq < events) {
            wire_pack_check(pack, &head);
        }
    }
    chain_sign(&kiosk->key, &head, signature);
    if (wire_pack_end(pack, signature) != ERR_OK) {
        die("no memory");
    }
    bytes_put(&kiosk->upload, wire_pack_body(pack).ptr, wire_pack_body(pack).len);
    bytes_free(&line);
}

/* ---- run ------------------------------------------------------------------------------ */

static size_t take(char *data, size_t size, size_t count, void *ctx)
{
    bytes_put(ctx, data, size * count);
    return size * count;
}

static void ask(struct kiosk *kiosk, const struct load *load, const char *path,
                struct str body, const char *header, const char *second)
{
    char full[PATH_SIZE];
    snprintf(full, sizeof full, "%s%s", load->url, path);
    bytes_clear(&kiosk->answer);
    curl_slist_free_all(kiosk->headers);
    kiosk->headers = curl_slist_append(NULL, "Expect:");
    kiosk->headers = curl_slist_append(kiosk->headers, "Accept:");
    kiosk->headers = curl_slist_append(kiosk->headers, header);
    if (second != NULL) {
        kiosk->headers = curl_slist_append(kiosk->headers, second);
    }
    curl_easy_setopt(kiosk->easy, CURLOPT_URL, full);
    curl_easy_setopt(kiosk->easy, CURLOPT_HTTPHEADER, kiosk->headers);
    curl_easy_setopt(kiosk->easy, CURLOPT_POSTFIELDSIZE, (long)body.len);
    curl_easy_setopt(kiosk->easy, CURLOPT_POSTFIELDS, body.ptr);
    curl_multi_add_handle(load->multi, kiosk->easy);
}

static void begin(struct kiosk *kiosk, const struct load *load)
{
    kiosk->start_us = now_us();
    kiosk->phase = PHASE_NONCE;
    kiosk->easy = curl_easy_init();
    curl_easy_setopt(kiosk->easy, CURLOPT_PRIVATE, kiosk);
    curl_easy_setopt(kiosk->easy, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(kiosk->easy, CURLOPT_WRITEDATA, &kiosk->answer);
    curl_easy_setopt(kiosk->easy, CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(kiosk->easy, CURLOPT_SSL_VERIFYHOST, 0L);
    /* Else it reads all of the system's certificates for each connection. */
    curl_easy_setopt(kiosk->easy, CURLOPT_CAINFO, NULL);
    curl_easy_setopt(kiosk->easy, CURLOPT_CAPATH, NULL);
    curl_easy_setopt(kiosk->easy, CURLOPT_TIMEOUT, 60L);
    curl_easy_setopt(kiosk->easy, CURLOPT_NOSIGNAL, 1L);
    bytes_clear(&kiosk->request);
    bytes_printf(&kiosk->request, "{\"dev\":\"%s\"}", kiosk->dev);
    ask(kiosk, load, "/v1/session", bytes_str(&kiosk->request),
        "Content-Type: application/json", NULL);
}

/* The member of the last answer; false if it is not there. */
static bool member(const struct kiosk *kiosk, const char *name, char *out, size_t size)
{
    json_t *root = json_loadb(kiosk->answer.data, kiosk->answer.len, 0, NULL);
    const char *text = json_string_value(json_object_get(root, name));
    bool found = text != NULL && str_copy(out, size, str_of(text));
    json_decref(root);
    return found;
}

static void send_session(struct kiosk *kiosk, const struct load *load)
{
    char nonce[128];
    uint8_t message[256], signature[KEY_SIGNATURE_SIZE];
    if (!member(kiosk, "nonce", nonce, sizeof nonce)) {
        kiosk->phase = PHASE_FAILED;
        return;
    }
    int len = snprintf((char *)message, sizeof message, "%s%s", kiosk->dev, nonce);
    key_sign(&kiosk->key, STR("anlauf session 1"), message, (size_t)len, signature);
    bytes_clear(&kiosk->request);
    bytes_printf(&kiosk->request,
                 "{\"dev\":\"%s\",\"nonce\":\"%s\",\"epoch\":1,\"boot\":3,"
                 "\"mono_ms\":1,\"sig\":\"",
                 kiosk->dev, nonce);
    bytes_b64(&kiosk->request, signature, sizeof signature);
    bytes_puts(&kiosk->request, "\"}");
    kiosk->phase = PHASE_SESSION;
    ask(kiosk, load, "/v1/session", bytes_str(&kiosk->request),
        "Content-Type: application/json", NULL);
}

static void send_log(struct kiosk *kiosk, const struct load *load)
{
    char token[128], header[PATH_SIZE];
    if (!member(kiosk, "token", token, sizeof token)) {
        kiosk->phase = PHASE_FAILED;
        return;
    }
    snprintf(header, sizeof header, "Authorization: Bearer %s", token);
    kiosk->phase = PHASE_UPLOAD;
    ask(kiosk, load, "/v1/log/1", bytes_str(&kiosk->upload), header,
        "Content-Encoding: zstd");
}

static void go_on(struct kiosk *kiosk, const struct load *load)
{
    if (kiosk->phase == PHASE_NONCE) {
        send_session(kiosk, load);
    } else if (kiosk->phase == PHASE_SESSION) {
        send_log(kiosk, load);
    } else {
        kiosk->phase = PHASE_DONE;
    }
}

static void answered(struct kiosk *kiosk, struct load *load, CURLcode code)
{
    long status = 0;
    curl_off_t up = 0, down = 0;
    curl_easy_getinfo(kiosk->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(kiosk->easy, CURLINFO_SIZE_UPLOAD_T, &up);
    curl_easy_getinfo(kiosk->easy, CURLINFO_SIZE_DOWNLOAD_T, &down);
    load->up += up;
    load->down += down;
    curl_multi_remove_handle(load->multi, kiosk->easy);
    if (code != CURLE_OK || status != 200) {
        if (load->told++ == 0) {
            fprintf(stderr, "phase %d: %s, status %ld %.*s\n", (int)kiosk->phase,
                    curl_easy_strerror(code), status, (int)kiosk->answer.len,
                    kiosk->answer.data);
        }
        kiosk->phase = PHASE_FAILED;
    } else {
        go_on(kiosk, load);
    }
    if (kiosk->phase >= PHASE_DONE) {
        kiosk->end_us = now_us();
        curl_easy_cleanup(kiosk->easy);
        kiosk->easy = NULL;
    }
}

static int by_time(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static int report(const struct kiosk *kiosks, int count, int events, int64_t us,
                  const struct load *load)
{
    int failed = 0;
    int64_t *times = calloc((size_t)count, sizeof *times);
    for (int i = 0; i < count; i++) {
        failed += kiosks[i].phase != PHASE_DONE;
        times[i] = kiosks[i].end_us - kiosks[i].start_us;
    }
    qsort(times, (size_t)count, sizeof *times, by_time);
    printf("kiosks=%d failed=%d events=%d ms=%lld p99_ms=%lld up=%lld down=%lld\n", count,
           failed, count * events, (long long)us / 1000,
           (long long)times[(count - 1) * 99 / 100] / 1000, (long long)load->up,
           (long long)load->down);
    free(times);
    return failed > 0;
}

static struct kiosk *make_kiosks(int count, int events)
{
    struct wire_pack *packer = NULL;
    struct rng rng = rng_system();
    struct kiosk *kiosks = calloc((size_t)count, sizeof *kiosks);
    if (kiosks == NULL || wire_pack_make(WIRE_ZSTD, &packer) != ERR_OK) {
        die("no memory");
    }
    for (int i = 0; i < count; i++) {
        kiosk_key(i, &kiosks[i].key);
        uid_format(chain_device_of(&kiosks[i].key.public), kiosks[i].dev);
        pack(&kiosks[i], packer, &rng, events);
    }
    wire_pack_free(packer);
    return kiosks;
}

/* Ends what was answered; returns how many kiosks came to their end. */
static int read_answers(struct load *load)
{
    int ended = 0, left = 0;
    CURLMsg *msg = NULL;
    while ((msg = curl_multi_info_read(load->multi, &left)) != NULL) {
        struct kiosk *kiosk = NULL;
        curl_easy_getinfo(msg->easy_handle, CURLINFO_PRIVATE, &kiosk);
        answered(kiosk, load, msg->data.result);
        ended += kiosk->phase >= PHASE_DONE;
    }
    return ended;
}

static int run(const char *url, int count, int events, int open_max)
{
    struct kiosk *kiosks = make_kiosks(count, events);
    struct load load = {.multi = curl_multi_init(), .url = url};
    int begun = 0, running = 0, left = 0;
    curl_multi_setopt(load.multi, CURLMOPT_MAXCONNECTS, (long)open_max);
    int64_t start = now_us();
    do {
        for (; begun < count && running < open_max; begun++, running++) {
            begin(&kiosks[begun], &load);
        }
        curl_multi_perform(load.multi, &left);
        running -= read_answers(&load);
        curl_multi_poll(load.multi, NULL, 0, 10, NULL);
    } while (running > 0 || begun < count);
    return report(kiosks, count, events, now_us() - start, &load);
}

int main(int argc, char **argv)
{
    if (proof_init() != ERR_OK || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        die("cannot start");
    }
    if (argc == 4 && strcmp(argv[1], "prepare") == 0) {
        return prepare(argv[2], (int)strtol(argv[3], NULL, 10));
    }
    if (argc == 6 && strcmp(argv[1], "run") == 0) {
        return run(argv[2], (int)strtol(argv[3], NULL, 10), (int)strtol(argv[4], NULL, 10),
                   (int)strtol(argv[5], NULL, 10));
    }
    die("usage: tool_load prepare DATA KIOSKS | run URL KIOSKS EVENTS OPEN");
}
