#include "proof/payload.h"
#include "proof/scan.h"
#include "proof/verify.h"
#include "support/support.h"
#include "unit/unit.h"

#include <stdio.h>

/* The key id of the seed 7, 0, 0 … */
#define DEVICE "622c407a"

static struct key key, other;

static const struct payload wish = {
    .kind = PAYLOAD_WISH,
    .fact = {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}},
    .holder = {{1, 2, 3, 4}},
    .offer_code = "H-1042",
    .date = 20784, /* 2026-11-27 */
    .start = 15 * 60,
    .end = 17 * 60,
    .issued = 20779,
};

static struct str encode(const struct payload *payload, const struct key *with,
                         char text[PAYLOAD_TEXT_SIZE])
{
    assert_int_equal(payload_encode(payload, with, text), ERR_OK);
    return str_of(text);
}

static enum verify_result verify(struct str text)
{
    char memory[1024];
    struct buf out;
    buf_init(&out, memory, sizeof memory);
    enum verify_result result = verify_text(text, &key.public, 1, &out);
    assert_false(out.cut);
    return result;
}

/* Ed25519 is deterministic: this text is the format, and slips printed years ago must
 * still be read. */
static const char golden[] =
    "ANS"
    "040N4B20F80020G30G2GC1Q81450N30D1Q7G20G30G052C03GG1XQ02H5C34GB9H60S357"
    "59MJU4R09EUGDTW22KALFUR9DM59VW22J9Q02HLHR9HR9FGA6EH90HAKWC0UJ1XQM1LUGG"
    "VUP5ADC53KTQHM4R40F0063DR9QJW000";

static void test_golden(void **state)
{
    char text[PAYLOAD_TEXT_SIZE];
    (void)state;
    encode(&wish, &key, text);
    assert_string_equal(text, golden);
}

static void test_comes_back(void **state)
{
    static const struct {
        const char *name, *code;
        date_t date, issued;
        int start, end;
    } cases[] = {
        {"usual", "H-1042", 20784, 20779, 900, 1020},
        {"shortest code", "A", 0, DATE_NONE, 0, 1},
        {"longest code", "ABCDEFGHIJ-1234", 84005, 84005, 1439, 1440},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct payload in = wish;
        struct payload_signed read;
        char text[PAYLOAD_TEXT_SIZE];
        size_t at;
        str_copy(in.offer_code, sizeof in.offer_code, str_of(cases[i].code));
        in.date = cases[i].date;
        in.issued = cases[i].issued;
        in.start = cases[i].start;
        in.end = cases[i].end;
        assert_int_equal(payload_decode(encode(&in, &key, text), &read, &at), ERR_OK);
        assert_int_equal(payload_verify(&read, &key.public, 1), ERR_OK);
        assert_true(uid_eq(read.payload.fact, in.fact));
        assert_memory_equal(read.payload.holder.b, in.holder.b, sizeof in.holder.b);
        assert_string_equal(read.payload.offer_code, in.offer_code);
        assert_int_equal(read.payload.kind, in.kind);
        assert_int_equal(read.payload.date, in.date);
        assert_int_equal(read.payload.issued, in.issued);
        assert_int_equal(read.payload.start, in.start);
        assert_int_equal(read.payload.end, in.end);
    }
}

static void test_text_is_fit_for_every_keyboard(void **state)
{
    char text[PAYLOAD_TEXT_SIZE];
    (void)state;
    encode(&wish, &key, text);
    for (const char *c = text + strlen(PAYLOAD_PREFIX); *c; c++) {
        assert_true(base32_value(*c) >= 0);
        assert_null(strchr("YZIO-", *c));
    }
}

static void test_every_flipped_bit_is_refused(void **state)
{
    char text[PAYLOAD_TEXT_SIZE];
    (void)state;
    struct str s = encode(&wish, &key, text);
    for (size_t bit = 0; bit < s.len * 8; bit++) {
        text[bit / 8] ^= (char)(1 << bit % 8);
        if (verify(s) == VERIFY_VALID) {
            fail_msg("bit %zu", bit);
        }
        text[bit / 8] ^= (char)(1 << bit % 8);
    }
    assert_int_equal(verify(s), VERIFY_VALID);
}

/* The bytes below the text: no header field may be changed, signed or not. */
static void test_every_other_symbol_is_refused(void **state)
{
    char text[PAYLOAD_TEXT_SIZE];
    (void)state;
    struct str s = encode(&wish, &key, text);
    for (size_t i = strlen(PAYLOAD_PREFIX); i < s.len; i++) {
        char was = text[i];
        text[i] = base32_symbol((base32_value(was) + 7) % 32);
        assert_int_not_equal(verify(s), VERIFY_VALID);
        text[i] = was;
    }
}

static void test_every_truncation_is_refused(void **state)
{
    char text[PAYLOAD_TEXT_SIZE + 8];
    (void)state;
    struct str s = encode(&wish, &key, text);
    for (size_t len = 0; len < s.len; len++) {
        struct payload_signed read;
        size_t at = 999;
        assert_int_equal(payload_decode((struct str){s.ptr, len}, &read, &at), ERR_INVALID);
        assert_true(at <= len);
    }
    for (size_t more = 1; more < 8; more++) {
        memset(text + s.len, '0', more);
        assert_int_equal(verify((struct str){text, s.len + more}), VERIFY_MALFORMED);
    }
}

static void test_bad_fields(void **state)
{
    static const struct {
        const char *name;
        size_t field_at;
        int value;
    } cases[] = {
        {"no kind", offsetof(struct payload, kind), 0},
        {"a kind to come", offsetof(struct payload, kind), PAYLOAD_KIND_END},
        {"before 1970", offsetof(struct payload, date), -1},
        {"after 2199", offsetof(struct payload, date), 84006},
        {"no date", offsetof(struct payload, date), DATE_NONE},
        {"start below 0", offsetof(struct payload, start), -1},
        {"start at midnight", offsetof(struct payload, start), 1440},
        {"end at start", offsetof(struct payload, end), 900},
        {"end after midnight", offsetof(struct payload, end), 1441},
        {"issued before 1970", offsetof(struct payload, issued), -2},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct payload bad = wish;
        char text[PAYLOAD_TEXT_SIZE] = "untouched";
        memcpy((char *)&bad + cases[i].field_at, &cases[i].value, sizeof(int));
        if (payload_encode(&bad, &key, text) != ERR_INVALID) {
            fail_msg("%s", cases[i].name);
        }
        assert_string_equal(text, "untouched");
    }
}

static void test_bad_codes(void **state)
{
    static const char *const codes[] = {"", "h-1", "A B", "A\"B", "A\nB", "Ä"};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
        struct payload bad = wish;
        char text[PAYLOAD_TEXT_SIZE];
        str_copy(bad.offer_code, sizeof bad.offer_code, str_of(codes[i]));
        assert_int_equal(payload_encode(&bad, &key, text), ERR_INVALID);
    }
}

static void test_other_keys(void **state)
{
    char text[PAYLOAD_TEXT_SIZE], memory[1024];
    struct payload_signed read;
    struct key_public both[2] = {other.public, key.public};
    struct buf out;
    size_t at;
    (void)state;
    buf_init(&out, memory, sizeof memory);
    struct str s = encode(&wish, &key, text);
    assert_int_equal(payload_decode(s, &read, &at), ERR_OK);
    assert_int_equal(payload_verify(&read, NULL, 0), ERR_NOT_FOUND);
    assert_int_equal(payload_verify(&read, both, 1), ERR_NOT_FOUND);
    assert_int_equal(payload_verify(&read, both, 2), ERR_OK);
    assert_int_equal(verify_text(s, both, 1, &out), VERIFY_UNKNOWN_DEVICE);
    assert_non_null(strstr(memory, "\"result\":\"unknown_device\""));
}

static void test_a_forged_key_id_does_not_help(void **state)
{
    char text[PAYLOAD_TEXT_SIZE];
    struct key liar = other;
    (void)state;
    liar.id = key.id;
    assert_int_equal(verify(encode(&wish, &liar, text)), VERIFY_BAD_SIGNATURE);
}

static void test_a_signature_for_something_else_is_worth_nothing(void **state)
{
    uint8_t signature[KEY_SIGNATURE_SIZE];
    (void)state;
    key_sign(&key, STR("anlauf slip 1"), (const uint8_t *)"abc", 3, signature);
    assert_true(key_verify(&key.public, STR("anlauf slip 1"), (const uint8_t *)"abc", 3,
                           signature));
    assert_false(key_verify(&key.public, STR("anlauf slip 2"), (const uint8_t *)"abc", 3,
                            signature));
    assert_false(key_verify(&key.public, STR("anlauf slip"), (const uint8_t *)" 1abc", 5,
                            signature));
}

static void test_the_answer(void **state)
{
    char text[PAYLOAD_TEXT_SIZE], memory[1024], padded[512];
    struct buf out;
    (void)state;
    encode(&wish, &key, text);
    snprintf(padded, sizeof padded, "\r\n %s\t\r", text);
    buf_init(&out, memory, sizeof memory);
    assert_int_equal(verify_text(str_of(padded), &key.public, 1, &out), VERIFY_VALID);
    assert_string_equal(
        memory,
        "valid: wish for job H-1042 on 2026-11-27, 15:00 to 17:00, issued 2026-11-22 by "
        "device " DEVICE "\n"
        "{\"result\":\"valid\",\"kind\":\"wish\",\"fact\":\"00041061050R3GG28A1C60T3GF\","
        "\"offer\":\"H-1042\",\"date\":\"2026-11-27\",\"start\":\"15:00\",\"end\":\"17:00\","
        "\"issued\":\"2026-11-22\",\"device\":\"" DEVICE "\"}\n");
    buf_clear(&out);
    assert_int_equal(verify_text(STR("ANSY"), &key.public, 1, &out), VERIFY_MALFORMED);
    assert_string_equal(memory, "malformed: this is no slip, from character 4 on\n"
                                "{\"result\":\"malformed\",\"at\":3}\n");
}

static void test_malformed_text_is_never_repeated(void **state)
{
    static const char *const texts[] = {"", "x", "\x1b[2J", "ANS\x1b@", "%s%n", "'; DROP--",
                                        "\xE2\x80\xAE", "ans0123"};
    static char big[10240];
    char memory[1024];
    struct buf out;
    (void)state;
    buf_init(&out, memory, sizeof memory);
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        buf_clear(&out);
        assert_int_equal(verify_text(str_of(texts[i]), &key.public, 1, &out),
                         VERIFY_MALFORMED);
        assert_null(strpbrk(memory, "\x1b%;\xE2"));
    }
    memset(big, '0', sizeof big);
    memcpy(big, "ANS", 3);
    assert_int_equal(verify_text((struct str){big, sizeof big}, &key.public, 1, &out),
                     VERIFY_MALFORMED);
}

static void test_holders(void **state)
{
    struct uid ada = {{1}}, bob = {{2}}, fact = {{3}}, next = {{4}};
    (void)state;
    struct payload_holder tag = payload_holder_of(ada, fact);
    struct payload_holder again = payload_holder_of(ada, fact);
    struct payload_holder of_bob = payload_holder_of(bob, fact);
    struct payload_holder of_next = payload_holder_of(ada, next);
    assert_memory_equal(tag.b, again.b, sizeof tag.b);
    assert_memory_not_equal(tag.b, of_bob.b, sizeof tag.b);
    assert_memory_not_equal(tag.b, of_next.b, sizeof tag.b);
}

static void test_public_keys_as_hex(void **state)
{
    char hex[KEY_PUBLIC_TEXT_SIZE];
    struct key_public back;
    (void)state;
    key_public_format(&key.public, hex);
    assert_int_equal(key_public_parse(str_of(hex), &back), ERR_OK);
    assert_memory_equal(back.b, key.public.b, sizeof back.b);
    hex[63] = 'g';
    assert_int_equal(key_public_parse(str_of(hex), &back), ERR_INVALID);
    assert_int_equal(key_public_parse((struct str){hex, 62}, &back), ERR_INVALID);
}

static void test_scans(void **state)
{
    static const struct {
        const char *in, *out;
        enum scan_kind kind;
    } cases[] = {
        {"ANS012\r\n", "ANS012", SCAN_SLIP},
        {"  ans012\t", "ANS012", SCAN_SLIP},
        {"ANKP01", "ANKP01", SCAN_CARD},
        {"ANKS01", "ANKS01", SCAN_STAFF_CARD},
        {"4006381333931", "4006381333931", SCAN_OTHER},
        {"ANS 012", "", SCAN_OTHER},
        {"ANS\x1b", "", SCAN_OTHER},
        {"ÄNS", "", SCAN_OTHER},
        {"", "", SCAN_OTHER},
    };
    static char big[10240];
    char out[SCAN_CHARS_MAX + 1];
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        size_t len = scan_clean(out, str_of(cases[i].in));
        assert_string_equal(out, cases[i].out);
        assert_int_equal(scan_kind_of((struct str){out, len}), cases[i].kind);
    }
    memset(big, 'A', sizeof big);
    assert_int_equal(scan_clean(out, (struct str){big, sizeof big}), 0);
    assert_int_equal(scan_clean(out, (struct str){big, SCAN_CHARS_MAX}), SCAN_CHARS_MAX);
}

static int setup(void **state)
{
    uint8_t seed[KEY_SEED_SIZE] = {7};
    uint64_t dice = 1;
    struct rng rng = fake_rng(&dice);
    (void)state;
    if (proof_init() != ERR_OK) {
        return 1;
    }
    key_from_seed(seed, &key);
    key_make(&rng, &other);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden),
        cmocka_unit_test(test_comes_back),
        cmocka_unit_test(test_text_is_fit_for_every_keyboard),
        cmocka_unit_test(test_every_flipped_bit_is_refused),
        cmocka_unit_test(test_every_other_symbol_is_refused),
        cmocka_unit_test(test_every_truncation_is_refused),
        cmocka_unit_test(test_bad_fields),
        cmocka_unit_test(test_bad_codes),
        cmocka_unit_test(test_other_keys),
        cmocka_unit_test(test_a_forged_key_id_does_not_help),
        cmocka_unit_test(test_a_signature_for_something_else_is_worth_nothing),
        cmocka_unit_test(test_the_answer),
        cmocka_unit_test(test_malformed_text_is_never_repeated),
        cmocka_unit_test(test_holders),
        cmocka_unit_test(test_public_keys_as_hex),
        cmocka_unit_test(test_scans),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
