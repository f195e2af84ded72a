#include "server/anchor.h"

static const char put_sql[] =
    "INSERT INTO anchor (centre, dev, boot, mono_ms, epoch, at_ms, slack_ms)"
    " VALUES (:centre, :dev, :boot, :mono_ms, :epoch, :at_ms, :slack_ms)"
    " ON CONFLICT DO NOTHING";
/* The first of the boot stays, and the last three. */
static const char thin_sql[] =
    "DELETE FROM anchor WHERE centre = :centre AND dev = :dev AND boot = :boot"
    " AND mono_ms > (SELECT min(mono_ms) FROM anchor"
    "  WHERE centre = :centre AND dev = :dev AND boot = :boot)"
    " AND mono_ms < (SELECT mono_ms FROM anchor"
    "  WHERE centre = :centre AND dev = :dev AND boot = :boot"
    "  ORDER BY mono_ms DESC LIMIT 1 OFFSET 2)";
static const char same_sql[] =
    "SELECT mono_ms, at_ms, slack_ms, epoch FROM anchor"
    " WHERE centre = :centre AND dev = :dev AND boot = :boot AND epoch <= :epoch"
    " ORDER BY epoch DESC LIMIT 16";
static const char before_sql[] =
    "SELECT at_ms - slack_ms FROM anchor"
    " WHERE centre = :centre AND dev = :dev AND boot < :boot AND epoch <= :epoch"
    " ORDER BY boot DESC, mono_ms DESC LIMIT 1";
static const char after_sql[] =
    "SELECT at_ms FROM anchor"
    " WHERE centre = :centre AND dev = :dev AND boot > :boot AND epoch <= :epoch"
    " ORDER BY boot, mono_ms LIMIT 1";

static struct ask ask_of(struct storage *storage, const char *sql,
                         const struct anchor *anchor)
{
    struct ask ask = ask_on(storage, sql);
    ask_uid(&ask, ":centre", &anchor->centre);
    ask_uid(&ask, ":dev", &anchor->dev);
    ask_int(&ask, ":boot", anchor->boot);
    return ask;
}

enum err anchor_put(struct storage *storage, const struct anchor *anchor)
{
    struct ask ask = ask_of(storage, put_sql, anchor);
    ask_int(&ask, ":mono_ms", anchor->when.mono_ms);
    ask_int(&ask, ":epoch", anchor->epoch);
    ask_int(&ask, ":at_ms", anchor->when.at_ms);
    ask_int(&ask, ":slack_ms", anchor->when.slack_ms);
    enum err err = ask_run(&ask);
    if (err == ERR_OK) {
        ask = ask_of(storage, thin_sql, anchor);
        err = ask_run(&ask);
    }
    return err;
}

/* Where copies share a number of a boot, only the contacts of the nearest epoch count. */
static enum err read_same_boot(struct storage *storage, const struct anchor *where,
                               struct when *when)
{
    int64_t epoch = 0;
    struct ask ask = ask_of(storage, same_sql, where);
    ask_int(&ask, ":epoch", where->epoch);
    while (ask_row(&ask) && when->count < WHEN_ANCHORS_MAX) {
        if (when->count > 0 && ask_get_int(&ask, 3) != epoch) {
            break;
        }
        epoch = ask_get_int(&ask, 3);
        when->anchors[when->count++] = (struct when_anchor){
            ask_get_int(&ask, 0), ask_get_int(&ask, 1), ask_get_int(&ask, 2)};
    }
    return ask_done(&ask);
}

static enum err read_other_boot(struct storage *storage, const char *sql,
                                const struct anchor *where, int64_t *ms_out)
{
    struct ask ask = ask_of(storage, sql, where);
    ask_int(&ask, ":epoch", where->epoch);
    *ms_out = ask_row(&ask) ? ask_get_int(&ask, 0) : 0;
    return ask_done(&ask);
}

enum err anchor_put_first(struct storage *storage, const struct anchor *anchor)
{
    struct when when = {.count = 0};
    enum err err = read_same_boot(storage, anchor, &when);
    return err == ERR_OK && when.count == 0 ? anchor_put(storage, anchor) : err;
}

enum err anchor_get(struct storage *storage, const struct anchor *where,
                    struct when *when_out)
{
    *when_out = (struct when){.count = 0};
    enum err err = read_same_boot(storage, where, when_out);
    if (err == ERR_OK && when_out->count == 0) {
        err = read_other_boot(storage, before_sql, where, &when_out->after_ms);
    }
    if (err == ERR_OK && when_out->count == 0) {
        err = read_other_boot(storage, after_sql, where, &when_out->before_ms);
    }
    return err;
}
