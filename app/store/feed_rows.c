/* What the centre's rows show on this kiosk. */
#include "store/feed_rows.h"

#include "base/plant.h"
#include "domain/offer_json.h"
#include "store/feed_json.h"
#include "store/query.h"
#include "store/state.h"

static enum err show_offer(struct store *store, const struct sync_row *row)
{
    struct offer offer;
    if (offer_parse_row(row->body, &offer) != ERR_OK ||
        !str_eq(row->id, str_of(offer.code)) || !offer_valid(&offer)) {
        return ERR_OK;
    }
    return offer_put(store, &offer);
}

/* ---- leases ------------------------------------------------------------------------ */

struct lease_row {
    struct uid id, dev;
    struct str code, date, state;
    int64_t epoch, places;
};

static bool read_lease(const json_t *body, struct str id, struct lease_row *row)
{
    date_t date;
    row->code = feed_json_text(body, "offer");
    row->date = feed_json_text(body, "date");
    row->state = feed_json_text(body, "state");
    row->epoch = json_integer_value(json_object_get(body, "epoch"));
    row->places = json_integer_value(json_object_get(body, "places"));
    return uid_parse(id, &row->id) == ERR_OK && code_check(row->code) == ERR_OK &&
           uid_parse(feed_json_text(body, "dev"), &row->dev) == ERR_OK &&
           date_parse(row->date, &date) == ERR_OK && row->epoch > 0 && row->places >= 0;
}

static enum err put_lease(struct store *store, struct str id, const struct lease_row *row)
{
    struct query q =
        query_on(&store->feed,
                 "INSERT INTO lease (id, lease, code, date, dev, epoch, places, state)"
                 " VALUES (:id, :lease, :code, :date, :dev, :epoch, :places, :state)");
    query_text(&q, ":id", id);
    query_uid(&q, ":lease", &row->id);
    query_text(&q, ":code", row->code);
    query_text(&q, ":date", row->date);
    query_uid(&q, ":dev", &row->dev);
    query_int(&q, ":epoch", row->epoch);
    query_int(&q, ":places", row->places);
    query_text(&q, ":state", row->state);
    return query_run(&q);
}

static enum err show_lease(struct store *store, const struct sync_row *row)
{
    struct lease_row lease;
    json_t *body = feed_json_open(row->body);
    enum err err = ERR_OK;
    if (read_lease(body, row->id, &lease)) {
        err = put_lease(store, row->id, &lease);
    }
    json_decref(body);
    return err;
}

/* ---- people ------------------------------------------------------------------------ */

static enum err put_person(struct store *store, struct str id, const uint8_t *card)
{
    struct query q =
        query_on(&store->feed, "INSERT INTO person (id, card) VALUES (:id, :card)");
    query_text(&q, ":id", id);
    if (card) {
        query_blob(&q, ":card", card, STORE_LOOKUP_SIZE);
    }
    return query_run(&q);
}

static enum err show_person(struct store *store, const struct sync_row *row)
{
    uint8_t card[STORE_LOOKUP_SIZE];
    json_t *body = feed_json_open(row->body);
    bool has_card = feed_json_bytes(body, "card", card, sizeof card);
    enum err err = body ? put_person(store, row->id, has_card ? card : NULL) : ERR_OK;
    json_decref(body);
    return err;
}

/* ---- all kinds --------------------------------------------------------------------- */

static const struct shown {
    const char *kind;
    enum err (*show)(struct store *store, const struct sync_row *row);
    const char *hide, *drop_rest;
} kinds_shown[] = {
    {"offer", show_offer, "DELETE FROM offer WHERE code = :id",
     "DELETE FROM offer WHERE code NOT IN (SELECT id FROM feed_row WHERE kind = "
     "'offer')"},
    {"lease", show_lease, "DELETE FROM lease WHERE id = :id",
     "DELETE FROM lease WHERE id NOT IN (SELECT id FROM feed_row WHERE kind = 'lease')"},
    {"person", show_person, "DELETE FROM person WHERE id = :id",
     "DELETE FROM person WHERE id NOT IN (SELECT id FROM feed_row WHERE kind = "
     "'person')"},
};

static const struct shown *find(struct str kind)
{
    for (size_t i = 0; i < ARRAY_LEN(kinds_shown); i++) {
        if (str_eq(kind, str_of(kinds_shown[i].kind))) {
            return &kinds_shown[i];
        }
    }
    return NULL;
}

static enum err hide(struct store *store, const struct shown *shown, struct str id)
{
    struct query q = query_on(&store->feed, shown->hide);
    query_text(&q, ":id", id);
    return query_run(&q);
}

enum err feed_row_show(struct store *store, const struct sync_row *row)
{
    const struct shown *shown = find(row->kind);
    if (!shown) {
        return ERR_OK;
    }
    enum err err = hide(store, shown, row->id);
    return err == ERR_OK ? shown->show(store, row) : err;
}

enum err feed_row_hide(struct store *store, struct str kind, struct str id)
{
    const struct shown *shown = find(kind);
    return shown && !PLANTED(PLANT_DELETIONS_KEPT) ? hide(store, shown, id) : ERR_OK;
}

enum err feed_rows_drop_rest(struct store *store)
{
    enum err err = ERR_OK;
    for (size_t i = 0; i < ARRAY_LEN(kinds_shown) && err == ERR_OK; i++) {
        struct query q = query_on(&store->feed, kinds_shown[i].drop_rest);
        err = PLANTED(PLANT_DELETIONS_KEPT) ? query_done(&q) : query_run(&q);
    }
    return err;
}
