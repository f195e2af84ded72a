#include "base/buf.h"
#include "base/check.h"
#include "base/subcommand.h"
#include "unit/unit.h"

#include <string.h>

static const struct subcommand_option options[] = {
    {"json", NULL, "for programs"},
    {"after", "SEQ", "only what came after"},
    {NULL, NULL, NULL},
};
static const struct subcommand calls[] = {
    {.first = "list", .words = {"WHAT", "[CENTRE]"}, .help = "Lists.", .options = options},
    {.first = "centre", .second = "add", .words = {"NAME"}, .help = "Adds one."},
};

static const struct subcommand *call_at(size_t index)
{
    return &calls[index];
}

static const struct subcommand_list list = {
    .program = "desk",
    .data = {"data", "DIR", "the folder"},
    .notes = "That is all.\n",
    .count = ARRAY_LEN(calls),
    .at = call_at,
};

struct heard {
    char out[1024], err[1024];
    size_t index;
    struct subcommand_args args;
};

/* `line`: words with one space between them. */
static enum subcommand_read hear(const char *line, struct heard *heard)
{
    static char memory[128];
    char *argv[8];
    int argc = 0;
    memset(heard, 0, sizeof *heard);
    snprintf(memory, sizeof memory, "%s", line);
    for (char *word = strtok(memory, " "); word != NULL; word = strtok(NULL, " ")) {
        argv[argc++] = word;
    }
    FILE *out = fmemopen(heard->out, sizeof heard->out, "w");
    FILE *err = fmemopen(heard->err, sizeof heard->err, "w");
    enum subcommand_read read =
        subcommand_read(&list, argc, argv, out, err, &heard->index, &heard->args);
    fclose(out);
    fclose(err);
    return read;
}

static void test_arguments(void **state)
{
    static const struct {
        const char *line;
        size_t index;
        struct subcommand_args args;
    } rows[] = {
        {"list wishes", 0, {.words = {"wishes"}}},
        {"list wishes 7K3M", 0, {.words = {"wishes", "7K3M"}}},
        {"list --json wishes", 0, {.words = {"wishes"}, .options = {""}}},
        {"list wishes --after 5", 0, {.words = {"wishes"}, .options = {NULL, "5"}}},
        {"list wishes --after=5", 0, {.words = {"wishes"}, .options = {NULL, "5"}}},
        {"list wishes --after=", 0, {.words = {"wishes"}, .options = {NULL, ""}}},
        {"centre add Nord --data /tmp", 1, {.words = {"Nord"}, .data = "/tmp"}},
        {"centre add --data=/tmp Nord", 1, {.words = {"Nord"}, .data = "/tmp"}},
        {"centre add -", 1, {.words = {"-"}}},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct heard heard;
        assert_int_equal(hear(rows[i].line, &heard), SUBCOMMAND_RUN);
        assert_int_equal(heard.index, rows[i].index);
        assert_string_equal(heard.err, "");
        const char *const *got[] = {heard.args.words, heard.args.options};
        const char *const *wanted[] = {rows[i].args.words, rows[i].args.options};
        for (int n = 0; n < 2; n++) {
            for (int k = 0; k < 2; k++) {
                const char *is = got[n][k], *should = wanted[n][k];
                assert_string_equal(is ? is : "none", should ? should : "none");
            }
        }
        assert_string_equal(heard.args.data ? heard.args.data : "",
                            rows[i].args.data ? rows[i].args.data : "");
    }
}

static void test_complaints(void **state)
{
    static const struct {
        const char *line, *err;
    } rows[] = {
        {"sell", "desk: sell: is no sub-command; there are:\n  desk list WHAT"},
        {"centre", "desk: centre: its second word is one of:\n  desk centre add NAME\n"},
        {"centre sell x", "desk: centre: its second word is one of:\n"},
        {"list", "desk: WHAT is missing; try --help\n"},
        {"list a b c", "desk: c: one argument too many\n"},
        {"list a --most 3", "desk: --most: is no option here\n"},
        {"list a --most=3", "desk: --most: is no option here\n"},
        {"list a --json=yes", "desk: --json: takes no value\n"},
        {"list a --after", "desk: --after: lacks its value\n"},
        {"list a --data", "desk: --data: lacks its value\n"},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct heard heard;
        assert_int_equal(hear(rows[i].line, &heard), SUBCOMMAND_WRONG);
        if (strncmp(heard.err, rows[i].err, strlen(rows[i].err)) != 0) {
            fail_msg("%s: %s", rows[i].line, heard.err);
        }
        assert_string_equal(heard.out, "");
    }
}

static void test_help(void **state)
{
    static const struct {
        const char *line, *out;
    } rows[] = {
        {"list --help", "usage: desk list WHAT [CENTRE] [options]\n\nLists.\n\nOptions:\n"
                        "  --json                 for programs\n"
                        "  --after SEQ            only what came after\n"
                        "  --data DIR             the folder\n"
                        "  --help                 this text\n\nThat is all.\n"},
        {"centre add -h", "usage: desk centre add NAME [options]\n\nAdds one.\n\nOptions:\n"
                          "  --data DIR             the folder\n"
                          "  --help                 this text\n\nThat is all.\n"},
        {"centre --help", "  desk centre add NAME\n"},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct heard heard;
        assert_int_equal(hear(rows[i].line, &heard), SUBCOMMAND_HELP);
        assert_string_equal(heard.out, rows[i].out);
        assert_string_equal(heard.err, "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arguments),
        cmocka_unit_test(test_complaints),
        cmocka_unit_test(test_help),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
