#include "base/uid.h"

#include <string.h>

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

struct uid uid_make(const struct rng *rng)
{
    struct uid id;
    rng_fill(rng, id.b, sizeof id.b);
    return id;
}

bool uid_eq(struct uid a, struct uid b)
{
    return memcmp(a.b, b.b, sizeof a.b) == 0;
}

bool uid_is_nil(struct uid id)
{
    return uid_eq(id, (struct uid){{0}});
}

void uid_format(struct uid id, char out[UID_TEXT_SIZE])
{
    /* 26 digits carry 130 bits: the first one holds only the top three. */
    for (int digit = 0; digit < 26; digit++) {
        int value = 0;
        for (int bit = 0; bit < 5; bit++) {
            int at = digit * 5 + bit - 2;
            int one = at >= 0 ? id.b[at / 8] >> (7 - at % 8) & 1 : 0;
            value = value << 1 | one;
        }
        out[digit] = alphabet[value];
    }
    out[26] = '\0';
}

static int digit_value(char c)
{
    if (c >= 'a' && c <= 'z') {
        c = (char)(c - 'a' + 'A');
    }
    c = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
    const char *at = c ? strchr(alphabet, c) : NULL;
    return at ? (int)(at - alphabet) : -1;
}

enum err uid_parse(struct str text, struct uid *id_out)
{
    struct uid id = {{0}};
    if (text.len != 26) {
        return ERR_INVALID;
    }
    for (int digit = 0; digit < 26; digit++) {
        int value = digit_value(text.ptr[digit]);
        if (value < 0 || (digit == 0 && value > 7)) {
            return ERR_INVALID;
        }
        for (int bit = 0; bit < 5; bit++) {
            int at = digit * 5 + bit - 2;
            if (at >= 0 && value >> (4 - bit) & 1) {
                id.b[at / 8] |= (uint8_t)(1u << (7 - at % 8));
            }
        }
    }
    *id_out = id;
    return ERR_OK;
}

void uid_short(struct uid id, char out[8])
{
    char text[UID_TEXT_SIZE];
    uid_format(id, text);
    /* The first digit has only three bits; the rest are even. */
    memcpy(out, text + 1, 4);
    out[4] = '-';
    memcpy(out + 5, text + 5, 2);
    out[7] = '\0';
}
