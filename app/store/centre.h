/* What the rest of the store asks about the centre. */
#ifndef STORE_CENTRE_H
#define STORE_CENTRE_H

#include "store/sync.h"

/* ---- centre.c ---- */
/* Does this kiosk belong to a centre? */
enum err centre_is(struct store *store, bool *is_out) NODISCARD;
/* How far the feed's rows were settled (feed_settle.c). Nothing without a centre. */
enum err centre_settled(struct store *store, int64_t *rev_out) NODISCARD;
/* Inside a write transaction. */
enum err centre_put_settled(struct store *store, int64_t rev) NODISCARD;

/* ---- lock.c ---- */
/* Inside a write transaction: forgets all people of whom the centre has everything. */
enum err centre_leave(struct store *store) NODISCARD;

/* ---- enrol_ask.c ---- */
/* Inside a write transaction: what was asked for is done. */
enum err enrol_end(struct store *store) NODISCARD;

/* ---- setting.c ---- */
/* Inside a write transaction. */
enum err setting_put(struct store *store, struct str name, struct str value) NODISCARD;

/* ---- feed.c ---- */
/* In a transaction of its own: no rows, no offers, the next page begins at 0. */
enum err feed_forget(struct store *store) NODISCARD;

#endif
