/* anlauf verify PAYLOAD: is this slip real? */
#include "cli/command.h"

#include "proof/verify.h"

#include <sodium.h>

static bool device_key(struct cli *cli, struct key_public *public_out)
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

static enum cli_exit run(struct cli *cli, const struct command_args *args)
{
    char memory[2048];
    struct buf out;
    struct key_public key;
    if (proof_init() != ERR_OK) {
        cli_complain(cli, "no randomness on this machine");
        return CLI_FAILED;
    }
    if (args->options[0] != NULL) {
        if (key_public_parse(str_of(args->options[0]), &key) != ERR_OK) {
            cli_complain(cli, "--key: must be 64 hex digits");
            return CLI_USAGE;
        }
    } else if (!device_key(cli, &key)) {
        return CLI_NO_DATA;
    }
    buf_init(&out, memory, sizeof memory);
    enum verify_result result = verify_text(str_of(args->word), &key, 1, &out);
    fputs(memory, cli->out);
    return result == VERIFY_VALID ? CLI_OK : CLI_FAILED;
}

const struct command command_verify = {
    .first = "verify",
    .word = "PAYLOAD",
    .help = "Is this slip real? Prints a sentence and one JSON object; exit code 0 only if\n"
            "it is. Without --key it must be signed by the kiosk of the data folder.",
    .options = {{"key", "HEX", "the public key of the device that printed the slip"}},
    .run = run,
};
