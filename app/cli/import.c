/* anlauf import FILE: offers from a file, all of them or none. */
#include "cli/command.h"

#include "domain/offer_json.h"

#include <stdlib.h>
#include <string.h>

/* "line 12: field …" → "FILE:12: field …", which editors can follow. */
static void complain_of_file(struct cli *cli, const char *path, const char *error)
{
    const char *number = error + strlen("line ");
    if (strncmp(error, "line ", strlen("line ")) == 0) {
        int digits = (int)strspn(number, "0123456789");
        fprintf(cli->err, "%s:%.*s%s\n", path, digits, number, number + digits);
    } else {
        fprintf(cli->err, "%s: %s\n", path, error);
    }
}

static enum cli_exit store_them(struct cli *cli, const struct offer *offers, size_t count)
{
    struct store *store = NULL;
    if (!cli_open_store(cli, &store)) {
        return CLI_NO_DATA;
    }
    enum err err = store_offers_replace(store, offers, count);
    if (err == ERR_DENIED) {
        cli_complain(cli, "this kiosk belongs to a centre: offers are imported there");
    } else if (err != ERR_OK) {
        cli_complain(cli, "the offers could not be stored (%s)", err_name(err));
    } else {
        fprintf(cli->out, "%zu offers\n", count);
    }
    store_close(store);
    return err == ERR_OK ? CLI_OK : CLI_FAILED;
}

static enum cli_exit run(struct cli *cli, const struct subcommand_args *args)
{
    char *text = NULL, memory[512];
    size_t len = 0, count = 0;
    struct buf error;
    date_t today;
    int minute;
    enum cli_exit result = CLI_FAILED;
    struct offer *offers = calloc(OFFERS_MAX, sizeof *offers);
    buf_init(&error, memory, sizeof memory);
    date_from_wall_ms(clock_wall_ms(&cli->clock), &today, &minute);
    if (offers == NULL || !cli_read_file(cli, args->words[0], &text, &len)) {
        goto out;
    }
    if (offers_parse((struct str){text, len}, today, offers, OFFERS_MAX, &count, &error) !=
        ERR_OK) {
        complain_of_file(cli, strcmp(args->words[0], "-") == 0 ? "stdin" : args->words[0],
                         memory);
        goto out;
    }
    result = store_them(cli, offers, count);
out:
    free(text);
    free(offers);
    return result;
}

const struct command command_import = {
    .call.first = "import",
    .call.words = {"FILE"},
    .call.help =
        "Replaces all offers by those of a JSON file (- is the standard input).\n"
        "A file with a fault is refused whole; the fault's line and field are named.",
    .run = run,
};
