/* What the centre says about wishes of this kiosk.
 *
 * The fact has the decision's id, so that all kiosks name it alike. If that id is in the
 * log already (two answers crossed, and the centre came back to the first), the fact gets
 * one that follows from the id and the row's revision: harmless to repeat. */
#include "store/wish_settle.h"

#include "store/fact.h"
#include "store/feed_json.h"
#include "store/names.h"
#include "store/query.h"
#include "store/state.h"

#include <sodium.h>
#include <string.h>

struct here {
    enum wish_state state;
    enum decline_reason reason;
    bool waiting;
    struct uid participant;
};

struct said {
    struct str state;
    enum decline_reason reason;
    struct uid wish, decision, staff;
    int64_t rev;
};

static enum err find_here(struct store *store, struct uid wish, struct here *here)
{
    bool found = false;
    struct query q = query_on(&store->state, "SELECT state, reason, waiting, participant"
                                             " FROM wish WHERE id = :id");
    query_uid(&q, ":id", &wish);
    if (query_row(&q)) {
        int state = names_value(&names_wish_state, query_peek_text(&q, 0));
        int reason = names_value(&names_decline, query_peek_text(&q, 1));
        found = true;
        if (state < 0 || reason < 0) {
            query_corrupt(&q);
        }
        here->state = (enum wish_state)state;
        here->reason = (enum decline_reason)reason;
        here->waiting = query_get_bool(&q, 2);
        here->participant = query_get_uid(&q, 3);
    }
    return query_done_found(&q, found);
}

static bool read_said(const json_t *body, const struct sync_row *row, struct said *said)
{
    int reason = names_value(&names_decline, feed_json_text(body, "reason"));
    *said = (struct said){
        .state = feed_json_text(body, "state"),
        .reason = reason < 0 ? DECLINE_NONE : (enum decline_reason)reason,
        .decision = feed_json_uid(body, "decision"),
        .staff = feed_json_uid(body, "staff"),
        .rev = row->rev,
    };
    return uid_parse(row->id, &said->wish) == ERR_OK;
}

/* ---- facts ------------------------------------------------------------------------- */

static enum err is_free(struct store *store, struct uid id, bool *free_out)
{
    struct query q = query_on(&store->state, "SELECT 1 FROM event WHERE id = :id");
    query_uid(&q, ":id", &id);
    *free_out = !query_row(&q);
    return query_done(&q);
}

static struct uid id_of_row(const struct said *said)
{
    uint8_t hash[crypto_generichash_BYTES];
    struct {
        struct uid wish, decision;
        int64_t rev;
    } of = {said->wish, said->decision, said->rev};
    static const char domain[] = "anlauf wish settled";
    struct uid id;
    _Static_assert(sizeof of == 40, "no stray bytes are hashed");
    crypto_generichash(hash, sizeof hash, (const uint8_t *)&of, sizeof of,
                       (const uint8_t *)domain, sizeof domain);
    memcpy(id.b, hash, sizeof id.b);
    return id;
}

static enum err choose_id(struct store *store, const struct said *said, bool decision,
                          struct uid *id_out)
{
    bool free = false;
    *id_out = said->decision;
    enum err err = ERR_OK;
    if (decision && !uid_is_nil(said->decision)) {
        err = is_free(store, said->decision, &free);
    }
    if (err == ERR_OK && !free) {
        *id_out = id_of_row(said);
        err = is_free(store, *id_out, &free);
    }
    return err == ERR_OK && !free ? ERR_CONFLICT : err;
}

static void put_body(struct fact *fact, const struct here *here, const struct said *said)
{
    fact_uid(fact, "wish", said->wish);
    fact_uid(fact, "participant", here->participant);
    if (fact->kind == KIND_WISH_UNDONE) {
        return;
    }
    if (fact->kind == KIND_WISH_WAITING) {
        fact_bool(fact, "on", !here->waiting);
        return;
    }
    fact_uid(fact, "staff", said->staff);
    if (fact->kind == KIND_WISH_DECLINED) {
        fact_text(fact, "reason", str_of(names_word(&names_decline, (int)said->reason)));
    }
    fact_bool(fact, "centre", true);
}

static enum err write(struct store *store, enum kind kind, const struct here *here,
                      const struct said *said, int *facts)
{
    struct fact fact;
    struct uid id;
    enum err err = choose_id(store, said, kind != KIND_WISH_WAITING, &id);
    if (err != ERR_OK) {
        return err == ERR_CONFLICT ? ERR_OK : err; /* this very row, settled before */
    }
    fact_init(&fact, kind, id);
    put_body(&fact, here, said);
    err = fact_append(store, &fact);
    *facts += err == ERR_OK;
    return err;
}

/* ---- what it changes --------------------------------------------------------------- */

/* KIND_COUNT: nothing. A wish that was confirmed here and waits at the centre is the
 * coach's to solve: nobody is told otherwise by a machine. One that was taken back at a
 * copy of this kiosk is taken back. */
static enum kind change(const struct here *here, const struct said *said)
{
    bool open = here->state == WISH_ASKED;
    if (here->state == WISH_UNDONE) {
        return KIND_COUNT;
    }
    if (str_eq(said->state, STR("undone"))) {
        return KIND_WISH_UNDONE;
    }
    if (str_eq(said->state, STR("confirmed"))) {
        return here->state == WISH_CONFIRMED ? KIND_COUNT : KIND_WISH_CONFIRMED;
    }
    if (str_eq(said->state, STR("declined"))) {
        bool same = here->state == WISH_DECLINED && here->reason == said->reason;
        return same ? KIND_COUNT : KIND_WISH_DECLINED;
    }
    bool waits = str_eq(said->state, STR("waiting"));
    bool known = waits || str_eq(said->state, STR("asked"));
    return open && known && here->waiting != waits ? KIND_WISH_WAITING : KIND_COUNT;
}

enum err wish_settle(struct store *store, const struct sync_row *row, int *facts)
{
    struct here here = {.state = WISH_UNDONE};
    struct said said;
    json_t *body = feed_json_open(row->body);
    enum err err = ERR_OK;
    if (body && read_said(body, row, &said)) {
        err = find_here(store, said.wish, &here);
        enum kind kind = err == ERR_OK ? change(&here, &said) : KIND_COUNT;
        if (kind != KIND_COUNT) {
            err = write(store, kind, &here, &said, facts);
        }
    }
    json_decref(body);
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}
