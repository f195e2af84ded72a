/* A wish: a young person's "yes" to an offer. A coach decides; a tap is no contract. */
#ifndef DOMAIN_WISH_H
#define DOMAIN_WISH_H

#include "domain/offer.h"
#include "domain/participant.h"

#define WISHES_MAX 64 /* open or decided wishes of one person that a kiosk keeps in view */

enum wish_state { WISH_ASKED, WISH_CONFIRMED, WISH_DECLINED, WISH_UNDONE, WISH_STATE_COUNT };

/* Why a coach said no: words for the young person, never about the person. */
enum decline_reason {
    DECLINE_NONE,
    DECLINE_FULL,      /* others asked before */
    DECLINE_CANCELLED, /* the site called it off */
    DECLINE_RULES,     /* the law says no on that day */
    DECLINE_TALK,      /* let us talk about it first */
    DECLINE_REASON_COUNT
};

/* Why an offer does not fit: an optional tile, never a penalty. */
enum unfit_reason {
    UNFIT_NONE,
    UNFIT_TIME,
    UNFIT_PLACE,
    UNFIT_WORK,
    UNFIT_MONEY,
    UNFIT_ALONE,  /* not alone */
    UNFIT_OTHER,
    UNFIT_REASON_COUNT
};

/* A wish carries its own copy of what was offered: offers come and go, and hours of all
 * wishes must still add up (JArbSchG §4(5)). */
struct wish {
    struct uid id;
    struct uid participant;
    char alias[ALIAS_SIZE]; /* filled when listed */
    char code[OFFER_CODE_SIZE];
    char title[OFFER_TITLE_SIZE];
    char place[OFFER_PLACE_SIZE];
    char district[OFFER_DISTRICT_SIZE];
    int field;
    int cents;             /* for the whole job */
    struct offer_work work;
    enum wish_state state;
    enum decline_reason reason;
    bool waiting;          /* asked, and the centre said that all places are taken */
    int64_t made_wall_ms;  /* untrusted, for showing only */
};

/* A copy of an offer as a wish, state ASKED. */
void wish_from_offer(struct wish *wish, struct uid id, const struct participant *who,
                     const struct offer *offer);
/* Does this wish still take time of its day? (asked or confirmed) */
bool wish_counts(const struct wish *wish);

#endif
