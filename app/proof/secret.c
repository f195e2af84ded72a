#include "proof/secret.h"

#include <sodium.h>
#include <string.h>

#define RECORD_VERSION 1
#define SALT_SIZE crypto_pwhash_argon2id_SALTBYTES
#define HASH_SIZE 32
/* What a record of a later program may ask for; more is a damaged record. */
#define MEMORY_MIB_MAX 64
#define PASSES_MAX 10

enum { AT_VERSION, AT_PASSES, AT_MEMORY_MIB, AT_ZERO, AT_SALT, AT_HASH = AT_SALT + SALT_SIZE };

_Static_assert(AT_HASH + HASH_SIZE == SECRET_RECORD_SIZE, "record layout");
_Static_assert(SECRET_MEMORY_KIB % 1024 == 0, "memory is kept in MiB");

enum err secret_from_pictures(const uint8_t pictures[SECRET_LENGTH],
                              struct secret *secret_out)
{
    struct secret secret = {.len = 1 + SECRET_LENGTH, .b = {'b'}};
    for (int i = 0; i < SECRET_LENGTH; i++) {
        if (pictures[i] >= SECRET_PICTURES) {
            return ERR_INVALID;
        }
        secret.b[1 + i] = (uint8_t)('0' + pictures[i]);
    }
    *secret_out = secret;
    return ERR_OK;
}

enum err secret_from_pin(struct str digits, struct secret *secret_out)
{
    struct secret secret = {.len = (uint8_t)(1 + digits.len), .b = {'p'}};
    if (digits.len < SECRET_PIN_MIN || digits.len > SECRET_PIN_MAX) {
        return ERR_INVALID;
    }
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9') {
            return ERR_INVALID;
        }
        secret.b[1 + i] = (uint8_t)digits.ptr[i];
    }
    *secret_out = secret;
    return ERR_OK;
}

void secret_wipe(struct secret *secret)
{
    sodium_memzero(secret, sizeof *secret);
}

/* argon2id with the parameters and salt that stand in the record. */
static enum err compute(const struct secret *secret, const struct secret_record *record,
                        uint8_t hash_out[HASH_SIZE])
{
    CHECK(secret->len <= sizeof secret->b);
    size_t memory = (size_t)record->b[AT_MEMORY_MIB] << 20;
    int failed = crypto_pwhash(hash_out, HASH_SIZE, (const char *)secret->b, secret->len,
                               record->b + AT_SALT, record->b[AT_PASSES], memory,
                               crypto_pwhash_ALG_ARGON2ID13);
    return failed ? ERR_FULL : ERR_OK;
}

static void record_begin(struct secret_record *record)
{
    *record = (struct secret_record){{
        [AT_VERSION] = RECORD_VERSION,
        [AT_PASSES] = SECRET_PASSES,
        [AT_MEMORY_MIB] = SECRET_MEMORY_KIB / 1024,
    }};
}

static bool record_is_ours(const struct secret_record *record)
{
    int passes = record->b[AT_PASSES];
    int memory = record->b[AT_MEMORY_MIB];
    return record->b[AT_VERSION] == RECORD_VERSION && passes >= 1 && passes <= PASSES_MAX &&
           memory >= 1 && memory <= MEMORY_MIB_MAX && record->b[AT_ZERO] == 0;
}

enum err secret_hash(const struct secret *secret, const struct rng *rng,
                     struct secret_record *record_out)
{
    struct secret_record record;
    record_begin(&record);
    rng_fill(rng, record.b + AT_SALT, SALT_SIZE);
    enum err err = compute(secret, &record, record.b + AT_HASH);
    if (!err) {
        *record_out = record;
    }
    return err;
}

enum err secret_check(const struct secret *secret, const struct secret_record *record)
{
    struct secret_record nobody;
    uint8_t hash[HASH_SIZE];
    record_begin(&nobody);
    const struct secret_record *used = record ? record : &nobody;
    if (!record_is_ours(used)) {
        return ERR_CORRUPT;
    }
    enum err err = compute(secret, used, hash);
    if (err) {
        return err;
    }
    bool equal = sodium_memcmp(hash, used->b + AT_HASH, HASH_SIZE) == 0;
    sodium_memzero(hash, sizeof hash);
    return equal && record ? ERR_OK : ERR_DENIED;
}
