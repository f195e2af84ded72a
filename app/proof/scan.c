#include "proof/scan.h"

#include "proof/card.h"
#include "proof/enrol_code.h"
#include "proof/payload.h"
#include "proof/site_code.h"

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool is_ours(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
}

static struct str trim(struct str text)
{
    while (text.len > 0 && is_space(text.ptr[0])) {
        text.ptr++;
        text.len--;
    }
    while (text.len > 0 && is_space(text.ptr[text.len - 1])) {
        text.len--;
    }
    return text;
}

size_t scan_clean(char out[SCAN_CHARS_MAX + 1], struct str text)
{
    text = trim(text);
    out[0] = '\0';
    if (text.len > SCAN_CHARS_MAX) {
        return 0;
    }
    for (size_t i = 0; i < text.len; i++) {
        out[i] = upper(text.ptr[i]);
        if (!is_ours(out[i])) {
            out[0] = '\0';
            return 0;
        }
    }
    out[text.len] = '\0';
    return text.len;
}

enum scan_kind scan_kind_of(struct str cleaned)
{
    if (str_starts(cleaned, STR(PAYLOAD_PREFIX))) {
        return SCAN_SLIP;
    }
    if (str_starts(cleaned, STR(CARD_PREFIX "S"))) {
        return SCAN_STAFF_CARD;
    }
    if (str_starts(cleaned, STR(SITE_CODE_PREFIX))) {
        return SCAN_SITE_CODE;
    }
    if (str_starts(cleaned, STR(ENROL_QR_PREFIX))) {
        return SCAN_ENROL_CODE;
    }
    return str_starts(cleaned, STR(CARD_PREFIX)) ? SCAN_CARD : SCAN_OTHER;
}
