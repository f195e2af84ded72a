/* The pages of the form, drawn between head and foot. */
#ifndef SCREENS_EVALUATE_PAGES_H
#define SCREENS_EVALUATE_PAGES_H

#include "screens/answering.h"

/* One statement with its steps. */
void evaluate_draw_aspect(struct ui *ui, struct rect area, int aspect);
/* How the site was: all questions at once. */
void evaluate_draw_about(struct ui *ui, struct rect area);
/* Again? What went well? Own words? */
void evaluate_draw_closing(struct ui *ui, struct rect area);
/* What happened to the answers: saved, or no longer wanted. */
void evaluate_draw_done(struct ui *ui, struct rect area);

/* The statement or question of a page, translated. */
const char *evaluate_statement(struct ui *ui);
/* "Handyhilfe im Seniorencafé · Freitag" */
const char *evaluate_job_line(struct ui *ui);
/* Who can read the own words. */
const char *evaluate_promise(struct ui *ui);

#endif
