/* Round corners: how much of each pixel a quarter of a circle covers. */
#ifndef PLATFORM_CORNER_H
#define PLATFORM_CORNER_H

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

#define CORNER_RADIUS_MAX 320
#define CORNERS_MAX 32

/* The top left quarter. In row y (0 = top), pixels left of empty[y] are outside, from
 * full[y] on inside, and between them partly: cover + y * radius + x. */
struct corner_shape {
    int radius;
    uint64_t used;
    uint16_t *empty, *full;
    uint8_t *cover;
};

struct corners {
    struct corner_shape shapes[CORNERS_MAX];
    uint64_t clock;
};

void corners_done(struct corners *corners);
/* 1 ≤ radius ≤ CORNER_RADIUS_MAX. Good until the next call; NULL: no memory. */
const struct corner_shape *corners_get(struct corners *corners, int radius);

#endif
