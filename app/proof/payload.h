/* What the QR code of a slip says: one fact, signed by the device that printed it.
 *
 * Text: "ANS" and base 32 (proof/base32.h) of, big-endian:
 *
 *     at  bytes
 *      0  1   format version, 1
 *      1  1   kind (enum payload_kind)
 *      2  4   key id of the device
 *      6  16  id of the fact (the wish's event)
 *     22  4   holder tag, 0 = none
 *     26  3   date of the job, days since 1970-01-01
 *     29  2   start, minutes of day
 *     31  2   end, start < end ≤ 1440
 *     33  3   date of issue by the wall clock, which may be wrong; 0 = not known
 *     36  1   length n of the offer code, 1 … 15
 *     37  n   offer code, A-Z 0-9 -
 *   37+n  1   only of the kind hours: field of work (domain/field.h), 0 = none
 *   38+n  2   only of the kind hours: minutes worked without breaks, 1 … end - start
 *    end  64  Ed25519 over "anlauf slip 1", 0 and all bytes before
 *
 * One fact has one text; anything else is refused. No alias and no id of the person: a
 * lost slip must not tell who somebody is, nor let two slips be laid side by side. The
 * holder tag lets a kiosk that knows a person confirm that this slip is theirs. */
#ifndef PROOF_PAYLOAD_H
#define PROOF_PAYLOAD_H

#include "base/uid.h"
#include "domain/date.h"
#include "domain/field.h"
#include "domain/offer.h"
#include "proof/base32.h"
#include "proof/key.h"

#define PAYLOAD_PREFIX "ANS"
#define PAYLOAD_BODY_MAX (37 + OFFER_CODE_SIZE - 1 + 3)
#define PAYLOAD_BYTES_MAX (PAYLOAD_BODY_MAX + KEY_SIGNATURE_SIZE)
#define PAYLOAD_TEXT_SIZE (3 + BASE32_CHARS(PAYLOAD_BYTES_MAX) + 1)

/* Numbers are for ever; new kinds go to the end. */
enum payload_kind {
    PAYLOAD_WISH = 1,
    PAYLOAD_AGREEMENT = 2,
    PAYLOAD_HOURS = 3,
    PAYLOAD_KIND_END
};

struct payload_holder {
    uint8_t b[4];
};

struct payload {
    enum payload_kind kind;
    struct uid fact;
    struct payload_holder holder;
    char offer_code[OFFER_CODE_SIZE];
    date_t date;
    int start, end;
    date_t issued; /* DATE_NONE = not known */
    int field, minutes; /* of hours; 0 in other kinds */
};

/* A payload as it was read, not yet believed. */
struct payload_signed {
    struct payload payload;
    struct key_id key_id;
    uint8_t body[PAYLOAD_BODY_MAX];
    size_t body_len;
    uint8_t signature[KEY_SIGNATURE_SIZE];
};

/* The same for this person and fact every time, unlinkable between facts. */
struct payload_holder payload_holder_of(struct uid participant, struct uid fact);

/* ERR_INVALID: a field is out of its range. The text ends in NUL. */
enum err payload_encode(const struct payload *payload, const struct key *key,
                        char text_out[PAYLOAD_TEXT_SIZE]) NODISCARD;
/* ERR_INVALID: *at_out is the offset of the first wrong character. */
enum err payload_decode(struct str text, struct payload_signed *signed_out,
                        size_t *at_out) NODISCARD;
/* ERR_NOT_FOUND: none of the keys has that id. ERR_DENIED: the signature is wrong. */
enum err payload_verify(const struct payload_signed *read, const struct key_public *keys,
                        size_t key_count) NODISCARD;
const char *payload_kind_name(enum payload_kind kind); /* "wish" … */

#endif
