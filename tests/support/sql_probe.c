/* Looking at a database file from outside the program. */
#include "support/sql_probe.h"

#include "base/check.h"

#include <stdio.h>
#include <stdlib.h>

#include <sqlite3.h>

static sqlite3 *open_file(const char *path, const char *vfs)
{
    sqlite3 *db = NULL;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs) !=
        SQLITE_OK) {
        sqlite3_close(db);
        return NULL;
    }
    sqlite3_busy_timeout(db, 2000);
    return db;
}

static void put_value(FILE *out, sqlite3_stmt *stmt, int column)
{
    const unsigned char *bytes = sqlite3_column_blob(stmt, column);
    int len = sqlite3_column_bytes(stmt, column);
    if (sqlite3_column_type(stmt, column) != SQLITE_BLOB) {
        fprintf(out, "%.*s|", len, bytes ? (const char *)bytes : "");
        return;
    }
    for (int i = 0; i < len; i++) {
        fprintf(out, "%02x", bytes[i]);
    }
    fputc('|', out);
}

static int dump_table(FILE *out, sqlite3 *db, const char *table)
{
    char sql[128];
    sqlite3_stmt *stmt = NULL;
    snprintf(sql, sizeof sql, "SELECT * FROM %s ORDER BY 1", table);
    fprintf(out, "-- %s\n", table);
    int rc = sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);
    while (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(stmt); i++) {
            put_value(out, stmt, i);
        }
        fputc('\n', out);
        rc = SQLITE_OK;
    }
    sqlite3_finalize(stmt);
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

char *sql_dump(const char *path, const char *vfs, const char *const *tables, size_t count)
{
    char *text = NULL;
    size_t size = 0;
    sqlite3 *db = open_file(path, vfs);
    FILE *out = open_memstream(&text, &size);
    CHECK(out);
    int rc = db ? SQLITE_OK : SQLITE_CANTOPEN;
    for (size_t i = 0; i < count && rc == SQLITE_OK; i++) {
        rc = dump_table(out, db, tables[i]);
    }
    fclose(out);
    sqlite3_close(db);
    if (rc != SQLITE_OK) {
        free(text);
        return NULL;
    }
    return text;
}

int64_t sql_number(const char *path, const char *vfs, const char *sql)
{
    int64_t value = INT64_MIN;
    sqlite3_stmt *stmt = NULL;
    sqlite3 *db = open_file(path, vfs);
    if (db && sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW) {
        value = sqlite3_column_int64(stmt, 0);
    }
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return value;
}

int sql_run(const char *path, const char *vfs, const char *sql)
{
    sqlite3 *db = open_file(path, vfs);
    int rc = db ? sqlite3_exec(db, sql, NULL, NULL, NULL) : SQLITE_CANTOPEN;
    sqlite3_close(db);
    return rc;
}
