/* splitmix64 (Steele, Lea, Flood 2014). Slightly biased bounds harm nobody here. */
#include "sync/net/dice.h"

static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

struct dice dice_make(uint64_t seed, uint64_t step, uint64_t what)
{
    uint64_t state = mix(seed + 0x9E3779B97F4A7C15u);
    state = mix(state ^ (step * 0xD1342543DE82EF95u + 1));
    return (struct dice){mix(state ^ (what * 0x2545F4914F6CDD1Du + 7))};
}

uint64_t dice_next(struct dice *dice)
{
    return mix(dice->state += 0x9E3779B97F4A7C15u);
}

uint32_t dice_below(struct dice *dice, uint32_t bound)
{
    return (uint32_t)((dice_next(dice) >> 32) * bound >> 32);
}

bool dice_one_in(struct dice *dice, uint32_t n)
{
    return dice_below(dice, n) == 0;
}

int64_t dice_between(struct dice *dice, int64_t low, int64_t high)
{
    return low + (int64_t)(dice_next(dice) % (uint64_t)(high - low + 1));
}
