/* Leaving no trace of what was forgotten in the files. */
#include "store/forget_rows.h"

#include "store/query.h"
#include "store/state.h"

#define COMPACT_BUSY_MS 300 /* it can be done another time */

static enum err empty_log(struct db *db)
{
    int rc = sqlite3_wal_checkpoint_v2(db->handle, "main", SQLITE_CHECKPOINT_TRUNCATE,
                                       NULL, NULL);
    return rc == SQLITE_OK ? ERR_OK : db_fail(db, rc);
}

/* As it stands in forgetting.due. */
enum due { DUE_NONE, DUE_ALL, DUE_FEED };

static enum err what_is_due(struct store *store, enum due *due_out)
{
    struct query q = query_on(&store->state, "SELECT due FROM forgetting");
    *due_out = query_row(&q) ? (enum due)query_get_int(&q, 0) : DUE_NONE;
    return query_done(&q);
}

static enum err no_longer_due(struct store *store)
{
    enum err err = db_begin(&store->state);
    if (err != ERR_OK) {
        return err;
    }
    struct query q = query_on(&store->state, "UPDATE forgetting SET due = 0");
    return db_end(&store->state, query_run(&q));
}

/* secure_delete zeroes what is deleted. It promises nothing of copies that pages keep
 * when rows move between them, and leaves the write-ahead log as it is: so every page is
 * written anew and the log emptied. */
static enum err write_anew(struct db *db)
{
    sqlite3_busy_timeout(db->handle, COMPACT_BUSY_MS);
    enum err err = empty_log(db);
    if (err == ERR_OK) {
        int rc = sqlite3_exec(db->handle, "VACUUM", NULL, NULL, NULL);
        err = rc == SQLITE_OK ? ERR_OK : db_fail(db, rc);
    }
    err = err == ERR_OK ? empty_log(db) : err;
    sqlite3_busy_timeout(db->handle, DB_BUSY_MS);
    return err;
}

enum err compact_if_due(struct store *store)
{
    enum due due = DUE_NONE;
    enum err err = what_is_due(store, &due);
    if (err != ERR_OK || due == DUE_NONE) {
        return err;
    }
    /* Who was forgotten may stand in a feed that was put away; the centre has all of it. */
    folder_drop_aside(&store->folder, "feed", INT64_MAX);
    if (due != DUE_FEED) {
        err = write_anew(&store->state);
    }
    if (err == ERR_OK) {
        err = write_anew(&store->feed);
    }
    return err == ERR_OK ? no_longer_due(store) : err;
}

enum err compact_is_due(struct store *store)
{
    struct query q = query_on(&store->state, "UPDATE forgetting SET due = 1");
    return query_run(&q);
}

enum err compact_feed_is_due(struct store *store)
{
    struct query q = query_on(&store->state, "UPDATE forgetting SET due = 2 WHERE due = 0");
    return query_run(&q);
}

enum err compact_after(struct store *store, enum err err)
{
    if (err == ERR_OK && compact_if_due(store) != ERR_OK) {
        return ERR_UNKNOWN;
    }
    return err;
}
