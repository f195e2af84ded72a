/* The time, as a value that main hands in; tests hand in one they can turn.
 *
 * Wall time is for showing only and may be wrong (a Pi without network starts in 1970).
 * Monotonic time is for waiting and for order within one boot. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

struct clock {
    int64_t (*wall_ms)(void *ctx); /* since 1970-01-01T00:00Z */
    int64_t (*mono_ms)(void *ctx); /* since some moment before the program started */
    void *ctx;
};

struct clock clock_system(void);
int64_t clock_wall_ms(const struct clock *clock);
int64_t clock_mono_ms(const struct clock *clock);

#endif
