/* Wishes for offers that need no answer: who takes a leased place has it at once. */
#include "store/sync.h"

#include "store/centre.h"
#include "store/query.h"
#include "store/state.h"

static enum err is_at_once(struct store *store, const struct wish *wish,
                           bool *at_once_out)
{
    char date[11];
    struct query q = query_on(&store->feed, "SELECT at_once FROM offer"
                                            " WHERE code = :code AND date = :date");
    query_text(&q, ":code", str_of(wish->code));
    query_date(&q, ":date", wish->work.date, date);
    *at_once_out = query_row(&q) && query_get_bool(&q, 0);
    return query_done(&q);
}

static enum err read_state(struct store *store, struct uid wish, bool *asked_out,
                           bool *confirmed_out)
{
    struct query q = query_on(&store->state, "SELECT state = 'asked', state = 'confirmed'"
                                             " FROM wish WHERE id = :id");
    query_uid(&q, ":id", &wish);
    bool found = query_row(&q);
    *asked_out = found && query_get_bool(&q, 0);
    *confirmed_out = found && query_get_bool(&q, 1);
    return query_done_found(&q, found);
}

/* No place is leased here: then it is a wish like any other. */
static enum err confirm(struct store *store, struct uid wish, struct uid decision)
{
    const struct store_decision yes = {
        .id = decision, .wish = wish, .confirm = true, .reason = DECLINE_NONE};
    bool enrolled = false;
    enum err err = centre_is(store, &enrolled);
    if (err == ERR_OK && enrolled) {
        err = decision_make(store, &yes);
    }
    return err == ERR_DENIED || err == ERR_UNSUPPORTED ? ERR_OK : err;
}

static enum err take(struct store *store, const struct wish *wish, struct uid decision,
                     bool *taken_out)
{
    bool at_once = false, asked = false;
    enum err err = wish_make(store, wish);
    if (err == ERR_OK) {
        err = is_at_once(store, wish, &at_once);
    }
    if (err == ERR_OK) {
        err = read_state(store, wish->id, &asked, taken_out);
    }
    if (err != ERR_OK || !at_once || !asked) {
        return err;
    }
    err = confirm(store, wish->id, decision);
    return err == ERR_OK ? read_state(store, wish->id, &asked, taken_out) : err;
}

enum err store_wish_take(struct store *store, const struct wish *wish,
                         struct uid decision, bool *taken_out)
{
    bool taken = false;
    enum err err = uid_is_nil(decision) ? ERR_INVALID : wish_check(wish);
    if (err == ERR_OK) {
        err = db_begin(&store->state);
    }
    if (err == ERR_OK) {
        err = db_end(&store->state, take(store, wish, decision, &taken));
    }
    if (err == ERR_OK) {
        *taken_out = taken;
    }
    return err;
}
