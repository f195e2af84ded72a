/* Random bytes, as a value that main hands in; tests hand in a seeded one. */
#ifndef BASE_RNG_H
#define BASE_RNG_H

#include <stddef.h>
#include <stdint.h>

struct rng {
    void (*fill)(void *ctx, void *out, size_t len);
    void *ctx;
};

struct rng rng_system(void); /* getrandom(2): fit for keys */
void rng_fill(const struct rng *rng, void *out, size_t len);
uint32_t rng_below(const struct rng *rng, uint32_t bound); /* 0 … bound-1, unbiased */

#endif
