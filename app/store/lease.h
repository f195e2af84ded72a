/* Leases: places that this kiosk may give away without asking (sync/PROTOCOL.md).
 *
 * A place counts as used for ever once a confirmation named its lease, whatever becomes
 * of the wish: nobody here knows whether the centre gave it away again. A lease is for
 * one epoch, so a copy of this folder holds none. */
#ifndef STORE_LEASE_H
#define STORE_LEASE_H

#include "store/sync.h"

/* Inside a write transaction on state.db: one with a free place. ERR_NOT_FOUND: none. */
enum err lease_find(struct store *store, struct str code, struct str date,
                    struct uid *lease_out) NODISCARD;
/* Fills `leased` of the offers. */
enum err lease_count(struct store *store, struct offer *offers, size_t count) NODISCARD;
/* Places that confirmations named so far. */
enum err lease_used(struct store *store, struct uid lease, int64_t *used_out) NODISCARD;
/* Inside a write transaction: those that the centre asked back are given back, once each.
 * *facts: one more for each. */
enum err lease_return_recalled(struct store *store, int *facts) NODISCARD;

#endif
