/* A backup is put back: what was taken from somebody since then stays taken. */
#include "server/desk.h"

#include "server/people.h"

#include <stdlib.h>

/* Somebody of a centre. */
struct one {
    struct uid centre, id;
};

struct list {
    struct one *all;
    size_t count, size;
};

static enum err add(struct list *list, struct one one)
{
    if (list->count == list->size) {
        size_t size = list->size ? list->size * 2 : 64;
        struct one *all = realloc(list->all, size * sizeof *all);
        if (!all) {
            return ERR_FULL;
        }
        list->all = all;
        list->size = size;
    }
    list->all[list->count++] = one;
    return ERR_OK;
}

static enum err read_locked(struct storage *before, struct list *list)
{
    enum err err = ERR_OK;
    struct ask ask =
        ask_on(before, "SELECT centre, id FROM device WHERE state = 'revoked'");
    while (err == ERR_OK && ask_row(&ask)) {
        err = add(list, (struct one){ask_get_uid(&ask, 0), ask_get_uid(&ask, 1)});
    }
    enum err read = ask_done(&ask);
    return err == ERR_OK ? read : err;
}

static enum err read_forgotten(struct storage *before, struct list *list)
{
    enum err err = ERR_OK;
    struct ask ask = ask_on(before, "SELECT centre, id FROM feed"
                                    " WHERE kind = 'forgotten' AND body IS NOT NULL");
    while (err == ERR_OK && ask_row(&ask)) {
        struct one one = {.centre = ask_get_uid(&ask, 0)};
        if (uid_parse(ask_peek_text(&ask, 1), &one.id) == ERR_OK) {
            err = add(list, one);
        }
    }
    enum err read = ask_done(&ask);
    return err == ERR_OK ? read : err;
}

/* Who is forgotten in the backup as well has no row to be erased. */
static enum err forget(struct admin *admin, struct one one)
{
    struct scene scene = {.storage = admin->storage, .centre = one.centre};
    bool forgotten = false;
    enum err err = people_forgotten(&scene, one.id, &forgotten);
    return err == ERR_OK && !forgotten ? admin_person_forget(admin, one.centre, one.id)
                                       : err;
}

static enum err revoke(struct admin *admin, struct one one)
{
    return admin_device_revoke(admin, one.centre, one.id);
}

/* A centre or a kiosk that the backup does not know needs nothing. */
static enum err to_each(struct admin *admin, const struct list *list,
                        enum err (*act)(struct admin *admin, struct one one))
{
    enum err err = ERR_OK;
    for (size_t i = 0; i < list->count && err == ERR_OK; i++) {
        err = act(admin, list->all[i]);
        err = err == ERR_NOT_FOUND ? ERR_OK : err;
    }
    return err;
}

enum err admin_carry(struct admin *admin, struct storage *before)
{
    struct list locked = {0}, forgotten = {0};
    enum err err = read_locked(before, &locked);
    if (err == ERR_OK) {
        err = read_forgotten(before, &forgotten);
    }
    if (err == ERR_OK) {
        err = to_each(admin, &locked, revoke);
    }
    if (err == ERR_OK) {
        err = to_each(admin, &forgotten, forget);
    }
    free(locked.all);
    free(forgotten.all);
    return err;
}
