/* People of other kiosks of the same centre. */
#include "store/adopt.h"

#include "store/card_keys.h"
#include "store/fact.h"
#include "store/feed_json.h"
#include "store/log.h"
#include "store/names.h"
#include "store/query.h"
#include "store/state.h"

#include <string.h>

/* A row `person`. */
struct adopted {
    struct participant who;
    uint8_t card[STORE_LOOKUP_SIZE];
    struct key_public key;
    bool has_key;
};

/* ---- reading ----------------------------------------------------------------------- */

static date_t date_at(const json_t *object, const char *name)
{
    date_t date;
    return date_parse(feed_json_text(object, name), &date) == ERR_OK ? date : DATE_NONE;
}

/* Without an end; or a day that cannot be read, and so is over: the side that protects. */
static date_t until_at(const json_t *consent)
{
    date_t date;
    const json_t *until = json_object_get(consent, "until");
    if (until == NULL || json_is_null(until)) {
        return DATE_NONE;
    }
    return date_parse(feed_json_text(consent, "until"), &date) == ERR_OK ? date : 0;
}

static struct consent consent_at(const json_t *consents, const char *name)
{
    const json_t *consent = json_object_get(consents, name);
    return (struct consent){json_is_true(json_object_get(consent, "given")),
                            until_at(consent)};
}

static field_set_t fields_at(const json_t *object, const char *name)
{
    field_set_t fields = 0;
    const json_t *list = json_object_get(object, name);
    for (size_t i = 0; i < json_array_size(list); i++) {
        int field = field_from_code(str_of(json_string_value(json_array_get(list, i))));
        fields |= field > 0 ? (field_set_t)1 << field : 0;
    }
    return fields;
}

static bool read_who(const json_t *body, struct str id, struct participant *who)
{
    const json_t *consents = json_object_get(body, "consents");
    int band = names_value(&names_age_band, feed_json_text(body, "band"));
    memset(who, 0, sizeof *who);
    who->band = (enum age_band)band;
    who->band_until = date_at(body, "band_until");
    /* Not said means what protects most, as at the centre. */
    who->full_time_schooling =
        !json_is_false(json_object_get(body, "full_time_schooling"));
    who->consents[CONSENT_CUSTODIAN] = consent_at(consents, "custodian");
    who->consents[CONSENT_STORE] = consent_at(consents, "store");
    who->interests = fields_at(body, "interests");
    who->tried = fields_at(body, "tried");
    who->again = fields_at(body, "again");
    who->languages = (uint32_t)json_integer_value(json_object_get(body, "languages"));
    return band >= 0 && uid_parse(id, &who->id) == ERR_OK &&
           str_copy(who->alias, sizeof who->alias, feed_json_text(body, "alias")) &&
           str_copy(who->district, sizeof who->district,
                    feed_json_text(body, "district")) &&
           person_valid(who);
}

/* False: not understood, or without a card. */
static bool read_row(struct str id, struct str body, struct adopted *adopted)
{
    json_t *root = feed_json_open(body);
    bool ok = root && read_who(root, id, &adopted->who) &&
              feed_json_bytes(root, "card", adopted->card, sizeof adopted->card);
    adopted->has_key =
        ok && key_public_parse(feed_json_text(root, "key"), &adopted->key) == ERR_OK;
    json_decref(root);
    return ok;
}

static enum err find_row(struct store *store, const uint8_t card[STORE_LOOKUP_SIZE],
                         struct adopted *adopted)
{
    bool found = false;
    struct query q = query_on(
        &store->feed, "SELECT r.id, r.body FROM person p JOIN feed_row r"
                      " ON r.kind = 'person' AND r.id = p.id WHERE p.card = :card");
    query_blob(&q, ":card", card, STORE_LOOKUP_SIZE);
    if (query_row(&q)) {
        found = read_row(query_peek_text(&q, 0), query_peek_text(&q, 1), adopted);
    }
    return query_done_found(&q, found);
}

/* ---- writing ----------------------------------------------------------------------- */

static enum err has_event(struct store *store, struct uid participant, enum kind kind,
                          int64_t after, bool *has_out)
{
    struct query q = query_on(&store->state, "SELECT 1 FROM event WHERE"
                                             " participant = :participant"
                                             " AND kind = :kind AND seq > :after");
    query_uid(&q, ":participant", &participant);
    query_text(&q, ":kind", str_of(kinds[kind].name));
    query_int(&q, ":after", after);
    *has_out = query_row(&q);
    return query_done(&q);
}

static enum err write(struct store *store, const struct adopted *adopted)
{
    struct fact fact;
    const struct uid nobody = {{0}};
    fact_init(&fact, KIND_PERSON_ADOPTED, uid_make(&store->rng));
    person_put(&fact, &adopted->who);
    fact_uid(&fact, "staff", nobody);
    enum err err = fact_append(store, &fact);
    if (err == ERR_OK) {
        err = card_keys_drop_old(store, adopted->who.id);
    }
    if (err == ERR_OK) {
        err = card_key_put(store, fact.id, adopted->card);
    }
    return err == ERR_OK && adopted->has_key
               ? person_key_put(store, adopted->who.id, adopted->key.b)
               : err;
}

static enum err adopt(struct store *store, const struct adopted *adopted)
{
    bool deleted = false;
    enum err err = has_event(store, adopted->who.id, KIND_PERSON_DELETED, 0, &deleted);
    if (err != ERR_OK || deleted) {
        return err == ERR_OK ? ERR_NOT_FOUND : err;
    }
    return write(store, adopted);
}

enum err adopt_by_card(struct store *store, const uint8_t card[STORE_LOOKUP_SIZE])
{
    struct adopted adopted = {.has_key = false};
    enum err err = find_row(store, card, &adopted);
    if (err == ERR_OK) {
        err = db_begin(&store->state);
    }
    return err == ERR_OK ? db_end(&store->state, adopt(store, &adopted)) : err;
}

/* ---- a new card -------------------------------------------------------------------- */

static enum err holds_card(struct store *store, const struct adopted *adopted,
                           bool *holds_out)
{
    struct query q =
        query_on(&store->state, "SELECT 1 FROM card c JOIN card_key k ON k.card = c.id"
                                " WHERE c.participant = :participant AND c.valid = 1"
                                " AND k.lookup = :card");
    query_uid(&q, ":participant", &adopted->who.id);
    query_blob(&q, ":card", adopted->card, sizeof adopted->card);
    *holds_out = query_row(&q);
    return query_done(&q);
}

enum err adopt_new_card(struct store *store, struct str id, struct str body, int *facts)
{
    struct adopted adopted = {.has_key = false};
    bool holds = true, newer_here = true;
    int64_t acked = 0;
    struct uid participant;
    enum err err = uid_parse(id, &participant);
    if (err == ERR_OK) {
        err = person_check(store, participant); /* most are of other kiosks */
    }
    if (err != ERR_OK || !read_row(id, body, &adopted)) {
        return err == ERR_NOT_FOUND || err == ERR_INVALID ? ERR_OK : err;
    }
    err = holds_card(store, &adopted, &holds);
    if (err == ERR_OK) {
        err = log_acked(store, LOG_ANY_EPOCH, &acked);
    }
    /* A card made here that the centre does not know yet is the newest one. */
    if (err == ERR_OK) {
        err = has_event(store, adopted.who.id, KIND_CARD_KEY, acked, &newer_here);
    }
    if (err != ERR_OK || holds || newer_here) {
        return err;
    }
    err = write(store, &adopted);
    *facts += err == ERR_OK;
    return err;
}
