#include "proof/card.h"

#include "proof/base32.h"

#include <sodium.h>
#include <string.h>

#define SYMBOLS 32    /* of the secret */
#define MODULUS 1021  /* the greatest prime that two symbols can hold */

static const char kind_symbols[CARD_KIND_COUNT] = {'P', 'S'};

struct card card_make(enum card_kind kind, const struct rng *rng)
{
    struct card card = {.kind = kind};
    rng_fill(rng, card.secret, sizeof card.secret);
    return card;
}

void card_wipe(struct card *card)
{
    sodium_memzero(card, sizeof *card);
}

void card_encode(const struct card *card, char text_out[CARD_TEXT_SIZE])
{
    char *body = text_out + strlen(CARD_PREFIX);
    CHECK(card->kind < CARD_KIND_COUNT);
    memcpy(text_out, CARD_PREFIX, strlen(CARD_PREFIX));
    body[0] = kind_symbols[card->kind];
    base32_encode(card->secret, sizeof card->secret, body + 1);
    int rest = (int)base32_remainder(body, 1 + SYMBOLS, MODULUS);
    body[1 + SYMBOLS] = base32_symbol(rest / 32);
    body[2 + SYMBOLS] = base32_symbol(rest % 32);
    text_out[CARD_TEXT_SIZE - 1] = '\0';
}

static bool check_symbols_fit(const char *body)
{
    int high = base32_value(body[1 + SYMBOLS]);
    int low = base32_value(body[2 + SYMBOLS]);
    return high >= 0 && low >= 0 &&
           base32_remainder(body, 1 + SYMBOLS, MODULUS) == (uint32_t)(high * 32 + low);
}

enum err card_decode(struct str text, struct card *card_out)
{
    struct card card;
    size_t len, at;
    if (text.len != CARD_TEXT_SIZE - 1 || !str_starts(text, STR(CARD_PREFIX))) {
        return ERR_INVALID;
    }
    const char *body = text.ptr + strlen(CARD_PREFIX);
    const char *kind = memchr(kind_symbols, body[0], sizeof kind_symbols);
    struct str secret = {body + 1, SYMBOLS};
    if (!kind ||
        base32_decode(secret, card.secret, sizeof card.secret, &len, &at) != ERR_OK ||
        !check_symbols_fit(body)) {
        return ERR_INVALID;
    }
    card.kind = (enum card_kind)(kind - kind_symbols);
    *card_out = card;
    card_wipe(&card);
    return ERR_OK;
}

/* BLAKE2b-256 of label, 0, kind and purpose, keyed with the secret. */
static void derive(const struct card *card, struct str label, struct str purpose,
                   uint8_t out[CARD_KEY_SIZE])
{
    crypto_generichash_state state;
    uint8_t kind = (uint8_t)kind_symbols[card->kind];
    crypto_generichash_init(&state, card->secret, sizeof card->secret, CARD_KEY_SIZE);
    crypto_generichash_update(&state, (const uint8_t *)label.ptr, label.len);
    crypto_generichash_update(&state, (const uint8_t[]){0, kind}, 2);
    if (purpose.len > 0) {
        crypto_generichash_update(&state, (const uint8_t *)purpose.ptr, purpose.len);
    }
    crypto_generichash_final(&state, out, CARD_KEY_SIZE);
    sodium_memzero(&state, sizeof state);
}

void card_lookup_key(const struct card *card, uint8_t key_out[CARD_KEY_SIZE])
{
    derive(card, STR("anlauf card lookup 1"), STR(""), key_out);
}

void card_derive_seed(const struct card *card, struct str purpose,
                      uint8_t seed_out[CARD_KEY_SIZE])
{
    derive(card, STR("anlauf card seed 1"), purpose, seed_out);
}
