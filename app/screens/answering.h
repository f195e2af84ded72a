/* The form of an evaluation while it is answered: by the young person, by a site at the
 * kiosk, or by a coach for the site. Which of the three is who is here. */
#ifndef SCREENS_ANSWERING_H
#define SCREENS_ANSWERING_H

#include "screens/screen.h"

/* Numbers of the questions in MSG_ANSWER; aspects are 0 … */
#define QUESTION_ABOUT 100
#define QUESTION_AGAIN 200

struct answering *answering_of(struct model *model);
const struct answering *answering_seen(const struct model *model);
/* The newest form: the one that is asked now. NULL: there is none. */
const struct evaluation_form *answering_form(const struct model *model);
/* Begins for a job, unless its form is already being answered. */
void answering_begin(struct model *model, struct answering *answering,
                     const struct job_brief *job, enum form_side side);
/* The job that whoever is here speaks about; NULL: none is open. */
const struct job_brief *answering_job(const struct model *model);
void answering_answer(struct answering *answering, const struct evaluation_form *form,
                      int question, int step);
void answering_next(struct answering *answering, const struct evaluation_form *form);
/* One page back, with the answers kept; false: this was the first. */
bool answering_back(struct answering *answering);
/* The answer that was given to a question, or ANSWER_SKIPPED. */
int answering_given(const struct answering *answering, int question);
void answering_save(struct model *model, struct effects *effects);

#endif
