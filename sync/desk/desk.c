#include "desk/command.h"

#include "base/check.h"

#include <stdarg.h>

static const struct command *const commands[] = {
    &command_serve,        &command_init,         &command_organisation_add,
    &command_centre_add,   &command_centre_seal,  &command_staff_add,
    &command_code,         &command_import,       &command_call_off,
    &command_list,         &command_wish_confirm, &command_wish_decline,
    &command_lease_recall, &command_lease_revoke, &command_kiosk_revoke,
    &command_forget,       &command_task_done,    &command_unpark,
    &command_parcel,       &command_backup,       &command_restore,
    &command_check,        &command_tls_make,
};

void desk_complain(struct desk *desk, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("anlauf-server: ", desk->err);
    vfprintf(desk->err, format, args);
    fputc('\n', desk->err);
    va_end(args);
}

static const struct subcommand *call_at(size_t index)
{
    return &commands[index]->call;
}

static const struct subcommand_list list = {
    .program = "anlauf-server",
    .data = {"data", "DIR", "the centre's data folder"},
    .notes = "An id may be cut to its first characters, six at least, if only one begins so; "
             "a\nwish may be named as its slip does (7K3M-QX).\n"
             "Exit codes: 0 done, 1 refused or failed, 2 wrong arguments,\n"
             "3 the data folder cannot be opened.\n",
    .count = ARRAY_LEN(commands),
    .at = call_at,
};

void desk_list(FILE *out)
{
    subcommand_names(&list, out);
}

enum desk_exit desk_run(struct desk *desk, int argc, char **argv)
{
    struct subcommand_args args;
    size_t index;
    enum subcommand_read read =
        subcommand_read(&list, argc, argv, desk->out, desk->err, &index, &args);
    if (read != SUBCOMMAND_RUN) {
        return read == SUBCOMMAND_HELP ? DESK_OK : DESK_USAGE;
    }
    if (args.data != NULL) {
        desk->data = args.data;
    }
    enum desk_exit result = commands[index]->run(desk, &args);
    if (fflush(desk->out) != 0 || ferror(desk->out)) {
        desk_complain(desk, "the answer could not be written");
        return DESK_FAILED;
    }
    return result;
}
