#include "proof/enrol_code.h"
#include "support/support.h"
#include "unit/unit.h"

static const struct enrol_code code = {{1, 35, 69, 103, 137, 171, 205, 239, 16, 50}};
#define CODE_TEXT "04HM-ASW9-NF6Y-Y41J"
#define URL "https://zentrale.example:8443"

static bool parses(const char *text)
{
    struct enrol_code back;
    return enrol_code_parse(str_of(text), &back) == ERR_OK &&
           memcmp(&back, &code, sizeof back) == 0;
}

static void test_code_text(void **state)
{
    char text[ENROL_CODE_TEXT_SIZE];
    (void)state;
    enrol_code_format(&code, text);
    assert_string_equal(text, CODE_TEXT);
    for (const char *c = text; *c != '\0'; c++) {
        assert_int_equal(enrol_code_has(*c), *c != '-');
    }
    assert_false(enrol_code_has('\0'));
    assert_false(enrol_code_has('L'));
}

static void test_code_is_read(void **state)
{
    static const struct {
        const char *name, *text;
        bool good;
    } rows[] = {
        {"as shown", CODE_TEXT, true},
        {"small letters", "04hm-asw9-nf6y-y41j", true},
        {"no groups", "04HMASW9NF6YY41J", true},
        {"spaces", " 04HM ASW9 NF6Y  Y41J ", true},
        {"O for 0, I for 1", "O4HM-ASW9-NF6Y-Y4IJ", true},
        {"l for 1", "o4hm-asw9-nf6y-y4lj", true},
        {"nothing", "", false},
        {"one too few", "04HM-ASW9-NF6Y-Y41", false},
        {"one too many", "04HM-ASW9-NF6Y-Y41J0", false},
        {"U is no symbol", "U4HM-ASW9-NF6Y-Y41J", false},
        {"another code", "14HM-ASW9-NF6Y-Y41J", false},
        {"not ASCII", "04HM-ASW9-NF6Y-Y4\xc3\xa4J", false},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (parses(rows[i].text) != rows[i].good) {
            fail_msg("%s", rows[i].name);
        }
    }
}

static void test_codes_differ(void **state)
{
    uint64_t seed = 3;
    struct rng rng = fake_rng(&seed);
    struct enrol_code a = enrol_code_make(&rng), b = enrol_code_make(&rng), back;
    char text[ENROL_CODE_TEXT_SIZE];
    (void)state;
    assert_memory_not_equal(&a, &b, sizeof a);
    enrol_code_format(&b, text);
    assert_int_equal(enrol_code_parse(str_of(text), &back), ERR_OK);
    assert_memory_equal(&b, &back, sizeof b);
}

static void test_urls(void **state)
{
    static const struct {
        const char *url;
        bool good;
    } rows[] = {
        {"https://a", true},
        {"http://127.0.0.1:1", true},
        {"https://zentrale.example:65535", true},
        {"http://[::1]:8443", true},
        {"http://[::1]", true},
        {"http://localhost", true},
        {"http://localhost:8600", true},
        {"http://127.8.0.1", true},
        {"http://127.0.0.1.example", false},
        {"http://localhost.example", false},
        {"http://zentrale.example", false},
        {"http://192.168.1.2:8600", false},
        {"http://[fe80::1]", false},
        {"https://a-b.example", true},
        {"", false},
        {"https://", false},
        {"zentrale.example", false},
        {"ftp://zentrale.example", false},
        {"HTTPS://zentrale.example", false},
        {"https://zentrale.example/", false},
        {"https://zentrale.example/a", false},
        {"https://zentrale.example?a", false},
        {"https://a@zentrale.example", false},
        {"https://zentrale.example:", false},
        {"https://zentrale.example:0", false},
        {"https://zentrale.example:080", false},
        {"https://[g::1]", false},
        {"https://zentrale.example:65536", false},
        {"https://zentrale.example:123456", false},
        {"https://zentrale.example:8a", false},
        {"https://:80", false},
        {"https://.example", false},
        {"https://-a.example", false},
        {"https://a..example", false},
        {"https://a.example.", false},
        {"https://a b", false},
        {"https://\xc3\xa4.example", false},
        {"https://[]", false},
        {"https://[::1", false},
        {"https://[::1]8", false},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (enrol_url_valid(str_of(rows[i].url)) != rows[i].good) {
            fail_msg("%s", rows[i].url);
        }
    }
}

/* A URL of `len` bytes. */
static struct str long_url(char *memory, size_t len)
{
    memset(memory, 'a', len);
    memcpy(memory, "https://", 8);
    return (struct str){memory, len};
}

static void test_longest_url(void **state)
{
    char memory[ENROL_URL_MAX + 1], qr[ENROL_QR_SIZE], url[ENROL_URL_MAX + 1];
    struct enrol_code back;
    (void)state;
    assert_false(enrol_url_valid(long_url(memory, ENROL_URL_MAX + 1)));
    struct str longest = long_url(memory, ENROL_URL_MAX);
    assert_int_equal(enrol_qr_format(&code, longest, qr), ERR_OK);
    assert_int_equal(enrol_qr_parse(str_of(qr), &back, url), ERR_OK);
    assert_true(str_eq(str_of(url), longest));
}

static bool qr_reads(const char *text, size_t len)
{
    struct enrol_code back;
    char url[ENROL_URL_MAX + 1];
    return enrol_qr_parse((struct str){text, len}, &back, url) == ERR_OK &&
           strcmp(url, URL) == 0 && memcmp(&back, &code, sizeof back) == 0;
}

static void test_qr_comes_back(void **state)
{
    char qr[ENROL_QR_SIZE];
    (void)state;
    assert_int_equal(enrol_qr_format(&code, STR(URL), qr), ERR_OK);
    assert_string_equal(qr, "ANE040J6HB7H6MUTTQG69L78V3GECV2WBTSCMP78UK1D"
                            "HJJURBQC5NP0T3578U38D1K3JR0");
    assert_true(qr_reads(qr, strlen(qr)));
    assert_int_equal(enrol_qr_format(&code, STR("https://"), qr), ERR_INVALID);
}

static void test_qr_misread(void **state)
{
    char qr[ENROL_QR_SIZE];
    (void)state;
    assert_int_equal(enrol_qr_format(&code, STR(URL), qr), ERR_OK);
    size_t len = strlen(qr);
    for (size_t cut = 0; cut < len; cut++) {
        assert_false(qr_reads(qr, cut));
    }
    for (size_t i = 0; i < len; i++) {
        char was = qr[i];
        qr[i] = was == '7' ? '8' : '7';
        assert_false(qr_reads(qr, len));
        qr[i] = was;
    }
    qr[len] = '0';
    assert_false(qr_reads(qr, len + 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_code_text),    cmocka_unit_test(test_code_is_read),
        cmocka_unit_test(test_codes_differ), cmocka_unit_test(test_urls),
        cmocka_unit_test(test_longest_url),  cmocka_unit_test(test_qr_comes_back),
        cmocka_unit_test(test_qr_misread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
