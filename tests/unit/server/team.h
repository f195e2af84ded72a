/* A centre with its staff, kiosks, offers and young people, for tests of what is decided.
 */
#ifndef UNIT_SERVER_TEAM_H
#define UNIT_SERVER_TEAM_H

#include "proof/key.h"
#include "server/admin.h"
#include "server/body.h"
#include "server/effects.h"
#include "server/law.h"
#include "server/offer_body.h"
#include "server/tasks.h"
#include "support/support.h"
#include "unit/server/hall.h"
#include "wire/json.h"

#define TEAM_KIOSKS 4
#define TEAM_DAY "2026-11-27" /* a Friday with school; today is the Sunday before */
#define TEAM_NOW_MS INT64_C(1795357320000)

struct team {
    struct hall hall;
    struct fake_clock time;
    uint64_t seed;
    struct rng rng;
    struct admin admin;
    struct law_books books;
    struct uid organisation, centre, staff;
    struct uid devs[TEAM_KIOSKS];
    int64_t epochs[TEAM_KIOSKS];
    int64_t seq; /* of the line before */
    struct bytes text;
    char why_memory[300];
    struct buf why;
};

static inline struct uid team_uid(char kind, int n)
{
    struct uid id = {{(uint8_t)kind, 0, (uint8_t)(n >> 8), (uint8_t)n, 1}};
    return id;
}

static inline const char *team_text(struct uid id)
{
    static char texts[8][UID_TEXT_SIZE];
    static int turn;
    char *text = texts[turn++ % 8];
    uid_format(id, text);
    return text;
}

static inline void team_init(struct team *t, uint64_t seed)
{
    memset(t, 0, sizeof *t);
    assert_int_equal(proof_init(), ERR_OK);
    hall_make(&t->hall);
    hall_open(&t->hall);
    t->seed = seed;
    t->rng = fake_rng(&t->seed);
    t->time.wall_ms = TEAM_NOW_MS;
    t->admin = (struct admin){.storage = t->hall.storage,
                              .clock = fake_clock(&t->time),
                              .rng = t->rng,
                              .who = "test",
                              .books = &t->books};
    buf_init(&t->why, t->why_memory, sizeof t->why_memory);
    assert_int_equal(admin_init(&t->admin), ERR_OK);
    assert_int_equal(admin_organisation_add(&t->admin, STR("Verein"), &t->organisation),
                     ERR_OK);
    assert_int_equal(
        admin_centre_add(&t->admin, t->organisation, STR("Haus"), &t->centre), ERR_OK);
    assert_int_equal(admin_staff_add(&t->admin, t->centre, STR("Mila"), &t->staff),
                     ERR_OK);
}

static inline void team_done(struct team *t)
{
    bytes_free(&t->text);
    law_books_free(&t->books);
    hall_done(&t->hall);
}

static inline struct scene team_scene(struct team *t, int kiosk)
{
    struct scene scene = {.storage = t->hall.storage,
                          .rng = &t->rng,
                          .books = kiosk % 2 ? NULL : &t->books,
                          .centre = t->centre,
                          .now_ms = t->time.wall_ms};
    if (kiosk >= 0) {
        scene.dev = t->devs[kiosk];
        scene.epoch = t->epochs[kiosk];
    }
    return scene;
}

/* The first lines of a kiosk's epoch came in. */
static inline void team_epoch(struct team *t, int n, int64_t epoch)
{
    static const uint8_t head[32];
    t->epochs[n] = epoch;
    struct scene scene = team_scene(t, n);
    assert_int_equal(storage_begin(t->hall.storage), ERR_OK);
    struct ask ask = ask_on(
        t->hall.storage, "INSERT INTO log (centre, dev, epoch, start, seq, head, signed)"
                         " VALUES (:centre, :dev, :epoch, 1, 1, :head, 0)");
    ask_uid(&ask, ":centre", &t->centre);
    ask_uid(&ask, ":dev", &t->devs[n]);
    ask_int(&ask, ":epoch", epoch);
    ask_blob(&ask, ":head", head, sizeof head);
    enum err err = ask_run(&ask);
    if (err == ERR_OK) {
        err = places_new_body(&scene);
    }
    assert_int_equal(storage_end(t->hall.storage, err), ERR_OK);
}

/* Kiosk n is enrolled, and was not heard of yet. */
static inline void team_enrol(struct team *t, int n)
{
    t->devs[n] = team_uid('K', n);
    assert_int_equal(storage_begin(t->hall.storage), ERR_OK);
    struct ask ask = ask_on(t->hall.storage,
                            "INSERT INTO device (centre, id, public, state, enrolled_ms,"
                            " last_ms) VALUES (:centre, :id, :public, 'enrolled', 0, 0)");
    ask_uid(&ask, ":centre", &t->centre);
    ask_uid(&ask, ":id", &t->devs[n]);
    ask_blob(&ask, ":public", t->devs[n].b, sizeof t->devs[n].b);
    assert_int_equal(storage_end(t->hall.storage, ask_run(&ask)), ERR_OK);
}

static inline void team_kiosk(struct team *t, int n)
{
    team_enrol(t, n);
    team_epoch(t, n, 1);
}

static inline struct offer team_offer_of(const char *code, int places)
{
    struct offer o = {.title = "Beete gießen",
                      .text = "Du gießt.",
                      .district = "Mitte",
                      .field = 3,
                      .places = places,
                      .cents_per_hour = 500,
                      .min_age = 13};
    str_copy(o.code, sizeof o.code, str_of(code));
    assert_int_equal(date_parse(STR(TEAM_DAY), &o.work.date), ERR_OK);
    o.work.start = 16 * 60;
    o.work.end = 17 * 60;
    o.work.site_kind = SITE_NONPROFIT;
    o.work.work_kind = WORK_GARDEN;
    return o;
}

static inline enum err team_import(struct team *t, const struct offer *offer)
{
    struct import_counts counts;
    bytes_clear(&t->text);
    bytes_puts(&t->text, "[");
    offer_put_json(&t->text, offer);
    bytes_puts(&t->text, "]");
    buf_clear(&t->why);
    return admin_offers_import(&t->admin, t->centre, bytes_str(&t->text), &counts,
                               &t->why);
}

static inline void team_offer(struct team *t, const char *code, int places)
{
    struct offer offer = team_offer_of(code, places);
    enum err err = team_import(t, &offer);
    if (err != ERR_OK) {
        fail_msg("import: %s: %s", err_name(err), t->why_memory);
    }
}

/* Puts a line of a kiosk into t->text: id nil for none. */
static inline void team_line(struct team *t, struct uid id, const char *kind, int version,
                             const char *body)
{
    bytes_clear(&t->text);
    bytes_printf(&t->text, "{\"seq\":%lld,", (long long)++t->seq);
    if (!uid_is_nil(id)) {
        bytes_printf(&t->text, "\"id\":\"%s\",", team_text(id));
    }
    bytes_printf(&t->text,
                 "\"kind\":\"%s\",\"v\":%d,\"boot\":1,\"mono_ms\":1,\"wall_ms\":1,"
                 "\"salt\":\"AAAAAAAAAAA\",\"body\":%s}",
                 kind, version, body);
}

/* The row of the line in t->text, as ingest writes it before the line takes effect. */
static inline void team_store(struct team *t, int kiosk, struct uid participant)
{
    struct wire_line line;
    wire_line_parse(bytes_str(&t->text), &line);
    assert_int_equal(storage_begin(t->hall.storage), ERR_OK);
    struct ask ask = ask_on(
        t->hall.storage, "INSERT INTO event (centre, dev, epoch, seq, kind, boot,"
                         " mono_ms, wall_ms, at_ms, participant, again, line, hash)"
                         " VALUES (:centre, :dev, :epoch, :seq, :kind, 1, 1, 1, 1, :who,"
                         " 0, :line, :hash)");
    ask_uid(&ask, ":centre", &t->centre);
    ask_uid(&ask, ":dev", &t->devs[kiosk]);
    ask_int(&ask, ":epoch", t->epochs[kiosk]);
    ask_int(&ask, ":seq", line.seq);
    ask_text(&ask, ":kind", str_of(line.kind));
    ask_uid(&ask, ":who", &participant);
    ask_text(&ask, ":line", bytes_str(&t->text));
    ask_blob(&ask, ":hash", line.hash.b, sizeof line.hash.b);
    assert_int_equal(storage_end(t->hall.storage, ask_run(&ask)), ERR_OK);
}

/* What happens to the line in t->text at a kiosk. */
static inline enum verdict team_apply(struct team *t, int kiosk)
{
    struct scene scene = team_scene(t, kiosk);
    struct wire_line line;
    enum verdict verdict = VERDICT_LINE;
    wire_line_parse(bytes_str(&t->text), &line);
    assert_int_equal(line.what, WIRE_EVENT);
    assert_int_equal(storage_begin(t->hall.storage), ERR_OK);
    enum err err = effects_apply(&scene, &line, &verdict);
    if (err != ERR_OK) {
        fail_msg("effects: %s: %s", err_name(err), storage_detail(t->hall.storage));
    }
    assert_int_equal(storage_end(t->hall.storage, err), ERR_OK);
    return verdict;
}

static inline enum verdict team_event(struct team *t, int kiosk, struct uid id,
                                      const char *kind, int version, const char *body)
{
    team_line(t, id, kind, version, body);
    return team_apply(t, kiosk);
}

/* The young person n, of this age band, with a custodian's consent. */
static inline void team_person(struct team *t, int kiosk, int n, const char *band)
{
    char body[600];
    snprintf(
        body, sizeof body,
        "{\"participant\":\"%s\",\"alias\":\"Falke %d\",\"band\":\"%s\","
        "\"band_until\":null,\"full_time_schooling\":true,\"consents\":{\"custodian\":"
        "{\"given\":true,\"until\":null},\"store\":{\"given\":true,\"until\":null}},"
        "\"interests\":[],\"tried\":[],\"again\":[],\"languages\":1,\"district\":\"\","
        "\"staff\":null}",
        team_text(team_uid('P', n)), n, band);
    assert_int_equal(
        team_event(t, kiosk, team_uid('C', n), "participant.enrolled", 1, body),
        VERDICT_OK);
}

static inline enum verdict team_wish_on(struct team *t, int kiosk, int wish, int person,
                                        const char *code, const char *date,
                                        const char *start, const char *end)
{
    char body[800];
    snprintf(
        body, sizeof body,
        "{\"participant\":\"%s\",\"code\":\"%s\",\"title\":\"T\",\"place\":\"\","
        "\"district\":\"Mitte\",\"field\":\"F03\",\"cents\":500,\"date\":\"%s\","
        "\"start\":\"%s\",\"end\":\"%s\",\"break_minutes\":0,\"site_kind\":\"nonprofit\","
        "\"work_kind\":\"garden\",\"load_g\":0,\"dangerous\":false,\"paced\":false,"
        "\"alcohol_tobacco\":false}",
        team_text(team_uid('P', person)), code, date, start, end);
    return team_event(t, kiosk, team_uid('W', wish), "wish.made", 1, body);
}

static inline enum verdict team_wish_at(struct team *t, int kiosk, int wish, int person,
                                        const char *code, const char *start,
                                        const char *end)
{
    return team_wish_on(t, kiosk, wish, person, code, TEAM_DAY, start, end);
}

static inline void team_wish(struct team *t, int kiosk, int wish, int person,
                             const char *code)
{
    assert_int_equal(team_wish_at(t, kiosk, wish, person, code, "16:00", "17:00"),
                     VERDICT_OK);
}

/* `kind` about a wish; `more` are further members, beginning with a comma. */
static inline enum verdict team_about(struct team *t, int kiosk, int wish, int person,
                                      const char *kind, int version, const char *more)
{
    char body[400];
    snprintf(body, sizeof body, "{\"wish\":\"%s\",\"participant\":\"%s\"%s}",
             team_text(team_uid('W', wish)), team_text(team_uid('P', person)), more);
    return team_event(t, kiosk, uid_make(&t->rng), kind, version, body);
}

static inline void team_confirm(struct team *t, int kiosk, int wish, int person,
                                struct uid lease)
{
    char more[120];
    bool nil = uid_is_nil(lease);
    snprintf(more, sizeof more, ",\"staff\":null,\"lease\":%s%s%s,\"centre\":false",
             nil ? "" : "\"", nil ? "null" : team_text(lease), nil ? "" : "\"");
    assert_int_equal(team_about(t, kiosk, wish, person, "wish.confirmed", 2, more),
                     VERDICT_OK);
}

static inline enum decide_answer team_decide(struct team *t, int wish, bool yes)
{
    struct decision decision = {team_uid('W', wish), t->staff, yes, "talk"};
    enum decide_answer answer = DECIDE_ANSWER_COUNT;
    buf_clear(&t->why);
    enum err err = admin_decide(&t->admin, t->centre, &decision, &answer, &t->why);
    assert_int_equal(err, ERR_OK);
    return answer;
}

/* ---- looking --------------------------------------------------------------------- */

static inline int64_t team_number(struct team *t, const char *sql, const char *text)
{
    int64_t number = INT64_MIN;
    struct ask ask = ask_on(t->hall.storage, sql);
    ask_text(&ask, ":text", str_of(text));
    if (ask_row(&ask)) {
        number = ask_get_int(&ask, 0);
    }
    assert_int_equal(ask_done(&ask), ERR_OK);
    return number;
}

/* "confirmed", or "" if there is no such wish. */
static inline const char *team_stands(struct team *t, int wish)
{
    static char state[16];
    struct uid id = team_uid('W', wish);
    state[0] = '\0';
    struct ask ask = ask_on(t->hall.storage, "SELECT state FROM wish WHERE id = :id");
    ask_uid(&ask, ":id", &id);
    if (ask_row(&ask)) {
        ask_get_text(&ask, 0, state, sizeof state);
    }
    assert_int_equal(ask_done(&ask), ERR_OK);
    return state;
}

static inline void team_expect(struct team *t, int wish, const char *state)
{
    const char *stands = team_stands(t, wish);
    if (strcmp(stands, state) != 0) {
        fail_msg("wish %d is '%s' and not '%s'", wish, stands, state);
    }
}

/* Of a row of the feed; "" if it is not there. */
static inline const char *team_row(struct team *t, const char *kind, const char *id)
{
    static char body[4000];
    body[0] = '\0';
    struct ask ask = ask_on(t->hall.storage, "SELECT coalesce(body, '') FROM feed WHERE"
                                             " kind = :kind AND id = :id");
    ask_text(&ask, ":kind", str_of(kind));
    ask_text(&ask, ":id", str_of(id));
    if (ask_row(&ask)) {
        ask_get_text(&ask, 0, body, sizeof body);
    }
    assert_int_equal(ask_done(&ask), ERR_OK);
    return body;
}

static inline bool team_row_says(struct team *t, const char *kind, const char *id,
                                 const char *words)
{
    return strstr(team_row(t, kind, id), words) != NULL;
}

static inline int64_t team_open_tasks(struct team *t, const char *kind)
{
    return team_number(
        t, "SELECT count(*) FROM task WHERE kind = :text AND state = 'open'", kind);
}

/* The open lease of a kiosk's newest body for a code; nil: none. *left_out may be NULL.
 */
static inline struct uid team_lease(struct team *t, int kiosk, const char *code,
                                    int64_t *left_out)
{
    struct uid id = {{0}};
    struct ask ask =
        ask_on(t->hall.storage, "SELECT id, places - used FROM lease WHERE dev = :dev"
                                " AND epoch = :epoch AND code = :code"
                                " AND state IN ('granted', 'recalled')");
    ask_uid(&ask, ":dev", &t->devs[kiosk]);
    ask_int(&ask, ":epoch", t->epochs[kiosk]);
    ask_text(&ask, ":code", str_of(code));
    if (ask_row(&ask)) {
        id = ask_get_uid(&ask, 0);
        if (left_out) {
            *left_out = ask_get_int(&ask, 1);
        }
    } else if (left_out) {
        *left_out = 0;
    }
    assert_int_equal(ask_done(&ask), ERR_OK);
    return id;
}

static inline void team_return(struct team *t, int kiosk, struct uid lease, int used)
{
    char body[120];
    snprintf(body, sizeof body, "{\"lease\":\"%s\",\"used\":%d}", team_text(lease), used);
    assert_int_equal(team_event(t, kiosk, uid_make(&t->rng), "lease.returned", 1, body),
                     VERDICT_OK);
}

/* What must hold at every commit. */
static inline void team_check(struct team *t, const char *where)
{
    int64_t bad = team_number(
        t,
        "SELECT count(*) FROM offer o WHERE :text <> '' AND o.places <"
        " (SELECT count(*) FROM wish w WHERE w.centre = o.centre AND w.code = o.code"
        "  AND w.date = o.date AND w.state = 'confirmed')"
        " + coalesce((SELECT sum(places - used) FROM lease l WHERE l.centre = o.centre"
        "  AND l.code = o.code AND l.date = o.date AND l.state IN ('granted', "
        "'recalled')), 0)",
        where);
    if (bad != 0) {
        fail_msg("%s: more is promised than there is", where);
    }
    bad = team_number(t, "SELECT count(*) FROM lease WHERE used > places AND :text <> ''",
                      where);
    if (bad != 0) {
        fail_msg("%s: a lease is used more than it has", where);
    }
}

#endif
