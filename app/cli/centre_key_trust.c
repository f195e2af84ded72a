/* anlauf centre-key trust FILE.pub: to whom this kiosk seals what is entrusted to it. */
#include "cli/command.h"

#include "proof/centre_key.h"

#include <stdlib.h>
#include <string.h>

static bool read_public(struct cli *cli, const char *path, struct seal_public *public_out)
{
    char *text = NULL;
    size_t len = 0;
    if (!cli_read_file(cli, path, &text, &len)) {
        return false;
    }
    enum err err = centre_key_public_parse((struct str){text, len}, public_out);
    free(text);
    if (err != ERR_OK) {
        cli_complain(cli, "%s: is no public key of a centre, or was changed", path);
    }
    return err == ERR_OK;
}

static void print_kept(struct cli *cli, const struct seal_public *public)
{
    char id[9];
    key_id_format(seal_key_id(public), id);
    fprintf(cli->out, "centre key %s\n", id);
}

/* ERR_CONFLICT: this kiosk has another one. */
static enum err keep(struct store *store, const struct seal_public *public, bool replace)
{
    char now[KEY_PUBLIC_TEXT_SIZE] = "", wanted[KEY_PUBLIC_TEXT_SIZE];
    seal_public_format(public, wanted);
    enum err err = store_setting_get(store, CENTRE_KEY_SETTING, now, sizeof now);
    if (err != ERR_OK && err != ERR_NOT_FOUND && !replace) {
        return err;
    }
    if (strcmp(now, wanted) == 0) {
        return ERR_OK;
    }
    if (now[0] != '\0' && !replace) {
        return ERR_CONFLICT;
    }
    return store_setting_put(store, CENTRE_KEY_SETTING, wanted);
}

static enum cli_exit run(struct cli *cli, const struct subcommand_args *args)
{
    struct seal_public public;
    struct store *store = NULL;
    if (proof_init() != ERR_OK || !read_public(cli, args->words[0], &public)) {
        return CLI_FAILED;
    }
    if (!cli_open_store(cli, &store)) {
        return CLI_NO_DATA;
    }
    enum err err = keep(store, &public, args->options[0] != NULL);
    store_close(store);
    if (err == ERR_CONFLICT) {
        cli_complain(cli,
                     "this kiosk trusts another key; --replace takes this one instead");
    } else if (err != ERR_OK) {
        cli_complain(cli, "not stored (%s)", err_name(err));
    } else {
        print_kept(cli, &public);
    }
    return err == ERR_OK ? CLI_OK : CLI_FAILED;
}

static const struct subcommand_option options[] = {
    {"replace", NULL, "even if the kiosk trusts another key"},
    {NULL, NULL, NULL},
};

const struct command command_centre_key_trust = {
    .call.first = "centre-key",
    .call.second = "trust",
    .call.words = {"FILE.pub"},
    .call.help =
        "From now on this kiosk seals free text to this key: only the centre can\n"
        "read it. What was sealed to another key before still needs that one.",
    .call.options = options,
    .run = run,
};
