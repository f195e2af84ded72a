/* The command line of anlauf-sync. */
#ifndef CLIENT_ARGS_H
#define CLIENT_ARGS_H

#include "base/buf.h"
#include "base/err.h"

#include <stdio.h>

#define ARGS_PATH_SIZE 512

enum args_what {
    ARGS_DAEMON,
    ARGS_ONCE,
    ARGS_STATUS,
    ARGS_ENROL,
    ARGS_EXPORT,
    ARGS_IMPORT,
    ARGS_HELP,
    ARGS_WHAT_COUNT
};

struct args {
    enum args_what what;
    char data[ARGS_PATH_SIZE];
    const char *value;  /* of --enrol, --export, --import */
    const char *server; /* NULL: not said */
    bool json;
};

/* ERR_INVALID: `why` names the argument. */
enum err args_read(struct args *args, int argc, char **argv, struct buf *why) NODISCARD;
void args_help(FILE *out);

#endif
