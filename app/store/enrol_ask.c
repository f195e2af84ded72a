/* Asking to belong to a centre: typed in at the kiosk, done by the client. */
#include "store/centre.h"

#include "base/utf8.h"
#include "store/query.h"
#include "store/state.h"

#include <string.h>

#define CODE_SIZE 10

static const char *const states[] = {"", "asked", "done", "refused", "failed", "elsewhere"};
_Static_assert(ARRAY_LEN(states) == SYNC_ENROL_STATE_COUNT, "a word for each");

static enum err put(struct store *store, enum sync_enrol_state state, struct str url,
                    const uint8_t *code)
{
    struct query q =
        query_on(&store->state, "INSERT INTO enrolment (one, state, url, code)"
                                " VALUES (1, :state, :url, :code) ON CONFLICT (one)"
                                " DO UPDATE SET state = excluded.state,"
                                " url = iif(excluded.url = '', url, excluded.url),"
                                " code = excluded.code");
    query_text(&q, ":state", str_of(states[state]));
    query_text(&q, ":url", url);
    if (code) {
        query_blob(&q, ":code", code, CODE_SIZE);
    }
    return query_run(&q);
}

static enum err put_alone(struct store *store, enum sync_enrol_state state,
                          struct str url, const uint8_t *code)
{
    enum err err = db_begin(&store->state);
    return err == ERR_OK ? db_end(&store->state, put(store, state, url, code)) : err;
}

enum err enrol_end(struct store *store)
{
    return put(store, SYNC_ENROL_DONE, STR(""), NULL);
}

enum err store_enrol_ask(struct store *store, const char *url, const uint8_t code[10])
{
    struct str text = str_of(url);
    if (text.len == 0 || text.len >= SYNC_URL_SIZE || !utf8_valid(text)) {
        return ERR_INVALID;
    }
    return put_alone(store, SYNC_ENROL_ASKED, text, code);
}

enum err store_enrol_fail(struct store *store, enum sync_enrol_state state)
{
    if (state < SYNC_ENROL_REFUSED || state >= SYNC_ENROL_STATE_COUNT) {
        return ERR_INVALID;
    }
    return put_alone(store, state, STR(""), NULL);
}

static void read_state(struct query *q, struct sync_enrol *enrol)
{
    for (int i = 0; i < SYNC_ENROL_STATE_COUNT; i++) {
        if (str_eq(query_peek_text(q, 0), str_of(states[i]))) {
            enrol->state = (enum sync_enrol_state)i;
        }
    }
    query_get_text(q, 1, enrol->url, sizeof enrol->url);
    if (enrol->state == SYNC_ENROL_ASKED) {
        query_get_blob(q, 2, enrol->code, sizeof enrol->code);
    }
}

enum err store_enrol_get(struct store *store, struct sync_enrol *enrol_out)
{
    struct sync_enrol enrol = {.state = SYNC_ENROL_NONE};
    struct query q = query_on(&store->state, "SELECT state, url, code FROM enrolment");
    if (query_row(&q)) {
        read_state(&q, &enrol);
    }
    enum err err = query_done(&q);
    if (err == ERR_OK) {
        *enrol_out = enrol;
    }
    return err;
}
