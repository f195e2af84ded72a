/* What goes when a job or a person is forgotten. Inside a write transaction, with the
 * door open. */
#ifndef STORE_FORGET_ROWS_H
#define STORE_FORGET_ROWS_H

#include "store/forget.h"

/* While the door is open the log lets bodies be emptied. From then on, until the files
 * are compacted, it is known that this is still to be done. */
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

/* ---- compact.c ---- */
/* Outside of a transaction: what was forgotten leaves no trace in the files. Nothing to
 * do is ERR_OK. */
enum err compact_if_due(struct store *store) NODISCARD;

#endif
