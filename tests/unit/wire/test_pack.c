#include "wire/pack.h"
#include "unit/wire/lines.h"

#include <zstd.h>

static struct key key;
static struct test_log log_sent;
static uint8_t signature[KEY_SIGNATURE_SIZE];

static int setup(void **state)
{
    (void)state;
    key = log_key();
    log_make(&log_sent, &key);
    memset(signature, 0xAB, sizeof signature);
    return 0;
}

static struct wire_pack *made(enum wire_coding coding)
{
    struct wire_pack *pack;
    assert_int_equal(wire_pack_make(coding, &pack), ERR_OK);
    return pack;
}

/* Byte for byte as PROTOCOL.md has it. */
static void test_plain(void **state)
{
    struct wire_header header = {
        .from = 413, .boot = 17, .mono_ms = 83211, .check = {0, 1, 2, 3, 4, 5, 6, 7}};
    struct chain_hash head = {{0xFF, 1, 2, 3, 4, 5, 6, 7, 8}};
    static const char text[] =
        "{\"from\":413,\"check\":\"AAECAwQFBgc\",\"boot\":17,\"mono_ms\":83211}\n"
        "{\"seq\":413}\n"
        "{\"check\":\"_wECAwQFBgc\"}\n"
        "{\"sig\":\"q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6ur"
        "q6urq6urq6urq6urq6urq6urqw\"}\n";
    struct wire_pack *pack = made(WIRE_PLAIN);
    (void)state;
    wire_pack_begin(pack, &header);
    wire_pack_line(pack, STR("{\"seq\":413}"));
    wire_pack_check(pack, &head);
    assert_int_equal(wire_pack_end(pack, signature), ERR_OK);
    struct str body = wire_pack_body(pack);
    assert_int_equal(body.len, strlen(text));
    assert_memory_equal(body.ptr, text, body.len);
    assert_int_equal(wire_pack_raw(pack), strlen(text));
    wire_pack_free(pack);
    wire_pack_free(NULL);
}

static void write_log(struct wire_pack *pack, int events)
{
    wire_pack_begin(pack, &log_sent.header);
    for (int i = 0; i < events; i++) {
        wire_pack_line(pack, str_of(log_sent.lines[i]));
    }
    assert_int_equal(wire_pack_end(pack, signature), ERR_OK);
}

/* What zstd's own one-shot decoder reads is what was written. */
static void test_zstd_is_plain(void **state)
{
    static char out[LOG_EVENTS * 512];
    struct wire_pack *plain = made(WIRE_PLAIN), *zstd = made(WIRE_ZSTD);
    (void)state;
    for (int events = 0; events <= LOG_EVENTS; events += 6) {
        write_log(plain, events);
        write_log(zstd, events);
        struct str body = wire_pack_body(zstd), text = wire_pack_body(plain);
        size_t len = ZSTD_decompress(out, sizeof out, body.ptr, body.len);
        assert_int_equal(len, text.len);
        assert_memory_equal(out, text.ptr, len);
        assert_int_equal(wire_pack_raw(zstd), len);
    }
    wire_pack_free(plain);
    wire_pack_free(zstd);
}

/* A pack that was left half written begins anew. */
static void test_begin_clears(void **state)
{
    struct wire_pack *pack = made(WIRE_ZSTD), *other = made(WIRE_ZSTD);
    (void)state;
    wire_pack_begin(pack, &log_sent.header);
    wire_pack_line(pack, str_of(log_sent.lines[7]));
    wire_pack_check(pack, &log_sent.heads[1]);
    wire_pack_line(pack, str_of(log_sent.lines[8]));
    write_log(pack, 3);
    write_log(other, 3);
    assert_true(str_eq(wire_pack_body(pack), wire_pack_body(other)));
    wire_pack_free(pack);
    wire_pack_free(other);
}

/* One event is a header, its line and a signature, whose random bytes nothing shortens.
 */
static void test_small_is_small(void **state)
{
    struct wire_pack *pack = made(WIRE_ZSTD);
    uint64_t seed = 3;
    struct rng rng = fake_rng(&seed);
    (void)state;
    rng_fill(&rng, signature, sizeof signature);
    write_log(pack, 1);
    assert_in_range(wire_pack_body(pack).len, 1, 350);
    write_log(pack, LOG_EVENTS);
    assert_in_range(wire_pack_body(pack).len / LOG_EVENTS, 1, 60);
    wire_pack_free(pack);
}

/* What both ends know before is not sent: most of a single event. */
static void test_words_are_known(void **state)
{
    struct wire_pack *zstd = made(WIRE_ZSTD), *words = made(WIRE_WORDS);
    (void)state;
    write_log(zstd, 1);
    for (int round = 0; round < 2; round++) { /* known for each body anew */
        write_log(words, 1);
        assert_in_range(wire_pack_body(words).len, 1, wire_pack_body(zstd).len - 50);
    }
    wire_pack_free(zstd);
    wire_pack_free(words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_zstd_is_plain),
        cmocka_unit_test(test_begin_clears),
        cmocka_unit_test(test_small_is_small),
        cmocka_unit_test(test_words_are_known),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
