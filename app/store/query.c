/* One run of one prepared statement. */
#include "store/query.h"

#include "domain/field.h"

#include <limits.h>
#include <string.h>

struct query query_on(struct db *db, const char *sql)
{
    struct query q = {.db = db};
    q.stmt = db_statement(db, sql, &q.err);
    return q;
}

static int index_of(struct query *q, const char *name)
{
    int index = sqlite3_bind_parameter_index(q->stmt, name);
    CHECK(index > 0);
    return index;
}

static void bound(struct query *q, int rc)
{
    if (rc != SQLITE_OK) {
        q->err = db_fail(q->db, rc);
    }
}

void query_int(struct query *q, const char *name, int64_t value)
{
    if (q->err == ERR_OK) {
        bound(q, sqlite3_bind_int64(q->stmt, index_of(q, name), value));
    }
}

void query_text(struct query *q, const char *name, struct str text)
{
    CHECK(text.len <= INT_MAX);
    if (q->err == ERR_OK) {
        /* An empty text may come with a null pointer, which would bind NULL. */
        bound(q, sqlite3_bind_text(q->stmt, index_of(q, name), text.ptr ? text.ptr : "",
                                   (int)text.len, SQLITE_STATIC));
    }
}

void query_blob(struct query *q, const char *name, const void *bytes, size_t len)
{
    CHECK(len <= INT_MAX);
    if (q->err == ERR_OK) {
        bound(q, sqlite3_bind_blob(q->stmt, index_of(q, name), bytes, (int)len,
                                   SQLITE_STATIC));
    }
}

void query_uid(struct query *q, const char *name, const struct uid *id)
{
    if (!uid_is_nil(*id)) {
        query_blob(q, name, id->b, sizeof id->b);
    }
}

void query_date(struct query *q, const char *name, date_t date, char memory[11])
{
    if (date != DATE_NONE) {
        date_format(date, memory);
        query_text(q, name, str_of(memory));
    }
}

void query_time(struct query *q, const char *name, int minute, char memory[6])
{
    time_format(minute, memory);
    query_text(q, name, str_of(memory));
}

bool query_row(struct query *q)
{
    if (q->err != ERR_OK) {
        return false;
    }
    int rc = sqlite3_step(q->stmt);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
        q->err = db_fail(q->db, rc);
    }
    return rc == SQLITE_ROW;
}

enum err query_done(struct query *q)
{
    if (q->stmt) {
        sqlite3_reset(q->stmt);
        sqlite3_clear_bindings(q->stmt);
    }
    return q->err;
}

enum err query_run(struct query *q)
{
    while (query_row(q)) {
    }
    return query_done(q);
}

enum err query_done_found(struct query *q, bool found)
{
    enum err err = query_done(q);
    return err == ERR_OK && !found ? ERR_NOT_FOUND : err;
}

void query_corrupt(struct query *q)
{
    if (q->err == ERR_OK) {
        db_say(q->db, "a stored value is out of range");
        q->err = ERR_CORRUPT;
    }
}

int64_t query_get_int(struct query *q, int column)
{
    return sqlite3_column_int64(q->stmt, column);
}

bool query_get_bool(struct query *q, int column)
{
    return query_get_int(q, column) != 0;
}

struct str query_peek_text(struct query *q, int column)
{
    const char *text = (const char *)sqlite3_column_text(q->stmt, column);
    return (struct str){text ? text : "", (size_t)sqlite3_column_bytes(q->stmt, column)};
}

void query_get_text(struct query *q, int column, char *out, size_t size)
{
    struct str text = query_peek_text(q, column);
    if (!str_copy(out, size, text) || strlen(out) != text.len) {
        query_corrupt(q);
    }
}

void query_get_blob(struct query *q, int column, void *out, size_t len)
{
    const void *bytes = sqlite3_column_blob(q->stmt, column);
    if (!bytes || (size_t)sqlite3_column_bytes(q->stmt, column) != len) {
        memset(out, 0, len);
        query_corrupt(q);
        return;
    }
    memcpy(out, bytes, len);
}

static bool is_null(struct query *q, int column)
{
    return sqlite3_column_type(q->stmt, column) == SQLITE_NULL;
}

struct uid query_get_uid(struct query *q, int column)
{
    struct uid id = {{0}};
    if (!is_null(q, column)) {
        query_get_blob(q, column, id.b, sizeof id.b);
    }
    return id;
}

date_t query_get_date(struct query *q, int column)
{
    date_t date = DATE_NONE;
    if (!is_null(q, column) && date_parse(query_peek_text(q, column), &date) != ERR_OK) {
        query_corrupt(q);
    }
    return date;
}

int query_get_time(struct query *q, int column)
{
    int minute = 0;
    if (time_parse(query_peek_text(q, column), &minute) != ERR_OK) {
        query_corrupt(q);
    }
    return minute;
}

int query_get_field(struct query *q, int column)
{
    int field = is_null(q, column) ? 0 : field_from_code(query_peek_text(q, column));
    if (field == 0 && !is_null(q, column)) {
        query_corrupt(q);
    }
    return field;
}
