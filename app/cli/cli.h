/* Sub-commands: what can be done with the data folder without a display.
 *
 * One file, one sub-command; cli.c has their table. Exit codes: CLI_OK …, the same for
 * all of them. Errors go to `err` with file and place. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/rng.h"

#include <stdio.h>

enum cli_exit {
    CLI_OK = 0,
    CLI_FAILED = 1, /* refused, not valid, or failed */
    CLI_USAGE = 2,  /* the arguments make no sense */
    CLI_NO_DATA = 3, /* the data folder cannot be opened */
};

/* The world as main hands it in. */
struct cli {
    const char *data; /* folder */
    struct clock clock;
    struct rng rng;
    const char *boot_id;
    const char *vfs; /* NULL: SQLite's own */
    /* A QR code of the text as PNG file. */
    enum err (*write_qr)(const char *path, struct str text);
    FILE *in, *out, *err;
};

/* argv[0] is the first word of the sub-command. */
enum cli_exit cli_run(struct cli *cli, int argc, char **argv);
/* The list of sub-commands, one a line. */
void cli_list(FILE *out);

#endif
