/* The sheets: items sealed to their owners, which nobody else can read. */
#include "store/evaluations.h"

#include "store/blob.h"
#include "store/state.h"

/* Revisions of the item that is kept (-1: none) and how many the person has. */
static enum err look(struct store *store, const struct store_sheet_item *item,
                     int64_t *revision, int64_t *count)
{
    struct query q = query_on(
        &store->state, "SELECT coalesce(max(revision) FILTER (WHERE job = :job), -1),"
                       " count(*) FROM sheet WHERE participant = :participant");
    query_uid(&q, ":job", &item->job);
    query_uid(&q, ":participant", &item->participant);
    if (query_row(&q)) {
        *revision = query_get_int(&q, 0);
        *count = query_get_int(&q, 1);
    }
    return query_done(&q);
}

static enum err keep(struct store *store, const struct store_sheet_item *item)
{
    struct query q = query_on(
        &store->state,
        "INSERT INTO sheet (participant, job, revision, sealed)"
        " VALUES (:participant, :job, :revision, :sealed)"
        " ON CONFLICT (participant, job) DO UPDATE SET revision = excluded.revision,"
        " sealed = excluded.sealed");
    query_uid(&q, ":participant", &item->participant);
    query_uid(&q, ":job", &item->job);
    query_int(&q, ":revision", item->revision);
    blob_bind(&q, ":sealed", &item->sealed);
    return query_run(&q);
}

static enum err put(struct store *store, const struct store_sheet_item *item)
{
    struct fact fact;
    int64_t revision = -1, count = 0;
    enum err err = person_check(store, item->participant);
    if (err == ERR_OK) {
        err = look(store, item, &revision, &count);
    }
    if (err != ERR_OK || revision >= item->revision) {
        return err;
    }
    if (revision < 0 && count >= STORE_SHEET_MAX) {
        return ERR_FULL;
    }
    fact_init(&fact, KIND_SHEET_KEPT, uid_make(&store->rng));
    fact_uid(&fact, "participant", item->participant);
    fact_uid(&fact, "job", item->job);
    fact_int(&fact, "revision", item->revision);
    err = fact_append(store, &fact);
    return err == ERR_OK ? keep(store, item) : err;
}

enum err store_sheet_put(struct store *store, const struct store_sheet_item *item)
{
    if (uid_is_nil(item->job) || item->revision < 0 || item->sealed.len == 0 ||
        !blob_valid(&item->sealed)) {
        return ERR_INVALID;
    }
    enum err err = db_begin(&store->state);
    return err == ERR_OK ? db_end(&store->state, put(store, item)) : err;
}

enum err store_sheet_each(struct store *store, struct uid participant,
                          store_sheet_fn *each, void *ctx)
{
    struct store_sheet_item item = {.participant = participant};
    enum err err = ERR_OK;
    struct query q = query_on(&store->state, "SELECT job, revision, sealed FROM sheet"
                                             " WHERE participant = :participant");
    query_uid(&q, ":participant", &participant);
    while (err == ERR_OK && query_row(&q)) {
        item.job = query_get_uid(&q, 0);
        item.revision = (int)query_get_int(&q, 1);
        blob_read(&q, 2, &item.sealed);
        err = q.err == ERR_OK ? each(ctx, &item) : q.err;
    }
    enum err read = query_done(&q);
    return err == ERR_OK ? read : err;
}
