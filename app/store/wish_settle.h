/* What the centre says about wishes of this kiosk. */
#ifndef STORE_WISH_SETTLE_H
#define STORE_WISH_SETTLE_H

#include "store/sync.h"

/* Inside a write transaction, for a row `wish`: its state becomes the one here, as facts
 * that say so; what a person took back stays taken back. *facts: one more for each. */
enum err wish_settle(struct store *store, const struct sync_row *row,
                     int *facts) NODISCARD;

#endif
