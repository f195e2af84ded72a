#include "cli/command.h"

#include "base/check.h"

#include <stdarg.h>

static const struct command *const commands[] = {
    &command_import, &command_rules_check, &command_verify, &command_events,
    &command_staff_add, &command_key, &command_centre_key_make, &command_centre_key_trust,
    &command_open,
};

void cli_complain(struct cli *cli, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("anlauf: ", cli->err);
    vfprintf(cli->err, format, args);
    fputc('\n', cli->err);
    va_end(args);
}

static const struct subcommand *call_at(size_t index)
{
    return &commands[index]->call;
}

static const struct subcommand_list list = {
    .program = "anlauf",
    .data = {"data", "FOLDER", "the kiosk's data folder"},
    .notes = "Exit codes: 0 done, 1 refused or failed, 2 wrong arguments,\n"
             "3 the data folder cannot be opened.\n",
    .count = ARRAY_LEN(commands),
    .at = call_at,
};

void cli_list(FILE *out)
{
    subcommand_names(&list, out);
}

enum cli_exit cli_run(struct cli *cli, int argc, char **argv)
{
    struct subcommand_args args;
    size_t index;
    enum subcommand_read read =
        subcommand_read(&list, argc, argv, cli->out, cli->err, &index, &args);
    if (read != SUBCOMMAND_RUN) {
        return read == SUBCOMMAND_HELP ? CLI_OK : CLI_USAGE;
    }
    if (args.data != NULL) {
        cli->data = args.data;
    }
    enum cli_exit result = commands[index]->run(cli, &args);
    if (fflush(cli->out) != 0 || ferror(cli->out)) {
        cli_complain(cli, "the answer could not be written");
        return CLI_FAILED;
    }
    return result;
}
