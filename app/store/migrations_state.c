/* The schema of state.db.
 *
 * event is the log and only grows: its triggers refuse every change, and a row is only
 * taken with the next number. Its participant is a copy of the body's, for finding all
 * that is stored about one person (SQLite's JSON functions are not allowed in a schema
 * that is not trusted). Pruning what the centre has acknowledged will come as a
 * door of its own in a later version, which must leave the last row, so that numbers
 * never start again.
 *
 * Projections (staff, participant, card, wish, unfit, talk) hold nothing that a replay
 * of the log would not give. Kept tables (device, setting, tries, secret, card_key,
 * staff_key) hold what must never leave this kiosk and is in no event. */
#include "store/migrations.h"

/* application_id: "ANLS". */
static const char v1[] =
    "PRAGMA application_id = 1095650387;"

    "CREATE TABLE event ("
    " seq INTEGER PRIMARY KEY,"
    " id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),"
    " kind TEXT NOT NULL,"
    " version INTEGER NOT NULL,"
    " boot INTEGER NOT NULL,"
    " mono_ms INTEGER NOT NULL,"
    " wall_ms INTEGER NOT NULL,"
    " body TEXT NOT NULL,"
    " participant BLOB"
    ") STRICT;"
    "CREATE INDEX event_participant ON event (participant) WHERE participant IS NOT NULL;"
    "CREATE TRIGGER event_next BEFORE INSERT ON event"
    " WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event)"
    "  OR EXISTS (SELECT 1 FROM event WHERE id = NEW.id)"
    " BEGIN SELECT RAISE(ABORT, 'the log takes only the next event'); END;"
    "CREATE TRIGGER event_no_update BEFORE UPDATE ON event"
    " BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;"
    "CREATE TRIGGER event_no_delete BEFORE DELETE ON event"
    " BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;"

    "CREATE TABLE staff ("
    " id BLOB NOT NULL PRIMARY KEY,"
    " seq INTEGER NOT NULL,"
    " alias TEXT NOT NULL"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE participant ("
    " id BLOB NOT NULL PRIMARY KEY,"
    " seq INTEGER NOT NULL,"
    " alias TEXT NOT NULL,"
    " alias_key TEXT NOT NULL UNIQUE,"
    " band TEXT NOT NULL,"
    " band_until TEXT,"
    " full_time_schooling INTEGER NOT NULL,"
    " custodian INTEGER NOT NULL,"
    " custodian_until TEXT,"
    " store INTEGER NOT NULL,"
    " store_until TEXT,"
    " interests INTEGER NOT NULL,"
    " tried INTEGER NOT NULL,"
    " again INTEGER NOT NULL,"
    " languages INTEGER NOT NULL,"
    " district TEXT NOT NULL"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE card ("
    " id BLOB NOT NULL PRIMARY KEY,"
    " seq INTEGER NOT NULL,"
    " participant BLOB NOT NULL REFERENCES participant (id),"
    " valid INTEGER NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX card_of ON card (participant);"

    "CREATE TABLE wish ("
    " id BLOB NOT NULL PRIMARY KEY,"
    " seq INTEGER NOT NULL,"
    " participant BLOB NOT NULL REFERENCES participant (id),"
    " code TEXT NOT NULL,"
    " title TEXT NOT NULL,"
    " place TEXT NOT NULL,"
    " district TEXT NOT NULL,"
    " field TEXT,"
    " cents INTEGER NOT NULL,"
    " date TEXT NOT NULL,"
    " starts TEXT NOT NULL,"
    " ends TEXT NOT NULL,"
    " break_minutes INTEGER NOT NULL,"
    " site_kind TEXT NOT NULL,"
    " work_kind TEXT NOT NULL,"
    " load_g INTEGER NOT NULL,"
    " dangerous INTEGER NOT NULL,"
    " paced INTEGER NOT NULL,"
    " alcohol_tobacco INTEGER NOT NULL,"
    " state TEXT NOT NULL CHECK (state IN ('asked', 'confirmed', 'declined', 'undone')),"
    " reason TEXT NOT NULL,"
    " made_wall_ms INTEGER NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    /* One open or confirmed wish of a person for an offer. The date belongs to the key:
     * a job that was moved to another day is asked for anew. */
    "CREATE UNIQUE INDEX wish_once ON wish (participant, code, date)"
    " WHERE state IN ('asked', 'confirmed');"
    "CREATE INDEX wish_of ON wish (participant, seq);"
    "CREATE INDEX wish_day ON wish (date, state, seq);"
    "CREATE INDEX wish_taken ON wish (code, date) WHERE state = 'confirmed';"

    "CREATE TABLE unfit ("
    " id BLOB NOT NULL PRIMARY KEY,"
    " seq INTEGER NOT NULL,"
    " participant BLOB REFERENCES participant (id),"
    " code TEXT NOT NULL,"
    " reason TEXT NOT NULL,"
    " wall_ms INTEGER NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX unfit_of ON unfit (participant) WHERE participant IS NOT NULL;"

    "CREATE TABLE talk ("
    " id BLOB NOT NULL PRIMARY KEY,"
    " seq INTEGER NOT NULL,"
    " participant BLOB REFERENCES participant (id),"
    " wall_ms INTEGER NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX talk_of ON talk (participant) WHERE participant IS NOT NULL;"

    "CREATE TABLE device ("
    " one INTEGER PRIMARY KEY CHECK (one = 1),"
    " seed BLOB NOT NULL,"
    " boot INTEGER NOT NULL,"
    " boot_id TEXT NOT NULL"
    ") STRICT;"
    "CREATE TABLE setting ("
    " name TEXT NOT NULL PRIMARY KEY,"
    " value TEXT NOT NULL"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE tries ("
    " key BLOB NOT NULL PRIMARY KEY,"
    " wrong INTEGER NOT NULL,"
    " boot INTEGER NOT NULL,"
    " mono_ms INTEGER NOT NULL,"
    " wall_ms INTEGER NOT NULL,"
    " turn INTEGER NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX tries_turn ON tries (turn);"

    "CREATE TABLE secret ("
    " participant BLOB NOT NULL PRIMARY KEY REFERENCES participant (id),"
    " hash TEXT NOT NULL"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE card_key ("
    " card BLOB NOT NULL PRIMARY KEY REFERENCES card (id),"
    " lookup BLOB NOT NULL UNIQUE"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE staff_key ("
    " staff BLOB NOT NULL PRIMARY KEY REFERENCES staff (id),"
    " pin TEXT NOT NULL,"
    " lookup BLOB NOT NULL UNIQUE"
    ") STRICT, WITHOUT ROWID;"

    "PRAGMA user_version = 1;";

static const char *const versions[] = {v1};

const struct db_kind state_kind = {"state", 1095650387, versions, ARRAY_LEN(versions)};
