/* The outside world for tests: a clock that is turned by hand, a seeded dice. */
#ifndef SUPPORT_SUPPORT_H
#define SUPPORT_SUPPORT_H

#include "base/clock.h"
#include "base/rng.h"

struct fake_clock {
    int64_t wall_ms, mono_ms;
};

struct clock fake_clock(struct fake_clock *state);
void fake_clock_advance(struct fake_clock *state, int64_t ms);
struct rng fake_rng(uint64_t *state); /* state is the seed and moves on */

#endif
