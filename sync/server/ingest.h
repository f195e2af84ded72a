/* What an upload adds to a log: checked against the chain, stored once, taking effect once. */
#ifndef SERVER_INGEST_H
#define SERVER_INGEST_H

#include "server/inside.h"
#include "server/log.h"
#include "server/when.h"

enum ingest_end {
    INGEST_TAKEN,  /* the last line was a signature, and it is right */
    INGEST_CUT,    /* what stands before the last check or signature was taken */
    INGEST_CURSOR, /* does not continue the log here; nothing was taken */
    INGEST_CHAIN,  /* a check, a signature or a number is wrong: taken as with a cut */
};

struct ingest {
    const struct core *core;
    const struct device *device;
    int64_t epoch, now_ms;
    const struct wire_upload *upload; /* has a header */
    bool parcel;        /* nobody but the signature says whose it is: checks do not count,
                           lines that are here already may come again */
    int64_t contact_ms; /* the kiosk read its clock since; 0: no contact */
    /* Out: */
    enum ingest_end end;
    bool has_log;
    struct log log;
    int parked;
    int64_t bytes; /* of what was stored, as quota.h counts them */
};
enum err ingest_run(struct ingest *ingest) NODISCARD;

/* One event, line by line: what ingest_run has for all of them. */
struct intake {
    struct scene scene;
    int64_t boot;
    bool has_boot;
    struct when when; /* of that boot */
    bool looked, others; /* for other logs of this device, which may have the same lines */
    int parked;
    bool counted;
    int64_t told; /* of this kiosk, up to VERDICTS_MAX */
};
/* So many events of a kiosk that are not understood stand in the feed, which all kiosks of
 * the centre hold: one that sends nothing but garbage is no burden for the others. What is
 * beyond is parked as well, for staff. */
#define VERDICTS_MAX 1000
/* Stores line number `seq` and lets it take effect if it was never here before. */
enum err intake_take(struct intake *intake, int64_t seq, const struct wire_line *line,
                     struct str text) NODISCARD;

#endif
