/* A coach's answer to a wish. */
#include "store/state.h"

#include "store/centre.h"
#include "store/fact.h"
#include "store/lease.h"
#include "store/log.h"
#include "store/names.h"
#include "store/query.h"

struct asked {
    enum wish_state state;
    enum decline_reason reason;
    struct uid participant, lease;
    char code[OFFER_CODE_SIZE];
    char date[11];
};

static enum err find(struct store *store, struct uid wish, struct asked *asked)
{
    bool found = false;
    struct query q =
        query_on(&store->state, "SELECT state, reason, participant, code, date, lease"
                                " FROM wish WHERE id = :id");
    query_uid(&q, ":id", &wish);
    if (query_row(&q)) {
        int state = names_value(&names_wish_state, query_peek_text(&q, 0));
        int reason = names_value(&names_decline, query_peek_text(&q, 1));
        found = true;
        if (state < 0 || reason < 0) {
            query_corrupt(&q);
        }
        asked->state = (enum wish_state)state;
        asked->reason = (enum decline_reason)reason;
        asked->participant = query_get_uid(&q, 2);
        query_get_text(&q, 3, asked->code, sizeof asked->code);
        query_get_text(&q, 4, asked->date, sizeof asked->date);
        asked->lease = query_get_uid(&q, 5);
    }
    return query_done_found(&q, found);
}

/* Places that the centre has not given away. An offer that left the feed is the coach's
 * to judge: no bound. */
static enum err feed_free(struct store *store, const struct asked *asked,
                          int64_t *free_out)
{
    *free_out = INT64_MAX;
    struct query q = query_on(&store->feed, "SELECT places - taken FROM offer"
                                            " WHERE code = :code AND date = :date");
    query_text(&q, ":code", str_of(asked->code));
    query_text(&q, ":date", str_of(asked->date));
    if (query_row(&q)) {
        *free_out = query_get_int(&q, 0);
    }
    return query_done(&q);
}

/* Those that the centre's number does not hold yet; without a centre all. */
static enum err confirmed_here(struct store *store, const struct asked *asked,
                               bool enrolled, int64_t *count)
{
    int64_t acked = 0;
    enum err err = log_acked(store, LOG_ANY_EPOCH, &acked);
    if (err != ERR_OK) {
        return err;
    }
    struct query q = query_on(
        &store->state, "SELECT count(*) FROM wish"
                       " WHERE code = :code AND date = :date AND state = 'confirmed'"
                       " AND (:alone OR given_seq > :acked)");
    query_text(&q, ":code", str_of(asked->code));
    query_text(&q, ":date", str_of(asked->date));
    query_int(&q, ":alone", !enrolled);
    query_int(&q, ":acked", acked);
    if (query_row(&q)) {
        *count = query_get_int(&q, 0);
    }
    return query_done(&q);
}

static enum err check_places(struct store *store, const struct asked *asked,
                             bool enrolled)
{
    int64_t free = 0, used = 0;
    enum err err = feed_free(store, asked, &free);
    if (err == ERR_OK) {
        err = confirmed_here(store, asked, enrolled, &used);
    }
    return err == ERR_OK && used >= free ? ERR_DENIED : err;
}

/* A kiosk of a centre gives only what it was leased, in the epoch that the fact will
 * have. Without: full, as far as is known here, or the centre's to decide. */
static enum err find_place(struct store *store, struct asked *asked)
{
    bool enrolled = false;
    enum err err = centre_is(store, &enrolled);
    if (err != ERR_OK || !enrolled) {
        return err == ERR_OK ? check_places(store, asked, false) : err;
    }
    err = lease_find(store, str_of(asked->code), str_of(asked->date), &asked->lease);
    if (err != ERR_NOT_FOUND) {
        return err;
    }
    err = check_places(store, asked, true);
    return err == ERR_OK ? ERR_UNSUPPORTED : err;
}

static void put_decision(struct fact *fact, const struct store_decision *decision,
                         const struct asked *asked)
{
    fact_init(fact, decision->confirm ? KIND_WISH_CONFIRMED : KIND_WISH_DECLINED,
              decision->id);
    fact_uid(fact, "wish", decision->wish);
    fact_uid(fact, "participant", asked->participant);
    fact_uid(fact, "staff", decision->staff);
    if (decision->confirm) {
        fact_uid(fact, "lease", asked->lease);
    } else {
        fact_text(fact, "reason",
                  str_of(names_word(&names_decline, (int)decision->reason)));
    }
}

/* The same answer given twice, perhaps by two coaches, is one answer. */
static bool decided_so(const struct asked *asked, const struct store_decision *decision)
{
    return decision->confirm
               ? asked->state == WISH_CONFIRMED
               : asked->state == WISH_DECLINED && asked->reason == decision->reason;
}

enum err decision_make(struct store *store, const struct store_decision *decision)
{
    struct fact fact;
    struct asked asked = {0};
    bool seen = false;
    enum err err = find(store, decision->wish, &asked);
    if (err != ERR_OK) {
        return err;
    }
    put_decision(&fact, decision, &asked);
    err = fact_seen(store, &fact, &seen);
    if (err != ERR_OK || seen || decided_so(&asked, decision)) {
        return err;
    }
    if (asked.state != WISH_ASKED) {
        return ERR_CONFLICT;
    }
    if (decision->confirm) {
        err = find_place(store, &asked);
        put_decision(&fact, decision, &asked);
    }
    return err == ERR_OK ? fact_append(store, &fact) : err;
}

enum err store_decide(struct store *store, const struct store_decision *decision)
{
    bool reason_valid =
        (int)decision->reason >= 0 && decision->reason < DECLINE_REASON_COUNT;
    if (uid_is_nil(decision->id) || (!decision->confirm && !reason_valid)) {
        return ERR_INVALID;
    }
    enum err err = db_begin(&store->state);
    return err == ERR_OK ? db_end(&store->state, decision_make(store, decision)) : err;
}
