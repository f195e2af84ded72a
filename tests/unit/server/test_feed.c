#include "server/feed.h"
#include "server/tidy.h"
#include "support/support.h"
#include "unit/server/hall.h"

#define ROWS_MAX 1200

struct town {
    struct hall hall;
    struct scene scene;
    struct key key;
    uint64_t seed;
    struct rng rng;
};

static const char centre_sql[] =
    "INSERT INTO centre (id, organisation, name, rev, compacted, live, digest, received)"
    " VALUES (:id, :organisation, 'Haus', 0, 0, 0, :digest, 0)";

static void town_make(struct town *town)
{
    uint8_t zero[DIGEST_SIZE] = {0};
    struct uid organisation = {{1}};
    hall_make(&town->hall);
    hall_open(&town->hall);
    town->seed = 5;
    town->rng = fake_rng(&town->seed);
    key_make(&town->rng, &town->key);
    town->scene = (struct scene){.storage = town->hall.storage,
                                 .rng = &town->rng,
                                 .centre = {{7}},
                                 .now_ms = 1795430000000};
    assert_int_equal(hall_run(&town->hall, "INSERT INTO organisation (id, name) VALUES"
                                           " (x'01000000000000000000000000000000', 'O')"),
                     ERR_OK);
    assert_int_equal(storage_begin(town->hall.storage), ERR_OK);
    struct ask ask = ask_on(town->hall.storage, centre_sql);
    ask_uid(&ask, ":id", &town->scene.centre);
    ask_uid(&ask, ":organisation", &organisation);
    ask_blob(&ask, ":digest", zero, sizeof zero);
    assert_int_equal(storage_end(town->hall.storage, ask_run(&ask)), ERR_OK);
}

static void put(struct town *town, const char *id, const char *body)
{
    assert_int_equal(storage_begin(town->hall.storage), ERR_OK);
    enum err err = feed_put(&town->scene, STR("offer"), str_of(id), str_of(body));
    assert_int_equal(storage_end(town->hall.storage, err), ERR_OK);
}

static int64_t revision(struct town *town)
{
    int64_t rev;
    assert_int_equal(feed_revision(town->hall.storage, town->scene.centre, &rev), ERR_OK);
    return rev;
}

struct page {
    struct bytes bytes;
    struct wire_row rows[ROWS_MAX];
    size_t count;
    struct wire_page_end end;
    bool empty, more;
    int64_t to;
};

static enum err page_of(struct town *town, struct feed_from from, struct page *page)
{
    bytes_clear(&page->bytes);
    struct feed_end end;
    enum err err = feed_page(town->hall.storage, town->scene.centre, from, &town->key,
                             &page->bytes, &end);
    if (err != ERR_OK) {
        return err;
    }
    page->empty = end.empty;
    page->more = end.more;
    page->to = end.to;
    err = wire_page_read(bytes_str(&page->bytes), town->scene.centre, from.since,
                         &town->key.public, page->rows, ROWS_MAX, &page->count,
                         &page->end, NULL);
    assert_int_equal(err, ERR_OK);
    assert_int_equal(page->end.to, page->to);
    assert_int_equal(page->end.more, page->more);
    return ERR_OK;
}

static enum err page(struct town *town, int64_t since, struct page *page)
{
    return page_of(town, (struct feed_from){.since = since}, page);
}

static void assert_digest_of(struct page *page)
{
    struct digest sum = {{0}};
    int64_t live = 0;
    for (size_t i = 0; i < page->count; i++) {
        if (page->rows[i].body.len > 0) {
            digest_add(&sum, page->rows[i].kind, page->rows[i].id, page->rows[i].rev,
                       page->rows[i].body);
            live++;
        }
    }
    assert_int_equal(page->end.live, live);
    assert_memory_equal(page->end.digest.b, sum.b, sizeof sum.b);
}

static void test_rows_and_revisions(void **state)
{
    struct town town;
    static struct page p;
    (void)state;
    town_make(&town);
    assert_int_equal(page(&town, 0, &p), ERR_OK);
    assert_true(p.empty);
    assert_int_equal(p.to, 0);

    put(&town, "A", "{\"n\":1}");
    put(&town, "B", "{\"n\":1}");
    put(&town, "A", "{\"n\":2}");
    put(&town, "A", "{\"n\":2}"); /* stays the same: no revision */
    put(&town, "C", "");          /* was never there: nothing to delete */
    assert_int_equal(revision(&town), 3);
    assert_int_equal(page(&town, 0, &p), ERR_OK);
    assert_false(p.empty);
    assert_int_equal(p.count, 2);
    assert_true(str_eq(p.rows[0].id, STR("B")));
    assert_true(str_eq(p.rows[1].body, STR("{\"n\":2}")));
    assert_digest_of(&p);

    put(&town, "B", "");
    put(&town, "B", "");
    assert_int_equal(revision(&town), 4);
    assert_int_equal(page(&town, 3, &p), ERR_OK);
    assert_int_equal(p.count, 1);
    assert_int_equal(p.rows[0].body.len, 0);
    assert_int_equal(p.end.live, 1);
    assert_int_equal(page(&town, 0, &p), ERR_OK); /* live rows only */
    assert_int_equal(p.count, 1);
    assert_int_equal(p.to, 4);
    assert_digest_of(&p);
    put(&town, "A", ""); /* all gone: the sum is nought again */
    assert_int_equal(page(&town, 0, &p), ERR_OK);
    assert_int_equal(p.count, 0);
    assert_false(p.empty); /* there is a new number to go on from */
    assert_digest_of(&p);
    assert_int_equal(page(&town, 5, &p), ERR_OK);
    assert_true(p.empty);
    bytes_free(&p.bytes);
    p.bytes = (struct bytes){0};
    hall_done(&town.hall);
}

static void put_offers(const struct town *town, int count)
{
    char id[16];
    for (int i = 0; i < count; i++) {
        snprintf(id, sizeof id, "R-%d", i);
        assert_int_equal(feed_put(&town->scene, STR("offer"), str_of(id), STR("{}")),
                         ERR_OK);
    }
}

static void test_many_pages(void **state)
{
    struct town town;
    static struct page p;
    int64_t since = 0;
    size_t seen = 0, pages = 0;
    (void)state;
    town_make(&town);
    assert_int_equal(storage_begin(town.hall.storage), ERR_OK);
    put_offers(&town, 1001);
    assert_int_equal(storage_end(town.hall.storage, ERR_OK), ERR_OK);
    do {
        assert_int_equal(page(&town, since, &p), ERR_OK);
        assert_true(p.count <= WIRE_PAGE_ROWS);
        assert_int_equal(p.end.live, 1001);
        seen += p.count;
        pages++;
        since = p.to;
    } while (p.more);
    assert_int_equal(seen, 1001);
    assert_int_equal(pages, 3);
    assert_int_equal(since, 1001);
    bytes_free(&p.bytes);
    p.bytes = (struct bytes){0};
    hall_done(&town.hall);
}

/* Rows that are asked for one by one, although deletions after the first are forgotten. */
static void test_small_pages_of_a_pass(void **state)
{
    struct town town;
    static struct page p;
    int64_t since = 0;
    (void)state;
    town_make(&town);
    assert_int_equal(storage_begin(town.hall.storage), ERR_OK);
    put_offers(&town, 5);
    assert_int_equal(feed_put(&town.scene, STR("offer"), STR("R-4"), STR("")), ERR_OK);
    assert_int_equal(feed_compact(&town.scene, 6), ERR_OK);
    assert_int_equal(storage_end(town.hall.storage, ERR_OK), ERR_OK);
    for (size_t i = 0; i < 4; i++) {
        const struct feed_from from = {since, 1, true};
        assert_int_equal(page_of(&town, from, &p), ERR_OK);
        assert_int_equal(p.count, 1);
        assert_int_equal(p.more, i < 3);
        since = p.to;
    }
    assert_int_equal(since, 6);
    assert_int_equal(page(&town, 1, &p), ERR_NOT_FOUND);
    assert_int_equal(page_of(&town, (struct feed_from){1, 0, true}, &p), ERR_OK);
    assert_int_equal(p.count, 3);
    bytes_free(&p.bytes);
    p.bytes = (struct bytes){0};
    hall_done(&town.hall);
}

/* Bodies as large as a line can carry: a page ends long before it is too large to read.
 */
static void test_large_rows(void **state)
{
    struct town town;
    static struct page p;
    static char body[16000];
    char id[16];
    size_t seen = 0;
    int64_t since = 0;
    (void)state;
    town_make(&town);
    memset(body, 'x', sizeof body);
    memcpy(body, "{\"t\":\"", 6);
    memcpy(body + sizeof body - 2, "\"}", 2);
    assert_int_equal(storage_begin(town.hall.storage), ERR_OK);
    for (int i = 0; i < 100; i++) {
        snprintf(id, sizeof id, "R-%d", i);
        assert_int_equal(feed_put(&town.scene, STR("offer"), str_of(id),
                                  (struct str){body, sizeof body}),
                         ERR_OK);
    }
    assert_int_equal(storage_end(town.hall.storage, ERR_OK), ERR_OK);
    do {
        assert_int_equal(page(&town, since, &p), ERR_OK);
        assert_true(p.bytes.len < WIRE_PAGE_MAX / 2);
        seen += p.count;
        since = p.to;
    } while (p.more);
    assert_int_equal(seen, 100);
    bytes_free(&p.bytes);
    p.bytes = (struct bytes){0};
    hall_done(&town.hall);
}

static enum err compact(struct town *town, int64_t rev)
{
    enum err err = storage_begin(town->hall.storage);
    assert_int_equal(err, ERR_OK);
    return storage_end(town->hall.storage, feed_compact(&town->scene, rev));
}

static void test_compacted(void **state)
{
    struct town town;
    static struct page p;
    (void)state;
    town_make(&town);
    put(&town, "A", "{}");                       /* 1 */
    put(&town, "B", "{}");                       /* 2 */
    assert_int_equal(compact(&town, 2), ERR_OK); /* nothing to drop: nobody starts anew */
    assert_int_equal(page(&town, 1, &p), ERR_OK);
    put(&town, "A", "");   /* 3 */
    put(&town, "C", "{}"); /* 4 */
    put(&town, "C", "");   /* 5 */
    assert_int_equal(compact(&town, 4), ERR_OK);
    assert_int_equal(page(&town, 1, &p), ERR_NOT_FOUND);
    assert_int_equal(page(&town, 2, &p), ERR_NOT_FOUND);
    assert_int_equal(page(&town, 3, &p), ERR_OK);
    assert_int_equal(p.count, 1);
    assert_int_equal(page(&town, 6, &p), ERR_NOT_FOUND); /* never given out */
    assert_int_equal(page(&town, 0, &p), ERR_OK);
    assert_int_equal(p.count, 1);
    assert_digest_of(&p);
    bytes_free(&p.bytes);
    p.bytes = (struct bytes){0};
    hall_done(&town.hall);
}

static void test_no_such_centre(void **state)
{
    struct town town;
    int64_t rev;
    (void)state;
    town_make(&town);
    town.scene.centre = (struct uid){{8}};
    assert_int_equal(feed_revision(town.hall.storage, town.scene.centre, &rev),
                     ERR_NOT_FOUND);
    assert_int_equal(storage_begin(town.hall.storage), ERR_OK);
    enum err err = feed_put(&town.scene, STR("offer"), STR("A"), STR("{}"));
    assert_int_equal(storage_end(town.hall.storage, err), ERR_NOT_FOUND);
    hall_done(&town.hall);
}

/* Deletions are kept in mind so many at most; who knows an older state starts anew. */
static void test_old_deletions_are_tidied(void **state)
{
    struct town town;
    static struct page p;
    char id[16];
    (void)state;
    town_make(&town);
    put(&town, "STAYS", "{}");
    for (int i = 0; i <= TIDY_DELETIONS_KEPT + 5; i++) {
        snprintf(id, sizeof id, "D-%d", i);
        put(&town, id, "{}");
        put(&town, id, "");
        if (i == TIDY_DELETIONS_KEPT - 1) {
            assert_int_equal(tidy_feeds(town.hall.storage), ERR_OK);
            assert_int_equal(page(&town, 1, &p), ERR_OK); /* not too many yet */
        }
    }
    assert_int_equal(tidy_feeds(town.hall.storage), ERR_OK);
    assert_int_equal(page(&town, 1, &p), ERR_NOT_FOUND);
    assert_int_equal(page(&town, 2 * 6 + 1, &p), ERR_OK); /* the sixth oldest is gone */
    assert_int_equal(page(&town, 0, &p), ERR_OK);
    assert_int_equal(p.count, 1);
    assert_digest_of(&p);
    bytes_free(&p.bytes);
    hall_done(&town.hall);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_and_revisions),
        cmocka_unit_test(test_many_pages),
        cmocka_unit_test(test_large_rows),
        cmocka_unit_test(test_compacted),
        cmocka_unit_test(test_no_such_centre),
        cmocka_unit_test(test_small_pages_of_a_pass),
        cmocka_unit_test(test_old_deletions_are_tidied),
    };
    return proof_init() == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
