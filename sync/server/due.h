/* What stored events are still to cause.
 *
 * A batch is acknowledged as soon as its lines are on the disk. What they cause happens
 * when the writer has nothing else to do, or before anything but lines is read or written.
 * The one without the other is seen by another process for a moment, and by all while the
 * disk is full: as if the lines had come later.
 * The row of a log says how far its lines took effect, so that a server which was killed in
 * between goes on there. */
#ifndef SERVER_DUE_H
#define SERVER_DUE_H

#include "base/err.h"
#include "base/uid.h"
#include "wire/upload.h"

struct core;
struct storage;

struct due {
    struct uid centre, dev;
    int64_t epoch, from, to; /* numbers of lines; from > to: nothing */
    int64_t now_ms;          /* when they were stored */
    /* Has the lines, and perhaps others; NULL: they are read from the store. */
    const struct wire_upload *upload;
};

/* Inside a write transaction: at most so many lines. What is left begins at *next_out. It
 * goes on where the store says that it stands: another process may have been there. */
enum err due_run(const struct core *core, const struct due *due, int64_t most,
                 int64_t *next_out) NODISCARD;
/* The next log that is behind, after that of *due; nil at first. ERR_NOT_FOUND: no more. */
enum err due_next(struct storage *storage, struct due *due) NODISCARD;

#endif
