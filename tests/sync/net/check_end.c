/* What must hold when all was said and heard. */
#include "store/query.h"
#include "store/state.h"
#include "sync/net/world.h"

#include <stdio.h>
#include <string.h>

/* ---- up: the centre has what the kiosk has ----------------------------------------- */

static bool centre_has_line(struct world *world, const struct kiosk *kiosk,
                            const struct chain_hash *hash)
{
    struct ask ask = ask_on(world->centre.storage,
                            "SELECT 1 FROM event WHERE centre = :centre AND dev = :dev"
                            " AND hash = :hash AND again = 0");
    ask_uid(&ask, ":centre", &world->homes[kiosk->home]);
    ask_uid(&ask, ":dev", &kiosk->dev);
    ask_blob(&ask, ":hash", hash->b, sizeof hash->b);
    bool found = ask_row(&ask);
    return ask_done(&ask) == ERR_OK && found;
}

static bool check_lines(struct world *world, struct kiosk *kiosk)
{
    for (size_t i = 0; i < kiosk->mirror.count; i++) {
        if (!centre_has_line(world, kiosk, &kiosk->mirror.hashes[i])) {
            return world_fail(world, "lost", "kiosk %d: fact %zu is not at the centre",
                              kiosk->slot, i + 1);
        }
    }
    return true;
}

static bool check_head(struct world *world, struct kiosk *kiosk)
{
    struct sync_log log;
    struct chain_hash head, theirs = {{0}};
    int64_t seq = -1, signed_to = -1;
    enum err err = store_log_get(kiosk->store, &log);
    if (err == ERR_OK) {
        err = store_log_head(kiosk->store, &log, log.written, &head);
    }
    struct ask ask = ask_on(world->centre.storage,
                            "SELECT seq, head, signed FROM log WHERE centre = :centre"
                            " AND dev = :dev AND epoch = :epoch");
    ask_uid(&ask, ":centre", &world->homes[kiosk->home]);
    ask_uid(&ask, ":dev", &kiosk->dev);
    ask_int(&ask, ":epoch", log.epoch);
    if (ask_row(&ask)) {
        seq = ask_get_int(&ask, 0);
        ask_get_blob(&ask, 1, theirs.b, sizeof theirs.b);
        signed_to = ask_get_int(&ask, 2);
    }
    if (ask_done(&ask) != ERR_OK || err != ERR_OK) {
        return world_fail(world, "read", "kiosk %d: no log", kiosk->slot);
    }
    if (world_doubts(world, kiosk) && log.seq == log.written && seq > log.written) {
        return true; /* its twin wrote more; who of them writes next finds out */
    }
    if (log.seq != log.written || seq != log.written || !chain_eq(&head, &theirs)) {
        return world_fail(world, "heads",
                          "kiosk %d: epoch %lld: has %lld, acknowledged"
                          " %lld, the centre %lld%s",
                          kiosk->slot, (long long)log.epoch, (long long)log.written,
                          (long long)log.seq, (long long)seq,
                          chain_eq(&head, &theirs) ? "" : ", heads differ");
    }
    return signed_to == seq ||
           world_fail(world, "signed", "kiosk %d: %lld signed of %lld", kiosk->slot,
                      (long long)signed_to, (long long)seq);
}

/* ---- down: the kiosk shows what the centre says ------------------------------------ */

static bool same_row(struct query *q, struct ask *ask)
{
    return str_eq(query_peek_text(q, 0), ask_peek_text(ask, 0)) &&
           str_eq(query_peek_text(q, 1), ask_peek_text(ask, 1)) &&
           query_get_int(q, 2) == ask_get_int(ask, 2) &&
           str_eq(query_peek_text(q, 3), ask_peek_text(ask, 3));
}

static bool check_feed(struct world *world, struct kiosk *kiosk)
{
    bool same = true, more = true;
    char kind[40] = "", id[96] = "";
    struct query q =
        query_on(&kiosk->store->feed, "SELECT kind, id, rev, body FROM feed_row"
                                      " ORDER BY kind, id");
    struct ask ask = ask_on(world->centre.storage,
                            "SELECT kind, id, rev, body FROM feed WHERE centre = :centre"
                            " AND body IS NOT NULL ORDER BY kind, id");
    ask_uid(&ask, ":centre", &world->homes[kiosk->home]);
    while (same && more) {
        bool here = query_row(&q), there = ask_row(&ask);
        more = here && there;
        same = here == there && (!more || same_row(&q, &ask));
        if (!same && (here || there)) {
            str_copy(kind, sizeof kind,
                     here ? query_peek_text(&q, 0) : ask_peek_text(&ask, 0));
            str_copy(id, sizeof id,
                     here ? query_peek_text(&q, 1) : ask_peek_text(&ask, 1));
        }
    }
    enum err err = query_done(&q);
    if (ask_done(&ask) != ERR_OK || err != ERR_OK) {
        return world_fail(world, "read", "kiosk %d: no feed", kiosk->slot);
    }
    return same || world_fail(world, "feed", "kiosk %d: feed differs at %s %s",
                              kiosk->slot, kind, id);
}

/* What the kiosk shows is what its rows say: offers, leases, people, each as often. */
static bool check_shown(struct world *world, struct kiosk *kiosk)
{
    int64_t odd = -1;
    struct query q = query_on(&kiosk->store->feed,
                              "SELECT (SELECT count(*) FROM offer) <> (SELECT count(*)"
                              "  FROM feed_row WHERE kind = 'offer')"
                              " OR (SELECT count(*) FROM lease) <> (SELECT count(*)"
                              "  FROM feed_row WHERE kind = 'lease')"
                              " OR (SELECT count(*) FROM person) <> (SELECT count(*)"
                              "  FROM feed_row WHERE kind = 'person')");
    if (query_row(&q)) {
        odd = query_get_int(&q, 0);
    }
    return (query_done(&q) == ERR_OK && odd == 0) ||
           world_fail(world, "shown", "kiosk %d shows other rows than it has",
                      kiosk->slot);
}

/* ---- effects: each once ------------------------------------------------------------ */

static const struct {
    const char *wrong, *what, *sql;
} effects[] = {
    {"effects", "wishes made and not there, or there and not made",
     "SELECT (SELECT count(*) FROM event e WHERE e.again = 0 AND e.kind = 'wish.made'"
     "  AND e.line <> '' AND NOT EXISTS (SELECT 1 FROM parked p WHERE p.centre = e.centre"
     "  AND p.dev = e.dev AND p.epoch = e.epoch AND p.seq = e.seq))"
     " - (SELECT count(*) FROM wish)"},
    {"effects", "places of a lease are confirmed and not counted",
     "SELECT count(*) FROM lease l WHERE l.used > l.places OR l.used < (SELECT count(*)"
     " FROM wish w WHERE w.centre = l.centre AND w.lease = l.id)"},
    {"effects", "places of leases are counted twice",
     "SELECT count(*) FROM device d WHERE (SELECT coalesce(sum(l.used), 0) FROM lease l"
     "  WHERE l.centre = d.centre AND l.dev = d.id) > (SELECT count(*) FROM event e"
     "  WHERE e.centre = d.centre AND e.dev = d.id AND e.again = 0"
     "  AND e.kind = 'wish.confirmed')"},
    {"parked", "what is parked is not what is told",
     "SELECT count(*) FROM centre c WHERE (SELECT count(*) FROM parked p"
     "  WHERE p.centre = c.id) <> (SELECT count(*) FROM feed f WHERE f.centre = c.id"
     "  AND f.kind = 'verdict' AND f.body IS NOT NULL)"},
    {"parked", "what nobody understands is not what is parked",
     "SELECT (SELECT count(*) FROM parked) - (SELECT count(*) FROM event"
     "  WHERE again = 0 AND line LIKE '%\"mood\":3%')"},
    {"effects", "wishes are counted twice",
     "SELECT count(*) FROM centre c WHERE c.received > (SELECT count(*) FROM event e"
     " WHERE e.centre = c.id AND e.kind = 'wish.made' AND e.again = 0)"},
};

static bool check_effects(struct world *world)
{
    for (size_t i = 0; i < ARRAY_LEN(effects); i++) {
        int64_t got = centre_number(&world->centre, effects[i].sql, NULL);
        if (got != 0 && !world->failed) {
            return world_fail(world, effects[i].wrong, "%s (%lld)", effects[i].what,
                              (long long)got);
        }
    }
    return !world->failed;
}

/* ---- "you have it" ----------------------------------------------------------------- */

static bool check_promise(struct world *world, const struct truth_wish *wish)
{
    char state[16] = "none", id[UID_TEXT_SIZE];
    struct kiosk *kiosk = &world->kiosks[wish->slot];
    const struct truth_person *person = &world->truth.people[wish->person];
    if (!wish->promised || wish->excused || person->forgotten || person->deleted ||
        person->doubtful || !kiosk_is_member(kiosk)) {
        return true;
    }
    struct ask ask =
        ask_on(world->centre.storage, "SELECT state FROM wish"
                                      " WHERE centre = :centre AND id = :id");
    ask_uid(&ask, ":centre", &world->homes[wish->home]);
    ask_uid(&ask, ":id", &wish->id);
    if (ask_row(&ask)) {
        ask_get_text(&ask, 0, state, sizeof state);
    }
    if (ask_done(&ask) != ERR_OK) {
        return world_fail(world, "read", "no wish");
    }
    uid_format(wish->id, id);
    world->counts.kept++;
    return strcmp(state, "confirmed") == 0 ||
           world_fail(world, "promise",
                      "kiosk %d said \"you have it\" for B-%d, and it is %s (%.6s)",
                      wish->slot, wish->offer + 1, state, id);
}

/* ---- who was forgotten ------------------------------------------------------------- */

/* That they were deleted names them by their id, and nothing else. */
static bool names(struct str line, const char *id)
{
    return memmem(line.ptr, line.len, id, strlen(id)) != NULL &&
           memmem(line.ptr, line.len, "\"person.deleted\"", 16) == NULL;
}

static int64_t lines_of(struct world *world, const struct truth_person *person)
{
    int64_t count = 0;
    char id[UID_TEXT_SIZE];
    uid_format(person->id, id);
    struct ask ask =
        ask_on(world->centre.storage,
               "SELECT line FROM event WHERE line <> '' AND centre = :centre");
    ask_uid(&ask, ":centre", &world->homes[person->home]);
    while (ask_row(&ask)) {
        count += names(ask_peek_text(&ask, 0), id);
    }
    return ask_done(&ask) == ERR_OK ? count : -1;
}

struct search {
    const char *id;
    int found;
};

static enum err look_at_line(void *ctx, int64_t seq, struct str line,
                             const struct chain_hash *hash)
{
    struct search *search = ctx;
    (void)seq;
    (void)hash;
    search->found += names(line, search->id);
    return ERR_OK;
}

static bool check_forgotten_at(struct world *world, struct kiosk *kiosk,
                               const struct truth_person *person)
{
    struct participant who;
    char id[UID_TEXT_SIZE];
    struct search search = {id, 0};
    uid_format(person->id, id);
    enum err err = store_person_by_id(kiosk->store, person->id, &who);
    if (err != ERR_NOT_FOUND) {
        return world_fail(world, "forgotten", "kiosk %d still knows %s (%s)", kiosk->slot,
                          person->alias, err_name(err));
    }
    err = store_log_lines(kiosk->store, 1, look_at_line, &search);
    return (err == ERR_OK && search.found == 0) ||
           world_fail(world, "forgotten", "kiosk %d: %d lines still name %s", kiosk->slot,
                      search.found, person->alias);
}

/* Rows about them; a line that nobody could read then may name them. */
static int64_t rows_of(struct world *world, const struct truth_person *person)
{
    int64_t count = -1;
    struct ask ask = ask_on(world->centre.storage,
                            "SELECT (SELECT count(*) FROM person WHERE centre = :centre"
                            "  AND id = :id) + (SELECT count(*) FROM wish"
                            "  WHERE centre = :centre AND participant = :id)"
                            " + (SELECT count(*) FROM event WHERE centre = :centre"
                            "  AND participant = :id AND line <> ''"
                            "  AND kind <> 'person.deleted')");
    ask_uid(&ask, ":centre", &world->homes[person->home]);
    ask_uid(&ask, ":id", &person->id);
    if (ask_row(&ask)) {
        count = ask_get_int(&ask, 0);
    }
    return ask_done(&ask) == ERR_OK ? count : -1;
}

static bool check_forgotten(struct world *world, const struct truth_person *person)
{
    bool heard =
        person->forgotten ||
        (person->deleted && kiosk_is_member(&world->kiosks[person->deleted_slot]));
    if (person->doubtful || !heard) {
        return true;
    }
    int64_t lines = lines_of(world, person);
    if (lines != 0) {
        return world_fail(world, "erased", "%lld lines at the centre still name %s",
                          (long long)lines, person->alias);
    }
    if (rows_of(world, person) != 0) {
        return world_fail(world, "erased", "rows at the centre still know %s",
                          person->alias);
    }
    for (int i = 0; i < WORLD_BODIES && !world->failed; i++) {
        struct kiosk *kiosk = &world->kiosks[i];
        if (kiosk_is_member(kiosk) && kiosk->home == person->home) {
            check_forgotten_at(world, kiosk, person);
        }
    }
    return !world->failed;
}

/* ---- who was locked out ------------------------------------------------------------ */

static bool check_revoked(struct world *world, struct kiosk *kiosk)
{
    struct sync_feed feed;
    struct sync_centre centre;
    if (!kiosk->there || !kiosk->revoked) {
        return true;
    }
    enum err err = store_feed_get(kiosk->store, &feed);
    if (err == ERR_OK) {
        err = store_centre_get(kiosk->store, &centre);
    }
    if (err != ERR_OK) {
        return world_fail(world, "read", "kiosk %d: %s", kiosk->slot, err_name(err));
    }
    if (!centre.locked) {
        return world_fail(world, "revoked", "kiosk %d was revoked and is not locked",
                          kiosk->slot);
    }
    return feed.since <= kiosk->revoked_rev ||
           world_fail(world, "revoked",
                      "kiosk %d got rows after its revocation: %lld > %lld", kiosk->slot,
                      (long long)feed.since, (long long)kiosk->revoked_rev);
}

bool world_check_end(struct world *world)
{
    struct truth *truth = &world->truth;
    for (int i = 0; i < WORLD_BODIES && !world->failed; i++) {
        struct kiosk *kiosk = &world->kiosks[i];
        if (kiosk_is_member(kiosk)) {
            (void)(check_lines(world, kiosk) && check_head(world, kiosk) &&
                   check_feed(world, kiosk) && check_shown(world, kiosk) &&
                   world_check_views(world, kiosk));
        } else {
            check_revoked(world, kiosk);
        }
    }
    if (!world->failed) {
        world_check_centre(world);
    }
    if (!world->failed) {
        (void)(check_effects(world) && world_check_chains(world) &&
               world_check_tasks(world));
    }
    for (int i = 0; i < truth->wish_count && !world->failed; i++) {
        check_promise(world, &truth->wishes[i]);
    }
    for (int i = 0; i < truth->person_count && !world->failed; i++) {
        check_forgotten(world, &truth->people[i]);
    }
    return !world->failed;
}
