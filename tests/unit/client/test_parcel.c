#include "unit/client/bench.h"

#include "wire/parcel.h"

/* What a centre would answer: its log of the epoch, and pages from `since`. */
struct answer {
    struct uid dev;
    int64_t epoch, since, generation;
    const struct key *server;
    bool with_since;
};

static struct answer answer_of(struct bench *b)
{
    return (struct answer){b->centre.dev,     1,   0, b->centre.generation,
                           &b->centre.server, true};
}

static void make_down(struct bench *b, const struct answer *answer, struct bytes *file)
{
    struct bytes content = {0}, page = {0};
    char dev[UID_TEXT_SIZE], path[64];
    uid_format(answer->dev, dev);
    bytes_printf(&content, "{\"dev\":\"%s\",\"log\":", dev);
    fake_put_log(&b->centre, answer->epoch, true, &content);
    bytes_printf(&content, ",\"now_ms\":%lld,\"generation\":%d",
                 (long long)FAKE_NOW_MS + 5000, (int)answer->generation);
    if (answer->with_since) {
        bytes_printf(&content, ",\"since\":%d", (int)answer->since);
    }
    bytes_puts(&content, "}\n");
    snprintf(path, sizeof path, "/v1/feed?since=%d", (int)answer->since);
    fake_page(&b->centre, str_of(path), &page);
    bytes_put(&content, page.data, page.len);
    assert_int_equal(
        parcel_seal_down(answer->server, &b->centre.device, bytes_str(&content), file),
        ERR_OK);
    bytes_free(&content);
    bytes_free(&page);
}

static enum err import_answer(struct bench *b, const struct answer *answer)
{
    struct bytes file = {0};
    make_down(b, answer, &file);
    enum err err = client_import(b->client, bytes_str(&file));
    bytes_free(&file);
    return err;
}

static struct str next_line(struct str *text)
{
    const char *end = memchr(text->ptr, '\n', text->len);
    assert_non_null(end);
    struct str line = {text->ptr, (size_t)(end - text->ptr)};
    text->len -= line.len + 1;
    text->ptr = end + 1;
    return line;
}

/* Takes all bodies of a parcel as the centre does; returns how many events there were. */
static int take_up(struct bench *b, struct str file)
{
    struct bytes content = {0};
    struct fake_log *log = &b->centre.logs[1];
    int64_t before = log->seq;
    assert_int_equal(
        parcel_open_up(b->centre.parcel, b->centre.parcel_secret, file, &content),
        ERR_OK);
    struct str text = bytes_str(&content);
    struct str first = next_line(&text);
    assert_int_equal(fake_number(first, "\"epoch\":"), 1);
    assert_int_equal(fake_number(first, "\"generation\":"), b->centre.generation);
    while (text.len > 0) {
        struct wire_upload *upload;
        struct wire_line line;
        size_t before_len = text.len;
        const char *body = text.ptr;
        next_line(&text);
        do {
            wire_line_parse(next_line(&text), &line);
        } while (line.what != WIRE_SIG);
        assert_int_equal(wire_upload_make(WIRE_PLAIN, &upload), ERR_OK);
        assert_int_equal(wire_upload_feed(upload, body, before_len - text.len), ERR_OK);
        assert_true(fake_begin(&b->centre, log, 1, wire_upload_header(upload)));
        assert_true(fake_take(&b->centre, log, upload));
        wire_upload_free(upload);
    }
    bytes_free(&content);
    return (int)(log->seq - before);
}

static int export_to_centre(struct bench *b)
{
    struct bytes file = {0};
    assert_int_equal(client_export(b->client, &file), ERR_OK);
    int events = take_up(b, bytes_str(&file));
    bytes_free(&file);
    return events;
}

static int64_t since(struct bench *b)
{
    struct sync_feed feed;
    assert_int_equal(store_feed_get(b->world.store, &feed), ERR_OK);
    return feed.since;
}

static void test_belongs_to_none(void **state)
{
    struct bench *b = *state;
    struct bytes file = {0};
    assert_int_equal(client_export(b->client, &file), ERR_NOT_FOUND);
    assert_int_equal(client_import(b->client, STR("x")), ERR_NOT_FOUND);
}

static void test_the_way_round(void **state)
{
    struct bench *b = *state;
    put_facts(b, 7);
    fake_row_put(&b->centre, "news", "a", "{\"n\":1}");
    assert_int_equal(export_to_centre(b), 7);
    struct sync_receipts r = receipts(b);
    assert_int_equal(lamp_of(&r), LAMP_HERE);
    struct answer answer = answer_of(b);
    assert_int_equal(import_answer(b, &answer), ERR_OK);
    r = receipts(b);
    assert_int_equal(lamp_of(&r), LAMP_CENTRE);
    assert_int_equal(r.last_ms, FAKE_NOW_MS + 5000);
    assert_int_equal(since(b), 1);
    assert_same_chain(b);
}

static void test_nothing_new_is_a_parcel_too(void **state)
{
    struct bench *b = *state;
    assert_int_equal(export_to_centre(b), 0);
}

/* More than one body holds. */
static void test_many_facts_go_in_several_bodies(void **state)
{
    struct bench *b = *state;
    struct bytes file = {0};
    put_facts(b, 4500);
    assert_int_equal(client_export(b->client, &file), ERR_OK);
    assert_true(file.len > 4500 * 100);
    assert_int_equal(take_up(b, bytes_str(&file)), 4500);
    bytes_free(&file);
    struct answer answer = answer_of(b);
    assert_int_equal(import_answer(b, &answer), ERR_OK);
    assert_same_chain(b);
}

static void test_read_in_late_and_twice(void **state)
{
    struct bench *b = *state;
    struct bytes old = {0};
    struct answer answer = answer_of(b);
    fake_row_put(&b->centre, "news", "a", "{\"n\":1}");
    make_down(b, &answer, &old);
    put_facts(b, 5);
    fake_row_put(&b->centre, "news", "a", "");
    fake_row_put(&b->centre, "news", "b", "{\"n\":2}");
    assert_int_equal(run(b), CLIENT_CURRENT);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(client_import(b->client, bytes_str(&old)), ERR_OK);
        assert_same_chain(b);
        assert_int_equal(since(b), 3);
    }
    assert_int_equal(run(b), CLIENT_CURRENT);
    bytes_free(&old);
}

/* Pages from 0 hold no deletions: what is not in them must go all the same. */
static void test_pages_from_the_beginning_delete_too(void **state)
{
    struct bench *b = *state;
    fake_row_put(&b->centre, "news", "a", "{\"n\":1}");
    assert_int_equal(run(b), CLIENT_CURRENT);
    fake_row_put(&b->centre, "news", "a", "");
    fake_row_put(&b->centre, "news", "b", "{\"n\":2}");
    struct answer answer = answer_of(b);
    assert_int_equal(import_answer(b, &answer), ERR_OK);
    assert_int_equal(since(b), 3);
    int from_zero = fake_said(&b->centre, "GET /v1/feed?since=0");
    assert_int_equal(run(b), CLIENT_CURRENT); /* count and digest agree */
    assert_int_equal(fake_said(&b->centre, "GET /v1/feed?since=0"), from_zero);
}

static void test_pages_that_do_not_join_on(void **state)
{
    struct bench *b = *state;
    struct answer answer = answer_of(b);
    fake_row_put(&b->centre, "news", "a", "{\"n\":1}");
    fake_row_put(&b->centre, "news", "b", "{\"n\":2}");
    answer.since = 1;
    assert_int_equal(import_answer(b, &answer), ERR_OK);
    assert_true(client_detail(b->client)[0] != '\0');
    assert_int_equal(since(b), 0);
}

static void test_what_is_refused(void **state)
{
    struct bench *b = *state;
    uint64_t seed = 31;
    struct rng rng = fake_rng(&seed);
    struct key other;
    struct bytes file = {0};
    struct answer answer = answer_of(b);
    struct sync_log before = log_of(b);
    key_make(&rng, &other);
    fake_row_put(&b->centre, "news", "a", "{\"n\":1}");

    answer.server = &other;
    assert_int_equal(import_answer(b, &answer), ERR_DENIED);
    answer = answer_of(b);
    answer.dev.b[1] ^= 1;
    assert_int_equal(import_answer(b, &answer), ERR_DENIED);
    answer = answer_of(b);
    b->centre.wrong_signature = true; /* of the page; the parcel's is right */
    assert_int_equal(import_answer(b, &answer), ERR_DENIED);
    b->centre.wrong_signature = false;
    struct key_public own = b->centre.device;
    b->centre.device = other.public;
    assert_int_equal(import_answer(b, &answer), ERR_DENIED);
    b->centre.device = own;
    assert_int_equal(client_import(b->client, STR("")), ERR_INVALID);
    assert_int_equal(client_import(b->client, STR("ANLAUF-PARCEL-1\n")), ERR_INVALID);
    make_down(b, &answer, &file);
    for (size_t len = 0; len < file.len; len += 41) {
        assert_int_not_equal(client_import(b->client, (struct str){file.data, len}),
                             ERR_OK);
    }
    bytes_free(&file);
    assert_int_equal(since(b), 0);
    assert_int_equal(log_of(b).seq, before.seq);
}

static void test_a_file_of_a_restored_centre(void **state)
{
    struct bench *b = *state;
    struct answer older = answer_of(b);
    b->centre.logs[1].seq = 3;
    b->centre.logs[1].signed_seq = 3;
    b->centre.generation = 2;
    struct answer answer = answer_of(b);
    assert_int_equal(import_answer(b, &answer), ERR_OK);
    assert_int_equal(log_of(b).seq, 3);
    b->centre.logs[1].seq = 6;
    assert_int_equal(import_answer(b, &older), ERR_OK); /* of before: nothing new in it */
    assert_int_equal(log_of(b).seq, 3);
    b->centre.logs[1].seq = 3;
    assert_int_equal(export_to_centre(b), 3);
}

/* That one has nothing at all of this log: nothing of it is safe there any more. */
static void test_a_file_of_a_centre_that_lost_the_log(void **state)
{
    struct bench *b = *state;
    int64_t had = log_of(b).seq;
    assert_true(had > 0);
    b->centre.logs[1].known = false;
    struct answer answer = answer_of(b);
    assert_int_equal(import_answer(b, &answer), ERR_OK);
    assert_int_equal(log_of(b).seq, had); /* the same centre would have it */
    b->centre.generation = answer.generation = 2;
    assert_int_equal(import_answer(b, &answer), ERR_OK);
    assert_int_equal(log_of(b).seq, 0);
}

/* A copy has sent other facts by its own stick. */
static void test_a_file_about_a_fork(void **state)
{
    struct bench *b = *state;
    struct fake_log *log = &b->centre.logs[1];
    struct chain_hash line = {{9}};
    struct answer answer = answer_of(b);
    put_facts(b, 2);
    log->heads[log->seq + 1] = chain_next(fake_head(log, log->seq), &line);
    log->seq++;
    assert_int_equal(import_answer(b, &answer), ERR_OK);
    assert_int_equal(log_of(b).epoch, 2);
    assert_int_equal(run(b), CLIENT_CURRENT);
    assert_same_chain(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH(test_belongs_to_none),
        CURRENT(test_the_way_round),
        CURRENT(test_nothing_new_is_a_parcel_too),
        CURRENT(test_many_facts_go_in_several_bodies),
        CURRENT(test_read_in_late_and_twice),
        CURRENT(test_pages_from_the_beginning_delete_too),
        CURRENT(test_pages_that_do_not_join_on),
        CURRENT(test_what_is_refused),
        CURRENT(test_a_file_of_a_restored_centre),
        CURRENT(test_a_file_of_a_centre_that_lost_the_log),
        CURRENT(test_a_file_about_a_fork),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
