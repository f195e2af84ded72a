/* What an upload adds to a log: checked against the chain, stored once. */
#ifndef SERVER_INGEST_H
#define SERVER_INGEST_H

#include "server/due.h"
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
    struct due due; /* what it is still to cause; has no upload */
    int64_t bytes; /* of what was stored, as quota.h counts them */
};
enum err ingest_run(struct ingest *ingest) NODISCARD;

/* One event after the other: what is known for all of a batch. */
struct intake {
    struct scene scene;
    int64_t boot;
    bool has_boot;
    struct when when; /* of that boot */
    bool looked, others; /* for other logs of this device, which may have the same lines */
    bool counted;
    int64_t told; /* of this kiosk, up to VERDICTS_MAX */
};
/* So many events of a kiosk that are not understood stand in the feed, which all kiosks of
 * the centre hold: one that sends nothing but garbage is no burden for the others. What is
 * beyond is parked as well, for staff. */
#define VERDICTS_MAX 1000
/* Stores line number `seq`. */
enum err intake_store(struct intake *intake, int64_t seq, const struct wire_line *line,
                      struct str text) NODISCARD;
/* Lets it take effect; a line that stood in another log did. */
enum err intake_cause(struct intake *intake, int64_t seq, const struct wire_line *line)
    NODISCARD;
/* Has this device other logs? Sets `others`. */
enum err intake_find_others(struct intake *intake) NODISCARD;

#endif
