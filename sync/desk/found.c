/* anlauf-server init, organisation add, centre add, centre seal, staff add: what a centre is
 * founded with. */
#include "desk/files.h"
#include "desk/id.h"
#include "proof/centre_key.h"

#include <stdlib.h>
#include <string.h>

static enum desk_exit init(struct desk *desk, const struct subcommand_args *args)
{
    char memory[256];
    struct buf why;
    struct desk_data data = {0};
    const struct storage_options options = {.dir = desk->data, .create = true};
    (void)args;
    buf_init(&why, memory, sizeof memory);
    enum err err = storage_open(&options, &data.storage, &why);
    if (err != ERR_OK) {
        desk_complain(desk, "%s: no data can be made here (%s) %s", desk->data, err_name(err),
                      memory);
        return DESK_NO_DATA;
    }
    data.admin = (struct admin){data.storage, desk->clock, desk->rng, "cli", NULL};
    err = admin_init(&data.admin);
    enum desk_exit result = desk_done(desk, &data, err);
    desk_close(&data);
    return result;
}

const struct command command_init = {
    .call.first = "init",
    .call.help = "Makes the data folder and the keys of this server. Harmless to repeat.",
    .run = init,
};

/* Prints the new thing's id, so that scripts can go on with it. */
static enum desk_exit added(struct desk *desk, struct desk_data *data, enum err err,
                            struct uid id)
{
    enum desk_exit result = desk_result(desk, data, err, NULL);
    if (result == DESK_OK) {
        desk_print_id(desk, id);
    }
    desk_close(data);
    return result;
}

static enum desk_exit organisation_add(struct desk *desk, const struct subcommand_args *args)
{
    struct desk_data data;
    struct uid id = {{0}};
    if (!desk_open(desk, &data)) {
        return DESK_NO_DATA;
    }
    enum err err = admin_organisation_add(&data.admin, str_of(args->words[0]), &id);
    return added(desk, &data, err, id);
}

const struct command command_organisation_add = {
    .call.first = "organisation",
    .call.second = "add",
    .call.words = {"NAME"},
    .call.help = "Adds an organisation, which runs centres. Prints its id.",
    .run = organisation_add,
};

static enum desk_exit centre_add(struct desk *desk, const struct subcommand_args *args)
{
    struct desk_data data;
    struct uid organisation, id = {{0}};
    if (!desk_open(desk, &data)) {
        return DESK_NO_DATA;
    }
    if (!id_find(desk, &data.admin, LIST_ORGANISATIONS, (struct uid){{0}}, args->words[0],
                 &organisation)) {
        desk_close(&data);
        return DESK_FAILED;
    }
    enum err err = admin_centre_add(&data.admin, organisation, str_of(args->words[1]), &id);
    return added(desk, &data, err, id);
}

const struct command command_centre_add = {
    .call.first = "centre",
    .call.second = "add",
    .call.words = {"ORGANISATION", "NAME"},
    .call.help = "Adds a centre, which kiosks belong to. Prints its id.",
    .run = centre_add,
};

static enum desk_exit staff_add(struct desk *desk, const struct subcommand_args *args)
{
    struct desk_data data;
    struct uid centre, id = {{0}};
    if (!desk_open(desk, &data)) {
        return DESK_NO_DATA;
    }
    if (!id_find_centre(desk, &data.admin, args->words[0], &centre)) {
        desk_close(&data);
        return DESK_FAILED;
    }
    enum err err = admin_staff_add(&data.admin, centre, str_of(args->words[1]), &id);
    return added(desk, &data, err, id);
}

const struct command command_staff_add = {
    .call.first = "staff",
    .call.second = "add",
    .call.words = {"CENTRE", "ALIAS"},
    .call.help = "Adds one of the staff of a centre. Prints the id.",
    .run = staff_add,
};

static bool is_hex(const char *word)
{
    return strspn(word, "0123456789abcdefABCDEF") == KEY_PUBLIC_TEXT_SIZE - 1 &&
           strlen(word) == KEY_PUBLIC_TEXT_SIZE - 1;
}

/* The key itself, or the file with the public half of a centre's key. */
static bool read_seal(struct desk *desk, const char *word, char hex_out[KEY_PUBLIC_TEXT_SIZE])
{
    struct seal_public public;
    char *text = NULL;
    size_t len = 0;
    if (is_hex(word)) {
        return str_copy(hex_out, KEY_PUBLIC_TEXT_SIZE, str_of(word));
    }
    if (!files_read(desk, word, CENTRE_KEY_FILE_SIZE, &text, &len)) {
        return false;
    }
    enum err err = centre_key_public_parse((struct str){text, len}, &public);
    free(text);
    if (err != ERR_OK) {
        desk_complain(desk, "%s: is no public key of a centre (FILE.pub), or was changed",
                      word);
        return false;
    }
    seal_public_format(&public, hex_out);
    return true;
}

static enum desk_exit centre_seal(struct desk *desk, const struct subcommand_args *args)
{
    char hex[KEY_PUBLIC_TEXT_SIZE];
    struct desk_data data;
    struct uid centre;
    if (!read_seal(desk, args->words[1], hex)) {
        return DESK_USAGE;
    }
    if (!desk_open(desk, &data)) {
        return DESK_NO_DATA;
    }
    enum desk_exit result = DESK_FAILED;
    if (id_find_centre(desk, &data.admin, args->words[0], &centre)) {
        enum err err = admin_centre_seal(&data.admin, centre, str_of(hex));
        result = desk_done(desk, &data, err);
    }
    desk_close(&data);
    return result;
}

const struct command command_centre_seal = {
    .call.first = "centre",
    .call.second = "seal",
    .call.words = {"CENTRE", "FILE.pub|HEX"},
    .call.help =
        "Tells all kiosks of the centre the public key that words for the coaches are\n"
        "sealed to: the FILE.pub that `anlauf centre-key make` makes, or its 64 digits.\n"
        "The server cannot read them.",
    .run = centre_seal,
};
