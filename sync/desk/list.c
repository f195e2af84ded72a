/* anlauf-server list WHAT [CENTRE] */
#include "desk/id.h"

#include <string.h>

static bool find_list(const char *word, enum admin_list *list_out)
{
    for (int i = 0; i < LIST_COUNT; i++) {
        if (strcmp(word, admin_list_name((enum admin_list)i)) == 0) {
            *list_out = (enum admin_list)i;
            return true;
        }
    }
    return false;
}

static void complain(struct desk *desk, const char *word)
{
    desk_complain(desk, "%s: is no list; there are:", word);
    for (int i = 0; i < LIST_COUNT; i++) {
        fprintf(desk->err, "  %s\n", admin_list_name((enum admin_list)i));
    }
}

static enum desk_exit print(struct desk *desk, struct desk_data *data, enum admin_list list,
                            struct uid centre)
{
    struct bytes lines = {0};
    enum err err = admin_list(&data->admin, list, centre, &lines);
    if (err == ERR_OK && lines.failed) {
        err = ERR_FULL;
    }
    if (err == ERR_OK && lines.len > 0) {
        fwrite(lines.data, 1, lines.len, desk->out);
    }
    bytes_free(&lines);
    return desk_result(desk, data, err, NULL);
}

static enum desk_exit run(struct desk *desk, const struct command_args *args)
{
    struct desk_data data;
    struct uid centre = {{0}};
    enum admin_list list;
    enum desk_exit result = DESK_FAILED;
    if (!find_list(args->words[0], &list)) {
        complain(desk, args->words[0]);
        return DESK_USAGE;
    }
    if (!desk_open(desk, &data)) {
        return DESK_NO_DATA;
    }
    if (args->words[1] == NULL ||
        id_find_centre(desk, &data.admin, args->words[1], &centre)) {
        result = print(desk, &data, list, centre);
    }
    desk_close(&data);
    return result;
}

const struct command command_list = {
    .first = "list",
    .words = {"WHAT", "[CENTRE]"},
    .help = "Prints organisations, centres, staff, kiosks, offers, wishes, leases, tasks or\n"
            "parked events of one centre or of all: one JSON object a line, oldest first.",
    .run = run,
};
