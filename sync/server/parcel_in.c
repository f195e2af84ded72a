/* A parcel from a stick: what it brings goes the same way as an upload, and the answer
 * has what a session, a cursor and the feed would have said. */
#include "server/feed.h"
#include "server/ingest.h"

#include "wire/json.h"
#include "wire/parcel.h"

#include <string.h>

struct head {
    struct uid dev;
    int64_t epoch, since;
};

struct visit {
    const struct core *core;
    struct device device;
    struct head head;
    struct str body; /* behind the head */
    int64_t now_ms;
    int bodies; /* taken, each up to its signature */
    bool stuck; /* does not continue what is here */
};

static bool read_head(struct str line, struct head *head)
{
    struct str name, value, text;
    unsigned seen = 0;
    if (!json_object_valid(line)) {
        return false;
    }
    struct json_walk walk = json_walk(line);
    while (json_walk_next(&walk, &name, &value)) {
        bool good = true;
        if (str_eq(name, STR("dev"))) {
            seen |= 1;
            good = json_plain(value, &text) && uid_parse(text, &head->dev) == ERR_OK;
        } else if (str_eq(name, STR("epoch"))) {
            seen |= 2;
            good = json_number(value, &head->epoch) && head->epoch > 0;
        } else if (str_eq(name, STR("since"))) {
            seen |= 4;
            good = json_number(value, &head->since);
        }
        if (!good) {
            return false;
        }
    }
    return seen == 7;
}

static bool split_head(struct str content, struct str *line_out, struct str *rest_out)
{
    const char *lf = content.len ? memchr(content.ptr, '\n', content.len) : NULL;
    if (!lf) {
        return false;
    }
    size_t len = (size_t)(lf - content.ptr);
    *line_out = (struct str){content.ptr, len};
    *rest_out = (struct str){lf + 1, content.len - len - 1};
    return true;
}

/* The length of the first body: up to its signature with its LF. 0: there is none. */
static size_t body_len(struct str text)
{
    static const struct str mark = {"{\"sig\":", 7};
    size_t at = 0;
    while (at < text.len) {
        const char *lf = memchr(text.ptr + at, '\n', text.len - at);
        if (!lf) {
            return 0;
        }
        struct str line = {text.ptr + at, (size_t)(lf - text.ptr) - at};
        at += line.len + 1;
        if (str_starts(line, mark)) {
            return at;
        }
    }
    return 0;
}

/* ---- up ---------------------------------------------------------------------------- */

static enum err ingest_body(struct visit *visit, const struct wire_upload *upload,
                            struct buf *why)
{
    struct ingest ingest = {.core = visit->core,
                            .device = &visit->device,
                            .epoch = visit->head.epoch,
                            .now_ms = visit->now_ms,
                            .upload = upload,
                            .due = {.from = 1},
                            .parcel = true};
    enum err err = ingest_run(&ingest);
    if (err == ERR_OK && ingest.due.to >= ingest.due.from) {
        ingest.due.upload = upload;
        int64_t next;
        err = due_run(visit->core, &ingest.due, INT64_MAX, &next);
    }
    if (err != ERR_OK) {
        return err;
    }
    if (ingest.end == INGEST_CURSOR) {
        visit->stuck = true;
        return ERR_OK;
    }
    if (ingest.end != INGEST_TAKEN) {
        buf_puts(why, "the signature is not the kiosk's");
        return ERR_DENIED;
    }
    visit->bodies++;
    return ERR_OK;
}

static enum err take_body(struct visit *visit, struct str body, struct buf *why)
{
    struct wire_upload *upload = NULL;
    enum err err = wire_upload_make(WIRE_PLAIN, &upload);
    if (err != ERR_OK) {
        return err;
    }
    if (wire_upload_feed(upload, body.ptr, body.len) != ERR_OK ||
        !wire_upload_header(upload)) {
        buf_puts(why, "the log in it cannot be read");
        err = ERR_INVALID;
    } else {
        err = ingest_body(visit, upload, why);
    }
    wire_upload_free(upload);
    return err;
}

static enum err take_bodies(struct visit *visit, struct buf *why)
{
    struct str rest = visit->body;
    while ((rest.len > 0 || visit->bodies == 0) && !visit->stuck) {
        size_t len = body_len(rest);
        if (len == 0) {
            buf_puts(why, "it has no signature at its end");
            return ERR_DENIED;
        }
        enum err err = take_body(visit, (struct str){rest.ptr, len}, why);
        if (err != ERR_OK) {
            return err;
        }
        rest = (struct str){rest.ptr + len, rest.len - len};
    }
    if (visit->stuck) {
        buf_puts(why, "it does not continue what is here: the answer tells the kiosk");
    }
    return ERR_OK;
}

static enum err take(struct visit *visit, struct buf *why)
{
    enum err err = device_find(visit->core->storage, visit->head.dev, &visit->device);
    if (err == ERR_NOT_FOUND || (err == ERR_OK && visit->device.revoked)) {
        buf_puts(why, err == ERR_OK ? "this kiosk is locked" : "no kiosk of this server");
        return ERR_DENIED;
    }
    return err == ERR_OK ? take_bodies(visit, why) : err;
}

/* ---- down -------------------------------------------------------------------------- */

/* All pages from the kiosk's revision on, or from the beginning if that is not known
 * here. */
static enum err write_pages(const struct visit *visit, int64_t *since, struct bytes *out)
{
    struct feed_end end = {.more = true};
    enum err err = ERR_OK;
    for (int64_t at = *since; err == ERR_OK && end.more; at = end.to) {
        err = feed_page(visit->core->storage, visit->device.centre,
                        (struct feed_from){.since = at, .anew = *since == 0},
                        &visit->core->server, out, &end);
        if (err == ERR_NOT_FOUND && at != 0) {
            *since = end.to = 0;
            err = ERR_OK;
        }
    }
    return err;
}

static enum err write_first_line(const struct visit *visit, int64_t since,
                                 struct bytes *out)
{
    struct log log;
    char dev[UID_TEXT_SIZE];
    int64_t generation;
    enum err err = core_generation(visit->core, &generation);
    if (err != ERR_OK) {
        return err;
    }
    err = log_get(visit->core->storage, visit->device.centre, visit->device.id,
                  visit->head.epoch, &log);
    if (err != ERR_OK && err != ERR_NOT_FOUND) {
        return err;
    }
    uid_format(visit->device.id, dev);
    bytes_printf(out, "{\"dev\":\"%s\",\"log\":", dev);
    if (err == ERR_OK) {
        bytes_printf(out, "{\"epoch\":%lld,", (long long)visit->head.epoch);
        log_write_json(&log, out);
        bytes_puts(out, "}");
    } else {
        bytes_puts(out, "null");
    }
    bytes_printf(out, ",\"now_ms\":%lld,\"generation\":%lld,\"since\":%lld}\n",
                 (long long)visit->now_ms, (long long)generation, (long long)since);
    return ERR_OK;
}

static enum err write_answer(const struct visit *visit, struct bytes *out)
{
    struct bytes pages = {.max = PARCEL_MAX};
    int64_t since = visit->head.since;
    enum err err = write_pages(visit, &since, &pages);
    if (err == ERR_OK) {
        err = write_first_line(visit, since, out);
    }
    if (err == ERR_OK) {
        bytes_put(out, pages.data, pages.len);
        err = out->failed || pages.failed ? ERR_FULL : ERR_OK;
    }
    bytes_free(&pages);
    return err;
}

/* ---- all of it --------------------------------------------------------------------- */

static enum err run(struct visit *visit, struct bytes *text, struct buf *why)
{
    enum err err = storage_begin(visit->core->storage);
    if (err != ERR_OK) {
        return err;
    }
    err = take(visit, why);
    if (err == ERR_OK) {
        err = write_answer(visit, text);
    }
    return storage_end(visit->core->storage, err);
}

enum err core_parcel(struct core *core, struct str file, struct bytes *answer_out,
                     struct buf *why)
{
    struct bytes content = {.max = PARCEL_MAX}, text = {.max = PARCEL_MAX};
    struct visit visit = {.core = core, .now_ms = clock_wall_ms(&core->clock)};
    struct str line;
    enum err err =
        parcel_open_up(core->parcel_public, core->parcel_secret, file, &content);
    if (err != ERR_OK) {
        buf_puts(why, err == ERR_DENIED ? "it is for another server, or was changed"
                                        : "it is no parcel");
    } else if (!split_head(bytes_str(&content), &line, &visit.body) ||
               !read_head(line, &visit.head)) {
        buf_puts(why, "its first line cannot be read");
        err = ERR_INVALID;
    } else {
        core_settle(core);
        err = run(&visit, &text, why);
    }
    if (err == ERR_OK) {
        err = parcel_seal_down(&core->server, &visit.device.public, bytes_str(&text),
                               answer_out);
    }
    bytes_free(&content);
    bytes_free(&text);
    return err;
}
