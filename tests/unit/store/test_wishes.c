#include "unit/store/world.h"

static struct world w;
static struct participant falke, adler;

static int setup(void **state)
{
    struct offer offers[8];
    (void)state;
    world_init(&w);
    falke = world_person(&w, 1);
    adler = world_person(&w, 2);
    for (int i = 0; i < 8; i++) {
        offers[i] = world_offer(i);
    }
    return store_offers_replace(w.store, offers, 8) == ERR_OK ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    world_done(&w);
    return 0;
}

static struct wish make(int n, const struct participant *who, int offer)
{
    struct wish wish = world_wish(n, who, offer);
    assert_int_equal(store_wish(w.store, &wish), ERR_OK);
    return wish;
}

static enum err decide(int n, int wish, bool confirm, enum decline_reason reason)
{
    struct store_decision decision = {world_uid('D', n), world_uid('W', wish),
                                      world_uid('S', 1), confirm, reason};
    return store_decide(w.store, &decision);
}

static struct wish only_wish_of(const struct participant *who)
{
    struct wish got[2];
    size_t count = 0;
    assert_int_equal(store_wishes_of(w.store, who->id, got, 2, &count), ERR_OK);
    assert_int_equal(count, 1);
    return got[0];
}

static void test_wish_comes_back_whole(void **state)
{
    (void)state;
    struct wish wish = world_wish(1, &falke, 3);
    wish.work.end = MINUTES_PER_DAY;
    wish.work.paced = true;
    strcpy(wish.title, "\"Größe\"\\ %s '; DROP TABLE wish;--");
    assert_int_equal(store_wish(w.store, &wish), ERR_OK);
    world_reopen(&w);
    struct wish got = only_wish_of(&falke);
    wish.made_wall_ms = w.time.wall_ms;
    assert_memory_equal(&got, &wish, sizeof wish);
    world_assert_replay_equal(&w);
}

static void test_wish_retry_and_conflict(void **state)
{
    (void)state;
    struct wish wish = make(1, &falke, 3);
    int64_t events = world_events(&w);
    fake_clock_advance(&w.time, 60000);
    assert_int_equal(store_wish(w.store, &wish), ERR_OK);
    struct wish other = wish;
    other.cents++;
    assert_int_equal(store_wish(w.store, &other), ERR_CONFLICT);
    other = world_wish(2, &falke, 3);
    assert_int_equal(store_wish(w.store, &other), ERR_CONFLICT);
    other = world_wish(3, &falke, 4);
    other.participant = world_uid('P', 99);
    assert_int_equal(store_wish(w.store, &other), ERR_NOT_FOUND);
    assert_int_equal(world_events(&w), events);
    make(4, &adler, 3);
}

static void test_same_offer_on_another_day_is_another_wish(void **state)
{
    (void)state;
    struct wish wish = make(1, &falke, 3);
    wish.id = world_uid('W', 2);
    wish.work.date += 7;
    assert_int_equal(store_wish(w.store, &wish), ERR_OK);
}

static const struct {
    const char *name, *code;
    int start, end;
} invalid[] = {
    {"no code", "", 960, 1080},          {"lower case", "b-1", 960, 1080},
    {"statement", "';DROP--", 960, 1080}, {"starts when it ends", "B-1", 960, 960},
    {"before midnight", "B-1", -1, 60},  {"after midnight", "B-1", 960, 1441},
};

static void test_invalid_wishes_change_nothing(void **state)
{
    (void)state;
    int64_t events = world_events(&w);
    for (size_t i = 0; i < ARRAY_LEN(invalid); i++) {
        struct wish wish = world_wish(1, &falke, 3);
        strcpy(wish.code, invalid[i].code);
        wish.work.start = invalid[i].start;
        wish.work.end = invalid[i].end;
        if (store_wish(w.store, &wish) != ERR_INVALID) {
            fail_msg("%s", invalid[i].name);
        }
    }
    assert_int_equal(world_events(&w), events);
}

static void test_too_many_open_wishes(void **state)
{
    (void)state;
    char sql[1024];
    make(0, &falke, 0);
    snprintf(
        sql, sizeof sql,
        "WITH n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
        " INSERT INTO wish SELECT randomblob(16), 9, participant, 'X-' || i, title,"
        " place, district, field, cents, date, starts, ends, break_minutes, site_kind,"
        " work_kind, load_g, dangerous, paced, alcohol_tobacco, state, reason,"
        " made_wall_ms, 0, NULL, NULL FROM n, wish",
        WISHES_MAX - 2);
    assert_int_equal(sql_run(w.state, NULL, sql), 0);
    make(1, &falke, 1);
    struct wish wish = world_wish(2, &falke, 2);
    assert_int_equal(store_wish(w.store, &wish), ERR_FULL);
    make(3, &adler, 2);
    /* Undoing one makes room. */
    assert_int_equal(
        store_wish_undo(w.store, world_uid('U', 1), world_uid('W', 1), falke.id), ERR_OK);
    assert_int_equal(store_wish(w.store, &wish), ERR_OK);
    struct wish few[3];
    size_t count = 0;
    assert_int_equal(store_wishes_of(w.store, falke.id, few, 3, &count), ERR_FULL);
    assert_int_equal(count, 3);
}

static void test_undo(void **state)
{
    (void)state;
    size_t count = 9;
    struct wish got[2];
    make(1, &falke, 3);
    make(2, &falke, 4);
    struct uid one = world_uid('W', 1), two = world_uid('W', 2);
    struct uid a = world_uid('U', 1), b = world_uid('U', 2);
    assert_int_equal(store_wish_undo(w.store, a, world_uid('W', 9), falke.id),
                     ERR_NOT_FOUND);
    assert_int_equal(store_wish_undo(w.store, a, one, adler.id), ERR_DENIED);
    assert_int_equal(store_wish_undo(w.store, a, one, (struct uid){{0}}), ERR_DENIED);
    assert_int_equal(store_wish_undo(w.store, a, one, falke.id), ERR_OK);
    assert_int_equal(store_wish_undo(w.store, a, one, falke.id), ERR_OK);
    assert_int_equal(store_wish_undo(w.store, a, two, falke.id), ERR_CONFLICT);
    assert_int_equal(store_wish_undo(w.store, b, one, falke.id), ERR_DENIED);
    assert_int_equal(decide(1, 2, true, DECLINE_NONE), ERR_OK);
    assert_int_equal(store_wish_undo(w.store, b, two, falke.id), ERR_DENIED);
    assert_int_equal(store_wishes_of(w.store, falke.id, got, 2, &count), ERR_OK);
    assert_int_equal(count, 1);
    /* A retry of a wish that was undone since does not bring it back; a new one may. */
    struct wish again = world_wish(1, &falke, 3);
    assert_int_equal(store_wish(w.store, &again), ERR_OK);
    assert_int_equal(store_wishes_of(w.store, falke.id, got, 2, &count), ERR_OK);
    assert_int_equal(count, 1);
    make(3, &falke, 3);
    world_assert_replay_equal(&w);
}

static void test_decide(void **state)
{
    (void)state;
    make(1, &falke, 3);
    make(2, &adler, 3);
    assert_int_equal(decide(1, 9, true, DECLINE_NONE), ERR_NOT_FOUND);
    assert_int_equal(decide(1, 1, true, DECLINE_NONE), ERR_OK);
    int64_t events = world_events(&w);
    assert_int_equal(decide(1, 1, true, DECLINE_NONE), ERR_OK);
    assert_int_equal(decide(2, 1, true, DECLINE_NONE), ERR_OK);
    assert_int_equal(decide(3, 1, false, DECLINE_FULL), ERR_CONFLICT);
    assert_int_equal(decide(1, 2, true, DECLINE_NONE), ERR_CONFLICT);
    assert_int_equal(world_events(&w), events);
    assert_int_equal(decide(4, 2, false, DECLINE_TALK), ERR_OK);
    assert_int_equal(decide(5, 2, false, DECLINE_TALK), ERR_OK);
    assert_int_equal(decide(6, 2, false, DECLINE_FULL), ERR_CONFLICT);
    assert_int_equal(decide(7, 2, true, DECLINE_NONE), ERR_CONFLICT);
    assert_int_equal(world_events(&w), events + 1);
    assert_int_equal(only_wish_of(&falke).state, WISH_CONFIRMED);
    assert_int_equal(only_wish_of(&adler).state, WISH_DECLINED);
    assert_int_equal(only_wish_of(&adler).reason, DECLINE_TALK);
    assert_int_equal(
        store_wish_undo(w.store, world_uid('U', 1), world_uid('W', 1), falke.id),
        ERR_DENIED);
    make(3, &falke, 4);
    assert_int_equal(
        store_wish_undo(w.store, world_uid('U', 2), world_uid('W', 3), falke.id), ERR_OK);
    assert_int_equal(decide(8, 3, true, DECLINE_NONE), ERR_CONFLICT);
    world_assert_replay_equal(&w);
}

static void test_no_more_confirmed_than_places(void **state)
{
    (void)state;
    struct offer offers[8];
    size_t count;
    struct participant third = world_person(&w, 3);
    make(1, &falke, 3);
    make(2, &adler, 3);
    make(3, &third, 3);
    assert_int_equal(decide(1, 1, true, DECLINE_NONE), ERR_OK);
    assert_int_equal(decide(2, 2, true, DECLINE_NONE), ERR_OK);
    assert_int_equal(decide(3, 3, true, DECLINE_NONE), ERR_DENIED);
    assert_int_equal(decide(1, 1, true, DECLINE_NONE), ERR_OK);
    assert_int_equal(store_offers_list(w.store, WORLD_TODAY, offers, 8, &count), ERR_OK);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(offers[i].taken, strcmp(offers[i].code, "B-0003") == 0 ? 2 : 0);
    }
    /* The centre gave one away: what is taken never exceeds the places. */
    struct offer less = world_offer(3);
    less.taken = 1;
    assert_int_equal(store_offers_replace(w.store, &less, 1), ERR_OK);
    assert_int_equal(store_offers_list(w.store, WORLD_TODAY, offers, 8, &count), ERR_OK);
    assert_int_equal(offers[0].taken, 2);
    /* An offer that left the feed is the coach's to judge. */
    assert_int_equal(store_offers_replace(w.store, NULL, 0), ERR_OK);
    assert_int_equal(decide(3, 3, true, DECLINE_NONE), ERR_OK);
}

static void test_staff_list_order(void **state)
{
    (void)state;
    static const int order[] = {2, 4, 3, 1};
    struct wish got[8];
    size_t count = 0;
    make(1, &falke, 1);
    make(2, &falke, 2);
    make(3, &falke, 3);
    make(4, &adler, 1);
    make(5, &adler, 4);
    make(6, &adler, 0);
    assert_int_equal(decide(1, 1, true, DECLINE_NONE), ERR_OK);
    assert_int_equal(decide(2, 3, false, DECLINE_FULL), ERR_OK);
    assert_int_equal(
        store_wish_undo(w.store, world_uid('U', 1), world_uid('W', 5), adler.id), ERR_OK);
    assert_int_equal(store_wishes_list(w.store, WORLD_TODAY + 1, got, 8, &count), ERR_OK);
    assert_int_equal(count, 4);
    for (size_t i = 0; i < count; i++) {
        assert_true(uid_eq(got[i].id, world_uid('W', order[i])));
    }
    assert_string_equal(got[1].alias, "Falke 2");
    assert_int_equal(store_wishes_list(w.store, DATE_NONE, got, 8, &count), ERR_OK);
    assert_int_equal(count, 5);
    assert_int_equal(store_wishes_list(w.store, DATE_NONE, got, 4, &count), ERR_FULL);
    assert_int_equal(count, 4);
}

static void test_answers_without_signing_in(void **state)
{
    (void)state;
    struct uid nobody = {{0}}, fact = world_uid('F', 1);
    char code[10240];
    memset(code, 'B', sizeof code);
    assert_int_equal(store_unfit(w.store, fact, nobody, STR("B-0001"), UNFIT_TIME),
                     ERR_OK);
    int64_t events = world_events(&w);
    assert_int_equal(store_unfit(w.store, fact, nobody, STR("B-0001"), UNFIT_TIME),
                     ERR_OK);
    assert_int_equal(store_unfit(w.store, fact, nobody, STR("B-0001"), UNFIT_WORK),
                     ERR_CONFLICT);
    assert_int_equal(store_talk(w.store, fact, nobody), ERR_CONFLICT);
    fact = world_uid('F', 2);
    assert_int_equal(
        store_unfit(w.store, fact, world_uid('P', 9), STR("B-1"), UNFIT_TIME),
        ERR_NOT_FOUND);
    assert_int_equal(store_unfit(w.store, fact, nobody, (struct str){code, sizeof code},
                                 UNFIT_TIME), ERR_INVALID);
    assert_int_equal(store_unfit(w.store, fact, nobody, STR("x'); DROP"), UNFIT_TIME),
                     ERR_INVALID);
    assert_int_equal(store_unfit(w.store, nobody, nobody, STR("B-1"), UNFIT_TIME),
                     ERR_INVALID);
    assert_int_equal(world_events(&w), events);
    assert_int_equal(store_unfit(w.store, fact, falke.id, STR("B-0001"), UNFIT_NONE),
                     ERR_OK);
    assert_int_equal(store_talk(w.store, world_uid('T', 1), nobody), ERR_OK);
    assert_int_equal(store_talk(w.store, world_uid('T', 2), falke.id), ERR_OK);
    assert_int_equal(store_talk(w.store, world_uid('T', 2), falke.id), ERR_OK);
    assert_int_equal(world_events(&w), events + 3);
    world_assert_replay_equal(&w);
}

static int talks_open(void)
{
    struct store_overview all;
    assert_int_equal(store_overview(w.store, &all), ERR_OK);
    return all.talks;
}

static void test_who_wants_to_talk(void **state)
{
    (void)state;
    struct store_talk got[3];
    size_t count = 9;
    assert_int_equal(store_talks_list(w.store, got, 3, &count), ERR_OK);
    assert_int_equal(count, 0);
    assert_int_equal(store_talk(w.store, world_uid('T', 1), falke.id), ERR_OK);
    int64_t asked_ms = w.time.wall_ms;
    fake_clock_advance(&w.time, 5000);
    assert_int_equal(store_talk(w.store, world_uid('T', 2), adler.id), ERR_OK);
    assert_int_equal(store_talk(w.store, world_uid('T', 3), falke.id), ERR_OK);
    assert_int_equal(store_talk(w.store, world_uid('T', 4), (struct uid){{0}}), ERR_OK);
    assert_int_equal(store_talks_list(w.store, got, 1, &count), ERR_FULL);
    assert_int_equal(count, 1);
    assert_int_equal(store_talks_list(w.store, got, 3, &count), ERR_OK);
    assert_int_equal(count, 2);
    assert_true(uid_eq(got[0].participant, falke.id));
    assert_true(uid_eq(got[0].id, world_uid('T', 1)));
    assert_string_equal(got[0].alias, falke.alias);
    assert_true(got[0].wall_ms == asked_ms);
    assert_string_equal(got[1].alias, adler.alias);
    assert_int_equal(talks_open(), 3);
}

static void test_talked(void **state)
{
    (void)state;
    struct uid coach = world_uid('S', 1), fact = world_uid('D', 1), nobody = {{0}};
    struct store_talk got[3];
    size_t count = 0;
    assert_int_equal(store_talk(w.store, world_uid('T', 1), falke.id), ERR_OK);
    assert_int_equal(store_talk(w.store, world_uid('T', 2), falke.id), ERR_OK);
    assert_int_equal(store_talk(w.store, world_uid('T', 3), adler.id), ERR_OK);
    int64_t events = world_events(&w);
    assert_int_equal(store_talked(w.store, nobody, falke.id, coach), ERR_INVALID);
    assert_int_equal(store_talked(w.store, fact, nobody, coach), ERR_INVALID);
    assert_int_equal(store_talked(w.store, fact, world_uid('P', 9), coach),
                     ERR_NOT_FOUND);
    assert_int_equal(store_talked(w.store, fact, falke.id, coach), ERR_OK);
    assert_int_equal(store_talked(w.store, fact, falke.id, coach), ERR_OK);
    assert_int_equal(store_talked(w.store, fact, adler.id, coach), ERR_CONFLICT);
    assert_int_equal(store_talked(w.store, world_uid('D', 2), falke.id, coach), ERR_OK);
    assert_int_equal(world_events(&w), events + 1);
    assert_int_equal(store_talks_list(w.store, got, 3, &count), ERR_OK);
    assert_int_equal(count, 1);
    assert_string_equal(got[0].alias, adler.alias);
    assert_int_equal(talks_open(), 1);
    world_assert_replay_equal(&w);
    /* Asked again later, it is open again. */
    assert_int_equal(store_talk(w.store, world_uid('T', 4), falke.id), ERR_OK);
    assert_int_equal(talks_open(), 2);
    world_assert_replay_equal(&w);
}

static void test_about_and_overview(void **state)
{
    (void)state;
    struct store_about about;
    struct store_overview all;
    make(1, &falke, 1);
    make(2, &falke, 2);
    make(3, &adler, 1);
    assert_int_equal(decide(1, 1, true, DECLINE_NONE), ERR_OK);
    assert_int_equal(decide(2, 3, false, DECLINE_FULL), ERR_OK);
    assert_int_equal(
        store_unfit(w.store, world_uid('F', 1), falke.id, STR("B-1"), UNFIT_TIME),
        ERR_OK);
    assert_int_equal(store_talk(w.store, world_uid('T', 1), falke.id), ERR_OK);
    assert_int_equal(store_about(w.store, world_uid('P', 9), &about), ERR_NOT_FOUND);
    assert_int_equal(store_about(w.store, falke.id, &about), ERR_OK);
    assert_int_equal(about.wishes, 2);
    assert_int_equal(about.unfits, 1);
    assert_int_equal(about.talks, 1);
    assert_int_equal(about.cards, 1);
    assert_int_equal(about.events, 6);
    assert_int_equal(about.jobs, 1);
    assert_int_equal(about.views, 0);
    assert_int_equal(about.items, 0);
    assert_int_equal(store_overview(w.store, &all), ERR_OK);
    assert_int_equal(all.people, 2);
    assert_int_equal(all.wishes_asked, 1);
    assert_int_equal(all.wishes_confirmed, 1);
    assert_int_equal(all.wishes_declined, 1);
    assert_int_equal(all.talks, 1);
    assert_int_equal(all.offers, 8);
    assert_int_equal(all.events, 10);
    assert_true(all.disk_free_bytes > 0 && all.state_bytes > 0 && all.feed_bytes > 0);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(test_wish_comes_back_whole),
        CASE(test_wish_retry_and_conflict),
        CASE(test_same_offer_on_another_day_is_another_wish),
        CASE(test_invalid_wishes_change_nothing),
        CASE(test_too_many_open_wishes),
        CASE(test_undo),
        CASE(test_decide),
        CASE(test_no_more_confirmed_than_places),
        CASE(test_staff_list_order),
        CASE(test_answers_without_signing_in),
        CASE(test_who_wants_to_talk),
        CASE(test_talked),
        CASE(test_about_and_overview),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
