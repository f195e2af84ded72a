#include "proof/site_code.h"

#include "proof/base32.h"

#include <sodium.h>
#include <string.h>

#define MAC_BYTES 5
#define MAC_SYMBOLS 8
#define SYMBOLS (SITE_CODE_SIZE - 1)
#define SHOWN_GROUP 5
#define MODULUS 1021 /* as in card.c: two symbols */

_Static_assert(BASE32_CHARS(MAC_BYTES) == MAC_SYMBOLS, "no spare bits");
_Static_assert(sizeof(SITE_CODE_PREFIX) - 1 + SITE_CODE_SIZE == SITE_CODE_QR_SIZE,
               "QR text");

void site_code_key_of(const uint8_t seed[KEY_SEED_SIZE], struct site_code_key *key_out)
{
    static const char label[] = "anlauf site code 1";
    crypto_generichash(key_out->b, sizeof key_out->b, (const uint8_t *)label,
                       sizeof label, seed, KEY_SEED_SIZE);
}

void site_code_key_wipe(struct site_code_key *key)
{
    sodium_memzero(key, sizeof *key);
}

static void put_check(char code[SITE_CODE_SIZE])
{
    int rest = (int)base32_remainder(code, MAC_SYMBOLS, MODULUS);
    code[MAC_SYMBOLS] = base32_symbol(rest / 32);
    code[MAC_SYMBOLS + 1] = base32_symbol(rest % 32);
    code[SYMBOLS] = '\0';
}

void site_code_make(const struct site_code_key *key, struct str offer_code, date_t date,
                    char code_out[SITE_CODE_SIZE])
{
    uint8_t mac[crypto_generichash_BYTES];
    uint32_t day = (uint32_t)date;
    const uint8_t tail[] = {0, (uint8_t)(day >> 24), (uint8_t)(day >> 16),
                            (uint8_t)(day >> 8), (uint8_t)day};
    crypto_generichash_state state;
    crypto_generichash_init(&state, key->b, sizeof key->b, sizeof mac);
    crypto_generichash_update(&state, (const uint8_t *)offer_code.ptr, offer_code.len);
    crypto_generichash_update(&state, tail, sizeof tail);
    crypto_generichash_final(&state, mac, sizeof mac);
    base32_encode(mac, MAC_BYTES, code_out);
    put_check(code_out);
    sodium_memzero(&state, sizeof state);
}

enum err site_code_parse(struct str text, char code_out[SITE_CODE_SIZE])
{
    const size_t prefix = strlen(SITE_CODE_PREFIX);
    char typed[SITE_CODE_QR_SIZE - 1], code[SITE_CODE_SIZE];
    if (base32_clean(text, typed, SYMBOLS) == ERR_OK) {
        memcpy(code, typed, SYMBOLS);
    } else if (base32_clean(text, typed, sizeof typed) == ERR_OK &&
               memcmp(typed, "AN0", prefix) == 0) { /* O is read as 0 */
        memcpy(code, typed + prefix, SYMBOLS);
    } else {
        return ERR_INVALID;
    }
    char check[SITE_CODE_SIZE];
    memcpy(check, code, MAC_SYMBOLS);
    put_check(check);
    if (memcmp(check, code, SYMBOLS) != 0) {
        return ERR_INVALID;
    }
    memcpy(code_out, check, sizeof check);
    return ERR_OK;
}

bool site_code_check(const struct site_code_key *key, struct str offer_code, date_t date,
                     const char code[SITE_CODE_SIZE])
{
    char right[SITE_CODE_SIZE];
    site_code_make(key, offer_code, date, right);
    return sodium_memcmp(right, code, SITE_CODE_SIZE) == 0;
}

void site_code_show(const char code[SITE_CODE_SIZE], char out[SITE_CODE_SHOWN_SIZE])
{
    struct buf b;
    buf_init(&b, out, SITE_CODE_SHOWN_SIZE);
    buf_put(&b, (struct str){code, SHOWN_GROUP});
    buf_putc(&b, '-');
    buf_puts(&b, code + SHOWN_GROUP);
}

void site_code_qr(const char code[SITE_CODE_SIZE], char out[SITE_CODE_QR_SIZE])
{
    struct buf b;
    buf_init(&b, out, SITE_CODE_QR_SIZE);
    buf_puts(&b, SITE_CODE_PREFIX);
    buf_puts(&b, code);
}
