/* The golden page was computed with Node's crypto module from PROTOCOL.md. */
#include "wire/page.h"
#include "proof/chain.h"
#include "support/support.h"
#include "unit/unit.h"

#define PAGE                                                                             \
    "{\"rev\":481,\"kind\":\"offer\",\"id\":\"R-204\",\"body\":{\"places\":2}}\n"        \
    "{\"rev\":482,\"kind\":\"lease\",\"id\":\"x\",\"body\":null}\n"                      \
    "{\"to\":482,\"more\":0,\"live\":37,\"digest\":"                                     \
    "\"GFFba3fjYYf1awJLV--67piA1QUHb8CBWktGJHKVUSA\",\"sig\":\"P3Jgibi0p-"               \
    "hPlOE1G1o4U8pAD0VXC"                                                                \
    "ivEJ8Vti0VzvH0r2qQ_plHTrI4LhEppkpZ_QcWYRAdHtTjjVU03iOfNCg\"}\n"
#define SINCE 480

static struct key server;
static struct uid centre;
static struct wire_row rows[WIRE_PAGE_ROWS];
static size_t count, page_len;
static struct wire_page_end end;

static int setup(void **state)
{
    uint8_t seed[KEY_SEED_SIZE];
    (void)state;
    for (size_t i = 0; i < sizeof seed; i++) {
        seed[i] = (uint8_t)i;
    }
    key_from_seed(seed, &server);
    centre = chain_device_of(&server.public); /* any id */
    return proof_init() == ERR_OK ? 0 : -1;
}

static enum err read_page(struct str text)
{
    return wire_page_read(text, centre, SINCE, &server.public, rows, WIRE_PAGE_ROWS,
                          &count, &end, &page_len);
}

static void write_rows(struct bytes *page, struct wire_page_end *page_end)
{
    struct wire_row row = {481, STR("offer"), STR("R-204"), STR("{\"places\":2}")};
    *page_end = (struct wire_page_end){.since = SINCE, .to = 482, .live = 37};
    wire_page_row(page, &row);
    digest_add(&page_end->digest, row.kind, row.id, row.rev, row.body);
    row = (struct wire_row){482, STR("lease"), STR("x"), STR("")};
    wire_page_row(page, &row);
}

static void test_written(void **state)
{
    struct bytes page = {0};
    struct wire_page_end page_end;
    (void)state;
    write_rows(&page, &page_end);
    wire_page_end(&page, 0, centre, &page_end, &server);
    assert_int_equal(page.len, strlen(PAGE));
    assert_memory_equal(page.data, PAGE, page.len);
    bytes_free(&page);
}

static void test_read(void **state)
{
    struct digest digest = {{0}};
    (void)state;
    assert_int_equal(read_page(STR(PAGE)), ERR_OK);
    assert_int_equal(count, 2);
    assert_int_equal(page_len, strlen(PAGE));
    assert_int_equal(rows[0].rev, 481);
    assert_true(str_eq(rows[0].kind, STR("offer")) && str_eq(rows[0].id, STR("R-204")));
    assert_true(str_eq(rows[0].body, STR("{\"places\":2}")));
    assert_int_equal(rows[1].body.len, 0);
    assert_int_equal(end.since, SINCE);
    assert_int_equal(end.to, 482);
    assert_false(end.more);
    assert_int_equal(end.live, 37);
    digest_add(&digest, rows[0].kind, rows[0].id, rows[0].rev, rows[0].body);
    assert_memory_equal(&digest, &end.digest, sizeof digest);
}

static void test_cut(void **state)
{
    (void)state;
    for (size_t len = 0; len < strlen(PAGE); len++) {
        char *cut = malloc(len ? len : 1);
        assert_non_null(cut);
        memcpy(cut, PAGE, len);
        assert_int_equal(read_page((struct str){cut, len}), ERR_INVALID);
        free(cut);
    }
}

/* Whatever byte is changed, wherever: never a page. */
static void test_any_bit_wrong(void **state)
{
    char text[] = PAGE;
    (void)state;
    for (size_t bit = 0; bit < strlen(PAGE) * 8; bit++) {
        text[bit / 8] ^= (char)(1 << bit % 8);
        enum err err = read_page(STR(text));
        text[bit / 8] ^= (char)(1 << bit % 8);
        if (err != ERR_INVALID && err != ERR_DENIED) {
            fail_msg("bit %zu of byte %zu: %s", bit % 8, bit / 8, err_name(err));
        }
    }
}

static void test_of_others(void **state)
{
    struct uid other = centre;
    struct key stranger;
    uint64_t seed = 9;
    struct rng rng = fake_rng(&seed);
    (void)state;
    key_make(&rng, &stranger);
    other.b[0] ^= 1;
    assert_int_equal(wire_page_read(STR(PAGE), other, SINCE, &server.public, rows, 9,
                                    &count, &end, NULL),
                     ERR_DENIED);
    assert_int_equal(wire_page_read(STR(PAGE), centre, SINCE - 1, &server.public, rows, 9,
                                    &count, &end, NULL),
                     ERR_DENIED);
    assert_int_equal(wire_page_read(STR(PAGE), centre, SINCE, &stranger.public, rows, 9,
                                    &count, &end, NULL),
                     ERR_DENIED);
    assert_int_equal(wire_page_read(STR(PAGE), centre, SINCE, &server.public, rows, 2,
                                    &count, &end, NULL),
                     ERR_OK);
    assert_int_equal(wire_page_read(STR(PAGE), centre, SINCE, &server.public, rows, 1,
                                    &count, &end, NULL),
                     ERR_INVALID);
}

/* Signed, but not what a page says. */
static void test_malformed(void **state)
{
    static const struct {
        const char *name, *rows;
        bool good;
    } pages[] = {
        {"empty", "", true},
        {"unknown members",
         "{\"rev\":481,\"kind\":\"a\",\"id\":\"b\",\"body\":{},\"x\":1}\n", true},
        {"not behind since", "{\"rev\":480,\"kind\":\"a\",\"id\":\"b\",\"body\":{}}\n",
         false},
        {"behind to", "{\"rev\":483,\"kind\":\"a\",\"id\":\"b\",\"body\":{}}\n", false},
        {"a revision twice",
         "{\"rev\":481,\"kind\":\"a\",\"id\":\"b\",\"body\":{}}\n"
         "{\"rev\":481,\"kind\":\"a\",\"id\":\"c\",\"body\":{}}\n",
         false},
        {"falling",
         "{\"rev\":482,\"kind\":\"a\",\"id\":\"b\",\"body\":{}}\n"
         "{\"rev\":481,\"kind\":\"a\",\"id\":\"c\",\"body\":{}}\n",
         false},
        {"no body", "{\"rev\":481,\"kind\":\"a\",\"id\":\"b\"}\n", false},
        {"body no object", "{\"rev\":481,\"kind\":\"a\",\"id\":\"b\",\"body\":1}\n",
         false},
        {"no kind", "{\"rev\":481,\"kind\":\"\",\"id\":\"b\",\"body\":{}}\n", false},
        {"escaped id", "{\"rev\":481,\"kind\":\"a\",\"id\":\"\\u0062\",\"body\":{}}\n",
         false},
        {"member twice",
         "{\"rev\":481,\"kind\":\"a\",\"kind\":\"a\",\"id\":\"b\",\"body\":{}}\n", false},
        {"no object", "[]\n", false},
        {"empty line", "\n", false},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
        struct bytes page = {0};
        struct wire_page_end page_end = {.since = SINCE, .to = 482, .more = true};
        bytes_puts(&page, pages[i].rows);
        wire_page_end(&page, 0, centre, &page_end, &server);
        if (read_page(bytes_str(&page)) != (pages[i].good ? ERR_OK : ERR_INVALID)) {
            fail_msg("%s", pages[i].name);
        }
        bytes_free(&page);
    }
}

/* Pages behind one another, as in a parcel. */
static void test_pages(void **state)
{
    struct bytes text = {0};
    struct wire_row row = {1, STR("a"), STR("b"), STR("{}")};
    size_t at = 0;
    (void)state;
    bytes_puts(&text, "before\n");
    for (int64_t to = 1; to <= 3; to++) {
        size_t from = text.len;
        row.rev = to;
        wire_page_row(&text, &row);
        struct wire_page_end page_end = {.since = to - 1, .to = to, .more = to < 3};
        wire_page_end(&text, from, centre, &page_end, &server);
    }
    at = strlen("before\n");
    for (int64_t to = 1; to <= 3; to++) {
        struct str rest = {text.data + at, text.len - at};
        assert_int_equal(wire_page_read(rest, centre, to - 1, &server.public, rows, 9,
                                        &count, &end, &page_len),
                         ERR_OK);
        assert_int_equal(count, 1);
        assert_int_equal(rows[0].rev, to);
        assert_int_equal(end.more, to < 3);
        at += page_len;
    }
    assert_int_equal(at, text.len);
    bytes_free(&text);
}

static void test_digest(void **state)
{
    char text[B64_SIZE(DIGEST_SIZE)];
    struct digest sum = {{0}}, other = {{0}}, none = {{0}};
    (void)state;
    digest_add(&sum, STR("offer"), STR("R-204"), 481, STR("{\"places\":2}"));
    digest_add(&sum, STR("wish"), STR("w1"), 490, STR("{}"));
    b64_format(sum.b, sizeof sum.b, text);
    assert_string_equal(text, "Ew2z3dJJy4o51CgLaF0L7qF4KaujfHZEDhxsJK2-WGM");
    digest_add(&other, STR("wish"), STR("w1"), 490, STR("{}"));
    digest_add(&other, STR("offer"), STR("R-204"), 481, STR("{\"places\":2}"));
    assert_memory_equal(&sum, &other, sizeof sum);
    digest_take(&sum, STR("wish"), STR("w1"), 490, STR("{}"));
    digest_take(&sum, STR("offer"), STR("R-204"), 481, STR("{\"places\":2}"));
    assert_memory_equal(&sum, &none, sizeof sum);
    digest_take(&sum, STR("a"), STR("b"), 1, STR("{}"));
    digest_add(&sum, STR("a"), STR("b"), 1, STR("{}"));
    assert_memory_equal(&sum, &none, sizeof sum);
}

/* A page that found no memory stays one that did not. */
static void test_full(void **state)
{
    struct bytes page = {.max = 100};
    struct wire_page_end page_end;
    (void)state;
    write_rows(&page, &page_end);
    assert_true(page.failed);
    wire_page_end(&page, 0, centre, &page_end, &server);
    assert_true(page.failed);
    bytes_free(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_written),   cmocka_unit_test(test_read),
        cmocka_unit_test(test_cut),       cmocka_unit_test(test_any_bit_wrong),
        cmocka_unit_test(test_of_others), cmocka_unit_test(test_malformed),
        cmocka_unit_test(test_pages),     cmocka_unit_test(test_digest),
        cmocka_unit_test(test_full),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
