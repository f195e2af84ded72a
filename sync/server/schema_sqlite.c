/* Which schema a file has, and how it becomes the newest. */
#include "server/storage_sqlite.h"

#include "server/migrations.h"

static enum err migrate_step(struct storage *s, int64_t from)
{
    enum err err = storage_begin(s);
    if (err != ERR_OK) {
        return err;
    }
    /* Another program may have done it while this one waited. */
    int64_t now = storage_number(s, "PRAGMA user_version", &err);
    if (err == ERR_OK && now == from) {
        err = storage_exec(s, migrations_sqlite.steps[from]);
    }
    return storage_end(s, err);
}

/* A file without tables is new; any other file must carry our mark. */
enum err storage_check_kind(struct storage *s, int64_t *version_out, struct buf *why)
{
    enum err err;
    int64_t objects = 0, id = 0;
    *version_out = storage_number(s, "PRAGMA user_version", &err);
    if (err == ERR_OK) {
        id = storage_number(s, "PRAGMA application_id", &err);
    }
    if (err == ERR_OK) {
        objects = storage_number(s, "SELECT count(*) FROM sqlite_schema", &err);
    }
    bool fresh = objects == 0 && id == 0 && *version_out == 0;
    if (err != ERR_OK || fresh) {
        return err;
    }
    if (id != migrations_sqlite.application_id || *version_out < 1 || objects == 0) {
        buf_puts(why, "centre.db belongs to another program");
        return ERR_CORRUPT;
    }
    if (*version_out > migrations_sqlite.version) {
        buf_printf(why, "centre.db has schema version %lld, newer than this program's %d",
                   (long long)*version_out, migrations_sqlite.version);
        return ERR_UNSUPPORTED;
    }
    return ERR_OK;
}

enum err storage_migrate(struct storage *s, struct buf *why)
{
    int64_t version;
    enum err err = storage_check_kind(s, &version, why);
    while (err == ERR_OK && version < migrations_sqlite.version) {
        err = migrate_step(s, version);
        version++;
    }
    return err;
}
