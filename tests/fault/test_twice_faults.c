/* The power goes again, right after it came back (faults.h).
 *
 * The first loss may cut the write-ahead log within a sector. What is written behind that
 * cut tears its neighbours, when the power goes again: they must not be the last facts
 * that were saved before. */
#include "fault/faults.h"

#define ROUNDS (120 / STRIDE)

static void start(struct run *run, uint64_t seed)
{
    *run = (struct run){.what = "twice", .nth = (int)seed, .boot_id = "a", .seed = seed};
    run->time = (struct fake_clock){1795430000000, 1000};
    strcpy(run->dir, "/dev/shm/anlauf-twice-XXXXXX");
    if (!mkdtemp(run->dir)) {
        strcpy(run->dir, "/tmp/anlauf-twice-XXXXXX");
        assert_non_null(mkdtemp(run->dir));
    }
    snprintf(run->state, sizeof run->state, "%s/state.db", run->dir);
    snprintf(run->feed, sizeof run->feed, "%s/feed.db", run->dir);
    run->vfs = vfs_crash_make(VFS);
}

static void end(struct run *run)
{
    char lock[96];
    close_store(run);
    vfs_crash_free(run->vfs);
    snprintf(lock, sizeof lock, "%s/lock", run->dir);
    unlink(lock);
    unlink(run->state);
    unlink(run->feed);
    rmdir(run->dir);
}

static void lose_power(struct run *run, uint64_t seed)
{
    vfs_crash_lose_power(run->vfs);
    close_store(run);
    vfs_crash_restart(run->vfs, CRASH_TEAR, seed);
    run->boot_id = seed % 2 ? "b" : "c";
    assert_int_equal(open_store(run), ERR_OK);
}

static enum err talk(struct run *run, int n)
{
    return store_talk(run->store, uid_of('T', n), (struct uid){{0}});
}

/* Facts until the power goes at the n-th write or sync; how many were saved. */
static int save_until(struct run *run, int first, int nth)
{
    int n = first;
    vfs_crash_arm(run->vfs, CRASH_POWER, nth);
    while (!vfs_crash_struck(run->vfs) && talk(run, n) == ERR_OK) {
        n++;
    }
    return n;
}

static void check_saved(struct run *run, int saved)
{
    for (int n = 1; n < saved; n++) {
        hold(run, has_event(run, uid_of('T', n)), "saved and lost", "talk");
    }
}

/* Some facts and the power goes; the first one after that, and it goes again. */
static void test_twice(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        struct run run;
        int saved = 1;
        start(&run, seed);
        assert_int_equal(open_store(&run), ERR_OK);
        for (int loss = 0; loss < 6; loss++) {
            for (int i = 0; loss % 2 == 0 && i < 1 + (int)seed % 5; i++) {
                assert_int_equal(talk(&run, saved), ERR_OK);
                saved++;
            }
            saved = save_until(&run, saved, 1 + (int)(seed + (uint64_t)loss) % 7);
            lose_power(&run, seed * 10 + (uint64_t)loss);
            check_saved(&run, saved);
            saved += has_event(&run, uid_of('T', saved)); /* its answer was not heard */
        }
        end(&run);
    }
}

/* Nothing was cut, and the disk is full: what is there can still be read. */
static void test_full_disk_at_opening(void **state)
{
    (void)state;
    struct run run;
    start(&run, 7);
    assert_int_equal(open_store(&run), ERR_OK);
    int saved = save_until(&run, 1, 40);
    vfs_crash_lose_power(run.vfs);
    close_store(&run);
    vfs_crash_restart(run.vfs, CRASH_TEAR, 7);
    vfs_crash_arm(run.vfs, CRASH_FULL, 1);
    assert_int_equal(open_store(&run), ERR_OK);
    assert_true(has_event(&run, uid_of('T', saved - 1)));
    assert_int_not_equal(talk(&run, 99), ERR_OK);
    vfs_crash_arm(run.vfs, CRASH_NONE, 0);
    assert_int_equal(talk(&run, 99), ERR_OK);
    end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_twice),
        cmocka_unit_test(test_full_disk_at_opening),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
