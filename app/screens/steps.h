/* The described steps of a question as tiles, from least to most in reading direction.
 * What is no point on the scale comes last and has no bars. */
#ifndef SCREENS_STEPS_H
#define SCREENS_STEPS_H

#include "domain/evaluation_form.h"
#include "ui/ui.h"

/* `number` is that of MSG_ANSWER; `given` the chosen step or ANSWER_SKIPPED. */
struct step_choice {
    const struct form_question *question;
    int number, given;
};

/* Tall, with rising bars; fills the rect (the shadow lies below it). */
void steps_tall(struct ui *ui, struct rect at, const struct step_choice *choice);
/* One small row. */
void steps_small(struct ui *ui, struct rect at, const struct step_choice *choice);

#endif
