/* A job as it is stored: a confirmed wish, with all that happened applied to it. */
#ifndef STORE_JOB_H
#define STORE_JOB_H

#include "domain/job_brief.h"
#include "store/store.h"

struct job {
    struct wish wish;
    struct assignment assignment;
    struct evaluation evaluation; /* flags; the views in it are empty */
};

/* One event of the job that was stored before, and what its answer was. */
struct job_seen {
    bool known;
    struct assignment_event event;
    enum assignment_answer answer;
};

/* ERR_NOT_FOUND: no such confirmed wish. Several reads: call it in a transaction. */
enum err job_load(struct store *store, struct uid id, struct job *job_out) NODISCARD;
/* The same, and looks for an event of it. */
enum err job_load_seen(struct store *store, struct uid id, struct uid fact,
                       struct job *job_out, struct job_seen *seen_out) NODISCARD;
/* The times of a correction, one after the other: in, out, breaks. */
size_t job_times(const struct assignment_values *values, struct moment *times_out);
#define JOB_TIMES_MAX (2 + 2 * ASSIGNMENT_BREAKS_MAX)

/* An event with an empty view of its side, as flags are made of. */
struct evaluation_event job_view_event(enum form_side side);

/* This device's clock; unsure if it stands before what is in the log. */
enum err job_now(struct store *store, struct moment *now_out) NODISCARD;

#endif
