#include "proof/base32.h"
#include "proof/scan.h"
#include "proof/site_code.h"
#include "unit/unit.h"

#include <stdbool.h>

#define JOB STR("H-1042")
#define DAY 20784 /* 2026-11-27 */

static struct site_code_key key, other_key;
static char code[SITE_CODE_SIZE];

static bool parses(const char *text)
{
    char read[SITE_CODE_SIZE];
    return site_code_parse(str_of(text), read) == ERR_OK;
}

static void test_golden(void **state)
{
    char shown[SITE_CODE_SHOWN_SIZE], qr[SITE_CODE_QR_SIZE];
    (void)state;
    site_code_show(code, shown);
    site_code_qr(code, qr);
    assert_string_equal(code, "NNP09AEV0W");
    assert_string_equal(shown, "NNP09-AEV0W");
    assert_string_equal(qr, "ANONNP09AEV0W");
}

static void test_each_job_has_its_own(void **state)
{
    (void)state;
    assert_true(site_code_check(&key, JOB, DAY, code));
    assert_false(site_code_check(&key, STR("H-1043"), DAY, code));
    assert_false(site_code_check(&key, STR("H-104"), DAY, code));
    assert_false(site_code_check(&key, STR(""), DAY, code));
    assert_false(site_code_check(&key, JOB, DAY + 1, code));
    assert_false(site_code_check(&other_key, JOB, DAY, code));
}

static void test_how_it_may_be_typed(void **state)
{
    static const char *const forms[] = {"%.5s-%.5s", "%.5s%.5s", " %.5s  %.5s ",
                                        "ANO%.5s%.5s", "ano%.5s-%.5s"};
    char typed[64], read[SITE_CODE_SIZE];
    struct buf b;
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
        buf_init(&b, typed, sizeof typed);
        buf_printf(&b, forms[i], code, code + 5);
        assert_int_equal(site_code_parse(str_of(typed), read), ERR_OK);
        assert_string_equal(read, code);
        for (char *c = typed; *c != '\0'; c++) {
            *c = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a')
                 : *c == '0'            ? 'O'
                 : *c == '1'            ? 'i'
                                        : *c;
        }
        assert_int_equal(site_code_parse(str_of(typed), read), ERR_OK);
        assert_string_equal(read, code);
    }
}

static void test_typing_errors_are_found(void **state)
{
    char bad[SITE_CODE_SIZE];
    (void)state;
    memcpy(bad, code, sizeof bad);
    for (size_t i = 0; i < SITE_CODE_SIZE - 1; i++) {
        for (int v = 0; v < 32; v++) {
            bad[i] = base32_symbol(v);
            assert_int_equal(parses(bad), bad[i] == code[i]);
        }
        bad[i] = code[i];
        for (size_t j = 0; j < i; j++) {
            bad[i] = code[j];
            bad[j] = code[i];
            assert_int_equal(parses(bad), code[i] == code[j]);
            bad[i] = code[i];
            bad[j] = code[j];
        }
    }
}

static void test_what_is_no_code(void **state)
{
    static const char *const texts[] = {"",
                                        "0",
                                        "000000000",
                                        "00000000000",
                                        "ANO",
                                        "YYYYYYYYYY",
                                        "ANS0000000000",
                                        "0000000000\n",
                                        "000000000\xC3"};
    char cut[SITE_CODE_SIZE];
    (void)state;
    assert_true(parses("0000000000")); /* in form, though no job's */
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        if (parses(texts[i])) {
            fail_msg("%s", texts[i]);
        }
    }
    for (size_t len = 0; len < SITE_CODE_SIZE - 1; len++) {
        memcpy(cut, code, sizeof cut);
        cut[len] = '\0';
        assert_false(parses(cut));
    }
}

static void test_scanned(void **state)
{
    char qr[SITE_CODE_QR_SIZE], out[SCAN_CHARS_MAX + 1];
    (void)state;
    site_code_qr(code, qr);
    size_t len = scan_clean(out, str_of(qr));
    assert_int_equal(scan_kind_of((struct str){out, len}), SCAN_SITE_CODE);
}

/* Derived from the device's seed, but neither it nor its signing key. */
static void test_the_key_is_its_own(void **state)
{
    const uint8_t seed[KEY_SEED_SIZE] = {7};
    struct site_code_key own;
    struct key signing;
    (void)state;
    site_code_key_of(seed, &own);
    key_from_seed(seed, &signing);
    assert_memory_equal(own.b, key.b, sizeof own.b);
    assert_memory_not_equal(own.b, seed, sizeof own.b);
    assert_memory_not_equal(own.b, signing.public.b, sizeof own.b);
    site_code_key_wipe(&own);
    for (size_t i = 0; i < sizeof own.b; i++) {
        assert_int_equal(own.b[i], 0);
    }
}

static int setup(void **state)
{
    const uint8_t seed[KEY_SEED_SIZE] = {7}, other[KEY_SEED_SIZE] = {8};
    (void)state;
    site_code_key_of(seed, &key);
    site_code_key_of(other, &other_key);
    site_code_make(&key, JOB, DAY, code);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden),
        cmocka_unit_test(test_each_job_has_its_own),
        cmocka_unit_test(test_how_it_may_be_typed),
        cmocka_unit_test(test_typing_errors_are_found),
        cmocka_unit_test(test_what_is_no_code),
        cmocka_unit_test(test_scanned),
        cmocka_unit_test(test_the_key_is_its_own),
    };
    return proof_init() ? 1 : cmocka_run_group_tests(tests, setup, NULL);
}
