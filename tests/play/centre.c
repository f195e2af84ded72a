/* The centre, as its client would bring it: through the store's functions, on the same
 * folder, while the kiosk runs. */
#include "play/play.h"

#include "base/asset.h"
#include "domain/field.h"
#include "domain/offer_json.h"
#include "proof/digest.h"
#include "store/sync.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CENTRE_NAME "Zentrale Brunnenviertel"
#define CENTRE_URL "https://zentrale.example:8443"

struct visit_of_client {
    struct play *play;
    struct store *store;
    struct store_report report;
};

static bool client_in(struct play *play, struct visit_of_client *v)
{
    const struct store_options options = {
        .dir = play->options.dir,
        .vfs = play->options.vfs,
        .boot_id = play->boot_id,
        .clock = play->options.clock,
        .rng = play->options.rng,
    };
    *v = (struct visit_of_client){.play = play};
    return store_open(&options, &v->report, &v->store) == ERR_OK ||
           play_fail(play, "the store does not open: %s", v->report.detail);
}

/* The kiosk looks at the disk every two seconds: here at once. */
static bool client_out(struct visit_of_client *v, enum err err, const char *what)
{
    store_close(v->store);
    if (err != ERR_OK) {
        return play_fail(v->play, "%s: %s", what, err_name(err));
    }
    app_send(v->play->app, (struct msg){MSG_FEED_CHANGED, 0, 0}, NULL);
    return play_settle(v->play);
}

/* ---- belonging to it --------------------------------------------------------------- */

static enum err meet(struct visit_of_client *v, enum sync_trouble trouble, bool contact)
{
    int64_t wall_ms = clock_wall_ms(&v->play->options.clock);
    int64_t *now_ms = &v->play->feed.now_ms;
    *now_ms = wall_ms > *now_ms ? wall_ms : *now_ms;
    return store_contact(v->store, contact ? *now_ms : 0, trouble);
}

static enum err join(struct visit_of_client *v)
{
    struct sync_centre centre = {.generation = 1,
                                 .url = CENTRE_URL,
                                 .name = CENTRE_NAME,
                                 .organisation = "Verein am Brunnen"};
    memset(centre.centre.b, 7, sizeof centre.centre.b);
    memset(centre.server.b, 7, sizeof centre.server.b);
    memset(centre.parcel, 7, sizeof centre.parcel);
    enum err err = store_centre_put(v->store, &centre, NULL);
    return err == ERR_OK ? meet(v, SYNC_TROUBLE_NONE, true) : err;
}

/* All there is arrives and is acknowledged. */
static enum err hear(struct visit_of_client *v)
{
    struct sync_log log;
    enum err err = store_log_get(v->store, &log);
    if (err == ERR_OK) {
        err = store_log_head(v->store, &log, log.written, &log.head);
    }
    if (err == ERR_OK) {
        log.seq = log.written;
        err = store_log_ack(v->store, &log);
    }
    return err == ERR_OK ? meet(v, SYNC_TROUBLE_NONE, true) : err;
}

static enum err do_one(struct visit_of_client *v, const char *what)
{
    if (strcmp(what, "joins") == 0) {
        return join(v);
    }
    if (strcmp(what, "refuses") == 0) {
        return store_enrol_fail(v->store, SYNC_ENROL_REFUSED);
    }
    if (strcmp(what, "fails") == 0) {
        return store_enrol_fail(v->store, SYNC_ENROL_FAILED);
    }
    if (strcmp(what, "conflicts") == 0) {
        return store_enrol_fail(v->store, SYNC_ENROL_ELSEWHERE);
    }
    if (strcmp(what, "hears") == 0) {
        return hear(v);
    }
    if (strcmp(what, "locks") == 0) {
        return store_centre_lock(v->store);
    }
    return ERR_NOT_FOUND;
}

static bool cmd_centre(struct play *play, int count, char **words)
{
    struct visit_of_client v;
    (void)count;
    return client_in(play, &v) && client_out(&v, do_one(&v, words[1]), words[1]);
}

static bool cmd_trouble(struct play *play, int count, char **words)
{
    struct visit_of_client v;
    (void)count;
    return client_in(play, &v) &&
           client_out(&v, meet(&v, sync_trouble_from_name(words[1]), false), words[1]);
}

/* ---- its feed ---------------------------------------------------------------------- */

static struct play_row *row_of(struct play_feed *feed, const char *kind, const char *id)
{
    for (int i = 0; i < feed->count; i++) {
        if (strcmp(feed->rows[i].kind, kind) == 0 && strcmp(feed->rows[i].id, id) == 0) {
            return &feed->rows[i];
        }
    }
    CHECK(feed->count < PLAY_ROWS_MAX);
    struct play_row *row = &feed->rows[feed->count++];
    str_copy(row->kind, sizeof row->kind, str_of(kind));
    str_copy(row->id, sizeof row->id, str_of(id));
    return row;
}

/* One row is one page. */
static enum err send_row(struct visit_of_client *v, const struct play_row *changed)
{
    const struct play_feed *feed = &v->play->feed;
    struct digest digest = {{0}};
    struct sync_row row = {changed->rev, str_of(changed->kind), str_of(changed->id),
                           str_of(changed->body)};
    struct sync_page page = {.rows = &row,
                             .count = 1,
                             .since = changed->rev - 1,
                             .to = changed->rev,
                             .live = feed->count};
    int facts = 0;
    for (int i = 0; i < feed->count; i++) {
        const struct play_row *r = &feed->rows[i];
        digest_add(&digest, str_of(r->kind), str_of(r->id), r->rev, str_of(r->body));
    }
    memcpy(page.digest, digest.b, sizeof page.digest);
    enum err err = store_feed_apply(v->store, &page);
    return err == ERR_OK ? store_feed_settle(v->store, &facts) : err;
}

static bool put_row(struct play *play, const char *kind, const char *id, const char *body)
{
    struct visit_of_client v;
    struct play_row *row = row_of(&play->feed, kind, id);
    row->rev = ++play->feed.rev;
    str_copy(row->body, sizeof row->body, str_of(body));
    return client_in(play, &v) && client_out(&v, send_row(&v, row), kind);
}

static bool demo_offer(struct play *play, const char *code, struct offer *offer_out)
{
    static struct offer offers[OFFERS_MAX];
    const struct asset *asset = asset_find("demo/offers.json");
    char memory[256];
    struct buf error;
    size_t count = 0;
    buf_init(&error, memory, sizeof memory);
    CHECK(asset && offers_parse((struct str){(const char *)asset->data, asset->len},
                                play->app->model.today, offers, OFFERS_MAX, &count,
                                &error) == ERR_OK);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(offers[i].code, code) == 0) {
            *offer_out = offers[i];
            return true;
        }
    }
    return play_fail(play, "there is no demo offer %s", code);
}

static void write_offer(struct buf *b, const struct offer *offer, bool at_once)
{
    const struct offer_work *work = &offer->work;
    char date[11], field[FIELD_CODE_SIZE];
    date_format(work->date, date);
    field_code(offer->field, field);
    buf_puts(b, "{\"code\":");
    buf_json(b, str_of(offer->code));
    buf_puts(b, ",\"title\":");
    buf_json(b, str_of(offer->title));
    buf_puts(b, ",\"text\":");
    buf_json(b, str_of(offer->text));
    buf_puts(b, ",\"district\":");
    buf_json(b, str_of(offer->district));
    buf_printf(
        b,
        ",\"field\":\"%s\",\"date\":\"%s\",\"start\":\"%02d:%02d\",\"end\":\"%02d:%02d\","
        "\"cents_per_hour\":%d,\"places\":%d,\"taken\":%d,\"min_age\":%d,"
        "\"after_full_time_schooling\":%s,\"site_kind\":\"%s\",\"work_kind\":\"%s\","
        "\"at_once\":%s}",
        field, date, work->start / 60, work->start % 60, work->end / 60, work->end % 60,
        offer->cents_per_hour, offer->places, offer->taken, offer->min_age,
        offer->after_schooling ? "true" : "false", site_kind_name(work->site_kind),
        work_kind_name(work->work_kind), at_once ? "true" : "false");
}

static bool cmd_posts(struct play *play, int count, char **words)
{
    struct offer offer;
    char body[PLAY_BODY_SIZE];
    struct buf b;
    if (!demo_offer(play, words[1], &offer)) {
        return false;
    }
    buf_init(&b, body, sizeof body);
    write_offer(&b, &offer, count > 2);
    return put_row(play, "offer", words[1], body);
}

/* Who this kiosk is now. */
static bool read_device(struct play *play, char dev_out[UID_TEXT_SIZE],
                        long long *epoch_out)
{
    struct visit_of_client v;
    uint8_t seed[STORE_SEED_SIZE];
    struct key key;
    int64_t epoch = 0;
    if (!client_in(play, &v)) {
        return false;
    }
    bool read = store_device_seed(v.store, seed) == ERR_OK &&
                store_epoch(v.store, &epoch) == ERR_OK;
    store_close(v.store);
    if (!read) {
        return play_fail(play, "the device cannot be read");
    }
    key_from_seed(seed, &key);
    uid_format(chain_device_of(&key.public), dev_out);
    *epoch_out = epoch;
    return true;
}

/* So many places of it, to this kiosk in its present epoch. */
static bool cmd_lends(struct play *play, int count, char **words)
{
    struct offer offer;
    long long epoch;
    char dev[UID_TEXT_SIZE], lease[UID_TEXT_SIZE], date[11], body[PLAY_BODY_SIZE];
    (void)count;
    if (!demo_offer(play, words[1], &offer) || !read_device(play, dev, &epoch)) {
        return false;
    }
    struct uid id = {{9}};
    memcpy(id.b + 1, words[1], strlen(words[1]) < 15 ? strlen(words[1]) : 15);
    uid_format(id, lease);
    date_format(offer.work.date, date);
    snprintf(
        body, sizeof body,
        "{\"offer\":\"%s\",\"date\":\"%s\",\"dev\":\"%s\",\"epoch\":%lld,\"places\":%s,"
        "\"state\":\"granted\"}",
        words[1], date, dev, epoch, words[2]);
    return put_row(play, "lease", lease, body);
}

static bool newest_wish(struct play *play, const char *code, struct uid *id_out)
{
    static struct wish wishes[STAFF_WISHES_MAX];
    struct visit_of_client v;
    size_t n = 0;
    if (!client_in(play, &v)) {
        return false;
    }
    enum err err = store_wishes_list(v.store, 0, wishes, STAFF_WISHES_MAX, &n);
    store_close(v.store);
    for (size_t i = 0; err == ERR_OK && i < n; i++) {
        if (strcmp(wishes[i].code, code) == 0) {
            *id_out = wishes[i].id;
            return true;
        }
    }
    return play_fail(play, "nobody wishes for %s", code);
}

static bool cmd_says(struct play *play, int count, char **words)
{
    struct uid wish;
    struct uid decision = uid_make(&play->options.rng), staff = {{8}};
    char id[UID_TEXT_SIZE], decided[UID_TEXT_SIZE], by[UID_TEXT_SIZE],
        body[PLAY_BODY_SIZE];
    (void)count;
    if (!newest_wish(play, words[1], &wish)) {
        return false;
    }
    uid_format(wish, id);
    uid_format(decision, decided);
    uid_format(staff, by);
    snprintf(
        body, sizeof body,
        "{\"state\":\"%s\",\"reason\":\"none\",\"decision\":\"%s\",\"staff\":\"%s\"}",
        words[2], decided, by);
    return put_row(play, "wish", id, body);
}

static bool cmd_parks(struct play *play, int count, char **words)
{
    long long epoch;
    char dev[UID_TEXT_SIZE], id[64], body[64];
    (void)count;
    if (!read_device(play, dev, &epoch)) {
        return false;
    }
    snprintf(id, sizeof id, "%s.%lld.%s", dev, epoch, words[1]);
    snprintf(body, sizeof body, "{\"why\":\"%s\"}", words[2]);
    return put_row(play, "verdict", id, body);
}

static const struct play_command list[] = {
    {"centre", 1, 1, cmd_centre, "joins|refuses|fails|conflicts|hears|locks"},
    {"centre-trouble", 1, 1, cmd_trouble, "WORD: what stands in the way"},
    {"centre-posts", 1, 2, cmd_posts, "CODE [at-once]: one of the demo offers"},
    {"centre-lends", 2, 2, cmd_lends, "CODE N: so many of its places"},
    {"centre-says", 2, 2, cmd_says,
     "CODE confirmed|declined|waiting|asked: of the newest wish"},
    {"centre-parks", 2, 2, cmd_parks, "SEQ kind|version|body|line"},
};

const struct play_commands play_centre_commands = {list, (int)ARRAY_LEN(list)};
