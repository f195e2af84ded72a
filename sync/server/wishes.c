#include "server/wishes.h"

#include "server/feed.h"
#include "server/numbers.h"
#include "wire/bytes.h"

#include <string.h>

#define COLUMNS                                                                          \
    "id, dev, participant, ord, code, date, state, reason, decision, staff, lease"

static const char *const reasons[] = {"none", "full", "cancelled", "rules", "talk"};

bool wish_reason_valid(struct str reason)
{
    for (size_t i = 0; i < ARRAY_LEN(reasons); i++) {
        if (str_eq(reason, str_of(reasons[i]))) {
            return true;
        }
    }
    return false;
}

/* ---- reading --------------------------------------------------------------------- */

static void read_row(struct ask *ask, struct wish_row *wish)
{
    wish->id = ask_get_uid(ask, 0);
    wish->dev = ask_get_uid(ask, 1);
    wish->participant = ask_get_uid(ask, 2);
    wish->ord = ask_get_int(ask, 3);
    ask_get_text(ask, 4, wish->code, sizeof wish->code);
    ask_get_text(ask, 5, wish->date, sizeof wish->date);
    wish->stand = stand_from_name(ask_peek_text(ask, 6));
    ask_get_text(ask, 7, wish->reason, sizeof wish->reason);
    wish->decision = ask_get_uid(ask, 8);
    wish->staff = ask_get_uid(ask, 9);
    wish->lease = ask_get_uid(ask, 10);
}

static enum err read_one(struct ask *ask, struct wish_row *wish)
{
    bool known = true, found = ask_row(ask);
    if (found) {
        read_row(ask, wish);
        known = wish->stand != STAND_COUNT;
    }
    enum err err = ask_done_found(ask, found);
    return err == ERR_OK && !known ? ERR_CORRUPT : err;
}

enum err wishes_find(const struct scene *scene, struct uid id, struct wish_row *wish_out)
{
    struct ask ask = ask_on(scene->storage, "SELECT " COLUMNS " FROM wish"
                                            " WHERE centre = :centre AND id = :id");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_uid(&ask, ":id", &id);
    return read_one(&ask, wish_out);
}

enum err wishes_first(const struct scene *scene, const struct offer_row *offer,
                      enum stand stand, struct wish_row *wish_out)
{
    struct ask ask =
        ask_on(scene->storage, "SELECT " COLUMNS " FROM wish WHERE centre = :centre"
                               " AND code = :code AND date = :date AND state = :state"
                               " ORDER BY ord LIMIT 1");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_text(&ask, ":code", str_of(offer->code));
    ask_text(&ask, ":date", str_of(offer->date));
    ask_text(&ask, ":state", str_of(stand_name(stand)));
    return read_one(&ask, wish_out);
}

enum err wishes_any_confirmed(const struct scene *scene, struct str code, bool *any_out)
{
    struct ask ask = ask_on(scene->storage,
                            "SELECT 1 FROM wish WHERE centre = :centre AND code = :code"
                            " AND state = 'confirmed' LIMIT 1");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_text(&ask, ":code", code);
    *any_out = ask_row(&ask);
    return ask_done(&ask);
}

/* ---- writing --------------------------------------------------------------------- */

static enum err next_ord(const struct scene *scene, int64_t *ord_out)
{
    struct numbers spare, *numbers;
    enum err err = numbers_open(scene, &spare, &numbers);
    if (err != ERR_OK) {
        return err;
    }
    *ord_out = ++numbers->received;
    return numbers_close(scene, numbers);
}

static enum err insert(const struct scene *scene, const struct wish_row *wish,
                       int64_t ord, struct str body)
{
    struct ask ask = ask_on(
        scene->storage, "INSERT INTO wish (centre, id, ord, dev, participant, code, date,"
                        " state, reason, body) VALUES (:centre, :id, :ord, :dev,"
                        " :participant, :code, :date, 'asked', 'none', :body)");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_uid(&ask, ":id", &wish->id);
    ask_int(&ask, ":ord", ord);
    ask_uid(&ask, ":dev", &wish->dev);
    ask_uid(&ask, ":participant", &wish->participant);
    ask_text(&ask, ":code", str_of(wish->code));
    ask_text(&ask, ":date", str_of(wish->date));
    ask_text(&ask, ":body", body);
    return ask_run(&ask);
}

enum err wishes_add(const struct scene *scene, const struct wish_row *wish,
                    struct str body)
{
    int64_t ord = 0;
    enum err err = next_ord(scene, &ord);
    return err == ERR_OK ? insert(scene, wish, ord, body) : err;
}

static void put_uid(struct bytes *out, const char *name, struct uid id)
{
    char text[UID_TEXT_SIZE];
    if (!uid_is_nil(id)) {
        uid_format(id, text);
        bytes_printf(out, ",\"%s\":\"%s\"", name, text);
    }
}

/* To a kiosk who is wanted is still asking. */
static const char *told(enum stand stand)
{
    return stand_name(stand == STAND_WANTED ? STAND_ASKED : stand);
}

/* Only what a kiosk that knows the wish cannot know: there are as many rows as wishes. */
static enum err put_feed(const struct scene *scene, const struct wish_row *wish)
{
    char id[UID_TEXT_SIZE];
    struct bytes body = {0};
    uid_format(wish->id, id);
    bytes_printf(&body, "{\"state\":\"%s\"", told(wish->stand));
    if (strcmp(wish->reason, "none") != 0) {
        bytes_printf(&body, ",\"reason\":\"%s\"", wish->reason);
    }
    put_uid(&body, "decision", wish->decision);
    put_uid(&body, "staff", wish->staff);
    bytes_puts(&body, "}");
    enum err err = body.failed
                       ? ERR_FULL
                       : feed_put(scene, STR("wish"), str_of(id), bytes_str(&body));
    bytes_free(&body);
    return err;
}

enum err wishes_put(const struct scene *scene, const struct wish_row *wish)
{
    struct ask ask =
        ask_on(scene->storage, "UPDATE wish SET state = :state, reason = :reason,"
                               " decision = :decision, staff = :staff, lease = :lease"
                               " WHERE centre = :centre AND id = :id");
    ask_text(&ask, ":state", str_of(stand_name(wish->stand)));
    ask_text(&ask, ":reason", str_of(wish->reason));
    ask_uid(&ask, ":decision", &wish->decision);
    ask_uid(&ask, ":staff", &wish->staff);
    ask_uid(&ask, ":lease", &wish->lease);
    ask_uid(&ask, ":centre", &scene->centre);
    ask_uid(&ask, ":id", &wish->id);
    enum err err = ask_run(&ask);
    return err == ERR_OK ? put_feed(scene, wish) : err;
}

enum err wishes_decide(const struct scene *scene, struct wish_row *wish, enum stand stand,
                       const char *reason)
{
    wish->stand = stand;
    wish->decision = uid_make(scene->rng);
    str_copy(wish->reason, sizeof wish->reason, str_of(reason));
    return wishes_put(scene, wish);
}
