/* The centre without a network: requests in, answers out, all in one transaction.
 *
 * http.c feeds it from libmicrohttpd, the simulator from a simulated net, the command line
 * from a parcel. A struct upload (wire/upload.h) may be filled on any thread; all else
 * belongs to the one thread that writes. Group commit: whatever is queued is handed in
 * together, and every answer leaves after the one commit. */
#ifndef SERVER_CORE_H
#define SERVER_CORE_H

#include "base/clock.h"
#include "base/rng.h"
#include "proof/key.h"
#include "server/due.h"
#include "server/storage.h"
#include "wire/bytes.h"
#include "wire/upload.h"

struct core;
struct law_books;

struct core_options {
    struct storage *storage; /* stays the caller's */
    struct clock clock;
    struct rng rng;
    char pin[64];            /* "" or "sha256//…" of the TLS key kiosks meet */
    struct law_books *books; /* stays the caller's; NULL: the core has its own */
};
enum err core_make(const struct core_options *options, struct core **core_out) NODISCARD;
void core_free(struct core *core);

enum core_what {
    CORE_ENROL,   /* POST /v1/enrol */
    CORE_SESSION, /* POST /v1/session */
    CORE_CURSOR,  /* GET /v1/log/EPOCH */
    CORE_UPLOAD,  /* POST /v1/log/EPOCH, whole or cut */
    CORE_FEED,    /* GET /v1/feed?since=R */
};

struct core_job {
    enum core_what what;
    struct str token;           /* "" if none came */
    struct str body;            /* ENROL, SESSION */
    int64_t epoch, since;
    int most;                   /* FEED: rows; 0: not said */
    bool anew;                  /* FEED: within a pass from 0 */
    struct wire_upload *upload; /* UPLOAD; NULL behind it if the core keeps it */
    enum err upload_err;        /* what feeding it came to; a cut is ERR_OK */
    /* Out: */
    int status;                 /* 200 …; 503 if the commit failed */
    int retry_after_s;
    struct bytes reply;         /* the body; starts as {0}, the caller frees it */
    struct uid centre;          /* of the token; nil if it was not valid */
    bool empty_page;            /* FEED: nothing new; the caller may wait and ask again */
    struct due due;             /* UPLOAD: the core's own */
};

/* All jobs in one transaction, each behind its own mark: a job that fails changes nothing
 * and spoils no other. If the commit fails, every job is answered 503. What is due is tried
 * first unless all are uploads and cursors; if it cannot be done, they run all the same. */
void core_run(struct core *core, struct core_job *jobs, size_t count);

/* What uploads cause (due.h) happens before any other job, or now, when nobody waits: all
 * of it, or so much that who comes meanwhile does not wait long. */
bool core_has_due(const struct core *core);
void core_settle(struct core *core);
/* True: it went well, and there is more. */
bool core_settle_some(struct core *core);

/* Is this token good now? For who wants to refuse a big body early. Any thread. */
bool core_token_good(const struct core *core, struct str token);
/* Revision of a centre's feed, for who wakes waiting pages. 0: no such centre. */
int64_t core_revision(struct core *core, struct uid centre);

/* A parcel from a stick, and the answer to carry back. Own transaction. */
enum err core_parcel(struct core *core, struct str file, struct bytes *answer_out,
                     struct buf *why) NODISCARD;

/* After the store was put back from a backup, before anybody is served: a new generation,
 * and revisions that were never given out. Own transaction. */
enum err core_restored(struct storage *storage, const struct rng *rng) NODISCARD;

#endif
