/* The centre's key from its making to the words it opens, by the sub-commands. */
#include "cli/cli.h"
#include "cli/command.h"
#include "proof/centre_key.h"
#include "support/support.h"
#include "unit/unit.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define WORDS "Ich will lieber draußen arbeiten."
#define ARGS_MAX 8
#define TEXT_SIZE SEAL_BASE64_SIZE(SEAL_SIZE(200))

static char dir[64];
static char paper[128];
static struct seal_public public;

static char out[8192], err_text[4096];

static const char *in_dir(const char *name)
{
    static char paths[4][128];
    static int at;
    at = (at + 1) % 4;
    snprintf(paths[at], sizeof paths[at], "%s/%s", dir, name);
    return paths[at];
}

/* Runs a sub-command; `args` ends in NULL. */
static enum cli_exit run(const char *input, const char *const *args)
{
    char *argv[ARGS_MAX];
    int argc = 0;
    uint64_t seed = 50;
    struct fake_clock time = {1795430000000, 5000};
    FILE *out_file = fmemopen(out, sizeof out, "w");
    FILE *err_file = fmemopen(err_text, sizeof err_text, "w");
    FILE *in_file = fmemopen((void *)(uintptr_t)input, strlen(input), "r");
    struct cli cli = {
        .data = in_dir("data"),
        .clock = fake_clock(&time),
        .rng = fake_rng(&seed),
        .boot_id = "boot-a",
        .in = in_file,
        .out = out_file,
        .err = err_file,
    };
    for (; args[argc] != NULL; argc++) {
        argv[argc] = (char *)(uintptr_t)args[argc];
    }
    memset(out, 0, sizeof out);
    memset(err_text, 0, sizeof err_text);
    enum cli_exit result = cli_run(&cli, argc, argv);
    fclose(out_file);
    fclose(err_file);
    fclose(in_file);
    return result;
}

#define RUN(input, ...) run((input), (const char *const[]){__VA_ARGS__, NULL})

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(in_dir(name), "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void seal_words(const struct seal_public *to, enum seal_purpose purpose,
                       const char *words, char text_out[TEXT_SIZE])
{
    uint8_t sealed[SEAL_SIZE(200)];
    struct rng rng = rng_system();
    assert_int_equal(seal_put(to, purpose, (const uint8_t *)words, strlen(words), &rng,
                              sealed, sizeof sealed),
                     ERR_OK);
    seal_text_format(sealed, seal_size(strlen(words)), text_out, TEXT_SIZE);
}

/* The key that setup made, by the paper: that is quick. */
static enum cli_exit open_lines(const char *lines)
{
    return RUN(lines, "open", "--recovery", "--key", in_dir("centre.key"), "--passphrase",
               in_dir("paper"));
}

static void test_what_making_leaves(void **state)
{
    struct stat st;
    (void)state;
    assert_int_equal(stat(in_dir("centre.key"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(strlen(paper), RECOVERY_TEXT_SIZE); /* and the line end */
}

static void test_no_key_is_overwritten(void **state)
{
    (void)state;
    assert_int_equal(
        RUN("vier Apfel im Regen\n", "centre-key", "make", in_dir("centre.key")),
        CLI_FAILED);
    assert_string_equal(out, "");
    assert_non_null(strstr(err_text, "File exists"));
    write_file("half.key.pub", "something");
    assert_int_equal(
        RUN("vier Apfel im Regen\n", "centre-key", "make", in_dir("half.key")),
        CLI_FAILED);
    assert_int_not_equal(access(in_dir("half.key"), F_OK), 0);
}

static void test_bad_passphrases(void **state)
{
    static const char *const inputs[] = {"kurz\n", "\n", "vier Apfel\x03 im Regen\n"};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(inputs); i++) {
        assert_int_equal(RUN(inputs[i], "centre-key", "make", in_dir("no.key")),
                         CLI_FAILED);
        assert_string_equal(out, "");
        assert_non_null(strstr(err_text, "passphrase"));
        assert_int_not_equal(access(in_dir("no.key"), F_OK), 0);
    }
}

static void test_trust(void **state)
{
    char file[CENTRE_KEY_PUBLIC_SIZE], first[64];
    struct seal_public other = public;
    (void)state;
    assert_int_equal(RUN("-", "centre-key", "trust", in_dir("centre.key.pub")), CLI_OK);
    str_copy(first, sizeof first, str_of(out));
    assert_int_equal(RUN("-", "centre-key", "trust", in_dir("centre.key.pub")), CLI_OK);
    assert_string_equal(out, first);
    other.b[0] ^= 1;
    centre_key_public_format(&other, file);
    write_file("other.pub", file);
    assert_int_equal(RUN("-", "centre-key", "trust", in_dir("other.pub")), CLI_FAILED);
    assert_non_null(strstr(err_text, "--replace"));
    assert_int_equal(RUN("-", "centre-key", "trust", "--replace", in_dir("other.pub")),
                     CLI_OK);
    assert_string_not_equal(out, first);
    /* The kiosk is never given the half that opens. */
    assert_int_equal(RUN("-", "centre-key", "trust", "--replace", in_dir("centre.key")),
                     CLI_FAILED);
    assert_int_equal(RUN("-", "centre-key", "trust", in_dir("nothing.pub")), CLI_FAILED);
}

static void test_open_lines(void **state)
{
    char text[TEXT_SIZE], view[TEXT_SIZE], lines[4096];
    (void)state;
    seal_words(&public, SEAL_WORDS, WORDS, text);
    seal_words(&public, SEAL_SELF_VIEW, "\1\2", view);
    snprintf(lines, sizeof lines,
             "%s\r\n\n"
             "{\"seq\":1,\"id\":\"A\",\"kind\":\"wish.made\",\"body\":{\"code\":\"x\"}}\n"
             "{\"seq\":2,\"id\":\"B\",\"kind\":\"talk.asked\",\"body\":{\"words\":\"%s\","
             "\"note\":null,\"view\":\"%s\",\"title\":\"x\"}}\n",
             text, text, view);
    assert_int_equal(open_lines(lines), CLI_OK);
    assert_string_equal(out,
                        WORDS "\n{\"id\":\"B\",\"kind\":\"talk.asked\",\"words\":\"" WORDS
                              "\",\"view\":\"AQI=\"}\n");
    assert_string_equal(err_text, "");
}

static void test_refusals_name_the_line(void **state)
{
    char good[TEXT_SIZE], view[TEXT_SIZE], other[TEXT_SIZE], lines[8192];
    struct seal_pair stranger;
    struct rng rng = rng_system();
    (void)state;
    seal_keys_make(&rng, &stranger);
    seal_words(&stranger.public, SEAL_WORDS, WORDS, other);
    seal_words(&public, SEAL_SITE_VIEW, "\1", view);
    seal_words(&public, SEAL_NOTE, WORDS, good);
    snprintf(
        lines, sizeof lines,
        "%s\nnot base 64\n%s\n{\"body\":7}\n{\"body\":\n{\"body\":{\"w\":\"%s\"}}\n%s",
        other, view, other, good);
    assert_int_equal(open_lines(lines), CLI_FAILED);
    assert_string_equal(out, WORDS "\n");
    assert_string_equal(err_text,
                        "anlauf: line 1: sealed to another key, or changed\n"
                        "anlauf: line 2: is neither sealed words nor an event\n"
                        "anlauf: line 3: is neither sealed words nor an event\n"
                        "anlauf: line 4: is neither sealed words nor an event\n"
                        "anlauf: line 5: is neither sealed words nor an event\n"
                        "anlauf: line 6: field w: sealed to another key, or changed\n");
}

/* Anybody can seal to the centre: nothing in it may steer a terminal. */
static void test_words_are_shown_harmless(void **state)
{
    char text[TEXT_SIZE];
    (void)state;
    seal_words(&public, SEAL_WORDS,
               "a\x1b[2J\nb\xE2\x80\xAE"
               "c\xFF",
               text);
    assert_int_equal(open_lines(text), CLI_OK);
    assert_string_equal(out, "a[2J bc\n");
}

static void test_wrong_secrets(void **state)
{
    char typo[sizeof paper];
    (void)state;
    str_copy(typo, sizeof typo, str_of(paper));
    typo[0] = typo[0] == 'A' ? 'B' : 'A';
    write_file("typo", typo);
    assert_int_equal(RUN("-", "open", "--recovery", "--key", in_dir("centre.key"),
                         "--passphrase", in_dir("typo")),
                     CLI_FAILED);
    assert_string_equal(err_text,
                        "anlauf: recovery key: there is a typing error in it\n");
    write_file("wrong", "funf Apfel im Regen\n");
    assert_int_equal(
        RUN("-", "open", "--key", in_dir("centre.key"), "--passphrase", in_dir("wrong")),
        CLI_FAILED);
    assert_string_equal(err_text, "anlauf: passphrase: does not open this key\n");
    write_file("changed.key", "anlauf centre key 1\n");
    assert_int_equal(RUN("-", "open", "--key", in_dir("changed.key")), CLI_FAILED);
    assert_non_null(strstr(err_text, "was changed"));
}

static void test_flags(void **state)
{
    (void)state;
    assert_int_equal(RUN("-", "open", "--recovery=yes"), CLI_USAGE);
    assert_int_equal(RUN("-", "open", "--key"), CLI_USAGE);
    assert_int_equal(RUN("-", "open", "--help"), CLI_OK);
    assert_non_null(strstr(out, "--recovery  "));
}

static int setup(void **state)
{
    char text[CENTRE_KEY_PUBLIC_SIZE] = "";
    (void)state;
    snprintf(dir, sizeof dir, "/tmp/anlauf-cli-XXXXXX");
    if (mkdtemp(dir) == NULL || proof_init() != ERR_OK ||
        RUN("vier Apfel im Regen\n", "centre-key", "make", in_dir("centre.key")) !=
            CLI_OK) {
        return 1;
    }
    str_copy(paper, sizeof paper, str_of(out));
    write_file("paper", paper);
    FILE *file = fopen(in_dir("centre.key.pub"), "r");
    size_t len = file != NULL ? fread(text, 1, sizeof text, file) : 0;
    if (file != NULL) {
        fclose(file);
    }
    return centre_key_public_parse((struct str){text, len}, &public) == ERR_OK ? 0 : 1;
}

static int teardown(void **state)
{
    static const char *const names[] = {
        "centre.key",
        "centre.key.pub",
        "paper",
        "half.key.pub",
        "other.pub",
        "typo",
        "wrong",
        "changed.key",
        "data/state.db",
        "data/feed.db",
        "data/state.db-wal",
        "data/state.db-shm",
        "data/feed.db-wal",
        "data/feed.db-shm",
        "data/lock",
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        unlink(in_dir(names[i]));
    }
    rmdir(in_dir("data"));
    rmdir(dir);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_making_leaves),
        cmocka_unit_test(test_no_key_is_overwritten),
        cmocka_unit_test(test_bad_passphrases),
        cmocka_unit_test(test_trust),
        cmocka_unit_test(test_open_lines),
        cmocka_unit_test(test_refusals_name_the_line),
        cmocka_unit_test(test_words_are_shown_harmless),
        cmocka_unit_test(test_wrong_secrets),
        cmocka_unit_test(test_flags),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
