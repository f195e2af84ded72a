/* An offer as JSON, as domain/offer_json.h reads it. */
#ifndef SERVER_OFFER_BODY_H
#define SERVER_OFFER_BODY_H

#include "domain/offer.h"
#include "wire/bytes.h"

/* One line, always the same for the same offer. Of `leased` nothing is written. */
void offer_put_json(struct bytes *out, const struct offer *offer);
/* What offer_put_json wrote. ERR_CORRUPT */
enum err offer_from_json(struct str json, struct offer *offer_out) NODISCARD;

#endif
