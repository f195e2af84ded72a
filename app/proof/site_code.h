/* The code on the order sheet of a job: with it a site confirms attendance and enters its
 * view at the kiosk, without an account.
 *
 * Ten symbols of proof/base32.h, shown as "ABCDE-FGHJK": eight are the first 40 bits of
 * BLAKE2b over job and date, keyed from the device's secret; two are the check of
 * proof/card.h, so that a typing error is told as such and not counted as a try. Each job
 * on each day at each kiosk has its own; another kiosk's code is a wrong one.
 *
 * Guessing: a try hits one of n open jobs with n in 2^40. proof/backoff.h lets five tries
 * through in 7 s and about 110 in the first day. With 512 jobs: five tries hit with
 * 1 in 4·10^8, a day of trying with 1 in 2·10^7. Whoever has the sheet has the code: it
 * opens this job's attendance and the site's own view, nothing of the young person's. */
#ifndef PROOF_SITE_CODE_H
#define PROOF_SITE_CODE_H

#include "base/buf.h"
#include "base/err.h"
#include "domain/date.h"
#include "proof/key.h"

#define SITE_CODE_SIZE 11       /* with NUL */
#define SITE_CODE_SHOWN_SIZE 12 /* with - and NUL */
#define SITE_CODE_PREFIX "ANO"  /* before it in a QR code; proof/scan.h */
#define SITE_CODE_QR_SIZE 14

/* What makes codes, derived from the seed of proof/key.h. Whoever holds one wipes it. */
struct site_code_key {
    uint8_t b[32];
};

void site_code_key_of(const uint8_t seed[KEY_SEED_SIZE], struct site_code_key *key_out);
void site_code_key_wipe(struct site_code_key *key);

void site_code_make(const struct site_code_key *key, struct str offer_code, date_t date,
                    char code_out[SITE_CODE_SIZE]);
/* Typed or scanned: with or without prefix, spaces and - anywhere, either case, I for 1
 * and O for 0. ERR_INVALID: a typing error; not a try. */
enum err site_code_parse(struct str text, char code_out[SITE_CODE_SIZE]) NODISCARD;
/* Constant time. False is a try (proof/backoff.h). */
bool site_code_check(const struct site_code_key *key, struct str offer_code, date_t date,
                     const char code[SITE_CODE_SIZE]);
void site_code_show(const char code[SITE_CODE_SIZE], char out[SITE_CODE_SHOWN_SIZE]);
void site_code_qr(const char code[SITE_CODE_SIZE], char out[SITE_CODE_QR_SIZE]);

#endif
