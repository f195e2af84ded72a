#include "proof/key.h"

#include <sodium.h>
#include <string.h>

enum err proof_init(void)
{
    return sodium_init() < 0 ? ERR_UNSUPPORTED : ERR_OK;
}

struct key_id key_id_of(const struct key_public *public)
{
    uint8_t hash[crypto_generichash_BYTES];
    struct key_id id;
    crypto_generichash(hash, sizeof hash, public->b, sizeof public->b, NULL, 0);
    memcpy(id.b, hash, sizeof id.b);
    return id;
}

bool key_id_eq(struct key_id a, struct key_id b)
{
    return memcmp(a.b, b.b, sizeof a.b) == 0;
}

void key_from_seed(const uint8_t seed[KEY_SEED_SIZE], struct key *key_out)
{
    _Static_assert(sizeof key_out->secret == crypto_sign_SECRETKEYBYTES, "libsodium's size");
    memcpy(key_out->seed, seed, KEY_SEED_SIZE);
    crypto_sign_seed_keypair(key_out->public.b, key_out->secret, key_out->seed);
    key_out->id = key_id_of(&key_out->public);
}

void key_make(const struct rng *rng, struct key *key_out)
{
    uint8_t seed[KEY_SEED_SIZE];
    rng_fill(rng, seed, sizeof seed);
    key_from_seed(seed, key_out);
    sodium_memzero(seed, sizeof seed);
}

void key_wipe(struct key *key)
{
    sodium_memzero(key, sizeof *key);
}

/* Returns the length of domain, 0 and the bytes in `out`. */
static size_t compose(struct str domain, const uint8_t *bytes, size_t len,
                      uint8_t out[KEY_MESSAGE_MAX])
{
    CHECK(domain.len + 1 + len <= KEY_MESSAGE_MAX);
    memcpy(out, domain.ptr, domain.len);
    out[domain.len] = 0;
    memcpy(out + domain.len + 1, bytes, len);
    return domain.len + 1 + len;
}

void key_sign(const struct key *key, struct str domain, const uint8_t *bytes, size_t len,
              uint8_t signature_out[KEY_SIGNATURE_SIZE])
{
    uint8_t message[KEY_MESSAGE_MAX];
    size_t message_len = compose(domain, bytes, len, message);
    crypto_sign_detached(signature_out, NULL, message, message_len, key->secret);
}

bool key_verify(const struct key_public *public, struct str domain, const uint8_t *bytes,
                size_t len, const uint8_t signature[KEY_SIGNATURE_SIZE])
{
    uint8_t message[KEY_MESSAGE_MAX];
    size_t message_len = compose(domain, bytes, len, message);
    return crypto_sign_verify_detached(signature, message, message_len, public->b) == 0;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

enum err key_public_parse(struct str hex, struct key_public *public_out)
{
    struct key_public public;
    if (hex.len != 2 * KEY_PUBLIC_SIZE) {
        return ERR_INVALID;
    }
    for (size_t i = 0; i < KEY_PUBLIC_SIZE; i++) {
        int high = hex_value(hex.ptr[2 * i]);
        int low = hex_value(hex.ptr[2 * i + 1]);
        if (high < 0 || low < 0) {
            return ERR_INVALID;
        }
        public.b[i] = (uint8_t)(high << 4 | low);
    }
    *public_out = public;
    return ERR_OK;
}

void key_public_format(const struct key_public *public, char out[KEY_PUBLIC_TEXT_SIZE])
{
    sodium_bin2hex(out, KEY_PUBLIC_TEXT_SIZE, public->b, sizeof public->b);
}

void key_id_format(struct key_id id, char out[9])
{
    sodium_bin2hex(out, 9, id.b, sizeof id.b);
}
