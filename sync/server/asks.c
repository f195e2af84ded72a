#include "server/asks.h"

#include "server/tasks.h"
#include "server/wishes.h"

static enum err add(const struct scene *scene, struct str code, struct uid who)
{
    struct ask ask =
        ask_on(scene->storage, "INSERT INTO unfit (centre, code, who)"
                               " VALUES (:centre, :code, :who) ON CONFLICT DO NOTHING");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_text(&ask, ":code", code);
    ask_uid(&ask, ":who", &who);
    return ask_run(&ask);
}

static enum err count(const struct scene *scene, struct str code, int64_t *count_out)
{
    struct ask ask = ask_on(scene->storage, "SELECT count(*) FROM unfit"
                                            " WHERE centre = :centre AND code = :code");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_text(&ask, ":code", code);
    if (ask_row(&ask)) {
        *count_out = ask_get_int(&ask, 0);
    }
    return ask_done(&ask);
}

enum err asks_note(const struct scene *scene, struct str code, struct uid who)
{
    int64_t no = 0;
    bool wanted = false;
    enum err err = add(scene, code, who);
    if (err == ERR_OK) {
        err = count(scene, code, &no);
    }
    if (err == ERR_OK && no >= ASKS_ENOUGH) {
        err = wishes_any_confirmed(scene, code, &wanted);
    }
    if (err != ERR_OK || no < ASKS_ENOUGH || wanted) {
        return err;
    }
    return tasks_open_once(scene, TASK_TELL_SITE, code, STR("{}"));
}

static enum err first_of(const struct scene *scene, struct uid who,
                         char code_out[OFFER_CODE_SIZE])
{
    bool found = false;
    struct ask ask =
        ask_on(scene->storage, "SELECT code FROM unfit"
                               " WHERE centre = :centre AND who = :who LIMIT 1");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_uid(&ask, ":who", &who);
    if (ask_row(&ask)) {
        found = true;
        ask_get_text(&ask, 0, code_out, OFFER_CODE_SIZE);
    }
    return ask_done_found(&ask, found);
}

static enum err unname(const struct scene *scene, const char *code, struct uid who)
{
    struct uid nobody = uid_make(scene->rng);
    struct ask ask =
        ask_on(scene->storage, "UPDATE unfit SET who = :nobody WHERE centre = :centre"
                               " AND code = :code AND who = :who");
    ask_uid(&ask, ":nobody", &nobody);
    ask_uid(&ask, ":centre", &scene->centre);
    ask_text(&ask, ":code", str_of(code));
    ask_uid(&ask, ":who", &who);
    return ask_run(&ask);
}

enum err asks_forget(const struct scene *scene, struct uid who)
{
    char code[OFFER_CODE_SIZE];
    enum err err = ERR_OK;
    while (err == ERR_OK) {
        err = first_of(scene, who, code);
        if (err == ERR_OK) {
            err = unname(scene, code, who);
        }
    }
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}
