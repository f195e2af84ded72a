#include "proof/enrol_code.h"

#include <sodium.h>
#include <string.h>

/* Crockford's, as in ids: 16 of these are typed by hand, so no letter looks like another.
 */
static const char symbols[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

#define VERSION 0x01
#define CHECK_SIZE 2
#define BYTES_MAX (1 + ENROL_CODE_SIZE + ENROL_URL_MAX + CHECK_SIZE)
#define CHARS(bytes) (((bytes)*8 + 4) / 5)

_Static_assert(sizeof ENROL_QR_PREFIX + CHARS(BYTES_MAX) <= ENROL_QR_SIZE, "fits");
_Static_assert(CHARS(ENROL_CODE_SIZE) == ENROL_CODE_CHARS, "without a bit to spare");

bool enrol_code_has(char c)
{
    return c != '\0' && strchr(symbols, c) != NULL;
}

static int symbol_value(char c)
{
    if (c >= 'a' && c <= 'z') {
        c = (char)(c - 'a' + 'A');
    }
    c = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
    const char *at = c ? strchr(symbols, c) : NULL;
    return at ? (int)(at - symbols) : -1;
}

/* Bits past the end are zero. */
static void encode(const uint8_t *bytes, size_t len, char *out)
{
    for (size_t at = 0; at < len * 8; at += 5) {
        int value = 0;
        for (size_t bit = at; bit < at + 5; bit++) {
            int one = bit < len * 8 ? bytes[bit / 8] >> (7 - bit % 8) & 1 : 0;
            value = value << 1 | one;
        }
        *out++ = symbols[value];
    }
}

/* Only what encode() writes: no character too many, and zeros past the last byte. */
static bool decode(const char *text, size_t count, uint8_t *out, size_t len)
{
    memset(out, 0, len);
    if (count != CHARS(len)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        int value = symbol_value(text[i]);
        if (value < 0) {
            return false;
        }
        for (size_t bit = 0; bit < 5; bit++) {
            size_t at = i * 5 + bit;
            bool one = value >> (4 - bit) & 1;
            if (one && at >= len * 8) {
                return false;
            }
            if (one) {
                out[at / 8] |= (uint8_t)(1u << (7 - at % 8));
            }
        }
    }
    return true;
}

struct enrol_code enrol_code_make(const struct rng *rng)
{
    struct enrol_code code;
    rng_fill(rng, code.b, sizeof code.b);
    return code;
}

void enrol_code_format(const struct enrol_code *code, char out[ENROL_CODE_TEXT_SIZE])
{
    char plain[ENROL_CODE_CHARS];
    size_t len = 0;
    encode(code->b, sizeof code->b, plain);
    for (size_t i = 0; i < ENROL_CODE_CHARS; i++) {
        if (i > 0 && i % 4 == 0) {
            out[len++] = '-';
        }
        out[len++] = plain[i];
    }
    out[len] = '\0';
    sodium_memzero(plain, sizeof plain);
}

enum err enrol_code_parse(struct str text, struct enrol_code *code_out)
{
    char plain[ENROL_CODE_CHARS];
    struct enrol_code code;
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '-' || text.ptr[i] == ' ') {
            continue;
        }
        if (len == sizeof plain) {
            return ERR_INVALID;
        }
        plain[len++] = text.ptr[i];
    }
    if (!decode(plain, len, code.b, sizeof code.b)) {
        return ERR_INVALID;
    }
    *code_out = code;
    return ERR_OK;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_alnum(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The length of a host name or an IPv4 address at the start of `s`; 0: there is none. */
static size_t name_length(struct str s)
{
    size_t len = 0;
    while (len < s.len &&
           (is_alnum(s.ptr[len]) || s.ptr[len] == '-' || s.ptr[len] == '.')) {
        bool edge = len == 0 || s.ptr[len - 1] == '.';
        if (edge && !is_alnum(s.ptr[len])) {
            return 0;
        }
        len++;
    }
    return len > 0 && is_alnum(s.ptr[len - 1]) ? len : 0;
}

/* Likewise of "[IPv6]". */
static size_t bracket_length(struct str s)
{
    size_t len = 1;
    while (len < s.len &&
           (is_alnum(s.ptr[len]) || s.ptr[len] == ':' || s.ptr[len] == '.')) {
        len++;
    }
    return len > 1 && len < s.len && s.ptr[len] == ']' ? len + 1 : 0;
}

static bool port_valid(struct str s)
{
    int port = 0;
    if (s.len < 1 || s.len > 5) {
        return false;
    }
    for (size_t i = 0; i < s.len; i++) {
        if (!is_digit(s.ptr[i])) {
            return false;
        }
        port = port * 10 + (s.ptr[i] - '0');
    }
    return port >= 1 && port <= 65535;
}

bool enrol_url_valid(struct str url)
{
    size_t scheme = str_starts(url, STR("https://"))  ? STR("https://").len
                    : str_starts(url, STR("http://")) ? STR("http://").len
                                                      : 0;
    if (scheme == 0 || url.len > ENROL_URL_MAX || url.len == scheme) {
        return false;
    }
    struct str rest = {url.ptr + scheme, url.len - scheme};
    size_t host = rest.ptr[0] == '[' ? bracket_length(rest) : name_length(rest);
    if (host == 0) {
        return false;
    }
    return host == rest.len ||
           (rest.ptr[host] == ':' &&
            port_valid((struct str){rest.ptr + host + 1, rest.len - host - 1}));
}

static void check_bytes(const uint8_t *bytes, size_t len, uint8_t out[CHECK_SIZE])
{
    uint8_t hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, bytes, len);
    memcpy(out, hash, CHECK_SIZE);
}

enum err enrol_qr_format(const struct enrol_code *code, struct str url,
                         char out[ENROL_QR_SIZE])
{
    uint8_t bytes[BYTES_MAX] = {VERSION};
    size_t len = 1;
    if (!enrol_url_valid(url)) {
        return ERR_INVALID;
    }
    memcpy(bytes + len, code->b, sizeof code->b);
    len += sizeof code->b;
    memcpy(bytes + len, url.ptr, url.len);
    len += url.len;
    check_bytes(bytes, len, bytes + len);
    len += CHECK_SIZE;
    memcpy(out, ENROL_QR_PREFIX, strlen(ENROL_QR_PREFIX));
    encode(bytes, len, out + strlen(ENROL_QR_PREFIX));
    out[strlen(ENROL_QR_PREFIX) + CHARS(len)] = '\0';
    sodium_memzero(bytes, sizeof bytes);
    return ERR_OK;
}

static bool take_apart(const char *text, size_t count, struct enrol_code *code_out,
                       char url_out[ENROL_URL_MAX + 1])
{
    uint8_t bytes[BYTES_MAX], check[CHECK_SIZE];
    size_t len = count * 5 / 8, head = 1 + ENROL_CODE_SIZE;
    if (len <= head + CHECK_SIZE || len > sizeof bytes ||
        !decode(text, count, bytes, len)) {
        return false;
    }
    struct str url = {(const char *)bytes + head, len - head - CHECK_SIZE};
    check_bytes(bytes, len - CHECK_SIZE, check);
    bool good = bytes[0] == VERSION && enrol_url_valid(url) &&
                memcmp(check, bytes + len - CHECK_SIZE, CHECK_SIZE) == 0;
    if (good) {
        memcpy(code_out->b, bytes + 1, ENROL_CODE_SIZE);
        memcpy(url_out, url.ptr, url.len);
        url_out[url.len] = '\0';
    }
    sodium_memzero(bytes, sizeof bytes);
    return good;
}

static char on_other_keyboard(char c)
{
    return c == 'Y' ? 'Z' : c == 'Z' ? 'Y' : c == 'y' ? 'z' : c == 'z' ? 'y' : c;
}

enum err enrol_qr_parse(struct str text, struct enrol_code *code_out,
                        char url_out[ENROL_URL_MAX + 1])
{
    char other[CHARS(BYTES_MAX)];
    size_t prefix = strlen(ENROL_QR_PREFIX), count = text.len - prefix;
    if (!str_starts(text, STR(ENROL_QR_PREFIX)) || count > sizeof other) {
        return ERR_INVALID;
    }
    for (size_t i = 0; i < count; i++) {
        other[i] = on_other_keyboard(text.ptr[prefix + i]);
    }
    bool good = take_apart(text.ptr + prefix, count, code_out, url_out) ||
                take_apart(other, count, code_out, url_out);
    sodium_memzero(other, sizeof other);
    return good ? ERR_OK : ERR_INVALID;
}
