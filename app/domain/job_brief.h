/* What a list shows of a job: the wish it came from, how it went, how far its evaluation
 * is. No answer of anybody is in it. */
#ifndef DOMAIN_JOB_BRIEF_H
#define DOMAIN_JOB_BRIEF_H

#include "domain/assignment.h"
#include "domain/evaluation.h"

#define JOBS_MAX 64

struct job_brief {
    struct wish wish; /* wish.id is the assignment's id */
    enum assignment_state state;
    bool accepted;    /* the agreement, by the young person */
    bool on_break, out_forgotten, seems_missed, missed_told;
    struct moment in, out;
    struct assignment_hours hours;
    /* the evaluation */
    bool self_in, site_in, closed, released;
    bool talk;        /* "Ich will reden", not yet talked about */
    enum evaluation_hold hold;
    int next_aspect, next_index; /* the step the person chose; -1 */
};

/* From the two, at a moment (for what seems forgotten). Answers stay behind. */
void job_brief_of(const struct assignment *a, const struct evaluation *e,
                  const struct wish *wish, const struct moment *now,
                  struct job_brief *brief_out);
/* Has the young person something to say or to hear about this job? */
bool job_brief_wants_self(const struct job_brief *brief);  /* done, and no view yet */
bool job_brief_has_news(const struct job_brief *brief);    /* released, or to be accepted */

#endif
