/* anlauf-server import CENTRE FILE, call-off CENTRE CODE */
#include "desk/files.h"
#include "desk/id.h"

#include <stdlib.h>
#include <string.h>

#define FILE_MAX (16u << 20)

/* "line 12: field …" → "FILE:12: field …", which editors can follow. */
static void complain_of_file(struct desk *desk, const char *path, const char *error)
{
    const char *number = error + strlen("line ");
    if (strncmp(error, "line ", strlen("line ")) == 0) {
        int digits = (int)strspn(number, "0123456789");
        fprintf(desk->err, "%s:%.*s%s\n", path, digits, number, number + digits);
    } else {
        fprintf(desk->err, "%s: %s\n", path, error);
    }
}

static enum desk_exit import_text(struct desk *desk, struct desk_data *data,
                                  struct uid centre, const char *path, struct str json)
{
    char memory[512];
    struct buf why;
    struct import_counts counts = {0};
    buf_init(&why, memory, sizeof memory);
    enum err err = admin_offers_import(&data->admin, centre, json, &counts, &why);
    if (err == ERR_INVALID && why.len > 0) {
        complain_of_file(desk, path, memory);
        return DESK_FAILED;
    }
    if (err == ERR_OK) {
        fprintf(desk->out, "%d added, %d changed, %d as before\n", counts.added,
                counts.changed, counts.same);
    }
    return desk_result(desk, data, err, &why);
}

static enum desk_exit import(struct desk *desk, const struct subcommand_args *args)
{
    const char *path = args->words[1];
    struct desk_data data;
    struct uid centre;
    char *text = NULL;
    size_t len = 0;
    enum desk_exit result = DESK_FAILED;
    if (!files_read(desk, path, FILE_MAX, &text, &len)) {
        return DESK_FAILED;
    }
    if (!desk_open(desk, &data)) {
        free(text);
        return DESK_NO_DATA;
    }
    if (id_find_centre(desk, &data.admin, args->words[0], &centre)) {
        result = import_text(desk, &data, centre, strcmp(path, "-") == 0 ? "stdin" : path,
                             (struct str){text, len});
    }
    desk_close(&data);
    free(text);
    return result;
}

const struct command command_import = {
    .call.first = "import",
    .call.words = {"CENTRE", "FILE"},
    .call.help =
        "Adds and changes offers by a JSON file (- is the standard input); offers that\n"
        "are not in it stay. A file with a fault is refused whole, and its line named.",
    .run = import,
};

static enum desk_exit call_off(struct desk *desk, const struct subcommand_args *args)
{
    struct desk_data data;
    struct uid centre;
    enum desk_exit result = DESK_FAILED;
    if (!desk_open(desk, &data)) {
        return DESK_NO_DATA;
    }
    if (id_find_centre(desk, &data.admin, args->words[0], &centre)) {
        enum err err = admin_offer_call_off(&data.admin, centre, str_of(args->words[1]));
        if (err == ERR_NOT_FOUND) {
            desk_complain(desk, "%s: there is no such offer; see `list offers`",
                          args->words[1]);
        } else {
            result = desk_done(desk, &data, err);
        }
    }
    desk_close(&data);
    return result;
}

const struct command command_call_off = {
    .call.first = "call-off",
    .call.words = {"CENTRE", "CODE"},
    .call.help = "Calls an offer off: its wishes are declined, and it leaves all kiosks.",
    .run = call_off,
};
