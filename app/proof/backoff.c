#include "proof/backoff.h"

#include "base/check.h"

static const int64_t waits_ms[] = {
    0, 0, 0, 2000, 5000, 15000, 60000, 300000, BACKOFF_MAX_MS,
};

int64_t backoff_wait_ms(int wrong)
{
    const int last = (int)ARRAY_LEN(waits_ms) - 1;
    return waits_ms[wrong < 0 ? 0 : wrong > last ? last : wrong];
}

struct backoff backoff_restore(int wrong, int64_t mono_ms)
{
    return (struct backoff){wrong, mono_ms + backoff_wait_ms(wrong)};
}

void backoff_note_wrong(struct backoff *backoff, int64_t mono_ms)
{
    /* The table ends long before; the count must not wrap round to no wait at all. */
    int wrong = backoff->wrong < 1000 ? backoff->wrong + 1 : backoff->wrong;
    *backoff = backoff_restore(wrong, mono_ms);
}

void backoff_note_right(struct backoff *backoff)
{
    *backoff = (struct backoff){0, INT64_MIN};
}

int64_t backoff_left_ms(const struct backoff *backoff, int64_t mono_ms)
{
    return backoff->until_mono_ms > mono_ms ? backoff->until_mono_ms - mono_ms : 0;
}
