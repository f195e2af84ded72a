#include "client/args.h"
#include "client/status.h"
#include "unit/unit.h"

static enum err read_line(const char *line, struct args *args, struct buf *why)
{
    static char memory[600];
    char *argv[16] = {memory};
    int argc = 1;
    snprintf(memory, sizeof memory, "anlauf-sync %s", line);
    strtok(memory, " ");
    for (char *word = strtok(NULL, " "); word != NULL; word = strtok(NULL, " ")) {
        argv[argc++] = word;
    }
    return args_read(args, argc, argv, why);
}

static void test_arguments(void **state)
{
    static const struct {
        const char *line;
        enum err err;
        enum args_what what;
        const char *value;
    } rows[] = {
        {"", ERR_OK, ARGS_DAEMON, NULL},
        {"--data /x", ERR_OK, ARGS_DAEMON, NULL},
        {"--data=/x --once", ERR_OK, ARGS_ONCE, NULL},
        {"--status", ERR_OK, ARGS_STATUS, NULL},
        {"--status --json", ERR_OK, ARGS_STATUS, NULL},
        {"--json --status", ERR_OK, ARGS_STATUS, NULL},
        {"--enrol ABCD --server http://h", ERR_OK, ARGS_ENROL, "ABCD"},
        {"--export f", ERR_OK, ARGS_EXPORT, "f"},
        {"--import=f", ERR_OK, ARGS_IMPORT, "f"},
        {"--help", ERR_OK, ARGS_HELP, NULL},
        {"--once --help", ERR_OK, ARGS_HELP, NULL},
        {"--json", ERR_INVALID, ARGS_DAEMON, NULL},
        {"--once --json", ERR_INVALID, ARGS_DAEMON, NULL},
        {"--server http://h", ERR_INVALID, ARGS_DAEMON, NULL},
        {"--once --status", ERR_INVALID, ARGS_DAEMON, NULL},
        {"--export", ERR_INVALID, ARGS_DAEMON, NULL},
        {"--once=yes", ERR_INVALID, ARGS_DAEMON, NULL},
        {"--data=", ERR_INVALID, ARGS_DAEMON, NULL},
        {"--frob", ERR_INVALID, ARGS_DAEMON, NULL},
        {"once", ERR_INVALID, ARGS_DAEMON, NULL},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char memory[128];
        struct args args;
        struct buf why;
        buf_init(&why, memory, sizeof memory);
        enum err err = read_line(rows[i].line, &args, &why);
        if (err != rows[i].err || (err != ERR_OK && why.len == 0)) {
            fail_msg("%s: %s %s", rows[i].line, err_name(err), memory);
        }
        if (err == ERR_OK) {
            assert_int_equal(args.what, rows[i].what);
            assert_true((args.value == NULL) == (rows[i].value == NULL));
        }
        if (err == ERR_OK && rows[i].value != NULL) {
            assert_string_equal(args.value, rows[i].value);
        }
    }
}

static void test_a_folder_too_long(void **state)
{
    char memory[128], folder[ARGS_PATH_SIZE + 10], data[] = "--data", name[] = "x";
    char *argv[] = {name, data, folder, NULL};
    struct args args;
    struct buf why;
    (void)state;
    memset(folder, 'a', sizeof folder);
    folder[sizeof folder - 1] = '\0';
    buf_init(&why, memory, sizeof memory);
    assert_int_equal(args_read(&args, 3, argv, &why), ERR_INVALID);
}

static void print(const struct sync_receipts *receipts, bool json, char out[512])
{
    FILE *file = fmemopen(out, 512, "w");
    assert_non_null(file);
    (json ? status_print_json : status_print)(receipts, file);
    fclose(file);
}

static void test_status_in_words(void **state)
{
    static const struct {
        struct sync_receipts receipts;
        const char *words[4];
    } rows[] = {
        {{.since_ms = -1}, {"belongs to no centre", "never", "trouble:  none"}},
        {{true, 5, 5, 0, 1795430000000, 3000, SYNC_TROUBLE_NONE},
         {"safe at the centre", "5 here, 5 at", "2026-11-23", "(3 s ago)"}},
        {{true, 5, 4, 1, 1795430000000, 600000, SYNC_TROUBLE_NONE},
         {"safe here", "5 here, 4 at the centre, 1 of", "(10 min ago)"}},
        {{true, 5, 4, 0, 1795430000000, 864000000, SYNC_TROUBLE_REVOKED},
         {"needs help", "locked", "(240 h ago)"}},
        {{true, 5, 4, 0, 1795430000000, -1, SYNC_TROUBLE_SERVER},
         {"needs help", "nobody knows", "not the server"}},
        {{true, 5, 4, 0, INT64_MAX, 0, SYNC_TROUBLE_DISK},
         {"cannot write", "contact:  "}},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char text[512] = "";
        print(&rows[i].receipts, false, text);
        for (int n = 0; n < 4 && rows[i].words[n] != NULL; n++) {
            if (strstr(text, rows[i].words[n]) == NULL) {
                fail_msg("no \"%s\" in\n%s", rows[i].words[n], text);
            }
        }
    }
}

static void test_status_as_an_object(void **state)
{
    const struct sync_receipts receipts = {
        true, 5, 4, 1, 1795430000000, 3000, SYNC_TROUBLE_NONE};
    char text[512] = "";
    (void)state;
    print(&receipts, true, text);
    assert_string_equal(text,
                        "{\"lamp\":\"here\",\"words\":\"safe here\",\"enrolled\":true,"
                        "\"written\":5,\"acked\":4,\"parked\":1,"
                        "\"last_ms\":1795430000000,\"since_ms\":3000,"
                        "\"trouble\":\"none\"}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arguments),
        cmocka_unit_test(test_a_folder_too_long),
        cmocka_unit_test(test_status_in_words),
        cmocka_unit_test(test_status_as_an_object),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
