/* The desk of the centre: the sub-commands of anlauf-server.
 *
 * One file, one sub-command; desk.c has their table. They work while the server runs.
 * Errors go to `err`, what was asked for to `out`. */
#ifndef DESK_DESK_H
#define DESK_DESK_H

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/rng.h"

#include <stdio.h>

enum desk_exit {
    DESK_OK = 0,
    DESK_FAILED = 1,  /* refused, not valid, or failed */
    DESK_USAGE = 2,   /* the arguments make no sense */
    DESK_NO_DATA = 3, /* the data folder cannot be opened */
};

/* The world as main hands it in. */
struct desk {
    const char *data; /* folder */
    struct clock clock;
    struct rng rng;
    FILE *in, *out, *err;
};

/* argv[0] is the first word of the sub-command. */
enum desk_exit desk_run(struct desk *desk, int argc, char **argv);
/* The list of sub-commands, one a line. */
void desk_list(FILE *out);

#endif
