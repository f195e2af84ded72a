#include "wire/parcel.h"

#include <sodium.h>
#include <string.h>

static const struct str magic = {PARCEL_MAGIC, sizeof PARCEL_MAGIC - 1};
static const struct str domain = {"anlauf parcel 1", 15};

#define SIG_LINE_LEN (sizeof "{\"sig\":\"\"}\n" - 1 + B64_SIZE(KEY_SIGNATURE_SIZE) - 1)

/* ---- boxes ------------------------------------------------------------------------- */

static enum err seal(const uint8_t public[32], struct str content, struct bytes *file_out)
{
    _Static_assert(crypto_box_PUBLICKEYBYTES == 32, "libsodium's size");
    if (content.len > PARCEL_MAX - magic.len - crypto_box_SEALBYTES) {
        return ERR_FULL;
    }
    bytes_clear(file_out);
    bytes_put(file_out, magic.ptr, magic.len);
    char *room = bytes_room(file_out, content.len + crypto_box_SEALBYTES);
    if (room == NULL) {
        return ERR_FULL;
    }
    if (crypto_box_seal((unsigned char *)room, (const unsigned char *)content.ptr,
                        content.len, public) != 0) {
        bytes_clear(file_out);
        return ERR_INVALID;
    }
    return ERR_OK;
}

static enum err open_box(const uint8_t public[32], const uint8_t secret[32],
                         struct str file, struct bytes *content_out)
{
    if (!str_starts(file, magic) || file.len > PARCEL_MAX ||
        file.len < magic.len + crypto_box_SEALBYTES) {
        return ERR_INVALID;
    }
    struct str box = {file.ptr + magic.len, file.len - magic.len};
    bytes_clear(content_out);
    /* One byte more, so that an empty parcel has an address to be opened to. */
    char *room = bytes_room(content_out, box.len - crypto_box_SEALBYTES + 1);
    if (room == NULL) {
        return ERR_FULL;
    }
    content_out->len--;
    if (crypto_box_seal_open((unsigned char *)room, (const unsigned char *)box.ptr,
                             box.len, public, secret) != 0) {
        bytes_clear(content_out);
        return ERR_DENIED;
    }
    return ERR_OK;
}

enum err parcel_seal_up(const uint8_t parcel_public[32], struct str content,
                        struct bytes *file_out)
{
    return seal(parcel_public, content, file_out);
}

enum err parcel_open_up(const uint8_t parcel_public[32], const uint8_t parcel_secret[32],
                        struct str file, struct bytes *content_out)
{
    return open_box(parcel_public, parcel_secret, file, content_out);
}

/* ---- down -------------------------------------------------------------------------- */

static void write_signature(const struct key *server, struct str content,
                            struct bytes *signed_out)
{
    uint8_t hash[crypto_hash_sha256_BYTES], signature[KEY_SIGNATURE_SIZE];
    crypto_hash_sha256(hash, (const unsigned char *)content.ptr, content.len);
    key_sign(server, domain, hash, sizeof hash, signature);
    bytes_puts(signed_out, "{\"sig\":\"");
    bytes_b64(signed_out, signature, sizeof signature);
    bytes_puts(signed_out, "\"}\n");
    bytes_put(signed_out, content.ptr, content.len);
}

enum err parcel_seal_down(const struct key *server, const struct key_public *device,
                          struct str content, struct bytes *file_out)
{
    uint8_t public[crypto_scalarmult_curve25519_BYTES];
    struct bytes text = {.max = PARCEL_MAX};
    if (crypto_sign_ed25519_pk_to_curve25519(public, device->b) != 0) {
        return ERR_INVALID;
    }
    write_signature(server, content, &text);
    enum err err = text.failed ? ERR_FULL : seal(public, bytes_str(&text), file_out);
    bytes_free(&text);
    return err;
}

/* Exactly the line that is written above: its bytes are in no hash. */
static enum err check_signature(const struct key_public *server, struct str text)
{
    static const struct str before = {"{\"sig\":\"", 8};
    uint8_t hash[crypto_hash_sha256_BYTES], signature[KEY_SIGNATURE_SIZE];
    if (text.len < SIG_LINE_LEN || !str_starts(text, before) ||
        memcmp(text.ptr + SIG_LINE_LEN - 3, "\"}\n", 3) != 0) {
        return ERR_INVALID;
    }
    struct str b64 = {text.ptr + before.len, B64_SIZE(KEY_SIGNATURE_SIZE) - 1};
    if (b64_parse(b64, signature, sizeof signature) != ERR_OK) {
        return ERR_INVALID;
    }
    crypto_hash_sha256(hash, (const unsigned char *)text.ptr + SIG_LINE_LEN,
                       text.len - SIG_LINE_LEN);
    return key_verify(server, domain, hash, sizeof hash, signature) ? ERR_OK : ERR_DENIED;
}

static enum err open_for(const struct key *device, struct str file,
                         struct bytes *content_out)
{
    uint8_t public[crypto_scalarmult_curve25519_BYTES];
    uint8_t secret[crypto_scalarmult_curve25519_BYTES];
    if (crypto_sign_ed25519_pk_to_curve25519(public, device->public.b) != 0 ||
        crypto_sign_ed25519_sk_to_curve25519(secret, device->secret) != 0) {
        return ERR_DENIED;
    }
    enum err err = open_box(public, secret, file, content_out);
    sodium_memzero(secret, sizeof secret);
    return err;
}

enum err parcel_open_down(const struct key *device, const struct key_public *server,
                          struct str file, struct bytes *content_out)
{
    enum err err = open_for(device, file, content_out);
    if (err != ERR_OK) {
        return err;
    }
    err = check_signature(server, bytes_str(content_out));
    if (err != ERR_OK) {
        bytes_clear(content_out);
        return err;
    }
    content_out->len -= SIG_LINE_LEN;
    memmove(content_out->data, content_out->data + SIG_LINE_LEN, content_out->len);
    return ERR_OK;
}
