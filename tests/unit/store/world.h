/* A store in a folder of its own with a clock turned by hand, and things to put in it. */
#ifndef UNIT_STORE_WORLD_H
#define UNIT_STORE_WORLD_H

#include "store/fact.h"
#include "store/store.h"
#include "support/sql_probe.h"
#include "support/support.h"
#include "unit/unit.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define WORLD_TODAY 20780 /* 2026-11-23 */

static const char *const world_projections[] = {
    "staff",      "participant", "card",     "wish", "lease_returned",  "unfit", "talk", "job_event",
    "evaluation_event", "note",  "person_key", "team_key", "voice", "vote"};

struct world {
    char dir[128], state[160], feed[160];
    struct fake_clock time;
    uint64_t seed;
    const char *boot_id, *machine;
    struct store *store;
    struct store_report report;
};

static inline enum err world_try_open(struct world *w, struct store **store_out)
{
    struct store_options options = {w->dir, NULL, w->boot_id, fake_clock(&w->time),
                                    fake_rng(&w->seed), w->machine};
    return store_open(&options, &w->report, store_out);
}

static inline void world_open(struct world *w)
{
    enum err err = world_try_open(w, &w->store);
    if (err != ERR_OK) {
        fail_msg("open: %s: %s", err_name(err), w->report.detail);
    }
}

/* A new folder, not opened yet. */
static inline void world_make(struct world *w)
{
    *w = (struct world){.time = {1795430000000, 5000}, .seed = 1, .boot_id = "boot-a"};
    strcpy(w->dir, "/dev/shm/anlauf-store-XXXXXX"); /* syncs cost nothing there */
    if (!mkdtemp(w->dir)) {
        strcpy(w->dir, "/tmp/anlauf-store-XXXXXX");
        assert_non_null(mkdtemp(w->dir));
    }
    snprintf(w->state, sizeof w->state, "%s/state.db", w->dir);
    snprintf(w->feed, sizeof w->feed, "%s/feed.db", w->dir);
}

static inline void world_init(struct world *w)
{
    world_make(w);
    world_open(w);
}

static inline void world_close(struct world *w)
{
    store_close(w->store);
    w->store = NULL;
}

static inline void world_reopen(struct world *w)
{
    world_close(w);
    world_open(w);
}

static inline void world_done(struct world *w)
{
    world_close(w);
    DIR *dir = opendir(w->dir);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        char path[400];
        snprintf(path, sizeof path, "%s/%s", w->dir, entry->d_name);
        unlink(path);
    }
    closedir(dir);
    assert_int_equal(rmdir(w->dir), 0);
}

static inline struct uid world_uid(int kind, int n)
{
    return (struct uid){{(uint8_t)kind, (uint8_t)(n >> 8), (uint8_t)n, 7}};
}

static inline void world_lookup(uint8_t out[STORE_LOOKUP_SIZE], int n)
{
    memset(out, 0x5a, STORE_LOOKUP_SIZE);
    out[0] = (uint8_t)n;
    out[1] = (uint8_t)(n >> 8);
}

static inline struct store_enrolment world_enrolment(int n)
{
    struct store_enrolment e = {.id = world_uid('E', n), .staff = world_uid('S', 1)};
    e.who.id = world_uid('P', n);
    snprintf(e.who.alias, sizeof e.who.alias, "Falke %d", n);
    e.who.band = AGE_15;
    e.who.band_until = WORLD_TODAY + 100;
    e.who.full_time_schooling = true;
    e.who.consents[CONSENT_CUSTODIAN] = (struct consent){true, WORLD_TODAY + 200};
    e.who.consents[CONSENT_STORE] = (struct consent){false, DATE_NONE};
    e.who.interests = 1u << 3 | 1u << 25;
    e.who.tried = 1u << 1;
    e.who.languages = 5;
    strcpy(e.who.district, "Neukölln");
    snprintf(e.secret, sizeof e.secret, "$argon2id$v=19$%d", n);
    world_lookup(e.card, n);
    return e;
}

static inline struct participant world_person(struct world *w, int n)
{
    struct store_enrolment e = world_enrolment(n);
    assert_int_equal(store_enrol(w->store, &e), ERR_OK);
    return e.who;
}

static inline struct offer world_offer(int n)
{
    struct offer offer = {.field = 3, .cents_per_hour = 1000, .places = 2, .min_age = 13};
    snprintf(offer.code, sizeof offer.code, "B-%04d", n);
    snprintf(offer.title, sizeof offer.title, "Laub harken %d", n);
    strcpy(offer.text, "Du harkst Laub. Du bekommst Handschuhe. Jemand ist da.");
    strcpy(offer.place, "Gartentor");
    strcpy(offer.district, "Neukölln");
    offer.work = (struct offer_work){.date = WORLD_TODAY + n % 7,
                                     .start = 960,
                                     .end = 1080,
                                     .site_kind = SITE_NONPROFIT,
                                     .work_kind = WORK_GARDEN,
                                     .load_g = 5000};
    return offer;
}

static inline struct wish world_wish(int n, const struct participant *who, int offer)
{
    struct wish wish;
    struct offer of = world_offer(offer);
    wish_from_offer(&wish, world_uid('W', n), who, &of);
    return wish;
}

static inline int64_t world_events(struct world *w)
{
    struct store_overview overview;
    assert_int_equal(store_overview(w->store, &overview), ERR_OK);
    return overview.events;
}

static inline char *world_dump(struct world *w)
{
    char *text =
        sql_dump(w->state, NULL, world_projections, ARRAY_LEN(world_projections));
    assert_non_null(text);
    return text;
}

/* What the tables say is what the log says. */
static inline void world_assert_replay_equal(struct world *w)
{
    char *before = world_dump(w);
    assert_int_equal(fact_replay(w->store), ERR_OK);
    char *after = world_dump(w);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

#endif
