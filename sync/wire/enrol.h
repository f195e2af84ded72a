/* What an enrolment proves with its one-time code: sync/PROTOCOL.md, "Enrolment". Pure.
 * The code itself, as it is typed and scanned, is in proof/enrol_code.h. */
#ifndef WIRE_ENROL_H
#define WIRE_ENROL_H

#include "base/buf.h"
#include "proof/enrol_code.h"
#include "proof/key.h"

#define ENROL_LOOKUP_SIZE 10
#define ENROL_MAC_SIZE 32

void enrol_lookup(const struct enrol_code *code, uint8_t out[ENROL_LOOKUP_SIZE]);
/* All that the server has to keep of a code besides its lookup. */
void enrol_secret(const struct enrol_code *code, uint8_t out[ENROL_MAC_SIZE]);
void enrol_mac_kiosk(const uint8_t secret[ENROL_MAC_SIZE],
                     const struct key_public *public, uint8_t mac_out[ENROL_MAC_SIZE]);
void enrol_mac_centre(const uint8_t secret[ENROL_MAC_SIZE],
                      const struct key_public *public, struct str grant_line,
                      uint8_t mac_out[ENROL_MAC_SIZE]);
bool enrol_mac_eq(const uint8_t a[ENROL_MAC_SIZE], const uint8_t b[ENROL_MAC_SIZE]);

#endif
