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

/* The centre's rows as they came, the base of count and digest, and where the next page
 * goes on. stale: not seen again yet in a pass from 0. offer, lease and person are what
 * the readable ones of them say. */
static const char v3[] =
    "CREATE TABLE feed_row ("
    " kind TEXT NOT NULL,"
    " id TEXT NOT NULL,"
    " rev INTEGER NOT NULL,"
    " body TEXT NOT NULL,"
    " stale INTEGER NOT NULL,"
    " PRIMARY KEY (kind, id)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX feed_row_rev ON feed_row (rev);"
    "CREATE INDEX feed_row_stale ON feed_row (stale) WHERE stale = 1;"
    "CREATE TABLE cursor ("
    " one INTEGER PRIMARY KEY CHECK (one = 1),"
    " since INTEGER NOT NULL,"
    " anew INTEGER NOT NULL,"
    " live INTEGER NOT NULL,"
    " digest BLOB NOT NULL"
    ") STRICT;"
    "INSERT INTO cursor (one, since, anew, live, digest)"
    " VALUES (1, 0, 0, 0, zeroblob(32));"
    "ALTER TABLE offer ADD COLUMN at_once INTEGER NOT NULL DEFAULT 0;"
    "CREATE TABLE lease ("
    " id TEXT NOT NULL PRIMARY KEY,"
    " lease BLOB NOT NULL,"
    " code TEXT NOT NULL,"
    " date TEXT NOT NULL,"
    " dev BLOB NOT NULL,"
    " epoch INTEGER NOT NULL,"
    " places INTEGER NOT NULL,"
    " state TEXT NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX lease_of ON lease (code, date);"
    "CREATE TABLE person ("
    " id TEXT NOT NULL PRIMARY KEY,"
    " card BLOB"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX person_card ON person (card) WHERE card IS NOT NULL;"
    "PRAGMA user_version = 3;";

static const char *const versions[] = {v1, v2, v3};

const struct db_kind feed_kind = {"feed", 1095650374, versions, ARRAY_LEN(versions)};
