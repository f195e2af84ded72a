#include "server/walk.h"

enum err walk_next(struct storage *storage, const char *sql, struct uid *id)
{
    bool found = false;
    struct uid next = {{0}};
    struct ask ask = ask_on(storage, sql);
    ask_blob(&ask, ":after", id->b, sizeof id->b);
    if (ask_row(&ask)) {
        found = true;
        next = ask_get_uid(&ask, 0);
    }
    enum err err = ask_done_found(&ask, found);
    if (err == ERR_OK) {
        *id = next;
    }
    return err;
}
