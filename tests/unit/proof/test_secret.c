#include "proof/backoff.h"
#include "proof/key.h"
#include "proof/secret.h"
#include "support/support.h"
#include "unit/unit.h"

static const uint8_t pictures[SECRET_LENGTH] = {0, 7, 3, 3};

static void test_right_and_wrong_pictures(void **state)
{
    const uint8_t swapped[SECRET_LENGTH] = {7, 0, 3, 3};
    uint64_t seed = 3;
    struct rng rng = fake_rng(&seed);
    struct secret right, wrong, pin;
    struct secret_record record, again;
    (void)state;
    assert_int_equal(secret_from_pictures(pictures, &right), ERR_OK);
    assert_int_equal(secret_from_pictures(swapped, &wrong), ERR_OK);
    assert_int_equal(secret_from_pin(STR("0733"), &pin), ERR_OK);
    assert_int_equal(secret_hash(&right, &rng, &record), ERR_OK);
    assert_int_equal(secret_hash(&right, &rng, &again), ERR_OK);
    assert_memory_not_equal(record.b, again.b, sizeof record.b);
    assert_int_equal(secret_check(&right, &record), ERR_OK);
    assert_int_equal(secret_check(&right, &again), ERR_OK);
    assert_int_equal(secret_check(&wrong, &record), ERR_DENIED);
    /* The same digits as a PIN are another secret. */
    assert_int_equal(secret_check(&pin, &record), ERR_DENIED);
    assert_int_equal(secret_check(&right, NULL), ERR_DENIED);
}

static void test_damaged_records(void **state)
{
    static const struct {
        int at;
        uint8_t value;
    } cases[] = {{0, 0}, {0, 2}, {1, 0}, {1, 255}, {2, 0}, {2, 255}, {3, 1}};
    uint64_t seed = 4;
    struct rng rng = fake_rng(&seed);
    struct secret secret;
    struct secret_record record;
    (void)state;
    assert_int_equal(secret_from_pin(STR("2580"), &secret), ERR_OK);
    assert_int_equal(secret_hash(&secret, &rng, &record), ERR_OK);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct secret_record bad = record;
        bad.b[cases[i].at] = cases[i].value;
        assert_int_equal(secret_check(&secret, &bad), ERR_CORRUPT);
    }
    record.b[SECRET_RECORD_SIZE - 1] ^= 1;
    assert_int_equal(secret_check(&secret, &record), ERR_DENIED);
}

static void test_what_is_no_secret(void **state)
{
    static const char *const pins[] = {"", "123", "123456789", "12a4", "12 4", "١٢٣٤"};
    const uint8_t ninth[SECRET_LENGTH] = {0, 1, 2, 8};
    struct secret secret;
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(pins); i++) {
        assert_int_equal(secret_from_pin(str_of(pins[i]), &secret), ERR_INVALID);
    }
    assert_int_equal(secret_from_pictures(ninth, &secret), ERR_INVALID);
    assert_int_equal(secret_from_pin(STR("12345678"), &secret), ERR_OK);
}

static void test_waits(void **state)
{
    static const int64_t waits_s[] = {0, 0, 0, 2, 5, 15, 60, 300, 900, 900, 900};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(waits_s); i++) {
        assert_int_equal(backoff_wait_ms((int)i), waits_s[i] * 1000);
    }
    assert_int_equal(backoff_wait_ms(-1), 0);
    assert_int_equal(backoff_wait_ms(INT32_MAX), BACKOFF_MAX_MS);
}

static void test_backoff_over_a_boot(void **state)
{
    struct backoff backoff = backoff_restore(0, 0);
    int64_t now = 1000;
    (void)state;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(backoff_left_ms(&backoff, now), 0);
        backoff_note_wrong(&backoff, now);
    }
    assert_int_equal(backoff_left_ms(&backoff, now), 2000);
    assert_int_equal(backoff_left_ms(&backoff, now + 1999), 1);
    assert_int_equal(backoff_left_ms(&backoff, now + 2000), 0);
    /* After a boot the clock is small again, and the whole wait begins anew. */
    backoff = backoff_restore(backoff.wrong, 5);
    assert_int_equal(backoff_left_ms(&backoff, 5), 2000);
    backoff_note_right(&backoff);
    assert_int_equal(backoff_left_ms(&backoff, 0), 0);
    for (int i = 0; i < 5000; i++) {
        backoff_note_wrong(&backoff, now);
    }
    assert_int_equal(backoff_left_ms(&backoff, now), BACKOFF_MAX_MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_right_and_wrong_pictures),
        cmocka_unit_test(test_damaged_records),
        cmocka_unit_test(test_what_is_no_secret),
        cmocka_unit_test(test_waits),
        cmocka_unit_test(test_backoff_over_a_boot),
    };
    return proof_init() ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
