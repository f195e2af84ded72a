/* Where a centre is: scheme, host and port, and nothing that a path could be added to
 * wrongly. */
#include "wire/enrol.h"

static bool is_host_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '-' || c == '.';
}

static bool is_address_char(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') ||
           c == ':' || c == '.';
}

/* Length of a name, an IPv4 address or an IPv6 address in brackets; 0 if it is none. */
static size_t host_len(struct str s)
{
    size_t len = 0;
    bool bracket = s.len > 0 && s.ptr[0] == '[';
    if (bracket) {
        for (len = 1; len < s.len && is_address_char(s.ptr[len]); len++) {
        }
        return len > 2 && len < s.len && s.ptr[len] == ']' ? len + 1 : 0;
    }
    while (len < s.len && is_host_char(s.ptr[len])) {
        len++;
    }
    return len;
}

static bool is_port(struct str s)
{
    int port = 0;
    if (s.len < 2 || s.len > 6 || s.ptr[0] != ':' || s.ptr[1] == '0') {
        return false;
    }
    for (size_t i = 1; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9') {
            return false;
        }
        port = port * 10 + (s.ptr[i] - '0');
    }
    return port <= 65535;
}

bool enrol_url_valid(struct str url)
{
    size_t scheme = str_starts(url, STR("https://")) ? 8 : 7;
    if (url.len > ENROL_URL_MAX || (scheme == 7 && !str_starts(url, STR("http://")))) {
        return false;
    }
    struct str rest = {url.ptr + scheme, url.len - scheme};
    size_t host = host_len(rest);
    struct str port = {rest.ptr + host, rest.len - host};
    return host > 0 && (port.len == 0 || is_port(port));
}
