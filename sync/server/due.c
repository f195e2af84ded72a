#include "server/due.h"

#include "base/plant.h"
#include "server/ingest.h"
#include "server/numbers.h"
#include "server/people.h"
#include "server/places.h"

static const char next_sql[] =
    "SELECT centre, dev, epoch, seq, done FROM log WHERE done < seq"
    " AND (centre, dev, epoch) > (:centre, :dev, :epoch) ORDER BY centre, dev, epoch "
    "LIMIT 1";
static const char at_sql[] = "SELECT start, done FROM log WHERE centre = :centre"
                             " AND dev = :dev AND epoch = :epoch";
static const char done_sql[] = "UPDATE log SET done = :to WHERE centre = :centre"
                               " AND dev = :dev AND epoch = :epoch";
static const char line_sql[] = "SELECT line, again FROM event WHERE centre = :centre"
                               " AND dev = :dev AND epoch = :epoch AND seq = :seq";

enum err due_next(struct storage *storage, struct due *due)
{
    bool found = false;
    struct due next = {.now_ms = due->now_ms};
    struct ask ask = ask_on(storage, next_sql);
    ask_blob(&ask, ":centre", due->centre.b, sizeof due->centre.b);
    ask_blob(&ask, ":dev", due->dev.b, sizeof due->dev.b);
    ask_int(&ask, ":epoch", due->epoch);
    if (ask_row(&ask)) {
        found = true;
        next.centre = ask_get_uid(&ask, 0);
        next.dev = ask_get_uid(&ask, 1);
        next.epoch = ask_get_int(&ask, 2);
        next.to = ask_get_int(&ask, 3);
        next.from = ask_get_int(&ask, 4) + 1;
    }
    enum err err = ask_done_found(&ask, found);
    if (err == ERR_OK) {
        *due = next;
    }
    return err;
}

static struct ask ask_of(const struct scene *scene, const char *sql)
{
    struct ask ask = ask_on(scene->storage, sql);
    ask_uid(&ask, ":centre", &scene->centre);
    ask_uid(&ask, ":dev", &scene->dev);
    ask_int(&ask, ":epoch", scene->epoch);
    return ask;
}

/* A line as it was stored; empty where only its hash was kept. */
static enum err read_line(const struct scene *scene, int64_t seq, struct bytes *text,
                          bool *again_out)
{
    bool found = false;
    struct ask ask = ask_of(scene, line_sql);
    ask_int(&ask, ":seq", seq);
    bytes_clear(text);
    if (ask_row(&ask)) {
        struct str line = ask_peek_text(&ask, 0);
        found = true;
        bytes_put(text, line.ptr, line.len);
        *again_out = ask_get_int(&ask, 1) != 0;
    }
    enum err err = ask_done_found(&ask, found);
    return err == ERR_OK && text->failed ? ERR_FULL : err;
}

static enum err cause_stored(struct intake *intake, const struct due *due)
{
    struct bytes text = {.max = WIRE_LINE_MAX};
    enum err err = ERR_OK;
    for (int64_t seq = due->from; seq <= due->to && err == ERR_OK; seq++) {
        struct wire_line line;
        bool again = false;
        err = read_line(&intake->scene, seq, &text, &again);
        if (err == ERR_OK && text.len > 0 && !again) {
            wire_line_parse(bytes_str(&text), &line);
            err = intake_cause(intake, seq, &line);
        }
    }
    bytes_free(&text);
    return err;
}

/* The row knows: what else was stored meanwhile does not count. */
static enum err find_again(struct intake *intake, int64_t seq, struct bytes *text,
                           bool *again_out)
{
    enum err err = intake_find_others(intake);
    *again_out = false;
    return err == ERR_OK && intake->others
               ? read_line(&intake->scene, seq, text, again_out)
               : err;
}

static enum err cause_upload(struct intake *intake, const struct due *due)
{
    size_t count = wire_upload_count(due->upload);
    int64_t seq = wire_upload_header(due->upload)->from - 1;
    struct bytes memory = {.max = WIRE_LINE_MAX};
    enum err err = ERR_OK;
    for (size_t i = 0; i < count && seq < due->to && err == ERR_OK; i++) {
        struct wire_line line;
        struct str text;
        bool again = false;
        wire_upload_at(due->upload, i, &line, &text);
        if (line.what == WIRE_CHECK || line.what == WIRE_SIG || ++seq < due->from) {
            continue;
        }
        err = find_again(intake, seq, &memory, &again);
        if (err == ERR_OK && (!again || PLANTED(PLANT_EFFECTS_TWICE))) {
            err = intake_cause(intake, seq, &line);
        }
    }
    bytes_free(&memory);
    return err;
}

/* Where it stands, and whether the upload reaches back so far. */
static enum err find_part(const struct scene *scene, struct due *part, bool *new_out)
{
    bool found = false;
    struct ask ask = ask_of(scene, at_sql);
    if (ask_row(&ask)) {
        found = true;
        part->from = ask_get_int(&ask, 1) + 1;
        *new_out = part->from == ask_get_int(&ask, 0);
        if (part->upload && wire_upload_header(part->upload)->from > part->from) {
            part->upload = NULL;
        }
    }
    return ask_done_found(&ask, found);
}

static enum err cause_part(struct intake *intake, const struct due *part, bool new_body)
{
    enum err err = part->upload ? cause_upload(intake, part) : cause_stored(intake, part);
    return err == ERR_OK && new_body ? places_new_body(&intake->scene) : err;
}

static enum err note_done(const struct scene *scene, int64_t to)
{
    struct ask ask = ask_of(scene, done_sql);
    ask_int(&ask, ":to", to);
    return ask_run(&ask);
}

enum err due_run(const struct core *core, const struct due *due, int64_t most,
                 int64_t *next_out)
{
    struct due part = *due;
    struct numbers numbers = {.open = false};
    struct people_known known = {0};
    struct intake intake = {.scene = {.storage = core->storage,
                                      .rng = &core->rng,
                                      .books = core->books,
                                      .numbers = &numbers,
                                      .known = &known,
                                      .centre = due->centre,
                                      .now_ms = due->now_ms,
                                      .dev = due->dev,
                                      .epoch = due->epoch}};
    bool new_body = false;
    enum err err = find_part(&intake.scene, &part, &new_body);
    *next_out = due->to + 1;
    if (err != ERR_OK || part.from > due->to) {
        return err;
    }
    part.to = due->to - part.from < most ? due->to : part.from + most - 1;
    *next_out = part.to + 1;
    err = cause_part(&intake, &part, new_body);
    if (err == ERR_OK) {
        err = note_done(&intake.scene, part.to);
    }
    return err == ERR_OK ? numbers_write(&intake.scene) : err;
}
