#include "proof/confirm.h"

#include <string.h>

enum err confirm_sign(const struct confirm *confirm, const struct key *key,
                      char text_out[PAYLOAD_TEXT_SIZE])
{
    struct payload payload = {
        .kind = PAYLOAD_HOURS,
        .fact = confirm->fact,
        .holder = payload_holder_of(confirm->participant, confirm->fact),
        .date = confirm->date,
        .start = confirm->start,
        .end = confirm->end,
        .issued = confirm->issued,
        .field = confirm->field,
        .minutes = confirm->minutes,
    };
    memcpy(payload.offer_code, confirm->offer_code, sizeof payload.offer_code);
    return payload_encode(&payload, key, text_out);
}

bool confirm_is_of(const struct payload *payload, struct uid participant)
{
    struct payload_holder holder = payload_holder_of(participant, payload->fact);
    return payload->kind == PAYLOAD_HOURS &&
           memcmp(holder.b, payload->holder.b, sizeof holder.b) == 0;
}
