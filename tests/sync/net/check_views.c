/* What young people see at a kiosk is what the centre decided; and chains are whole. */
#include "store/query.h"
#include "store/state.h"
#include "sync/net/world.h"

#include <stdio.h>
#include <string.h>

struct view {
    struct uid id;
    char state[16];
    bool waiting;
};

#define VIEWS_MAX 128

/* A centre that was put back may not know that a wish ever waited, and has no row to say
 * that it does not any more. */
static bool same_view(const struct view *here, const char *there, bool restored)
{
    if (strcmp(there, "asked") == 0 || strcmp(there, "wanted") == 0) {
        return strcmp(here->state, "asked") == 0 && (!here->waiting || restored);
    }
    if (strcmp(there, "waiting") == 0) {
        return strcmp(here->state, "asked") == 0 && here->waiting;
    }
    return strcmp(here->state, there) == 0;
}

/* What one body of a copied card takes back, the other one still shows: the feed does not
 * tell it, as a young person sees only one of them. */
static bool may_differ(struct world *world, const struct kiosk *kiosk, const char *there)
{
    int bodies = 0;
    for (int i = 0; i < WORLD_BODIES; i++) {
        bodies += world->kiosks[i].there && uid_eq(world->kiosks[i].dev, kiosk->dev);
    }
    return bodies > 1 && strcmp(there, "undone") == 0;
}

/* A wish that a coach took up again after its person had asked anew: the new one counts.
 */
static bool asked_anew(struct kiosk *kiosk, const struct view *view)
{
    int64_t others = 0;
    struct query q = query_on(&kiosk->store->state,
                              "SELECT count(*) FROM wish w JOIN wish o"
                              " ON o.participant = w.participant AND o.code = w.code"
                              " AND o.date = w.date AND o.id <> w.id"
                              " WHERE w.id = :id AND w.state = 'declined'"
                              " AND o.state IN ('asked', 'confirmed')");
    query_uid(&q, ":id", &view->id);
    if (query_row(&q)) {
        others = query_get_int(&q, 0);
    }
    return query_done(&q) == ERR_OK && others > 0;
}

static bool check_view(struct world *world, struct kiosk *kiosk, const struct view *view)
{
    char there[16] = "", id[UID_TEXT_SIZE];
    struct ask ask =
        ask_on(world->centre.storage, "SELECT state FROM wish"
                                      " WHERE centre = :centre AND id = :id");
    ask_uid(&ask, ":centre", &world->homes[kiosk->home]);
    ask_uid(&ask, ":id", &view->id);
    if (ask_row(&ask)) {
        ask_get_text(&ask, 0, there, sizeof there);
    }
    uid_format(view->id, id);
    bool same =
        ask_done(&ask) == ERR_OK && same_view(view, there, world->generation != 1);
    if (!same && (may_differ(world, kiosk, there) || asked_anew(kiosk, view) ||
                  world_has_task(world, &world->homes[kiosk->home], "too-many crossed",
                                 view->id))) {
        return true;
    }
    return same ||
           world_fail(world, "views", "kiosk %d shows %s%s, the centre says %s (%.6s)",
                      kiosk->slot, view->state, view->waiting ? ", waiting" : "",
                      *there ? there : "nothing", id);
}

bool world_check_views(struct world *world, struct kiosk *kiosk)
{
    static struct view views[VIEWS_MAX];
    int count = 0;
    struct query q =
        query_on(&kiosk->store->state, "SELECT id, state, waiting FROM wish");
    while (count < VIEWS_MAX && query_row(&q)) {
        struct view *view = &views[count++];
        view->id = query_get_uid(&q, 0);
        query_get_text(&q, 1, view->state, sizeof view->state);
        view->waiting = query_get_bool(&q, 2);
    }
    if (query_done(&q) != ERR_OK) {
        return world_fail(world, "read", "kiosk %d: no wishes", kiosk->slot);
    }
    for (int i = 0; i < count && !world->failed; i++) {
        check_view(world, kiosk, &views[i]);
    }
    return !world->failed;
}

/* ---- chains at the centre ---------------------------------------------------------- */

struct chain {
    struct uid centre, dev;
    int64_t epoch, start, seq;
    struct chain_hash head;
};

static bool check_chain(struct world *world, const struct chain *chain)
{
    struct chain_hash head = chain_start(chain->dev, chain->epoch, chain->start);
    struct ask ask = ask_on(world->centre.storage,
                            "SELECT hash FROM event WHERE centre = :centre AND dev = :dev"
                            " AND epoch = :epoch ORDER BY seq");
    ask_uid(&ask, ":centre", &chain->centre);
    ask_uid(&ask, ":dev", &chain->dev);
    ask_int(&ask, ":epoch", chain->epoch);
    while (ask_row(&ask)) {
        struct chain_hash hash;
        ask_get_blob(&ask, 0, hash.b, sizeof hash.b);
        head = chain_next(&head, &hash);
    }
    return (ask_done(&ask) == ERR_OK && chain_eq(&head, &chain->head)) ||
           world_fail(world, "chain",
                      "a log of epoch %lld has another head than its lines",
                      (long long)chain->epoch);
}

bool world_check_chains(struct world *world)
{
    struct chain chains[48];
    int count = 0;
    struct ask ask = ask_on(world->centre.storage,
                            "SELECT centre, dev, epoch, start, seq, head FROM log");
    while (count < 48 && ask_row(&ask)) {
        struct chain *chain = &chains[count++];
        chain->centre = ask_get_uid(&ask, 0);
        chain->dev = ask_get_uid(&ask, 1);
        chain->epoch = ask_get_int(&ask, 2);
        chain->start = ask_get_int(&ask, 3);
        chain->seq = ask_get_int(&ask, 4);
        ask_get_blob(&ask, 5, chain->head.b, sizeof chain->head.b);
    }
    if (ask_done(&ask) != ERR_OK) {
        return world_fail(world, "read", "no logs");
    }
    for (int i = 0; i < count && !world->failed; i++) {
        check_chain(world, &chains[i]);
    }
    return !world->failed;
}
