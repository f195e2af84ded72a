#include "client/pace.h"

#define EVENTS_FIRST 1024
#define CHECK_FIRST 16
#define BEARS_TIMES 4
#define PATIENCE_MAX 64
#define WAIT_FIRST_MS 100
#define WAITS_ALIKE 8 /* a line that flaps is back within a second */
#define WAIT_MAX_MS (5 * 60 * 1000)
#define RETRY_AFTER_MAX_S (15 * 60) /* a server that says more is not believed */
#define REFUSALS_MAX 20

static int at_least(int value, int min)
{
    return value < min ? min : value;
}

static int at_most(int value, int max)
{
    return value > max ? max : value;
}

void pace_init(struct pace *pace)
{
    *pace = (struct pace){
        .events = EVENTS_FIRST, .check_every = CHECK_FIRST, .rows = PACE_ROWS_MAX};
}

static void forget_refusals(struct pace *pace)
{
    pace->refusals = 0;
    pace->not_before_ms = INT64_MIN;
}

int pace_events(const struct pace *pace)
{
    return pace->bears > 0 ? pace->bears : pace->events;
}

/* At first at once and by much, as the cut may have been chance. A batch that was packed
 * before says nothing of the size that is tried now. */
static void bore(struct pace *pace, int sent)
{
    if (sent < pace->bears) {
        return;
    }
    pace->bore = pace->bears;
    if (pace->calm > 0) {
        pace->calm--;
        return;
    }
    pace->bears += pace->patience > 1 ? pace->bears / 4 + 1 : pace->bears;
    if (pace->bears >= PACE_BEARS_MAX) {
        pace->bears = 0;
        pace->patience = 0;
    }
}

void pace_success(struct pace *pace, int sent)
{
    forget_refusals(pace);
    if (pace->bears > 0) {
        bore(pace, sent);
        return;
    }
    pace->events = at_most(pace->events * 2, PACE_EVENTS_MAX);
    pace->check_every = at_most(pace->check_every * 2, PACE_CHECK_MAX);
}

/* If more was tried in vain, what was borne before still is. A check in the middle: then a
 * cut leaves half of it. */
static void bear(struct pace *pace, int events)
{
    int known = pace->bore < pace->bears ? pace->bore : 0;
    pace->bears = at_least(at_least(events, known), PACE_EVENTS_MIN);
    pace->bore = 0;
    pace->events = PACE_BEARS_MAX;
    pace->check_every = at_least(at_most(pace->bears / 2, CHECK_FIRST), PACE_CHECK_MIN);
    pace->calm = pace->patience;
    pace->patience = at_most(at_least(pace->patience * 2, 1), PATIENCE_MAX);
}

/* To pack many times what can come through would be for nothing. */
static void keep_size(struct pace *pace, int64_t came)
{
    int64_t most = came * BEARS_TIMES;
    pace->bears = 0;
    pace->events = most < pace->events ? (int)most : pace->events;
}

/* As much was answered just before: then it was not the bytes, the line went away, as it
 * may have before. Twice in a row is no chance any more. */
static bool is_chance(struct pace *pace)
{
    if (pace->bears == 0 || pace->bore < pace->bears) {
        return false;
    }
    pace->bore = 0;
    pace->patience = at_least(pace->patience / 2, 1);
    pace->calm = at_most(pace->calm, pace->patience - 1);
    return true;
}

void pace_cut(struct pace *pace, int64_t came)
{
    if (came > 0) {
        forget_refusals(pace);
    }
    if (came < PACE_BEARS_MAX && is_chance(pace)) {
        return;
    }
    if (came >= PACE_BEARS_MAX) {
        keep_size(pace, came);
    } else if (came > 0) {
        bear(pace, (int)came * 3 / 4);
    } else if (pace->bears > 0) {
        bear(pace, pace->bears / 2);
    } else {
        pace->events = at_least(pace->events / 2, PACE_EVENTS_MIN);
        pace->check_every = at_least(pace->check_every / 2, PACE_CHECK_MIN);
    }
}

void pace_page_cut(struct pace *pace)
{
    pace->rows = at_least(pace->rows / 4, 1);
}

void pace_page_success(struct pace *pace)
{
    pace->rows = at_most(pace->rows * 2, PACE_ROWS_MAX);
}

/* Between 70 % and 130 %. */
static int64_t jitter(int64_t wait_ms, const struct rng *rng)
{
    return wait_ms * (700 + (int64_t)rng_below(rng, 601)) / 1000;
}

static int64_t backoff_ms(int refusals)
{
    int64_t wait_ms = WAIT_FIRST_MS;
    for (int i = WAITS_ALIKE; i <= refusals && wait_ms < WAIT_MAX_MS; i++) {
        wait_ms *= 2;
    }
    return wait_ms < WAIT_MAX_MS ? wait_ms : WAIT_MAX_MS;
}

void pace_refused(struct pace *pace, int64_t now_ms, int retry_after_s,
                  const struct rng *rng)
{
    int64_t wait_ms = jitter(backoff_ms(pace->refusals), rng);
    int64_t asked_ms = (int64_t)at_most(retry_after_s, RETRY_AFTER_MAX_S) * 1000;
    /* Not sooner than asked, and not all kiosks in the same moment. */
    if (asked_ms > 0) {
        wait_ms = asked_ms + (int64_t)rng_below(rng, (uint32_t)(asked_ms * 3 / 10 + 1));
    }
    pace->refusals = at_most(pace->refusals + 1, REFUSALS_MAX);
    pace->not_before_ms = now_ms + wait_ms;
}

void pace_alive(struct pace *pace)
{
    forget_refusals(pace);
}

void pace_link_up(struct pace *pace)
{
    forget_refusals(pace);
    pace->bears = 0;
    pace->patience = 0;
}

int64_t pace_wait_ms(const struct pace *pace, int64_t now_ms, bool due, int64_t idle_ms)
{
    int64_t held_ms = pace->not_before_ms > now_ms ? pace->not_before_ms - now_ms : 0;
    if (due || held_ms > idle_ms) {
        return held_ms;
    }
    return idle_ms;
}
