#include "worker.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <time.h>

struct worker {
    struct worker_options options;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t work; /* a job was put, or room for an answer, or the end */
    bool ending, running, rang;
    int job_first, job_count;
    int answer_first, answer_count;
    struct job jobs[WORKER_JOBS_MAX];
    struct reply answers[WORKER_ANSWERS_MAX];
    struct job present;   /* the thread's own */
    struct reply answer;
};

/* With the lock held. Secrets leave the queue together with their job. */
static void take_job(struct worker *worker)
{
    struct job *job = &worker->jobs[worker->job_first];
    worker->present = *job;
    sodium_memzero(job, sizeof *job);
    worker->job_first = (worker->job_first + 1) % WORKER_JOBS_MAX;
    worker->job_count--;
    worker->running = true;
}

/* With the lock held. */
static void give_answer(struct worker *worker)
{
    while (worker->answer_count == WORKER_ANSWERS_MAX && !worker->ending) {
        pthread_cond_wait(&worker->work, &worker->lock);
    }
    if (!worker->ending) {
        int at = (worker->answer_first + worker->answer_count) % WORKER_ANSWERS_MAX;
        worker->answers[at] = worker->answer;
        worker->answer_count++;
    }
    /* It may hold what only one visit may know. */
    sodium_memzero(&worker->answer, sizeof worker->answer);
    worker->running = false;
}

/* Without the lock. */
static void run_job(struct worker *worker)
{
    worker->answer.to = worker->present.effect.kind;
    worker->answer.serial = worker->present.effect.serial;
    worker->options.run(worker->options.ctx, &worker->present, &worker->answer);
    sodium_memzero(&worker->present, sizeof worker->present);
}

/* With the lock held. True: idle_ms have passed without a job. */
static bool wait_for_job(struct worker *worker)
{
    if (worker->options.idle == NULL) {
        pthread_cond_wait(&worker->work, &worker->lock);
        return false;
    }
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += worker->options.idle_ms / 1000;
    until.tv_nsec += worker->options.idle_ms % 1000 * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    return pthread_cond_timedwait(&worker->work, &worker->lock, &until) != 0;
}

/* With the lock held, which is released meanwhile. */
static void look_around(struct worker *worker)
{
    pthread_mutex_unlock(&worker->lock);
    bool rings = worker->options.idle(worker->options.ctx);
    if (rings) {
        pthread_mutex_lock(&worker->lock);
        worker->rang = true;
        pthread_mutex_unlock(&worker->lock);
        worker->options.ring(worker->options.ring_ctx);
    }
    pthread_mutex_lock(&worker->lock);
}

static void *work(void *arg)
{
    struct worker *worker = arg;
    pthread_mutex_lock(&worker->lock);
    while (worker->job_count > 0 || !worker->ending) {
        if (worker->job_count == 0) {
            if (wait_for_job(worker) && worker->job_count == 0 && !worker->ending) {
                look_around(worker);
            }
            continue;
        }
        take_job(worker);
        pthread_mutex_unlock(&worker->lock);
        run_job(worker);
        pthread_mutex_lock(&worker->lock);
        give_answer(worker);
        pthread_mutex_unlock(&worker->lock);
        worker->options.ring(worker->options.ring_ctx);
        pthread_mutex_lock(&worker->lock);
    }
    pthread_mutex_unlock(&worker->lock);
    return NULL;
}

static void init_condition(pthread_cond_t *cond)
{
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(cond, &attr);
    pthread_condattr_destroy(&attr);
}

static void worker_free(struct worker *worker)
{
    pthread_cond_destroy(&worker->work);
    pthread_mutex_destroy(&worker->lock);
    sodium_memzero(worker, sizeof *worker);
    free(worker);
}

enum err worker_open(const struct worker_options *options, struct worker **worker_out)
{
    struct worker *worker = calloc(1, sizeof *worker);
    if (worker == NULL) {
        return ERR_FULL;
    }
    worker->options = *options;
    pthread_mutex_init(&worker->lock, NULL);
    init_condition(&worker->work);
    if (pthread_create(&worker->thread, NULL, work, worker) != 0) {
        worker_free(worker);
        return ERR_FULL;
    }
    *worker_out = worker;
    return ERR_OK;
}

void worker_close(struct worker *worker)
{
    if (worker == NULL) {
        return;
    }
    pthread_mutex_lock(&worker->lock);
    worker->ending = true;
    pthread_cond_signal(&worker->work);
    pthread_mutex_unlock(&worker->lock);
    pthread_join(worker->thread, NULL);
    worker_free(worker);
}

enum err worker_put(struct worker *worker, const struct job *job)
{
    enum err err = ERR_BUSY;
    pthread_mutex_lock(&worker->lock);
    if (worker->job_count < WORKER_JOBS_MAX) {
        int at = (worker->job_first + worker->job_count) % WORKER_JOBS_MAX;
        worker->jobs[at] = *job;
        worker->job_count++;
        pthread_cond_signal(&worker->work);
        err = ERR_OK;
    }
    pthread_mutex_unlock(&worker->lock);
    return err;
}

bool worker_get(struct worker *worker, struct reply *answer_out)
{
    pthread_mutex_lock(&worker->lock);
    bool has = worker->answer_count > 0;
    if (has) {
        struct reply *answer = &worker->answers[worker->answer_first];
        *answer_out = *answer;
        sodium_memzero(answer, sizeof *answer);
        worker->answer_first = (worker->answer_first + 1) % WORKER_ANSWERS_MAX;
        worker->answer_count--;
        pthread_cond_signal(&worker->work);
    }
    pthread_mutex_unlock(&worker->lock);
    return has;
}

bool worker_rang(struct worker *worker)
{
    pthread_mutex_lock(&worker->lock);
    bool rang = worker->rang;
    worker->rang = false;
    pthread_mutex_unlock(&worker->lock);
    return rang;
}

bool worker_is_idle(struct worker *worker)
{
    pthread_mutex_lock(&worker->lock);
    bool idle = worker->job_count == 0 && !worker->running && worker->answer_count == 0;
    pthread_mutex_unlock(&worker->lock);
    return idle;
}
