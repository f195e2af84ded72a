/* The one-time code of an enrolment: sync/PROTOCOL.md, "Enrolment". Pure. */
#ifndef WIRE_ENROL_H
#define WIRE_ENROL_H

#include "base/buf.h"
#include "base/err.h"
#include "base/rng.h"
#include "proof/key.h"

#define ENROL_CODE_SIZE 10
#define ENROL_CODE_TEXT_SIZE 20     /* "7K3M-QX2P-…" with NUL */
#define ENROL_LOOKUP_SIZE 10
#define ENROL_MAC_SIZE 32
#define ENROL_URL_MAX 100
#define ENROL_QR_SIZE 200           /* "ANE…" with NUL */

struct enrol_code {
    uint8_t b[ENROL_CODE_SIZE];
};
struct enrol_code enrol_code_make(const struct rng *rng);
void enrol_code_format(const struct enrol_code *code, char out[ENROL_CODE_TEXT_SIZE]);
/* Either case, with or without - and spaces, I L O as 1 1 0. ERR_INVALID. */
enum err enrol_code_parse(struct str text, struct enrol_code *code_out) NODISCARD;

/* http:// or https://, host, optional port, nothing more; at most ENROL_URL_MAX bytes. */
bool enrol_url_valid(struct str url);
enum err enrol_qr_format(const struct enrol_code *code, struct str url,
                         char out[ENROL_QR_SIZE]) NODISCARD;
enum err enrol_qr_parse(struct str text, struct enrol_code *code_out,
                        char url_out[ENROL_URL_MAX + 1]) NODISCARD;

void enrol_lookup(const struct enrol_code *code, uint8_t out[ENROL_LOOKUP_SIZE]);
/* All that the server has to keep of a code besides its lookup. */
void enrol_secret(const struct enrol_code *code, uint8_t out[ENROL_MAC_SIZE]);
void enrol_mac_kiosk(const uint8_t secret[ENROL_MAC_SIZE], const struct key_public *public,
                     uint8_t mac_out[ENROL_MAC_SIZE]);
void enrol_mac_centre(const uint8_t secret[ENROL_MAC_SIZE], const struct key_public *public,
                      struct str grant_line, uint8_t mac_out[ENROL_MAC_SIZE]);
bool enrol_mac_eq(const uint8_t a[ENROL_MAC_SIZE], const uint8_t b[ENROL_MAC_SIZE]);

#endif
