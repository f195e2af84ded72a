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

/* 26 digits carry 130 bits: the first one holds only the top three. */
void uid_format(struct uid id, char out[UID_TEXT_SIZE])
{
    uint64_t high = 0, low = 0;
    for (int i = 0; i < 8; i++) {
        high = high << 8 | id.b[i];
        low = low << 8 | id.b[i + 8];
    }
    for (int digit = 25; digit >= 0; digit--) {
        out[digit] = alphabet[low & 31];
        low = low >> 5 | high << 59;
        high >>= 5;
    }
    out[26] = '\0';
}

/* What each digit stands for, and one more; 0 is no digit. */
static const unsigned char values[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,
    ['7'] = 8,  ['8'] = 9,  ['9'] = 10, ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14,
    ['E'] = 15, ['F'] = 16, ['G'] = 17, ['H'] = 18, ['J'] = 19, ['K'] = 20, ['M'] = 21,
    ['N'] = 22, ['P'] = 23, ['Q'] = 24, ['R'] = 25, ['S'] = 26, ['T'] = 27, ['V'] = 28,
    ['W'] = 29, ['X'] = 30, ['Y'] = 31, ['Z'] = 32, ['I'] = 2,  ['L'] = 2,  ['O'] = 1,
    ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16, ['g'] = 17,
    ['h'] = 18, ['j'] = 19, ['k'] = 20, ['m'] = 21, ['n'] = 22, ['p'] = 23, ['q'] = 24,
    ['r'] = 25, ['s'] = 26, ['t'] = 27, ['v'] = 28, ['w'] = 29, ['x'] = 30, ['y'] = 31,
    ['z'] = 32, ['i'] = 2,  ['l'] = 2,  ['o'] = 1,
};

enum err uid_parse(struct str text, struct uid *id_out)
{
    uint64_t high = 0, low = 0;
    if (text.len != 26 || values[(unsigned char)text.ptr[0]] > 8) {
        return ERR_INVALID;
    }
    for (int digit = 0; digit < 26; digit++) {
        unsigned value = values[(unsigned char)text.ptr[digit]];
        if (value == 0) {
            return ERR_INVALID;
        }
        high = high << 5 | low >> 59;
        low = low << 5 | (value - 1);
    }
    for (int i = 7; i >= 0; i--, high >>= 8, low >>= 8) {
        id_out->b[i] = (uint8_t)high;
        id_out->b[i + 8] = (uint8_t)low;
    }
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
