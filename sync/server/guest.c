/* What kiosks ask that have a token: the cursor of a log, an upload, a page of the feed.
 */
#include "server/feed.h"
#include "server/ingest.h"
#include "server/tasks.h"

#define FLOOD_RETRY_S (15 * 60)

/* ---- answers to uploads ------------------------------------------------------------ */

/* An error of an upload says how far the log is all the same. */
static void reply_at(struct core_job *job, int status, const char *word,
                     const struct ingest *ingest)
{
    job->status = status;
    bytes_printf(&job->reply, "{\"error\":\"%s\",\"seq\":%lld}\n", word,
                 ingest->has_log ? (long long)ingest->log.seq : 0);
}

static void reply_cursor(struct core_job *job, const struct ingest *ingest)
{
    const struct log *log = ingest->has_log ? &ingest->log : NULL;
    job->status = 409;
    bytes_puts(&job->reply, "{\"error\":\"cursor\",");
    log_write_json(log, &job->reply);
    bytes_printf(&job->reply, ",\"signed\":%lld}\n",
                 log ? (long long)log->signed_seq : 0);
}

static void reply_upload(struct core_job *job, const struct ingest *ingest)
{
    if (ingest->end == INGEST_CURSOR) {
        reply_cursor(job, ingest);
    } else if (ingest->end == INGEST_CHAIN) {
        reply_at(job, 400, "chain", ingest);
    } else if (job->upload_err == ERR_FULL) {
        reply_at(job, 413, "too-large", ingest);
    } else if (job->upload_err != ERR_OK || ingest->end == INGEST_CUT) {
        reply_at(job, 400, "malformed", ingest);
    } else {
        job->status = 200;
        bytes_printf(&job->reply, "{\"seq\":%lld,\"signed\":%lld}\n",
                     (long long)ingest->log.seq, (long long)ingest->log.signed_seq);
    }
}

/* ---- requests ---------------------------------------------------------------------- */

struct guest {
    struct device device;
    int64_t token_ms; /* when the token was given out */
};

/* *good_out false: the job has its answer. */
static enum err find_guest(const struct core *core, struct core_job *job, int64_t now_ms,
                           struct guest *guest, bool *good_out)
{
    struct uid dev;
    *good_out = false;
    if (token_read(core, job->token, now_ms, &dev, &guest->token_ms) != ERR_OK) {
        reply_error(job, 401, "token");
        return ERR_OK;
    }
    enum err err = device_find(core->storage, dev, &guest->device);
    if (err == ERR_NOT_FOUND) {
        reply_error(job, 401, "token"); /* the session says more */
        return ERR_OK;
    }
    if (err == ERR_OK && guest->device.revoked) {
        reply_revoked(core, job, &guest->device);
        return ERR_OK;
    }
    *good_out = err == ERR_OK;
    job->centre = guest->device.centre;
    return err;
}

static enum err run_cursor(const struct core *core, struct core_job *job,
                           const struct guest *guest)
{
    struct log log;
    enum err err =
        log_get(core->storage, guest->device.centre, guest->device.id, job->epoch, &log);
    if (err == ERR_NOT_FOUND) {
        reply_error(job, 404, "log");
        return ERR_OK;
    }
    if (err == ERR_OK) {
        job->status = 200;
        bytes_puts(&job->reply, "{");
        log_write_json(&log, &job->reply);
        bytes_printf(&job->reply, ",\"signed\":%lld}\n", (long long)log.signed_seq);
    }
    return err;
}

/* It may say the rest when some has leaked out. Staff are told: no kiosk has so much to say. */
static enum err refuse_flood(const struct core *core, struct core_job *job,
                             const struct device *device, int64_t now_ms)
{
    const struct scene scene = {.storage = core->storage,
                                .rng = &core->rng,
                                .centre = device->centre,
                                .now_ms = now_ms};
    reply_error(job, 429, "quota");
    job->retry_after_s = FLOOD_RETRY_S;
    return tasks_open_about(&scene, TASK_FLOOD, device->id);
}

static enum err run_upload(const struct core *core, struct core_job *job,
                           const struct guest *guest, int64_t now_ms)
{
    struct ingest ingest = {.core = core,
                            .device = &guest->device,
                            .epoch = job->epoch,
                            .now_ms = now_ms,
                            .upload = job->upload,
                            .due = {.from = 1},
                            .contact_ms = guest->token_ms};
    if (!wire_upload_header(job->upload) || job->epoch < 1) {
        bool large = job->upload_err == ERR_FULL;
        reply_error(job, large ? 413 : 400, large ? "too-large" : "malformed");
        return ERR_OK;
    }
    if (quota_full(guest->device.quota, now_ms)) {
        return refuse_flood(core, job, &guest->device, now_ms);
    }
    enum err err = ingest_run(&ingest);
    if (err == ERR_OK) {
        err = device_seen(core->storage, &guest->device, now_ms, ingest.bytes);
    }
    if (err == ERR_OK) {
        job->due = ingest.due;
        reply_upload(job, &ingest);
    }
    return err;
}

static enum err run_feed(const struct core *core, struct core_job *job,
                         const struct guest *guest)
{
    struct feed_end end = {.empty = false};
    enum err err = feed_page(core->storage, guest->device.centre,
                             (struct feed_from){job->since, job->most, job->anew},
                             &core->server, &job->reply, &end);
    if (err == ERR_NOT_FOUND) {
        reply_error(job, 410, "compacted");
        return ERR_OK;
    }
    job->status = 200;
    job->empty_page = end.empty;
    return err;
}

enum err guest_run(const struct core *core, struct core_job *job, int64_t now_ms)
{
    struct guest guest;
    bool good;
    enum err err = find_guest(core, job, now_ms, &guest, &good);
    if (err != ERR_OK || !good) {
        return err;
    }
    switch (job->what) {
    case CORE_CURSOR:
        return run_cursor(core, job, &guest);
    case CORE_UPLOAD:
        return run_upload(core, job, &guest, now_ms);
    default:
        return run_feed(core, job, &guest);
    }
}
