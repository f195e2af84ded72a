/* One thread for slow things: a bounded queue of whole jobs by value, answers back by value.
 *
 * The loop puts jobs and gets answers and never waits; the thread rings a bell after each
 * answer. A job that was taken is always carried out, also when the program ends. */
#ifndef APP_WORKER_H
#define APP_WORKER_H

#include "model/effect.h"

#define WORKER_JOBS_MAX 16
#define WORKER_ANSWERS_MAX 4

struct job {
    struct effect effect;
    int sheet; /* print: which sheet of paper (app/print_jobs.h); else unused */
};

struct worker_options {
    /* On the worker's thread. The answer is zeroed but for `to` and `serial`. */
    void (*run)(void *ctx, const struct job *job, struct reply *answer);
    /* While there is nothing to do, every idle_ms of real time; true rings. May be NULL. */
    bool (*idle)(void *ctx);
    int idle_ms;
    void *ctx;
    void (*ring)(void *ctx); /* from the worker's thread */
    void *ring_ctx;
};

struct worker;

enum err worker_open(const struct worker_options *options, struct worker **worker_out)
    NODISCARD;
/* Ends after the jobs that were put; their answers are dropped. NULL is fine. */
void worker_close(struct worker *worker);

/* ERR_BUSY: the queue is full; nothing was taken. */
enum err worker_put(struct worker *worker, const struct job *job) NODISCARD;
/* False: no answer yet. */
bool worker_get(struct worker *worker, struct reply *answer_out);
/* True once after idle() said true. */
bool worker_rang(struct worker *worker);
/* Nothing queued, running or unanswered. */
bool worker_is_idle(struct worker *worker);

#endif
