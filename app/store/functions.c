/* SQL functions that the projections need beyond SQLite's own. */
#include "store/functions.h"

#include "base/uid.h"
#include "domain/participant.h"
#include "store/line.h"
#include "store/store.h"

#include <sodium.h>
#include <string.h>

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

static bool bytes_of(sqlite3_value *value, void *out, size_t len)
{
    const void *bytes = sqlite3_value_blob(value);
    if (!bytes || (size_t)sqlite3_value_bytes(value) != len) {
        return false;
    }
    memcpy(out, bytes, len);
    return true;
}

static void sql_line_hash(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
    char memory[LINE_SIZE];
    struct buf line;
    struct line_row row = {
        .seq = sqlite3_value_int64(argv[0]),
        .kind = text_of(argv[2]),
        .version = sqlite3_value_int64(argv[3]),
        .boot = sqlite3_value_int64(argv[4]),
        .mono_ms = sqlite3_value_int64(argv[5]),
        .wall_ms = sqlite3_value_int64(argv[6]),
        .body = text_of(argv[8]),
    };
    (void)argc;
    if (!bytes_of(argv[1], row.id.b, sizeof row.id.b) ||
        !bytes_of(argv[7], row.salt, sizeof row.salt)) {
        sqlite3_result_error(ctx, "not an event", -1);
        return;
    }
    buf_init(&line, memory, sizeof memory);
    line_put(&line, &row, line_form(row.kind));
    if (line.cut) {
        sqlite3_result_error_toobig(ctx);
        return;
    }
    struct chain_hash hash = chain_line_hash(buf_str(&line));
    sqlite3_result_blob(ctx, hash.b, sizeof hash.b, SQLITE_TRANSIENT);
}

static void sql_old_salt(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
    uint8_t seed[STORE_SEED_SIZE], salt[crypto_generichash_BYTES];
    int64_t seq = sqlite3_value_int64(argv[1]);
    (void)argc;
    if (!bytes_of(argv[0], seed, sizeof seed)) {
        sqlite3_result_error(ctx, "not a seed", -1);
        return;
    }
    crypto_generichash(salt, sizeof salt, (const uint8_t *)&seq, sizeof seq, seed,
                       sizeof seed);
    sodium_memzero(seed, sizeof seed);
    sqlite3_result_blob(ctx, salt, CHAIN_SALT_SIZE, SQLITE_TRANSIENT);
}

int functions_register(sqlite3 *handle)
{
    static const struct {
        const char *name;
        int argc;
        void (*call)(sqlite3_context *, int, sqlite3_value **);
    } functions[] = {
        {"uid", 1, sql_uid},
        {"alias_key", 1, sql_alias_key},
        {"hex_bytes", 1, sql_hex_bytes},
        {"line_hash", 9, sql_line_hash},
        {"old_salt", 2, sql_old_salt},
    };
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    int rc = SQLITE_OK;
    for (size_t i = 0; i < ARRAY_LEN(functions) && rc == SQLITE_OK; i++) {
        rc = sqlite3_create_function_v2(handle, functions[i].name, functions[i].argc,
                                        flags, NULL, functions[i].call, NULL, NULL, NULL);
    }
    return rc;
}
