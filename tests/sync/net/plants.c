#include "sync/net/plants.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef ANLAUF_PLANTS
enum plant planted = PLANT_NONE;
#define HERE 1
#else
#define HERE 0
#endif

static const char *const names[PLANT_COUNT] = {
    [PLANT_NONE] = "none",
    [PLANT_ACK_BEFORE_COMMIT] = "ack-before-commit",
    [PLANT_EFFECTS_TWICE] = "effects-twice",
    [PLANT_LEASES_UNCOUNTED] = "leases-uncounted",
    [PLANT_KIOSK_NOT_DURABLE] = "kiosk-not-durable",
    [PLANT_HEAD_UNCHECKED] = "head-unchecked",
    [PLANT_TAIL_TAKEN] = "tail-taken",
    [PLANT_PAGE_SKIPPED] = "page-skipped",
    [PLANT_LEASE_OF_COPY] = "lease-of-copy",
    [PLANT_DELETIONS_KEPT] = "deletions-kept",
    [PLANT_RECEIPT_STAYS] = "receipt-stays",
    [PLANT_UNKNOWN_DROPPED] = "unknown-dropped",
    [PLANT_RECALL_IGNORED] = "recall-ignored",
};

enum plant plants_find(const char *name)
{
    for (int i = 0; i < PLANT_COUNT; i++) {
        if (strcmp(names[i], name) == 0 && (HERE || i == PLANT_NONE)) {
            return (enum plant)i;
        }
    }
    fprintf(stderr, "no plant %s%s\n", name, HERE ? "" : " (build with -DANLAUF_PLANTS)");
    exit(2);
}

void plants_set(enum plant plant)
{
#ifdef ANLAUF_PLANTS
    planted = plant;
#else
    (void)plant;
#endif
}

void plants_list(void)
{
    for (int i = 1; i < PLANT_COUNT; i++) {
        puts(names[i]);
    }
}
