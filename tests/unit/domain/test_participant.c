#include "domain/participant.h"
#include "unit/unit.h"

static const struct {
    const char *name, *alias;
    bool valid;
} alias_cases[] = {
    {"plain", "Falke", true},
    {"two letters", "Bo", true},
    {"one letter", "B", false},
    {"nothing", "", false},
    {"16 characters", "Abcdefghijklmnop", true},
    {"17 characters", "Abcdefghijklmnopq", false},
    {"16 characters of two bytes", "ÄÖÜäöüßÄÖÜäöüßÄÖ", true},
    {"digits and minus", "Falke-7", true},
    {"inner space", "Falke 7", true},
    {"two spaces", "Falke  7", false},
    {"space at the end", "Falke ", false},
    {"digit first", "7Falke", false},
    {"minus first", "-Falke", false},
    {"new line", "Fal\nke", false},
    {"bidi override", "Fal\xE2\x80\xAEke", false},
    {"bad bytes", "Fal\xC0\xAFke", false},
    {"turkish", "Işık", true},
    {"arabic", "صقر", true},
    {"ukrainian", "Сокіл", true},
    {"vietnamese", "Ưng", true},
    {"SQL", "a'; DROP", false},
    {"format", "a%s%n", false},
    {"multiplication sign", "a×b", false},
};

static void test_alias(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(alias_cases); i++) {
        if (alias_valid(str_of(alias_cases[i].alias)) != alias_cases[i].valid) {
            fail_msg("%s", alias_cases[i].name);
        }
    }
}

static void test_alias_key(void **state)
{
    char a[ALIAS_SIZE], b[ALIAS_SIZE];
    (void)state;
    alias_key(STR("GRÜNER Äpfel-Öl"), a);
    alias_key(STR("grüner äPFEL-öL"), b);
    assert_string_equal(a, "grüner äpfel-öl");
    assert_string_equal(a, b);
    alias_key(STR("Gruener"), b);
    assert_string_not_equal(a, b);
}

static void test_band_moves_on(void **state)
{
    (void)state;
    struct participant p = {.band = AGE_15, .band_until = 100};
    assert_int_equal(participant_band(&p, 99), AGE_15);
    assert_int_equal(participant_band(&p, 100), AGE_16_17);
    p.band_until = DATE_NONE;
    assert_int_equal(participant_band(&p, 100000), AGE_15);
    p = (struct participant){.band = AGE_18, .band_until = 100};
    assert_int_equal(participant_band(&p, 101), AGE_18);
    assert_int_equal(age_band_years(AGE_13_14), 13);
    assert_int_equal(age_band_years(AGE_16_17), 16);
}

static void test_consent(void **state)
{
    (void)state;
    assert_false(consent_valid(&(struct consent){false, DATE_NONE}, 5));
    assert_true(consent_valid(&(struct consent){true, DATE_NONE}, 5));
    assert_true(consent_valid(&(struct consent){true, 5}, 5));
    assert_false(consent_valid(&(struct consent){true, 4}, 5));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alias),
        cmocka_unit_test(test_alias_key),
        cmocka_unit_test(test_band_moves_on),
        cmocka_unit_test(test_consent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
