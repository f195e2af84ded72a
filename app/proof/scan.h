/* What did the scanner read? Decided by the prefix alone, before anything is believed. */
#ifndef PROOF_SCAN_H
#define PROOF_SCAN_H

#include "base/buf.h"

#define SCAN_CHARS_MAX 256 /* longer than any slip; more is not ours */

enum scan_kind { SCAN_OTHER, SCAN_SLIP, SCAN_CARD, SCAN_STAFF_CARD, SCAN_SITE_CODE,
                 SCAN_ENROL_CODE };

/* Upper-cases ASCII letters (somebody left Caps Lock on) and trims white space (scanners
 * end with CR or TAB). Empty if anything but letters and digits is left, or too long.
 * Returns the bytes written; out is terminated. */
size_t scan_clean(char out[SCAN_CHARS_MAX + 1], struct str text);
enum scan_kind scan_kind_of(struct str cleaned);

#endif
