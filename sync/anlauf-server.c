/* anlauf-server: the centre of the kiosks. Everything is a sub-command: sync/desk/. */
#include "base/log.h"
#include "desk/desk.h"
#include "proof/key.h"

#include <string.h>

#define DATA_DEFAULT "anlauf-centre"

static void usage(FILE *out)
{
    fputs("usage: anlauf-server [--data DIR] SUBCOMMAND [arguments]\n"
          "\n"
          "The centre that kiosks sync with. DIR is \"" DATA_DEFAULT "\" unless told.\n"
          "Each sub-command explains itself with --help:\n",
          out);
    desk_list(out);
}

/* The data folder may stand before the sub-command as well. False: wrong. */
static bool take_data(int argc, char **argv, int *at, const char **data)
{
    static const char name[] = "--data";
    if (strncmp(argv[*at], "--data=", sizeof name) == 0) {
        *data = argv[(*at)++] + sizeof name;
        return true;
    }
    if (strcmp(argv[*at], name) != 0 || *at + 1 >= argc) {
        return false;
    }
    *data = argv[*at + 1];
    *at += 2;
    return true;
}

int main(int argc, char **argv)
{
    struct desk desk = {
        .data = DATA_DEFAULT,
        .clock = clock_system(),
        .rng = rng_system(),
        .in = stdin,
        .out = stdout,
        .err = stderr,
    };
    int at = 1;
    while (at < argc && argv[at][0] == '-') {
        if (strcmp(argv[at], "--help") == 0 || strcmp(argv[at], "-h") == 0) {
            usage(stdout);
            return DESK_OK;
        }
        if (!take_data(argc, argv, &at, &desk.data)) {
            usage(stderr);
            return DESK_USAGE;
        }
    }
    if (at == argc) {
        usage(stderr);
        return DESK_USAGE;
    }
    if (proof_init() != ERR_OK) {
        log_line("anlauf-server: no randomness on this machine");
        return DESK_FAILED;
    }
    return (int)desk_run(&desk, argc - at, argv + at);
}
