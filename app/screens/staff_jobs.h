/* The team's jobs: what the lists, the job and the call share. */
#ifndef SCREENS_STAFF_JOBS_H
#define SCREENS_STAFF_JOBS_H

#include "screens/screen.h"

/* ---- lists on the team's table ----------------------------------------------------- */

struct staff_row {
    const char *alias, *title, *when, *state;
    enum color tint; /* of the state */
    struct msg msg;
    const char *action; /* a button at the end that sends msg, instead of state and row */
};

struct staff_rows {
    int count;
    const char *summary; /* a line above the rows, or NULL */
    const char *empty;   /* said when there are none */
    const char *more;    /* said when the list may hide some, or NULL */
    struct staff_row (*row)(struct ui *ui, int n);
};

struct staff_rows today_rows(struct ui *ui);      /* today.c */
struct staff_rows calls_rows(struct ui *ui);      /* calls.c */
int calls_count(const struct staff_jobs *jobs);
/* The team has talked with who stands in this row. */
void calls_talked(struct model *model, int row, struct effects *effects);
struct staff_rows staff_wish_rows(struct ui *ui); /* staff_wish_rows.c */
/* Back, "1 / 3", forward at the end of a row; sends MSG_PAGE. */
void staff_pager(struct ui *ui, struct rect row, int page, int pages);

/* Takes the JOBS_MAX rows of a list's answer. False: there are none, and staff who are here
 * are told. */
bool staff_list_take(struct model *model, const struct reply *reply,
                     struct job_brief rows[JOBS_MAX], int *count);

/* How a job stands today, for a chip. `brief` is for little room. */
const char *today_state(struct ui *ui, const struct job_brief *job, bool brief,
                        enum color *tint_out);
/* How far the conversation about it is, likewise. */
const char *calls_state(struct ui *ui, const struct job_brief *job, enum color *tint_out);

/* ---- the open job ------------------------------------------------------------------ */

/* May the coach see the views? Both are in, or somebody has closed it. */
bool staff_job_ready(const struct job_brief *job);
/* Opens a job or its call from a row of a list. */
void staff_job_open(struct model *model, struct effects *effects,
                    const struct job_brief *job, enum screen_id screen);
/* The other screen of the same job: back to it if it lies behind this one. */
void staff_job_turn(struct model *model, struct effects *effects, enum screen_id screen);
/* Forgets the open job, its views and what was being typed. */
void staff_job_close(struct model *model);
/* Loads the open job anew. */
void staff_job_ask(struct model *model, struct effects *effects);
/* Is this answer about the open job? */
bool staff_job_is_open(const struct model *model, struct uid id);

/* What is open on the screen; 0 is the screen itself on both. */
enum staff_job_mode { JOB_LOOK, JOB_VALUES, JOB_REASONS };
enum call_mode { CALL_LOOK, CALL_HOLD, CALL_NOTE, CALL_SHOW };
/* MSG_CORRECT: a, and b. */
enum job_touch {
    TOUCH_BEGIN,   /* b: enum assignment_event_kind */
    TOUCH_IN,      /* b: minutes to add */
    TOUCH_OUT,     /* b: minutes to add */
    TOUCH_GONE,    /* still there, or gone */
    TOUCH_BREAKS,  /* with the breaks that were noted, or without */
    TOUCH_MINUTES, /* b: minutes to add */
    TOUCH_NEXT,
    TOUCH_REASON,  /* b: enum assignment_reason */
};

/* ---- views, each in the file of its name ------------------------------------------- */

void staff_job_view(struct ui *ui);
void staff_job_edit_view(struct ui *ui);
void call_view(struct ui *ui);
/* What was said, side by side, in pages; nothing of it before it may be seen. */
void call_answers(struct ui *ui, struct rect at);
/* Tiles to choose from, in a grid that fits the rect. */
struct staff_choice {
    const char *text;
    struct msg msg;
};
void staff_choices(struct ui *ui, struct rect at, const struct staff_choice *choices,
                   int count);
/* Actions below each other, the first one first; in two columns where `at` is wide.
 * While something is being saved they do nothing. */
void staff_actions(struct ui *ui, struct rect at, const struct button *buttons, int count);
/* What an answer said, as a coloured strip; returns its height. */
int staff_told(struct ui *ui, struct rect at, enum color tint, const char *text);

/* ---- words ------------------------------------------------------------------------- */

/* "14:58 Uhr", "gegen 15:00 Uhr, ungefähr" …; with the day if it is another than `day`.
 * "–" if there is no moment. */
const char *staff_moment(struct ui *ui, const struct moment *moment, date_t day);
/* "2 Stunden" */
const char *staff_minutes(struct ui *ui, int minutes);
/* "Eule"; for who is not known here any more a short form of the id. */
const char *staff_name(struct ui *ui, struct uid id);

#endif
