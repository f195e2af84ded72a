/* One run of one statement, on SQLite. Statements are found again by their text's address
 * and prepared once. */
#include "server/storage_sqlite.h"

#include <limits.h>
#include <string.h>

/* Where the text's address is in the table, or the free place where it belongs. */
static size_t place_of(const struct storage *s, const char *sql)
{
    size_t i =
        (size_t)(((uintptr_t)sql >> 3) * 0x9E3779B97F4A7C15u >> 40) % STORAGE_STATEMENTS;
    while (s->statements[i].sql && s->statements[i].sql != sql) {
        i = (i + 1) % STORAGE_STATEMENTS;
    }
    return i;
}

static struct storage_statement *statement(struct storage *s, const char *sql,
                                           enum err *err)
{
    struct storage_statement *found = &s->statements[place_of(s, sql)];
    if (!found->sql) {
        CHECK(s->statement_count < STORAGE_STATEMENTS / 2);
        int rc = sqlite3_prepare_v3(s->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                    &found->stmt, NULL);
        if (rc != SQLITE_OK) {
            *err = storage_fail(s, rc);
            return NULL;
        }
        found->sql = sql;
        s->statement_count++;
    }
    CHECK(!sqlite3_stmt_busy(found->stmt));
    return found;
}

struct ask ask_on(struct storage *storage, const char *sql)
{
    struct ask ask = {.storage = storage};
    if (storage_lost(storage)) {
        ask.err = ERR_IO;
    } else {
        struct storage_statement *found = statement(storage, sql, &ask.err);
        ask.statement = found;
        ask.stmt = found ? found->stmt : NULL;
    }
    return ask;
}

static int index_of(struct ask *ask, const char *name)
{
    struct storage_statement *statement = ask->statement;
    CHECK(ask->bound < STORAGE_PARAMETERS);
    int at = ask->bound++;
    if (statement->names[at] != name) {
        statement->numbers[at] = sqlite3_bind_parameter_index(ask->stmt, name);
        statement->names[at] = name;
    }
    CHECK(statement->numbers[at] > 0);
    return statement->numbers[at];
}

static void bound(struct ask *ask, int rc)
{
    if (rc != SQLITE_OK) {
        ask->err = storage_fail(ask->storage, rc);
    }
}

void ask_int(struct ask *ask, const char *name, int64_t value)
{
    if (ask->err == ERR_OK) {
        bound(ask, sqlite3_bind_int64(ask->stmt, index_of(ask, name), value));
    }
}

void ask_text(struct ask *ask, const char *name, struct str text)
{
    CHECK(text.len <= INT_MAX);
    if (ask->err == ERR_OK) {
        bound(ask, sqlite3_bind_text(ask->stmt, index_of(ask, name), text.ptr,
                                     (int)text.len, SQLITE_STATIC));
    }
}

void ask_blob(struct ask *ask, const char *name, const void *bytes, size_t len)
{
    CHECK(len <= INT_MAX);
    if (ask->err == ERR_OK) {
        bound(ask, sqlite3_bind_blob(ask->stmt, index_of(ask, name), bytes, (int)len,
                                     SQLITE_STATIC));
    }
}

void ask_uid(struct ask *ask, const char *name, const struct uid *id)
{
    bool nil = uid_is_nil(*id);
    ask_blob(ask, name, nil ? NULL : id->b, nil ? 0 : sizeof id->b);
}

bool ask_row(struct ask *ask)
{
    if (ask->err != ERR_OK) {
        return false;
    }
    int rc = sqlite3_step(ask->stmt);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
        ask->err = storage_fail(ask->storage, rc);
    }
    return rc == SQLITE_ROW;
}

enum err ask_done(struct ask *ask)
{
    if (ask->stmt) {
        sqlite3_reset(ask->stmt);
        sqlite3_clear_bindings(ask->stmt);
    }
    return ask->err;
}

enum err ask_run(struct ask *ask)
{
    while (ask_row(ask)) {
    }
    return ask_done(ask);
}

enum err ask_done_found(struct ask *ask, bool found)
{
    enum err err = ask_done(ask);
    return err == ERR_OK && !found ? ERR_NOT_FOUND : err;
}

static void corrupt(struct ask *ask)
{
    if (ask->err == ERR_OK) {
        storage_say(ask->storage, "a stored value is out of range", 0);
        ask->err = ERR_CORRUPT;
    }
}

bool ask_is_null(struct ask *ask, int column)
{
    return sqlite3_column_type(ask->stmt, column) == SQLITE_NULL;
}

int64_t ask_get_int(struct ask *ask, int column)
{
    return sqlite3_column_int64(ask->stmt, column);
}

struct str ask_peek_text(struct ask *ask, int column)
{
    const char *text = (const char *)sqlite3_column_text(ask->stmt, column);
    return (struct str){text ? text : "",
                        (size_t)sqlite3_column_bytes(ask->stmt, column)};
}

struct str ask_peek_blob(struct ask *ask, int column)
{
    const char *bytes = sqlite3_column_blob(ask->stmt, column);
    return (struct str){bytes ? bytes : "",
                        (size_t)sqlite3_column_bytes(ask->stmt, column)};
}

void ask_get_text(struct ask *ask, int column, char *out, size_t size)
{
    struct str text = ask_peek_text(ask, column);
    if (!str_copy(out, size, text) || strlen(out) != text.len) {
        corrupt(ask);
    }
}

void ask_get_blob(struct ask *ask, int column, void *out, size_t len)
{
    struct str bytes = ask_peek_blob(ask, column);
    if (bytes.len != len) {
        memset(out, 0, len);
        corrupt(ask);
        return;
    }
    memcpy(out, bytes.ptr, len);
}

struct uid ask_get_uid(struct ask *ask, int column)
{
    struct uid id = {{0}};
    if (!ask_is_null(ask, column)) {
        ask_get_blob(ask, column, id.b, sizeof id.b);
    }
    return id;
}

int64_t storage_number(struct storage *s, const char *sql, enum err *err)
{
    int64_t value = 0;
    struct ask ask = ask_on(s, sql);
    if (ask_row(&ask)) {
        value = ask_get_int(&ask, 0);
    }
    *err = ask_done(&ask);
    return value;
}
