/* The only SQL on the kiosk: two SQLite files in one folder, split by lifetime.
 *
 *   state.db  precious: the append-only event log and its projections (people, cards,
 *             wishes, staff, wrong tries), settings. WAL, synchronous=FULL, psow=0.
 *   feed.db   rebuildable: offers.
 *
 * One public function is one transaction. A function that writes a fact takes the fact's
 * id from the caller, made when the person began: calling it again with the same id and
 * content is ERR_OK and changes nothing, so a retry after ERR_UNKNOWN is harmless.
 * Errors of every writer: ERR_FULL (disk), ERR_IO, ERR_CORRUPT, ERR_BUSY (another program
 * wrote for 5 s), ERR_UNKNOWN (the commit failed: it may or may not have happened),
 * ERR_CONFLICT (see there), ERR_INVALID (a value that the domain does not allow). After
 * any error but ERR_UNKNOWN nothing was changed. The handle stays usable. One handle
 * belongs to one thread at a time. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/clock.h"
#include "base/err.h"
#include "base/rng.h"
#include "domain/wish.h"

#define STORE_HASH_SIZE 128   /* an encoded argon2id hash with NUL */
#define STORE_LOOKUP_SIZE 32  /* a card's lookup key */
#define STORE_PUBLIC_KEY_SIZE 32
#define STORE_SEED_SIZE 32
#define STORE_MACHINE_SIZE 256

struct store;

struct store_options {
    const char *dir;      /* made if missing, mode 0700 */
    const char *vfs;      /* NULL: SQLite's default */
    const char *boot_id;  /* differs after every boot of the machine; "" = unknown */
    struct clock clock;
    struct rng rng;
    const char *machine;  /* differs on every machine and card; NULL or "" = unknown */
};

/* What opening had to do. The kiosk goes on in every case; staff are told. */
struct store_report {
    bool state_new, feed_new;  /* there was no file before */
    bool state_set_aside;      /* the file was broken and is kept under another name */
    bool feed_set_aside;       /* it was broken, or of another folder */
    bool state_copied;         /* the folder is a copy, or on another machine: a new epoch
                                  begins with the first fact */
    char aside[128];           /* file name of what was set aside, "" if nothing */
    char detail[160];          /* why opening failed, for the log; "" if it did not */
};

enum err store_open(const struct store_options *options, struct store_report *report,
                    struct store **store_out) NODISCARD;
void store_close(struct store *store); /* NULL is fine */
/* English detail of the last error, for the log: never a value from the data. */
const char *store_detail(const struct store *store);

/* ---- offers (feed.db) ---------------------------------------------------------------- */

/* Replaces all offers by these, in one transaction. ERR_DENIED: this kiosk belongs to a
 * centre, which sends its offers. */
enum err store_offers_replace(struct store *store, const struct offer *offers, size_t count)
    NODISCARD;
/* Offers from a day on, by date, start and code. `taken` includes the wishes confirmed
 * at this kiosk that the centre did not acknowledge yet; `leased` is never more than what
 * is free. ERR_FULL if there are more than max (the first max are written). */
enum err store_offers_list(struct store *store, date_t from, struct offer *offers,
                           size_t max, size_t *count_out) NODISCARD;
/* True once after another connection changed feed.db or state.db. */
bool store_changed(struct store *store);

/* ---- device and settings -------------------------------------------------------------- */

/* How often this log went on in another place: 1 at first. Numbers of events are unique
 * within device and epoch; the event that begins an epoch has an id of its own. */
enum err store_epoch(struct store *store, int64_t *epoch_out) NODISCARD;
/* The device's signing seed, made at first opening. */
enum err store_device_seed(struct store *store, uint8_t seed_out[STORE_SEED_SIZE]) NODISCARD;
enum err store_setting_get(struct store *store, const char *name, char *out, size_t size)
    NODISCARD; /* ERR_NOT_FOUND */
enum err store_setting_put(struct store *store, const char *name, const char *value)
    NODISCARD;

/* ---- people ---------------------------------------------------------------------------- */

struct store_enrolment {
    struct uid id;                  /* of the fact */
    struct participant who;         /* who.id is the person */
    char secret[STORE_HASH_SIZE];   /* encoded hash of the four pictures */
    uint8_t card[STORE_LOOKUP_SIZE];
    struct uid staff;               /* who enrolled */
};

/* ERR_CONFLICT: the alias is taken at this kiosk (alias_key). */
enum err store_enrol(struct store *store, const struct store_enrolment *enrolment) NODISCARD;

/* A new card makes the old ones invalid. ERR_NOT_FOUND: no such person. */
struct store_card {
    struct uid id, participant, staff;
    uint8_t card[STORE_LOOKUP_SIZE];
};
enum err store_card_issue(struct store *store, const struct store_card *card) NODISCARD;

/* `secret_out` may be NULL. ERR_NOT_FOUND. */
enum err store_person_by_alias(struct store *store, struct str alias,
                               struct participant *who_out,
                               char secret_out[STORE_HASH_SIZE]) NODISCARD;
enum err store_person_by_card(struct store *store, const uint8_t card[STORE_LOOKUP_SIZE],
                              struct participant *who_out) NODISCARD;
enum err store_person_by_id(struct store *store, struct uid id, struct participant *who_out)
    NODISCARD;

/* Wrong tries per key (an alias or "card" or a staff id), kept over a restart. */
struct store_tries {
    int wrong;             /* in a row */
    int64_t last_wall_ms;
    int64_t boot, last_mono_ms;
};
enum err store_tries_get(struct store *store, struct str key, struct store_tries *tries_out)
    NODISCARD; /* unknown key: all zero */
/* wrong: one more; else back to zero. */
enum err store_tries_put(struct store *store, struct str key, bool wrong) NODISCARD;
int64_t store_boot(const struct store *store); /* the boot counter of this run */

/* ---- staff ----------------------------------------------------------------------------- */

struct store_staff {
    struct uid id;                 /* of the person; also of the fact */
    char alias[ALIAS_SIZE];
    char pin[STORE_HASH_SIZE];
    uint8_t card[STORE_LOOKUP_SIZE];
};
enum err store_staff_add(struct store *store, const struct store_staff *staff) NODISCARD;
enum err store_staff_by_card(struct store *store, const uint8_t card[STORE_LOOKUP_SIZE],
                             struct store_staff *staff_out) NODISCARD;
enum err store_staff_alias(struct store *store, struct uid staff, char out[ALIAS_SIZE])
    NODISCARD;
enum err store_staff_count(struct store *store, int *count_out) NODISCARD;

/* ---- wishes ---------------------------------------------------------------------------- */

/* ERR_CONFLICT: this person already has an open or confirmed wish for the offer.
 * ERR_FULL: WISHES_MAX open wishes. made_wall_ms is set here. */
enum err store_wish(struct store *store, const struct wish *wish) NODISCARD;
/* Only the person's own, only while asked: else ERR_DENIED; unknown: ERR_NOT_FOUND. */
enum err store_wish_undo(struct store *store, struct uid fact, struct uid wish,
                         struct uid participant) NODISCARD;
/* Newest first, undone ones left out. ERR_FULL as in store_offers_list. */
enum err store_wishes_of(struct store *store, struct uid participant, struct wish *wishes,
                         size_t max, size_t *count_out) NODISCARD;
/* For staff: asked first (oldest first), then decided ones (newest first), undone ones
 * left out. ERR_FULL as in store_offers_list. */
enum err store_wishes_list(struct store *store, date_t from, struct wish *wishes, size_t max,
                           size_t *count_out) NODISCARD;
struct store_decision {
    struct uid id, wish, staff;
    bool confirm;
    enum decline_reason reason; /* of a decline */
};
/* ERR_CONFLICT: already decided otherwise or undone. ERR_DENIED: no place left.
 * ERR_UNSUPPORTED: this kiosk belongs to a centre and was leased no place of this offer
 * (struct offer.leased) that is still free, so only a coach at the centre can confirm. The
 * same answer given again, also by another coach, is ERR_OK and no new fact. */
enum err store_decide(struct store *store, const struct store_decision *decision) NODISCARD;

/* "Passt nicht". participant may be nil: said without signing in. */
enum err store_unfit(struct store *store, struct uid id, struct uid participant,
                     struct str code, enum unfit_reason reason) NODISCARD;
/* "Ich will reden". participant may be nil. */
enum err store_talk(struct store *store, struct uid id, struct uid participant) NODISCARD;
/* Who asked for it and is known, each once, who waits longest first. ERR_FULL: the first
 * `max`. */
struct store_talk {
    struct uid id, participant;
    char alias[ALIAS_SIZE];
    int64_t wall_ms;
};
enum err store_talks_list(struct store *store, struct store_talk *talks, size_t max,
                          size_t *count_out) NODISCARD;
/* The team has talked with them, about all they asked for. Nothing open: ERR_OK and no
 * new fact. */
enum err store_talked(struct store *store, struct uid id, struct uid participant,
                      struct uid staff) NODISCARD;

/* ---- looking in --------------------------------------------------------------------------*/

/* What this kiosk has stored about one person. */
struct store_about {
    int wishes, unfits, talks, cards, events;
    int jobs;  /* wishes that were confirmed */
    int views; /* answers after them, by the person and by sites */
    int items; /* sealed, on the sheet */
};
enum err store_about(struct store *store, struct uid participant, struct store_about *about_out)
    NODISCARD;

struct store_overview {
    int people, wishes_asked, wishes_confirmed, wishes_declined, talks, offers;
    int64_t events, disk_free_bytes, state_bytes, feed_bytes;
};
enum err store_overview(struct store *store, struct store_overview *overview_out) NODISCARD;

/* One event of the log as one JSON object without line end; see events.c for the form.
 * The function must not use the store; an error of it ends the reading and is returned. */
typedef enum err store_event_fn(void *ctx, struct str json);
enum err store_events(struct store *store, int64_t after_seq, store_event_fn *each, void *ctx)
    NODISCARD;

#endif
