#include "support/support.h"

#include <stdio.h>
#include <string.h>

static int64_t fake_wall_ms(void *ctx)
{
    return ((struct fake_clock *)ctx)->wall_ms;
}

static int64_t fake_mono_ms(void *ctx)
{
    return ((struct fake_clock *)ctx)->mono_ms;
}

struct clock fake_clock(struct fake_clock *state)
{
    return (struct clock){fake_wall_ms, fake_mono_ms, state};
}

void fake_clock_advance(struct fake_clock *state, int64_t ms)
{
    state->wall_ms += ms;
    state->mono_ms += ms;
}

static uint64_t next(uint64_t *state)
{
    /* splitmix64 (Steele, Lea, Flood 2014) */
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static void fake_fill(void *ctx, void *out, size_t len)
{
    unsigned char *p = out;
    for (size_t i = 0; i < len; i++) {
        p[i] = (unsigned char)(next(ctx) >> 24);
    }
}

struct rng fake_rng(uint64_t *state)
{
    return (struct rng){fake_fill, state};
}
