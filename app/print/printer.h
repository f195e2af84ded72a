/* The printer: bytes out, state back, never longer than the deadline.
 *
 * Every call opens the device, talks and closes it again, so a printer may be pulled and
 * plugged at any time. Blocking, but bounded: it runs on its own worker thread. */
#ifndef PRINT_PRINTER_H
#define PRINT_PRINTER_H

#include "base/clock.h"
#include "base/err.h"
#include "print/profile.h"
#include "ui/text_paint.h"

#define PRINTER_PATH_SIZE 256
#define PRINTER_DEADLINE_MS 20000 /* one whole job */

enum printer_kind { PRINTER_NONE, PRINTER_USB, PRINTER_TCP, PRINTER_DIR };

enum printer_state {
    PRINTER_READY,
    PRINTER_PAPER_LOW,
    PRINTER_PAPER_OUT,
    PRINTER_COVER_OPEN,
    PRINTER_OFFLINE, /* not there, switched off, or an error it does not explain */
    PRINTER_UNKNOWN, /* it takes bytes but does not answer questions */
    PRINTER_ABSENT,  /* none is set up */
    PRINTER_STATE_COUNT
};

struct printer {
    enum printer_kind kind;
    const struct profile *profile;
    char path[PRINTER_PATH_SIZE]; /* device, folder or host */
    int port;
    int deadline_ms;
    struct clock clock;
};

struct print_job {
    const uint8_t *bytes;
    size_t len;
    const struct surface *picture; /* for PRINTER_DIR; NULL leaves the picture out */
};

/* "usb:/dev/usb/lp0", "tcp:192.0.2.7:9100" or "tcp:[2001:db8::7]:9100" (numbers only:
 * looking up names may take for ever), "dir:PATH", "none"; profile NULL is the default.
 * ERR_INVALID: not of this form; `why` names what. Nothing is opened here. */
enum err printer_init(struct printer *printer, struct str spec, const struct profile *profile,
                      struct clock clock, struct buf *why) NODISCARD;
bool printer_wants_picture(const struct printer *printer);

enum printer_state printer_status(const struct printer *printer);
/* ERR_OK: all bytes were taken, and the printer did not complain afterwards.
 * ERR_UNSUPPORTED: there is no printer. ERR_BUSY: it says no (see *state_out: paper,
 * cover). ERR_IO: not reachable or gone. *state_out is always written. */
enum err printer_print(const struct printer *printer, const struct print_job *job,
                       enum printer_state *state_out) NODISCARD;
const char *printer_state_name(enum printer_state state); /* "paper_out" … for logs */

#endif
