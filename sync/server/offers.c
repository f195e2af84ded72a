#include "server/offers.h"

#include "server/feed.h"
#include "server/offer_body.h"

#include <string.h>

void scene_today(const struct scene *scene, char date_out[DATE_SIZE])
{
    date_t today;
    int minute;
    date_from_wall_ms(scene->now_ms, &today, &minute);
    date_format(today, date_out);
}

bool offers_live(const struct scene *scene, const struct offer_row *offer)
{
    char today[DATE_SIZE];
    scene_today(scene, today);
    return offer->open && strcmp(offer->date, today) >= 0;
}

static void bind_day(struct ask *ask, const struct scene *scene, const struct str *code,
                     const struct str *date)
{
    ask_uid(ask, ":centre", &scene->centre);
    ask_text(ask, ":code", *code);
    ask_text(ask, ":date", *date);
}

static enum err count_wishes(const struct scene *scene, struct str code, struct str date,
                             struct decide_count *count)
{
    struct ask ask =
        ask_on(scene->storage,
               "SELECT sum(CASE WHEN state = 'confirmed' THEN 1 ELSE 0 END), count(*)"
               " FROM wish WHERE centre = :centre AND code = :code AND date = :date"
               " AND state IN ('asked', 'wanted', 'waiting', 'confirmed')");
    bind_day(&ask, scene, &code, &date);
    if (ask_row(&ask)) {
        count->confirmed = ask_get_int(&ask, 0);
        count->queued = ask_get_int(&ask, 1) - count->confirmed;
    }
    return ask_done(&ask);
}

static enum err count_leases(const struct scene *scene, struct str code, struct str date,
                             struct decide_count *count)
{
    struct ask ask = ask_on(scene->storage,
                            "SELECT sum(places - used) FROM lease WHERE centre = :centre"
                            " AND code = :code AND date = :date"
                            " AND state IN ('granted', 'recalled')");
    bind_day(&ask, scene, &code, &date);
    if (ask_row(&ask)) {
        count->leased = ask_get_int(&ask, 0);
    }
    return ask_done(&ask);
}

enum err offers_count(const struct scene *scene, struct str code, struct str date,
                      struct decide_count *count_out)
{
    enum err err = count_wishes(scene, code, date, count_out);
    return err == ERR_OK ? count_leases(scene, code, date, count_out) : err;
}

static enum err read_offer(const struct scene *scene, struct str code,
                           struct offer_row *offer)
{
    bool found = false;
    struct ask ask = ask_on(scene->storage, "SELECT code, date, places, state FROM offer"
                                            " WHERE centre = :centre AND code = :code");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_text(&ask, ":code", code);
    if (ask_row(&ask)) {
        found = true;
        ask_get_text(&ask, 0, offer->code, sizeof offer->code);
        ask_get_text(&ask, 1, offer->date, sizeof offer->date);
        offer->places = ask_get_int(&ask, 2);
        offer->open = str_eq(ask_peek_text(&ask, 3), STR("open"));
    }
    return ask_done_found(&ask, found);
}

enum err offers_find(const struct scene *scene, struct str code,
                     struct offer_row *offer_out)
{
    enum err err = read_offer(scene, code, offer_out);
    if (err != ERR_OK) {
        return err;
    }
    offer_out->count.places = offer_out->places;
    return offers_count(scene, str_of(offer_out->code), str_of(offer_out->date),
                        &offer_out->count);
}

static enum err read_body(const struct scene *scene, const char *code, struct offer *body,
                          bool *readable_out)
{
    struct ask ask = ask_on(scene->storage, "SELECT body FROM offer"
                                            " WHERE centre = :centre AND code = :code");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_text(&ask, ":code", str_of(code));
    *readable_out =
        ask_row(&ask) && offer_from_json(ask_peek_text(&ask, 0), body) == ERR_OK;
    return ask_done(&ask);
}

static enum err put_taken(const struct scene *scene, const struct offer_row *offer,
                          struct offer *body)
{
    struct bytes json = {0};
    body->taken += (int)offer->count.confirmed;
    offer_put_json(&json, body);
    enum err err = json.failed ? ERR_FULL
                               : feed_put(scene, STR("offer"), str_of(offer->code),
                                          bytes_str(&json));
    bytes_free(&json);
    return err;
}

/* A body that another version of this program wrote and this one cannot read: its row
 * stays as it is, as no kiosk's log may be held up by it. */
enum err offers_put_row(const struct scene *scene, const struct offer_row *offer)
{
    struct offer body;
    bool readable = false;
    if (!offers_live(scene, offer)) {
        return feed_put(scene, STR("offer"), str_of(offer->code), STR(""));
    }
    enum err err = read_body(scene, offer->code, &body, &readable);
    return err == ERR_OK && readable ? put_taken(scene, offer, &body) : err;
}
