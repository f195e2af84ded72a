/* SQL functions that the projections need beyond SQLite's own. */
#include "store/functions.h"

#include "base/uid.h"
#include "domain/participant.h"

#include <sodium.h>

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

/* SQLite's own unhex() is too new for the oldest version that this runs with. */
static void sql_hex_bytes(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
    uint8_t bytes[32];
    size_t len = 0;
    struct str hex = text_of(argv[0]);
    (void)argc;
    if (sodium_hex2bin(bytes, sizeof bytes, hex.ptr, hex.len, NULL, &len, NULL) != 0 ||
        len != sizeof bytes) {
        sqlite3_result_error(ctx, "not a public key", -1);
        return;
    }
    sqlite3_result_blob(ctx, bytes, sizeof bytes, SQLITE_TRANSIENT);
}

int functions_register(sqlite3 *handle)
{
    static const struct {
        const char *name;
        void (*call)(sqlite3_context *, int, sqlite3_value **);
    } functions[] = {
        {"uid", sql_uid}, {"alias_key", sql_alias_key}, {"hex_bytes", sql_hex_bytes}};
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    int rc = SQLITE_OK;
    for (size_t i = 0; i < ARRAY_LEN(functions) && rc == SQLITE_OK; i++) {
        rc = sqlite3_create_function_v2(handle, functions[i].name, 1, flags, NULL,
                                        functions[i].call, NULL, NULL, NULL);
    }
    return rc;
}
