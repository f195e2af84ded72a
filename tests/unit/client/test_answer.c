#include "client/answer.h"
#include "unit/unit.h"

#include <stdio.h>

#define HASH "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define ID "00000000000000000000000000"
#define SIG                                                                              \
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" \
    "AAAA"
#define HEX "0000000000000000000000000000000000000000000000000000000000000000"

struct row {
    const char *name, *text;
    enum err err;
};

static void check(const struct row *row, enum err err)
{
    if (err != row->err) {
        fail_msg("%s: %s", row->name, err_name(err));
    }
}

static const struct row sessions[] = {
    {"as it should be",
     "{\"token\":\"t\",\"expires_s\":3600,\"now_ms\":1,\"generation\":1,\"proto\":[1,1],"
     "\"log\":{\"epoch\":2,\"start\":401,\"seq\":412,\"head\":\"" HASH "\"}}",
     ERR_OK},
    {"no log yet, and a member of a later version",
     "{\"token\":\"t\",\"expires_s\":3600,\"now_ms\":1,\"generation\":1,\"proto\":[1,2],"
     "\"log\":null,\"later\":{\"x\":[1]}}",
     ERR_OK},
    {"an empty log",
     "{\"token\":\"t\",\"expires_s\":3600,\"now_ms\":1,\"generation\":1,\"proto\":[1,1],"
     "\"log\":{\"epoch\":2,\"start\":401,\"seq\":400,\"head\":\"" HASH "\"}}",
     ERR_OK},
    {"nothing", "", ERR_INVALID},
    {"no object", "[1]", ERR_INVALID},
    {"a member twice",
     "{\"token\":\"t\",\"token\":\"u\",\"expires_s\":1,\"now_ms\":1,\"generation\":1,"
     "\"proto\":[1,1],\"log\":null}",
     ERR_INVALID},
    {"no token",
     "{\"expires_s\":1,\"now_ms\":1,\"generation\":1,\"proto\":[1,1],\"log\":null}",
     ERR_INVALID},
    {"an empty token",
     "{\"token\":\"\",\"expires_s\":1,\"now_ms\":1,\"generation\":1,\"proto\":[1,1],"
     "\"log\":null}",
     ERR_INVALID},
    {"a token that would end a header",
     "{\"token\":\"t\\r\\nX: y\",\"expires_s\":1,\"now_ms\":1,\"generation\":1,"
     "\"proto\":[1,1],\"log\":null}",
     ERR_INVALID},
    {"a generation below nothing",
     "{\"token\":\"t\",\"expires_s\":1,\"now_ms\":1,\"generation\":-1,\"proto\":[1,1],"
     "\"log\":null}",
     ERR_INVALID},
    {"a time that is no whole number",
     "{\"token\":\"t\",\"expires_s\":1,\"now_ms\":1.5,\"generation\":1,\"proto\":[1,1],"
     "\"log\":null}",
     ERR_INVALID},
    {"a number beyond 2^53",
     "{\"token\":\"t\",\"expires_s\":1,\"now_ms\":9007199254740992,\"generation\":1,"
     "\"proto\":[1,1],\"log\":null}",
     ERR_INVALID},
    {"no log at all",
     "{\"token\":\"t\",\"expires_s\":1,\"now_ms\":1,\"generation\":1,\"proto\":[1,1]}",
     ERR_INVALID},
    {"one version",
     "{\"token\":\"t\",\"expires_s\":1,\"now_ms\":1,\"generation\":1,\"proto\":[1],"
     "\"log\":null}",
     ERR_INVALID},
    {"a log that begins behind its end",
     "{\"token\":\"t\",\"expires_s\":1,\"now_ms\":1,\"generation\":1,\"proto\":[1,1],"
     "\"log\":{\"epoch\":2,\"start\":401,\"seq\":399,\"head\":\"" HASH "\"}}",
     ERR_INVALID},
    {"a short head",
     "{\"token\":\"t\",\"expires_s\":1,\"now_ms\":1,\"generation\":1,\"proto\":[1,1],"
     "\"log\":{\"epoch\":2,\"start\":401,\"seq\":412,\"head\":\"AAAA\"}}",
     ERR_INVALID},
};

static void test_sessions(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sessions); i++) {
        struct answer_session session;
        check(&sessions[i], answer_session(str_of(sessions[i].text), &session));
    }
}

/* Cut at each byte it is no answer, and no byte behind it is looked at. */
static void test_cut_anywhere(void **state)
{
    (void)state;
    struct str whole = str_of(sessions[0].text);
    for (size_t len = 0; len < whole.len; len++) {
        struct answer_session session;
        char *part = malloc(len + 1);
        memcpy(part, whole.ptr, len);
        assert_int_equal(answer_session((struct str){part, len}, &session), ERR_INVALID);
        free(part);
    }
}

static void test_a_log_that_is_not_there(void **state)
{
    struct answer_log log;
    (void)state;
    const char *refusal =
        "{\"error\":\"cursor\",\"start\":1,\"seq\":0,\"head\":null,\"signed\":0}";
    assert_int_equal(answer_log(str_of(refusal), &log), ERR_OK);
    assert_false(log.known);
    assert_int_equal(answer_log(STR("{\"start\":1,\"seq\":5}"), &log), ERR_INVALID);
    assert_int_equal(answer_log(STR("null"), &log), ERR_INVALID);
}

static void test_grants(void **state)
{
    static const struct row rows[] = {
        {"as it should be",
         "{\"dev\":\"" ID "\",\"centre\":\"" ID
         "\",\"name\":\"Haus\",\"organisation\":\"V\","
         "\"server\":\"" HASH "\",\"generation\":1,\"seal\":\"" HEX
         "\",\"parcel\":\"" HASH "\",\"pin\":\"sha256//x\"}",
         ERR_OK},
        {"without seal and pin",
         "{\"dev\":\"" ID "\",\"centre\":\"" ID
         "\",\"name\":\"Haus\",\"organisation\":\"V\","
         "\"server\":\"" HASH "\",\"generation\":1,\"seal\":null,\"parcel\":\"" HASH
         "\",\"pin\":null}",
         ERR_OK},
        {"a pin that is a path",
         "{\"dev\":\"" ID "\",\"centre\":\"" ID
         "\",\"name\":\"Haus\",\"organisation\":\"V\","
         "\"server\":\"" HASH "\",\"generation\":1,\"seal\":null,\"parcel\":\"" HASH
         "\",\"pin\":\"/etc/key.pem\"}",
         ERR_INVALID},
        {"a seal that is no key",
         "{\"dev\":\"" ID "\",\"centre\":\"" ID
         "\",\"name\":\"Haus\",\"organisation\":\"V\","
         "\"server\":\"" HASH "\",\"generation\":1,\"seal\":\"00\",\"parcel\":\"" HASH
         "\",\"pin\":null}",
         ERR_INVALID},
        {"a name that steers the terminal",
         "{\"dev\":\"" ID "\",\"centre\":\"" ID "\",\"name\":\"\\u001b[2J\","
         "\"organisation\":\"V\",\"server\":\"" HASH
         "\",\"generation\":1,\"seal\":null,\"parcel\":\"" HASH "\",\"pin\":null}",
         ERR_INVALID},
        {"no key", "{\"dev\":\"" ID "\",\"centre\":\"" ID "\"}", ERR_INVALID},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct answer_grant grant;
        check(&rows[i], answer_grant(str_of(rows[i].text), &grant));
    }
}

static void test_orders(void **state)
{
    static const struct row rows[] = {
        {"as it should be",
         "{\"error\":\"revoked\",\"order\":{\"dev\":\"" ID "\",\"at_ms\":5,\"sig\":\"" SIG
         "\"}}",
         ERR_OK},
        {"only the word", "{\"error\":\"revoked\"}", ERR_INVALID},
        {"a text", "{\"error\":\"revoked\",\"order\":\"yes\"}", ERR_INVALID},
        {"a short signature",
         "{\"error\":\"revoked\",\"order\":{\"dev\":\"" ID
         "\",\"at_ms\":5,\"sig\":\"AA\"}}",
         ERR_INVALID},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct answer_order order;
        check(&rows[i], answer_order(str_of(rows[i].text), &order));
    }
}

static void test_small_ones(void **state)
{
    char nonce[ANSWER_NONCE_SIZE], text[400];
    uint8_t mac[32];
    int64_t seq = -1;
    (void)state;
    assert_int_equal(answer_nonce(STR("{\"nonce\":\"n\"}"), nonce), ERR_OK);
    assert_string_equal(nonce, "n");
    snprintf(text, sizeof text, "{\"nonce\":\"%0200d\"}", 0);
    assert_int_equal(answer_nonce(str_of(text), nonce), ERR_INVALID);
    assert_int_equal(answer_ack(STR("{\"seq\":7,\"signed\":7}"), &seq),
                     ERR_OK);
    assert_int_equal(seq, 7);
    assert_int_equal(answer_ack(STR("{\"seq\":\"7\"}"), &seq), ERR_INVALID);
    assert_int_equal(answer_mac(STR("{\"mac\":\"" HASH "\"}"), mac), ERR_OK);
    assert_int_equal(answer_mac(STR("{\"mac\":null}"), mac), ERR_INVALID);
}

static void test_parcels(void **state)
{
    struct answer_parcel parcel;
    (void)state;
    const char *with = "{\"dev\":\"" ID "\",\"log\":null,\"now_ms\":1,\"generation\":1,"
                       "\"since\":4}";
    const char *without =
        "{\"dev\":\"" ID "\",\"log\":null,\"now_ms\":1,\"generation\":1}";
    assert_int_equal(answer_parcel(str_of(with), &parcel), ERR_OK);
    assert_int_equal(parcel.since, 4);
    assert_int_equal(answer_parcel(str_of(without), &parcel), ERR_OK);
    assert_int_equal(parcel.since, -1);
    assert_int_equal(answer_parcel(STR("{\"log\":null}"), &parcel), ERR_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sessions),
        cmocka_unit_test(test_cut_anywhere),
        cmocka_unit_test(test_a_log_that_is_not_there),
        cmocka_unit_test(test_grants),
        cmocka_unit_test(test_orders),
        cmocka_unit_test(test_small_ones),
        cmocka_unit_test(test_parcels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
