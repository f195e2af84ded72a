#include "server/desk.h"

static enum err centre_there(const struct scene *scene)
{
    if (uid_is_nil(scene->centre)) {
        return ERR_OK;
    }
    struct ask ask = ask_on(scene->storage, "SELECT 1 FROM centre WHERE id = :centre");
    ask_uid(&ask, ":centre", &scene->centre);
    bool found = ask_row(&ask);
    return ask_done_found(&ask, found);
}

enum err desk_begin(struct admin *admin, struct uid centre, struct scene *scene_out)
{
    *scene_out = (struct scene){
        .storage = admin->storage,
        .rng = &admin->rng,
        .books = admin->books,
        .centre = centre,
        .now_ms = clock_wall_ms(&admin->clock),
    };
    enum err err = storage_begin(admin->storage);
    if (err != ERR_OK) {
        return err;
    }
    err = centre_there(scene_out);
    return err == ERR_OK ? ERR_OK : storage_end(admin->storage, err);
}

/* What is about no centre stands under the id of nobody, as keys have no NULL. */
static enum err note(const struct admin *admin, const struct scene *scene,
                     const char *what, struct str about)
{
    struct uid id = uid_make(scene->rng);
    struct ask ask =
        ask_on(scene->storage, "INSERT INTO audit (centre, id, at_ms, who, what, about)"
                               " VALUES (:centre, :id, :at_ms, :who, :what, :about)");
    ask_blob(&ask, ":centre", scene->centre.b, sizeof scene->centre.b);
    ask_uid(&ask, ":id", &id);
    ask_int(&ask, ":at_ms", scene->now_ms);
    ask_text(&ask, ":who", str_of(admin->who));
    ask_text(&ask, ":what", str_of(what));
    ask_text(&ask, ":about", about);
    return ask_run(&ask);
}

enum err desk_end(const struct admin *admin, const struct scene *scene, enum err err,
                  const char *what, struct str about)
{
    if (err == ERR_OK) {
        err = note(admin, scene, what, about);
    }
    return storage_end(scene->storage, err);
}

enum err desk_end_uid(const struct admin *admin, const struct scene *scene, enum err err,
                      const char *what, struct uid about)
{
    char text[UID_TEXT_SIZE];
    uid_format(about, text);
    return desk_end(admin, scene, err, what, str_of(text));
}
