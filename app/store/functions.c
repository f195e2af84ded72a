/* SQL functions that the projections need beyond SQLite's own. */
#include "store/functions.h"

#include "base/uid.h"
#include "domain/participant.h"

static struct str text_of(sqlite3_value *value)
{
    const char *text = (const char *)sqlite3_value_text(value);
    return (struct str){text ? text : "", (size_t)sqlite3_value_bytes(value)};
}

static void sql_uid(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
    struct uid id;
    (void)argc;
    if (sqlite3_value_type(argv[0]) == SQLITE_NULL) {
        sqlite3_result_null(ctx);
    } else if (uid_parse(text_of(argv[0]), &id) != ERR_OK) {
        sqlite3_result_error(ctx, "not an id", -1);
    } else {
        sqlite3_result_blob(ctx, id.b, sizeof id.b, SQLITE_TRANSIENT);
    }
}

static void sql_alias_key(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
    char key[ALIAS_SIZE];
    (void)argc;
    alias_key(text_of(argv[0]), key);
    sqlite3_result_text(ctx, key, -1, SQLITE_TRANSIENT);
}

int functions_register(sqlite3 *handle)
{
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    int rc = sqlite3_create_function_v2(handle, "uid", 1, flags, NULL, sql_uid, NULL,
                                        NULL, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_create_function_v2(handle, "alias_key", 1, flags, NULL,
                                        sql_alias_key, NULL, NULL, NULL);
    }
    return rc;
}
