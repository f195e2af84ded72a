#include "wire/enrol.h"

#include "proof/base32.h"

#include <sodium.h>
#include <string.h>

#define QR_PREFIX "ANE"
#define QR_VERSION 1
#define QR_SUM_SIZE 2
#define QR_BYTES_MAX (1 + ENROL_CODE_SIZE + ENROL_URL_MAX + QR_SUM_SIZE)
#define CODE_CHARS 16

/* Crockford's: all of it can be typed on a keyboard that people look at. */
static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

struct enrol_code enrol_code_make(const struct rng *rng)
{
    struct enrol_code code;
    rng_fill(rng, code.b, sizeof code.b);
    return code;
}

/* ---- as people type it
 * ------------------------------------------------------------------- */

static int code_bit(const struct enrol_code *code, int bit)
{
    return code->b[bit / 8] >> (7 - bit % 8) & 1;
}

void enrol_code_format(const struct enrol_code *code, char out[ENROL_CODE_TEXT_SIZE])
{
    char *at = out;
    for (int i = 0; i < CODE_CHARS; i++) {
        int value = 0;
        for (int bit = 0; bit < 5; bit++) {
            value = value << 1 | code_bit(code, i * 5 + bit);
        }
        if (i > 0 && i % 4 == 0) {
            *at++ = '-';
        }
        *at++ = alphabet[value];
    }
    *at = '\0';
}

static int value_of(char c)
{
    if (c >= 'a' && c <= 'z') {
        c = (char)(c - 'a' + 'A');
    }
    c = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
    const char *at = c ? strchr(alphabet, c) : NULL;
    return at ? (int)(at - alphabet) : -1;
}

enum err enrol_code_parse(struct str text, struct enrol_code *code_out)
{
    struct enrol_code code = {{0}};
    int count = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == ' ' || text.ptr[i] == '-') {
            continue;
        }
        int value = value_of(text.ptr[i]);
        if (value < 0 || count == CODE_CHARS) {
            return ERR_INVALID;
        }
        for (int bit = 0; bit < 5; bit++) {
            int at = count * 5 + bit;
            code.b[at / 8] |= (uint8_t)((value >> (4 - bit) & 1) << (7 - at % 8));
        }
        count++;
    }
    if (count != CODE_CHARS) {
        return ERR_INVALID;
    }
    *code_out = code;
    return ERR_OK;
}

/* ---- as a scanner reads it
 * --------------------------------------------------------------- */

static void sum_of(const uint8_t *bytes, size_t len, uint8_t sum_out[QR_SUM_SIZE])
{
    uint8_t hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, bytes, len);
    memcpy(sum_out, hash, QR_SUM_SIZE);
}

enum err enrol_qr_format(const struct enrol_code *code, struct str url,
                         char out[ENROL_QR_SIZE])
{
    uint8_t bytes[QR_BYTES_MAX];
    size_t len = 1 + ENROL_CODE_SIZE + url.len;
    _Static_assert(sizeof QR_PREFIX + BASE32_CHARS(QR_BYTES_MAX) <= ENROL_QR_SIZE,
                   "fits");
    if (!enrol_url_valid(url)) {
        return ERR_INVALID;
    }
    bytes[0] = QR_VERSION;
    memcpy(bytes + 1, code->b, ENROL_CODE_SIZE);
    memcpy(bytes + 1 + ENROL_CODE_SIZE, url.ptr, url.len);
    sum_of(bytes, len, bytes + len);
    len += QR_SUM_SIZE;
    memcpy(out, QR_PREFIX, 3);
    base32_encode(bytes, len, out + 3);
    out[3 + BASE32_CHARS(len)] = '\0';
    return ERR_OK;
}

static bool sum_matches(const uint8_t *bytes, size_t len)
{
    uint8_t sum[QR_SUM_SIZE];
    sum_of(bytes, len - QR_SUM_SIZE, sum);
    return memcmp(sum, bytes + len - QR_SUM_SIZE, QR_SUM_SIZE) == 0;
}

enum err enrol_qr_parse(struct str text, struct enrol_code *code_out,
                        char url_out[ENROL_URL_MAX + 1])
{
    uint8_t bytes[QR_BYTES_MAX];
    size_t len, at;
    if (!str_starts(text, STR(QR_PREFIX))) {
        return ERR_INVALID;
    }
    struct str symbols = {text.ptr + 3, text.len - 3};
    if (base32_decode(symbols, bytes, sizeof bytes, &len, &at) != ERR_OK ||
        len <= 1 + ENROL_CODE_SIZE + QR_SUM_SIZE || bytes[0] != QR_VERSION ||
        !sum_matches(bytes, len)) {
        return ERR_INVALID;
    }
    struct str url = {(const char *)bytes + 1 + ENROL_CODE_SIZE,
                      len - 1 - ENROL_CODE_SIZE - QR_SUM_SIZE};
    if (!enrol_url_valid(url)) {
        return ERR_INVALID;
    }
    memcpy(code_out->b, bytes + 1, ENROL_CODE_SIZE);
    str_copy(url_out, ENROL_URL_MAX + 1, url);
    return ERR_OK;
}

/* ---- what is made of it
 * ------------------------------------------------------------------ */

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
