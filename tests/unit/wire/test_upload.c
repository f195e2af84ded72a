#include "wire/upload.h"
#include "unit/wire/lines.h"
#include "wire/pack.h"

#include <stdio.h>
#include <zstd.h>

static struct key key;
static struct test_log log_sent;

static int setup(void **state)
{
    (void)state;
    key = log_key();
    log_make(&log_sent, &key);
    return 0;
}

/* The log's first lines with a check behind each third, and their signature. */
static struct wire_pack *packed(enum wire_coding coding, int events)
{
    struct wire_pack *pack;
    uint8_t signature[KEY_SIGNATURE_SIZE];
    assert_int_equal(wire_pack_make(coding, &pack), ERR_OK);
    wire_pack_begin(pack, &log_sent.header);
    for (int i = 0; i < events; i++) {
        wire_pack_line(pack, str_of(log_sent.lines[i]));
        if (i % 3 == 2) {
            wire_pack_check(pack, &log_sent.heads[i + 1]);
        }
    }
    chain_sign(&key, &log_sent.heads[events], signature);
    assert_int_equal(wire_pack_end(pack, signature), ERR_OK);
    return pack;
}

static struct wire_upload *made(enum wire_coding coding)
{
    struct wire_upload *upload;
    assert_int_equal(wire_upload_make(coding, &upload), ERR_OK);
    return upload;
}

static void assert_same(const struct wire_line *a, const struct wire_line *b)
{
    assert_int_equal(a->what, b->what);
    assert_true(chain_eq(&a->hash, &b->hash));
    assert_int_equal(a->seq, b->seq);
    assert_string_equal(a->kind, b->kind);
    assert_int_equal(a->version, b->version);
    assert_int_equal(a->has_id, b->has_id);
    assert_true(uid_eq(a->id, b->id));
    assert_int_equal(a->boot, b->boot);
    assert_int_equal(a->mono_ms, b->mono_ms);
    assert_int_equal(a->wall_ms, b->wall_ms);
    assert_true(str_eq(a->body, b->body));
    assert_memory_equal(a->check, b->check, sizeof a->check);
    assert_memory_equal(a->signature, b->signature, sizeof a->signature);
}

/* What is there must be the log from its first line on; returns how many events. */
static int assert_prefix(const struct wire_upload *upload)
{
    int events = 0;
    for (size_t i = 0; i < wire_upload_count(upload); i++) {
        struct wire_line line, anew;
        struct str text;
        wire_upload_at(upload, i, &line, &text);
        wire_line_parse(text, &anew);
        assert_same(&line, &anew);
        if (line.what == WIRE_EVENT) {
            assert_true(str_eq(text, str_of(log_sent.lines[events])));
            struct chain_hash head = chain_next(&log_sent.heads[events], &line.hash);
            assert_true(chain_eq(&head, &log_sent.heads[++events]));
        } else if (line.what == WIRE_CHECK) {
            assert_memory_equal(line.check, log_sent.heads[events].b, CHAIN_CHECK_SIZE);
        } else {
            assert_int_equal(line.what, WIRE_SIG);
            assert_true(
                chain_verify(&key.public, &log_sent.heads[events], line.signature));
        }
    }
    return events;
}

/* Cut at every byte: what was fed is a prefix, and it never shrinks. */
static void cut_everywhere(enum wire_coding coding)
{
    struct wire_pack *pack = packed(coding, LOG_EVENTS);
    struct str body = wire_pack_body(pack);
    int before = 0;
    for (size_t len = 0; len <= body.len; len++) {
        struct wire_upload *upload = made(coding);
        assert_int_equal(wire_upload_feed(upload, body.ptr, len), ERR_OK);
        int events = assert_prefix(upload);
        assert_true(events >= before);
        assert_true(wire_upload_header(upload) != NULL || events == 0);
        before = events;
        wire_upload_free(upload);
    }
    assert_int_equal(before, LOG_EVENTS);
    wire_pack_free(pack);
}

static void test_cut_plain(void **state)
{
    (void)state;
    cut_everywhere(WIRE_PLAIN);
}

static void test_cut_zstd(void **state)
{
    (void)state;
    cut_everywhere(WIRE_ZSTD);
}

static void test_cut_words(void **state)
{
    (void)state;
    cut_everywhere(WIRE_WORDS);
}

static void test_pieces(void **state)
{
    static const size_t pieces[] = {1, 2, 7, 100, 4096};
    static const enum wire_coding codings[] = {WIRE_PLAIN, WIRE_ZSTD, WIRE_WORDS};
    (void)state;
    for (size_t p = 0; p < 3 * ARRAY_LEN(pieces); p++) {
        enum wire_coding coding = codings[p % 3];
        size_t piece = pieces[p / 3];
        struct wire_pack *pack = packed(coding, LOG_EVENTS);
        struct str body = wire_pack_body(pack);
        struct wire_upload *upload = made(coding);
        for (size_t at = 0; at < body.len; at += piece) {
            size_t len = body.len - at < piece ? body.len - at : piece;
            assert_int_equal(wire_upload_feed(upload, body.ptr + at, len), ERR_OK);
        }
        assert_int_equal(assert_prefix(upload), LOG_EVENTS);
        assert_int_equal(wire_upload_count(upload), LOG_EVENTS + LOG_EVENTS / 3 + 1);
        assert_int_equal(wire_upload_header(upload)->from, LOG_FROM);
        assert_int_equal(wire_upload_header(upload)->mono_ms, 83211);
        wire_upload_free(upload);
        wire_pack_free(pack);
    }
}

/* A check is a flush: who gets everything up to it can read everything before it. */
static void test_check_flushes(void **state)
{
    struct wire_pack *pack;
    (void)state;
    assert_int_equal(wire_pack_make(WIRE_ZSTD, &pack), ERR_OK);
    wire_pack_begin(pack, &log_sent.header);
    for (int i = 0; i < LOG_EVENTS; i++) {
        wire_pack_line(pack, str_of(log_sent.lines[i]));
        wire_pack_check(pack, &log_sent.heads[i + 1]);
        struct wire_upload *upload = made(WIRE_ZSTD);
        struct str body = wire_pack_body(pack);
        assert_int_equal(wire_upload_feed(upload, body.ptr, body.len), ERR_OK);
        assert_int_equal(assert_prefix(upload), i + 1);
        assert_int_equal(wire_upload_count(upload), 2 * (i + 1));
        wire_upload_free(upload);
    }
    wire_pack_free(pack);
}

/* Rubbish behind what is whole takes nothing of it along, in however large a piece. */
static void test_rubbish_behind(void **state)
{
    struct wire_pack *pack;
    struct bytes b = {0};
    (void)state;
    assert_int_equal(wire_pack_make(WIRE_ZSTD, &pack), ERR_OK);
    wire_pack_begin(pack, &log_sent.header);
    wire_pack_line(pack, str_of(log_sent.lines[0]));
    wire_pack_check(pack, &log_sent.heads[1]);
    wire_pack_line(pack, str_of(log_sent.lines[1]));
    wire_pack_check(pack, &log_sent.heads[2]);
    bytes_put(&b, wire_pack_body(pack).ptr, wire_pack_body(pack).len);
    bytes_put(&b, "\xFF\xFF\xFF\xFF\xFF\xFF", 6);
    struct wire_upload *upload = made(WIRE_ZSTD);
    assert_int_equal(wire_upload_feed(upload, b.data, b.len), ERR_INVALID);
    assert_int_equal(wire_upload_feed(upload, b.data, 4), ERR_INVALID);
    assert_int_equal(assert_prefix(upload), 2);
    assert_int_equal(wire_upload_count(upload), 4);
    wire_upload_free(upload);
    wire_pack_free(pack);
    bytes_free(&b);
}

/* One wrong bit anywhere: an error or other lines, never a step too far; the chain is for
 * who has the head. */
static void test_any_bit_wrong(void **state)
{
    struct wire_pack *pack = packed(WIRE_ZSTD, 6);
    struct str body = wire_pack_body(pack);
    char *wrong = malloc(body.len);
    (void)state;
    assert_non_null(wrong);
    for (size_t bit = 0; bit < body.len * 8; bit++) {
        memcpy(wrong, body.ptr, body.len);
        wrong[bit / 8] ^= (char)(1 << bit % 8);
        struct wire_upload *upload = made(WIRE_ZSTD);
        enum err err = wire_upload_feed(upload, wrong, body.len);
        assert_true(err == ERR_OK || err == ERR_INVALID || err == ERR_FULL);
        for (size_t i = 0; i < wire_upload_count(upload); i++) {
            struct wire_line line;
            struct str text;
            wire_upload_at(upload, i, &line, &text);
        }
        wire_upload_free(upload);
    }
    free(wrong);
    wire_pack_free(pack);
}

#define HEADER "{\"from\":1,\"check\":\"AAAAAAAAAAA\",\"boot\":1,\"mono_ms\":1}\n"

static enum err feed_text(struct wire_upload *upload, const char *text)
{
    return wire_upload_feed(upload, text, strlen(text));
}

static void test_no_header(void **state)
{
    struct wire_upload *upload = made(WIRE_PLAIN);
    (void)state;
    assert_int_equal(feed_text(upload, "{\"from\":1"), ERR_OK);
    assert_null(wire_upload_header(upload));
    assert_int_equal(feed_text(upload, "}\n"), ERR_INVALID);
    assert_null(wire_upload_header(upload));
    assert_int_equal(feed_text(upload, HEADER), ERR_INVALID);
    assert_int_equal(wire_upload_count(upload), 0);
    wire_upload_free(upload);
    wire_upload_free(NULL);
}

static void test_nothing_behind_a_signature(void **state)
{
    struct wire_pack *pack = packed(WIRE_PLAIN, 2);
    struct str body = wire_pack_body(pack);
    struct wire_upload *upload = made(WIRE_PLAIN);
    (void)state;
    assert_int_equal(wire_upload_feed(upload, body.ptr, body.len), ERR_OK);
    assert_int_equal(feed_text(upload, "x"), ERR_OK); /* no line yet */
    assert_int_equal(feed_text(upload, "\n"), ERR_INVALID);
    assert_int_equal(assert_prefix(upload), 2);
    wire_upload_free(upload);
    wire_pack_free(pack);
}

static void test_line_too_long(void **state)
{
    static char line[WIRE_LINE_MAX + 1];
    struct wire_upload *upload = made(WIRE_PLAIN);
    (void)state;
    memset(line, 'x', sizeof line);
    assert_int_equal(feed_text(upload, HEADER), ERR_OK);
    assert_int_equal(wire_upload_feed(upload, line, WIRE_LINE_MAX), ERR_OK);
    assert_int_equal(feed_text(upload, "\n"), ERR_OK);
    assert_int_equal(wire_upload_count(upload), 1);
    assert_int_equal(wire_upload_feed(upload, line, WIRE_LINE_MAX), ERR_OK);
    assert_int_equal(feed_text(upload, "x"), ERR_FULL);
    assert_int_equal(feed_text(upload, "\n"), ERR_FULL);
    assert_int_equal(wire_upload_count(upload), 1);
    wire_upload_free(upload);
}

static void test_too_many(void **state)
{
    static const struct {
        const char *line;
        size_t max;
    } rows[] = {{"{}\n", WIRE_EVENTS_MAX},
                {"{\"check\":\"AAAAAAAAAAA\"}\n", 2 * WIRE_EVENTS_MAX + 1}};
    (void)state;
    for (size_t r = 0; r < ARRAY_LEN(rows); r++) {
        struct wire_upload *upload = made(WIRE_PLAIN);
        assert_int_equal(feed_text(upload, HEADER), ERR_OK);
        for (size_t i = 0; i < rows[r].max; i++) {
            assert_int_equal(feed_text(upload, rows[r].line), ERR_OK);
        }
        assert_int_equal(feed_text(upload, rows[r].line), ERR_FULL);
        assert_int_equal(wire_upload_count(upload), rows[r].max);
        wire_upload_free(upload);
    }
}

/* `text` and then zeros, all of them 256 MB, in a few kilobytes. */
static size_t make_bomb(const char *text, char *out, size_t size)
{
    static char zeros[1 << 20];
    ZSTD_CCtx *zstd = ZSTD_createCCtx();
    ZSTD_outBuffer to = {out, size, 0};
    ZSTD_inBuffer from = {text, strlen(text), 0};
    ZSTD_CCtx_setParameter(zstd, ZSTD_c_windowLog, WIRE_WINDOW_LOG);
    assert_false(ZSTD_isError(ZSTD_compressStream2(zstd, &to, &from, ZSTD_e_flush)));
    for (int i = 0; i < 256; i++) {
        from = (ZSTD_inBuffer){zeros, sizeof zeros, 0};
        assert_false(
            ZSTD_isError(ZSTD_compressStream2(zstd, &to, &from, ZSTD_e_continue)));
    }
    assert_int_equal(ZSTD_compressStream2(zstd, &to, &from, ZSTD_e_end), 0);
    ZSTD_freeCCtx(zstd);
    return to.pos;
}

static void test_bomb(void **state)
{
    static char bomb[1 << 20];
    struct wire_upload *upload = made(WIRE_ZSTD);
    size_t len = make_bomb(HEADER "{}\n", bomb, sizeof bomb);
    (void)state;
    assert_true(len < 64 * 1024);
    assert_int_equal(wire_upload_feed(upload, bomb, len), ERR_FULL);
    assert_int_equal(wire_upload_count(upload), 1);
    assert_true(wire_upload_memory(upload) < 512 * 1024);
    wire_upload_free(upload);
}

/* Bodies of just the size that is allowed, and one byte more. */
static void test_body_max(void **state)
{
    static char body[WIRE_UPLOAD_MAX + 1], zstd[WIRE_UPLOAD_MAX];
    (void)state;
    for (size_t at = 0; at < sizeof body; at += 8192) {
        memset(body + at, 'x', sizeof body - at < 8192 ? sizeof body - at : 8192);
        body[at + 8191 < sizeof body ? at + 8191 : sizeof body - 1] = '\n';
    }
    memcpy(body, HEADER, sizeof HEADER - 1);
    for (size_t more = 0; more < 2; more++) {
        struct wire_upload *upload = made(WIRE_PLAIN);
        enum err expected = more ? ERR_FULL : ERR_OK;
        assert_int_equal(wire_upload_feed(upload, body, WIRE_UPLOAD_MAX + more),
                         expected);
        assert_int_equal(wire_upload_count(upload), 512);
        wire_upload_free(upload);
        upload = made(WIRE_ZSTD);
        size_t len = ZSTD_compress(zstd, sizeof zstd, body, 1 << 20, 1);
        for (int part = 0; part < 4; part++) {
            assert_int_equal(wire_upload_feed(upload, zstd, len), ERR_OK);
            len = ZSTD_compress(zstd, sizeof zstd, body + (1 << 20), 1 << 20, 1);
        }
        len = ZSTD_compress(zstd, sizeof zstd, "\n", more, 1);
        assert_int_equal(wire_upload_feed(upload, zstd, len), expected);
        assert_int_equal(wire_upload_count(upload), 512);
        wire_upload_free(upload);
    }
}

static void test_window_too_large(void **state)
{
    static char body[3 << 20], zstd[1 << 20];
    struct wire_upload *upload = made(WIRE_ZSTD);
    (void)state;
    memset(body, '\n', sizeof body);
    memcpy(body, HEADER, sizeof HEADER - 1);
    size_t len = ZSTD_compress(zstd, sizeof zstd, body, sizeof body, 3);
    assert_int_equal(wire_upload_feed(upload, zstd, len), ERR_INVALID);
    assert_null(wire_upload_header(upload));
    wire_upload_free(upload);
}

static void test_not_the_coding(void **state)
{
    struct wire_upload *upload = made(WIRE_ZSTD);
    (void)state;
    assert_int_equal(feed_text(upload, HEADER), ERR_INVALID);
    wire_upload_free(upload);
    upload = made(WIRE_ZSTD);
    /* zstd 0.5 behind a first byte that is right */
    assert_int_equal(wire_upload_feed(upload, "\x28\x25\xB5\x2F\xFD\0\0\0\0\0\0", 11),
                     ERR_INVALID);
    wire_upload_free(upload);
    upload = made(WIRE_PLAIN);
    assert_int_equal(wire_upload_feed(upload, "\x28\xB5\x2F\xFD\n", 5), ERR_INVALID);
    wire_upload_free(upload);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cut_plain),
        cmocka_unit_test(test_cut_zstd),
        cmocka_unit_test(test_cut_words),
        cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_check_flushes),
        cmocka_unit_test(test_rubbish_behind),
        cmocka_unit_test(test_any_bit_wrong),
        cmocka_unit_test(test_no_header),
        cmocka_unit_test(test_nothing_behind_a_signature),
        cmocka_unit_test(test_line_too_long),
        cmocka_unit_test(test_too_many),
        cmocka_unit_test(test_bomb),
        cmocka_unit_test(test_body_max),
        cmocka_unit_test(test_window_too_large),
        cmocka_unit_test(test_not_the_coding),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
