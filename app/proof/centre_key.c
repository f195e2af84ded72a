#include "proof/centre_key.h"

#include <sodium.h>
#include <string.h>

#define HEAD "anlauf centre key 1\n"
#define PUBLIC_HEAD "anlauf centre public key 1 "
#define CHECK_SIZE 8
#define NONCE_SIZE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define SALT_SIZE crypto_pwhash_argon2id_SALTBYTES
#define LOCK_KEY_SIZE crypto_aead_xchacha20poly1305_ietf_KEYBYTES
/* What a file of a later program may ask for; more is no file of ours. */
#define PASSES_MAX 10
#define MEMORY_MIB_MAX 1024
#define HEX_MAX (2 * CENTRE_KEY_LOCK_SIZE + 1)

_Static_assert(NONCE_SIZE + SEAL_SECRET_SIZE +
                       crypto_aead_xchacha20poly1305_ietf_ABYTES ==
                   CENTRE_KEY_LOCK_SIZE,
               "lock layout");
_Static_assert(sizeof((struct centre_key *)0)->salt == SALT_SIZE, "libsodium's size");

static void put_hex(struct buf *out, const uint8_t *bytes, size_t len)
{
    char hex[HEX_MAX];
    sodium_bin2hex(hex, sizeof hex, bytes, len);
    buf_puts(out, hex);
}

/* ---- locks ------------------------------------------------------------------------ */

/* The lines that both locks are bound to. */
static void put_bound(struct buf *out, const struct centre_key *key)
{
    buf_puts(out, HEAD "public ");
    put_hex(out, key->public.b, sizeof key->public.b);
    buf_printf(out, "\nargon2id %d %d ", key->passes, key->memory_mib);
    put_hex(out, key->salt, sizeof key->salt);
    buf_putc(out, '\n');
}

static void lock(const struct centre_key *key, const uint8_t secret[SEAL_SECRET_SIZE],
                 const uint8_t lock_key[LOCK_KEY_SIZE], const struct rng *rng,
                 uint8_t lock_out[CENTRE_KEY_LOCK_SIZE])
{
    char memory[CENTRE_KEY_FILE_SIZE];
    struct buf bound;
    buf_init(&bound, memory, sizeof memory);
    put_bound(&bound, key);
    rng_fill(rng, lock_out, NONCE_SIZE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(lock_out + NONCE_SIZE, NULL, secret,
                                               SEAL_SECRET_SIZE, (const uint8_t *)memory,
                                               bound.len, NULL, lock_out, lock_key);
}

static enum err unlock(const struct centre_key *key,
                       const uint8_t lock[CENTRE_KEY_LOCK_SIZE],
                       const uint8_t lock_key[LOCK_KEY_SIZE], struct seal_pair *pair_out)
{
    char memory[CENTRE_KEY_FILE_SIZE];
    uint8_t secret[SEAL_SECRET_SIZE];
    struct buf bound;
    enum err err = ERR_DENIED;
    buf_init(&bound, memory, sizeof memory);
    put_bound(&bound, key);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            secret, NULL, NULL, lock + NONCE_SIZE, CENTRE_KEY_LOCK_SIZE - NONCE_SIZE,
            (const uint8_t *)memory, bound.len, lock, lock_key) == 0) {
        err = seal_keys_from_secret(secret, &key->public, pair_out);
    }
    sodium_memzero(secret, sizeof secret);
    return err;
}

static enum err key_of_passphrase(const struct centre_key *key, struct str passphrase,
                                  uint8_t lock_key_out[LOCK_KEY_SIZE])
{
    int failed =
        crypto_pwhash(lock_key_out, LOCK_KEY_SIZE, passphrase.ptr, passphrase.len,
                      key->salt, (unsigned long long)key->passes,
                      (size_t)key->memory_mib << 20, crypto_pwhash_ALG_ARGON2ID13);
    return failed ? ERR_FULL : ERR_OK;
}

static void key_of_recovery(const struct recovery *recovery,
                            uint8_t lock_key_out[LOCK_KEY_SIZE])
{
    static const char label[] = "anlauf centre recovery 1";
    crypto_generichash(lock_key_out, LOCK_KEY_SIZE, (const uint8_t *)label, sizeof label,
                       recovery->secret, sizeof recovery->secret);
}

enum err centre_key_make(struct str passphrase, const struct recovery *recovery,
                         const struct rng *rng, struct centre_key *key_out)
{
    struct centre_key key = {.passes = CENTRE_KEY_PASSES,
                             .memory_mib = CENTRE_KEY_MEMORY_MIB};
    struct seal_pair pair;
    uint8_t lock_key[LOCK_KEY_SIZE];
    if (passphrase.len < CENTRE_KEY_PASSPHRASE_MIN ||
        passphrase.len > CENTRE_KEY_PASSPHRASE_MAX) {
        return ERR_INVALID;
    }
    rng_fill(rng, key.salt, sizeof key.salt);
    enum err err = key_of_passphrase(&key, passphrase, lock_key);
    if (err == ERR_OK) {
        seal_keys_make(rng, &pair);
        key.public = pair.public;
        lock(&key, pair.secret, lock_key, rng, key.passphrase);
        key_of_recovery(recovery, lock_key);
        lock(&key, pair.secret, lock_key, rng, key.recovery);
        seal_keys_wipe(&pair);
        *key_out = key;
    }
    sodium_memzero(lock_key, sizeof lock_key);
    return err;
}

enum err centre_key_open(const struct centre_key *key, struct str passphrase,
                         struct seal_pair *pair_out)
{
    uint8_t lock_key[LOCK_KEY_SIZE];
    enum err err = key_of_passphrase(key, passphrase, lock_key);
    if (err == ERR_OK) {
        err = unlock(key, key->passphrase, lock_key, pair_out);
    }
    sodium_memzero(lock_key, sizeof lock_key);
    return err;
}

enum err centre_key_recover(const struct centre_key *key, const struct recovery *recovery,
                            struct seal_pair *pair_out)
{
    uint8_t lock_key[LOCK_KEY_SIZE];
    key_of_recovery(recovery, lock_key);
    enum err err = unlock(key, key->recovery, lock_key, pair_out);
    sodium_memzero(lock_key, sizeof lock_key);
    return err;
}

/* ---- files ------------------------------------------------------------------------ */

static void put_check(struct buf *out)
{
    uint8_t hash[crypto_generichash_BYTES];
    crypto_generichash(hash, sizeof hash, (const uint8_t *)out->data, out->len, NULL, 0);
    put_hex(out, hash, CHECK_SIZE);
    buf_putc(out, '\n');
}

void centre_key_format(const struct centre_key *key, char file_out[CENTRE_KEY_FILE_SIZE])
{
    struct buf out;
    buf_init(&out, file_out, CENTRE_KEY_FILE_SIZE);
    put_bound(&out, key);
    buf_puts(&out, "passphrase ");
    put_hex(&out, key->passphrase, sizeof key->passphrase);
    buf_puts(&out, "\nrecovery ");
    put_hex(&out, key->recovery, sizeof key->recovery);
    buf_puts(&out, "\ncheck ");
    put_check(&out);
    CHECK(!out.cut);
}

static bool take(struct str *rest, struct str word)
{
    if (!str_starts(*rest, word)) {
        return false;
    }
    rest->ptr += word.len;
    rest->len -= word.len;
    return true;
}

static bool take_hex(struct str *rest, uint8_t *out, size_t len)
{
    size_t got = 0;
    if (rest->len < 2 * len ||
        sodium_hex2bin(out, len, rest->ptr, 2 * len, NULL, &got, NULL) != 0 ||
        got != len) {
        return false;
    }
    rest->ptr += 2 * len;
    rest->len -= 2 * len;
    return true;
}

static bool take_number(struct str *rest, int max, int *out)
{
    int value = 0;
    while (rest->len > 0 && rest->ptr[0] >= '0' && rest->ptr[0] <= '9' && value <= max) {
        value = value * 10 + rest->ptr[0] - '0';
        rest->ptr++;
        rest->len--;
    }
    *out = value;
    return value >= 1 && value <= max;
}

/* Reads what stands before the check; the rest is held to what we would have written. */
enum err centre_key_parse(struct str file, struct centre_key *key_out)
{
    struct centre_key key;
    char again[CENTRE_KEY_FILE_SIZE];
    struct str rest = file;
    bool good = take(&rest, STR(HEAD "public ")) &&
                take_hex(&rest, key.public.b, sizeof key.public.b) &&
                take(&rest, STR("\nargon2id ")) &&
                take_number(&rest, PASSES_MAX, &key.passes) && take(&rest, STR(" ")) &&
                take_number(&rest, MEMORY_MIB_MAX, &key.memory_mib) &&
                take(&rest, STR(" ")) && take_hex(&rest, key.salt, sizeof key.salt) &&
                take(&rest, STR("\npassphrase ")) &&
                take_hex(&rest, key.passphrase, sizeof key.passphrase) &&
                take(&rest, STR("\nrecovery ")) &&
                take_hex(&rest, key.recovery, sizeof key.recovery);
    if (!good) {
        return ERR_CORRUPT;
    }
    centre_key_format(&key, again);
    if (!str_eq(file, str_of(again))) {
        return ERR_CORRUPT;
    }
    *key_out = key;
    return ERR_OK;
}

void centre_key_public_format(const struct seal_public *public,
                              char file_out[CENTRE_KEY_PUBLIC_SIZE])
{
    struct buf out;
    buf_init(&out, file_out, CENTRE_KEY_PUBLIC_SIZE);
    buf_puts(&out, PUBLIC_HEAD);
    put_hex(&out, public->b, sizeof public->b);
    buf_putc(&out, ' ');
    put_check(&out);
    CHECK(!out.cut);
}

enum err centre_key_public_parse(struct str file, struct seal_public *public_out)
{
    struct seal_public public;
    char again[CENTRE_KEY_PUBLIC_SIZE];
    struct str rest = file;
    if (!take(&rest, STR(PUBLIC_HEAD)) || !take_hex(&rest, public.b, sizeof public.b)) {
        return ERR_CORRUPT;
    }
    centre_key_public_format(&public, again);
    if (!str_eq(file, str_of(again))) {
        return ERR_CORRUPT;
    }
    *public_out = public;
    return ERR_OK;
}
