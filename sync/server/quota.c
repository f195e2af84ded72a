#include "server/quota.h"

#define DAY_MS INT64_C(86400000)

static int64_t leaked(int64_t passed_ms)
{
    const int64_t most_ms = (QUOTA_BYTES / QUOTA_BYTES_A_DAY + 1) * DAY_MS;
    return (passed_ms < most_ms ? passed_ms : most_ms) * QUOTA_BYTES_A_DAY / DAY_MS;
}

int64_t quota_bytes(struct quota quota, int64_t now_ms)
{
    int64_t passed_ms = quota.at_ms < now_ms ? now_ms - quota.at_ms : 0;
    int64_t left = quota.bytes - leaked(passed_ms);
    return left > 0 ? left : 0;
}

bool quota_full(struct quota quota, int64_t now_ms)
{
    return quota_bytes(quota, now_ms) >= QUOTA_BYTES;
}

struct quota quota_add(struct quota quota, int64_t now_ms, int64_t bytes)
{
    return (struct quota){quota_bytes(quota, now_ms) + bytes, now_ms};
}
