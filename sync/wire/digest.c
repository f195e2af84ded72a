/* The sum over the rows of a feed: a set has the same one in whatever order it came. */
#include "wire/page.h"

#include <sodium.h>
#include <stdio.h>

static void hash_part(crypto_hash_sha256_state *state, struct str part, bool more)
{
    crypto_hash_sha256_update(state, (const unsigned char *)part.ptr, part.len);
    if (more) {
        crypto_hash_sha256_update(state, (const unsigned char *)"", 1);
    }
}

static void hash_row(struct str kind, struct str id, int64_t rev, struct str body,
                     uint8_t hash_out[WIRE_DIGEST_SIZE])
{
    crypto_hash_sha256_state state;
    char number[24];
    snprintf(number, sizeof number, "%lld", (long long)rev);
    crypto_hash_sha256_init(&state);
    hash_part(&state, kind, true);
    hash_part(&state, id, true);
    hash_part(&state, str_of(number), true);
    hash_part(&state, body, false);
    crypto_hash_sha256_final(&state, hash_out);
}

void wire_digest_add(struct wire_digest *sum, struct str kind, struct str id, int64_t rev,
                     struct str body)
{
    uint8_t hash[WIRE_DIGEST_SIZE];
    hash_row(kind, id, rev, body, hash);
    sodium_add(sum->b, hash, sizeof hash);
}

void wire_digest_take(struct wire_digest *sum, struct str kind, struct str id,
                      int64_t rev, struct str body)
{
    uint8_t hash[WIRE_DIGEST_SIZE];
    hash_row(kind, id, rev, body, hash);
    sodium_sub(sum->b, hash, sizeof hash);
}
