/* The one thread that has the core: it takes whatever is queued, lets it run in one
 * transaction, and each answer leaves after the commit. Pages that are empty rest here
 * until their centre changes, by a kiosk or by staff in another process. */
#ifndef SERVER_WRITER_H
#define SERVER_WRITER_H

#include "server/core.h"

#define WRITER_BATCH_MAX 64

struct writer;

struct writer_job {
    struct core_job core;
    int wait_s; /* FEED: how long an empty page may rest */
    /* On the writer's thread, after the commit; from then on the job is the caller's. */
    void (*done)(struct writer_job *job);
    /* The writer's own: */
    struct writer_job *next;
    int64_t rev, until_ms;
    bool seated, asked_again;
};

struct writer_options {
    struct core *core;       /* the writer's until writer_free */
    struct storage *storage; /* the same */
    struct clock clock;
    size_t queue_max;        /* jobs that may stand in line */
    int tick_ms;             /* how often it looks for changes by others */
    enum err (*tidy)(struct storage *storage); /* once an hour; NULL: never */
};
struct writer_counts {
    int64_t batches, jobs, busy, failed; /* failed: answered 503 by the core */
};

enum err writer_start(const struct writer_options *options, struct writer **writer_out)
    NODISCARD;
/* A place in the line for one job. False: it is full, or the end has come. */
bool writer_seat(struct writer *writer);
/* With the seat taken before. Any thread. */
void writer_put(struct writer *writer, struct writer_job *job);
/* What a cut connection left behind: without a seat, also after writer_close. */
void writer_put_rest(struct writer *writer, struct writer_job *job);
/* No more seats; resting pages are answered as they are. */
void writer_close(struct writer *writer);
/* Runs what is left, ends the thread, frees. NULL is fine. */
void writer_free(struct writer *writer);
struct writer_counts writer_counts(struct writer *writer);

#endif
