/* One line of a log becomes a row, and later an effect or something parked. */
#include "server/anchor.h"
#include "server/feed.h"
#include "server/ingest.h"
#include "server/people.h"

#include "base/plant.h"

static const char insert_sql[] =
    "INSERT INTO event (centre, dev, epoch, seq, kind, boot, mono_ms, wall_ms, t_ms,"
    " t_err_ms, at_ms, participant, again, line, hash)"
    " VALUES (:centre, :dev, :epoch, :seq, :kind, :boot, :mono_ms, :wall_ms, :t_ms,"
    " :t_err_ms, :at_ms, :participant, :again, :line, :hash)";
static const char others_sql[] = "SELECT epoch FROM log WHERE centre = :centre"
                                 " AND dev = :dev AND epoch <> :epoch LIMIT 1";
static const char again_sql[] =
    "SELECT epoch FROM event WHERE centre = :centre AND dev = :dev AND seq = :seq"
    " AND epoch <> :epoch AND hash = :hash AND NOT (kind = '' AND line = '') LIMIT 1";
static const char park_sql[] = "INSERT INTO parked (centre, dev, epoch, seq, why)"
                               " VALUES (:centre, :dev, :epoch, :seq, :why)";
static const char told_sql[] =
    "SELECT count(*) FROM (SELECT 1 FROM parked WHERE centre = :centre AND dev = :dev"
    " LIMIT :max) AS some";
static const char drop_sql[] =
    "DELETE FROM event WHERE centre = :centre AND dev = :dev AND epoch = :epoch"
    " AND seq = :seq";
struct row {
    int64_t seq;
    const struct wire_line *line;
    struct str text;
    struct uid participant;
    bool known; /* t_ms ± t_err_ms */
    int64_t t_ms, t_err_ms;
};

static struct ask ask_of(const struct intake *intake, const char *sql, int64_t seq)
{
    const struct scene *scene = &intake->scene;
    struct ask ask = ask_on(scene->storage, sql);
    ask_uid(&ask, ":centre", &scene->centre);
    ask_uid(&ask, ":dev", &scene->dev);
    ask_int(&ask, ":epoch", scene->epoch);
    ask_int(&ask, ":seq", seq);
    return ask;
}

/* ---- when it was ------------------------------------------------------------------- */

static enum err set_boot(struct intake *intake, int64_t boot)
{
    const struct scene *scene = &intake->scene;
    struct anchor where = {
        .centre = scene->centre, .dev = scene->dev, .epoch = scene->epoch, .boot = boot};
    if (intake->has_boot && intake->boot == boot) {
        return ERR_OK;
    }
    intake->has_boot = true;
    intake->boot = boot;
    return anchor_get(scene->storage, &where, &intake->when);
}

static enum err estimate(struct intake *intake, struct row *row)
{
    const struct wire_line *line = row->line;
    struct when_clocks clocks = {line->mono_ms, line->wall_ms, intake->scene.now_ms};
    enum err err = line->what == WIRE_EVENT ? set_boot(intake, line->boot) : ERR_OK;
    if (err == ERR_OK && line->what == WIRE_EVENT) {
        row->known = when_estimate(&intake->when, &clocks, &row->t_ms, &row->t_err_ms);
    }
    return err;
}

/* ---- whom it is about -------------------------------------------------------------- */

/* A kiosk that was away, or a card that was put back, may still send what is to be
 * forgotten: then only the hash is kept. */
static enum err erase_forgotten(struct intake *intake, struct row *row)
{
    bool forgotten = false;
    enum err err = ERR_OK;
    row->participant = effects_participant(row->line);
    if (!uid_is_nil(row->participant)) {
        err = people_forgotten(&intake->scene, row->participant, &forgotten);
    }
    if (forgotten) {
        row->text = STR("");
    }
    return err;
}

/* ---- storing ----------------------------------------------------------------------- */

static enum err insert(const struct intake *intake, const struct row *row, bool again)
{
    const struct wire_line *line = row->line;
    bool gone = line->what == WIRE_GONE;
    struct ask ask = ask_of(intake, insert_sql, row->seq);
    ask_text(&ask, ":kind", line->what == WIRE_EVENT ? str_of(line->kind) : STR(""));
    ask_int(&ask, ":boot", line->boot);
    ask_int(&ask, ":mono_ms", line->mono_ms);
    ask_int(&ask, ":wall_ms", line->wall_ms);
    if (row->known) {
        ask_int(&ask, ":t_ms", row->t_ms);
        ask_int(&ask, ":t_err_ms", row->t_err_ms);
    }
    ask_int(&ask, ":at_ms", intake->scene.now_ms);
    ask_uid(&ask, ":participant", &row->participant);
    ask_int(&ask, ":again", again);
    ask_text(&ask, ":line", gone ? STR("") : row->text);
    ask_blob(&ask, ":hash", line->hash.b, sizeof line->hash.b);
    return ask_run(&ask);
}

enum err intake_find_others(struct intake *intake)
{
    const struct scene *scene = &intake->scene;
    if (intake->looked) {
        return ERR_OK;
    }
    struct ask ask = ask_on(scene->storage, others_sql);
    ask_uid(&ask, ":centre", &scene->centre);
    ask_uid(&ask, ":dev", &scene->dev);
    ask_int(&ask, ":epoch", scene->epoch);
    intake->others = ask_row(&ask);
    intake->looked = true;
    return ask_done(&ask);
}

/* The same line may stand in another log of this device: then it took effect already, but
 * not where it was told erased, as after a backup was put back: then it does now. A line
 * has its number wherever it stands. */
static enum err find_again(struct intake *intake, const struct row *row, bool *again_out)
{
    enum err err = intake_find_others(intake);
    *again_out = false;
    if (err != ERR_OK || !intake->others) {
        return err;
    }
    struct ask ask = ask_of(intake, again_sql, row->seq);
    ask_blob(&ask, ":hash", row->line->hash.b, sizeof row->line->hash.b);
    *again_out = ask_row(&ask);
    return ask_done(&ask);
}

/* ---- effects ----------------------------------------------------------------------- */

static enum err tell_verdict(const struct intake *intake, int64_t seq,
                             enum verdict verdict)
{
    char dev[UID_TEXT_SIZE], id_memory[80], body_memory[32];
    struct buf id, body;
    uid_format(intake->scene.dev, dev);
    buf_init(&id, id_memory, sizeof id_memory);
    buf_printf(&id, "%s.%lld.%lld", dev, (long long)intake->scene.epoch, (long long)seq);
    buf_init(&body, body_memory, sizeof body_memory);
    buf_printf(&body, "{\"why\":\"%s\"}", verdict_name(verdict));
    return feed_put(&intake->scene, STR("verdict"), buf_str(&id), buf_str(&body));
}

static enum err count_told(struct intake *intake)
{
    const struct scene *scene = &intake->scene;
    if (intake->counted) {
        return ERR_OK;
    }
    struct ask ask = ask_on(scene->storage, told_sql);
    ask_uid(&ask, ":centre", &scene->centre);
    ask_uid(&ask, ":dev", &scene->dev);
    ask_int(&ask, ":max", VERDICTS_MAX);
    if (ask_row(&ask)) {
        intake->told = ask_get_int(&ask, 0);
    }
    intake->counted = true;
    return ask_done(&ask);
}

static enum err park(struct intake *intake, int64_t seq, enum verdict verdict)
{
    if (PLANTED(PLANT_UNKNOWN_DROPPED)) {
        struct ask drop = ask_of(intake, drop_sql, seq);
        return ask_run(&drop);
    }
    enum err err = count_told(intake);
    if (err != ERR_OK) {
        return err;
    }
    struct ask ask = ask_of(intake, park_sql, seq);
    ask_text(&ask, ":why", str_of(verdict_name(verdict)));
    err = ask_run(&ask);
    bool room = intake->told++ < VERDICTS_MAX;
    return err == ERR_OK && room ? tell_verdict(intake, seq, verdict) : err;
}

enum err intake_cause(struct intake *intake, int64_t seq, const struct wire_line *line)
{
    enum verdict verdict = VERDICT_LINE;
    enum err err = ERR_OK;
    if (line->what == WIRE_GONE) {
        return ERR_OK;
    }
    if (line->what == WIRE_EVENT) {
        err = effects_apply(&intake->scene, line, &verdict);
    }
    return err == ERR_OK && verdict != VERDICT_OK ? park(intake, seq, verdict) : err;
}

enum err intake_store(struct intake *intake, int64_t seq, const struct wire_line *line,
                      struct str text)
{
    bool again = false;
    struct row row = {.seq = seq, .line = line, .text = text};
    enum err err = estimate(intake, &row);
    if (err == ERR_OK) {
        err = erase_forgotten(intake, &row);
    }
    if (err == ERR_OK) {
        err = find_again(intake, &row, &again);
    }
    return err == ERR_OK ? insert(intake, &row, again) : err;
}
