/* The order by which a revoked kiosk locks itself: sync/PROTOCOL.md, "Lock order". Pure. */
#ifndef SERVER_LOCK_H
#define SERVER_LOCK_H

#include "base/uid.h"
#include "proof/key.h"
#include "wire/bytes.h"

/* Appends {"dev":…,"at_ms":…,"sig":…}. */
void lock_order_write(const struct key *server, struct uid dev, int64_t at_ms,
                      struct bytes *out);

#endif
