/* One run of one prepared statement: bind by name, step, read columns, done.
 *
 * The first error sticks, all later calls do nothing, and query_done tells it; so the
 * code between reads as if nothing could fail. Bound memory must live until query_done. */
#ifndef STORE_QUERY_H
#define STORE_QUERY_H

#include "base/uid.h"
#include "domain/offer.h"
#include "store/db.h"

struct query {
    struct db *db;
    sqlite3_stmt *stmt; /* NULL after an error */
    enum err err;
};

struct query query_on(struct db *db, const char *sql);

void query_int(struct query *q, const char *name, int64_t value);
void query_text(struct query *q, const char *name, struct str text);
void query_blob(struct query *q, const char *name, const void *bytes, size_t len);
void query_uid(struct query *q, const char *name, const struct uid *id); /* nil: NULL */
void query_date(struct query *q, const char *name, date_t date, char memory[11]);
void query_time(struct query *q, const char *name, int minute, char memory[6]);

bool query_row(struct query *q);               /* false: no more rows, or an error */
enum err query_done(struct query *q) NODISCARD;
enum err query_run(struct query *q) NODISCARD; /* all rows, none read, and done */
/* query_done of a query that must have given a row: ERR_NOT_FOUND if `found` is false. */
enum err query_done_found(struct query *q, bool found) NODISCARD;

int64_t query_get_int(struct query *q, int column);
bool query_get_bool(struct query *q, int column);
/* What does not fit or does not parse makes the query ERR_CORRUPT. */
void query_get_text(struct query *q, int column, char *out, size_t size);
void query_get_blob(struct query *q, int column, void *out, size_t len);
struct uid query_get_uid(struct query *q, int column);  /* NULL: nil */
date_t query_get_date(struct query *q, int column);     /* NULL: DATE_NONE */
int query_get_time(struct query *q, int column);
int query_get_field(struct query *q, int column);       /* NULL: 0 */
struct str query_peek_text(struct query *q, int column); /* until the next step */
void query_corrupt(struct query *q);

#endif
