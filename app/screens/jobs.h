/* A young person's own jobs: what the screens around the job share. */
#ifndef SCREENS_JOBS_H
#define SCREENS_JOBS_H

#include "screens/screen.h"

/* The open job; NULL if none is. */
const struct job_brief *jobs_open(const struct model *model);
/* Makes the job with this id the open one; false if it is not in the list. */
bool jobs_open_id(struct model *model, struct uid id);
/* Jobs of today that are not over; `first_out` gets the index of the first. */
int jobs_today(const struct model *model, int *first_out);
void jobs_ask(struct model *model, struct effects *effects); /* loads the list */
/* Asks for an event on the open job, with an id that stays through retries. */
void jobs_event(struct model *model, struct effects *effects,
                enum assignment_event_kind kind);
/* The card was held again at the open job: come or go, whichever it means now. */
void jobs_scanned(struct model *model, struct effects *effects);
/* A slip of a job was held: opens "Ich bin da" with it, or comes and goes if it is open
 * already. Without signing in nothing but that job shows, and back ends the visit. False:
 * it is not a job of who is signed in. */
bool here_by_slip(struct model *model, const struct reply *reply, struct effects *effects);
/* A row of a list: pictogram, title, when and where; `at` loses what was used. */
void jobs_row(struct ui *ui, struct rect at, const struct job_brief *job, const char *state,
              enum color tint);

#endif
