/* The questions of the enrolment form: their choices, answers and when one is complete.
 */
#ifndef SCREENS_ENROL_STEPS_H
#define SCREENS_ENROL_STEPS_H

#include "screens/screen.h"

enum enrol_step { ENROL_ALIAS, ENROL_PICTURES, ENROL_AGE, ENROL_CONSENT, ENROL_LIKES };

enum custodian_choice {
    CUSTODIAN_NO,
    CUSTODIAN_YEAR,
    CUSTODIAN_SCHOOL_YEAR,
    CUSTODIAN_ALWAYS,
    CUSTODIAN_COUNT
};

/* Names nobody is called by. */
int enrol_alias_count(void);
const char *enrol_alias(int index);

/* The last day of the consent for a choice; DATE_NONE: no end. */
date_t enrol_consent_until(enum custodian_choice choice, date_t today);
/* Greatest FORM_BAND_MONTH of a band: how long one can be in it. */
int enrol_months_max(enum age_band band);
/* The month of the birthday that begins the next band (its first day). */
date_t enrol_birthday_month(date_t today, int months);

/* Puts one answer into the form. A choice out of range changes nothing. */
void enrol_answer(struct enrol_form *form, enum form_field field, int choice,
                  date_t today);
/* May the form go on from this step? */
bool enrol_complete(const struct enrol_form *form, enum enrol_step step);

/* The view of each step, within the area between head and foot. */
void enrol_view_alias(struct ui *ui, struct rect area);
void enrol_view_pictures(struct ui *ui, struct rect area);
void enrol_view_age(struct ui *ui, struct rect area);
void enrol_view_consent(struct ui *ui, struct rect area);
void enrol_view_likes(struct ui *ui, struct rect area);

#endif
