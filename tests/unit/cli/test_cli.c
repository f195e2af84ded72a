/* What is said when a sub-command is asked for help, or is none. */
#include "cli/cli.h"
#include "unit/unit.h"

#include <stdio.h>

static char out[8192], err[8192];

static const struct {
    const char *name;
    const char *words[3];
    enum cli_exit exit;
    const char *in_out, *in_err; /* "": nothing at all */
} cases[] = {
    {"help of one", {"import", "--help"}, CLI_OK, "usage: anlauf import FILE", ""},
    {"help of two words", {"rules", "check", "-h"}, CLI_OK, "usage: anlauf rules check", ""},
    {"help of a first word", {"rules", "--help"}, CLI_OK, "anlauf rules check", ""},
    {"help of a group", {"centre-key", "--help"}, CLI_OK, "centre-key trust", ""},
    {"a first word alone", {"staff"}, CLI_USAGE, "", "anlauf staff add ALIAS"},
    {"a wrong second word", {"rules", "chekc"}, CLI_USAGE, "", "rules: its second word is one of:"},
    {"unknown", {"nosuch"}, CLI_USAGE, "", "anlauf import FILE"},
    {"help of the unknown", {"nosuch", "--help"}, CLI_USAGE, "", "anlauf import FILE"},
    {"an argument too few", {"import"}, CLI_USAGE, "", "FILE is missing"},
    {"an argument too many", {"events", "all"}, CLI_USAGE, "", "all: one argument too many"},
    {"an unknown option", {"events", "--last"}, CLI_USAGE, "", "--last: is no option here"},
    {"a value too few", {"events", "--after"}, CLI_USAGE, "", "--after: lacks its value"},
};

static enum cli_exit run(const char *const words[3])
{
    char memory[3][32], *argv[3];
    int argc = 0;
    for (; argc < 3 && words[argc] != NULL; argc++) {
        snprintf(memory[argc], sizeof memory[argc], "%s", words[argc]);
        argv[argc] = memory[argc];
    }
    memset(out, 0, sizeof out);
    memset(err, 0, sizeof err);
    struct cli cli = {.out = fmemopen(out, sizeof out - 1, "w"),
                      .err = fmemopen(err, sizeof err - 1, "w")};
    enum cli_exit result = cli_run(&cli, argc, argv);
    fclose(cli.out);
    fclose(cli.err);
    return result;
}

static bool says(const char *text, const char *part)
{
    return part[0] == '\0' ? text[0] == '\0' : strstr(text, part) != NULL;
}

static void test_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        enum cli_exit result = run(cases[i].words);
        if (result != cases[i].exit || !says(out, cases[i].in_out) ||
            !says(err, cases[i].in_err)) {
            fail_msg("%s: exit %d\n%s---\n%s", cases[i].name, (int)result, out, err);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
