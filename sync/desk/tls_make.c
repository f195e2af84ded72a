/* anlauf-server tls make */
#include "desk/command.h"
#include "server/tls.h"

static enum desk_exit run(struct desk *desk, const struct subcommand_args *args)
{
    char memory[512];
    struct buf why;
    struct tls tls;
    (void)args;
    buf_init(&why, memory, sizeof memory);
    enum err err = tls_make(desk->data, &why);
    if (err == ERR_OK) {
        err = tls_load_own(desk->data, &tls, &why);
    }
    if (err != ERR_OK) {
        desk_complain(desk, "%s", memory);
        return err == ERR_NOT_FOUND ? DESK_NO_DATA : DESK_FAILED;
    }
    fprintf(desk->out, "%s\n", tls.pin);
    tls_done(&tls);
    return DESK_OK;
}

const struct command command_tls_make = {
    .call.first = "tls",
    .call.second = "make",
    .call.help = "Makes the key and certificate for `serve --tls`, signed by itself. "
                 "Kiosks learn\n"
                 "the key when they enrol and accept no other, so it is made once. "
                 "Prints its pin.",
    .run = run,
};
