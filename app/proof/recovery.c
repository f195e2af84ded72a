#include "proof/recovery.h"

#include "proof/base32.h"

#include <sodium.h>
#include <string.h>

#define SYMBOLS 32 /* of the secret */
#define CHECKS 4
#define GROUP 4
#define MODULUS 1048573 /* the greatest prime that four symbols can hold */

_Static_assert(BASE32_CHARS(RECOVERY_SECRET_SIZE) == SYMBOLS, "no spare bits");
_Static_assert((SYMBOLS + CHECKS) / GROUP * (GROUP + 1) == RECOVERY_TEXT_SIZE,
               "text size");

void recovery_make(const struct rng *rng, struct recovery *recovery_out)
{
    rng_fill(rng, recovery_out->secret, sizeof recovery_out->secret);
}

void recovery_wipe(struct recovery *recovery)
{
    sodium_memzero(recovery, sizeof *recovery);
}

static void put_check(const char *symbols, char out[CHECKS])
{
    uint32_t rest = base32_remainder(symbols, SYMBOLS, MODULUS);
    for (int i = CHECKS - 1; i >= 0; i--) {
        out[i] = base32_symbol((int)(rest % 32));
        rest /= 32;
    }
}

void recovery_format(const struct recovery *recovery, char text_out[RECOVERY_TEXT_SIZE])
{
    char symbols[SYMBOLS + CHECKS];
    base32_encode(recovery->secret, sizeof recovery->secret, symbols);
    put_check(symbols, symbols + SYMBOLS);
    for (size_t i = 0; i < sizeof symbols; i++) {
        char *group = text_out + i / GROUP * (GROUP + 1);
        group[i % GROUP] = symbols[i];
        group[GROUP] = '-';
    }
    text_out[RECOVERY_TEXT_SIZE - 1] = '\0';
    sodium_memzero(symbols, sizeof symbols);
}

enum err recovery_parse(struct str text, struct recovery *recovery_out)
{
    char symbols[SYMBOLS + CHECKS], check[CHECKS];
    size_t len, at;
    enum err err = base32_clean(text, symbols, sizeof symbols);
    if (err == ERR_OK) {
        put_check(symbols, check);
        err = memcmp(check, symbols + SYMBOLS, CHECKS) == 0 ? ERR_OK : ERR_INVALID;
    }
    if (err == ERR_OK) {
        err = base32_decode((struct str){symbols, SYMBOLS}, recovery_out->secret,
                            sizeof recovery_out->secret, &len, &at);
    }
    sodium_memzero(symbols, sizeof symbols);
    return err;
}
