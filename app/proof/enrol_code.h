/* The one-time code with which a kiosk comes to its centre, as people type it and as a
 * scanner reads it: sync/PROTOCOL.md, "Enrolment". Pure.
 *
 * Whoever knows a code may enrol a kiosk with it: it is shown and kept no longer than
 * needed, and never logged. */
#ifndef PROOF_ENROL_CODE_H
#define PROOF_ENROL_CODE_H

#include "base/buf.h"
#include "base/err.h"
#include "base/rng.h"

#define ENROL_CODE_SIZE 10
#define ENROL_CODE_CHARS 16
#define ENROL_CODE_TEXT_SIZE 20 /* "7K3M-QX2P-…" with NUL */
#define ENROL_URL_MAX 100
#define ENROL_QR_PREFIX "ANE"
#define ENROL_QR_SIZE 200 /* "ANE…" with NUL */

struct enrol_code {
    uint8_t b[ENROL_CODE_SIZE];
};
struct enrol_code enrol_code_make(const struct rng *rng);
void enrol_code_format(const struct enrol_code *code, char out[ENROL_CODE_TEXT_SIZE]);
/* Either case, with or without - and spaces, I L O as 1 1 0. ERR_INVALID. */
enum err enrol_code_parse(struct str text, struct enrol_code *code_out) NODISCARD;
/* Can this character stand in a code as it is written (capitals, no I L O U)? */
bool enrol_code_has(char c);

/* https://, or http:// on this machine; host, optional port, nothing more; at most
 * ENROL_URL_MAX bytes. Without TLS a stranger on the way could read names and write. */
bool enrol_url_valid(struct str url);
/* ERR_INVALID: not a valid URL. */
enum err enrol_qr_format(const struct enrol_code *code, struct str url,
                         char out[ENROL_QR_SIZE]) NODISCARD;
/* ERR_INVALID: not such a code, or misread. */
enum err enrol_qr_parse(struct str text, struct enrol_code *code_out,
                        char url_out[ENROL_URL_MAX + 1]) NODISCARD;

#endif
