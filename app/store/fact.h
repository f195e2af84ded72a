/* A fact on its way into the log: its kind, its id and its body as JSON.
 *
 *   struct fact fact;
 *   fact_init(&fact, KIND_WISH_UNDONE, id);
 *   fact_uid(&fact, "wish", wish);
 *   err = fact_seen(store, &fact, &seen);     inside a write transaction
 *   ... what this kind asks for ...
 *   err = fact_append(store, &fact);
 *
 * Bodies are compared byte by byte, so a kind always writes its members in one order.
 * What is null, and what is usual where a kind says what that is, is left out: every byte
 * goes over the line. Projections read a member that is not there as null or the usual. */
#ifndef STORE_FACT_H
#define STORE_FACT_H

#include "base/buf.h"
#include "base/uid.h"
#include "domain/field.h"
#include "domain/moment.h"
#include "domain/offer.h"
#include "store/kinds.h"

#define FACT_BODY_SIZE 8192 /* two sealed blobs as base 64, and more */

struct store;

struct fact {
    enum kind kind;
    struct uid id;
    struct moment at; /* none: when it is appended */
    struct buf body;
    char memory[FACT_BODY_SIZE];
};

/* Must stay where it was initialised: the body points into it. */
void fact_init(struct fact *fact, enum kind kind, struct uid id);
/* Nil, no date, field 0 and no bytes are null. */
void fact_uid(struct fact *fact, const char *name, struct uid id);
void fact_text(struct fact *fact, const char *name, struct str text);
void fact_int(struct fact *fact, const char *name, int64_t value);
void fact_bool(struct fact *fact, const char *name, bool value);
void fact_date(struct fact *fact, const char *name, date_t date);
void fact_time(struct fact *fact, const char *name, int minute);
void fact_field(struct fact *fact, const char *name, int field);
void fact_fields(struct fact *fact, const char *name, field_set_t fields);
/* The same, left out if they are the usual ones: 0, false, this word. */
void fact_count(struct fact *fact, const char *name, int64_t value);
void fact_flag(struct fact *fact, const char *name, bool value);
void fact_word(struct fact *fact, const char *name, const char *word, const char *usual);
/* Bytes as base 64 (RFC 4648 §4). */
void fact_bytes(struct fact *fact, const char *name, const uint8_t *bytes, size_t len);
/* When it happened: the event's own time if that was just now and is sure, else a member
 * `at`. */
void fact_at(struct fact *fact, const struct store *store, const struct moment *at);
void fact_moments(struct fact *fact, const char *name, const struct moment *list,
                  size_t count);
void fact_open(struct fact *fact, const char *name); /* an object within */
void fact_close(struct fact *fact);

/* Is this very fact in the log? ERR_CONFLICT: its id is, with another content. A fact
 * whose body was forgotten is taken for the same. */
enum err fact_seen(struct store *store, struct fact *fact, bool *seen_out) NODISCARD;
/* The event and all that it changes. */
enum err fact_append(struct store *store, struct fact *fact) NODISCARD;

/* Projections thrown away and made anew from the log; kept tables stay as they are. */
enum err fact_replay(struct store *store) NODISCARD;

#endif
