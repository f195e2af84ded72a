#include "server/leases.h"

#include "server/body.h"
#include "server/feed.h"
#include "server/tasks.h"
#include "wire/bytes.h"

#include <string.h>

#define COLUMNS "id, dev, code, date, epoch, places, used, state"

static const char *const states[] = {"granted", "recalled", "returned", "revoked"};

bool lease_open(const struct lease_row *lease)
{
    return lease->state == LEASE_GRANTED || lease->state == LEASE_RECALLED;
}

/* ---- reading --------------------------------------------------------------------- */

static bool read_state(struct str word, enum lease_state *state_out)
{
    for (size_t i = 0; i < ARRAY_LEN(states); i++) {
        if (str_eq(word, str_of(states[i]))) {
            *state_out = (enum lease_state)i;
            return true;
        }
    }
    return false;
}

static enum err read_one(struct ask *ask, struct lease_row *lease)
{
    bool known = true, found = ask_row(ask);
    if (found) {
        lease->id = ask_get_uid(ask, 0);
        lease->dev = ask_get_uid(ask, 1);
        ask_get_text(ask, 2, lease->code, sizeof lease->code);
        ask_get_text(ask, 3, lease->date, sizeof lease->date);
        lease->epoch = ask_get_int(ask, 4);
        lease->places = ask_get_int(ask, 5);
        lease->used = ask_get_int(ask, 6);
        known = read_state(ask_peek_text(ask, 7), &lease->state);
    }
    enum err err = ask_done_found(ask, found);
    return err == ERR_OK && !known ? ERR_CORRUPT : err;
}

enum err leases_find(const struct scene *scene, struct uid id,
                     struct lease_row *lease_out)
{
    struct ask ask = ask_on(scene->storage, "SELECT " COLUMNS " FROM lease"
                                            " WHERE centre = :centre AND id = :id");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_uid(&ask, ":id", &id);
    return read_one(&ask, lease_out);
}

/* In a line of epoch.begun: does a body begin there that is not the lease's any more? */
static bool begins_later(struct str text, const struct lease_row *lease)
{
    struct wire_line line;
    int64_t epoch;
    wire_line_parse(text, &line);
    return line.what != WIRE_EVENT ||
           !body_int(line.body, "epoch", WIRE_NUMBER_MAX, &epoch) || epoch > lease->epoch;
}

enum err leases_held_by_writer(const struct scene *scene, const struct lease_row *lease,
                               int64_t seq, bool *held_out)
{
    *held_out = uid_eq(lease->dev, scene->dev) && lease->epoch <= scene->epoch;
    if (!*held_out || lease->epoch == scene->epoch) {
        return ERR_OK;
    }
    struct ask ask = ask_on(
        scene->storage, "SELECT line FROM event WHERE centre = :centre AND dev = :dev"
                        " AND epoch = :epoch AND seq < :seq AND kind = 'epoch.begun'");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_uid(&ask, ":dev", &scene->dev);
    ask_int(&ask, ":epoch", scene->epoch);
    ask_int(&ask, ":seq", seq);
    while (*held_out && ask_row(&ask)) {
        *held_out = !begins_later(ask_peek_text(&ask, 0), lease);
    }
    return ask_done(&ask);
}

/* ---- writing --------------------------------------------------------------------- */

static enum err put_feed(const struct scene *scene, const struct lease_row *lease)
{
    char id[UID_TEXT_SIZE], dev[UID_TEXT_SIZE];
    struct bytes body = {0};
    uid_format(lease->id, id);
    uid_format(lease->dev, dev);
    if (lease_open(lease)) {
        bytes_printf(&body,
                     "{\"offer\":\"%s\",\"date\":\"%s\",\"dev\":\"%s\",\"epoch\":%lld,"
                     "\"places\":%lld,\"state\":\"%s\"}",
                     lease->code, lease->date, dev, (long long)lease->epoch,
                     (long long)lease->places, states[lease->state]);
    }
    enum err err = body.failed
                       ? ERR_FULL
                       : feed_put(scene, STR("lease"), str_of(id), bytes_str(&body));
    bytes_free(&body);
    return err;
}

enum err leases_put(const struct scene *scene, struct lease_row *lease)
{
    if (lease_open(lease) && lease->used >= lease->places) {
        lease->state = LEASE_RETURNED;
    }
    struct ask ask =
        ask_on(scene->storage, "UPDATE lease SET used = :used, state = :state"
                               " WHERE centre = :centre AND id = :id");
    ask_int(&ask, ":used", lease->used);
    ask_text(&ask, ":state", str_of(states[lease->state]));
    ask_uid(&ask, ":centre", &scene->centre);
    ask_uid(&ask, ":id", &lease->id);
    enum err err = ask_run(&ask);
    return err == ERR_OK ? put_feed(scene, lease) : err;
}

static enum err add(const struct scene *scene, const struct lease_row *lease)
{
    struct ask ask = ask_on(
        scene->storage, "INSERT INTO lease (centre, id, code, date, dev, epoch, places,"
                        " used, state) VALUES (:centre, :id, :code, :date, :dev, :epoch,"
                        " :places, 0, 'granted')");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_uid(&ask, ":id", &lease->id);
    ask_text(&ask, ":code", str_of(lease->code));
    ask_text(&ask, ":date", str_of(lease->date));
    ask_uid(&ask, ":dev", &lease->dev);
    ask_int(&ask, ":epoch", lease->epoch);
    ask_int(&ask, ":places", lease->places);
    enum err err = ask_run(&ask);
    return err == ERR_OK ? put_feed(scene, lease) : err;
}

/* ---- granting -------------------------------------------------------------------- */

static enum err count_kiosks(const struct scene *scene, int64_t *count_out)
{
    struct ask ask =
        ask_on(scene->storage, "SELECT count(*) FROM device"
                               " WHERE centre = :centre AND state = 'enrolled'");
    ask_uid(&ask, ":centre", &scene->centre);
    if (ask_row(&ask)) {
        *count_out = ask_get_int(&ask, 0);
    }
    return ask_done(&ask);
}

/* The next kiosk whose newest body has no lease for this offer and day. A kiosk that was
 * never heard of since it was enrolled gets none: nobody knows which body it has. */
static enum err next_kiosk(const struct scene *scene, const struct offer_row *offer,
                           struct lease_row *lease)
{
    bool found = false;
    struct uid after = lease->dev;
    struct ask ask = ask_on(
        scene->storage,
        "SELECT id, epoch FROM (SELECT d.id AS id, (SELECT max(g.epoch) FROM log g"
        "  WHERE g.centre = d.centre AND g.dev = d.id) AS epoch FROM device d"
        "  WHERE d.centre = :centre AND d.id > :after AND d.state = 'enrolled') AS kiosk"
        " WHERE epoch IS NOT NULL AND NOT EXISTS (SELECT 1 FROM lease l"
        "  WHERE l.centre = :centre AND l.code = :code AND l.date = :date"
        "  AND l.dev = kiosk.id AND l.epoch = kiosk.epoch"
        "  AND l.state IN ('granted', 'recalled'))"
        " ORDER BY id LIMIT 1");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_blob(&ask, ":after", after.b, sizeof after.b);
    ask_text(&ask, ":code", str_of(offer->code));
    ask_text(&ask, ":date", str_of(offer->date));
    if (ask_row(&ask)) {
        found = true;
        lease->dev = ask_get_uid(&ask, 0);
        lease->epoch = ask_get_int(&ask, 1);
    }
    return ask_done_found(&ask, found);
}

static enum err grant_each(const struct scene *scene, const struct offer_row *offer,
                           int64_t share)
{
    struct lease_row lease = {.places = share, .state = LEASE_GRANTED};
    enum err err = ERR_OK;
    memcpy(lease.code, offer->code, sizeof lease.code);
    memcpy(lease.date, offer->date, sizeof lease.date);
    while (err == ERR_OK) {
        err = next_kiosk(scene, offer, &lease);
        if (err == ERR_OK) {
            lease.id = uid_make(scene->rng);
            err = add(scene, &lease);
        }
    }
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

enum err leases_grant(const struct scene *scene, const struct offer_row *offer)
{
    int64_t kiosks = 0;
    enum err err = count_kiosks(scene, &kiosks);
    if (err != ERR_OK) {
        return err;
    }
    int64_t share = decide_share(&offer->count, kiosks);
    return share > 0 ? grant_each(scene, offer, share) : ERR_OK;
}

/* ---- asking back ----------------------------------------------------------------- */

static enum err next_granted(const struct scene *scene, const struct offer_row *offer,
                             bool other_days_only, struct lease_row *lease)
{
    struct ask ask =
        ask_on(scene->storage, "SELECT " COLUMNS " FROM lease WHERE centre = :centre"
                               " AND code = :code AND state = 'granted'"
                               " AND (:others = 0 OR date <> :date) ORDER BY id LIMIT 1");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_text(&ask, ":code", str_of(offer->code));
    ask_int(&ask, ":others", other_days_only);
    ask_text(&ask, ":date", str_of(offer->date));
    return read_one(&ask, lease);
}

enum err leases_recall(const struct scene *scene, const struct offer_row *offer,
                       bool other_days_only)
{
    struct lease_row lease = {.places = 0};
    enum err err = ERR_OK;
    while (err == ERR_OK) {
        err = next_granted(scene, offer, other_days_only, &lease);
        if (err == ERR_OK) {
            lease.state = LEASE_RECALLED;
            err = leases_put(scene, &lease);
        }
    }
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

/* ---- held where nobody can ask --------------------------------------------------- */

/* The next open lease of a kiosk's bodies before this epoch. */
static enum err next_held(const struct scene *scene, struct uid dev, int64_t before,
                          struct lease_row *lease)
{
    struct uid after = lease->id;
    struct ask ask = ask_on(scene->storage,
                            "SELECT " COLUMNS " FROM lease WHERE centre = :centre"
                            " AND id > :after AND dev = :dev AND epoch < :epoch"
                            " AND state IN ('granted', 'recalled') ORDER BY id LIMIT 1");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_blob(&ask, ":after", after.b, sizeof after.b);
    ask_uid(&ask, ":dev", &dev);
    ask_int(&ask, ":epoch", before);
    return read_one(&ask, lease);
}

static enum err tell(const struct scene *scene, struct uid dev, int64_t before,
                     const char *task)
{
    struct lease_row lease = {.places = 0};
    enum err err = ERR_OK;
    while (err == ERR_OK) {
        err = next_held(scene, dev, before, &lease);
        if (err == ERR_OK) {
            err = tasks_open_about(scene, task, lease.id);
        }
    }
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

enum err leases_tell_copies(const struct scene *scene)
{
    return tell(scene, scene->dev, scene->epoch, TASK_LEASE_COPY);
}

enum err leases_tell_lost(const struct scene *scene, struct uid dev)
{
    return tell(scene, dev, INT64_MAX, TASK_LEASE_LOST);
}
