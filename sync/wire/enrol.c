#include "wire/enrol.h"

#include <sodium.h>
#include <string.h>

static void code_hmac(const struct enrol_code *code, struct str purpose,
                      uint8_t out[ENROL_MAC_SIZE])
{
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, code->b, sizeof code->b);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)purpose.ptr,
                                  purpose.len);
    crypto_auth_hmacsha256_final(&state, out);
    sodium_memzero(&state, sizeof state);
}

void enrol_lookup(const struct enrol_code *code, uint8_t out[ENROL_LOOKUP_SIZE])
{
    uint8_t mac[ENROL_MAC_SIZE];
    code_hmac(code, STR("anlauf enrol lookup 1"), mac);
    memcpy(out, mac, ENROL_LOOKUP_SIZE);
}

void enrol_secret(const struct enrol_code *code, uint8_t out[ENROL_MAC_SIZE])
{
    code_hmac(code, STR("anlauf enrol secret 1"), out);
}

/* Over who (with a zero byte), the public key and the grant. */
static void mac_of(const uint8_t secret[ENROL_MAC_SIZE], struct str who,
                   const struct key_public *public, struct str grant,
                   uint8_t mac_out[ENROL_MAC_SIZE])
{
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, secret, ENROL_MAC_SIZE);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)who.ptr, who.len);
    crypto_auth_hmacsha256_update(&state, public->b, sizeof public->b);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)grant.ptr, grant.len);
    crypto_auth_hmacsha256_final(&state, mac_out);
    sodium_memzero(&state, sizeof state);
}

void enrol_mac_kiosk(const uint8_t secret[ENROL_MAC_SIZE],
                     const struct key_public *public, uint8_t mac_out[ENROL_MAC_SIZE])
{
    mac_of(secret, STR("kiosk\0"), public, STR(""), mac_out);
}

void enrol_mac_centre(const uint8_t secret[ENROL_MAC_SIZE],
                      const struct key_public *public, struct str grant_line,
                      uint8_t mac_out[ENROL_MAC_SIZE])
{
    mac_of(secret, STR("centre\0"), public, grant_line, mac_out);
}

bool enrol_mac_eq(const uint8_t a[ENROL_MAC_SIZE], const uint8_t b[ENROL_MAC_SIZE])
{
    return sodium_memcmp(a, b, ENROL_MAC_SIZE) == 0;
}
