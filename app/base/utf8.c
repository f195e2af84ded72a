#include "base/utf8.h"

#define REPLACEMENT 0xFFFDu

static size_t sequence_len(unsigned char lead)
{
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        return 3;
    }
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

/* The character at `at` and its length; length 0 where the bytes are malformed. */
static uint32_t decode(struct str s, size_t at, size_t *len_out)
{
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    static const unsigned char lead_mask[5] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    unsigned char lead = (unsigned char)s.ptr[at];
    size_t n = sequence_len(lead);
    *len_out = 0;
    if (n == 0 || n > s.len - at) {
        return REPLACEMENT;
    }
    uint32_t cp = lead & lead_mask[n];
    for (size_t i = 1; i < n; i++) {
        unsigned char c = (unsigned char)s.ptr[at + i];
        if ((c & 0xC0) != 0x80) {
            return REPLACEMENT;
        }
        cp = cp << 6 | (c & 0x3Fu);
    }
    if (cp < least[n] || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF)) {
        return REPLACEMENT;
    }
    *len_out = n;
    return cp;
}

uint32_t utf8_next(struct str s, size_t *at)
{
    size_t n;
    if (*at >= s.len) {
        return 0;
    }
    uint32_t cp = decode(s, *at, &n);
    *at += n ? n : 1;
    return cp;
}

size_t utf8_encode(uint32_t cp, char out[4])
{
    CHECK(cp <= 0x10FFFF && !(cp >= 0xD800 && cp <= 0xDFFF));
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    size_t n = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (cp & 0x3F));
        cp >>= 6;
    }
    static const unsigned char lead[5] = {0, 0, 0xC0, 0xE0, 0xF0};
    out[0] = (char)(lead[n] | cp);
    return n;
}

bool utf8_valid(struct str s)
{
    for (size_t at = 0, n; at < s.len; at += n) {
        decode(s, at, &n);
        if (n == 0) {
            return false;
        }
    }
    return true;
}

size_t utf8_count(struct str s)
{
    size_t count = 0;
    for (size_t at = 0; at < s.len; count++) {
        utf8_next(s, &at);
    }
    return count;
}

size_t utf8_cut(struct str s, size_t max)
{
    if (s.len <= max) {
        return s.len;
    }
    while (max > 0 && ((unsigned char)s.ptr[max] & 0xC0) == 0x80) {
        max--;
    }
    return max;
}

size_t utf8_whole(struct str s)
{
    size_t back = 0;
    while (back < 3 && back < s.len &&
           ((unsigned char)s.ptr[s.len - 1 - back] & 0xC0) == 0x80) {
        back++;
    }
    if (back == s.len) {
        return s.len;
    }
    size_t lead = s.len - 1 - back;
    size_t need = sequence_len((unsigned char)s.ptr[lead]);
    return need > back + 1 ? lead : s.len;
}

static bool is_unwanted(uint32_t cp)
{
    return cp == REPLACEMENT || cp < 0x20 || (cp >= 0x7F && cp <= 0x9F) ||
           cp == 0xAD || cp == 0x61C || cp == 0x180E ||
           (cp >= 0x200B && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E) ||
           (cp >= 0x2060 && cp <= 0x206F) || cp == 0xFEFF ||
           (cp >= 0xE000 && cp <= 0xF8FF) || (cp >= 0xFFF0 && cp <= 0xFFFF) ||
           cp >= 0xE0000;
}

static bool is_space(uint32_t cp)
{
    return cp == ' ' || cp == '\t' || cp == '\n' || cp == '\r' || cp == 0xA0 ||
           (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 || cp == 0x2029 ||
           cp == 0x202F || cp == 0x205F || cp == 0x3000;
}

size_t utf8_clean(char *out, size_t out_size, struct str s, size_t chars_max)
{
    struct buf b;
    bool gap = false;
    buf_init(&b, out, out_size);
    for (size_t at = 0, kept = 0; at < s.len && kept < chars_max && !b.cut;) {
        char bytes[4];
        uint32_t cp = utf8_next(s, &at);
        if (is_space(cp)) {
            gap = b.len > 0;
            continue;
        }
        if (cp == 0 || is_unwanted(cp)) {
            continue;
        }
        if (gap && ++kept < chars_max) {
            buf_putc(&b, ' ');
        }
        gap = false;
        if (kept < chars_max) {
            buf_put(&b, (struct str){bytes, utf8_encode(cp, bytes)});
            kept++;
        }
    }
    while (b.len > 0 && b.data[b.len - 1] == ' ') {
        b.data[--b.len] = '\0';
    }
    return b.len;
}
