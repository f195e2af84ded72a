#include "server/lock.h"

void lock_order_write(const struct key *server, struct uid dev, int64_t at_ms,
                      struct bytes *out)
{
    char dev_text[UID_TEXT_SIZE], memory[64];
    uint8_t signature[KEY_SIGNATURE_SIZE];
    struct buf message;
    uid_format(dev, dev_text);
    buf_init(&message, memory, sizeof memory);
    buf_printf(&message, "%s%c%lld", dev_text, 0, (long long)at_ms);
    key_sign(server, STR("anlauf lock 1"), (const uint8_t *)memory, message.len,
             signature);
    bytes_printf(out, "{\"dev\":\"%s\",\"at_ms\":%lld,\"sig\":\"", dev_text,
                 (long long)at_ms);
    bytes_b64(out, signature, sizeof signature);
    bytes_puts(out, "\"}");
}
