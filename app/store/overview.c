/* Looking in: what is stored about one person, and about all. */
#include "store/state.h"

#include "store/query.h"

#include <string.h>

static enum err count_about(struct store *store, struct uid participant,
                            struct store_about *about)
{
    struct query q = query_on(
        &store->state,
        "SELECT (SELECT count(*) FROM wish WHERE participant = :id),"
        " (SELECT count(*) FROM unfit WHERE participant = :id),"
        " (SELECT count(*) FROM talk WHERE participant = :id),"
        " (SELECT count(*) FROM card WHERE participant = :id),"
        " (SELECT count(*) FROM event WHERE participant = :id),"
        " (SELECT count(*) FROM wish WHERE participant = :id AND state = 'confirmed'),"
        " (SELECT count(*) FROM view WHERE assignment IN"
        " (SELECT id FROM wish WHERE participant = :id)),"
        " (SELECT count(*) FROM sheet WHERE participant = :id)");
    query_uid(&q, ":id", &participant);
    if (query_row(&q)) {
        *about = (struct store_about){
            .wishes = (int)query_get_int(&q, 0),
            .unfits = (int)query_get_int(&q, 1),
            .talks = (int)query_get_int(&q, 2),
            .cards = (int)query_get_int(&q, 3),
            .events = (int)query_get_int(&q, 4),
            .jobs = (int)query_get_int(&q, 5),
            .views = (int)query_get_int(&q, 6),
            .items = (int)query_get_int(&q, 7),
        };
    }
    return query_done(&q);
}

enum err store_about(struct store *store, struct uid participant,
                     struct store_about *about_out)
{
    enum err err = person_check(store, participant);
    return err == ERR_OK ? count_about(store, participant, about_out) : err;
}

static enum err count_state(struct store *store, struct store_overview *overview)
{
    struct query q =
        query_on(&store->state, "SELECT (SELECT count(*) FROM participant),"
                                " count(*) FILTER (WHERE state = 'asked'),"
                                " count(*) FILTER (WHERE state = 'confirmed'),"
                                " count(*) FILTER (WHERE state = 'declined'),"
                                " (SELECT count(DISTINCT"
                                " coalesce(participant, id)) FROM talk), (SELECT "
                                "coalesce(max(seq), 0) FROM event) FROM wish");
    if (query_row(&q)) {
        overview->people = (int)query_get_int(&q, 0);
        overview->wishes_asked = (int)query_get_int(&q, 1);
        overview->wishes_confirmed = (int)query_get_int(&q, 2);
        overview->wishes_declined = (int)query_get_int(&q, 3);
        overview->talks = (int)query_get_int(&q, 4);
        overview->events = query_get_int(&q, 5);
    }
    return query_done(&q);
}

static enum err count_offers(struct store *store, struct store_overview *overview)
{
    struct query q = query_on(&store->feed, "SELECT count(*) FROM offer");
    if (query_row(&q)) {
        overview->offers = (int)query_get_int(&q, 0);
    }
    return query_done(&q);
}

enum err store_overview(struct store *store, struct store_overview *overview_out)
{
    struct store_overview overview = {0};
    enum err err = count_state(store, &overview);
    if (err == ERR_OK) {
        err = count_offers(store, &overview);
    }
    if (err != ERR_OK) {
        return err;
    }
    overview.disk_free_bytes = folder_free_bytes(&store->folder);
    overview.state_bytes = db_pages_bytes(&store->state) +
                           folder_file_bytes(&store->folder, "state.db-wal");
    overview.feed_bytes = db_pages_bytes(&store->feed) +
                          folder_file_bytes(&store->folder, "feed.db-wal");
    *overview_out = overview;
    return ERR_OK;
}
