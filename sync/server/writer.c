#include "server/writer.h"

#include "server/waiting.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#define STACK_SIZE (1u << 20) /* SQLite and jansson go deep */
#define TIDY_MS INT64_C(3600000)

struct writer {
    struct writer_options options;
    pthread_t thread;
    pthread_mutex_t lock; /* guards the next six */
    pthread_cond_t bell;
    struct writer_job *first, **last;
    size_t queued; /* seats taken and not run yet */
    bool closed, ended;
    struct writer_counts counts;
    /* The thread's own: */
    bool resting_freed;
    bool unfolded; /* something may have been written since it was quiet */
    int64_t tidied_ms;
    struct waiting waiting;
    struct writer_job *batch[WRITER_BATCH_MAX];
    struct core_job jobs[WRITER_BATCH_MAX];
    struct uid moved[WRITER_BATCH_MAX]; /* centres whose uploads are to take effect */
    size_t moved_count;
    bool moved_more; /* and others, for which there was no room */
};

/* ---- the line --------------------------------------------------------------------------- */

bool writer_seat(struct writer *writer)
{
    pthread_mutex_lock(&writer->lock);
    bool free_seat = !writer->closed && writer->queued < writer->options.queue_max;
    writer->queued += free_seat;
    writer->counts.busy += !free_seat;
    pthread_mutex_unlock(&writer->lock);
    return free_seat;
}

static void enqueue(struct writer *writer, struct writer_job *job, bool seated)
{
    job->seated = seated;
    job->next = NULL;
    pthread_mutex_lock(&writer->lock);
    *writer->last = job;
    writer->last = &job->next;
    pthread_cond_signal(&writer->bell);
    pthread_mutex_unlock(&writer->lock);
}

void writer_put(struct writer *writer, struct writer_job *job)
{
    enqueue(writer, job, true);
}

void writer_put_rest(struct writer *writer, struct writer_job *job)
{
    enqueue(writer, job, false);
}

/* Under the lock. */
static size_t take_batch(struct writer *writer)
{
    size_t count = 0;
    while (writer->first != NULL && count < WRITER_BATCH_MAX) {
        struct writer_job *job = writer->first;
        writer->first = job->next;
        writer->queued -= job->seated;
        writer->batch[count++] = job;
    }
    if (writer->first == NULL) {
        writer->last = &writer->first;
    }
    return count;
}

/* Under the lock. With nobody resting, all folded and nothing due there is nothing to look
 * for. True: nothing came. */
static bool wait_for_bell(struct writer *writer)
{
    bool freeing = writer->closed && !writer->resting_freed;
    if (writer->first != NULL || writer->ended || freeing) {
        return false;
    }
    if (writer->waiting.count == 0 && !writer->unfolded &&
        !core_has_due(writer->options.core)) {
        pthread_cond_wait(&writer->bell, &writer->lock);
        return false;
    }
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    int64_t ns = until.tv_nsec + (int64_t)writer->options.tick_ms * 1000000;
    until.tv_sec += ns / 1000000000;
    until.tv_nsec = ns % 1000000000;
    return pthread_cond_timedwait(&writer->bell, &writer->lock, &until) == ETIMEDOUT;
}

/* ---- running ---------------------------------------------------------------------------- */

static void answer_all(struct writer_job *list)
{
    while (list != NULL) {
        struct writer_job *job = list;
        list = job->next;
        job->done(job);
    }
}

static void run_again(struct writer *writer, struct writer_job *list)
{
    while (list != NULL) {
        struct writer_job *job = list;
        list = job->next;
        bytes_free(&job->core.reply);
        job->core.reply = (struct bytes){0};
        job->core.empty_page = false;
        enqueue(writer, job, false);
    }
}

/* A change between the page and this question would otherwise be slept over. */
static void rest(struct writer *writer, struct writer_job *job)
{
    int64_t now_ms = clock_mono_ms(&writer->options.clock);
    job->rev = core_revision(writer->options.core, job->core.centre);
    if (job->until_ms == 0) {
        job->until_ms = now_ms + job->wait_s * INT64_C(1000);
    }
    if (job->rev > job->core.since && !job->asked_again) {
        job->asked_again = true;
        job->next = NULL;
        run_again(writer, job);
        return;
    }
    waiting_add(&writer->waiting, job);
}

static bool may_rest(const struct writer *writer, const struct writer_job *job)
{
    return job->core.what == CORE_FEED && job->core.status == 200 && job->core.empty_page &&
           job->wait_s > 0 && !writer->resting_freed;
}

/* Many rest for the same centre: its revision is asked for once. */
struct revision {
    struct core *core;
    struct uid centre;
    int64_t rev;
    bool known;
};

static bool has_moved(const struct writer_job *job, void *ctx)
{
    struct revision *now = ctx;
    if (!now->known || !uid_eq(now->centre, job->core.centre)) {
        now->centre = job->core.centre;
        now->rev = core_revision(now->core, now->centre);
        now->known = true;
    }
    return now->rev != job->rev;
}

static void wake(struct writer *writer, const struct uid *centre)
{
    struct revision now = {.core = writer->options.core};
    run_again(writer, waiting_take(&writer->waiting, centre, has_moved, &now));
}

static bool is_over(const struct writer_job *job, void *ctx)
{
    return *(const int64_t *)ctx >= job->until_ms;
}

static bool is_any(const struct writer_job *job, void *ctx)
{
    (void)job;
    (void)ctx;
    return true;
}

/* Once all that uploads cause has happened. */
static void wake_moved(struct writer *writer)
{
    if (core_has_due(writer->options.core)) {
        return;
    }
    for (size_t i = 0; i < writer->moved_count && !writer->moved_more; i++) {
        wake(writer, &writer->moved[i]);
    }
    if (writer->moved_more) {
        wake(writer, NULL);
    }
    writer->moved_count = 0;
    writer->moved_more = false;
}

static void note_centre(struct writer *writer, struct uid centre)
{
    size_t n = writer->moved_count;
    if (n > 0 && uid_eq(writer->moved[n - 1], centre)) {
        return;
    }
    writer->moved_more |= n == WRITER_BATCH_MAX;
    if (n < WRITER_BATCH_MAX) {
        writer->moved[writer->moved_count++] = centre;
    }
}

/* An enrolment has no token, so its centre is not known here. */
static void note_moved(struct writer *writer, const struct core_job *job)
{
    if (job->what == CORE_ENROL && job->status == 201) {
        wake(writer, NULL);
    } else if (job->what == CORE_UPLOAD && !uid_is_nil(job->centre)) {
        note_centre(writer, job->centre);
    }
}

static bool has_more(struct writer *writer)
{
    pthread_mutex_lock(&writer->lock);
    bool more = writer->first != NULL;
    pthread_mutex_unlock(&writer->lock);
    return more;
}

/* While nobody waits. What cannot be done now is tried with the next job or tick. */
static void settle(struct writer *writer)
{
    while (!has_more(writer) && core_settle_some(writer->options.core)) {
    }
    wake_moved(writer);
}

static void run_batch(struct writer *writer, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        writer->jobs[i] = writer->batch[i]->core;
    }
    core_run(writer->options.core, writer->jobs, count);
    wake_moved(writer);
    for (size_t i = 0; i < count; i++) {
        writer->batch[i]->core = writer->jobs[i];
    }
    for (size_t i = 0; i < count; i++) {
        struct writer_job *job = writer->batch[i];
        if (may_rest(writer, job)) {
            rest(writer, job);
        } else {
            job->done(job);
        }
    }
    for (size_t i = 0; i < count; i++) {
        note_moved(writer, &writer->jobs[i]);
    }
}

/* Uploads may come for so long that never all of them have taken effect, or one cannot: the
 * others count. Whose time is over gets the empty page that was made when it came. */
static void look_around(struct writer *writer)
{
    int64_t now_ms = clock_mono_ms(&writer->options.clock);
    if (writer->waiting.count == 0) {
        return;
    }
    bool moved = writer->moved_count > 0 || writer->moved_more;
    if (storage_changed(writer->options.storage) || moved) {
        wake(writer, NULL);
    }
    answer_all(waiting_take(&writer->waiting, NULL, is_over, &now_ms));
}

/* What grows; a fault of it is met again by who needs the disk. */
static void tidy(struct writer *writer, int64_t now_ms)
{
    const struct writer_options *o = &writer->options;
    if (o->tidy != NULL && now_ms - writer->tidied_ms >= TIDY_MS) {
        writer->tidied_ms = now_ms;
        enum err err = o->tidy(o->storage);
        (void)err;
    }
}

/* Under the lock. */
static void count_batch(struct writer *writer, size_t count)
{
    writer->counts.batches += count > 0;
    writer->counts.jobs += (int64_t)count;
    for (size_t i = 0; i < count; i++) {
        writer->counts.failed += writer->jobs[i].status == 503;
    }
}

static void use_quiet(struct writer *writer)
{
    settle(writer);
    if (writer->unfolded) {
        storage_fold(writer->options.storage);
        writer->unfolded = false;
    }
}

static void *write_all(void *arg)
{
    struct writer *writer = arg;
    int64_t looked_ms = 0;
    pthread_mutex_lock(&writer->lock);
    while (!writer->ended || writer->first != NULL || writer->waiting.count > 0) {
        bool quiet = wait_for_bell(writer);
        size_t count = take_batch(writer);
        bool closed = writer->closed;
        pthread_mutex_unlock(&writer->lock);
        if (count > 0) {
            run_batch(writer, count);
            writer->unfolded = true;
            settle(writer);
        } else if (quiet) {
            use_quiet(writer);
        }
        if (closed && !writer->resting_freed) {
            writer->resting_freed = true;
            answer_all(waiting_take(&writer->waiting, NULL, is_any, NULL));
        }
        int64_t now_ms = clock_mono_ms(&writer->options.clock);
        if (quiet || now_ms - looked_ms >= writer->options.tick_ms) {
            looked_ms = now_ms;
            look_around(writer);
        }
        tidy(writer, now_ms);
        pthread_mutex_lock(&writer->lock);
        count_batch(writer, count);
    }
    pthread_mutex_unlock(&writer->lock);
    return NULL;
}

/* ---- begin and end ---------------------------------------------------------------------- */

static enum err start_thread(struct writer *writer)
{
    pthread_attr_t attr;
    if (pthread_attr_init(&attr) != 0) {
        return ERR_FULL;
    }
    int rc = pthread_attr_setstacksize(&attr, STACK_SIZE);
    if (rc == 0) {
        rc = pthread_create(&writer->thread, &attr, write_all, writer);
    }
    pthread_attr_destroy(&attr);
    return rc == 0 ? ERR_OK : ERR_FULL;
}

enum err writer_start(const struct writer_options *options, struct writer **writer_out)
{
    struct writer *writer = calloc(1, sizeof *writer);
    pthread_condattr_t attr;
    if (writer == NULL) {
        return ERR_FULL;
    }
    writer->options = *options;
    writer->tidied_ms = clock_mono_ms(&options->clock);
    writer->last = &writer->first;
    writer->moved_more = true; /* by what was due when the last one ended */
    pthread_mutex_init(&writer->lock, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&writer->bell, &attr);
    pthread_condattr_destroy(&attr);
    enum err err = start_thread(writer);
    if (err != ERR_OK) {
        free(writer);
        return err;
    }
    *writer_out = writer;
    return ERR_OK;
}

void writer_close(struct writer *writer)
{
    pthread_mutex_lock(&writer->lock);
    writer->closed = true;
    pthread_cond_signal(&writer->bell);
    pthread_mutex_unlock(&writer->lock);
}

void writer_free(struct writer *writer)
{
    if (writer == NULL) {
        return;
    }
    writer_close(writer);
    pthread_mutex_lock(&writer->lock);
    writer->ended = true;
    pthread_cond_signal(&writer->bell);
    pthread_mutex_unlock(&writer->lock);
    pthread_join(writer->thread, NULL);
    pthread_cond_destroy(&writer->bell);
    pthread_mutex_destroy(&writer->lock);
    free(writer);
}

struct writer_counts writer_counts(struct writer *writer)
{
    pthread_mutex_lock(&writer->lock);
    struct writer_counts counts = writer->counts;
    pthread_mutex_unlock(&writer->lock);
    return counts;
}
