/* Text → the dark and light squares of a QR code (ISO/IEC 18004), error level M.
 *
 * Text made only of 0-9 A-Z and " $%*+-./:" is written in the denser alphanumeric mode.
 * The quiet zone of four light modules is left to whoever draws. Pure; any thread. */
#ifndef QR_QR_H
#define QR_QR_H

#include "base/buf.h"
#include "base/err.h"

/* Version 20. More modules are too fine for a 203 dpi slip and a cheap scanner. */
#define QR_SIZE_MAX 97
#define QR_QUIET 4 /* light modules needed on each side */

struct qr {
    int size; /* modules a side, 21 … QR_SIZE_MAX */
    uint8_t modules[QR_SIZE_MAX * QR_SIZE_MAX]; /* 1 = dark; row after row, `size` a row */
};

/* ERR_INVALID: empty, or bytes that are not UTF-8. ERR_FULL: more than fits. */
enum err qr_encode(struct str text, struct qr *qr_out) NODISCARD;
bool qr_is_dark(const struct qr *qr, int x, int y); /* false outside */

#endif
