/* The languages this program can speak, as far as their catalogues were built in. */
#include "base/asset.h"
#include "i18n/i18n.h"

static const struct language languages[] = {
    {.code = "de", .name = "Deutsch", .voice = "de"},
    {.code = "en", .name = "English", .voice = "en-gb"},
    {.code = "tr", .name = "Türkçe", .voice = "tr"},
    {.code = "ar", .name = "العربية", .rtl = true, .voice = "ar"},
    {.code = "uk", .name = "Українська", .voice = "uk"},
};

_Static_assert(ARRAY_LEN(languages) <= LANGUAGES_MAX, "room for every language");

static bool language_built_in(const struct language *language)
{
    char memory[32];
    struct buf name;
    if (language == &languages[0]) {
        return true;
    }
    buf_init(&name, memory, sizeof memory);
    buf_printf(&name, "i18n/%s.mo", language->code);
    return asset_find(memory) != NULL;
}

int language_count(void)
{
    int count = 0;
    for (size_t i = 0; i < ARRAY_LEN(languages); i++) {
        count += language_built_in(&languages[i]);
    }
    return count;
}

const struct language *language_at(int index)
{
    for (size_t i = 0; i < ARRAY_LEN(languages); i++) {
        if (language_built_in(&languages[i]) && index-- == 0) {
            return &languages[i];
        }
    }
    CHECK(!"an index below language_count()");
    return NULL;
}

int language_find(struct str code)
{
    int count = language_count();
    for (int i = 0; i < count; i++) {
        if (str_eq(str_of(language_at(i)->code), code)) {
            return i;
        }
    }
    return -1;
}
