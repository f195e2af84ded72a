/* Faults planted on purpose, so that the simulator can show that it finds them.
 *
 * Only a build with -DANLAUF_PLANTS has them (tests/sync/): in every other one PLANTED() is
 * the constant 0 and nothing of them is left. */
#ifndef BASE_PLANT_H
#define BASE_PLANT_H

enum plant {
    PLANT_NONE,
    PLANT_ACK_BEFORE_COMMIT, /* the centre answers although its commit failed */
    PLANT_EFFECTS_TWICE,     /* a line that came again takes effect again */
    PLANT_LEASES_UNCOUNTED,  /* leased places are given away a second time */
    PLANT_KIOSK_NOT_DURABLE, /* the kiosk says saved before the disk has it */
    PLANT_HEAD_UNCHECKED,    /* the client goes on although another wrote its log */
    PLANT_TAIL_TAKEN,        /* the centre takes lines behind the last valid check */
    PLANT_PAGE_SKIPPED,      /* the feed's cursor moves on without the page's rows */
    PLANT_LEASE_OF_COPY,     /* a copied kiosk gives away the places of the first */
    PLANT_DELETIONS_KEPT,    /* rows deleted at the centre stay on the kiosk */
    PLANT_RECEIPT_STAYS,     /* a centre put back from a backup is not sent what it lost */
    PLANT_UNKNOWN_DROPPED,   /* an event that is not understood is acknowledged and lost */
    PLANT_RECALL_IGNORED,    /* places given back are still given away */
    PLANT_COUNT
};

#ifdef ANLAUF_PLANTS
extern enum plant planted; /* in the simulator */
#define PLANTED(bug) (planted == (bug))
#else
#define PLANTED(bug) 0
#endif

#endif
