/* Any words on a slip, for every printer: the bytes are whole commands, the picture has a
 * size, and no line is wider than the paper. */
#include "print/escpos.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Walks the commands a slip is made of. */
static size_t command_len(const uint8_t *at, size_t left)
{
    CHECK(left >= 2);
    switch (at[0] << 8 | at[1]) {
    case 0x1B40:
    case 0x1C2E:
        return 2;
    case 0x1B74:
    case 0x1B21:
    case 0x1B61:
    case 0x1B20:
    case 0x1B4A:
    case 0x1B64:
        return 3;
    case 0x1B2A:
        return 5 + 3u * (at[3] | (size_t)at[4] << 8);
    case 0x1D56:
        return 4;
    case 0x1D28:
        return 5u + (at[3] | (size_t)at[4] << 8);
    case 0x1D76:
        return 8 + (at[4] | (size_t)at[5] << 8) * (at[6] | (size_t)at[7] << 8);
    }
    return 0;
}

static void check_bytes(const struct bytes *out)
{
    for (size_t at = 0; at < out->len;) {
        bool text = out->data[at] == '\n' || out->data[at] >= 0x20;
        size_t len = text ? 1 : command_len(out->data + at, out->len - at);
        CHECK(len > 0 && len <= out->len - at);
        at += len;
    }
}

static void check_lines(const struct slip *slip, const struct profile *profile)
{
    static struct typeset typeset;
    CHECK(typeset_make(slip, profile, &typeset) == ERR_OK);
    for (int i = 0; i < typeset.count; i++) {
        const struct typeset_line *line = &typeset.lines[i];
        CHECK(line->kind != TYPESET_TEXT ||
              line->columns <= typeset_columns(profile, line->from->style));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct slip slip;
    static uint8_t memory[ESCPOS_BYTES_MAX];
    struct str text = {(const char *)data, size};
    struct slip_wish wish = {text, text, text, text, text, STR("ANS0"), text, text, text,
                             size % 2};
    CHECK(slip_wish(&wish, &slip) == ERR_OK);
    for (size_t i = 0; i < profile_count(); i++) {
        struct bytes out;
        bytes_init(&out, memory, sizeof memory);
        check_lines(&slip, profile_at(i));
        CHECK(escpos_encode(&slip, profile_at(i), NULL, &out) == ERR_OK);
        check_bytes(&out);
    }
    return 0;
}
