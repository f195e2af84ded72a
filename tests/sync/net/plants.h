/* The faults that can be planted, by name. */
#ifndef NET_PLANTS_H
#define NET_PLANTS_H

#include "base/plant.h"

/* Ends the program if there is none of this name, or this build has none. */
enum plant plants_find(const char *name);
void plants_set(enum plant plant);
void plants_list(void);

#endif
