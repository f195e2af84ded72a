#include "proof/confirm.h"
#include "proof/scan.h"
#include "proof/verify.h"
#include "support/support.h"
#include "unit/unit.h"

static struct key key;

static const struct confirm hours = {
    .fact = {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}},
    .participant = {{0xA1, 0xA2}},
    .offer_code = "H-1042",
    .field = 7,
    .date = 20784, /* 2026-11-27 */
    .start = 15 * 60,
    .end = 17 * 60 + 30,
    .minutes = 120,
    .issued = 20785,
};

static void sign(const struct confirm *confirm, char text[PAYLOAD_TEXT_SIZE])
{
    assert_int_equal(confirm_sign(confirm, &key, text), ERR_OK);
}

static enum verify_result verify(struct str text)
{
    char memory[1024];
    struct buf out;
    buf_init(&out, memory, sizeof memory);
    return verify_text(text, &key.public, 1, &out);
}

static void test_golden(void **state)
{
    char text[PAYLOAD_TEXT_SIZE], memory[1024];
    struct buf out;
    (void)state;
    sign(&hours, text);
    assert_string_equal(text,
                        "ANS041N4B20F80020G30G2GC1Q81450N30D1Q7HMMLGSU052C03GG21L02H643"
                        "4GB9H60S341Q0F2VNJ9WJTKJ5MS89907TW14525QX0MU9VX0V74EPCBCFUSHC5"
                        "9NBTVSNE3R42LX3FQ1NXR256UKWNTCN0NFEUGQPSRML9DWU1VQFSMGA");
    buf_init(&out, memory, sizeof memory);
    assert_int_equal(verify_text(str_of(text), &key.public, 1, &out), VERIFY_VALID);
    assert_string_equal(
        memory,
        "valid: hours for job H-1042 on 2026-11-27, 15:00 to 17:30, 120 minutes, issued "
        "2026-11-28 by device 622c407a\n"
        "{\"result\":\"valid\",\"kind\":\"hours\",\"fact\":"
        "\"00041061050R3GG28A1C60T3GF\","
        "\"offer\":\"H-1042\",\"date\":\"2026-11-27\",\"start\":\"15:00\",\"end\":\"17:"
        "30\","
        "\"minutes\":120,\"field\":\"F07\",\"issued\":\"2026-11-28\","
        "\"device\":\"622c407a\"}\n");
}

static void test_longest_fits_a_scanner(void **state)
{
    struct confirm longest = hours;
    struct payload_signed read;
    char text[PAYLOAD_TEXT_SIZE];
    size_t at;
    (void)state;
    str_copy(longest.offer_code, sizeof longest.offer_code, STR("ABCDEFGHIJ-1234"));
    longest.field = 0;
    longest.start = 0;
    longest.end = longest.minutes = MINUTES_PER_DAY;
    sign(&longest, text);
    assert_int_equal(strlen(text), PAYLOAD_TEXT_SIZE - 1);
    assert_true(strlen(text) <= SCAN_CHARS_MAX);
    assert_int_equal(payload_decode(str_of(text), &read, &at), ERR_OK);
    assert_int_equal(read.payload.minutes, MINUTES_PER_DAY);
    assert_int_equal(read.payload.field, 0);
}

static void test_whose_it_is(void **state)
{
    const struct uid other = {{0xA1, 0xA3}};
    struct payload_signed read;
    char text[PAYLOAD_TEXT_SIZE];
    size_t at;
    (void)state;
    sign(&hours, text);
    assert_int_equal(payload_decode(str_of(text), &read, &at), ERR_OK);
    assert_true(confirm_is_of(&read.payload, hours.participant));
    assert_false(confirm_is_of(&read.payload, other));
    read.payload.kind = PAYLOAD_WISH;
    assert_false(confirm_is_of(&read.payload, hours.participant));
}

/* Nothing of the person's id stands in it, and two papers have nothing of it in common.
 */
static void test_a_finder_learns_nothing(void **state)
{
    struct confirm next = hours;
    struct payload_signed a, b;
    char text[PAYLOAD_TEXT_SIZE];
    size_t at;
    (void)state;
    sign(&hours, text);
    assert_int_equal(payload_decode(str_of(text), &a, &at), ERR_OK);
    next.fact.b[15] ^= 1;
    sign(&next, text);
    assert_int_equal(payload_decode(str_of(text), &b, &at), ERR_OK);
    assert_memory_not_equal(a.payload.holder.b, b.payload.holder.b, 4);
    assert_null(memmem(a.body, a.body_len, hours.participant.b, 2));
}

static void test_every_flipped_bit_is_refused(void **state)
{
    char text[PAYLOAD_TEXT_SIZE];
    (void)state;
    sign(&hours, text);
    struct str s = str_of(text);
    for (size_t bit = 0; bit < s.len * 8; bit++) {
        text[bit / 8] ^= (char)(1 << bit % 8);
        if (verify(s) == VERIFY_VALID) {
            fail_msg("bit %zu", bit);
        }
        text[bit / 8] ^= (char)(1 << bit % 8);
    }
    for (size_t len = 0; len < s.len; len++) {
        assert_int_equal(verify((struct str){text, len}), VERIFY_MALFORMED);
    }
    assert_int_equal(verify(s), VERIFY_VALID);
}

static void test_bad_fields(void **state)
{
    static const struct {
        const char *name;
        int field, minutes;
    } cases[] = {
        {"field below", -1, 120},
        {"field above", FIELD_MAX + 1, 120},
        {"no minute", 7, 0},
        {"negative", 7, -1},
        {"more than there are", 7, 151},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct confirm bad = hours;
        char text[PAYLOAD_TEXT_SIZE] = "untouched";
        bad.field = cases[i].field;
        bad.minutes = cases[i].minutes;
        if (confirm_sign(&bad, &key, text) != ERR_INVALID) {
            fail_msg("%s", cases[i].name);
        }
        assert_string_equal(text, "untouched");
    }
}

/* The same fields in a slip of another kind would have no bytes. */
static void test_other_kinds_have_no_hours(void **state)
{
    struct payload wish = {.kind = PAYLOAD_WISH,
                           .offer_code = "A",
                           .date = 1,
                           .end = 60,
                           .issued = DATE_NONE};
    char text[PAYLOAD_TEXT_SIZE];
    (void)state;
    assert_int_equal(payload_encode(&wish, &key, text), ERR_OK);
    wish.minutes = 1;
    assert_int_equal(payload_encode(&wish, &key, text), ERR_INVALID);
    wish.minutes = 0;
    wish.field = 1;
    assert_int_equal(payload_encode(&wish, &key, text), ERR_INVALID);
}

/* A wish's slip with its kind changed to hours, and the other way round, signed well. */
static void test_the_tail_belongs_to_the_kind(void **state)
{
    static const enum payload_kind kinds[] = {PAYLOAD_WISH, PAYLOAD_HOURS};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        char text[PAYLOAD_TEXT_SIZE];
        uint8_t bytes[PAYLOAD_BYTES_MAX];
        size_t len, at;
        struct payload payload = {.kind = kinds[i],
                                  .offer_code = "A",
                                  .date = 1,
                                  .end = 60,
                                  .issued = DATE_NONE,
                                  .minutes = kinds[i] == PAYLOAD_HOURS ? 60 : 0};
        assert_int_equal(payload_encode(&payload, &key, text), ERR_OK);
        struct str rest = {text + 3, strlen(text) - 3};
        assert_int_equal(base32_decode(rest, bytes, sizeof bytes, &len, &at), ERR_OK);
        bytes[1] = (uint8_t)kinds[1 - i];
        size_t body = len - KEY_SIGNATURE_SIZE;
        key_sign(&key, STR("anlauf slip 1"), bytes, body, bytes + body);
        base32_encode(bytes, len, text + 3);
        assert_int_equal(verify(str_of(text)), VERIFY_MALFORMED);
    }
}

static int setup(void **state)
{
    const uint8_t seed[KEY_SEED_SIZE] = {7};
    (void)state;
    key_from_seed(seed, &key);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden),
        cmocka_unit_test(test_longest_fits_a_scanner),
        cmocka_unit_test(test_whose_it_is),
        cmocka_unit_test(test_a_finder_learns_nothing),
        cmocka_unit_test(test_every_flipped_bit_is_refused),
        cmocka_unit_test(test_bad_fields),
        cmocka_unit_test(test_other_kinds_have_no_hours),
        cmocka_unit_test(test_the_tail_belongs_to_the_kind),
    };
    return proof_init() ? 1 : cmocka_run_group_tests(tests, setup, NULL);
}
