/* Settings by name. */
#include "store/centre.h"
#include "store/state.h"

#include "store/query.h"

enum err store_setting_get(struct store *store, const char *name, char *out, size_t size)
{
    bool found = false, fits = true;
    struct query q =
        query_on(&store->state, "SELECT value FROM setting WHERE name = :name");
    query_text(&q, ":name", str_of(name));
    if (query_row(&q)) {
        found = true;
        fits = query_peek_text(&q, 0).len < size;
        if (fits) {
            query_get_text(&q, 0, out, size);
        }
    }
    enum err err = query_done_found(&q, found);
    return err == ERR_OK && !fits ? ERR_FULL : err;
}

enum err setting_put(struct store *store, struct str name, struct str value)
{
    struct query q = query_on(&store->state,
                              "INSERT INTO setting (name, value) VALUES (:name, :value)"
                              " ON CONFLICT (name) DO UPDATE SET value = excluded.value");
    query_text(&q, ":name", name);
    query_text(&q, ":value", value);
    return query_run(&q);
}

enum err store_setting_put(struct store *store, const char *name, const char *value)
{
    enum err err = db_begin(&store->state);
    if (err != ERR_OK) {
        return err;
    }
    return db_end(&store->state, setting_put(store, str_of(name), str_of(value)));
}
