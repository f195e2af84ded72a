#include "print_port.h"

static enum printer_state port_status(void *ctx)
{
    return printer_status(ctx);
}

static enum err port_print(void *ctx, const struct print_job *job,
                           enum printer_state *state_out)
{
    return printer_print(ctx, job, state_out);
}

struct print_port print_port_of(struct printer *printer)
{
    return (struct print_port){
        .status = port_status,
        .print = port_print,
        .ctx = printer,
        .profile = printer->profile,
        .wants_picture = printer_wants_picture(printer),
    };
}
