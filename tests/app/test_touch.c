/* A touch is answered while the disk is busy. */
#include "unit/unit.h"

#include "support/bed.h"
#include "support/vfs_slow.h"

#include "ui/ui.h"

static const char slow_vfs[] = "slow-touch";

static struct effect talk(uint8_t id)
{
    struct effect effect = {.kind = EFFECT_SAVE_TALK};
    effect.fact.b[0] = id;
    return effect;
}

static int talks(struct store *store)
{
    struct store_overview overview;
    assert_int_equal(store_overview(store, &overview), ERR_OK);
    return overview.talks;
}

/* Counted in steps: each touch is on screen after its own step, the commit is not done. */
static void test_touch_while_committing(void **state)
{
    struct bed bed;
    struct effect effect = talk(1);
    (void)state;
    bed_open(&bed, NULL);
    assert_int_equal(vfs_slow_register(slow_vfs, 200), ERR_OK);
    bed_reopen(&bed, slow_vfs);
    bed_ask(&bed, &effect);

    int64_t before = bed.app->presents;
    bed_finger(&bed, msg_open(SCREEN_OFFERS), EVENT_FINGER_DOWN);
    app_step(bed.app, 0);
    assert_int_equal(bed.app->presents, before + 1);
    assert_false(worker_is_idle(bed.app->disk_worker));

    bed_finger(&bed, msg_open(SCREEN_OFFERS), EVENT_FINGER_UP);
    for (int i = 0; i < 3 && bed.app->model.screen == SCREEN_HOME; i++) {
        app_step(bed.app, 0);
    }
    assert_int_equal(bed.app->model.screen, SCREEN_AGE);
    assert_false(worker_is_idle(bed.app->disk_worker));

    bed_rest(&bed);
    assert_int_equal(talks(bed.app->disk.store), 1);
    bed_close(&bed);
}

/* What was asked for is on the disk, even if the program ends at once. */
static void test_end_waits_for_writes(void **state)
{
    struct bed bed;
    (void)state;
    bed_open(&bed, NULL);
    for (uint8_t i = 1; i <= 5; i++) {
        struct effect effect = talk(i);
        bed_ask(&bed, &effect);
    }
    bed_reopen(&bed, NULL);
    assert_int_equal(talks(bed.app->disk.store), 5);
    bed_close(&bed);
}

/* A full queue says so at once, and loses nothing that it took. */
static void test_full_queue(void **state)
{
    struct bed bed;
    (void)state;
    bed_open(&bed, NULL);
    bed_reopen(&bed, slow_vfs);
    int asked = WORKER_JOBS_MAX + 3;
    for (int i = 1; i <= asked; i++) {
        struct effect effect = talk((uint8_t)i);
        effect.kind = i < 3 ? EFFECT_SAVE_TALK : EFFECT_STAFF_KNOWN;
        bed_ask(&bed, &effect);
    }
    int refused = bed.app->refusal_count;
    assert_in_range(refused, 1, 3);
    assert_int_equal(bed.app->refusals[0].err, ERR_BUSY);
    bed_rest(&bed);
    assert_int_equal(bed.app->refusal_count, 0);
    assert_int_equal(talks(bed.app->disk.store), 2);
    bed_close(&bed);
}

/* Nothing happens: nothing is drawn, and nobody is woken before the next minute. */
static void test_idle(void **state)
{
    struct bed bed;
    (void)state;
    bed_open(&bed, NULL);
    int64_t before = bed.app->presents;
    assert_in_range(app_sleep_ms(bed.app), 1000, 60000);
    for (int i = 0; i < 10; i++) {
        app_step(bed.app, 0);
    }
    assert_int_equal(bed.app->presents, before);
    fake_clock_advance(&bed.clock, 60000);
    app_step(bed.app, 0);
    assert_int_equal(bed.app->presents, before + 1); /* the clock in the corner */
    bed_close(&bed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_touch_while_committing),
        cmocka_unit_test(test_end_waits_for_writes),
        cmocka_unit_test(test_full_queue),
        cmocka_unit_test(test_idle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
