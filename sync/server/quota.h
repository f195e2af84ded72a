/* How much one kiosk may put into the centre's file: a bucket that leaks. A lawful one never
 * meets it: years of a busy kiosk fit in at once. It bounds what somebody can do who opened
 * one and has its key. */
#ifndef SERVER_QUOTA_H
#define SERVER_QUOTA_H

#include <stdbool.h>
#include <stdint.h>

#define QUOTA_BYTES (INT64_C(128) * 1024 * 1024)
#define QUOTA_BYTES_A_DAY (INT64_C(16) * 1024 * 1024) /* leak out */
#define QUOTA_LINE_BYTES                                                                 \
    300 /* what a line costs beside its own bytes: hash, keys, rows */

struct quota {
    int64_t bytes; /* in the bucket at that time of the server's clock */
    int64_t at_ms;
};

/* What is in it now. A clock that was set back lets nothing leak. */
int64_t quota_bytes(struct quota quota, int64_t now_ms);
bool quota_full(struct quota quota, int64_t now_ms);
struct quota quota_add(struct quota quota, int64_t now_ms, int64_t bytes);

#endif
