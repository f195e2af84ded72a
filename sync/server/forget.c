/* Forgetting somebody at the centre. What other kiosks have goes with the row
 * `forgotten`. */
#include "server/asks.h"
#include "server/feed.h"
#include "server/people.h"
#include "server/places.h"
#include "server/tasks.h"
#include "server/wishes.h"

#include <string.h>

static enum err run_on(const struct scene *scene, const char *sql, struct uid id)
{
    struct ask ask = ask_on(scene->storage, sql);
    ask_uid(&ask, ":centre", &scene->centre);
    ask_uid(&ask, ":id", &id);
    return ask_run(&ask);
}

static enum err drop_row(const struct scene *scene, struct str kind, struct uid id)
{
    char text[UID_TEXT_SIZE];
    uid_format(id, text);
    return feed_put(scene, kind, str_of(text), STR(""));
}

/* The chain of hashes stays whole: only what the lines said goes. */
static enum err empty_lines(const struct scene *scene, struct uid participant)
{
    return run_on(scene,
                  "UPDATE event SET line = '', participant = NULL"
                  " WHERE centre = :centre AND participant = :id",
                  participant);
}

static enum err next_wish(const struct scene *scene, struct uid participant,
                          struct uid *wish_out, char code_out[OFFER_CODE_SIZE])
{
    bool found = false;
    struct ask ask =
        ask_on(scene->storage, "SELECT id, code FROM wish WHERE centre = :centre"
                               " AND participant = :id ORDER BY ord LIMIT 1");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_uid(&ask, ":id", &participant);
    if (ask_row(&ask)) {
        found = true;
        *wish_out = ask_get_uid(&ask, 0);
        ask_get_text(&ask, 1, code_out, OFFER_CODE_SIZE);
    }
    return ask_done_found(&ask, found);
}

static enum err drop_wish(const struct scene *scene, struct uid wish, const char *code)
{
    enum err err =
        run_on(scene, "DELETE FROM wish WHERE centre = :centre AND id = :id", wish);
    if (err == ERR_OK) {
        err = drop_row(scene, STR("wish"), wish);
    }
    if (err == ERR_OK) {
        err = tasks_erase(scene, wish);
    }
    return err == ERR_OK ? places_settle(scene, str_of(code)) : err;
}

static enum err drop_wishes(const struct scene *scene, struct uid participant)
{
    char code[OFFER_CODE_SIZE];
    struct uid wish;
    enum err err = ERR_OK;
    while (err == ERR_OK) {
        err = next_wish(scene, participant, &wish, code);
        if (err == ERR_OK) {
            err = drop_wish(scene, wish, code);
        }
    }
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

static enum err drop_person(const struct scene *scene, struct uid participant)
{
    enum err err = run_on(scene, "DELETE FROM person WHERE centre = :centre AND id = :id",
                          participant);
    if (err == ERR_OK) {
        err = drop_row(scene, STR("person"), participant);
    }
    if (err == ERR_OK) {
        err = tasks_erase(scene, participant);
    }
    return err == ERR_OK ? asks_forget(scene, participant) : err;
}

enum err people_forget(const struct scene *scene, struct uid participant)
{
    char text[UID_TEXT_SIZE];
    uid_format(participant, text);
    people_unknow(scene, participant);
    enum err err = empty_lines(scene, participant);
    if (err == ERR_OK) {
        err = drop_wishes(scene, participant);
    }
    if (err == ERR_OK) {
        err = drop_person(scene, participant);
    }
    return err == ERR_OK ? feed_put(scene, STR("forgotten"), str_of(text), STR("{}"))
                         : err;
}
