/* What sub-commands open: the centre's data. */
#include "desk/command.h"

bool desk_open(struct desk *desk, struct desk_data *data_out)
{
    char memory[256];
    struct buf why;
    const struct storage_options options = {.dir = desk->data};
    *data_out = (struct desk_data){0};
    buf_init(&why, memory, sizeof memory);
    enum err err = storage_open(&options, &data_out->storage, &why);
    if (err == ERR_NOT_FOUND) {
        desk_complain(desk, "%s: no centre is here; `anlauf-server init` makes one",
                      desk->data);
    } else if (err != ERR_OK) {
        desk_complain(desk, "%s: the data does not open (%s) %s", desk->data, err_name(err),
                      memory);
    }
    data_out->admin = (struct admin){
        .storage = data_out->storage,
        .clock = desk->clock,
        .rng = desk->rng,
        .who = "cli",
    };
    return err == ERR_OK;
}

void desk_close(struct desk_data *data)
{
    if (data->storage != NULL) {
        storage_close(data->storage);
        data->storage = NULL;
    }
}

enum desk_exit desk_result(struct desk *desk, const struct desk_data *data, enum err err,
                           const struct buf *why)
{
    if (err == ERR_OK) {
        return DESK_OK;
    }
    if (why != NULL && why->len > 0) {
        desk_complain(desk, "refused (%s): %s", err_name(err), why->data);
    } else if (err == ERR_NOT_FOUND || err == ERR_INVALID || err == ERR_CONFLICT) {
        desk_complain(desk, "refused (%s)", err_name(err));
    } else {
        desk_complain(desk, "failed (%s) %s", err_name(err), storage_detail(data->storage));
    }
    return DESK_FAILED;
}

enum desk_exit desk_done(struct desk *desk, const struct desk_data *data, enum err err)
{
    enum desk_exit result = desk_result(desk, data, err, NULL);
    if (result == DESK_OK) {
        fputs("done\n", desk->out);
    }
    return result;
}

void desk_print_id(struct desk *desk, struct uid id)
{
    char text[UID_TEXT_SIZE];
    uid_format(id, text);
    fprintf(desk->out, "%s\n", text);
}
