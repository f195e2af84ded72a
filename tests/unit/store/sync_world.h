/* A kiosk that belongs to a centre, and the centre's pages. */
#ifndef UNIT_STORE_SYNC_WORLD_H
#define UNIT_STORE_SYNC_WORLD_H

#include "proof/digest.h"
#include "store/sync.h"
#include "unit/store/after.h"

static inline struct sync_centre sync_centre_of(int n)
{
    struct sync_centre centre = {.centre = world_uid('c', n), .generation = 1};
    strcpy(centre.url, "https://centre.example");
    strcpy(centre.name, "Jugendzentrum");
    strcpy(centre.organisation, "Verein");
    memset(centre.server.b, n, sizeof centre.server.b);
    memset(centre.parcel, 2, sizeof centre.parcel);
    return centre;
}

static inline void sync_enrol(struct world *w)
{
    struct sync_centre centre = sync_centre_of(1);
    assert_int_equal(store_centre_put(w->store, &centre, NULL), ERR_OK);
}

/* ---- up -------------------------------------------------------------------------------
 */

static inline struct sync_log sync_log_now(struct world *w)
{
    struct sync_log log;
    assert_int_equal(store_log_get(w->store, &log), ERR_OK);
    return log;
}

/* The centre got all there is. */
static inline struct sync_log sync_ack(struct world *w, int64_t seq)
{
    struct sync_log log = sync_log_now(w);
    assert_int_equal(store_log_head(w->store, &log, seq, &log.head), ERR_OK);
    log.seq = seq;
    assert_int_equal(store_log_ack(w->store, &log), ERR_OK);
    return log;
}

static inline struct uid sync_dev(struct world *w)
{
    uint8_t seed[STORE_SEED_SIZE];
    struct key key;
    assert_int_equal(store_device_seed(w->store, seed), ERR_OK);
    key_from_seed(seed, &key);
    return chain_device_of(&key.public);
}

/* ---- down -----------------------------------------------------------------------------
 */

#define FEED_ROWS 64

/* The centre's rows as it keeps them; body "": deleted. */
struct feed {
    struct feed_item {
        char kind[16], id[64], body[2048];
        int64_t rev;
    } items[FEED_ROWS];
    size_t count;
    int64_t rev;
};

static inline void feed_put(struct feed *feed, const char *kind, const char *id,
                            const char *body)
{
    size_t i = 0;
    while (i < feed->count && (strcmp(feed->items[i].kind, kind) != 0 ||
                               strcmp(feed->items[i].id, id) != 0)) {
        i++;
    }
    assert_true(i < FEED_ROWS);
    feed->count += i == feed->count;
    snprintf(feed->items[i].kind, sizeof feed->items[i].kind, "%s", kind);
    snprintf(feed->items[i].id, sizeof feed->items[i].id, "%s", id);
    snprintf(feed->items[i].body, sizeof feed->items[i].body, "%s", body);
    feed->items[i].rev = ++feed->rev;
}

static inline int feed_by_rev(const void *a, const void *b)
{
    const struct sync_row *x = a, *y = b;
    return (x->rev > y->rev) - (x->rev < y->rev);
}

/* The page behind `since`, at most `max` rows. */
static inline void feed_page(const struct feed *feed, int64_t since, size_t max,
                             struct sync_row rows[FEED_ROWS], struct sync_page *page)
{
    struct digest digest = {{0}};
    size_t count = 0;
    *page = (struct sync_page){.rows = rows, .since = since, .to = feed->rev};
    for (size_t i = 0; i < feed->count; i++) {
        const struct feed_item *item = &feed->items[i];
        struct sync_row row = {item->rev, str_of(item->kind), str_of(item->id),
                               str_of(item->body)};
        if (row.body.len > 0) {
            digest_add(&digest, row.kind, row.id, row.rev, row.body);
            page->live++;
        }
        if (row.rev > since && (since > 0 || row.body.len > 0)) {
            rows[count++] = row;
        }
    }
    qsort(rows, count, sizeof *rows, feed_by_rev);
    page->more = count > max;
    page->count = page->more ? max : count;
    page->to = page->more && max < FEED_ROWS ? rows[max - 1].rev : feed->rev;
    memcpy(page->digest, digest.b, sizeof page->digest);
}

/* All pages, as the client gets them. */
static inline void feed_pull(struct world *w, const struct feed *feed, size_t max)
{
    struct sync_row rows[FEED_ROWS];
    struct sync_page page = {.more = true};
    while (page.more) {
        struct sync_feed cursor;
        assert_int_equal(store_feed_get(w->store, &cursor), ERR_OK);
        feed_page(feed, cursor.since, max, rows, &page);
        assert_int_equal(store_feed_apply(w->store, &page), ERR_OK);
    }
}

static inline int feed_settle(struct world *w)
{
    int facts = -1;
    assert_int_equal(store_feed_settle(w->store, &facts), ERR_OK);
    return facts;
}

/* world_offer(n) as a row, with so many places and so many of them taken. */
static inline void feed_offer(struct feed *feed, int n, int places, int taken,
                              bool at_once)
{
    char date[11], body[2048];
    struct offer offer = world_offer(n);
    date_format(offer.work.date, date);
    snprintf(body, sizeof body,
             "{\"code\":\"%s\",\"title\":\"%s\",\"text\":\"%s\",\"field\":\"F03\","
             "\"district\":\"Neukölln\",\"place\":\"Gartentor\",\"date\":\"%s\","
             "\"start\":\"16:00\",\"end\":\"18:00\",\"cents_per_hour\":1000,"
             "\"places\":%d,\"taken\":%d,\"min_age\":13,\"site_kind\":\"nonprofit\","
             "\"work_kind\":\"garden\",\"load_kg\":5,\"after_full_time_schooling\":false,"
             "\"at_once\":%s,\"from_a_newer_centre\":{\"x\":[1]}}",
             offer.code, offer.title, offer.text, date, places, taken,
             at_once ? "true" : "false");
    feed_put(feed, "offer", offer.code, body);
}

static inline struct uid feed_lease(struct feed *feed, int n, int offer, struct uid dev,
                                    int64_t epoch, int places, const char *state)
{
    char id[UID_TEXT_SIZE], dev_text[UID_TEXT_SIZE], date[11], body[512];
    struct offer of = world_offer(offer);
    struct uid lease = world_uid('l', n);
    uid_format(lease, id);
    uid_format(dev, dev_text);
    date_format(of.work.date, date);
    snprintf(body, sizeof body,
             "{\"offer\":\"%s\",\"date\":\"%s\",\"dev\":\"%s\",\"epoch\":%lld,"
             "\"places\":%d,\"state\":\"%s\"}",
             of.code, date, dev_text, (long long)epoch, places, state);
    feed_put(feed, "lease", id, body);
    return lease;
}

#endif
