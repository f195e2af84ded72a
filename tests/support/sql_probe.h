/* Looking at a database file from outside the program, as a second reader would. */
#ifndef SUPPORT_SQL_PROBE_H
#define SUPPORT_SQL_PROBE_H

#include <stddef.h>
#include <stdint.h>

/* All rows of the tables as text, in key order. The caller frees; NULL if it failed. */
char *sql_dump(const char *path, const char *vfs, const char *const *tables,
               size_t count);
/* The number in the first column of the first row; INT64_MIN if it failed. */
int64_t sql_number(const char *path, const char *vfs, const char *sql);
/* SQLite's result code. */
int sql_run(const char *path, const char *vfs, const char *sql);

#endif
