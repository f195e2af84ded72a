/* The way between a kiosk and the centre: what it loses, cuts, repeats and changes.
 *
 * A request is a value here: it may come whole, in part, twice, much later, with another
 * byte in it, or not at all; and so may its answer. */
#ifndef NET_ROAD_H
#define NET_ROAD_H

#include "client/link.h"
#include "sync/net/dice.h"

struct kiosk;
struct world;

#define ROAD_OLD_MAX 6
#define ROAD_PATH_SIZE 96
#define ROAD_TOKEN_SIZE 256

/* A request that passed by once, to be heard again later. */
struct road_old {
    bool there;
    enum wire_coding coding;
    char method[8], path[ROAD_PATH_SIZE], token[ROAD_TOKEN_SIZE];
    struct bytes body;
};

struct road {
    struct road_old old[ROAD_OLD_MAX];
    int requests, refused, lost, cut, replies_lost, replies_cut, doubled, replayed;
    int corrupted, power_losses;
};

struct link road_link(struct kiosk *kiosk);
/* One of the old requests arrives once more; its answer goes nowhere. */
void road_replay(struct world *world, struct dice *dice);
void road_forget(struct road *road);

#endif
