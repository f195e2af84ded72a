/* anlauf verify PAYLOAD: is this slip real? */
#include "cli/command.h"
#include "cli/key_file.h"

#include "proof/verify.h"

/* This kiosk's key and those of the centre. */
static enum cli_exit folder_keys(struct cli *cli, struct key_public *keys, size_t *count)
{
    char memory[512];
    struct buf why;
    buf_init(&why, memory, sizeof memory);
    if (!cli_device_key(cli, &keys[0])) {
        return CLI_NO_DATA;
    }
    if (key_file_read(cli->data, keys + 1, count, &why) != ERR_OK) {
        cli_complain(cli, "%s", memory);
        return CLI_USAGE;
    }
    (*count)++;
    return CLI_OK;
}

static enum cli_exit given_key(struct cli *cli, const char *hex, struct key_public *key,
                               size_t *count)
{
    if (key_public_parse(str_of(hex), key) != ERR_OK) {
        cli_complain(cli, "--key: must be 64 hex digits");
        return CLI_USAGE;
    }
    *count = 1;
    return CLI_OK;
}

static enum cli_exit run(struct cli *cli, const struct subcommand_args *args)
{
    char memory[2048];
    struct buf out;
    struct key_public keys[1 + KEY_FILE_KEYS_MAX];
    size_t count = 0;
    const char *hex = args->options[0];
    if (proof_init() != ERR_OK) {
        cli_complain(cli, "no randomness on this machine");
        return CLI_FAILED;
    }
    enum cli_exit result = hex != NULL ? given_key(cli, hex, keys, &count)
                                       : folder_keys(cli, keys, &count);
    if (result != CLI_OK) {
        return result;
    }
    buf_init(&out, memory, sizeof memory);
    enum verify_result verdict = verify_text(str_of(args->words[0]), keys, count, &out);
    fputs(memory, cli->out);
    return verdict == VERIFY_VALID ? CLI_OK : CLI_FAILED;
}

static const struct subcommand_option options[] = {
    {"key", "HEX", "the public key of the device that printed the slip"},
    {NULL, NULL, NULL},
};

const struct command command_verify = {
    .call.first = "verify",
    .call.words = {"PAYLOAD"},
    .call.help =
        "Is this slip real? Prints a sentence and one JSON object; exit code 0 only if\n"
        "it is. Without --key it must be signed by the kiosk of the data folder, or by\n"
        "one whose key is in FOLDER/" KEY_FILE ".",
    .call.options = options,
    .run = run,
};
