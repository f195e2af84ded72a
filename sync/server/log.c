#include "server/log.h"

static const char get_sql[] = "SELECT start, seq, head, signed, signature FROM log"
                              " WHERE centre = :centre AND dev = :dev AND epoch = :epoch";
static const char put_sql[] =
    "INSERT INTO log (centre, dev, epoch, start, seq, head, signed, signature, done)"
    " VALUES (:centre, :dev, :epoch, :start, :seq, :head, :signed, :signature,"
    " :start - 1)"
    " ON CONFLICT (centre, dev, epoch) DO UPDATE SET seq = excluded.seq,"
    " head = excluded.head, signed = excluded.signed, signature = excluded.signature";
static const char later_sql[] =
    "SELECT epoch FROM log WHERE centre = :centre AND dev = :dev AND epoch > :epoch"
    " ORDER BY epoch LIMIT 1";

static struct ask ask_of(struct storage *storage, const char *sql, struct uid *centre,
                         struct uid *dev, int64_t epoch)
{
    struct ask ask = ask_on(storage, sql);
    ask_uid(&ask, ":centre", centre);
    ask_uid(&ask, ":dev", dev);
    ask_int(&ask, ":epoch", epoch);
    return ask;
}

enum err log_get(struct storage *storage, struct uid centre, struct uid dev,
                 int64_t epoch, struct log *log_out)
{
    bool found = false;
    struct log log = {.epoch = epoch};
    struct ask ask = ask_of(storage, get_sql, &centre, &dev, epoch);
    if (ask_row(&ask)) {
        found = true;
        log.start = ask_get_int(&ask, 0);
        log.seq = ask_get_int(&ask, 1);
        ask_get_blob(&ask, 2, log.head.b, sizeof log.head.b);
        log.signed_seq = ask_get_int(&ask, 3);
        log.has_signature = !ask_is_null(&ask, 4);
        if (log.has_signature) {
            ask_get_blob(&ask, 4, log.signature, sizeof log.signature);
        }
    }
    enum err err = ask_done_found(&ask, found);
    if (err == ERR_OK) {
        *log_out = log;
    }
    return err;
}

enum err log_put(struct storage *storage, struct uid centre, struct uid dev,
                 const struct log *log)
{
    struct ask ask = ask_of(storage, put_sql, &centre, &dev, log->epoch);
    ask_int(&ask, ":start", log->start);
    ask_int(&ask, ":seq", log->seq);
    ask_blob(&ask, ":head", log->head.b, sizeof log->head.b);
    ask_int(&ask, ":signed", log->signed_seq);
    ask_blob(&ask, ":signature", log->has_signature ? log->signature : NULL,
             log->has_signature ? sizeof log->signature : 0);
    return ask_run(&ask);
}

enum err log_is_old(struct storage *storage, struct uid centre, struct uid dev,
                    int64_t epoch, bool *old_out)
{
    struct ask ask = ask_of(storage, later_sql, &centre, &dev, epoch);
    *old_out = ask_row(&ask);
    return ask_done(&ask);
}

void log_write_json(const struct log *log, struct bytes *out)
{
    if (!log) {
        bytes_puts(out, "\"start\":0,\"seq\":0,\"head\":null");
        return;
    }
    bytes_printf(out, "\"start\":%lld,\"seq\":%lld,\"head\":\"", (long long)log->start,
                 (long long)log->seq);
    bytes_b64(out, log->head.b, sizeof log->head.b);
    bytes_puts(out, "\"");
}
