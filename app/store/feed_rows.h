/* What the centre's rows show on this kiosk: offers, leases, people. Inside a write
 * transaction on feed.db. */
#ifndef STORE_FEED_ROWS_H
#define STORE_FEED_ROWS_H

#include "store/sync.h"

/* A row that came, or came anew. One whose kind or body is not understood shows nothing.
 */
enum err feed_row_show(struct store *store, const struct sync_row *row) NODISCARD;
/* A row that is deleted. */
enum err feed_row_hide(struct store *store, struct str kind, struct str id) NODISCARD;
/* Whatever no row stands behind: after a pass from 0. */
enum err feed_rows_drop_rest(struct store *store) NODISCARD;

#endif
