/* The dice of one run: all that is not chosen by the code is thrown here.
 *
 * Every step of a run has its own, made from the seed and the step's number, so that a
 * step that is left out changes nothing in the dice of the others. */
#ifndef NET_DICE_H
#define NET_DICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dice {
    uint64_t state;
};

struct dice dice_make(uint64_t seed, uint64_t step, uint64_t what);
uint64_t dice_next(struct dice *dice);
uint32_t dice_below(struct dice *dice, uint32_t bound); /* 0 … bound - 1; bound ≥ 1 */
bool dice_one_in(struct dice *dice, uint32_t n);
int64_t dice_between(struct dice *dice, int64_t low, int64_t high); /* both included */

#endif
