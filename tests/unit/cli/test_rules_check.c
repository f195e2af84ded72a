/* Lines in, lines out: whatever stands between the good ones, these are answered. */
#include "cli/cli.h"
#include "unit/unit.h"

#include <stdio.h>

#define MARK "\xEF\xBB\xBF"
#define QUESTION(id)                                                                     \
    "{\"id\":\"" id "\",\"on\":\"2026-11-23\",\"participant\":{\"age\":13,"              \
    "\"full_time_schooling\":true,\"consent\":true},\"offer\":{\"date\":\"2026-11-23\"," \
    "\"start\":\"16:00\",\"end\":\"18:00\",\"site_kind\":\"private\",\"work_kind\":"     \
    "\"garden\",\"load_kg\":0,\"dangerous\":false,\"paced\":false,"                      \
    "\"alcohol_tobacco\":false}}"
#define YES(id) "{\"id\":\"" id "\",\"allowed\":true,\"reasons\":[]}\n"

static char out[4096];

static enum cli_exit check(const char *input, FILE *answers)
{
    static char first[] = "rules", second[] = "check";
    char *argv[] = {first, second};
    struct cli cli = {
        .in = fmemopen((void *)(uintptr_t)input, strlen(input), "r"),
        .out = answers,
        .err = fopen("/dev/null", "w"),
    };
    enum cli_exit result = cli_run(&cli, 2, argv);
    fclose(cli.in);
    fclose(cli.out);
    fclose(cli.err);
    return result;
}

static const struct {
    const char *name, *input, *want;
    enum cli_exit exit;
} cases[] = {
    {"two", QUESTION("a") "\n" QUESTION("b") "\n", YES("a") YES("b"), CLI_OK},
    {"no newline at the end", QUESTION("a"), YES("a"), CLI_OK},
    {"line ends of DOS", QUESTION("a") "\r\n" QUESTION("b") "\r\n", YES("a") YES("b"),
     CLI_OK},
    {"blank lines", "\n \t\n" QUESTION("a") " \n\r\n", YES("a"), CLI_OK},
    {"a byte order mark", MARK QUESTION("a") "\n", YES("a"), CLI_OK},
    {"only a mark", MARK "\n" QUESTION("a"), YES("a"), CLI_OK},
    {"a mark further down", QUESTION("a") "\n" MARK QUESTION("b") "\n",
     YES("a") "{\"line\":2,\"error\":\"not well-formed JSON: '[' or '{' expected\"}\n",
     CLI_FAILED},
    {"a bad line between", "\n" QUESTION("a") "\n{\n" QUESTION("b") "\n",
     YES("a") "{\"line\":3,\"error\":\"not well-formed JSON: string or '}' "
              "expected\"}\n" YES("b"),
     CLI_FAILED},
};

static void test_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        memset(out, 0, sizeof out);
        enum cli_exit result = check(cases[i].input, fmemopen(out, sizeof out, "w"));
        if (result != cases[i].exit || strcmp(out, cases[i].want) != 0) {
            fail_msg("%s: exit %d, %s", cases[i].name, (int)result, out);
        }
    }
}

/* An answer that nobody got is not "done". */
static void test_full_disk(void **state)
{
    FILE *full = fopen("/dev/full", "w");
    (void)state;
    assert_non_null(full);
    assert_int_equal(check(QUESTION("a") "\n", full), CLI_FAILED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_full_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
