#include "print/profile.h"

/* Numbers of ESC t: Epson's table, which the others copy. Cheap printers often have only
 * page 0 for certain, and it has the German letters. */
static const struct profile profiles[] = {
    {.name = "generic-58", .dots = 384, .codepage = CODEPAGE_437, .codepage_number = 0,
     .leave_kanji = true, .feed_lines = 4},
    {.name = "generic-80", .dots = 576, .codepage = CODEPAGE_437, .codepage_number = 0,
     .cutter = true, .leave_kanji = true, .feed_lines = 4},
    {.name = "epson-tm", .dots = 576, .codepage = CODEPAGE_858, .codepage_number = 19,
     .native_qr = true, .cutter = true, .feed_lines = 4},
    {.name = "epson-tm-58", .dots = 384, .codepage = CODEPAGE_858, .codepage_number = 19,
     .native_qr = true, .cutter = true, .feed_lines = 4},
    {.name = "latin1-80", .dots = 576, .codepage = CODEPAGE_1252, .codepage_number = 16,
     .cutter = true, .leave_kanji = true, .feed_lines = 4},
};

const struct profile *profile_find(struct str name)
{
    for (size_t i = 0; i < ARRAY_LEN(profiles); i++) {
        if (str_eq(name, str_of(profiles[i].name))) {
            return &profiles[i];
        }
    }
    return NULL;
}

size_t profile_count(void)
{
    return ARRAY_LEN(profiles);
}

const struct profile *profile_at(size_t i)
{
    CHECK(i < ARRAY_LEN(profiles));
    return &profiles[i];
}

int profile_columns(const struct profile *profile, int char_dots)
{
    CHECK(char_dots > 0);
    return profile->dots / char_dots;
}
