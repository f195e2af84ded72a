/* anlauf-server list WHAT [CENTRE] */
#include "desk/id.h"
#include "desk/table.h"

#include <string.h>

enum { OPTION_JSON };

/* What a list is of, and who reads it. */
struct wanted {
    enum admin_list list;
    struct uid centre; /* nil: of all */
    bool json;
};

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

static void show(struct desk *desk, const struct wanted *wanted,
                 const struct bytes *lines)
{
    bool is_of_one = !uid_is_nil(wanted->centre);
    if (lines->len > 0 && wanted->json) {
        fwrite(lines->data, 1, lines->len, desk->out);
    } else if (lines->len > 0) {
        table_print(desk->out, bytes_str(lines), is_of_one ? "centre" : NULL);
    } else if (!wanted->json) {
        fprintf(desk->out, "no %s\n", admin_list_name(wanted->list));
    }
}

static enum desk_exit print(struct desk *desk, struct desk_data *data,
                            const struct wanted *wanted)
{
    struct bytes lines = {0};
    enum err err = admin_list(&data->admin, wanted->list, wanted->centre, &lines);
    if (err == ERR_OK && lines.failed) {
        err = ERR_FULL;
    }
    if (err == ERR_OK) {
        show(desk, wanted, &lines);
    }
    bytes_free(&lines);
    return desk_result(desk, data, err, NULL);
}

static enum desk_exit run(struct desk *desk, const struct subcommand_args *args)
{
    struct desk_data data;
    struct wanted wanted = {.json = args->options[OPTION_JSON] != NULL};
    enum desk_exit result = DESK_FAILED;
    if (!find_list(args->words[0], &wanted.list)) {
        complain(desk, args->words[0]);
        return DESK_USAGE;
    }
    if (!desk_open(desk, &data)) {
        return DESK_NO_DATA;
    }
    if (args->words[1] == NULL ||
        id_find_centre(desk, &data.admin, args->words[1], &wanted.centre)) {
        result = print(desk, &data, &wanted);
    }
    desk_close(&data);
    return result;
}

static const struct subcommand_option options[] = {
    [OPTION_JSON] = {"json", NULL,
                     "for programs: one object a line, ids and times whole"},
    {0},
};

const struct command command_list = {
    .call.first = "list",
    .call.words = {"WHAT", "[CENTRE]"},
    .call.help =
        "Prints organisations, centres, staff, kiosks, offers, wishes, leases, tasks or\n"
        "parked events of one centre or of all, oldest first. Ids are cut to eight\n"
        "characters, which every sub-command but `forget` takes.",
    .call.options = options,
    .run = run,
};
