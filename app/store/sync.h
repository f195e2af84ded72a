/* What the client of the centre (sync/client) does with the kiosk's store, and what the
 * kiosk's screens ask of it. Same rules as store.h. Nothing here touches a network. */
#ifndef STORE_SYNC_H
#define STORE_SYNC_H

#include "domain/lamp.h"
#include "proof/chain.h"
#include "store/store.h"

#define SYNC_URL_SIZE 101
#define SYNC_NAME_SIZE 128
#define SYNC_PIN_SIZE 64
#define SYNC_LINE_SIZE 16385 /* one line of the log, with NUL */

/* ---- belonging to a centre --------------------------------------------------------------- */

/* Asked for at the staff door (or with anlauf-sync --enrol), done by the client. */
enum sync_enrol_state {
    SYNC_ENROL_NONE,
    SYNC_ENROL_ASKED,   /* waits for the client and a line */
    SYNC_ENROL_DONE,
    SYNC_ENROL_REFUSED, /* the code is unknown, used or too old */
    SYNC_ENROL_FAILED,  /* the server is not one, or not the one that made the code */
    SYNC_ENROL_ELSEWHERE, /* the kiosk belongs to a centre of another server */
    SYNC_ENROL_STATE_COUNT
};
struct sync_enrol {
    enum sync_enrol_state state;
    char url[SYNC_URL_SIZE];
    uint8_t code[10];
};
enum err store_enrol_ask(struct store *store, const char *url, const uint8_t code[10])
    NODISCARD;
enum err store_enrol_get(struct store *store, struct sync_enrol *enrol_out) NODISCARD;
/* REFUSED, FAILED or ELSEWHERE; the code is wiped. */
enum err store_enrol_fail(struct store *store, enum sync_enrol_state state) NODISCARD;

/* What an enrolment gave. */
struct sync_centre {
    char url[SYNC_URL_SIZE];
    struct uid centre;
    char name[SYNC_NAME_SIZE], organisation[SYNC_NAME_SIZE];
    struct key_public server;      /* never another one */
    uint8_t parcel[32];            /* X25519 */
    char pin[SYNC_PIN_SIZE];       /* "": an ordinary certificate */
    int64_t generation;
    bool locked;                   /* a lock order of this server was seen */
};
/* Also sets CENTRE_KEY_SETTING if seal_hex is not NULL, ends the asking, and, if it is
 * another centre or server than before, forgets receipts and feed of the old one: the log
 * is sent from its first fact on. The key of another centre goes in any case, and so do
 * people of whom the old centre has everything. ERR_CONFLICT: the kiosk belongs to a centre
 * of another server, which did not lock it. */
enum err store_centre_put(struct store *store, const struct sync_centre *centre,
                          const char *seal_hex) NODISCARD;
enum err store_centre_get(struct store *store, struct sync_centre *centre_out) NODISCARD;
                          /* ERR_NOT_FOUND: belongs to none */
enum err store_centre_generation(struct store *store, int64_t generation) NODISCARD;
/* A lock order that was verified: the kiosk shows the locked screen from now on, and
 * forgets the feed and all people of whom the centre has everything. ERR_NOT_FOUND:
 * belongs to no centre. */
enum err store_centre_lock(struct store *store) NODISCARD;

/* ---- up ---------------------------------------------------------------------------------- */

/* The log as it stands on the wire. A receipt is (epoch, start, seq, head): what the centre
 * acknowledged last. seq = start - 1: nothing yet of this epoch. */
struct sync_log {
    int64_t epoch, start, seq;
    struct chain_hash head;
    int64_t written; /* number of the newest fact */
};
/* Settles first what a copied folder or a new boot has to write (so the epoch is the one
 * that the next fact will have). The first time in an epoch, start is the first fact that
 * is not known to be acknowledged in an older one. */
enum err store_log_get(struct store *store, struct sync_log *log_out) NODISCARD;
/* The head at `seq` (start - 1 … written), computed from the stored hashes. */
enum err store_log_head(struct store *store, const struct sync_log *log, int64_t seq,
                        struct chain_hash *head_out) NODISCARD;

/* One line without LF: an event, or {"seq":n,"gone":"…"}; and its hash in the chain. The
 * function must not use the store. ERR_FULL from it ends the reading without an error. */
typedef enum err sync_line_fn(void *ctx, int64_t seq, struct str line,
                              const struct chain_hash *hash);
enum err store_log_lines(struct store *store, int64_t from, sync_line_fn *each, void *ctx)
    NODISCARD;
/* The receipt moves forward or, if the centre was put back from a backup, backward. */
enum err store_log_ack(struct store *store, const struct sync_log *log) NODISCARD;
/* Somebody else wrote our log: a new epoch begins, starting after what the receipt knows. */
enum err store_log_new_epoch(struct store *store) NODISCARD;

/* ---- down -------------------------------------------------------------------------------- */

/* One row of a page; body.len 0: deleted. */
struct sync_row {
    int64_t rev;
    struct str kind, id, body;
};
struct sync_page {
    const struct sync_row *rows;
    size_t count;
    int64_t since, to;
    bool more;
    int64_t live;              /* as the server counts; checked on the last page */
    uint8_t digest[32];
};
/* The feed's cursor. `anew`: a pass from 0 is under way (rows not seen again go at its end). */
struct sync_feed {
    int64_t since;
    bool anew;
};
enum err store_feed_get(struct store *store, struct sync_feed *feed_out) NODISCARD;
/* Begins a pass from 0: all rows stay visible until its last page is in. */
enum err store_feed_restart(struct store *store) NODISCARD;
/* One page in one transaction on feed.db. ERR_CONFLICT: count or digest differ after the
 * last page: restart. ERR_INVALID: a page that does not continue here. A row whose body is
 * not understood is kept for the digest and shows nothing. */
enum err store_feed_apply(struct store *store, const struct sync_page *page) NODISCARD;
/* What rows ask of state.db: decisions on wishes become facts, recalled leases are given
 * back, the forgotten are forgotten, the seal key is set. Harmless to repeat; to be called
 * after a page and at start. *facts_out: how many facts were written. */
enum err store_feed_settle(struct store *store, int *facts_out) NODISCARD;

/* ---- what screens ask -------------------------------------------------------------------- */

enum err store_receipts(struct store *store, struct sync_receipts *receipts_out) NODISCARD;
/* Written by the client after each contact; now_ms: the centre's time, 0: no contact. */
enum err store_contact(struct store *store, int64_t now_ms, enum sync_trouble trouble)
    NODISCARD;

/* Facts of this kiosk that the centre keeps but does not understand. */
struct sync_parked {
    int64_t seq;
    char kind[32], why[16];
};
enum err store_parked(struct store *store, struct sync_parked *list, size_t max,
                      size_t *count_out) NODISCARD;

/* A wish for an offer that says `at_once`, where this kiosk holds a leased place: wish and
 * confirmation in one transaction. *taken_out false: asked only, as with store_wish. */
enum err store_wish_take(struct store *store, const struct wish *wish, struct uid decision,
                         bool *taken_out) NODISCARD;

#endif
