/* Any file on a stick: nothing that the server did not sign for this kiosk is opened, and
 * what is sealed opens again. */
#include "wire/parcel.h"

#include <sodium.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct key server, device;
static uint8_t public[32], secret[32]; /* the device's as X25519 */

static void make_keys(void)
{
    static const uint8_t seed[2][KEY_SEED_SIZE] = {{1}, {2}};
    key_from_seed(seed[0], &server);
    key_from_seed(seed[1], &device);
    CHECK(crypto_sign_ed25519_pk_to_curve25519(public, device.public.b) == 0);
    CHECK(crypto_sign_ed25519_sk_to_curve25519(secret, device.secret) == 0);
}

static void check_file(struct str file)
{
    struct bytes content = {0};
    CHECK(parcel_open_up(public, secret, file, &content) != ERR_OK || file.len > 64);
    CHECK(parcel_open_down(&device, &server.public, file, &content) != ERR_OK);
    CHECK(content.len == 0);
    bytes_free(&content);
}

/* Sealed by anybody: the signature is looked at. */
static void check_unsigned(struct str text)
{
    struct bytes file = {0}, content = {0};
    CHECK(parcel_seal_up(public, text, &file) == ERR_OK);
    CHECK(parcel_open_down(&device, &server.public, bytes_str(&file), &content) !=
          ERR_OK);
    CHECK(parcel_open_up(public, secret, bytes_str(&file), &content) == ERR_OK);
    CHECK(str_eq(bytes_str(&content), text));
    bytes_free(&file);
    bytes_free(&content);
}

static void check_signed(struct str text)
{
    struct bytes file = {0}, content = {0};
    CHECK(parcel_seal_down(&server, &device.public, text, &file) == ERR_OK);
    CHECK(parcel_open_down(&device, &server.public, bytes_str(&file), &content) ==
          ERR_OK);
    CHECK(str_eq(bytes_str(&content), text));
    bytes_free(&file);
    bytes_free(&content);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    make_keys();
    check_file(text);
    check_unsigned(text);
    check_signed(text);
    return 0;
}
