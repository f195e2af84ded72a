#include "unit/server/fake_effects.h"
#include "unit/server/town.h"
#include "wire/parcel.h"

#include <sodium.h>

/* ---- enrolment --------------------------------------------------------------------- */

static void assert_grant(struct town *town, struct kiosk *kiosk,
                         const struct enrol_code *code)
{
    uint8_t secret[ENROL_MAC_SIZE], mac[ENROL_MAC_SIZE];
    char text[128], server[64], id[UID_TEXT_SIZE];
    size_t len = strcspn(kiosk->reply, "\n");
    enrol_secret(code, secret);
    enrol_mac_centre(secret, &kiosk->key.public, (struct str){kiosk->reply, len}, mac);
    snprintf(text, sizeof text, "{\"mac\":\"");
    b64_format(mac, sizeof mac, text + strlen(text));
    strcat(text, "\"}\n");
    assert_string_equal(kiosk->reply + len + 1, text);
    uid_format(kiosk->dev, id);
    assert_string_equal(kiosk_text(kiosk, "dev"), id);
    uid_format(town->centre, id);
    assert_string_equal(kiosk_text(kiosk, "centre"), id);
    b64_format(town->server.b, 32, server);
    assert_string_equal(kiosk_text(kiosk, "server"), server);
    assert_string_equal(kiosk_member(kiosk, "name"), "\"Haus \\\"am\\\" Ring\"");
    assert_string_equal(kiosk_member(kiosk, "seal"), "null");
    assert_string_equal(kiosk_text(kiosk, "pin"), "sha256//abc");
    assert_int_equal(kiosk_number(kiosk, "generation"), 1);
}

static void test_enrolment(void **state)
{
    struct town town;
    struct kiosk kiosk, other;
    char first[sizeof kiosk.reply];
    (void)state;
    town_make(&town);
    kiosk_make(&town, &kiosk);
    kiosk_make(&town, &other);
    struct enrol_code code = town_code(&town, town.centre);
    assert_int_equal(kiosk_enrol(&town, &kiosk, &code), 201);
    assert_grant(&town, &kiosk, &code);
    memcpy(first, kiosk.reply, sizeof first);
    /* The answer was lost, even for days. */
    fake_clock_advance(&town.time, 48 * 3600 * 1000);
    assert_int_equal(kiosk_enrol(&town, &kiosk, &code), 201);
    assert_string_equal(kiosk.reply, first);
    /* Somebody else found the piece of paper. */
    assert_int_equal(kiosk_enrol(&town, &other, &code), 403);
    assert_non_null(strstr(other.reply, "\"code\""));
    assert_int_equal(town_number(&town, "SELECT count(*) FROM device"), 1);
    kiosk_done(&kiosk);
    kiosk_done(&other);
    town_done(&town);
}

static void test_code_too_old(void **state)
{
    struct town town;
    struct kiosk kiosk;
    (void)state;
    town_make(&town);
    kiosk_make(&town, &kiosk);
    struct enrol_code code = town_code(&town, town.centre);
    fake_clock_advance(&town.time, 24 * 3600 * 1000 - 1);
    struct fake_clock before = town.time;
    fake_clock_advance(&town.time, 1);
    assert_int_equal(kiosk_enrol(&town, &kiosk, &code), 403);
    town.time = before;
    assert_int_equal(kiosk_enrol(&town, &kiosk, &code), 201);
    kiosk_done(&kiosk);
    town_done(&town);
}

static void test_wrong_codes_are_counted(void **state)
{
    struct town town;
    struct kiosk kiosk;
    char body[512];
    (void)state;
    town_make(&town);
    kiosk_make(&town, &kiosk);
    struct enrol_code code = town_code(&town, town.centre), wrong = code;
    wrong.b[3] ^= 1;
    for (int i = 0; i < 9; i++) {
        assert_int_equal(kiosk_enrol(&town, &kiosk, &wrong), 403);
    }
    /* The right code with a mac of somebody who does not know it. */
    kiosk_enrol_body(&kiosk, &code, body);
    char *mac = strstr(body, "\"mac\":\"") + 7;
    mac[0] = mac[0] == 'A' ? 'B' : 'A';
    assert_int_equal(kiosk_ask(&town, &kiosk, CORE_ENROL, body, 0, 0), 403);
    assert_int_equal(kiosk_enrol(&town, &kiosk, &wrong), 429);
    assert_int_equal(kiosk_enrol(&town, &kiosk, &code), 201); /* nobody is shut out */
    assert_int_equal(kiosk_enrol(&town, &kiosk, &wrong), 429);
    fake_clock_advance(&town.time, 60000);
    assert_int_equal(kiosk_enrol(&town, &kiosk, &wrong), 403);
    kiosk_done(&kiosk);
    town_done(&town);
}

static void test_malformed(void **state)
{
    static const struct {
        enum core_what what;
        const char *body;
    } rows[] = {
        {CORE_ENROL, ""},
        {CORE_ENROL, "{}"},
        {CORE_ENROL, "[1]"},
        {CORE_ENROL, "{\"lookup\":\"AAAAAAAAAAAAAA\",\"public\":\"\",\"mac\":\"\"}"},
        {CORE_SESSION, ""},
        {CORE_SESSION, "{\"dev\":\"x\"}"},
        {CORE_SESSION, "{\"dev\":17}"},
        {CORE_SESSION, "{\"dev\":\"00000000000000000000000000\"}"},
        {CORE_SESSION, "{\"dev\":\"04000000000000000000000000\",\"nonce\":\"\"}"},
        {CORE_SESSION, "{\"dev\":\"04000000000000000000000000\"}{}"},
    };
    struct town town;
    struct kiosk kiosk;
    (void)state;
    town_make(&town);
    kiosk_make(&town, &kiosk);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        int status = kiosk_ask(&town, &kiosk, rows[i].what, rows[i].body, 0, 0);
        if (status != 400) {
            fail_msg("%s: %d", rows[i].body, status);
        }
    }
    kiosk_done(&kiosk);
    town_done(&town);
}

/* ---- sessions and tokens ----------------------------------------------------------- */

static void test_session(void **state)
{
    struct town town;
    struct kiosk kiosk, stranger;
    char nonce[128], other[128];
    (void)state;
    town_make(&town);
    kiosk_join(&town, &kiosk);
    assert_string_equal(kiosk_member(&kiosk, "log"), "null");
    assert_int_equal(kiosk_number(&kiosk, "expires_s"), 3600);
    assert_true(kiosk_number(&kiosk, "now_ms") == TOWN_NOW);
    assert_string_equal(kiosk_member(&kiosk, "proto"), "[1,1]");
    kiosk_events(&kiosk, 3);
    assert_int_equal(kiosk_upload(&town, &kiosk, 1, 3), 200);
    assert_int_equal(kiosk_session(&town, &kiosk), 200);
    assert_non_null(strstr(kiosk.reply, "\"log\":{\"epoch\":1,\"start\":1,\"seq\":3,"));

    kiosk_make(&town, &stranger);
    assert_int_equal(kiosk_nonce(&town, &stranger, nonce), 404);
    assert_int_equal(kiosk_nonce(&town, &kiosk, nonce), 200);
    stranger.dev = kiosk.dev; /* it says so, but has not the key */
    assert_int_equal(kiosk_sign_in(&town, &stranger, nonce, 1, 1), 400);
    fake_clock_advance(&town.time, 60000);
    assert_int_equal(kiosk_sign_in(&town, &kiosk, nonce, 1, 1), 401);
    /* A nonce is for one kiosk. */
    struct kiosk second;
    kiosk_join(&town, &second);
    assert_int_equal(kiosk_nonce(&town, &second, other), 200);
    assert_int_equal(kiosk_sign_in(&town, &kiosk, other, 1, 1), 401);
    kiosk_done(&kiosk);
    kiosk_done(&second);
    town_done(&town);
}

static void test_tokens(void **state)
{
    struct town town;
    struct kiosk kiosk;
    char token[128];
    (void)state;
    town_make(&town);
    kiosk_join(&town, &kiosk);
    memcpy(token, kiosk.token, sizeof token);
    assert_true(core_token_good(town.core, str_of(token)));
    for (size_t i = 0; token[i]; i++) {
        kiosk.token[i] = token[i] == 'A' ? 'B' : 'A';
        assert_false(core_token_good(town.core, str_of(kiosk.token)));
        assert_int_equal(kiosk_cursor(&town, &kiosk), -1);
        assert_int_equal(kiosk.status, 401);
        kiosk.token[i] = token[i];
    }
    char nonce[128];
    assert_int_equal(kiosk_nonce(&town, &kiosk, nonce), 200);
    assert_false(core_token_good(town.core, str_of(nonce)));
    assert_false(core_token_good(town.core, STR("")));
    fake_clock_advance(&town.time, 3600 * 1000 - 1);
    assert_true(core_token_good(town.core, str_of(token)));
    fake_clock_advance(&town.time, 1);
    assert_false(core_token_good(town.core, str_of(token)));
    kiosk_events(&kiosk, 1);
    assert_int_equal(kiosk_upload(&town, &kiosk, 1, 1), 401);
    assert_int_equal(kiosk_ask(&town, &kiosk, CORE_FEED, "", 0, 0), 401);
    /* The centre's clock was set back by a day: that token was never given out. */
    fake_clock_advance(&town.time, -24 * 3600 * 1000);
    assert_false(core_token_good(town.core, str_of(token)));
    kiosk_done(&kiosk);
    town_done(&town);
}

/* ---- locked ------------------------------------------------------------------------ */

static void assert_lock_order(struct town *town, struct kiosk *kiosk)
{
    char dev[UID_TEXT_SIZE], message[64], sig[B64_SIZE(64)], expected[300];
    uint8_t seed[32], signature[KEY_SIGNATURE_SIZE];
    struct key server;
    memset(seed, 0x40, sizeof seed);
    key_from_seed(seed, &server);
    assert_memory_equal(server.public.b, town->server.b, 32);
    uid_format(kiosk->dev, dev);
    int len = snprintf(message, sizeof message, "%s%c%d", dev, 0, 4711);
    key_sign(&server, STR("anlauf lock 1"), (const uint8_t *)message, (size_t)len,
             signature);
    b64_format(signature, sizeof signature, sig);
    snprintf(expected, sizeof expected,
             "{\"error\":\"revoked\",\"order\":{\"dev\":\"%s\",\"at_ms\":4711,\"sig\":\"%"
             "s\"}}\n",
             dev, sig);
    assert_int_equal(kiosk->status, 403);
    assert_string_equal(kiosk->reply, expected);
}

static void test_revoked(void **state)
{
    struct town town;
    struct kiosk kiosk;
    char nonce[128];
    (void)state;
    town_make(&town);
    kiosk_join(&town, &kiosk);
    assert_int_equal(kiosk_nonce(&town, &kiosk, nonce), 200);
    town_exec(&town, "UPDATE device SET state = 'revoked', revoked_ms = 4711");
    kiosk_events(&kiosk, 1);
    kiosk_upload(&town, &kiosk, 1, 1);
    assert_lock_order(&town, &kiosk);
    kiosk_cursor(&town, &kiosk);
    assert_lock_order(&town, &kiosk);
    kiosk_ask(&town, &kiosk, CORE_FEED, "", 0, 0);
    assert_lock_order(&town, &kiosk);
    kiosk_sign_in(&town, &kiosk, nonce, 1, 1);
    assert_lock_order(&town, &kiosk);
    kiosk_nonce(&town, &kiosk, nonce);
    assert_lock_order(&town, &kiosk);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM event"), 0);
    /* With a new code it comes back, and gets places to give away again. */
    struct enrol_code code = town_code(&town, town.centre);
    assert_int_equal(settlings, 0);
    assert_int_equal(kiosk_enrol(&town, &kiosk, &code), 201);
    assert_int_equal(settlings, 1);
    assert_int_equal(kiosk_session(&town, &kiosk), 200);
    assert_int_equal(kiosk_upload(&town, &kiosk, 1, 1), 200);
    kiosk_done(&kiosk);
    town_done(&town);
}

/* A kiosk moves to another centre only after it was locked in the first: what it promised
 * there is then known to be lost. Its log begins anew in the new one. */
static void test_moves(void **state)
{
    struct town town;
    struct kiosk kiosk;
    struct uid second = {{8}};
    (void)state;
    town_make(&town);
    town_centre(&town, second);
    kiosk_join(&town, &kiosk);
    kiosk_events(&kiosk, 2);
    assert_int_equal(kiosk_upload(&town, &kiosk, 1, 2), 200);
    struct enrol_code code = town_code(&town, second);
    assert_int_equal(kiosk_enrol(&town, &kiosk, &code), 403);
    assert_non_null(strstr(kiosk.reply, "elsewhere"));
    town_exec(&town, "UPDATE device SET state = 'revoked', revoked_ms = 4711");
    assert_int_equal(kiosk_enrol(&town, &kiosk, &code), 201);
    assert_int_equal(kiosk_session(&town, &kiosk), 200);
    assert_string_equal(kiosk_member(&kiosk, "log"), "null");
    assert_int_equal(kiosk_upload(&town, &kiosk, 1, 2), 200);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM event WHERE again = 0"), 4);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM device"), 1);
    kiosk_done(&kiosk);
    town_done(&town);
}

/* ---- the feed ---------------------------------------------------------------------- */

static void test_feed(void **state)
{
    struct town town;
    struct kiosk kiosk;
    (void)state;
    town_make(&town);
    kiosk_join(&town, &kiosk);
    struct core_job job = {.what = CORE_FEED, .token = str_of(kiosk.token), .since = 0};
    core_run(town.core, &job, 1);
    assert_int_equal(job.status, 200);
    assert_true(job.empty_page);
    assert_true(uid_eq(job.centre, town.centre));
    kiosk_answer(&kiosk, &job);
    assert_int_equal(core_revision(town.core, town.centre), 0);
    kiosk_event(&kiosk, "put.row", "{\"n\":1}");
    assert_int_equal(kiosk_upload(&town, &kiosk, 1, 1), 200);
    assert_int_equal(core_revision(town.core, town.centre), 1);
    core_run(town.core, &job, 1);
    assert_false(job.empty_page);
    kiosk_answer(&kiosk, &job);
    assert_int_equal(kiosk_ask(&town, &kiosk, CORE_FEED, "", 0, 77), 410);
    assert_int_equal(core_revision(town.core, (struct uid){{9}}), 0);
    kiosk_done(&kiosk);
    town_done(&town);
}

static void test_restored(void **state)
{
    struct town town;
    struct kiosk kiosk;
    (void)state;
    town_make(&town);
    kiosk_join(&town, &kiosk);
    kiosk_event(&kiosk, "put.row", "{\"n\":1}");
    assert_int_equal(kiosk_upload(&town, &kiosk, 1, 1), 200);
    assert_int_equal(core_restored(town.hall.storage, &town.rng), ERR_OK);
    assert_int_equal(kiosk_session(&town, &kiosk), 200);
    assert_true(kiosk_number(&kiosk, "generation") > 1);
    int64_t rev = core_revision(town.core, town.centre);
    assert_true(rev > 4294967296 && rev % 4294967296 == 1);
    kiosk_done(&kiosk);
    town_done(&town);
}

/* ---- times ------------------------------------------------------------------------- */

/* The kiosk was off for ten hours between two contacts; what it did then is vague, and
 * what it did since it started is exact. */
static void test_times(void **state)
{
    struct town town;
    struct kiosk kiosk;
    char nonce[128], line[256];
    (void)state;
    town_make(&town);
    kiosk_join(&town, &kiosk); /* boot 1 at TOWN_NOW */
    fake_clock_advance(&town.time, 10 * 3600 * 1000);
    assert_int_equal(kiosk_nonce(&town, &kiosk, nonce), 200);
    fake_clock_advance(&town.time, 100); /* the answer took a while */
    assert_int_equal(kiosk_sign_in(&town, &kiosk, nonce, 3, 50000), 200);
    for (int boot = 2; boot <= 3; boot++) {
        snprintf(
            line, sizeof line,
            "{\"seq\":%d,\"kind\":\"shift.began\",\"v\":1,\"boot\":%d,\"mono_ms\":49000,"
            "\"wall_ms\":5,\"salt\":\"AAAAAAAAAAA\",\"body\":{}}",
            boot - 1, boot);
        kiosk_line(&kiosk, line);
    }
    assert_int_equal(kiosk_upload(&town, &kiosk, 1, 2), 200);
    struct ask ask =
        ask_on(town.hall.storage, "SELECT t_ms, t_err_ms FROM event ORDER BY seq");
    assert_true(ask_row(&ask));
    assert_int_equal(ask_get_int(&ask, 0) - TOWN_NOW, 18000050);
    assert_int_equal(ask_get_int(&ask, 1), 18000050);
    assert_true(ask_row(&ask));
    assert_int_equal(ask_get_int(&ask, 0) - TOWN_NOW, 36000000 - 1000 + 50);
    assert_int_equal(ask_get_int(&ask, 1), 50);
    assert_int_equal(ask_done(&ask), ERR_OK);
    /* Many contacts of one boot: the first and the last few stay. */
    for (int i = 0; i < 20; i++) {
        assert_int_equal(kiosk_nonce(&town, &kiosk, nonce), 200);
        assert_int_equal(kiosk_sign_in(&town, &kiosk, nonce, 3, 60000 + i), 200);
    }
    assert_int_equal(town_number(&town, "SELECT count(*) FROM anchor WHERE boot = 3"), 4);
    assert_int_equal(town_number(&town, "SELECT min(mono_ms) FROM anchor WHERE boot = 3"),
                     50000);
    kiosk_done(&kiosk);
    town_done(&town);
}

/* ---- parcels ----------------------------------------------------------------------- */

struct stick {
    struct bytes content, file, answer, opened;
    char why[200];
    struct buf said;
};

static void stick_done(struct stick *stick)
{
    bytes_free(&stick->content);
    bytes_free(&stick->file);
    bytes_free(&stick->answer);
    bytes_free(&stick->opened);
    *stick = (struct stick){.why = ""};
}

static void stick_begin(struct stick *stick, struct kiosk *kiosk, int64_t since)
{
    char dev[UID_TEXT_SIZE];
    stick_done(stick);
    uid_format(kiosk->dev, dev);
    bytes_printf(&stick->content,
                 "{\"dev\":\"%s\",\"epoch\":%lld,\"since\":%lld,\"generation\":1}\n", dev,
                 (long long)kiosk->epoch, (long long)since);
}

static void stick_body(struct stick *stick, struct kiosk *kiosk, int64_t from, int64_t to)
{
    struct wire_pack *pack;
    assert_int_equal(wire_pack_make(WIRE_PLAIN, &pack), ERR_OK);
    kiosk_pack(kiosk, from, to, 1, pack);
    struct str body = wire_pack_body(pack);
    bytes_put(&stick->content, body.ptr, body.len);
    wire_pack_free(pack);
}

static enum err stick_bring(struct stick *stick, struct town *town)
{
    uint8_t public[32], secret[32];
    memset(secret, 0x41, sizeof secret);
    crypto_scalarmult_base(public, secret);
    bytes_clear(&stick->file);
    bytes_clear(&stick->answer);
    buf_init(&stick->said, stick->why, sizeof stick->why);
    assert_int_equal(parcel_seal_up(public, bytes_str(&stick->content), &stick->file),
                     ERR_OK);
    return core_parcel(town->core, bytes_str(&stick->file), &stick->answer, &stick->said);
}

/* The first line of the answer, for this kiosk. */
static void stick_read(struct stick *stick, struct town *town, struct kiosk *kiosk)
{
    bytes_clear(&stick->opened);
    assert_int_equal(parcel_open_down(&kiosk->key, &town->server,
                                      bytes_str(&stick->answer), &stick->opened),
                     ERR_OK);
    assert_true(str_copy(kiosk->reply, sizeof kiosk->reply, bytes_str(&stick->opened)));
}

static void test_parcel(void **state)
{
    struct town town;
    struct kiosk kiosk;
    struct stick stick = {.why = ""};
    (void)state;
    town_make(&town);
    kiosk_join(&town, &kiosk);
    kiosk_events(&kiosk, 3);
    kiosk_event(&kiosk, "put.row", "{\"n\":1}");
    stick_begin(&stick, &kiosk, 0);
    stick_body(&stick, &kiosk, 1, 2);
    stick_body(&stick, &kiosk, 3, 4); /* more than one body has room for */
    assert_int_equal(stick_bring(&stick, &town), ERR_OK);
    assert_head(&town, &kiosk, 4);
    assert_int_equal(kiosk_number(&kiosk, "signed"), 4);
    assert_int_equal(effects_applied, 4);
    stick_read(&stick, &town, &kiosk);
    assert_non_null(strstr(kiosk.reply, "\"log\":{\"epoch\":1,\"start\":1,\"seq\":4,"));
    assert_non_null(strstr(kiosk.reply, "\"id\":\"R-1\""));
    assert_non_null(strstr(kiosk.reply, "\"more\":0"));
    assert_int_equal(kiosk_number(&kiosk, "since"), 0);
    /* Read in twice; and a later one that begins before what is here. */
    assert_int_equal(stick_bring(&stick, &town), ERR_OK);
    kiosk_events(&kiosk, 2);
    stick_begin(&stick, &kiosk, 1);
    stick_body(&stick, &kiosk, 3, 6);
    assert_int_equal(stick_bring(&stick, &town), ERR_OK);
    assert_head(&town, &kiosk, 6);
    assert_int_equal(effects_applied, 6);
    /* An old one that was found in a drawer. */
    stick_begin(&stick, &kiosk, 1);
    stick_body(&stick, &kiosk, 1, 3);
    assert_int_equal(stick_bring(&stick, &town), ERR_OK);
    assert_head(&town, &kiosk, 6);
    assert_int_equal(kiosk_number(&kiosk, "signed"), 6);
    assert_int_equal(effects_applied, 6);
    /* One in between was lost: nothing is taken, and the answer says where to go on. */
    kiosk_events(&kiosk, 4);
    stick_begin(&stick, &kiosk, 17); /* and a revision that was never given out */
    stick_body(&stick, &kiosk, 9, 10);
    assert_int_equal(stick_bring(&stick, &town), ERR_OK);
    assert_string_not_equal(stick.why, "");
    assert_head(&town, &kiosk, 6);
    stick_read(&stick, &town, &kiosk);
    assert_non_null(strstr(kiosk.reply, "\"seq\":6,"));
    assert_int_equal(kiosk_number(&kiosk, "since"), 0);
    assert_non_null(strstr(kiosk.reply, "\"id\":\"R-1\""));
    /* Of a copy that wrote something else: it learns so from the answer. */
    kiosk_epoch(&kiosk, 1, 1);
    kiosk_event(&kiosk, "shift.began", "{\"other\":1}");
    kiosk_events(&kiosk, 6);
    stick_begin(&stick, &kiosk, 1);
    stick_body(&stick, &kiosk, 1, 7);
    assert_int_equal(stick_bring(&stick, &town), ERR_OK);
    assert_string_not_equal(stick.why, "");
    assert_int_equal(kiosk_cursor(&town, &kiosk), 6);
    assert_int_equal(effects_applied, 6);
    stick_done(&stick);
    kiosk_done(&kiosk);
    town_done(&town);
}

static void test_parcels_that_are_refused(void **state)
{
    struct town town;
    struct kiosk kiosk, other;
    struct stick stick = {.why = ""};
    (void)state;
    town_make(&town);
    kiosk_join(&town, &kiosk);
    kiosk_make(&town, &other);
    kiosk_events(&kiosk, 3);
    /* Checks are nobody's word: without a signature nothing is taken. */
    stick_begin(&stick, &kiosk, 0);
    stick_body(&stick, &kiosk, 1, 3);
    stick.content.len -= 4;
    assert_int_equal(stick_bring(&stick, &town), ERR_DENIED);
    struct key right = kiosk.key;
    kiosk.key = other.key;
    stick_begin(&stick, &kiosk, 0);
    stick_body(&stick, &kiosk, 1, 3);
    kiosk.key = right;
    assert_int_equal(stick_bring(&stick, &town), ERR_DENIED);
    /* The first body is right, the second is not: none of it is taken. */
    stick_begin(&stick, &kiosk, 0);
    stick_body(&stick, &kiosk, 1, 2);
    kiosk.key = other.key;
    stick_body(&stick, &kiosk, 3, 3);
    kiosk.key = right;
    assert_int_equal(stick_bring(&stick, &town), ERR_DENIED);
    stick_begin(&stick, &kiosk, 0);
    assert_int_equal(stick_bring(&stick, &town), ERR_DENIED);
    stick_begin(&stick, &other, 0);
    assert_int_equal(stick_bring(&stick, &town), ERR_DENIED);
    stick_done(&stick);
    bytes_puts(&stick.content, "{\"dev\":1}\n");
    assert_int_equal(stick_bring(&stick, &town), ERR_INVALID);
    buf_init(&stick.said, stick.why, sizeof stick.why);
    assert_int_equal(core_parcel(town.core, STR("what?"), &stick.answer, &stick.said),
                     ERR_INVALID);
    assert_int_equal(stick.answer.len, 0);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM event"), 0);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM task"), 0);
    town_exec(&town, "UPDATE device SET state = 'revoked', revoked_ms = 4711");
    stick_begin(&stick, &kiosk, 0);
    stick_body(&stick, &kiosk, 1, 3);
    assert_int_equal(stick_bring(&stick, &town), ERR_DENIED);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM event"), 0);
    stick_done(&stick);
    kiosk_done(&kiosk);
    kiosk_done(&other);
    town_done(&town);
}

/* ---- many in one transaction ------------------------------------------------------- */

static void test_two_devices_at_once(void **state)
{
    struct town town;
    struct kiosk kiosks[2];
    struct core_job jobs[5];
    struct wire_pack *pack;
    (void)state;
    town_make(&town);
    assert_int_equal(wire_pack_make(WIRE_PLAIN, &pack), ERR_OK);
    memset(jobs, 0, sizeof jobs);
    for (int i = 0; i < 2; i++) {
        kiosk_join(&town, &kiosks[i]);
        kiosk_event(&kiosks[i], "put.row", i ? "{\"n\":2}" : "{\"n\":1}");
        kiosk_pack(&kiosks[i], 1, 1, 0, pack);
        struct str body = wire_pack_body(pack);
        assert_int_equal(wire_upload_make(WIRE_PLAIN, &jobs[i].upload), ERR_OK);
        assert_int_equal(wire_upload_feed(jobs[i].upload, body.ptr, body.len), ERR_OK);
        jobs[i].what = CORE_UPLOAD;
        jobs[i].token = str_of(kiosks[i].token);
        jobs[i].epoch = 1;
    }
    jobs[2] = jobs[0]; /* the same once more, in the same breath */
    jobs[3] = (struct core_job){.what = CORE_FEED, .token = jobs[0].token};
    jobs[4] = (struct core_job){.what = CORE_CURSOR, .token = STR("x"), .epoch = 1};
    core_run(town.core, jobs, 3);
    core_run(town.core, jobs + 3, 2);
    static const int expected[] = {200, 200, 409, 200, 401};
    for (int i = 0; i < 5; i++) {
        assert_int_equal(jobs[i].status, expected[i]);
    }
    assert_true(strstr(jobs[3].reply.data, "{\"n\":2}") != NULL);
    for (int i = 0; i < 5; i++) {
        bytes_free(&jobs[i].reply);
    }
    wire_upload_free(jobs[0].upload);
    wire_upload_free(jobs[1].upload);
    wire_pack_free(pack);
    assert_int_equal(effects_applied, 2);
    kiosk_done(&kiosks[0]);
    kiosk_done(&kiosks[1]);
    town_done(&town);
}

/* Somebody else writes for longer than we wait: nothing is claimed. */
static void test_storage_is_busy(void **state)
{
    struct town town;
    struct kiosk kiosk;
    struct hall second;
    (void)state;
    town_make(&town);
    kiosk_join(&town, &kiosk);
    kiosk_events(&kiosk, 1);
    second = town.hall;
    hall_open(&second);
    struct ask ask = ask_on(town.hall.storage, "PRAGMA busy_timeout = 10");
    assert_int_equal(ask_run(&ask), ERR_OK);
    assert_int_equal(storage_begin(second.storage), ERR_OK);
    assert_int_equal(kiosk_upload(&town, &kiosk, 1, 1), 503);
    assert_int_equal(kiosk_cursor(&town, &kiosk), -1); /* reading goes on */
    assert_int_equal(kiosk.status, 404);
    assert_int_equal(storage_end(second.storage, ERR_OK), ERR_OK);
    assert_int_equal(kiosk_upload(&town, &kiosk, 1, 1), 200);
    hall_close(&second);
    kiosk_done(&kiosk);
    town_done(&town);
}

static void test_no_keys(void **state)
{
    struct town town;
    struct core *core;
    (void)state;
    town_make(&town);
    town_exec(&town, "DELETE FROM server");
    struct core_options options = {
        .storage = town.hall.storage, .clock = fake_clock(&town.time), .rng = town.rng};
    assert_int_equal(core_make(&options, &core), ERR_NOT_FOUND);
    town_done(&town);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_enrolment),
        cmocka_unit_test(test_code_too_old),
        cmocka_unit_test(test_wrong_codes_are_counted),
        cmocka_unit_test(test_malformed),
        cmocka_unit_test(test_session),
        cmocka_unit_test(test_tokens),
        cmocka_unit_test(test_revoked),
        cmocka_unit_test(test_moves),
        cmocka_unit_test(test_feed),
        cmocka_unit_test(test_restored),
        cmocka_unit_test(test_times),
        cmocka_unit_test(test_parcel),
        cmocka_unit_test(test_parcels_that_are_refused),
        cmocka_unit_test(test_two_devices_at_once),
        cmocka_unit_test(test_storage_is_busy),
        cmocka_unit_test(test_no_keys),
    };
    return proof_init() == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
