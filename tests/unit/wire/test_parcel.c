#include "wire/parcel.h"
#include "support/support.h"
#include "unit/unit.h"

#include <sodium.h>

#define CONTENT "{\"dev\":\"x\"}\nand more\n"

static struct key server, device, stranger;
static uint8_t parcel_public[32], parcel_secret[32];

static int setup(void **state)
{
    uint64_t seed = 17;
    struct rng rng = fake_rng(&seed);
    (void)state;
    key_make(&rng, &server);
    key_make(&rng, &device);
    key_make(&rng, &stranger);
    crypto_box_keypair(parcel_public, parcel_secret);
    return proof_init() == ERR_OK ? 0 : -1;
}

static void assert_content(const struct bytes *b, struct str content)
{
    assert_true(str_eq(bytes_str(b), content));
}

static void test_up(void **state)
{
    struct bytes file = {0}, content = {0};
    (void)state;
    assert_int_equal(parcel_seal_up(parcel_public, STR(CONTENT), &file), ERR_OK);
    assert_memory_equal(file.data, "ANLAUF-PARCEL-1\n", 16);
    assert_int_equal(file.len, 16 + 48 + strlen(CONTENT));
    assert_int_equal(
        parcel_open_up(parcel_public, parcel_secret, bytes_str(&file), &content), ERR_OK);
    assert_content(&content, STR(CONTENT));
    file.data[file.len - 1] ^= 1;
    assert_int_equal(
        parcel_open_up(parcel_public, parcel_secret, bytes_str(&file), &content),
        ERR_DENIED);
    assert_int_equal(content.len, 0);
    bytes_free(&file);
    bytes_free(&content);
}

static void test_down(void **state)
{
    struct bytes file = {0}, content = {0};
    (void)state;
    assert_int_equal(parcel_seal_down(&server, &device.public, STR(CONTENT), &file),
                     ERR_OK);
    assert_int_equal(
        parcel_open_down(&device, &server.public, bytes_str(&file), &content), ERR_OK);
    assert_content(&content, STR(CONTENT));
    assert_int_equal(
        parcel_open_down(&stranger, &server.public, bytes_str(&file), &content),
        ERR_DENIED);
    assert_int_equal(
        parcel_open_down(&device, &stranger.public, bytes_str(&file), &content),
        ERR_DENIED);
    assert_int_equal(content.len, 0);
    bytes_free(&file);
    bytes_free(&content);
}

static void test_empty(void **state)
{
    struct bytes file = {0}, content = {0};
    (void)state;
    assert_int_equal(parcel_seal_up(parcel_public, STR(""), &file), ERR_OK);
    assert_int_equal(
        parcel_open_up(parcel_public, parcel_secret, bytes_str(&file), &content), ERR_OK);
    assert_int_equal(content.len, 0);
    assert_int_equal(parcel_seal_down(&server, &device.public, STR(""), &file), ERR_OK);
    assert_int_equal(
        parcel_open_down(&device, &server.public, bytes_str(&file), &content), ERR_OK);
    assert_int_equal(content.len, 0);
    bytes_free(&file);
    bytes_free(&content);
}

/* Any cut and any byte changed is found, by its box or before it. */
static void test_damaged(void **state)
{
    struct bytes file = {0}, content = {0};
    (void)state;
    assert_int_equal(parcel_seal_down(&server, &device.public, STR(CONTENT), &file),
                     ERR_OK);
    for (size_t at = 0; at < file.len; at++) {
        enum err expected = at < 16 ? ERR_INVALID : ERR_DENIED;
        file.data[at] ^= 0x40;
        assert_int_equal(
            parcel_open_down(&device, &server.public, bytes_str(&file), &content),
            expected);
        file.data[at] ^= 0x40;
        struct str cut = {file.data, at};
        assert_int_equal(parcel_open_down(&device, &server.public, cut, &content),
                         at < 16 + 48 ? ERR_INVALID : ERR_DENIED);
    }
    bytes_free(&file);
    bytes_free(&content);
}

/* Sealed to the device, but not by who may sign: anybody can seal. */
static void test_not_signed(void **state)
{
    uint8_t public[32];
    struct bytes file = {0}, content = {0};
    static const struct {
        const char *text;
        enum err err;
    } rows[] = {
        {"", ERR_INVALID},
        {CONTENT, ERR_INVALID},
        {"{\"sig\":\"AAAA\"}\n" CONTENT, ERR_INVALID},
        {"{\"sig\":"
         "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
         "AAAAAAAAAAA\"}\n" CONTENT,
         ERR_DENIED},
    };
    (void)state;
    assert_int_equal(crypto_sign_ed25519_pk_to_curve25519(public, device.public.b), 0);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        assert_int_equal(parcel_seal_up(public, str_of(rows[i].text), &file), ERR_OK);
        assert_int_equal(
            parcel_open_down(&device, &server.public, bytes_str(&file), &content),
            rows[i].err);
        assert_int_equal(content.len, 0);
    }
    bytes_free(&file);
    bytes_free(&content);
}

static void test_no_key(void **state)
{
    struct key_public none = {{0}};
    struct bytes file = {0};
    (void)state;
    assert_int_equal(parcel_seal_down(&server, &none, STR(CONTENT), &file), ERR_INVALID);
    assert_int_equal(file.len, 0);
    bytes_free(&file);
}

static void test_too_large(void **state)
{
    struct bytes file = {0};
    struct str huge = {"", PARCEL_MAX};
    (void)state;
    assert_int_equal(parcel_seal_up(parcel_public, huge, &file), ERR_FULL);
    file.max = 20;
    assert_int_equal(parcel_seal_up(parcel_public, STR(CONTENT), &file), ERR_FULL);
    bytes_free(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_up),         cmocka_unit_test(test_down),
        cmocka_unit_test(test_empty),      cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_not_signed), cmocka_unit_test(test_no_key),
        cmocka_unit_test(test_too_large),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
