/* How long to wait after wrong tries. Pure.
 *
 * Waiting is measured by the monotonic clock, which starts over at boot. The store keeps
 * only the number of wrong tries; after a boot backoff_restore() lets the whole wait begin
 * again, so that pulling the plug never shortens it. */
#ifndef PROOF_BACKOFF_H
#define PROOF_BACKOFF_H

#include <stdint.h>

#define BACKOFF_MAX_MS (15 * 60 * 1000)

struct backoff {
    int wrong;             /* since the last right one */
    int64_t until_mono_ms; /* no try is looked at before */
};

/* 0, 0, 0, 2 s, 5 s, 15 s, 60 s, 5 min, then 15 min; index = wrong tries so far. */
int64_t backoff_wait_ms(int wrong);
struct backoff backoff_restore(int wrong, int64_t mono_ms);
void backoff_note_wrong(struct backoff *backoff, int64_t mono_ms);
void backoff_note_right(struct backoff *backoff);
int64_t backoff_left_ms(const struct backoff *backoff, int64_t mono_ms); /* 0 = go on */

#endif
