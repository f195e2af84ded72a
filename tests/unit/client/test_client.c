#include "unit/client/bench.h"

/* ---- enrolment ------------------------------------------------------------------ */

static void test_belongs_to_none(void **state)
{
    struct bench *b = *state;
    assert_int_equal(step(b), CLIENT_NOTHING);
    assert_int_equal(b->centre.ask_count, 0);
    assert_true(client_wait_ms(b->client) > 0);
}

static void test_is_enrolled(void **state)
{
    struct bench *b = *state;
    struct sync_centre centre;
    struct sync_enrol asked;
    enrol(b);
    assert_int_equal(store_centre_get(b->world.store, &centre), ERR_OK);
    assert_string_equal(centre.name, "Haus");
    assert_string_equal(centre.url, BENCH_URL);
    assert_memory_equal(centre.server.b, b->centre.server.public.b, KEY_PUBLIC_SIZE);
    assert_int_equal(store_enrol_get(b->world.store, &asked), ERR_OK);
    assert_int_equal(asked.state, SYNC_ENROL_DONE);
    assert_int_equal(run(b), CLIENT_CURRENT);
}

static void test_is_enrolled_when_the_answer_was_lost(void **state)
{
    struct bench *b = *state;
    fake_fail(&b->centre, 0, FAKE_DEAF);
    enrol(b);
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_int_equal(fake_said(&b->centre, "POST /v1/enrol"), 2);
}

static void test_waits_with_the_code_while_there_is_no_line(void **state)
{
    struct bench *b = *state;
    struct sync_enrol asked;
    b->centre.always = FAKE_REFUSED;
    assert_int_equal(store_enrol_ask(b->world.store, BENCH_URL, b->centre.code.b),
                     ERR_OK);
    assert_int_equal(run(b), CLIENT_WAIT);
    assert_int_equal(store_enrol_get(b->world.store, &asked), ERR_OK);
    assert_int_equal(asked.state, SYNC_ENROL_ASKED);
    int asks = b->centre.ask_count;
    assert_int_equal(run(b), CLIENT_WAIT);
    assert_int_equal(b->centre.ask_count, asks); /* not before its time */
    b->centre.always = FAKE_FINE;
    pass(b, client_wait_ms(b->client));
    assert_int_equal(run(b), CLIENT_CURRENT);
}

static void test_enrolment_that_fails(void **state)
{
    static const struct {
        const char *name;
        int status;
        const char *body;
        enum sync_enrol_state after;
    } rows[] = {
        {"the code is used", 403, "{\"error\":\"code\"}", SYNC_ENROL_REFUSED},
        {"no centre's server", 404, "not here", SYNC_ENROL_FAILED},
        {"a page to log in", 200, "<html></html>", SYNC_ENROL_FAILED},
        {"moved", 302, "", SYNC_ENROL_FAILED},
        {"a mac of nobody", 201,
         "{\"dev\":\"00000000000000000000000000\"}\n"
         "{\"mac\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}\n",
         SYNC_ENROL_FAILED},
        {"nothing", 201, "", SYNC_ENROL_FAILED},
    };
    struct bench *b = *state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct sync_enrol asked;
        struct sync_centre centre;
        fake_answer(&b->centre, 0, rows[i].status, rows[i].body);
        assert_int_equal(store_enrol_ask(b->world.store, BENCH_URL, b->centre.code.b),
                         ERR_OK);
        assert_int_equal(run(b), CLIENT_HELP);
        assert_int_equal(store_enrol_get(b->world.store, &asked), ERR_OK);
        if (asked.state != rows[i].after) {
            fail_msg("%s: state %d", rows[i].name, asked.state);
        }
        assert_int_equal(store_centre_get(b->world.store, &centre), ERR_NOT_FOUND);
    }
}

static void test_another_code_is_not_its_centre(void **state)
{
    struct bench *b = *state;
    struct enrol_code other = b->centre.code;
    struct sync_enrol asked;
    other.b[3] ^= 1;
    assert_int_equal(store_enrol_ask(b->world.store, BENCH_URL, other.b), ERR_OK);
    assert_int_equal(run(b), CLIENT_HELP);
    assert_int_equal(store_enrol_get(b->world.store, &asked), ERR_OK);
    assert_int_equal(asked.state, SYNC_ENROL_FAILED);
}

/* A wrong address typed in at the staff door, or a centre to be. */
static void test_a_code_that_waits_holds_no_fact_up(void **state)
{
    struct bench *b = *state;
    struct sync_enrol asked;
    fake_fail(&b->centre, 0, FAKE_REFUSED);
    assert_int_equal(
        store_enrol_ask(b->world.store, "http://127.0.0.1:2", b->centre.code.b), ERR_OK);
    put_facts(b, 1);
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_same_chain(b);
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_int_equal(fake_said(&b->centre, "POST /v1/enrol"), 2); /* and the first */
    assert_int_equal(store_enrol_get(b->world.store, &asked), ERR_OK);
    assert_int_equal(asked.state, SYNC_ENROL_ASKED);
    pass(b, 20000);
    put_facts(b, 1);
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_int_equal(store_enrol_get(b->world.store, &asked), ERR_OK);
    assert_int_equal(asked.state, SYNC_ENROL_DONE);
    assert_same_chain(b);
}

/* Who told the old centre something did not tell it this one. */
static void test_another_servers_centre_waits_for_the_lock(void **state)
{
    struct bench *b = *state;
    struct key old = b->centre.server;
    struct uid centre = b->centre.centre;
    struct sync_enrol asked;
    struct sync_centre here;
    uint64_t seed = 7;
    struct rng rng = fake_rng(&seed);
    key_make(&rng, &b->centre.server);
    b->centre.centre = uid_make(&rng);
    pass(b, 20000);
    assert_int_equal(store_enrol_ask(b->world.store, BENCH_URL, b->centre.code.b),
                     ERR_OK);
    assert_int_equal(run(b), CLIENT_HELP);
    assert_int_equal(store_enrol_get(b->world.store, &asked), ERR_OK);
    assert_int_equal(asked.state, SYNC_ENROL_ELSEWHERE);
    assert_int_equal(store_centre_get(b->world.store, &here), ERR_OK);
    assert_true(uid_eq(here.centre, centre));
    b->centre.server = old;
    b->centre.centre = centre;
    pass(b, 20000);
    put_facts(b, 1);
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_same_chain(b);
}

/* ---- up ------------------------------------------------------------------------- */

static void test_all_facts_arrive(void **state)
{
    struct bench *b = *state;
    struct sync_receipts r = receipts(b);
    assert_int_equal(r.written, r.acked);
    assert_int_equal(lamp_of(&r), LAMP_CENTRE);
    assert_int_equal(r.last_ms, FAKE_NOW_MS);
    put_facts(b, 1);
    r = receipts(b);
    assert_int_equal(lamp_of(&r), LAMP_HERE);
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_same_chain(b);
}

static void test_one_fact_is_one_request_and_one_look(void **state)
{
    struct bench *b = *state;
    int before = b->centre.ask_count;
    put_facts(b, 1);
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_int_equal(b->centre.ask_count - before, 2);
}

static void test_many_facts_go_in_growing_batches(void **state)
{
    struct bench *b = *state;
    int uploads = b->centre.uploads;
    put_facts(b, 1500);
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_same_chain(b);
    assert_in_range(b->centre.uploads - uploads, 1, 4);
}

/* What was packed while a batch was under way goes only if that one was taken whole. */
static void test_the_next_batch_waits_for_the_one_before(void **state)
{
    static const struct {
        const char *name;
        enum fake_fault fault;
        size_t part;
    } rows[] = {
        {"taken", FAKE_FINE, 0},
        {"no line", FAKE_REFUSED, 0},
        {"lost", FAKE_LOST, 0},
        {"a part came", FAKE_PART, 20000},
        {"all but the answer came", FAKE_DEAF, 0},
    };
    struct bench *b = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        put_facts(b, 1100);
        b->centre.ask_count = 0;
        memset(b->centre.asks, 0, sizeof b->centre.asks);
        fake_fail(&b->centre, 0, rows[i].fault);
        fake_next(&b->centre, 0)->part = rows[i].part;
        run_until_current(b);
        assert_same_chain(b);
    }
}

/* The receipt may say less than what was acknowledged while there is more to send; it
 * costs a commit. */
static void test_a_receipt_lags_but_never_leads(void **state)
{
    struct bench *b = *state;
    put_facts(b, 5500);
    pass(b, 1000);
    assert_int_equal(step(b), CLIENT_MORE);
    int64_t first = receipts(b).acked;
    assert_int_equal(first, b->centre.logs[1].seq);
    assert_int_equal(step(b), CLIENT_MORE);
    assert_true(b->centre.logs[1].seq > first);
    assert_int_equal(receipts(b).acked, first);
    while (log_of(b).seq < log_of(b).written) {
        pass(b, 199);
        step(b);
        assert_true(receipts(b).acked <= b->centre.logs[1].seq);
    }
    assert_same_chain(b);
}

static void test_killed_before_the_receipt(void **state)
{
    struct bench *b = *state;
    put_facts(b, 5500);
    pass(b, 1000);
    step(b);
    step(b);
    int64_t there = b->centre.logs[1].seq;
    assert_true(receipts(b).acked < there);
    restart(b);
    int uploads = b->centre.uploads;
    step(b);
    assert_true(log_of(b).seq >= there);
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_same_chain(b);
    assert_true(b->centre.uploads - uploads <= 2);
}

/* A cut may mean that the next request is for another: what is known is written down. */
static void test_after_a_cut_the_receipt_is_there(void **state)
{
    struct bench *b = *state;
    put_facts(b, 5500);
    pass(b, 1000);
    step(b);
    step(b);
    int64_t there = b->centre.logs[1].seq;
    assert_true(receipts(b).acked < there);
    fake_fail(&b->centre, 0, FAKE_REFUSED);
    assert_int_equal(step(b), CLIENT_WAIT);
    assert_int_equal(receipts(b).acked, there);
}

static void test_a_lost_answer_is_found_in_the_cursor(void **state)
{
    struct bench *b = *state;
    int uploads = b->centre.uploads;
    put_facts(b, 3);
    fake_fail(&b->centre, 0, FAKE_DEAF);
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_same_chain(b);
    assert_int_equal(b->centre.uploads - uploads, 1);
    assert_int_equal(fake_said(&b->centre, "GET /v1/log/1"), 1);
}

static void test_a_lost_request_is_sent_again(void **state)
{
    struct bench *b = *state;
    put_facts(b, 3);
    fake_fail(&b->centre, 0, FAKE_LOST);
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_same_chain(b);
}

/* Cut at any byte: what stood before a check stays, and no fact is lost or doubled. */
static void test_cut_at_any_byte(void **state)
{
    struct bench *b = *state;
    for (size_t part = 0; part < 2400; part += 97) {
        put_facts(b, 60);
        b->centre.ask_count = 0;
        memset(b->centre.asks, 0, sizeof b->centre.asks);
        fake_fail(&b->centre, 0, FAKE_PART);
        fake_next(&b->centre, 0)->part = part;
        assert_int_equal(run(b), CLIENT_CURRENT);
        assert_same_chain(b);
    }
}

static void test_a_cut_cursor_is_asked_again(void **state)
{
    struct bench *b = *state;
    put_facts(b, 3);
    fake_fail(&b->centre, 0, FAKE_DEAF);
    fake_fail(&b->centre, 1, FAKE_LOST);
    fake_fail(&b->centre, 2, FAKE_LOST);
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_same_chain(b);
    assert_int_equal(fake_said(&b->centre, "POST /v1/log/1"),
                     2); /* with that of set_up */
}

static void test_killed_after_a_lost_answer(void **state)
{
    struct bench *b = *state;
    put_facts(b, 3);
    fake_fail(&b->centre, 0, FAKE_DEAF);
    fake_fail(&b->centre, 1, FAKE_LOST);
    step(b);
    restart(b);
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_same_chain(b);
}

static void test_pauses_where_nothing_ever_arrives(void **state)
{
    struct bench *b = *state;
    put_facts(b, 3);
    b->centre.always = FAKE_LOST;
    assert_int_equal(run(b), CLIENT_WAIT);
    int asks = b->centre.ask_count;
    assert_true(client_wait_ms(b->client) >= 70);
    assert_true(asks < 40);
    assert_int_equal(run(b), CLIENT_WAIT);
    assert_int_equal(b->centre.ask_count, asks);
    int64_t first_ms = client_wait_ms(b->client);
    for (int i = 0; i < 14; i++) {
        pass(b, client_wait_ms(b->client));
        assert_int_equal(run(b), CLIENT_WAIT);
    }
    assert_true(client_wait_ms(b->client) > first_ms * 8);
    b->centre.always = FAKE_FINE;
    pass(b, client_wait_ms(b->client));
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_same_chain(b);
}

static void test_offline_says_safe_here(void **state)
{
    struct bench *b = *state;
    put_facts(b, 3);
    b->centre.always = FAKE_REFUSED;
    assert_int_equal(run(b), CLIENT_WAIT);
    struct sync_receipts r = receipts(b);
    assert_int_equal(lamp_of(&r), LAMP_HERE);
    assert_trouble(b, SYNC_TROUBLE_NONE);
}

static void test_a_network_that_comes_back_is_used_at_once(void **state)
{
    struct bench *b = *state;
    put_facts(b, 3);
    b->centre.always = FAKE_REFUSED;
    for (int i = 0; i < 10; i++) {
        assert_int_equal(run(b), CLIENT_WAIT);
        pass(b, client_wait_ms(b->client));
    }
    assert_int_equal(run(b), CLIENT_WAIT);
    b->centre.always = FAKE_FINE;
    assert_int_equal(run(b), CLIENT_WAIT);
    client_link_up(b->client);
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_same_chain(b);
}

static void test_an_acknowledgement_of_more_than_was_sent(void **state)
{
    struct bench *b = *state;
    put_facts(b, 3);
    struct sync_log before = log_of(b);
    fake_answer(&b->centre, 0, 200, "{\"seq\":4000,\"signed\":4000}");
    step(b);
    struct sync_log after = log_of(b);
    assert_int_equal(after.seq, before.seq);
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_same_chain(b);
}

static void test_too_large_means_smaller(void **state)
{
    struct bench *b = *state;
    put_facts(b, 200);
    fake_answer(&b->centre, 0, 413, "{\"error\":\"too-large\"}");
    fake_answer(&b->centre, 1, 413, "{\"error\":\"too-large\"}");
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_same_chain(b);
}

/* ---- who wrote this log --------------------------------------------------------- */

/* A copy of the folder has sent other facts under our name. */
static void fork_log(struct bench *b, int more)
{
    struct fake_log *log = &b->centre.logs[1];
    struct chain_hash line = {{9}};
    for (int i = 0; i < more; i++) {
        struct chain_hash head = chain_next(fake_head(log, log->seq), &line);
        log->heads[++log->seq - (log->start - 1)] = head;
    }
    log->signed_seq = log->seq;
}

static void test_a_fork_begins_a_new_epoch(void **state)
{
    struct bench *b = *state;
    assert_int_equal(log_of(b).seq, 6); /* five facts, and that the kiosk started */
    for (int with_restart = 0; with_restart < 2; with_restart++) {
        tear_down(state);
        set_up_current(state);
        b = *state;
        put_facts(b, 2);
        fork_log(b, 1 + with_restart * 5);
        if (with_restart != 0) {
            restart(b);
        }
        assert_int_equal(run(b), CLIENT_CURRENT);
        struct sync_log log = log_of(b);
        assert_int_equal(log.epoch, 2);
        assert_int_equal(log.start, 7);
        assert_same_chain(b);
    }
}

static void test_a_log_that_always_forks_needs_help(void **state)
{
    struct bench *b = *state;
    put_facts(b, 1);
    for (int i = 0; i < 200; i++) {
        fake_answer(&b->centre, i, 409,
                    "{\"error\":\"cursor\",\"start\":1,\"seq\":3000,\"signed\":0,"
                    "\"head\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}");
    }
    assert_int_equal(run(b), CLIENT_HELP);
    assert_trouble(b, SYNC_TROUBLE_REFUSED);
    assert_in_range(log_of(b).epoch, 1, 4);
}

static void test_a_centre_behind_us_is_sent_what_it_lost(void **state)
{
    struct bench *b = *state;
    fake_row_put(&b->centre, "news", "a", "{\"n\":1}");
    assert_int_equal(run(b), CLIENT_CURRENT);
    int from_zero = fake_said(&b->centre, "GET /v1/feed?since=0");
    b->centre.logs[1].seq = 3;
    b->centre.logs[1].signed_seq = 3;
    b->centre.generation = 2;
    b->centre.token[0] = '\0'; /* it knows no session of before */
    put_facts(b, 1);
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_same_chain(b);
    struct sync_centre centre;
    assert_int_equal(store_centre_get(b->world.store, &centre), ERR_OK);
    assert_int_equal(centre.generation, 2);
    assert_true(fake_said(&b->centre, "GET /v1/feed?since=0") > from_zero);
    assert_int_equal(log_of(b).epoch, 1);
}

static void test_a_centre_that_lost_all_is_sent_all(void **state)
{
    struct bench *b = *state;
    b->centre.logs[1] = (struct fake_log){.known = false};
    b->centre.generation = 2;
    b->centre.token[0] = '\0';
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_same_chain(b);
    assert_int_equal(b->centre.logs[log_of(b).epoch].start, 1);
}

/* What went up in an older epoch may be lost with the backup too. */
static void test_a_centre_that_lost_older_epochs_is_sent_all(void **state)
{
    struct bench *b = *state;
    put_facts(b, 1);
    fork_log(b, 1);
    assert_int_equal(run(b), CLIENT_CURRENT);
    memset(b->centre.logs, 0, sizeof b->centre.logs);
    b->centre.generation = 7;
    b->centre.token[0] = '\0';
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_same_chain(b);
    assert_int_equal(b->centre.logs[log_of(b).epoch].start, 1);
}

/* ---- sessions and trouble ------------------------------------------------------- */

static void test_a_session_that_is_over_is_opened_anew_once(void **state)
{
    struct bench *b = *state;
    int sessions = b->centre.sessions;
    put_facts(b, 1);
    fake_answer(&b->centre, 0, 401, "{\"error\":\"token\"}");
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_int_equal(b->centre.sessions - sessions, 1);
    assert_same_chain(b);
}

static void test_a_session_is_renewed_before_it_ends(void **state)
{
    struct bench *b = *state;
    int sessions = b->centre.sessions;
    pass(b, 3599000);
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_int_equal(b->centre.sessions - sessions, 1);
}

static void test_trouble(void **state)
{
    static const struct {
        const char *name;
        int status;
        const char *body;
        enum client_step step;
        enum sync_trouble trouble;
    } rows[] = {
        {"malformed", 400, "{\"error\":\"malformed\"}", CLIENT_HELP,
         SYNC_TROUBLE_REFUSED},
        {"no such place", 404, "", CLIENT_HELP, SYNC_TROUBLE_REFUSED},
        {"not so", 405, "", CLIENT_HELP, SYNC_TROUBLE_REFUSED},
        {"no session ever", 401, "{\"error\":\"token\"}", CLIENT_HELP,
         SYNC_TROUBLE_REFUSED},
        {"too old", 426, "{\"error\":\"protocol\",\"proto\":[2,3]}", CLIENT_HELP,
         SYNC_TROUBLE_PROTOCOL},
        {"forbidden by nobody", 403, "{\"error\":\"revoked\"}", CLIENT_HELP,
         SYNC_TROUBLE_SERVER},
        {"a page to log in", 200, "<html></html>", CLIENT_HELP, SYNC_TROUBLE_SERVER},
        {"busy", 503, "", CLIENT_WAIT, SYNC_TROUBLE_NONE},
        {"too many", 429, "", CLIENT_WAIT, SYNC_TROUBLE_NONE},
        {"the proxy's centre is away", 502, "", CLIENT_WAIT, SYNC_TROUBLE_NONE},
        {"moved", 302, "", CLIENT_WAIT, SYNC_TROUBLE_NONE},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        tear_down(state);
        set_up_current(state);
        struct bench *b = *state;
        put_facts(b, 1);
        restart(b);
        for (int n = 0; n < 50; n++) {
            fake_answer(&b->centre, n, rows[i].status, rows[i].body);
        }
        enum client_step last = run(b);
        struct sync_receipts r = receipts(b);
        if (last != rows[i].step || r.trouble != rows[i].trouble) {
            fail_msg("%s: step %d, trouble %s", rows[i].name, last,
                     sync_trouble_name(r.trouble));
        }
        assert_true(client_wait_ms(b->client) > 0);
        /* The same later: it mends itself when the cause is gone. */
        memset(b->centre.asks, 0, sizeof b->centre.asks);
        b->centre.ask_count = 0;
        pass(b, client_wait_ms(b->client));
        assert_int_equal(run(b), CLIENT_CURRENT);
        assert_trouble(b, SYNC_TROUBLE_NONE);
        assert_same_chain(b);
    }
}

static void test_a_strange_server_is_not_talked_to(void **state)
{
    struct bench *b = *state;
    put_facts(b, 1);
    fake_fail(&b->centre, 0, FAKE_STRANGER);
    assert_int_equal(run(b), CLIENT_HELP);
    assert_trouble(b, SYNC_TROUBLE_SERVER);
    pass(b, client_wait_ms(b->client));
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_trouble(b, SYNC_TROUBLE_NONE);
}

static void test_a_true_lock_order_locks(void **state)
{
    struct bench *b = *state;
    struct sync_centre centre;
    put_facts(b, 1);
    b->centre.revoked = true;
    assert_int_equal(run(b), CLIENT_HELP);
    assert_trouble(b, SYNC_TROUBLE_REVOKED);
    assert_int_equal(store_centre_get(b->world.store, &centre), ERR_OK);
    assert_true(centre.locked);
    int asks = b->centre.ask_count;
    pass(b, 3600000);
    assert_int_equal(run(b), CLIENT_HELP);
    assert_int_equal(b->centre.ask_count, asks);
}

static void test_a_forged_lock_order_does_not(void **state)
{
    struct bench *b = *state;
    struct bytes order = {0};
    struct key other;
    struct sync_centre centre;
    uint64_t seed = 4;
    struct rng rng = fake_rng(&seed);
    key_make(&rng, &other);
    fake_order(&b->centre, &other, &order);
    bytes_put(&order, "", 1);
    put_facts(b, 1);
    for (int n = 0; n < 20; n++) {
        fake_answer(&b->centre, n, 403, order.data);
    }
    assert_int_equal(run(b), CLIENT_HELP);
    assert_trouble(b, SYNC_TROUBLE_SERVER);
    assert_int_equal(store_centre_get(b->world.store, &centre), ERR_OK);
    assert_false(centre.locked);
    bytes_free(&order);
}

static void test_an_order_for_another_kiosk_does_not(void **state)
{
    struct bench *b = *state;
    struct sync_centre centre;
    put_facts(b, 1);
    b->centre.dev.b[0] ^= 1;
    b->centre.revoked = true;
    assert_int_equal(run(b), CLIENT_HELP);
    assert_int_equal(store_centre_get(b->world.store, &centre), ERR_OK);
    assert_false(centre.locked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH(test_belongs_to_none),
        FRESH(test_is_enrolled),
        FRESH(test_is_enrolled_when_the_answer_was_lost),
        FRESH(test_waits_with_the_code_while_there_is_no_line),
        FRESH(test_enrolment_that_fails),
        FRESH(test_another_code_is_not_its_centre),
        CURRENT(test_a_code_that_waits_holds_no_fact_up),
        CURRENT(test_another_servers_centre_waits_for_the_lock),
        CURRENT(test_all_facts_arrive),
        CURRENT(test_one_fact_is_one_request_and_one_look),
        CURRENT(test_many_facts_go_in_growing_batches),
        CURRENT(test_the_next_batch_waits_for_the_one_before),
        CURRENT(test_a_receipt_lags_but_never_leads),
        CURRENT(test_killed_before_the_receipt),
        CURRENT(test_after_a_cut_the_receipt_is_there),
        CURRENT(test_a_lost_answer_is_found_in_the_cursor),
        CURRENT(test_a_lost_request_is_sent_again),
        CURRENT(test_cut_at_any_byte),
        CURRENT(test_a_cut_cursor_is_asked_again),
        CURRENT(test_killed_after_a_lost_answer),
        CURRENT(test_pauses_where_nothing_ever_arrives),
        CURRENT(test_offline_says_safe_here),
        CURRENT(test_a_network_that_comes_back_is_used_at_once),
        CURRENT(test_an_acknowledgement_of_more_than_was_sent),
        CURRENT(test_too_large_means_smaller),
        CURRENT(test_a_fork_begins_a_new_epoch),
        CURRENT(test_a_log_that_always_forks_needs_help),
        CURRENT(test_a_centre_behind_us_is_sent_what_it_lost),
        CURRENT(test_a_centre_that_lost_all_is_sent_all),
        CURRENT(test_a_centre_that_lost_older_epochs_is_sent_all),
        CURRENT(test_a_session_that_is_over_is_opened_anew_once),
        CURRENT(test_a_session_is_renewed_before_it_ends),
        CURRENT(test_trouble),
        CURRENT(test_a_strange_server_is_not_talked_to),
        CURRENT(test_a_true_lock_order_locks),
        CURRENT(test_a_forged_lock_order_does_not),
        CURRENT(test_an_order_for_another_kiosk_does_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
