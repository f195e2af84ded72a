/* The kiosks that were enrolled, and what a revoked one is told. */
#include "server/inside.h"
#include "server/lock.h"

#include <string.h>

static const char find_sql[] =
    "SELECT centre, public, state, revoked_ms, stored, stored_ms FROM device"
    " WHERE id = :id";
static const char seen_sql[] =
    "UPDATE device SET last_ms = :now, stored = :stored, stored_ms = :stored_ms"
    " WHERE centre = :centre AND id = :id";

enum err device_find(struct storage *storage, struct uid id, struct device *device_out)
{
    bool found = false;
    struct device device = {.id = id};
    struct ask ask = ask_on(storage, find_sql);
    ask_uid(&ask, ":id", &id);
    if (ask_row(&ask)) {
        found = true;
        device.centre = ask_get_uid(&ask, 0);
        ask_get_blob(&ask, 1, device.public.b, sizeof device.public.b);
        device.revoked = !str_eq(ask_peek_text(&ask, 2), STR("enrolled"));
        device.revoked_ms = ask_get_int(&ask, 3);
        device.quota = (struct quota){ask_get_int(&ask, 4), ask_get_int(&ask, 5)};
    }
    enum err err = ask_done_found(&ask, found);
    if (err == ERR_OK) {
        *device_out = device;
    }
    return err;
}

enum err device_seen(struct storage *storage, const struct device *device, int64_t now_ms,
                     int64_t stored)
{
    struct quota quota = quota_add(device->quota, now_ms, stored);
    struct ask ask = ask_on(storage, seen_sql);
    ask_uid(&ask, ":centre", &device->centre);
    ask_uid(&ask, ":id", &device->id);
    ask_int(&ask, ":now", now_ms);
    ask_int(&ask, ":stored", quota.bytes);
    ask_int(&ask, ":stored_ms", quota.at_ms);
    return ask_run(&ask);
}

void reply_revoked(const struct core *core, struct core_job *job,
                   const struct device *device)
{
    job->status = 403;
    bytes_clear(&job->reply);
    bytes_puts(&job->reply, "{\"error\":\"revoked\",\"order\":");
    lock_order_write(&core->server, device->id, device->revoked_ms, &job->reply);
    bytes_puts(&job->reply, "}\n");
}
