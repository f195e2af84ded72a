#include "server/writer.h"
#include "support/support.h"
#include "unit/server/fake_core.h"
#include "unit/unit.h"

#include <semaphore.h>

struct bed {
    struct core core;
    struct storage storage;
    atomic_llong now_ms;
    struct writer *writer;
};
struct task {
    struct writer_job job; /* first */
    sem_t done;
};

static int64_t read_ms(void *ctx)
{
    struct bed *bed = ctx;
    return atomic_load(&bed->now_ms);
}

static void bed_open(struct bed *bed, size_t queue_max)
{
    memset(bed, 0, sizeof *bed);
    pthread_mutex_init(&bed->core.gate, NULL);
    atomic_store(&bed->now_ms, 1000);
    const struct writer_options options = {
        .core = &bed->core,
        .storage = &bed->storage,
        .clock = {read_ms, read_ms, bed},
        .queue_max = queue_max,
        .tick_ms = 2,
    };
    assert_int_equal(writer_start(&options, &bed->writer), ERR_OK);
}

static void bed_done(struct bed *bed)
{
    writer_free(bed->writer);
    pthread_mutex_destroy(&bed->core.gate);
}

static void on_done(struct writer_job *job)
{
    sem_post(&((struct task *)(void *)job)->done);
}

static void task_put(struct bed *bed, struct task *task, enum core_what what, int wait_s)
{
    memset(task, 0, sizeof *task);
    sem_init(&task->done, 0, 0);
    task->job.core.what = what;
    task->job.core.since = atomic_load(&bed->core.rev);
    task->job.wait_s = wait_s;
    task->job.done = on_done;
    if (what == CORE_UPLOAD) {
        assert_int_equal(wire_upload_make(WIRE_PLAIN, &task->job.core.upload), ERR_OK);
    }
    assert_true(writer_seat(bed->writer));
    writer_put(bed->writer, &task->job);
}

static bool task_is_done(struct task *task)
{
    return sem_trywait(&task->done) == 0;
}

static void task_end(struct task *task)
{
    bytes_free(&task->job.core.reply);
    wire_upload_free(task->job.core.upload);
    sem_destroy(&task->done);
}

/* Until so many have been run, and those of them that rest do. */
static void settle(struct bed *bed, int64_t jobs)
{
    while (writer_counts(bed->writer).jobs < jobs) {
    }
}

static void task_wait(struct task *task)
{
    while (sem_wait(&task->done) != 0) {
    }
}

static void test_what_queued_meanwhile_is_one_group(void **state)
{
    struct bed bed;
    struct task tasks[20];
    (void)state;
    bed_open(&bed, 100);
    pthread_mutex_lock(&bed.core.gate);
    for (size_t i = 0; i < ARRAY_LEN(tasks); i++) {
        task_put(&bed, &tasks[i], CORE_SESSION, 0);
    }
    pthread_mutex_unlock(&bed.core.gate);
    for (size_t i = 0; i < ARRAY_LEN(tasks); i++) {
        task_wait(&tasks[i]);
        assert_int_equal(tasks[i].job.core.status, 200);
        task_end(&tasks[i]);
    }
    assert_in_range(atomic_load(&bed.core.runs), 1, 2);
    assert_int_equal(atomic_load(&bed.core.jobs), 20);
    bed_done(&bed);
}

static void await_looks(struct bed *bed, int more)
{
    int until = atomic_load(&bed->storage.looks) + more;
    while (atomic_load(&bed->storage.looks) < until) {
    }
}

/* Once when it is quiet, and again only when there was something new. */
static void test_the_log_is_folded_when_it_is_quiet(void **state)
{
    struct bed bed;
    struct task page, task;
    (void)state;
    bed_open(&bed, 100);
    task_put(&bed, &page, CORE_FEED, 60); /* it rests: so the writer looks around */
    for (int i = 1; i <= 2; i++) {
        await_looks(&bed, 5);
        assert_int_equal(atomic_load(&bed.storage.folds), i);
        task_put(&bed, &task, CORE_SESSION, 0);
        task_wait(&task);
        task_end(&task);
    }
    bed_done(&bed);
    task_wait(&page);
    task_end(&page);
}

static void test_line_has_an_end(void **state)
{
    struct bed bed;
    struct task first;
    (void)state;
    bed_open(&bed, 3);
    pthread_mutex_lock(&bed.core.gate);
    task_put(&bed, &first, CORE_SESSION, 0);
    /* The first is with the core, or still in line. */
    size_t seats = 0;
    while (writer_seat(bed.writer)) {
        seats++;
    }
    assert_in_range(seats, 2, 3);
    assert_int_equal(writer_counts(bed.writer).busy, 1);
    pthread_mutex_unlock(&bed.core.gate);
    task_wait(&first);
    task_end(&first);
    bed_done(&bed);
}

static void test_empty_page_rests_until_an_upload(void **state)
{
    struct bed bed;
    struct task page, upload;
    (void)state;
    bed_open(&bed, 10);
    task_put(&bed, &page, CORE_FEED, 60);
    settle(&bed, 1);
    task_put(&bed, &upload, CORE_UPLOAD, 0);
    task_wait(&page);
    assert_false(page.job.core.empty_page);
    task_wait(&upload);
    task_end(&upload);
    task_end(&page);
    bed_done(&bed);
}

/* What changes between the page and its rest must not be slept over. */
/* Who waits for news waits for what lines cause, not for lines. */
static void test_settles_while_nobody_waits(void **state)
{
    struct bed bed;
    struct task page, upload;
    (void)state;
    bed_open(&bed, 100);
    task_put(&bed, &page, CORE_FEED, 60);
    await_looks(&bed, 2);
    int before = atomic_load(&bed.core.settles);
    atomic_store(&bed.core.due, 3);
    task_put(&bed, &upload, CORE_UPLOAD, 0);
    task_wait(&upload);
    task_wait(&page);
    assert_int_equal(atomic_load(&bed.core.due), 0);
    assert_true(atomic_load(&bed.core.settles) >= before + 3);
    task_end(&upload);
    task_end(&page);
    bed_done(&bed);
}

/* The disk is full: it is tried again now and then, not all the time. */
static void test_settles_in_vain(void **state)
{
    struct bed bed;
    struct task page, upload;
    (void)state;
    bed_open(&bed, 100);
    task_put(&bed, &page, CORE_FEED, 60);
    await_looks(&bed, 2);
    atomic_store(&bed.core.due, -1);
    task_put(&bed, &upload, CORE_UPLOAD, 0);
    task_wait(&upload);
    task_wait(&page); /* what did take effect is told all the same */
    int before = atomic_load(&bed.core.settles);
    nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    assert_in_range(atomic_load(&bed.core.settles) - before, 1, 1000);
    task_end(&upload);
    task_end(&page);
    bed_done(&bed);
}

static void test_empty_page_and_an_upload_in_one_group(void **state)
{
    struct bed bed;
    struct task page, upload;
    (void)state;
    bed_open(&bed, 10);
    pthread_mutex_lock(&bed.core.gate);
    task_put(&bed, &page, CORE_FEED, 60);
    task_put(&bed, &upload, CORE_UPLOAD, 0);
    pthread_mutex_unlock(&bed.core.gate);
    task_wait(&page);
    assert_false(page.job.core.empty_page);
    task_wait(&upload);
    task_end(&upload);
    task_end(&page);
    bed_done(&bed);
}

static void test_empty_page_rests_until_staff_did_something(void **state)
{
    struct bed bed;
    struct task page;
    (void)state;
    bed_open(&bed, 10);
    task_put(&bed, &page, CORE_FEED, 60);
    settle(&bed, 1);
    assert_false(task_is_done(&page));
    atomic_store(&bed.core.rev, 7);
    atomic_store(&bed.storage.changed, true);
    task_wait(&page);
    assert_false(page.job.core.empty_page);
    assert_int_equal(bed.core.rev, 7);
    task_end(&page);
    bed_done(&bed);
}

static void test_empty_page_leaves_when_its_time_is_over(void **state)
{
    struct bed bed;
    struct task page, later;
    (void)state;
    bed_open(&bed, 10);
    task_put(&bed, &page, CORE_FEED, 25);
    task_put(&bed, &later, CORE_FEED, 26);
    settle(&bed, 2);
    atomic_fetch_add(&bed.now_ms, 24999);
    assert_false(task_is_done(&page));
    atomic_fetch_add(&bed.now_ms, 1);
    task_wait(&page);
    assert_true(page.job.core.empty_page);
    assert_int_equal(page.job.core.status, 200);
    assert_false(task_is_done(&later));
    task_end(&page);
    writer_close(bed.writer);
    task_wait(&later);
    task_end(&later);
    bed_done(&bed);
}

static void test_end_frees_who_rests_and_takes_nobody_more(void **state)
{
    struct bed bed;
    struct task pages[3], rest;
    (void)state;
    bed_open(&bed, 10);
    for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
        task_put(&bed, &pages[i], CORE_FEED, 60);
    }
    writer_close(bed.writer);
    assert_false(writer_seat(bed.writer));
    for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
        task_wait(&pages[i]);
        assert_int_equal(pages[i].job.core.status, 200);
        task_end(&pages[i]);
    }
    /* What a cut connection left behind is taken all the same. */
    memset(&rest, 0, sizeof rest);
    sem_init(&rest.done, 0, 0);
    rest.job.core.what = CORE_SESSION;
    rest.job.done = on_done;
    writer_put_rest(bed.writer, &rest.job);
    bed_done(&bed);
    assert_true(task_is_done(&rest));
    task_end(&rest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_queued_meanwhile_is_one_group),
        cmocka_unit_test(test_the_log_is_folded_when_it_is_quiet),
        cmocka_unit_test(test_line_has_an_end),
        cmocka_unit_test(test_empty_page_rests_until_an_upload),
        cmocka_unit_test(test_settles_while_nobody_waits),
        cmocka_unit_test(test_settles_in_vain),
        cmocka_unit_test(test_empty_page_and_an_upload_in_one_group),
        cmocka_unit_test(test_empty_page_rests_until_staff_did_something),
        cmocka_unit_test(test_empty_page_leaves_when_its_time_is_over),
        cmocka_unit_test(test_end_frees_who_rests_and_takes_nobody_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
