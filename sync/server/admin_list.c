/* What there is, as NDJSON for staff: numbers, words of ours, ids and aliases. */
#include "server/desk.h"

#include "server/body.h"

/* How a column of a query is written. */
enum form { FORM_ID, FORM_TEXT, FORM_NUMBER, FORM_FLAG, FORM_JSON };
struct column {
    const char *name;
    enum form form;
};

#define COLUMNS_MAX 12

struct listing {
    const char *name, *sql; /* :centre NULL: of all */
    struct column columns[COLUMNS_MAX];
};

/* clang-format off */
static const struct listing listings[LIST_COUNT] = {
    [LIST_ORGANISATIONS] = {"organisations",
        "SELECT id, name FROM organisation WHERE :centre IS NULL OR id IN"
        " (SELECT organisation FROM centre WHERE id = :centre) ORDER BY name, id",
        {{"id", FORM_ID}, {"name", FORM_TEXT}}},
    [LIST_CENTRES] = {"centres",
        "SELECT id, organisation, name, rev, seal IS NOT NULL FROM centre"
        " WHERE :centre IS NULL OR id = :centre ORDER BY name, id",
        {{"id", FORM_ID}, {"organisation", FORM_ID}, {"name", FORM_TEXT},
         {"rev", FORM_NUMBER}, {"seal", FORM_FLAG}}},
    [LIST_STAFF] = {"staff",
        "SELECT centre, id, alias, at_ms FROM staff"
        " WHERE :centre IS NULL OR centre = :centre ORDER BY centre, at_ms, id",
        {{"centre", FORM_ID}, {"id", FORM_ID}, {"alias", FORM_TEXT}, {"at_ms", FORM_NUMBER}}},
    [LIST_KIOSKS] = {"kiosks",
        "SELECT d.centre, d.id, d.state, d.enrolled_ms, d.last_ms,"
        " coalesce((SELECT max(epoch) FROM log g WHERE g.centre = d.centre AND g.dev = d.id),"
        "  0),"
        " (SELECT count(*) FROM event e WHERE e.centre = d.centre AND e.dev = d.id),"
        " (SELECT count(*) FROM parked p WHERE p.centre = d.centre AND p.dev = d.id)"
        " FROM device d WHERE :centre IS NULL OR d.centre = :centre"
        " ORDER BY d.centre, d.enrolled_ms, d.id",
        {{"centre", FORM_ID}, {"dev", FORM_ID}, {"state", FORM_TEXT},
         {"enrolled_ms", FORM_NUMBER}, {"last_ms", FORM_NUMBER}, {"epoch", FORM_NUMBER},
         {"events", FORM_NUMBER}, {"parked", FORM_NUMBER}}},
    [LIST_OFFERS] = {"offers",
        "SELECT o.centre, o.code, o.date, o.state, o.at_once, o.places,"
        " (SELECT count(*) FROM wish w WHERE w.centre = o.centre AND w.code = o.code"
        "  AND w.date = o.date AND w.state = 'confirmed'),"
        " coalesce((SELECT sum(l.places - l.used) FROM lease l WHERE l.centre = o.centre"
        "  AND l.code = o.code AND l.date = o.date AND l.state IN ('granted', 'recalled')), 0),"
        " (SELECT count(*) FROM wish w WHERE w.centre = o.centre AND w.code = o.code"
        "  AND w.date = o.date AND w.state IN ('asked', 'wanted', 'waiting')),"
        " (SELECT count(*) FROM unfit u WHERE u.centre = o.centre AND u.code = o.code)"
        " FROM offer o WHERE :centre IS NULL OR o.centre = :centre"
        " ORDER BY o.centre, o.date, o.code",
        {{"centre", FORM_ID}, {"code", FORM_TEXT}, {"date", FORM_TEXT}, {"state", FORM_TEXT},
         {"at_once", FORM_FLAG}, {"places", FORM_NUMBER}, {"confirmed", FORM_NUMBER},
         {"leased", FORM_NUMBER}, {"queued", FORM_NUMBER}, {"unfit", FORM_NUMBER}}},
    [LIST_WISHES] = {"wishes",
        "SELECT w.centre, w.id, w.ord, w.code, w.date, w.state, w.reason, w.dev,"
        " w.participant, p.body,"
        " CASE WHEN w.state = 'waiting' THEN (SELECT count(*) FROM wish v"
        "  WHERE v.centre = w.centre AND v.code = w.code AND v.date = w.date"
        "  AND v.state = 'waiting' AND v.ord <= w.ord) END, w.lease IS NOT NULL"
        " FROM wish w LEFT JOIN person p ON p.centre = w.centre AND p.id = w.participant"
        " WHERE :centre IS NULL OR w.centre = :centre ORDER BY w.centre, w.ord",
        {{"centre", FORM_ID}, {"id", FORM_ID}, {"ord", FORM_NUMBER}, {"code", FORM_TEXT},
         {"date", FORM_TEXT}, {"state", FORM_TEXT}, {"reason", FORM_TEXT}, {"kiosk", FORM_ID},
         {"participant", FORM_ID}, {"alias", FORM_JSON}, {"waiting", FORM_NUMBER},
         {"leased", FORM_FLAG}}},
    [LIST_LEASES] = {"leases",
        "SELECT centre, id, code, date, dev, epoch, places, used, state FROM lease"
        " WHERE :centre IS NULL OR centre = :centre ORDER BY centre, date, code, id",
        {{"centre", FORM_ID}, {"id", FORM_ID}, {"code", FORM_TEXT}, {"date", FORM_TEXT},
         {"kiosk", FORM_ID}, {"epoch", FORM_NUMBER}, {"places", FORM_NUMBER},
         {"used", FORM_NUMBER}, {"state", FORM_TEXT}}},
    [LIST_TASKS] = {"tasks",
        "SELECT centre, id, kind, about, state, at_ms, body FROM task"
        " WHERE :centre IS NULL OR centre = :centre ORDER BY centre, at_ms, id",
        {{"centre", FORM_ID}, {"id", FORM_ID}, {"kind", FORM_TEXT}, {"about", FORM_TEXT},
         {"state", FORM_TEXT}, {"at_ms", FORM_NUMBER}, {"body", FORM_JSON}}},
    [LIST_PARKED] = {"parked",
        "SELECT p.centre, p.dev, p.epoch, p.seq, p.why, e.kind, e.at_ms FROM parked p"
        " JOIN event e ON e.centre = p.centre AND e.dev = p.dev AND e.epoch = p.epoch"
        "  AND e.seq = p.seq"
        " WHERE :centre IS NULL OR p.centre = :centre"
        " ORDER BY p.centre, p.dev, p.epoch, p.seq",
        {{"centre", FORM_ID}, {"dev", FORM_ID}, {"epoch", FORM_NUMBER},
         {"seq", FORM_NUMBER}, {"why", FORM_TEXT}, {"kind", FORM_TEXT},
         {"at_ms", FORM_NUMBER}}},
};
/* clang-format on */

const char *admin_list_name(enum admin_list list)
{
    CHECK((int)list >= 0 && list < LIST_COUNT);
    return listings[list].name;
}

static void put_id(struct ask *ask, int column, struct bytes *out)
{
    char text[UID_TEXT_SIZE];
    uid_format(ask_get_uid(ask, column), text);
    bytes_printf(out, "\"%s\"", text);
}

/* Of a person's body the alias, of a task's body all. */
static void put_json(struct ask *ask, int column, const char *name, struct bytes *out)
{
    struct str json = ask_peek_text(ask, column), alias;
    if (!str_eq(str_of(name), STR("alias"))) {
        bytes_put(out, json.ptr, json.len);
    } else if (body_value(json, "alias", &alias)) {
        bytes_put(out, alias.ptr, alias.len);
    } else {
        bytes_puts(out, "null");
    }
}

static void put_value(struct ask *ask, int column, const struct column *c,
                      struct bytes *out)
{
    if (ask_is_null(ask, column)) {
        bytes_puts(out, "null");
        return;
    }
    switch (c->form) {
    case FORM_ID:
        put_id(ask, column, out);
        break;
    case FORM_TEXT:
        bytes_json(out, ask_peek_text(ask, column));
        break;
    case FORM_NUMBER:
        bytes_printf(out, "%lld", (long long)ask_get_int(ask, column));
        break;
    case FORM_FLAG:
        bytes_puts(out, ask_get_int(ask, column) ? "true" : "false");
        break;
    case FORM_JSON:
        put_json(ask, column, c->name, out);
        break;
    }
}

static void put_row(struct ask *ask, const struct listing *listing, struct bytes *out)
{
    for (int i = 0; i < COLUMNS_MAX && listing->columns[i].name; i++) {
        bytes_printf(out, "%s\"%s\":", i == 0 ? "{" : ",", listing->columns[i].name);
        put_value(ask, i, &listing->columns[i], out);
    }
    bytes_puts(out, "}\n");
}

enum err admin_list(struct admin *admin, enum admin_list list, struct uid centre,
                    struct bytes *out)
{
    CHECK((int)list >= 0 && list < LIST_COUNT);
    struct ask ask = ask_on(admin->storage, listings[list].sql);
    ask_uid(&ask, ":centre", &centre);
    while (ask_row(&ask)) {
        put_row(&ask, &listings[list], out);
    }
    enum err err = ask_done(&ask);
    return err == ERR_OK && out->failed ? ERR_FULL : err;
}
