/* The chain over a device's log. */
#include "proof/chain.h"

#include <sodium.h>
#include <string.h>

static const struct str domain = {"anlauf log 1", 12};

struct uid chain_device_of(const struct key_public *public)
{
    uint8_t hash[CHAIN_HASH_SIZE];
    struct uid dev;
    crypto_hash_sha256(hash, public->b, sizeof public->b);
    memcpy(dev.b, hash, sizeof dev.b);
    return dev;
}

struct chain_hash chain_line_hash(struct str line)
{
    struct chain_hash hash;
    crypto_hash_sha256(hash.b, (const unsigned char *)line.ptr, line.len);
    return hash;
}

struct chain_hash chain_start(struct uid dev, int64_t epoch, int64_t start)
{
    struct chain_hash hash;
    char memory[128], text[UID_TEXT_SIZE];
    struct buf b;
    uid_format(dev, text);
    buf_init(&b, memory, sizeof memory);
    buf_put(&b, domain);
    buf_printf(&b, "%c%s%c%lld%c%lld", 0, text, 0, (long long)epoch, 0, (long long)start);
    crypto_hash_sha256(hash.b, (const unsigned char *)b.data, b.len);
    return hash;
}

struct chain_hash chain_next(const struct chain_hash *head, const struct chain_hash *line)
{
    struct chain_hash next;
    uint8_t both[2 * CHAIN_HASH_SIZE];
    memcpy(both, head->b, CHAIN_HASH_SIZE);
    memcpy(both + CHAIN_HASH_SIZE, line->b, CHAIN_HASH_SIZE);
    crypto_hash_sha256(next.b, both, sizeof both);
    return next;
}

bool chain_eq(const struct chain_hash *a, const struct chain_hash *b)
{
    return memcmp(a->b, b->b, CHAIN_HASH_SIZE) == 0;
}

void chain_sign(const struct key *key, const struct chain_hash *head,
                uint8_t signature_out[KEY_SIGNATURE_SIZE])
{
    key_sign(key, domain, head->b, CHAIN_HASH_SIZE, signature_out);
}

bool chain_verify(const struct key_public *public, const struct chain_hash *head,
                  const uint8_t signature[KEY_SIGNATURE_SIZE])
{
    return key_verify(public, domain, head->b, CHAIN_HASH_SIZE, signature);
}
