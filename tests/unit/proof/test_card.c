#include "proof/base32.h"
#include "proof/card.h"
#include "proof/key.h"
#include "support/support.h"
#include "unit/unit.h"

static struct card make(enum card_kind kind, uint64_t seed)
{
    struct rng rng = fake_rng(&seed);
    return card_make(kind, &rng);
}

static bool decodes(const char *text, size_t len)
{
    struct card card;
    return card_decode((struct str){text, len}, &card) == ERR_OK;
}

static void test_comes_back(void **state)
{
    (void)state;
    for (int kind = 0; kind < CARD_KIND_COUNT; kind++) {
        struct card card = make((enum card_kind)kind, 5), back;
        char text[CARD_TEXT_SIZE];
        card_encode(&card, text);
        assert_int_equal(strlen(text), CARD_TEXT_SIZE - 1);
        assert_int_equal(card_decode(str_of(text), &back), ERR_OK);
        assert_int_equal(back.kind, card.kind);
        assert_memory_equal(back.secret, card.secret, sizeof card.secret);
    }
}

static void test_golden(void **state)
{
    struct card card = {.kind = CARD_STAFF};
    char text[CARD_TEXT_SIZE];
    (void)state;
    for (int i = 0; i < CARD_SECRET_SIZE; i++) {
        card.secret[i] = (uint8_t)(i * 11);
    }
    card_encode(&card, text);
    assert_string_equal(text, "ANKS005HC89C6V14SN33DRUQ93USLNQBPHNHWH");
}

static void test_every_wrong_symbol_is_found(void **state)
{
    (void)state;
    struct card card = make(CARD_PARTICIPANT, 9);
    char text[CARD_TEXT_SIZE];
    card_encode(&card, text);
    for (size_t i = 0; i < CARD_TEXT_SIZE - 1; i++) {
        char was = text[i];
        for (int c = 0; c < 256; c++) {
            text[i] = (char)c;
            assert_int_equal(decodes(text, CARD_TEXT_SIZE - 1), (char)c == was);
        }
        text[i] = was;
    }
}

static void test_every_swap_is_found(void **state)
{
    (void)state;
    struct card card = make(CARD_PARTICIPANT, 10);
    char text[CARD_TEXT_SIZE];
    card_encode(&card, text);
    for (size_t i = strlen(CARD_PREFIX); i < CARD_TEXT_SIZE - 1; i++) {
        for (size_t j = i + 1; j < CARD_TEXT_SIZE - 1; j++) {
            char a = text[i], b = text[j];
            text[i] = b;
            text[j] = a;
            assert_int_equal(decodes(text, CARD_TEXT_SIZE - 1), a == b);
            text[i] = a;
            text[j] = b;
        }
    }
}

static void test_lengths(void **state)
{
    static char big[10240];
    (void)state;
    struct card card = make(CARD_STAFF, 11);
    memset(big, '0', sizeof big);
    card_encode(&card, big);
    for (size_t len = 0; len < CARD_TEXT_SIZE + 2; len++) {
        assert_int_equal(decodes(big, len), len == CARD_TEXT_SIZE - 1);
    }
    assert_false(decodes(big, sizeof big));
}

static void test_what_is_derived_differs(void **state)
{
    uint8_t keys[5][CARD_KEY_SIZE];
    (void)state;
    struct card card = make(CARD_PARTICIPANT, 12);
    struct card staff = card, other = make(CARD_PARTICIPANT, 13);
    staff.kind = CARD_STAFF;
    card_lookup_key(&card, keys[0]);
    card_lookup_key(&staff, keys[1]);
    card_lookup_key(&other, keys[2]);
    card_derive_seed(&card, STR("sheet"), keys[3]);
    card_derive_seed(&card, STR(""), keys[4]);
    for (int i = 0; i < 5; i++) {
        for (int j = 0; j < i; j++) {
            assert_memory_not_equal(keys[i], keys[j], CARD_KEY_SIZE);
        }
        assert_memory_not_equal(keys[i], card.secret, CARD_SECRET_SIZE);
    }
    card_lookup_key(&card, keys[1]);
    assert_memory_equal(keys[0], keys[1], CARD_KEY_SIZE);
}

static void test_base32_is_canonical(void **state)
{
    uint8_t bytes[4];
    size_t len, at;
    (void)state;
    /* Every text of three symbols is refused; of two, only those with zero spare bits. */
    for (int a = 0; a < 32; a++) {
        for (int b = 0; b < 32; b++) {
            char text[3] = {base32_symbol(a), base32_symbol(b), '0'};
            enum err err = base32_decode((struct str){text, 2}, bytes, 4, &len, &at);
            assert_int_equal(err, b % 4 == 0 ? ERR_OK : ERR_INVALID);
            assert_int_equal(base32_decode((struct str){text, 3}, bytes, 4, &len, &at),
                             ERR_INVALID);
        }
    }
    assert_int_equal(base32_decode(STR("00000000"), bytes, 4, &len, &at), ERR_FULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_comes_back),
        cmocka_unit_test(test_golden),
        cmocka_unit_test(test_every_wrong_symbol_is_found),
        cmocka_unit_test(test_every_swap_is_found),
        cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_what_is_derived_differs),
        cmocka_unit_test(test_base32_is_canonical),
    };
    return proof_init() ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
