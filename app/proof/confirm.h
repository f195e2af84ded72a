/* The Bestätigung: hours that were worked and confirmed, signed by the kiosk.
 *
 * It is a payload (proof/payload.h) of the kind hours, so that `anlauf verify` and each
 * kiosk's scanner read it like any slip. What it says: job, field, date, time, minutes,
 * who issued it. What it does not say is whose it is: no alias, no id, no hash of an
 * alias (a few thousand aliases are quickly tried). Two papers of one person cannot be
 * laid side by side, and a finder learns nothing. Its owner is recognised by signing in
 * with their card: confirm_is_of() then says "this is yours". */
#ifndef PROOF_CONFIRM_H
#define PROOF_CONFIRM_H

#include "proof/payload.h"

struct confirm {
    struct uid fact;        /* that the hours were confirmed */
    struct uid participant; /* is not printed */
    char offer_code[OFFER_CODE_SIZE];
    int field;      /* domain/field.h; 0 = none */
    date_t date;    /* of the job */
    int start, end; /* minutes of day */
    int minutes;    /* without breaks, 1 … end - start */
    date_t issued;  /* DATE_NONE = not known */
};

/* ERR_INVALID: a field is out of its range. */
enum err confirm_sign(const struct confirm *confirm, const struct key *key,
                      char text_out[PAYLOAD_TEXT_SIZE]) NODISCARD;
/* Is this paper about hours of this person? Believe it only after payload_verify(). */
bool confirm_is_of(const struct payload *payload, struct uid participant);

#endif
