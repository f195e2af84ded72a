#include "base/rng.h"

#include "base/check.h"

#include <sys/random.h>

static void system_fill(void *ctx, void *out, size_t len)
{
    unsigned char *p = out;
    (void)ctx;
    while (len > 0) {
        ssize_t n = getrandom(p, len, 0);
        if (n > 0) {
            p += n;
            len -= (size_t)n;
        }
    }
}

struct rng rng_system(void)
{
    return (struct rng){system_fill, 0};
}

void rng_fill(const struct rng *rng, void *out, size_t len)
{
    rng->fill(rng->ctx, out, len);
}

uint32_t rng_below(const struct rng *rng, uint32_t bound)
{
    CHECK(bound > 0);
    uint32_t limit = UINT32_MAX - UINT32_MAX % bound;
    uint32_t value;
    do {
        rng_fill(rng, &value, sizeof value);
    } while (value >= limit);
    return value % bound;
}
