/* What an older server did not understand is tried again, in the order it came. */
#include "server/desk.h"

#include "server/feed.h"
#include "server/walk.h"

#include <string.h>

/* A parked event and its line. */
struct parked {
    struct uid dev;
    int64_t epoch, seq;
    char why[16];
    char line[WIRE_LINE_MAX];
    size_t len;
};

/* What cannot be read may be any bytes, NUL among them. */
static void take_line(struct parked *p, struct str line)
{
    p->len = line.len <= sizeof p->line ? line.len : 0;
    memcpy(p->line, line.ptr, p->len);
}

/* The one behind this, by kiosk, epoch and number. */
static enum err next(const struct scene *scene, struct parked *p)
{
    bool found = false;
    struct uid dev = p->dev;
    struct ask ask =
        ask_on(scene->storage,
               "SELECT p.dev, p.epoch, p.seq, p.why, e.line FROM parked p"
               " JOIN event e ON e.centre = p.centre AND e.dev = p.dev"
               "  AND e.epoch = p.epoch AND e.seq = p.seq"
               " WHERE p.centre = :centre AND (p.dev > :dev OR (p.dev = :dev"
               "  AND (p.epoch > :epoch OR (p.epoch = :epoch AND p.seq > :seq))))"
               " ORDER BY p.dev, p.epoch, p.seq LIMIT 1");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_blob(&ask, ":dev", dev.b, sizeof dev.b);
    ask_int(&ask, ":epoch", p->epoch);
    ask_int(&ask, ":seq", p->seq);
    if (ask_row(&ask)) {
        found = true;
        p->dev = ask_get_uid(&ask, 0);
        p->epoch = ask_get_int(&ask, 1);
        p->seq = ask_get_int(&ask, 2);
        ask_get_text(&ask, 3, p->why, sizeof p->why);
        take_line(p, ask_peek_text(&ask, 4));
    }
    return ask_done_found(&ask, found);
}

static enum err put_verdict(const struct scene *scene, const struct parked *p,
                            bool parked)
{
    char dev[UID_TEXT_SIZE], id[80], why[40] = "";
    struct buf b;
    uid_format(p->dev, dev);
    buf_init(&b, id, sizeof id);
    buf_printf(&b, "%s.%lld.%lld", dev, (long long)p->epoch, (long long)p->seq);
    struct buf body;
    buf_init(&body, why, sizeof why);
    if (parked) {
        buf_printf(&body, "{\"why\":\"%s\"}", p->why);
    }
    return feed_put(scene, STR("verdict"), buf_str(&b), buf_str(&body));
}

static void bind_place(struct ask *ask, const struct scene *scene, const struct parked *p)
{
    ask_uid(ask, ":centre", &scene->centre);
    ask_uid(ask, ":dev", &p->dev);
    ask_int(ask, ":epoch", p->epoch);
    ask_int(ask, ":seq", p->seq);
}

static enum err release(const struct scene *scene, const struct parked *p)
{
    struct ask ask = ask_on(scene->storage, "DELETE FROM parked WHERE centre = :centre"
                                            " AND dev = :dev AND epoch = :epoch"
                                            " AND seq = :seq");
    bind_place(&ask, scene, p);
    enum err err = ask_run(&ask);
    return err == ERR_OK ? put_verdict(scene, p, false) : err;
}

static enum err keep(const struct scene *scene, struct parked *p, enum verdict verdict)
{
    struct buf why;
    if (str_eq(str_of(p->why), str_of(verdict_name(verdict)))) {
        return ERR_OK;
    }
    buf_init(&why, p->why, sizeof p->why);
    buf_puts(&why, verdict_name(verdict));
    struct ask ask = ask_on(scene->storage, "UPDATE parked SET why = :why"
                                            " WHERE centre = :centre AND dev = :dev"
                                            " AND epoch = :epoch AND seq = :seq");
    ask_text(&ask, ":why", buf_str(&why));
    bind_place(&ask, scene, p);
    enum err err = ask_run(&ask);
    return err == ERR_OK ? put_verdict(scene, p, true) : err;
}

/* A line that was emptied meanwhile has nothing left to say. */
static enum err apply(const struct scene *scene, const struct parked *p,
                      enum verdict *verdict_out)
{
    struct scene of_kiosk = *scene;
    struct wire_line line;
    *verdict_out = VERDICT_OK;
    if (p->len == 0) {
        return ERR_OK;
    }
    of_kiosk.dev = p->dev;
    of_kiosk.epoch = p->epoch;
    wire_line_parse((struct str){p->line, p->len}, &line);
    return effects_apply(&of_kiosk, &line, verdict_out);
}

static enum err unpark(const struct scene *scene, int *done_out)
{
    struct parked p = {.epoch = 0};
    enum verdict verdict;
    enum err err = next(scene, &p);
    while (err == ERR_OK) {
        err = apply(scene, &p, &verdict);
        if (err == ERR_OK) {
            err = verdict == VERDICT_OK ? release(scene, &p) : keep(scene, &p, verdict);
        }
        if (err == ERR_OK) {
            *done_out += verdict == VERDICT_OK;
            err = next(scene, &p);
        }
    }
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

enum err admin_unpark(struct admin *admin, struct uid centre, int *done_out)
{
    struct scene scene;
    int done = 0;
    enum err err = desk_begin(admin, centre, &scene);
    if (err != ERR_OK) {
        return err;
    }
    err = desk_end(admin, &scene, unpark(&scene, &done), "unpark", STR(""));
    if (err == ERR_OK) {
        *done_out = done;
    }
    return err;
}

static const char centres_sql[] =
    "SELECT centre FROM parked WHERE centre > :after ORDER BY centre LIMIT 1";

enum err admin_unpark_all(struct admin *admin, int *done_out)
{
    struct uid centre = {{0}};
    int all = 0;
    enum err err = walk_next(admin->storage, centres_sql, &centre);
    while (err == ERR_OK) {
        int done = 0;
        err = admin_unpark(admin, centre, &done);
        if (err == ERR_OK) {
            all += done;
            err = walk_next(admin->storage, centres_sql, &centre);
        }
    }
    if (err != ERR_NOT_FOUND) {
        return err;
    }
    *done_out = all;
    return ERR_OK;
}
