/* A failing run made smaller: steps are left out as long as the same thing goes wrong. */
#ifndef NET_SHRINK_H
#define NET_SHRINK_H

#include "sync/net/world.h"

/* Prints what is left as a list for --keep. */
void shrink(struct world *world, uint64_t seed, const struct world_options *options);

#endif
