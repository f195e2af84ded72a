#include "proof/digest.h"
#include "unit/unit.h"

#include <sodium.h>

struct row {
    const char *kind, *id;
    int64_t rev;
    const char *body;
};

static const struct row rows[] = {
    {"offer", "R-204", 481, "{\"places\":3}"},
    {"wish", "01", 1, "{}"},
    {"seal", "centre", 9007199254740991, "{\"public\":\"\"}"},
};

static void add(struct digest *sum, const struct row *row)
{
    digest_add(sum, str_of(row->kind), str_of(row->id), row->rev, str_of(row->body));
}

static void take(struct digest *sum, const struct row *row)
{
    digest_take(sum, str_of(row->kind), str_of(row->id), row->rev, str_of(row->body));
}

static bool same(const struct digest *a, const struct digest *b)
{
    return memcmp(a->b, b->b, DIGEST_SIZE) == 0;
}

static void test_one_row_is_its_hash(void **state)
{
    (void)state;
    static const unsigned char bytes[] = "offer\0R-204\000481\0{\"places\":3}";
    struct digest sum = {{0}}, hash;
    add(&sum, &rows[0]);
    crypto_hash_sha256(hash.b, bytes, sizeof bytes - 1);
    assert_true(same(&sum, &hash));
}

static void test_order_does_not_matter(void **state)
{
    (void)state;
    struct digest forth = {{0}}, back = {{0}}, none = {{0}};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        add(&forth, &rows[i]);
        add(&back, &rows[ARRAY_LEN(rows) - 1 - i]);
    }
    assert_true(same(&forth, &back));
    assert_false(same(&forth, &none));
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        take(&forth, &rows[i]);
    }
    assert_true(same(&forth, &none));
}

/* Below nothing the sum goes on from the other end: 2^256 is 0. */
static void test_wraps(void **state)
{
    (void)state;
    struct digest sum = {{0}}, none = {{0}};
    take(&sum, &rows[0]);
    assert_false(same(&sum, &none));
    add(&sum, &rows[0]);
    assert_true(same(&sum, &none));
}

static void test_every_part_counts(void **state)
{
    (void)state;
    static const struct row others[] = {
        {"offe", "rR-204", 481, "{\"places\":3}"},
        {"offer", "R-2044", 81, "{\"places\":3}"},
        {"offer", "R-204", 481, "{\"places\":4}"},
        {"offer", "R-204", 482, "{\"places\":3}"},
    };
    struct digest sum = {{0}};
    add(&sum, &rows[0]);
    for (size_t i = 0; i < ARRAY_LEN(others); i++) {
        struct digest other = {{0}};
        add(&other, &others[i]);
        assert_false(same(&sum, &other));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_row_is_its_hash),
        cmocka_unit_test(test_order_does_not_matter),
        cmocka_unit_test(test_wraps),
        cmocka_unit_test(test_every_part_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
