/* The parts of "Mein Blatt", drawn between head and foot. */
#ifndef SCREENS_SHEET_PARTS_H
#define SCREENS_SHEET_PARTS_H

#include "screens/screen.h"

enum sheet_page {
    SHEET_OVERVIEW,
    SHEET_LAST_JOB,  /* a page of its own only where little fits */
    SHEET_STRENGTHS, /* with the sentences about development */
    SHEET_JOBS       /* the first of the pages that list the jobs */
};

/* The last job has a page of its own. */
bool sheet_is_split(const struct ui *ui);
/* Jobs, hours, fields; with the last job's outlines where there is room. */
void sheet_draw_overview(struct ui *ui, struct rect area);
void sheet_draw_last_job(struct ui *ui, struct rect at);
void sheet_draw_strengths(struct ui *ui, struct rect area);
/* All jobs, newest first; `page` counts from 0 and is kept in range. */
void sheet_draw_jobs(struct ui *ui, struct rect area, int page);

/* "13:30 Std." and alike, for places with little room: "13", "13:30". */
const char *sheet_hours(struct ui *ui, int minutes);
/* What is said when the sheet appears. */
const char *sheet_spoken(struct ui *ui, const char *title);

#endif
