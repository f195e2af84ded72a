/* Offers: replaced as a whole, listed by day. */
#include "store/state.h"

#include "base/utf8.h"
#include "store/centre.h"
#include "store/lease.h"
#include "store/log.h"
#include "store/work.h"

#include <string.h>

bool offer_valid(const struct offer *offer)
{
    return code_check(str_of(offer->code)) == ERR_OK && work_valid(&offer->work) &&
           utf8_valid(str_of(offer->title)) && utf8_valid(str_of(offer->text)) &&
           utf8_valid(str_of(offer->place)) && utf8_valid(str_of(offer->district)) &&
           offer->field >= 0 && offer->field <= FIELD_MAX && offer->places >= 1 &&
           offer->taken >= 0 && offer->taken <= offer->places;
}

enum err offer_put(struct store *store, const struct offer *offer)
{
    struct work_memory memory;
    char field[FIELD_CODE_SIZE];
    struct query q = query_on(
        &store->feed,
        "INSERT INTO offer (code, title, text, place, district, field, cents_per_hour,"
        " places, taken, walk_minutes, min_age, after_schooling, adult_present, at_once,"
        " " WORK_COLUMNS ") VALUES (:code, :title, :text, :place, :district, :field,"
        " :cents_per_hour, :places, :taken, :walk_minutes, :min_age, :after_schooling,"
        " :adult_present, :at_once, :date, :starts, :ends, :break_minutes, :site_kind,"
        " :work_kind, :load_g, :dangerous, :paced, :alcohol_tobacco)");
    query_text(&q, ":code", str_of(offer->code));
    query_text(&q, ":title", str_of(offer->title));
    query_text(&q, ":text", str_of(offer->text));
    query_text(&q, ":place", str_of(offer->place));
    query_text(&q, ":district", str_of(offer->district));
    if (offer->field != 0) {
        field_code(offer->field, field);
        query_text(&q, ":field", str_of(field));
    }
    query_int(&q, ":cents_per_hour", offer->cents_per_hour);
    query_int(&q, ":places", offer->places);
    query_int(&q, ":taken", offer->taken);
    query_int(&q, ":walk_minutes", offer->walk_minutes);
    query_int(&q, ":min_age", offer->min_age);
    query_int(&q, ":after_schooling", offer->after_schooling);
    query_int(&q, ":adult_present", offer->adult_present);
    query_int(&q, ":at_once", offer->at_once);
    work_bind(&q, &offer->work, &memory);
    return query_run(&q);
}

static enum err replace(struct store *store, const struct offer *offers, size_t count)
{
    struct query q = query_on(&store->feed, "DELETE FROM offer");
    enum err err = query_run(&q);
    if (err == ERR_OK) {
        err = device_claim_feed(store);
    }
    for (size_t i = 0; i < count && err == ERR_OK; i++) {
        err = offer_put(store, &offers[i]);
    }
    return err;
}

enum err store_offers_replace(struct store *store, const struct offer *offers,
                              size_t count)
{
    if (count > OFFERS_MAX) {
        return ERR_FULL;
    }
    for (size_t i = 0; i < count; i++) {
        if (!offer_valid(&offers[i])) {
            return ERR_INVALID;
        }
    }
    bool enrolled = false;
    enum err err = centre_is(store, &enrolled);
    if (err == ERR_OK && enrolled) {
        db_say(&store->feed, "offers come from the centre this kiosk belongs to");
        return ERR_DENIED;
    }
    if (err == ERR_OK) {
        err = db_begin(&store->feed);
    }
    return err == ERR_OK ? db_end(&store->feed, replace(store, offers, count)) : err;
}

/* ---- listing ----------------------------------------------------------------------- */

static void read_offer(struct query *q, struct offer *offer)
{
    memset(offer, 0, sizeof *offer);
    query_get_text(q, 0, offer->code, sizeof offer->code);
    query_get_text(q, 1, offer->title, sizeof offer->title);
    query_get_text(q, 2, offer->text, sizeof offer->text);
    query_get_text(q, 3, offer->place, sizeof offer->place);
    query_get_text(q, 4, offer->district, sizeof offer->district);
    offer->field = query_get_field(q, 5);
    offer->cents_per_hour = (int)query_get_int(q, 6);
    offer->places = (int)query_get_int(q, 7);
    offer->taken = (int)query_get_int(q, 8);
    offer->walk_minutes = (int)query_get_int(q, 9);
    offer->min_age = (int)query_get_int(q, 10);
    offer->after_schooling = query_get_bool(q, 11);
    offer->adult_present = query_get_bool(q, 12);
    offer->at_once = query_get_bool(q, 13);
    work_read(q, 14, &offer->work);
}

static enum err read_offers(struct store *store, date_t from, struct offer *offers,
                            size_t max, size_t *count_out, bool *more_out)
{
    char date[11];
    size_t count = 0;
    struct query q = query_on(
        &store->feed, "SELECT code, title, text, place, district, field,"
                      " cents_per_hour, places, taken, walk_minutes, min_age,"
                      " after_schooling, adult_present, at_once, " WORK_COLUMNS
                      " FROM offer WHERE date >= :from ORDER BY date, starts, code");
    query_date(&q, ":from", from == DATE_NONE ? 0 : from, date);
    *more_out = false;
    while (!*more_out && query_row(&q)) {
        if (count == max) {
            *more_out = true;
        } else {
            read_offer(&q, &offers[count++]);
        }
    }
    enum err err = query_done(&q);
    if (err == ERR_OK) {
        *count_out = count;
    }
    return err;
}

static void take_places(struct offer *offers, size_t count, struct str code, date_t date,
                        int confirmed)
{
    for (size_t i = 0; i < count; i++) {
        if (offers[i].work.date == date && str_eq(str_of(offers[i].code), code)) {
            int taken = offers[i].taken + confirmed;
            offers[i].taken = taken < offers[i].places ? taken : offers[i].places;
        }
    }
}

/* What a kiosk confirmed by itself, the centre counts once it knows of it. So here counts
 * what is not acknowledged yet; in between a number may be late, but is never told twice.
 * Without a centre nobody else counts. */
static enum err add_confirmed(struct store *store, struct offer *offers, size_t count,
                              bool enrolled)
{
    int64_t acked = 0;
    enum err err = log_acked(store, LOG_ANY_EPOCH, &acked);
    if (err != ERR_OK) {
        return err;
    }
    struct query q = query_on(
        &store->state, "SELECT code, date, count(*) FROM wish INDEXED BY wish_taken"
                       " WHERE state = 'confirmed' AND (:alone OR given_seq > :acked)"
                       " GROUP BY code, date");
    query_int(&q, ":alone", !enrolled);
    query_int(&q, ":acked", acked);
    while (query_row(&q)) {
        int confirmed = (int)query_get_int(&q, 2);
        take_places(offers, count, query_peek_text(&q, 0), query_get_date(&q, 1),
                    confirmed);
    }
    return query_done(&q);
}

/* What is leased to this kiosk is free, whatever numbers that came late say. */
static enum err add_leased(struct store *store, struct offer *offers, size_t count)
{
    enum err err = lease_count(store, offers, count);
    for (size_t i = 0; i < count && err == ERR_OK; i++) {
        int most = offers[i].places - offers[i].leased;
        offers[i].taken = offers[i].taken < most ? offers[i].taken : most;
    }
    return err;
}

static enum err add_here(struct store *store, struct offer *offers, size_t count)
{
    bool enrolled = false;
    enum err err = centre_is(store, &enrolled);
    if (err == ERR_OK) {
        err = add_confirmed(store, offers, count, enrolled);
    }
    return err == ERR_OK && enrolled ? add_leased(store, offers, count) : err;
}

enum err store_offers_list(struct store *store, date_t from, struct offer *offers,
                           size_t max, size_t *count_out)
{
    bool more = false;
    size_t count = 0;
    enum err err = read_offers(store, from, offers, max, &count, &more);
    if (err == ERR_OK) {
        err = add_here(store, offers, count);
    }
    if (err != ERR_OK) {
        return err;
    }
    *count_out = count;
    return more ? ERR_FULL : ERR_OK;
}
