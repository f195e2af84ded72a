#include "proof/base32.h"
#include "proof/centre_key.h"
#include "support/support.h"
#include "unit/unit.h"

#include <stdbool.h>
#include <stdio.h>

#define PASSPHRASE "vier Äpfel im Regen"

static struct recovery recovery;
static struct centre_key key;
static struct seal_pair pair; /* as the passphrase opens it */
static char file[CENTRE_KEY_FILE_SIZE];

static bool parses(const char *text, size_t len)
{
    struct centre_key read;
    return centre_key_parse((struct str){text, len}, &read) == ERR_OK;
}

static void test_the_file_comes_back(void **state)
{
    struct centre_key read;
    struct seal_pair opened;
    (void)state;
    assert_int_equal(centre_key_parse(str_of(file), &read), ERR_OK);
    assert_memory_equal(&read, &key, sizeof read);
    assert_int_equal(centre_key_recover(&read, &recovery, &opened), ERR_OK);
    assert_memory_equal(&opened, &pair, sizeof opened);
    assert_memory_equal(&pair.public, &key.public, sizeof key.public);
}

/* A file of today must open in ten years, by the words and by the paper. */
static void test_golden(void **state)
{
    static const char old[] =
        "anlauf centre key 1\n"
        "public 4abfe60899370c0565b05cb0c408e57f3e6d7e159db21cecfc5eb7d8f364c97b\n"
        "argon2id 3 256 22092679ffe3ca18638ecd059b42e923\n"
        "passphrase 1be1e36d89778d3829d4f21ab0e0067bf54f73173ccc1cd139ae398ad9305"
        "e6900a37e29cd1efaf96e12408fd7e2c6cfc9472ea5738e567a076ecd9025bef7acfdf61"
        "aa61d215048\n"
        "recovery 5608abc0d5dd98a4d418b438e070da2cb1854fe663a40d67cd78948e1ec0582"
        "a37a2bc26031963e9bab28a0ddbfb3d8741616224e556af7c95fe3545dc7debd03490ca1"
        "24eb4037b\n"
        "check 0c79ca0a03bb1b52\n";
    char again[CENTRE_KEY_FILE_SIZE], paper[RECOVERY_TEXT_SIZE];
    struct centre_key read;
    struct seal_pair opened;
    (void)state;
    centre_key_format(&key, again);
    assert_string_equal(again, old);
    assert_int_equal(centre_key_parse(str_of(old), &read), ERR_OK);
    assert_int_equal(centre_key_recover(&read, &recovery, &opened), ERR_OK);
    recovery_format(&recovery, paper);
    assert_string_equal(paper, "1G05-GGUW-9B8E-9FNP-5XMX-6ASA-PQCB-7RTS-D555");
}

static void test_wrong_words_and_papers(void **state)
{
    struct recovery other = recovery;
    struct seal_pair opened = {.secret = {9}};
    (void)state;
    other.secret[19] ^= 1;
    assert_int_equal(centre_key_open(&key, STR("vier Äpfel im Schnee"), &opened),
                     ERR_DENIED);
    assert_int_equal(centre_key_recover(&key, &other, &opened), ERR_DENIED);
    assert_int_equal(opened.secret[0], 9);
}

static void test_lengths_of_passphrases(void **state)
{
    static char big[CENTRE_KEY_PASSPHRASE_MAX + 1];
    struct rng rng = rng_system();
    struct centre_key made;
    (void)state;
    memset(big, 'a', sizeof big);
    assert_int_equal(centre_key_make(STR("elf Zeichen"), &recovery, &rng, &made),
                     ERR_INVALID);
    assert_int_equal(
        centre_key_make((struct str){big, sizeof big}, &recovery, &rng, &made),
        ERR_INVALID);
}

static void test_every_flipped_bit_of_the_file_is_refused(void **state)
{
    const size_t len = strlen(file);
    (void)state;
    assert_true(parses(file, len));
    for (size_t bit = 0; bit < len * 8; bit++) {
        file[bit / 8] ^= (char)(1 << bit % 8);
        bool good = parses(file, len);
        file[bit / 8] ^= (char)(1 << bit % 8);
        if (good) {
            fail_msg("bit %zu", bit);
        }
    }
}

static void test_every_truncation_of_the_file_is_refused(void **state)
{
    char longer[CENTRE_KEY_FILE_SIZE + 1];
    const size_t len = strlen(file);
    (void)state;
    for (size_t i = 0; i < len; i++) {
        assert_false(parses(file, i));
    }
    snprintf(longer, sizeof longer, "%s\n", file);
    assert_false(parses(longer, len + 1));
    assert_false(parses(file, len + 1)); /* a NUL behind */
}

/* Somebody changes the file and mends its check: the locks notice. */
static void test_what_the_locks_are_bound_to(void **state)
{
    struct centre_key bad = key;
    struct seal_pair opened;
    (void)state;
    bad.public.b[0] ^= 1;
    assert_int_equal(centre_key_recover(&bad, &recovery, &opened), ERR_DENIED);
    bad = key;
    bad.passes = 1;
    assert_int_equal(centre_key_recover(&bad, &recovery, &opened), ERR_DENIED);
    bad = key;
    bad.salt[15] ^= 0x80;
    assert_int_equal(centre_key_recover(&bad, &recovery, &opened), ERR_DENIED);
    bad = key;
    memcpy(bad.recovery, key.passphrase, sizeof bad.recovery);
    assert_int_equal(centre_key_recover(&bad, &recovery, &opened), ERR_DENIED);
}

/* A file with a right check that asks for what no file of ours asks for. */
static void test_costs_out_of_range(void **state)
{
    static const struct {
        int passes, memory_mib;
        bool good;
    } cases[] = {{1, 1, true},     {10, 1024, true}, {0, 256, false},
                 {11, 256, false}, {3, 0, false},    {3, 1025, false}};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char text[CENTRE_KEY_FILE_SIZE];
        struct centre_key other = key;
        other.passes = cases[i].passes;
        other.memory_mib = cases[i].memory_mib;
        centre_key_format(&other, text);
        assert_int_equal(parses(text, strlen(text)), cases[i].good);
    }
}

static void test_public_file(void **state)
{
    char text[CENTRE_KEY_PUBLIC_SIZE];
    struct seal_public public;
    (void)state;
    centre_key_public_format(&key.public, text);
    size_t len = strlen(text);
    assert_int_equal(centre_key_public_parse(str_of(text), &public), ERR_OK);
    assert_memory_equal(&public, &key.public, sizeof public);
    for (size_t bit = 0; bit < len * 8; bit++) {
        text[bit / 8] ^= (char)(1 << bit % 8);
        assert_int_equal(centre_key_public_parse((struct str){text, len}, &public),
                         ERR_CORRUPT);
        text[bit / 8] ^= (char)(1 << bit % 8);
    }
    for (size_t i = 0; i < len; i++) {
        assert_int_equal(centre_key_public_parse((struct str){text, i}, &public),
                         ERR_CORRUPT);
    }
    assert_int_equal(centre_key_public_parse(str_of(file), &public), ERR_CORRUPT);
}

/* ---- the paper -------------------------------------------------------------------- */

static bool is_paper(const char *text)
{
    struct recovery read;
    return recovery_parse(str_of(text), &read) == ERR_OK;
}

static void test_how_a_paper_may_be_typed(void **state)
{
    char paper[RECOVERY_TEXT_SIZE], typed[2 * RECOVERY_TEXT_SIZE] = "  ";
    size_t len = 2;
    struct recovery read;
    (void)state;
    recovery_format(&recovery, paper);
    for (const char *c = paper; *c != '\0'; c++) {
        bool letter = *c >= 'A' && *c <= 'Z';
        typed[len++] = *c == '-'   ? ' '
                       : *c == '0' ? 'o'
                       : *c == '1' ? 'i'
                       : letter    ? (char)(*c - 'A' + 'a')
                                   : *c;
    }
    typed[len] = '\0';
    assert_int_equal(recovery_parse(str_of(typed), &read), ERR_OK);
    assert_memory_equal(&read, &recovery, sizeof read);
}

static void test_every_wrong_symbol_and_swap_is_found(void **state)
{
    char paper[RECOVERY_TEXT_SIZE];
    (void)state;
    recovery_format(&recovery, paper);
    for (size_t i = 0; i < RECOVERY_TEXT_SIZE - 1; i++) {
        char was = paper[i];
        for (int v = 0; v < 32 && was != '-'; v++) {
            paper[i] = base32_symbol(v);
            assert_int_equal(is_paper(paper), paper[i] == was);
        }
        paper[i] = was;
        for (size_t j = 0; j < i; j++) {
            if (was == '-' || paper[j] == '-') {
                continue;
            }
            char other = paper[j];
            paper[i] = other;
            paper[j] = was;
            assert_int_equal(is_paper(paper), was == other);
            paper[i] = was;
            paper[j] = other;
        }
    }
}

static void test_what_is_no_paper(void **state)
{
    char paper[RECOVERY_TEXT_SIZE + 2];
    (void)state;
    recovery_format(&recovery, paper);
    for (size_t len = 0; len < RECOVERY_TEXT_SIZE - 1; len++) {
        struct recovery read;
        assert_int_equal(recovery_parse((struct str){paper, len}, &read), ERR_INVALID);
    }
    paper[RECOVERY_TEXT_SIZE - 1] = '0';
    paper[RECOVERY_TEXT_SIZE] = '\0';
    assert_false(is_paper(paper));
    recovery_format(&recovery, paper);
    paper[3] = 'Z';
    assert_false(is_paper(paper));
}

static int setup(void **state)
{
    uint64_t seed = 40;
    struct rng rng = fake_rng(&seed);
    (void)state;
    recovery_make(&rng, &recovery);
    if (centre_key_make(STR(PASSPHRASE), &recovery, &rng, &key) != ERR_OK ||
        centre_key_open(&key, STR(PASSPHRASE), &pair) != ERR_OK) {
        return 1;
    }
    centre_key_format(&key, file);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_file_comes_back),
        cmocka_unit_test(test_golden),
        cmocka_unit_test(test_wrong_words_and_papers),
        cmocka_unit_test(test_lengths_of_passphrases),
        cmocka_unit_test(test_every_flipped_bit_of_the_file_is_refused),
        cmocka_unit_test(test_every_truncation_of_the_file_is_refused),
        cmocka_unit_test(test_what_the_locks_are_bound_to),
        cmocka_unit_test(test_costs_out_of_range),
        cmocka_unit_test(test_public_file),
        cmocka_unit_test(test_how_a_paper_may_be_typed),
        cmocka_unit_test(test_every_wrong_symbol_and_swap_is_found),
        cmocka_unit_test(test_what_is_no_paper),
    };
    return proof_init() ? 1 : cmocka_run_group_tests(tests, setup, NULL);
}
