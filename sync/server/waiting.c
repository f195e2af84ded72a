#include "server/waiting.h"

/* Centres' ids are random. */
static size_t bucket_of(struct uid centre)
{
    return (centre.b[0] << 8 | centre.b[1]) % WAITING_BUCKETS;
}

void waiting_add(struct waiting *waiting, struct writer_job *job)
{
    struct writer_job **bucket = &waiting->buckets[bucket_of(job->core.centre)];
    job->next = *bucket;
    *bucket = job;
    waiting->count++;
}

static void take_from(struct waiting *waiting, struct writer_job **at,
                      const struct uid *centre, waiting_test *test, void *ctx,
                      struct writer_job **taken)
{
    while (*at != NULL) {
        struct writer_job *job = *at;
        bool here = centre == NULL || uid_eq(job->core.centre, *centre);
        if (here && test(job, ctx)) {
            *at = job->next;
            job->next = *taken;
            *taken = job;
            waiting->count--;
        } else {
            at = &job->next;
        }
    }
}

struct writer_job *waiting_take(struct waiting *waiting, const struct uid *centre,
                                waiting_test *test, void *ctx)
{
    struct writer_job *taken = NULL;
    if (centre != NULL) {
        take_from(waiting, &waiting->buckets[bucket_of(*centre)], centre, test, ctx, &taken);
        return taken;
    }
    for (size_t i = 0; i < WAITING_BUCKETS && waiting->count > 0; i++) {
        take_from(waiting, &waiting->buckets[i], NULL, test, ctx, &taken);
    }
    return taken;
}
