/* Forgetting: what is personal leaves the kiosk, and leaves no trace in its files. */
#ifndef STORE_FORGET_H
#define STORE_FORGET_H

#include "store/store.h"

struct store_forgotten {
    int people, jobs, events; /* events: their bodies; number, id and kind stay */
};

/* What goes is emptied in the log (kind, number, id and times stay), through the one door
 * that its triggers have, and deleted from all tables. A job goes with all that happened
 * at it once its day is over and nobody waits for anything of it; when it is older than
 * `days`, in any case. The sheet's items, sealed to their owner, stay with the person.
 * Old files that were set aside as broken go with what they may hold: after `days`, and
 * all of them as soon as one person is deleted.
 *
 * ERR_UNKNOWN here also means: forgotten, but the files could not be compacted (another
 * program reads, the disk is full); the next call goes on with that. */

/* Events up to `acked_seq` are known to the centre; 0: none are. They count as known after
 * two weeks, as the centre may be put back from a backup. What is older than `days` goes
 * in any case (Unix days of the device's clock; a clock that stands before the newest event
 * forgets nothing). People go once all their events are that old and no job of theirs is
 * open; with them alias, card, wishes, answers, tries. Then the files are
 * compacted, so that no page, WAL or free list keeps a trace. Slow: disk worker, at night
 * or at start. */
enum err store_forget(struct store *store, int64_t acked_seq, int days,
                      struct store_forgotten *forgotten_out) NODISCARD;
/* One person at once, because they asked (DSGVO Art. 17); leaves only the fact that
 * somebody was deleted. */
enum err store_forget_person(struct store *store, struct uid fact, struct uid participant,
                             struct uid staff) NODISCARD;

#endif
