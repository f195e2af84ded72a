#include "client/watch.h"
#include "unit/unit.h"

#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define SOON_MS 2000 /* nothing here takes so long */
#define WHILE_MS 150

struct scene {
    char dir[64], wal[96];
    atomic_bool due;
    atomic_int looked, interrupted, stopped, calmed;
    struct link link;
    struct watch *watch;
};

static void interrupt(void *ctx)
{
    struct scene *scene = ctx;
    atomic_fetch_add(&scene->interrupted, 1);
}

static void stop(const struct link *link)
{
    struct scene *scene = link->ctx;
    atomic_fetch_add(&scene->stopped, 1);
}

static void calm(const struct link *link)
{
    struct scene *scene = link->ctx;
    atomic_fetch_add(&scene->calmed, 1);
}

static bool due(void *ctx)
{
    struct scene *scene = ctx;
    atomic_fetch_add(&scene->looked, 1);
    return atomic_load(&scene->due);
}

static void write_to(const char *path)
{
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
    assert_true(file >= 0);
    assert_int_equal(write(file, "x", 1), 1);
    close(file);
}

static int set_up(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    strcpy(scene->dir, "/tmp/anlauf-watch-XXXXXX");
    assert_non_null(mkdtemp(scene->dir));
    snprintf(scene->wal, sizeof scene->wal, "%s/state.db-wal", scene->dir);
    scene->link = (struct link){.interrupt = interrupt, .ctx = scene};
    watch_block_signals();
    const struct watch_line line = {&scene->link, stop, calm, due, scene};
    assert_int_equal(watch_open(scene->dir, &line, &scene->watch), ERR_OK);
    *state = scene;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    char other[96];
    watch_close(scene->watch);
    snprintf(other, sizeof other, "%s/feed.db-wal", scene->dir);
    unlink(scene->wal);
    unlink(other);
    rmdir(scene->dir);
    free(scene);
    return 0;
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The network of the machine may move at any time: that is left out. */
static unsigned take(struct scene *scene, int64_t wait_ms)
{
    int64_t until_ms = now_ms() + wait_ms;
    unsigned seen = 0;
    do {
        seen |= watch_take(scene->watch, until_ms - now_ms()) & ~WATCH_LINK;
    } while (seen == 0 && now_ms() < until_ms);
    return seen;
}

static void test_nothing_happens(void **state)
{
    struct scene *scene = *state;
    watch_arm(scene->watch);
    assert_int_equal(take(scene, 20), 0);
    assert_int_equal(atomic_load(&scene->calmed), 1);
    assert_int_equal(atomic_load(&scene->looked), 0);
}

static void test_a_fact_rings(void **state)
{
    struct scene *scene = *state;
    atomic_store(&scene->due, true);
    watch_arm(scene->watch);
    write_to(scene->wal);
    assert_int_equal(take(scene, SOON_MS) & WATCH_FACTS, WATCH_FACTS);
    assert_true(atomic_load(&scene->interrupted) > 0);
    assert_int_equal(take(scene, 0) & WATCH_STOP, 0);
}

/* The card is slow: the file was written to long before the fact can be read. */
static void test_a_fact_that_is_readable_later(void **state)
{
    struct scene *scene = *state;
    watch_arm(scene->watch);
    write_to(scene->wal);
    assert_int_equal(take(scene, WHILE_MS) & WATCH_FACTS, 0);
    assert_int_equal(atomic_load(&scene->interrupted), 0);
    atomic_store(&scene->due, true);
    assert_int_equal(take(scene, SOON_MS) & WATCH_FACTS, WATCH_FACTS);
}

static void test_other_files_do_not_ring(void **state)
{
    struct scene *scene = *state;
    char other[96];
    atomic_store(&scene->due, true);
    watch_arm(scene->watch);
    snprintf(other, sizeof other, "%s/feed.db-wal", scene->dir);
    write_to(other);
    assert_int_equal(take(scene, WHILE_MS) & WATCH_FACTS, 0);
    assert_int_equal(atomic_load(&scene->looked), 0);
}

static void test_what_was_before_arming_is_over(void **state)
{
    struct scene *scene = *state;
    atomic_store(&scene->due, true);
    write_to(scene->wal);
    while (atomic_load(&scene->interrupted) == 0) {
        usleep(1000);
    }
    usleep(1000);
    watch_arm(scene->watch);
    assert_int_equal(take(scene, 20) & WATCH_FACTS, 0);
}

static void test_asked_to_end(void **state)
{
    struct scene *scene = *state;
    kill(getpid(), SIGTERM);
    assert_int_equal(take(scene, SOON_MS) & WATCH_STOP, WATCH_STOP);
    assert_int_equal(take(scene, 0) & WATCH_STOP, WATCH_STOP); /* is never over */
    while (atomic_load(&scene->stopped) == 0) {
        usleep(1000);
    }
    sigset_t set;
    int number;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    assert_int_equal(sigwait(&set, &number), 0); /* nobody took it off */
}

static void test_no_folder_to_watch(void **state)
{
    struct scene *scene = *state;
    const struct watch_line line = {&scene->link, stop, calm, due, scene};
    struct watch *watch;
    assert_int_equal(watch_open("/nowhere/at/all", &line, &watch), ERR_OK);
    assert_int_equal(watch_take(watch, 20) & ~WATCH_LINK, 0);
    watch_close(watch);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(test_nothing_happens),
        CASE(test_a_fact_rings),
        CASE(test_a_fact_that_is_readable_later),
        CASE(test_other_files_do_not_ring),
        CASE(test_what_was_before_arming_is_over),
        CASE(test_asked_to_end),
        CASE(test_no_folder_to_watch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
