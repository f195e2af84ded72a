/* Berlin's days: public holidays are computed, school holidays are data.
 *
 * Sources: Gesetz über die Sonn- und Feiertage (Berlin) §1; Easter by the Gregorian
 * computus (Meeus/Jones/Butcher); assets/rules/berlin-calendar.json for school holidays.
 */
#ifndef DOMAIN_CALENDAR_H
#define DOMAIN_CALENDAR_H

#include "domain/rules.h"

date_t calendar_easter(int year);
/* The holiday's German name, or NULL. Knows one-off holidays such as 2025-05-08. */
const char *calendar_public_holiday(date_t date);

struct calendar; /* the loaded school holidays */

enum err calendar_load(struct str json, struct buf *error,
                       struct calendar **calendar_out) NODISCARD;
void calendar_free(struct calendar *calendar);
/* Beyond the data's last year every working day counts as a school day: the side that
 * protects. `known_out` may be NULL. */
struct rules_day calendar_day(const struct calendar *calendar, date_t date,
                              bool *known_out);

#endif
