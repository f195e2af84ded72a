/* Opening and closing the store.
 *
 * Opening is on the way to the first frame, so it reads little: the header, the schema,
 * the device's row. A file's pages are all checked (PRAGMA quick_check) only if it is
 * small, or the last use did not end well: it left a write-ahead log behind or met
 * malformed pages (the mark "state.check"). */
#include "store/state.h"

#include "store/migrations.h"

#include <stdlib.h>
#include <string.h>

#define CHECK_ALWAYS_BYTES (256 * 1024)          /* below a millisecond */
#define CHECK_UNCLEAN_BYTES (16 * 1024 * 1024)   /* some tens of milliseconds */
#define SMALLEST_BYTES 512 /* no database file is smaller */
#define STATES_KEPT 999 /* precious: never overwritten */
#define FEEDS_KEPT 9    /* rebuildable: the last one is */

struct file {
    const struct db_kind *kind;
    const char *mark;
    const char *db_name, *log_name;
    int keep_max;
    bool replace;
};

static const struct file state_file = {&state_kind,    "state.check", "state.db",
                                       "state.db-wal", STATES_KEPT,   false};
static const struct file feed_file = {&feed_kind,    "feed.check", "feed.db",
                                      "feed.db-wal", FEEDS_KEPT,   true};

static bool wants_check(struct store *store, const struct file *file, struct db *db,
                        bool unclean)
{
    int64_t bytes = db_pages_bytes(db);
    return bytes <= CHECK_ALWAYS_BYTES || (unclean && bytes <= CHECK_UNCLEAN_BYTES) ||
           folder_has(&store->folder, file->mark);
}

/* SQLite would take a stump for a new file and throw its write-ahead log away. */
static enum err check_stump(struct store *store, const struct file *file)
{
    int64_t bytes = folder_file_bytes(&store->folder, file->db_name);
    bool log = folder_file_bytes(&store->folder, file->log_name) > 0;
    if (bytes >= SMALLEST_BYTES || (bytes == 0 && !log)) {
        return ERR_OK;
    }
    str_copy(store->detail, sizeof store->detail, STR("only a stump of a file is left"));
    return ERR_CORRUPT;
}

static enum err try_open(struct store *store, const struct file *file, struct db *db,
                         const char *vfs)
{
    char path[FOLDER_PATH_SIZE];
    bool unclean = folder_file_bytes(&store->folder, file->log_name) > 0;
    enum err err = folder_path(&store->folder, file->db_name, "", path);
    if (err == ERR_OK) {
        err = check_stump(store, file);
    }
    if (err == ERR_OK) {
        err = folder_make_file(&store->folder, file->db_name);
    }
    if (err == ERR_OK) {
        err = db_open(db, file->kind, path, vfs, store->detail);
    }
    if (err == ERR_OK) {
        err = db_migrate(db);
    }
    if (err == ERR_OK && !db->first_use && wants_check(store, file, db, unclean)) {
        err = db_check(db);
    }
    if (err == ERR_OK) {
        if (store->folder.alone) {
            db_empty_log(db);
        }
        folder_unmark(&store->folder, file->mark);
    } else {
        db_close(db);
    }
    return err;
}

/* A broken file makes way for a fresh one, if nobody else has it open. */
static enum err open_or_replace(struct store *store, const struct file *file,
                                struct db *db, const struct store_options *options,
                                struct store_report *report, bool *aside)
{
    enum err err = try_open(store, file, db, options->vfs);
    if (err != ERR_CORRUPT || !store->folder.alone) {
        return err;
    }
    err = folder_set_aside(&store->folder, file->kind->name, file->keep_max,
                           file->replace, report->aside, sizeof report->aside);
    if (err == ERR_OK) {
        *aside = true;
        err = try_open(store, file, db, options->vfs);
    }
    return err;
}

/* A feed of another folder is as good as a broken one: it can be fetched again. */
static enum err check_owner(struct store *store, const struct store_options *options,
                            struct store_report *report)
{
    bool owns = true;
    enum err err = device_owns_feed(store, &owns);
    if (err != ERR_OK || owns) {
        return err;
    }
    str_copy(store->detail, sizeof store->detail, STR("feed.db belongs to another folder"));
    if (!store->folder.alone) {
        return ERR_CORRUPT;
    }
    db_close(&store->feed);
    err = folder_set_aside(&store->folder, "feed", FEEDS_KEPT, true, report->aside,
                           sizeof report->aside);
    if (err == ERR_OK) {
        report->feed_set_aside = true;
        err = try_open(store, &feed_file, &store->feed, options->vfs);
    }
    return err;
}

static enum err open_files(struct store *store, const struct store_options *options,
                           struct store_report *report)
{
    enum err err = folder_open(&store->folder, options->dir);
    if (err != ERR_OK) {
        str_copy(store->detail, sizeof store->detail,
                 STR("the data folder cannot be made or used"));
        return err;
    }
    /* The feed first: if both are broken, the report names the precious one. */
    err = open_or_replace(store, &feed_file, &store->feed, options, report,
                          &report->feed_set_aside);
    if (err == ERR_OK) {
        err = open_or_replace(store, &state_file, &store->state, options, report,
                              &report->state_set_aside);
    }
    if (err == ERR_OK) {
        err = device_open(store);
    }
    if (err == ERR_OK) {
        err = check_owner(store, options, report);
    }
    report->state_copied = store->copied;
    report->feed_new = store->feed.first_use && !report->feed_set_aside;
    report->state_new = store->state.first_use && !report->state_set_aside;
    folder_opened(&store->folder);
    return err;
}

enum err store_open(const struct store_options *options, struct store_report *report,
                    struct store **store_out)
{
    struct store *store = calloc(1, sizeof *store);
    memset(report, 0, sizeof *report);
    if (!store) {
        return ERR_FULL;
    }
    store->folder = (struct folder){.dir_fd = -1, .lock_fd = -1};
    store->clock = options->clock;
    store->rng = options->rng;
    str_copy(store->boot_id, sizeof store->boot_id, str_of(options->boot_id));
    str_copy(store->machine, sizeof store->machine, str_of(options->machine));
    enum err err = open_files(store, options, report);
    if (err != ERR_OK) {
        str_copy(report->detail, sizeof report->detail, str_of(store->detail));
        store_close(store);
        return err;
    }
    (void)store_changed(store); /* from here on */
    *store_out = store;
    return ERR_OK;
}

static void close_file(struct store *store, const struct file *file, struct db *db)
{
    db_close(db);
    if (db->suspect) {
        folder_mark(&store->folder, file->mark);
    }
}

void store_close(struct store *store)
{
    if (!store) {
        return;
    }
    close_file(store, &state_file, &store->state);
    close_file(store, &feed_file, &store->feed);
    folder_close(&store->folder);
    free(store);
}

const char *store_detail(const struct store *store)
{
    return store->detail;
}

bool store_changed(struct store *store)
{
    bool state = db_changed(&store->state);
    bool feed = db_changed(&store->feed);
    return state || feed;
}
