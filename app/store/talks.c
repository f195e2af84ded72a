/* Who wants to talk, for the team: told from the start, not about one job. */
#include "store/state.h"

#include "store/fact.h"
#include "store/query.h"

static void read_talk(struct query *q, struct store_talk *talk)
{
    talk->id = query_get_uid(q, 0);
    talk->participant = query_get_uid(q, 1);
    query_get_text(q, 2, talk->alias, sizeof talk->alias);
    talk->wall_ms = query_get_int(q, 3);
}

/* Who asked twice waits since the first time. */
enum err store_talks_list(struct store *store, struct store_talk *talks, size_t max,
                          size_t *count_out)
{
    size_t count = 0;
    struct query q = query_on(
        &store->state, "SELECT t.id, t.participant, p.alias, t.wall_ms, min(t.seq) AS since"
                       " FROM talk t JOIN participant p ON p.id = t.participant"
                       " GROUP BY t.participant ORDER BY since");
    bool more = query_row(&q);
    for (; more && count < max; more = query_row(&q)) {
        read_talk(&q, &talks[count++]);
    }
    enum err err = query_done(&q);
    *count_out = err == ERR_OK ? count : 0;
    return err == ERR_OK && more ? ERR_FULL : err;
}

static enum err is_open(struct store *store, struct uid participant, bool *open_out)
{
    struct query q =
        query_on(&store->state, "SELECT 1 FROM talk WHERE participant = :id LIMIT 1");
    query_uid(&q, ":id", &participant);
    *open_out = query_row(&q);
    return query_done(&q);
}

static enum err talked(struct store *store, struct fact *fact, struct uid participant)
{
    bool seen = false, open = false;
    enum err err = fact_seen(store, fact, &seen);
    if (err == ERR_OK && !seen) {
        err = person_check(store, participant);
    }
    if (err == ERR_OK && !seen) {
        err = is_open(store, participant, &open);
    }
    return err == ERR_OK && open ? fact_append(store, fact) : err;
}

enum err store_talked(struct store *store, struct uid id, struct uid participant,
                      struct uid staff)
{
    struct fact fact;
    if (uid_is_nil(id) || uid_is_nil(participant)) {
        return ERR_INVALID;
    }
    fact_init(&fact, KIND_TALK_DONE, id);
    fact_uid(&fact, "participant", participant);
    fact_uid(&fact, "staff", staff);
    enum err err = db_begin(&store->state);
    return err == ERR_OK ? db_end(&store->state, talked(store, &fact, participant)) : err;
}
