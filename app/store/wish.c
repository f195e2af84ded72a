/* Wishes: made, undone, listed. */
#include "store/state.h"

#include "base/utf8.h"
#include "store/names.h"
#include "store/wish_row.h"

#include <string.h>

enum err code_check(struct str code)
{
    bool valid = code.len > 0 && code.len < OFFER_CODE_SIZE;
    for (size_t i = 0; i < code.len && valid; i++) {
        char c = code.ptr[i];
        valid = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    }
    return valid ? ERR_OK : ERR_INVALID;
}

/* ---- making ------------------------------------------------------------------------ */

enum err wish_check(const struct wish *wish)
{
    bool valid = code_check(str_of(wish->code)) == ERR_OK && work_valid(&wish->work) &&
                 utf8_valid(str_of(wish->title)) && utf8_valid(str_of(wish->place)) &&
                 utf8_valid(str_of(wish->district)) && wish->field >= 0 &&
                 wish->field <= FIELD_MAX && !uid_is_nil(wish->id);
    return valid ? ERR_OK : ERR_INVALID;
}

static void put_wish(struct fact *fact, const struct wish *wish)
{
    fact_uid(fact, "participant", wish->participant);
    fact_text(fact, "code", str_of(wish->code));
    fact_text(fact, "title", str_of(wish->title));
    fact_text(fact, "place", str_of(wish->place));
    fact_text(fact, "district", str_of(wish->district));
    fact_field(fact, "field", wish->field);
    fact_int(fact, "cents", wish->cents);
    work_put(fact, &wish->work);
}

/* ERR_CONFLICT if there is one for the same offer, ERR_FULL if there are too many. */
static enum err check_room(struct store *store, const struct wish *wish)
{
    char date[11];
    int64_t open = 0, same = 0;
    struct query q = query_on(&store->state,
                              "SELECT count(*) FILTER (WHERE state = 'asked'),"
                              " count(*) FILTER (WHERE state IN ('asked', 'confirmed')"
                              " AND code = :code AND date = :date)"
                              " FROM wish WHERE participant = :participant");
    query_text(&q, ":code", str_of(wish->code));
    query_date(&q, ":date", wish->work.date, date);
    query_uid(&q, ":participant", &wish->participant);
    if (query_row(&q)) {
        open = query_get_int(&q, 0);
        same = query_get_int(&q, 1);
    }
    enum err err = query_done(&q);
    if (err != ERR_OK) {
        return err;
    }
    return same > 0 ? ERR_CONFLICT : open >= WISHES_MAX ? ERR_FULL : ERR_OK;
}

enum err wish_make(struct store *store, const struct wish *wish)
{
    struct fact fact;
    bool seen = false;
    fact_init(&fact, KIND_WISH_MADE, wish->id);
    put_wish(&fact, wish);
    enum err err = fact_seen(store, &fact, &seen);
    if (err != ERR_OK || seen) {
        return err;
    }
    err = person_check(store, wish->participant);
    if (err == ERR_OK) {
        err = check_room(store, wish);
    }
    return err == ERR_OK ? fact_append(store, &fact) : err;
}

enum err store_wish(struct store *store, const struct wish *wish)
{
    enum err err = wish_check(wish);
    if (err == ERR_OK) {
        err = db_begin(&store->state);
    }
    return err == ERR_OK ? db_end(&store->state, wish_make(store, wish)) : err;
}

/* ---- undoing ----------------------------------------------------------------------- */

static enum err check_undo(struct store *store, struct uid wish, struct uid participant)
{
    bool found = false, allowed = false;
    struct query q = query_on(&store->state,
                              "SELECT participant, state FROM wish WHERE id = :id");
    query_uid(&q, ":id", &wish);
    if (query_row(&q)) {
        found = true;
        allowed = uid_eq(query_get_uid(&q, 0), participant) &&
                  str_eq(query_peek_text(&q, 1), STR("asked"));
    }
    enum err err = query_done_found(&q, found);
    return err == ERR_OK && !allowed ? ERR_DENIED : err;
}

static enum err undo(struct store *store, struct uid id, struct uid wish,
                     struct uid participant)
{
    struct fact fact;
    bool seen = false;
    fact_init(&fact, KIND_WISH_UNDONE, id);
    fact_uid(&fact, "wish", wish);
    fact_uid(&fact, "participant", participant);
    enum err err = fact_seen(store, &fact, &seen);
    if (err != ERR_OK || seen) {
        return err;
    }
    err = check_undo(store, wish, participant);
    return err == ERR_OK ? fact_append(store, &fact) : err;
}

enum err store_wish_undo(struct store *store, struct uid fact, struct uid wish,
                         struct uid participant)
{
    enum err err = db_begin(&store->state);
    return err == ERR_OK ? db_end(&store->state, undo(store, fact, wish, participant))
                         : err;
}

/* ---- listing ----------------------------------------------------------------------- */

static enum err read_wishes(struct query *q, struct wish *wishes, size_t max,
                            size_t *count_out)
{
    size_t count = 0;
    bool more = false;
    while (!more && query_row(q)) {
        if (count == max) {
            more = true;
        } else {
            wish_read(q, &wishes[count++]);
        }
    }
    enum err err = query_done(q);
    if (err != ERR_OK) {
        return err;
    }
    *count_out = count;
    return more ? ERR_FULL : ERR_OK;
}

enum err store_wishes_of(struct store *store, struct uid participant, struct wish *wishes,
                         size_t max, size_t *count_out)
{
    struct query q = query_on(
        &store->state,
        "SELECT " WISH_COLUMNS " FROM wish w JOIN participant p ON p.id = w.participant"
        " WHERE w.participant = :participant AND w.state <> 'undone'"
        " ORDER BY w.seq DESC");
    query_uid(&q, ":participant", &participant);
    return read_wishes(&q, wishes, max, count_out);
}

enum err store_wishes_list(struct store *store, date_t from, struct wish *wishes,
                           size_t max, size_t *count_out)
{
    char date[11];
    struct query q = query_on(&store->state,
                              "SELECT " WISH_COLUMNS
                              " FROM wish w JOIN participant p ON p.id = w.participant"
                              " WHERE w.date >= :from AND w.state <> 'undone'"
                              " ORDER BY w.state <> 'asked',"
                              " iif(w.state = 'asked', w.seq, -w.seq)");
    query_date(&q, ":from", from == DATE_NONE ? 0 : from, date);
    return read_wishes(&q, wishes, max, count_out);
}
