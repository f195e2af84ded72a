#include "server/quota.h"
#include "unit/server/fake_effects.h"
#include "unit/server/town.h"

static void test_all_at_once(void **state)
{
    struct town town;
    struct kiosk kiosk;
    (void)state;
    town_make(&town);
    kiosk_join(&town, &kiosk);
    assert_int_equal(kiosk_cursor(&town, &kiosk), -1);
    assert_int_equal(kiosk.status, 404);
    kiosk_events(&kiosk, 10);
    assert_int_equal(kiosk_upload(&town, &kiosk, 1, 10), 200);
    assert_int_equal(kiosk_number(&kiosk, "seq"), 10);
    assert_int_equal(kiosk_number(&kiosk, "signed"), 10);
    assert_head(&town, &kiosk, 10);
    assert_int_equal(effects_applied, 10);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM event WHERE again = 0"),
                     10);
    /* The answer was lost and everything is sent again. */
    assert_int_equal(kiosk_upload(&town, &kiosk, 1, 10), 409);
    assert_int_equal(kiosk_number(&kiosk, "seq"), 10);
    assert_int_equal(kiosk_number(&kiosk, "start"), 1);
    assert_int_equal(effects_applied, 10);
    kiosk_events(&kiosk, 3);
    assert_int_equal(kiosk_upload(&town, &kiosk, 11, 13), 200);
    assert_head(&town, &kiosk, 13);
    assert_int_equal(new_bodies, 1);
    /* A gap. */
    kiosk_events(&kiosk, 3);
    assert_int_equal(kiosk_upload(&town, &kiosk, 15, 16), 409);
    assert_head(&town, &kiosk, 13);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM task"), 0);
    kiosk_done(&kiosk);
    town_done(&town);
}

static void test_lines_as_they_came(void **state)
{
    struct town town;
    struct kiosk kiosk;
    (void)state;
    town_make(&town);
    kiosk_join(&town, &kiosk);
    kiosk_events(&kiosk, 1);
    assert_int_equal(kiosk_upload(&town, &kiosk, 1, 1), 200);
    struct ask ask =
        ask_on(town.hall.storage, "SELECT line, hash, kind, t_ms FROM event");
    assert_true(ask_row(&ask));
    assert_true(str_eq(ask_peek_text(&ask, 0), str_of(kiosk.lines[0])));
    struct chain_hash hash = chain_line_hash(str_of(kiosk.lines[0]));
    assert_memory_equal(ask_peek_blob(&ask, 1).ptr, hash.b, sizeof hash.b);
    assert_true(str_eq(ask_peek_text(&ask, 2), STR("shift.began")));
    /* The session's contact was at 1000, the event at 0 of the same boot. */
    assert_int_equal(ask_get_int(&ask, 3), TOWN_NOW - 1000);
    assert_int_equal(ask_done(&ask), ERR_OK);
    kiosk_done(&kiosk);
    town_done(&town);
}

/* Cut behind each byte: what stands before the last check is there, and going on from the
 * cursor leads to the same log. */
static void test_cut_at_each_byte(void **state)
{
    (void)state;
    for (size_t cut = 0;; cut += cut < 200 ? 1 : 7) {
        struct town town;
        struct kiosk kiosk;
        struct wire_pack *pack;
        town_make(&town);
        kiosk_join(&town, &kiosk);
        kiosk_events(&kiosk, 6);
        assert_int_equal(wire_pack_make(WIRE_PLAIN, &pack), ERR_OK);
        kiosk_pack(&kiosk, 1, 6, 2, pack);
        struct str body = wire_pack_body(pack);
        bool whole = cut >= body.len;
        struct str part = {body.ptr, whole ? body.len : cut};
        int status = kiosk_send(&town, &kiosk, part);
        assert_int_equal(status, whole ? 200 : 400);
        int64_t seq = kiosk_cursor(&town, &kiosk);
        assert_true(seq == -1 || seq == 2 || seq == 4 || seq == 6);
        assert_int_equal(effects_applied, seq < 0 ? 0 : seq);
        if (seq >= 0) {
            assert_int_equal(kiosk_number(&kiosk, "signed"), whole ? 6 : 0);
        }
        if (seq < 6) {
            assert_int_equal(kiosk_upload(&town, &kiosk, seq < 0 ? 1 : seq + 1, 6), 200);
        }
        assert_head(&town, &kiosk, 6);
        assert_int_equal(effects_applied, 6);
        wire_pack_free(pack);
        kiosk_done(&kiosk);
        town_done(&town);
        if (whole) {
            break;
        }
    }
}

/* All lines were taken with a check, the signature was cut off: it comes alone. */
static void test_signature_comes_later(void **state)
{
    struct town town;
    struct kiosk kiosk;
    struct wire_pack *pack;
    (void)state;
    town_make(&town);
    kiosk_join(&town, &kiosk);
    kiosk_events(&kiosk, 4);
    assert_int_equal(wire_pack_make(WIRE_PLAIN, &pack), ERR_OK);
    kiosk_pack(&kiosk, 1, 4, 4, pack);
    struct str body = wire_pack_body(pack);
    body.len -= 30;
    assert_int_equal(kiosk_send(&town, &kiosk, body), 400);
    assert_int_equal(kiosk_cursor(&town, &kiosk), 4);
    assert_int_equal(kiosk_number(&kiosk, "signed"), 0);
    assert_int_equal(kiosk_upload(&town, &kiosk, 5, 4), 200);
    assert_int_equal(kiosk_number(&kiosk, "signed"), 4);
    assert_head(&town, &kiosk, 4);
    wire_pack_free(pack);
    kiosk_done(&kiosk);
    town_done(&town);
}

/* ---- wrong chains ------------------------------------------------------------------ */

static struct str text_of(struct kiosk *kiosk, struct bytes *out, const int *order,
                          size_t count)
{
    char check[16];
    uint8_t signature[KEY_SIGNATURE_SIZE];
    struct chain_hash head = kiosk->heads[0];
    b64_format(head.b, CHAIN_CHECK_SIZE, check);
    bytes_printf(out, "{\"from\":1,\"check\":\"%s\",\"boot\":1,\"mono_ms\":1}\n", check);
    for (size_t i = 0; i < count; i++) {
        struct wire_line line;
        if (order[i] > 0) {
            const char *text = kiosk->lines[order[i] - 1];
            bytes_printf(out, "%s\n", text);
            wire_line_parse(str_of(text), &line);
            head = chain_next(&head, &line.hash);
            continue;
        }
        struct chain_hash said = head;
        said.b[0] = (uint8_t)(said.b[0] ^ (order[i] == -1));
        b64_format(said.b, CHAIN_CHECK_SIZE, check);
        bytes_printf(out, "{\"check\":\"%s\"}\n", check);
    }
    chain_sign(&kiosk->key, &head, signature);
    bytes_puts(out, "{\"sig\":\"");
    bytes_b64(out, signature, sizeof signature);
    bytes_puts(out, "\"}\n");
    return bytes_str(out);
}

static void test_wrong_chains(void **state)
{
    /* Numbers are lines, 0 is a check, -1 a wrong one. */
    static const struct {
        const char *name;
        int order[6];
        size_t count;
        int status;
        int64_t seq;
    } rows[] = {
        {"in order", {1, 2, 3}, 3, 200, 3},
        {"wrong check at once", {-1, 1, 2}, 3, 400, -1},
        {"wrong check behind a right one", {1, 0, 2, -1, 3}, 5, 400, 1},
        {"a number is left out", {1, 0, 3}, 3, 400, 1},
        {"a number twice", {1, 2, 0, 2, 3}, 5, 400, 2},
        {"does not begin with from", {2, 3}, 2, 400, -1},
        {"nothing but a signature", {0}, 1, 200, -1},
        {"two checks", {1, 0, 0, 2}, 4, 200, 2},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct town town;
        struct kiosk kiosk;
        struct bytes out = {0};
        town_make(&town);
        kiosk_join(&town, &kiosk);
        kiosk_events(&kiosk, 3);
        int status = kiosk_send(&town, &kiosk,
                                text_of(&kiosk, &out, rows[i].order, rows[i].count));
        int64_t seq = kiosk_cursor(&town, &kiosk);
        if (status != rows[i].status || seq != rows[i].seq) {
            fail_msg("%s: %d, seq %lld", rows[i].name, status, (long long)seq);
        }
        assert_int_equal(effects_applied, seq < 0 ? 0 : seq);
        bytes_free(&out);
        kiosk_done(&kiosk);
        town_done(&town);
    }
}

static void test_wrong_signature(void **state)
{
    struct town town;
    struct kiosk kiosk, other;
    (void)state;
    town_make(&town);
    kiosk_join(&town, &kiosk);
    kiosk_make(&town, &other);
    kiosk_events(&kiosk, 6);
    struct key right = kiosk.key;
    kiosk.key = other.key;
    assert_int_equal(kiosk_upload(&town, &kiosk, 1, 6), 400); /* a check behind 4 */
    assert_non_null(strstr(kiosk.reply, "\"chain\",\"seq\":4"));
    assert_head(&town, &kiosk, 4);
    assert_int_equal(kiosk_number(&kiosk, "signed"), 0);
    kiosk.key = right;
    assert_int_equal(kiosk_upload(&town, &kiosk, 5, 6), 200);
    assert_int_equal(kiosk_number(&kiosk, "signed"), 6);
    kiosk_done(&kiosk);
    kiosk_done(&other);
    town_done(&town);
}

/* ---- what is not understood -------------------------------------------------------- */

static void test_parked(void **state)
{
    struct town town;
    struct kiosk kiosk;
    char expected[128], dev[UID_TEXT_SIZE];
    (void)state;
    town_make(&town);
    kiosk_join(&town, &kiosk);
    kiosk_event(&kiosk, "shift.began", "{}");
    kiosk_event(&kiosk, "odd.kind", "{}");
    kiosk_line(&kiosk, "this is no line, but it has bytes: \xff\xfe");
    kiosk_event(&kiosk, "bad.body", "{}");
    kiosk_line(&kiosk,
               "{\"seq\":5,\"gone\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}");
    kiosk_event(&kiosk, "put.row", "{\"n\":1}");
    assert_int_equal(kiosk_upload(&town, &kiosk, 1, 6), 200);
    assert_head(&town, &kiosk, 6);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM event"), 6);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM parked"), 3);
    assert_int_equal(town_number(&town, "SELECT seq FROM parked WHERE why = 'line'"), 3);
    assert_int_equal(town_number(&town, "SELECT length(line) FROM event WHERE seq = 5"),
                     0);
    assert_int_equal(kiosk_ask(&town, &kiosk, CORE_FEED, "", 0, 0), 200);
    uid_format(kiosk.dev, dev);
    snprintf(expected, sizeof expected,
             "\"kind\":\"verdict\",\"id\":\"%s.1.2\",\"body\":{\"why\":\"kind\"}}", dev);
    assert_non_null(strstr(kiosk.reply, expected));
    assert_non_null(strstr(kiosk.reply, "\"id\":\"R-1\",\"body\":{\"n\":1}"));
    kiosk_done(&kiosk);
    town_done(&town);
}

/* What it stored is safe and said to be; what it causes is taken back alone, and tried
 * again until it can be. */
static void test_effects_that_fail(void **state)
{
    struct town town;
    struct kiosk good, bad;
    struct core_job jobs[2];
    struct wire_pack *pack;
    (void)state;
    town_make(&town);
    kiosk_join(&town, &good);
    kiosk_join(&town, &bad);
    kiosk_events(&good, 2);
    kiosk_events(&bad, 1);
    kiosk_event(&bad, "break.it", "{}");
    assert_int_equal(wire_pack_make(WIRE_PLAIN, &pack), ERR_OK);
    struct kiosk *kiosks[] = {&bad, &good};
    for (int i = 0; i < 2; i++) {
        jobs[i] = (struct core_job){
            .what = CORE_UPLOAD, .token = str_of(kiosks[i]->token), .epoch = 1};
        kiosk_pack(kiosks[i], 1, 2, 1, pack);
        struct str body = wire_pack_body(pack);
        assert_int_equal(wire_upload_make(WIRE_PLAIN, &jobs[i].upload), ERR_OK);
        assert_int_equal(wire_upload_feed(jobs[i].upload, body.ptr, body.len), ERR_OK);
    }
    core_run(town.core, jobs, 2);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(jobs[i].status, 200);
        assert_null(jobs[i].upload);
        kiosk_answer(kiosks[i], &jobs[i]);
    }
    core_settle(town.core);
    assert_true(core_has_due(town.core));
    assert_int_equal(town_number(&town, "SELECT count(*) FROM event"), 4);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM feed"), 0);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM log WHERE done < seq"), 1);
    /* The disk is well again. */
    town_exec(&town, "UPDATE event SET line = replace(line, 'break.it', 'put.row')");
    core_settle(town.core);
    assert_false(core_has_due(town.core));
    assert_int_equal(town_number(&town, "SELECT count(*) FROM feed"), 1);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM log WHERE done < seq"), 0);
    wire_pack_free(pack);
    kiosk_done(&good);
    kiosk_done(&bad);
    town_done(&town);
}

/* A server that was killed behind the answer: what is due is done by the next. */
static void test_killed_before_the_effects(void **state)
{
    struct town town;
    struct kiosk kiosk;
    struct wire_pack *pack;
    (void)state;
    town_make(&town);
    kiosk_join(&town, &kiosk);
    kiosk_event(&kiosk, "put.row", "{\"n\":1}");
    kiosk_event(&kiosk, "odd.kind", "{}");
    struct core_job job = {
        .what = CORE_UPLOAD, .token = str_of(kiosk.token), .epoch = kiosk.epoch};
    assert_int_equal(wire_pack_make(WIRE_PLAIN, &pack), ERR_OK);
    kiosk_pack(&kiosk, 1, 2, 1, pack);
    struct str body = wire_pack_body(pack);
    assert_int_equal(wire_upload_make(WIRE_PLAIN, &job.upload), ERR_OK);
    assert_int_equal(wire_upload_feed(job.upload, body.ptr, body.len), ERR_OK);
    core_run(town.core, &job, 1);
    kiosk_answer(&kiosk, &job);
    assert_int_equal(kiosk.status, 200);
    assert_int_equal(effects_applied, 0);
    core_free(town.core);
    town_core(&town);
    core_settle(town.core);
    assert_int_equal(kiosk_cursor(&town, &kiosk), 2);
    assert_int_equal(effects_applied, 2);
    assert_int_equal(new_bodies, 1);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM feed WHERE kind = 'offer'"),
                     1);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM parked"), 1);
    assert_false(core_has_due(town.core));
    wire_pack_free(pack);
    kiosk_done(&kiosk);
    town_done(&town);
}

/* The lines are stored and acknowledged; what they cause is still to come. */
static void store_only(struct town *town, struct kiosk *kiosk, int64_t from, int64_t to)
{
    struct wire_pack *pack;
    struct core_job job = {
        .what = CORE_UPLOAD, .token = str_of(kiosk->token), .epoch = kiosk->epoch};
    assert_int_equal(wire_pack_make(WIRE_PLAIN, &pack), ERR_OK);
    kiosk_pack(kiosk, from, to, 1, pack);
    struct str body = wire_pack_body(pack);
    assert_int_equal(wire_upload_make(WIRE_PLAIN, &job.upload), ERR_OK);
    assert_int_equal(wire_upload_feed(job.upload, body.ptr, body.len), ERR_OK);
    core_run(town->core, &job, 1);
    kiosk_answer(kiosk, &job);
    assert_int_equal(kiosk->status, 200);
    wire_pack_free(pack);
}

/* A parcel is taken in beside a server that has the same lines before it. */
static void test_due_in_two_processes(void **state)
{
    struct town town;
    struct kiosk kiosk;
    (void)state;
    town_make(&town);
    kiosk_join(&town, &kiosk);
    kiosk_events(&kiosk, 6);
    store_only(&town, &kiosk, 1, 2);
    store_only(&town, &kiosk, 3, 6);
    struct core *first = town.core;
    town_core(&town);
    core_settle(town.core);
    assert_int_equal(effects_applied, 6);
    core_settle(first);
    assert_int_equal(effects_applied, 6);
    assert_int_equal(new_bodies, 1);
    assert_int_equal(town_number(&town, "SELECT done FROM log"), 6);
    /* What the other stored meanwhile comes first. */
    kiosk_events(&kiosk, 4);
    store_only(&town, &kiosk, 7, 8);
    struct core *other = town.core;
    town.core = first;
    store_only(&town, &kiosk, 9, 10);
    core_settle(town.core);
    assert_int_equal(effects_applied, 10);
    core_settle(other);
    assert_int_equal(effects_applied, 10);
    assert_int_equal(town_number(&town, "SELECT done FROM log"), 10);
    core_free(other);
    kiosk_done(&kiosk);
    town_done(&town);
}

/* It was killed between two parts of what a new body sent. */
static void test_killed_between_two_parts(void **state)
{
    struct town town;
    struct kiosk kiosk;
    (void)state;
    town_make(&town);
    kiosk_join(&town, &kiosk);
    kiosk_events(&kiosk, 6);
    store_only(&town, &kiosk, 1, 6);
    struct due due = {.now_ms = TOWN_NOW};
    int64_t next = 0;
    assert_int_equal(due_next(town.hall.storage, &due), ERR_OK);
    assert_int_equal(storage_begin(town.hall.storage), ERR_OK);
    enum err err = due_run(town.core, &due, 4, &next);
    assert_int_equal(storage_end(town.hall.storage, err), ERR_OK);
    assert_int_equal(next, 5);
    assert_int_equal(effects_applied, 4);
    core_free(town.core);
    town_core(&town);
    core_settle(town.core);
    assert_int_equal(effects_applied, 6);
    assert_int_equal(new_bodies, 1);
    kiosk_done(&kiosk);
    town_done(&town);
}

/* Nothing but lines comes, for a long time. */
static void test_due_holds_little_memory(void **state)
{
    static struct kiosk kiosks[10];
    struct town town;
    (void)state;
    town_make(&town);
    for (size_t k = 0; k < ARRAY_LEN(kiosks); k++) {
        kiosk_join(&town, &kiosks[k]);
        kiosk_events(&kiosks[k], 60);
    }
    for (int64_t n = 0; n < 600; n++) {
        store_only(&town, &kiosks[n % 10], n / 10 + 1, n / 10 + 1);
    }
    assert_in_range(effects_applied, 100, 599);
    core_settle(town.core);
    assert_int_equal(effects_applied, 600);
    for (size_t k = 0; k < ARRAY_LEN(kiosks); k++) {
        kiosk_done(&kiosks[k]);
    }
    town_done(&town);
}

/* What cannot be written is no reason not to read. */
static void test_pages_while_effects_wait(void **state)
{
    struct town town;
    struct kiosk kiosk;
    (void)state;
    town_make(&town);
    kiosk_join(&town, &kiosk);
    kiosk_event(&kiosk, "put.row", "{\"n\":1}");
    store_only(&town, &kiosk, 1, 1);
    town_exec(&town, "PRAGMA query_only = ON");
    assert_int_equal(kiosk_ask(&town, &kiosk, CORE_FEED, "", 0, 0), 200);
    assert_null(strstr(kiosk.reply, "\"n\":1"));
    assert_true(core_has_due(town.core));
    struct ask ask = ask_on(town.hall.storage, "PRAGMA query_only = OFF");
    assert_int_equal(ask_run(&ask), ERR_OK);
    assert_int_equal(kiosk_ask(&town, &kiosk, CORE_FEED, "", 0, 0), 200);
    assert_non_null(strstr(kiosk.reply, "\"n\":1"));
    assert_int_equal(effects_applied, 1);
    kiosk_done(&kiosk);
    town_done(&town);
}

/* ---- two bodies -------------------------------------------------------------------- */

static void test_new_epoch_sends_again(void **state)
{
    struct town town;
    struct kiosk kiosk;
    char *lines[5];
    (void)state;
    town_make(&town);
    kiosk_join(&town, &kiosk);
    kiosk_events(&kiosk, 5);
    assert_int_equal(kiosk_upload(&town, &kiosk, 1, 4), 200);
    for (int i = 0; i < 5; i++) {
        lines[i] = strdup(kiosk.lines[i]);
    }
    kiosk_epoch(&kiosk, 2, 3); /* an older card: it knows of two lines only */
    for (int i = 2; i < 5; i++) {
        kiosk_line(&kiosk, lines[i]);
        free(lines[i]);
    }
    kiosk_events(&kiosk, 1);
    assert_int_equal(kiosk_upload(&town, &kiosk, 4, 6), 409); /* not at its start */
    assert_string_equal(kiosk_member(&kiosk, "head"), "null");
    assert_int_equal(kiosk_number(&kiosk, "seq"), 0);
    assert_int_equal(kiosk_upload(&town, &kiosk, 3, 6), 200);
    assert_head(&town, &kiosk, 6);
    assert_int_equal(effects_applied, 6); /* 1 … 4, and 5 6 of the new log */
    assert_int_equal(town_number(&town, "SELECT count(*) FROM event WHERE again = 1"), 2);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM task"), 0);
    /* The first body lives on: somebody should look. */
    kiosk_epoch(&kiosk, 1, 1);
    for (int i = 0; i < 2; i++) {
        kiosk_line(&kiosk, lines[i]);
        free(lines[i]);
    }
    kiosk_events(&kiosk, 3); /* lines 3 and 4 are the same again */
    assert_int_equal(kiosk_upload(&town, &kiosk, 5, 5), 200);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM task WHERE kind = 'copy'"),
                     1);
    kiosk_done(&kiosk);
    town_done(&town);
}

/* One body erased a line before the centre heard it, the other one did not. */
static void test_gone_in_one_log(void **state)
{
    struct town town;
    struct kiosk kiosk;
    struct chain_hash hash;
    char *line, hash_text[64], gone[128];
    (void)state;
    town_make(&town);
    kiosk_join(&town, &kiosk);
    kiosk_events(&kiosk, 1);
    line = strdup(kiosk.lines[0]);
    hash = chain_line_hash(str_of(line));
    b64_format(hash.b, sizeof hash.b, hash_text);
    snprintf(gone, sizeof gone, "{\"seq\":1,\"gone\":\"%s\"}", hash_text);
    kiosk_epoch(&kiosk, 1, 1);
    kiosk_line(&kiosk, gone);
    assert_int_equal(kiosk_upload(&town, &kiosk, 1, 1), 200);
    assert_int_equal(effects_applied, 0);
    for (int epoch = 2; epoch <= 3; epoch++) { /* whole, and then once more */
        kiosk_epoch(&kiosk, epoch, 1);
        kiosk_line(&kiosk, line);
        assert_int_equal(kiosk_upload(&town, &kiosk, 1, 1), 200);
        assert_int_equal(effects_applied, 1);
    }
    kiosk_epoch(&kiosk, 4, 1);
    kiosk_line(&kiosk, gone);
    assert_int_equal(kiosk_upload(&town, &kiosk, 1, 1), 200);
    assert_int_equal(effects_applied, 1);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM event WHERE again = 1"), 2);
    free(line);
    kiosk_done(&kiosk);
    town_done(&town);
}

static void test_fork(void **state)
{
    struct town town;
    struct kiosk kiosk;
    (void)state;
    town_make(&town);
    kiosk_join(&town, &kiosk);
    kiosk_events(&kiosk, 2);
    assert_int_equal(kiosk_upload(&town, &kiosk, 1, 2), 200);
    kiosk_epoch(&kiosk, 1, 1); /* the copy writes something else */
    kiosk_event(&kiosk, "shift.began", "{\"other\":1}");
    kiosk_events(&kiosk, 2);
    assert_int_equal(kiosk_upload(&town, &kiosk, 3, 3), 409);
    assert_int_equal(kiosk_number(&kiosk, "seq"), 2);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM task WHERE kind = 'copy'"),
                     1);
    assert_int_equal(kiosk_upload(&town, &kiosk, 3, 3), 409);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM task"), 1);
    kiosk_done(&kiosk);
    town_done(&town);
}

/* The feed goes to all kiosks of the centre. */
static void test_garbage_does_not_fill_the_feed(void **state)
{
    struct town town;
    struct kiosk kiosk;
    (void)state;
    town_make(&town);
    kiosk_join(&town, &kiosk);
    kiosk_event(&kiosk, "odd.kind", "{}");
    assert_int_equal(kiosk_upload(&town, &kiosk, 1, 1), 200);
    town_exec(&town, "WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n"
                     " WHERE i < 999) INSERT INTO parked (centre, dev, epoch, seq, why)"
                     " SELECT centre, dev, 9, i, 'line' FROM n, parked");
    kiosk_event(&kiosk, "odd.kind", "{}");
    kiosk_event(&kiosk, "odd.kind", "{}");
    kiosk_event(&kiosk, "odd.kind", "{}");
    assert_int_equal(kiosk_upload(&town, &kiosk, 2, 4), 200);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM parked"), 1002);
    assert_int_equal(
        town_number(&town, "SELECT count(*) FROM feed WHERE kind = 'verdict'"), 2);
    kiosk_done(&kiosk);
    town_done(&town);
}

static void test_forgotten_person(void **state)
{
    struct town town;
    struct kiosk kiosk;
    struct uid person = {{5, 5}};
    char id[UID_TEXT_SIZE], body[128];
    (void)state;
    town_make(&town);
    kiosk_join(&town, &kiosk);
    uid_format(person, id);
    snprintf(body, sizeof body, "{\"participant\":\"%s\"}", id);
    kiosk_event(&kiosk, "shift.began", body);
    kiosk_event(&kiosk, "forget.it", body);
    kiosk_event(&kiosk, "shift.began", body);
    assert_int_equal(kiosk_upload(&town, &kiosk, 1, 3), 200);
    kiosk_event(&kiosk, "shift.began", body);
    assert_int_equal(kiosk_upload(&town, &kiosk, 4, 4), 200);
    assert_head(&town, &kiosk, 4);
    assert_true(town_number(&town, "SELECT length(line) FROM event WHERE seq = 1") > 0);
    assert_true(town_number(&town, "SELECT length(line) FROM event WHERE seq = 2") > 0);
    assert_int_equal(town_number(&town, "SELECT length(line) FROM event WHERE seq = 4"),
                     0);
    assert_int_equal(
        town_number(&town, "SELECT count(*) FROM event WHERE participant IS NOT NULL"),
        4);
    kiosk_done(&kiosk);
    town_done(&town);
}

/* ---- what is no upload ------------------------------------------------------------- */

static void test_garbage(void **state)
{
    static const struct {
        const char *name, *body;
        int status;
    } rows[] = {
        {"nothing", "", 400},
        {"no header", "{\"seq\":1}\n", 400},
        {"half a header", "{\"from\":1,\"check\":\"AAAA", 400},
        {"from zero", "{\"from\":0,\"check\":\"AAAAAAAAAAA\",\"boot\":1,\"mono_ms\":1}\n",
         400},
        {"a check of another log",
         "{\"from\":1,\"check\":\"AAAAAAAAAAA\",\"boot\":1,\"mono_ms\":1}\n", 409},
        {"far away",
         "{\"from\":9007199254740991,\"check\":\"AAAAAAAAAAA\",\"boot\":1,\"mono_ms\":1}"
         "\n",
         409},
    };
    struct town town;
    struct kiosk kiosk;
    (void)state;
    town_make(&town);
    kiosk_join(&town, &kiosk);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        int status = kiosk_send(&town, &kiosk, str_of(rows[i].body));
        if (status != rows[i].status) {
            fail_msg("%s: %d", rows[i].name, status);
        }
    }
    char *large = malloc(40000);
    memset(large, 'x', 40000);
    assert_int_equal(kiosk_send(&town, &kiosk, (struct str){large, 40000}), 413);
    free(large);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM log"), 0);
    kiosk_done(&kiosk);
    town_done(&town);
}

/* A number so high that the next one is none: nothing overflows. */
static void test_highest_number(void **state)
{
    struct town town;
    struct kiosk kiosk;
    (void)state;
    town_make(&town);
    kiosk_join(&town, &kiosk);
    kiosk_epoch(&kiosk, 2, 9007199254740991);
    kiosk_events(&kiosk, 1);
    assert_int_equal(kiosk_upload(&town, &kiosk, 9007199254740991, 9007199254740991),
                     200);
    assert_int_equal(kiosk_cursor(&town, &kiosk), 9007199254740991);
    kiosk_done(&kiosk);
    town_done(&town);
}

/* Somebody who opened a kiosk sends and sends. */
static void test_flood(void **state)
{
    struct town town;
    struct kiosk kiosk;
    (void)state;
    town_make(&town);
    kiosk_join(&town, &kiosk);
    kiosk_events(&kiosk, 30);
    assert_int_equal(kiosk_upload(&town, &kiosk, 1, 10), 200);
    int64_t stored = town_number(&town, "SELECT stored FROM device");
    assert_true(stored > 10 * QUOTA_LINE_BYTES);
    assert_int_equal(kiosk_upload(&town, &kiosk, 1, 10), 409); /* costs nothing */
    assert_int_equal(town_number(&town, "SELECT stored FROM device"), stored);
    town_exec(&town, "UPDATE device SET stored = 128 * 1024 * 1024");
    for (int i = 0; i < 2; i++) {
        assert_int_equal(kiosk_upload(&town, &kiosk, 11, 20), 429);
        assert_int_equal(town_number(&town, "SELECT count(*) FROM event"), 10);
        assert_int_equal(
            town_number(&town, "SELECT count(*) FROM task WHERE kind = 'flood'"), 1);
        assert_int_equal(kiosk_cursor(&town, &kiosk), 10); /* all else goes on */
    }
    town.time.wall_ms += 60000;
    assert_int_equal(kiosk_upload(&town, &kiosk, 11, 20), 200);
    assert_head(&town, &kiosk, 20);
    kiosk_done(&kiosk);
    town_done(&town);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_at_once),
        cmocka_unit_test(test_flood),
        cmocka_unit_test(test_lines_as_they_came),
        cmocka_unit_test(test_cut_at_each_byte),
        cmocka_unit_test(test_signature_comes_later),
        cmocka_unit_test(test_wrong_chains),
        cmocka_unit_test(test_wrong_signature),
        cmocka_unit_test(test_parked),
        cmocka_unit_test(test_effects_that_fail),
        cmocka_unit_test(test_killed_before_the_effects),
        cmocka_unit_test(test_due_in_two_processes),
        cmocka_unit_test(test_killed_between_two_parts),
        cmocka_unit_test(test_due_holds_little_memory),
        cmocka_unit_test(test_pages_while_effects_wait),
        cmocka_unit_test(test_new_epoch_sends_again),
        cmocka_unit_test(test_gone_in_one_log),
        cmocka_unit_test(test_fork),
        cmocka_unit_test(test_garbage_does_not_fill_the_feed),
        cmocka_unit_test(test_forgotten_person),
        cmocka_unit_test(test_garbage),
        cmocka_unit_test(test_highest_number),
    };
    return proof_init() == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
