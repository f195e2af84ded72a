/* What grows and is needed no longer. */
#include "server/tidy.h"

#include "server/feed.h"
#include "server/walk.h"

static const char centres_sql[] =
    "SELECT id FROM centre WHERE id > :after ORDER BY id LIMIT 1";

/* The newest deletion that need not be kept in mind; 0: there are not that many. */
static enum err oldest_kept(struct storage *storage, struct uid centre, int64_t *rev_out)
{
    struct ask ask = ask_on(storage, "SELECT rev FROM feed WHERE centre = :centre"
                                     " AND body IS NULL ORDER BY rev DESC"
                                     " LIMIT 1 OFFSET :kept");
    *rev_out = 0;
    ask_uid(&ask, ":centre", &centre);
    ask_int(&ask, ":kept", TIDY_DELETIONS_KEPT);
    if (ask_row(&ask)) {
        *rev_out = ask_get_int(&ask, 0);
    }
    return ask_done(&ask);
}

static enum err tidy_feed(struct storage *storage, struct uid centre)
{
    int64_t rev;
    const struct scene scene = {.storage = storage, .centre = centre};
    enum err err = oldest_kept(storage, centre, &rev);
    return err == ERR_OK && rev > 0 ? feed_compact(&scene, rev) : err;
}

static enum err tidy_all(struct storage *storage)
{
    struct uid centre = {{0}};
    enum err err = walk_next(storage, centres_sql, &centre);
    while (err == ERR_OK) {
        err = tidy_feed(storage, centre);
        if (err == ERR_OK) {
            err = walk_next(storage, centres_sql, &centre);
        }
    }
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

enum err tidy_feeds(struct storage *storage)
{
    enum err err = storage_begin(storage);
    if (err == ERR_OK) {
        err = storage_end(storage, tidy_all(storage));
    }
    /* Who was forgotten still stands in the write-ahead log until it is written over. */
    storage_settle(storage);
    return err;
}
