/* A young person as the kiosk knows one: an alias and what the rules need. */
#ifndef DOMAIN_PARTICIPANT_H
#define DOMAIN_PARTICIPANT_H

#include "base/uid.h"
#include "domain/date.h"
#include "domain/field.h"

#define ALIAS_CHARS_MIN 2
#define ALIAS_CHARS_MAX 16
#define ALIAS_SIZE 65 /* 16 characters of 4 bytes and NUL */

/* Never a birth date: a band, and the month in which the next one begins. */
enum age_band { AGE_13_14, AGE_15, AGE_16_17, AGE_18, AGE_BAND_COUNT };

enum consent_kind {
    CONSENT_CUSTODIAN, /* custodian agrees to the work, JArbSchG §5(3); under 18 */
    CONSENT_STORE,     /* agrees that this centre keeps the sheet */
    CONSENT_KIND_COUNT
};

struct consent {
    bool given;
    date_t until; /* last day of validity; DATE_NONE = no end */
};

struct participant {
    struct uid id;
    char alias[ALIAS_SIZE];
    enum age_band band;
    date_t band_until; /* first day of the next band; DATE_NONE for 18+ or unknown */
    bool full_time_schooling;
    struct consent consents[CONSENT_KIND_COUNT];
    field_set_t interests, tried, again;
    uint32_t languages; /* bit n: language n of i18n's table */
    char district[64];  /* where the person likes to work; may be empty */
};

/* The band on a day: moves on at band_until. */
enum age_band participant_band(const struct participant *p, date_t on);
/* The youngest age the band allows: 13, 15, 16, 18. Rules take the protective end. */
int age_band_years(enum age_band band);
bool consent_valid(const struct consent *consent, date_t on);

/* An alias is 2 … 16 letters, digits, spaces or - of one line, starting with a letter.
 * Two aliases are the same if alias_key() is: case-folded ASCII and German umlauts. */
bool alias_valid(struct str alias);
void alias_key(struct str alias, char out[ALIAS_SIZE]);

#endif
