/* Offers come in as a file, all or nothing, and are called off one by one. */
#include "server/desk.h"

#include "domain/offer_json.h"
#include "server/offer_body.h"
#include "server/offers.h"

#include <stdlib.h>
#include <string.h>

struct import {
    struct offer *offers;
    size_t count;
    struct import_counts counts;
    struct buf *why;
};

/* ---- one offer ------------------------------------------------------------------- */

enum differs { DIFFERS_NEW, DIFFERS_CHANGED, DIFFERS_SAME };

static enum err compare(const struct scene *scene, const char *code, struct str body,
                        enum differs *differs_out)
{
    struct ask ask = ask_on(scene->storage, "SELECT body, state FROM offer"
                                            " WHERE centre = :centre AND code = :code");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_text(&ask, ":code", str_of(code));
    *differs_out = DIFFERS_NEW;
    if (ask_row(&ask) && str_eq(ask_peek_text(&ask, 1), STR("open"))) {
        *differs_out =
            str_eq(ask_peek_text(&ask, 0), body) ? DIFFERS_SAME : DIFFERS_CHANGED;
    }
    return ask_done(&ask);
}

/* What is promised stays promised: also to who was confirmed before the offer was known.
 */
static enum err check_promised(const struct scene *scene, const struct offer *offer,
                               struct buf *why)
{
    char date[DATE_SIZE];
    struct decide_count count = {.places = offer->places - offer->taken};
    date_format(offer->work.date, date);
    enum err err = offers_count(scene, str_of(offer->code), str_of(date), &count);
    int64_t promised = count.confirmed + count.leased;
    if (err != ERR_OK || promised <= count.places) {
        return err;
    }
    buf_printf(why, "offer %s: %lld places are promised, the file gives %lld",
               offer->code, (long long)promised, (long long)count.places);
    return ERR_INVALID;
}

static enum err put(const struct scene *scene, const struct offer *offer, struct str body)
{
    char date[DATE_SIZE];
    date_format(offer->work.date, date);
    struct ask ask =
        ask_on(scene->storage,
               "INSERT INTO offer (centre, code, date, places, at_once, state, body)"
               " VALUES (:centre, :code, :date, :places, :at_once, 'open', :body)"
               " ON CONFLICT (centre, code) DO UPDATE SET date = excluded.date,"
               " places = excluded.places, at_once = excluded.at_once, state = 'open',"
               " body = excluded.body");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_text(&ask, ":code", str_of(offer->code));
    ask_text(&ask, ":date", str_of(date));
    ask_int(&ask, ":places", offer->places - offer->taken);
    ask_int(&ask, ":at_once", offer->at_once);
    ask_text(&ask, ":body", body);
    return ask_run(&ask);
}

static enum err import_changed(const struct scene *scene, const struct offer *offer,
                               struct str body, enum differs differs,
                               struct import *import)
{
    enum err err = check_promised(scene, offer, import->why);
    if (err == ERR_OK) {
        err = put(scene, offer, body);
    }
    import->counts.added += differs == DIFFERS_NEW;
    import->counts.changed += differs == DIFFERS_CHANGED;
    return err == ERR_OK ? places_settle(scene, str_of(offer->code)) : err;
}

static enum err import_one(const struct scene *scene, const struct offer *offer,
                           struct import *import)
{
    struct bytes body = {0};
    enum differs differs = DIFFERS_SAME;
    offer_put_json(&body, offer);
    enum err err =
        body.failed ? ERR_FULL : compare(scene, offer->code, bytes_str(&body), &differs);
    if (err == ERR_OK && differs == DIFFERS_SAME) {
        import->counts.same++;
    } else if (err == ERR_OK) {
        err = import_changed(scene, offer, bytes_str(&body), differs, import);
    }
    bytes_free(&body);
    return err;
}

/* ---- what is over ---------------------------------------------------------------- */

static enum err next_over(const struct scene *scene, char code[OFFER_CODE_SIZE])
{
    char today[DATE_SIZE];
    bool found = false;
    scene_today(scene, today);
    struct ask ask = ask_on(
        scene->storage,
        "SELECT o.code FROM feed f JOIN offer o ON o.centre = f.centre AND o.code = f.id"
        " WHERE f.centre = :centre AND f.kind = 'offer' AND f.body IS NOT NULL"
        " AND o.date < :today LIMIT 1");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_text(&ask, ":today", str_of(today));
    if (ask_row(&ask)) {
        found = true;
        ask_get_text(&ask, 0, code, OFFER_CODE_SIZE);
    }
    return ask_done_found(&ask, found);
}

/* Offers of days that are over leave the feed with their leases: it does not grow. */
static enum err sweep(const struct scene *scene)
{
    char code[OFFER_CODE_SIZE];
    enum err err = ERR_OK;
    while (err == ERR_OK) {
        err = next_over(scene, code);
        if (err == ERR_OK) {
            err = places_settle(scene, str_of(code));
        }
    }
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

/* ---- the file -------------------------------------------------------------------- */

/* Not more than a kiosk can show. */
static enum err check_room(const struct scene *scene, struct buf *why)
{
    char today[DATE_SIZE];
    int64_t count = 0;
    scene_today(scene, today);
    struct ask ask =
        ask_on(scene->storage, "SELECT count(*) FROM offer WHERE centre = :centre"
                               " AND state = 'open' AND date >= :today");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_text(&ask, ":today", str_of(today));
    if (ask_row(&ask)) {
        count = ask_get_int(&ask, 0);
    }
    enum err err = ask_done(&ask);
    if (err != ERR_OK || count <= OFFERS_MAX) {
        return err;
    }
    buf_printf(why, "the centre would have more than %d offers", OFFERS_MAX);
    return ERR_FULL;
}

static enum err import_all(const struct scene *scene, struct import *import)
{
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < import->count; i++) {
        err = import_one(scene, &import->offers[i], import);
    }
    if (err == ERR_OK) {
        err = check_room(scene, import->why);
    }
    return err == ERR_OK ? sweep(scene) : err;
}

static enum err read_file(struct admin *admin, struct str json, struct import *import)
{
    date_t today;
    int minute;
    date_from_wall_ms(clock_wall_ms(&admin->clock), &today, &minute);
    import->offers = calloc(OFFERS_MAX, sizeof *import->offers);
    if (!import->offers) {
        return ERR_FULL;
    }
    return offers_parse(json, today, import->offers, OFFERS_MAX, &import->count,
                        import->why);
}

enum err admin_offers_import(struct admin *admin, struct uid centre, struct str json,
                             struct import_counts *counts_out, struct buf *why)
{
    struct import import = {.why = why};
    struct scene scene;
    enum err err = read_file(admin, json, &import);
    if (err == ERR_OK) {
        err = desk_begin(admin, centre, &scene);
    }
    if (err == ERR_OK) {
        err = desk_end(admin, &scene, import_all(&scene, &import), "offers.import",
                       STR(""));
    }
    if (err == ERR_OK) {
        *counts_out = import.counts;
    }
    free(import.offers);
    return err;
}

enum err admin_offer_call_off(struct admin *admin, struct uid centre, struct str code)
{
    struct scene scene;
    enum err err = desk_begin(admin, centre, &scene);
    if (err != ERR_OK) {
        return err;
    }
    return desk_end(admin, &scene, places_call_off(&scene, code), "offer.call-off", code);
}
