/* The words of a script. */
#include "play/play.h"

#include "base/utf8.h"
#include "cli/cli.h"
#include "support/sql_probe.h"
#include "world.h"

#include <stdlib.h>
#include <string.h>

#define TYPE_GAP_MS 120
#define SCAN_GAP_MS 10
#define DUMP_SIZE (1024 * 1024)

typedef bool command_fn(struct play *play, int count, char **words);

static bool lost(struct play *play, const char *what)
{
    play_fail(play, "\"%s\" is not on screen \"%s\"; there is:", what,
              screen_of(play->app->model.screen)->name);
    play_list(app_shown(play->app), stderr);
    return false;
}

static struct event at_hit(enum event_kind kind, const struct hit *hit)
{
    return (struct event){.kind = kind,
                          .x = hit->rect.x + hit->rect.w / 2,
                          .y = hit->rect.y + hit->rect.h / 2};
}

static bool touch_hit(struct play *play, int hit, bool down, bool up)
{
    const struct hit there = app_shown(play->app)->hits[hit];
    if (down) {
        play_queue(play, at_hit(EVENT_FINGER_DOWN, &there));
    }
    if (up) {
        play_queue(play, at_hit(EVENT_FINGER_UP, &there));
    }
    if (down && up) {
        play_trace_tap(play, there.rect.x + there.rect.w / 2, there.rect.y + there.rect.h / 2);
    }
    return play_settle(play);
}

static bool touch(struct play *play, int count, char **words, bool down, bool up)
{
    int nth = count > 2 ? (int)strtol(words[2], NULL, 10) : 0;
    int hit = play_find(app_shown(play->app), words[1], nth);
    return hit < 0 ? lost(play, words[1]) : touch_hit(play, hit, down, up);
}

static bool cmd_tap(struct play *play, int count, char **words)
{
    return touch(play, count, words, true, true);
}

static bool cmd_down(struct play *play, int count, char **words)
{
    return touch(play, count, words, true, false);
}

static bool cmd_up(struct play *play, int count, char **words)
{
    return touch(play, count, words, false, true);
}

/* Which offers come first depends on the day: for scripts that any day must suit. */
static bool cmd_tap_offer(struct play *play, int count, char **words)
{
    const struct frame *frame = app_shown(play->app);
    long nth = strtol(words[1], NULL, 10);
    (void)count;
    for (int i = 0; i < frame->hit_count; i++) {
        if (frame->hits[i].msg.kind == MSG_OFFER && --nth == 0) {
            return touch_hit(play, i, true, true);
        }
    }
    return lost(play, "offer");
}

static bool cmd_tap_at(struct play *play, int count, char **words)
{
    struct event event = {.kind = EVENT_FINGER_DOWN,
                          .x = (int)strtol(words[1], NULL, 10),
                          .y = (int)strtol(words[2], NULL, 10)};
    (void)count;
    play_queue(play, event);
    event.kind = EVENT_FINGER_UP;
    play_queue(play, event);
    return play_settle(play);
}

static bool cmd_key(struct play *play, int count, char **words)
{
    static const struct {
        const char *name;
        enum event_key key;
    } keys[] = {
        {"next", KEY_NEXT},       {"previous", KEY_PREVIOUS}, {"choose", KEY_CHOOSE},
        {"enter", KEY_CHOOSE},    {"back", KEY_BACK},         {"read", KEY_READ_ALOUD},
        {"delete", KEY_DELETE},
    };
    (void)count;
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        if (strcmp(words[1], keys[i].name) == 0) {
            play_queue(play, (struct event){.kind = EVENT_KEY, .key = keys[i].key});
            return play_settle(play);
        }
    }
    return play_fail(play, "%s is no key", words[1]);
}

/* Character by character, as a keyboard does. */
static void send_text(struct play *play, const char *text, int gap_ms)
{
    struct str all = str_of(text);
    size_t at = 0;
    while (at < all.len) {
        struct event event = {.kind = EVENT_TEXT};
        size_t from = at;
        utf8_next(all, &at);
        memcpy(event.text, all.ptr + from, at - from);
        play_clock_advance(&play->clock, gap_ms);
        play_queue(play, event);
        app_step(play->app, 0);
    }
    play_clock_advance(&play->clock, gap_ms);
}

static bool cmd_type(struct play *play, int count, char **words)
{
    for (int i = 1; i < count; i++) {
        send_text(play, i > 1 ? " " : "", TYPE_GAP_MS);
        send_text(play, words[i], TYPE_GAP_MS);
    }
    return play_settle(play);
}

static bool cmd_scan(struct play *play, int count, char **words)
{
    (void)count;
    send_text(play, words[1], SCAN_GAP_MS);
    play_queue(play, (struct event){.kind = EVENT_KEY, .key = KEY_CHOOSE});
    return play_settle(play);
}

/* Random-looking characters without end, as a broken scanner sends them. */
static bool cmd_flood(struct play *play, int count, char **words)
{
    long length = strtol(words[1], NULL, 10);
    (void)count;
    for (long i = 0; i < length; i++) {
        const char text[2] = {(char)('A' + i % 26), '\0'};
        send_text(play, text, 1);
    }
    play_queue(play, (struct event){.kind = EVENT_KEY, .key = KEY_CHOOSE});
    return play_settle(play);
}

static bool cmd_say(struct play *play, int count, char **words)
{
    (void)play;
    (void)count;
    printf("%s\n", words[1]);
    return true;
}

static bool cmd_list(struct play *play, int count, char **words)
{
    (void)count;
    (void)words;
    printf("%s:\n", screen_of(play->app->model.screen)->name);
    play_list(app_shown(play->app), stdout);
    return true;
}

static bool cmd_wait(struct play *play, int count, char **words)
{
    (void)count;
    return play_wait(play, strtoll(words[1], NULL, 10));
}

static bool cmd_shot(struct play *play, int count, char **words)
{
    char name[128], path[PLAY_PATH_SIZE];
    struct buf b;
    struct platform *platform = &play->options.platform;
    (void)count;
    buf_init(&b, name, sizeof name);
    buf_printf(&b, "%02d-%s.png", ++play->shots, words[1]);
    play_path(play, name, path);
    if (png_write(path, platform->surface(platform->ctx)) != ERR_OK) {
        return play_fail(play, "%s cannot be written", path);
    }
    return true;
}

static bool cmd_expect(struct play *play, int count, char **words)
{
    (void)count;
    return play_shows(app_shown(play->app), words[1]) || lost(play, words[1]);
}

static bool cmd_expect_not(struct play *play, int count, char **words)
{
    (void)count;
    return !play_shows(app_shown(play->app), words[1]) ||
           play_fail(play, "\"%s\" is on screen", words[1]);
}

static bool cmd_screen(struct play *play, int count, char **words)
{
    const char *name = screen_of(play->app->model.screen)->name;
    (void)count;
    if (strcmp(name, words[1]) == 0) {
        return true;
    }
    play_fail(play, "the screen is \"%s\", not \"%s\"; there is:", name, words[1]);
    play_list(app_shown(play->app), stderr);
    return false;
}

static bool set_var(struct play *play, const char *name, const char *value)
{
    for (int i = 0; i < play->var_count; i++) {
        if (strcmp(play->vars[i].name, name) == 0) {
            str_copy(play->vars[i].value, sizeof play->vars[i].value, str_of(value));
            return true;
        }
    }
    if (play->var_count == PLAY_VARS_MAX) {
        return play_fail(play, "too many variables");
    }
    struct play_var *var = &play->vars[play->var_count++];
    str_copy(var->name, sizeof var->name, str_of(name));
    str_copy(var->value, sizeof var->value, str_of(value));
    return true;
}

/* What the order sheet of an offer would have for the scanner. */
static const char *order_code(struct play *play, const char *offer, char qr[])
{
    char shown[CREDENTIAL_SITE_SIZE];
    const struct model *model = &play->app->model;
    for (int i = 0; i < model->offer_count; i++) {
        if (strcmp(model->offers[i].code, offer) == 0) {
            credential_site_code(play->app->key, str_of(offer), model->offers[i].work.date,
                                 shown, qr);
            return qr;
        }
    }
    return "";
}

/* As a phone reads it from the paper. */
static const char *printed_code(struct play *play, char text[PAYLOAD_TEXT_SIZE])
{
    char command[PLAY_PATH_SIZE + 64];
    struct buf b;
    buf_init(&b, command, sizeof command);
    buf_printf(&b, "zbarimg -q --raw \"$(ls '%s'/slip-*.png | tail -n 1)\" 2>/dev/null", play->out);
    FILE *pipe = popen(command, "re");
    text[0] = '\0';
    if (pipe != NULL) {
        if (fgets(text, PAYLOAD_TEXT_SIZE, pipe) == NULL) {
            text[0] = '\0';
        }
        pclose(pipe);
    }
    text[strcspn(text, "\n")] = '\0';
    return text;
}

static bool cmd_set(struct play *play, int count, char **words)
{
    char qr[CREDENTIAL_SITE_SIZE], code[PAYLOAD_TEXT_SIZE];
    const char *value = words[2];
    (void)count;
    if (strcmp(value, "last-card") == 0) {
        value = play->card;
    } else if (strcmp(value, "last-slip") == 0) {
        value = play->slip;
    } else if (strcmp(value, "printed-code") == 0) {
        value = printed_code(play, code);
    } else if (str_starts(str_of(value), STR("order:"))) {
        value = order_code(play, value + strlen("order:"), qr);
    }
    return value[0] != '\0' ? set_var(play, words[1], value)
                            : play_fail(play, "there was no such paper yet");
}

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

/* ---- the disk ---------------------------------------------------------------------------- */

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

static bool cmd_include(struct play *play, int count, char **words)
{
    (void)count;
    return play_script(play, words[1]);
}

/* ---- files and sub-commands -------------------------------------------------------------- */

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
    if (world_read_file(path, DUMP_SIZE, &text, &len) != ERR_OK) {
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

static bool cmd_restart(struct play *play, int count, char **words)
{
    (void)count;
    (void)words;
    play_close(play);
    return play_open(play);
}

static char *dump(const struct frame *frame)
{
    char *text = malloc(DUMP_SIZE);
    struct buf out;
    CHECK(text != NULL);
    buf_init(&out, text, DUMP_SIZE);
    frame_dump(frame, &out);
    CHECK(!out.cut);
    return text;
}

static bool write_text(struct play *play, const char *path, const char *text)
{
    FILE *file = fopen(path, "we");
    bool good = file != NULL && fputs(text, file) >= 0;
    if (file != NULL) {
        good = fclose(file) == 0 && good;
    }
    return good || play_fail(play, "%s cannot be written", path);
}

static bool cmd_dump(struct play *play, int count, char **words)
{
    char path[PLAY_PATH_SIZE];
    (void)count;
    play_path(play, words[1], path);
    char *text = dump(app_shown(play->app));
    bool good = write_text(play, path, text);
    free(text);
    return good;
}

static bool compare_golden(struct play *play, const char *path, const char *text)
{
    char *golden = NULL, seen[PLAY_PATH_SIZE];
    size_t len = 0;
    if (world_read_file(path, DUMP_SIZE, &golden, &len) != ERR_OK) {
        return play_fail(play, "%s is missing; UPDATE=1 writes it", path);
    }
    bool same = strcmp(golden, text) == 0;
    free(golden);
    if (same) {
        return true;
    }
    play_path(play, "golden-seen.txt", seen);
    return write_text(play, seen, text) &&
           play_fail(play, "the frame differs: diff %s %s", path, seen);
}

/* The frame as text, laid out by the rule that needs no fonts. */
static bool cmd_golden(struct play *play, int count, char **words)
{
    char path[PLAY_PATH_SIZE];
    struct buf b;
    struct frame *frame = calloc(1, sizeof *frame);
    (void)count;
    CHECK(frame != NULL);
    view(&play->app->model, text_measure_fixed(), frame);
    char *text = dump(frame);
    buf_init(&b, path, sizeof path);
    buf_printf(&b, "tests/golden/%s.txt", words[1]);
    const char *update = getenv("UPDATE");
    bool good = update != NULL && update[0] == '1' ? write_text(play, path, text)
                                                   : compare_golden(play, path, text);
    free(text);
    free(frame);
    return good;
}

/* ---- the table -------------------------------------------------------------------------- */

static const struct {
    const char *name;
    int words_min, words_max; /* without the name */
    command_fn *run;
    const char *help;
} commands[] = {
    {"tap", 1, 2, cmd_tap, "\"LABEL\" [N]: a finger on the last (or N-th) control of that label"},
    {"down", 1, 2, cmd_down, "\"LABEL\" [N]: puts the finger down only"},
    {"up", 1, 2, cmd_up, "\"LABEL\" [N]: lifts it there"},
    {"tap-offer", 1, 1, cmd_tap_offer, "N: a finger on the N-th offer, whatever its name"},
    {"tap-at", 2, 2, cmd_tap_at, "X Y: a finger at these pixels"},
    {"key", 1, 1, cmd_key, "next|previous|choose|back|read|enter|delete"},
    {"type", 1, 14, cmd_type, "TEXT: by hand, slowly"},
    {"scan", 1, 1, cmd_scan, "TEXT: by a scanner, with Enter"},
    {"flood", 1, 1, cmd_flood, "N: that many characters at scanner speed, with Enter"},
    {"wait", 1, 1, cmd_wait, "MS: time passes"},
    {"list", 0, 0, cmd_list, "what could be tapped and read now, on standard output"},
    {"say", 1, 1, cmd_say, "\"TEXT\": on standard output"},
    {"shot", 1, 1, cmd_shot, "NAME: OUT/NN-NAME.png"},
    {"expect", 1, 1, cmd_expect, "\"TEXT\": is shown or spoken"},
    {"expect-not", 1, 1, cmd_expect_not, "\"TEXT\": is not"},
    {"screen", 1, 1, cmd_screen, "NAME: is the present one"},
    {"set", 2, 2, cmd_set, "VAR last-card|last-slip|printed-code|order:OFFER|TEXT: for $VAR"},
    {"printer", 1, 1, cmd_printer, "ok|out|open|none|off"},
    {"include", 1, 1, cmd_include, "FILE: the commands there"},
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
    {"reboot", 0, 1, play_reboot, "[TIME]: the machine too; what its clock says then"},
    {"idle", 0, 0, play_idle, "the disk worker does what it does when nobody is there"},
    {"day", 1, 2, play_day, "N [HH:MM]: N days pass without a touch, until that time"},
    {"clock", 1, 1, play_clock_to, "TIME: as --clock; time passes until then, or it is set back"},
    {"clock-error", 1, 1, play_clock_error, "MINUTES: how far the clock may be off"},
    {"dump", 1, 1, cmd_dump, "FILE: the frame as text, into OUT"},
    {"golden", 1, 1, cmd_golden, "NAME: the frame is as in tests/golden/NAME.txt"},
};

bool play_command(struct play *play, int count, char **words)
{
    for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
        if (strcmp(words[0], commands[i].name) != 0) {
            continue;
        }
        if (count - 1 < commands[i].words_min || count - 1 > commands[i].words_max) {
            return play_fail(play, "%s %s", words[0], commands[i].help);
        }
        return commands[i].run(play, count, words);
    }
    return play_fail(play, "%s is no command", words[0]);
}

void play_help(FILE *out)
{
    for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
        fprintf(out, "  %-14s %s\n", commands[i].name, commands[i].help);
    }
}
