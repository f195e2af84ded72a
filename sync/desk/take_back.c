/* anlauf-server lease recall|revoke, kiosk revoke, forget, task done, unpark: one id each,
 * and something is taken back. */
#include "desk/id.h"

typedef enum err one_id(struct admin *admin, struct uid centre, struct uid id);

static enum desk_exit with_id(struct desk *desk, const struct subcommand_args *args,
                              enum admin_list list, one_id *act)
{
    struct desk_data data;
    struct uid centre, id;
    enum desk_exit result = DESK_FAILED;
    if (!desk_open(desk, &data)) {
        return DESK_NO_DATA;
    }
    if (id_find_centre(desk, &data.admin, args->words[0], &centre) &&
        id_find(desk, &data.admin, list, centre, args->words[1], &id)) {
        result = desk_done(desk, &data, act(&data.admin, centre, id));
    }
    desk_close(&data);
    return result;
}

static enum desk_exit lease_recall(struct desk *desk, const struct subcommand_args *args)
{
    return with_id(desk, args, LIST_LEASES, admin_lease_recall);
}

const struct command command_lease_recall = {
    .call.first = "lease",
    .call.second = "recall",
    .call.words = {"CENTRE", "LEASE"},
    .call.help =
        "Asks a kiosk to give its places of an offer back. They are free as soon as it\n"
        "has answered.",
    .run = lease_recall,
};

static enum desk_exit lease_revoke(struct desk *desk, const struct subcommand_args *args)
{
    enum desk_exit result = with_id(desk, args, LIST_LEASES, admin_lease_revoke);
    if (result == DESK_OK) {
        fputs("what the kiosk promised of them meanwhile becomes a task\n", desk->out);
    }
    return result;
}

const struct command command_lease_revoke = {
    .call.first = "lease",
    .call.second = "revoke",
    .call.words = {"CENTRE", "LEASE"},
    .call.help =
        "Takes places back from a kiosk that does not answer any more. What it promised\n"
        "meanwhile becomes a task.",
    .run = lease_revoke,
};

static enum desk_exit kiosk_revoke(struct desk *desk, const struct subcommand_args *args)
{
    return with_id(desk, args, LIST_KIOSKS, admin_device_revoke);
}

const struct command command_kiosk_revoke = {
    .call.first = "kiosk",
    .call.second = "revoke",
    .call.words = {"CENTRE", "KIOSK"},
    .call.help =
        "Shuts a kiosk out that was lost or stolen; it locks itself when it asks next.",
    .run = kiosk_revoke,
};

/* There is no list of people. */
static enum desk_exit forget(struct desk *desk, const struct subcommand_args *args)
{
    struct uid person;
    if (uid_parse(str_of(args->words[1]), &person) != ERR_OK) {
        desk_complain(desk, "a person is named by the whole id, 26 characters, as\n"
                            "`list wishes --json` has it (\"participant\")");
        return DESK_USAGE;
    }
    return with_id(desk, args, LIST_WISHES, admin_person_forget);
}

const struct command command_forget = {
    .call.first = "forget",
    .call.words = {"CENTRE", "PERSON"},
    .call.help = "Erases a young person here and on every kiosk of the centre, for good. "
                 "PERSON is\n"
                 "the whole id, as `list wishes --json` has it (\"participant\").",
    .run = forget,
};

static enum desk_exit task_done(struct desk *desk, const struct subcommand_args *args)
{
    return with_id(desk, args, LIST_TASKS, admin_task_done);
}

const struct command command_task_done = {
    .call.first = "task",
    .call.second = "done",
    .call.words = {"CENTRE", "TASK"},
    .call.help = "Takes a task off the list.",
    .run = task_done,
};

static enum desk_exit unpark(struct desk *desk, const struct subcommand_args *args)
{
    struct desk_data data;
    struct uid centre;
    int count = 0;
    enum desk_exit result = DESK_FAILED;
    if (!desk_open(desk, &data)) {
        return DESK_NO_DATA;
    }
    if (id_find_centre(desk, &data.admin, args->words[0], &centre)) {
        enum err err = admin_unpark(&data.admin, centre, &count);
        result = desk_result(desk, &data, err, NULL);
    }
    if (result == DESK_OK) {
        fprintf(desk->out, "%d understood now\n", count);
    }
    desk_close(&data);
    return result;
}

const struct command command_unpark = {
    .call.first = "unpark",
    .call.words = {"CENTRE"},
    .call.help = "Tries events again that an older server did not understand.",
    .run = unpark,
};
