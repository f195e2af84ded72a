/* Is this slip real? The answer for a person and for a program. */
#ifndef PROOF_VERIFY_H
#define PROOF_VERIFY_H

#include "proof/payload.h"

enum verify_result {
    VERIFY_VALID,
    VERIFY_UNKNOWN_DEVICE,
    VERIFY_BAD_SIGNATURE,
    VERIFY_MALFORMED,
};

/* Writes two lines: a sentence, then one JSON object with "result" ("valid",
 * "unknown_device", "bad_signature", "malformed") and what the slip says. White space at
 * both ends of `text` is ignored. Malformed input is never repeated in the answer. */
enum verify_result verify_text(struct str text, const struct key_public *keys,
                               size_t key_count, struct buf *out);

#endif
