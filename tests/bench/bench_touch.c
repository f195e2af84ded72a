/* How long a touch takes to reach the screen while every commit takes 200 ms. Prints one
 * line: name, nanoseconds of the 99th percentile in the calmest of five rounds (the machine
 * may be busy with something else), and how many were touched. */
#include "support/bed.h"
#include "support/vfs_slow.h"

#include "ui/ui.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define ROUNDS 5
#define TOUCHES 200 /* of a round */
#define SYNC_MS 200

static const char slow_vfs[] = "slow-bench";

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void keep_busy(struct bed *bed, int i)
{
    struct effect effect = {.kind = EFFECT_SAVE_TALK};
    effect.fact.b[0] = (uint8_t)i;
    effect.fact.b[1] = (uint8_t)(i >> 8);
    if (worker_is_idle(bed->app->disk_worker)) {
        bed_ask(bed, &effect);
    }
}

static int compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static int64_t touch(struct bed *bed, int i)
{
    int64_t presents = bed->app->presents;
    keep_busy(bed, i + 1);
    bed_finger(bed, msg_open(SCREEN_OFFERS), i % 2 == 0 ? EVENT_FINGER_DOWN : EVENT_FINGER_GONE);
    int64_t start = now_ns();
    app_step(bed->app, 0);
    int64_t spent = now_ns() - start;
    CHECK(bed->app->presents == presents + 1);
    return spent;
}

/* A commit may just end during a touch: then the next one counts. */
static int64_t touch_while_busy(struct bed *bed, int *number)
{
    int64_t spent;
    do {
        spent = touch(bed, (*number)++);
    } while (worker_is_idle(bed->app->disk_worker));
    return spent;
}

static int64_t p99_of_round(struct bed *bed, int *number)
{
    int64_t spent[TOUCHES];
    for (int i = 0; i < TOUCHES; i++) {
        spent[i] = touch_while_busy(bed, number);
    }
    qsort(spent, TOUCHES, sizeof spent[0], compare);
    return spent[TOUCHES * 99 / 100];
}

int main(void)
{
    struct bed bed;
    int64_t best = INT64_MAX;
    int number = 0;
    bed_open(&bed, NULL);
    CHECK(vfs_slow_register(slow_vfs, SYNC_MS) == ERR_OK);
    bed_reopen(&bed, slow_vfs);
    for (int round = 0; round < ROUNDS; round++) {
        int64_t p99 = p99_of_round(&bed, &number);
        best = p99 < best ? p99 : best;
    }
    printf("touch_while_committing_p99 %lld %d\n", (long long)best, ROUNDS * TOUCHES);
    bed_rest(&bed);
    bed_close(&bed);
    return 0;
}
