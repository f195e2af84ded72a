/* Proposals and votes. No event of them names a person: a vote carries a key that only
 * this kiosk's secret can make, another one for each item, and that a person has
 * proposed today is kept as a keyed hash, for today only. */
#include "store/voices.h"

#include "store/blob.h"
#include "store/names.h"
#include "store/state.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define VOTERS_MAX 2000 /* of one item */

/* ---- keys
 * ------------------------------------------------------------------------------- */

static enum err key_of(struct store *store, const char *what, struct uid participant,
                       const uint8_t *of, size_t of_len, struct uid *key_out)
{
    uint8_t seed[STORE_SEED_SIZE];
    crypto_generichash_state state;
    enum err err = store_device_seed(store, seed);
    if (err != ERR_OK) {
        return err;
    }
    crypto_generichash_init(&state, seed, sizeof seed, sizeof key_out->b);
    crypto_generichash_update(&state, (const uint8_t *)what, strlen(what));
    crypto_generichash_update(&state, participant.b, sizeof participant.b);
    crypto_generichash_update(&state, of, of_len);
    crypto_generichash_final(&state, key_out->b, sizeof key_out->b);
    sodium_memzero(seed, sizeof seed);
    sodium_memzero(&state, sizeof state);
    return ERR_OK;
}

static enum err voter_of(struct store *store, struct uid participant, struct uid item,
                         struct uid *voter_out)
{
    return key_of(store, "voter", participant, item.b, sizeof item.b, voter_out);
}

static enum err proposer_of(struct store *store, struct uid participant,
                            struct uid *key_out)
{
    char text[11];
    date_t day;
    int minute;
    date_from_wall_ms(clock_wall_ms(&store->clock), &day, &minute);
    date_format(day, text);
    return key_of(store, "proposer", participant, (const uint8_t *)text, sizeof text,
                  key_out);
}

/* ---- items
 * ------------------------------------------------------------------------------ */

#define ITEM_COLUMNS "id, kind, state, tiles, words, title, answer"

static void read_item(struct query *q, struct voice_item *item)
{
    memset(item, 0, sizeof *item);
    item->id = query_get_uid(q, 0);
    int kind = names_value(&names_voice_kind, query_peek_text(q, 1));
    int state = names_value(&names_voice_state, query_peek_text(q, 2));
    item->tiles = (uint32_t)query_get_int(q, 3);
    item->words = query_get_uid(q, 4);
    query_get_text(q, 5, item->title, sizeof item->title);
    query_get_text(q, 6, item->answer, sizeof item->answer);
    if (kind < 0 || state < 0) {
        query_corrupt(q);
        return;
    }
    item->kind = (enum voice_kind)kind;
    item->state = (enum voice_state)state;
}

static enum err load_item(struct store *store, struct uid id, struct voice_item *item)
{
    bool found = false;
    struct query q = query_on(&store->state, "SELECT " ITEM_COLUMNS " FROM voice"
                                             " WHERE id = :id");
    query_uid(&q, ":id", &id);
    if (query_row(&q)) {
        found = true;
        read_item(&q, item);
    }
    return query_done_found(&q, found);
}

/* ---- proposing
 * -------------------------------------------------------------------------- */

static enum err check_room(struct store *store)
{
    int64_t count = 0;
    struct query q = query_on(&store->state, "SELECT count(*) FROM voice"
                                             " WHERE state IN ('waiting', 'open')");
    if (query_row(&q)) {
        count = query_get_int(&q, 0);
    }
    enum err err = query_done(&q);
    return err == ERR_OK && count >= VOICES_MAX ? ERR_FULL : err;
}

static enum err is_proposer(struct store *store, struct uid key, bool *found_out)
{
    struct query q =
        query_on(&store->state, "SELECT 1 FROM voice_day WHERE proposer = :proposer");
    query_uid(&q, ":proposer", &key);
    *found_out = query_row(&q);
    return query_done(&q);
}

static enum err note_proposer(struct store *store, struct uid key)
{
    struct query q = query_on(&store->state, "INSERT INTO voice_day (proposer)"
                                             " VALUES (:proposer)");
    query_uid(&q, ":proposer", &key);
    return query_run(&q);
}

/* One a day and person. Rows of other days fit nobody; they go when forgetting. */
static enum err take_turn(struct store *store, struct uid participant)
{
    struct uid key;
    bool today = false;
    enum err err = proposer_of(store, participant, &key);
    if (err == ERR_OK) {
        err = is_proposer(store, key, &today);
    }
    if (err == ERR_OK && today) {
        return ERR_DENIED;
    }
    return err == ERR_OK ? note_proposer(store, key) : err;
}

static enum err keep_words(struct store *store, const struct store_proposal *proposal)
{
    struct query q = query_on(&store->state, "INSERT INTO voice_words (item, for_team)"
                                             " VALUES (:item, :for_team)");
    query_uid(&q, ":item", &proposal->item.id);
    blob_bind(&q, ":for_team", &proposal->words_for_team);
    return query_run(&q);
}

static void put_proposal(struct fact *fact, const struct store_proposal *proposal)
{
    const struct voice_item *item = &proposal->item;
    fact_init(fact, KIND_VOICE_PROPOSED, item->id);
    fact_text(fact, "kind", str_of(names_word(&names_voice_kind, (int)item->kind)));
    fact_int(fact, "tiles", item->tiles);
    fact_uid(fact, "words", item->words);
    blob_put(fact, "sealed", &proposal->words_for_centre);
}

static enum err propose(struct store *store, const struct store_proposal *proposal)
{
    struct fact fact;
    bool seen = false;
    put_proposal(&fact, proposal);
    enum err err = fact_seen(store, &fact, &seen);
    if (err != ERR_OK || seen) {
        return err;
    }
    err = person_check(store, proposal->participant);
    if (err == ERR_OK) {
        err = check_room(store);
    }
    if (err == ERR_OK) {
        err = take_turn(store, proposal->participant);
    }
    if (err == ERR_OK) {
        err = fact_append(store, &fact);
    }
    return err == ERR_OK && proposal->words_for_team.len > 0 ? keep_words(store, proposal)
                                                             : err;
}

enum err store_voice_propose(struct store *store, const struct store_proposal *proposal)
{
    bool words = !uid_is_nil(proposal->item.words);
    bool sealed = proposal->words_for_team.len > 0 || proposal->words_for_centre.len > 0;
    if (!voice_item_valid(&proposal->item) || words != sealed ||
        !blob_valid(&proposal->words_for_team) ||
        !blob_valid(&proposal->words_for_centre)) {
        return ERR_INVALID;
    }
    enum err err = db_begin(&store->state);
    return err == ERR_OK ? db_end(&store->state, propose(store, proposal)) : err;
}

/* ---- votes
 * ------------------------------------------------------------------------------ */

static enum err read_vote(struct query *q, const struct voice_item *open,
                          struct voice_box *box)
{
    int choice = names_value(&names_choice, query_peek_text(q, 1));
    if (choice < 0) {
        query_corrupt(q);
        return q->err;
    }
    return voice_cast(box, open, query_get_uid(q, 0), (enum voice_choice)choice);
}

/* All votes in their order, so that what is published is what it was at the time. */
static enum err load_votes(struct store *store, const struct voice_item *item,
                           struct voice_box *box, struct voice_result *result)
{
    struct voice_item open = *item;
    enum err err = ERR_OK;
    open.state = VOICE_OPEN;
    box->count = 0;
    *result = (struct voice_result){0};
    struct query q = query_on(&store->state, "SELECT voter, choice FROM vote"
                                             " WHERE item = :item ORDER BY seq");
    query_uid(&q, ":item", &item->id);
    while (err == ERR_OK && query_row(&q)) {
        err = read_vote(&q, &open, box);
        (void)voice_publish(box, item->id, result);
    }
    enum err read = query_done(&q);
    return err == ERR_OK ? read : err;
}

static enum err box_init(struct voice_box *box)
{
    *box = (struct voice_box){calloc(VOTERS_MAX, sizeof *box->votes), 0, VOTERS_MAX};
    return box->votes ? ERR_OK : ERR_FULL;
}

struct cast {
    struct uid id, participant;
    enum voice_choice choice;
    struct voice_item item;
    struct voice_box box;
    struct voice_result result;
};

static enum err append_vote(struct store *store, struct cast *cast, struct uid voter)
{
    struct fact fact;
    bool seen = false;
    const char *choice = names_word(&names_choice, (int)cast->choice);
    fact_init(&fact, KIND_VOICE_CAST, cast->id);
    fact_uid(&fact, "item", cast->item.id);
    fact_uid(&fact, "voter", voter);
    fact_text(&fact, "choice", str_of(choice));
    enum err err = fact_seen(store, &fact, &seen);
    if (err != ERR_OK || seen) {
        return err;
    }
    if (cast->item.state == VOICE_OPEN &&
        voice_own(&cast->box, cast->item.id, voter) == cast->choice) {
        return ERR_OK;
    }
    err = voice_cast(&cast->box, &cast->item, voter, cast->choice);
    return err == ERR_OK ? fact_append(store, &fact) : err;
}

static enum err vote(struct store *store, struct cast *cast, struct uid item)
{
    struct uid voter;
    enum err err = person_check(store, cast->participant);
    if (err == ERR_OK) {
        err = load_item(store, item, &cast->item);
    }
    if (err == ERR_OK) {
        err = load_votes(store, &cast->item, &cast->box, &cast->result);
    }
    if (err == ERR_OK) {
        err = voter_of(store, cast->participant, item, &voter);
    }
    return err == ERR_OK ? append_vote(store, cast, voter) : err;
}

enum err store_voice_cast(struct store *store, struct uid fact, struct uid item,
                          struct uid participant, enum voice_choice choice)
{
    struct cast cast = {.id = fact, .participant = participant, .choice = choice};
    if (uid_is_nil(fact) || (int)choice < 0 || choice >= VOICE_CHOICE_COUNT) {
        return ERR_INVALID;
    }
    enum err err = box_init(&cast.box);
    if (err == ERR_OK) {
        err = db_begin(&store->state);
    }
    if (err == ERR_OK) {
        err = db_end(&store->state, vote(store, &cast, item));
    }
    free(cast.box.votes);
    return err;
}

/* ---- staff
 * ------------------------------------------------------------------------------ */

static enum err apply(struct voice_item *item, enum voice_staff_kind kind,
                      struct str text)
{
    switch (kind) {
    case VOICE_STAFF_OPEN:
        return voice_open(item, text);
    case VOICE_STAFF_ANSWER:
        return voice_answer(item, text);
    case VOICE_STAFF_PUT_AWAY:
        return voice_put_away(item);
    }
    return ERR_INVALID;
}

static enum err drop_words(struct store *store, struct uid item)
{
    struct query q =
        query_on(&store->state, "DELETE FROM voice_words WHERE item = :item");
    query_uid(&q, ":item", &item);
    return query_run(&q);
}

static enum err decide(struct store *store, struct fact *fact, struct uid item,
                       enum voice_staff_kind kind, struct str text)
{
    struct voice_item found;
    bool seen = false;
    enum err err = fact_seen(store, fact, &seen);
    if (err != ERR_OK || seen) {
        return err;
    }
    err = load_item(store, item, &found);
    if (err == ERR_OK) {
        err = apply(&found, kind, text);
    }
    if (err == ERR_OK) {
        err = fact_append(store, fact);
    }
    return err == ERR_OK && kind == VOICE_STAFF_PUT_AWAY ? drop_words(store, item) : err;
}

enum err store_voice_staff(struct store *store, struct uid fact, struct uid item,
                           struct uid staff, enum voice_staff_kind kind, struct str text)
{
    struct fact said;
    if (uid_is_nil(fact) || uid_is_nil(staff) || (int)kind < 0 ||
        kind > VOICE_STAFF_PUT_AWAY || text.len >= VOICE_ANSWER_SIZE) {
        return ERR_INVALID;
    }
    fact_init(&said, (enum kind)(KIND_VOICE_OPENED + (int)kind), fact);
    fact_uid(&said, "item", item);
    fact_uid(&said, "staff", staff);
    if (kind != VOICE_STAFF_PUT_AWAY) {
        fact_text(&said, "text", text);
    }
    enum err err = db_begin(&store->state);
    return err == ERR_OK ? db_end(&store->state, decide(store, &said, item, kind, text))
                         : err;
}

/* ---- listing
 * ---------------------------------------------------------------------------- */

static enum err read_items(struct store *store, bool all, struct store_voice *voices,
                           size_t max, size_t *count)
{
    *count = 0;
    struct query q =
        query_on(&store->state, "SELECT " ITEM_COLUMNS " FROM voice"
                                " WHERE state IN ('open', 'done')"
                                " OR (:all AND state = 'waiting')"
                                " ORDER BY state <> 'waiting', state <> 'open',"
                                " iif(state = 'done', -seq, seq) LIMIT :max");
    query_int(&q, ":all", all);
    query_int(&q, ":max", (int64_t)max);
    while (query_row(&q)) {
        read_item(&q, &voices[(*count)++].item);
    }
    return query_done(&q);
}

static enum err count_votes(struct store *store, struct uid participant,
                            struct voice_box *box, struct store_voice *voice)
{
    struct uid voter;
    voice->own = CHOICE_NONE;
    enum err err = load_votes(store, &voice->item, box, &voice->result);
    if (err == ERR_OK && !uid_is_nil(participant)) {
        err = voter_of(store, participant, voice->item.id, &voter);
        if (err == ERR_OK) {
            voice->own = voice_own(box, voice->item.id, voter);
        }
    }
    return err;
}

enum err store_voices_list(struct store *store, struct uid participant, bool all,
                           struct store_voice *voices, size_t max, size_t *count_out)
{
    struct voice_box box;
    size_t count = 0;
    enum err err = box_init(&box);
    if (err == ERR_OK) {
        err = db_begin_read(&store->state);
    }
    if (err == ERR_OK) {
        err = read_items(store, all, voices, max, &count);
        for (size_t i = 0; i < count && err == ERR_OK; i++) {
            err = count_votes(store, participant, &box, &voices[i]);
        }
        db_end_read(&store->state);
    }
    free(box.votes);
    if (err == ERR_OK) {
        *count_out = count;
    }
    return err;
}

enum err store_voice_words(struct store *store, struct uid item,
                           struct store_blob *for_team_out)
{
    bool found = false;
    struct query q = query_on(&store->state, "SELECT for_team FROM voice_words"
                                             " WHERE item = :item");
    query_uid(&q, ":item", &item);
    if (query_row(&q)) {
        found = true;
        blob_read(&q, 0, for_team_out);
    }
    return query_done_found(&q, found);
}
