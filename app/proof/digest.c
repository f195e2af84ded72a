/* One number over a set of rows. */
#include "proof/digest.h"

#include <sodium.h>

#define REV_SIZE 24

static void add_part(crypto_hash_sha256_state *hash, struct str part)
{
    crypto_hash_sha256_update(hash, (const unsigned char *)part.ptr, part.len);
}

static void hash_row(struct str kind, struct str id, int64_t rev, struct str body,
                     uint8_t hash_out[DIGEST_SIZE])
{
    static const struct str zero = {"", 1}; /* the NUL itself */
    char memory[REV_SIZE];
    struct buf b;
    crypto_hash_sha256_state hash;
    buf_init(&b, memory, sizeof memory);
    buf_printf(&b, "%lld", (long long)rev);
    const struct str parts[] = {kind, zero, id, zero, buf_str(&b), zero, body};
    crypto_hash_sha256_init(&hash);
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        add_part(&hash, parts[i]);
    }
    crypto_hash_sha256_final(&hash, hash_out);
}

void digest_add(struct digest *sum, struct str kind, struct str id, int64_t rev,
                struct str body)
{
    uint8_t hash[DIGEST_SIZE];
    hash_row(kind, id, rev, body, hash);
    sodium_add(sum->b, hash, DIGEST_SIZE); /* little-endian, modulo 2^256 */
}

void digest_take(struct digest *sum, struct str kind, struct str id, int64_t rev,
                 struct str body)
{
    uint8_t hash[DIGEST_SIZE];
    hash_row(kind, id, rev, body, hash);
    sodium_sub(sum->b, hash, DIGEST_SIZE);
}
