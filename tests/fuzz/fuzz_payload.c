/* Any text as a slip: reading it never fails but by its error, and what is read has no
 * second text. Verifying it with a key that signed nothing never succeeds. */
#include "proof/payload.h"
#include "proof/scan.h"
#include "proof/verify.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A slip that was read, written again with its own signature. */
static void write_again(const struct payload_signed *read, char out[PAYLOAD_TEXT_SIZE])
{
    uint8_t bytes[PAYLOAD_BYTES_MAX];
    memcpy(bytes, read->body, read->body_len);
    memcpy(bytes + read->body_len, read->signature, KEY_SIGNATURE_SIZE);
    memcpy(out, PAYLOAD_PREFIX, 3);
    base32_encode(bytes, read->body_len + KEY_SIGNATURE_SIZE, out + 3);
    out[3 + BASE32_CHARS(read->body_len + KEY_SIGNATURE_SIZE)] = '\0';
}

/* The fields say all that the bytes say: written again, the bodies are the same. */
static void check_fields(const struct payload_signed *read)
{
    struct key key = {.id = read->key_id};
    struct payload_signed again;
    char text[PAYLOAD_TEXT_SIZE];
    size_t at;
    CHECK(payload_encode(&read->payload, &key, text) == ERR_OK);
    CHECK(payload_decode(str_of(text), &again, &at) == ERR_OK);
    CHECK(again.body_len == read->body_len);
    CHECK(memcmp(again.body, read->body, read->body_len) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    const struct key_public nobody = {{9}};
    struct payload_signed read;
    char again[PAYLOAD_TEXT_SIZE], scanned[SCAN_CHARS_MAX + 1], answer[1024];
    struct buf out;
    size_t at = SIZE_MAX;
    CHECK(proof_init() == ERR_OK);
    if (payload_decode(text, &read, &at) == ERR_OK) {
        write_again(&read, again);
        CHECK(str_eq(text, str_of(again)));
        check_fields(&read);
    } else {
        CHECK(at <= size);
    }
    buf_init(&out, answer, sizeof answer);
    CHECK(verify_text(text, &nobody, 1, &out) != VERIFY_VALID);
    CHECK(!out.cut);
    CHECK(scan_clean(scanned, text) == strlen(scanned));
    return 0;
}
