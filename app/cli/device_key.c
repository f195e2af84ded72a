/* anlauf key: the public key of this kiosk, for the others of the centre. */
#include "cli/command.h"

#include <sodium.h>

bool cli_device_key(struct cli *cli, struct key_public *public_out)
{
    uint8_t seed[STORE_SEED_SIZE];
    struct store *store = NULL;
    struct key key;
    if (!cli_open_store(cli, &store)) {
        return false;
    }
    enum err err = store_device_seed(store, seed);
    store_close(store);
    if (err != ERR_OK) {
        cli_complain(cli, "the device's key cannot be read (%s)", err_name(err));
        return false;
    }
    key_from_seed(seed, &key);
    *public_out = key.public;
    key_wipe(&key);
    sodium_memzero(seed, sizeof seed);
    return true;
}

static enum cli_exit run(struct cli *cli, const struct subcommand_args *args)
{
    struct key_public key;
    char text[KEY_PUBLIC_TEXT_SIZE];
    (void)args;
    if (proof_init() != ERR_OK) {
        cli_complain(cli, "no randomness on this machine");
        return CLI_FAILED;
    }
    if (!cli_device_key(cli, &key)) {
        return CLI_NO_DATA;
    }
    key_public_format(&key, text);
    fprintf(cli->out, "%s\n", text);
    return CLI_OK;
}

const struct command command_key = {
    .call.first = "key",
    .call.help =
        "Prints the public key of this kiosk. As a line of FOLDER/centre.keys it makes\n"
        "another kiosk believe the slips of this one.",
    .run = run,
};
