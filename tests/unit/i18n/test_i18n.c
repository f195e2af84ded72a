#include "base/asset.h"
#include "base/utf8.h"
#include "i18n/i18n.h"
#include "unit/unit.h"

static struct i18n words_of(const char *code)
{
    int language = language_find(str_of(code));
    assert_true(language >= 0);
    return i18n_of(language);
}

static void test_german_is_first_and_its_own_source(void **state)
{
    (void)state;
    struct i18n de = i18n_of(0);
    assert_int_equal(language_find(STR("de")), 0);
    assert_string_equal(language_at(0)->name, "Deutsch");
    assert_string_equal(tr(&de, "Montag"), "Montag");
    assert_string_equal(tr_n(&de, "{n} Job", "{n} Jobs", 1), "{n} Job");
    assert_string_equal(tr_n(&de, "{n} Job", "{n} Jobs", 0), "{n} Jobs");
}

static void test_languages_are_those_with_a_catalogue(void **state)
{
    (void)state;
    int catalogues = 0;
    for (size_t i = 0; i < asset_count(); i++) {
        catalogues += str_starts(str_of(asset_at(i)->name), STR("i18n/"));
    }
    assert_int_equal(language_count(), catalogues + 1);
    assert_int_equal(language_find(STR("xx")), -1);
    assert_int_equal(language_find(STR("")), -1);
}

/* A catalogue that is refused would silently give German. */
static void test_every_catalogue_opens(void **state)
{
    (void)state;
    for (int i = 0; i < language_count(); i++) {
        struct i18n i18n = i18n_of(i);
        assert_int_equal(i18n.language, i);
        assert_int_equal(i18n.rtl, language_at(i)->rtl);
        assert_true(utf8_valid(str_of(language_at(i)->name)));
    }
    assert_true(words_of("ar").rtl);
}

static void test_no_such_language_gives_german(void **state)
{
    (void)state;
    assert_int_equal(i18n_of(-1).language, 0);
    assert_int_equal(i18n_of(LANGUAGES_MAX).language, 0);
}

static void test_unknown_text_stays_german(void **state)
{
    (void)state;
    struct i18n ar = words_of("ar");
    assert_string_equal(tr(&ar, "gibt es nicht"), "gibt es nicht");
    assert_string_equal(tr_n(&ar, "{n} Ding", "{n} Dinge", 2), "{n} Dinge");
    assert_string_equal(tr(&ar, ""), "");
}

static const struct {
    const char *code;
    long n;
    const char *out;
} plural_cases[] = {
    {"en", 1, "{n} hour"}, {"en", 2, "{n} hours"}, {"ar", 1, "ساعة واحدة"},
    {"ar", 2, "ساعتان"},   {"ar", 3, "{n} ساعات"}, {"ar", 11, "{n} ساعة"},
    {"ar", -2, "ساعتان"},
};

static void test_plurals(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(plural_cases); i++) {
        struct i18n i18n = words_of(plural_cases[i].code);
        assert_string_equal(tr_n(&i18n, "{n} Stunde", "{n} Stunden", plural_cases[i].n),
                            plural_cases[i].out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_german_is_first_and_its_own_source),
        cmocka_unit_test(test_languages_are_those_with_a_catalogue),
        cmocka_unit_test(test_every_catalogue_opens),
        cmocka_unit_test(test_no_such_language_gives_german),
        cmocka_unit_test(test_unknown_text_stays_german),
        cmocka_unit_test(test_plurals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
