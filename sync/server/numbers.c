#include "server/numbers.h"

/* Written before it is read: the lock of the row makes revisions rise in the order of
 * commits wherever rows are locked one by one. */
static const char hold_sql[] = "UPDATE centre SET rev = rev WHERE id = :centre";
static const char read_sql[] =
    "SELECT rev, live, received, digest FROM centre WHERE id = :centre";
static const char write_sql[] =
    "UPDATE centre SET rev = :rev, live = :live, received = :received, digest = :digest"
    " WHERE id = :centre";

static enum err read_row(const struct scene *scene, struct numbers *at)
{
    bool found = false;
    struct ask hold = ask_on(scene->storage, hold_sql);
    ask_uid(&hold, ":centre", &scene->centre);
    enum err err = ask_run(&hold);
    if (err != ERR_OK) {
        return err;
    }
    struct ask ask = ask_on(scene->storage, read_sql);
    ask_uid(&ask, ":centre", &scene->centre);
    if (ask_row(&ask)) {
        found = true;
        at->rev = ask_get_int(&ask, 0);
        at->live = ask_get_int(&ask, 1);
        at->received = ask_get_int(&ask, 2);
        ask_get_blob(&ask, 3, at->digest.b, sizeof at->digest.b);
    }
    return ask_done_found(&ask, found);
}

static enum err write_row(const struct scene *scene, const struct numbers *at)
{
    struct ask ask = ask_on(scene->storage, write_sql);
    ask_int(&ask, ":rev", at->rev);
    ask_int(&ask, ":live", at->live);
    ask_int(&ask, ":received", at->received);
    ask_blob(&ask, ":digest", at->digest.b, sizeof at->digest.b);
    ask_uid(&ask, ":centre", &scene->centre);
    return ask_run(&ask);
}

enum err numbers_open(const struct scene *scene, struct numbers *spare,
                      struct numbers **at_out)
{
    struct numbers *at = scene->numbers ? scene->numbers : spare;
    bool read = scene->numbers && scene->numbers->open;
    enum err err = read ? ERR_OK : read_row(scene, at);
    at->open = err == ERR_OK;
    *at_out = at;
    return err;
}

enum err numbers_close(const struct scene *scene, const struct numbers *at)
{
    return at == scene->numbers ? ERR_OK : write_row(scene, at);
}

enum err numbers_write(const struct scene *scene)
{
    struct numbers *at = scene->numbers;
    if (!at || !at->open) {
        return ERR_OK;
    }
    at->open = false;
    return write_row(scene, at);
}
