/* An offer: one short job, one place, one time, a number of places. */
#ifndef DOMAIN_OFFER_H
#define DOMAIN_OFFER_H

#include "base/buf.h"
#include "domain/date.h"

#define OFFER_CODE_SIZE 16   /* with NUL; A–Z 0–9 - only */
#define OFFER_TITLE_SIZE 128 /* ≤ 60 characters */
#define OFFER_TEXT_SIZE 640  /* ≤ 300 characters, three short sentences */
#define OFFER_PLACE_SIZE 128 /* ≤ 60 characters; a meeting point, never a home address \
                              */
#define OFFER_DISTRICT_SIZE 64
#define OFFERS_MAX 512 /* what one kiosk shows; an import beyond it is refused */

enum site_kind { SITE_PRIVATE, SITE_NONPROFIT, SITE_BUSINESS, SITE_KIND_COUNT };

enum work_kind {
    WORK_DELIVERY,
    WORK_HOUSE,
    WORK_GARDEN,
    WORK_ERRANDS,
    WORK_SHOPPING,
    WORK_CHILDCARE,
    WORK_TUTORING,
    WORK_PETS,
    WORK_FARM,
    WORK_SPORT_HELP,
    WORK_EVENT,
    WORK_CATERING,
    WORK_MARKET,
    WORK_PERFORMANCE,
    WORK_CARE_HOME,
    WORK_CRAFT,
    WORK_OFFICE,
    WORK_MEDIA,
    WORK_OTHER,
    WORK_KIND_COUNT
};

/* What the rules need to know of the work itself. */
struct offer_work {
    date_t date;
    int start, end;    /* minutes of day, start < end ≤ 1440 */
    int break_minutes; /* unpaid rest within start … end */
    enum site_kind site_kind;
    enum work_kind work_kind;
    int load_g;           /* heaviest thing to be lifted, in grams */
    bool dangerous;       /* JArbSchG §22 */
    bool paced;           /* piece or paced work, JArbSchG §23 */
    bool alcohol_tobacco; /* shopping or serving includes alcohol or tobacco */
};

struct offer {
    char code[OFFER_CODE_SIZE]; /* the key */
    char title[OFFER_TITLE_SIZE];
    char text[OFFER_TEXT_SIZE];
    char place[OFFER_PLACE_SIZE]; /* may be empty */
    char district[OFFER_DISTRICT_SIZE];
    int field; /* domain/field.h */
    struct offer_work work;
    int cents_per_hour;   /* allowance (Aufwandsentschädigung) */
    int places, taken;    /* 1 … 99; taken ≤ places */
    int walk_minutes;     /* from this kiosk, 0 = unknown */
    int min_age;          /* what the site asks for, 13 … 25; the law may ask more */
    bool after_schooling; /* the site asks for full-time schooling to be over */
    bool adult_present;   /* a coach or adult is there all the time */
    bool at_once;         /* who takes a leased place has it; else a coach decides */
    int leased;           /* free places that this kiosk may give without asking */
};

int offer_paid_minutes(const struct offer *offer);
int offer_cents(const struct offer *offer); /* for the whole job, rounded down */
int offer_free(const struct offer *offer);

/* "private" … and "delivery" …; -1 if unknown. */
int site_kind_from_name(struct str name);
int work_kind_from_name(struct str name);
const char *site_kind_name(enum site_kind kind);
const char *work_kind_name(enum work_kind kind);

#endif
