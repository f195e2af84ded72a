/* Tokens and nonces: whom they are for, until when, and a mac that only this server
 * makes. */
#include "server/inside.h"

#include <sodium.h>
#include <string.h>

#define MAC_SIZE 16  /* the first bytes: the token goes with every request */
#define TIME_SIZE 6
#define DICE_SIZE 8

static void put_time(uint8_t out[TIME_SIZE], int64_t ms)
{
    for (int i = 0; i < TIME_SIZE; i++) {
        out[i] = (uint8_t)((uint64_t)ms >> (8 * (TIME_SIZE - 1 - i)));
    }
}

static int64_t get_time(const uint8_t in[TIME_SIZE])
{
    uint64_t ms = 0;
    for (int i = 0; i < TIME_SIZE; i++) {
        ms = ms << 8 | in[i];
    }
    return (int64_t)ms;
}

/* `what` keeps a nonce from being taken for a token. */
static void make_mac(const struct core *core, const char *what, struct uid dev,
                     const uint8_t *bytes, size_t len, uint8_t mac_out[MAC_SIZE])
{
    crypto_auth_hmacsha256_state state;
    uint8_t mac[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_init(&state, core->token_key, sizeof core->token_key);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)what, strlen(what) + 1);
    crypto_auth_hmacsha256_update(&state, dev.b, sizeof dev.b);
    crypto_auth_hmacsha256_update(&state, bytes, len);
    crypto_auth_hmacsha256_final(&state, mac);
    memcpy(mac_out, mac, MAC_SIZE);
    sodium_memzero(&state, sizeof state);
}

/* A time ahead of what can have been given out means that this clock was set back. */
static bool is_alive(int64_t until_ms, int64_t now_ms, int64_t life_ms)
{
    return until_ms > now_ms && until_ms - now_ms <= life_ms;
}

/* ---- tokens ------------------------------------------------------------------------ */

struct token {
    uint8_t dev[16], until[TIME_SIZE], mac[MAC_SIZE];
};
_Static_assert(B64_SIZE(sizeof(struct token)) == TOKEN_SIZE, "no padding");

void token_make(const struct core *core, struct uid dev, int64_t now_ms,
                char out[TOKEN_SIZE])
{
    struct token token;
    memcpy(token.dev, dev.b, sizeof token.dev);
    put_time(token.until, now_ms + TOKEN_LIFE_MS);
    make_mac(core, "token", dev, token.until, TIME_SIZE, token.mac);
    b64_format((const uint8_t *)&token, sizeof token, out);
}

enum err token_read(const struct core *core, struct str token, int64_t now_ms,
                    struct uid *dev_out, int64_t *made_ms_out)
{
    struct token t;
    struct uid dev;
    uint8_t mac[MAC_SIZE];
    if (b64_parse(token, (uint8_t *)&t, sizeof t) != ERR_OK) {
        return ERR_DENIED;
    }
    memcpy(dev.b, t.dev, sizeof dev.b);
    make_mac(core, "token", dev, t.until, TIME_SIZE, mac);
    int64_t until_ms = get_time(t.until);
    if (sodium_memcmp(mac, t.mac, MAC_SIZE) != 0 ||
        !is_alive(until_ms, now_ms, TOKEN_LIFE_MS)) {
        return ERR_DENIED;
    }
    *dev_out = dev;
    *made_ms_out = until_ms - TOKEN_LIFE_MS;
    return ERR_OK;
}

/* ---- nonces ------------------------------------------------------------------------ */

struct nonce {
    uint8_t until[TIME_SIZE], dice[DICE_SIZE], mac[MAC_SIZE];
};
_Static_assert(B64_SIZE(sizeof(struct nonce)) == NONCE_SIZE, "no padding");

void nonce_make(const struct core *core, struct uid dev, int64_t now_ms,
                char out[NONCE_SIZE])
{
    struct nonce nonce;
    put_time(nonce.until, now_ms + NONCE_LIFE_MS);
    rng_fill(&core->rng, nonce.dice, sizeof nonce.dice);
    make_mac(core, "nonce", dev, nonce.until, TIME_SIZE + DICE_SIZE, nonce.mac);
    b64_format((const uint8_t *)&nonce, sizeof nonce, out);
}

enum err nonce_read(const struct core *core, struct str nonce, struct uid dev,
                    int64_t now_ms, int64_t *made_ms_out)
{
    struct nonce n;
    uint8_t mac[MAC_SIZE];
    if (b64_parse(nonce, (uint8_t *)&n, sizeof n) != ERR_OK) {
        return ERR_DENIED;
    }
    make_mac(core, "nonce", dev, n.until, TIME_SIZE + DICE_SIZE, mac);
    int64_t until_ms = get_time(n.until);
    if (sodium_memcmp(mac, n.mac, MAC_SIZE) != 0 ||
        !is_alive(until_ms, now_ms, NONCE_LIFE_MS)) {
        return ERR_DENIED;
    }
    *made_ms_out = until_ms - NONCE_LIFE_MS;
    return ERR_OK;
}

bool core_token_good(const struct core *core, struct str token)
{
    struct uid dev;
    int64_t made_ms;
    return token_read(core, token, clock_wall_ms(&core->clock), &dev, &made_ms) == ERR_OK;
}
