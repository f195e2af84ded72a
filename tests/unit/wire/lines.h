/* A log to send: events as a kiosk writes them, and their chain. */
#ifndef UNIT_WIRE_LINES_H
#define UNIT_WIRE_LINES_H

#include "support/support.h"
#include "unit/unit.h"
#include "wire/bytes.h"
#include "wire/line.h"

#define LOG_EVENTS 24
#define LOG_FROM 401

struct test_log {
    struct wire_header header;
    char lines[LOG_EVENTS][512];
    struct chain_hash heads[LOG_EVENTS + 1]; /* [0] before the first line */
};

static inline void log_write_line(struct buf *b, int seq, const struct rng *rng)
{
    uint8_t salt[CHAIN_SALT_SIZE];
    char salt_text[B64_SIZE(CHAIN_SALT_SIZE)], id[UID_TEXT_SIZE];
    rng_fill(rng, salt, sizeof salt);
    b64_format(salt, sizeof salt, salt_text);
    uid_format(uid_make(rng), id);
    buf_printf(b,
               "{\"seq\":%d,\"id\":\"%s\",\"kind\":\"wish.made\",\"v\":1,\"boot\":17,"
               "\"mono_ms\":%d,\"wall_ms\":1795430000000,\"salt\":\"%s\",\"body\":"
               "{\"offer\":\"R-%u\",\"note\":\"sch\xC3\xB6n\"}}",
               seq, id, 83000 + 1931 * seq, salt_text, 200 + rng_below(rng, 9));
}

static inline void log_make(struct test_log *log, const struct key *key)
{
    uint64_t seed = 11;
    struct rng rng = fake_rng(&seed);
    struct chain_hash head = chain_start(chain_device_of(&key->public), 2, LOG_FROM);
    log->header = (struct wire_header){.from = LOG_FROM, .boot = 17, .mono_ms = 83211};
    memcpy(log->header.check, head.b, CHAIN_CHECK_SIZE);
    log->heads[0] = head;
    for (int i = 0; i < LOG_EVENTS; i++) {
        struct buf b;
        buf_init(&b, log->lines[i], sizeof log->lines[i]);
        log_write_line(&b, LOG_FROM + i, &rng);
        struct chain_hash hash = chain_line_hash(buf_str(&b));
        head = log->heads[i + 1] = chain_next(&head, &hash);
    }
}

static inline struct key log_key(void)
{
    uint64_t seed = 5;
    struct rng rng = fake_rng(&seed);
    struct key key;
    assert_int_equal(proof_init(), ERR_OK);
    key_make(&rng, &key);
    return key;
}

#endif
