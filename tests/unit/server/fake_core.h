/* A core that answers what it is told and counts what it is asked, in place of the real one;
 * and a storage that only knows whether somebody else changed it. */
#ifndef UNIT_SERVER_FAKE_CORE_H
#define UNIT_SERVER_FAKE_CORE_H

#include "server/core.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

struct core {
    atomic_llong rev;      /* of every centre */
    atomic_int runs, jobs; /* core_run, and what it got */
    atomic_int lines;      /* of uploads */
    atomic_int upload_err; /* of the last one */
    atomic_int due;        /* times to settle some; -1: it never goes well */
    atomic_int settles;    /* how often it was told to */
    atomic_int fail_ms;    /* runs that answer 503 */
    pthread_mutex_t gate;  /* core_run waits here while a test holds it */
};
struct storage {
    atomic_bool changed;
    atomic_int looks, folds; /* how often it was asked so, and told to fold its log */
};

static void fake_feed(struct core *core, struct core_job *job)
{
    int64_t rev = atomic_load(&core->rev);
    job->empty_page = rev <= job->since;
    bytes_printf(&job->reply, "{\"to\":%lld}\n", (long long)rev);
}

static void fake_upload(struct core *core, struct core_job *job)
{
    atomic_fetch_add(&core->lines, (int)wire_upload_count(job->upload));
    atomic_store(&core->upload_err, (int)job->upload_err);
    atomic_fetch_add(&core->rev, 1);
    bytes_printf(&job->reply, "{\"lines\":%zu}", wire_upload_count(job->upload));
}

void core_run(struct core *core, struct core_job *jobs, size_t count)
{
    pthread_mutex_lock(&core->gate);
    atomic_fetch_add(&core->runs, 1);
    for (size_t i = 0; i < count; i++) {
        struct core_job *job = &jobs[i];
        job->status = job->what == CORE_ENROL ? 201 : 200;
        job->centre = (struct uid){{1}};
        if (job->what == CORE_FEED) {
            fake_feed(core, job);
        } else if (job->what == CORE_UPLOAD) {
            fake_upload(core, job);
        } else {
            bytes_put(&job->reply, job->body.ptr, job->body.len);
        }
        atomic_fetch_add(&core->jobs, 1); /* last: who waits for it reads the rest */
    }
    pthread_mutex_unlock(&core->gate);
}

bool core_has_due(const struct core *core)
{
    return atomic_load(&core->due) != 0;
}

void core_settle(struct core *core)
{
    (void)core;
}

bool core_settle_some(struct core *core)
{
    int due = atomic_load(&core->due);
    atomic_fetch_add(&core->settles, 1);
    if (due > 0) {
        atomic_store(&core->due, due - 1);
    }
    return due > 1;
}

bool core_token_good(const struct core *core, struct str token)
{
    (void)core;
    return str_eq(token, STR("good"));
}

int64_t core_revision(struct core *core, struct uid centre)
{
    (void)centre;
    return atomic_load(&core->rev);
}

void storage_fold(struct storage *storage)
{
    atomic_fetch_add(&storage->folds, 1);
}

bool storage_changed(struct storage *storage)
{
    atomic_fetch_add(&storage->looks, 1);
    return atomic_exchange(&storage->changed, false);
}

#endif
