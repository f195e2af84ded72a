/* The expected values were computed with Node's crypto module from PROTOCOL.md. */
#include "wire/enrol.h"
#include "support/support.h"
#include "unit/unit.h"
#include "wire/bytes.h"

#include <sodium.h>

#define CODE "008J-4CT4-ANK7-F24S"
#define URL "https://centre.example:8443"
#define QR "ANE040128HK8HANCVU8K5L78V3GECV2WBT3CMP78UK55RJPGQBDE1N6AEHQ6GS362K8"

static const struct enrol_code code = {
    {0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99}};

static void test_code(void **state)
{
    char text[ENROL_CODE_TEXT_SIZE];
    struct enrol_code read;
    static const char *const ways[] = {
        CODE,
        "008j4ct4ank7f24s",
        " 0 0 8 J-4CT4 ANK7--F24S ",
        "oO8J-4CT4-ANK7-F24S",
    };
    (void)state;
    enrol_code_format(&code, text);
    assert_string_equal(text, CODE);
    for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
        assert_int_equal(enrol_code_parse(str_of(ways[i]), &read), ERR_OK);
        assert_memory_equal(&read, &code, sizeof code);
    }
}

static void test_code_refused(void **state)
{
    static const char *const rows[] = {
        "",
        "008J-4CT4-ANK7-F24",
        "008J-4CT4-ANK7-F24SS",
        "008J-4CT4-ANK7-F24U",
        "008J_4CT4_ANK7_F24S",
        "008J-4CT4-ANK7-F24\xC3\x9C",
    };
    struct enrol_code read;
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        assert_int_equal(enrol_code_parse(str_of(rows[i]), &read), ERR_INVALID);
    }
    assert_int_equal(enrol_code_parse((struct str){"008J-4CT4-ANK7-F24\0", 19}, &read),
                     ERR_INVALID);
}

static void test_code_round(void **state)
{
    uint64_t seed = 4;
    struct rng rng = fake_rng(&seed);
    (void)state;
    for (int i = 0; i < 1000; i++) {
        struct enrol_code made = enrol_code_make(&rng), read;
        char text[ENROL_CODE_TEXT_SIZE];
        enrol_code_format(&made, text);
        assert_int_equal(enrol_code_parse(str_of(text), &read), ERR_OK);
        assert_memory_equal(&made, &read, sizeof made);
    }
}

static void test_url(void **state)
{
    static const struct {
        const char *url;
        bool valid;
    } rows[] = {
        {URL, true},
        {"http://127.0.0.1:8080", true},
        {"http://h", false},
        {"https://[::1]:443", true},
        {"https://[fe80::1]", true},
        {"https://a-b.c:1", true},
        {"https://h:65535", true},
        {"", false},
        {"https://", false},
        {"http://:80", false},
        {"ftp://h", false},
        {"HTTPS://h", false},
        {"h:80", false},
        {"https://h/", false},
        {"https://h/x", false},
        {"https://h?x", false},
        {"https://h#x", false},
        {"https://u@h", false},
        {"https://h:", false},
        {"https://h:0", false},
        {"https://h:080", false},
        {"https://h:65536", false},
        {"https://h:123456", false},
        {"https://h:8a", false},
        {"https://[::1", false},
        {"https://[]", false},
        {"https://[::1]x", false},
        {"https://h h", false},
        {"https://h\n", false},
        {"https://\xC3\xBC.de", false},
    };
    char longest[ENROL_URL_MAX + 2] = "https://";
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (enrol_url_valid(str_of(rows[i].url)) != rows[i].valid) {
            fail_msg("%s", rows[i].url);
        }
    }
    memset(longest + 8, 'h', sizeof longest - 9);
    assert_true(enrol_url_valid((struct str){longest, ENROL_URL_MAX}));
    assert_false(enrol_url_valid((struct str){longest, ENROL_URL_MAX + 1}));
}

static void test_qr(void **state)
{
    char qr[ENROL_QR_SIZE], url[ENROL_URL_MAX + 1];
    struct enrol_code read;
    (void)state;
    assert_int_equal(enrol_qr_format(&code, STR(URL), qr), ERR_OK);
    assert_string_equal(qr, QR);
    assert_int_equal(enrol_qr_parse(STR(QR), &read, url), ERR_OK);
    assert_memory_equal(&read, &code, sizeof code);
    assert_string_equal(url, URL);
    assert_int_equal(enrol_qr_format(&code, STR("https://h/x"), qr), ERR_INVALID);
    assert_int_equal(strcspn(QR, "YZIO"), strlen(QR));
}

static void test_qr_lengths(void **state)
{
    char qr[ENROL_QR_SIZE], url[ENROL_URL_MAX + 1],
        long_url[ENROL_URL_MAX + 1] = "https://";
    struct enrol_code read;
    (void)state;
    memset(long_url + 8, 'h', ENROL_URL_MAX - 8);
    for (size_t len = 9; len <= ENROL_URL_MAX; len++) {
        struct str one = {long_url, len};
        assert_int_equal(enrol_qr_format(&code, one, qr), ERR_OK);
        assert_int_equal(enrol_qr_parse(str_of(qr), &read, url), ERR_OK);
        assert_true(str_eq(one, str_of(url)));
    }
}

/* Each wrong symbol, each cut: refused. Two bytes of sum let 1 of 65536 through. */
static void test_qr_wrong(void **state)
{
    char text[] = QR, url[ENROL_URL_MAX + 1];
    struct enrol_code read;
    (void)state;
    for (size_t at = 0; at < strlen(QR); at++) {
        text[at] = QR[at] == '7' ? '8' : '7';
        assert_int_equal(enrol_qr_parse(STR(text), &read, url), ERR_INVALID);
        text[at] = QR[at];
        assert_int_equal(enrol_qr_parse((struct str){QR, at}, &read, url), ERR_INVALID);
    }
}

static void assert_hex(const uint8_t *bytes, size_t len, const char *hex)
{
    char text[65];
    sodium_bin2hex(text, sizeof text, bytes, len);
    assert_string_equal(text, hex);
}

static void test_macs(void **state)
{
    uint8_t lookup[ENROL_LOOKUP_SIZE], secret[ENROL_MAC_SIZE], mac[ENROL_MAC_SIZE];
    uint8_t other[ENROL_MAC_SIZE], seed[KEY_SEED_SIZE];
    char text[B64_SIZE(ENROL_LOOKUP_SIZE)];
    struct key key;
    (void)state;
    for (size_t i = 0; i < sizeof seed; i++) {
        seed[i] = (uint8_t)i;
    }
    key_from_seed(seed, &key);
    enrol_lookup(&code, lookup);
    b64_format(lookup, sizeof lookup, text);
    assert_string_equal(text, "5OZ8xfvoviAqBQ");
    enrol_secret(&code, secret);
    assert_hex(secret, 32,
               "d8524531267e822024bf4a324ac1c638033a2f59518a4a1238bc5d2562e9c440");
    enrol_mac_kiosk(secret, &key.public, mac);
    assert_hex(mac, 32,
               "5b4fd911e361fbf45703930aa15487f0ca82df0baac83669f1d59f3447104b19");
    enrol_mac_centre(secret, &key.public, STR("{\"dev\":\"x\"}"), other);
    assert_hex(other, 32,
               "4b10300a8da3f2da44bcc031edfdda60d86c81756d1d2a7e2022f1f3b87170cb");
    assert_true(enrol_mac_eq(mac, mac));
    assert_false(enrol_mac_eq(mac, other));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_code),       cmocka_unit_test(test_code_refused),
        cmocka_unit_test(test_code_round), cmocka_unit_test(test_url),
        cmocka_unit_test(test_qr),         cmocka_unit_test(test_qr_lengths),
        cmocka_unit_test(test_qr_wrong),   cmocka_unit_test(test_macs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
