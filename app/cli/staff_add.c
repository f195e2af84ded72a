/* anlauf staff add ALIAS: one more of the staff, with a card and a PIN. */
#include "cli/command.h"

#include "proof/card.h"
#include "proof/key.h"
#include "proof/secret.h"

#include <sodium.h>
#include <string.h>

#define PIN_LINE_SIZE 64

static bool read_pin(struct cli *cli, struct secret *secret_out)
{
    char line[PIN_LINE_SIZE] = "";
    bool read = fgets(line, sizeof line, cli->in) != NULL;
    struct str pin = {line, strcspn(line, "\r\n")};
    bool good = read && secret_from_pin(pin, secret_out) == ERR_OK;
    sodium_memzero(line, sizeof line);
    if (!good) {
        cli_complain(cli, "the standard input must begin with a PIN of %d to %d digits",
                     SECRET_PIN_MIN, SECRET_PIN_MAX);
    }
    return good;
}

static enum err add(struct cli *cli, struct store *store, const char *alias,
                    const struct secret *secret, char card_text[CARD_TEXT_SIZE])
{
    struct store_staff staff = {.id = uid_make(&cli->rng)};
    struct secret_record record;
    enum err err = secret_hash(secret, &cli->rng, &record);
    if (err == ERR_OK) {
        struct card card = card_make(CARD_STAFF, &cli->rng);
        card_encode(&card, card_text);
        card_lookup_key(&card, staff.card);
        card_wipe(&card);
        str_copy(staff.alias, sizeof staff.alias, str_of(alias));
        sodium_bin2hex(staff.pin, sizeof staff.pin, record.b, sizeof record.b);
        err = store_staff_add(store, &staff);
    }
    sodium_memzero(&staff, sizeof staff);
    return err;
}

static enum cli_exit give_card(struct cli *cli, const char *picture, const char *card_text)
{
    fprintf(cli->out, "%s\n", card_text);
    if (picture != NULL && cli->write_qr(picture, str_of(card_text)) != ERR_OK) {
        cli_complain(cli, "%s: the picture cannot be written", picture);
        return CLI_FAILED;
    }
    return CLI_OK;
}

static enum cli_exit run(struct cli *cli, const struct subcommand_args *args)
{
    struct secret secret;
    struct store *store = NULL;
    char card_text[CARD_TEXT_SIZE] = "";
    if (!alias_valid(str_of(args->words[0]))) {
        cli_complain(cli, "an alias is %d to %d letters, digits, spaces or -", ALIAS_CHARS_MIN,
                     ALIAS_CHARS_MAX);
        return CLI_USAGE;
    }
    if (proof_init() != ERR_OK || !read_pin(cli, &secret)) {
        return CLI_USAGE;
    }
    if (!cli_open_store(cli, &store)) {
        secret_wipe(&secret);
        return CLI_NO_DATA;
    }
    enum err err = add(cli, store, args->words[0], &secret, card_text);
    secret_wipe(&secret);
    store_close(store);
    if (err != ERR_OK) {
        cli_complain(cli, "not added (%s)", err_name(err));
        return CLI_FAILED;
    }
    return give_card(cli, args->options[0], card_text);
}

static const struct subcommand_option options[] = {
    {"card", "FILE.png", "also writes the card's QR code as a picture"},
    {NULL, NULL, NULL},
};

const struct command command_staff_add = {
    .call.first = "staff",
    .call.second = "add",
    .call.words = {"ALIAS"},
    .call.help =
        "Adds one of the staff. The PIN is read from the standard input; the code of\n"
        "the card, which is shown only now, is printed.",
    .call.options = options,
    .run = run,
};
