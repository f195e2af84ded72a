/* Proposals: made, judged by staff, listed with what was voted. No event of a proposal
 * names a person; that somebody has proposed today is kept as a keyed hash, for today
 * only. */
#include "store/voices.h"

#include "store/blob.h"
#include "store/names.h"
#include "store/state.h"
#include "store/voice_item.h"

#include <stdlib.h>

/* ---- proposing --------------------------------------------------------------------- */

static enum err proposer_of(struct store *store, struct uid participant,
                            struct uid *key_out)
{
    char text[11];
    date_t day;
    int minute;
    date_from_wall_ms(clock_wall_ms(&store->clock), &day, &minute);
    date_format(day, text);
    return voice_key(store, "proposer", participant, (const uint8_t *)text, sizeof text,
                     key_out);
}

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

/* ---- staff ------------------------------------------------------------------------- */

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
    err = voice_item_load(store, item, &found);
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

/* ---- listing ----------------------------------------------------------------------- */

static enum err read_items(struct store *store, bool all, struct store_voice *voices,
                           size_t max, size_t *count)
{
    *count = 0;
    struct query q =
        query_on(&store->state, "SELECT " VOICE_ITEM_COLUMNS " FROM voice"
                                " WHERE state IN ('open', 'done')"
                                " OR (:all AND state = 'waiting')"
                                " ORDER BY state <> 'waiting', state <> 'open',"
                                " iif(state = 'done', -seq, seq) LIMIT :max");
    query_int(&q, ":all", all);
    query_int(&q, ":max", (int64_t)max);
    while (query_row(&q)) {
        voice_item_read(&q, &voices[(*count)++].item);
    }
    return query_done(&q);
}

static enum err count_votes(struct store *store, struct uid participant,
                            struct voice_box *box, struct store_voice *voice)
{
    struct uid voter;
    voice->own = CHOICE_NONE;
    enum err err = votes_load(store, &voice->item, box, &voice->result);
    if (err == ERR_OK && !uid_is_nil(participant)) {
        err = votes_voter(store, participant, voice->item.id, &voter);
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
    enum err err = votes_init(&box);
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
