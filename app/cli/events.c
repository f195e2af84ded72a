/* anlauf events: the log of facts as JSON lines. */
#include "cli/command.h"

#include <errno.h>
#include <stdlib.h>

static enum err print_event(void *ctx, struct str json)
{
    struct cli *cli = ctx;
    bool good = fwrite(json.ptr, 1, json.len, cli->out) == json.len &&
                fputc('\n', cli->out) != EOF;
    return good ? ERR_OK : ERR_IO;
}

static bool read_after(struct cli *cli, const char *text, int64_t *after_out)
{
    char *end;
    if (text == NULL) {
        return true;
    }
    errno = 0;
    long long after = strtoll(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || after < 0) {
        cli_complain(cli, "--after: must be a number");
        return false;
    }
    *after_out = after;
    return true;
}

static enum cli_exit run(struct cli *cli, const struct subcommand_args *args)
{
    struct store *store = NULL;
    int64_t after = 0;
    if (!read_after(cli, args->options[0], &after)) {
        return CLI_USAGE;
    }
    if (!cli_open_store(cli, &store)) {
        return CLI_NO_DATA;
    }
    enum err err = store_events(store, after, print_event, cli);
    if (err != ERR_OK) {
        cli_complain(cli, "the log cannot be read to its end (%s)", err_name(err));
    }
    store_close(store);
    return err == ERR_OK ? CLI_OK : CLI_FAILED;
}

static const struct subcommand_option options[] = {
    {"after", "SEQ", "only what came after this number"},
    {NULL, NULL, NULL},
};

const struct command command_events = {
    .call.first = "events",
    .call.help = "Prints the log of facts, one JSON object a line, oldest first.",
    .call.options = options,
    .run = run,
};
