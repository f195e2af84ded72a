#include "proof/base32.h"

#include <string.h>

static const char symbols[] = "0123456789ABCDEFGHJKLMNPQRSTUVWX";

int base32_value(char symbol)
{
    const char *at = symbol ? strchr(symbols, symbol) : NULL;
    return at ? (int)(at - symbols) : -1;
}

char base32_symbol(int value)
{
    CHECK(value >= 0 && value < 32);
    return symbols[value];
}

void base32_encode(const uint8_t *bytes, size_t len, char *out)
{
    uint32_t bits = 0;
    int held = 0;
    for (size_t i = 0; i < len; i++) {
        bits = (bits << 8 | bytes[i]) & 0xFFFF;
        for (held += 8; held >= 5; held -= 5) {
            *out++ = symbols[bits >> (held - 5) & 31];
        }
    }
    if (held > 0) {
        *out = symbols[bits << (5 - held) & 31];
    }
}

/* Texts of 1, 3 and 6 symbols more than a multiple of 8 hold no whole number of bytes
 * with less than five bits to spare: no encoder writes them. */
static bool length_exists(size_t chars)
{
    size_t rest = chars % 8;
    return rest != 1 && rest != 3 && rest != 6;
}

static enum err wrong_at(size_t at, size_t *at_out)
{
    *at_out = at;
    return ERR_INVALID;
}

enum err base32_decode(struct str text, uint8_t *out, size_t size, size_t *len_out,
                       size_t *at_out)
{
    uint32_t bits = 0;
    int held = 0;
    size_t len = 0;
    if (text.len > BASE32_CHARS(size)) {
        *at_out = BASE32_CHARS(size);
        return ERR_FULL;
    }
    for (size_t i = 0; i < text.len; i++) {
        int value = base32_value(text.ptr[i]);
        if (value < 0) {
            return wrong_at(i, at_out);
        }
        bits = (bits << 5 | (uint32_t)value) & 0xFFFF;
        held += 5;
        if (held >= 8 && len < size) {
            held -= 8;
            out[len++] = (uint8_t)(bits >> held);
        }
    }
    if (!length_exists(text.len)) {
        return wrong_at(text.len, at_out);
    }
    if (bits & ((1u << held) - 1)) {
        return wrong_at(text.len - 1, at_out);
    }
    *len_out = len;
    return ERR_OK;
}

static char plain_symbol(char c)
{
    if (c >= 'a' && c <= 'z') {
        c = (char)(c - 'a' + 'A');
    }
    return c == 'I' ? '1' : c == 'O' ? '0' : c;
}

enum err base32_clean(struct str typed, char *out, size_t count)
{
    size_t len = 0;
    for (size_t i = 0; i < typed.len; i++) {
        char c = plain_symbol(typed.ptr[i]);
        if (c == ' ' || c == '-') {
            continue;
        }
        if (len == count || base32_value(c) < 0) {
            return ERR_INVALID;
        }
        out[len++] = c;
    }
    return len == count ? ERR_OK : ERR_INVALID;
}

uint32_t base32_remainder(const char *text, size_t count, uint32_t modulus)
{
    uint32_t rest = 0;
    CHECK(modulus <= 1u << 20);
    for (size_t i = 0; i < count; i++) {
        int value = base32_value(text[i]);
        CHECK(value >= 0);
        rest = (rest * 32 + (uint32_t)value) % modulus;
    }
    return rest;
}
