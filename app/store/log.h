/* What the rest of the store asks of the receipts. */
#ifndef STORE_LOG_H
#define STORE_LOG_H

#include "store/sync.h"

#define LOG_ANY_EPOCH INT64_MAX

/* Number of the newest fact that is known to be acknowledged, by the newest receipt of an
 * older epoch than that; 0: none. */
enum err log_acked(struct store *store, int64_t before_epoch, int64_t *seq_out) NODISCARD;

#endif
