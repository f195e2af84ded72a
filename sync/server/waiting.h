/* Feed pages that were empty, resting until their centre changes. One thread. */
#ifndef SERVER_WAITING_H
#define SERVER_WAITING_H

#include "server/writer.h"

#define WAITING_BUCKETS 1024

struct waiting {
    struct writer_job *buckets[WAITING_BUCKETS]; /* by centre */
    size_t count;
};

void waiting_add(struct waiting *waiting, struct writer_job *job);
/* Should this one go on? */
typedef bool waiting_test(const struct writer_job *job, void *ctx);
/* Those that pass, taken out, as a list over `next`; of one centre, or of all (NULL). */
struct writer_job *waiting_take(struct waiting *waiting, const struct uid *centre,
                                waiting_test *test, void *ctx);

#endif
