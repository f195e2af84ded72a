/* The line of an event as it stands on the wire. */
#include "store/line.h"

#include "store/kinds.h"

#include <sodium.h>

static int64_t clamp(int64_t number)
{
    return number < 0 ? 0 : number > LINE_NUMBER_MAX ? LINE_NUMBER_MAX : number;
}

static void put_bytes(struct buf *out, const uint8_t *bytes, size_t len)
{
    char text[sodium_base64_ENCODED_LEN(CHAIN_HASH_SIZE,
                                        sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
    sodium_bin2base64(text, sizeof text, bytes, len,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    buf_puts(out, text);
}

unsigned line_form(struct str kind)
{
    for (int i = 0; i < KIND_COUNT; i++) {
        if (str_eq(kind, str_of(kinds[i].name))) {
            return kinds[i].named ? LINE_NAMED : 0;
        }
    }
    return 0;
}

/* `before` has the name, quotes and colon. */
static void put_number(struct buf *out, const char *before, int64_t number)
{
    buf_puts(out, before);
    buf_int(out, number);
    buf_putc(out, ',');
}

static void put_times(struct buf *out, const struct line_row *row, bool wall)
{
    int64_t mono_ms = clamp(row->mono_ms), wall_ms = clamp(row->wall_ms);
    put_number(out, "\"boot\":", clamp(row->boot));
    if (wall) {
        put_number(out, "\"mono_ms\":", mono_ms);
        put_number(out, "\"wall_ms\":", wall_ms);
    } else {
        put_number(out, "\"boot_ms\":", clamp(wall_ms - mono_ms));
        put_number(out, "\"mono_ms\":", mono_ms);
    }
}

void line_put(struct buf *out, const struct line_row *row, unsigned form)
{
    put_number(out, "{\"seq\":", row->seq);
    if (form & LINE_NAMED) {
        char id[UID_TEXT_SIZE];
        uid_format(row->id, id);
        buf_printf(out, "\"id\":\"%s\",", id);
    }
    buf_puts(out, "\"kind\":");
    buf_json(out, row->kind);
    put_number(out, ",\"v\":", row->version);
    put_times(out, row, (form & LINE_WALL) != 0);
    buf_puts(out, "\"salt\":\"");
    put_bytes(out, row->salt, sizeof row->salt);
    buf_puts(out, "\",\"body\":");
    buf_put(out, row->body);
    buf_putc(out, '}');
}

void line_put_gone(struct buf *out, int64_t seq, const struct chain_hash *hash)
{
    buf_printf(out, "{\"seq\":%lld,\"gone\":\"", (long long)seq);
    put_bytes(out, hash->b, sizeof hash->b);
    buf_puts(out, "\"}");
}
