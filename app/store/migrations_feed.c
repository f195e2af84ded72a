/* The schema of feed.db: what the centre sends and can send again. */
#include "store/migrations.h"

/* application_id: "ANLF". */
static const char v1[] =
    "PRAGMA application_id = 1095650374;"
    "CREATE TABLE offer ("
    " code TEXT NOT NULL PRIMARY KEY,"
    " title TEXT NOT NULL,"
    " text TEXT NOT NULL,"
    " place TEXT NOT NULL,"
    " district TEXT NOT NULL,"
    " field TEXT,"
    " cents_per_hour INTEGER NOT NULL,"
    " places INTEGER NOT NULL,"
    " taken INTEGER NOT NULL,"
    " walk_minutes INTEGER NOT NULL,"
    " min_age INTEGER NOT NULL,"
    " after_schooling INTEGER NOT NULL,"
    " adult_present INTEGER NOT NULL,"
    " date TEXT NOT NULL,"
    " starts TEXT NOT NULL,"
    " ends TEXT NOT NULL,"
    " break_minutes INTEGER NOT NULL,"
    " site_kind TEXT NOT NULL,"
    " work_kind TEXT NOT NULL,"
    " load_g INTEGER NOT NULL,"
    " dangerous INTEGER NOT NULL,"
    " paced INTEGER NOT NULL,"
    " alcohol_tobacco INTEGER NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX offer_day ON offer (date, starts, code);"
    "PRAGMA user_version = 1;";

/* Whose feed it is: the folder's id as in state.db; no row: nobody's yet. */
static const char v2[] =
    "CREATE TABLE folder ("
    " one INTEGER PRIMARY KEY CHECK (one = 1),"
    " id BLOB NOT NULL"
    ") STRICT;"
    "PRAGMA user_version = 2;";

static const char *const versions[] = {v1, v2};

const struct db_kind feed_kind = {"feed", 1095650374, versions, ARRAY_LEN(versions)};
