/* What goes when a job or a person is forgotten. Inside a write transaction, with the
 * door open. */
#ifndef STORE_FORGET_ROWS_H
#define STORE_FORGET_ROWS_H

#include "store/forget.h"

/* While the door is open the log lets bodies be emptied. */
enum err forget_door(struct store *store, bool open) NODISCARD;
enum err forget_job(struct store *store, struct uid job,
                    struct store_forgotten *forgotten) NODISCARD;
/* With all jobs. ERR_NOT_FOUND. */
enum err forget_person(struct store *store, struct uid participant,
                       struct store_forgotten *forgotten) NODISCARD;
/* The newest number among the events of a job. */
enum err forget_newest_of_job(struct store *store, struct uid job,
                              int64_t *seq_out) NODISCARD;
int forget_rows_changed(struct store *store); /* by the last statement */

/* ---- forget_person.c ---- */
/* With the door closed: the centre forgot this person, in that revision of its feed, and
 * nothing of them stays here. ERR_NOT_FOUND: was not here. */
enum err forget_told(struct store *store, struct uid participant, int64_t rev) NODISCARD;

/* ---- compact.c ---- */
/* Outside of a transaction: what was forgotten leaves no trace in the files. Nothing to
 * do is ERR_OK. */
enum err compact_if_due(struct store *store) NODISCARD;
/* Inside a write transaction: something was deleted that must leave no trace. */
enum err compact_is_due(struct store *store) NODISCARD;
enum err compact_feed_is_due(struct store *store) NODISCARD; /* and from the feed only */
/* After a forgetting that ended so: ERR_UNKNOWN if it was good, but traces may be left. */
enum err compact_after(struct store *store, enum err err) NODISCARD;

#endif
