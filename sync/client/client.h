/* The client: what the kiosk's store has goes up, what the centre says comes down.
 *
 * Everything it knows is in the store, so it may be killed at any moment. Driven by
 * anlauf-sync's loop, by the simulator and by tests alike. One thread. */
#ifndef CLIENT_CLIENT_H
#define CLIENT_CLIENT_H

#include "base/clock.h"
#include "client/link.h"
#include "client/pace.h"
#include "store/sync.h"

struct client_options {
    struct store *store; /* stays the caller's */
    struct link link;
    struct clock clock;
    struct rng rng;
    const char *model; /* for the server's list of kiosks: "anlauf 1" */
};

struct client;

enum err client_make(const struct client_options *options,
                     struct client **client_out) NODISCARD;
void client_free(struct client *client);

enum client_step {
    CLIENT_NOTHING, /* belongs to no centre and was not asked to */
    CLIENT_MORE,    /* there is more to do at once */
    CLIENT_CURRENT, /* all is sent and all is here */
    CLIENT_WAIT,    /* no line: again after client_wait_ms */
    CLIENT_HELP,    /* trouble that waiting will not mend (it is in the receipts) */
};
/* At most one batch up or one page down (with what a session or cursor needs before).
 * `wait_s` > 0: if all is sent, the request for the feed may stay open that long. */
enum client_step client_step(struct client *client, int wait_s);
int64_t client_wait_ms(const struct client *client);
void client_link_up(struct client *client);
/* Why the last step ended as it did, for the log: English, no data. */
const char *client_detail(const struct client *client);

/* ---- without a line ------------------------------------------------------------- */

/* All that is not acknowledged, as a parcel for the server. */
enum err client_export(struct client *client, struct bytes *file_out) NODISCARD;
/* An answer of the server. ERR_INVALID, ERR_DENIED: not for this kiosk or not from its
 * server; nothing was changed. */
enum err client_import(struct client *client, struct str file) NODISCARD;

#endif
