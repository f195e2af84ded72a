/* anlauf-server parcel FILE ANSWER: what a kiosk without a line sent on a stick. */
#include "desk/files.h"

#include "desk/command.h"
#include "server/core.h"
#include "wire/parcel.h"

#include <stdlib.h>

static enum desk_exit answer(struct desk *desk, struct desk_data *data, struct str file,
                             const char *path)
{
    char memory[256];
    struct buf why;
    struct bytes reply = {0};
    struct core *core = NULL;
    const struct core_options options = {data->storage, desk->clock, desk->rng, "", NULL};
    buf_init(&why, memory, sizeof memory);
    enum err err = core_make(&options, &core);
    if (err == ERR_OK) {
        err = core_parcel(core, file, &reply, &why);
        core_free(core);
    }
    enum desk_exit result = desk_result(desk, data, err, &why);
    if (result == DESK_OK && !files_write(desk, path, bytes_str(&reply))) {
        result = DESK_FAILED;
    }
    if (result == DESK_OK) {
        fprintf(desk->out, "taken in; carry %s back to the kiosk\n", path);
    }
    bytes_free(&reply);
    return result;
}

static enum desk_exit run(struct desk *desk, const struct subcommand_args *args)
{
    struct desk_data data;
    char *text = NULL;
    size_t len = 0;
    if (!files_read(desk, args->words[0], PARCEL_MAX, &text, &len)) {
        return DESK_FAILED;
    }
    enum desk_exit result = DESK_NO_DATA;
    if (desk_open(desk, &data)) {
        result = answer(desk, &data, (struct str){text, len}, args->words[1]);
        desk_close(&data);
    }
    free(text);
    return result;
}

const struct command command_parcel = {
    .call.first = "parcel",
    .call.words = {"FILE", "ANSWER"},
    .call.help = "Takes in what a kiosk wrote on a stick (`anlauf-sync --export`), and "
                 "writes the\n"
                 "file that is carried back to it. Harmless to repeat.",
    .run = run,
};
