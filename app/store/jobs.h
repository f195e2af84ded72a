/* After a wish was confirmed: what happened at the job. Same rules as store.h.
 *
 * Only what happened is stored, in order; an assignment is its wish with all its events
 * applied (domain/assignment.h). */
#ifndef STORE_JOBS_H
#define STORE_JOBS_H

#include "domain/job_brief.h"
#include "store/store.h"

/* Applies the event to the stored assignment and stores it if its answer is recorded.
 * `fact` is the event's id: the same again gives the same answer and changes nothing, also
 * with a later `at`. ERR_NOT_FOUND: no such confirmed wish. */
enum err store_job_event(struct store *store, struct uid fact,
                         const struct assignment_event *event,
                         enum assignment_answer *answer_out, struct job_brief *brief_out)
    NODISCARD;
/* Somebody held the true slip of a job that another kiosk knows: the moment is kept for the
 * centre, which knows both. Nothing here changes by it. */
enum err store_job_seen(struct store *store, struct uid id, struct uid job) NODISCARD;
enum err store_job_get(struct store *store, struct uid id, struct assignment *job_out)
    NODISCARD;
enum err store_job_brief(struct store *store, struct uid id, struct job_brief *brief_out)
    NODISCARD;
/* Confirmed wishes of a person as jobs, newest day first. All lists: ERR_FULL if there are
 * more than max (the first max are written). */
enum err store_jobs_of(struct store *store, struct uid participant, struct job_brief *jobs,
                       size_t max, size_t *count_out) NODISCARD;
/* All jobs of one day, by start and alias: the team's list of today. */
enum err store_jobs_on(struct store *store, date_t day, struct job_brief *jobs, size_t max,
                       size_t *count_out) NODISCARD;
/* Jobs that staff have to call about: done or missed and not yet released (or closed
 * without any view), oldest first; open "Ich will reden" of any job before all others. */
enum err store_jobs_to_call(struct store *store, struct job_brief *jobs, size_t max,
                            size_t *count_out) NODISCARD;
/* The jobs of one offer on one day: what a site's code opens. Aliases are left empty
 * until `aliases` (staff): a site never learns one. */
enum err store_jobs_of_offer(struct store *store, struct str code, date_t day, bool aliases,
                             struct job_brief *jobs, size_t max, size_t *count_out) NODISCARD;
/* Offers that have confirmed wishes from a day on, one each, for order sheets: the wish
 * without id, person and alias. */
enum err store_orders_list(struct store *store, date_t from, struct wish *orders, size_t max,
                           size_t *count_out) NODISCARD;
/* This device's clock as a moment. Unsure while it stands before 2020 or before the
 * newest event: then it runs behind. */
enum err store_now(struct store *store, struct moment *now_out) NODISCARD;

#endif
