/* Random days of a centre: kiosks that are late, coaches, moved numbers, copies, liars.
 * At every commit no more is promised than there is, and what an honest kiosk promised
 * with its lease is kept. */
#include "unit/server/team.h"

#define SEEDS 40
#define STEPS 160
#define PEOPLE 24
#define OFFERS 3
#define WISHES 200
#define QUEUE 400
#define KNOWN 64

struct known_lease {
    struct uid id;
    int offer, places, used;
    bool open, forced; /* forced: staff took it away unseen */
};
struct known_wish {
    int kiosk, person, offer;
    bool undone, confirmed;
};
struct letter {
    char *line;
    size_t len;
    int64_t epoch;
    int wish; /* of a promise with a lease; else 0 */
    int lease;
};
struct kiosk {
    struct known_lease leases[KNOWN];
    int lease_count;
    struct letter queue[QUEUE];
    int head, tail;
};

static struct team t;
static struct kiosk kiosks[TEAM_KIOSKS];
static struct known_wish wishes[WISHES + 1];
static int wish_count;
static uint64_t seed_now;

static const char *const codes[OFFERS] = {"A1", "A2", "A3"};

static int dice(uint32_t sides)
{
    return (int)rng_below(&t.rng, sides);
}

/* ---- kiosks ---------------------------------------------------------------------- */

static void post(int k, int wish, int lease)
{
    struct kiosk *kiosk = &kiosks[k];
    assert_true(kiosk->tail < QUEUE);
    struct letter *letter = &kiosk->queue[kiosk->tail++];
    *letter = (struct letter){
        .len = t.text.len, .epoch = t.epochs[k], .wish = wish, .lease = lease};
    letter->line = malloc(t.text.len);
    assert_non_null(letter->line);
    memcpy(letter->line, t.text.data, t.text.len);
}

static int make_wish(int k, int person, int offer)
{
    char body[700];
    int wish = ++wish_count;
    wishes[wish] = (struct known_wish){k, person, offer, false, false};
    snprintf(body, sizeof body,
             "{\"participant\":\"%s\",\"code\":\"%s\",\"date\":\"" TEAM_DAY "\","
             "\"start\":\"16:00\",\"end\":\"17:00\",\"break_minutes\":0,"
             "\"site_kind\":\"nonprofit\",\"work_kind\":\"garden\",\"load_g\":0,"
             "\"dangerous\":false,\"paced\":false,\"alcohol_tobacco\":false}",
             team_text(team_uid('P', person)), codes[offer]);
    team_line(&t, team_uid('W', wish), "wish.made", 1, body);
    post(k, 0, 0);
    return wish;
}

static void say(int k, int wish, const char *kind, struct uid lease, int promise,
                int mine)
{
    char body[300];
    bool nil = uid_is_nil(lease);
    snprintf(body, sizeof body,
             "{\"wish\":\"%s\",\"participant\":\"%s\",\"staff\":null,\"reason\":\"talk\","
             "\"lease\":%s%s%s}",
             team_text(team_uid('W', wish)),
             team_text(team_uid('P', wishes[wish].person)), nil ? "" : "\"",
             nil ? "null" : team_text(lease), nil ? "" : "\"");
    team_line(&t, uid_make(&t.rng), kind, 1, body);
    post(k, promise, mine);
}

/* Who takes a leased place has it: the promise that must be kept. */
static void take_with_lease(int k, int person)
{
    struct kiosk *kiosk = &kiosks[k];
    for (int i = 0; i < kiosk->lease_count; i++) {
        struct known_lease *lease = &kiosk->leases[i];
        if (lease->open && lease->used < lease->places) {
            int wish = make_wish(k, person, lease->offer);
            lease->used++;
            wishes[wish].confirmed = true;
            say(k, wish, "wish.confirmed", lease->id, wish, i);
            return;
        }
    }
}

static struct known_lease *lease_known(int k, struct uid id)
{
    struct kiosk *kiosk = &kiosks[k];
    for (int i = 0; i < kiosk->lease_count; i++) {
        if (uid_eq(kiosk->leases[i].id, id)) {
            return &kiosk->leases[i];
        }
    }
    return NULL;
}

static void hear_lease(int k, struct uid id, int offer, int places, bool recalled)
{
    char body[120];
    struct known_lease *lease = lease_known(k, id);
    if (!lease) {
        assert_true(kiosks[k].lease_count < KNOWN);
        lease = &kiosks[k].leases[kiosks[k].lease_count++];
        *lease = (struct known_lease){id, offer, places, 0, true, false};
    }
    if (recalled && lease->open) {
        lease->open = false;
        snprintf(body, sizeof body, "{\"lease\":\"%s\",\"used\":%d}", team_text(id),
                 lease->used);
        team_line(&t, uid_make(&t.rng), "lease.returned", 1, body);
        post(k, 0, 0);
    }
}

/* Reads the leases for the kiosk's newest body, as the feed has them. */
static void hear(int k)
{
    struct uid after = {{0}};
    for (bool more = true; more;) {
        struct uid id;
        char code[OFFER_CODE_SIZE];
        int places = 0;
        bool recalled = false;
        struct ask ask = ask_on(
            t.hall.storage, "SELECT id, code, places, state = 'recalled' FROM lease"
                            " WHERE dev = :dev AND epoch = :epoch AND id > :after"
                            " AND state IN ('granted', 'recalled') ORDER BY id LIMIT 1");
        ask_uid(&ask, ":dev", &t.devs[k]);
        ask_int(&ask, ":epoch", t.epochs[k]);
        ask_blob(&ask, ":after", after.b, sizeof after.b);
        more = ask_row(&ask);
        if (more) {
            id = ask_get_uid(&ask, 0);
            ask_get_text(&ask, 1, code, sizeof code);
            places = (int)ask_get_int(&ask, 2);
            recalled = ask_get_int(&ask, 3);
        }
        assert_int_equal(ask_done(&ask), ERR_OK);
        if (more) {
            hear_lease(k, id, code[1] - '1', places, recalled);
            after = id;
        }
    }
}

/* ---- the line to the centre ------------------------------------------------------ */

static void apply(int k, const struct letter *letter, bool fails)
{
    struct scene scene = team_scene(&t, k);
    struct wire_line line;
    enum verdict verdict;
    scene.epoch = letter->epoch;
    wire_line_parse((struct str){letter->line, letter->len}, &line);
    assert_int_equal(line.what, WIRE_EVENT);
    assert_int_equal(storage_begin(t.hall.storage), ERR_OK);
    enum err err = effects_apply(&scene, &line, &verdict);
    assert_int_equal(err, ERR_OK);
    assert_int_equal(storage_end(t.hall.storage, fails ? ERR_IO : ERR_OK),
                     fails ? ERR_IO : ERR_OK);
}

static void deliver(int k)
{
    struct kiosk *kiosk = &kiosks[k];
    if (kiosk->head == kiosk->tail) {
        return;
    }
    struct letter *letter = &kiosk->queue[kiosk->head++];
    char before[16] = "";
    if (letter->wish) {
        strcpy(before, team_stands(&t, letter->wish));
    }
    for (int tries = dice(3); tries > 0; tries--) {
        apply(k, letter, true); /* a commit that failed: the kiosk sends it again */
    }
    apply(k, letter, false);
    bool asks = strcmp(before, "asked") == 0 || strcmp(before, "waiting") == 0 ||
                strcmp(before, "wanted") == 0;
    if (asks && !kiosk->leases[letter->lease].forced) {
        team_expect(&t, letter->wish, "confirmed");
    }
    free(letter->line);
}

/* ---- staff ----------------------------------------------------------------------- */

static void put_places(int offer, int places)
{
    struct offer o = team_offer_of(codes[offer], places);
    enum err err = team_import(&t, &o);
    assert_true(err == ERR_OK || err == ERR_INVALID); /* below what is promised */
}

static void decide_some(void)
{
    if (wish_count > 0) {
        int wish = 1 + dice((uint32_t)wish_count);
        enum decide_answer answer = team_decide(&t, wish, dice(4) > 0);
        if (answer == DECIDE_OK) {
            enum decide_answer again = team_decide(&t, wish, true);
            assert_true(again == DECIDE_ALREADY || again == DECIDE_DECLINED);
        }
    }
}

static void take_lease_away(int k, bool forced)
{
    struct kiosk *kiosk = &kiosks[k];
    if (kiosk->lease_count == 0) {
        return;
    }
    struct known_lease *lease = &kiosk->leases[dice((uint32_t)kiosk->lease_count)];
    enum err err = forced ? admin_lease_revoke(&t.admin, t.centre, lease->id)
                          : admin_lease_recall(&t.admin, t.centre, lease->id);
    assert_int_equal(err, ERR_OK);
    lease->forced |= forced;
}

static void lie(int k)
{
    int other = dice(TEAM_KIOSKS);
    struct uid lease = {{0}};
    if (kiosks[other].lease_count > 0) {
        lease = kiosks[other].leases[dice((uint32_t)kiosks[other].lease_count)].id;
    }
    if (wish_count > 0 && k != other) {
        say(k, 1 + dice((uint32_t)wish_count), "wish.confirmed", lease, 0, 0);
    }
}

static void undo(void)
{
    int wish = wish_count > 0 ? 1 + dice((uint32_t)wish_count) : 0;
    if (wish && !wishes[wish].confirmed && !wishes[wish].undone) {
        struct uid none = {{0}};
        wishes[wish].undone = true;
        say(wishes[wish].kiosk, wish, "wish.undone", none, 0, 0);
    }
}

static void step(int k)
{
    struct uid none = {{0}};
    int person = 1 + dice(PEOPLE), what = dice(40), wish;
    switch (what) {
    case 0:
    case 1:
    case 2:
        make_wish(k, person, dice(OFFERS));
        break;
    case 3:
    case 4:
    case 5:
    case 6:
    case 7:
        take_with_lease(k, person);
        break;
    case 8:
        wish = make_wish(k, person, dice(OFFERS));
        wishes[wish].confirmed = true;
        say(k, wish, "wish.confirmed", none, 0, 0);
        break;
    case 9:
        lie(k);
        break;
    case 10:
    case 11:
        undo();
        break;
    case 12:
    case 13:
    case 14:
    case 15:
    case 16:
    case 17:
        hear(k);
        break;
    case 18:
    case 19:
    case 20:
    case 21:
    case 23:
        decide_some();
        break;
    case 22:
        put_places(dice(OFFERS), 1 + dice(dice(4) ? 5 : 24));
        break;
    case 24:
        take_lease_away(k, dice(2));
        break;
    case 25:
        if (dice(4) == 0) {
            kiosks[k].lease_count = 0; /* a copy of its folder holds none */
            team_epoch(&t, k, t.epochs[k] + 1);
        }
        break;
    case 26:
        if (dice(6) == 0) {
            assert_int_equal(
                admin_person_forget(&t.admin, t.centre, team_uid('P', person)), ERR_OK);
        }
        break;
    case 27:
        if (dice(3) == 0) {
            int offer = dice(OFFERS);
            assert_int_equal(
                admin_offer_call_off(&t.admin, t.centre, str_of(codes[offer])), ERR_OK);
        }
        break;
    default:
        deliver(k);
    }
}

/* ---- what must hold -------------------------------------------------------------- */

static void check_none(const char *what, const char *sql)
{
    if (team_number(&t, sql, "") != 0) {
        fail_msg("seed %llu: %s", (unsigned long long)seed_now, what);
    }
}

static void check_all(void)
{
    team_check(&t, "a step");
    check_none("two open leases for one body",
               "SELECT count(*) FROM (SELECT 1 FROM lease WHERE state IN ('granted',"
               " 'recalled') AND :text = '' GROUP BY dev, epoch, code, date"
               " HAVING count(*) > 1)");
    check_none(
        "somebody is asked to wait although a place is free",
        "SELECT count(*) FROM offer o WHERE o.state = 'open' AND :text = ''"
        " AND EXISTS (SELECT 1 FROM wish w WHERE w.code = o.code AND w.state = 'waiting')"
        " AND o.places > (SELECT count(*) FROM wish w WHERE w.code = o.code"
        "  AND w.state = 'confirmed') + coalesce((SELECT sum(places - used) FROM lease l"
        "  WHERE l.code = o.code AND l.state IN ('granted', 'recalled')), 0)");
    check_none("somebody hopes although the offer is full",
               "SELECT count(*) FROM offer o WHERE o.state = 'open' AND :text = ''"
               " AND EXISTS (SELECT 1 FROM wish w WHERE w.code = o.code"
               "  AND w.state IN ('asked', 'wanted'))"
               " AND o.places <= (SELECT count(*) FROM wish w WHERE w.code = o.code"
               "  AND w.state = 'confirmed')");
    check_none("somebody is wanted and no kiosk holds the place",
               "SELECT count(*) FROM wish w WHERE w.state = 'wanted' AND :text = ''"
               " AND NOT EXISTS (SELECT 1 FROM lease l WHERE l.code = w.code"
               "  AND l.state = 'recalled')");
    check_none(
        "an offer's row counts wrong",
        "SELECT count(*) FROM offer o JOIN feed f ON f.kind = 'offer' AND f.id = o.code"
        " WHERE f.body NOT LIKE '%\"taken\":' || (SELECT count(*) FROM wish w"
        "  WHERE w.code = o.code AND w.state = 'confirmed') || '}' AND :text = ''");
}

/* The rows are keyed by the text of an id, which SQL cannot make. */
static void check_rows(void)
{
    for (int i = 1; i <= wish_count; i++) {
        const char *stands = team_stands(&t, i);
        const char *row = team_row(&t, "wish", team_text(team_uid('W', i)));
        char start[40];
        snprintf(start, sizeof start, "{\"state\":\"%s\"",
                 strcmp(stands, "wanted") == 0 ? "asked" : stands);
        bool gone = strcmp(stands, "") == 0;
        bool silent = strcmp(stands, "asked") == 0 && row[0] == '\0';
        if (gone ? row[0] != '\0' : !silent && strncmp(row, start, strlen(start)) != 0) {
            fail_msg("seed %llu: wish %d is '%s' and its row %s",
                     (unsigned long long)seed_now, i, stands, row);
        }
    }
}

static void begin(uint64_t seed)
{
    team_init(&t, seed * 7919 + 1);
    memset(kiosks, 0, sizeof kiosks);
    wish_count = 0;
    for (int k = 0; k < TEAM_KIOSKS; k++) {
        team_kiosk(&t, k);
    }
    for (int person = 1; person <= PEOPLE; person++) {
        team_person(&t, 0, person, "18+");
    }
    for (int offer = 0; offer < OFFERS; offer++) {
        put_places(offer, 1 + dice(offer == 2 ? 2 : 16));
    }
}

static void end(void)
{
    for (int k = 0; k < TEAM_KIOSKS; k++) {
        while (kiosks[k].head < kiosks[k].tail) {
            deliver(k);
        }
    }
    check_all();
    check_rows();
    team_done(&t);
}

static void test_promises_are_kept(void **state)
{
    (void)state;
    int64_t confirmed = 0, leased = 0, too_many = 0, waited = 0;
    for (seed_now = 1; seed_now <= SEEDS; seed_now++) {
        begin(seed_now);
        for (int i = 0; i < STEPS; i++) {
            step(dice(TEAM_KIOSKS));
            check_all();
        }
        check_rows();
        confirmed +=
            hall_number(&t.hall, "SELECT count(*) FROM wish WHERE state = 'confirmed'");
        leased += hall_number(&t.hall, "SELECT coalesce(sum(used), 0) FROM lease");
        waited +=
            hall_number(&t.hall, "SELECT count(*) FROM wish WHERE state = 'waiting'");
        too_many += team_open_tasks(&t, TASK_TOO_MANY);
        end();
    }
    print_message("%d confirmed, %d by lease, %d waiting, %d too many\n", (int)confirmed,
                  (int)leased, (int)waited, (int)too_many);
    /* It meets all of it. */
    assert_true(confirmed > SEEDS && leased > SEEDS && waited > 0 && too_many > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_promises_are_kept)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
