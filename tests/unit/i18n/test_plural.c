#include "i18n/plural.h"
#include "unit/unit.h"

#define GERMAN "nplurals=2; plural=(n != 1);"
#define ARABIC                                                                           \
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "  \
    "n%100>=11 ? 4 : 5);"
#define POLISH                                                                           \
    "nplurals=3; plural=n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : " \
    "2;"
#define SLAVIC                                                                           \
    " nplurals = 3; plural = n%10==1 && n%100!=11 ? 0 : "                                \
    "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;"

/* Form by form, numbers that take it; each list ends with -1. */
static const struct {
    const char *name, *header;
    int forms;
    long numbers[6][12];
} languages[] = {
    {"German", GERMAN, 2, {{1, -1}, {0, 2, 3, 10, 11, 21, 101, -1}}},
    {"Turkish", "nplurals=2; plural=(n > 1);", 2, {{0, 1, -1}, {2, 21, -1}}},
    {"Vietnamese", "nplurals=1; plural=0;", 1, {{0, 1, 2, 100, -1}}},
    {"Arabic",
     ARABIC,
     6,
     {{0, -1},
      {1, -1},
      {2, -1},
      {3, 10, 103, 110, -1},
      {11, 26, 99, 111, 199, -1},
      {100, 101, 102, 200, 1002, -1}}},
    {"Polish",
     POLISH,
     3,
     {{1, -1}, {2, 4, 22, 24, 102, -1}, {0, 5, 11, 12, 14, 21, 25, 112, 1000, -1}}},
    {"Ukrainian and Russian",
     SLAVIC,
     3,
     {{1, 21, 101, 1001, -1},
      {2, 4, 22, 34, 102, -1},
      {0, 5, 11, 12, 19, 25, 111, 112, -1}}},
};

static void test_forms_of_languages(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(languages); i++) {
        struct plural plural;
        assert_int_equal(plural_parse(str_of(languages[i].header), &plural), ERR_OK);
        assert_int_equal(plural.forms, languages[i].forms);
        for (int form = 0; form < plural.forms; form++) {
            for (const long *n = languages[i].numbers[form]; *n >= 0; n++) {
                int got = plural_form(&plural, (unsigned long)*n);
                if (got != form) {
                    fail_msg("%s: %ld takes %d, got %d", languages[i].name, *n, form,
                             got);
                }
            }
        }
    }
}

static const struct {
    const char *expression;
    unsigned long n;
    int form;
} value_cases[] = {
    {"1+2*3", 0, 7},     {"(1+2)*2", 0, 6},   {"7-2-1", 0, 4}, {"1<2==1", 0, 1},
    {"0||1&&0", 0, 0},   {"1||0&&0", 0, 1},   {"!n", 0, 1},    {"!!n", 5, 1},
    {"!(n==5)+1", 5, 1}, {"n/0", 5, 0},       {"n%0", 5, 0},   {"1?2:0?3:4", 0, 2},
    {"0?2:0?3:4", 0, 4}, {"0?1?2:3:4", 0, 4}, {"n<=3", 3, 1},  {"n>=3", 2, 0},
    {"9", 0, 0},         {"0-1", 0, 0},
};

static void test_reads_like_c(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(value_cases); i++) {
        char memory[64];
        struct buf header;
        struct plural plural;
        buf_init(&header, memory, sizeof memory);
        buf_printf(&header, "nplurals=8; plural=%s;", value_cases[i].expression);
        assert_int_equal(plural_parse(buf_str(&header), &plural), ERR_OK);
        int got = plural_form(&plural, value_cases[i].n);
        if (got != value_cases[i].form) {
            fail_msg("%s gave %d", value_cases[i].expression, got);
        }
    }
}

static const char *const refused[] = {
    "",
    "nplurals=2;",
    "nplurals=0; plural=0;",
    "nplurals=9; plural=0;",
    "nplurals=99999999999; plural=0;",
    "nplurals=2; plural=;",
    "nplurals=2; plural=n n;",
    "nplurals=2; plural=(n;",
    "nplurals=2; plural=n);",
    "nplurals=2; plural=n ? 1;",
    "nplurals=2; plural=n ==;",
    "nplurals=2; plural=m;",
    "nplurals=2; plural=n; rm",
    "nplurals=2; plural=99999;",
    "nplurals=2; plural=system(n);",
};

static void test_refuses(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        struct plural plural;
        if (plural_parse(str_of(refused[i]), &plural) != ERR_INVALID) {
            fail_msg("taken: %s", refused[i]);
        }
    }
}

static void refuse_repeated(const char *piece)
{
    static char memory[65536];
    struct buf header;
    struct plural plural;
    buf_init(&header, memory, sizeof memory);
    buf_puts(&header, "nplurals=2; plural=");
    while (!header.cut) {
        buf_puts(&header, piece);
    }
    assert_int_equal(plural_parse(buf_str(&header), &plural), ERR_INVALID);
}

static void test_refuses_what_is_too_deep_or_long(void **state)
{
    (void)state;
    refuse_repeated("(");
    refuse_repeated("!");
    refuse_repeated("n+");
    refuse_repeated("n?n:");
    refuse_repeated("n?");
    refuse_repeated(" ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms_of_languages),
        cmocka_unit_test(test_reads_like_c),
        cmocka_unit_test(test_refuses),
        cmocka_unit_test(test_refuses_what_is_too_deep_or_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
