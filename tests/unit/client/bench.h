/* A kiosk's store and client beside a centre in memory. */
#ifndef UNIT_CLIENT_BENCH_H
#define UNIT_CLIENT_BENCH_H

#include "client/client.h"
#include "domain/lamp.h"
#include "proof/key.h"
#include "support/support.h"
#include "unit/store/world.h"
#include "unit/unit.h"

#include "unit/client/fake_centre.h"

#define BENCH_URL "http://127.0.0.1:1"
#define BENCH_STEPS_MAX 300

struct bench {
    struct world world;
    struct fake_centre centre;
    struct client *client;
    uint64_t seed;
    int facts;
};

static inline void open_client(struct bench *b)
{
    const struct client_options options = {
        .store = b->world.store,
        .link = fake_link(&b->centre),
        .clock = fake_clock(&b->world.time),
        .rng = fake_rng(&b->seed),
        .model = "test",
    };
    assert_int_equal(client_make(&options, &b->client), ERR_OK);
}

/* Another process on the same folder. */
static inline void restart(struct bench *b)
{
    client_free(b->client);
    world_reopen(&b->world);
    open_client(b);
}

static inline void put_facts(struct bench *b, int count)
{
    for (int i = 0; i < count; i++) {
        struct uid id = world_uid('U', b->facts++);
        struct uid nobody = {{0}};
        assert_int_equal(store_unfit(b->world.store, id, nobody, STR("R-204"), 1),
                         ERR_OK);
    }
}

static inline enum client_step step(struct bench *b)
{
    return client_step(b->client, 0);
}

/* Steps until something else than "more" comes. */
static inline enum client_step run(struct bench *b)
{
    enum client_step last = CLIENT_MORE;
    for (int i = 0; last == CLIENT_MORE; i++) {
        assert_true(i < BENCH_STEPS_MAX);
        last = step(b);
    }
    return last;
}

static inline void pass(struct bench *b, int64_t ms)
{
    fake_clock_advance(&b->world.time, ms);
}

/* Until all is sent and here, a second of waiting between two steps. */
static inline void run_until_current(struct bench *b)
{
    while (run(b) != CLIENT_CURRENT) {
        pass(b, 1000);
    }
}

static inline struct sync_log log_of(struct bench *b)
{
    struct sync_log log;
    assert_int_equal(store_log_get(b->world.store, &log), ERR_OK);
    return log;
}

static inline struct sync_receipts receipts(struct bench *b)
{
    struct sync_receipts receipts;
    assert_int_equal(store_receipts(b->world.store, &receipts), ERR_OK);
    return receipts;
}

/* The centre has all of the log, and the chains are equal. */
static inline void assert_same_chain(struct bench *b)
{
    struct sync_log log = log_of(b);
    const struct fake_log *theirs = &b->centre.logs[log.epoch];
    assert_true(theirs->known);
    assert_int_equal(log.seq, log.written);
    assert_int_equal(theirs->seq, log.written);
    assert_int_equal(theirs->signed_seq, log.written);
    assert_true(chain_eq(fake_head(theirs, theirs->seq), &log.head));
}

static inline void assert_trouble(struct bench *b, enum sync_trouble trouble)
{
    struct sync_receipts r = receipts(b);
    assert_string_equal(sync_trouble_name(r.trouble), sync_trouble_name(trouble));
    assert_int_equal(lamp_of(&r) == LAMP_HELP, trouble != SYNC_TROUBLE_NONE);
}

static inline void enrol(struct bench *b)
{
    assert_int_equal(store_enrol_ask(b->world.store, BENCH_URL, b->centre.code.b),
                     ERR_OK);
    assert_int_equal(step(b), CLIENT_MORE);
}

static inline int set_up(void **state)
{
    struct bench *b = calloc(1, sizeof *b);
    assert_int_equal(proof_init(), ERR_OK);
    b->seed = 77;
    world_init(&b->world);
    fake_centre_init(&b->centre);
    open_client(b);
    *state = b;
    return 0;
}

/* Enrolled, with five facts, all of them at the centre. */
static inline int set_up_current(void **state)
{
    set_up(state);
    struct bench *b = *state;
    put_facts(b, 5);
    enrol(b);
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_same_chain(b);
    return 0;
}

static inline int tear_down(void **state)
{
    struct bench *b = *state;
    client_free(b->client);
    world_done(&b->world);
    free(b);
    return 0;
}

/* A kiosk that is not enrolled yet, and one that has all and has sent all. */
#define FRESH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
#define CURRENT(test) cmocka_unit_test_setup_teardown(test, set_up_current, tear_down)

#endif
