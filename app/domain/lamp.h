/* What the screen says about the way to the centre: three plain states, from receipts only.
 *
 * Nothing is said to be at the centre that the centre did not acknowledge. */
#ifndef DOMAIN_LAMP_H
#define DOMAIN_LAMP_H

#include <stdbool.h>
#include <stdint.h>

enum lamp {
    LAMP_NONE,   /* this kiosk belongs to no centre */
    LAMP_CENTRE, /* "safe at the centre": all facts are acknowledged */
    LAMP_HERE,   /* "safe here": some wait for the next line */
    LAMP_HELP,   /* "needs help": waiting longer will not mend it */
    LAMP_COUNT
};

/* What stands in the way, as the client found it last; NONE also while merely offline. */
enum sync_trouble {
    SYNC_TROUBLE_NONE,
    SYNC_TROUBLE_REVOKED,  /* the centre locked this kiosk */
    SYNC_TROUBLE_SERVER,   /* not the server this kiosk was enrolled at, or a wrong key */
    SYNC_TROUBLE_PROTOCOL, /* one of the two programs is too old for the other */
    SYNC_TROUBLE_REFUSED,  /* the centre refuses what it is sent: a fault of a program */
    SYNC_TROUBLE_DISK,     /* this kiosk cannot write what it gets */
    SYNC_TROUBLE_COUNT
};

struct sync_receipts {
    bool enrolled;
    int64_t written;       /* number of the newest fact here */
    int64_t acked;         /* number of the newest fact that the centre acknowledged */
    int64_t parked;        /* facts that the centre keeps but does not understand yet */
    int64_t last_ms;       /* the centre's time at the last contact; 0: never */
    int64_t since_ms;      /* how long ago by this device's clocks; -1: nobody knows */
    enum sync_trouble trouble;
};

enum lamp lamp_of(const struct sync_receipts *receipts);
/* A stable word for files and `--status --json` ("none", "revoked" …). */
const char *sync_trouble_name(enum sync_trouble trouble);
enum sync_trouble sync_trouble_from_name(const char *name); /* unknown: NONE */
const char *lamp_name(enum lamp lamp); /* "none" "centre" "here" "help" */

#endif
