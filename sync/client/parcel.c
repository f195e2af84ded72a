/* Without a line: the same batches and pages as files. */
#include "client/inside.h"

#include "wire/parcel.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* Room for header and signature beside the events. */
#define EXPORT_RAW_MAX (WIRE_UPLOAD_MAX - 4096)
#define EXPORT_MAX (PARCEL_MAX - 4096)

/* ---- up ------------------------------------------------------------------------- */

static enum err put_first_line(struct client *client, const struct sync_log *log)
{
    char dev[UID_TEXT_SIZE];
    struct sync_feed feed;
    enum err err = store_feed_get(client->store, &feed);
    if (err == ERR_OK) {
        uid_format(client->dev, dev);
        bytes_clear(&client->text);
        bytes_printf(
            &client->text,
            "{\"dev\":\"%s\",\"epoch\":%lld,\"since\":%lld,\"generation\":%lld}\n", dev,
            (long long)log->epoch, (long long)feed.since,
            (long long)client->centre.generation);
    }
    return err;
}

/* One body after another until all is in, or the file is full; at least one. */
static enum err put_bodies(struct client *client, struct wire_pack *pack,
                           struct sync_log *log)
{
    const struct batch_limits limits = {WIRE_EVENTS_MAX, 0, EXPORT_RAW_MAX};
    struct batch batch;
    enum err err;
    do {
        err = client_batch(client, pack, log, &limits, &batch);
        if (err != ERR_OK) {
            return err;
        }
        struct str body = wire_pack_body(pack);
        bytes_put(&client->text, body.ptr, body.len);
        log->seq = batch.last;
        log->head = batch.head;
    } while (log->seq < log->written && client->text.len < EXPORT_MAX - WIRE_UPLOAD_MAX);
    return client->text.failed ? ERR_FULL : ERR_OK;
}

static enum err export_log(struct client *client, struct wire_pack *pack,
                           struct bytes *file_out)
{
    struct sync_log log;
    struct key key;
    enum err err = store_log_get(client->store, &log);
    if (err == ERR_OK) {
        err = client_key(client, &key); /* says who we are */
    }
    if (err == ERR_OK) {
        key_wipe(&key);
        err = put_first_line(client, &log);
    }
    if (err == ERR_OK) {
        err = put_bodies(client, pack, &log);
    }
    if (err != ERR_OK) {
        return err;
    }
    client_say(client, log.seq == log.written
                           ? ""
                           : "not all fits into one file: export again after the answer");
    return parcel_seal_up(client->centre.parcel, bytes_str(&client->text), file_out);
}

enum err client_export(struct client *client, struct bytes *file_out)
{
    struct wire_pack *pack = NULL;
    enum err err = store_centre_get(client->store, &client->centre);
    if (err == ERR_OK) {
        err = wire_pack_make(WIRE_PLAIN, &pack);
    }
    if (err == ERR_OK) {
        err = export_log(client, pack, file_out);
    }
    wire_pack_free(pack);
    return err;
}

/* ---- down ----------------------------------------------------------------------- */

/* Forward only, as a file may be read in late, but for a centre that was put back: what
 * that one does not say that it has, it may have lost. ERR_CONFLICT: a new epoch was
 * begun. */
static enum err import_log(struct client *client, const struct answer_parcel *parcel,
                           bool newer)
{
    struct sync_log log;
    struct answer_log theirs = parcel->log;
    enum err err = store_log_get(client->store, &log);
    if (err != ERR_OK) {
        return err;
    }
    theirs.known = theirs.known && theirs.epoch == log.epoch;
    bool behind = theirs.start == log.start && theirs.seq <= log.seq;
    if (!newer && (!theirs.known || behind)) {
        return ERR_OK;
    }
    return client_compare(client, &log, &theirs);
}

static enum err import_generation(struct client *client, int64_t generation)
{
    enum err err = store_feed_restart(client->store);
    return err == ERR_OK ? store_centre_generation(client->store, generation) : err;
}

/* Rows that are here already are left out, so that pages may overlap. */
static size_t drop_known(struct client *client, size_t count, int64_t since)
{
    size_t from = 0;
    while (from < count && client->rows[from].rev <= since) {
        from++;
    }
    memmove(client->rows, client->rows + from, (count - from) * sizeof *client->rows);
    return count - from;
}

static enum err read_page(struct client *client, struct str pages, int64_t since,
                          size_t *count_out, struct wire_page_end *end_out,
                          size_t *used_out)
{
    return wire_page_read(pages, client->centre.centre, since, &client->centre.server,
                          client->rows, WIRE_PAGE_ROWS, count_out, end_out, used_out);
}

static struct str behind(struct str text, size_t used)
{
    return (struct str){text.ptr + used, text.len - used};
}

/* All of them are whole and signed; *to_out: where they lead. */
static enum err check_pages(struct client *client, struct str pages, int64_t since,
                            int64_t *to_out)
{
    enum err err = ERR_OK;
    *to_out = since;
    while (err == ERR_OK && pages.len > 0) {
        struct wire_page_end end;
        size_t count, used = 0;
        err = read_page(client, pages, *to_out, &count, &end, &used);
        if (err == ERR_OK) {
            *to_out = end.to;
            pages = behind(pages, used);
        }
    }
    return err;
}

/* A page that begins at or before the feed's cursor. */
static enum err import_page(struct client *client, size_t count,
                            struct wire_page_end *end)
{
    struct sync_feed feed;
    enum err err = store_feed_get(client->store, &feed);
    if (err != ERR_OK || end->to < feed.since || (end->to == feed.since && end->more)) {
        return err;
    }
    count = drop_known(client, count, feed.since);
    end->since = feed.since;
    return client_apply(client, client->rows, count, end);
}

static enum err import_pages(struct client *client, struct str pages, int64_t since)
{
    enum err err = ERR_OK;
    while (err == ERR_OK && pages.len > 0) {
        struct wire_page_end end;
        size_t count, used = 0;
        err = read_page(client, pages, since, &count, &end, &used);
        if (err == ERR_OK) {
            since = end.to;
            pages = behind(pages, used);
            err = import_page(client, count, &end);
        }
    }
    return err;
}

/* Pages from 0 hold no deletions: they are a pass anew. */
static enum err import_from(struct client *client, struct str pages, int64_t since,
                            const struct sync_feed *feed)
{
    enum err err = ERR_OK;
    if (since > feed->since) {
        client_say(client, "the file does not join on: export once more");
        return ERR_OK;
    }
    if (since == 0 && feed->since > 0) {
        err = store_feed_restart(client->store);
    }
    if (err == ERR_OK) {
        err = import_pages(client, pages, since);
    }
    if (err == ERR_CONFLICT) {
        client_say(client, "the feed differs from the centre's: export once more");
        err = store_feed_restart(client->store);
    }
    return err;
}

static enum err import_feed(struct client *client, struct str pages, int64_t since)
{
    struct sync_feed feed;
    int64_t to = 0;
    int facts;
    enum err err = store_feed_get(client->store, &feed);
    if (err != ERR_OK) {
        return err;
    }
    if (since < 0) {
        since = feed.since;
    }
    err = check_pages(client, pages, since, &to);
    if (err == ERR_OK && (to > feed.since || (to == feed.since && feed.anew))) {
        err = import_from(client, pages, since, &feed);
    }
    return err == ERR_OK ? client_settle(client, &facts) : err;
}

static bool split_first_line(struct str content, struct str *line_out,
                             struct str *rest_out)
{
    const char *end = content.len > 0 ? memchr(content.ptr, '\n', content.len) : NULL;
    if (end == NULL) {
        return false;
    }
    *line_out = (struct str){content.ptr, (size_t)(end - content.ptr)};
    *rest_out = (struct str){end + 1, content.len - line_out->len - 1};
    return true;
}

static enum err import_content(struct client *client, struct str content)
{
    struct answer_parcel parcel;
    struct str line, pages;
    if (!split_first_line(content, &line, &pages) ||
        answer_parcel(line, &parcel) != ERR_OK) {
        return ERR_INVALID;
    }
    if (!uid_eq(parcel.dev, client->dev)) {
        return ERR_DENIED;
    }
    if (parcel.generation < client->centre.generation) {
        client_say(client, "an older answer: nothing is new in it");
        return ERR_OK;
    }
    bool newer = parcel.generation > client->centre.generation;
    enum err err = newer ? import_generation(client, parcel.generation) : ERR_OK;
    if (err == ERR_OK) {
        err = import_log(client, &parcel, newer);
    }
    if (err == ERR_CONFLICT) {
        client_say(client, "another wrote this log: a new epoch begins");
        err = ERR_OK;
    }
    if (err == ERR_OK) {
        err = import_feed(client, pages, parcel.since);
    }
    return err == ERR_OK ? store_contact(client->store, parcel.now_ms, SYNC_TROUBLE_NONE)
                         : err;
}

enum err client_import(struct client *client, struct str file)
{
    struct bytes content = {0};
    struct key key;
    enum err err = store_centre_get(client->store, &client->centre);
    if (err == ERR_OK) {
        err = client_key(client, &key);
    }
    if (err != ERR_OK) {
        return err;
    }
    client_say(client, "");
    err = parcel_open_down(&key, &client->centre.server, file, &content);
    key_wipe(&key);
    if (err == ERR_OK) {
        err = import_content(client, bytes_str(&content));
    }
    bytes_free(&content);
    return err;
}
