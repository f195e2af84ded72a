/* Young people and their cards. What proves who somebody is (hash of the pictures, lookup
 * key of the card) lies in kept tables and never in an event. */
#include "store/state.h"

#include "base/utf8.h"
#include "store/adopt.h"
#include "store/card_keys.h"
#include "store/fact.h"
#include "store/names.h"
#include "store/query.h"

#include <string.h>

/* ---- looking up -------------------------------------------------------------------- */

#define PERSON_COLUMNS                                                                   \
    "p.id, p.alias, p.band, p.band_until, p.full_time_schooling, p.custodian,"           \
    " p.custodian_until, p.store, p.store_until, p.interests, p.tried, p.again,"         \
    " p.languages, p.district"

static void read_person(struct query *q, struct participant *who)
{
    memset(who, 0, sizeof *who);
    who->id = query_get_uid(q, 0);
    query_get_text(q, 1, who->alias, sizeof who->alias);
    int band = names_value(&names_age_band, query_peek_text(q, 2));
    if (band < 0) {
        query_corrupt(q);
    } else {
        who->band = (enum age_band)band;
    }
    who->band_until = query_get_date(q, 3);
    who->full_time_schooling = query_get_bool(q, 4);
    who->consents[CONSENT_CUSTODIAN].given = query_get_bool(q, 5);
    who->consents[CONSENT_CUSTODIAN].until = query_get_date(q, 6);
    who->consents[CONSENT_STORE].given = query_get_bool(q, 7);
    who->consents[CONSENT_STORE].until = query_get_date(q, 8);
    who->interests = (field_set_t)query_get_int(q, 9);
    who->tried = (field_set_t)query_get_int(q, 10);
    who->again = (field_set_t)query_get_int(q, 11);
    who->languages = (uint32_t)query_get_int(q, 12);
    query_get_text(q, 13, who->district, sizeof who->district);
}

enum err store_person_by_alias(struct store *store, struct str alias,
                               struct participant *who_out,
                               char secret_out[STORE_HASH_SIZE])
{
    char key[ALIAS_SIZE];
    bool found = false;
    if (!alias_valid(alias)) {
        return ERR_NOT_FOUND; /* and the key of what is too long is nobody's key */
    }
    alias_key(alias, key);
    struct query q = query_on(&store->state,
                              "SELECT " PERSON_COLUMNS ", s.hash FROM participant p"
                              " LEFT JOIN secret s ON s.participant = p.id"
                              " WHERE p.alias_key = :key");
    query_text(&q, ":key", str_of(key));
    if (query_row(&q)) {
        found = true;
        read_person(&q, who_out);
        if (secret_out) {
            query_get_text(&q, 14, secret_out, STORE_HASH_SIZE);
        }
    }
    return query_done_found(&q, found);
}

static enum err find_by_card(struct store *store, const uint8_t card[STORE_LOOKUP_SIZE],
                             struct participant *who_out)
{
    bool found = false;
    struct query q = query_on(&store->state,
                              "SELECT " PERSON_COLUMNS " FROM card_key k"
                              " JOIN card c ON c.id = k.card AND c.valid = 1"
                              " JOIN participant p ON p.id = c.participant"
                              " WHERE k.lookup = :card");
    query_blob(&q, ":card", card, STORE_LOOKUP_SIZE);
    if (query_row(&q)) {
        found = true;
        read_person(&q, who_out);
    }
    return query_done_found(&q, found);
}

/* A card of another kiosk of the centre becomes one of this kiosk when it is first held
 * here. */
enum err store_person_by_card(struct store *store, const uint8_t card[STORE_LOOKUP_SIZE],
                              struct participant *who_out)
{
    enum err err = find_by_card(store, card, who_out);
    if (err == ERR_NOT_FOUND) {
        err = adopt_by_card(store, card);
        err = err == ERR_OK ? find_by_card(store, card, who_out) : err;
    }
    return err;
}

enum err store_person_by_id(struct store *store, struct uid id,
                            struct participant *who_out)
{
    bool found = false;
    struct query q = query_on(&store->state, "SELECT " PERSON_COLUMNS
                                             " FROM participant p WHERE p.id = :id");
    query_uid(&q, ":id", &id);
    if (query_row(&q)) {
        found = true;
        read_person(&q, who_out);
    }
    return query_done_found(&q, found);
}

enum err person_check(struct store *store, struct uid id)
{
    struct query q = query_on(&store->state, "SELECT 1 FROM participant WHERE id = :id");
    query_uid(&q, ":id", &id);
    bool found = query_row(&q);
    return query_done_found(&q, found);
}

/* ---- cards ------------------------------------------------------------------------- */

enum err card_key_same(struct store *store, struct uid card,
                       const uint8_t lookup[STORE_LOOKUP_SIZE], bool *same_out)
{
    bool same = true;
    struct query q = query_on(&store->state,
                              "SELECT lookup = :lookup FROM card_key WHERE card = :card");
    query_uid(&q, ":card", &card);
    query_blob(&q, ":lookup", lookup, STORE_LOOKUP_SIZE);
    if (query_row(&q)) {
        same = query_get_bool(&q, 0);
    }
    enum err err = query_done(&q);
    if (err == ERR_OK) {
        *same_out = same;
    }
    return err;
}

/* A retry that brings another card would leave a printed card that opens nothing. */
static enum err check_retry(struct store *store, struct uid card,
                            const uint8_t lookup[STORE_LOOKUP_SIZE])
{
    bool same = false;
    enum err err = card_key_same(store, card, lookup, &same);
    return err == ERR_OK && !same ? ERR_CONFLICT : err;
}

static enum err keep_card(struct store *store, struct uid card, struct uid participant,
                          const uint8_t lookup[STORE_LOOKUP_SIZE])
{
    enum err err = card_key_put(store, card, lookup);
    return err == ERR_OK ? card_key_tell(store, card, participant, lookup) : err;
}

static enum err issue(struct store *store, const struct store_card *card)
{
    struct fact fact;
    bool seen = false;
    fact_init(&fact, KIND_CARD_ISSUED, card->id);
    fact_uid(&fact, "participant", card->participant);
    fact_uid(&fact, "staff", card->staff);
    enum err err = fact_seen(store, &fact, &seen);
    if (err != ERR_OK || seen) {
        return err == ERR_OK ? check_retry(store, card->id, card->card) : err;
    }
    err = person_check(store, card->participant);
    if (err == ERR_OK) {
        err = fact_append(store, &fact);
    }
    if (err == ERR_OK) {
        err = card_keys_drop_old(store, card->participant);
    }
    return err == ERR_OK ? keep_card(store, card->id, card->participant, card->card) : err;
}

enum err store_card_issue(struct store *store, const struct store_card *card)
{
    enum err err = db_begin(&store->state);
    return err == ERR_OK ? db_end(&store->state, issue(store, card)) : err;
}

/* ---- enrolment --------------------------------------------------------------------- */

static void put_consent(struct fact *fact, const char *name,
                        const struct consent *consent)
{
    fact_open(fact, name);
    fact_bool(fact, "given", consent->given);
    fact_date(fact, "until", consent->until);
    fact_close(fact);
}

void person_put(struct fact *fact, const struct participant *who)
{
    fact_uid(fact, "participant", who->id);
    fact_text(fact, "alias", str_of(who->alias));
    fact_text(fact, "band", str_of(names_word(&names_age_band, (int)who->band)));
    fact_date(fact, "band_until", who->band_until);
    fact_bool(fact, "full_time_schooling", who->full_time_schooling);
    fact_open(fact, "consents");
    put_consent(fact, "custodian", &who->consents[CONSENT_CUSTODIAN]);
    put_consent(fact, "store", &who->consents[CONSENT_STORE]);
    fact_close(fact);
    fact_fields(fact, "interests", who->interests);
    fact_fields(fact, "tried", who->tried);
    fact_fields(fact, "again", who->again);
    fact_int(fact, "languages", who->languages);
    fact_text(fact, "district", str_of(who->district));
}

bool person_valid(const struct participant *who)
{
    return alias_valid(str_of(who->alias)) && utf8_valid(str_of(who->district)) &&
           (int)who->band >= 0 && who->band < AGE_BAND_COUNT && !uid_is_nil(who->id);
}

static enum err put_secret(struct store *store, const struct store_enrolment *enrolment)
{
    struct query q = query_on(&store->state, "INSERT INTO secret (participant, hash)"
                                             " VALUES (:participant, :hash)");
    query_uid(&q, ":participant", &enrolment->who.id);
    query_text(&q, ":hash", str_of(enrolment->secret));
    return query_run(&q);
}

static enum err enrol(struct store *store, const struct store_enrolment *enrolment)
{
    struct fact fact;
    bool seen = false;
    fact_init(&fact, KIND_PARTICIPANT_ENROLLED, enrolment->id);
    person_put(&fact, &enrolment->who);
    fact_uid(&fact, "staff", enrolment->staff);
    enum err err = fact_seen(store, &fact, &seen);
    if (err != ERR_OK || seen) {
        return err == ERR_OK ? check_retry(store, enrolment->id, enrolment->card) : err;
    }
    err = fact_append(store, &fact); /* ERR_CONFLICT: the alias key is unique */
    if (err == ERR_OK) {
        err = put_secret(store, enrolment);
    }
    return err == ERR_OK ? keep_card(store, enrolment->id, enrolment->who.id,
                                     enrolment->card)
                         : err;
}

enum err store_enrol(struct store *store, const struct store_enrolment *enrolment)
{
    if (!person_valid(&enrolment->who) || uid_is_nil(enrolment->id)) {
        return ERR_INVALID;
    }
    enum err err = db_begin(&store->state);
    return err == ERR_OK ? db_end(&store->state, enrol(store, enrolment)) : err;
}
