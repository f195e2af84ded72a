/* What staff decide: wishes, leases, kiosks, people, tasks. */
#include "server/desk.h"

#include "server/feed.h"
#include "server/leases.h"
#include "server/lock.h"
#include "server/tasks.h"

enum err admin_decide(struct admin *admin, struct uid centre,
                      const struct decision *decision, enum decide_answer *answer_out,
                      struct buf *why)
{
    struct scene scene;
    enum decide_answer answer = DECIDE_NO_SUCH;
    enum err err = desk_begin(admin, centre, &scene);
    if (err != ERR_OK) {
        return err;
    }
    err = places_decide(&scene, decision, &answer, why);
    err =
        desk_end_uid(admin, &scene, err,
                     decision->confirm ? "wish.confirm" : "wish.decline", decision->wish);
    if (err == ERR_OK) {
        *answer_out = answer;
    }
    return err;
}

/* ---- leases ---------------------------------------------------------------------- */

enum err admin_lease_recall(struct admin *admin, struct uid centre, struct uid lease)
{
    struct scene scene;
    enum err err = desk_begin(admin, centre, &scene);
    if (err != ERR_OK) {
        return err;
    }
    return desk_end_uid(admin, &scene, places_recall(&scene, lease), "lease.recall",
                        lease);
}

enum err admin_lease_revoke(struct admin *admin, struct uid centre, struct uid lease)
{
    struct scene scene;
    enum err err = desk_begin(admin, centre, &scene);
    if (err != ERR_OK) {
        return err;
    }
    return desk_end_uid(admin, &scene, places_revoke(&scene, lease), "lease.revoke",
                        lease);
}

/* ---- kiosks ---------------------------------------------------------------------- */

static enum err server_key(const struct scene *scene, struct key *key_out)
{
    uint8_t seed[KEY_SEED_SIZE];
    struct ask ask = ask_on(scene->storage, "SELECT seed FROM server");
    bool found = ask_row(&ask);
    if (found) {
        ask_get_blob(&ask, 0, seed, sizeof seed);
    }
    enum err err = ask_done_found(&ask, found);
    if (err == ERR_OK) {
        key_from_seed(seed, key_out);
    }
    return err;
}

static enum err put_lock(const struct scene *scene, struct uid dev)
{
    char id[UID_TEXT_SIZE];
    struct key server;
    struct bytes body = {0};
    enum err err = server_key(scene, &server);
    if (err != ERR_OK) {
        return err;
    }
    uid_format(dev, id);
    bytes_puts(&body, "{\"state\":\"revoked\",\"order\":");
    lock_order_write(&server, dev, scene->now_ms, &body);
    bytes_puts(&body, "}");
    key_wipe(&server);
    err = body.failed ? ERR_FULL
                      : feed_put(scene, STR("device"), str_of(id), bytes_str(&body));
    bytes_free(&body);
    return err;
}

static enum err set_revoked(const struct scene *scene, struct uid dev, bool *changed_out)
{
    struct ask ask = ask_on(scene->storage,
                            "UPDATE device SET state = 'revoked', revoked_ms = :now"
                            " WHERE centre = :centre AND id = :dev AND state = 'enrolled'"
                            " RETURNING 1");
    ask_int(&ask, ":now", scene->now_ms);
    ask_uid(&ask, ":centre", &scene->centre);
    ask_uid(&ask, ":dev", &dev);
    *changed_out = false;
    while (ask_row(&ask)) {
        *changed_out = true;
    }
    return ask_done(&ask);
}

static enum err device_there(const struct scene *scene, struct uid dev)
{
    struct ask ask = ask_on(scene->storage, "SELECT 1 FROM device"
                                            " WHERE centre = :centre AND id = :dev");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_uid(&ask, ":dev", &dev);
    bool found = ask_row(&ask);
    return ask_done_found(&ask, found);
}

/* Its leases still count: what it promised while nobody could hear it may be true. */
static enum err revoke(const struct scene *scene, struct uid dev)
{
    bool changed = false;
    enum err err = device_there(scene, dev);
    if (err == ERR_OK) {
        err = set_revoked(scene, dev, &changed);
    }
    if (err != ERR_OK || !changed) {
        return err;
    }
    err = put_lock(scene, dev);
    return err == ERR_OK ? leases_tell_lost(scene, dev) : err;
}

enum err admin_device_revoke(struct admin *admin, struct uid centre, struct uid dev)
{
    struct scene scene;
    enum err err = desk_begin(admin, centre, &scene);
    if (err != ERR_OK) {
        return err;
    }
    return desk_end_uid(admin, &scene, revoke(&scene, dev), "device.revoke", dev);
}

/* ---- people and tasks ------------------------------------------------------------ */

enum err admin_person_forget(struct admin *admin, struct uid centre, struct uid person)
{
    struct scene scene;
    enum err err = uid_is_nil(person) ? ERR_INVALID : desk_begin(admin, centre, &scene);
    if (err != ERR_OK) {
        return err;
    }
    return desk_end_uid(admin, &scene, people_forget(&scene, person), "person.forget",
                        person);
}

static enum err task_done(const struct scene *scene, struct uid task)
{
    bool found = false;
    struct ask ask = ask_on(scene->storage, "UPDATE task SET state = 'done'"
                                            " WHERE centre = :centre AND id = :id"
                                            " RETURNING 1");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_uid(&ask, ":id", &task);
    while (ask_row(&ask)) {
        found = true;
    }
    return ask_done_found(&ask, found);
}

enum err admin_task_done(struct admin *admin, struct uid centre, struct uid task)
{
    struct scene scene;
    enum err err = desk_begin(admin, centre, &scene);
    if (err != ERR_OK) {
        return err;
    }
    return desk_end_uid(admin, &scene, task_done(&scene, task), "task.done", task);
}
