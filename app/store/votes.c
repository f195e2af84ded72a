/* Votes: a vote carries a key that only this kiosk's secret can make, another one for
 * each item, and no event of it names a person. */
#include "store/voice_item.h"

#include "store/fact.h"
#include "store/names.h"
#include "store/state.h"
#include "store/voices.h"

#include <stdlib.h>

#define VOTERS_MAX 2000 /* of one item */

enum err votes_voter(struct store *store, struct uid participant, struct uid item,
                     struct uid *voter_out)
{
    return voice_key(store, "voter", participant, item.b, sizeof item.b, voter_out);
}

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

enum err votes_load(struct store *store, const struct voice_item *item,
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

enum err votes_init(struct voice_box *box)
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
        err = voice_item_load(store, item, &cast->item);
    }
    if (err == ERR_OK) {
        err = votes_load(store, &cast->item, &cast->box, &cast->result);
    }
    if (err == ERR_OK) {
        err = votes_voter(store, cast->participant, item, &voter);
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
    enum err err = votes_init(&cast.box);
    if (err == ERR_OK) {
        err = db_begin(&store->state);
    }
    if (err == ERR_OK) {
        err = db_end(&store->state, vote(store, &cast, item));
    }
    free(cast.box.votes);
    return err;
}
