/* anlauf-play: plays a script on the real program. */
#include "play/play.h"

#include <errno.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEFAULT_CLOCK "2026-11-23T15:42"
#define POLL_MS 50
/* The fake disk stands one thread at a time: nobody looks at it by himself. */
#define FAKE_DISK_POLL_MS 3600000

static const char play_vfs[] = "play";

struct arguments {
    const char *data, *out, *clock, *trace, *script, *disk;
    uint64_t seed;
};

static void usage(FILE *out)
{
    fputs("usage: anlauf-play [options] SCRIPT\n\nOptions:\n"
          "  --data FOLDER    the kiosk's data (default: a folder that is thrown away)\n"
          "  --out FOLDER     for pictures and slips (default: likewise)\n"
          "  --clock TIME     local time at the start (" DEFAULT_CLOCK ")\n"
          "  --disk fake      a disk in memory that can fail\n"
          "  --seed N         for the dice (1)\n"
          "  --trace FILE     what was done and shown, for a real window\n"
          "  and --size, --rotate, --lang, --centre, --phone … as anlauf\n\nCommands:\n", out);
    play_help(out);
}

/* ---- the script ------------------------------------------------------------------------- */

static const char *var_value(const struct play *play, const char *name, size_t len)
{
    for (int i = 0; i < play->var_count; i++) {
        if (strlen(play->vars[i].name) == len &&
            memcmp(play->vars[i].name, name, len) == 0) {
            return play->vars[i].value;
        }
    }
    return NULL;
}

/* Replaces $NAME by its value; an unknown one stays. */
static void expand(const struct play *play, const char *line, char out[PLAY_LINE_SIZE])
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
    struct buf b;
    buf_init(&b, out, PLAY_LINE_SIZE);
    while (*line != '\0') {
        size_t len = *line == '$' ? strspn(line + 1, letters) : 0;
        const char *value = len > 0 ? var_value(play, line + 1, len) : NULL;
        if (value != NULL) {
            buf_puts(&b, value);
            line += len + 1;
        } else {
            buf_putc(&b, *line++);
        }
    }
}

/* Cuts a line into words in place; "…" holds spaces together. */
static int cut(char *line, char *words[PLAY_WORDS_MAX])
{
    int count = 0;
    while (count < PLAY_WORDS_MAX) {
        line += strspn(line, " \t\r\n");
        if (*line == '\0' || (*line == '#' && count == 0)) {
            break;
        }
        const char *end = *line == '"' ? "\"" : " \t\r\n";
        line += *line == '"';
        words[count++] = line;
        line += strcspn(line, end);
        if (*line == '\0') {
            break;
        }
        *line++ = '\0';
    }
    return count;
}

static bool play_line(struct play *play, const char *line)
{
    char expanded[PLAY_LINE_SIZE];
    char *words[PLAY_WORDS_MAX];
    expand(play, line, expanded);
    int count = cut(expanded, words);
    if (count == 0) {
        return true;
    }
    play_trace_line(play, line);
    return play_command(play, count, words) && play_trace_shown(play);
}

bool play_script(struct play *play, const char *path)
{
    char line[PLAY_LINE_SIZE];
    const char *outer = play->script;
    int outer_line = play->line;
    bool good = true;
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return play_fail(play, "%s: %s", path, strerror(errno));
    }
    play->script = path;
    play->line = 0;
    while (good && fgets(line, sizeof line, file) != NULL) {
        play->line++;
        good = play_line(play, line);
    }
    fclose(file);
    play->script = outer;
    play->line = outer_line;
    return good;
}

/* ---- putting it together ---------------------------------------------------------------- */

static bool take_own(struct arguments *args, const char *name, const char *value)
{
    if (strcmp(name, "--data") == 0) {
        args->data = value;
    } else if (strcmp(name, "--out") == 0) {
        args->out = value;
    } else if (strcmp(name, "--clock") == 0) {
        args->clock = value;
    } else if (strcmp(name, "--disk") == 0) {
        args->disk = value;
    } else if (strcmp(name, "--seed") == 0) {
        args->seed = strtoull(value, NULL, 10);
    } else if (strcmp(name, "--trace") == 0) {
        args->trace = value;
    } else {
        return false;
    }
    return true;
}

static bool read_arguments(struct play *play, struct arguments *args, int argc, char **argv)
{
    char memory[256];
    struct buf why;
    buf_init(&why, memory, sizeof memory);
    for (int i = 1; i < argc; i += 2) {
        if (strncmp(argv[i], "--", 2) != 0) {
            args->script = argv[i];
            return i + 1 == argc;
        }
        if (i + 1 == argc) {
            return false;
        }
        if (!take_own(args, argv[i], argv[i + 1]) &&
            conf_set(&play->conf, str_of(argv[i] + 2), str_of(argv[i + 1]), &why) != ERR_OK) {
            fprintf(stderr, "anlauf-play: %s\n", memory);
            return false;
        }
    }
    return false;
}

static bool open_devices(struct play *play)
{
    char memory[256], spec[PLAY_PATH_SIZE + 8], path[PLAY_PATH_SIZE];
    struct buf why, b;
    const struct platform_options options = {
        .width = play->conf.width > 0 ? play->conf.width : 1280,
        .height = play->conf.height > 0 ? play->conf.height : 800,
        .rotate = play->conf.rotate,
        .clock = play_clock(&play->clock),
    };
    buf_init(&why, memory, sizeof memory);
    buf_init(&b, spec, sizeof spec);
    buf_printf(&b, "dir:%s", play->out);
    play->printer.broken = -1;
    enum err err = printer_init(&play->printer.real, buf_str(&b),
                                profile_find(str_of(play->conf.printer_profile)),
                                play_clock(&play->clock), &why);
    if (err == ERR_OK) {
        err = offscreen_open(&options, &play->device.pixels);
    }
    if (err == ERR_OK) {
        play_path(play, "speech.txt", path);
        buf_clear(&b);
        buf_printf(&b, "text:%s", path);
        err = speaker_open(buf_str(&b), &why, &play->options.speaker);
    }
    return err == ERR_OK || play_fail(play, "%s", memory);
}

static bool open_world(struct play *play, const struct arguments *args, const char *data)
{
    int64_t wall_ms;
    if (!play_read_clock(args->clock, &wall_ms)) {
        return play_fail(play, "--clock: must be like " DEFAULT_CLOCK);
    }
    if (mkdir(play->out, 0777) != 0 && errno != EEXIST) {
        return play_fail(play, "%s: %s", play->out, strerror(errno));
    }
    play_clock_set(&play->clock, wall_ms);
    pthread_mutex_init(&play->rng.lock, NULL);
    play->rng.seed = args->seed;
    str_copy(play->boot_id, sizeof play->boot_id, str_of("played-boot-0"));
    play->options = (struct app_options){
        .clock = play_clock(&play->clock),
        .rng = play_rng(&play->rng),
        .platform = play_platform(&play->device),
        .dir = data,
        .boot_id = play->boot_id,
        .env = conf_env(&play->conf),
        .forget_days = play->conf.forget_days,
        .clock_error_ms = play_clock_error_ms,
        .clock_ctx = &play->clock,
        .poll_ms = POLL_MS,
    };
    if (args->disk != NULL) {
        play->disk = vfs_crash_make(play_vfs);
        play->options.vfs = play_vfs;
        play->options.poll_ms = FAKE_DISK_POLL_MS;
    }
    if (!open_devices(play)) {
        return false;
    }
    if (args->trace != NULL) {
        play->trace = fopen(args->trace, "we");
        CHECK(play->trace != NULL);
    }
    play->options.printer = play_print_port(&play->printer);
    return true;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *ftw)
{
    (void)info;
    (void)kind;
    (void)ftw;
    return remove(path);
}

static bool run(struct play *play, const struct arguments *args, const char *data)
{
    bool good = open_world(play, args, data) && play_open(play) && play_script(play, args->script);
    play_close(play);
    if (play->trace != NULL) {
        fclose(play->trace);
    }
    if (play->disk != NULL) {
        vfs_crash_free(play->disk);
    }
    if (play->options.speaker.close != NULL) {
        play->options.speaker.close(play->options.speaker.ctx);
    }
    if (play->device.pixels.close != NULL) {
        play->device.pixels.close(play->device.pixels.ctx);
    }
    return good;
}

int main(int argc, char **argv)
{
    char temporary[] = "/tmp/anlauf-play-XXXXXX";
    struct arguments args = {.clock = DEFAULT_CLOCK, .seed = 1};
    struct play *play = calloc(1, sizeof *play);
    CHECK(play != NULL);
    conf_default(&play->conf);
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        usage(stdout);
        free(play);
        return 0;
    }
    if (!read_arguments(play, &args, argc, argv) || mkdtemp(temporary) == NULL) {
        usage(stderr);
        free(play);
        return 2;
    }
    play->script = args.script;
    str_copy(play->out, sizeof play->out, str_of(args.out != NULL ? args.out : temporary));
    char data[PLAY_PATH_SIZE];
    struct buf b;
    buf_init(&b, data, sizeof data);
    buf_printf(&b, "%s/data", temporary);
    bool good = run(play, &args, args.data != NULL ? args.data : data);
    free(play);
    nftw(temporary, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    return good ? 0 : 1;
}
