#include "domain/participant.h"

#include "base/utf8.h"

/* Letters of the scripts our languages are written in. Not the whole of Unicode: what
 * is listed here can be typed, shown and printed. */
static const struct {
    uint32_t first, last;
} letters[] = {
    {'A', 'Z'},       {'a', 'z'},       {0x00C0, 0x00D6},
    {0x00D8, 0x00F6}, {0x00F8, 0x024F}, /* Latin, extended A and B */
    {0x0386, 0x0386}, {0x0388, 0x03FF}, /* Greek */
    {0x0400, 0x0481}, {0x048A, 0x052F}, /* Cyrillic */
    {0x0620, 0x064A}, {0x0671, 0x06D3}, /* Arabic, with the Farsi letters */
    {0x1E00, 0x1EFF},                   /* Latin, extended additional: Vietnamese */
};

static bool is_letter(uint32_t cp)
{
    for (size_t i = 0; i < ARRAY_LEN(letters); i++) {
        if (cp >= letters[i].first && cp <= letters[i].last) {
            return true;
        }
    }
    return false;
}

enum age_band participant_band(const struct participant *p, date_t on)
{
    bool moved = p->band_until != DATE_NONE && on >= p->band_until;
    return moved && p->band < AGE_18 ? p->band + 1 : p->band;
}

int age_band_years(enum age_band band)
{
    static const int years[AGE_BAND_COUNT] = {
        [AGE_13_14] = 13, [AGE_15] = 15, [AGE_16_17] = 16, [AGE_18] = 18};
    CHECK((int)band >= 0 && band < AGE_BAND_COUNT);
    return years[band];
}

bool consent_valid(const struct consent *consent, date_t on)
{
    return consent->given && (consent->until == DATE_NONE || on <= consent->until);
}

bool alias_valid(struct str alias)
{
    char clean[ALIAS_SIZE];
    size_t len = utf8_clean(clean, sizeof clean, alias, ALIAS_CHARS_MAX);
    if (!str_eq((struct str){clean, len}, alias) || utf8_count(alias) < ALIAS_CHARS_MIN) {
        return false;
    }
    for (size_t at = 0; at < alias.len;) {
        bool first = at == 0;
        uint32_t cp = utf8_next(alias, &at);
        bool inner = (cp >= '0' && cp <= '9') || cp == ' ' || cp == '-';
        if (!is_letter(cp) && (first || !inner)) {
            return false;
        }
    }
    return true;
}

static uint32_t fold(uint32_t cp)
{
    switch (cp) {
    case 0xC4: /* Ä */
    case 0xD6: /* Ö */
    case 0xDC: /* Ü */
        return cp + 0x20;
    case 0x1E9E: /* capital sharp s */
        return 0xDF;
    default:
        return cp >= 'A' && cp <= 'Z' ? cp + ('a' - 'A') : cp;
    }
}

void alias_key(struct str alias, char out[ALIAS_SIZE])
{
    struct buf b;
    buf_init(&b, out, ALIAS_SIZE);
    for (size_t at = 0; at < alias.len;) {
        char bytes[4];
        size_t n = utf8_encode(fold(utf8_next(alias, &at)), bytes);
        buf_put(&b, (struct str){bytes, n});
    }
}
