#include "proof/enrol_code.h"

#include "proof/base32.h"

#include <sodium.h>
#include <string.h>

/* Crockford's, as in ids: 16 of these are typed by hand, so no letter looks like another.
 */
static const char symbols[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

#define VERSION 0x01
#define CHECK_SIZE 2
#define BYTES_MAX (1 + ENROL_CODE_SIZE + ENROL_URL_MAX + CHECK_SIZE)

_Static_assert(sizeof ENROL_QR_PREFIX + BASE32_CHARS(BYTES_MAX) <= ENROL_QR_SIZE, "fits");
_Static_assert(BASE32_CHARS(ENROL_CODE_SIZE) == ENROL_CODE_CHARS, "no bit to spare");

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

static void encode(const struct enrol_code *code, char out[ENROL_CODE_CHARS])
{
    for (int i = 0; i < ENROL_CODE_CHARS; i++) {
        int value = 0;
        for (int bit = i * 5; bit < i * 5 + 5; bit++) {
            value = value << 1 | (code->b[bit / 8] >> (7 - bit % 8) & 1);
        }
        out[i] = symbols[value];
    }
}

static bool decode(const char text[ENROL_CODE_CHARS], struct enrol_code *code)
{
    memset(code, 0, sizeof *code);
    for (int i = 0; i < ENROL_CODE_CHARS; i++) {
        int value = symbol_value(text[i]);
        if (value < 0) {
            return false;
        }
        for (int bit = 0; bit < 5; bit++) {
            int at = i * 5 + bit;
            code->b[at / 8] |= (uint8_t)((value >> (4 - bit) & 1) << (7 - at % 8));
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
    encode(code, plain);
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
    if (len != sizeof plain || !decode(plain, &code)) {
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

static bool is_address_char(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' ||
           c == '.';
}

/* Likewise of "[IPv6]". */
static size_t bracket_length(struct str s)
{
    size_t len = 1;
    while (len < s.len && is_address_char(s.ptr[len])) {
        len++;
    }
    return len > 1 && len < s.len && s.ptr[len] == ']' ? len + 1 : 0;
}

static bool port_valid(struct str s)
{
    int port = 0;
    if (s.len < 1 || s.len > 5 || s.ptr[0] == '0') {
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

/* "localhost", 127.*, or IPv6's ::1. */
static bool is_loopback(struct str host)
{
    if (!str_starts(host, STR("127."))) {
        return str_eq(host, STR("localhost")) || str_eq(host, STR("[::1]"));
    }
    for (size_t i = 0; i < host.len; i++) {
        if (!is_digit(host.ptr[i]) && host.ptr[i] != '.') {
            return false;
        }
    }
    return true;
}

bool enrol_url_valid(struct str url)
{
    bool plain = str_starts(url, STR("http://"));
    size_t scheme = plain                              ? STR("http://").len
                    : str_starts(url, STR("https://")) ? STR("https://").len
                                                       : 0;
    if (scheme == 0 || url.len > ENROL_URL_MAX || url.len == scheme) {
        return false;
    }
    struct str rest = {url.ptr + scheme, url.len - scheme};
    size_t host = rest.ptr[0] == '[' ? bracket_length(rest) : name_length(rest);
    if (host == 0 || (plain && !is_loopback((struct str){rest.ptr, host}))) {
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
    base32_encode(bytes, len, out + strlen(ENROL_QR_PREFIX));
    out[strlen(ENROL_QR_PREFIX) + BASE32_CHARS(len)] = '\0';
    sodium_memzero(bytes, sizeof bytes);
    return ERR_OK;
}

static bool take_apart(const uint8_t *bytes, size_t len, struct enrol_code *code_out,
                       char url_out[ENROL_URL_MAX + 1])
{
    const size_t head = 1 + ENROL_CODE_SIZE;
    uint8_t check[CHECK_SIZE];
    if (len <= head + CHECK_SIZE || bytes[0] != VERSION) {
        return false;
    }
    struct str url = {(const char *)bytes + head, len - head - CHECK_SIZE};
    check_bytes(bytes, len - CHECK_SIZE, check);
    if (memcmp(check, bytes + len - CHECK_SIZE, CHECK_SIZE) != 0 ||
        !enrol_url_valid(url)) {
        return false;
    }
    memcpy(code_out->b, bytes + 1, ENROL_CODE_SIZE);
    str_copy(url_out, ENROL_URL_MAX + 1, url);
    return true;
}

enum err enrol_qr_parse(struct str text, struct enrol_code *code_out,
                        char url_out[ENROL_URL_MAX + 1])
{
    uint8_t bytes[BYTES_MAX];
    size_t prefix = strlen(ENROL_QR_PREFIX), len, at;
    if (!str_starts(text, STR(ENROL_QR_PREFIX))) {
        return ERR_INVALID;
    }
    struct str body = {text.ptr + prefix, text.len - prefix};
    bool good = base32_decode(body, bytes, sizeof bytes, &len, &at) == ERR_OK &&
                take_apart(bytes, len, code_out, url_out);
    sodium_memzero(bytes, sizeof bytes);
    return good ? ERR_OK : ERR_INVALID;
}
