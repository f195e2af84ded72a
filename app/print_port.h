/* Where slips go: the printer as a table of functions, so that tests can hand in one that
 * is out of paper. Called from the print worker only. */
#ifndef APP_PRINT_PORT_H
#define APP_PRINT_PORT_H

#include "base/err.h"
#include "print/printer.h"

struct print_port {
    enum printer_state (*status)(void *ctx);
    enum err (*print)(void *ctx, const struct print_job *job, enum printer_state *state_out);
    void *ctx;
    const struct profile *profile;
    bool wants_picture;
};

/* The real one; the printer belongs to the caller and must outlive the port. */
struct print_port print_port_of(struct printer *printer);

#endif
