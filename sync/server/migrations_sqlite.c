/* The schema of centre.db for SQLite.
 *
 * Every table of a centre's data begins its key with `centre`, so that centres could be
 * spread over machines and erased as a whole. Keys come from the program, never from the
 * database. Times are milliseconds, ids 16 bytes, dates text. A version that was released
 * never changes: what is new is a new entry. */
#include "server/migrations.h"

#include "base/check.h"

static const char v1[] =
    "PRAGMA application_id = 1095650371;" /* "ANLC" */

    "CREATE TABLE server ("
    " one INTEGER PRIMARY KEY CHECK (one = 1),"
    " seed BLOB NOT NULL,"          /* Ed25519 */
    " parcel_secret BLOB NOT NULL," /* X25519 */
    " token_key BLOB NOT NULL,"
    " generation INTEGER NOT NULL"
    ") STRICT;"
    "CREATE TABLE organisation (id BLOB NOT NULL PRIMARY KEY, name TEXT NOT NULL)"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE centre ("
    " id BLOB NOT NULL PRIMARY KEY,"
    " organisation BLOB NOT NULL REFERENCES organisation (id),"
    " name TEXT NOT NULL,"
    " rev INTEGER NOT NULL,"        /* of the newest feed row */
    " compacted INTEGER NOT NULL,"  /* deletions up to here are not known any more */
    " live INTEGER NOT NULL,"
    " digest BLOB NOT NULL,"
    " received INTEGER NOT NULL,"   /* counts wishes in their order of receipt */
    " seal TEXT"                    /* hex; NULL: none yet */
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE staff ("
    " centre BLOB NOT NULL, id BLOB NOT NULL, alias TEXT NOT NULL, at_ms INTEGER NOT NULL,"
    " PRIMARY KEY (centre, id)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE device ("
    " centre BLOB NOT NULL, id BLOB NOT NULL,"
    " public BLOB NOT NULL,"
    " state TEXT NOT NULL CHECK (state IN ('enrolled', 'revoked')),"
    " enrolled_ms INTEGER NOT NULL,"
    " last_ms INTEGER NOT NULL,"
    " revoked_ms INTEGER,"
    " PRIMARY KEY (centre, id)) STRICT, WITHOUT ROWID;"
    "CREATE UNIQUE INDEX device_id ON device (id);"
    "CREATE TABLE code ("
    " lookup BLOB NOT NULL PRIMARY KEY,"
    " centre BLOB NOT NULL,"
    " secret BLOB NOT NULL,"
    " expires_ms INTEGER NOT NULL,"
    " public BLOB,"                 /* of the kiosk that used it */
    " grant_line TEXT"              /* and what it was answered */
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE log ("
    " centre BLOB NOT NULL, dev BLOB NOT NULL, epoch INTEGER NOT NULL,"
    " start INTEGER NOT NULL, seq INTEGER NOT NULL, head BLOB NOT NULL,"
    " signed INTEGER NOT NULL, signature BLOB,"
    " PRIMARY KEY (centre, dev, epoch)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE event ("
    " centre BLOB NOT NULL, dev BLOB NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,"
    " kind TEXT NOT NULL,"          /* '' of a line that is gone or cannot be read */
    " boot INTEGER NOT NULL, mono_ms INTEGER NOT NULL, wall_ms INTEGER NOT NULL,"
    " t_ms INTEGER, t_err_ms INTEGER," /* when it was by the centre's time; NULL: unknown */
    " at_ms INTEGER NOT NULL,"      /* receipt */
    " participant BLOB,"
    " again INTEGER NOT NULL,"      /* 1: the same line stood in another log */
    " line TEXT NOT NULL,"          /* '' once erased */
    " hash BLOB NOT NULL,"
    " PRIMARY KEY (centre, dev, seq, epoch)) STRICT;" /* rows are long: beside their key */
    "CREATE INDEX event_of ON event (centre, participant) WHERE participant IS NOT NULL;"
    "CREATE TABLE parked ("
    " centre BLOB NOT NULL, dev BLOB NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,"
    " why TEXT NOT NULL, PRIMARY KEY (centre, dev, epoch, seq)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE anchor ("
    " centre BLOB NOT NULL, dev BLOB NOT NULL, boot INTEGER NOT NULL, mono_ms INTEGER NOT NULL,"
    " epoch INTEGER NOT NULL,"      /* whose boot it was: copies count their own */
    " at_ms INTEGER NOT NULL, slack_ms INTEGER NOT NULL," /* when.h */
    " PRIMARY KEY (centre, dev, boot, mono_ms)) STRICT, WITHOUT ROWID;"

    "CREATE TABLE feed ("
    " centre BLOB NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,"
    " rev INTEGER NOT NULL, body TEXT," /* NULL: deleted */
    " PRIMARY KEY (centre, kind, id)) STRICT, WITHOUT ROWID;"
    "CREATE UNIQUE INDEX feed_rev ON feed (centre, rev);"

    "CREATE TABLE offer ("
    " centre BLOB NOT NULL, code TEXT NOT NULL,"
    " date TEXT NOT NULL, places INTEGER NOT NULL, at_once INTEGER NOT NULL,"
    " state TEXT NOT NULL CHECK (state IN ('open', 'called-off')),"
    " body TEXT NOT NULL,"
    " PRIMARY KEY (centre, code)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE lease ("
    " centre BLOB NOT NULL, id BLOB NOT NULL,"
    " code TEXT NOT NULL, date TEXT NOT NULL, dev BLOB NOT NULL, epoch INTEGER NOT NULL,"
    " places INTEGER NOT NULL, used INTEGER NOT NULL,"
    " state TEXT NOT NULL CHECK (state IN ('granted', 'recalled', 'returned', 'revoked')),"
    " PRIMARY KEY (centre, id)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX lease_of ON lease (centre, code);"
    "CREATE TABLE wish ("
    " centre BLOB NOT NULL, id BLOB NOT NULL,"
    " ord INTEGER NOT NULL,"
    " dev BLOB NOT NULL, participant BLOB NOT NULL, code TEXT NOT NULL, date TEXT NOT NULL,"
    " state TEXT NOT NULL CHECK (state IN ('asked', 'wanted', 'waiting', 'confirmed',"
    "  'declined', 'undone')),"     /* wanted: confirmed as soon as a leased place is back */
    " reason TEXT NOT NULL, decision BLOB, staff BLOB, lease BLOB,"
    " body TEXT NOT NULL,"          /* of wish.made: the work, for the rules */
    " PRIMARY KEY (centre, id)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX wish_offer ON wish (centre, code, date, state, ord);"
    "CREATE INDEX wish_person ON wish (centre, participant);"
    "CREATE TABLE unfit ("          /* who was asked and said no; for the ten-ask rule */
    " centre BLOB NOT NULL, code TEXT NOT NULL, who BLOB NOT NULL,"
    " PRIMARY KEY (centre, code, who)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE person ("
    " centre BLOB NOT NULL, id BLOB NOT NULL,"
    " dev BLOB NOT NULL, body TEXT NOT NULL, card BLOB, key TEXT,"
    " PRIMARY KEY (centre, id)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE task ("
    " centre BLOB NOT NULL, id BLOB NOT NULL,"
    " kind TEXT NOT NULL, about TEXT NOT NULL, body TEXT NOT NULL,"
    " state TEXT NOT NULL CHECK (state IN ('open', 'done')), at_ms INTEGER NOT NULL,"
    " PRIMARY KEY (centre, id)) STRICT, WITHOUT ROWID;"
    "CREATE UNIQUE INDEX task_once ON task (centre, kind, about);"
    "CREATE TABLE audit ("
    " centre BLOB NOT NULL, id BLOB NOT NULL, at_ms INTEGER NOT NULL, who TEXT NOT NULL,"
    " what TEXT NOT NULL, about TEXT NOT NULL, PRIMARY KEY (centre, id)) STRICT, WITHOUT ROWID;"

    /* How many rows have the same beginning of a key, as a large centre has them. Nothing is
     * ever measured, so plans stay the same. Without it SQLite takes any key that begins with
     * `centre` for one that finds few rows, and reads all of the centre's. */
    "ANALYZE sqlite_schema;"
    "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES"
    " ('event', 'sqlite_autoindex_event_1', '1000000 100000 10000 1 1'),"
    " ('event', 'event_of', '1000000 100000 100'),"
    " ('feed', 'feed', '100000 10000 3000 1'), ('feed', 'feed_rev', '100000 10000 1'),"
    " ('offer', 'offer', '10000 1000 1'),"
    " ('lease', 'lease', '10000 1000 1'), ('lease', 'lease_of', '10000 1000 2'),"
    " ('wish', 'wish', '100000 10000 1'), ('wish', 'wish_offer', '100000 10000 5 5 3 1'),"
    " ('wish', 'wish_person', '100000 10000 10'),"
    " ('task', 'task', '10000 1000 1'), ('task', 'task_once', '10000 1000 100 1');"

    "PRAGMA user_version = 1;";

/* What one person does around a day: the law asks for it with each confirmation. How much
 * a kiosk has put here of late. */
static const char v2[] =
    "CREATE INDEX wish_day ON wish (centre, participant, date);"
    "DROP INDEX wish_person;"
    "DELETE FROM sqlite_stat1 WHERE idx = 'wish_person';"
    "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES"
    " ('wish', 'wish_day', '100000 10000 10 1');"
    "ANALYZE sqlite_schema;"
    "ALTER TABLE device ADD COLUMN stored INTEGER NOT NULL DEFAULT 0;" /* quota.h */
    "ALTER TABLE device ADD COLUMN stored_ms INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE log ADD COLUMN done INTEGER NOT NULL DEFAULT 0;" /* due.h */
    "UPDATE log SET done = seq;"
    "PRAGMA user_version = 2;";

static const char *const versions[] = {v1, v2};

const struct migrations migrations_sqlite = {1095650371, versions, ARRAY_LEN(versions)};
