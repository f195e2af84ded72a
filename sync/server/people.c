#include "server/people.h"

#include "server/feed.h"
#include "wire/bytes.h"
#include "wire/json.h"

/* ---- the row of the feed --------------------------------------------------------- */

/* The members that the row has of its own stand in no body twice. */
static bool own_member(struct str name)
{
    return str_eq(name, STR("dev")) || str_eq(name, STR("card")) ||
           str_eq(name, STR("key"));
}

static void copy_members(struct bytes *out, struct str body)
{
    struct json_walk walk = json_walk(body);
    struct str name, value;
    while (json_walk_next(&walk, &name, &value)) {
        if (!own_member(name)) {
            bytes_puts(out, "\"");
            bytes_put(out, name.ptr, name.len);
            bytes_puts(out, "\":");
            bytes_put(out, value.ptr, value.len);
            bytes_puts(out, ",");
        }
    }
}

static void format_row(struct ask *ask, struct bytes *out)
{
    char dev[UID_TEXT_SIZE];
    struct str card = ask_peek_blob(ask, 2);
    uid_format(ask_get_uid(ask, 1), dev);
    bytes_puts(out, "{");
    copy_members(out, ask_peek_text(ask, 0));
    bytes_printf(out, "\"dev\":\"%s\",\"card\":", dev);
    if (ask_is_null(ask, 2)) {
        bytes_puts(out, "null");
    } else {
        bytes_puts(out, "\"");
        bytes_b64(out, (const uint8_t *)card.ptr, card.len);
        bytes_puts(out, "\"");
    }
    bytes_puts(out, ",\"key\":");
    if (ask_is_null(ask, 3)) {
        bytes_puts(out, "null}");
    } else {
        bytes_json(out, ask_peek_text(ask, 3));
        bytes_puts(out, "}");
    }
}

static enum err put_feed(const struct scene *scene, struct uid participant)
{
    char id[UID_TEXT_SIZE];
    struct bytes body = {0};
    bool found = false;
    uid_format(participant, id);
    struct ask ask = ask_on(scene->storage, "SELECT body, dev, card, key FROM person"
                                            " WHERE centre = :centre AND id = :id");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_uid(&ask, ":id", &participant);
    if (ask_row(&ask)) {
        found = true;
        format_row(&ask, &body);
    }
    enum err err = ask_done_found(&ask, found);
    if (err == ERR_OK) {
        err = body.failed ? ERR_FULL
                          : feed_put(scene, STR("person"), str_of(id), bytes_str(&body));
    }
    bytes_free(&body);
    return err;
}

/* ---- what becomes known ---------------------------------------------------------- */

enum err people_add(const struct scene *scene, struct uid participant, struct str body,
                    bool adopted)
{
    static const char first[] =
        "INSERT INTO person (centre, id, dev, body)"
        " VALUES (:centre, :id, :dev, :body)"
        " ON CONFLICT (centre, id) DO UPDATE SET dev = excluded.dev,"
        " body = excluded.body";
    static const char again[] = "INSERT INTO person (centre, id, dev, body)"
                                " VALUES (:centre, :id, :dev, :body)"
                                " ON CONFLICT (centre, id) DO NOTHING";
    struct ask ask = ask_on(scene->storage, adopted ? again : first);
    ask_uid(&ask, ":centre", &scene->centre);
    ask_uid(&ask, ":id", &participant);
    ask_uid(&ask, ":dev", &scene->dev);
    ask_text(&ask, ":body", body);
    enum err err = ask_run(&ask);
    return err == ERR_OK ? put_feed(scene, participant) : err;
}

static enum err set_card(const struct scene *scene, struct uid participant,
                         const uint8_t *lookup, size_t len)
{
    struct ask ask = ask_on(scene->storage, "UPDATE person SET card = :card"
                                            " WHERE centre = :centre AND id = :id");
    ask_blob(&ask, ":card", lookup, len);
    ask_uid(&ask, ":centre", &scene->centre);
    ask_uid(&ask, ":id", &participant);
    enum err err = ask_run(&ask);
    return err == ERR_OK ? put_feed(scene, participant) : err;
}

enum err people_card(const struct scene *scene, struct uid participant)
{
    return set_card(scene, participant, NULL, 0);
}

enum err people_card_key(const struct scene *scene, struct uid participant,
                         const uint8_t lookup[PEOPLE_LOOKUP_SIZE])
{
    return set_card(scene, participant, lookup, PEOPLE_LOOKUP_SIZE);
}

enum err people_key(const struct scene *scene, struct uid participant, struct str hex)
{
    struct ask ask = ask_on(scene->storage, "UPDATE person SET key = :key"
                                            " WHERE centre = :centre AND id = :id");
    ask_text(&ask, ":key", hex);
    ask_uid(&ask, ":centre", &scene->centre);
    ask_uid(&ask, ":id", &participant);
    enum err err = ask_run(&ask);
    return err == ERR_OK ? put_feed(scene, participant) : err;
}

/* ---- who is forgotten ------------------------------------------------------------ */

static struct uid *place_of(const struct scene *scene, struct uid participant)
{
    size_t last = sizeof participant.b - 1;
    return scene->known ? &scene->known->ids[participant.b[last] % PEOPLE_KNOWN] : NULL;
}

enum err people_forgotten(const struct scene *scene, struct uid participant,
                          bool *forgotten_out)
{
    char id[UID_TEXT_SIZE];
    struct uid *known = place_of(scene, participant);
    *forgotten_out = false;
    if (known && uid_eq(*known, participant)) {
        return ERR_OK;
    }
    uid_format(participant, id);
    struct ask ask = ask_on(scene->storage,
                            "SELECT 1 FROM feed WHERE centre = :centre"
                            " AND kind = 'forgotten' AND id = :id AND body IS NOT NULL");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_text(&ask, ":id", str_of(id));
    *forgotten_out = ask_row(&ask);
    if (known && !*forgotten_out) {
        *known = participant;
    }
    return ask_done(&ask);
}

void people_unknow(const struct scene *scene, struct uid participant)
{
    struct uid *known = place_of(scene, participant);
    if (known) {
        *known = (struct uid){{0}};
    }
}
