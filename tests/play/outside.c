/* The world around the kiosk: printer, disk, power, files, and sub-commands. */
#include "play/play.h"

#include "cli/cli.h"
#include "support/sql_probe.h"
#include "world.h"

#include <stdlib.h>
#include <string.h>

#define ANSWER_SIZE (1024 * 1024)

static bool cmd_printer(struct play *play, int count, char **words)
{
    static const struct {
        const char *name;
        int broken;
    } states[] = {
        {"ok", -1}, {"out", PRINTER_PAPER_OUT}, {"open", PRINTER_COVER_OPEN},
        {"none", PRINTER_ABSENT}, {"off", PRINTER_OFFLINE},
    };
    (void)count;
    for (size_t i = 0; i < ARRAY_LEN(states); i++) {
        if (strcmp(words[1], states[i].name) == 0) {
            play->printer.broken = states[i].broken;
            return true;
        }
    }
    return play_fail(play, "%s is no state of a printer", words[1]);
}

static bool cmd_disk(struct play *play, int count, char **words)
{
    static const struct {
        const char *name;
        enum crash_fault fault;
    } faults[] = {
        {"ok", CRASH_NONE},
        {"fails", CRASH_IOERR},
        {"full", CRASH_FULL},
        {"power", CRASH_POWER},
    };
    int nth = count > 2 ? (int)strtol(words[2], NULL, 10) : 1;
    for (size_t i = 0; play->disk != NULL && i < ARRAY_LEN(faults); i++) {
        if (strcmp(words[1], faults[i].name) == 0) {
            vfs_crash_arm(play->disk, faults[i].fault, nth);
            return true;
        }
    }
    return play_fail(play, "no such fault, or not played with --disk fake");
}

/* Power is lost and comes back: what was synced is there, of the rest anything. */
static bool cmd_power_cut(struct play *play, int count, char **words)
{
    static const char *const losses[CRASH_LOSS_COUNT] = {"keep", "drop", "tear"};
    (void)count;
    for (int i = 0; play->disk != NULL && i < CRASH_LOSS_COUNT; i++) {
        if (strcmp(words[1], losses[i]) == 0) {
            vfs_crash_lose_power(play->disk);
            play_close(play);
            vfs_crash_restart(play->disk, (enum crash_loss)i, play->rng.seed);
            return play_open(play);
        }
    }
    return play_fail(play, "no such loss, or not played with --disk fake");
}

static bool cmd_restart(struct play *play, int count, char **words)
{
    (void)count;
    (void)words;
    play_close(play);
    return play_open(play);
}

/* What a thief would find who pulls the plug now. */
static bool cmd_take_files(struct play *play, int count, char **words)
{
    char command[3 * PLAY_PATH_SIZE];
    struct buf b;
    (void)count;
    buf_init(&b, command, sizeof command);
    buf_printf(&b, "cp -r '%s' '%s/%s'", play->options.dir, play->out, words[1]);
    return system(command) == 0 || play_fail(play, "the files cannot be copied");
}

/* Somebody changes the store behind the program's back. */
static bool cmd_sql(struct play *play, int count, char **words)
{
    char path[PLAY_PATH_SIZE];
    struct buf b;
    (void)count;
    buf_init(&b, path, sizeof path);
    buf_printf(&b, "%s/state.db", play->options.dir);
    int result = sql_run(path, play->options.vfs, words[1]);
    return result == 0 || play_fail(play, "SQLite answers %d", result);
}

/* A sub-command on the same data, while the kiosk runs. Its answer goes to cli.txt. */
static int run_cli(struct play *play, int count, char **words)
{
    char path[PLAY_PATH_SIZE];
    play_path(play, "cli.txt", path);
    FILE *out = fopen(path, "we");
    FILE *in = fopen("/dev/null", "re");
    CHECK(out != NULL && in != NULL);
    struct cli cli = {
        .data = play->options.dir,
        .clock = play->options.clock,
        .rng = play->options.rng,
        .boot_id = play->boot_id,
        .vfs = play->options.vfs,
        .write_qr = world_write_qr,
        .in = in,
        .out = out,
        .err = stderr,
    };
    int result = cli_run(&cli, count, words);
    fclose(out);
    fclose(in);
    return result;
}

static bool cmd_cli(struct play *play, int count, char **words)
{
    int result = run_cli(play, count - 1, words + 1);
    return result == CLI_OK || play_fail(play, "%s ended with %d", words[1], result);
}

static bool cmd_cli_fails(struct play *play, int count, char **words)
{
    int result = run_cli(play, count - 1, words + 1);
    return result == CLI_FAILED || play_fail(play, "%s ended with %d", words[1], result);
}

static bool look_in_cli(struct play *play, const char *words, bool wanted)
{
    char path[PLAY_PATH_SIZE], *text = NULL;
    size_t len = 0;
    play_path(play, "cli.txt", path);
    if (world_read_file(path, ANSWER_SIZE, &text, &len) != ERR_OK) {
        return play_fail(play, "no sub-command has answered");
    }
    bool good = (strstr(text, words) != NULL) == wanted;
    if (!good) {
        play_fail(play, "\"%s\" is %s the answer:\n%s", words, wanted ? "not in" : "in",
                  text);
    }
    free(text);
    return good;
}

static bool cmd_expect_cli(struct play *play, int count, char **words)
{
    (void)count;
    return look_in_cli(play, words[1], true);
}

static bool cmd_expect_cli_not(struct play *play, int count, char **words)
{
    (void)count;
    return look_in_cli(play, words[1], false);
}

static bool cmd_offers(struct play *play, int count, char **words)
{
    char import[] = "import";
    char *arguments[] = {import, words[1]};
    (void)count;
    if (run_cli(play, 2, arguments) != CLI_OK) {
        return play_fail(play, "%s was refused", words[1]);
    }
    app_send(play->app, (struct msg){MSG_FEED_CHANGED, 0, 0}, NULL);
    return play_settle(play);
}

static const struct play_command list[] = {
    {"printer", 1, 1, cmd_printer, "ok|out|open|none|off"},
    {"offers", 1, 1, cmd_offers, "FILE: imported while the kiosk runs"},
    {"cli", 1, 14, cmd_cli, "WORDS: a sub-command that succeeds"},
    {"cli-fails", 1, 14, cmd_cli_fails, "WORDS: a sub-command that refuses"},
    {"expect-cli", 1, 1, cmd_expect_cli, "\"TEXT\": is in the last sub-command's answer"},
    {"expect-cli-not", 1, 1, cmd_expect_cli_not, "\"TEXT\": is not"},
    {"take-files", 1, 1, cmd_take_files, "NAME: the data folder as it is now, into OUT"},
    {"sql", 1, 1, cmd_sql, "\"STATEMENT\": on state.db, by somebody else"},
    {"disk", 1, 2, cmd_disk, "ok|fails|full|power [N]: from (fails: at) the N-th write"},
    {"power-cut", 1, 1, cmd_power_cut, "keep|drop|tear: what was not synced; a new start"},
    {"restart", 0, 0, cmd_restart, "the program ends and begins again"},
};

const struct play_commands play_outside_commands = {list, (int)ARRAY_LEN(list)};
