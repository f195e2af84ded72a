#include "desk/carry.h"

#include "desk/command.h"

void carry_over(struct desk *desk, struct desk_data *fresh)
{
    char memory[256];
    struct buf why;
    struct storage *before = NULL;
    const struct storage_options options = {.dir = desk->data};
    buf_init(&why, memory, sizeof memory);
    enum err err = storage_open(&options, &before, &why);
    if (err == ERR_OK) {
        err = admin_carry(&fresh->admin, before);
        storage_close(before);
    }
    if (err != ERR_OK) {
        desk_complain(desk,
                      "what was locked or forgotten since the backup is not carried "
                      "over: it has to be so again");
    }
}
